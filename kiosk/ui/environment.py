"""What must be said to Kivy before any part of it is imported: this is a public machine."""

from __future__ import annotations

import os
from pathlib import Path


def prepare(state: Path, *, size: tuple[int, int], fullscreen: bool) -> None:
    """Set environment and Kivy configuration; `state` is a writable folder for Kivy's own files.

    Must run before the first import of a Kivy window; a second call changes nothing useful.
    """
    os.environ["KIVY_NO_ARGS"] = "1"
    os.environ["KIVY_NO_CONFIG"] = "1"
    os.environ["KIVY_LOG_MODE"] = "PYTHON"
    os.environ["KIVY_HOME"] = str(state)
    # The others end the whole process with a code of their own when there is no screen.
    os.environ["KIVY_WINDOW"] = "sdl2"
    from kivy.config import Config  # noqa: PLC0415 - importing Kivy reads the variables above

    for section, option, value in (
        # Nothing a citizen does may leave the program.
        ("kivy", "exit_on_escape", 0),
        ("kivy", "pause_on_minimize", 0),
        ("graphics", "borderless", 1),
        ("graphics", "resizable", 0),
        ("graphics", "show_cursor", 0 if fullscreen else 1),
        ("graphics", "fullscreen", "auto" if fullscreen else 0),
        ("graphics", "width", size[0]),
        ("graphics", "height", size[1]),
        ("graphics", "multisamples", 0),
        # One finger, one touch: the second finger of a mouse emulation would draw red dots.
        ("input", "mouse", "mouse,disable_multitouch"),
    ):
        Config.set(section, option, value)
