"""Every MQTT topic of the system, as functions; no other file spells a topic."""

from __future__ import annotations

ROOT = "motcua/v1"


def _under(office: str, *levels: str) -> str:
    for level in (office, *levels):
        if not level or any(sign in level for sign in "/#+\0"):
            raise ValueError(f"not a topic level: {level!r}")
    return "/".join((ROOT, office, *levels))


def kiosk_request(office: str, kiosk: str) -> str:
    """Kiosk → server: issue a ticket, confirm it, lease a block of numbers."""
    return _under(office, "kiosk", kiosk, "request")


def kiosk_reply(office: str, kiosk: str) -> str:
    """Server → kiosk: the answer to one request."""
    return _under(office, "kiosk", kiosk, "reply")


def counter_key(office: str, counter: int) -> str:
    """Keypad → server: one key press with the digits typed before it."""
    return _under(office, "counter", str(counter), "key")


def counter_state(office: str, counter: int) -> str:
    """Server → keypad and LED, retained: what this counter does now."""
    return _under(office, "counter", str(counter), "state")


def calls(office: str) -> str:
    """Server → displays and announcer: a citizen is called."""
    return _under(office, "calls")


def board(office: str) -> str:
    """Server → displays, retained: the office in one message."""
    return _under(office, "board")


def device_status(office: str, device: str) -> str:
    """Device → server, retained: birth message, heartbeat and last will."""
    return _under(office, "device", device, "status")


def satisfaction(office: str, window: str) -> str:
    """Camera → server, retained: the smile share of one window, nothing else."""
    return _under(office, "satisfaction", window)


def smile_calibration(office: str) -> str:
    """Camera → server, retained: how well smiles and ratings go together here."""
    return _under(office, "satisfaction", "calibration")


def every_satisfaction(office: str) -> str:
    """The filter of all windows, for the rights of a camera."""
    return f"{_under(office)}/satisfaction/+"


def server_subscriptions(office: str) -> list[str]:
    """The filters under which the server hears its devices."""
    base = _under(office)
    return [
        f"{base}/kiosk/+/request",
        f"{base}/counter/+/key",
        f"{base}/device/+/status",
        f"{base}/satisfaction/+",
    ]


def everything(office: str) -> str:
    """The filter that covers the whole office; only the server's own login may use it."""
    return f"{_under(office)}/#"


def parse(topic: str) -> tuple[str, str, str, str] | None:
    """Split a device's topic.

    Returns:
        `(office, kind, name, channel)`, for example `("ward", "counter", "3", "key")`;
        None for a topic that is not one of the per-device topics of this contract.
    """
    levels = topic.split("/")
    if len(levels) < 5 or "/".join(levels[:2]) != ROOT:  # noqa: PLR2004 - root, office, kind, name
        return None
    office, kind, name = levels[2:5]
    channel = "/".join(levels[5:])
    return office, kind, name, channel
