"""An office's catalogue in memory, and a shelf that remembers."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.domain.words import Words
from kiosk.use_cases.ports import ServerAwayError
from queue_server.contracts.catalogue_views import CatalogueNow

AWAY = Words("Hệ thống đang kết nối lại", "Reconnecting")


@dataclass
class FakeCatalogue:
    """Says `now` to whoever knows another one; `away` says nothing."""

    now: CatalogueNow
    away: bool = False
    asked: int = 0

    def newer(self, known: str) -> CatalogueNow | None:
        self.asked += 1
        if self.away:
            raise ServerAwayError(AWAY, "away")
        return self.now if known != self.now.digest else None


@dataclass
class MemoryShelf:
    """Keeps one; `full` takes nothing."""

    last: CatalogueNow | None = None
    full: bool = False

    def kept(self) -> CatalogueNow | None:
        return self.last

    def keep(self, now: CatalogueNow) -> None:
        if self.full:
            raise OSError(28, "No space left on device")
        self.last = now
