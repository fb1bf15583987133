"""Reads the list of offices that a hub shows, a CSV file that a person keeps."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from queue_server.contracts.config_file import ConfigError
from queue_server.contracts.views import Words
from queue_server.hub.use_cases.city_board import Listed


class OfficeRow(BaseModel):
    """One line; degrees WGS 84, `url` where its own pages for booking and numbers answer.

    `agency` is spelt as in the plan of online targets, `area` as the city calls it.
    """

    model_config = ConfigDict(extra="forbid")

    id: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$")
    province: str = Field(pattern=r"^[0-9]{2}$")
    name_vi: str = Field(min_length=1)
    name_en: str = ""
    latitude: float | None = Field(None, ge=-90, le=90)
    longitude: float | None = Field(None, ge=-180, le=180)
    url: str | None = Field(None, pattern=r"^https?://[^\s/?#]+$")
    agency: str | None = Field(None, max_length=120)
    area: str | None = Field(None, max_length=80)


def read_offices(path: Path) -> Sequence[Listed]:
    """The offices of a file with the columns of `OfficeRow`, in its order.

    Raises:
        ConfigError: a line is wrong, and which.
    """
    found: dict[str, Listed] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for number, line in enumerate(csv.DictReader(file), start=2):
                row = _row(path, number, line)
                if row.id in found:
                    raise ConfigError(f"{path}:{number}: {row.id} stands twice")
                name = Words(vi=row.name_vi, en=row.name_en or row.name_vi)
                place = (row.latitude, row.longitude, row.url, row.agency, row.area)
                found[row.id] = Listed(row.id, row.province, name, *place)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ConfigError(f"{path}: {error}") from None
    return list(found.values())


def _row(path: Path, number: int, line: dict[str, str]) -> OfficeRow:
    try:
        return OfficeRow(**{name: text for name, text in line.items() if text})
    except (ValidationError, TypeError) as error:
        said = error.errors()[0] if isinstance(error, ValidationError) else None
        words = f"{said['loc'][0]}: {said['msg']}" if said else "too many columns"
        raise ConfigError(f"{path}:{number}: {words}") from None
