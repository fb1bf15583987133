"""Which of the events that arrived from one office follow what is there, and which fork off.

The hub has of an office the events 1 to `newest`, less its gaps. Every event carries the mark of
the one before, so an event belongs to this past exactly if its neighbours do. What arrives twice
is harmless, what arrives late closes a gap, and what carries another mark under a number that is
taken is of another past: a store that was set back, or a second machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

Gap = tuple[int, int]


class Linked(Protocol):
    """An event as the chain sees it."""

    @property
    def seq(self) -> int:
        """Its number in the office."""
        ...

    @property
    def mark(self) -> str:
        """What stands for it and all before it."""
        ...

    @property
    def prev(self) -> str:
        """The mark of the one before."""
        ...


@dataclass(frozen=True, slots=True)
class Link:
    """Number, own mark and the mark before, of an event that is there."""

    seq: int
    mark: str
    prev: str


@dataclass(frozen=True, slots=True)
class Head:
    """What the hub has of an office: `newest` with its mark, and the gaps below it, in order."""

    newest: int = 0
    mark: str = ""
    gaps: tuple[Gap, ...] = ()

    def has(self, seq: int) -> bool:
        """Whether this event is there."""
        missing = any(first <= seq <= last for first, last in self.gaps)
        return 0 < seq <= self.newest and not missing


@dataclass(slots=True)
class Sorted:
    """What to do with what arrived; `late` counts those below the newest of before."""

    head: Head
    accepted: list[int] = field(default_factory=list)
    repeats: list[int] = field(default_factory=list)
    forked: list[int] = field(default_factory=list)
    late: int = 0


def needs_neighbours(head: Head, arrived: Iterable[Linked]) -> set[int]:
    """Numbers whose links must be known to sort these events; none while they only go on."""
    asked = set()
    for one in arrived:
        if one.seq <= head.newest:
            asked |= {one.seq - 1, one.seq, one.seq + 1}
    return {seq for seq in asked if head.has(seq)}


def sort_out(
    head: Head,
    arrived: Sequence[Linked],
    known: Mapping[int, Link],
    strange: set[tuple[int, str]],
) -> Sorted:
    """Sort events of one office, in the order they arrived.

    Args:
        head: What is there.
        arrived: The events; the lists of the answer hold their places in it.
        known: The links of `needs_neighbours`.
        strange: Number and mark of what was set aside before; what follows them is strange too.
    """
    links = dict(known)
    links[head.newest] = Link(head.newest, head.mark, links.get(head.newest, _NOTHING).prev)
    strange = set(strange)
    done = Sorted(head)
    began_at = head.newest
    for place, one in enumerate(arrived):
        if done.head.has(one.seq):
            same = one.seq in links and links[one.seq].mark == one.mark
            (done.repeats if same else done.forked).append(place)
            if not same:
                strange.add((one.seq, one.mark))
        elif not _fits(one, done.head, links, strange):
            strange.add((one.seq, one.mark))
            done.forked.append(place)
        else:
            links[one.seq] = Link(one.seq, one.mark, one.prev)
            done.head = _with(done.head, one)
            done.accepted.append(place)
            done.late += one.seq < began_at
    return done


_NOTHING = Link(0, "", "")


def _fits(
    one: Linked, head: Head, links: Mapping[int, Link], strange: set[tuple[int, str]]
) -> bool:
    """Whether its neighbours, as far as they are known, are of the same past."""
    if (one.seq - 1, one.prev) in strange:
        return False
    before, after = links.get(one.seq - 1), links.get(one.seq + 1)
    if before is not None and head.has(before.seq) and before.mark != one.prev:
        return False
    return after is None or not head.has(after.seq) or after.prev == one.mark


def _with(head: Head, one: Linked) -> Head:
    if one.seq > head.newest:
        gap = ((head.newest + 1, one.seq - 1),) if one.seq > head.newest + 1 else ()
        return Head(one.seq, one.mark, head.gaps + gap)
    gaps: list[Gap] = []
    for first, last in head.gaps:
        if not first <= one.seq <= last:
            gaps.append((first, last))
            continue
        gaps += [(a, b) for a, b in ((first, one.seq - 1), (one.seq + 1, last)) if a <= b]
    return replace(head, gaps=tuple(gaps))
