"""How the server behaves as a process: how many files it opens, how often it collects garbage."""

from __future__ import annotations

import gc
import resource

MOST_FILES = 65_536


def open_as_many_files_as_allowed() -> None:
    """Each board is a connection, and many systems start a program with 1,024 files at most."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    allowed = MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, MOST_FILES)
    if soft != resource.RLIM_INFINITY and soft < allowed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))


def collect_garbage_seldom() -> None:
    """Spare what lives as long as the process, and let more come together before each look.

    A ticket is many objects that stay until midnight; looking through them again and again took
    a third of the processor under load. Rings of garbage are rare here, so they may wait. What an
    office before this one in the same process left is given free first.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    gc.enable()
