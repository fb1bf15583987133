"""Signed heads of the chain, kept where the store is not: who rewrites it cannot rewrite them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


@dataclass(frozen=True, slots=True)
class Head:
    """Where the chain stood at the end of a day: its newest event and that one's hash (hex)."""

    office: str
    day: str
    seq: int
    hash: str

    def text(self) -> bytes:
        """The bytes that are signed."""
        return _write([self.office, self.day, self.seq, self.hash]).encode()


@dataclass(frozen=True, slots=True)
class Anchor:
    """A head that was signed; `signature` is Ed25519 over `head.text()`, in hex."""

    head: Head
    at: datetime
    signature: str


class HeadReader(Protocol):
    """Where the chain stood. May raise `StoreUnavailable`."""

    def head_before(self, day: date) -> tuple[str, int, str] | None:
        """Day, number and hash (hex) of the newest event before this day; None without one."""
        ...


class AnchorBook(Protocol):
    """Signs heads and keeps what was signed, here and in a second place.

    `public` is the public key in hex, `second_place` where copies go, None without one.
    """

    public: str
    second_place: str | None

    def lines(self) -> str:
        """What was signed, as the file says it."""
        ...

    def anchors(self) -> Sequence[Anchor]:
        """What was signed, oldest first."""
        ...

    def sign(self, head: Head) -> Anchor:
        """Sign and keep it here; raises `StoreUnavailable` where it cannot be written."""
        ...

    def export(self) -> str | None:
        """Bring the second place up to date; what is wrong with it, None when nothing is."""
        ...


class AnchorDaily:
    """Signs the head once for each day that is over."""

    def __init__(self, office: str, heads: HeadReader, book: AnchorBook) -> None:
        self._office = office
        self._heads = heads
        self._book = book
        self.fault: str | None = None

    def look(self, today: date) -> Anchor | None:
        """Sign the newest event before today unless that was done; then the second place.

        Returns:
            The new anchor, None where there is nothing new. `fault` says what is wrong with the
            second place.
        """
        found, signed = self._heads.head_before(today), self._book.anchors()
        newest = signed[-1].head.seq if signed else 0
        made = None
        if found is not None and found[1] > newest:
            made = self._book.sign(Head(self._office, *found))
        self.fault = self._book.export()
        return made


def by_number(anchors: Iterable[Anchor]) -> dict[int, Anchor]:
    """The anchors by the event they name."""
    return {anchor.head.seq: anchor for anchor in anchors}
