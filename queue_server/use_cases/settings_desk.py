"""Where an administrator reads, tries and changes the office's settings and catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from queue_server.config.catalogue_sheet import CatalogueEntry, SheetFault
from queue_server.config.settings_part import SettingsPart
from queue_server.use_cases.ports import StoredEvent


class Stale(Exception):  # noqa: N818 - a refusal
    """Somebody else changed it in the meantime."""


class RestartRefused(Exception):  # noqa: N818 - a refusal
    """The server goes on as it is: with what stands in the folder it could not start."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is other: where, before, after."""

    where: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.where}: {self.before} → {self.after}"


class SettingsDesk(Protocol):
    """The settings in the file; may be asked from any thread. It reads files: not in a loop."""

    def read(self) -> tuple[SettingsPart, str, bool]:
        """The settings, the digest that `save` expects, and whether a restart is due."""
        ...

    def preview(self, part: SettingsPart) -> list[Difference]:
        """What would be other; nothing is changed.

        Raises:
            SettingsRefused: they are not those of any office.
        """
        ...

    def save(self, part: SettingsPart, expected: str, by: str) -> list[Difference]:
        """Write them, and the event that says who; what is other now.

        Raises:
            SettingsRefused: they are not those of any office.
            Stale: the file is not the one with the digest `expected`.
            StoreUnavailable: nothing was changed.
        """
        ...


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The procedures of the office; version 0 is the one that came with the program."""

    version: int
    digest: str
    entries: tuple[CatalogueEntry, ...]


@dataclass(frozen=True, slots=True)
class SheetPreview:
    """What a file would change, or why it cannot be taken; with faults nothing is applied."""

    faults: tuple[SheetFault, ...]
    changes: tuple[Difference, ...]


class CatalogueDesk(Protocol):
    """The office's catalogue with its versions; may be asked from any thread."""

    def read(self) -> Catalogue:
        """The newest version."""
        ...

    def sheet(self) -> str:
        """The newest version as CSV."""
        ...

    def preview(self, text: str) -> SheetPreview:
        """What this CSV would change; nothing is applied."""
        ...

    def apply(self, text: str, expected: str, by: str) -> SheetPreview:
        """Take it over as a new version, all of it or nothing.

        Raises:
            Stale: the catalogue is not the one with the digest `expected`.
            StoreUnavailable: nothing was changed.
        """
        ...

    def confirm(self, code: str, field: str, expected: str, by: str) -> Catalogue:
        """The office vouches for one field of a procedure that was unsure.

        Raises:
            LookupError: no such procedure, or the field is not unsure.
            Stale, StoreUnavailable: as above.
        """
        ...


class RecordReader(Protocol):
    """Reading what was decided about the office. May raise `StoreUnavailable`."""

    def records(self, latest: int) -> Sequence[StoredEvent]:
        """The latest decisions, newest first."""
        ...
