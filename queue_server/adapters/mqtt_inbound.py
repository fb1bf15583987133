"""What devices say over MQTT: read, checked against the registry, brought to the writer, answered.

Runs on the bridge's thread only. A message is acknowledged when its answer has been sent, and
that is after the commit: whatever breaks before, it comes again and its key makes it harmless.
"""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from pydantic import ValidationError

from queue_server.adapters.mqtt_link import Incoming
from queue_server.adapters.mqtt_outbound import MqttOutbound
from queue_server.adapters.mqtt_smiles import MqttSmiles
from queue_server.adapters.ticket_names import ticket_names
from queue_server.contracts import topics
from queue_server.contracts.messages import DeviceStatus, KeyPress, KioskRequest, Message, Notice
from queue_server.contracts.problems import Problem, ProblemCode, problem
from queue_server.domain.key_map import STAFF_HELP, KeyAction, KeyMap
from queue_server.use_cases.announce import notice_of
from queue_server.use_cases.answers import Answers
from queue_server.use_cases.device_presence import DevicePresence
from queue_server.use_cases.keep_day import Answer, Request, Writer
from queue_server.use_cases.key_commands import ABOUT_COUNTER, command_for
from queue_server.use_cases.key_order import KeyOrder, Standing
from queue_server.use_cases.kiosk_requests import KioskRequests, NotUsable
from queue_server.use_cases.live_office import LiveOffice
from queue_server.use_cases.refusals import problem_of
from queue_server.use_cases.staff_help import StaffHelp

log = logging.getLogger(__name__)

FAULTS_KEPT = 1000

Kind = TypeVar("Kind", bound=Message)


@dataclass(frozen=True, slots=True)
class OfficeSide:
    """What the bridge needs of the running office."""

    id: str
    writer: Writer
    live: LiveOffice
    answers: Answers
    presence: DevicePresence
    key_map: KeyMap
    staff_help: StaffHelp


class Faults:
    """Counts what could not be used, by device and kind; logs each pair once, never its content."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, str]] = Counter()

    def note(self, device: str, kind: str) -> None:
        """Count one; beyond `FAULTS_KEPT` pairs all devices count as one."""
        pair = (device, kind)
        if pair not in self.counts and len(self.counts) >= FAULTS_KEPT:
            pair = ("others", kind)
        self.counts[pair] += 1
        if self.counts[pair] == 1:
            log.warning("MQTT: %s from %s; further ones are only counted", kind, device)


class MqttInbound:
    """Takes one message after another; `soon` runs an answer later on this same thread."""

    def __init__(
        self,
        office: OfficeSide,
        order: KeyOrder,
        outbound: MqttOutbound,
        soon: Callable[[Callable[[], None]], None],
    ) -> None:
        self._office = office
        self._requests = KioskRequests(office.answers, ticket_names)
        self._order = order
        self._outbound = outbound
        self._soon = soon
        self.faults = Faults()
        self._smiles = MqttSmiles(office.presence, self.faults.note, self._submit, outbound)

    def take(self, incoming: Incoming, done: Callable[[], None]) -> None:
        """Deal with a message; `done` is called once, when it may be acknowledged."""
        office, kind, name, channel = topics.parse(incoming.topic) or ("", "", "", "")
        if office != self._office.id:
            kind = ""
        if (kind, channel) == ("kiosk", "request"):
            self._kiosk(name, incoming, done)
        elif (kind, channel) == ("counter", "key") and name.isdecimal():
            self._key(int(name), incoming, done)
        elif (kind, channel) == ("device", "status"):
            self._status(name, incoming)
            done()
        elif kind == "satisfaction" and not channel:
            self._smiles.take(name, incoming, done)
        else:
            self.faults.note("unknown", "unknown_topic")
            done()

    # -- kiosks ---------------------------------------------------------------------------

    def _kiosk(self, kiosk: str, incoming: Incoming, done: Callable[[], None]) -> None:
        try:
            message = self._read(KioskRequest, kiosk, incoming)
            self._check_kiosk(kiosk, message)
            with self._office.live.look() as day:
                request = self._requests.translate(message, day)
        except NotUsable as refusal:
            self.faults.note(kiosk, refusal.code.value)
            refused = problem(refusal.code, refusal.detail)
            self._reply(kiosk, _id_in(incoming.payload) or "", Answer(), done, refused)
            return
        reply = partial(self._reply, kiosk, message.id)
        self._submit(request, lambda answer: reply(answer, done))

    def _check_kiosk(self, kiosk: str, message: KioskRequest) -> None:
        known = self._office.presence.known(kiosk)
        if known is None or known.role != "kiosk" or message.source != kiosk:
            raise NotUsable(ProblemCode.NOT_ALLOWED, "this topic belongs to another kiosk")
        if message.reply_to not in {None, topics.kiosk_reply(self._office.id, kiosk)}:
            raise NotUsable(ProblemCode.MALFORMED, "reply_to: a kiosk is answered on its own topic")

    def _reply(
        self,
        kiosk: str,
        request_id: str,
        answer: Answer,
        done: Callable[[], None],
        refused: Problem | None = None,
    ) -> None:
        if answer.fault is not None:
            refused = problem_of(answer.fault)
        self._outbound.reply(
            kiosk,
            request_id=request_id,
            ok=refused is None,
            replayed=answer.replayed,
            body=answer.body,
            problem=refused,
        )
        done()

    # -- keypads --------------------------------------------------------------------------

    def _key(self, counter: int, incoming: Incoming, done: Callable[[], None]) -> None:
        try:
            press = self._read(KeyPress, f"counter-{counter}", incoming)
        except NotUsable:
            self._refuse(counter, _id_in(incoming.payload), Notice.NOT_ALLOWED, done)
            return
        known = self._office.presence.known(press.source)
        if known is None or known.role != "counter" or known.counter != counter:
            self.faults.note(press.source, "foreign_counter")
            self._refuse(counter, press.id, Notice.NOT_ALLOWED, done)
            return
        standing = self._order.standing(press, incoming.heard_s)
        if standing is Standing.LATE:
            self.faults.note(press.source, "late_press")
            self._refuse(counter, press.id, Notice.TOO_LATE, done)
        elif standing is Standing.REPEATED:
            answered, notice = self._order.answer_to(press)
            if answered:  # else its first arrival is being carried out and will be answered
                self._outbound.answer_press(counter, press.id, notice)
            done()
        elif self._office.presence.pressed(press.source, press.digits + press.end):
            self.faults.note(press.source, "stuck_key")
            self._order.taken(press)
            self._order.answered(press, Notice.KEY_STUCK)
            self._refuse(counter, press.id, Notice.KEY_STUCK, done)
            self._outbound.touch(())  # the board says it
        else:
            self._carry_out(counter, press, done)

    def _carry_out(self, counter: int, press: KeyPress, done: Callable[[], None]) -> None:
        self._order.taken(press)
        move = self._office.key_map.move_for(press.digits, press.end)
        with self._office.live.look() as day:
            known = counter in day.office.counters
            command = command_for(day, counter, move) if move is not None and known else None
        if known and move is not None and move.action in STAFF_HELP:
            self._help(counter, press, move.action, done)
            return
        if command is None:
            self._order.answered(press, Notice.NOT_ALLOWED)
            self._refuse(counter, press.id, Notice.NOT_ALLOWED, done)
            return
        answers = self._office.answers
        request = Request(
            command,
            answers.counter(counter) if isinstance(command, ABOUT_COUNTER) else answers.ticket,
            key=f"key/{press.source}/{press.boot}/{press.seq}",
            fingerprint=f"{press.digits}{press.end}",
        )
        self._submit(request, lambda answer: self._pressed(counter, press, answer, done))

    def _help(
        self, counter: int, press: KeyPress, action: KeyAction, done: Callable[[], None]
    ) -> None:
        asked = action is KeyAction.ASK_HELP
        (self._office.staff_help.ask if asked else self._office.staff_help.settle)(counter)
        notice = Notice.HELP_ASKED if asked else None
        self._order.answered(press, notice)
        self._outbound.answer_press(counter, press.id, notice)
        self._outbound.touch((counter,))
        done()

    def _pressed(
        self, counter: int, press: KeyPress, answer: Answer, done: Callable[[], None]
    ) -> None:
        notice = notice_of(answer)
        if notice is Notice.STORE_UNAVAILABLE:
            self._order.not_kept(press)
        else:
            self._order.answered(press, notice)
        self._outbound.answer_press(counter, press.id, notice)
        done()

    def _refuse(
        self, counter: int, press: str | None, notice: Notice, done: Callable[[], None]
    ) -> None:
        with self._office.live.look() as day:
            known = counter in day.office.counters
        if known:
            self._outbound.answer_press(counter, press, notice)
        done()

    # -- all devices ----------------------------------------------------------------------

    def _status(self, device: str, incoming: Incoming) -> None:
        try:
            status = self._read(DeviceStatus, device, incoming)
        except NotUsable:
            return
        if status.source != device:
            self.faults.note(device, "foreign_status")
            return
        if status.online and not incoming.retained:
            self._order.heartbeat(device, status.sent_at, incoming.heard_s, status.boot)
        self._office.presence.heard(device, status)
        self._outbound.touch(())

    def _read(self, kind: type[Kind], device: str, incoming: Incoming) -> Kind:
        try:
            return kind.model_validate_json(incoming.payload)
        except ValidationError as error:
            self.faults.note(device, "malformed")
            raise NotUsable(ProblemCode.MALFORMED, _first_fault(error)) from None

    def _submit(self, request: Request, then: Callable[[Answer], None]) -> None:
        future = self._office.writer.submit(request)
        future.add_done_callback(lambda done: self._soon(partial(then, done.result())))


def _first_fault(error: ValidationError) -> str:
    """Where and what is wrong, without the value: it could be anybody's data."""
    fault = error.errors(include_url=False, include_input=False, include_context=False)[0]
    where = ".".join(str(part) for part in fault["loc"]) or "message"
    return f"{where}: {fault['msg']}"


def _id_in(payload: bytes) -> str | None:
    """The id of a message that is otherwise unusable, so that its sender knows which it was."""
    try:
        body: Any = json.loads(payload)
    except (ValueError, RecursionError):
        return None
    found = body.get("id") if isinstance(body, dict) else None
    return found[:80] if isinstance(found, str) else None
