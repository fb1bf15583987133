"""The rating at the kiosk: by number or slip, once, and nothing of it stays on the screen."""

from __future__ import annotations

import pytest

from kiosk.config.kiosk import ScreenSection
from kiosk.domain.words import Language
from kiosk.use_cases.rating_ports import Verdict
from tests.fakes.verdicts import Verdicts
from tests.ui.feedback_walk import FakeConsent
from tests.ui.picture_walk import SIZES, busy_office
from tests.ui.rating_walk import SLIP, press_face, walk
from tests.ui.stage import Stage, stage
from tests.ui.test_fits import FINGER, faults

pytestmark = pytest.mark.kivy


def begun(on: Stage) -> None:
    on.press_words(on.app.locale.say("door_feedback"))
    on.until(lambda: on.screen == "rate")


def test_a_number_that_is_typed_is_rated_and_wiped() -> None:
    office = Verdicts()
    with stage(ratings=office) as on:
        begun(on)
        on.type("B0")
        assert not on.app.root.ids.footer.ids.main.words
        on.type("03")
        on.press_main()
        press_face(on, 5)
        on.press_words("Thái độ")
        on.press_words("Thời gian chờ")
        on.press_words("Thái độ")
        on.press_main()
        on.until(lambda: on.says("Đánh giá đã được ghi nhận."))
        on.press_main()
        on.until(lambda: on.screen == "home")
        begun(on)
        assert on.says("·  ·  ·  ·")
        on.press_back()
        assert on.screen == "home"
    assert office.kept == {"B003": Verdict("B003", 5, ("waiting",))}


def test_a_slip_needs_no_typing_and_what_is_no_slip_is_said() -> None:
    with stage(ratings=Verdicts()) as on:
        begun(on)
        on.scanner.hold("079085123456|||")
        on.until(lambda: on.says("Mã này không phải mã trên phiếu"))
        on.scanner.hold(SLIP)
        on.until(lambda: on.says("Số A012: ông/bà thấy được phục vụ thế nào?"))
        on.press_back()
        assert on.screen == "rate"
        assert on.app.shown.phase == "number"


def test_a_lost_answer_is_asked_again_with_the_same_key_and_a_refusal_with_another() -> None:
    office = Verdicts(away=True)
    with stage(ratings=office) as on:
        begun(on)
        on.type("C001")
        on.press_main()
        press_face(on, 1)
        on.press_main()
        on.until(lambda: on.says("Hệ thống đang kết nối lại."))
        office.away = False
        on.press_main()
        on.until(lambda: on.says("Số này chưa phục vụ xong"))
        assert on.app.shown.phase == "number"
        assert len(set(office.keys)) == 1
        on.type("A012")
        on.press_main()
        on.press_main()
        on.until(lambda: on.says("đến ngay màn hình của lãnh đạo"))
    assert len(set(office.keys)) == 2
    assert office.kept == {"A012": Verdict("A012", 1)}


def test_the_camera_comes_after_the_official_word() -> None:
    with stage(ratings=Verdicts(), smiles=FakeConsent) as on:
        begun(on)
        on.type("A012")
        on.press_main()
        press_face(on, 4)
        on.press_main()
        on.press_words(on.app.locale.say("rate_smile"))
        assert on.says(on.app.locale.say("smile_question"))


@pytest.mark.parametrize(
    ("orientation", "language"), [("portrait", Language.VI), ("landscape", Language.EN)]
)
def test_every_phase_fits(orientation: str, language: Language) -> None:
    screen = ScreenSection(language=language)
    found = {}
    with stage(
        size=SIZES[orientation],
        office=busy_office(),
        screen=screen,
        ratings=Verdicts(),
        smiles=FakeConsent,
    ) as on:
        for shot in walk(on):
            on.frames(4)
            found[shot.name] = list(faults(on, FINGER[orientation]))
    assert len(found) == 5
    assert [f"{name}: {text}" for name, texts in found.items() for text in texts] == []
