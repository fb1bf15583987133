"""Advice and expectations in words: what to do, what it changes, how sure that is."""

from __future__ import annotations

from collections.abc import Mapping

from edge_models.demand.forecast import FEW_DAYS, HOLIDAY, DayForecast
from edge_models.staffing.advise import IMAGINED, Action, Advice
from queue_server.contracts.views import Words

NUMBERS_VI = ("", "một", "hai", "ba")
NUMBERS_EN = ("", "one", "two", "three")


def clock(minute: float) -> str:
    """HH:MM of a minute of the day."""
    whole = round(minute)
    return f"{whole // 60:02}:{whole % 60:02}"


def advice_words(advice: Advice, services: list[Words], counters: Mapping[int, Words]) -> Words:
    """One sentence; `services` in the order of the lines."""
    if advice.action is not None and advice.then is not None:
        return _open(advice, advice.action, services[advice.action.line], counters)
    now, sure = f"{advice.now.wait:.0f}", f"{advice.now.sure:.0%}".replace("%", " %")
    if advice.reaches:
        return Words(
            vi=f"Số quầy đang mở là đủ: chờ trung bình {now} phút trong hai giờ tới, "
            f"khả năng đạt mục tiêu {sure}",
            en=f"The open counters are enough: mean wait {now} min in the next two hours, "
            f"{sure} likely to keep the target",
        )
    return Words(
        vi=f"Chờ trung bình {now} phút trong hai giờ tới; mở thêm một hai quầy cũng không bớt được",
        en=f"Mean wait {now} min in the next two hours; one or two more counters would not help",
    )


def _open(advice: Advice, action: Action, service: Words, counters: Mapping[int, Words]) -> Words:
    then = advice.then or advice.now
    many, at = len(action.counters), clock(action.at)
    change = f"{advice.now.wait:.0f} → {then.wait:.0f}"
    sure = f"{then.sure:.0%}".replace("%", " %")
    named = [counters[number] for number in action.counters if number != IMAGINED]
    which_vi = ", ".join(each.vi for each in named)
    which_en = ", ".join(each.en for each in named)
    if IMAGINED in action.counters:
        which_vi = f"{which_vi}, thêm người ngoài các quầy hiện có".removeprefix(", ")
        which_en = f"{which_en}, more than there are".removeprefix(", ")
    end_vi, end_en = f"khả năng đạt mục tiêu {sure}", f"{sure} likely to keep the target"
    if not advice.reaches:
        end_vi, end_en = f"vẫn chưa đạt mục tiêu ({end_vi})", f"still over the target ({end_en})"
    more = "counter" if many == 1 else "counters"
    return Words(
        vi=f"Mở thêm {NUMBERS_VI[many]} quầy ({which_vi}) cho {service.vi} lúc {at}: "
        f"chờ trung bình {change} phút, {end_vi}",
        en=f"Open {NUMBERS_EN[many]} more {more} ({which_en}) for {service.en} at {at}: "
        f"mean wait {change} min, {end_en}",
    )


def demand_words(demand: DayForecast) -> Words:
    """How many are expected today, and how good such forecasts were."""
    total = float(demand.mean.sum())
    low, high = demand.spread.total_interval(total)
    vi = f"Dự kiến hôm nay {total:.0f} lượt ({low:.0f}–{high:.0f})"
    en = f"{total:.0f} visits expected today ({low:.0f}–{high:.0f})"
    if HOLIDAY in demand.notes:
        vi, en = f"{vi}; ngày lễ", f"{en}; public holiday"
    score = demand.scores.get(demand.model)
    if score is not None:
        share = f"{score.day_share:.0%}".replace("%", " %")
        vi = f"{vi}; bốn tuần qua tổng ngày lệch {share}"
        en = f"{en}; whole days were missed by {share} in the last four weeks"
    if FEW_DAYS in demand.notes:
        vi = f"{vi}; mới có {demand.history_days} ngày dữ liệu"
        en = f"{en}; only {demand.history_days} days are known"
    return Words(vi=vi, en=en)
