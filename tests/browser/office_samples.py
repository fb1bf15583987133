"""A ward office in the middle of a morning, as the server would show it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from queue_server.contracts.brand_views import BrandView
from queue_server.contracts.manager_views import ManagerBoardView
from queue_server.contracts.views import (
    BoardCall,
    BoardCounter,
    BoardDevice,
    BoardForecasts,
    BoardOffice,
    BoardService,
    BoardTargets,
    BoardToday,
    DisplayView,
    FollowView,
    ForecastScoreView,
    ForecastView,
    Words,
)
from tests.browser import manager_samples

OFFICE = BoardOffice(
    id="phu-khuong",
    name=Words(
        vi="Trung tâm Phục vụ hành chính công phường Phú Khương",
        en="Phú Khương Ward Public Service Centre",
    ),
)
BRAND = BrandView(office=OFFICE.name, colour="", colour_dark="", logo="")
NOTICE = Words(
    vi="Ông/bà vui lòng chuẩn bị sẵn giấy tờ. Người cao tuổi, phụ nữ mang thai, người khuyết tật"
    " được ưu tiên.",
    en="Please have your papers ready. Elderly, pregnant and disabled citizens are served first.",
)
# letter, vi, en, waiting, oldest minutes, called, mean, longest, counters open, p50, p90
LINES = (
    ("A", "Hộ tịch", "Civil status", 7, 12.7, 31, 9.4, 27.0, 2, 14, 26),
    ("B", "Chứng thực", "Certification", 12, 33.2, 58, 17.8, 41.5, 1, 29, 47),
    ("C", "Đất đai", "Land", 3, 18.4, 12, 14.2, 33.1, 1, 16, 28),
    ("D", "Lao động – Bảo trợ xã hội", "Social protection", 1, 2.1, 9, 6.0, 15.5, 1, 4, 9),
    ("E", "Công an: cư trú, căn cước", "Police: residence, ID", 0, None, 14, 8.1, 19.0, 1, 2, 5),
    ("F", "Hộ kinh doanh", "Household business", 0, None, 0, None, None, 0, None, None),
)


def now() -> datetime:
    """The moment a view is made."""
    return datetime.now(UTC).astimezone()


def counter_name(number: int) -> Words:
    """What stands over a counter."""
    return Words(vi=f"Quầy {number}", en=f"Counter {number}")


def services() -> list[BoardService]:
    """One waiting line in each of the states a board can show."""
    return [_service(line) for line in LINES]


BY_MODEL = Words(vi="theo mô hình dự báo", en="by the forecast model")


def _service(
    line: tuple[str, str, str, int, float | None, int, *tuple[float | None, ...]],
) -> BoardService:
    letter, vi, en, waiting, oldest, called, mean, longest, counters_open, p50, p90 = line
    return BoardService(
        id=letter.lower(),
        letter=letter,
        name=Words(vi=vi, en=en),
        waiting=waiting,
        oldest_since=None if oldest is None else now() - timedelta(minutes=oldest),
        called=called,
        mean_wait_min=mean,
        longest_wait_min=longest,
        counters_open=int(counters_open or 0),
        forecast=None
        if p50 is None or p90 is None
        else ForecastView(p50_min=p50, p90_min=p90, basis="model", basis_words=BY_MODEL),
    )


def call(seq: int, number: str, counter: int, *, recall: bool = False) -> BoardCall:
    """A call; a larger `seq` is later."""
    return BoardCall(
        seq=seq,
        number=number,
        counter=counter,
        counter_name=counter_name(counter),
        service=number[0].lower(),
        at=now() - timedelta(minutes=max(0, 40 - seq)),
        recall=recall,
    )


def calls() -> list[BoardCall]:
    """Seven calls, newest first, one number called twice."""
    said = [("B058", 2), ("A031", 1), ("A030", 4), ("C012", 3), ("B057", 2), ("D009", 5)]
    newest_first = [call(40 - i, number, counter) for i, (number, counter) in enumerate(said)]
    return [*newest_first, call(30, "C012", 3)]


def display(seq: int = 40, extra: list[BoardCall] | None = None) -> DisplayView:
    """The public display, with `extra` calls on top."""
    return DisplayView(
        seq=seq,
        at=now(),
        office=OFFICE,
        services=services(),
        calls=[*(extra or []), *calls()],
        notice=NOTICE,
    )


HELP_AT = 3


def counters() -> list[BoardCounter]:
    """Counters serving, calling, free, paused and closed."""
    rows = (
        (1, "open", "A031", "serving", "a", 6),
        (2, "open", "B058", "called", "b", 0),
        (3, "open", "C012", "serving", "c", 14),
        (4, "open", None, None, None, 1),
        (5, "paused", None, None, None, 8),
        (6, "closed", None, None, None, None),
    )
    return [
        BoardCounter(
            number=number,
            name=counter_name(number),
            state=state,
            ticket=ticket,
            ticket_state=ticket_state,
            service=service,
            help_since=now() - timedelta(minutes=2, seconds=5) if number == HELP_AT else None,
            since=None if minutes is None else now() - timedelta(minutes=minutes, seconds=10),
        )
        for number, state, ticket, ticket_state, service, minutes in rows
    ]


def devices() -> list[BoardDevice]:
    """Devices: well, near the end of its paper, gone."""
    rows = (
        ("kiosk-1", "kiosk", True, "near_end"),
        ("kiosk-2", "kiosk", True, "ok"),
        ("counter-1", "counter", True, None),
        ("counter-2", "counter", False, None),
        ("announcer", "announcer", True, None),
    )
    seen = now() - timedelta(minutes=5)
    return [
        BoardDevice(id=i, role=role, online=online, paper=paper, seen_at=seen)
        for i, role, online, paper in rows
    ]


def board(seq: int = 40, mean: float | None = 14.3) -> ManagerBoardView:
    """The manager's board; `mean` is the mean wait today in minutes."""
    nobody = mean is None
    return ManagerBoardView(
        **manager_samples.more(now(), nobody=nobody),
        seq=seq,
        at=now(),
        day=now().date().isoformat(),
        office=OFFICE,
        targets=BoardTargets(good_min=15, limit_min=30),
        today=BoardToday(
            waiting=23,
            called=0 if nobody else 124,
            finished=0 if nobody else 117,
            no_shows=0 if nobody else 3,
            mean_wait_min=mean,
            p50_wait_min=None if mean is None else mean * 0.8,
            p90_wait_min=None if mean is None else mean * 2,
            longest_wait_min=mean,
            over_good_share=None if nobody else 0.34,
            over_limit_share=None if nobody else 0.06,
        ),
        forecasts=BoardForecasts(
            today=None
            if nobody
            else ForecastScoreView(n=124, mae_min=3.24, bias_min=-0.6, coverage_90=0.91),
            model="shipped",
            model_sha256="c6" * 32,
        ),
        services=services(),
        counters=counters(),
        calls=calls(),
        devices=devices(),
    )


def large_board(services_n: int = 10, counters_n: int = 7) -> ManagerBoardView:
    """The board of a larger office: its lines and counters are the ward's, over and over."""
    ward = board(50)
    lines = [
        ward.services[n % 6].model_copy(update={"id": f"s{n}", "letter": chr(ord("A") + n)})
        for n in range(services_n)
    ]
    figures = [ward.lines[n % 6].model_copy(update={"service": f"s{n}"}) for n in range(services_n)]
    desks = [
        ward.counters[n % 6].model_copy(update={"number": n + 1, "name": counter_name(n + 1)})
        for n in range(counters_n)
    ]
    return ward.model_copy(update={"services": lines, "counters": desks, "lines": figures})


def in_turn(board: ManagerBoardView, turn: int) -> ManagerBoardView:
    """The board in that quarter of a minute, by the server's clock."""
    # Ninety seconds are whole rounds of two and of three turns.
    whole = int(board.at.timestamp()) // 90 * 90
    at = datetime.fromtimestamp(whole + 15 * turn, board.at.tzinfo)
    return board.model_copy(update={"at": at})


def follow(seq: int = 40, state: str = "waiting", ahead: int | None = 4, **more: Any) -> FollowView:
    """The page of one slip."""
    called = state == "called"
    return FollowView(
        number="A032",
        service=Words(vi="Hộ tịch", en="Civil status"),
        office=OFFICE.name,
        state=state,
        ahead=ahead if state == "waiting" else None,
        forecast=ForecastView(p50_min=19.2, p90_min=34.6, basis="service_minutes"),
        counter=3 if called else None,
        counter_name=counter_name(3) if called else None,
        recalls=0,
        allowed={"waiting": ["late", "cancel"], "finished": ["rate"]}.get(state, []),
        late_left_min=30,
        score=None,
        reasons=["waiting", "attitude", "explained", "papers", "place"],
        at=now(),
        seq=seq,
    ).model_copy(update=more)
