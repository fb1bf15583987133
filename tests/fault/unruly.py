"""A disk and a clock that misbehave on command, under a real program; see `unruly_disk.cpp`."""

from __future__ import annotations

import errno
import os
import shutil
import struct
import subprocess
from functools import cache
from pathlib import Path
from tempfile import gettempdir

SOURCE = Path(__file__).with_name("unruly_disk.cpp")
MOOD = struct.Struct("<4q")
COMPILER = shutil.which("g++") or shutil.which("clang++")
NO_COMPILER = "no C++ compiler here: the unruly disk cannot be built"


@cache
def library() -> Path:
    """The shared library, built once for this source."""
    assert COMPILER is not None
    built = Path(gettempdir()) / f"motcua-unruly-{SOURCE.stat().st_mtime_ns}-{os.getpid()}.so"
    flags = ("-std=c++17", "-O1", "-shared", "-fPIC", "-Wall", "-Wextra", "-Werror")
    subprocess.run([COMPILER, *flags, "-o", built, SOURCE, "-ldl"], check=True)
    return built


class UnrulyDisk:
    """The folder of a program, seen through the library: `environment` is for the program."""

    def __init__(self, folder: Path, *, keep_log: bool = False) -> None:
        self.folder = folder
        self.log = folder.with_suffix(".writes")
        self._mood_file = folder.with_suffix(".mood")
        self._mood_file.write_bytes(MOOD.pack(0, 0, 0, 0))
        self.environment = {
            **os.environ,
            "LD_PRELOAD": str(library()),
            "MOTCUA_DISK": str(folder),
            "MOTCUA_DISK_MOOD": str(self._mood_file),
        }
        if keep_log:
            self.environment["MOTCUA_DISK_LOG"] = str(self.log)

    def be(self, *, error: int = 0, sync_ms: int = 0, ahead_s: int = 0) -> None:
        """From now on: this errno at each write, this long for each fsync, the clock so far on."""
        with self._mood_file.open("r+b") as file:
            file.write(MOOD.pack(error, sync_ms, ahead_s, 0))

    def full(self) -> None:
        """No space left."""
        self.be(error=errno.ENOSPC)

    def read_only(self) -> None:
        """As after a fault of the medium, when the system mounts it read-only."""
        self.be(error=errno.EROFS)
