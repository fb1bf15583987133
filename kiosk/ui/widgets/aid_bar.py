"""Languages and aids, always in the same corner; each is one touch away on every screen."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from kivy.properties import BooleanProperty, NumericProperty, StringProperty
from kivy.uix.gridlayout import GridLayout

from kiosk.domain.aid import Aid
from kiosk.domain.words import Language
from kiosk.ui.locale import Locale
from kiosk.ui.widgets.touch import Touchable

# Each language in its own words: who looks for it reads no other.
OWN_NAMES = {Language.VI: "Tiếng Việt", Language.EN: "English", Language.KM: "ភាសាខ្មែរ"}


class BarChoice(Touchable):
    """A choice that is either on or off."""

    words = StringProperty("")
    on = BooleanProperty(False)  # noqa: FBT003 - a Kivy property takes its default so


class LanguageChoice(BarChoice):
    """One language, in its own words."""

    code = StringProperty("vi")


class AidChoice(BarChoice):
    """One aid with its picture."""

    code = StringProperty("")


class AidBar(GridLayout):
    """One row, or two columns where the screen is low; `count` choices are in it."""

    count = NumericProperty(0)

    def offer(self, languages: Sequence[Language], aids: Sequence[Aid]) -> None:
        """Put the choices in, once."""
        for language in languages:
            self.add_widget(LanguageChoice(code=language.value, words=OWN_NAMES[language]))
        for aid in aids:
            self.add_widget(AidChoice(code=aid.value))
        self.count = len(self.children)

    def show(self, locale: Locale, aids: Collection[Aid]) -> None:
        """Say the aids in the language of the moment, and which choices are on."""
        for choice in self.children:
            if isinstance(choice, LanguageChoice):
                choice.on = choice.code == locale.language.value
            else:
                choice.words = locale.say(f"aid_{choice.code}")
                choice.on = Aid(choice.code) in aids
                state = locale.say("is_on" if choice.on else "is_off")
                choice.spoken = f"{choice.words}: {state}."
