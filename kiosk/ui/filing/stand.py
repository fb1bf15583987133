"""What the parts of a filing may ask of the screen on which they stand."""

from __future__ import annotations

from typing import Any, Protocol

from kiosk.ui.front import Kiosk
from kiosk.use_cases.filing import Filing


class Stand(Protocol):
    """The screen on which the places stand."""

    question: str
    hint: str
    main_words: str
    main_icon: str

    @property
    def app(self) -> Kiosk:
        """The running kiosk."""
        ...

    def put(self, kind: type[Any]) -> Any:
        """Show this body and no other."""
        ...

    def body(self, kind: type[Any]) -> Any:
        """The one body of a kind, built when it is first needed."""
        ...

    def note(self, filing: Filing, before: str = "") -> str:
        """The code of the draft and who helps."""
        ...
