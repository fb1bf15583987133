"""A flatbed scanner's folder as a camera: what it writes is read once and is then gone from disk.

A picture of somebody's paper must not lie there for the next one, so the folder is emptied when
scanning begins and when it ends; in between only the newest picture stands, in memory.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import cv2
import numpy as np

from kiosk.use_cases.camera_ports import CameraFault
from kiosk.use_cases.scan_ports import NothingYet, Picture

log = logging.getLogger(__name__)

KINDS = frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff"})
ENDS = {".jpg": b"\xff\xd9", ".jpeg": b"\xff\xd9", ".png": b"IEND\xaeB`\x82"}
"""How a whole file ends, where its kind says so; before that it is still being written."""
MOST_BYTES = 40_000_000
MOST_PIXELS = 40_000_000
CLOSED = "Máy quét chưa được mở / the scanner's folder is not open, no picture"
MISSING = "Không thấy thư mục của máy quét / no camera here, the scanner's folder is missing: {}"
NOTHING = "Chưa có trang nào từ máy quét, bấm nút trên máy quét / no page from the scanner yet"
UNREADABLE = "Tệp từ máy quét không phải hình / the scanner's file is no picture: {}"


class PictureFolder:
    """Takes pictures out of one folder; nobody else needs what lies there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open = False
        self._last: Picture | None = None

    def open(self) -> None:
        """Begin with an empty folder.

        Raises:
            CameraFault: it is not there.
        """
        if not self._folder.is_dir():
            raise CameraFault(MISSING.format(self._folder))
        self._empty()
        self._open = True

    def frame(self) -> Picture:
        """The newest picture: height x width x 3 bytes of red, green, blue.

        Raises:
            NothingYet: the scanner wrote none since `open`.
            CameraFault: the folder is not open or gone, or holds what may not be read.
        """
        if not self._open:
            raise CameraFault(CLOSED)
        try:
            newest = max(self._pictures(), key=lambda one: (one.stat().st_mtime_ns, one.name))
        except ValueError:
            newest = None
        except OSError:
            raise CameraFault(MISSING.format(self._folder)) from None
        if newest is not None:
            self._last = _read(newest)
            self._empty()
        if self._last is None:
            raise NothingYet(NOTHING)
        return self._last

    def close(self) -> None:
        """Keep no picture, in memory or on disk; harmless when it is closed."""
        self._open, self._last = False, None
        self._empty()

    def _pictures(self) -> Iterator[Path]:
        return (one for one in self._folder.iterdir() if one.suffix.lower() in KINDS)

    def _empty(self) -> None:
        with suppress(FileNotFoundError):
            for one in list(self._pictures()):
                try:
                    one.unlink(missing_ok=True)
                except OSError as error:
                    log.warning("a scanned picture stays on the disk: %s", error.strerror)


def _read(path: Path) -> Picture:
    """The picture of a whole file."""
    suffix = path.suffix.lower()
    try:
        large = path.stat().st_size > MOST_BYTES
        read = b"" if large else path.read_bytes()
    except OSError:
        raise NothingYet(NOTHING) from None
    if not large and ENDS.get(suffix, b"") not in read[-64:]:
        raise NothingYet(NOTHING)
    picture = None
    if read:
        with suppress(cv2.error):
            picture = cv2.imdecode(np.frombuffer(read, np.uint8), cv2.IMREAD_COLOR)
    if picture is None or picture.shape[0] * picture.shape[1] > MOST_PIXELS:
        path.unlink(missing_ok=True)
        raise CameraFault(UNREADABLE.format(suffix))
    return cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)
