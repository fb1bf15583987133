"""The filing of the citizen in front, and its talk with the office beside the screen."""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import partial
from uuid import uuid4

from kivy.clock import Clock

from kiosk.domain.words import Words
from kiosk.ui.faults import place_of
from kiosk.ui.filing import facts
from kiosk.ui.front import Kiosk
from kiosk.ui.locale import Locale
from kiosk.use_cases.file_dossier import Fee, FileDossier, Handed, SavedDraft
from kiosk.use_cases.filing import Filing, Held, Place
from kiosk.use_cases.ports import GatewayError
from queue_server.contracts.forms import Form

log = logging.getLogger(__name__)

SAVED_AT = frozenset({Place.QUESTION, Place.PAPERS, Place.REVIEW})
CODE_LENGTH = 8
FEE_AGAIN_S = 3.0


class FilingFlow:
    """Holds one filing; every change of it draws the screen anew and, once answered, is saved."""

    def __init__(self, kiosk: Kiosk) -> None:
        self._kiosk = kiosk
        self.forget()

    def forget(self) -> None:
        """Wipe everything of this citizen."""
        self.filing: Filing | None = None
        self.handed: Handed | None = None
        self.trouble: Words | None = None
        self._saving = self._unsaved = False

    @property
    def desk(self) -> FileDossier:
        """What saves and hands in.

        Raises:
            LookupError: this kiosk takes no filings.
        """
        desk = self._kiosk.backstage.filing
        if desk is None:
            raise LookupError("this kiosk takes no filings")
        return desk

    def open(self, procedure: str) -> None:
        """Begin a filing, where the procedure has a form."""
        form = self._kiosk.backstage.forms.get(procedure)
        if form is not None:
            self.filing = self._new(form)
            # How many leave off at the advice is known only if a beginning is told, too.
            self._save()

    def go(self, filing: Filing) -> None:
        """Take a step; what was answered is kept beside the screen."""
        before, self.filing = self.filing, filing
        if before is not None and before.place is not filing.place and filing.can_go_back:
            self.trouble = self.trouble if filing.place is Place.CONSENT else None
        changed = before is None or before.answers != filing.answers
        moved = filing.place in {Place.PAPERS, Place.REVIEW}
        if filing.place in SAVED_AT and filing.answers and (changed or moved):
            self._save()
        self._kiosk.render()

    def back(self) -> bool:
        """Go a step back within the filing; False leads out of it."""
        self.trouble = None
        before = self.filing.back() if self.filing is not None else None
        if before is None:
            self.forget()
            return False
        self.go(before)
        return True

    def words_of(self, error: BaseException, otherwise: str) -> Words:
        """What the citizen reads of a failure."""
        if isinstance(error, GatewayError):
            return error.words
        log.error("a filing broke: %s", place_of(error))
        return self._kiosk.backstage.texts[otherwise]

    def load(self, code: str) -> None:
        """Continue the draft of a code."""
        plain = "".join(sign for sign in code.upper() if sign.isalnum())
        if len(plain) != CODE_LENGTH:
            self.trouble = self._kiosk.backstage.texts["filing_code_wrong"]
            self._kiosk.render()
            return
        self._kiosk.background.run(lambda: self.desk.load(plain), self._loaded, self._not_loaded)

    def find_known(self, filing: Filing) -> None:
        """The citizen agreed that the office looks for papers of before."""
        key = filing.key
        self._kiosk.background.run(
            lambda: self.desk.known(filing),
            lambda held: self._known(key, held),
            lambda error: self._known_away(key, error),
        )

    def _known(self, key: str, held: tuple[Held, ...]) -> None:
        if self.filing is not None and self.filing.key == key:
            self.go(self.filing.offered(held))

    def _known_away(self, key: str, error: BaseException) -> None:
        # It can be asked again; the papers can be brought as ever.
        log.warning("papers of before were not found: %s", place_of(error))
        if self.filing is not None and self.filing.key == key:
            self._kiosk.render()

    def hand_in(self, filing: Filing) -> None:
        """Send it, with consent; the screen says so before the server is asked."""
        language, behind = self._kiosk.session.language, self._kiosk.backstage
        locale = Locale(behind.texts, language.on_paper(khmer=behind.khmer_paper))
        known = behind.catalogue.procedure(filing.form.procedure)
        self.trouble = None
        self.go(filing.send())
        self._kiosk.background.run(
            lambda: self.desk.hand_in(filing, language, partial(facts.fee, locale), known),
            self._handed,
            self._not_handed,
        )

    def _new(self, form: Form) -> Filing:
        known = self._kiosk.backstage.catalogue.procedure(form.procedure)
        papers = tuple((paper.name.vi, False) for paper in known.documents) if known else ()
        return Filing(form, uuid4().hex, papers)

    def _save(self) -> None:
        """While one save is on its way, the newest state follows it."""
        filing, language = self.filing, self._kiosk.session.language
        if self._saving or filing is None:
            self._unsaved = True
            return
        self._saving = True
        self._kiosk.background.run(
            lambda: (filing.key, self.desk.save(filing, language)), self._saved, self._not_saved
        )

    def _saved(self, answer: tuple[str, str]) -> None:
        key, code = answer
        self._saving = False
        if self.filing is None or self.filing.key != key:
            return
        if self.filing.code != code and self.filing.can_go_back:
            self.filing = replace(self.filing, code=code)
            self._kiosk.render()
        if self._unsaved and self.filing.place in SAVED_AT:
            self._unsaved = False
            self._save()

    def _not_saved(self, error: BaseException) -> None:
        # The declaration goes on; it is saved with the next answer, and handed in whole.
        self._saving = self._unsaved = False
        log.warning("a draft was not saved: %s", place_of(error))

    def _loaded(self, draft: SavedDraft) -> None:
        form = self._kiosk.backstage.forms.get(draft.procedure)
        known = self._kiosk.backstage.catalogue.procedure(draft.procedure)
        if form is None or known is None or not known.mode.files:
            self._not_loaded(LookupError(draft.procedure))
            return
        self.trouble = None
        filing = replace(self._new(form), code=draft.holder, answers=draft.answers)
        if draft.papers:
            filing = replace(filing, papers=draft.papers, pages=draft.pages)
        checked = filing.ask_consent(self._kiosk.backstage.now().date())
        self.go(checked.review() if checked.place is Place.CONSENT else replace(checked, flaw=None))

    def _not_loaded(self, error: BaseException) -> None:
        self.trouble = self.words_of(error, "filing_code_unknown")
        self._kiosk.render()

    def _handed(self, handed: Handed) -> None:
        if self.filing is not None:
            self.handed = handed
            self.go(self.filing.done())
            self._watch_fee(handed)

    def _watch_fee(self, handed: Handed) -> None:
        """While the payment code is on the screen, ask now and then whether the money came."""
        if handed.filed.to_pay.code is not None:
            Clock.schedule_once(lambda _s: self._ask_fee(handed), FEE_AGAIN_S)

    def _ask_fee(self, handed: Handed) -> None:
        if self.handed is not handed:
            return
        holder = handed.filed.holder
        self._kiosk.background.run(
            lambda: self.desk.fee(holder),
            lambda fee: self._fee_is(handed, fee),
            lambda _error: self._watch_fee(handed),
        )

    def _fee_is(self, handed: Handed, fee: Fee) -> None:
        if self.handed is handed:
            self.handed = replace(handed, filed=replace(handed.filed, to_pay=fee))
            self._kiosk.render()
            self._watch_fee(self.handed)

    def _not_handed(self, error: BaseException) -> None:
        self.trouble = self.words_of(error, "filing_failed")
        if self.filing is not None:
            self.go(self.filing.failed())
