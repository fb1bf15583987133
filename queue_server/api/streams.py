"""Board, display and follow page: snapshots and live streams that resume by event number."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.responses import StreamingResponse

from queue_server.api.access import (
    AT_A_COUNTER,
    EVERYBODY,
    LOOKERS,
    Principal,
    Role,
    anybody,
    role_in,
)
from queue_server.api.live_stream import LiveStream
from queue_server.api.parts import Parts, parts
from queue_server.api.problems import RESPONSES, Refusal
from queue_server.contracts import views as v
from queue_server.contracts.console_views import ConsoleView
from queue_server.contracts.manager_views import ManagerBoardView
from queue_server.contracts.night_views import ForecastRecord, NightView
from queue_server.contracts.problems import ProblemCode
from queue_server.domain.faults import UnknownCounter
from queue_server.domain.ticket import TicketState

router = APIRouter(tags=["board"], responses=RESPONSES)

Looker = Annotated[Principal, Depends(role_in(LOOKERS))]
Public = Annotated[
    Principal, Depends(role_in(LOOKERS | AT_A_COUNTER | {Role.DISPLAY, Role.ANNOUNCER}))
]
SignedIn = Annotated[Principal, Depends(role_in(EVERYBODY))]
LastEvent = Annotated[str | None, Header(alias="Last-Event-ID", max_length=20)]
NO_STORE = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
MOST_FOLLOWED = 2_000


class Streams:
    """The live streams of one office; follow pages share one stream for each ticket."""

    def __init__(self, office: Parts) -> None:
        self._office = office
        self.board = LiveStream("board", self._draw_board)
        self.display = LiveStream("display", self._draw_display)
        self._consoles: dict[int, LiveStream] = {}
        self._follow: dict[str, LiveStream] = {}
        self._shared: dict[str, LiveStream] = {}
        self._devices: list[v.BoardDevice] = []

    def look_again(self) -> None:
        """What changes without a commit; call it now and then in the loop.

        Devices come and fall silent; with time alone people become due, and forecasts change.
        """
        devices = self._office.devices.devices()
        waited = self._office.live.figures.states[TicketState.WAITING]
        everybody = devices != self._devices or waited
        self._devices = devices
        for stream in self._all() if everybody else self._consoles.values():
            stream.passed()

    def changed(self) -> None:
        """The office changed; call it in the event loop."""
        self.board.changed()
        self.display.changed()
        self._consoles_changed()
        for stream in self._shared.values():
            stream.changed()
        for code, stream in list(self._follow.items()):
            if not len(stream) or self._office.live.by_code(code) is None:
                stream.close()
                del self._follow[code]
            else:
                stream.changed()

    def help_changed(self) -> None:
        """A clerk asked a colleague over, or one came; call it in the event loop."""
        self.board.changed()
        self._consoles_changed()

    def close(self) -> None:
        """End all streams."""
        for stream in self._all():
            stream.close()

    def send_home(self) -> None:
        """Somebody may look no more: everybody has to ask again; call it in the event loop."""
        for stream in self._all():
            stream.send_home()

    def _all(self) -> tuple[LiveStream, ...]:
        shared = (*self._consoles.values(), *self._follow.values(), *self._shared.values())
        return self.board, self.display, *shared

    def shared(self, name: str, new: LiveStream) -> LiveStream:
        """The stream of this name, the given one if there was none: one picture for all lookers."""
        return self._shared.setdefault(name, new)

    def console(self, number: int) -> LiveStream:
        """The stream of one counter's console.

        Raises:
            Refusal: the office has no such counter.
        """
        console_view(self._office, number)
        return self._consoles.setdefault(
            number, LiveStream("console", lambda: self._draw_console(number))
        )

    def _consoles_changed(self) -> None:
        """A counter that the office gave up has no console any more."""
        with self._office.live.look() as day:
            gone = [number for number in self._consoles if number not in day.office.counters]
        for number in gone:
            self._consoles.pop(number).close()
        for stream in self._consoles.values():
            stream.changed()

    def follow(self, code: str) -> LiveStream:
        """The stream of one slip; its code is known to be valid."""
        if code not in self._follow and len(self._follow) >= MOST_FOLLOWED:
            raise Refusal(ProblemCode.NOT_ALLOWED, "too many follow pages at once")
        return self._follow.setdefault(
            code, LiveStream("follow", lambda: self._draw_follow(code), gap_s=1.0)
        )

    def _draw_board(self) -> tuple[int, str]:
        board = manager_view(self._office)
        return board.seq, board.model_dump_json()

    def _draw_display(self) -> tuple[int, str]:
        display = self._office.board.display(self._office.clock.now())
        return display.seq, display.model_dump_json()

    def _draw_console(self, number: int) -> tuple[int, str]:
        console = console_view(self._office, number)
        return console.seq, console.model_dump_json()

    def _draw_follow(self, code: str) -> tuple[int, str]:
        follow = follow_view(self._office, code)
        return follow.seq, follow.model_dump_json()


def board_view(office: Parts) -> v.BoardView:
    """The board now, as far as it may go over MQTT."""
    return office.board.board(office.clock.now(), office.devices.devices())


def manager_view(office: Parts) -> ManagerBoardView:
    """The manager's board now."""
    return office.manager.view(office.clock.now(), office.devices.devices())


def console_view(office: Parts, number: int) -> ConsoleView:
    """The console of a counter now.

    Raises:
        Refusal: the office has no such counter.
    """
    try:
        return office.console.view(number, office.clock.now())
    except UnknownCounter:
        raise Refusal(ProblemCode.UNKNOWN_COUNTER) from None


def follow_view(office: Parts, code: str) -> v.FollowView:
    """The follow page of a slip now; its code is all the permission it needs."""
    ticket = office.live.by_code(code)
    if ticket is None:
        raise Refusal(ProblemCode.UNKNOWN_TICKET)
    return office.board.follow(ticket, office.clock.now())


def answer_stream(stream: LiveStream, last: str | None) -> Response:
    """Follow a stream from the event after the last one seen."""
    seen = int(last) if last is not None and last.isdigit() else None
    frames = stream.follow(seen)
    return StreamingResponse(frames, media_type="text/event-stream", headers=NO_STORE)


def live_streams(request: Request) -> Streams:
    """The streams of the office that this app serves."""
    found: Streams = request.app.state.streams
    return found


@router.get("/board", response_model=ManagerBoardView)
async def get_board(request: Request, _principal: Looker) -> ManagerBoardView:
    """The manager's board, one consistent moment with its `seq`."""
    return manager_view(parts(request))


@router.get("/board/stream", response_class=StreamingResponse)
async def stream_board(request: Request, _principal: Looker, last: LastEvent = None) -> Response:
    """Server-sent events `board`: a whole snapshot after each change, `beat` in between."""
    return answer_stream(live_streams(request).board, last)


@router.get("/display", response_model=v.DisplayView)
async def get_display(request: Request, _principal: Public) -> v.DisplayView:
    """What the public display shows."""
    office = parts(request)
    return office.board.display(office.clock.now())


@router.get("/display/stream", response_class=StreamingResponse)
async def stream_display(request: Request, _principal: Public, last: LastEvent = None) -> Response:
    """Server-sent events `display`: a whole snapshot after each change, `beat` in between."""
    return answer_stream(live_streams(request).display, last)


@router.get("/follow/{code}", response_model=v.FollowView, dependencies=[Depends(anybody)])
async def get_follow(request: Request, code: str) -> v.FollowView:
    """A slip's follow page; the unguessable code is the permission."""
    return follow_view(parts(request), code)


@router.get(
    "/follow/{code}/stream",
    response_class=StreamingResponse,
    dependencies=[Depends(anybody)],
)
async def stream_follow(request: Request, code: str, last: LastEvent = None) -> Response:
    """Server-sent events `follow` of one slip."""
    follow_view(parts(request), code)
    return answer_stream(live_streams(request).follow(code), last)


@router.get("/services", response_model=list[v.ServiceView], tags=["services"])
async def get_services(request: Request, _principal: SignedIn) -> list[v.ServiceView]:
    """What the office offers, with the forecast for somebody who arrives now."""
    office = parts(request)
    return office.board.services(office.clock.now())


@router.get("/forecasts", response_model=ForecastRecord)
def get_forecasts(
    request: Request, _principal: Looker, days: Annotated[int, Query(ge=1, le=366)] = 30
) -> ForecastRecord:
    """How good the forecasts given at issue were: today so far, past days, by basis.

    Minutes; the bias is forecast minus wait. Also says which model answers, or why a formula does,
    and what each of the last `days` nights decided.
    """
    office = parts(request)
    found = office.board.forecasts(office.scores.forecast_scores(days))
    known = [NightView.model_validate(one) for one in reversed(office.nights()[-days:])]
    return ForecastRecord(**dict(found), nights=known)


@router.get("/devices", response_model=list[v.BoardDevice], tags=["devices"])
async def get_devices(request: Request, _principal: Looker) -> list[v.BoardDevice]:
    """Every configured device and whether it can be relied on now."""
    return parts(request).devices.devices()
