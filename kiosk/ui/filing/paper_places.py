"""The papers of a filing: the list of them, and what is to be done about each."""

from __future__ import annotations

from kiosk.domain.paper_page import MOST_PAGES
from kiosk.ui.filing import facts
from kiosk.ui.filing.bodies import ChoiceBody, Row, RowsBody
from kiosk.ui.filing.flow import FilingFlow
from kiosk.ui.filing.paper_camera import PaperCamera
from kiosk.ui.filing.paper_print import PaperPrint
from kiosk.ui.filing.stand import Stand
from kiosk.use_cases.filing import Filing, Place

PAPER_PLACES = frozenset(
    {Place.PAPERS, Place.PAPER, Place.PAGES, Place.SCAN, Place.PAGE, Place.PROPOSALS}
)
ALL = "all"
"""The row that drops every page; no page is called so."""


class PaperPlaces:
    """One object for a screen: it brings each place to who knows it."""

    def __init__(self, screen: Stand, flow: FilingFlow) -> None:
        self._screen, self._flow = screen, flow
        self._print = PaperPrint(screen, flow)
        self._camera = PaperCamera(screen, flow, self._print)

    def forget(self) -> None:
        """Wipe everything of this citizen."""
        self._camera.forget()
        self._print.forget()

    def left(self) -> None:
        """The camera is not needed any more."""
        self._camera.left()

    def refresh(self, filing: Filing) -> None:
        """Say the place anew."""
        {
            Place.PAPERS: self._papers,
            Place.PAPER: self._paper,
            Place.PAGES: self._pages,
            Place.SCAN: self._camera.scan,
            Place.PAGE: self._camera.page,
            Place.PROPOSALS: self._print.refresh,
        }[filing.place](filing)

    def on_main(self, filing: Filing) -> None:
        """Take the main action of the place."""
        if filing.place is Place.PAPERS:
            # Papers may be scanned before the first question: what they say is filled in.
            self._flow.go(filing.review() if filing.at else filing.begin())
        elif filing.place is Place.PAPER:
            self._flow.go(filing.standing(Place.PAPERS))
        elif filing.place is Place.PAGES:
            self._flow.go(filing.standing(Place.PAPER))
        elif filing.place is Place.SCAN:
            self._camera.take(filing)
        elif filing.place is Place.PAGE:
            self._camera.keep(filing)
        else:
            self._flow.go(filing.take_over(self._print.taken_over()))

    # -- the list, and one paper

    def _papers(self, filing: Filing) -> None:
        say, desk = self._say, self._screen.app.backstage.papers
        self._screen.question = say("filing_papers_question")
        self._screen.hint = self._screen.note(filing)
        self._screen.main_words = say("filing_next")
        body = self._screen.put(RowsBody)
        body.note = say("filing_papers_note" if desk is None else "scan_papers_note")
        names = self._names(filing)

        locale = self._screen.app.locale

        def told(paper: str, *, has: bool) -> str:
            pages, source = filing.pages.get(paper, 0), facts.source(locale, filing, paper)
            if source or pages:
                return source or say("scan_pages", n=pages)
            return say("scan_paper_only") if has and desk is not None else ""

        rows = facts.held_rows(locale, filing)
        for paper, has in filing.papers:
            source = facts.source(locale, filing, paper)
            icon = "again" if source else "check" if has else "box"
            rows.append(Row(paper, names.get(paper, paper), told(paper, has=has), icon))
        body.show(rows, lambda paper: self._touched(filing, paper))

    def _touched(self, filing: Filing, paper: str) -> None:
        if paper == facts.KNOWN:
            self._flow.find_known(filing)
        elif self._screen.app.backstage.papers is None or facts.source(
            self._screen.app.locale, filing, paper
        ):
            self._flow.go(filing.toggle(paper))
        else:
            self._flow.go(filing.at_paper(paper))

    def _paper(self, filing: Filing) -> None:
        say, pages = self._say, filing.scanned
        self._screen.question = self._names(filing).get(filing.paper, filing.paper)
        told = say("scan_pages", n=pages) if pages else ""
        self._screen.hint = told + self._screen.note(filing, " · " if told else "")
        self._screen.main_words = say("scan_paper_done") if pages else ""
        ways = [("scan", say("scan_next" if pages else "scan_this"))] if pages < MOST_PAGES else []
        if pages:
            some = pages > 1
            ways.append(("some", say("scan_drop_some")) if some else ("drop", say("scan_drop")))
        else:
            ways += [("brought", say("scan_brought")), ("none", say("scan_none"))]
        # Last: what comes while somebody is about to touch moves nothing else.
        if self._print.found:
            ways.append(("proposals", say("scan_read", n=len(self._print.found))))
        body = self._screen.put(ChoiceBody)
        body.help = self._help(filing)
        body.show(ways, "", self._chosen)

    def _help(self, filing: Filing) -> str:
        """What the citizen should know about the paper at hand."""
        say = self._say
        if self._camera.trouble is not None:
            return self._screen.app.locale.of(self._camera.trouble)
        if filing.scanned >= MOST_PAGES:
            return say("scan_full")
        doubt = self._print.doubt(filing.paper, self._names(filing)) if filing.scanned else ""
        if doubt:
            return doubt
        if self._print.reading:
            return say("scan_reading")
        desk = self._screen.app.backstage.papers
        return "" if desk is None or desk.reads else say("scan_no_reading")

    def _chosen(self, way: str) -> None:
        filing = self._flow.filing
        if filing is None or filing.place is not Place.PAPER or self._camera.saving:
            return
        self._camera.trouble = None
        if way in {"brought", "none"}:
            self._flow.go(filing.has(brought=way == "brought"))
        elif way == "scan":
            self._flow.go(filing.standing(Place.SCAN))
        elif way == "some":
            self._flow.go(filing.standing(Place.PAGES))
        elif way == "proposals":
            self._flow.go(filing.standing(Place.PROPOSALS))
        else:
            self._camera.drop(filing)

    def _pages(self, filing: Filing) -> None:
        """Which of several pages goes."""
        say = self._say
        self._screen.question, self._screen.hint = say("scan_drop_which"), ""
        self._screen.main_words = say("scan_drop_none")
        body = self._screen.put(RowsBody)
        body.note = say("scan_saving") if self._camera.saving else say("scan_drop_note")
        if self._camera.trouble is not None:
            body.note = self._screen.app.locale.of(self._camera.trouble)
        rows = [
            Row(f"{page}", say("scan_drop_page", n=page), "", "no")
            for page in range(1, filing.scanned + 1)
        ]
        body.show([*rows, Row(ALL, say("scan_drop"), "", "again")], self._out)

    def _out(self, row: str) -> None:
        filing = self._flow.filing
        if filing is None or filing.place is not Place.PAGES or self._camera.saving:
            return
        self._camera.trouble = None
        if row == ALL:
            self._camera.drop(filing)
        else:
            self._camera.drop_page(filing, int(row))

    # -- inside

    def _say(self, key: str, **values: object) -> str:
        return self._screen.app.locale.say(key, **values)

    def _names(self, filing: Filing) -> dict[str, str]:
        known = self._screen.app.backstage.catalogue.procedure(filing.form.procedure)
        locale = self._screen.app.locale
        return {
            paper.name.vi: f"{locale.of(paper.name)} ({locale.document(paper)})"
            for paper in (known.documents if known else ())
        }
