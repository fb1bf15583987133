"""What a scanned page must be before it is kept: one plain JPEG, nothing inside or behind it.

Only what draws the picture is taken over. Camera marks (place, owner), comments, thumbnails and
whatever follows the end are left out, so a file that is two things at once stays one.
Source: ITU-T T.81, Annex B.
"""

from __future__ import annotations

from dataclasses import dataclass

MOST_BYTES = 1_000_000
LEAST_SIDE, MOST_SIDE = 200, 5000
START, END, SCAN = 0xD8, 0xD9, 0xDA
FRAMES = frozenset({0xC0, 0xC1, 0xC2})
"""Baseline, extended and progressive: what every browser draws."""
OTHER_FRAMES = frozenset(range(0xC3, 0xD0)) - {0xC4, 0xC8, 0xCC}
KEPT = frozenset({0xC4, 0xDB, 0xDD, 0xE0, 0xEE}) | FRAMES | {SCAN}
"""Tables, restart interval, JFIF, and Adobe's note on colours, which changes how it is drawn."""
RESTARTS = frozenset(range(0xD0, 0xD8))
FRAME_BYTES = 9


class NoPicture(Exception):  # noqa: N818 - a state of what was sent
    """It is no such JPEG; the words say why, and nothing of the content."""


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A picture that may be kept, with its size in pixels."""

    jpeg: bytes
    width: int
    height: int

    def __repr__(self) -> str:
        return f"PagePicture({self.width} x {self.height})"


def page_picture(sent: bytes) -> PagePicture:
    """The picture in what was sent.

    Raises:
        NoPicture: too large, no JPEG, cut off, or of a size that no page has.
    """
    if len(sent) > MOST_BYTES:
        raise NoPicture(f"more than {MOST_BYTES} bytes")
    if sent[:2] != bytes((0xFF, START)):
        raise NoPicture("no JPEG")
    kept, size, at = [sent[:2]], None, 2
    while (found := _segment(sent, at))[0] != END:
        mark, body, after = found
        if mark in FRAMES:
            size = _size(body, size)
        if mark == SCAN:
            after = _end_of_scan(sent, after)
        if mark in KEPT:
            kept.append(sent[at:after])
        at = after
    if size is None or SCAN not in {piece[1] for piece in kept}:
        raise NoPicture("nothing to draw")
    kept.append(bytes((0xFF, END)))
    return PagePicture(b"".join(kept), *size)


def _segment(sent: bytes, at: int) -> tuple[int, bytes, int]:
    """The mark at a place, what belongs to it, and where the next one stands."""
    if at + 2 > len(sent) or sent[at] != 0xFF:  # noqa: PLR2004 - every mark begins so
        raise NoPicture("cut off or damaged")
    mark = sent[at + 1]
    if mark == END:
        return mark, b"", at + 2
    if mark in OTHER_FRAMES:
        raise NoPicture("a JPEG of a kind that browsers do not draw")
    long = int.from_bytes(sent[at + 2 : at + 4], "big")
    after = at + 2 + long
    if long < 2 or after > len(sent):  # noqa: PLR2004 - the length counts itself
        raise NoPicture("cut off or damaged")
    return mark, sent[at + 4 : after], after


def _size(body: bytes, before: tuple[int, int] | None) -> tuple[int, int]:
    if before is not None or len(body) < FRAME_BYTES:
        raise NoPicture("damaged: two sizes, or half of one")
    height, width = int.from_bytes(body[1:3], "big"), int.from_bytes(body[3:5], "big")
    if not (LEAST_SIDE <= width <= MOST_SIDE and LEAST_SIDE <= height <= MOST_SIDE):
        raise NoPicture(f"{width} x {height} is no size of a page")
    return width, height


def _end_of_scan(sent: bytes, at: int) -> int:
    """Where the picture's own data end: at the next mark that is no restart."""
    while True:
        at = sent.find(b"\xff", at)
        if at < 0 or at + 1 >= len(sent):
            raise NoPicture("cut off")
        if sent[at + 1] == 0 or sent[at + 1] in RESTARTS:
            at += 2
        else:
            return at
