"""The office in which a log is played: made from the log, or the one that is there."""

from __future__ import annotations

import difflib
import re
import string
from pathlib import Path
from typing import Any

import tomlkit

from queue_server.adapters.new_office import make_office_from
from queue_server.adapters.sqlite_history import open_history
from queue_server.adapters.ticket_log import LoggedDay
from queue_server.config.office_file import OfficeFile
from queue_server.contracts.config_file import ConfigError, read_config
from queue_server.demo.replay.plan import Plan, Seat, Step, make_plan

MOST_COUNTERS = 999
_UNFIT = re.compile(r"[^A-Za-z0-9_.-]+")


def prepare(folder: Path, day: LoggedDay) -> tuple[Plan, dict[str, str]]:
    """Plan the day in the office of `folder`, which is made from the log if it is new.

    Returns:
        the plan, and the office's service for each service of the log.

    Raises:
        ConfigError: the log does not fit this office, or the office has later days already.
        NewOfficeError: the folder cannot be written.
    """
    config = folder / "motcua.toml"
    services = service_ids(day)
    if not config.exists():
        plan = make_plan(day)
        make_office_from(folder, office_toml(day, plan, services))
        return plan, services
    file = read_config(config, OfficeFile)
    _check_days(folder, day)
    return make_plan(day, _seats(config, file, services)), services


def service_ids(day: LoggedDay) -> dict[str, str]:
    """An id that the configuration allows for each service of the log, in order of their names."""
    ids: dict[str, str] = {}
    for name in sorted({ticket.service for ticket in day.tickets}):
        plain = _plain(name)[:36] or "service"
        taken = set(ids.values())
        ids[name] = next(
            wanted
            for n in range(len(ids) + 1)
            if (wanted := plain if not n else f"{plain}-{n}") not in taken
        )
    return ids


def _plain(text: str) -> str:
    return _UNFIT.sub("-", text).strip("-._")


def _check_days(folder: Path, day: LoggedDay) -> None:
    store = folder / "store" / "office.db"
    if not store.exists():
        return
    with open_history(store) as history:
        days = history.days()
    if days and max(days) >= day.day:
        raise ConfigError(
            f"{folder}: has the day {max(days)} already and time runs forward only; "
            "replay a later day or into a new folder"
        )


def _seats(config: Path, file: OfficeFile, services: dict[str, str]) -> list[Seat]:
    """The counters of an existing office, with the services as the log calls them."""
    office = file.to_office()
    offered = {s for counter in office.counters.values() for s in _served(counter.profile)}
    for wanted in services.values():
        if wanted not in offered:
            near = difflib.get_close_matches(wanted, sorted(offered), n=1, cutoff=0.0)
            raise ConfigError(
                f"{config}: no counter serves '{wanted}' of the log; the nearest is "
                f"'{near[0]}'. Replay into a new folder to get an office made for the log"
            )
    return [
        Seat(
            number,
            counter.name_vi,
            [name for name, wanted in services.items() if counter.serves(wanted)],
        )
        for number, counter in sorted(office.counters.items())
    ]


def _served(profile: tuple[Any, ...]) -> list[str]:
    return [entry.service for entry in profile]


def office_toml(day: LoggedDay, plan: Plan, services: dict[str, str]) -> str:
    """The configuration of an office that fits the log.

    Raises:
        ConfigError: more services or counters than an office can have.
    """
    letters = string.ascii_uppercase
    if len(services) > len(letters):
        raise ConfigError(
            f"{len(services)} services on this day, but a ticket has one letter from A to Z: "
            "it is what people read, the voice says and a sign of four digits shows"
        )
    if len(plan.seats) > MOST_COUNTERS:
        raise ConfigError(f"{len(plan.seats)} counters on this day; an office has {MOST_COUNTERS}")
    name = day.office or "log"
    body = {
        "office": {
            "id": _plain(name).lower()[:40].strip("-._") or "log",
            "name_vi": f"Phát lại: {name}",
            "name_en": f"Replay: {name}",
            "sessions": [_session(plan.steps)],
        },
        "services": [
            {"id": wanted, "letter": letter, "name_vi": known, "name_en": known}
            for letter, (known, wanted) in zip(letters, services.items(), strict=False)
        ],
        "counters": [_counter(seat, services) for seat in plan.seats] or [_only(services)],
        "devices": [
            {"id": "kiosk-1", "role": "kiosk"},
            {"id": "display-1", "role": "display"},
            {"id": "board-1", "role": "manager"},
        ],
    }
    return f"# Made by motcua replay for {name} {day.day}.\n\n{tomlkit.dumps(body)}"


def _session(steps: list[Step]) -> dict[str, Any]:
    """A log knows no opening hours, so every wait counts from the arrival."""
    first, last = steps[0].at, steps[-1].at
    end = last.time().replace(hour=23, minute=59, second=59, microsecond=0)
    if last.hour < end.hour:
        end = last.time().replace(hour=last.hour + 1, minute=0, second=0, microsecond=0)
    return {"start": first.time().replace(minute=0, second=0, microsecond=0), "end": end}


def _counter(seat: Seat, services: dict[str, str]) -> dict[str, Any]:
    served = [services[name] for name in seat.services]
    name = seat.name or f"{seat.services[0]} · {seat.number}"
    return {"number": seat.number, "name_vi": name, "name_en": name, "services": served}


def _only(services: dict[str, str]) -> dict[str, Any]:
    """Nobody was ever called: one counter, because an office has one."""
    return {"number": 1, "services": list(services.values())}
