"""MQTT payloads: JSON with `v`, `id`, `sent_at`, `source`; never anything about a person."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from queue_server.contracts.problems import Problem
from queue_server.contracts.requests import ConfirmRequest, LeaseRequest, TicketRequest
from queue_server.contracts.smile_windows import LEAST_PEOPLE
from queue_server.contracts.views import BoardView, Words

VERSION = 1

Share = Annotated[float, Field(ge=0, le=1)]


class Message(BaseModel):
    """The envelope. Readers ignore fields they do not know, so versions can mix."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    v: int = VERSION
    id: Annotated[str, Field(min_length=1, max_length=80)]
    sent_at: AwareDatetime
    source: Annotated[str, Field(min_length=1, max_length=64)]


class KioskRequest(Message):
    """`kiosk/{k}/request`. The `key` was made before the first try: a repeat changes nothing."""

    kind: Literal["issue", "confirm", "void", "lease"]
    key: Annotated[str, Field(min_length=1, max_length=200)]
    reply_to: str | None = Field(default=None, description="Topic for the answer")
    ticket: TicketRequest | None = None
    ticket_id: str | None = None
    confirm: ConfirmRequest | None = None
    lease: LeaseRequest | None = None


class KioskReply(Message):
    """`kiosk/{k}/reply`: `body` is what HTTP would answer, or `problem` says why not."""

    request_id: str
    ok: bool
    replayed: bool = False
    body: dict[str, Any] | None = None
    problem: Problem | None = None


class KeyPress(Message):
    """`counter/{n}/key`: digits typed, then an end key. Deduplicated on source, boot and seq.

    `boot` changes when the keypad restarts, so a keypad without storage may count from 1 again.
    `age_ms` is how long the key waited in the device; a stale press is refused visibly.
    """

    seq: Annotated[int, Field(ge=0)]
    boot: str = ""
    digits: Annotated[str, Field(pattern=r"^[0-9]{0,8}$")] = ""
    end: Annotated[str, Field(min_length=1, max_length=2)]
    age_ms: Annotated[int, Field(ge=0)] = 0


class Notice(StrEnum):
    """Short feedback for a keypad display."""

    NOBODY_WAITING = "nobody_waiting"
    NOT_ALLOWED = "not_allowed"
    TOO_LATE = "too_late"
    STORE_UNAVAILABLE = "store_unavailable"
    HELP_ASKED = "help_asked"
    KEY_STUCK = "key_stuck"


class CounterStateMessage(Message):
    """`counter/{n}/state`, retained: what keypad and LED show."""

    counter: int
    state: Literal["closed", "open", "paused"]
    number: str | None
    ticket_state: str | None
    waiting: int
    recalls: int = 0
    version: int
    seq: int
    notice: Notice | None = None
    answers: str | None = Field(default=None, description="`id` of the key press this answers")


class CallMessage(Message):
    """`calls`: say and show it. A gap in `seq` is healed by the HTTP snapshot."""

    seq: int
    number: str
    counter: int
    counter_name: Words
    service: str
    recall: bool
    language: str
    speech: Words


class Paper(StrEnum):
    """What a printer says of its paper; silence is unknown, never plenty."""

    OK = "ok"
    NEAR_END = "near_end"
    OUT = "out"
    UNKNOWN = "unknown"


class DeviceStatus(Message):
    """`device/{id}/status`, retained: birth message, heartbeat, last will.

    `boot` changes when the device restarts; a device without a clock may then count `sent_at`
    from 1970 again, and the server learns anew how far that is behind.
    """

    online: bool
    boot: str = ""
    versions: dict[str, str] = Field(default_factory=dict)
    paper: Paper | None = None
    printer: str | None = None
    temperature_c: float | None = None
    detail: str | None = Field(default=None, max_length=200)


class BoardMessage(Message):
    """`board`, retained: the snapshot of `GET /board` in an envelope."""

    board: BoardView


class SmileWindow(Message):
    """`satisfaction/{window}`: share of smiles with its interval, and nothing else.

    `sent_at` is the end of the window and `id` its name: nothing tells when anybody was there.
    """

    n: Annotated[int, Field(ge=LEAST_PEOPLE)]
    smile_share: Share
    low: Share
    high: Share


class SmileCalibration(Message):
    """`satisfaction/calibration`: how well smiles tell good ratings (4, 5) from bad ones here.

    `n` consenting citizens also rated, `n_bad` of them 1 to 3; `auc` with its 95 % interval. With
    `used`, the windows after it are corrected by what was learned: shares of good ratings.
    """

    n: Annotated[int, Field(ge=LEAST_PEOPLE)]
    n_bad: Annotated[int, Field(ge=0)]
    auc: Share
    low: Share
    high: Share
    used: bool
