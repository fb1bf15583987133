"""Bodies that clients send about dossiers; what they declare is sealed before it is kept."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Base64Bytes, Field

from queue_server.contracts.appointment_requests import Language, Procedure
from queue_server.contracts.requests import Strict
from queue_server.contracts.written_times import Day

FieldId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Given = Annotated[str, Field(max_length=400)]
AnswerMap = Annotated[dict[FieldId, Given], Field(max_length=60)]
Staff = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[A-Za-z0-9._-]+$")]
FilingChannel = Literal["kiosk", "counter", "online"]
StageName = Literal["advise", "declare", "prepare", "submit"]


class BroughtPaper(Strict):
    """A paper of the procedure's list; `brought` by the citizen's own word.

    `reuse` is the code of an earlier dossier from which it is taken, with the citizen's consent.
    `pages` is how many scanned pages its sender believes to be kept: a dossier is not taken while
    one of them is missing.
    """

    name: Annotated[str, Field(min_length=1, max_length=300)]
    brought: bool = False
    reuse: Annotated[str, Field(min_length=1, max_length=40)] | None = None
    pages: Annotated[int, Field(ge=0, le=40)] = 0


class _Declared(Strict):
    procedure: Procedure
    answers: AnswerMap = Field(default_factory=dict)
    channel: FilingChannel = "kiosk"
    language: Language = "vi"
    assistant: Staff | None = Field(
        default=None, description="The id of who helps the citizen at the kiosk (assisted mode)"
    )

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.procedure}, …)"

    __str__ = __repr__


class DraftRequest(_Declared):
    """Keep what was answered so far; nothing is checked but the form's own name."""

    stage: StageName = "declare"
    papers: Annotated[tuple[BroughtPaper, ...], Field(max_length=40)] = ()


class PageRequest(Strict):
    """One scanned page: a JPEG, from which only what draws it is kept.

    `kind` is what paper it is and `expires_on` until when it may be used again, as far as known.
    """

    image: Base64Bytes = Field(description="A JPEG of at most 1,000,000 bytes")
    kind: Annotated[str, Field(max_length=60, pattern=r"^[a-z0-9_-]*$")] = ""
    expires_on: Day | None = None

    def __repr__(self) -> str:
        return "PageRequest(…)"

    __str__ = __repr__


class FileRequest(_Declared):
    """Hand in. `draft` is the code of the saved draft; `consent` must be given."""

    draft: Annotated[str, Field(min_length=4, max_length=20)] | None = None
    consent: Literal[True]
    place_help: Annotated[str, Field(max_length=60, pattern=r"^[A-Za-z0-9._-]*$")] = ""
    papers: Annotated[tuple[BroughtPaper, ...], Field(max_length=40)] = ()


class KnownPapersRequest(Strict):
    """Which papers does the office hold already? Asked with the citizen's consent only."""

    procedure: Procedure
    answers: AnswerMap
    consent: Literal[True]

    def __repr__(self) -> str:
        return f"KnownPapersRequest({self.procedure}, …)"

    __str__ = __repr__


class DossierMoveRequest(Strict):
    """A clerk's move; `reason` to ask, extend, refuse, stop; `until` to extend; `to` to hand over.

    A reason never holds a number that leads to a person.
    """

    move: Literal[
        "receive",
        "ask_supplement",
        "supplement",
        "extend",
        "refuse",
        "stop",
        "finish",
        "hand_over",
    ]
    reason: Annotated[str, Field(max_length=400)] = ""
    until: Day | None = None
    to: Annotated[str, Field(max_length=100)] = ""
    on_the_spot: bool = False
    digitised: Annotated[int, Field(ge=0, le=100)] = 0
    expected_version: int | None = None


class EraseRequest(Strict):
    """Forget what an ended dossier holds of its citizen."""

    reason: Annotated[str, Field(min_length=1, max_length=200)]
