"""The public display shows each call at once, once, and finds back after a restart."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser import office_samples as samples
from tests.browser.stub_server import StubOffice

pytestmark = pytest.mark.browser

NOW = ".now .number:not(.counter)"


def test_a_call_appears_with_its_counter_and_breathes_once(page: Page, office: StubOffice) -> None:
    page.goto(f"{office.url}/display")
    expect(page.locator(NOW)).to_have_text("B058")
    assert page.locator(".now.fresh").count() == 0
    office.show(samples.display(41, [samples.call(41, "A032", 4)]))
    expect(page.locator(NOW)).to_have_text("A032")
    expect(page.locator(".now .number.counter")).to_have_text("4")
    expect(page.locator(".now")).to_have_class("now fresh")
    count = page.locator(".now").evaluate("e => getComputedStyle(e).animationIterationCount")
    assert count == "1"


def test_what_is_not_a_call_does_not_move_the_call(page: Page, office: StubOffice) -> None:
    page.goto(f"{office.url}/display")
    expect(page.locator(NOW)).to_have_text("B058")
    longer = samples.services()[0].model_copy(update={"waiting": 8})
    office.show(samples.display(41).model_copy(update={"services": [longer]}))
    # As a list, it waits until one line is left; a single text would refuse the six of before.
    expect(page.locator(".lines .waiting")).to_have_text(["8"])
    assert page.locator(".now.fresh").count() == 0


def test_the_last_five_hold_each_number_once(page: Page, office: StubOffice) -> None:
    page.goto(f"{office.url}/display")
    numbers = page.locator(".before .number")
    expect(numbers).to_have_text(["A031", "A030", "C012", "B057", "D009"])


def test_a_call_again_is_said_to_be_one(page: Page, office: StubOffice) -> None:
    office.show(samples.display(41, [samples.call(41, "A031", 1, recall=True)]))
    page.goto(f"{office.url}/display")
    expect(page.locator(NOW)).to_have_text("A031")
    expect(page.locator(".now .again")).to_have_text("Gọi lại")
    expect(page.locator(".before .number")).to_have_text(["B058", "A030", "C012", "B057", "D009"])


def test_an_older_snapshot_changes_nothing(page: Page, office: StubOffice) -> None:
    page.goto(f"{office.url}/display")
    office.show(samples.display(50, [samples.call(50, "A040", 1)]))
    expect(page.locator(NOW)).to_have_text("A040")
    office.show(samples.display(49, [samples.call(49, "A039", 2)]))
    office.show(samples.display(51, [samples.call(51, "A041", 3)]))
    expect(page.locator(NOW)).to_have_text("A041")
    shown = page.evaluate("document.querySelector('.before').textContent")
    assert "A039" not in shown


def test_the_display_is_right_again_after_a_restart(page: Page, office: StubOffice) -> None:
    page.goto(f"{office.url}/display")
    expect(page.locator(NOW)).to_have_text("B058")
    office.stop()
    expect(page.locator(".link-notice p")).to_contain_text("Mất kết nối. Số liệu lúc")
    expect(page.locator(NOW)).to_have_text("B058")
    # A server restored from a backup counts from a smaller number: the page must believe it.
    office.show(samples.display(12, [samples.call(99, "C020", 2)]))
    office.start()
    expect(page.locator(NOW)).to_have_text("C020", timeout=20_000)
    expect(page.locator(".link-notice p")).to_have_count(0)


def test_the_other_language_is_one_press_away_and_remembered(
    page: Page, office: StubOffice
) -> None:
    page.goto(f"{office.url}/display")
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    page.get_by_role("button", name="English").click()
    expect(page.locator("header h1")).to_have_text("Phú Khương Ward Public Service Centre")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.reload()
    expect(page.locator(".lines .name").first).to_have_text("Civil status")


@pytest.mark.parametrize("size", [(1920, 1080), (1280, 720), (1080, 1920)])
def test_every_word_is_on_the_screen(page: Page, office: StubOffice, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"{office.url}/display")
    expect(page.locator(".lines li")).to_have_count(6)
    page.evaluate("document.fonts.ready")
    outside = page.evaluate(
        """() => {
          const box = (one) => document.querySelector(one).getBoundingClientRect();
          const floor = box("footer").top;
          return [...document.querySelectorAll("main p, main li, main li *, main h2")]
            .filter((e) => e.textContent.trim())
            .filter((e) => {
              const r = e.getBoundingClientRect();
              return r.bottom > floor + 1 || r.right > innerWidth + 1 || r.left < 0;
            })
            .map((e) => e.className + ": " + e.textContent.trim());
        }"""
    )
    assert outside == []


def test_ten_services_take_turns(page: Page, office: StubOffice) -> None:
    many = [*samples.services(), *samples.services()[:4]]
    office.show(samples.display().model_copy(update={"services": many}))
    page.clock.install()
    page.goto(f"{office.url}/display")
    expect(page.locator(".lines li")).to_have_count(5)
    first = page.locator(".lines .turn").text_content()
    page.clock.run_for(12_000)
    expect(page.locator(".lines .turn")).not_to_have_text(first or "")
