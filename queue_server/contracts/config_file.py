"""Reads a TOML file into a strict model; every fault is one line a person can act on."""

from __future__ import annotations

import difflib
import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

Model = TypeVar("Model", bound=BaseModel)


class ConfigError(Exception):
    """A configuration that cannot be used; the message names the file, the key and the cure."""


def read_config(path: Path, model: type[Model]) -> Model:
    """Read and validate a TOML file.

    Raises:
        ConfigError: the file is missing, not TOML, or not what `model` asks for.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"{path}: there is no such file") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise ConfigError(f"{path}: {_first_fault(error, model)}") from None


def _first_fault(error: ValidationError, model: type[BaseModel]) -> str:
    faults = error.errors(include_url=False)
    fault = next((f for f in faults if f["type"] == "extra_forbidden"), faults[0])
    where = ".".join(str(part) for part in fault["loc"]) or "file"
    if fault["type"] != "extra_forbidden":
        return f"{where}: {fault['msg']}"
    near = difflib.get_close_matches(
        str(fault["loc"][-1]), _valid_keys(model, fault["loc"][:-1]), n=1, cutoff=0.5
    )
    hint = f"; did you mean '{near[0]}'?" if near else ""
    return f"unknown key '{where}'{hint}"


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
