"""Ten seconds in front of the camera, for one person who agreed and may withdraw at any moment.

The lamp is lit before the device is opened and goes dark after it is closed, whatever happens in
between; without a lamp that can be lit the device stays closed.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from threading import Event

from kiosk.use_cases.camera_ports import Camera, CameraFault, Judged, Lamp, SmileJudge

LONGEST_S = 10.0
EVERY_S = 0.3
WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class LookTimes:
    """How long a person is looked at, how often, in seconds; never longer than ten."""

    longest_s: float = LONGEST_S
    every_s: float = EVERY_S


class LookWithConsent:
    """Runs on one thread; only `withdrawn` is set by another."""

    def __init__(
        self,
        camera: Camera,
        lamp: Lamp,
        judge: SmileJudge,
        elapsed: Callable[[], float],
        times: LookTimes | None = None,
    ) -> None:
        self._camera = camera
        self._lamp = lamp
        self._judge = judge
        self._elapsed = elapsed
        self._times = times or LookTimes()

    def __call__(self, withdrawn: Event) -> Judged:
        """Look until it is enough, ten seconds are over, or consent is withdrawn.

        Raises:
            CameraFault: no lamp or no picture; camera closed and lamp dark all the same.
        """
        sitting = self._judge.sit()
        try:
            self._lamp.show(on=True)
            self._camera.open()
            until = self._elapsed() + min(self._times.longest_s, LONGEST_S)
            while not withdrawn.is_set() and self._elapsed() < until and not sitting.enough:
                sitting.add(self._camera.frame())
                withdrawn.wait(self._times.every_s)
        finally:
            self._camera.close()
            # A lamp that cannot be put out is told at the next try to light it.
            with suppress(CameraFault):
                self._lamp.show(on=False)
        judged = sitting.judged()
        return Judged(None, WITHDRAWN) if withdrawn.is_set() else judged
