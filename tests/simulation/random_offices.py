"""Offices as hypothesis makes them: few services and counters, every setting of the rule."""

from __future__ import annotations

from datetime import time, timedelta

from hypothesis import strategies as st

from queue_server.domain.office import (
    Counter,
    Hours,
    Office,
    Policy,
    PriorityUse,
    ProfileEntry,
    Rules,
    Service,
    WorkProfile,
)
from queue_server.domain.ticket import PriorityClass

SERVICES = ("a", "b", "c")
COUNTERS = (1, 2, 3, 4)
PROFILES = ("land", "elders")

minutes = st.sampled_from([0, 1, 15, 30]).map(lambda m: timedelta(minutes=m))
entries = st.builds(
    ProfileEntry,
    service=st.sampled_from(SERVICES),
    order=st.integers(0, 1),
    weight=st.sampled_from([1.0, 1.0, 2.0]),
)
profiles = st.lists(entries, min_size=1, max_size=3, unique_by=lambda entry: entry.service)
others = st.lists(
    st.builds(
        WorkProfile,
        id=st.sampled_from(PROFILES),
        name_vi=st.just("v"),
        name_en=st.just("e"),
        profile=profiles.map(tuple),
        priority=st.sampled_from(PriorityUse),
    ),
    max_size=2,
    unique_by=lambda one: one.id,
)
breaks = st.sampled_from([(), (), ((time(8, 30), time(9)),)])
own_hours = st.sampled_from([None, None, Hours(((time(8), time(12)),))])
rules = st.builds(
    Rules,
    policy=st.sampled_from(Policy),
    priority_turns=st.integers(1, 2),
    recall_limit=st.integers(0, 2),
    late_tolerance=minutes,
    appointment_early=minutes,
    appointment_late=minutes,
    clear_after=st.none() | minutes,
    close_counters_after=st.none() | minutes,
    pause_at_lunch=st.booleans(),
    class_limits=st.dictionaries(st.sampled_from(PriorityClass), minutes, max_size=2),
)


@st.composite
def offices(draw: st.DrawFn) -> Office:
    """At least one service and one counter, of those that every office shares the names with."""
    offered = draw(st.lists(st.sampled_from(SERVICES), min_size=1, unique=True))
    numbers = draw(st.lists(st.sampled_from(COUNTERS), min_size=1, unique=True))
    services = [
        Service(
            id=name,
            letter=name.upper(),
            name_vi=name,
            name_en=name,
            first_number=draw(st.sampled_from([1, 1, 101])),
            last_number=draw(st.sampled_from([108, 99_999])),
            hours=draw(own_hours),
        )
        for name in offered
    ]
    counters = [
        Counter(
            number=number,
            name_vi=str(number),
            name_en=str(number),
            profile=tuple(draw(profiles)),
            priority=draw(st.sampled_from([*PriorityUse, PriorityUse.SHARED])),
            others=tuple(draw(others)),
            breaks=draw(breaks),
        )
        for number in numbers
    ]
    return Office(
        id="o",
        name_vi="o",
        name_en="o",
        services={s.id: s for s in services},
        counters={n.number: n for n in counters},
        rules=draw(rules),
    )
