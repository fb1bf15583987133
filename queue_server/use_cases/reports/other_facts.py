"""What one day's events say besides visits and dossiers: each thing that a figure counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import sqrt

from queue_server.contracts.satisfaction_views import SmileShare
from queue_server.domain.complaint_events import ComplaintFiled
from queue_server.domain.events import ClockJumped
from queue_server.domain.smile_events import SmilesCounted
from queue_server.use_cases.ports import StoredEvent

OF_A_RATING = "low_rating"
"""A complaint noted for a low rating is that rating, not another dislike."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherFact:
    """Something that a figure counts; `seq` is the number of its event in the chain.

    A smile window (`n` people, share with its interval), a complaint, a correction of the clock, a
    time for which a counter was open or a person signed in at one (`seconds`, from the event on),
    an appointment or a home visit (its last event of the day). `about` is the counter's number, the
    person, or what became of it.
    """

    what: str
    at: datetime
    seq: int
    source: str = ""
    n: int = 0
    share: float = 0.0
    low: float = 0.0
    high: float = 0.0
    calibrated: bool = False
    about: str = ""
    seconds: float = 0.0


def other_fact(stored: StoredEvent) -> OtherFact | None:
    """The fact of an event; None where reports do not count it."""
    event = stored.event
    if isinstance(event, ClockJumped):
        return OtherFact(what="clock", at=event.at, seq=stored.seq, seconds=event.by_s)
    if isinstance(event, ComplaintFiled):
        return OtherFact(what="complaint", at=event.at, seq=stored.seq, source=event.source)
    if not isinstance(event, SmilesCounted):
        return None
    return OtherFact(
        what="smile",
        at=event.window_from,
        seq=stored.seq,
        n=event.n,
        share=event.share,
        low=event.low,
        high=event.high,
        calibrated=event.calibrated,
    )


OTHER_SETS: dict[str, Callable[[OtherFact], bool]] = {
    "complaints_filed": lambda f: f.what == "complaint" and f.source != OF_A_RATING,
    "smile_windows": lambda f: f.what == "smile" and not f.calibrated,
    "smile_windows_calibrated": lambda f: f.what == "smile" and f.calibrated,
    "clock_jumps": lambda f: f.what == "clock",
    "counter_open": lambda f: f.what == "open",
    "clerk_there": lambda f: f.what == "clerk",
    "appointments": lambda f: f.what == "appointment",
    "home_visits": lambda f: f.what == "home_visit",
}
"""Sets of other events by name."""

BOOKED = frozenset({"appointment", "home_visit"})
OTHER_DIMENSIONS: dict[str, Callable[[OtherFact], str]] = {
    "counter": lambda f: f.about if f.what == "open" else "",
    "clerk": lambda f: f.about if f.what == "clerk" else "",
    "state": lambda f: f.about if f.what in BOOKED else "",
}
"""By what they are told apart; an empty value has no group."""

SMILE_PARTS = ("n", "yes", "down2", "up2")


def smile_parts(facts: Sequence[OtherFact]) -> dict[tuple[str, str], float]:
    """What windows add up to, by (set, part): people, smiles, squares of both half intervals."""
    sums: dict[tuple[str, str], float] = {}
    for name in ("smile_windows", "smile_windows_calibrated"):
        for fact in filter(OTHER_SETS[name], facts):
            down, up = fact.n * (fact.share - fact.low), fact.n * (fact.high - fact.share)
            parts = (fact.n, fact.n * fact.share, down**2, up**2)
            for part, amount in zip(SMILE_PARTS, parts, strict=True):
                sums[name, part] = sums.get((name, part), 0.0) + amount
    return sums


def smile_share(parts: dict[tuple[str, str], float], name: str) -> SmileShare | None:
    """The share of a set of windows, weighted by people as on the board; None for no window.

    The windows are independent, so the squares of their weighted half intervals add up.
    """
    n, yes, down2, up2 = (parts.get((name, part), 0.0) for part in SMILE_PARTS)
    if not n:
        return None
    share = yes / n
    low, high = share - sqrt(down2) / n, share + sqrt(up2) / n
    return SmileShare(n=round(n), share=share, low=max(low, 0.0), high=min(high, 1.0))
