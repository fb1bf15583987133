"""Reads a TOML file into a strict model; every fault is one line a person can act on."""

from __future__ import annotations

import difflib
import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from queue_server.contracts.fault_words import BETWEEN, fault_words

Model = TypeVar("Model", bound=BaseModel)
NOT_USABLE = "cấu hình không dùng được"


class ConfigError(Exception):
    """A configuration that cannot be used; the message names the file, the key and the cure."""

    def __init__(self, said: str, vi: str = "") -> None:
        """`said` is the one line of the command line, `vi` the same in Vietnamese for pages."""
        super().__init__(said)
        self.vi = vi

    def for_page(self) -> str:
        """Vietnamese first, English beside it."""
        return f"{self.vi or NOT_USABLE}{BETWEEN}{self}"


def read_config(path: Path, model: type[Model]) -> Model:
    """Read and validate a TOML file.

    Raises:
        ConfigError: the file is missing, not TOML, or not what `model` asks for.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"{path}: there is no such file", f"{path}: không có tệp này") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"{path}: cannot be read: {error}", f"{path}: không đọc được tệp"
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(
            f"{path}: not valid TOML: {error}", f"{path}: tệp không đúng dạng TOML"
        ) from None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        english, vietnamese = _first_fault(error, model)
        raise ConfigError(f"{path}: {english}", f"{path}: {vietnamese}") from None


def _first_fault(error: ValidationError, model: type[BaseModel]) -> tuple[str, str]:
    """What is wrong first, in English and in Vietnamese."""
    faults = error.errors(include_url=False)
    fault = next((f for f in faults if f["type"] == "extra_forbidden"), faults[0])
    where = ".".join(str(part) for part in fault["loc"]) or "file"
    if fault["type"] != "extra_forbidden":
        vietnamese = fault_words(fault, "tệp").partition(BETWEEN)[0]
        return f"{where}: {fault['msg']}", vietnamese
    near = difflib.get_close_matches(
        str(fault["loc"][-1]), _valid_keys(model, fault["loc"][:-1]), n=1, cutoff=0.5
    )
    hint = f"; did you mean '{near[0]}'?" if near else ""
    meant = f"; có phải '{near[0]}'?" if near else ""
    return f"unknown key '{where}'{hint}", f"không có mục '{where}'{meant}"


def _valid_keys(model: type[BaseModel], path: tuple[int | str, ...]) -> list[str]:
    models = [model]
    for part in path:
        inner = [
            found
            for one in models
            if part in one.model_fields
            for found in _inner_models(one.model_fields[str(part)].annotation)
        ]
        # What is no field is a place in a list, a name in a table of tables, or a union's tag.
        models = inner or models
    return [key for one in models for key in one.model_fields]


def _inner_models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    parts = getattr(annotation, "__args__", ())
    return [found for part in parts for found in _inner_models(part)]
