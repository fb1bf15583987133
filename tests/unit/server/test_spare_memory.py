"""What was used once and is free again goes back to the system, by glibc's own means."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest

from queue_server.adapters.spare_memory import SpareMemory, keep_few_arenas

FREED_AND_PINNED = """
import psutil
from queue_server.adapters.spare_memory import give_back
mine = psutil.Process()
pages = [bytes(1000) for _ in range(60_000)]
last = pages[-1]
pages.clear()
before = mine.memory_info().rss
gave = give_back()
print(int(gave), (before - mine.memory_info().rss) // 1024**2)
"""
"""60 MB of small pieces; the last one stays, so the heap cannot just end earlier."""


def test_what_was_freed_goes_back_to_the_system() -> None:
    if not keep_few_arenas():
        pytest.skip("this C library is not glibc: there is nothing to ask")
    child = [sys.executable, "-c", FREED_AND_PINNED]
    said = subprocess.run(child, capture_output=True, text=True, check=True, timeout=120).stdout
    gave, mib = map(int, said.split())
    assert gave
    assert mib >= 40


def test_it_is_done_again_and_again_until_the_end() -> None:
    thrice, before = threading.Semaphore(0), set(threading.enumerate())
    memory = SpareMemory(every_s=0.001, trim=thrice.release)
    memory.start()
    assert all(thrice.acquire(timeout=60) for _ in range(3))
    memory.stop()
    assert "memory" not in {thread.name for thread in set(threading.enumerate()) - before}


def test_an_end_before_the_beginning_is_no_fault() -> None:
    SpareMemory().stop()
