"""Cuts what a scanner sends into scans: any piece at a time, ended by CR, LF or both."""

from __future__ import annotations

import unicodedata

LONGEST_SCAN = 1024
"""Bytes; the longest card seen has under 300, and noise must not fill the memory."""
ENDS = b"\r\n"


class ScanLines:
    """Collects bytes until an end; decodes only whole scans, so a letter may come in two pieces."""

    def __init__(self) -> None:
        self._open = bytearray()
        self._too_long = False

    def reset(self) -> None:
        """Forget half a scan."""
        self._open.clear()
        self._too_long = False

    def feed(self, data: bytes) -> list[str | None]:
        """Take some bytes in; the scans that they end, as NFC text, None for what is no text."""
        scans: list[str | None] = []
        for byte in data:
            if byte in ENDS:
                if self._open or self._too_long:
                    scans.append(self._text())
                self.reset()
            elif len(self._open) < LONGEST_SCAN:
                self._open.append(byte)
            else:
                self._too_long = True
        return scans

    def _text(self) -> str | None:
        if self._too_long:
            return None
        try:
            text = self._open.decode("utf-8-sig")
        except UnicodeDecodeError:
            return None
        text = unicodedata.normalize("NFC", text).strip()
        return text if text and "\0" not in text else None
