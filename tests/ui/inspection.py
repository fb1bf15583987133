"""What is wrong with a screen that is shown: too small, cut off, cramped, too high, unsaid."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from kivy.graphics import Rectangle
from kivy.uix.label import Label
from kivy.uix.scrollview import ScrollView
from kivy.uix.widget import Widget

from kiosk.ui.widgets.qr_view import QUIET_MODULES, QrView
from kiosk.ui.widgets.reading import Reading
from kiosk.ui.widgets.touch import Touchable
from tests.ui.stage import Stage

# 20 mm in pixels: a 27 inch portrait screen has 81.6 pixels an inch, a 15.6 inch landscape 96.8.
FINGER = {"portrait": 64, "landscape": 76}
TOO_SMALL = "too small to touch"
SLACK = 1.5
LOW_REACH = 0.6
LEAST_SQUARE = 2
"""Pixels: at 81.6 an inch 0.6 mm, for a phone that is held near; only checklists are so dense."""
LINE = 1.35
"""Height of a line in sizes of its letters."""
Edges = tuple[float, float, float, float]
"""Left, bottom, right, top in pixels of the window."""


def faults(on: Stage, finger: float) -> Iterator[str]:
    """What is too small to touch, or cut off; `finger` is 20 mm in pixels."""
    seen = [widget for widget in on.shown() if visible(widget)]
    controls = [w for w in seen if isinstance(w, Touchable) and not w.disabled]
    for control in controls:
        if min(control.size) < finger - SLACK:
            yield f"{TOO_SMALL}: {said(control)} {control.size}"
    for widget in seen:
        if isinstance(widget, Label) and widget.text:
            yield from cut_off(widget)
            yield from left_out(widget)


def wrong(on: Stage, finger: float) -> Iterator[str]:
    """The faults, and what lies over each other, is out of reach, or is unsaid."""
    yield from faults(on, finger)
    seen = [widget for widget in on.shown() if visible(widget)]
    controls = [w for w in seen if isinstance(w, Touchable) and not w.disabled]
    yield from overlapped(on, seen)
    yield from beyond(on, seen)
    yield from cramped(on, seen)
    yield from small_number(on, seen)
    if on.app.look.low:
        yield from out_of_reach(on, controls)
    yield from unpointed(on, controls)
    yield from broken_codes(on, seen)


def visible(widget: Widget) -> bool:
    """Whether nothing around it hides it."""
    while widget.parent is not None and widget.parent is not widget:
        if not widget.opacity:
            return False
        widget = widget.parent
    return True


def cut_off(label: Label) -> Iterator[str]:
    """Compare the ink of a text with every box around it."""
    middle_y = label.to_window(label.x, label.y)[1] + label.height / 2
    wide, high = label.texture_size
    box: Widget = label
    # What is longer than its view has arrows: see `test_access`.
    while box.parent not in {None, box} and not isinstance(box, ScrollView):
        y = box.to_window(box.x, box.y)[1]
        over = high / 2 - min(middle_y - y, y + box.height - middle_y)
        aside = wide - box.width
        if over > SLACK or aside > SLACK:
            yield f"{label.text!r} leaves {type(box).__name__} by {over:.0f} up, {aside:.0f} aside"
            return
        box = box.parent


def left_out(label: Label) -> Iterator[str]:
    """Lines that Kivy did not draw because a text was given too little height."""
    if label.shorten or label.text_size[1] is None:
        return
    drawn = "".join(word.text for line in label._label._cached_lines for word in line.words)
    if _signs(drawn) != _signs(label.text):
        yield f"of {label.text!r} only {drawn!r} is drawn"


def overlapped(on: Stage, seen: list[Widget]) -> Iterator[str]:
    """Texts, codes and controls that lie over each other, unless one is in the other."""
    notice = on.app.root.notice
    parts = [w for w in seen if _is_part(w) and (notice is None or notice in _around(w))]
    placed = [(w, edges, set(_around(w))) for w in parts if (edges := in_view(w)) is not None]
    for (one, here, around_one), (other, there, around_other) in combinations(placed, 2):
        wide = min(here[2], there[2]) - max(here[0], there[0])
        high = min(here[3], there[3]) - max(here[1], there[1])
        nested = one in around_other or other in around_one
        if wide > SLACK and high > SLACK and not nested:
            yield f"{said(one)} and {said(other)} lie over each other by {wide:.0f} × {high:.0f}"


def beyond(on: Stage, seen: list[Widget]) -> Iterator[str]:
    """Texts, codes and controls that reach over the edge of the screen."""
    for part in filter(_is_part, seen):
        edges = in_view(part)
        if edges is None:
            continue
        over = max(
            -edges[0], -edges[1], edges[2] - on.app.root.width, edges[3] - on.app.root.height
        )
        if over > SLACK:
            yield f"{said(part)} reaches {over:.0f} over the edge of the screen"


def cramped(on: Stage, seen: list[Widget]) -> Iterator[str]:
    """A text with arrows of which not even the first part, or a line and a half of it, is seen."""
    for reading in seen:
        if not (isinstance(reading, Reading) and reading.long):
            continue
        first = next(w for w in reversed(reading.ids.column.children) if w.height > SLACK)
        least = min(first.height, 1.5 * LINE * on.app.look.body)
        if reading.ids.view.height < least - SLACK:
            yield f"only {reading.ids.view.height:.0f} of {least:.0f} needed of a text are seen"


def small_number(on: Stage, seen: list[Widget]) -> Iterator[str]:
    """A ticket's number, where it is shown, is twice as large as what else is read."""
    if on.screen != "ticket":
        return
    (number,) = [w for w in seen if isinstance(w, Label) and w.text == on.app.shown.number]
    if number.font_size < 2 * on.app.look.heading or in_view(number) is None:
        yield f"the number is hardly seen: {number.font_size:.0f}"


def broken_codes(on: Stage, seen: list[Widget]) -> Iterator[str]:
    """A code that no phone reads: cut off, or drawn so small that its squares are lost."""
    for code in seen:
        if not (isinstance(code, QrView) and code.modules):
            continue
        wide, high = _drawn(code).size
        count = len(code.modules) + 2 * QUIET_MODULES
        if wide != high or wide % count or wide < count * LEAST_SQUARE:
            yield f"the squares of a code are {wide} × {high} for {count}"
        if not any(_whole(code) for _ in _turned(on, code)):
            yield f"a code at {code.to_window(*_drawn(code).pos)} is never seen whole"


def _drawn(code: QrView) -> Rectangle:
    (drawn,) = [part for part in code.canvas.children if isinstance(part, Rectangle)]
    return drawn


def _whole(code: QrView) -> bool:
    """Whether nothing of its picture is outside what is seen of it now."""
    drawn, view = _drawn(code), in_view(code)
    x, y = code.to_window(*drawn.pos)
    if view is None:
        return False
    lost = (view[0] - x, view[1] - y, x + drawn.size[0] - view[2], y + drawn.size[1] - view[3])
    return max(lost) <= SLACK


def _turned(on: Stage, widget: Widget) -> Iterator[None]:
    """Turn the text around it from its beginning to its end, as the arrows do."""
    yield
    for reading in _around(widget):
        if isinstance(reading, Reading) and reading.long:
            while not reading.at_end:
                reading.turn(1)
                on.frames(2)
                yield
            reading.start()
            on.frames(2)


def out_of_reach(on: Stage, controls: list[Touchable]) -> Iterator[str]:
    """With a low reach everything that is touched lies in the lower 60 % of the screen."""
    highest = on.app.root.height * LOW_REACH
    for control in controls:
        edges = in_view(control)
        if edges is not None and edges[3] > highest + SLACK:
            yield f"out of reach: {said(control)} ends {edges[3] - highest:.0f} too high"


def unpointed(on: Stage, controls: list[Touchable]) -> Iterator[str]:
    """What the keypad does not come by, shows no ring around, or has no words for."""
    focus, screen = on.app.attention.focus, on.app.shown
    notice = on.app.root.notice
    if not screen.speech.strip(" .") and notice is None:
        yield "the headset says nothing of this screen"
    wanted = {w for w in controls if notice is None or notice in _around(w)}
    targets = focus._targets()
    if set(targets) != wanted:
        missed = [said(control) for control in wanted.symmetric_difference(targets)]
        yield f"the keypad does not come by {missed}"
    for target in targets:
        if not target.speech.strip(" ./,-"):
            yield f"the headset has no words for {type(target).__name__} at {target.pos}"
        focus._ring(target)
        if any(isinstance(box, ScrollView) for box in _around(target)):
            on.frames(1)
        around, view = in_view(target), target.get_root_window()
        if target._ring is None or around is None or view is None:
            yield f"no ring is seen around {said(target)}"
        elif min(around[2] - around[0], around[3] - around[1]) < min(*target.size, 60):
            yield f"little of {said(target)} is in view when it is pointed at"
    focus._ring(None)


def in_view(widget: Widget) -> Edges | None:
    """Where in the window a widget, or the ink of a text, is seen; None where nothing of it is."""
    x, y = widget.to_window(widget.x, widget.y)
    wide, high = widget.size
    if isinstance(widget, Label):
        x, y = x + (wide - widget.texture_size[0]) / 2, y + (high - widget.texture_size[1]) / 2
        wide, high = widget.texture_size
    edges = (x, y, x + wide, y + high)
    for box in _around(widget):
        if isinstance(box, ScrollView):
            left, bottom = box.to_window(box.x, box.y)
            edges = (
                max(edges[0], left),
                max(edges[1], bottom),
                min(edges[2], left + box.width),
                min(edges[3], bottom + box.height),
            )
    return edges if edges[2] - edges[0] > SLACK and edges[3] - edges[1] > SLACK else None


def said(widget: Widget) -> str:
    """A widget by what stands on it."""
    words = (
        getattr(widget, "words", "") or getattr(widget, "text", "") or getattr(widget, "sign", "")
    )
    return f"{type(widget).__name__} {words!r}"


def _is_part(widget: Widget) -> bool:
    if isinstance(widget, Label):
        return bool(widget.text.strip())
    return isinstance(widget, Touchable) or (isinstance(widget, QrView) and bool(widget.modules))


def _around(widget: Widget) -> Iterator[Widget]:
    while widget.parent is not None and widget.parent is not widget:
        widget = widget.parent
        yield widget


def _signs(text: str) -> str:
    return "".join(text.split())
