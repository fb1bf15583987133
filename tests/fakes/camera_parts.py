"""A camera, a lamp and models whose every step a test can see."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from kiosk.use_cases.camera_ports import Agreement, CameraFault, Judged, WindowShare


class Record:
    """What happened, in order."""

    def __init__(self) -> None:
        self.steps: list[str] = []
        self.happened = threading.Condition()

    def note(self, step: str) -> None:
        with self.happened:
            self.steps.append(step)
            self.happened.notify_all()

    def until(self, step: str, within_s: float = 20) -> None:
        with self.happened:
            assert self.happened.wait_for(lambda: step in self.steps, within_s), self.steps


class FakeCamera:
    """Gives numbers for frames; `faults` says what breaks."""

    def __init__(self, record: Record, faults: str = "") -> None:
        self._record = record
        self.faults = faults
        self.given = 0

    def open(self) -> None:
        if self.faults == "missing":
            raise CameraFault("no camera")
        self._record.note("open")

    def frame(self) -> Any:
        self.given += 1
        if self.faults == "unplugged" and self.given > 2:
            raise CameraFault("unplugged")
        self._record.note("frame")
        return self.given

    def close(self) -> None:
        self._record.note("close")


class FakeLamp:
    def __init__(self, record: Record, *, broken: bool = False) -> None:
        self._record = record
        self.broken = broken

    def show(self, *, on: bool) -> None:
        if self.broken:
            raise CameraFault("no lamp")
        self._record.note("lit" if on else "dark")


class FakeJudge:
    """Everybody smiles with `smile`; `enough` frames end a sitting."""

    def __init__(self, smile: float | None = 0.9, enough: int = 3) -> None:
        self.smile = smile
        self.frames = enough

    def sit(self) -> _FakeSitting:
        return _FakeSitting(self)

    def smiled(self, smile: float) -> bool:
        return smile > 0.5


class _FakeSitting:
    def __init__(self, judge: FakeJudge) -> None:
        self._judge = judge
        self._seen = 0

    def add(self, frame: Any) -> None:
        del frame
        self._seen += 1

    @property
    def enough(self) -> bool:
        return self._seen >= self._judge.frames

    def judged(self) -> Judged:
        smile = self._judge.smile
        return Judged(smile, None if smile is not None else "no_face")


class FakeLink:
    def __init__(self) -> None:
        self.up = True
        self.told: list[WindowShare] = []
        self.agreements: list[Agreement] = []
        self.reports: list[str] = []

    def start(self) -> None: ...

    def close(self) -> None: ...

    def tell(self, share: WindowShare) -> bool:
        if self.up:
            self.told.append(share)
        return self.up

    def tell_agreement(self, agreement: Agreement) -> bool:
        if self.up:
            self.agreements.append(agreement)
        return self.up

    def report(self, detail: str) -> None:
        self.reports.append(detail)


def counting(step_s: float) -> Callable[[], float]:
    """A clock that goes on by itself at every look."""
    now = [0.0]

    def elapsed() -> float:
        now[0] += step_s
        return now[0]

    return elapsed
