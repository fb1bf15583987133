"""The rules that an office compares before it chooses, and what a trial gave, in words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from queue_server.contracts.rule_views import RuleFiguresView, WaitsView
from queue_server.contracts.views import Words
from queue_server.domain.office import Counter, Office, Policy, PriorityUse
from queue_server.use_cases.day_figures import Waits
from queue_server.use_cases.try_rules import RuleFigures

SOME_MIN, MUCH_MIN = 15.0, 30.0


@dataclass(frozen=True, slots=True)
class Choice:
    """An office with one rule, and the rule's name."""

    words: Words
    office: Office


def choices(office: Office) -> list[Choice]:
    """The office as it is and with the usual rules.

    In these every counter is for everybody, except one in the last; that one is there only if
    another counter serves each of its services.
    """
    found = [Choice(Words(vi="Như cấu hình", en="As configured"), office)]
    shared = _with_counters(office, dict.fromkeys(office.counters, PriorityUse.SHARED))
    names = [
        (Policy.FIFO, 1, "Theo thứ tự đến", "First come, first served"),
        (Policy.WEIGHTED, 1, "Ưu tiên xen kẽ 1:1", "Weighted 1:1"),
        (Policy.WEIGHTED, 2, "Ưu tiên xen kẽ 2:1", "Weighted 2:1"),
        (Policy.WEIGHTED, 3, "Ưu tiên xen kẽ 3:1", "Weighted 3:1"),
        (Policy.STRICT, 1, "Ưu tiên luôn trước", "Strict priority"),
    ]
    for policy, turns, vi, en in names:
        rules = replace(shared.rules, policy=policy, priority_turns=turns)
        found.append(Choice(Words(vi=vi, en=en), replace(shared, rules=rules)))
    spare = spare_counter(office)
    if spare is not None:
        only = _with_counters(shared, {spare.number: PriorityUse.DEDICATED})
        only = replace(only, rules=replace(only.rules, policy=Policy.WEIGHTED, priority_turns=2))
        vi, en = f"Quầy {spare.number} chỉ ưu tiên", f"Counter {spare.number} priority only"
        found.append(Choice(Words(vi=vi, en=en), only))
    return found


def spare_counter(office: Office) -> Counter | None:
    """The counter that could be for priority people only: a priority one first, else the last."""
    ranked = sorted(
        office.counters.values(), key=lambda n: (n.priority is PriorityUse.SHARED, -n.number)
    )
    for counter in ranked:
        others = [n for n in office.counters.values() if n is not counter]
        if all(any(n.serves(entry.service) for n in others) for entry in counter.profile):
            return counter
    return None


def _with_counters(office: Office, uses: dict[int, PriorityUse]) -> Office:
    changed = {n: replace(office.counters[n], priority=use) for n, use in uses.items()}
    return replace(office, counters={**office.counters, **changed})


def sentence(day: date, figures: RuleFigures) -> Words:
    """What an administrator reads before saving."""
    mean, priority = _minutes(figures.waits), _minutes(figures.priority)
    over = figures.waits.share_over(MUCH_MIN)
    share = "–" if over is None else f"{over:.0%}"
    left = figures.uncalled
    vi = (
        f"Với lượng người đến ngày {day:%d/%m/%Y}, quy tắc này cho: chờ trung bình {mean[0]}; "
        f"diện ưu tiên {priority[0]}; chờ trên 30 phút: {share}; không được gọi: {left} người."
    )
    en = (
        f"With the arrivals of {day}, this rule gives: mean wait {mean[1]}; "
        f"priority {priority[1]}; over 30 min: {share}; not called: {left}."
    )
    return Words(vi=vi, en=en)


def _minutes(waits: Waits) -> tuple[str, str]:
    mean = waits.mean_min()
    if mean is None:
        return "–", "–"
    return f"{mean:.1f} phút".replace(".", ","), f"{mean:.1f} min"


def figures_view(figures: RuleFigures) -> RuleFiguresView:
    """The figures as they leave the server."""
    return RuleFiguresView(
        all=_waits_view(figures.waits),
        priority=_waits_view(figures.priority),
        services={name: _waits_view(w) for name, w in sorted(figures.by_service.items())},
        uncalled=figures.uncalled + figures.turned_away,
    )


def _waits_view(waits: Waits) -> WaitsView:
    return WaitsView(
        called=len(waits),
        mean_min=waits.mean_min(),
        p90_min=waits.quantile_min(0.9),
        over_15=waits.share_over(SOME_MIN),
        over_30=waits.share_over(MUCH_MIN),
        longest_min=waits.longest_min(),
    )
