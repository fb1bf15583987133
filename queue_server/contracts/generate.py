"""Writes the contracts for people who build the other side: JSON Schemas, and AsyncAPI for MQTT.

`python -m queue_server.contracts.generate` writes `firmware_configs/mqtt/` and `province/` anew.
"""

from __future__ import annotations

import json
import re
import sys
from inspect import cleandoc
from pathlib import Path
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from queue_server.contracts import province_messages
from queue_server.contracts.messages import VERSION, Message
from queue_server.contracts.province_messages import ProvinceMessage
from queue_server.contracts.routes import ROUTES, Route

FOLDER = Path(__file__).parents[2] / "firmware_configs" / "mqtt"
PROVINCE = FOLDER.with_name("province")
# The one dialect that AsyncAPI tools must read; nothing here needs a newer one.
DIALECT = "http://json-schema.org/draft-07/schema#"
LATER = "https://json-schema.org/draft/2020-12/schema"
SCHEMA_FORMAT = "application/schema+json;version=draft-07"

PARAMETERS = {
    "office": "Identifier of the office",
    "kiosk": "Identifier of the kiosk, its MQTT user name",
    "counter": "Number of the counter",
    "device": "Identifier of the device, its MQTT user name",
    "window": "Start of the window of time",
}


class _Plain(GenerateJsonSchema):
    """Leaves out titles that only repeat the name of a field."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Return False: a field is called what it is called."""
        del schema
        return False


def files() -> dict[str, str]:
    """Return every generated file: name → text."""
    documents = {schema_name(route.message): schema(route) for route in ROUTES}
    documents["asyncapi.json"] = asyncapi()
    return {name: _text(document) for name, document in documents.items()}


def province_files() -> dict[str, str]:
    """Return what the province's system is given: name → text."""
    name = f"urn:motcua:province:v{ProvinceMessage.model_fields['v'].default}:dossier-event"
    body = ProvinceMessage.model_json_schema(mode="serialization", schema_generator=_Plain)
    told = {"description": f"{cleandoc(province_messages.__doc__ or '')}\n\n{body['description']}"}
    return {"dossier-event.schema.json": _text({"$schema": LATER, "$id": name} | body | told)}


def _text(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def schema_name(message: type[Message]) -> str:
    """Return the file name of a message's schema, for example `key-press.schema.json`."""
    return f"{kebab(message)}.schema.json"


def kebab(message: type[Message]) -> str:
    """Return a message's name in files, for example `key-press`."""
    name = message.__name__.removesuffix("Message")
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()


def schema(route: Route) -> dict[str, Any]:
    """Return the JSON Schema of a route's payload.

    What devices send may leave out fields with a default; what the server sends has all fields.
    """
    body = route.message.model_json_schema(
        mode="validation" if route.direction == "receive" else "serialization",
        ref_template="#/definitions/{model}",
        schema_generator=_Plain,
    )
    definitions = body.pop("$defs", {})
    name = f"urn:motcua:mqtt:v{VERSION}:{kebab(route.message)}"
    head = {"$schema": DIALECT, "$id": name}
    return head | body | ({"definitions": definitions} if definitions else {})


def asyncapi() -> dict[str, Any]:
    """Return the AsyncAPI 3.0 document, seen from the server."""
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Một Cửa Edge over MQTT",
            "version": str(VERSION),
            "description": "MQTT 3.1.1, QoS 1, JSON. Never a name, identity number or image.",
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": "application/json",
        "channels": {_channel(route): _channel_object(route) for route in ROUTES},
        "operations": {
            f"{route.direction}{route.message.__name__}": _operation(route) for route in ROUTES
        },
        "components": {
            "messages": {route.message.__name__: _message(route) for route in ROUTES},
        },
    }


def _channel(route: Route) -> str:
    name = route.message.__name__.removesuffix("Message")
    return name[0].lower() + name[1:]


def _channel_object(route: Route) -> dict[str, Any]:
    name = route.message.__name__
    return {
        "address": route.address,
        "summary": route.summary,
        "parameters": {
            parameter: {"description": PARAMETERS[parameter]}
            for parameter in re.findall(r"{(\w+)}", route.address)
        },
        "messages": {name: {"$ref": f"#/components/messages/{name}"}},
    }


def _operation(route: Route) -> dict[str, Any]:
    channel = f"#/channels/{_channel(route)}"
    return {
        "action": route.direction,
        "summary": route.summary,
        "channel": {"$ref": channel},
        "messages": [{"$ref": f"{channel}/messages/{route.message.__name__}"}],
        "bindings": {"mqtt": {"qos": 1, "retain": route.retained, "bindingVersion": "0.2.0"}},
    }


def _message(route: Route) -> dict[str, Any]:
    return {
        "name": route.message.__name__,
        "summary": route.summary,
        "payload": {
            "schemaFormat": SCHEMA_FORMAT,
            "schema": {"$ref": f"./{schema_name(route.message)}"},
        },
    }


def write(folder: Path, wanted: dict[str, str]) -> None:
    """Make `folder` hold exactly the wanted files."""
    folder.mkdir(parents=True, exist_ok=True)
    for stale in folder.glob("*.json"):
        if stale.name not in wanted:
            stale.unlink()
    for name, text in wanted.items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    for place, wanted in ((FOLDER, files()), (PROVINCE, province_files())):
        write(place, wanted)
        sys.stderr.write(f"{len(wanted)} files in {place}\n")
