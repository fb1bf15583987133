"""A screen that asks one question after the other, each in a body of its kind."""

from __future__ import annotations

from typing import Any

from kiosk.ui.filing.bodies import Body, TypeBody
from kiosk.ui.screens.screen import KioskScreen


class AskingScreen(KioskScreen):
    """Its layout has a place `body`, in which one body stands at a time."""

    def __init__(self, **properties: Any) -> None:
        super().__init__(**properties)
        self._bodies: dict[type[Body], Body] = {}
        self._typing: tuple[object, ...] = ()

    def forget(self) -> None:
        """Wipe what every body was shown or typed."""
        super().forget()
        self._typing = ()
        for body in self._bodies.values():
            body.forget()

    def body(self, kind: type[Any]) -> Any:
        """The one body of a kind, built when it is first needed: a keyboard takes 5 MB."""
        if kind not in self._bodies:
            self._bodies[kind] = kind()
        return self._bodies[kind]

    def put(self, kind: type[Any]) -> Any:
        """Show this body and no other."""
        body, place = self.body(kind), self.ids.body
        self.reading = body.reading
        if body.parent is not place:
            place.clear_widgets()
            place.add_widget(body)
        if kind is not TypeBody:
            self._typing = ()
        return body

    @property
    def written(self) -> str:
        """The answer as far as it was typed."""
        return str(self.body(TypeBody).shown) if self._typing else ""

    def is_fresh(self, *what: object) -> bool:
        """Whether another text is asked for than a moment ago; typing survives a redraw."""
        before, self._typing = self._typing, what
        return before != what
