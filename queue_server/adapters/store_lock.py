"""One program at a time writes to a store; the kernel frees the lock whatever happens to it."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path


class StoreInUse(Exception):  # noqa: N818 - a state, not a mistake
    """Another program has this store open to write."""


class StoreLock:
    """Held from its making until `free`, or until the process ends in any way."""

    def __init__(self, store: Path) -> None:
        """Take the lock of a store file.

        Raises:
            StoreInUse: somebody has it; the message says which process.
            OSError: the lock file cannot be made.
        """
        path = store.with_suffix(".lock")
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(self._file, 20).decode("ascii", "replace").strip()
            os.close(self._file)
            raise StoreInUse(f"{store}: in use by a running server (process {holder})") from None
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, str(os.getpid()).encode(), 0)

    def free(self) -> None:
        """Let others write."""
        os.close(self._file)
