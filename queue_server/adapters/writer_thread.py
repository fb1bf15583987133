"""The one writer as a thread: all that was asked while the last commit ran goes into the next."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import date
from queue import Empty, SimpleQueue
from threading import Lock, Thread

from queue_server.domain.commands import PassTime
from queue_server.use_cases.keep_day import Answer, Commit, DayKeeper, Request, Worked
from queue_server.use_cases.ports import StoreUnavailable

log = logging.getLogger(__name__)

Listener = Callable[[Commit], None]
TICK = Request(PassTime(), lambda _day, _outcome, _at: {})


@dataclass(frozen=True, slots=True)
class Job:
    """A request and whom to tell."""

    request: Request
    future: Future[Answer] = field(default_factory=Future)


class WriterThread:
    """Works requests off in order. `submit` may be called from any thread.

    Each commit is told to the listeners first, in this thread, then the senders are answered: who
    wrote something reads it. `group` bounds how many requests share a commit; `tick_s` is how
    often, at least, the keeper looks at what is due.
    """

    def __init__(self, keeper: DayKeeper, *, group: int = 128, tick_s: float = 1.0) -> None:
        self._keeper = keeper
        self._group = group
        self._tick_s = tick_s
        self._next_tick = 0.0
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._listeners: list[Listener] = []
        self._door = Lock()
        self._closed = False
        self._cleaned: date | None = None
        self._thread = Thread(target=self._run, name="writer", daemon=True)
        self.store_works = True

    def listen(self, listener: Listener) -> None:
        """Be told of each commit, in the writer's thread; return quickly. Before `start`."""
        self._listeners.append(listener)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def submit(self, request: Request) -> Future[Answer]:
        """Hand a request in; its future is completed after the commit, and never fails."""
        job = Job(request)
        with self._door:
            if not self._closed:
                self._jobs.put(job)
                return job.future
        job.future.set_result(Answer(fault=StoreUnavailable("the server is stopping")))
        return job.future

    def stop(self) -> None:
        """Finish what was handed in, then end."""
        with self._door:
            if not self._closed:
                self._closed = True
                self._jobs.put(None)
        self._thread.join()

    def _run(self) -> None:
        going = True
        while going:
            jobs, going = self._gather()
            taken = [job for job in jobs if job.future.set_running_or_notify_cancel()]
            requests = [job.request for job in taken]
            if time.monotonic() >= self._next_tick:
                self._next_tick = time.monotonic() + self._tick_s
                requests.append(TICK)
            if not requests:
                continue
            worked = self._work_off(requests)
            self._note_store(worked)
            for commit in worked.commits:
                self._tell(commit)
            for job, answer in zip(taken, worked.answers, strict=False):  # the tick asks nothing
                job.future.set_result(answer)
            if worked.commits and worked.commits[-1].day.day != self._cleaned:
                self._clean(worked.commits[-1].day.day)

    def _gather(self) -> tuple[list[Job], bool]:
        """What waits now, or the first that comes before the next tick; False to end after it."""
        jobs: list[Job] = []
        try:
            job = self._jobs.get(timeout=max(0.0, self._next_tick - time.monotonic()))
            while job is not None:
                jobs.append(job)
                if len(jobs) == self._group:
                    return jobs, True
                job = self._jobs.get_nowait()
        except Empty:
            return jobs, True
        return jobs, False

    def _work_off(self, requests: list[Request]) -> Worked:
        try:
            return self._keeper.work_off(requests)
        except Exception as fault:  # the thread must outlive any fault of one request
            if len(requests) == 1:
                log.exception("a request of kind %s failed", type(requests[0].command).__name__)
                return Worked(answers=[Answer(fault=fault)])
        # Nothing of the group was kept; alone, each one answers for itself.
        worked = Worked()
        for request in requests:
            one = self._work_off([request])
            worked.answers += one.answers
            worked.commits += one.commits
        return worked

    def _tell(self, commit: Commit) -> None:
        for listener in self._listeners:
            try:
                listener(commit)
            except Exception:  # what is committed is committed: go on and answer
                log.exception("a listener failed at event %d", commit.seq)

    def _note_store(self, worked: Worked) -> None:
        faults = [a.fault for a in worked.answers if isinstance(a.fault, StoreUnavailable)]
        if faults and self.store_works:
            log.error("the store does not work, requests are refused: %s", faults[0])
        elif not faults and not self.store_works:
            log.warning("the store works again")
        self.store_works = not faults

    def _erase_outlived(self) -> None:
        """What the office's rule no longer keeps goes, with an event for each dossier."""
        while requests := self._keeper.outlived():
            worked = self._work_off(requests)
            for commit in worked.commits:
                self._tell(commit)
            if any(answer.fault is not None for answer in worked.answers):
                log.warning("some declarations are still kept")
                return

    def _clean(self, day: date) -> None:
        try:
            self._keeper.forget_old_answers()
            for commit in self._keeper.purge().commits:
                self._tell(commit)
            self._erase_outlived()
        except StoreUnavailable as fault:
            log.warning("old answers are still kept: %s", fault)
        else:
            self._cleaned = day
