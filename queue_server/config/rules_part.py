"""The part of `motcua.toml` that may change while the office works: rules and work profiles."""

from __future__ import annotations

import difflib
from typing import Any

from pydantic import Field, ValidationError

from queue_server.config.counter_section import CounterSection, OtherProfile, ProfileSection
from queue_server.config.office_file import OfficeFile, RulesSection
from queue_server.config.section import Section, Session
from queue_server.contracts.fault_words import fault_words
from queue_server.domain.office import PriorityUse


class CounterRules(Section):
    """Whom one counter serves; `number` names an existing counter."""

    number: int = Field(ge=1, le=999)
    services: tuple[str, ...] = Field((), description="Services with equal order and weight")
    profile: tuple[ProfileSection, ...] = ()
    priority: PriorityUse = PriorityUse.SHARED
    others: tuple[OtherProfile, ...] = ()
    breaks: tuple[Session, ...] = ()


class RulesPart(Section):
    """The whole part: what is left out of `rules` has its default, and every counter is named."""

    rules: RulesSection
    counters: tuple[CounterRules, ...]


class RulesRefused(Exception):  # noqa: N818 - a refusal
    """These rules do not fit the office; the message names the field and what is wrong."""


def part_of(file: OfficeFile) -> RulesPart:
    """The part as the file has it."""
    return RulesPart(
        rules=file.rules,
        counters=tuple(
            CounterRules(
                number=counter.number,
                services=counter.services,
                profile=counter.profile,
                priority=counter.priority,
                others=counter.others,
                breaks=counter.breaks,
            )
            for counter in file.counters
        ),
    )


def with_part(file: OfficeFile, part: RulesPart) -> OfficeFile:
    """The file with this part in the place of its own.

    Raises:
        RulesRefused: other counters than the file's, or services that it does not offer.
    """
    given = {counter.number: counter for counter in part.counters}
    known = {counter.number for counter in file.counters}
    if len(given) != len(part.counters):
        raise RulesRefused(
            "counters: có quầy được nêu hai lần / counters: a counter is named twice"
        )
    if set(given) != known:
        wrong = sorted(set(given) ^ known)
        raise RulesRefused(
            f"counters: {wrong} không có ở cả hai bên; hãy nêu đúng các quầy đang có / "
            f"counters: {wrong} not in both; name exactly the counters there are"
        )
    offered = [service.id for service in file.services]
    for place, counter in enumerate(part.counters):
        where = f"counters.{place}"
        _check_profile(where, counter, offered, f"counter {counter.number}")
        for other in counter.others:
            _check_profile(f"{where}.others.{other.id}", other, offered, f"profile '{other.id}'")
    counters = [_section(section, given[section.number]) for section in file.counters]
    body = file.model_dump() | {"rules": part.rules.model_dump(), "counters": counters}
    try:
        return OfficeFile.model_validate(body)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        raise RulesRefused(fault_words(fault, "counters")) from None


def _section(section: CounterSection, given: CounterRules) -> dict[str, Any]:
    return section.model_dump() | given.model_dump()


def _check_profile(
    where: str, given: CounterRules | OtherProfile, offered: list[str], name: str
) -> None:
    listed = [*given.services, *(entry.service for entry in given.profile)]
    if not listed:
        raise RulesRefused(
            f"{where}.services: chưa chọn lĩnh vực nào / {where}.services: {name} serves nothing"
        )
    for service in listed:
        if service not in offered:
            near = difflib.get_close_matches(service, offered, n=1, cutoff=0.0)
            said = service[:40]
            raise RulesRefused(
                f"{where}: không có lĩnh vực '{said}', có phải '{near[0]}'? / "
                f"{where}: no service '{said}'; did you mean '{near[0]}'?"
            )
        if listed.count(service) > 1:
            raise RulesRefused(
                f"{where}: lĩnh vực '{service}' được nêu hai lần / "
                f"{where}: service '{service}' is named twice"
            )
