"""Asks for a number in the background, and puts it on paper once more; one citizen at a time."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Protocol

from kiosk.domain.priority import Priority
from kiosk.domain.session import Step
from kiosk.ui.attention import Attention
from kiosk.ui.faults import UNEXPECTED, place_of
from kiosk.ui.front import Kiosk
from kiosk.ui.outlook import Outlook
from kiosk.use_cases.issue_ticket import Issued
from kiosk.use_cases.ports import GatewayError

log = logging.getLogger(__name__)


class Stage(Kiosk, Protocol):
    """The kiosk as this file sees it."""

    outlook: Outlook
    attention: Attention


class NumberDesk:
    """`issued` is the number in the citizen's hand; nothing here outlives the citizen."""

    def __init__(self, kiosk: Stage) -> None:
        self._kiosk = kiosk
        self.issued: Issued | None = None
        self.printing_again = False
        self._last_priority = Priority.NORMAL

    def ask(self, priority: Priority) -> None:
        """Ask for the number, or before it for the card that the limits of a day are counted by."""
        kiosk, session, card = self._kiosk, self._kiosk.session, self._kiosk.desk.card
        asks = kiosk.rules.asks_for_card(session.dossiers) and session.appointment is None
        wanted = asks and card is None and session.step is Step.PRIORITY
        if wanted and kiosk.backstage.scanner:
            kiosk.go(session.show_card(priority))
            return
        kiosk.go(session.declare(priority))
        order = replace(kiosk.session.order, card=card if asks else None)
        kiosk.background.run(lambda: kiosk.backstage.issue(order), self._received, self._failed)

    def ask_again(self) -> None:
        """Ask again for what was not given."""
        self._kiosk.trouble = None
        self.ask(self._last_priority)

    def print_again(self) -> None:
        """Try once more to put the number on paper; it stays on the screen meanwhile."""
        kiosk, issued = self._kiosk, self.issued
        if issued is not None and not self.printing_again:
            again = kiosk.backstage.print_again
            self.printing_again = True
            kiosk.attention.present()
            kiosk.background.run(lambda: again(issued), self._printed_again, self._no_paper)
            kiosk.render()

    def forget(self) -> None:
        """The citizen is gone."""
        self.issued = None
        self._last_priority = Priority.NORMAL

    def _received(self, issued: Issued) -> None:
        self.issued = issued
        if issued.own:
            self._kiosk.outlook.gave_alone()
        self._kiosk.attention.present()
        self._kiosk.go(self._kiosk.session.receive())

    def _failed(self, error: BaseException) -> None:
        kiosk = self._kiosk
        if isinstance(error, GatewayError):
            log.warning("no number was given: %s", error)
            kiosk.trouble = error.words
        else:
            log.error("issuing broke: %s", place_of(error))
            kiosk.trouble = UNEXPECTED
        self._last_priority = kiosk.session.order.priority
        kiosk.attention.present()
        kiosk.go(kiosk.session.fail())

    def _printed_again(self, issued: Issued) -> None:
        self.printing_again = False
        # Whoever asked may have left meanwhile, and somebody else may stand here.
        if self.issued is not None and self.issued.ticket.id == issued.ticket.id:
            self.issued = issued
            self._kiosk.attention.present()
            self._kiosk.render()

    def _no_paper(self, error: BaseException) -> None:
        self.printing_again = False
        log.error("printing again broke: %s", place_of(error))
