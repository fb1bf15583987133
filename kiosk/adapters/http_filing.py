"""Sends drafts and dossiers to the server over HTTP, with the keys that the filing carries."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.domain.words import Language, Words
from kiosk.use_cases.file_dossier import Filed, SavedDraft
from kiosk.use_cases.filing import Filing
from kiosk.use_cases.ports import RefusedError
from queue_server.contracts.dossier_requests import BroughtPaper, DraftRequest, FileRequest
from queue_server.contracts.dossier_views import DossierStatus, DraftView
from queue_server.contracts.problems import ProblemCode

Ask = Callable[[str, str, str | None, str | None], bytes]
"""Method, path, body as JSON, idempotency key; the body of the answer, or a `GatewayError`."""

TAKEN = {ProblemCode.ILLEGAL_MOVE.value, ProblemCode.KEY_REUSED.value}
UNANSWERED = Words("Máy chủ trả lời không đúng", "The server gave a wrong answer")


class HttpFilingGateway:
    """One kiosk's way to hand in; `ask` is the connection that its numbers use too."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

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
        if filing.code:
            answer = self._ask("PUT", f"/dossiers/drafts/{filing.code}", body, None)
        else:
            answer = self._ask("POST", "/dossiers/drafts", body, f"{filing.key}-draft")
        return DossierStatus.model_validate_json(answer).holder

    def load(self, code: str) -> SavedDraft:
        """The draft of a code."""
        view = DraftView.model_validate_json(
            self._ask("GET", f"/dossiers/drafts/{code}", None, None)
        )
        papers = tuple((paper.name, paper.brought) for paper in view.papers)
        return SavedDraft(view.holder, view.procedure, view.answers, papers)

    def hand_in(self, filing: Filing, language: Language) -> Filed:
        """Hand in with the one key of this filing.

        Where the answer to an earlier try was lost and the citizen changed something since, the
        server refuses: the dossier is there already, and what it says of it is the answer.
        """
        body = FileRequest(
            procedure=filing.form.procedure,
            answers=filing.kept,
            language=language.value,
            assistant=filing.assistant or None,
            draft=filing.code or None,
            consent=True,
            papers=_papers(filing),
        ).model_dump_json(exclude_none=True)
        try:
            answer = self._ask("POST", "/dossiers", body, f"{filing.key}-file")
        except RefusedError as refused:
            if not filing.code or refused.code not in TAKEN:
                raise
            answer = self._ask("GET", f"/dossiers/by-code/{filing.code}", None, None)
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
        )


def _papers(filing: Filing) -> tuple[BroughtPaper, ...]:
    return tuple(BroughtPaper(name=name, brought=has) for name, has in filing.papers)
