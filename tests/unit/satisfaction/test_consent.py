"""Consent and its withdrawal: camera and lamp in the right order, whatever breaks."""

from __future__ import annotations

import os
import socket
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.adapters.consent_door import ConsentDoor
from kiosk.adapters.consent_line import ConsentLine
from kiosk.adapters.led_file import LedFile
from kiosk.adapters.opencv_camera import OpencvCamera
from kiosk.use_cases.camera_ports import Answer, CameraFault, Look, Rate
from kiosk.use_cases.look_with_consent import WITHDRAWN, LookTimes, LookWithConsent
from tests.fakes.camera_parts import FakeCamera, FakeJudge, FakeLamp, Record, counting


def look(camera: FakeCamera, lamp: FakeLamp, judge: FakeJudge) -> LookWithConsent:
    return LookWithConsent(camera, lamp, judge, counting(0.1), LookTimes(10, 0))


def test_the_lamp_is_lit_before_and_dark_after() -> None:
    record = Record()
    judged = look(FakeCamera(record), FakeLamp(record), FakeJudge())(threading.Event())
    assert judged.smile == 0.9
    assert record.steps == ["lit", "open", "frame", "frame", "frame", "close", "dark"]


def test_a_withdrawal_ends_it_and_nothing_is_counted() -> None:
    record, withdrawn = Record(), threading.Event()
    camera = FakeCamera(record)
    judge = FakeJudge(enough=1000)
    frame = camera.frame

    def second() -> int:
        if camera.given == 1:
            withdrawn.set()
        return frame()

    camera.frame = second  # type: ignore[method-assign]  # the citizen withdraws meanwhile
    judged = look(camera, FakeLamp(record), judge)(withdrawn)
    assert (judged.smile, judged.unknown) == (None, WITHDRAWN)
    assert record.steps == ["lit", "open", "frame", "frame", "close", "dark"]


def test_who_never_agreed_is_never_looked_at() -> None:
    record, withdrawn = Record(), threading.Event()
    withdrawn.set()
    judged = look(FakeCamera(record), FakeLamp(record), FakeJudge())(withdrawn)
    assert judged.unknown == WITHDRAWN
    assert "frame" not in record.steps


def test_ten_seconds_are_the_end() -> None:
    record = Record()
    camera = FakeCamera(record)
    judge = FakeJudge(smile=None, enough=10**6)
    LookWithConsent(camera, FakeLamp(record), judge, counting(0.5), LookTimes(600, 0))(
        threading.Event()
    )
    assert camera.given <= 20
    assert record.steps[-2:] == ["close", "dark"]


@pytest.mark.parametrize("fault", ["missing", "unplugged"])
def test_without_a_picture_everything_is_closed(fault: str) -> None:
    record = Record()
    with pytest.raises(CameraFault):
        look(FakeCamera(record, fault), FakeLamp(record), FakeJudge())(threading.Event())
    assert record.steps[-2:] == ["close", "dark"]


def test_without_a_lamp_the_camera_stays_closed() -> None:
    record = Record()
    lamp = FakeLamp(record, broken=True)
    with pytest.raises(CameraFault, match="lamp"):
        look(FakeCamera(record), lamp, FakeJudge())(threading.Event())
    assert record.steps == ["close"]


def test_a_lamp_of_the_kernel_is_a_file(tmp_path: Path) -> None:
    path = tmp_path / "brightness"
    path.write_text("0")
    lamp = LedFile(path)
    lamp.show(on=True)
    assert path.read_text() == "1"
    lamp.show(on=False)
    assert path.read_text() == "0"
    with pytest.raises(CameraFault, match="Đèn"):
        LedFile(tmp_path / "none" / "brightness").show(on=True)


@pytest.mark.parametrize("device", ["/dev/motcua/no-such-camera", "97"])
def test_no_camera_is_one_plain_line(device: str) -> None:
    camera = OpencvCamera(device, (640, 480))
    with pytest.raises(CameraFault, match="no camera"):
        camera.open()
    with pytest.raises(CameraFault, match="no picture"):
        camera.frame()
    camera.close()


class Visits:
    """What a door did: looks wait until they are let go or withdrawn."""

    def __init__(self) -> None:
        self.record = Record()
        self.let_go = threading.Event()
        self.ratings: list[int] = []

    def begin(self) -> tuple[Look, Rate]:
        return self._look, self._rate

    def _look(self, withdrawn: threading.Event) -> Answer:
        self.record.note("looking")
        while not withdrawn.wait(0.01) and not self.let_go.is_set():
            pass
        self.record.note("withdrawn" if withdrawn.is_set() else "looked")
        return {"state": "counted"}

    def _rate(self, rating: int) -> None:
        self.ratings.append(rating)
        self.record.note("rated")


@pytest.fixture
def visits() -> Visits:
    return Visits()


@pytest.fixture
def door(tmp_path: Path, visits: Visits) -> Iterator[Path]:
    path = tmp_path / "c.sock"
    one = ConsentDoor(path, visits.begin)
    one.start()
    yield path
    one.close()
    assert not path.exists()


def test_to_connect_is_to_agree_and_to_rate_comes_after(door: Path, visits: Visits) -> None:
    visits.let_go.set()
    line = ConsentLine(door)
    assert line.agree() == "counted"
    line.rate(4)
    visits.record.until("rated")
    assert visits.ratings == [4]
    line.withdraw()
    assert stat.S_IMODE(door.stat().st_mode) == 0o660


def test_to_close_is_to_withdraw_at_once(door: Path, visits: Visits) -> None:
    line = ConsentLine(door)
    answers: list[str] = []
    waiting = threading.Thread(target=lambda: answers.append(line.agree()))
    waiting.start()
    visits.record.until("looking")
    line.withdraw()
    visits.record.until("withdrawn")
    waiting.join(20)
    assert answers
    assert answers[0] in {"withdrawn", "fault"}


def test_a_kiosk_that_dies_withdraws(door: Path, visits: Visits) -> None:
    with socket.socket(socket.AF_UNIX) as dying:
        dying.connect(str(door))
        visits.record.until("looking")
    visits.record.until("withdrawn")


def test_two_people_at_once_are_refused(door: Path, visits: Visits) -> None:
    with socket.socket(socket.AF_UNIX) as first:
        first.connect(str(door))
        visits.record.until("looking")
        assert ConsentLine(door).agree() == "busy"


def test_nonsense_on_the_line_is_nothing(door: Path, visits: Visits) -> None:
    visits.let_go.set()
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(str(door))
        assert b"counted" in line.recv(100)
        line.sendall(b'nonsense\n[1]\n{"rating": "x"}\n{"rating": 2}\n')
        visits.record.until("rated")
    assert visits.ratings == [2]


def test_without_a_camera_process_the_kiosk_gets_an_answer(tmp_path: Path) -> None:
    assert ConsentLine(tmp_path / "none.sock").agree() == "fault"


def test_closing_the_door_lets_go_of_who_is_there(tmp_path: Path, visits: Visits) -> None:
    path = tmp_path / "d.sock"
    one = ConsentDoor(path, visits.begin)
    one.start()
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(str(path))
        visits.record.until("looking")
        one.close()
        visits.record.until("withdrawn")
    assert not os.path.lexists(path)
