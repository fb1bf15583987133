"""The city page of a nation in Chromium: first card, a typed search, a chosen service.

Run `python -m tests.benchmarks.bench_city [--offices N] [--runs N]`. Offices are made up, each with
a morning of events in a real PostgreSQL; server, database and browser share the machine, the cache
is empty each time. The last row is what one look at the database costs while nothing happens.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from playwright.sync_api import Browser, sync_playwright

from queue_server.bootstrap.settings import Address
from queue_server.contracts.views import BoardTargets
from queue_server.hub.adapters.city_tables import upgrade
from queue_server.hub.adapters.postgres_board import PostgresBoard
from queue_server.hub.bootstrap.city_process import RunningCity, new_forecast
from queue_server.hub.use_cases.city_board import CityBoard
from tests.benchmarks.figures import Row, machine, spread
from tests.hub import made_up_city
from tests.hub.database import Postgres

SPREAD = 1.5
"""Degrees around Cần Thơ: as wide as a nation's offices are for the map."""
NAMES = len(made_up_city.NAMES)
SERVICE = "Lĩnh vực C"
LOOKS = 50


def visit(browser: Browser, url: str, asked: str) -> tuple[float, float, float]:
    """Seconds from the address until the first card, and until the list answers a search.

    The third: from the choice of a service until the list counts its lines.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    try:
        page = context.new_page()
        began = time.monotonic()
        page.goto(f"{url}/city", wait_until="commit")
        page.locator(".card").first.wait_for()
        card = time.monotonic() - began
        page.get_by_role("searchbox").fill(asked)
        page.locator(".card").first.filter(has_text=asked).wait_for()
        found = time.monotonic() - began
        page.get_by_role("searchbox").fill("")
        said = page.get_by_role("status").filter(has_text="nơi đang mở quầy")
        all_services = said.inner_text()
        chosen = time.monotonic()
        page.get_by_label("Việc cần làm").select_option(SERVICE)
        said.filter(has_not_text=all_services).wait_for()
        return card, found, time.monotonic() - chosen
    finally:
        context.close()


async def idle_looks(dsn: str) -> list[float]:
    """Milliseconds of single looks after the first, which reads everything."""
    reader, taken = PostgresBoard(dsn), list[float]()
    board = CityBoard(reader, new_forecast, "bench", BoardTargets(good_min=15, limit_min=30))
    await board.refresh()
    for _ in range(LOOKS):
        began = time.perf_counter()
        await board.refresh()
        taken.append(1000 * (time.perf_counter() - began))
    await reader.close()
    return taken


def rows(offices: int, runs: int) -> Iterator[Row]:
    """Both figures, each over all runs."""
    listed = made_up_city.listed(offices, SPREAD)
    asked = listed[(offices - 1) // NAMES * NAMES].name.vi.removeprefix("Phường ")
    with Postgres() as postgres:
        dsn = postgres.new_database()
        upgrade(dsn)
        with ThreadPoolExecutor(1) as beside:
            beside.submit(lambda: asyncio.run(made_up_city.settle(dsn, listed))).result()
        targets = BoardTargets(good_min=15, limit_min=30)
        with RunningCity(dsn, Address("127.0.0.1", 0), targets) as city, sync_playwright() as play:
            while not city.city.board.revision:
                time.sleep(0.05)
            browser = play.chromium.launch(executable_path=shutil.which("chromium"))
            taken = [visit(browser, city.url, asked) for _ in range(runs)]
            browser.close()
        looks = asyncio.run(idle_looks(dsn))
    cards, answers, services = zip(*taken, strict=True)
    yield Row(f"city page of {offices:,} offices: first card, s", "", spread(cards, 2))
    what = f"city page of {offices:,} offices: first card, typed, list answers, s"
    yield Row(what, "≤ 1.5", spread(answers, 2))
    what = f"city page of {offices:,} offices: a service chosen, list counts its lines, s"
    yield Row(what, "", spread(services, 2))
    what = f"the board looks while nothing happens at {offices:,} offices, ms"
    yield Row(what, "", spread(looks, 1))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--offices", type=int, default=3300)
    parser.add_argument("--runs", type=int, default=9)
    asked_for = parser.parse_args()
    print(machine())  # noqa: T201 - the answer
    for row in rows(asked_for.offices, asked_for.runs):
        print(row, flush=True)  # noqa: T201 - the answer
