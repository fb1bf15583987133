"""What stands on the LED above a counter: the called number, or a short word to the clerk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class Remark(StrEnum):
    """What came of a key press that changed no ticket; shown for a moment to its clerk."""

    NOBODY_WAITING = "nobody_waiting"
    NOT_ALLOWED = "not_allowed"
    TOO_LATE = "too_late"
    STORE_UNAVAILABLE = "store_unavailable"
    SERVER_AWAY = "server_away"
    HELP_ASKED = "help_asked"
    KEY_STUCK = "key_stuck"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class CounterFacts:
    """What the server last said of this counter.

    `answers` is the id of the key press that this is the answer to, `remark` what to tell its
    clerk about it.
    """

    state: Literal["closed", "open", "paused"]
    number: str | None
    remark: Remark | None = None
    answers: str | None = None


NOBODY_YET = "----"

# Seven segments show digits, E, P and a dash well, and hardly anything else.
REMARK_TEXTS: Mapping[Remark, str] = {
    Remark.NOBODY_WAITING: "-0-",
    Remark.NOT_ALLOWED: "E1",
    Remark.TOO_LATE: "E2",
    Remark.STORE_UNAVAILABLE: "E3",
    Remark.SERVER_AWAY: "E4",
    Remark.HELP_ASKED: "HELP",
    Remark.KEY_STUCK: "E5",
    Remark.KEPT: "-  -",
}


def sign_text(
    facts: CounterFacts | None, *, linked: bool, texts: Mapping[Remark, str] = REMARK_TEXTS
) -> str:
    """The text while nothing is remarked.

    A called number stays while the link is away, because its citizen is on the way; a sign without
    a number says that the server is away, before the clerk presses a key that does nothing.
    """
    if facts is not None and facts.number is not None and facts.state != "closed":
        return facts.number
    if not linked or facts is None:
        return texts[Remark.SERVER_AWAY]
    return "" if facts.state == "closed" else NOBODY_YET


def fit(text: str, width: int) -> str:
    """Exactly `width` signs: to the right, and the end kept, as it tells two tickets apart."""
    return text[-width:].rjust(width)
