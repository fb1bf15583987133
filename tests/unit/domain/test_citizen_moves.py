"""Being late costs a place and not the whole wait; a visit is rated once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from queue_server.domain import commands as c
from queue_server.domain.faults import IllegalMove, NotEligible
from queue_server.domain.waiting_time import wait_s
from tests.fakes.office_days import DayPlay, counter, office


def late(play: DayPlay, label: str, minutes: int) -> None:
    ticket = play.now(label).id
    play.do(c.DelayTicket(ticket=ticket, by=timedelta(minutes=minutes)))


def line_of(*minutes: int) -> DayPlay:
    """One line; a citizen comes each so many minutes after the one before."""
    play = DayPlay(office(counter(1, "a")))
    for gap in minutes:
        play.later(minutes=gap)
        play.issue()
    return play


def test_who_is_late_stands_where_one_stands_who_came_so_much_later() -> None:
    play = line_of(0, 4, 4, 4)
    play.later(minutes=5)
    late(play, "A001", 10)
    assert play.served_order() == ["A002", "A003", "A001", "A004"]


def test_nobody_is_called_before_the_new_place() -> None:
    play = line_of(0)
    late(play, "A001", 10)
    play.later(minutes=9)
    assert play.call() is None
    play.later(minutes=1)
    assert play.call() == "A001"
    assert wait_s(play.day.office, play.now("A001")) == 600.0, "the published wait is the whole"


def test_being_late_ends_at_the_tolerance() -> None:
    play = line_of(0)
    late(play, "A001", 20)
    with pytest.raises(NotEligible, match="10 more"):
        late(play, "A001", 11)
    late(play, "A001", 10)
    with pytest.raises(NotEligible):
        late(play, "A001", 1)
    for minutes in (0, -5):
        with pytest.raises(NotEligible):
            late(line_of(0), "A001", minutes)


def test_a_called_citizen_is_not_moved_back() -> None:
    play = line_of(0)
    play.call()
    with pytest.raises(IllegalMove):
        late(play, "A001", 5)


def test_a_visit_is_rated_once_and_only_when_it_is_over() -> None:
    play = line_of(0)
    ticket = play.now("A001").id
    with pytest.raises(IllegalMove):
        play.do(c.RateVisit(ticket=ticket, score=5))
    play.serve()
    play.at_counter(c.Finish)
    done_at = play.now("A001").finished_at
    play.later(minutes=3).do(c.RateVisit(ticket=ticket, score=2, reasons=("waiting", "papers")))
    assert (play.now("A001").score, play.now("A001").finished_at) == (2, done_at)
    with pytest.raises(IllegalMove):
        play.do(c.RateVisit(ticket=ticket, score=5))


@pytest.mark.parametrize(
    ("score", "reasons"), [(0, ()), (6, ()), (3, ("x",)), (3, ("papers",) * 2)]
)
def test_what_is_no_rating_is_refused(score: int, reasons: tuple[str, ...]) -> None:
    play = line_of(0)
    play.serve()
    play.at_counter(c.Finish)
    with pytest.raises(NotEligible):
        play.do(c.RateVisit(ticket=play.now("A001").id, score=score, reasons=reasons))
