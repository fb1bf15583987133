"""Two kiosks and a server, each killed at any moment, over lines that lose and delay everything.

Whatever happens: no number is given to two citizens, each citizen stands in line exactly once and
by the time of issue, and nobody stands there whom no citizen knows of.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from kiosk.adapters.journal_file import JournalFile
from kiosk.domain.ticket import TicketOrder
from kiosk.domain.words import Language
from kiosk.use_cases.issue_ticket import IssueTicket
from kiosk.use_cases.stand_alone import NoNumbersError, StandAlone
from kiosk.use_cases.watch_office import WatchOffice
from queue_server.domain import commands as c
from queue_server.domain.number_series import LEASED_FROM
from queue_server.domain.ticket import Ticket, TicketState
from queue_server.use_cases.keep_day import Request
from tests.fakes.office_days import EIGHT, OFFICE
from tests.fakes.office_link import HandMachine, OfficeBehind, OfficeLink, names
from tests.unit.test_issue_ticket import FACTS

SERVICES = sorted(OFFICE.services)
GONE = {TicketState.VOID, TicketState.CANCELLED}
kiosks = st.integers(0, 1)
CLOCK_SET = timedelta(days=40)


class KilledError(Exception):
    """The kiosk process ends here."""


class BrittleJournal(JournalFile):
    """Ends the process in the middle of a write, when told to: `part` of the bytes are written."""

    part: float | None = None

    def append(self, *entries: object) -> None:
        if self.part is None:
            super().append(*entries)  # type: ignore[arg-type]  # entries
            return
        before = self._path.stat().st_size
        super().append(*entries)  # type: ignore[arg-type]  # entries
        written = self._path.stat().st_size - before
        with self._path.open("r+b") as file:
            file.truncate(before + int(written * self.part))
        raise KilledError


class KioskOnTheTable:
    """One kiosk; `held` are the numbers in the hands of its citizens and when they got them."""

    def __init__(self, behind: OfficeBehind, folder: Path, name: str) -> None:
        self.path, self.behind = folder / f"{name}.journal", behind
        self.machine = HandMachine(EIGHT)
        self.link = OfficeLink(behind, name)
        self.names, self.keys = names(f"{name}-own"), names(f"{name}-key")
        self.held: list[tuple[str, datetime]] = []
        self.orphans: set[str] = set()
        self.unanswered = False
        self.start()

    def start(self) -> None:
        self.journal = BrittleJournal(self.path)
        self.alone = StandAlone(self.link, self.journal, self.machine, self.names)
        self.issue = IssueTicket(
            self.link, None, FACTS, lambda: self.keys()[0], lambda _: None, self.alone
        )
        self.watch = WatchOffice(self.link, None, self.issue, lambda _: None, self.alone)

    def restart(self) -> None:
        self.journal.close()
        self.start()
        # On the disk, but did the citizen see it? Silence is a yes.
        self.orphans |= {ticket.label for ticket in self.alone._numbers.owed.values()}

    def take(self, service: str) -> None:
        try:
            issued = self.issue(TicketOrder(service, Language.VI))
        except NoNumbersError:
            self.unanswered = True
            return
        except KilledError:
            # Its own number may not be on the disk, and the server's answer lost before that.
            self.unanswered |= self.link.deaf or self.link.slow
            self.restart()
            return
        self.held.append((issued.ticket.number, self.behind.clock.at))


class KiosksAlone(RuleBasedStateMachine):
    """Everything that can go wrong, in any order."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.behind = OfficeBehind(OFFICE, EIGHT)
        self.kiosks = [KioskOnTheTable(self.behind, self.folder, f"k{n}") for n in (1, 2)]
        for kiosk in self.kiosks:
            kiosk.watch()

    def teardown(self) -> None:
        if not hasattr(self, "kiosks"):
            return
        self.everything_heals()
        self.check_that_all_is_merged()
        for kiosk in self.kiosks:
            kiosk.journal.close()
        shutil.rmtree(self.folder)

    @rule(which=kiosks, service=st.sampled_from(SERVICES), times=st.integers(1, 12))
    def citizens_come(self, which: int, service: str, times: int) -> None:
        for _ in range(times):
            self.pass_time(7)
            self.kiosks[which].take(service)

    @rule(which=kiosks)
    def look(self, which: int) -> None:
        kiosk = self.kiosks[which]
        try:
            kiosk.watch()
        except KilledError:
            kiosk.restart()

    @rule(which=kiosks, away=st.booleans(), deaf=st.booleans(), slow=st.booleans())
    def line_changes(self, which: int, **state: bool) -> None:
        for name, value in state.items():
            setattr(self.kiosks[which].link, name, value)

    @rule(which=kiosks)
    def what_was_on_its_way_arrives(self, which: int) -> None:
        self.kiosks[which].link.deliver_late()

    @rule(which=kiosks)
    def kiosk_is_killed(self, which: int) -> None:
        self.kiosks[which].restart()

    @rule(which=kiosks, part=st.floats(0, 1))
    def kiosk_will_be_killed_in_a_write(self, which: int, part: float) -> None:
        self.kiosks[which].journal.part = part

    @rule(which=kiosks)
    def machine_is_switched_off_and_on(self, which: int) -> None:
        self.kiosks[which].machine.switch_off_and_on()
        self.kiosks[which].restart()

    @rule()
    def server_is_killed(self) -> None:
        self.behind.restart()

    @rule(full=st.booleans())
    def disk_of_the_server(self, full: bool) -> None:  # noqa: FBT001 - drawn
        self.behind.store.disk_full = full

    @rule(minutes=st.integers(1, 20))
    def time_passes(self, minutes: int) -> None:
        self.pass_time(minutes * 60)

    @rule()
    def a_clerk_takes_a_number(self) -> None:
        name = next(self.behind.names)
        command = c.IssueTicket(ticket=f"t{name}", follow_code=f"f{name}", service="a")
        self.behind.keeper.work_off([Request(command, lambda *_: {})])

    @invariant()
    def nobody_has_the_number_of_another(self) -> None:
        held = Counter(label for kiosk in getattr(self, "kiosks", []) for label, _ in kiosk.held)
        assert not [label for label, times in held.items() if times > 1]

    def pass_time(self, seconds: float) -> None:
        self.behind.clock.at += timedelta(seconds=seconds)
        for kiosk in self.kiosks:
            kiosk.machine.pass_time(seconds)

    def everything_heals(self) -> None:
        self.behind.store.disk_full = False
        for kiosk in self.kiosks:
            kiosk.link.away = kiosk.link.deaf = False
            kiosk.journal.part = None
            kiosk.restart()
            while kiosk.watch().owed:
                continue
            kiosk.link.deliver_late()

    def check_that_all_is_merged(self) -> None:
        assert [kiosk.alone.refused for kiosk in self.kiosks] == [0, 0]
        tickets = {t.label: t for t in self.behind.day.tickets.values() if t.state not in GONE}
        held = dict(pair for kiosk in self.kiosks for pair in kiosk.held)
        assert set(held) <= set(tickets), "lost"
        for label, at in held.items():
            assert tickets[label].issued_at == at
        for label in set(tickets) - set(held):
            assert self._explained(tickets[label]), f"{label} is nobody's"
        line = sorted(held, key=lambda label: tickets[label].place)
        assert [held[label] for label in line] == sorted(held.values())

    def _explained(self, ticket: Ticket) -> bool:
        """A clerk's; or on the disk of a killed kiosk; or asked for where the answer got lost."""
        if ticket.kiosk is None:
            return True
        kiosk = next(k for k in self.kiosks if k.link.kiosk == ticket.kiosk)
        if ticket.number >= LEASED_FROM:
            return ticket.label in kiosk.orphans
        return kiosk.unanswered


TestKiosksAlone = KiosksAlone.TestCase
TestKiosksAlone.settings = settings(deadline=None, max_examples=60, stateful_step_count=30)
