"""A number display in memory; `tests/ports` holds it to the same suite as the real ones."""

from __future__ import annotations

from kiosk.domain.counter_sign import fit
from kiosk.use_cases.ports import DisplayError


class FakeDisplay:
    """Shows `lit`; `plugged` False plays a pulled cable."""

    def __init__(self, width: int) -> None:
        self._width = width
        self.lit = " " * width
        self.plugged = True

    def show(self, text: str) -> None:
        if not text.isascii():
            raise DisplayError(f"only ASCII signs can be shown, not {text!r}")
        if not self.plugged:
            raise DisplayError("unplugged")
        self.lit = fit(text, self._width)

    def close(self) -> None:
        """Nothing to let go of."""
