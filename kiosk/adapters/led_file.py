"""A lamp of the kernel's LED class: a file that takes 1 and 0."""

from __future__ import annotations

from pathlib import Path

from kiosk.use_cases.camera_ports import CameraFault

DARK = "Đèn máy ảnh không sáng, máy ảnh không được bật / camera lamp fails, camera stays off: {}"


class LedFile:
    """`/sys/class/leds/<name>/brightness`, lit while the camera sees."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def show(self, *, on: bool) -> None:
        """Switch it.

        Raises:
            CameraFault: it cannot be switched.
        """
        try:
            self._path.write_text("1" if on else "0", encoding="ascii")
        except OSError as error:
            raise CameraFault(DARK.format(f"{self._path}: {error.strerror}")) from error


class OwnLamp:
    """A camera whose own light is wired to its sensor: nothing to switch."""

    def show(self, *, on: bool) -> None:
        """The hardware does it."""
        del on
