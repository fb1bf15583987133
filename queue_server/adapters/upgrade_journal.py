"""The journal of an upgrade: one small file in the office's folder, whole or not there."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path

from queue_server.adapters.backup import to_disk
from queue_server.use_cases.upgrade import Entry

UPGRADES = "upgrades"
JOURNAL = Path(UPGRADES) / "journal.json"


class UpgradeJournal:
    """Written by whoever upgrades, read by every server that starts."""

    def __init__(self, data: Path) -> None:
        self._path = data / JOURNAL

    def read(self) -> Entry | None:
        """The line; None where no upgrade is under way."""
        try:
            text = self._path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        return Entry(**json.loads(text))

    def write(self, entry: Entry) -> None:
        """Replace the line, down to the disk; it belongs to whom the office belongs."""
        owner = self._path.parent.parent.stat()
        self._path.parent.mkdir(mode=0o700, exist_ok=True)
        fresh = self._path.with_suffix(".new")
        with fresh.open("w", encoding="utf-8") as file:
            json.dump(asdict(entry), file)
            file.flush()
            os.fsync(file.fileno())
        for path in (self._path.parent, fresh):
            os.chown(path, owner.st_uid, owner.st_gid)
        fresh.replace(self._path)
        to_disk(self._path.parent)

    def clear(self) -> None:
        """Remove it, down to the disk."""
        self._path.unlink(missing_ok=True)
        to_disk(self._path.parent)
