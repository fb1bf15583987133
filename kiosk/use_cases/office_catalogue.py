"""The office's catalogue at a kiosk: the newest that was heard, over the one that was shipped.

The server knows what an office may change; the shipped files also know Khmer, in which form a paper
is brought, and how a procedure is officially called. Both together are what citizens see.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import count
from typing import Protocol

from kiosk.domain.catalogue import (
    Catalogue,
    Document,
    Fee,
    KioskMode,
    PaperForm,
    Procedure,
    Processing,
    ServiceEntry,
)
from kiosk.domain.search import ProcedureSearch
from kiosk.domain.whence import Accepts
from kiosk.domain.words import Words
from kiosk.use_cases.ports import GatewayError
from queue_server.contracts import views
from queue_server.contracts.catalogue_views import (
    CatalogueNow,
    PaperAsked,
    ProcedureAsked,
    ServiceNamed,
)

EVERY_S = 60.0
NO_HINT = Words("", "")


class CatalogueSource(Protocol):
    """The way to the office's catalogue."""

    def newer(self, known: str) -> CatalogueNow | None:
        """The catalogue, None while it is the one whose digest is `known` (empty: none is).

        Raises:
            GatewayError: nobody can say.
        """
        ...


class CatalogueShelf(Protocol):
    """Where the last catalogue lies while the server is away."""

    def kept(self) -> CatalogueNow | None:
        """The last one; None where there is none that can be read."""
        ...

    def keep(self, now: CatalogueNow) -> None:
        """Keep it instead of the last one, all of it or nothing.

        Raises:
            OSError: it is not kept.
        """
        ...


class FollowCatalogue:
    """Called at each look at the office; the first call asks at once.

    `base` is the shipped catalogue. What is heard is on the shelf before it is shown, so a kiosk
    that starts while the server is away shows what it showed before. Without a `source` the base is
    the kiosk's own and stays.
    """

    def __init__(
        self,
        source: CatalogueSource | None,
        shelf: CatalogueShelf,
        base: Catalogue,
        now_s: Callable[[], float],
    ) -> None:
        self._source, self._shelf, self._base = source, shelf, base
        self._now_s = now_s
        self._next_s = now_s()
        self._known = ""
        self.trouble = ""

    def begin(self) -> Catalogue:
        """What to show before anybody was asked: the last one heard, else the shipped one."""
        last = self._shelf.kept() if self._source is not None else None
        if last is None:
            return self._base
        try:
            begun = laid_over(self._base, last)
        except ValueError:
            return self._base
        self._known = last.digest
        return begun

    def __call__(self) -> ProcedureSearch | None:
        """The office's procedures where they are other ones now; while the server is away, None.

        A catalogue that the disk does not take holds all the same; `trouble` says so to staff.
        """
        if self._source is None or self._now_s() < self._next_s:
            return None
        self._next_s = self._now_s() + EVERY_S
        try:
            now = self._source.newer(self._known)
        except GatewayError:
            return None
        return self._taken(now) if now is not None else None

    def _taken(self, now: CatalogueNow) -> ProcedureSearch | None:
        self._known, self.trouble = now.digest, ""
        try:
            found = ProcedureSearch(laid_over(self._base, now))
        except ValueError as error:
            self.trouble = f"the office's catalogue is not shown: {error}"
            return None
        try:
            self._shelf.keep(now)
        except OSError as error:
            self.trouble = f"the catalogue is not kept: {error.strerror}"
        return found


def laid_over(base: Catalogue, now: CatalogueNow) -> Catalogue:
    """The office's procedures in its words, with what only the shipped ones know of them.

    A service that nobody knew comes last, under the office's letter and name.
    """
    of: dict[str, list[Procedure]] = {}
    for said in now.procedures:
        of.setdefault(said.service, []).append(_procedure(said, base.procedure(said.code)))
    known = [
        replace(service, procedures=tuple(of.pop(service.id, ()))) for service in base.services
    ]
    ranks = count(max((service.rank for service in known), default=0) + 1)
    names = {service.id: service for service in now.services}
    return Catalogue(
        [
            *known,
            *(
                _service(names[name], next(ranks), tuple(procedures))
                for name, procedures in of.items()
                if name in names
            ),
        ]
    )


def _service(said: ServiceNamed, rank: int, procedures: tuple[Procedure, ...]) -> ServiceEntry:
    return ServiceEntry(said.id, said.letter, rank, _words(said.name, None), NO_HINT, procedures)


def _procedure(said: ProcedureAsked, known: Procedure | None) -> Procedure:
    papers = {paper.name.vi: paper for paper in known.documents} if known else {}
    time = (
        Processing(said.time, said.time_unit, said.cutoff or None)
        if said.time is not None
        else None
    )
    return Procedure(
        code=said.code,
        service=said.service,
        name=_words(said.name, known.name if known else None),
        official_name=known.official_name if known else said.name.vi,
        mode=KioskMode(said.mode),
        fee=_fee(said, known.fee if known else Fee()),
        processing=time,
        documents=tuple(_paper(paper, papers) for paper in said.papers),
        also=tuple(said.also),
        unsure=frozenset(said.unsure),
        version=said.version,
        accepts=Accepts(said.accepts) if said.accepts else None,
        counter_minutes=said.minutes,
    )


def _fee(said: ProcedureAsked, known: Fee) -> Fee:
    """What it costs on line is known of the shipped amount alone."""
    same = known.amount_vnd == said.fee_vnd
    return Fee(
        said.fee_vnd,
        known.online_vnd if same else None,
        _words(said.per, known.per) if said.per else None,
        _words(said.fee_note, known.note) if said.fee_note else None,
    )


def _paper(said: PaperAsked, known: Mapping[str, Document]) -> Document:
    one = known.get(said.vi)
    name = _words(said, one.name if one else None)
    return Document(name, one.form if one else PaperForm.UNSAID, said.conditional)


def _words(said: views.Words, known: Words | None) -> Words:
    """The office's words; the Khmer of the shipped ones where those are the same."""
    same = known is not None and known.vi == said.vi
    return Words(said.vi, said.en, known.km if known is not None and same else "")
