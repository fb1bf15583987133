"""A kiosk without its server gives its own numbers and hands each of them in once."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.adapters.journal_file import JournalFile
from kiosk.domain.lease_size import LEAST, MOST, Demand
from kiosk.domain.ticket import IssuedTicket, SlipOutcome, TicketOrder
from kiosk.domain.words import Language
from kiosk.use_cases.issue_ticket import IssueTicket
from kiosk.use_cases.ports import JournalError, RefusedError, ServerAwayError
from kiosk.use_cases.stand_alone import NoNumbersError, StandAlone
from kiosk.use_cases.watch_office import WatchOffice
from queue_server.domain.ticket import TicketState
from tests.fakes.office_days import EIGHT, OFFICE
from tests.fakes.office_link import FOLLOW, HandMachine, OfficeBehind, OfficeLink, names
from tests.fakes.paper_tray import PaperTray
from tests.unit.test_issue_ticket import FACTS

ORDER = TicketOrder("a", Language.VI)
SERVICES = tuple(OFFICE.services)


class Scene:
    """One kiosk with a journal on disk before a real office day."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "journal"
        self.behind = OfficeBehind(OFFICE, EIGHT)
        self.machine = HandMachine(EIGHT)
        self.link = OfficeLink(self.behind, "kiosk-1")
        self.tray = PaperTray()
        self.names = names("own")
        self.keys = names("key")
        self.start()

    def start(self) -> None:
        """The kiosk process begins, or begins again."""
        self.journal = JournalFile(self.path)
        self.alone = StandAlone(self.link, self.journal, self.machine, self.names)
        self.issue = IssueTicket(
            self.link, self.tray, FACTS, lambda: self.keys()[0], lambda _: None, self.alone
        )
        self.watch = WatchOffice(self.link, self.tray, self.issue, lambda _: None, self.alone)

    def killed(self) -> None:
        """As `kill -9`: the file is let go, nothing else happens."""
        self.journal.close()
        self.start()

    def take(self, order: TicketOrder = ORDER) -> IssuedTicket:
        return self.issue(order).ticket

    def labels(self) -> list[str]:
        """The tickets of the office, in the order in which they would be called."""
        line = sorted(self.behind.day.tickets.values(), key=lambda t: t.place)
        return [t.label for t in line if t.state is TicketState.WAITING]


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    made = Scene(tmp_path)
    made.watch()
    return made


def test_a_look_leases_ahead_for_every_service(scene: Scene) -> None:
    assert [scene.alone.left(s) for s in SERVICES] == [LEAST] * 3
    assert [scene.behind.day.series[s].next_number for s in SERVICES] == [1, 1, 1]
    before = scene.behind.store.last_seq()
    scene.watch()
    assert scene.behind.store.last_seq() == before, "enough is enough"


def test_alone_it_gives_its_own_numbers_and_hands_them_in_in_order(scene: Scene) -> None:
    first = scene.take()
    scene.link.away = True
    given = []
    for _ in range(3):
        scene.machine.pass_time(60)
        scene.behind.clock.at += timedelta(seconds=60)
        given.append(scene.take())
    assert [ticket.number for ticket in given] == ["A500", "A501", "A502"]
    assert [(t.ahead, t.forecast) for t in given] == [(None, None)] * 3
    assert len({t.follow_url for t in given}) == 3
    assert all(t.follow_url.startswith(FOLLOW) for t in given)
    assert scene.labels() == [first.number]
    scene.link.away = False
    office = scene.watch()
    assert (office.owed, scene.alone.now) == (0, False)
    assert scene.labels() == ["A001", "A500", "A501", "A502"]
    assert scene.take().number == "A002"
    slips = [slip for slip in scene.tray.printed if slip.number == "A500"]
    assert [(slip.ahead, slip.p50_min) for slip in slips] == [(None, None)]
    codes = {t.follow_code for t in scene.behind.day.tickets.values()}
    assert {t.follow_url.removeprefix(FOLLOW) for t in given} < codes


def test_the_server_that_is_known_to_be_away_is_not_waited_for(scene: Scene) -> None:
    scene.link.away = scene.link.slow = True
    scene.take()
    scene.take()
    assert len(scene.link.late or []) == 1, "only the first citizen found out"


def test_who_comes_while_tickets_are_owed_stands_behind_them(scene: Scene) -> None:
    scene.link.away = True
    for _ in range(15):
        scene.take(TicketOrder("b", Language.VI) if _ % 2 else ORDER)
    scene.link.away = False
    assert scene.watch().owed == 5
    assert scene.take().number.startswith("A5")
    while scene.watch().owed:
        pass
    assert scene.take().number == "A001"


@pytest.mark.fault
def test_an_answer_that_got_lost_makes_one_ticket_and_no_ghost(scene: Scene) -> None:
    scene.link.deaf = True
    ticket = scene.take()
    assert ticket.number == "A500"
    assert [t.label for t in scene.behind.day.tickets.values()] == ["A001"]
    scene.watch()
    scene.link.deaf = False
    while scene.watch().owed:
        pass
    assert scene.labels() == ["A500"]
    states = {t.label: t.state for t in scene.behind.day.tickets.values()}
    assert states["A001"] is TicketState.VOID


@pytest.mark.fault
def test_a_try_that_arrives_an_hour_late_makes_no_ticket(scene: Scene) -> None:
    scene.link.away = scene.link.slow = True
    scene.take()
    scene.link.away = False
    scene.watch()
    scene.link.deliver_late()
    assert scene.labels() == ["A500"]
    assert len(scene.behind.day.tickets) == 1


@pytest.mark.fault
def test_killed_after_each_step_it_goes_on_where_it_was(scene: Scene) -> None:
    scene.link.away = True
    first = scene.take()
    scene.killed()
    second = scene.take()
    assert (first.number, second.number) == ("A500", "A501")
    scene.link.away = False
    scene.link.deaf = True
    scene.watch()
    scene.killed()
    scene.behind.restart()
    scene.link.deaf = False
    while scene.watch().owed:
        pass
    assert scene.labels() == ["A500", "A501"]
    scene.killed()
    assert scene.alone.owed == 0
    scene.link.away = True
    assert scene.take().number == "A502"


def test_a_wait_counts_from_the_true_time_whatever_the_clock_was_set_to(scene: Scene) -> None:
    scene.machine.at -= timedelta(days=300)
    scene.behind.clock.at = EIGHT
    scene.machine.at = EIGHT + timedelta(hours=2)
    scene.link.away = True
    ticket = scene.take()
    scene.machine.pass_time(900)
    scene.behind.clock.at += timedelta(seconds=900)
    scene.machine.at -= timedelta(hours=2)
    scene.link.away = False
    scene.watch()
    (kept,) = scene.behind.day.tickets.values()
    assert (kept.label, kept.issued_at) == (ticket.number, EIGHT)


def test_the_block_of_yesterday_is_not_used(scene: Scene) -> None:
    scene.link.away = True
    scene.machine.pass_time(86_400)
    assert not scene.alone.can_give()
    with pytest.raises(NoNumbersError) as caught:
        scene.take()
    assert caught.value.words.vi.startswith("Máy đang mất kết nối")


def test_what_was_given_yesterday_is_refused_once_and_counted(scene: Scene) -> None:
    scene.link.away = True
    scene.take()
    scene.machine.pass_time(86_400)
    scene.behind.clock.at += timedelta(days=1)
    scene.link.away = False
    assert scene.watch().owed == 0
    assert scene.alone.refused == 1
    assert scene.labels() == []
    assert scene.take().number == "A001"


def test_an_empty_block_and_no_server_is_said(scene: Scene) -> None:
    scene.link.away = True
    for _ in range(LEAST):
        scene.take()
    with pytest.raises(NoNumbersError):
        scene.take()
    assert scene.alone.can_give(), "of other services there are numbers"
    assert scene.watch().gives
    scene.link.away = False
    while scene.watch().owed:
        pass
    assert len(scene.labels()) == LEAST


def test_without_a_number_of_its_own_the_server_is_asked_again(scene: Scene) -> None:
    scene.alone.lost()
    for _ in range(LEAST):
        scene.take()
    assert scene.take().number == "A001"


@pytest.mark.fault
def test_a_full_disk_is_said_and_gives_no_number_twice(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene.link.away = True
    assert scene.take().number == "A500"

    def full(*_entries: object) -> None:
        raise JournalError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(scene.journal, "append", full)
        with pytest.raises(NoNumbersError):
            scene.take()
        assert scene.alone.trouble == "the disk is full"
        assert not scene.watch().gives
    scene.killed()
    assert scene.take().number == "A501"
    assert scene.alone.trouble == ""


def test_a_lost_lease_costs_no_numbers(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.link.deaf = True
    with pytest.raises(ServerAwayError):
        scene.alone.keep_ahead(["a"])
    scene.link.deaf = False
    scene.alone.keep_ahead(["a"])
    (block,) = scene.behind.day.blocks.values()
    assert (block.first, block.last) == (500, 500 + LEAST - 1)


def test_the_lease_follows_what_people_take(scene: Scene) -> None:
    for _ in range(40):
        scene.take()
    scene.watch()
    assert scene.alone.left("a") == 160
    assert scene.alone.left("b") == LEAST
    scene.machine.pass_time(5 * 3600)
    scene.watch()
    assert scene.alone.left("a") == 160, "nothing is given back"


def test_demand_is_the_busiest_of_the_last_hours() -> None:
    demand = Demand()
    for minute in range(0, 60, 2):
        demand.taken("a", minute * 60)
    demand.taken("a", 3600)
    assert demand.wanted("a", 3600) == 30 * 4
    assert demand.wanted("a", 3 * 3600) == 30 * 4
    assert demand.wanted("a", 4 * 3600) == LEAST
    assert demand.wanted("b", 0) == LEAST
    for _ in range(1000):
        demand.taken("a", 3601)
    assert demand.wanted("a", 3602) == MOST
    assert demand.missing("a", 3602, MOST // 2) == 0
    assert demand.missing("a", 3602, MOST // 2 - 1) == MOST // 2 + 1


def test_a_refused_lease_is_no_trouble(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.alone.keep_ahead(["nowhere", "a"])
    assert scene.alone.left("a") == LEAST


def test_the_slip_of_a_killed_kiosk_counts_as_shown(scene: Scene) -> None:
    scene.link.away = True
    scene.alone.give(ORDER)
    scene.killed()
    scene.take()
    assert [t.slip for t in scene.alone._numbers.owed.values()] == [None, SlipOutcome.PRINTED]


def test_a_refusal_of_a_shut_office_is_passed_on(scene: Scene) -> None:
    with pytest.raises(RefusedError):
        scene.take(TicketOrder("nowhere", Language.VI))
    assert not scene.alone.now
