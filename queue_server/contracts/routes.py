"""Which message travels on which topic, from whom to whom, and whether the broker keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from queue_server.contracts import messages, topics


class _AnyCounter(int):
    """A counter number that prints as the parameter of an address."""

    def __str__(self) -> str:
        return "{counter}"


@dataclass(frozen=True, slots=True)
class Route:
    """One kind of message on one kind of topic, always with QoS 1.

    `address` holds parameters in braces. `direction` is seen from the server.
    """

    address: str
    message: type[messages.Message]
    direction: Literal["receive", "send"]
    retained: bool
    summary: str


_OFFICE = "{office}"

ROUTES: tuple[Route, ...] = (
    Route(
        topics.kiosk_request(_OFFICE, "{kiosk}"),
        messages.KioskRequest,
        "receive",
        retained=False,
        summary="A kiosk issues or confirms a ticket, or leases numbers",
    ),
    Route(
        topics.kiosk_reply(_OFFICE, "{kiosk}"),
        messages.KioskReply,
        "send",
        retained=False,
        summary="The answer to one request of a kiosk",
    ),
    Route(
        topics.counter_key(_OFFICE, _AnyCounter()),
        messages.KeyPress,
        "receive",
        retained=False,
        summary="One key press at a counter, with the digits typed before it",
    ),
    Route(
        topics.counter_state(_OFFICE, _AnyCounter()),
        messages.CounterStateMessage,
        "send",
        retained=True,
        summary="What keypad and number display of a counter show",
    ),
    Route(
        topics.calls(_OFFICE),
        messages.CallMessage,
        "send",
        retained=False,
        summary="A citizen is called: show it and say it",
    ),
    Route(
        topics.board(_OFFICE),
        messages.BoardMessage,
        "send",
        retained=True,
        summary="The whole office in one message",
    ),
    Route(
        topics.device_status(_OFFICE, "{device}"),
        messages.DeviceStatus,
        "receive",
        retained=True,
        summary="Birth message, heartbeat and last will of a device",
    ),
    Route(
        topics.satisfaction(_OFFICE, "{window}"),
        messages.SmileWindow,
        "receive",
        retained=True,
        summary="Share of smiles in one window of time, and nothing else",
    ),
    Route(
        topics.smile_calibration(_OFFICE),
        messages.SmileCalibration,
        "receive",
        retained=True,
        summary="How well smiles tell good ratings from bad ones here",
    ),
)
