"""Moves of scanned papers: keep a page of a draft, take the pages of a paper back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from queue_server.domain import dossier_commands as c
from queue_server.domain import dossier_events as e
from queue_server.domain.dossier import LEGAL, Dossier, Move
from queue_server.domain.faults import IllegalMove
from queue_server.domain.happening import happen
from queue_server.domain.office_day import OfficeDay

MOST_PAPERS = 40
MOST_PAGES = 40
"""Pages of one paper; what is thicker is brought to the counter."""
_PAGE = re.compile(r"page-(\d\d)-(\d\d)")


def page_part(paper: int, page: int) -> str:
    """The name by which a page is kept with its dossier."""
    return f"page-{paper:02d}-{page:02d}"


def pages_of(parts: Iterable[str], paper: int | None = None) -> list[str]:
    """The parts that are pages, in order; of one paper, or of all."""
    found = ((part, _PAGE.fullmatch(part)) for part in parts)
    return sorted(part for part, place in found if place and paper in {None, int(place[1])})


def page_counts(parts: Iterable[str]) -> Counter[int]:
    """How many pages of which paper are kept, by the names of a dossier's parts."""
    return Counter(int(place[1]) for part in parts if (place := _PAGE.fullmatch(part)))


def keep_page(day: OfficeDay, command: c.KeepPage, at: datetime) -> Dossier:
    """Keep a page, or put a better one in its place.

    Raises:
        UnknownDossier, IllegalMove: it is no draft any more.
    """
    dossier = _draft(day, command.dossier)
    happen(
        day,
        e.DossierPageKept(
            at=at, dossier=dossier.id, by=command.by, paper=command.paper, page=command.page
        ),
    )
    day.shelf.keep(dossier.id, page_part(command.paper, command.page), command.sealed)
    return day.shelf.dossier(dossier.id)


def drop_pages(day: OfficeDay, command: c.DropPages, at: datetime) -> Dossier:
    """Forget pages of a paper, and close the gap; nothing happens where there are none.

    Raises:
        UnknownDossier, IllegalMove: it is no draft any more.
    """
    dossier = _draft(day, command.dossier)
    if command.parts:
        pages = len(command.parts)
        happen(
            day,
            e.DossierPagesDropped(
                at=at, dossier=dossier.id, by=command.by, paper=command.paper, pages=pages
            ),
        )
    for part in command.parts:
        day.shelf.keep(dossier.id, part, None)
    keep_all(day, dossier.id, command.moved)
    return day.shelf.dossier(dossier.id)


def keep_all(day: OfficeDay, dossier: str, pages: c.Pages) -> None:
    """Keep pages under their names, in the commit of what is happening."""
    for part, sealed in pages:
        day.shelf.keep(dossier, part, sealed)


def _draft(day: OfficeDay, dossier_id: str) -> Dossier:
    dossier = day.shelf.dossier(dossier_id)
    if Move.SAVE not in LEGAL[dossier.state]:
        what = f"dossier {dossier.code or dossier.holder}"
        raise IllegalMove(what, dossier.state.value, Move.SAVE.value, dossier.allowed)
    return dossier
