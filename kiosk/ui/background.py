"""Slow work beside the screen: one thread does it, the answer comes back to the screen."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from kivy.clock import Clock

log = logging.getLogger(__name__)

Answer = TypeVar("Answer")


class Background:
    """Runs jobs one after another, so that devices and gateway need no locks."""

    def __init__(self) -> None:
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="desk")
        self._running = 0
        self._since_s = 0.0

    @property
    def busy(self) -> bool:
        """Whether a job has not been answered yet."""
        return self._running > 0

    @property
    def busy_s(self) -> float:
        """For how long the job that runs now has been running, at most; 0 when none does."""
        return time.monotonic() - self._since_s if self.busy else 0.0

    def run(
        self,
        job: Callable[[], Answer],
        done: Callable[[Answer], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        """Do a job; exactly one of `done` and `failed` is called later, on the screen's thread."""
        if not self.busy:
            self._since_s = time.monotonic()
        self._running += 1

        def deliver(future: Future[Answer]) -> None:
            self._running -= 1
            self._since_s = time.monotonic()
            error = future.exception()
            if error is None:
                done(future.result())
            else:
                failed(error)

        self._worker.submit(job).add_done_callback(
            lambda future: Clock.schedule_once(lambda _dt: deliver(future))
        )

    def close(self) -> None:
        """Finish the job that is running and take no other."""
        self._worker.shutdown(wait=True, cancel_futures=True)
