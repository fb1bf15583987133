"""Forms as data: what a procedure asks its citizen, when, with which help, and what is no answer.

Kiosk, server and pages read the same files, so a declaration that one accepts no other refuses.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from queue_server.contracts.config_file import ConfigError
from queue_server.contracts.views import Words

MOST_CHOICES = 6
Answers = Mapping[str, str]


class Kind(StrEnum):
    """What an answer looks like; dates are ISO, identity numbers 12 digits, money đồng."""

    TEXT = "text"
    NAME = "name"
    DATE = "date"
    IDENTITY = "identity"
    PHONE = "phone"
    NUMBER = "number"
    MONEY = "money"
    CHOICE = "choice"


class Prefill(StrEnum):
    """What of a scanned card an answer may begin with."""

    NUMBER = "number"
    NAME = "name"
    BORN = "born"
    SEX = "sex"
    ADDRESS = "address"


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FormWords(Words):
    """What the form says, also in Khmer: empty where nobody has written it, and never reviewed."""

    km: str = ""


class Choice(_Data):
    """One of the answers that can be touched."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    words: FormWords


class When(_Data):
    """A question is asked only if an earlier one was answered by one of these."""

    field: str
    one_of: Annotated[tuple[str, ...], Field(min_length=1)]


class FormField(_Data):
    """One question: one screen at the kiosk, one line on the declaration."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    kind: Kind
    ask: FormWords
    label: FormWords
    help: FormWords | None = None
    example: str | None = None
    required: bool = True
    past: bool = Field(default=False, description="A date that cannot lie ahead")
    least: int | None = None
    most: int | None = Field(default=None, description="Letters of a text; value of a number")
    choices: Annotated[tuple[Choice, ...], Field(max_length=MOST_CHOICES)] = ()
    when: When | None = None
    prefill: Prefill | None = None

    @model_validator(mode="after")
    def _consistent(self) -> FormField:
        if (self.kind is Kind.CHOICE) != (len(self.choices) > 1):
            raise ValueError("a choice has two to six choices, nothing else has any")
        ids = [choice.id for choice in self.choices]
        if len(set(ids)) < len(ids):
            raise ValueError("a choice stands twice")
        return self

    def shown(self, value: str) -> FormWords:
        """An answer as people read it."""
        for choice in self.choices:
            if choice.id == value:
                return choice.words
        if self.kind is Kind.DATE and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            value = f"{value[8:]}/{value[5:7]}/{value[:4]}"
        if self.kind is Kind.MONEY and value.isdigit():
            value = f"{int(value):,} đ".replace(",", ".")
        return FormWords(vi=value, en=value)


class FeeRule(_Data):
    """How a fee follows from the answers: an amount for each of `times`, for each page of `pages`.

    From page `cheap_from` on a page costs `cheap_vnd`; one copy never costs more than `most_vnd`.
    """

    times: str | None = None
    pages: str | None = None
    cheap_from: int | None = None
    cheap_vnd: int = 0
    most_vnd: int | None = None

    def total(self, amount_vnd: int, answers: Answers) -> int:
        """What is to be paid at `amount_vnd` apiece, in đồng."""
        one = amount_vnd
        if self.pages is not None:
            pages = _count(answers, self.pages)
            full = pages if self.cheap_from is None else min(pages, self.cheap_from - 1)
            one = full * amount_vnd + (pages - full) * self.cheap_vnd
        if self.most_vnd is not None:
            one = min(one, self.most_vnd)
        return one * (_count(answers, self.times) if self.times is not None else 1)


def _count(answers: Answers, field: str) -> int:
    value = answers.get(field, "")
    return int(value) if value.isascii() and value.isdigit() else 1


class Form(_Data):
    """What one procedure asks, in order; `version` stays with every dossier filed by it."""

    procedure: Annotated[str, Field(pattern=r"^[1-9]\.[0-9]{6}$")]
    version: Annotated[str, Field(min_length=1, max_length=40)]
    title: FormWords
    fee: FeeRule = FeeRule()
    field: Annotated[tuple[FormField, ...], Field(min_length=1, max_length=40)]

    @model_validator(mode="after")
    def _in_order(self) -> Form:
        seen: dict[str, FormField] = {}
        for field in self.field:
            if field.id in seen:
                raise ValueError(f"field '{field.id}' stands twice")
            if field.when is not None:
                _check_when(field, seen)
            seen[field.id] = field
        return self

    def asked(self, answers: Answers) -> list[FormField]:
        """The questions that these answers lead to, in order."""
        found: list[FormField] = []
        for field in self.field:
            when = field.when
            if when is None or (
                any(one.id == when.field for one in found)
                and answers.get(when.field) in when.one_of
            ):
                found.append(field)
        return found


def _check_when(field: FormField, seen: Mapping[str, FormField]) -> None:
    when = field.when
    if when is None:
        return
    if when.field not in seen:
        raise ValueError(f"field '{field.id}' depends on '{when.field}', which is not asked before")
    known = {choice.id for choice in seen[when.field].choices}
    strange = [one for one in when.one_of if one not in known]
    if strange:
        raise ValueError(f"field '{field.id}': '{when.field}' has no choice '{strange[0]}'")


def read_form(path: Path) -> Form:
    """Read one form.

    Raises:
        ConfigError: it cannot be used; the message names file, line, place and what is wrong.
    """
    try:
        text = path.read_text(encoding="utf-8")
        return Form.model_validate(tomllib.loads(text))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from None
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in fault["loc"]) or "form"
        line = _line_of(text, fault["loc"], fault["msg"])
        raise ConfigError(f"{path}: line {line}: {where}: {fault['msg']}") from None


def _line_of(text: str, place: tuple[int | str, ...], message: str) -> int:
    """The line of the field, and in it of the key, that a fault is about; from 1."""
    lines = text.splitlines()
    begin, keys = 0, [part for part in place if isinstance(part, str) and part != "field"]
    heads = [n for n, line in enumerate(lines) if line.strip() == "[[field]]"]
    number = next((part for part in place if isinstance(part, int)), None)
    if number is not None and number < len(heads):
        begin = heads[number]
    else:
        named = re.search(r"field '(\w+)'", message)
        keys = keys or ([] if named is None else [f'id = "{named[1]}"'])
    end = next((head for head in heads if number is not None and head > begin), len(lines))
    here = [n for n in range(begin, end) if keys and lines[n].strip().startswith(keys[0])]
    # A field that stands twice is wrong where it stands the second time.
    return (here[0 if number is not None else -1] if here else begin) + 1


def read_forms(folder: Path) -> dict[str, Form]:
    """All forms of a folder, by procedure.

    Raises:
        ConfigError: one of them cannot be used, or two are for one procedure.
    """
    found: dict[str, Form] = {}
    for path in sorted(folder.glob("*.toml")):
        form = read_form(path)
        if form.procedure in found:
            raise ConfigError(f"{path}: another form is for {form.procedure} already")
        found[form.procedure] = form
    return found


@cache
def shipped_forms() -> Mapping[str, Form]:
    """The forms inside the package."""
    return read_forms(Path(str(files("queue_server.contracts") / "forms_data")))


def form_of(procedure: str) -> Form | None:
    """The shipped form of a procedure; None where it cannot be declared here."""
    return shipped_forms().get(procedure)
