"""Counters over HTTP: what each does now, and every move of a clerk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Body, Depends, Path, Request, Response

from queue_server.api.access import AT_A_COUNTER, STAFF, Principal, Role, role_in
from queue_server.api.carry import IdempotencyKey, carry
from queue_server.api.parts import parts
from queue_server.api.problems import RESPONSES, Refusal
from queue_server.contracts import requests as r
from queue_server.contracts import views as v
from queue_server.contracts.problems import ProblemCode
from queue_server.domain import commands as c
from queue_server.domain.faults import UnknownCounter
from queue_server.use_cases import keep_day
from queue_server.use_cases.present import counter_view

router = APIRouter(prefix="/counters", tags=["counters"], responses=RESPONSES)

StaffMember = Annotated[Principal, Depends(role_in(STAFF))]
Clerk = Annotated[Principal, Depends(role_in(AT_A_COUNTER))]
Number = Annotated[int, Path(ge=1, le=999)]
NO_BODY = r.CounterMove()


async def own_counter(number: Number, principal: Clerk) -> int:
    """The number of a counter that this sign-in may move.

    Raises:
        Refusal: it belongs to another counter.
    """
    if not principal.may_move(number):
        raise Refusal(ProblemCode.NOT_ALLOWED, f"this sign-in does not belong to counter {number}")
    return number


OwnCounter = Annotated[int, Depends(own_counter)]


class MoveName(StrEnum):
    """The moves of a clerk, as they stand in the address."""

    CALL_NEXT = "call-next"
    CALL = "call"
    RECALL = "recall"
    START = "start"
    HOLD = "hold"
    RESUME = "resume"
    TRANSFER = "transfer"
    RETURN = "return"
    FINISH = "finish"
    NO_SHOW = "no-show"
    UNDO = "undo"
    ADD_PROCEDURE = "add-procedure"
    NOTE = "note"
    OPEN = "open"
    PAUSE = "pause"
    CLOSE = "close"
    PROFILE = "profile"


ABOUT_COUNTER = frozenset({MoveName.OPEN, MoveName.PAUSE, MoveName.CLOSE, MoveName.PROFILE})


def _required(value: str | None, name: str) -> str:
    if value is None:
        raise Refusal(ProblemCode.MALFORMED, f"body.{name}: this move needs it")
    return value


def _call(counter: int, body: r.CounterMove) -> c.Command:
    label = _required(body.number, "number")
    return c.CallNumber(counter=counter, expected_version=body.expected_version, label=label)


def _hold(counter: int, body: r.CounterMove) -> c.Command:
    return c.Hold(counter=counter, expected_version=body.expected_version, due_at=body.due_at)


def _resume(counter: int, body: r.CounterMove) -> c.Command:
    return c.Resume(counter=counter, expected_version=body.expected_version, label=body.number)


def _transfer(counter: int, body: r.CounterMove) -> c.Command:
    if body.to_service is None and body.to_counter is None:
        raise Refusal(ProblemCode.MALFORMED, "body: name to_service or to_counter")
    return c.Transfer(
        counter=counter,
        expected_version=body.expected_version,
        to_service=body.to_service,
        to_counter=body.to_counter,
    )


def _finish(counter: int, body: r.CounterMove) -> c.Command:
    outcome = body.outcome or "NORMAL"
    return c.Finish(counter=counter, expected_version=body.expected_version, outcome=outcome)


def _add_procedure(counter: int, body: r.CounterMove) -> c.Command:
    procedure = _required(body.procedure, "procedure")
    return c.AddProcedure(
        counter=counter, expected_version=body.expected_version, procedure=procedure
    )


def _note(counter: int, body: r.CounterMove) -> c.Command:
    text = _required(body.note, "note")
    return c.AddNote(counter=counter, expected_version=body.expected_version, text=text)


def _profile(counter: int, body: r.CounterMove) -> c.Command:
    return c.SwitchProfile(
        counter=counter, expected_version=body.expected_version, profile=body.profile
    )


def _plain(command: type[c.AtCounter]) -> Callable[[int, r.CounterMove], c.Command]:
    def build(counter: int, body: r.CounterMove) -> c.Command:
        return command(counter=counter, expected_version=body.expected_version)

    return build


COMMANDS: dict[MoveName, Callable[[int, r.CounterMove], c.Command]] = {
    MoveName.CALL_NEXT: _plain(c.CallNext),
    MoveName.CALL: _call,
    MoveName.RECALL: _plain(c.Recall),
    MoveName.START: _plain(c.Start),
    MoveName.HOLD: _hold,
    MoveName.RESUME: _resume,
    MoveName.TRANSFER: _transfer,
    MoveName.RETURN: _plain(c.Return),
    MoveName.FINISH: _finish,
    MoveName.NO_SHOW: _plain(c.NoShow),
    MoveName.UNDO: _plain(c.Undo),
    MoveName.ADD_PROCEDURE: _add_procedure,
    MoveName.NOTE: _note,
    MoveName.OPEN: _plain(c.OpenCounter),
    MoveName.PAUSE: _plain(c.PauseCounter),
    MoveName.CLOSE: _plain(c.CloseCounter),
    MoveName.PROFILE: _profile,
}


def _require_profile(
    request: Request, principal: Principal, counter: int, wanted: str | None
) -> None:
    """A clerk switches among the profiles that are the clerk's to choose, and no others.

    Raises:
        Refusal: the profile wanted, or the one that a leader gave the counter, is not among them.
    """
    if principal.role is Role.ADMIN:
        return
    with parts(request).live.look() as day:
        try:
            _, now = day.counter(counter)
        except UnknownCounter:
            return
        known = day.office.counters[counter]
        asked = [known.other(wanted), known.other(now.profile)]
    if any(one is not None and not one.by_clerk for one in asked):
        raise Refusal(ProblemCode.NOT_ALLOWED, "only an administrator switches this profile")


def _note_clerk(request: Request, principal: Principal, counter: int) -> None:
    """Write down who makes this move, where a person signed in; the writer takes it first."""
    office = parts(request)
    if principal.person and office.live.clerks.get(counter) != principal.id:
        command = c.NoteClerk(counter=counter, person=principal.id)
        office.writer.submit(keep_day.Request(command, lambda _day, _outcome, _at: {}))


@router.put("/{number}/help", status_code=204)
async def ask_help(request: Request, number: OwnCounter) -> None:
    """Ask a colleague over: the board says so. No ticket is touched; asking twice is once."""
    _require_counter(request, number)
    parts(request).staff_help.ask(number)


@router.delete("/{number}/help", status_code=204)
async def settle_help(request: Request, number: OwnCounter) -> None:
    """A colleague came, or none is needed any more."""
    _require_counter(request, number)
    parts(request).staff_help.settle(number)


def _require_counter(request: Request, number: int) -> None:
    with parts(request).live.look() as day:
        if number not in day.office.counters:
            raise Refusal(ProblemCode.UNKNOWN_COUNTER)


@router.get("", response_model=list[v.CounterView])
async def get_counters(request: Request, _principal: StaffMember) -> list[v.CounterView]:
    """All counters, in order of their number."""
    with parts(request).live.look() as day:
        return [counter_view(day, number) for number in sorted(day.office.counters)]


@router.get("/{number}", response_model=v.CounterView)
async def get_counter(request: Request, number: Number, _principal: StaffMember) -> v.CounterView:
    """One counter and the citizen in front of it."""
    with parts(request).live.look() as day:
        try:
            return counter_view(day, number)
        except UnknownCounter:
            raise Refusal(ProblemCode.UNKNOWN_COUNTER) from None


@router.post(
    "/{number}/{move}",
    response_model=v.TicketView | v.CounterView,
    responses={204: {"description": "call-next: nobody is waiting for this counter"}},
)
async def make_move(  # noqa: PLR0913 - FastAPI reads each fact of the move from here
    request: Request,
    number: OwnCounter,
    move: MoveName,
    principal: Clerk,
    *,
    body: Annotated[r.CounterMove, Body()] = NO_BODY,
    key: IdempotencyKey = None,
) -> Response:
    """One move of a clerk: the ticket after it, or for open, pause, close, profile the counter."""
    if move is MoveName.PROFILE:
        _require_profile(request, principal, number, body.profile)
    known = {one.code for one in parts(request).outcomes}
    if move is MoveName.FINISH and body.outcome is not None and body.outcome not in known:
        raise Refusal(ProblemCode.MALFORMED, "body.outcome: not one of GET /outcomes")
    answers = parts(request).answers
    answering = answers.counter(number) if move in ABOUT_COUNTER else answers.ticket
    command = COMMANDS[move](number, body)
    if isinstance(command, c.SwitchProfile):
        command = replace(command, by=principal.id)
    _note_clerk(request, principal, number)
    return await carry(request, principal, command, answering, key=key)
