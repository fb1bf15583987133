"""Where the real logs and facts lie that are used in place: `shared` beside the project."""

from __future__ import annotations

from pathlib import Path

SHARED = Path(__file__).parents[2].parent / "shared"
"""Absent on most machines; tests that need it skip with a plain reason."""
