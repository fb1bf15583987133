"""A flatbed scanner's folder as a camera: the newest picture that lies in it, read into memory."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from kiosk.use_cases.camera_ports import CameraFault
from kiosk.use_cases.scan_ports import Picture

KINDS = frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff"})
MOST_BYTES = 40_000_000
MOST_PIXELS = 40_000_000
NOTHING = "Chưa có trang nào từ máy quét, bấm nút trên máy quét / no page from the scanner yet: {}"
UNREADABLE = "Tệp từ máy quét không phải hình / the scanner's file is no picture: {}"


class PictureFolder:
    """Reads what the scanner wrote last; the file itself is left to the scanner's own tidying."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def open(self) -> None:
        """See whether the folder is there.

        Raises:
            CameraFault: it is not.
        """
        if not self._folder.is_dir():
            raise CameraFault(NOTHING.format(self._folder))

    def frame(self) -> Picture:
        """The newest picture: height x width x 3 bytes of red, green, blue.

        Raises:
            CameraFault: there is none, or it is none that may be read.
        """
        try:
            found = [one for one in self._folder.iterdir() if one.suffix.lower() in KINDS]
            newest = max(found, key=lambda one: (one.stat().st_mtime_ns, one.name))
            large = newest.stat().st_size > MOST_BYTES
            read = None if large else np.frombuffer(newest.read_bytes(), np.uint8)
        except (OSError, ValueError):
            raise CameraFault(NOTHING.format(self._folder)) from None
        picture = None
        if read is not None and len(read):
            try:
                picture = cv2.imdecode(read, cv2.IMREAD_COLOR)
            except cv2.error:
                picture = None
        if picture is None or picture.shape[0] * picture.shape[1] > MOST_PIXELS:
            raise CameraFault(UNREADABLE.format(newest.suffix))
        return cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)

    def close(self) -> None:
        """Nothing is held open."""
