"""Numpad key maps on disk: which key of a USB numpad sends which digit or end key."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator

from kiosk.domain.numpad import Erase, Meaning
from queue_server.contracts.config_file import ConfigError, read_config


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class NumpadKey(_Strict):
    """One key: the kernel's code and what it sends."""

    code: Annotated[int, Field(ge=1, le=767)]
    sends: Annotated[str, Field(min_length=1)]

    @field_validator("sends")
    @classmethod
    def _known(cls, sends: str) -> str:
        end = len(sends) <= 2 and all("!" <= sign <= "~" for sign in sends)  # noqa: PLR2004 - as in `KeyPress.end`
        digit = len(sends) == 1 and sends in "0123456789"
        if sends in list(Erase) or digit or (end and not any(sign.isdigit() for sign in sends)):
            return sends
        names = " or ".join(Erase)
        raise ValueError(f"{sends!r} is no digit, no end key of one or two signs, not {names}")


class NumpadFile(_Strict):
    """The file as written: a name for people and the keys by their names."""

    name: Annotated[str, Field(min_length=1, max_length=80)]
    keys: dict[str, NumpadKey]


def default_numpad() -> Path:
    """The map of an ordinary numpad; `firmware_configs` lies beside `kiosk` wherever installed."""
    return Path(__file__).parents[2] / "firmware_configs" / "numpads" / "default.toml"


def read_numpad(path: Path) -> dict[int, Meaning]:
    """What each key code means.

    Raises:
        ConfigError: the file is missing or cannot be used; the message names file, key and cure.
    """
    keys = read_config(path, NumpadFile).keys
    codes = Counter(key.code for key in keys.values())
    if twice := [name for name, key in keys.items() if codes[key.code] > 1]:
        raise ConfigError(f"{path}: keys {' and '.join(twice)} have the same code")
    erasing = {erase.value: erase for erase in Erase}
    return {key.code: erasing.get(key.sends, key.sends) for key in keys.values()}
