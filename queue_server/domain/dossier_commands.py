"""What can be asked about dossiers; each is decided by one handler in `dossier_moves.py`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from queue_server.domain.commands import Command
from queue_server.domain.deadline import Processing
from queue_server.domain.dossier import Dossier, Move, Stage

Pages = tuple[tuple[str, bytes], ...]
"""Sealed pages with the names they are kept by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What a dossier is about and how it came; the same for every step of a draft."""

    procedure: str
    catalogue: str
    service: str
    channel: str
    language: str = "vi"
    kiosk: str | None = None
    assistant: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveDraft(Command):
    """Keep what was answered so far. `sealed` is not shown by `repr`: nothing personal in logs."""

    dossier: str
    holder: str
    filing: Filing
    stage: Stage
    sealed: bytes
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DropDraft(Command):
    """The citizen gives the draft up: what it held is forgotten in the same commit."""

    dossier: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileDossier(Command):
    """Hand in. `dossier` and `holder` are those of the draft, where there was one.

    `person` is the keyed hash of the citizen's identity number: it finds the next dossier's known
    papers and stands in no event. `copies` are pages of papers that are used again, each with the
    name it is kept by: what this dossier holds does not end with the one it was taken from.
    """

    dossier: str
    holder: str
    filing: Filing
    sealed: bytes
    by: str
    processing: Processing | None = None
    place_help: str = ""
    person: str | None = None
    papers: int = 0
    digitised: int = 0
    reused: int = 0
    fee_vnd: int | None = None
    copies: Pages = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectDossier(Command):
    """The holder declares anew what nobody has looked at yet; code and day of the result stay.

    `copies` as for filing; `dropped` are the names of copies that are not wanted any more.
    """

    dossier: str
    sealed: bytes
    by: str
    papers: int = 0
    digitised: int = 0
    reused: int = 0
    fee_vnd: int | None = None
    copies: Pages = ()
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepPage(Command):
    """Keep one scanned page of a draft; the same place again takes the place of the page before.

    `paper` is the paper's place in the procedure's list, `page` the page's in the paper, from 1.
    """

    dossier: str
    paper: int
    page: int
    sealed: bytes
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DropPages(Command):
    """Forget scanned pages of a paper of a draft; `parts` are the names that are free then.

    Where one of several goes, `moved` are the pages behind it, each at the place before its own.
    """

    dossier: str
    paper: int
    parts: tuple[str, ...]
    by: str
    moved: Pages = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveDossier(Command):
    """A clerk's move.

    `reason` is needed to ask, extend, refuse and stop, `until` to extend, `to` to hand over;
    `expected_version` guards against what another window did.
    """

    dossier: str
    move: Move
    by: str
    reason: str = ""
    until: date | None = None
    to: str = ""
    on_the_spot: bool = False
    digitised: int = 0
    sealed: bytes | None = None
    expected_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAccess(Command):
    """Somebody is about to see what was declared: first it is written down."""

    dossier: str
    by: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseDossier(Command):
    """Forget what a dossier that has ended holds of its citizen.

    `dossier` is the row as stored: what ended on an earlier day is not on the shelf.
    """

    dossier: Dossier
    by: str
    reason: str
