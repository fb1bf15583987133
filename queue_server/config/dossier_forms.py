"""The papers of a dossier as data: what each form says, in which order, under which version."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from queue_server.contracts.config_file import read_config

REGISTER = "07"


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PaperForm(_Data):
    """One form; `lines` name labels, `papers` and `steps` add their lists."""

    number: Annotated[str, Field(pattern="^0[1-7]$")]
    title: str
    opening: str
    lines: tuple[str, ...]
    papers: bool = False
    steps: bool = False
    closing: str
    signs: tuple[str, str]


class PaperForms(_Data):
    """All forms and the words they share."""

    version: str
    mark: str
    form: tuple[PaperForm, ...]
    labels: dict[str, str]
    states: dict[str, str]

    def numbered(self, number: str) -> PaperForm:
        """The form with this number.

        Raises:
            KeyError: there is none.
        """
        return {form.number: form for form in self.form}[number]


@cache
def paper_forms() -> PaperForms:
    """The shipped forms.

    Raises:
        ConfigError: the file cannot be used.
    """
    return read_config(Path(__file__).parent / "dossier_forms.toml", PaperForms)
