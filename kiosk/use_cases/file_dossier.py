"""Saves a draft at every step, hands the dossier in once, and prints form 01 as a slip."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from kiosk.domain.catalogue import Procedure
from kiosk.domain.receipt import Receipt
from kiosk.domain.words import Language, Words
from kiosk.use_cases.filing import Filing, Held, Papers
from kiosk.use_cases.ports import (
    PrinterError,
    PrinterFault,
    RefusedError,
    ServerAwayError,
    SlipPrinter,
)


@dataclass(frozen=True, slots=True)
class Fee:
    """What is still to be paid and what came; `code` is the text of the payment code, if any."""

    due_vnd: int = 0
    paid_vnd: int = 0
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Filed:
    """What the server says of a dossier that it has; nothing personal.

    `missed` says that a change came too late: somebody works on what was handed in before.
    """

    holder: str
    code: str
    procedure: Words
    filed_at: datetime
    due_at: datetime | None
    fee_vnd: int | None
    fee_note: Words | None
    page_url: str
    missed: bool = False
    to_pay: Fee = Fee()


@dataclass(frozen=True, slots=True)
class SavedDraft:
    """A draft to be continued."""

    holder: str
    procedure: str
    answers: dict[str, str]
    papers: Papers
    pages: Mapping[str, int] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"SavedDraft({self.procedure})"


@dataclass(frozen=True, slots=True)
class Handed:
    """A dossier in the office's hands, and whether its slip is on paper."""

    filed: Filed
    printed: bool
    fault: PrinterFault | None = None


class FilingGateway(Protocol):
    """The way to the office. Every method may raise `GatewayError`."""

    def save(self, filing: Filing, language: Language) -> str:
        """Keep what was answered so far; the code by which it is continued."""
        ...

    def load(self, code: str) -> SavedDraft:
        """The draft of a code."""
        ...

    def fee(self, holder: str) -> Fee:
        """How the fee of a dossier stands now."""
        ...

    def known(self, filing: Filing) -> tuple[Held, ...]:
        """The papers of this filing that the office holds; asked with the citizen's consent."""
        ...

    def keep_page(self, filing: Filing, page: int, image: bytes, key: str) -> None:
        """Have a page of the paper at hand kept with the saved draft; a repeat is harmless."""
        ...

    def drop_pages(self, filing: Filing) -> None:
        """Have the pages of the paper at hand forgotten."""
        ...

    def drop_page(self, filing: Filing, page: int, key: str) -> None:
        """Have one page of the paper at hand forgotten; those behind it move up, once a key."""
        ...

    def hand_in(self, filing: Filing, language: Language) -> Filed:
        """Hand in, once however often it is tried."""
        ...


@dataclass(frozen=True, slots=True)
class _Unsure:
    """A draft of whose pages an answer was lost: the key of that try, and the pages before it."""

    code: str
    key: str
    pages: Mapping[str, int]


class FileDossier:
    """What the screens of a filing may ask for; slow, so it runs in the background."""

    def __init__(
        self,
        gateway: FilingGateway,
        printer: SlipPrinter | None,
        office: Words,
        *,
        khmer: bool = False,
    ) -> None:
        """`khmer` says that receipts may be Khmer."""
        self._gateway = gateway
        self._printer = printer
        self._office = office
        self._khmer = khmer
        self._unsure: _Unsure | None = None

    def named(self, office: Words) -> None:
        """The office has this name on receipts from now on."""
        self._office = office

    def save(self, filing: Filing, language: Language) -> str:
        """Keep the draft; a filing that was handed in meanwhile is none any more."""
        return self._gateway.save(filing, language)

    def keep_page(self, filing: Filing, language: Language, image: bytes, key: str) -> Filing:
        """Keep one more page of the paper at hand; the draft is saved first where it has no code.

        Raises:
            GatewayError: it is not known to be kept; the same page may be sent again.
        """
        if not filing.code:
            filing = replace(filing, code=self._gateway.save(filing, language))
        filing = self._agreed(filing, key)
        page = filing.scanned + 1
        self._change(filing, key, lambda: self._gateway.keep_page(filing, page, image, key))
        return filing.with_pages(page)

    def drop_pages(self, filing: Filing) -> Filing:
        """Forget the pages of the paper at hand.

        Raises:
            GatewayError: they are not known to be forgotten.
        """
        if filing.scanned:
            self._change(filing, "", lambda: self._gateway.drop_pages(filing))
        return filing.with_pages(0)

    def drop_page(self, filing: Filing, page: int, key: str) -> Filing:
        """Forget one of several pages of the paper at hand, counted from 1.

        Where other pages are there than the citizen saw, nothing is dropped: they see them first.

        Raises:
            GatewayError: it is not known to be forgotten; the same key may be sent again.
        """
        now = self._agreed(filing, key)
        if now.scanned != filing.scanned:
            return now.with_pages(now.scanned)
        self._change(filing, key, lambda: self._gateway.drop_page(filing, page, key))
        return filing.with_pages(filing.scanned - 1)

    def load(self, code: str) -> SavedDraft:
        """Continue a draft.

        Raises:
            GatewayError: no such draft, or the server is away.
        """
        return self._gateway.load(code)

    def known(self, filing: Filing) -> tuple[Held, ...]:
        """The papers that the office holds of this citizen, who agreed to look.

        Raises:
            GatewayError: nobody can say.
        """
        return self._gateway.known(filing)

    def fee(self, holder: str) -> Fee:
        """How the fee stands.

        Raises:
            GatewayError: nobody can say.
        """
        return self._gateway.fee(holder)

    def hand_in(
        self,
        filing: Filing,
        language: Language,
        fee: Callable[[Filed], str],
        known: Procedure | None = None,
    ) -> Handed:
        """Hand in, then print; without paper the code stays valid and on the screen.

        `known` is the procedure as the catalogue here has it: the server knows no Khmer.

        Raises:
            GatewayError: nothing was handed in, or nobody can say that it was.
        """
        filed = _in_our_words(self._gateway.hand_in(self._agreed(filing), language), known)
        paper = language.on_paper(khmer=self._khmer)
        ours = {one.name.vi: one.name.of(paper) for one in known.documents} if known else {}
        bring = tuple(ours.get(name, name) for name, has in filing.papers if has)
        slip = Receipt(
            office=self._office.of(paper),
            number=filed.code,
            service=filed.procedure.on_slip(paper),
            ahead=None,
            issued_at=filed.filed_at,
            follow_url=filed.page_url,
            language=paper.value,
            bring=bring,
            due_at=filed.due_at,
            fee=fee(filed),
            holder=filed.holder,
            due_vnd=filed.to_pay.due_vnd,
            pay_code=filed.to_pay.code or "",
        )
        return self._printed(Handed(filed, printed=False), slip)

    def _change(self, filing: Filing, key: str, change: Callable[[], None]) -> None:
        """Remember where nobody knows which pages the office has now."""
        try:
            change()
        except ServerAwayError:
            self._unsure = _Unsure(filing.code, key, filing.pages)
            raise
        if self._unsure is not None and self._unsure.key == key:
            self._unsure = None

    def _agreed(self, filing: Filing, key: str = "") -> Filing:
        """The filing with the pages that are there, and none that the citizen did not keep.

        Both sides know the same, unless an answer about pages was lost and something else than
        that try, by its `key`, is wanted now.
        """
        unsure = self._unsure
        if unsure is None or unsure.code != filing.code:
            return filing
        if key and unsure.key == key:
            return replace(filing, pages=unsure.pages)
        try:
            there = self._gateway.load(filing.code).pages
        except RefusedError:
            # Handed in by a try whose answer was lost: its pages stand.
            return filing
        pages = {}
        for paper, _ in filing.papers:
            known, kept = unsure.pages.get(paper, 0), there.get(paper, 0)
            at_hand = replace(filing, paper=paper)
            for page in range(kept, known, -1):
                over = f"{filing.key}-{unsure.key}-over-{at_hand.paper_number}-{page}"
                self._gateway.drop_page(at_hand, page, over)
            if kept:
                pages[paper] = min(known, kept)
        self._unsure = None
        return replace(filing, pages=pages)

    def _printed(self, handed: Handed, slip: Receipt) -> Handed:
        if self._printer is None:
            return handed
        try:
            self._printer.print_slip(slip)
        except PrinterError as error:
            return replace(handed, fault=error.fault)
        return replace(handed, printed=True)


def _in_our_words(filed: Filed, known: Procedure | None) -> Filed:
    """The same dossier with the Khmer of the catalogue, where that means the same."""
    if known is None:
        return filed
    note = filed.fee_note.known_as(known.fee.note) if filed.fee_note else None
    return replace(filed, procedure=filed.procedure.known_as(known.name), fee_note=note)
