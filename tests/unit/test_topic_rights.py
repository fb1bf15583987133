"""What an account of the registry may say and hear."""

from __future__ import annotations

import pytest

from queue_server.adapters.topic_rights import Account, covers, device_account, server_account
from queue_server.contracts import topics


@pytest.mark.parametrize(
    ("allowed", "wanted", "covered"),
    [
        ("a/b", "a/b", True),
        ("a/b", "a/c", False),
        ("a/b", "a/b/c", False),
        ("a/b/c", "a/b", False),
        ("a/#", "a/b/c", True),
        ("a/#", "a/+/#", True),
        ("a/#", "b/c", False),
        ("a/+", "a/b", True),
        ("a/+", "a/+", True),
        ("a/+", "a/#", False),
        ("a/b", "a/+", False),
        ("a/b", "#", False),
    ],
)
def test_a_right_covers_what_lies_within_it(allowed: str, wanted: str, *, covered: bool) -> None:
    assert covers(allowed, wanted) is covered


def test_each_role_has_its_own_topics_and_its_status() -> None:
    def rights(role: str, counter: int | None = None) -> Account | None:
        return device_account("ward", "one", role, "secret", counter)

    status = topics.device_status("ward", "one")
    kiosk, keypad, shown = rights("kiosk"), rights("counter", 3), rights("announcer")
    assert kiosk is not None
    assert keypad is not None
    assert shown is not None
    assert kiosk.publish == (status, topics.kiosk_request("ward", "one"))
    assert kiosk.subscribe == (topics.kiosk_reply("ward", "one"),)
    assert keypad.publish == (status, topics.counter_key("ward", 3))
    assert keypad.subscribe == (topics.counter_state("ward", 3),)
    assert shown.publish == (status,)
    assert shown.subscribe == (topics.calls("ward"), topics.board("ward"))
    assert rights("admin") is None
    assert rights("counter") is None
    server = server_account("ward", "s")
    assert all(covers(server.subscribe[0], topic) for topic in topics.server_subscriptions("ward"))
