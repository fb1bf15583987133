"""A process that issues tickets on one store as fast as it can and says which are safe.

Usage: python -m tests.fault.issuing_process STORE FIRST [KEY ...]; first the given keys are tried
again, then new ones from FIRST on. Each line is `key label replayed`, written after the commit.
"""

from __future__ import annotations

import sys
from concurrent.futures import Future
from pathlib import Path
from queue import SimpleQueue

from queue_server.adapters.sqlite_store import SqliteStore
from queue_server.adapters.writer_thread import WriterThread
from queue_server.use_cases.keep_day import Answer
from tests.fakes.busy_office import issue, keeper_on

IN_FLIGHT = 8


def main() -> None:
    path, first, *again = sys.argv[1:]
    store = SqliteStore(Path(path))
    writer = WriterThread(keeper_on(store))
    done: SimpleQueue[tuple[str, Future[Answer]]] = SimpleQueue()

    def ask(key: str) -> None:
        future = writer.submit(issue(f"ticket-{key}", key=key))
        future.add_done_callback(lambda made: done.put((key, made)))

    fresh = iter(range(int(first), sys.maxsize))
    for key in again:
        ask(key)
    for _ in range(IN_FLIGHT):
        ask(f"k{next(fresh)}")
    writer.start()
    while True:
        key, future = done.get()
        answer = future.result()
        if answer.body is None:
            raise SystemExit(f"{key}: {answer.fault}")
        sys.stdout.write(f"{key} {answer.body['label']} {answer.replayed}\n")
        sys.stdout.flush()
        if key not in again:
            ask(f"k{next(fresh)}")


if __name__ == "__main__":
    main()
