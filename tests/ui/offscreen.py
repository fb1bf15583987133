"""Prepares Kivy for a process without a screen; must run before anything of Kivy is imported."""

from __future__ import annotations

import os
import sys
import tempfile
from functools import cache
from pathlib import Path

from kiosk.ui.environment import prepare

# The offscreen surface does not grow later: large enough for both orientations.
SURFACE = (1280, 1920)


@cache
def use_offscreen_window() -> tempfile.TemporaryDirectory[str]:
    """Set everything once per process; the folder lives as long as the process."""
    assert "kivy" not in sys.modules, "Kivy was imported before it was prepared"
    os.environ["SDL_VIDEODRIVER"] = "offscreen"
    os.environ["SDL_AUDIODRIVER"] = "dummy"
    home = tempfile.TemporaryDirectory(prefix="kivy-home-", ignore_cleanup_errors=True)
    prepare(Path(home.name), size=SURFACE, fullscreen=False)
    return home
