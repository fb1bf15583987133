"""The drawn visits: repeatable, and with the shares and means that ward.toml says."""

from __future__ import annotations

import json
import math
import random
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.priority import Priority
from queue_server.demo.virtual_day import Visit, draw_day, lognormal
from queue_server.demo.ward import Ward, read_ward
from tests.fakes.shared import SHARED

FACTS = SHARED / "data" / "office_params.json"
WARD = read_ward()
DAYS = 100
OPENS, LUNCH, AFTERNOON = 7 * 60, 11 * 60, 13 * 60


@pytest.fixture(scope="module")
def visits() -> list[Visit]:
    return [visit for day in range(DAYS) for visit in draw_day(WARD, 7, day, 2)]


def near(share: float, n: int) -> object:
    """Within four standard deviations: one false alarm in 16,000."""
    return pytest.approx(share, abs=4 * math.sqrt(share * (1 - share) / n))


def test_the_same_seed_gives_the_same_day() -> None:
    assert draw_day(WARD, 1, 3, 2) == draw_day(WARD, 1, 3, 2)
    assert draw_day(WARD, 1, 3, 2) != draw_day(WARD, 1, 4, 2)
    assert draw_day(WARD, 2, 3, 2) != draw_day(WARD, 1, 3, 2)


def test_the_shares_are_those_of_the_ward(visits: list[Visit]) -> None:
    n = len(visits)
    for service, mix in WARD.services.items():
        assert sum(v.service == service for v in visits) / n == near(mix.share, n)
    priority = [v for v in visits if v.priority is not Priority.NORMAL]
    assert len(priority) / n == near(WARD.people.priority_share, n)
    for name, share in WARD.people.priority.items():
        found = sum(v.priority.value == name.value for v in priority) / len(priority)
        assert found == near(share, len(priority))
    absent = sum(not v.comes_when_called for v in visits) / n
    assert absent == near(WARD.people.no_show_share, n)
    assert sum(v.kiosk == 0 for v in visits) / n == near(0.5, n)


def test_people_come_when_the_ward_says(visits: list[Visit]) -> None:
    n = len(visits)
    early = WARD.visits.share_before_opening
    assert sum(v.arrives_min < OPENS for v in visits) / n == near(early, n)
    for begins, weight in WARD.arrivals.items():
        start = begins.hour * 60 + begins.minute
        inside = sum(start <= v.arrives_min < start + 30 for v in visits) / n
        assert inside == near(weight * (1 - early), n)
    assert not any(LUNCH <= v.arrives_min < AFTERNOON for v in visits)
    assert min(v.arrives_min for v in visits) >= OPENS - WARD.visits.before_opening_min


def test_about_as_many_come_as_the_ward_says(visits: list[Visit]) -> None:
    counts = [len(draw_day(WARD, 7, day, 2)) for day in range(DAYS)]
    mean, cv = WARD.visits.mean_per_day, WARD.visits.daily_cv
    assert len(visits) == sum(counts)
    assert statistics.mean(counts) == pytest.approx(mean, abs=4 * mean * cv / math.sqrt(DAYS))
    assert statistics.stdev(counts) / mean == pytest.approx(cv, rel=0.4)


@given(st.floats(1, 60), st.floats(0.1, 1.0), st.integers(0, 100))
def test_lognormal_has_this_mean(mean: float, cv: float, seed: int) -> None:
    rng = random.Random(seed)
    drawn = [lognormal(rng, mean, cv) for _ in range(2000)]
    assert min(drawn) > 0
    # Its tail is long: six standard errors.
    assert statistics.mean(drawn) == pytest.approx(mean, abs=6 * mean * cv / math.sqrt(2000))


def test_shares_that_do_not_add_up_are_refused() -> None:
    body = WARD.model_dump()
    body["services"]["CT"]["share"] = 0.5
    with pytest.raises(ValueError, match=r"shares of services add up to 0\.88"):
        Ward.model_validate(body)


@pytest.mark.skipif(not FACTS.exists(), reason=f"needs the office parameters in {FACTS.parent}")
def test_the_facts_are_restated_truly() -> None:
    facts = json.loads(FACTS.read_text(encoding="utf-8"))
    arrivals = {f"{at:%H:%M}": weight for at, weight in WARD.arrivals.items()}
    assert arrivals == facts["arrivals"]["half_hour_weights"]
    assert WARD.visits.share_before_opening == facts["arrivals"]["share_before_opening"]
    assert WARD.visits.daily_cv == facts["seasonality"]["daily_cv"]
    assert WARD.people.priority_share == facts["people"]["priority_share"]
    assert WARD.people.no_show_share == facts["people"]["no_show"]
    assert list(WARD.people.patience_min) == facts["people"]["abandon_after_min"]
    named = {"CT": "chung_thuc", "HT": "ho_tich", "DD": "dat_dai"}
    named |= {"LD": "bao_tro_xa_hoi", "KD": "ho_kinh_doanh"}
    for service, name in named.items():
        mix = WARD.services[service]
        assert mix.share == facts["visit_mix_commune"][name]
        assert [mix.mean_min, mix.cv] == facts["service_minutes"][name]
    others = sum(mix.share for name, mix in WARD.services.items() if name not in named)
    assert others == pytest.approx(facts["visit_mix_commune"]["khac"])
