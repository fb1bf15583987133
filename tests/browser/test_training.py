"""Training is seen on every page, stands in the events, and never shares a store with real days."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from queue_server.adapters.sqlite_reader import SqliteReader
from queue_server.bootstrap import RunningOffice
from queue_server.contracts.config_file import ConfigError
from queue_server.demo.training import prepare_training
from queue_server.domain import events as e
from tests.browser.test_quiet_and_readable import AXE
from tests.fakes.offices import new_ward, running, secret_of, signed_in

pytestmark = pytest.mark.browser

WORDS = "ĐÀO TẠO, không có thật · TRAINING, not real"


@pytest.fixture
def school(tmp_path: Path) -> Iterator[RunningOffice]:
    prepare_training(tmp_path / "training", 1)
    with running(tmp_path / "training") as found:
        yield found


def pages(context: BrowserContext, office: RunningOffice) -> Iterator[Page]:
    with signed_in(office, "kiosk-1") as kiosk:
        answer = kiosk.post("/tickets", json={"service": "CT"}, headers={"Idempotency-Key": "k"})
    follow = answer.raise_for_status().json()["follow_url"].removeprefix(office.http_url)
    for device, path in (
        ("board-1", "/display"),
        ("board-1", "/board"),
        ("counter-1", "/counter/1"),
        ("nobody", follow),
    ):
        page = context.new_page()
        signing = f"/?next={path}#key={secret_of(office, device)}" if device != "nobody" else path
        page.goto(office.http_url + signing)
        page.wait_for_url(f"**{path}")
        expect(page.locator("h1").first).to_be_visible()
        yield page


def test_every_page_says_training_and_stays_readable(
    stranger: BrowserContext, school: RunningOffice, tmp_path: Path
) -> None:
    for place, page in enumerate(pages(stranger, school)):
        expect(page.locator(".training-mark")).to_have_text(WORDS)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run().then((r) => r.violations)")
        assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == []
        page.screenshot(path=tmp_path / f"training-{place}.png")


def test_no_page_of_a_real_office_says_it(stranger: BrowserContext, ward: RunningOffice) -> None:
    for page in pages(stranger, ward):
        expect(page.locator(".training-mark")).to_have_count(0)


def test_the_first_event_of_each_day_says_it(school: RunningOffice) -> None:
    with signed_in(school, "kiosk-1") as kiosk:
        kiosk.post("/tickets", json={"service": "CT"}, headers={"Idempotency-Key": "k"})
    reader = SqliteReader(school.settings.data / "store" / "office.db")
    for day in reader.days():
        first, second, *_ = (stored.event for stored in reader.of_day(day))
        assert isinstance(first, e.DayOpened)
        assert isinstance(second, e.OfficeConfigured)
        assert second.office.training


@pytest.mark.parametrize("was_training", [True, False])
def test_real_and_pretended_days_never_share_a_store(tmp_path: Path, *, was_training: bool) -> None:
    folder = tmp_path / "office"
    if was_training:
        prepare_training(folder, 1)
    with running(new_ward(folder)) as office, signed_in(office, "kiosk-1") as kiosk:
        kiosk.post("/tickets", json={"service": "CT"}, headers={"Idempotency-Key": "k"})
    toml = folder / "motcua.toml"
    text = toml.read_text("utf-8")
    if was_training:
        toml.write_text(text.replace("training = true", "training = false"), "utf-8")
    else:
        toml.write_text(text.replace("[office]", "[office]\ntraining = true"), "utf-8")
    kind = "training" if was_training else "real"
    with pytest.raises(ConfigError, match=f"holds {kind} days"), running(folder):
        pass
