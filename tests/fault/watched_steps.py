"""The steps that writing files asks of the system: something happens before each of them."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

STEPS = ("open", "fsync", "replace")
"""What a save asks of the system by Python's own functions; the store is SQLite's."""


@contextmanager
def at_each_step(happens: Callable[[int], None]) -> Iterator[None]:
    """Call `happens` with the number of each step that this thread takes, before it is taken."""
    mine, count, real = threading.get_ident(), 0, {name: getattr(os, name) for name in STEPS}

    def watched(name: str) -> Callable[..., Any]:
        def step(*args: Any, **more: Any) -> Any:
            nonlocal count
            if threading.get_ident() == mine:
                count += 1
                happens(count)
            return real[name](*args, **more)

        return step

    with pytest.MonkeyPatch.context() as patch:
        for name in STEPS:
            patch.setattr(os, name, watched(name))
        yield


def fails_at(bad: int) -> Callable[[int], None]:
    """The disk is full at one step."""

    def happens(step: int) -> None:
        if step == bad:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    return happens


def running_only(_folder: str, names: list[str]) -> list[str]:
    """What belongs to a running process only."""
    return [name for name in names if name in {"broker", "figures.db", "figures.db-wal"}]
