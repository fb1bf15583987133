"""What the print of scanned papers says: read beside the screen, confirmed by the citizen."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from itertools import pairwise

from kiosk.domain.words import Words
from kiosk.ui.background import Background
from kiosk.ui.faults import place_of
from kiosk.ui.filing.bodies import Row, RowsBody
from kiosk.ui.filing.flow import FilingFlow
from kiosk.ui.filing.stand import Stand
from kiosk.use_cases.filing import Filing, Place
from kiosk.use_cases.scan_papers import PrintRead, ScanPapers, TakenPage
from queue_server.contracts.answers import flaw_of

log = logging.getLogger(__name__)


class PaperPrint:
    """`found` are answers nobody has confirmed yet."""

    def __init__(self, screen: Stand, flow: FilingFlow) -> None:
        self._screen, self._flow = screen, flow
        self._reader: Background | None = None
        self.forget()

    def forget(self) -> None:
        """Wipe everything of this citizen."""
        self.reading = 0
        self.found: dict[str, str] = {}
        self._left_out: set[str] = set()
        self._seems: dict[str, str] = {}
        self._numbers: dict[str, list[int]] = {}

    def dropped(self, paper: str) -> None:
        """The pages of a paper are gone, and what their print told of them."""
        self._seems.pop(paper, None)
        self._numbers.pop(paper, None)

    def doubt(self, paper: str, names: Mapping[str, str]) -> str:
        """What may be wrong with the pages of a paper, in words; empty where nothing is."""
        say, seems = self._screen.app.locale.say, self._seems.get(paper)
        if seems is not None:
            return say("scan_seems", paper=names.get(seems, seems))
        numbers = self._numbers.get(paper, [])
        for before, after in pairwise(numbers):
            if after < before:
                return say("scan_order", before=before, after=after)
        return ""

    def taken_over(self) -> dict[str, str]:
        """What the citizen confirmed; the rest is forgotten."""
        chosen = {name: value for name, value in self.found.items() if name not in self._left_out}
        self.found, self._left_out = {}, set()
        return chosen

    def begin(self, desk: ScanPapers, taken: TakenPage, filing: Filing) -> None:
        """Read a page beside the screen, where print can be read."""
        if not desk.reads:
            return
        self._reader = self._reader or Background()
        self.reading += 1
        papers, fields = [name for name, _ in filing.papers], list(filing.form.field)
        self._reader.run(
            lambda: (filing, desk.read(taken, fields, filing.paper, papers)),
            self._was_read,
            self._not_read,
        )

    def _was_read(self, answer: tuple[Filing, PrintRead]) -> None:
        of, read = answer
        filing = self._flow.filing
        if filing is None or filing.key != of.key:
            return
        self.reading -= 1
        today = self._screen.app.backstage.now().date()
        by_id = {field.id: field for field in filing.form.field}
        self.found |= {
            name: value
            for name, value in read.proposed.items()
            if filing.answers.get(name) != value and flaw_of(by_id[name], value, today) is None
        }
        self._note(of.paper, read)
        if filing.place is Place.PAPER:
            self._screen.app.render()

    def _note(self, paper: str, read: PrintRead) -> None:
        self._seems.pop(paper, None)
        if read.seems is not None:
            self._seems[paper] = read.seems
        if read.number is not None:
            self._numbers.setdefault(paper, []).append(read.number)

    def _not_read(self, error: BaseException) -> None:
        log.warning("print was not read: %s", place_of(error))
        self.reading = max(0, self.reading - 1)
        if self._flow.filing is not None and self._flow.filing.place is Place.PAPER:
            self._screen.app.render()

    def refresh(self, filing: Filing) -> None:
        """Show what was read, to be confirmed line by line."""
        locale = self._screen.app.locale
        say = locale.say
        self._screen.question = say("scan_proposals_question")
        self._screen.hint, self._screen.main_words = "", say("scan_use")
        body = self._screen.put(RowsBody)
        body.note = say("scan_proposals_note")
        rows = [
            Row(
                field.id,
                locale.of(Words(field.label.vi, field.label.en, field.label.km)),
                field.shown(self.found[field.id]).vi,
                "box" if field.id in self._left_out else "check",
            )
            for field in filing.form.field
            if field.id in self.found
        ]
        body.show(rows, self._toggle)

    def _toggle(self, field_id: str) -> None:
        self._left_out ^= {field_id}
        self._screen.app.render()
