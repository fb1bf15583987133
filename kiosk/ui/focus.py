"""The one thing that a keypad points at: arrows move the ring, a key chooses what it is around."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kivy.uix.scrollview import ScrollView
from kivy.uix.widget import Widget

from kiosk.domain.pointing import Arrow, Box, reading_order, step
from kiosk.ui.widgets.touch import Touchable, walk

Zones = Callable[[], Sequence[Widget]]


class Focus:
    """Nobody is pointed at before the first key; a touch hides the ring again.

    `zones` are the parts of the screen in the order in which one comes by them. `pointed` is told
    what is pointed at after each move.
    """

    def __init__(self, zones: Zones, pointed: Callable[[Touchable], None]) -> None:
        self._zones = zones
        self._pointed = pointed
        self._current: Touchable | None = None
        self._place = 0
        self._where = ""
        self.shown = False

    @property
    def current(self) -> Touchable | None:
        """What is pointed at; None before the first key and after a touch."""
        return self._current if self.shown else None

    def move(self, arrow: Arrow) -> None:
        """Go to the next thing; the first key only shows where one is."""
        targets = self._targets()
        if not targets:
            return
        if not self.shown or self._current not in targets:
            self.shown = True
            self._point(targets, 0)
        else:
            boxes = [_box(target) for target in targets]
            self._point(targets, step(boxes, targets.index(self._current), arrow))
        if self._current is not None:
            self._pointed(self._current)

    def choose(self) -> None:
        """Do what is pointed at; without a ring yet, show it first: nothing is done unseen."""
        if not self.shown or self._current not in self._targets():
            self.move(Arrow.RIGHT)
        elif self._current is not None:
            self._current.choose()

    def settle(self, where: str) -> bool:
        """Find a place again after the screen `where` was drawn anew; True when it is another."""
        moved, self._where = where != self._where, where
        if not self.shown:
            return False
        targets = self._targets()
        if moved:
            self._point(targets, 0)
        elif self._current not in targets:
            self._point(targets, min(self._place, len(targets) - 1))
        return moved

    def hide(self) -> None:
        """A finger is used: the ring would only be in its way."""
        self.shown = False
        self._ring(None)

    def _point(self, targets: list[Touchable], place: int) -> None:
        self._place = max(place, 0)
        self._ring(targets[self._place] if targets else None)

    def _ring(self, target: Touchable | None) -> None:
        if self._current is not None:
            self._current.focused = False
        self._current = target
        if target is not None:
            target.focused = True
            _bring_into_view(target)

    def _targets(self) -> list[Touchable]:
        return [target for zone in self._zones() for target in targets_in(zone)]


def _bring_into_view(target: Widget) -> None:
    """Turn a long text to where this is."""
    around = target.parent
    while around is not None and around.parent is not around:
        if isinstance(around, ScrollView) and around.height < around.children[0].height:
            around.scroll_to(target, animate=False)
            return
        around = around.parent


def targets_in(zone: Widget) -> list[Touchable]:
    """Everything in a part of the screen that can be chosen now, in the order of reading."""
    found = [w for w in walk(zone) if isinstance(w, Touchable) and not w.disabled]
    return [found[place] for place in reading_order([_box(target) for target in found])]


def _box(target: Widget) -> Box:
    x, y = target.to_window(target.x, target.y)
    return Box(x, y, target.width, target.height)
