"""Key maps of accessible keypads on disk: which key of the keypad means which move of the ring."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from kiosk.domain.navpad import NavKey
from queue_server.contracts.config_file import ConfigError, read_config


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class NavpadKey(_Strict):
    """One key: the code by which the window knows it, and its meaning."""

    code: Annotated[int, Field(ge=1)]
    means: NavKey


class NavpadFile(_Strict):
    """The file as written: a name for people and the keys by their names."""

    name: Annotated[str, Field(min_length=1, max_length=80)]
    keys: dict[str, NavpadKey]


def default_navpad() -> Path:
    """The shipped map; `firmware_configs` lies beside `kiosk` wherever installed."""
    return Path(__file__).parents[2] / "firmware_configs" / "navpads" / "default.toml"


def read_navpad(path: Path) -> dict[int, NavKey]:
    """What each key code means.

    Raises:
        ConfigError: the file is missing or cannot be used, a code stands twice, or there is no key
            to move, to choose or to go back.
    """
    keys = read_config(path, NavpadFile).keys
    codes = Counter(key.code for key in keys.values())
    if twice := [name for name, key in keys.items() if codes[key.code] > 1]:
        raise ConfigError(f"{path}: keys {' and '.join(twice)} have the same code")
    there = {key.means for key in keys.values()}
    for needed in (NavKey.RIGHT, NavKey.CHOOSE, NavKey.BACK):
        if needed not in there:
            raise ConfigError(f"{path}: no key means {needed.value!r}")
    return {key.code: key.means for key in keys.values()}
