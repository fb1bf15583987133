"""The office's catalogue as numbered files; a new version is a new file, old ones stay."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import asdict, fields, replace
from pathlib import Path
from threading import Lock
from typing import Any

from queue_server.adapters.office_config import MOST_NAMED, SOME_TIME, commit_record
from queue_server.adapters.office_toml import sync_folder
from queue_server.adapters.settings_desk import NEWEST
from queue_server.adapters.sqlite_reader import SqliteReader
from queue_server.config.catalogue_sheet import (
    CatalogueEntry,
    digest_of_sheet,
    read_sheet,
    sheet_of,
)
from queue_server.config.clerk_data import shipped_entries
from queue_server.domain.office_record_events import CatalogueChanged
from queue_server.use_cases.keep_day import Writer
from queue_server.use_cases.ports import StoreUnavailable
from queue_server.use_cases.settings_desk import Catalogue, Difference, SheetPreview, Stale

SHOWN = tuple(field.name for field in fields(CatalogueEntry) if field.name != "code")


def own_entries(folder: Path) -> tuple[int, tuple[CatalogueEntry, ...]] | None:
    """The newest version that the office has of its own, or None."""
    numbers = [int(p.stem) for p in folder.glob("*.json") if p.stem.isdigit()]
    if not numbers:
        return None
    return max(numbers), _entries_in(folder / f"{max(numbers)}.json")


def _entries_in(path: Path) -> tuple[CatalogueEntry, ...]:
    """The entries of a file; facts that it was not yet asked for are the shipped ones."""
    shipped = {one.code: asdict(one) for one in shipped_entries()}
    return tuple(_entry(shipped.get(one["code"], {}) | one) for one in _rows(path))


def _rows(path: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))
    return rows


def _entry(row: dict[str, Any]) -> CatalogueEntry:
    lists = {"also": tuple(row["also"]), "unsure": tuple(row["unsure"])}
    return CatalogueEntry(**row | lists | {"papers": tuple((vi, en) for vi, en in row["papers"])})


class OfficeCatalogue:
    """`CatalogueDesk` over the folder `catalogue/` of an office."""

    def __init__(
        self,
        folder: Path,
        services: tuple[str, ...],
        writer: Writer,
        changed: Callable[[Sequence[CatalogueEntry]], None] = lambda _entries: None,
    ) -> None:
        """`changed` is told each new version once it is kept."""
        self._changed = changed
        self._folder = folder
        self._services = services
        self._writer = writer
        self._lock = Lock()

    def read(self) -> Catalogue:
        """The newest version; the shipped one where the office has none of its own."""
        version, entries = own_entries(self._folder) or (0, shipped_entries())
        return Catalogue(version, digest_of_sheet(entries), entries)

    def sheet(self) -> str:
        """The newest version as CSV."""
        return sheet_of(self.read().entries)

    def preview(self, text: str) -> SheetPreview:
        """What this CSV would change, or all that is wrong with it."""
        entries, faults = read_sheet(text, self._services)
        if faults:
            return SheetPreview(faults, ())
        return SheetPreview((), tuple(_different(self.read().entries, entries)))

    def apply(self, text: str, expected: str, by: str) -> SheetPreview:
        """Take it over as a new version, all of it or nothing.

        Raises:
            Stale: somebody else was faster.
            StoreUnavailable: nothing was changed.
        """
        with self._lock:
            now = self._expected(expected)
            found = self.preview(text)
            if not found.faults and found.changes:
                entries, _ = read_sheet(text, self._services)
                self._keep(now, entries, "imported", by, found.changes)
            return found

    def confirm(self, code: str, field: str, expected: str, by: str) -> Catalogue:
        """The office vouches for a field that was unsure.

        Raises:
            LookupError: no such procedure, or the field is not unsure.
            Stale, StoreUnavailable: as for `apply`.
        """
        with self._lock:
            now = self._expected(expected)
            if not any(one.code == code and field in one.unsure for one in now.entries):
                raise LookupError(f"'{field}' of {code} is not unsure")
            entries = tuple(
                replace(one, unsure=tuple(f for f in one.unsure if f != field))
                if one.code == code
                else one
                for one in now.entries
            )
            self._keep(now, entries, "confirmed", by, _different(now.entries, entries))
            return self.read()

    def _expected(self, expected: str) -> Catalogue:
        now = self.read()
        if now.digest != expected:
            raise Stale
        return now

    def _keep(
        self,
        now: Catalogue,
        entries: tuple[CatalogueEntry, ...],
        what: str,
        by: str,
        changes: list[Difference] | tuple[Difference, ...],
    ) -> None:
        """The file beside, the event, then the file in its place; `finish_version` after a cut."""
        version = now.version + 1
        path = self._folder / f"{version}.json"
        beside = path.with_suffix(".new")
        try:
            self._folder.mkdir(exist_ok=True)
            with beside.open("w", encoding="utf-8") as file:
                json.dump([asdict(one) for one in entries], file, ensure_ascii=False, indent=1)
                file.flush()
                os.fsync(file.fileno())
            sync_folder(self._folder)
        except OSError as error:
            raise StoreUnavailable(f"{self._folder}: {error.strerror}") from None
        said = CatalogueChanged(
            at=SOME_TIME,
            by=by,
            changes=tuple(str(one) for one in changes[:MOST_NAMED]),
            what=what,
            version=version,
            digest=digest_of_sheet(entries),
        )
        commit_record(self._writer, said)
        try:
            beside.replace(path)
        except OSError as error:
            back = replace(said, what="taken back", changes=(), digest=now.digest)
            commit_record(self._writer, replace(back, version=now.version))
            raise StoreUnavailable(f"{self._folder}: {error.strerror}") from None
        self._changed(entries)


def finish_version(data: Path) -> bool:
    """Finish an import that was decided and then cut off; whether there was one."""
    folder = data / "catalogue"
    if not any(folder.glob("*.new")):
        return False
    try:
        records = SqliteReader(data / "store" / "office.db").records(NEWEST)
    except StoreUnavailable:
        return False
    last = next((one.event for one in records if isinstance(one.event, CatalogueChanged)), None)
    if last is None or (folder / f"{last.version}.json").exists():
        return False
    beside = folder / f"{last.version}.new"
    if not beside.exists() or digest_of_sheet(_entries_in(beside)) != last.digest:
        return False
    beside.replace(folder / f"{last.version}.json")
    return True


def _different(
    old: tuple[CatalogueEntry, ...], new: tuple[CatalogueEntry, ...]
) -> list[Difference]:
    before, after = ({one.code: one for one in side} for side in (old, new))
    found = []
    for code in [*before, *(code for code in after if code not in before)]:
        if code not in after:
            found.append(Difference(code, before[code].name_vi, "–"))
        elif code not in before:
            found.append(Difference(code, "–", after[code].name_vi))
        else:
            for field in SHOWN:
                one, other = getattr(before[code], field), getattr(after[code], field)
                if one != other:
                    found.append(Difference(f"{code} {field}", _text(one), _text(other)))
    return found


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return " | ".join(one if isinstance(one, str) else " / ".join(one) for one in value) or "–"
    return str(value)
