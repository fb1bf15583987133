"""A filing gateway in memory that keeps drafts and dossiers, and can be away."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from kiosk.domain.words import Language, Words
from kiosk.use_cases.file_dossier import Fee, Filed, SavedDraft
from kiosk.use_cases.filing import Filing, Held
from kiosk.use_cases.ports import RefusedError, ServerAwayError
from queue_server.contracts.answers import faults_of
from queue_server.contracts.problems import TITLES, ProblemCode

AT = datetime(2026, 5, 12, 8, 20, tzinfo=timezone(timedelta(hours=7)))
AWAY = Words("Hệ thống đang kết nối lại", "Reconnecting")
NOT_THESE = Words(*reversed(TITLES[ProblemCode.NOT_FILEABLE]))
FULL = Words(*reversed(TITLES[ProblemCode.STORE_UNAVAILABLE]))


@dataclass
class FakeFilings:
    """What a server would keep; `away` answers nothing, `loses` keeps and answers nothing once.

    `full`: its disk takes nothing. `worked_on` says that a clerk has begun with what was handed in:
    it is not taken anew.
    """

    away: bool = False
    loses: bool = False
    full: bool = False
    drafts: dict[str, Filing] = field(default_factory=dict)
    filed: dict[str, Filing] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    saves: int = 0
    pages: dict[str, dict[str, list[bytes]]] = field(default_factory=dict)
    dropped: set[str] = field(default_factory=set)
    worked_on: bool = False
    held: tuple[Held, ...] = ()
    to_pay: Fee = field(default_factory=Fee)

    def save(self, filing: Filing, language: Language) -> str:
        self._there(language)
        self.saves += 1
        begun = (code for code, draft in self.drafts.items() if draft.key == filing.key)
        code = filing.code or next(begun, f"ABCD23{len(self.drafts) + 45}")
        self.drafts[code] = filing
        return code

    def load(self, code: str) -> SavedDraft:
        self._there(Language.VI)
        draft = self.drafts.get(code)
        if draft is None or draft.key in self.codes:
            words = Words("Không có hồ sơ này", "No such dossier")
            raise RefusedError("unknown_dossier", words)
        pages = {name: len(kept) for name, kept in self.pages.get(code, {}).items() if kept}
        return SavedDraft(code, draft.form.procedure, dict(draft.kept), draft.papers, pages)

    def keep_page(self, filing: Filing, page: int, image: bytes, key: str) -> None:
        self._there(Language.VI)
        paper = self.pages.setdefault(filing.code, {}).setdefault(filing.paper, [])
        assert key
        assert 1 <= page <= len(paper) + 1
        paper[page - 1 : page] = [image]
        if self.loses:
            self.loses = False
            raise ServerAwayError(AWAY, "lost")

    def drop_pages(self, filing: Filing) -> None:
        self._there(Language.VI)
        self.pages.get(filing.code, {}).pop(filing.paper, None)
        if self.loses:
            self.loses = False
            raise ServerAwayError(AWAY, "lost")

    def drop_page(self, filing: Filing, page: int, key: str) -> None:
        self._there(Language.VI)
        paper = self.pages[filing.code][filing.paper]
        if key not in self.dropped:
            self.dropped.add(key)
            del paper[page - 1 : page]
        if self.loses:
            self.loses = False
            raise ServerAwayError(AWAY, "lost")

    def known(self, filing: Filing) -> tuple[Held, ...]:
        self._there(Language.VI)
        names = {name for name, _ in filing.papers}
        return tuple(one for one in self.held if one.name in names)

    def fee(self, holder: str) -> Fee:
        self._there(Language.VI)
        assert holder
        return self.to_pay

    def hand_in(self, filing: Filing, language: Language) -> Filed:
        self._there(language)
        assert not faults_of(filing.form, filing.kept, AT.date())
        kept = {name: len(pages) for name, pages in self.pages.get(filing.code, {}).items()}
        if filing.key not in self.codes and any(
            kept.get(name, 0) != filing.pages.get(name, 0) for name, _ in filing.papers
        ):
            raise RefusedError(ProblemCode.NOT_FILEABLE.value, NOT_THESE, "other pages are kept")
        code = self.codes.setdefault(filing.key, f"H00.00-260512-{len(self.codes) + 1:04d}")
        missed = self.worked_on and code in self.filed and self.filed[code].kept != filing.kept
        if not missed:
            self.filed[code] = filing
        if self.loses:
            self.loses = False
            raise ServerAwayError(AWAY, "lost")
        return Filed(
            holder=filing.code or "WXYZ2345",
            code=code,
            procedure=Words(filing.form.title.vi, filing.form.title.en),
            filed_at=AT,
            due_at=AT.replace(hour=17) + timedelta(days=3),
            fee_vnd=16000,
            fee_note=None,
            page_url="http://ward.example/d/WXYZ2345",
            missed=missed,
            to_pay=self.to_pay,
        )

    def _there(self, _language: Language) -> None:
        if self.away:
            raise ServerAwayError(AWAY, "away")
        if self.full:
            raise ServerAwayError(FULL, "full")
