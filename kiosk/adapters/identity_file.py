"""Reads what is known of the form of identity numbers, `kiosk/data/identity.toml`."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from kiosk.domain.identity_number import IdentityFacts

Digit = Annotated[str, Field(pattern=r"^[0-9]$")]
Province = Annotated[str, Field(pattern=r"^[0-9]{3}$")]


class _Born(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    sex: Literal["M", "F"]
    century: Annotated[int, Field(ge=1900, le=2300)]


class _IdentityFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    oldest_years: Annotated[int, Field(ge=100, le=150)]
    century_sex: Annotated[dict[Digit, _Born], Field(min_length=10)]
    provinces: Annotated[dict[Province, str], Field(min_length=1)]


def read_identity_facts(text: str | None = None) -> IdentityFacts:
    """The shipped facts, or those in `text`.

    Raises:
        ValueError: a digit has no meaning, or a key is not one.
    """
    if text is None:
        text = (files("kiosk") / "data" / "identity.toml").read_text(encoding="utf-8")
    file = _IdentityFile.model_validate(tomllib.loads(text))
    return IdentityFacts(
        provinces=file.provinces,
        sexes={digit: born.sex for digit, born in file.century_sex.items()},
        centuries={digit: born.century for digit, born in file.century_sex.items()},
        oldest_years=file.oldest_years,
    )
