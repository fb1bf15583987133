"""`motcua rules`: try calling rules on a day that was, before they are chosen."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import click
from rich.console import Console

from queue_server.adapters.sqlite_history import open_history
from queue_server.adapters.sqlite_reader import SqliteReader
from queue_server.cli.options import DATA
from queue_server.cli.rules_table import as_dict, show
from queue_server.config.office_file import OfficeFile
from queue_server.contracts.config_file import ConfigError, read_config
from queue_server.contracts.views import Words
from queue_server.domain.office import Office
from queue_server.use_cases.past_day import PastDay, past_day, with_priority
from queue_server.use_cases.rule_choices import Choice, choices, sentence
from queue_server.use_cases.try_rules import RuleFigures, as_it_was, try_rules

Tried = tuple[Words, RuleFigures]


@click.group()
def rules() -> None:
    """Calling rules."""


@rules.command(name="try")
@DATA
@click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Which day; the last complete one by default.",
)
@click.option(
    "--config",
    metavar="NEW.toml",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Compare this configuration with the present one instead of the usual rules.",
)
@click.option(
    "--assume-priority",
    metavar="SHARE",
    type=click.FloatRange(0, 1),
    help="Pretend that this share of the people, evenly spread, had priority.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def try_(
    data: Path,
    day: datetime | None,
    config: Path | None,
    assume_priority: float | None,
    *,
    as_json: bool,
) -> None:
    """Play a past day of DIR again with other rules and compare the waits."""
    past = read_past(data, day.date() if day is not None else None)
    if assume_priority is not None:
        past = with_priority(past, assume_priority)
    was: Tried = (Words(vi="Đã diễn ra", en="As it was"), as_it_was(past))
    tried = [(choice.words, try_rules(past, choice.office)) for choice in _wanted(past, config)]
    if as_json:
        body = [as_dict(*one) for one in (was, *tried)]
        click.echo(json.dumps({"date": past.day.isoformat(), "rules": body}, ensure_ascii=False))
        return
    show(Console(), past, [was, *tried])
    if config is not None:
        words = sentence(past.day, tried[-1][1])
        click.echo(f"\n{words.vi}\n{words.en}")


def _wanted(past: PastDay, config: Path | None) -> list[Choice]:
    if config is None:
        return choices(past.office)
    new: Office = read_config(config, OfficeFile).to_office()
    present = choices(past.office)[0]
    return [present, Choice(Words(vi=f"Mới: {config.name}", en=f"New: {config.name}"), new)]


def read_past(data: Path, day: date | None) -> PastDay:
    """A past day of the office in `data`; the last one that is over, or the only one.

    Raises:
        ConfigError: the store has no such day.
        StoreUnavailable: it cannot be read.
    """
    store = data / "store" / "office.db"
    if not store.exists():
        raise ConfigError(f"{data}: there is no store here; rules are tried on a day that was")
    with open_history(store) as history:
        days = list(history.days())
    if not days:
        raise ConfigError(f"{data}: nothing has happened here yet")
    if day is None:
        day = days[-2] if len(days) > 1 else days[-1]
    if day not in days:
        raise ConfigError(f"{data}: has no day {day}; it has {days[0]} to {days[-1]}")
    return past_day(day, (stored.event for stored in SqliteReader(store).of_day(day)))
