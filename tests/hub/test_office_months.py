"""Offices side by side: counted from their events, with the number each figure stands on."""

from __future__ import annotations

import asyncio
import csv
from datetime import date
from io import StringIO
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner, Result

from queue_server.cli.hub import hub
from queue_server.hub.adapters.postgres_city import PostgresCity
from queue_server.hub.adapters.postgres_months import PostgresMonths
from queue_server.hub.bootstrap.relay_process import utc_now
from queue_server.hub.use_cases.city_months import compare
from queue_server.hub.use_cases.collect import take
from queue_server.hub.use_cases.office_months import (
    LEAST,
    Counted,
    Share,
    as_rows,
    month_of,
)
from tests.hub import made_up_city
from tests.hub.scene import Scene

pytestmark = pytest.mark.hub


async def test_a_month_is_counted_as_the_offices_lived_it(scene: Scene) -> None:
    office, other = scene.office(), scene.office("khac")
    office.visits(40)
    other.visits(3)
    for one in (office, other):
        scene.relay(one)
    scene.collector()
    await scene.until_has(office)
    await scene.until_has(other)
    few, many = await compare(PostgresMonths(scene.dsn), date(2026, 5, 1), utc_now())
    assert (few.office, many.office) == ("khac", "phuong-mau")
    assert (many.days, many.tickets_a_day, many.mean_wait_min.whole) == (1, 40, 40)
    # Everybody came and was called a minute later.
    assert many.mean_wait_min.value == pytest.approx(1.0)
    assert many.over_15.value == 0
    assert few.mean_wait_min.whole == 3
    assert few.mean_wait_min.value is None
    assert await compare(PostgresMonths(scene.dsn), date(2026, 6, 1), utc_now()) == []


def counted(**more: int) -> Counted:
    told = dict.fromkeys(
        (
            *("days", "tickets", "called", "waited_min", "over_15", "over_30", "no_shows"),
            *("ratings", "good_ratings", "filed", "filed_reusing", "filed_online"),
            *("supplements", "finished", "in_time", "visits_finished", "disliked", "complaints"),
        ),
        0,
    )
    return Counted(office="a", **(told | more))


def test_too_few_cases_are_no_figure() -> None:
    assert Share(LEAST - 1, LEAST - 1).value is None
    assert Share(LEAST / 2, LEAST).value == 0.5
    line = month_of(counted(days=2, finished=40, in_time=30, filed=10, filed_reusing=10))
    head, row = as_rows([line])
    told = dict(zip(head, row, strict=True))
    assert (told["in_time"], told["in_time_n"]) == ("0.7500", "40")
    assert (told["reused"], told["reused_n"]) == ("", "10")


def test_the_commands_of_a_hub(dsn: str, tmp_path: Path) -> None:
    config, offices, table = (tmp_path / n for n in ("hub.toml", "offices.csv", "months.csv"))
    (tmp_path / "dsn").write_text(dsn)
    (tmp_path / "dsn").chmod(0o600)
    config.write_text('[cluster]\nservers = ["nats://127.0.0.1:4222"]\n[city]\ndsn_file = "dsn"\n')
    offices.write_text("id,province,name_vi,latitude,longitude\nvp-0000,92,Phường Một,10,105.8\n")
    said = told("offices", config, str(offices))
    assert (said.exit_code, said.output) == (0, "1 offices listed\n")
    asyncio.run(settle(dsn))
    assert told("compare", config, "--month", "2026-05", "--out", str(table)).exit_code == 0
    head, row = csv.reader(StringIO(table.read_text("utf-8-sig")))
    assert (head[0], row[0], row[1]) == ("office", "vp-0000", "1")
    assert told("status", config).exit_code == 0
    refused = told("accept", config, "vp-0000")
    assert "nothing is set aside" in str(refused.exception)
    offices.write_text("id,province,name_vi\nvp-0000,9,Phường Một\n")
    assert f"{offices}:2: province" in str(told("offices", config, str(offices)).exception)


def told(command: str, config: Path, *more: str) -> Result:
    return CliRunner().invoke(hub, [command, "--config", str(config), *more])


async def settle(dsn: str) -> None:
    (listed,) = made_up_city.listed(1)
    store = PostgresCity(dsn)
    await take(store, made_up_city.received(listed, Random(3)))
    await store.close()
