"""Sends drafts and dossiers to the server over HTTP, with the keys that the filing carries."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import replace

from pydantic import TypeAdapter

from kiosk.domain.words import Language, Words
from kiosk.use_cases.file_dossier import Fee, Filed, SavedDraft
from kiosk.use_cases.filing import Filing, Held
from kiosk.use_cases.ports import RefusedError, ServerAwayError
from queue_server.contracts.dossier_requests import (
    BroughtPaper,
    DraftRequest,
    FileRequest,
    KnownPapersRequest,
    PageRequest,
)
from queue_server.contracts.dossier_views import DossierStatus, DraftView, KnownPaper
from queue_server.contracts.payment_views import PaymentView
from queue_server.contracts.problems import ProblemCode

Ask = Callable[[str, str, str | None, str | None], bytes]
"""Method, path, body as JSON, idempotency key; the body of the answer, or a `GatewayError`."""

TAKEN = {ProblemCode.ILLEGAL_MOVE.value, ProblemCode.KEY_REUSED.value}
UNANSWERED = Words(
    "Máy chủ trả lời không đúng",
    "The server gave a wrong answer",
    "ម៉ាស៊ីនបម្រើ ឆ្លើយមិនត្រឹមត្រូវ",
)


class HttpFilingGateway:
    """One kiosk's way to hand in; `ask` is the connection that its numbers use too."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._unanswered: set[str] = set()

    def save(self, filing: Filing, language: Language) -> str:
        """Keep what was answered so far."""
        body = DraftRequest(
            procedure=filing.form.procedure,
            answers=filing.kept,
            language=language.value,
            assistant=filing.assistant or None,
            stage=filing.stage,
            papers=_papers(filing),
        ).model_dump_json(exclude_none=True)
        code = filing.code or self._begun(filing.key, body)
        if filing.code or filing.key in self._unanswered:
            # The draft may be there from a try whose answer was lost, with less in it.
            self._ask("PUT", f"/dossiers/drafts/{code}", body, None)
            self._unanswered.discard(filing.key)
        return code

    def _begun(self, key: str, body: str) -> str:
        try:
            answer = self._ask("POST", "/dossiers/drafts", body, f"{key}-draft")
        except ServerAwayError:
            self._unanswered.add(key)
            raise
        return DossierStatus.model_validate_json(answer).holder

    def load(self, code: str) -> SavedDraft:
        """The draft of a code."""
        view = DraftView.model_validate_json(
            self._ask("GET", f"/dossiers/drafts/{code}", None, None)
        )
        papers = tuple((paper.name, paper.brought) for paper in view.papers)
        pages = {paper.name: paper.pages for paper in view.papers if paper.pages}
        return SavedDraft(view.holder, view.procedure, view.answers, papers, pages)

    def keep_page(self, filing: Filing, page: int, image: bytes, key: str) -> None:
        """Have a page of the paper at hand kept with the saved draft."""
        body = PageRequest(image=base64.b64encode(image)).model_dump_json()
        self._ask("PUT", f"{_pages(filing)}/{page}", body, key)

    def drop_pages(self, filing: Filing) -> None:
        """Have the pages of the paper at hand forgotten."""
        self._ask("DELETE", _pages(filing), None, None)

    def drop_page(self, filing: Filing, page: int, key: str) -> None:
        """Have one page of the paper at hand forgotten."""
        self._ask("DELETE", f"{_pages(filing)}/{page}", None, key)

    def hand_in(self, filing: Filing, language: Language) -> Filed:
        """Hand in with the one key of this filing.

        Where the answer to an earlier try was lost and the citizen changed something since, the
        server refuses the key: the dossier is there already, and is then declared anew.
        """
        code = filing.code or self.save(filing, language)
        body = FileRequest(
            procedure=filing.form.procedure,
            answers=filing.kept,
            language=language.value,
            assistant=filing.assistant or None,
            draft=code,
            consent=True,
            papers=_papers(filing),
        ).model_dump_json(exclude_none=True)
        try:
            answer = self._ask("POST", "/dossiers", body, f"{filing.key}-file")
        except RefusedError as refused:
            if refused.code not in TAKEN:
                raise
            return self._corrected(code, body)
        return _filed(answer)

    def fee(self, holder: str) -> Fee:
        """How the fee of a dossier stands now."""
        answer = self._ask("GET", f"/dossiers/by-code/{holder}/payment", None, None)
        view = PaymentView.model_validate_json(answer)
        return Fee(view.due_vnd, view.paid_vnd, view.code_text)

    def known(self, filing: Filing) -> tuple[Held, ...]:
        """The papers that the office holds of this citizen."""
        body = KnownPapersRequest(
            procedure=filing.form.procedure, answers=filing.kept, consent=True
        ).model_dump_json()
        answer = self._ask("POST", "/dossiers/known-papers", body, None)
        found = TypeAdapter(list[KnownPaper]).validate_json(answer)
        return tuple(Held(one.name, one.dossier, one.until) for one in found)

    def _corrected(self, code: str, body: str) -> Filed:
        """The dossier as it is now; where somebody works on it already, as it was before."""
        try:
            return _filed(self._ask("PUT", f"/dossiers/by-code/{code}", body, None))
        except RefusedError as refused:
            if refused.code != ProblemCode.ILLEGAL_MOVE.value:
                raise
        found = _filed(self._ask("GET", f"/dossiers/by-code/{code}", None, None))
        return replace(found, missed=True)


def _filed(answer: bytes) -> Filed:
    view = DossierStatus.model_validate_json(answer)
    if view.code is None or view.filed_at is None:
        raise RefusedError("internal", UNANSWERED, "a dossier without a code")
    return Filed(
        holder=view.holder,
        code=view.code,
        procedure=Words(view.procedure_name.vi, view.procedure_name.en),
        filed_at=view.filed_at,
        due_at=view.due_at,
        fee_vnd=view.fee_vnd,
        fee_note=Words(view.fee_note.vi, view.fee_note.en) if view.fee_note else None,
        page_url=view.page_url,
        to_pay=Fee(view.due_vnd, view.paid_vnd, view.payment_code),
    )


def _pages(filing: Filing) -> str:
    """Where the pages of the paper at hand are kept."""
    return f"/dossiers/drafts/{filing.code}/papers/{filing.paper_number}/pages"


def _papers(filing: Filing) -> tuple[BroughtPaper, ...]:
    sources = {name: filing.source_of(name) for name, _ in filing.papers}
    return tuple(
        BroughtPaper(
            name=name,
            brought=has,
            reuse=held.dossier if held is not None else None,
            pages=filing.pages.get(name, 0),
        )
        for name, has in filing.papers
        for held in (sources[name],)
    )
