"""The generated schemas and the AsyncAPI file are what the code says, and hold together."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from queue_server.contracts import generate
from queue_server.contracts.routes import ROUTES


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    text = (generate.FOLDER / "asyncapi.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def references(node: Any) -> list[str]:
    if isinstance(node, dict):
        own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
        return own + [found for value in node.values() for found in references(value)]
    if isinstance(node, list):
        return [found for value in node for found in references(value)]
    return []


def resolve(document: Any, pointer: str) -> Any:
    """Follow a local JSON pointer; a wrong step is a KeyError."""
    for step in pointer.removeprefix("#/").split("/"):
        document = document[step]
    return document


def test_committed_files_are_the_generated_ones() -> None:
    for folder, wanted in (
        (generate.FOLDER, generate.files()),
        (generate.PROVINCE, generate.province_files()),
    ):
        committed = {path.name: path.read_text("utf-8") for path in folder.glob("*.json")}
        assert committed == wanted, "run `poe schemas` and commit what it wrote"


def test_write_replaces_and_removes(tmp_path: Path) -> None:
    (tmp_path / "gone.schema.json").write_text("{}")
    (tmp_path / "asyncapi.json").write_text("{}")
    (tmp_path / "README.md").write_text("stays")
    generate.write(tmp_path, generate.files())
    names = {path.name for path in tmp_path.iterdir()}
    assert names == set(generate.files()) | {"README.md"}
    assert json.loads((tmp_path / "asyncapi.json").read_text("utf-8"))["asyncapi"] == "3.0.0"


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    found = references(document)
    assert len(found) >= 4 * len(ROUTES)
    for reference in found:
        if reference.startswith("#/"):
            resolve(document, reference)
        else:
            schema = json.loads((generate.FOLDER / reference).read_text("utf-8"))
            for inner in references(schema):
                resolve(schema, inner)
    with pytest.raises(KeyError):
        resolve(document, "#/channels/nowhere")


def test_addresses_declare_their_parameters(document: dict[str, Any]) -> None:
    addresses = [channel["address"] for channel in document["channels"].values()]
    assert len(set(addresses)) == len(addresses) == len(ROUTES)
    for channel in document["channels"].values():
        assert set(channel["parameters"]) == set(re.findall(r"{(\w+)}", channel["address"]))


def test_operations_use_messages_of_their_channel(document: dict[str, Any]) -> None:
    assert len(document["operations"]) == len(ROUTES)
    for operation in document["operations"].values():
        assert operation["action"] in {"send", "receive"}
        channel = operation["channel"]["$ref"]
        assert all(m["$ref"].startswith(f"{channel}/messages/") for m in operation["messages"])
        mqtt = operation["bindings"]["mqtt"]
        assert mqtt["qos"] == 1
        assert isinstance(mqtt["retain"], bool)


def fields(node: Any) -> set[str]:
    """The names of all fields in a schema, at any depth."""
    if isinstance(node, list):
        return {name for value in node for name in fields(value)}
    if not isinstance(node, dict):
        return set()
    own = node.get("properties")
    names = set(own) if isinstance(own, dict) else set()
    return names | {name for value in node.values() for name in fields(value)}


def test_no_message_has_a_field_for_a_card_or_for_who_somebody_is(document: dict[str, Any]) -> None:
    found = fields(document)
    for path in generate.FOLDER.glob("*.schema.json"):
        found |= fields(json.loads(path.read_text("utf-8")))
    assert {"number", "service", "paper"} <= found
    assert found.isdisjoint({"card", "identity", "phone", "address", "born", "person", "contact"})
