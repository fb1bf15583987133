"""Tells the time of this machine: by its clock, which may be set, and since it was switched on."""

from __future__ import annotations

import time
from datetime import datetime, tzinfo
from functools import cache
from pathlib import Path

from kiosk.use_cases.ports import Moment

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


def moment(zone: tzinfo) -> Moment:
    """Now; the uptime goes on while the machine sleeps."""
    uptime_s = time.clock_gettime(time.CLOCK_BOOTTIME)
    return Moment(datetime.now(zone), _boot(), uptime_s)


@cache
def _boot() -> str:
    """The same for all processes until the machine is started anew."""
    try:
        return BOOT_ID.read_text("ascii").strip()
    except OSError:
        # Without it, times are compared by the clock alone.
        return f"unknown-{time.time_ns():x}"
