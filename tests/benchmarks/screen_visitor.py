"""The real kiosk in a process of its own, with a finger that walks through it; JSON lines come out.

Everything is `motcua kiosk`: window, server, printer. Only the finger is ours: it is an input
provider as a touch panel's driver is one, and what it measures ends when the drawing is finished
(`glFinish` after the flip). Run by `bench_screen`.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import queue
import random
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil

from kiosk.bootstrap.kiosk import WINDOWS
from kiosk.bootstrap.kiosk_parts import read_plan
from kiosk.ui.environment import prepare

MIB = 1024 * 1024
SIZES = {"portrait": (1080, 1920), "landscape": (1280, 800)}
QUIET_FRAMES = 3
"""So many turns without a drawing end a response."""
HELD_S = 0.06
SAMPLES = 20
Walk = Iterator[Callable[[], Any]]


def say(**facts: object) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


class Visitor:
    """Presses what a citizen presses; one turn of the loop is one look at what has happened."""

    def __init__(self, visits: int, *, hurried: bool) -> None:
        from kivy.base import EventLoop  # noqa: PLC0415 - Kivy comes after its preparation
        from kivy.clock import Clock  # noqa: PLC0415 - Kivy comes after its preparation
        from kivy.core.window import Window  # noqa: PLC0415 - Kivy comes after its preparation
        from kivy.graphics.opengl import glFinish  # noqa: PLC0415 - Kivy comes after its preparation

        self._visits, self._hurried = visits, hurried
        self._moves: queue.Queue[tuple[str, float, float, float]] = queue.Queue()
        self._touch: Any = None
        self._touched_at = self._flipped_at = 0.0
        self._first_at = 0.0
        self._quiet = 0
        self._waiting: Callable[[], Any] = lambda: True
        self._walk = self._visit_all()
        self._window, self._draw = Window, Window.flip
        self._finish = glFinish
        Window.flip = self._flip
        EventLoop.add_input_provider(self)
        self._turn = Clock.schedule_interval(self._look, 0)

    # -- an input provider, as Kivy calls it

    def start(self) -> None:
        """Nothing is opened."""

    def stop(self) -> None:
        """Nothing is held."""

    def update(self, dispatch_fn: Callable[[str, Any], None]) -> None:
        """Hand over what the finger did since the last turn."""
        from kivy.input.motionevent import MotionEvent  # noqa: PLC0415 - Kivy comes after its preparation

        class Finger(MotionEvent):  # type: ignore[misc]  # Kivy has no types
            def depack(self, args: dict[str, float]) -> None:
                self.sx, self.sy = args["x"], args["y"]
                super().depack(args)

        while not self._moves.empty():
            kind, at, x, y = self._moves.get()
            spot = {"x": x / self._window.width, "y": y / self._window.height}
            if kind == "begin":
                self._touch = Finger("finger", 1, spot, is_touch=True, type_id="touch")
                self._touch.profile = ["pos"]
            self._touched_at, self._first_at, self._quiet = at, 0.0, 0
            dispatch_fn(kind, self._touch)

    def _flip(self) -> None:
        self._draw()
        self._finish()
        self._flipped_at, self._quiet = time.perf_counter(), 0
        self._first_at = self._first_at or self._flipped_at

    # -- one citizen after the other

    def _look(self, _dt: float) -> None:
        self._quiet += 1
        if self._waiting():
            try:
                self._waiting = next(self._walk)
            except StopIteration:
                self._turn.cancel()
                self._app.stop()

    @property
    def _app(self) -> Any:
        from kivy.app import App  # noqa: PLC0415 - Kivy comes after its preparation

        return App.get_running_app()

    def _visit_all(self) -> Walk:
        yield lambda: self._app is not None and self._app.root is not None
        app = self._app
        yield lambda: app.lines is not None
        yield self._settled
        services = [line.service for line in app.lines]
        every = max(1, self._visits // SAMPLES)
        for number in range(self._visits):
            if number % every == 0:
                self._weigh(number)
            yield from self._visit(services[number % len(services)])
        self._weigh(self._visits)

    def _visit(self, service: str) -> Walk:
        app = self._app
        yield from self._press("home", lambda: app.root.ids.screens.current_screen.ids.number)
        while not self._row(service):
            yield from self._press("page", lambda: app.shown.ids.pages.ids.after)
        yield from self._press("services", lambda: self._row(service))
        if getattr(app.shown.ids.pages.ids.grid.children[-1], "code", ""):
            yield from self._press("procedures", lambda: app.shown.ids.pages.ids.grid.children[-1])
        yield from self._press("take a number", lambda: app.root.ids.footer.ids.main)
        yield from self._press("priority", lambda: app.root.ids.footer.ids.main)
        yield lambda: app.screen_name == "ticket"
        yield self._settled
        yield from self._press("done", lambda: app.root.ids.footer.ids.main)
        yield lambda: app.screen_name == "home" and not app.background.busy

    def _row(self, service: str) -> Any:
        rows = self._app.shown.ids.pages.ids.grid.children
        return next((row for row in rows if getattr(row, "service", "") == service), None)

    def _press(self, name: str, find: Callable[[], Any]) -> Walk:
        """Touch, hold as a finger does, let go; each is answered when the drawing ends."""
        widget = find()
        spot = widget.to_window(*widget.center)
        for kind in ("begin", "end"):
            self._first_at, self._touched_at = 0.0, 0.0
            if self._hurried:
                self._do(kind, *spot)
                yield lambda: self._touched_at
                continue
            pause = random.uniform(0, 0.05) + HELD_S
            threading.Timer(pause, self._do, (kind, *spot)).start()
            yield lambda: self._touched_at and self._first_at
            yield self._settled
            first, last = self._first_at, self._flipped_at
            say(
                touch=f"{name}, {'down' if kind == 'begin' else 'up'}",
                first_ms=(first - self._touched_at) * 1e3,
                last_ms=(last - self._touched_at) * 1e3,
            )
        # Kivy holds a button for a moment, however shortly it was touched.
        yield lambda: widget.state == "normal"
        yield self._settled

    def _do(self, kind: str, x: float, y: float) -> None:
        self._moves.put((kind, time.perf_counter(), x, y))

    def _settled(self) -> bool:
        return self._quiet > QUIET_FRAMES

    def _weigh(self, number: int) -> None:
        gc.collect()
        memory = psutil.Process().memory_full_info()
        say(
            visits=number,
            pss=memory.pss / MIB,
            rss=memory.rss / MIB,
            objects=len(gc.get_objects()) + gc.get_freeze_count(),
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("config", type=Path)
    parser.add_argument("--visits", type=int, default=20, help="0: nobody comes")
    parser.add_argument(
        "--hurried", action="store_true", help="no pauses, no times, no rest between turns"
    )
    parser.add_argument("--small", action="store_true", help="a quarter of the pixels")
    options = parser.parse_args()
    plan = read_plan(options.config)
    sizes = WINDOWS if options.small else SIZES
    state = plan.folder / plan.config.state
    state.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("SDL_VIDEODRIVER", "offscreen")
    prepare(state, size=sizes[plan.config.screen.orientation], fullscreen=False)
    if options.hurried:
        from kivy.config import Config  # noqa: PLC0415 - Kivy comes after its preparation

        Config.set("graphics", "maxfps", 0)
    from kiosk.bootstrap.kiosk_window import show  # noqa: PLC0415 - loads Kivy

    if options.visits:
        Visitor(options.visits, hurried=options.hurried)
    return show(plan)


if __name__ == "__main__":
    raise SystemExit(main())
