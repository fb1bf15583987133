"""What one scenario of the fault campaign found; a broken promise is an AssertionError instead."""

from __future__ import annotations

from dataclasses import dataclass

from tests.fault.busy_crowd import Notebook
from tests.fault.truth_on_disk import Truth


@dataclass(frozen=True, slots=True)
class Found:
    """Counts: how often it was broken, what people were promised, what the store holds."""

    breaks: int
    promised: int
    calls: int
    kept: int
    repeats: int = 0
    note: str = ""


class Cannot(Exception):  # noqa: N818 - a fact about the machine, not an error
    """This machine cannot play the scenario; the reason in plain words."""


def found(breaks: int, notebook: Notebook, truth: Truth, note: str = "") -> Found:
    """From what the crowd noted and what the store says."""
    return Found(
        breaks, len(notebook.tickets), len(notebook.calls), truth.tickets, notebook.replays, note
    )
