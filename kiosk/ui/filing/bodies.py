"""What stands in the middle of the filing screen: advice, choices, typing, lists, receipt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from kivy.properties import BooleanProperty, ListProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.ui.widgets.touch import Card, TextLine, TouchButton


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list: what it is, what it says, and a sign for whether it is done."""

    id: str
    label: str
    value: str = ""
    icon: str = ""


class ChoiceRow(Card):
    """One answer to be touched; `chosen` was the answer before."""

    id = StringProperty("")
    words = StringProperty("")
    chosen = BooleanProperty(False)  # noqa: FBT003 - a Kivy property takes its default so


class ListRow(Card):
    """One line of the papers or of the review; touching it changes it."""

    id = StringProperty("")
    label = StringProperty("")
    words = StringProperty("")
    icon = StringProperty("")


class AdviceLine(BoxLayout):
    """One fact of the advice with its icon."""

    icon = StringProperty("")
    words = StringProperty("")


class Body(BoxLayout):
    """What stands in the middle of a screen.

    `reading` says that whatever is touched in it lies low by itself: a low reach leaves its place.
    """

    reading = False

    def forget(self) -> None:
        """Keep nothing of what a citizen was shown or typed."""
        for name, value in vars(type(self)).items():
            if isinstance(value, StringProperty):
                setattr(self, name, value.defaultvalue)


class AdviseBody(Body):
    """What will be asked, what it costs, how long it takes; and other ways to begin."""

    reading = True

    def forget(self) -> None:
        """Say nothing, offer nothing."""
        super().forget()
        self.ids.lines.clear_widgets()
        self.ids.ways.clear_widgets()

    def show(
        self,
        facts: Sequence[tuple[str, str]],
        ways: Sequence[tuple[str, Callable[[], None]]] = (),
    ) -> None:
        """Say the facts (icon, words) and offer the ways (words, what happens)."""
        lines, others = self.ids.lines, self.ids.ways
        share = 1 if others.orientation == "horizontal" else None
        lines.clear_widgets()
        others.clear_widgets()
        for icon, words in facts:
            lines.add_widget(AdviceLine(icon=icon, words=words))
        for words, act in ways:
            button = TouchButton(words=words)
            button.size_hint_x = share
            button.bind(on_release=lambda _button, act=act: act())
            others.add_widget(button)


class ChoiceBody(Body):
    """The answers, one below the other; where they have no room at once, in pages."""

    help = StringProperty("")

    def __init__(self, **properties: Any) -> None:
        self._offered: object = None
        self._choose: Callable[[str], None] | None = None
        super().__init__(**properties)

    def forget(self) -> None:
        """Offer nothing: what was chosen could be seen."""
        super().forget()
        self._offered = self._choose = None
        self.ids.choices.forget()

    def show(
        self, choices: Sequence[tuple[str, str]], chosen: str, choose: Callable[[str], None]
    ) -> None:
        """Offer the choices (id, words); the same ones stay, so that no touch falls between."""
        self._choose = choose
        shown = (tuple(choices), chosen)
        if shown == self._offered:
            return

        def made(choice: tuple[str, str]) -> ChoiceRow:
            name, words = choice
            row = ChoiceRow(id=name, words=words, chosen=name == chosen)
            row.bind(on_release=lambda row: self._choose and self._choose(row.id))
            return row

        self._offered = shown
        self.ids.choices.fill(list(choices), made)


class TypeBody(Body):
    """The answer as it is typed, its example, what is wrong with it, and the keys."""

    reading = True
    text = StringProperty("")
    shown = StringProperty("")
    help = StringProperty("")
    example = StringProperty("")
    flaw = StringProperty("")
    tight = BooleanProperty(False)  # noqa: FBT003 - a Kivy property takes its default so

    def __init__(self, **properties: Any) -> None:
        self._form: Callable[[str], str] = str
        self._seen: Callable[[str], str] = str
        super().__init__(**properties)

    def forget(self) -> None:
        """Keep nothing of what was typed, nor of the question."""
        super().forget()
        self._form = self._seen = str
        self.ids.pad.forget()

    def ask(
        self,
        text: str,
        form: Callable[[str], str],
        seen: Callable[[str], str],
        *,
        figures: bool,
        code: bool = False,
    ) -> None:
        """Begin with a text; `form` puts it into shape after each key, `seen` shows it."""
        self._form, self._seen = form, seen
        self.ids.pad.figures, self.ids.pad.code = figures, code
        self.ids.pad.shift = not figures and not text
        self.write(text)
        self.ids.pad.speak()

    def write(self, text: str) -> None:
        """Take a text as it is."""
        self.text = text
        self.shown = self._seen(text)

    def key(self, sign: str) -> None:
        """A key was touched; what was wrong is being mended."""
        self.flaw = ""
        self.write(self._form(self.ids.pad.typed(self.text, sign)))


class RowsBody(Body):
    """A list in pages: the papers to tick, or everything that was declared."""

    note = StringProperty("")

    def __init__(self, **properties: Any) -> None:
        self._rows: Sequence[Row] = ()
        self._touch: Callable[[str], None] | None = None
        super().__init__(**properties)

    def forget(self) -> None:
        """Show nothing."""
        super().forget()
        self._rows, self._touch = (), None
        self.ids.pages.forget()

    def show(self, rows: Sequence[Row], touch: Callable[[str], None]) -> None:
        """Show the rows; the page stays where it is, and the same rows stay as they are."""
        self._touch = touch
        if list(rows) == list(self._rows):
            return

        def made(row: Row) -> ListRow:
            widget = ListRow(id=row.id, label=row.label, words=row.value, icon=row.icon)
            widget.bind(on_release=lambda touched: self._touch and self._touch(touched.id))
            return widget

        pages = self.ids.pages
        page = pages.page if [row.id for row in rows] == [row.id for row in self._rows] else 0
        self._rows = tuple(rows)
        pages.fill(list(rows), made)
        pages.turn(page - pages.page)


class DoneBody(Body):
    """The dossier's code, the day of the result, the fee, the code to follow, and the slip.

    `pay_modules` is the payment code; once the money came, `paid` says so in its place.
    """

    reading = True
    caption = StringProperty("")
    code = StringProperty("")
    due = StringProperty("")
    fee = StringProperty("")
    follow = StringProperty("")
    holder = StringProperty("")
    slip = StringProperty("")
    modules = ListProperty()
    pay = StringProperty("")
    pay_modules = ListProperty()
    paid = StringProperty("")

    def forget(self) -> None:
        """Keep no code and no day."""
        super().forget()
        self.modules = self.pay_modules = []


class WaitBody(Body):
    """Only words: it is being sent, or it was not taken."""

    reading = True
    words = StringProperty("")


PARTS = (AdviseBody, ChoiceBody, TypeBody, RowsBody, DoneBody, WaitBody, TextLine)
"""The arrangements name these; their classes must be known before a screen is built."""
