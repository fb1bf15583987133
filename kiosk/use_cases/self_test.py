"""Tries everything that a kiosk needs before the first citizen does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kiosk.domain.glass import Glass
from kiosk.use_cases.ports import GatewayError, PaperState, SlipPrinter, TicketGateway
from kiosk.use_cases.stand_alone import StandAlone

OK = "ok"


@dataclass(frozen=True, slots=True)
class Finding:
    """One part and how it is; `needed` says that without it no number can be given."""

    part: str
    words: str
    needed: bool = False

    @property
    def well(self) -> bool:
        """Whether nothing is wrong with it."""
        return self.words == OK


class SelfTest:
    """Asks each part once; never raises, and changes nothing but a journal written anew."""

    def __init__(
        self,
        gateway: TicketGateway,
        printer: SlipPrinter | None,
        alone: StandAlone | None,
        connected: Callable[[], bool] | None,
        glass: Glass,
    ) -> None:
        """`connected` tells whether the broker accepts this kiosk; None where none is used."""
        self._glass = glass
        self._gateway = gateway
        self._printer = printer
        self._alone = alone
        self._connected = connected

    def __call__(self) -> list[Finding]:
        """Return what was found, part by part."""
        return list(self._parts())

    def _parts(self) -> Iterator[Finding]:
        yield self._server()
        yield self._journal()
        yield Finding("screen", self._glass.trouble or OK)
        if self._printer is not None:
            yield from self._paper(self._printer)
        if self._connected is not None:
            yield Finding("broker", OK if self._connected() else "not connected")

    def _server(self) -> Finding:
        try:
            services = len(self._gateway.lines())
        except GatewayError as error:
            return Finding("server", error.words.en, needed=True)
        return Finding("server", OK if services else "offers no service", needed=True)

    def _journal(self) -> Finding:
        if self._alone is None:
            return Finding("journal", "cannot be written: no number while the server is away")
        return Finding("journal", self._alone.trouble or OK)

    def _paper(self, printer: SlipPrinter) -> Iterator[Finding]:
        status = printer.status()
        fault = status.fault or status.broken
        yield Finding("printer", fault.value if fault else OK)
        if status.paper in {PaperState.NEAR_END, PaperState.OUT}:
            yield Finding("paper", status.paper.value)
