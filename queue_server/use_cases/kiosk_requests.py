"""A kiosk's request over MQTT as a request to the writer; each kiosk moves only its own tickets."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from queue_server.contracts.messages import KioskRequest
from queue_server.contracts.problems import ProblemCode
from queue_server.contracts.requests import SlipOutcome
from queue_server.domain import commands as c
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.ticket import PriorityClass
from queue_server.use_cases.answers import Answering, Answers
from queue_server.use_cases.keep_day import Request

WHAT_IS_MEANT = {"kind", "ticket", "ticket_id", "confirm", "lease"}


class NotUsable(Exception):  # noqa: N818 - a refusal, not an error of the program
    """The request cannot be turned into a command."""

    def __init__(self, code: ProblemCode, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


class KioskRequests:
    """Translates; it decides nothing about tickets. `names` makes a ticket id and follow code."""

    def __init__(self, answers: Answers, names: Callable[[], tuple[str, str]]) -> None:
        self._answers = answers
        self._names = names
        self._kinds: dict[str, Callable[[KioskRequest, OfficeDay], tuple[c.Command, Answering]]] = {
            "issue": self._issue,
            "confirm": self._confirm,
            "void": self._void,
            "lease": self._lease,
        }

    def translate(self, message: KioskRequest, day: OfficeDay) -> Request:
        """The request to the writer.

        The key holds for this kiosk, the fingerprint covers what is meant and not when it was
        sent, so a repeat may come in a new envelope.

        Raises:
            NotUsable: a part is missing, or the ticket is another kiosk's.
        """
        command, answering = self._kinds[message.kind](message, day)
        meant = message.model_dump_json(include=WHAT_IS_MEANT)
        replaces = message.ticket.replaces if message.ticket else None
        return Request(
            command,
            answering,
            key=f"mqtt/{message.source}/{message.key}",
            fingerprint=hashlib.sha256(meant.encode()).hexdigest(),
            replaces=f"mqtt/{message.source}/{replaces}" if replaces else None,
        )

    def _issue(self, message: KioskRequest, _day: OfficeDay) -> tuple[c.Command, Answering]:
        wanted = message.ticket
        if wanted is None:
            raise NotUsable(ProblemCode.MALFORMED, "ticket: an issue needs it")
        ticket, follow_code = self._names()
        command = c.IssueTicket(
            ticket=ticket,
            follow_code=wanted.follow_code or follow_code,
            service=wanted.service,
            priority=PriorityClass(wanted.priority.value),
            channel=wanted.channel.value,
            language=wanted.language,
            procedure=wanted.procedure,
            papers=wanted.papers,
            kiosk=message.source,
            issued_at=wanted.issued_at,
            # What it gave while alone has the time of its own clock, which nobody has checked.
            sent_at=message.sent_at if wanted.number is not None else None,
            number=wanted.number,
            day=wanted.day,
            appointment_at=wanted.appointment,
            confirm=wanted.confirm,
            slip=(wanted.slip or SlipOutcome.SHOWN).value,
        )
        return command, self._answers.issued

    def _confirm(self, message: KioskRequest, day: OfficeDay) -> tuple[c.Command, Answering]:
        if message.confirm is None:
            raise NotUsable(ProblemCode.MALFORMED, "confirm: say whether it was printed or shown")
        ticket = _own(message, day)
        return c.ConfirmTicket(ticket=ticket, slip=message.confirm.slip.value), self._answers.ticket

    def _void(self, message: KioskRequest, day: OfficeDay) -> tuple[c.Command, Answering]:
        return c.VoidTicket(ticket=_own(message, day)), self._answers.ticket

    def _lease(self, message: KioskRequest, _day: OfficeDay) -> tuple[c.Command, Answering]:
        wanted = message.lease
        if wanted is None:
            raise NotUsable(ProblemCode.MALFORMED, "lease: say which service and how many")
        command = c.LeaseBlock(kiosk=message.source, service=wanted.service, size=wanted.size)
        return command, self._answers.block


def _own(message: KioskRequest, day: OfficeDay) -> str:
    """The ticket's id; another kiosk's ticket is as unknown as none at all."""
    if message.ticket_id is None:
        raise NotUsable(ProblemCode.MALFORMED, "ticket_id: name the ticket")
    ticket = day.tickets.get(message.ticket_id)
    if ticket is None or ticket.kiosk != message.source:
        raise NotUsable(ProblemCode.UNKNOWN_TICKET, "this kiosk gave no such ticket today")
    return message.ticket_id
