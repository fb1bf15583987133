"""What the office shows of itself on a kiosk: its name, its colours, its picture."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.domain.words import Words


@dataclass(frozen=True, slots=True)
class OfficeFace:
    """`colours` are that of light and of dark screens as `#RRGGBB`; `logo` is a file or empty.

    A kiosk with a theme of its own has no colours of the office: None.
    """

    name: Words
    logo: str
    colours: tuple[str, str] | None
