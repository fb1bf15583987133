"""Number series per service, and blocks that kiosks hold for the time the server is away."""

from datetime import timedelta

import pytest

from queue_server.domain import commands as c
from queue_server.domain.events import TicketReserved
from queue_server.domain.faults import (
    NumberNotLeased,
    NumbersExhausted,
    UnknownService,
    UnknownTicket,
)
from tests.fakes.office_days import EIGHT, DayPlay, office, service


def test_each_service_has_its_series() -> None:
    play = DayPlay(office(services=(service("A", first_number=101), service("B"))))
    labels = [play.issue(s).label for s in ("a", "b", "a", "b")]
    assert labels == ["A101", "B001", "A102", "B002"]


def test_a_series_runs_out() -> None:
    play = DayPlay(office(services=(service("A", last_number=2),)))
    play.issue()
    play.issue()
    with pytest.raises(NumbersExhausted):
        play.issue()
    with pytest.raises(NumbersExhausted):
        play.do(c.LeaseBlock(kiosk="k1", service="a", size=1))


def test_blocks_are_disjoint_and_the_last_one_is_short() -> None:
    play = DayPlay(office(services=(service("A", last_number=25),)))
    play.issue()
    blocks = [
        play.do(c.LeaseBlock(kiosk=kiosk, service="a", size=10)).block
        for kiosk in ("k1", "k2", "k1")
    ]
    ends = [(block.kiosk, block.first, block.last) for block in blocks if block]
    assert ends == [("k1", 2, 11), ("k2", 12, 21), ("k1", 22, 25)]


@pytest.mark.parametrize("size", [0, -5])
def test_a_block_has_at_least_one_number(size: int) -> None:
    play = DayPlay()
    play.issue()
    with pytest.raises(NumberNotLeased):
        play.do(c.LeaseBlock(kiosk="k1", service="a", size=size))
    assert play.issue().label == "A002"


def test_leased_numbers_come_back_in_any_order_with_their_true_time() -> None:
    play = DayPlay()
    play.do(c.LeaseBlock(kiosk="k1", service="a", size=5))
    walk_in = play.later(minutes=10).issue()
    assert walk_in.label == "A001"
    second = play.issue(kiosk="k1", number=501, issued_at=EIGHT + timedelta(minutes=4))
    first = play.issue(kiosk="k1", number=500, issued_at=EIGHT + timedelta(minutes=3))
    assert (second.label, second.issued_at) == ("A501", EIGHT + timedelta(minutes=4))
    assert second.accurate
    assert play.served_order() == [first.label, second.label, walk_in.label]
    assert play.day.blocks["a", 500].used == {500, 501}


def test_the_days_own_numbers_step_over_the_blocks() -> None:
    play = DayPlay(office(services=(service("A", first_number=498, last_number=506),)))
    leased = [
        play.do(c.LeaseBlock(kiosk=kiosk, service="a", size=2)).block for kiosk in ("k1", "k2")
    ]
    assert [(block.first, block.last) for block in leased if block] == [(500, 501), (502, 503)]
    assert [play.issue().number for _ in range(4)] == [498, 499, 504, 505]
    last = play.do(c.LeaseBlock(kiosk="k1", service="a", size=9)).block
    assert last is not None
    assert (last.first, last.last) == (506, 506)
    with pytest.raises(NumbersExhausted):
        play.issue()


def test_a_block_fills_the_gap_below_when_nothing_is_left_above() -> None:
    play = DayPlay(office(services=(service("A", first_number=490, last_number=510),)))
    ends = []
    for _ in range(3):
        block = play.do(c.LeaseBlock(kiosk="k1", service="a", size=8)).block
        assert block is not None
        ends.append((block.first, block.last))
    assert ends == [(500, 507), (508, 510), (490, 497)]
    assert [play.issue().number for _ in range(2)] == [498, 499]


def test_a_number_of_another_day_is_refused() -> None:
    play = DayPlay()
    play.do(c.LeaseBlock(kiosk="k1", service="a", size=2))
    today = play.day.day
    with pytest.raises(NumberNotLeased):
        play.issue(kiosk="k1", number=500, day=today - timedelta(days=1))
    assert play.issue(kiosk="k1", number=500, day=today).label == "A500"


@pytest.mark.parametrize(
    ("kiosk", "service_id", "number"),
    [("k1", "a", 500), ("k2", "a", 501), ("k1", "b", 501), (None, "a", 501), ("k1", "a", 503)],
)
def test_a_number_outside_the_own_block_is_refused(
    kiosk: str | None, service_id: str, number: int
) -> None:
    play = DayPlay()
    play.do(c.LeaseBlock(kiosk="k1", service="a", size=3))
    play.issue(kiosk="k1", number=500)
    with pytest.raises(NumberNotLeased):
        play.issue(service_id, kiosk=kiosk, number=number)


def test_a_time_of_issue_in_the_future_counts_as_now() -> None:
    assert DayPlay().issue(issued_at=EIGHT + timedelta(hours=1)).issued_at == EIGHT


@pytest.mark.parametrize("years_off", [-3, 0, 40])
def test_a_wrong_clock_of_the_kiosk_does_not_make_a_wrong_wait(years_off: int) -> None:
    play = DayPlay()
    play.do(c.LeaseBlock(kiosk="k1", service="a", size=2))
    play.later(minutes=30)
    theirs = play.at + timedelta(days=365 * years_off)
    ago = timedelta(minutes=12)
    ticket = play.issue(kiosk="k1", number=500, issued_at=theirs - ago, sent_at=theirs)
    assert ticket.issued_at == play.at - ago
    (reserved,) = [e for e in play.events if isinstance(e, TicketReserved)]
    assert reserved.clock_off_s == (play.at - theirs).total_seconds()


def test_the_time_of_the_way_here_does_not_change_the_order_of_people() -> None:
    play = DayPlay()
    play.do(c.LeaseBlock(kiosk="k1", service="a", size=2))
    play.later(minutes=1)
    first, second = EIGHT + timedelta(seconds=10), EIGHT + timedelta(seconds=10.2)
    late = play.at - timedelta(seconds=1.5)
    play.issue(kiosk="k1", number=501, issued_at=second, sent_at=play.at)
    play.issue(kiosk="k1", number=500, issued_at=first, sent_at=late)
    assert play.served_order() == ["A500", "A501"]


def test_a_ticket_from_the_future_of_its_own_kiosk_is_of_now() -> None:
    play = DayPlay()
    later = EIGHT + timedelta(hours=2)
    ticket = play.issue(issued_at=later, sent_at=later - timedelta(hours=1))
    assert ticket.issued_at == EIGHT


def test_a_number_nobody_heard_of_is_taken_back_until_it_is_called() -> None:
    play = DayPlay()
    reserved, waiting, called = play.issue(confirm=False), play.issue(), play.issue()
    play.do(c.CallNumber(counter=1, label=called.label))
    for ticket in (reserved, waiting, called):
        play.do(c.WithdrawTicket(ticket=ticket.id))
        play.do(c.WithdrawTicket(ticket=ticket.id))
    play.do(c.WithdrawTicket(ticket="of another day"))
    states = [play.day.tickets[ticket.id].state for ticket in (reserved, waiting, called)]
    assert states == ["void", "cancelled", "called"]


def test_a_number_given_yesterday_is_not_accurate() -> None:
    assert not DayPlay().issue(issued_at=EIGHT - timedelta(hours=9)).accurate


def test_unknown_names() -> None:
    play = DayPlay()
    with pytest.raises(UnknownService):
        play.issue("z")
    with pytest.raises(UnknownService):
        play.do(c.LeaseBlock(kiosk="k1", service="z", size=1))
    with pytest.raises(UnknownTicket):
        play.do(c.CancelTicket(ticket="nobody"))
    with pytest.raises(UnknownTicket):
        play.do(c.Reinstate(label="A999"))
    with pytest.raises(UnknownTicket):
        play.do(c.Reinstate())
