"""A network between two hosts that loses, delays, doubles and reorders packets, or is cut.

Two network namespaces, a tunnel device in each, and this process in between with every packet in
its hands: the kernels at both ends do real TCP. Needs root and /dev/net/tun.
"""

from __future__ import annotations

import ctypes
import fcntl
import heapq
import os
import random
import select
import struct
import subprocess
import threading
import time
from dataclasses import dataclass
from itertools import count
from types import TracebackType
from typing import Self

from tests.campaign.found import Cannot

TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
CLONE_NEWNET = 0x40000000
MTU = 1500
CITIZENS, OFFICE = "10.77.0.1", "10.77.0.2"


@dataclass(slots=True)
class Weather:
    """Shares of packets, and seconds."""

    lost: float = 0.0
    doubled: float = 0.0
    delay_s: float = 0.0
    jitter_s: float = 0.0
    cut: bool = False


class BadNetwork:
    """`weather` may be changed at any time; `inside(side)` starts a command at that side."""

    def __init__(self, name: str, seed: int) -> None:
        self._names = (f"{name}-c", f"{name}-o")
        self._dice = random.Random(seed)
        self.weather = Weather()
        self.carried = self.dropped = 0
        self._over = threading.Event()
        self._devices: list[int] = []

    def __enter__(self) -> Self:
        try:
            for name, address, peer in zip(
                self._names, (CITIZENS, OFFICE), (OFFICE, CITIZENS), strict=True
            ):
                _run("ip", "netns", "add", name)
                self._devices.append(_tunnel_in(name))
                _run("ip", "-n", name, "addr", "add", f"{address}/32", "peer", peer, "dev", "tun0")
                _run("ip", "-n", name, "link", "set", "tun0", "up", "mtu", str(MTU))
                _run("ip", "-n", name, "link", "set", "lo", "up")
        except (OSError, subprocess.CalledProcessError) as error:
            self._remove()
            raise Cannot("only root with /dev/net/tun can make two hosts here") from error
        self._carrier = threading.Thread(target=self._carry)
        self._carrier.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._carrier.join()
        self._remove()

    def citizens(self) -> tuple[str, ...]:
        """What stands before a command at the citizens' side."""
        return ("ip", "netns", "exec", self._names[0])

    def office(self) -> tuple[str, ...]:
        """What stands before a command at the office's side."""
        return ("ip", "netns", "exec", self._names[1])

    def _remove(self) -> None:
        for device in self._devices:
            os.close(device)
        for name in self._names:
            subprocess.run(["ip", "netns", "del", name], check=False, capture_output=True)

    def _carry(self) -> None:
        """Until the end: packets in at one side, and out at the other in their time."""
        under_way: list[tuple[float, int, int, bytes]] = []
        order = count()
        other = {self._devices[0]: self._devices[1], self._devices[1]: self._devices[0]}
        while not self._over.is_set():
            soon = under_way[0][0] - time.monotonic() if under_way else 0.1
            ready, _, _ = select.select(self._devices, [], [], min(max(soon, 0.0), 0.1))
            for device in ready:
                packet = os.read(device, MTU + 64)
                for due in self._fate():
                    heapq.heappush(under_way, (due, next(order), other[device], packet))
            while under_way and under_way[0][0] <= time.monotonic():
                _, _, device, packet = heapq.heappop(under_way)
                os.write(device, packet)
                self.carried += 1

    def _fate(self) -> list[float]:
        """When the packet arrives; never, once or twice."""
        weather, dice = self.weather, self._dice
        if weather.cut or dice.random() < weather.lost:
            self.dropped += 1
            return []
        times = 2 if dice.random() < weather.doubled else 1
        now = time.monotonic()
        return [now + weather.delay_s + dice.random() * weather.jitter_s for _ in range(times)]


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


def _tunnel_in(name: str) -> int:
    """A tunnel device `tun0` in a namespace; the descriptor of this end."""
    made: list[int | OSError] = []

    def make() -> None:
        # Only this thread moves into the namespace, and it ends here.
        try:
            _enter(name)
            device = os.open("/dev/net/tun", os.O_RDWR)
            fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH", b"tun0", IFF_TUN | IFF_NO_PI))
            made.append(device)
        except OSError as error:
            made.append(error)

    thread = threading.Thread(target=make)
    thread.start()
    thread.join()
    (device,) = made
    if isinstance(device, OSError):
        raise device
    return device


def _enter(name: str) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    space = os.open(f"/var/run/netns/{name}", os.O_RDONLY)
    try:
        if libc.setns(space, CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), "setns")
    finally:
        os.close(space)
