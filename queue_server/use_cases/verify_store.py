"""Checks a store: the chain of events is whole, and replaying them gives the tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

from queue_server.domain.events import Event
from queue_server.domain.happening import apply
from queue_server.domain.office import Office
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.shelf import Shelf
from queue_server.use_cases.anchors import Anchor, by_number
from queue_server.use_cases.event_chain import GENESIS, Link
from queue_server.use_cases.ports import StoreHistory

NOTHING = Office(id="", name_vi="", name_en="", services={}, counters={})
ROWS = ("tickets", "counters", "series", "blocks", "book.appointments", "book.visits")
# What decoding or replaying raises when a row is not what any program of ours wrote.
CANNOT_BE = (LookupError, StopIteration, RuntimeError, TypeError, ValueError)


class Broken(Exception):  # noqa: N818 - what was found, not a mistake of the program
    """The first place where the store is not what it was, in English and in Vietnamese."""

    def __init__(self, en: str, vi: str) -> None:
        super().__init__(en)
        self.vi = vi


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was checked; `fault` names the first difference, `head` is the newest hash (hex).

    `fault_vi` says the fault in Vietnamese.
    """

    events: int
    days: int
    tickets: int
    head: str
    fault: str | None = None
    fault_vi: str | None = None

    @property
    def ok(self) -> bool:
        """Whether everything is as it was written."""
        return self.fault is None


def replayed(day: date, events: Iterable[Event], shelf: Shelf | None = None) -> OfficeDay:
    """The day that these events make; they carry the office's configuration themselves.

    `shelf` holds the dossiers of earlier days; without it their events change nothing.
    """
    made = OfficeDay(NOTHING, day)
    made.shelf = shelf or Shelf()
    for event in events:
        apply(event, made)
    made.take_changes()
    return made


def verify_store(history: StoreHistory, anchors: Iterable[Anchor] = ()) -> Verdict:
    """Check the chain and what was signed of it, then every day; stop at the first fault."""
    walk = _Walk(history, by_number(anchors))
    fault = fault_vi = None
    try:
        walk.along_the_chain()
        walk.through_the_days()
    except Broken as broken:
        fault, fault_vi = str(broken), broken.vi
    head = walk.head.hex()
    return Verdict(walk.seq, len(walk.days), walk.tickets, head, fault, fault_vi)


class _Walk:
    def __init__(self, history: StoreHistory, anchors: dict[int, Anchor]) -> None:
        self._history = history
        self._anchors = anchors
        self._agreed = 0
        self._at = 0
        self.seq = 0
        self.head = GENESIS
        self.days: list[str] = []
        self.tickets = 0
        self._shelf = Shelf()

    def along_the_chain(self) -> None:
        for link in self._history.links():
            if link.seq > self.seq + 1:
                raise Broken(f"event {self.seq + 1} is missing", f"thiếu sự kiện {self.seq + 1}")
            if link.prev != self.head:
                raise Broken(
                    f"event {link.seq} does not follow event {self.seq}: "
                    "one of them was changed, inserted, removed or moved",
                    f"sự kiện {link.seq} không nối tiếp sự kiện {self.seq}: "
                    "có sự kiện bị sửa, chèn, xóa hoặc đổi chỗ",
                )
            if link.hash != link.own_hash():
                raise Broken(
                    f"event {link.seq} ({link.kind}) was changed after it was written",
                    f"sự kiện {link.seq} ({link.kind}) bị sửa sau khi ghi",
                )
            self.seq, self.head = link.seq, link.hash
            self._compare_with_signed(link)
        missing = [seq for seq in self._anchors if seq > self.seq]
        if missing:
            raise Broken(
                f"the chain ends with event {self.seq}, but event {max(missing)} was signed "
                f"on {self._anchors[max(missing)].head.day}: what came between is cut off",
                f"chuỗi dừng ở sự kiện {self.seq}, nhưng sự kiện {max(missing)} đã được ký ngày "
                f"{self._anchors[max(missing)].head.day}: phần ở giữa đã bị cắt",
            )

    def _compare_with_signed(self, link: Link) -> None:
        anchor = self._anchors.get(link.seq)
        if anchor is None:
            return
        if anchor.head.hash != link.hash.hex():
            raise Broken(
                f"event {link.seq} is not the one signed for {anchor.head.day}: between events "
                f"{self._agreed + 1} and {link.seq} something was changed, and the chain made anew",
                f"sự kiện {link.seq} không phải sự kiện đã ký cho ngày {anchor.head.day}: "
                f"từ sự kiện {self._agreed + 1} đến {link.seq} có chỗ bị sửa, chuỗi được dựng lại",
            )
        self._agreed = link.seq

    def through_the_days(self) -> None:
        for iso, links in groupby(self._history.links(), key=lambda link: link.day):
            if self.days and iso <= self.days[-1]:
                raise Broken(
                    f"event {self._at + 1} belongs to {iso}, which was over",
                    f"sự kiện {self._at + 1} thuộc ngày {iso} đã kết thúc",
                )
            self._one_day(iso, links)
            self.days.append(iso)
        for day in self._history.days():
            if day.isoformat() not in self.days:
                raise Broken(
                    f"{day}: has tables but no events", f"{day}: có bảng mà không có sự kiện"
                )
        self._dossiers()

    def _one_day(self, iso: str, links: Iterator[Link]) -> None:
        try:
            made = replayed(date.fromisoformat(iso), self._events(links), self._shelf)
        except CANNOT_BE as error:
            raise Broken(
                f"event {self._at} could not happen: {error!r}",
                f"sự kiện {self._at} không thể xảy ra: {error!r}",
            ) from error
        try:
            stored = self._history.load(made.day)
        except CANNOT_BE as error:
            raise Broken(
                f"{iso}: the tables cannot be read: {error!r}",
                f"{iso}: không đọc được các bảng: {error!r}",
            ) from error
        if stored is None:
            raise Broken(f"{iso}: has events but no tables", f"{iso}: có sự kiện mà không có bảng")
        difference = first_difference(made, stored)
        if difference:
            raise Broken(f"{iso}: {difference}", f"{iso}: bảng không khớp sự kiện ({difference})")
        self.tickets += len(made.tickets)

    def _dossiers(self) -> None:
        """Dossiers outlive their days: they are compared once, after all of them."""
        try:
            stored = {one.id: one for one in self._history.dossiers()}
        except CANNOT_BE as error:
            raise Broken(
                f"the table of dossiers cannot be read: {error!r}",
                f"không đọc được bảng hồ sơ: {error!r}",
            ) from error
        made = self._shelf.dossiers
        for key in {**made, **stored}:
            if made.get(key) != stored.get(key):
                where = _row_difference("dossier", made.get(key), stored.get(key), key)
                raise Broken(where, f"bảng hồ sơ không khớp sự kiện ({where})")

    def _events(self, links: Iterator[Link]) -> Iterator[Event]:
        for link in links:
            self._at = link.seq
            yield self._history.event_of(link)


def first_difference(made: OfficeDay, stored: OfficeDay) -> str | None:
    """Where a stored day differs from what its events make, in words; None if nowhere."""
    for name in ("opened", "closed", "last_at", "office"):
        ours, theirs = getattr(made, name), getattr(stored, name)
        if ours != theirs:
            return f"{name}: {_both(ours, theirs)}"
    for what in ROWS:
        ours, theirs = attrgetter(what)(made), attrgetter(what)(stored)
        for key in {**ours, **theirs}:
            if ours.get(key) != theirs.get(key):
                return _row_difference(what, ours.get(key), theirs.get(key), key)
    return None


def _row_difference(what: str, ours: Any, theirs: Any, key: Any) -> str:
    name = getattr(ours or theirs, "label", key)
    if ours is None or theirs is None:
        where = "in the events only" if theirs is None else "in the tables only"
        return f"{what} {name}: {where}"
    for field in fields(ours):
        one, other = getattr(ours, field.name), getattr(theirs, field.name)
        if one != other:
            return f"{what} {name}: {field.name} {_both(one, other)}"
    return f"{what} {name}: differ"


def _both(ours: Any, theirs: Any) -> str:
    return f"is {theirs} in the tables, {ours} by the events"
