"""Codes of devices: once, for a quarter of an hour, the newest alone; nothing half done."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.contracts.enrolment import CLEAR, clear_signs, halves, root_signs, written
from queue_server.use_cases.device_desk import CODE_HOLDS_S, CodeRefused, DeviceDesk, Keys


class CountedKeys:
    """Gives numbered secrets and refuses what says so."""

    def __init__(self) -> None:
        self.given: list[str] = []

    def check(self, request: str) -> None:
        if request == "bad":
            raise ValueError(request)

    def renew(self, device: str, role: str, request: str) -> Keys:
        self.given.append(device)
        return Keys(device, role, f"secret {len(self.given)}", request)

    def end(self, device: str, role: str) -> None:
        self.given.append(f"-{device}/{role}")


class Scene:
    def __init__(self) -> None:
        self.now_s, self.keys = 0.0, CountedKeys()
        self.record: list[str] = []
        codes = iter(f"code {n}" for n in range(9))
        self.desk = DeviceDesk(
            {"kiosk-1": "kiosk"}, self.keys, self._note, lambda: next(codes), lambda: self.now_s
        )

    def _note(self, by: str, device: str, what: str) -> None:
        self.record.append(f"{by} {device} {what}")


def test_a_code_ends_after_a_quarter_of_an_hour() -> None:
    scene = Scene()
    code = scene.desk.code("admin", "kiosk-1")
    scene.now_s = CODE_HOLDS_S + 1
    with pytest.raises(CodeRefused):
        scene.desk.enrol(code, "request")
    assert scene.keys.given == []


def test_a_bad_request_costs_no_code() -> None:
    scene = Scene()
    code = scene.desk.code("admin", "kiosk-1")
    with pytest.raises(ValueError, match="bad"):
        scene.desk.enrol(code, "bad")
    assert scene.desk.enrol(code, "good").secret == "secret 1"
    assert "secret" not in repr(scene.desk.renew("kiosk-1", "good"))


def test_revoking_ends_an_open_code_too() -> None:
    scene = Scene()
    code = scene.desk.code("admin", "kiosk-1")
    scene.desk.revoke("admin", "kiosk-1")
    with pytest.raises(CodeRefused):
        scene.desk.enrol(code, "good")
    assert scene.keys.given == ["-kiosk-1/kiosk"]
    assert scene.record == ["admin kiosk-1 code", "admin kiosk-1 revoked"]


@given(st.binary(min_size=8, max_size=8), st.binary(max_size=40))
def test_a_code_is_read_as_people_type_it(secret: bytes, root: bytes) -> None:
    signs = clear_signs(secret)[:12]
    shown = written(signs + root_signs(root))
    typed = shown.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert halves(typed) == (signs, root_signs(root))
    assert set(shown) <= {*CLEAR, "-"}


@pytest.mark.parametrize("text", ["", "ABCD", "U" * 28, "0" * 29, "ă" * 28])
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="28 signs"):
        halves(text)
