"""Work that goes on until the terminal or systemd says stop, with its log on the error line."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable


def until_stopped(work: Callable[[asyncio.Event], Awaitable[object]]) -> None:
    """Run it; SIGINT and SIGTERM set the event that it is given."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")

    async def run() -> None:
        stop = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        await work(stop)

    asyncio.run(run())
