"""One zone speaks its calls one after another, each a few times, on a loudspeaker that may fail.

Calls become parts: a chime, the words in one language, a pause. Whoever owns the loudspeaker asks
for the next part, plays it to its end, and says how that went; so two parts never overlap. Between
two parts a call may still end: undone, replaced by a newer one, or the citizen has come.

All times are seconds of one monotonic clock, given by the caller.
"""

from __future__ import annotations

import math
from collections import Counter, deque
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum

from kiosk.domain.call_line import CallLine, Waiting, overtakes
from kiosk.domain.spoken_call import OfficeNow, SpokenCall
from kiosk.domain.voice_hours import VoiceHours

FIRST_RETRY_S = 0.5
LONGEST_RETRY_S = 5.0


class Kind(StrEnum):
    """What a part sounds like."""

    CHIME = "chime"
    WORDS = "words"
    PAUSE = "pause"
    PROBE = "probe"
    """Silence that only shows whether the loudspeaker plays."""


class Outcome(StrEnum):
    """What became of a call."""

    SPOKEN = "spoken"
    CHIME_ONLY = "chime_only"
    REPLACED = "replaced"
    ENDED = "ended"
    TOO_OLD = "too_old"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Part:
    """What to play next; `text` and `language` belong to words."""

    kind: Kind
    percent: int
    text: str = ""
    language: str = ""
    call: SpokenCall | None = None


@dataclass(frozen=True, slots=True)
class AnnounceRules:
    """How a zone speaks.

    Attributes:
        repeats: how often each call is said.
        hurry_over: with more calls waiting than this, each is said once.
        oldest_s: a call that has waited longer is left out.
        hours: how loud, when.
        chime: whether a chime goes before the words.
        retry_s: pause before a failed loudspeaker is tried again; it doubles up to 5 s.
    """

    repeats: int = 2
    hurry_over: int = 4
    oldest_s: float = 60.0
    hours: VoiceHours = field(default_factory=VoiceHours)
    chime: bool = True
    retry_s: float = FIRST_RETRY_S


class AnnounceCalls:
    """The rules of one zone; not safe for several threads."""

    def __init__(self, rules: AnnounceRules) -> None:
        """Start with nothing to say and a loudspeaker that nobody has tried."""
        self._rules = rules
        self._line = CallLine(rules.oldest_s)
        self._now_speaking: Waiting | None = None
        self._said_once = False
        self._parts: deque[tuple[Kind, str, str]] = deque([(Kind.PROBE, "", "")])
        self._retry_s = rules.retry_s
        self._retry_at = -math.inf
        self.plays: bool | None = None
        """Whether the loudspeaker plays; None before it was tried."""
        self.outcomes: Counter[Outcome] = Counter()

    @property
    def waiting(self) -> int:
        """How many calls wait, the one being spoken not counted."""
        return len(self._line)

    def hear(self, call: SpokenCall, now: float) -> None:
        """A citizen of this zone is called."""
        self._count(Outcome.REPLACED, self._line.add(call, now))
        if self._now_speaking is not None and overtakes(call, self._now_speaking.call):
            self._finish(Outcome.REPLACED)

    def office(self, office: OfficeNow) -> None:
        """The board says how the office is."""
        self._count(Outcome.ENDED, self._line.end(office))
        if self._now_speaking is not None and office.ended(self._now_speaking.call):
            self._finish(Outcome.ENDED)

    def next_part(self, now: float, at: time) -> Part | None:
        """What to play now; None means nothing before `due_at` or the next call.

        Args:
            now: the monotonic clock.
            at: the time of day on the office's wall.
        """
        percent = self._rules.hours.percent(at)
        self._leave_out(now, percent)
        if now < self._retry_at:
            return None
        if not self._parts:
            self._begin()
        if not self._parts and self.plays is False:
            self._parts.append((Kind.PROBE, "", ""))
        if not self._parts:
            return None
        kind, text, language = self._parts[0]
        call = self._now_speaking.call if self._now_speaking else None
        return Part(kind, percent, text, language, call)

    def played(self, part: Part, *, said: bool = True) -> None:
        """The part is over; `said` is False when no voice could say its words."""
        if said:
            self.plays = True
        self._retry_s, self._retry_at = self._rules.retry_s, -math.inf
        if not self._belongs(part):
            return
        self._parts.popleft()
        self._said_once = self._said_once or (said and part.kind is Kind.WORDS)
        if not self._parts and self._now_speaking is not None:
            self._finish(Outcome.CHIME_ONLY)

    def failed(self, part: Part, now: float) -> None:
        """The loudspeaker did not take it: try again later, and that call from its beginning."""
        self.plays = False
        self._retry_at = now + self._retry_s
        self._retry_s = min(self._retry_s * 2, LONGEST_RETRY_S)
        if not self._belongs(part):
            return
        if self._now_speaking is not None and not self._said_once:
            self._line.give_back(self._now_speaking)
            self._now_speaking = None
        elif self._now_speaking is not None:
            self._finish(Outcome.SPOKEN)
        self._parts.clear()

    def due_at(self) -> float:
        """When to ask for the next part again; infinite when only a call makes one."""
        return self._retry_at if self.plays is False else math.inf

    def _belongs(self, part: Part) -> bool:
        """Whether this part is still the one to play: its call may have ended meanwhile."""
        call = self._now_speaking.call if self._now_speaking else None
        return bool(self._parts) and part.kind is self._parts[0][0] and part.call == call

    def _leave_out(self, now: float, percent: int) -> None:
        self._count(Outcome.TOO_OLD, self._line.age(now))
        chimed = self._now_speaking
        if chimed and not self._said_once and now - chimed.heard_at > self._rules.oldest_s:
            self._finish(Outcome.TOO_OLD)
        if not percent:
            self._count(Outcome.QUIET, self._line.clear())
            if self._now_speaking is not None:
                self._finish(Outcome.QUIET)

    def _begin(self) -> None:
        hurry = len(self._line) > self._rules.hurry_over
        self._now_speaking = self._line.take()
        if self._now_speaking is None:
            return
        self._said_once = False
        call = self._now_speaking.call
        if self._rules.chime:
            self._parts.append((Kind.CHIME, "", ""))
        for turn in range(1 if hurry else self._rules.repeats):
            if turn:
                self._parts.append((Kind.PAUSE, "", ""))
            self._parts.append((Kind.WORDS, call.speech.vi, "vi"))
            if call.language == "en":
                self._parts.append((Kind.WORDS, call.speech.en, "en"))

    def _finish(self, outcome: Outcome) -> None:
        # What was said at least once was heard: the rest is only left out.
        self._count(Outcome.SPOKEN if self._said_once else outcome, 1)
        self._now_speaking = None
        self._parts.clear()

    def _count(self, outcome: Outcome, calls: int) -> None:
        if calls:
            self.outcomes[outcome] += calls
