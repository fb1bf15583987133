"""Papers that the office holds already: offered to their citizen for a time, with consent."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from queue_server.contracts.dossier_views import KnownPaper
from queue_server.contracts.forms import Prefill, form_of
from queue_server.domain.dossier import Dossier, DossierState
from queue_server.domain.office import working_day
from queue_server.use_cases.dossier_desk import Declaration, DossierDesk
from queue_server.use_cases.ports import CardHash

HELD = frozenset({DossierState.RECEIVED, DossierState.AWAITING, DossierState.FINISHED})
"""A clerk has seen the papers: only then does the office hold them."""
EACH_TIME = ("Tờ khai", "Đơn ", "Giấy đề nghị", "Thẻ căn cước", "Phiếu", "Dự thảo")
"""Beginnings of papers that are made or shown anew for each dossier."""
SAME = (Prefill.NAME, Prefill.BORN)


@dataclass(frozen=True, slots=True)
class Offer:
    """A known paper, the dossier that it came with, and its place in that one's list, from 1."""

    paper: KnownPaper
    source: Dossier
    number: int


@dataclass(frozen=True, slots=True)
class PaperReuse:
    """Finds a citizen's earlier papers by the keyed hash of the identity number.

    A number alone opens nothing: name and day of birth must be those of the earlier declaration.
    """

    desk: DossierDesk
    cards: CardHash

    def person(self, procedure: str, answers: Mapping[str, str]) -> str | None:
        """The keyed hash of the citizen who declares; None where no number is declared."""
        number = _of_card(procedure, answers).get(Prefill.NUMBER)
        return self.cards.of(f"dossier {number}") if number else None

    def earlier(self, procedure: str, answers: Mapping[str, str]) -> list[Dossier]:
        """The dossiers under this identity number in which papers may be, none of them opened.

        Reads the store. Whoever opens them has it written down first.
        """
        person, days = self.person(procedure, answers), self._days()
        if person is None or procedure not in self.desk.facts or not days:
            return []
        since = working_day(self.desk.now()) - timedelta(days=days)
        found = self.desk.kept.dossiers_of_person(person, since)
        return [one for one in found if one.state in HELD and one.code is not None]

    def offers(
        self, procedure: str, answers: Mapping[str, str], among: Iterable[Dossier]
    ) -> list[Offer]:
        """What this procedure asks for and these dossiers hold, the newest of each; opens them.

        Raises:
            CannotBeOpened: an earlier declaration is sealed with a key that is not here.
        """
        papers, days = self.desk.facts[procedure].papers, self._days()
        wanted = [paper.vi for paper in papers if not paper.vi.startswith(EACH_TIME)]
        found: dict[str, Offer] = {}
        for dossier in among:
            if dossier.filed_at is None or dossier.code is None:
                continue
            declared = self.desk.declared(dossier)
            if declared is None or not _same(procedure, answers, dossier, declared):
                continue
            day_filed = working_day(dossier.filed_at)
            for number, (name, brought) in enumerate(declared.papers, 1):
                # What was itself taken over does not grow younger by that.
                if brought and name in wanted and name not in dict(declared.reused):
                    until = day_filed + timedelta(days=days)
                    paper = KnownPaper(
                        name=name, dossier=dossier.code, filed_on=day_filed, until=until
                    )
                    found.setdefault(name, Offer(paper, dossier, number))
        return list(found.values())

    def _days(self) -> int:
        with self.desk.live.look() as day:
            return day.office.dossiers.reuse_days


def _same(
    procedure: str, answers: Mapping[str, str], dossier: Dossier, declared: Declaration
) -> bool:
    now, before = _of_card(procedure, answers), _of_card(dossier.procedure, declared.answers)
    return all(_plain(now.get(one, "")) == _plain(before.get(one, "")) != "" for one in SAME)


def _of_card(procedure: str, answers: Mapping[str, str]) -> dict[Prefill, str]:
    """The answers that say who declares, by what of a card they are."""
    form = form_of(procedure)
    fields = form.field if form is not None else ()
    return {
        field.prefill: answers[field.id]
        for field in fields
        if field.prefill is not None and answers.get(field.id)
    }


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
