"""One zone: what is played next, and what becomes of calls that change while they are spoken."""

from __future__ import annotations

from datetime import time

import pytest

from kiosk.domain.spoken_call import OfficeNow
from kiosk.domain.voice_hours import Span, VoiceHours
from kiosk.use_cases.announce_calls import AnnounceCalls, AnnounceRules, Kind, Outcome, Part
from tests.fakes.voices import call

NOON = time(12)
RULES = AnnounceRules(hours=VoiceHours(70, quiet=[Span(time(20), time(6))]))


def ready(rules: AnnounceRules = RULES) -> AnnounceCalls:
    """A zone whose loudspeaker was tried and plays."""
    zone = AnnounceCalls(rules)
    probe = zone.next_part(0, NOON)
    assert probe is not None
    assert probe.kind is Kind.PROBE
    zone.played(probe)
    return zone


def take(zone: AnnounceCalls, now: float = 0, at: time = NOON) -> Part:
    part = zone.next_part(now, at)
    assert part is not None
    return part


def play(zone: AnnounceCalls, now: float = 0) -> list[str]:
    """Play until nothing is left; return what each part says."""
    said = []
    while (part := zone.next_part(now, NOON)) is not None:
        said.append(part.text or part.kind.value)
        zone.played(part)
    return said


def test_a_call_is_a_chime_and_the_words_twice() -> None:
    zone = ready()
    zone.hear(call(1, "A1"), 0)
    assert take(zone).percent == 70
    assert play(zone) == ["chime", "mời 1", "pause", "mời 1"]
    assert zone.outcomes[Outcome.SPOKEN] == 1
    assert zone.next_part(0, NOON) is None


def test_english_follows_vietnamese_for_an_english_ticket_only() -> None:
    zone = ready()
    zone.hear(call(1, "A1", language="en"), 0)
    zone.hear(call(2, "A2", 2, language="zh"), 0)
    both = ["mời 1", "please 1"]
    assert play(zone) == ["chime", *both, "pause", *both, "chime", "mời 2", "pause", "mời 2"]


def test_without_chime_and_said_once() -> None:
    zone = ready(AnnounceRules(repeats=1, chime=False))
    zone.hear(call(1, "A1"), 0)
    assert play(zone) == ["mời 1"]


def test_with_many_waiting_each_is_said_once_until_the_rush_is_over() -> None:
    zone = ready(AnnounceRules(hurry_over=1, chime=False))
    for n in (1, 2, 3):
        zone.hear(call(n, f"A{n}", n), 0)
    assert play(zone) == ["mời 1", "mời 2", "mời 3", "pause", "mời 3"]


def test_a_recall_while_speaking_replaces_the_rest() -> None:
    zone = ready()
    zone.hear(call(1, "A1"), 0)
    zone.played(take(zone))
    words = take(zone)
    zone.hear(call(2, "A1"), 1)
    zone.played(words)
    assert play(zone) == ["chime", "mời 2", "pause", "mời 2"]
    assert zone.outcomes == {Outcome.REPLACED: 1, Outcome.SPOKEN: 1}


@pytest.mark.parametrize("called", [None, "A9"])
def test_undone_or_answered_ends_the_rest(called: str | None) -> None:
    zone = ready()
    zone.hear(call(5, "A1"), 0)
    zone.played(take(zone))
    zone.office(OfficeNow(5, {3: "A1"}, frozenset()))
    assert take(zone).text == "mời 5"
    zone.office(OfficeNow(6, {3: called}, frozenset()))
    assert zone.next_part(0, NOON) is None
    assert zone.outcomes[Outcome.ENDED] == 1


def test_what_was_said_once_counts_as_spoken_however_it_ends() -> None:
    zone = ready()
    zone.hear(call(5, "A1"), 0)
    zone.played(take(zone))
    zone.played(take(zone))
    zone.office(OfficeNow(6, {3: None}, frozenset()))
    assert zone.next_part(0, NOON) is None
    assert zone.outcomes[Outcome.SPOKEN] == 1


def test_old_calls_are_skipped_and_counted() -> None:
    zone = ready()
    zone.hear(call(1, "A1", 1), 0)
    zone.hear(call(2, "A2", 2), 50)
    assert play(zone, now=61) == ["chime", "mời 2", "pause", "mời 2"]
    assert zone.outcomes[Outcome.TOO_OLD] == 1


def test_a_call_that_grew_old_between_chime_and_words_is_left_out() -> None:
    zone = ready()
    zone.hear(call(1, "A1"), 0)
    zone.played(take(zone))
    assert zone.next_part(60.1, NOON) is None
    assert zone.outcomes == {Outcome.TOO_OLD: 1}


def test_quiet_hours_say_nothing_now_and_nothing_later() -> None:
    zone = ready()
    zone.hear(call(1, "A1"), 0)
    assert zone.next_part(0, time(21)) is None
    assert zone.next_part(1, NOON) is None
    assert zone.outcomes[Outcome.QUIET] == 1


def test_a_lost_loudspeaker_is_tried_again_ever_more_rarely() -> None:
    zone = AnnounceCalls(AnnounceRules(retry_s=1.0))
    now, waits = 0.0, []
    for _ in range(5):
        zone.failed(take(zone, now), now)
        waits.append(zone.due_at() - now)
        assert zone.next_part(zone.due_at() - 0.01, NOON) is None
        now = zone.due_at()
    assert waits == [1, 2, 4, 5, 5]
    assert zone.plays is False
    zone.played(take(zone, now))
    assert zone.plays is True
    assert zone.due_at() == float("inf")


def test_a_call_that_the_loudspeaker_dropped_starts_again_or_grows_too_old() -> None:
    zone = ready()
    zone.hear(call(1, "A1", 1), 0)
    zone.played(take(zone))
    zone.failed(take(zone), 2)
    zone.hear(call(2, "A2", 2), 2)
    assert zone.waiting == 2
    assert take(zone, zone.due_at()).call == call(1, "A1", 1)
    zone.failed(take(zone, zone.due_at()), 58)
    assert play(zone, now=61) == ["chime", "mời 2", "pause", "mời 2"]
    assert zone.outcomes == {Outcome.TOO_OLD: 1, Outcome.SPOKEN: 1}


def test_a_call_said_once_is_not_started_again_by_a_failure() -> None:
    zone = ready()
    zone.hear(call(1, "A1"), 0)
    for _ in range(2):
        zone.played(take(zone))
    zone.failed(take(zone), 3)
    assert play(zone, now=9) == ["probe"]
    assert zone.outcomes[Outcome.SPOKEN] == 1


def test_words_that_no_voice_says_leave_the_chime() -> None:
    zone = ready()
    zone.hear(call(1, "A1"), 0)
    while (part := zone.next_part(0, NOON)) is not None:
        zone.played(part, said=part.kind is not Kind.WORDS)
    assert zone.outcomes == {Outcome.CHIME_ONLY: 1}
