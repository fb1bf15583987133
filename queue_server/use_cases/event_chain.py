"""The hash chain: each event carries the hash of the one before, so no past can change unseen."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

GENESIS = bytes(32)
_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Link:
    """An event as it stands in the store; `body` is its canonical JSON."""

    seq: int
    day: str
    at: str
    kind: str
    ticket: str | None
    counter: int | None
    body: str
    prev: bytes
    hash: bytes

    def own_hash(self) -> bytes:
        """The hash that this content must have."""
        return link_hash(
            self.prev,
            self.seq,
            self.day,
            (self.at, self.kind, self.ticket, self.counter, self.body),
        )


def link_hash(
    prev: bytes, seq: int, day: str, said: tuple[str, str, str | None, int | None, str]
) -> bytes:
    """SHA-256 over all that an event's row says, its place and the hash before it."""
    return hashlib.sha256(_write((prev.hex(), seq, day, *said)).encode()).digest()
