"""The part of `motcua.toml` that an administrator edits on a page, and what differs from before."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import Any

from pydantic import Field, ValidationError

from queue_server.config.appointments_section import AppointmentsSection
from queue_server.config.brand_section import BrandSection
from queue_server.config.counter_section import CounterSection
from queue_server.config.office_file import (
    DEFAULT_SESSIONS,
    DeviceSection,
    DisplaySection,
    OfficeFile,
    ServiceSection,
    TargetsSection,
)
from queue_server.config.report_data import ReportsSection
from queue_server.config.section import Section, Session
from queue_server.contracts.fault_words import fault_words
from queue_server.domain.office import Counter, ProfileEntry


class OfficeNames(Section):
    """How the office is called and when it is open."""

    name_vi: str = Field(min_length=1, max_length=120)
    name_en: str = Field(min_length=1, max_length=120)
    sessions: tuple[Session, ...] = Field(DEFAULT_SESSIONS, min_length=1, max_length=6)


class SettingsPart(Section):
    """Everything that is edited there. Rules and profiles in full work change by their own page."""

    office: OfficeNames
    targets: TargetsSection
    display: DisplaySection
    appointments: AppointmentsSection
    reports: ReportsSection
    brand: BrandSection
    services: tuple[ServiceSection, ...] = Field(min_length=1, max_length=26)
    counters: tuple[CounterSection, ...] = Field(min_length=1, max_length=200)
    devices: tuple[DeviceSection, ...] = Field((), max_length=500)


class SettingsRefused(Exception):  # noqa: N818 - a refusal
    """These settings are not those of any office; the message names field and reason."""


def settings_of(file: OfficeFile) -> SettingsPart:
    """The part as the file has it."""
    body = {name: getattr(file, name) for name in SettingsPart.model_fields if name != "office"}
    names = {name: getattr(file.office, name) for name in OfficeNames.model_fields}
    return SettingsPart(office=OfficeNames(**names), **body)


def with_settings(file: OfficeFile, part: SettingsPart) -> OfficeFile:
    """The file with this part in the place of its own.

    Raises:
        SettingsRefused: a counter lists a service that is gone, two names are alike, and so on; or
            a counter would do other work, which is a calling rule and tried first.
    """
    body = file.model_dump() | part.model_dump()
    body["office"] = file.office.model_dump() | part.office.model_dump()
    try:
        wanted = OfficeFile.model_validate(body)
    except ValidationError as error:
        faults = [fault_words(fault, "file") for fault in error.errors(include_url=False)]
        raise SettingsRefused("; ".join(faults[:5])) from None
    _refuse_other_work(file, wanted)
    return wanted


def _refuse_other_work(file: OfficeFile, wanted: OfficeFile) -> None:
    """Services that come or go may be given to counters here: no past day knows them."""
    both = {one.id for one in file.services} & {one.id for one in wanted.services}
    known = {one.number: one for one in file.counters}
    for counter in wanted.counters:
        before = known.get(counter.number)
        if before is not None and _work(before, both) != _work(counter, both):
            raise SettingsRefused(
                f"Quầy {counter.number}: đổi việc của quầy ở trang Quy tắc gọi số, nơi quy tắc "
                f"được chạy thử trước / counter {counter.number}: its work is changed on the page "
                "of calling rules, /rules, where it is tried first"
            )


def _work(counter: CounterSection, both: set[str]) -> Counter:
    """Whom the counter calls, of the services that stay."""
    found = counter.to_counter()
    others = [
        replace(one, name_vi="", name_en="", profile=_of(one.profile, both)) for one in found.others
    ]
    return replace(
        found, name_vi="", name_en="", profile=_of(found.profile, both), others=tuple(others)
    )


def _of(profile: tuple[ProfileEntry, ...], both: set[str]) -> tuple[ProfileEntry, ...]:
    kept = (entry for entry in profile if entry.service in both)
    return tuple(sorted(kept, key=lambda entry: entry.service))


KEYS = {"services": "id", "counters": "number", "devices": "id"}


def differences(old: Section, new: Section) -> list[tuple[str, str, str]]:
    """What is other: where, before, after; a list's entries are told by their own names."""
    return list(_different("", _plain(old.model_dump()), _plain(new.model_dump())))


def _different(where: str, old: Any, new: Any) -> list[tuple[str, str, str]]:
    if old == new:
        return []
    if isinstance(old, dict) and isinstance(new, dict):
        found = []
        for key in [*old, *(key for key in new if key not in old)]:
            step = f"{where}.{key}" if where else str(key)
            found += _different(step, old.get(key), new.get(key))
        return found
    key = KEYS.get(where)
    if key is not None:
        named = ({str(one[key]): one for one in side} for side in (old, new))
        return _different(f"{where} ", *named)
    return [(where.replace(" .", " "), _text(old), _text(new))]


def _text(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, list):
        return ", ".join(_text(one) for one in value) or "–"
    if isinstance(value, dict):
        shown = ((key, one) for key, one in value.items() if one not in (None, [], ""))
        return "; ".join(f"{key} {_text(one)}" for key, one in shown)
    return str(value)


def _plain(value: Any) -> Any:
    """Without enums and tuples: what a file has."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dict):
        return {str(_plain(key)): _plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return value


def plain(part: SettingsPart) -> dict[str, Any]:
    """The part as values of a TOML file: dates and times are such, nothing is an enum."""
    found: dict[str, Any] = _plain(part.model_dump())
    return found
