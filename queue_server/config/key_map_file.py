"""Key maps on disk: one TOML file for each kind of keypad, the default one in the package."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from queue_server.contracts.config_file import ConfigError, read_config
from queue_server.domain.key_map import KeyMap, KeyMapError


class KeyMapFile(BaseModel):
    """The file as written: a name for people, how the keys lie, and what they mean."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(min_length=1, max_length=80)]
    layout: list[Annotated[str, Field(min_length=1)]] = Field(default_factory=list)
    keys: dict[str, str]


class _Label(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    vi: str
    en: str
    short: str = ""


class CardWords(BaseModel):
    """The words of the quick card."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    words: dict[str, _Label]
    actions: dict[str, _Label]
    signs: dict[str, _Label]


def default_key_map() -> Path:
    """Where the map of the usual 4x4 keypad lies.

    `firmware_configs` lies beside `queue_server` in a check-out and in the installed wheel alike.
    """
    return Path(__file__).parents[2] / "firmware_configs" / "keypads" / "default.toml"


def read_key_map(path: Path) -> KeyMap:
    """Read and check a key map.

    Raises:
        ConfigError: the file is missing or cannot be used; the message names file, key and cure.
    """
    return read_keypad(path)[1]


def read_keypad(path: Path) -> tuple[KeyMapFile, KeyMap]:
    """Read and check a key map, with its name and how its keys lie.

    Raises:
        ConfigError: as `read_key_map`.
    """
    written = read_config(path, KeyMapFile)
    try:
        return written, KeyMap(written.keys)
    except KeyMapError as error:
        raise ConfigError(f"{path}: {error}") from None


def read_card_words() -> dict[str, dict[str, str]]:
    """The words of the quick card, by `words.…`, `actions.…` and `signs.…`."""
    written = read_config(default_key_map().with_name("card.toml"), CardWords)
    return {
        f"{group}.{name}": label
        for group, labels in written.model_dump().items()
        for name, label in labels.items()
    }
