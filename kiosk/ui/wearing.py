"""Shows what the office changed, between two citizens: its face, and what it offers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kiosk.config.theme import in_colours
from kiosk.domain.office_face import OfficeFace
from kiosk.domain.search import ProcedureSearch
from kiosk.ui.front import Kiosk
from kiosk.ui.outlook import News


def refresh(kiosk: Kiosk, take_news: Callable[[], News]) -> bool:
    """Nobody is in front: show what the last look at the office told."""
    news = take_news()
    _wear(kiosk, news.face)
    _offer(kiosk, news.procedures)
    kiosk.render()
    return True


def _wear(kiosk: Kiosk, face: OfficeFace | None) -> None:
    """Show this name, picture and these colours from now on; None changes nothing."""
    stage = kiosk.backstage
    if face is None:
        return
    kiosk.backstage = replace(stage, office=face.name, logo=face.logo)
    stage.named(face.name)
    if face.colours is not None:
        kiosk.look.wear(in_colours(stage.theme, *face.colours))


def _offer(kiosk: Kiosk, found: ProcedureSearch | None) -> None:
    """Offer these procedures from now on; None changes nothing."""
    if found is not None:
        kiosk.backstage = replace(kiosk.backstage, catalogue=found.catalogue, search=found)
        kiosk.backstage.offered(found.catalogue)
