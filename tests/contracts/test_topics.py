"""Topics are made and read back by the same functions, and no name can widen one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paho.mqtt.client import topic_matches_sub

from queue_server.contracts import topics
from queue_server.contracts.routes import ROUTES

LEVEL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="/#+\0"), min_size=1)
NAMED: list[tuple[Callable[[str, str], str], str, str]] = [
    (topics.kiosk_request, "kiosk", "request"),
    (topics.kiosk_reply, "kiosk", "reply"),
    (topics.device_status, "device", "status"),
    (topics.satisfaction, "satisfaction", ""),
]
COUNTERS: list[tuple[Callable[[str, int], str], str]] = [
    (topics.counter_key, "key"),
    (topics.counter_state, "state"),
]


@given(LEVEL, LEVEL)
def test_named_topics_read_back(office: str, name: str) -> None:
    for make, kind, channel in NAMED:
        assert topics.parse(make(office, name)) == (office, kind, name, channel)


@given(LEVEL, st.integers(1, 999))
def test_counter_topics_read_back(office: str, counter: int) -> None:
    for make, channel in COUNTERS:
        assert topics.parse(make(office, counter)) == (office, "counter", str(counter), channel)


@pytest.mark.parametrize("bad", ["", "#", "+", "a/b", "a#", "+a", "a\0"])
def test_no_name_widens_a_topic(bad: str) -> None:
    for make, _, _ in NAMED:
        with pytest.raises(ValueError, match="not a topic level"):
            make("ward", bad)
        with pytest.raises(ValueError, match="not a topic level"):
            make(bad, "name")
    for one in (topics.calls, topics.board, topics.everything, topics.server_subscriptions):
        with pytest.raises(ValueError, match="not a topic level"):
            one(bad)


@pytest.mark.parametrize(
    "topic",
    ["", "/", "motcua/v2/ward/counter/3/key", "other/v1/ward/counter/3/key", topics.board("ward")],
)
def test_other_topics_are_not_a_devices(topic: str) -> None:
    assert topics.parse(topic) is None


def test_the_server_hears_what_devices_send_and_nothing_it_says_itself() -> None:
    heard = topics.server_subscriptions("{office}")
    for route in ROUTES:
        matches = any(topic_matches_sub(pattern, route.address) for pattern in heard)
        assert matches == (route.direction == "receive"), route.address
        assert topic_matches_sub(topics.everything("{office}"), route.address)
        assert not topic_matches_sub(topics.everything("other"), route.address)
