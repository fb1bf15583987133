"""Writes rules and work profiles into `motcua.toml` and leaves every comment where it is."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.items import Table

from queue_server.config.rules_part import CounterRules, RulesPart

PROFILE_DEFAULTS: dict[str, object] = {"order": 0, "weight": 1.0}
OTHER_DEFAULTS: dict[str, object] = {"services": [], "priority": "shared", "by_clerk": True}


def digest_of(path: Path) -> str:
    """SHA-256 of the file, hexadecimal: two people who edit it find each other out."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def changed_text(text: str, part: RulesPart) -> str:
    """The file's text with this part; only what is another value now is touched."""
    document = tomlkit.parse(text)
    if "rules" not in document:
        document["rules"] = tomlkit.table()
    rules: Any = document["rules"]
    _set(rules, part.rules.model_dump(mode="json"), type(part.rules)().model_dump(mode="json"))
    given = {counter.number: counter for counter in part.counters}
    counters: Any = document["counters"]
    for section in counters:
        _set_counter(section, given[int(section["number"])])
    return tomlkit.dumps(document)


def _set_counter(section: Table, counter: CounterRules) -> None:
    defaults = CounterRules(number=counter.number).model_dump(mode="json")
    values = counter.model_dump(mode="json")
    del values["number"]
    values["profile"] = [_said(entry) for entry in values["profile"]]
    values["breaks"] = [{"start": span.start, "end": span.end} for span in counter.breaks]
    values["others"] = [
        {key: value for key, value in one.items() if value != OTHER_DEFAULTS.get(key)}
        | {"profile": [_said(entry) for entry in one["profile"]]}
        for one in values["others"]
    ]
    for one in values["others"]:
        if not one["profile"]:
            del one["profile"]
    _set(section, values, defaults)


def _said(entry: dict[str, Any]) -> dict[str, Any]:
    """A profile entry without what has its default."""
    return {key: value for key, value in entry.items() if PROFILE_DEFAULTS.get(key) != value}


def _set(table: Any, values: dict[str, Any], defaults: dict[str, Any]) -> None:
    """Write each value that differs; what has its default and stands nowhere stays away."""
    for key, value in values.items():
        usual = defaults[key]
        if key in table:
            if value == usual and (value is None or value in ([], {})):
                del table[key]
            elif table[key] != value:
                table[key] = _inline(value)
        elif value != usual:
            table[key] = _inline(value)


def _inline(value: Any) -> Any:
    if isinstance(value, dict):
        table = tomlkit.inline_table()
        table.update(value)
        return table
    if isinstance(value, list):
        array = tomlkit.array()
        array.extend([_inline(one) for one in value])
        return array
    return value


class NewText:
    """A file's next text: wholly on the disk beside it, then in its place, or gone."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._beside = beside_of(path)
        try:
            with self._beside.open("w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            self._beside.chmod(path.stat().st_mode & 0o777)
            sync_folder(path.parent)
        except OSError:
            self.drop()
            raise

    def put(self) -> None:
        """Let it count; a power cut leaves the old file or this one."""
        put_beside(self._path)

    def drop(self) -> None:
        """Leave the old file as it is."""
        with suppress(OSError):
            self._beside.unlink()


def beside_of(path: Path) -> Path:
    """Where a file's next text lies until it counts."""
    return path.with_name(f".{path.name}.new")


def put_beside(path: Path) -> None:
    """Let the text that lies beside a file count; a power cut leaves the old one or this one."""
    beside_of(path).replace(path)
    sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Let the names in a folder outlive a power cut: a synced file alone may still be nameless."""
    folder = os.open(path, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
