"""What the kiosk knows of the office and of itself, between two looks and beside every screen."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from kiosk.domain.office_face import OfficeFace
from kiosk.domain.search import ProcedureSearch
from kiosk.domain.ticket import WaitingLine
from kiosk.domain.visit_rules import VisitRules
from kiosk.ui.background import Background
from kiosk.ui.faults import place_of
from kiosk.use_cases.ports import PrinterStatus
from kiosk.use_cases.watch_office import OfficeNow

log = logging.getLogger(__name__)


class News(NamedTuple):
    """What is other at the office and on no screen yet: its face, what it offers."""

    face: OfficeFace | None = None
    procedures: ProcedureSearch | None = None


class Outlook:
    """Looks in the background, never while a citizen's own wish is being carried out."""

    def __init__(
        self,
        background: Background,
        watch: Callable[[], OfficeNow],
        catch_up: Callable[[], int],
        changed: Callable[[Callable[[], News]], object],
    ) -> None:
        self._background = background
        self._watch = watch
        self._catch_up = catch_up
        self._changed = changed
        self.lines: tuple[WaitingLine, ...] | None = None
        self.server_away = False
        self.gives = True
        self.bookable: frozenset[str] = frozenset()
        self.rules = VisitRules()
        self.owed = 0
        self._news = News()
        self.printer: PrinterStatus | None = None

    def look(self) -> None:
        """Ask server and printer how things are."""
        if not self._background.busy:
            self._background.run(self._watch, self._seen, self._blind)

    def hand_in(self) -> None:
        """Go on handing in what was given alone, also while somebody uses the screen."""
        if self.owed and not self.server_away and not self._background.busy:
            self._background.run(self._catch_up, self._handed_in, self._blind)

    def _take_news(self) -> News:
        """What nobody has put on the screen yet."""
        news, self._news = self._news, News()
        return news

    def gave_alone(self) -> None:
        """A number of this kiosk's own was given: it is owed now."""
        self.owed += 1

    def _seen(self, office: OfficeNow) -> None:
        self.server_away = office.lines is None
        self.gives, self.owed, self.printer = office.gives, office.owed, office.printer
        if office.bookable is not None:
            self.bookable = office.bookable
        self.rules = office.rules or self.rules
        face, procedures = self._news
        self._news = News(office.face or face, office.procedures or procedures)
        if office.lines is not None:
            self.lines = office.lines
        elif self.lines is not None:
            # How many wait was true once; nobody shall rely on it now.
            self.lines = tuple(replace(o, waiting=None, forecast=None) for o in self.lines)
        self._changed(self._take_news)

    def _handed_in(self, owed: int) -> None:
        self.owed = owed

    def _blind(self, error: BaseException) -> None:
        log.error("the look at the office broke: %s", place_of(error))
