"""`AnchorBook` as a file of lines, signed by Ed25519, copied to a second place that may be away.

The private key stays in `keys/`, mode 0600; `anchors.pub` is what a checker needs, and it belongs
with somebody else: who can write the store, the key and the second place can forge all three.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from queue_server.adapters.key_files import key_from
from queue_server.contracts.config_file import ConfigError
from queue_server.use_cases.anchors import Anchor, Head
from queue_server.use_cases.ports import StoreUnavailable

FOLDER = Path("anchors")
LINES, PUBLIC = FOLDER / "anchors.jsonl", FOLDER / "anchors.pub"
KEY = Path("keys") / "anchors.key"


class AnchorError(ConfigError):
    """Anchors that cannot be believed; the message names file and line."""


class AnchorFile:
    """Lines of one office; one process writes."""

    def __init__(self, data: Path, second: Path | None, now: Callable[[], datetime]) -> None:
        """Begin; `second` is a folder elsewhere, on another disk or machine, None without one.

        Raises:
            KeyFileError: the key cannot be used.
        """
        self._data = data
        self._second = second
        self.second_place = str(second) if second is not None else None
        self._now = now
        self._key = Ed25519PrivateKey.from_private_bytes(key_from(data / KEY))
        self.public = self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()

    def anchors(self) -> Sequence[Anchor]:
        """What was signed here, oldest first.

        Raises:
            StoreUnavailable: the file cannot be read, or somebody changed it.
        """
        path = self._data / LINES
        try:
            return read_anchors(path, self.public) if path.exists() else []
        except AnchorError as fault:
            raise StoreUnavailable(str(fault)) from None

    def lines(self) -> str:
        """The file's text; empty before the first day was over.

        Raises:
            StoreUnavailable: it cannot be read.
        """
        path = self._data / LINES
        try:
            return path.read_text("utf-8") if path.exists() else ""
        except OSError as error:
            raise StoreUnavailable(f"{path}: {error.strerror}") from None

    def sign(self, head: Head) -> Anchor:
        """Sign and keep it.

        Raises:
            StoreUnavailable: it cannot be written.
        """
        anchor = Anchor(head, self._now(), self._key.sign(head.text()).hex())
        try:
            (self._data / FOLDER).mkdir(mode=0o700, exist_ok=True)
            (self._data / PUBLIC).write_text(self.public + "\n", encoding="ascii")
            with (self._data / LINES).open("a", encoding="utf-8") as file:
                file.write(_line(anchor))
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise StoreUnavailable(f"{error.filename}: {error.strerror}") from None
        return anchor

    def export(self) -> str | None:
        """Append to the second place what it lacks; what is wrong, None when nothing is.

        What stands there is never changed: a line that is not ours is told, not mended.
        """
        if self._second is None:
            return None
        there = self._second / LINES.name
        try:
            ours = self.lines()
            theirs = there.read_text("utf-8") if there.exists() else ""
            if not ours.startswith(theirs):
                return f"{there}: holds other anchors than this office signed"
            with there.open("a", encoding="utf-8") as file:
                file.write(ours[len(theirs) :])
                file.flush()
                os.fsync(file.fileno())
            (self._second / PUBLIC.name).write_text(self.public + "\n", encoding="ascii")
        except (OSError, UnicodeDecodeError, StoreUnavailable) as error:
            return f"{there}: {error}"
        return None


def read_anchors(path: Path, public: str) -> list[Anchor]:
    """The anchors of a file, each signature checked with the public key (hex).

    Raises:
        AnchorError: it cannot be read, or a line is not one that this key signed.
    """
    found: list[Anchor] = []
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public.strip()))
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise AnchorError(f"{path}: cannot be used: {error}") from None
    for number, line in enumerate(lines, 1):
        try:
            anchor = _anchor(json.loads(line))
            key.verify(bytes.fromhex(anchor.signature), anchor.head.text())
        except (ValueError, KeyError, TypeError, InvalidSignature):
            raise AnchorError(f"{path}, line {number}: not signed by this office's key") from None
        if found and anchor.head.seq <= found[-1].head.seq:
            raise AnchorError(f"{path}, line {number}: out of order")
        found.append(anchor)
    return found


def _line(anchor: Anchor) -> str:
    head = anchor.head
    body = {
        "office": head.office,
        "day": head.day,
        "seq": head.seq,
        "hash": head.hash,
        "at": anchor.at.isoformat(),
        "signature": anchor.signature,
    }
    return json.dumps(body, ensure_ascii=False) + "\n"


def _anchor(body: dict[str, object]) -> Anchor:
    seq = body["seq"]
    if not isinstance(seq, int):
        raise TypeError
    head = Head(str(body["office"]), str(body["day"]), seq, str(body["hash"]))
    return Anchor(head, datetime.fromisoformat(str(body["at"])), str(body["signature"]))
