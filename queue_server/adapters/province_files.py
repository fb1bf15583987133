"""Hands messages to the province's system as files in a folder that somebody else empties."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from queue_server.contracts.province_messages import ProvinceMessage
from queue_server.use_cases.province_outbox import ProvinceAway, Sent

MARK = ".sent.json"


class ProvinceFiles:
    """A message is a file with the number of its event: written twice it is the same file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def deliver(self, message: ProvinceMessage) -> None:
        """Write the file whole, durable, under its name.

        Raises:
            ProvinceAway: the folder takes no file.
        """
        name = f"{message.seq:010d}-{message.event}.json"
        self._write(name, message.model_dump_json(indent=1) + "\n")

    def read_sent(self) -> Sent:
        """How far it had come; from the beginning where the mark is missing or torn."""
        try:
            return Sent(**json.loads((self._folder / MARK).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return Sent()

    def keep_sent(self, sent: Sent) -> None:
        """Keep the mark beside the files.

        Raises:
            ProvinceAway: the folder takes no file.
        """
        self._write(MARK, json.dumps(asdict(sent)) + "\n")

    def _write(self, name: str, text: str) -> None:
        half = self._folder / f".{name}.half"
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with half.open("w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            half.replace(self._folder / name)
        except OSError as error:
            with suppress(OSError):
                half.unlink()
            raise ProvinceAway(f"{self._folder}: {error.strerror}") from None
