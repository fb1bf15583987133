"""Writes an administrator's settings into `motcua.toml`; comments and other keys stay."""

from __future__ import annotations

from typing import Any

import tomlkit
from tomlkit.items import AoT

from queue_server.config.office_file import OfficeFile
from queue_server.config.settings_part import KEYS, SettingsPart, plain, settings_of

TABLES = tuple(name for name in SettingsPart.model_fields if name not in KEYS)


def settings_text(text: str, part: SettingsPart) -> str:
    """The file's text with this part; only what is another value now is touched."""
    document = tomlkit.parse(text)
    now = plain(settings_of(OfficeFile.model_validate(document.unwrap())))
    wanted = plain(part)
    for name in TABLES:
        if now[name] != wanted[name]:
            if name not in document:
                document[name] = tomlkit.table()
            _put(document[name], now[name], wanted[name])
    for name, key in KEYS.items():
        if now[name] != wanted[name]:
            _put_list(document, name, key, now[name], wanted[name])
    return tomlkit.dumps(document)


def _put(table: Any, now: dict[str, Any], wanted: dict[str, Any]) -> None:
    for key, value in wanted.items():
        if now.get(key) == value:
            continue
        if value is None:
            table.pop(key, None)
        else:
            table[key] = _inline(value)


def _put_list(
    document: Any, name: str, key: str, now: list[dict[str, Any]], wanted: list[dict[str, Any]]
) -> None:
    """Tables of the same key are changed in place, others are added or dropped; order as wanted."""
    tables = {str(table[key]): table for table in document.get(name, [])}
    before = {str(one[key]): one for one in now}
    made: AoT = tomlkit.aot()
    for one in wanted:
        own = str(one[key])
        table = tables.get(own, tomlkit.table())
        _put(table, before.get(own, {}), one)
        made.append(table)
    document[name] = made


def _inline(value: Any) -> Any:
    if isinstance(value, dict):
        table = tomlkit.inline_table()
        table.update({key: _inline(one) for key, one in value.items() if one is not None})
        return table
    if isinstance(value, list):
        array = tomlkit.array()
        array.extend([_inline(one) for one in value])
        return array
    return value
