"""A device is there while it says so; silence makes it doubtful."""

from __future__ import annotations

from datetime import timedelta

from queue_server.contracts.messages import DeviceStatus, Paper
from queue_server.use_cases.device_presence import LOST_AFTER_S, DevicePresence, KnownDevice
from tests.fakes.office_days import EIGHT


class Time:
    """Both clocks of the server; a jump moves only the one on the wall."""

    def __init__(self) -> None:
        self.gone_s = 0.0
        self.jumped = timedelta()

    def presence(self) -> DevicePresence:
        registry = [KnownDevice("kiosk-1", "kiosk"), KnownDevice("keypad-3", "counter", 3)]
        return DevicePresence(
            registry,
            lambda: EIGHT + timedelta(seconds=self.gone_s) + self.jumped,
            lambda: self.gone_s,
        )


def status(device: str, *, online: bool = True, paper: Paper | None = None) -> DeviceStatus:
    return DeviceStatus(id="1", sent_at=EIGHT, source=device, online=online, paper=paper)


def test_all_configured_devices_are_listed_and_unknown_ones_are_not() -> None:
    presence = Time().presence()
    presence.heard("stranger", status("stranger"))
    assert [(d.id, d.role, d.online, d.seen_at) for d in presence.devices()] == [
        ("kiosk-1", "kiosk", False, None),
        ("keypad-3", "counter", False, None),
    ]
    known = presence.known("keypad-3")
    assert known is not None
    assert known.counter == 3
    assert presence.known("stranger") is None


def test_birth_report_and_will() -> None:
    presence = Time().presence()
    presence.heard("kiosk-1", status("kiosk-1", paper=Paper.OUT))
    first = presence.devices()[0]
    assert (first.online, first.paper, first.seen_at) == (True, "out", EIGHT)
    assert first.detail is None
    ill = status("kiosk-1").model_copy(update={"detail": "keypad lost"})
    presence.heard("kiosk-1", ill)
    assert presence.devices()[0].detail == "keypad lost"
    presence.heard("kiosk-1", status("kiosk-1", online=False))
    assert not presence.online("kiosk-1")


def test_missed_heartbeats_make_it_lost_and_one_brings_it_back() -> None:
    time = Time()
    presence = time.presence()
    presence.heard("kiosk-1", status("kiosk-1"))
    time.gone_s = LOST_AFTER_S
    assert presence.online("kiosk-1")
    time.gone_s += 0.1
    assert not presence.online("kiosk-1")
    presence.heard("kiosk-1", status("kiosk-1"))
    assert presence.online("kiosk-1")


def test_a_corrected_clock_loses_nobody() -> None:
    time = Time()
    presence = time.presence()
    presence.heard("kiosk-1", status("kiosk-1"))
    time.jumped = timedelta(hours=3)
    assert presence.online("kiosk-1")
