"""One counter of `motcua.toml`: its usual work, the other work it may do, its breaks."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from queue_server.config.section import Id, Section, Session, unique
from queue_server.domain.office import Counter, PriorityUse, ProfileEntry, WorkProfile


class ProfileSection(Section):
    """One service of a counter; lower `order` first, larger `weight` counts a wait more."""

    service: Id
    order: Annotated[int, Field(ge=0, le=9)] = 0
    weight: Annotated[float, Field(gt=0, le=100)] = 1.0


class OtherProfile(Section):
    """Work that a counter may be switched to for the rest of a day."""

    id: Id
    name_vi: str
    name_en: str
    services: tuple[Id, ...] = Field((), description="Services with equal order and weight")
    profile: tuple[ProfileSection, ...] = Field((), description="Services with order and weight")
    priority: PriorityUse = PriorityUse.SHARED
    by_clerk: bool = Field(default=True, description="false: only administrators switch to it")


class CounterSection(Section):
    """One counter."""

    number: Annotated[int, Field(ge=1, le=999)]
    name_vi: str | None = None
    name_en: str | None = None
    services: tuple[Id, ...] = Field((), description="Services with equal order and weight")
    profile: tuple[ProfileSection, ...] = Field((), description="Services with order and weight")
    priority: PriorityUse = PriorityUse.SHARED
    others: tuple[OtherProfile, ...] = Field(
        (), description="Work that this counter may be switched to for the rest of a day"
    )
    breaks: tuple[Session, ...] = Field(
        (), description="The clerk's breaks: the counter pauses as soon as it is free"
    )

    def check(self, known: set[str]) -> None:
        """Refuse profiles that are empty or name a service twice or one that is not offered.

        Raises:
            ValueError: it says which.
        """
        _check(f"quầy {self.number}", f"counter {self.number}", self, known)
        unique(f"profile of counter {self.number}", [one.id for one in self.others])
        for one in self.others:
            named = f"{self.number}, profile '{one.id}'"
            _check(f"quầy {named}", f"counter {named}", one, known)

    def to_counter(self) -> Counter:
        """The counter as the domain knows it."""
        return Counter(
            number=self.number,
            name_vi=self.name_vi or f"Quầy {self.number}",
            name_en=self.name_en or f"Counter {self.number}",
            profile=_entries(self),
            priority=self.priority,
            others=tuple(
                WorkProfile(
                    one.id, one.name_vi, one.name_en, _entries(one), one.priority, one.by_clerk
                )
                for one in self.others
            ),
            breaks=tuple((span.start, span.end) for span in self.breaks),
        )


def _check(
    vietnamese: str, who: str, section: CounterSection | OtherProfile, known: set[str]
) -> None:
    listed = [*section.services, *(p.service for p in section.profile)]
    if not listed:
        raise ValueError(
            f"{vietnamese} chưa phục vụ lĩnh vực nào / {who} serves nothing: list its services"
        )
    unique(f"service of {who}", listed)
    for service in listed:
        if service not in known:
            raise ValueError(
                f"{vietnamese}: không có lĩnh vực '{service}' / {who}: no service '{service}'"
            )


def _entries(section: CounterSection | OtherProfile) -> tuple[ProfileEntry, ...]:
    plain = tuple(ProfileEntry(service) for service in section.services)
    return plain + tuple(ProfileEntry(p.service, p.order, p.weight) for p in section.profile)
