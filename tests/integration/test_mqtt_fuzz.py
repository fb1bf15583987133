"""Nonsense on every topic: the server lives, nothing changes, and the next honest message works.

The sender is one whom the broker forbids nothing, so this tries the server's own care. What a
device's own certificate or password may not say does not even come so far: test_broker_rights.py.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from queue_server.contracts import topics
from tests.integration.bridged_office import REGISTRY, Kiosk
from tests.integration.mqtt_scene import Scene
from tests.integration.office_brokers import OFFICE

GOLDEN = Path(__file__).parents[1] / "contracts" / "golden" / "v1"
TOPICS = [
    *(topics.kiosk_request(OFFICE, name) for name in ("kiosk-1", "kiosk-2", "nobody")),
    *(topics.kiosk_reply(OFFICE, name) for name in ("kiosk-1", "nobody")),
    *(topics.counter_key(OFFICE, number) for number in (3, 4, 999)),
    *(topics.counter_state(OFFICE, number) for number in (3, 999)),
    *(topics.device_status(OFFICE, known.id) for known in REGISTRY),
    topics.device_status(OFFICE, "nobody"),
    topics.satisfaction(OFFICE, "2026-11-27T09-00"),
    topics.smile_calibration(OFFICE),
    topics.calls(OFFICE),
    topics.board(OFFICE),
    topics.everything(OFFICE).replace("#", "no/such/topic"),
]
KINDS = [json.loads(path.read_text("utf-8")) for path in sorted(GOLDEN.glob("*.json"))]
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=40)
    | st.just("9" * 400)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@st.composite
def nearly_right(draw: st.DrawFn) -> bytes:
    """A real message with something taken out, put in, or of another kind; never a right one."""
    body: dict[str, Any] = dict(draw(st.sampled_from(KINDS)))
    broken = draw(st.sampled_from(["v", "id", "sent_at", "source"]))
    if draw(st.booleans()):
        del body[broken]
    else:
        body[broken] = draw(st.lists(SCALARS, max_size=3))
    for name in draw(st.lists(st.sampled_from(sorted(body)), max_size=3)) if body else []:
        body[name] = draw(VALUES)
    if broken in body and not isinstance(body[broken], list):
        del body[broken]
    return json.dumps(body).encode()


PAYLOADS = (
    st.binary(max_size=600)
    | VALUES.map(lambda value: json.dumps(value).encode())
    | nearly_right()
    | st.just(b'{"v":' * 3000)
    | st.just(b"[" * 100_000)
    | st.just(b"")
)


def test_nonsense_on_every_topic_changes_nothing(scene: Scene) -> None:
    scene.started()
    kiosk, keypad = scene.kiosk(), scene.keypad()
    first = kiosk.ticket("before")
    assert keypad.press(1, "A").number == first
    sender = scene.stranger()
    events = len(scene.office.store.events)

    @given(st.lists(st.tuples(st.sampled_from(TOPICS), PAYLOADS, st.booleans()), max_size=12))
    @settings(
        max_examples=60,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def say(messages: list[tuple[str, bytes, bool]]) -> None:
        for topic, payload, retain in messages:
            sender.publish(topic, payload, retain=retain)

    say()
    assert len(scene.office.store.events) == events
    # The broker keeps what was retained, for others to read; a right message still comes through.
    for topic in TOPICS:
        sender.publish(topic, "", retain=True)
    assert is_served(kiosk, "after")
    assert len(scene.office.store.events) > events


def is_served(kiosk: Kiosk, key: str) -> bool:
    """Whether an honest wish is fulfilled; what else the kiosk is told meanwhile is passed over."""
    request = kiosk.issue(key)
    while True:
        said = _answers(kiosk.device.next().payload)
        if said.get("request_id") == request.id:
            return bool(said["ok"])


def _answers(payload: bytes) -> dict[str, Any]:
    """What an honest device can read of it; nonsense also went to its own topic."""
    try:
        body = json.loads(payload)
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}
