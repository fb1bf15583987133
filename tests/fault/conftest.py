"""A small disk, where the machine lets us make one."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest


class SmallDisk:
    """A file system of 32 MiB, so that the write-ahead log fits, to be filled and emptied."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filler = folder / "filler"

    def fill(self) -> None:
        """Leave no byte free."""
        with self._filler.open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(4096))
            except OSError:
                return

    def empty(self) -> None:
        """Give the space back."""
        self._filler.unlink()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[SmallDisk]:
    """Mounted for one test."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    if mount is None or os.geteuid() != 0:
        pytest.skip("only root may mount a small disk; test_store_disk tests a page limit anyway")
    made = subprocess.run([mount, "-t", "tmpfs", "-o", "size=32m", "none", disk], check=False)
    if made.returncode != 0:
        pytest.skip("this machine lets nobody mount; test_store_disk tests a page limit anyway")
    yield SmallDisk(disk)
    subprocess.run(["umount", disk], check=True)
