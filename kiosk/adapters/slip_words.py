"""Says a slip in words: the facts become the lines of one language, whatever prints them."""

from __future__ import annotations

import math
import tomllib
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from kiosk.domain.checklist_slip import ChecklistSlip
from kiosk.domain.promise import PromiseSlip
from kiosk.domain.receipt import Receipt
from kiosk.domain.slip import Slip

FIRST_LANGUAGE = "vi"
FIVES_FROM_MIN = 10
Words = dict[str, Any]


@dataclass(frozen=True, slots=True)
class WordedSlip:
    """A slip ready to be set: every text in its language, composed (NFC), on one line.

    `ahead` is the figure set large beside `ahead_words`, empty when nobody waits before;
    `forecast` is one sentence in lines, empty when nothing is known; `notes` stand small below it.
    `bring_more` says that the list of papers goes on elsewhere. `pay` stands beside the payment
    code. A slip without a `number` has none.
    """

    office: str
    caption: str
    number: str
    service: str
    ahead: str
    ahead_words: str
    forecast: tuple[str, ...]
    bring_heading: str
    bring: tuple[str, ...]
    follow: str
    follow_url: str
    issued: str
    date: str
    notes: tuple[str, ...] = ()
    pay: tuple[str, ...] = ()
    pay_code: str = ""
    bring_more: str = ""


def worded(slip: Slip) -> WordedSlip:
    """Put a slip into the words of its language; an unknown language becomes Vietnamese."""
    words = _words().get(slip.language) or _words()[FIRST_LANGUAGE]
    if isinstance(slip, Receipt):
        return _receipt(words, slip)
    if isinstance(slip, PromiseSlip):
        return _promise(words, slip)
    if isinstance(slip, ChecklistSlip):
        return _checklist(words, slip)
    return WordedSlip(
        office=_one_line(slip.office),
        caption=words["number"],
        number=_one_line(slip.number),
        service=_service(words, slip),
        ahead=str(slip.ahead) if slip.ahead and slip.ahead > 0 else "",
        ahead_words=words[_ahead_key(slip.ahead)],
        forecast=_forecast(words, slip),
        bring_heading=words["bring"],
        bring=tuple(line for line in map(_one_line, slip.bring) if line),
        follow=words["follow"],
        follow_url=slip.follow_url,
        issued=words["issued"].format(time=slip.issued_at.strftime("%H:%M")),
        date=words["date"].format(date=slip.issued_at.strftime("%d/%m/%Y")),
        bring_more=words["bring_more"].format(n=slip.more) if slip.more else "",
    )


def _service(words: Words, slip: Slip) -> str:
    service = _one_line(slip.service)
    if slip.procedures < 2:  # noqa: PLR2004 - one needs no count
        return service
    return str(words["procedures"].format(service=service, n=slip.procedures))


def _receipt(words: Words, slip: Receipt) -> WordedSlip:
    """Form 01 on a strip: where a ticket says the wait, it says when the result is due."""
    due = words["receipt_due_open"]
    if slip.due_at is not None:
        due = words["receipt_due"].format(
            time=slip.due_at.strftime("%H:%M"), date=slip.due_at.strftime("%d/%m/%Y")
        )
    holder = words["receipt_holder"].format(code=f"{slip.holder[:4]} {slip.holder[4:]}")
    return WordedSlip(
        office=_one_line(slip.office),
        caption=words["receipt"],
        number=_one_line(slip.number),
        service=_one_line(slip.service),
        ahead="",
        ahead_words=due,
        forecast=(_one_line(slip.fee), holder),
        bring_heading=words["bring"],
        bring=tuple(line for line in map(_one_line, slip.bring) if line),
        follow=words["follow"],
        follow_url=slip.follow_url,
        pay=_pay(words, slip),
        pay_code=slip.pay_code,
        issued=words["receipt_issued"].format(time=slip.issued_at.strftime("%H:%M")),
        date=words["date"].format(date=slip.issued_at.strftime("%d/%m/%Y")),
    )


def _pay(words: Words, slip: Receipt) -> tuple[str, ...]:
    if not slip.pay_code:
        return ()
    amount = f"{slip.due_vnd:,}".replace(",", ".")
    return tuple(line.format(amount=amount) for line in words["receipt_pay"])


def _promise(words: Words, slip: PromiseSlip) -> WordedSlip:
    """Where a ticket says the wait, a promise says the day and the time."""
    day = slip.at.strftime("%d/%m/%Y") if slip.at is not None else ""
    kind, when = "promise", words["promise_day"].format(date=day)
    come: tuple[str, ...] = ()
    if slip.part:
        kind, when = "visit", words[f"visit_{slip.part}"].format(date=day)
        come = tuple(words["visit_come"])
    elif slip.at is not None and slip.until is not None and slip.come_from is not None:
        times = {"start": slip.at, "end": slip.until, "come": slip.come_from}
        said = {name: f"{at:%H:%M}" for name, at in times.items()}
        come = tuple(line.format(**said) for line in words["promise_come"])
    return WordedSlip(
        office=_one_line(slip.office),
        caption=words[kind],
        number=_one_line(slip.number),
        service=_one_line(slip.service),
        ahead="",
        ahead_words=when,
        forecast=come,
        bring_heading=words["bring"],
        bring=(),
        follow=words[f"{kind}_follow"],
        follow_url=slip.follow_url,
        issued=words["promise_issued"].format(time=slip.issued_at.strftime("%H:%M")),
        date=words["date"].format(date=slip.issued_at.strftime("%d/%m/%Y")),
    )


def _checklist(words: Words, slip: ChecklistSlip) -> WordedSlip:
    """Where a ticket says the wait, a list to take home says time and cost, who pays less below."""
    return WordedSlip(
        office=_one_line(slip.office),
        caption=words["checklist"].format(code=_one_line(slip.number)),
        number="",
        service=_one_line(slip.service),
        ahead="",
        ahead_words=_one_line(slip.time),
        forecast=(_one_line(slip.cost),),
        notes=tuple(line for line in map(_one_line, slip.notes) if line),
        bring_heading=words["checklist_bring"],
        bring=tuple(line for line in map(_one_line, slip.bring) if line),
        follow="",
        follow_url="",
        issued=words["promise_issued"].format(time=slip.issued_at.strftime("%H:%M")),
        date=words["date"].format(date=slip.issued_at.strftime("%d/%m/%Y")),
    )


def _ahead_key(ahead: int | None) -> str:
    if ahead is None:
        return "ahead_unknown"
    return "ahead_none" if ahead <= 0 else "ahead_one" if ahead == 1 else "ahead_many"


def _forecast(words: Words, slip: Slip) -> tuple[str, ...]:
    """Say the forecast in whole minutes, in fives from ten up: more digits would promise more."""
    p50_min, p90_min = slip.p50_min, slip.p90_min
    if p50_min is None or p90_min is None:
        return ()
    if not (math.isfinite(p50_min) and math.isfinite(p90_min)):
        return ()
    p50 = _calm(p50_min, round)
    p90 = max(p50, _calm(p90_min, math.ceil), 2)
    lines = words["forecast" if 1 < p50 < p90 else "forecast_soon"]
    said = tuple(line.format(p50=p50, p90=p90) for line in lines)
    return (*said, f"({_one_line(slip.basis)})") if slip.basis.strip() else said


def _calm(minutes: float, rounding: Callable[[float], int]) -> int:
    step = 1 if minutes < FIVES_FROM_MIN else 5
    return max(0, rounding(minutes / step) * step)


def _one_line(text: str) -> str:
    """Compose the letters and turn every run of blanks and control characters into one blank."""
    composed = unicodedata.normalize("NFC", text)
    return " ".join(
        "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in composed).split()
    )


@cache
def _words() -> dict[str, Words]:
    source = files(__package__).joinpath("slip_words.toml").read_text(encoding="utf-8")
    return tomllib.loads(source)
