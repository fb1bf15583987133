"""Puts on what the office's administration changed, between two citizens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kiosk.config.theme import in_colours
from kiosk.domain.office_face import OfficeFace
from kiosk.ui.front import Kiosk


def refresh(kiosk: Kiosk, take_face: Callable[[], OfficeFace | None]) -> bool:
    """Nobody is in front: show what the last look at the office told."""
    _wear(kiosk, take_face())
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
