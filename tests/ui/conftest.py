"""Kivy is prepared when this folder is collected, before a test module imports it."""

from __future__ import annotations

from tests.ui.offscreen import use_offscreen_window

HOME = use_offscreen_window()
