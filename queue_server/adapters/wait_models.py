"""The waiting-time models of an office: the shipped one, its own, and which of them answers.

Own models stand in folders of `models/wait/`, each with cards and sha256. `active.json` names the
one in use and the ones before it. A model that is refused gives way to the one before it, and in
the end to the shipped one.
"""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from edge_models.runtime.card import UntrustedModel
from edge_models.wait.conformal import Conformal
from edge_models.wait.model import SHIPPED, WaitModel
from queue_server.adapters.learned_file import (
    conformal_as_json,
    conformal_from_json,
    write_whole,
)
from queue_server.adapters.night_record import FOLDER

log = logging.getLogger(__name__)

ACTIVE = "active.json"
CORRECTION = "correction.json"
SHIPPED_NAME = "shipped"
KEPT = 5


class NothingBefore(Exception):  # noqa: N818 - a refusal
    """There is no model to go back to."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A model that was loaded; `refused` says what was passed over, and why."""

    name: str
    model: WaitModel
    correction: Conformal | None
    refused: tuple[str, ...] = ()


class WaitModels:
    """The models of the office in a data folder."""

    def __init__(self, data: Path, shipped: Path = SHIPPED) -> None:
        self._folder = data / FOLDER
        self._shipped = shipped

    def history(self) -> list[str]:
        """Names of the own models in use, the active one first; empty: the shipped one answers."""
        try:
            names = json.loads((self._folder / ACTIVE).read_text(encoding="utf-8"))["models"]
            return [name for name in names if isinstance(name, str) and Path(name).name == name]
        except FileNotFoundError:
            return []
        except (OSError, ValueError, LookupError, TypeError) as error:
            log.warning("%s: cannot be used (%s); the shipped model answers", ACTIVE, error)
            return []

    def changed(self) -> int:
        """A number that grows when another model is made active."""
        try:
            return (self._folder / ACTIVE).stat().st_mtime_ns
        except OSError:
            return 0

    def load(self) -> Chosen:
        """The newest own model that can be trusted, or the shipped one.

        Raises:
            UntrustedModel: not even the shipped one can be trusted; says all reasons.
        """
        refused: list[str] = []
        for name in [*self.history(), SHIPPED_NAME]:
            try:
                return Chosen(name, *self._load(name), tuple(refused))
            except UntrustedModel as fault:
                refused.append(f"{name}: {fault}")
        raise UntrustedModel("; ".join(refused))

    def _load(self, name: str) -> tuple[WaitModel, Conformal | None]:
        if name == SHIPPED_NAME:
            return WaitModel(self._shipped), None
        folder = self._folder / name
        model = WaitModel(folder)
        try:
            days = json.loads((folder / CORRECTION).read_text(encoding="utf-8"))
            return model, conformal_from_json(days)
        except (OSError, ValueError, LookupError, TypeError) as error:
            raise UntrustedModel(f"{CORRECTION}: {error}") from error

    def shipped(self) -> WaitModel:
        """The model that came with the program.

        Raises:
            UntrustedModel: it is not what its card says.
        """
        return WaitModel(self._shipped)

    def new_folder(self, at: datetime) -> Path:
        """Where a new model is to be written."""
        folder = self._folder / f"own-{at:%Y%m%d-%H%M%S}"
        folder.mkdir(parents=True)
        return folder

    def activate(self, folder: Path, correction: Conformal) -> None:
        """Let a finished model answer from now on; a running server takes it within seconds."""
        write_whole(folder / CORRECTION, json.dumps(conformal_as_json(correction)))
        self._write([folder.name, *self.history()][:KEPT])
        kept = set(self.history())
        for old in self._folder.glob("own-*"):
            if old.name not in kept and old != folder:
                shutil.rmtree(old, ignore_errors=True)

    def roll_back(self) -> str:
        """Go back to the model before; its name.

        Raises:
            NothingBefore: the shipped model answers already.
        """
        history = self.history()
        if not history:
            raise NothingBefore("the shipped model answers; there is none before it")
        self._write(history[1:])
        return (history[1:] or [SHIPPED_NAME])[0]

    def cards(self) -> list[tuple[str, dict[str, Any] | str]]:
        """Every model that may answer, the active one first: its card, or why it is refused."""
        found: list[tuple[str, dict[str, Any] | str]] = []
        for name in [*self.history(), SHIPPED_NAME]:
            try:
                found.append((name, self._load(name)[0].card))
            except UntrustedModel as fault:
                found.append((name, str(fault)))
        return found

    def _write(self, models: Sequence[str]) -> None:
        write_whole(self._folder / ACTIVE, json.dumps({"models": list(models)}))
