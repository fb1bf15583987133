"""What the manager's board shows beyond lines and counters, in the middle of the same morning."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from queue_server.contracts.dossier_views import CompletionView, StageFigure
from queue_server.contracts.manager_views import (
    Alert,
    AskOffer,
    CounterAsk,
    CourseSlot,
    DayCourse,
    FilingsView,
    LineFigures,
    Satisfaction,
)
from queue_server.contracts.map_views import OfficeOnMap, OfficeSmile, OfficesView, OfficeWait
from queue_server.contracts.planning_views import AdviceView, OpenCountersView, OutlookView
from queue_server.contracts.rating_views import TabletView
from queue_server.contracts.views import BoardTargets, Words
from queue_server.domain.dossier import Stage
from queue_server.domain.office import ZONE
from queue_server.use_cases.smile_index import NOT_CALIBRATED

ARRIVED = (2, 9, 12, 10, 11, 8, 9, 14, 12, 7, 9, 6)
EXPECTED = (3, 9, 10, 10, 9, 8, 8, 8, 7, 7, 6, 6, 5, 4, 3, 2)
MEANS = (None, 3.1, 6.4, 9.0, 11.2, 13.5, 12.8, 16.4, 19.9, 21.3, 18.2, 17.0)
SLOT = timedelta(minutes=15)


def more(at: datetime, *, nobody: bool = False) -> dict[str, Any]:
    """The parts by name; `nobody` has been called yet."""
    return {
        "course": course(at, nobody=nobody),
        "lines": lines(nobody=nobody),
        "alerts": [] if nobody else alerts(at),
        "asks": [CounterAsk(counter=6, service="a", at=at - 2 * SLOT, declined_at=at - SLOT)],
        "satisfaction": satisfaction(nobody=nobody),
        "staffing": None if nobody else staffing(at),
    }


def course(at: datetime, *, nobody: bool = False) -> DayCourse:
    """Three hours that were, one that comes."""
    opens = at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0) - 11 * SLOT
    slots = []
    for number, expected in enumerate(EXPECTED):
        was = number < len(ARRIVED)
        mean = MEANS[number] if was and not nobody else None
        slots.append(
            CourseSlot(
                at=opens + number * SLOT,
                arrived=ARRIVED[number] if was else 0,
                called=0 if mean is None else 10,
                mean_wait_min=mean,
                p90_wait_min=None if mean is None else mean * 1.9,
                expected=float(expected),
                low=expected * 0.6,
                high=expected * 1.5,
            )
        )
    closes = opens + len(EXPECTED) * SLOT
    return DayCourse(
        slot_min=15,
        slots=slots,
        opens_at=opens,
        closes_at=closes,
        demand_words=Words(
            vi="Dự kiến hôm nay 121 lượt (98–147)", en="121 visits expected today (98–147)"
        ),
    )


def lines(*, nobody: bool) -> list[LineFigures]:
    """The figures of the six services."""
    oldest = ("A025", "B047", "C013", "D010", None, None)
    return [
        LineFigures(
            service="abcdef"[n],
            oldest_number=number,
            p50_wait_min=None if nobody or n > 4 else 7.0 + n,
            p90_wait_min=None if nobody or n > 4 else 18.5 + 3 * n,
            over_good_share=None if nobody or n > 4 else 0.18 + n / 20,
            over_limit_share=None if nobody or n > 4 else n / 50,
        )
        for n, number in enumerate(oldest)
    ]


def offer(number: int, state: str) -> AskOffer:
    """A counter that may be asked."""
    name = Words(vi=f"Quầy {number}", en=f"Counter {number}")
    return AskOffer(counter=number, name=name, state=state)


def alerts(at: datetime) -> list[Alert]:
    """One of each kind."""
    return [
        Alert(
            kind="passed",
            service="b",
            at=at,
            minutes=33.2,
            waiting=12,
            offers=[offer(5, "paused")],
        ),
        Alert(
            kind="low_rating",
            service="a",
            at=at - timedelta(minutes=4),
            number="A019",
            counter=1,
            score=2,
            reasons=["waiting", "papers"],
            comment="Phải quay lại hai lần vì thiếu giấy.",
        ),
        Alert(kind="will_pass", service="c", at=at + SLOT, minutes=18.4, waiting=3, offers=[]),
    ]


def filings() -> FilingsView:
    """Twenty filings that were begun, fourteen handed in, of two procedures."""
    copies, marital = (
        CompletionView(
            procedure=code,
            procedure_name=Words(vi=vi, en=en),
            begun=reached[0],
            filed=reached[-1],
            without_staff=reached[-1] - 1,
            stages=_stages(reached),
        )
        for code, vi, en, reached in (
            ("2.000815", "Chứng thực bản sao từ bản chính", "Certify copies", (14, 12, 11, 10)),
            ("1.004873", "Xác nhận tình trạng hôn nhân", "Marital status", (6, 5, 4, 4)),
        )
    )
    return FilingsView(
        begun=20,
        filed=14,
        without_staff=12,
        stages=_stages((20, 17, 15, 14)),
        procedures=[copies, marital],
    )


def _stages(reached: tuple[int, ...]) -> list[StageFigure]:
    times = (None, 42.0, 131.0, 65.0)
    return [
        StageFigure(stage=stage.value, reached=n, median_s=seconds)
        for stage, n, seconds in zip(Stage, reached, times, strict=True)
    ]


def satisfaction(*, nobody: bool) -> Satisfaction:
    """Three numbers; the camera is off."""
    if nobody:
        return Satisfaction(
            finished=0,
            rated=0,
            rated_good=0,
            rated_low=0,
            good_share=None,
            response_rate=None,
            index54=None,
            index54_points=None,
        )
    return Satisfaction(
        finished=117,
        rated=46,
        rated_good=42,
        rated_low=2,
        good_share=42 / 46,
        response_rate=46 / 117,
        index54=1 - 3 / 117,
        index54_points=6.0,
        complaints=1,
    )


def staffing(at: datetime) -> AdviceView:
    """One more counter is enough."""
    opens = at.astimezone(ZONE) + timedelta(minutes=5)
    return AdviceView(
        at=at,
        words=Words(
            vi=f"Mở thêm một quầy (Quầy 5) cho Chứng thực lúc {opens:%H:%M}: "
            "chờ trung bình 27 → 13 phút, khả năng đạt mục tiêu 88 %",
            en=f"Open one more counter (Counter 5) for Certification at {opens:%H:%M}: "
            "mean wait 27 → 13 min, 88 % likely to keep the target",
        ),
        reaches=True,
        now=OutlookView(mean_wait_min=27.4, sure=0.11),
        action=OpenCountersView(
            counters=[5],
            extra=0,
            service="b",
            service_name=Words(vi="Chứng thực", en="Certification"),
            at=f"{opens:%H:%M}",
        ),
        then=OutlookView(mean_wait_min=12.9, sure=0.88),
        runs=200,
        took_s=1.2,
        arrivals="forecast",
    )


def tablet(number: str | None = "A031", seq: int = 40) -> TabletView:
    """The rating tablet of counter 3 after it served `number`."""
    return TabletView(
        seq=seq,
        at=datetime.now(ZONE),
        office=Words(vi="Phường Phú Khương", en="Phú Khương Ward"),
        counter=3,
        counter_name=Words(vi="Quầy 3", en="Counter 3"),
        number=number,
        service=Words(vi="Hộ tịch", en="Civil status") if number else None,
        reasons=["waiting", "attitude", "explained", "papers", "place"],
    )


def _smiles(n: int) -> OfficeSmile | None:
    """An index over so many people as waited; the other offices have no camera."""
    if n < 30:
        return None
    return OfficeSmile(n=n, share=0.62, low=0.48, high=0.74, words=NOT_CALIBRATED)


def offices() -> dict[str, Any]:
    """Five wards along the river: on target, near, over, silent, and one never heard."""
    at = datetime.now(ZONE)
    rows = (
        ("ninh-kieu", "Phường Ninh Kiều", 10.0342, 105.7883, "own", 12.4, 23),
        ("cai-rang", "Phường Cái Răng", 10.0008, 105.7510, "live", 21.0, 31),
        ("binh-thuy", "Phường Bình Thủy", 10.0794, 105.7362, "live", 38.0, 44),
        ("o-mon", "Phường Ô Môn", 10.1174, 105.6250, "silent", 9.0, 8),
        ("phong-dien", "Xã Phong Điền", 9.9950, 105.6710, "silent", None, None),
    )
    view = OfficesView(
        at=at,
        targets=BoardTargets(good_min=15, limit_min=30),
        offices=[
            OfficeOnMap(
                id=name,
                name=Words(vi=vi, en=vi),
                latitude=latitude,
                longitude=longitude,
                link=link,  # type: ignore[arg-type]  # the rows above know the links
                wait=None
                if waiting is None
                else OfficeWait(
                    id=name,
                    name=Words(vi=vi, en=vi),
                    at=at - SLOT,
                    waiting=waiting,
                    mean_wait_min=11.2,
                    forecast_min=minutes,
                    counters_open=4,
                    smile=_smiles(waiting) if link != "silent" else None,
                ),
            )
            for name, vi, latitude, longitude, link, minutes, waiting in rows
        ],
    )
    return view.model_dump(mode="json")
