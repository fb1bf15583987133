"""A clerk's console in the middle of a morning, and the lists that the page asks for beside it."""

from __future__ import annotations

from datetime import datetime, timedelta

from queue_server.config.clerk_data import HERE, procedures_of, read_outcomes, shipped_entries
from queue_server.contracts.console_views import (
    ConsoleCitizen,
    ConsoleTicket,
    ConsoleView,
    LineEntry,
    LineView,
    ProfileView,
)
from queue_server.contracts.views import (
    CounterView,
    HistoryEntry,
    ServiceView,
    TicketView,
    WhyView,
    Words,
)
from tests.browser import office_samples as samples

SERVING = [
    "add-procedure", "hold", "transfer", "finish", "undo", "note", "call-next", "call",
]  # fmt: skip
CALLED = ["recall", "transfer", "return", "no-show", "start", "undo", "note"]
# number, class, minutes waited, reason, language, minutes until the appointment
LINE = (
    ("B061", "normal", 33.4, "starvation_guard", "vi", None),
    ("A033", "age_80", 6.2, "priority_turn", "vi", None),
    ("A034", "small_child", 4.0, "priority_turn", "vi", None),
    ("B062", "normal", 21.8, "normal_turn", "vi", 0),
    ("B063", "normal", 17.1, "longest_wait", "en", None),
    ("B064", "normal", 12.5, "longest_wait", "vi", None),
    ("A035", "normal", 9.9, "longest_wait", "vi", None),
    ("B065", "normal", 4.2, "longest_wait", "vi", None),
    ("B066", "normal", 1.3, "longest_wait", "vi", None),
)


PROFILES = [
    ProfileView(
        id=None,
        name=Words(vi="Việc thường ngày", en="Usual work"),
        services=["CT", "HT"],
        by_clerk=True,
    ),
    ProfileView(
        id="land",
        name=Words(vi="Hỗ trợ đất đai, xây dựng", en="Help with land and construction"),
        services=["DD", "XD", "CT"],
        by_clerk=True,
    ),
    ProfileView(
        id="elders",
        name=Words(vi="Quầy ưu tiên trong ngày", en="Priority counter for the day"),
        services=["CT", "HT"],
        by_clerk=False,
    ),
]


def _ago(minutes: float) -> datetime:
    return samples.now() - timedelta(minutes=minutes)


def _ticket(state: str, allowed: list[str]) -> TicketView:
    return TicketView(
        id="t-b060",
        number="B060",
        service="CT",
        day=samples.now().date().isoformat(),
        state=state,
        priority="age_60",
        channel="kiosk",
        language="vi",
        dossiers=1,
        procedures=["2.000815", "2.000884"],
        papers=[0],
        counter=3,
        issued_at=_ago(30),
        called_first_at=_ago(4.2),
        called_last_at=_ago(0.3 if state == "called" else 4.2),
        recalls=1 if state == "called" else 0,
        started_at=_ago(3.7) if state == "serving" else None,
        finished_at=None,
        held_until=None,
        appointment_at=None,
        outcome=None,
        version=4,
        allowed=allowed,
    )


def _citizen(state: str, allowed: list[str]) -> ConsoleCitizen:
    return ConsoleCitizen(
        ticket=_ticket(state, allowed),
        since=_ago(30),
        served_s=0,
        serving_since=_ago(3.7) if state == "serving" else None,
        undo_until=samples.now() + timedelta(seconds=8),
    )


def _listed(number: str, state: str, minutes: float, **more: datetime) -> ConsoleTicket:
    return ConsoleTicket(
        id=f"t-{number}",
        number=number,
        service="CT",
        state=state,
        since=_ago(minutes),
        until=more.get("until"),
        appointment_at=more.get("appointment_at"),
    )


def _line(total: int) -> LineView:
    first = [
        LineEntry(
            place=place,
            id=f"t-{number}",
            number=number,
            service="CT" if number.startswith("B") else "HT",
            priority=priority,
            language=language,
            procedures=[],
            dossiers=1,
            since=_ago(minutes),
            waited_min=minutes,
            limit_min=30,
            reason=reason,
            appointment_at=None if booked is None else _ago(booked),
            sent=False,
        )
        for place, (number, priority, minutes, reason, language, booked) in enumerate(LINE, 1)
    ][:total]
    return LineView(seq=40, at=samples.now(), counter=3, total=total, first=first)


def console(
    seq: int = 40, state: str | None = "serving", allowed: list[str] | None = None, total: int = 12
) -> ConsoleView:
    """Counter 3 with a citizen in `state`, or with nobody."""
    moves = SERVING if allowed is None else allowed
    soon = samples.now() + timedelta(minutes=25)
    return ConsoleView(
        seq=seq,
        at=samples.now(),
        office=samples.OFFICE.name,
        number=3,
        name=samples.counter_name(3),
        state="open",
        version=57,
        priority="shared",
        services=["CT", "HT"],
        recall_limit=3,
        allowed=moves,
        citizen=None if state is None else _citizen(state, moves),
        held=[_listed("B051", "held", 11)],
        absent=[_listed("A029", "no_show", 8, until=soon)],
        appointments=[
            _listed("A036", "waiting", 20, appointment_at=soon),
            _listed("", "booked", 900, appointment_at=soon + timedelta(minutes=30)),
        ],
        profile=None,
        profiles=PROFILES,
        break_from=samples.now() + timedelta(minutes=12),
        break_until=samples.now() + timedelta(minutes=42),
        help_since=None,
        line=_line(total),
    )


def called() -> ConsoleView:
    """The citizen was called and is on the way."""
    return console(41, "called", CALLED)


def free() -> ConsoleView:
    """Nobody at the counter, nobody waiting."""
    return console(41, None, ["pause", "close", "call-next", "call", "resume"], total=0)


def _services() -> list[ServiceView]:
    return [
        ServiceView(
            id=i, letter=letter, name=Words(vi=vi, en=en), waiting=n, forecast=None, counters_open=1
        )
        for i, letter, vi, en, n in (
            ("CT", "B", "Chứng thực", "Certification", 9),
            ("HT", "A", "Hộ tịch", "Civil status", 3),
            ("DD", "C", "Đất đai", "Land", 4),
            ("XD", "D", "Xây dựng", "Construction", 0),
        )
    ]


def _counters() -> list[CounterView]:
    return [
        CounterView(
            number=n,
            name=samples.counter_name(n),
            state=state,
            services=["CT", "HT"],
            version=1,
            ticket=None,
            held=[],
            waiting=3,
        )
        for n, state in ((1, "open"), (2, "open"), (3, "open"), (4, "paused"), (5, "closed"))
    ]


WHY = WhyView(
    number="B060",
    reason="priority_turn",
    words=Words(
        vi="B060 được gọi trước vì thuộc diện ưu tiên (lượt ưu tiên 1/2). Khi đó còn chờ:"
        " B059 (đã chờ 27 phút).",
        en="B060 went first: priority class (priority turn 1 of 2). Waiting: B059 (27 min).",
    ),
)


def fixed() -> dict[str, object]:
    """What the page asks for once, by path."""
    note = HistoryEntry(
        seq=39,
        at=_ago(1),
        kind="NoteAdded",
        counter=3,
        words=Words(vi="Ghi chú, quầy 3", en="Note, counter 3"),
        note="Thiếu bản chính giấy khai sinh, hẹn bổ sung buổi chiều",
    )
    lists = {
        "services": _services(),
        "counters": _counters(),
        "outcomes": read_outcomes(HERE),
        "procedures": procedures_of(shipped_entries()),
        "tickets/t-b060/history": [note],
    }
    plain: dict[str, object] = {
        path: [one.model_dump(mode="json") for one in items] for path, items in lists.items()
    }
    return {**plain, "tickets/t-b060/why": WHY.model_dump(mode="json")}
