"""A real broker in a child process, for tests that talk MQTT."""

from __future__ import annotations

import socket
import subprocess
import sys
import textwrap
from types import TracebackType
from typing import Self

PROGRAM = textwrap.dedent(
    """
    import asyncio, sys
    from amqtt.broker import Broker

    async def main():
        broker = Broker({
            "listeners": {"default": {"type": "tcp", "bind": f"127.0.0.1:{sys.argv[1]}"}},
            "plugins": {"amqtt.plugins.authentication.AnonymousAuthPlugin":
                        {"allow_anonymous": True}},
        })
        await broker.start()
        print("listening", flush=True)
        await asyncio.Event().wait()

    asyncio.run(main())
    """
)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class AmqttProcess:
    """Starts on entry, is killed on exit; `kill` and `start` again play an outage."""

    def __init__(self) -> None:
        self.port = free_port()
        self._child: subprocess.Popen[str] | None = None

    def start(self) -> None:
        self._child = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", PROGRAM, str(self.port)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._child.stdout is not None
        assert self._child.stdout.readline().strip() == "listening"

    def kill(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child.wait()
            assert self._child.stdout is not None
            self._child.stdout.close()
            self._child = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()
