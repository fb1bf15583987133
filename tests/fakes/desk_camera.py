"""A document camera in memory: it sees what was laid on its plate."""

from __future__ import annotations

from kiosk.use_cases.camera_ports import CameraFault
from tests.fakes.paper_scenes import Pixels


class DeskCamera:
    """Without a picture laid there it is as if it were unplugged."""

    def __init__(self, plate: Pixels | None = None) -> None:
        self.plate = plate
        self._open = False

    def open(self) -> None:
        if self.plate is None:
            raise CameraFault("no camera")
        self._open = True

    def frame(self) -> Pixels:
        if self.plate is None or not self._open:
            raise CameraFault("no picture")
        return self.plate

    def close(self) -> None:
        self._open = False
