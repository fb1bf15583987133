"""Any sequence of calls, undos, failures and pauses: one voice at a time, each call in its turn."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time
from itertools import groupby, pairwise

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.spoken_call import OfficeNow, SpokenCall
from kiosk.use_cases.announce_calls import AnnounceCalls, AnnounceRules, Kind, Outcome
from kiosk.use_cases.voice_ports import AudioError
from tests.fakes.voices import FakeLoudspeaker, call, tone

REPEATS, OLDEST_S = 2, 60.0
SECONDS = {Kind.CHIME: 1.0, Kind.WORDS: 4.0, Kind.PAUSE: 0.5, Kind.PROBE: 0.05}
NOON = time(12)

Step = tuple[str, int, int]
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("call"), st.integers(1, 4), st.integers(1, 3)),
        st.tuples(st.just("over"), st.integers(1, 3), st.just(0)),
        st.tuples(st.just("play"), st.integers(1, 6), st.just(0)),
        st.tuples(st.just("plug"), st.integers(0, 1), st.just(0)),
        st.tuples(st.just("wait"), st.integers(1, 40), st.just(0)),
    ),
    max_size=60,
)


@dataclass
class Hall:
    """A zone, its loudspeaker and what the test knows about its calls."""

    zone: AnnounceCalls = field(
        default_factory=lambda: AnnounceCalls(AnnounceRules(repeats=REPEATS, oldest_s=OLDEST_S))
    )
    out: FakeLoudspeaker = field(default_factory=FakeLoudspeaker)
    heard_at: dict[int, float] = field(default_factory=dict)
    over: set[int] = field(default_factory=set)
    spans: list[tuple[float, float]] = field(default_factory=list)
    words: list[tuple[SpokenCall, float]] = field(default_factory=list)
    current: dict[int, str | None] = field(default_factory=lambda: dict.fromkeys((1, 2, 3)))

    def do(self, what: str, one: int, two: int) -> None:
        if what == "call":
            self._call(f"A{one}", counter=two)
        elif what == "over":
            self._over(one)
        elif what == "plug":
            self.out.plugged = bool(one)
        elif what == "wait":
            self.out.now += one
        else:
            for _ in range(one):
                self.play_one()

    def play_one(self) -> bool:
        part = self.zone.next_part(self.out.now, NOON)
        if part is None:
            return False
        started = self.out.now
        try:
            self.out.play(tone(100, SECONDS[part.kind], rate=100))
        except AudioError:
            self.zone.failed(part, self.out.now)
            return True
        self.spans.append((started, self.out.now))
        if part.kind is Kind.WORDS:
            assert part.call is not None
            self.words.append((part.call, started))
        self.zone.played(part)
        return True

    def _call(self, number: str, counter: int) -> None:
        seq = len(self.heard_at) + 1
        self.heard_at[seq] = self.out.now
        for other, shown in self.current.items():
            if shown == number:
                self.current[other] = None
        self.current[counter] = number
        self.zone.hear(call(seq, number, counter), self.out.now)

    def _over(self, counter: int) -> None:
        self.current[counter] = None
        self.over.update(
            one.seq for one in self._known() if one.counter == counter and one.seq not in self.over
        )
        seq = len(self.heard_at)
        self.zone.office(OfficeNow(seq, dict(self.current), frozenset()))

    def _known(self) -> list[SpokenCall]:
        waiting = [one.call for one in self.zone._line._line]
        now = self.zone._now_speaking
        return [*waiting, *([now.call] if now else [])]


@given(STEPS)
def test_one_voice_each_call_in_its_turn_and_never_after_its_end(steps: list[Step]) -> None:
    hall = Hall()
    for step in steps:
        said_before = len(hall.words)
        over_before = set(hall.over)
        hall.do(*step)
        assert not {one.seq for one, _ in hall.words[said_before:]} & over_before
    hall.out.plugged = True
    hall.out.now += 5
    while hall.play_one():
        pass

    assert all(end <= start for (_, end), (start, _) in pairwise(hall.spans)), "overlap"
    runs = [(seq, len(list(run))) for seq, run in groupby(one.seq for one, _ in hall.words)]
    assert len({seq for seq, _ in runs}) == len(runs), "a call was taken up again"
    assert all(times <= REPEATS for _, times in runs)
    first = {}
    for one, started in hall.words:
        first.setdefault(one.seq, started)
    assert all(started - hall.heard_at[seq] <= OLDEST_S for seq, started in first.items())

    assert hall.zone.waiting == 0
    assert sum(hall.zone.outcomes.values()) == len(hall.heard_at), "every call has one outcome"
    assert hall.zone.outcomes[Outcome.SPOKEN] == len(runs)


@given(st.lists(st.integers(1, 12), unique=True, max_size=12))
def test_different_citizens_at_different_counters_are_spoken_in_order(numbers: list[int]) -> None:
    hall = Hall()
    for seq, number in enumerate(numbers, 1):
        hall.zone.hear(call(seq, f"A{number}", counter=number), 0.0)
    while hall.play_one():
        pass
    spoken = [seq for seq, _ in groupby(one.seq for one, _ in hall.words)]
    assert spoken == sorted(spoken)
    left_out = hall.zone.outcomes[Outcome.TOO_OLD]
    assert len(spoken) + left_out == len(numbers)
