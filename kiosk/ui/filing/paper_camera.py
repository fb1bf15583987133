"""The camera of a filing: the live picture, the page that was taken, and keeping it."""

from __future__ import annotations

import logging
from uuid import uuid4

from kivy.clock import Clock

from kiosk.domain.paper_page import PageLook
from kiosk.domain.words import Words
from kiosk.ui.background import Background
from kiosk.ui.faults import place_of
from kiosk.ui.filing.flow import FilingFlow
from kiosk.ui.filing.paper_print import PaperPrint
from kiosk.ui.filing.scan_bodies import PageBody, ScanBody
from kiosk.ui.filing.stand import Stand
from kiosk.use_cases.filing import Filing, Place
from kiosk.use_cases.ports import GatewayError
from kiosk.use_cases.scan_papers import LiveView, ScanPapers, TakenPage
from kiosk.use_cases.scan_ports import NothingYet

log = logging.getLogger(__name__)

LOOK_EVERY_S = 0.15


class PaperCamera:
    """Pictures live here and nowhere else, until the page is kept or the citizen goes.

    `saving` while the office is asked about pages, `trouble` what the citizen should know of it.
    """

    def __init__(self, screen: Stand, flow: FilingFlow, print_of: PaperPrint) -> None:
        self._screen, self._flow, self._print = screen, flow, print_of
        self._eyes: Background | None = None
        self._watching = False
        self.forget()

    def forget(self) -> None:
        """Wipe everything of this citizen; the bodies forget what they show themselves."""
        self.left()
        if self._eyes is not None:
            # Also what a scanner wrote while nobody was looking.
            self._beside.run(self._desk.close, lambda _none: None, self._blind)
        self.saving = False
        self._taken: TakenPage | None = None
        self._key = ""
        self._looks: dict[str, tuple[PageLook, ...]] = {}
        self._dropping: tuple[Filing, int, str] | None = None

    def left(self) -> None:
        """The camera is not needed any more."""
        self.trouble: Words | None = None
        if self._watching:
            self._watching = False
            self._beside.run(self._desk.close, lambda _none: None, self._blind)

    def drop(self, filing: Filing) -> None:
        """Have the pages of the paper at hand forgotten."""
        self.saving = True
        self._print.dropped(filing.paper)
        self._looks.pop(filing.paper, None)
        self._screen.app.background.run(
            lambda: self._flow.desk.drop_pages(filing), self.settled, self.not_settled
        )

    def drop_page(self, filing: Filing, page: int) -> None:
        """Have one of several pages forgotten; one that may be gone already is asked for again."""
        before = self._dropping
        again = before is not None and before[:2] == (filing, page)
        key = before[2] if before is not None and again else uuid4().hex
        self.saving, self._dropping = True, (filing, page, key)
        self._screen.app.background.run(
            lambda: self._flow.desk.drop_page(filing, page, key),
            lambda now: self._page_dropped(now, page),
            self.not_settled,
        )
        self._screen.app.render()

    def _page_dropped(self, filing: Filing, page: int) -> None:
        looks = self._looks.get(filing.paper, ())
        if len(looks) == filing.scanned + 1:
            self._looks[filing.paper] = looks[: page - 1] + looks[page:]
        self._dropping = None
        self._print.dropped(filing.paper)
        self.settled(filing)

    def scan(self, _filing: Filing) -> None:
        """Show what the camera sees."""
        say, body = self._screen.app.locale.say, self._screen.put(ScanBody)
        how = "scan_flatbed" if self._desk.flatbed else "scan"
        self._screen.question, self._screen.hint = say(f"{how}_question"), ""
        self._screen.main_words = say("scan_take")
        body.words = say(f"{how}_help")
        body.trouble = self._screen.app.locale.of(self.trouble) if self.trouble else ""
        if not self._watching:
            self._watching = True
            self._beside.run(self._desk.open, lambda _none: self._look(), self._blind)

    def _look(self, _dt: float = 0.0) -> None:
        if self._watching and self._at(Place.SCAN):
            self._beside.run(self._desk.look, self._seen, self._blind)

    def _seen(self, live: LiveView) -> None:
        if not self._at(Place.SCAN):
            return
        self._screen.body(ScanBody).ids.view.show(live.picture, live.corners or ())
        self._look_again()

    def _look_again(self) -> None:
        Clock.unschedule(self._look)
        Clock.schedule_once(self._look, LOOK_EVERY_S)

    def _blind(self, error: BaseException) -> None:
        if isinstance(error, NothingYet):
            self._look_again()
            return
        log.warning("the paper camera gives nothing: %s", place_of(error))
        self._watching = False
        self.trouble = self._screen.app.backstage.texts["scan_camera_gone"]
        if self._at(Place.SCAN):
            self._screen.body(ScanBody).trouble = self._screen.app.locale.of(self.trouble)

    def take(self, filing: Filing) -> None:
        """Take the page that lies there."""
        self.trouble = None
        before = tuple(look for looks in self._looks.values() for look in looks)
        if not self._watching:
            # The camera was gone: try once more to open it.
            self.scan(filing)
        self._beside.run(lambda: self._desk.take(before), self._was_taken, self._blind)

    def _was_taken(self, taken: TakenPage | None) -> None:
        filing = self._flow.filing
        if filing is None or filing.place is not Place.SCAN:
            return
        if taken is None:
            self.trouble = self._screen.app.backstage.texts["advice_no_page"]
            self._screen.app.render()
            return
        self.left()
        self._taken, self._key = taken, uuid4().hex
        self._flow.go(filing.standing(Place.PAGE))

    def page(self, _filing: Filing) -> None:
        """Show the page that was taken, and what could be better."""
        say, taken, body = self._screen.app.locale.say, self._taken, self._screen.put(PageBody)
        if taken is None:
            return
        self._screen.question, self._screen.hint = say("scan_page_question"), ""
        keep = "scan_keep_anyway" if taken.advice else "scan_keep"
        self._screen.main_words = "" if self.saving or taken.useless else say(keep)
        self._screen.main_icon = "check"
        body.ids.view.show(taken.page.straight)
        body.icon = "warning" if taken.advice or self.trouble else "check"
        if self.saving:
            body.words = say("scan_saving")
        elif self.trouble is not None:
            body.words = self._screen.app.locale.of(self.trouble)
        else:
            body.words = " ".join(say(f"advice_{one.value}") for one in taken.advice[:2])
            body.words = body.words or say("scan_page_good")
        body.offer([(say("scan_again"), self._again), (say("scan_turn"), self._turn)])

    def _again(self) -> None:
        filing = self._flow.filing
        if filing is not None and not self.saving:
            self._taken = None
            self._flow.go(filing.standing(Place.SCAN))

    def _turn(self) -> None:
        taken = self._taken
        if taken is not None and not self.saving:
            self._beside.run(lambda: self._desk.turned(taken), self._was_turned, self._blind)

    def _was_turned(self, taken: TakenPage) -> None:
        if self._taken is not None and self._at(Place.PAGE):
            self._taken, self._key = taken, uuid4().hex
            self._screen.app.render()

    def keep(self, filing: Filing) -> None:
        """Have the page kept by the office; the same key for every try."""
        taken, key = self._taken, self._key
        if taken is None or taken.useless or self.saving:
            return
        desk, language = self._desk, self._screen.app.session.language
        self.saving, self.trouble = True, None
        self._screen.app.background.run(
            lambda: self._flow.desk.keep_page(filing, language, desk.file(taken), key),
            self._kept,
            self.not_settled,
        )
        self._screen.app.render()

    def _kept(self, filing: Filing) -> None:
        taken, now = self._taken, self._flow.filing
        if now is None or now.key != filing.key or taken is None:
            return
        looks = self._looks.get(filing.paper, ())
        self._looks[filing.paper] = (*looks, taken.page.look)
        self._taken = None
        self._screen.body(PageBody).forget()
        self._print.begin(self._desk, taken, filing)
        self.settled(filing)

    def settled(self, filing: Filing) -> None:
        """The office has answered about pages: go on with what it keeps."""
        now = self._flow.filing
        self.saving = False
        if now is not None and now.key == filing.key:
            self._flow.go(filing)

    def not_settled(self, error: BaseException) -> None:
        """The office did not answer: everything stays, and may be tried again."""
        self.saving = False
        if self._flow.filing is not None:
            self.trouble = self._flow.words_of(error, "scan_not_saved")
            if self._at(Place.PAGE) and isinstance(error, GatewayError):
                # Why, and that the page is still here.
                again = self._screen.app.backstage.texts["scan_still_here"]
                said = self.trouble
                self.trouble = Words(f"{said.vi}. {again.vi}", f"{said.en}. {again.en}")
            self._screen.app.render()

    # -- inside

    @property
    def _desk(self) -> ScanPapers:
        desk = self._screen.app.backstage.papers
        if desk is None:
            raise LookupError("this kiosk scans nothing")
        return desk

    @property
    def _beside(self) -> Background:
        """Camera and page finder, one job after another, beside screen and server."""
        self._eyes = self._eyes or Background()
        return self._eyes

    def _at(self, place: Place) -> bool:
        return self._flow.filing is not None and self._flow.filing.place is place
