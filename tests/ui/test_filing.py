"""Each of the eight procedures is filed at the kiosk by made-up people, and reaches the clerks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from kiosk.adapters.http_filing import HttpFilingGateway
from kiosk.config.kiosk import ScreenSection
from kiosk.domain.receipt import Receipt
from kiosk.domain.words import Language
from kiosk.use_cases.file_dossier import Fee
from kiosk.use_cases.filing import Held, Place
from kiosk.use_cases.ports import PrinterFault
from queue_server.adapters.clock import SetClock
from queue_server.bootstrap import RunningOffice
from queue_server.contracts.answers import Flaw
from queue_server.contracts.forms import shipped_forms
from tests.fakes.filing_desk import FakeFilings
from tests.fakes.filings import PERSON, answered
from tests.fakes.offices import running, secret_of, signed_in
from tests.fakes.paper_tray import PaperTray
from tests.ports.test_ticket_gateway import http_gateway
from tests.ui.filing_tour import leading_to
from tests.ui.filing_walk import Finger
from tests.ui.picture_walk import SIZES
from tests.ui.stage import NOW, stage
from tests.ui.test_fits import FINGER, faults

pytestmark = pytest.mark.kivy

MARITAL = "1.004873"
CARD = "001190000001||NGUYỄN THỊ THỬ|01021990|Nữ|Số 1, thôn Đông, xã Mẫu|01012021"
SECRETS = (PERSON["name"], PERSON["identity"], PERSON["address"])


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningOffice]:
    with running(tmp_path_factory.mktemp("ward"), SetClock(NOW)) as office:
        yield office


@pytest.mark.parametrize("procedure", sorted(shipped_forms()))
def test_each_procedure_is_filed_without_staff_and_a_clerk_has_it(
    procedure: str, ward: RunningOffice
) -> None:
    """Screens and server are the real ones, the person is made up."""
    form, tray = shipped_forms()[procedure], PaperTray()
    answers = answered(form)
    gateway = http_gateway(ward.http_url, secret_of(ward, "kiosk-1"), read_s=60)
    with (
        stage(filings=HttpFilingGateway(gateway.ask), printer=tray) as on,
        signed_in(ward, "counter-1") as clerk,
    ):
        finger = Finger(on)
        finger.file(procedure, answers)
        (slip,) = tray.printed
        assert isinstance(slip, Receipt)
        assert on.says(slip.number)
        assert not any(secret in repr(slip) for secret in SECRETS)
        on.press_main()
        assert on.screen == "home"
        assert not any(on.says(secret) for secret in SECRETS)
        assert finger.screen._flow.filing is None
        inbox = clerk.get("/dossiers").json()["dossiers"]
        (seen,) = (one for one in inbox if one["procedure"] == procedure)
        assert (seen["code"], seen["state"], seen["channel"]) == (slip.number, "filed", "kiosk")
        assert (seen["kiosk"], seen["assistant"]) == ("kiosk-1", None)
        content = clerk.get(f"/dossiers/{slip.number}/content?reveal=true").json()
        assert content["complete"]
        assert {line["id"]: line["value"]["vi"] for line in content["lines"]} == {
            field.id: field.shown(answers[field.id]).vi for field in form.asked(answers)
        }
        assert [paper["brought"] for paper in content["papers"]][:1] in ([], [True])
    gateway.close()


def test_a_wrong_answer_is_said_in_plain_words_and_mended() -> None:
    with stage(filings=FakeFilings()) as on:
        finger = Finger(on)
        finger.open(MARITAL)
        on.press_main()
        finger.answer(finger.filing.question, "self")
        on.press_main()
        assert on.says("Mục này cần được khai.")
        finger.write("Thử")
        on.press_main()
        assert on.says("Ghi cả họ và tên")
        finger.write("Nguyễn Thị Thử")
        assert not on.says("Ghi cả họ và tên")
        on.press_main()
        finger.write("0011900")
        on.press_main()
        assert on.says("Số định danh có 12 chữ số")


def test_vietnamese_is_typed_with_telex_by_touch() -> None:
    with stage(filings=FakeFilings()) as on:
        finger = Finger(on)
        finger.open(MARITAL)
        on.press_main()
        finger.answer(finger.filing.question, "self")
        on.type("nguyeenx awnf")
        assert on.says("Nguyễn Ằn")


@pytest.mark.parametrize("size", [(540, 960), (640, 400)])
def test_vietnamese_is_typed_with_vni_by_touch_and_without_marks(size: tuple[int, int]) -> None:
    with stage(size=size, filings=FakeFilings()) as on:
        finger = Finger(on)
        finger.open(MARITAL)
        on.press_main()
        finger.answer(finger.filing.question, "self")
        on.press_words("Gõ Telex")
        on.type("nguye6n4")
        assert on.says("Nguyễn")
        on.press_words("Gõ VNI")
        assert on.says("Tắt dấu")
        on.type("as1")
        assert on.says("Nguyễnas1")
        on.app.leave()
        finger.open(MARITAL)
        on.press_main()
        finger.answer(finger.filing.question, "self")
        assert on.says("Gõ Telex"), "the next citizen begins as everybody does"


def test_every_answer_is_saved_and_continued_by_its_code() -> None:
    filings = FakeFilings()
    answers = answered(shipped_forms()[MARITAL])
    with stage(filings=filings) as on:
        finger = Finger(on)
        finger.open(MARITAL)
        on.press_main()
        finger.answer(finger.filing.question, "self")
        finger.answer(finger.filing.question, PERSON["name"])
        on.until(lambda: finger.filing.code and on.says("Mã lưu ABCD 2345"))
        on.until(lambda: "name" in filings.drafts["ABCD2345"].answers)
        on.app.leave()
        on.press(on.app.root.ids.screens.current_screen.ids.filing)
        on.press_main()
        finger.write("abcd2345")
        on.press_main()
        on.until(lambda: finger.screen._flow.filing is not None)
        assert finger.filing.answers["name"] == PERSON["name"]
        assert finger.filing.at == "identity"
        finger.answer_all(answers)
        on.press_main()
        on.press_main()
        on.until(lambda: finger.filing.place is Place.DONE)
        assert next(iter(filings.filed.values())).code == "ABCD2345"


def test_an_unknown_code_is_said_and_asked_again() -> None:
    with stage(filings=FakeFilings()) as on:
        finger = Finger(on)
        on.press(on.app.root.ids.screens.current_screen.ids.filing)
        on.press_main()
        finger.write("zzzz9999")
        on.press_main()
        on.until(lambda: on.says("Không có hồ sơ này"))
        finger.write("abc")
        on.press_main()
        assert on.says("Mã lưu có 8 chữ và số")
        on.press_back()
        assert on.screen == "filings"


def test_a_lost_answer_is_repeated_and_nothing_is_doubled() -> None:
    filings = FakeFilings(loses=True)
    with stage(filings=filings) as on:
        finger = Finger(on)
        finger.open(MARITAL)
        on.press_main()
        finger.answer_all(answered(shipped_forms()[MARITAL]))
        on.press_main()
        on.press_main()
        on.press_main()
        on.until(lambda: on.says("Hệ thống đang kết nối lại"))
        assert finger.filing.place is Place.CONSENT
        on.press_main()
        on.until(lambda: finger.filing.place is Place.DONE)
        assert len(filings.filed) == 1


def test_a_correction_that_came_too_late_is_said() -> None:
    filings = FakeFilings(loses=True, worked_on=True)
    with stage(filings=filings) as on:
        finger = Finger(on)
        finger.open(MARITAL)
        on.press_main()
        finger.answer_all(answered(shipped_forms()[MARITAL]))
        on.press_main()
        on.press_main()
        on.press_main()
        on.until(lambda: on.says("Hệ thống đang kết nối lại"))
        changed = replace(finger.filing, answers={**finger.filing.answers, "copies": "7"})
        finger.screen._flow.go(changed)
        on.press_main()
        on.until(lambda: finger.filing.place is Place.DONE)
        assert on.says("phần sửa chưa được nhận")
        assert len(filings.filed) == 1


def test_the_fee_is_paid_by_code_and_the_screen_says_that_it_came(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kiosk.ui.filing.flow.FEE_AGAIN_S", 0.05)
    filings, tray = FakeFilings(to_pay=Fee(16_000, 0, "00020101")), PaperTray()
    with stage(filings=filings, printer=tray) as on:
        Finger(on).file(MARITAL, answered(shipped_forms()[MARITAL]))
        assert on.says("Quét bằng ứng dụng ngân hàng để nộp 16.000 đ")
        (slip,) = tray.printed
        assert isinstance(slip, Receipt)
        assert (slip.pay_code, slip.due_vnd) == ("00020101", 16_000)
        filings.to_pay = Fee(0, 16_000)
        on.until(lambda: on.says("Đã nhận 16.000 đ"))
        assert not on.says("Quét bằng ứng dụng ngân hàng")
        on.press_main()
        assert on.screen == "home"


def test_papers_that_the_office_holds_are_taken_over_with_consent() -> None:
    power = "Văn bản ủy quyền (người thân, vợ chồng: không cần chứng thực)"
    held = Held(power, "H00.00-260401-0007", date(2026, 9, 28))
    filings = FakeFilings(held=(held,))
    with stage(filings=filings) as on:
        finger = Finger(on)
        finger.open(MARITAL)
        on.press_main()
        finger.answer_all(answered(shipped_forms()[MARITAL]))
        assert on.says("Cơ quan đang giữ giấy tờ của ông/bà?")
        on.press(finger.rows()[0])
        on.until(lambda: on.says("Có 1 giấy tờ dùng lại được"))
        assert on.says("Dùng lại từ H00.00-260401-0007, đến 28/09/2026")
        on.press_main()
        on.press_main()
        on.press_main()
        on.until(lambda: finger.filing.place is Place.DONE)
        ((_, filed),) = filings.filed.items()
        assert filed.source_of(power) == held


def test_without_paper_the_code_is_on_the_screen() -> None:
    filings = FakeFilings()
    tray = PaperTray(PrinterFault.PAPER_OUT)
    with stage(filings=filings, printer=tray) as on:
        Finger(on).file(MARITAL, answered(shipped_forms()[MARITAL]))
        assert on.says("Mã hồ sơ vẫn có hiệu lực")
        assert on.says(next(iter(filings.filed)))


def test_a_line_of_the_review_is_changed_and_leads_back() -> None:
    with stage(filings=FakeFilings()) as on:
        finger = Finger(on)
        finger.open(MARITAL)
        on.press_main()
        finger.answer_all(answered(shipped_forms()[MARITAL]))
        on.press_main()
        (row,) = (row for row in finger.rows() if row.id == "relation")
        on.press(row)
        finger.answer(finger.filing.question, "child")
        # Another person's certificate needs that person's name: it is asked for at once.
        assert finger.filing.at == "person"
        finger.answer_all(answered(shipped_forms()[MARITAL], relation="child"))
        assert finger.filing.place is Place.REVIEW
        on.press_back()
        assert finger.filing.place is Place.PAPERS


def test_a_card_fills_what_it_knows_and_an_assistant_is_noted() -> None:
    filings = FakeFilings()
    with stage(filings=filings) as on:
        finger = Finger(on)
        finger.open(MARITAL)
        on.press_words("Có người hỗ trợ")
        finger.write("doan-01")
        on.press_main()
        assert on.says("Hỗ trợ: doan-01")
        finger.screen.scanned("no card")
        assert on.says("Mã này không phải mã trên thẻ căn cước.")
        finger.screen.scanned(CARD)
        assert not on.says("Mã này không phải")
        assert finger.filing.answers["identity"] == "001190000001"
        finger.answer(finger.filing.question, "self")
        assert on.says("Nguyễn Thị Thử")
        assert finger.filing.assistant == "doan-01"


# English is the longer language on these screens.
@pytest.mark.parametrize("orientation", SIZES)
def test_the_longest_questions_of_every_form_fit(orientation: str) -> None:
    found: dict[str, list[str]] = {}
    screen = ScreenSection(language=Language.EN)
    with stage(size=SIZES[orientation], filings=FakeFilings(), screen=screen) as on:
        finger = Finger(on)
        on.frames()
        found["home"] = list(faults(on, FINGER[orientation]))
        for form in shipped_forms().values():
            known = on.app.backstage.catalogue.procedure(form.procedure)
            assert known is not None
            on.app.leave()
            on.app.go(on.app.session.list_filings())
            on.app.go(on.app.session.file_here(known.service, known.code))
            flow, begun = finger.screen._flow, finger.filing
            full = replace(begun, answers=answered(form), at=form.field[0].id)
            steps = [begun, full.review(), replace(full, place=Place.PAPERS)]
            longest = sorted(form.field, key=lambda field: len(field.model_dump_json()))[-4:]
            steps += [leading_to(begun, field) for field in longest]
            steps.append(replace(leading_to(begun, form.field[-1]), flaw=Flaw.IDENTITY_YEAR))
            for step in steps:
                flow.filing = step
                on.app.render()
                on.frames(1)
                name = f"{form.procedure} {step.place} {step.at}"
                found[name] = list(faults(on, FINGER[orientation]))
    assert [f"{name}: {text}" for name, texts in found.items() for text in texts] == []
