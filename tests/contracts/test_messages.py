"""Every message survives the wire, and what a version once sent stays readable."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator, Draft202012Validator
from pydantic import BaseModel, ValidationError

from queue_server.contracts import generate
from queue_server.contracts.messages import VERSION, KeyPress, Message, SmileWindow
from queue_server.contracts.routes import ROUTES

GOLDEN = Path(__file__).parent / "golden"
SAMPLES = sorted(GOLDEN.glob("v*/*.json"))
MESSAGES = {generate.kebab(route.message): route.message for route in ROUTES}
by_message = pytest.mark.parametrize("message", MESSAGES.values(), ids=MESSAGES)
by_sample = pytest.mark.parametrize("sample", SAMPLES, ids=lambda p: f"{p.parent.name}-{p.stem}")


def test_every_message_has_a_route_and_a_sample() -> None:
    assert set(MESSAGES.values()) == set(Message.__subclasses__())
    current = {path.stem for path in (GOLDEN / f"v{VERSION}").glob("*.json")}
    assert current == set(MESSAGES)


@by_sample
def test_samples_stay_readable(sample: Path) -> None:
    """Read and write again: every field of the sample comes back with the same value."""
    written = json.loads(sample.read_text("utf-8"))
    read = MESSAGES[sample.stem].model_validate_json(sample.read_text("utf-8"))
    assert json.loads(read.model_dump_json(exclude_unset=True)) == written


@by_sample
def test_samples_fit_their_schema(sample: Path) -> None:
    schema = json.loads(generate.files()[f"{sample.stem}.schema.json"])
    Draft7Validator.check_schema(schema)
    written = json.loads(sample.read_text("utf-8"))
    # Both dialects must agree: a device builder may have tools for either.
    assert Draft7Validator(schema).is_valid(written)
    assert Draft202012Validator(schema | {"$schema": ""}).is_valid(written)
    without_source = {key: value for key, value in written.items() if key != "source"}
    assert not Draft7Validator(schema).is_valid(without_source)


@by_sample
def test_readers_ignore_fields_of_later_versions(sample: Path) -> None:
    written = json.loads(sample.read_text("utf-8"))
    message = MESSAGES[sample.stem]
    later = message.model_validate(written | {"v": VERSION + 1, "new_field": [1, 2]})
    assert later == message.model_validate(written | {"v": VERSION + 1})


@by_message
@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_message_survives_the_wire(
    message: type[Message],
    data: st.DataObject,
    any_of: Callable[[type[BaseModel]], st.SearchStrategy[Any]],
) -> None:
    sent = data.draw(any_of(message))
    assert message.model_validate_json(sent.model_dump_json()) == sent


ENVELOPE = {"id": "1", "sent_at": "2026-03-02T08:00:00+07:00", "source": "keypad-3"}


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (KeyPress, {"seq": -1, "end": "A"}),
        (KeyPress, {"seq": 1, "end": ""}),
        (KeyPress, {"seq": 1, "end": "A", "digits": "1x"}),
        (KeyPress, {"seq": 1, "end": "A", "digits": "٣"}),
        (KeyPress, {"seq": 1, "end": "A", "digits": "123456789"}),
        (KeyPress, {"seq": 1, "end": "A", "sent_at": "2026-03-02T08:00:00"}),
        (KeyPress, {"seq": 1, "end": "A", "id": ""}),
        (SmileWindow, {"n": 10, "smile_share": 1.2, "low": 0, "high": 1}),
        (SmileWindow, {"n": 9, "smile_share": 0.5, "low": 0, "high": 1}),
    ],
)
def test_bad_payloads_are_refused(model: type[Message], fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        model.model_validate(ENVELOPE | fields)


def test_a_ticket_in_a_message_is_as_strict_as_over_http() -> None:
    request = json.loads((GOLDEN / "v1" / "kiosk-request.json").read_text("utf-8"))
    request["ticket"]["prioritty"] = "age_60"
    with pytest.raises(ValidationError, match="prioritty"):
        MESSAGES["kiosk-request"].model_validate(request)
