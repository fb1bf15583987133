"""A machine for everybody: answers at once, forgets at once, survives its own faults."""

from __future__ import annotations

import threading

import pytest

from kiosk.config.kiosk import ScreenSection
from kiosk.domain.session import Session, Step
from kiosk.ui.faults import Failures
from kiosk.ui.idle import IdleTimes, IdleWatch
from kiosk.ui.screens.search import SearchScreen
from tests.ui.stage import Stage, stage

pytestmark = pytest.mark.kivy

QUICK = ScreenSection(idle_s=5, warning_s=5, ticket_s=5)


def test_the_touch_is_answered_while_the_server_thinks() -> None:
    with stage() as on:
        on.gateway.open.clear()
        on.app.go(on.app.session.choose_service("CT").want_number())
        on.press_main()
        assert on.says("Đang lấy số cho ông/bà…")
        on.press_bar("en")
        assert on.says("Getting your number…")
        assert not on.app.root.ids.footer.can_go_back
        on.gateway.open.set()
        on.until(lambda: on.screen == "ticket")
        assert on.says("Your number is")


def test_no_slow_work_runs_on_the_thread_of_the_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    threads: set[int] = set()
    with stage() as on:
        for name in ("lines", "reserve", "confirm"):
            asked = getattr(on.gateway, name)

            def noted(*arguments: object, asked: object = asked) -> object:
                threads.add(threading.get_ident())
                return asked(*arguments)  # type: ignore[operator]  # a method of the fake

            monkeypatch.setattr(on.gateway, name, noted)
        on.app._watch()
        on.until(lambda: threads)
        take_number(on)
    assert len(threads) == 1
    assert threading.get_ident() not in threads


def seconds(on: Stage, count: int) -> None:
    for _ in range(count):
        on.app._second(1.0)
    on.frames()


def test_an_absent_citizen_is_asked_then_forgotten() -> None:
    with stage(screen=QUICK) as on:
        on.press_words("Tra cứu thủ tục")
        on.type("khai tu")
        on.press_bar("en")
        seconds(on, 6)
        assert on.says("Still there?")
        assert on.says("This screen clears in 4 seconds.")
        seconds(on, 4)
        assert on.app.session == Session()
        assert not on.says("Still there?")
        assert "khai tu" not in " ".join(everything_said(on))


def test_an_answer_keeps_the_session() -> None:
    with stage(screen=QUICK) as on:
        on.press_words("Lấy số thứ tự")
        seconds(on, 6)
        on.press_words("Tôi còn ở đây")
        assert on.screen == "services"
        assert not on.says("Ông/bà còn ở đây không?")
        seconds(on, 4)
        assert on.screen == "services"


def test_under_the_notice_nothing_can_be_touched() -> None:
    with stage(screen=QUICK) as on:
        on.press_words("Lấy số thứ tự")
        seconds(on, 6)
        on.press_back()
        assert on.screen == "services"


def test_a_ticket_left_on_the_screen_is_wiped() -> None:
    with stage(screen=QUICK) as on:
        take_number(on)
        number = next(iter(on.office.tickets.values())).number
        assert on.says("Xong (5)")
        seconds(on, 2)
        assert on.says("Xong (3)")
        seconds(on, 3)
        assert on.app.session.step is Step.HOME
        assert number not in " ".join(everything_said(on))
        assert on.app.numbers.issued is None


def test_a_screen_that_breaks_does_not_take_the_kiosk_down(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with stage() as on:

        def broken(*_arguments: object) -> None:
            raise RuntimeError("on purpose")

        on.press_words("Tra cứu thủ tục")
        monkeypatch.setattr(SearchScreen, "on_key", broken)
        on.type("k")
        on.until(lambda: on.screen == "sorry")
        assert on.says("Xin lỗi ông/bà, máy vừa gặp trục trặc")
        assert "k" not in on.app.root.ids.screens.get_screen("search").query
        on.press_words("Bắt đầu lại")
        assert on.screen == "home"
        assert [str(error) for error in on.errors] == ["on purpose"]
        assert "a screen broke: RuntimeError at test_public_machine.py" in caplog.text
        assert "on purpose" not in caplog.text, "a message may hold what somebody typed"
        on.errors.clear()
        take_number(on)


def test_a_kiosk_that_keeps_failing_ends_to_be_started_anew(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with stage() as on:
        stopped: list[int] = []
        monkeypatch.setattr(on.app, "stop", lambda: stopped.append(on.app.exit_code))

        def broken(*_arguments: object) -> None:
            raise RuntimeError("on purpose")

        monkeypatch.setattr(SearchScreen, "on_key", broken)
        for _ in range(Failures.MANY):
            on.app.leave()
            on.press_words("Tra cứu thủ tục")
            on.type("k")
            on.frames()
        on.until(lambda: stopped)
        assert stopped == [1]
        assert "the kiosk ends to be started anew" in caplog.text
        on.errors.clear()


def test_work_that_breaks_is_said_and_noted(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with stage() as on:

        def broken(*_arguments: object) -> None:
            raise RuntimeError("on purpose")

        monkeypatch.setattr(on.gateway, "reserve", broken)
        on.app.go(on.app.session.choose_service("CT").want_number())
        on.press_main()
        on.until(lambda: on.screen == "no_number")
        assert on.says("Máy gặp lỗi, đã ghi lại cho cán bộ")
        assert "issuing broke" in caplog.text


def test_thirty_sessions_leave_no_widgets_behind() -> None:
    with stage() as on:
        take_number(on)
        on.app.leave()
        before = sum(1 for _ in on.everything())
        for _ in range(30):
            take_number(on)
            on.app.leave()
        assert sum(1 for _ in on.everything()) == before
    assert len(on.office.tickets) == 31


def test_the_idle_watch_counts_down_and_starts_anew() -> None:
    warned: list[int] = []
    left: list[str] = []
    watch = IdleWatch(IdleTimes(3, 2, 4), warned.append, lambda: left.append("left"))
    for _ in range(4):
        watch.second(on_ticket=False)
    assert (warned, left) == ([2, 1], [])
    watch.touched()
    watch.second(on_ticket=False)
    assert left == []
    for _ in range(4):
        watch.second(on_ticket=False)
    assert left == ["left"]


def take_number(on: Stage) -> None:
    on.app.go(on.app.session.choose_service("CT").want_number())
    on.app.main()
    on.until(lambda: on.screen == "ticket")


def everything_said(on: Stage) -> list[str]:
    """Every text of every widget, also of screens that are not shown."""
    return [getattr(w, "text", "") or "" for w in on.everything()]
