"""What an office does with what the hub hands down: decides by its own rules, each key once."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from queue_server.contracts.views import Words
from queue_server.hub.contracts import downward as d

HOUR = timedelta(hours=1)
Handler = Callable[[d.HandedDown], Awaitable[d.OfficeAnswer]]

UNKNOWN = Words(
    vi="Nơi này chưa nhận loại yêu cầu này. Hãy liên hệ trực tiếp.",
    en="This office does not take this kind of request yet. Please go there.",
)
NO_REMOTE = Words(
    vi="Nơi này không phát số từ xa. Hãy lấy số tại chỗ hoặc đặt lịch hẹn.",
    en="This office gives no numbers from afar. Take one there, or book a time.",
)
ENOUGH = Words(
    vi="Nơi này đã phát đủ số từ xa trong giờ này. Hãy thử lại sau, hoặc đặt lịch hẹn.",
    en="This office has given as many numbers from afar as it does in an hour. Try later, or book.",
)


@dataclass(frozen=True, slots=True)
class Said:
    """What the office's own server answered; `refusal` where it decided against."""

    body: dict[str, Any]
    refusal: Words | None = None


class OfficeServerAway(Exception):  # noqa: N818 - a state of the other side
    """The office's server did not answer; a command may have been carried out or not."""


class OfficeServer(Protocol):
    """The office's own server, on the same machine. May raise `OfficeServerAway`."""

    async def look(self, path: str, **query: str) -> Said:
        """Read something."""
        ...

    async def do(self, path: str, body: Mapping[str, Any], key: str) -> Said:
        """Let it carry something out; a repeat with the same key gives the same answer."""
        ...

    async def put(self, path: str, body: Mapping[str, Any]) -> Said:
        """Let it have these settings; a repeat changes nothing."""
        ...

    def done_before(self, key: str) -> dict[str, Any] | None:
        """What was answered to this key, from the store; None where it was never carried out."""
        ...


class OfficeDesk:
    """Answers one request after the other: the line down gives the next one after the answer."""

    def __init__(self, handlers: Mapping[str, Handler]) -> None:
        self._handlers = handlers

    async def answer(self, asked: d.HandedDown) -> d.OfficeAnswer:
        """The answer; `again` where the office cannot decide now."""
        if asked.kind == d.PRESENCE:
            return d.OfficeAnswer(key=asked.key, outcome="done")
        handler = self._handlers.get(asked.kind)
        if handler is None:
            return d.OfficeAnswer(key=asked.key, outcome="refused", words=UNKNOWN)
        try:
            return await handler(asked)
        except OfficeServerAway:
            return d.OfficeAnswer(key=asked.key, outcome="again")


class RemoteVisits:
    """Numbers and appointments for people who are not there yet."""

    def __init__(self, server: OfficeServer, an_hour: int, now: Callable[[], datetime]) -> None:
        """`an_hour` is how many numbers at most are given from afar; 0: none."""
        self._server = server
        self._an_hour = an_hour
        self._now = now
        self._given: deque[tuple[datetime, str]] = deque()
        self._tried: set[str] = set()

    def handlers(self) -> dict[str, Handler]:
        """By kind."""
        return {
            d.TICKET: self.ticket,
            d.APPOINTMENT: self.appointment,
            d.OFFER: self.offer,
            d.SLOTS: self.slots,
        }

    async def ticket(self, asked: d.HandedDown) -> d.OfficeAnswer:
        """A number in the line of a service, as if taken at the office now."""
        if asked.in_time and not self._known(asked.key):
            if not self._an_hour:
                return _refused(asked, NO_REMOTE)
            if len(self._given) >= self._an_hour:
                return _refused(asked, ENOUGH)
        answer = await self._do(asked, "/tickets", {"channel": "web"})
        if answer.outcome == "done" and not self._known(asked.key):
            self._given.append((self._now(), asked.key))
        return answer

    async def appointment(self, asked: d.HandedDown) -> d.OfficeAnswer:
        """A time, if it is still free."""
        return await self._do(asked, "/appointments", {"channel": "web"})

    async def offer(self, asked: d.HandedDown) -> d.OfficeAnswer:
        """What can be booked."""
        return _answer(asked, await self._server.look("/appointments/offer"))

    async def slots(self, asked: d.HandedDown) -> d.OfficeAnswer:
        """The free times of a service."""
        service = str(asked.body.get("service", ""))
        return _answer(asked, await self._server.look("/appointments/slots", service=service))

    async def _do(self, asked: d.HandedDown, path: str, more: Mapping[str, Any]) -> d.OfficeAnswer:
        before = self._server.done_before(asked.key)
        if before is not None:
            return d.OfficeAnswer(key=asked.key, outcome="done", body=before)
        # A try whose answer was lost may still be on its way: only a repeat tells the truth.
        if not asked.in_time and asked.key not in self._tried:
            return d.OfficeAnswer(key=asked.key, outcome="never")
        self._tried.add(asked.key)
        said = await self._server.do(path, {**asked.body, **more}, asked.key)
        self._tried.discard(asked.key)
        return _answer(asked, said)

    def _known(self, key: str) -> bool:
        """Whether it has a number of this hour already, or a try is under way."""
        now = self._now()
        while self._given and now - self._given[0][0] > HOUR:
            self._given.popleft()
        return key in self._tried or any(given == key for _, given in self._given)


def _answer(asked: d.HandedDown, said: Said) -> d.OfficeAnswer:
    if said.refusal is not None:
        return _refused(asked, said.refusal)
    return d.OfficeAnswer(key=asked.key, outcome="done", body=said.body)


def _refused(asked: d.HandedDown, words: Words) -> d.OfficeAnswer:
    return d.OfficeAnswer(key=asked.key, outcome="refused", words=words)
