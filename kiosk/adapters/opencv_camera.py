"""A USB camera by OpenCV: opened for one look, closed after it; frames exist in memory only."""

from __future__ import annotations

import os
from typing import Any, Literal

import cv2

from kiosk.use_cases.camera_ports import CameraFault

WAIT_S = "1"
GONE = "Máy ảnh không có hoặc đang bận, xem dây USB / no camera, check its USB cable: {}"
SILENT = "Máy ảnh không cho hình, rút ra cắm lại / camera gives no picture, plug it in again: {}"


class OpencvCamera:
    """One device; `device` is a path, a number or, for tests, a film."""

    def __init__(
        self, device: str, size: tuple[int, int], colours: Literal["bgr", "rgb"] = "bgr"
    ) -> None:
        """Nothing is opened here.

        Args:
            device: `/dev/video0`, `/dev/motcua/camera-1`, or `0`.
            size: wanted width and height; the driver takes what is nearest.
            colours: the order in which this driver gives them; most give blue first.
        """
        self._device = device
        self._size = size
        self._turn = cv2.COLOR_BGR2RGB if colours == "bgr" else None
        self._capture: Any = None
        # A camera that hangs must not outlive a withdrawal by ten seconds.
        os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", WAIT_S)
        os.environ.setdefault("OPENCV_LOG_LEVEL", "SILENT")

    def open(self) -> None:
        """Take the device.

        Raises:
            CameraFault: it is not there, or somebody else has it.
        """
        number = self._device.isdecimal()
        try:
            self._capture = cv2.VideoCapture(int(self._device) if number else self._device)
        except cv2.error:
            self._capture = None
        if self._capture is None or not self._capture.isOpened():
            self.close()
            raise CameraFault(GONE.format(self._device))
        self._capture.set(cv2.CAP_PROP_FRAME_WIDTH, self._size[0])
        self._capture.set(cv2.CAP_PROP_FRAME_HEIGHT, self._size[1])
        # Only the newest picture: an older one was taken before the person was asked.
        self._capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)

    def frame(self) -> Any:
        """One picture: height x width x 3 bytes of red, green, blue.

        Raises:
            CameraFault: it was unplugged, or gives nothing.
        """
        try:
            well, found = self._capture.read() if self._capture is not None else (False, None)
        except cv2.error:
            well, found = False, None
        if not well or found is None:
            raise CameraFault(SILENT.format(self._device))
        return found if self._turn is None else cv2.cvtColor(found, self._turn)

    def close(self) -> None:
        """Let the device go; harmless when it is closed."""
        capture, self._capture = self._capture, None
        if capture is not None:
            capture.release()
