"""Where things travel in the stream; spelt here and nowhere else."""

from __future__ import annotations

STREAM = "HUB_EVENTS"
CONSUMER = "collectors"
ROOT = "hub.v1"
ALL_EVENTS = f"{ROOT}.events.>"


def token(office: str) -> str:
    """An office's id as one token: a full stop would begin another one, and no id holds `=`."""
    return office.replace(".", "=")


def events(province: str, office: str) -> str:
    """The events of one office."""
    return f"{ROOT}.events.{province}.{token(office)}"


def asks(province: str, office: str) -> str:
    """Where an office hears which events are missed."""
    return f"{ROOT}.ask.{province}.{token(office)}"


def down(province: str, office: str) -> str:
    """Where an office hears what the hub hands down, and answers each."""
    return f"{ROOT}.down.{province}.{token(office)}"


def inbox(office: str) -> str:
    """Where answers to one office come, so that no office hears another's."""
    return f"_INBOX_{token(office)}"


def events_of(province: str) -> str:
    """The events of all offices of a province."""
    return f"{ROOT}.events.{province}.>"


def asks_of(province: str) -> str:
    """All asks for events of a province."""
    return f"{ROOT}.ask.{province}.>"


def down_of(province: str) -> str:
    """All that is handed down to a province."""
    return f"{ROOT}.down.{province}.>"
