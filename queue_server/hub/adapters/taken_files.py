"""Which versions of the hub an office took last, a file for each kind in the office's folder."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from queue_server.adapters.learned_file import write_whole
from queue_server.hub.adapters.relay_files import FOLDER
from queue_server.hub.use_cases.handed_desk import Taken
from queue_server.use_cases.ports import StoreUnavailable


class TakenFiles:
    """Written whole or not at all. Without one the office's own facts all count as its own hand."""

    def __init__(self, data: Path) -> None:
        self._folder = data / FOLDER

    def read(self, kind: str) -> Taken | None:
        """The last one; None where there is none, or it is no such file.

        Raises:
            StoreUnavailable: there is one that cannot be read now.
        """
        path = self._path(kind)
        try:
            return Taken(**json.loads(path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None
        except (ValueError, TypeError):
            return None
        except OSError as error:
            raise StoreUnavailable(f"{path}: {error.strerror}") from None

    def keep(self, kind: str, taken: Taken) -> None:
        """Keep it durably in the place of the one before.

        Raises:
            StoreUnavailable: the folder takes no file.
        """
        path = self._path(kind)
        try:
            write_whole(path, json.dumps(asdict(taken), ensure_ascii=False) + "\n")
        except OSError as error:
            raise StoreUnavailable(f"{path}: {error.strerror}") from None

    def _path(self, kind: str) -> Path:
        return self._folder / f"taken-{kind}.json"
