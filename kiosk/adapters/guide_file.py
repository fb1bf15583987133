"""Reads the questions of the guide, checked strictly at the start."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from kiosk.domain.guide import Answer, Guide, GuideError, Question
from kiosk.domain.words import Words
from queue_server.contracts.config_file import ConfigError, read_config

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Text = Annotated[str, Field(min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Words(_Strict):
    vi: Text
    en: Text
    km: str = ""

    def to_domain(self) -> Words:
        return Words(self.vi, self.en, self.km)


class _Answer(_Words):
    to: Name | None = None
    procedure: Annotated[str, Field(pattern=r"^[1-9]\.\d{6}$")] | None = None


class _Question(_Strict):
    id: Name
    ask: _Words
    answers: list[_Answer]


class _Questions(_Strict):
    question: list[_Question]


def shipped_guide() -> Path:
    """The questions inside the package."""
    return Path(str(files("kiosk") / "data" / "guide.toml"))


def read_guide(path: Path) -> Guide:
    """Read the questions.

    Raises:
        ConfigError: the file cannot be used; the message names it and the question.
    """
    found = read_config(path, _Questions)
    try:
        return Guide(
            Question(
                one.id,
                one.ask.to_domain(),
                tuple(
                    Answer(answer.to_domain(), answer.to or "", answer.procedure or "")
                    for answer in one.answers
                ),
            )
            for one in found.question
        )
    except GuideError as fault:
        raise ConfigError(f"{path}: {fault}") from None
