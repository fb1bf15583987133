"""Photographs every page in every mode: `python -m tests.browser.pictures OUT`."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser
from pydantic import BaseModel

from queue_server.web.bundle import build
from tests.browser import console_samples, manager_samples
from tests.browser import office_samples as samples
from tests.browser.chromium import chromium, sign_in
from tests.browser.stub_server import FOLLOW_CODE, StubOffice
from tests.fakes.report_sample import sample_report

FOLLOW = f"/t/{FOLLOW_CODE}"


class Shot(NamedTuple):
    """One picture: a page at a size, signed in, after the office showed `view`."""

    address: str
    size: tuple[int, int]
    signed_in: bool = True
    view: Callable[[], BaseModel] = samples.board


def _empty() -> BaseModel:
    return samples.display().model_copy(update={"calls": [], "notice": None})


def _wall(turn: int = 0) -> BaseModel:
    """Ten services on a wall: their lines, or in the second turn the course of the day."""
    return samples.in_turn(samples.large_board(), turn)


HALL, DESK, PHONE = (1920, 1080), (1440, 900), (390, 844)
LAPTOP, TABLET = (1366, 768), (1024, 768)
SHOTS = {
    "display": Shot("/display", HALL),
    "display-en": Shot("/display?lang=en", HALL),
    "display-720": Shot("/display", (1280, 720)),
    "display-portrait": Shot("/display", (1080, 1920)),
    "display-contrast": Shot("/display?theme=contrast", HALL),
    "display-empty": Shot("/display", HALL, view=_empty),
    "board": Shot("/board?theme=light", DESK),
    "board-dark": Shot("/board?theme=dark", DESK),
    "board-contrast": Shot("/board?theme=contrast", DESK),
    "board-en": Shot("/board?theme=light&lang=en", (1280, 800)),
    "board-over": Shot("/board?theme=light", DESK, view=lambda: samples.board(41, 31.4)),
    "board-morning": Shot("/board?theme=light", DESK, view=lambda: samples.board(41, None)),
    "board-wall": Shot("/board?wall=1&theme=dark", HALL, view=_wall),
    "board-wall-few": Shot(
        "/board?wall=1&theme=light", HALL, view=lambda: samples.in_turn(samples.board(), 0)
    ),
    "board-wall-many": Shot(
        "/board?wall=1&theme=dark",
        HALL,
        view=lambda: samples.in_turn(samples.large_board(17, 25), 0),
    ),
    "board-wall-outlook": Shot("/board?wall=1&theme=dark", HALL, view=lambda: _wall(1)),
    "board-laptop": Shot("/board?theme=light", LAPTOP),
    "board-hall": Shot("/board?theme=light", HALL),
    "board-phone": Shot("/board?theme=light", PHONE),
    "board-phone-first": Shot("/board?theme=light", (390, 1400)),
    "console": Shot("/counter/3?theme=light", LAPTOP),
    "console-dark": Shot("/counter/3?theme=dark", LAPTOP),
    "console-contrast": Shot("/counter/3?theme=contrast&lang=en", LAPTOP),
    "console-called": Shot("/counter/3?theme=light", LAPTOP, view=console_samples.called),
    "console-free": Shot("/counter/3?theme=light", LAPTOP, view=console_samples.free),
    "console-tablet": Shot("/counter/3?theme=light", TABLET),
    "console-tablet-dark": Shot("/counter/3?theme=dark", TABLET, view=console_samples.called),
    "console-phone": Shot("/counter/3?theme=light", PHONE),
    "console-phone-dark": Shot("/counter/3?theme=dark", PHONE, view=console_samples.called),
    "rating": Shot("/rate/3?theme=light", TABLET, view=manager_samples.tablet),
    "rating-rest": Shot("/rate/3?theme=dark", TABLET, view=lambda: manager_samples.tablet(None)),
    "rating-phone": Shot("/rate/3?theme=light", PHONE, view=manager_samples.tablet),
    "reports": Shot("/reports?theme=light", HALL),
    "reports-laptop": Shot("/reports?theme=light&lang=en", LAPTOP),
    "reports-dark": Shot("/reports?theme=dark", LAPTOP),
    "reports-phone": Shot("/reports?theme=light", PHONE),
    "offices": Shot("/offices?theme=light", LAPTOP),
    "offices-dark": Shot("/offices?theme=dark", LAPTOP),
    "offices-phone": Shot("/offices?theme=light", PHONE),
    "sign-in": Shot("/", PHONE, signed_in=False),
    "signed-out": Shot("/board", DESK, signed_in=False),
    "doors": Shot("/?theme=light", PHONE),
    "follow": Shot(f"{FOLLOW}?theme=light", PHONE),
    "follow-dark": Shot(f"{FOLLOW}?theme=dark&lang=en", PHONE),
    "follow-called": Shot(FOLLOW, PHONE, view=lambda: samples.follow(41, "called")),
    "follow-unknown": Shot("/t/somebody-guessed", PHONE),
}


@contextlib.contextmanager
def stub_office() -> Iterator[StubOffice]:
    """A stub server that shows the sample morning."""
    office = StubOffice()
    for view in (samples.board(), samples.display(), samples.follow(), console_samples.console()):
        office.show(view)
    office.show(manager_samples.tablet())
    office.fixed = console_samples.fixed()
    office.fixed["reports/month"] = sample_report().model_dump(mode="json")
    office.fixed["brand"] = samples.BRAND.model_dump(mode="json")
    office.fixed["offices"] = manager_samples.offices()
    office.start()
    try:
        yield office
    finally:
        office.stop()


def shoot(browser: Browser, shot: Shot, out: Path, scale: float = 1) -> None:
    """Write one PNG, from a fresh office and a fresh browser profile; `scale` below 1: smaller."""
    width, height = shot.size
    context = browser.new_context(
        viewport={"width": width, "height": height}, device_scale_factor=scale
    )
    with stub_office() as office:
        office.show(shot.view())
        if shot.signed_in:
            sign_in(context, office.url)
        page = context.new_page()
        page.goto(office.url + shot.address)
        page.wait_for_selector("main *:visible, .link-notice p:not(.calm)")
        page.evaluate("document.fonts.ready")
        page.screenshot(path=out, full_page=shot.size == PHONE)
        context.close()


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    build()
    with chromium() as opened:
        for name, one in SHOTS.items():
            shoot(opened, one, folder / f"{name}.png")
