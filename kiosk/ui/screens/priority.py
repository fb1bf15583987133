"""Asks whether somebody is served before others."""

from __future__ import annotations

from kivy.properties import StringProperty

from kiosk.domain.priority import Priority
from kiosk.ui.screens.screen import KioskScreen
from kiosk.ui.widgets.touch import Card


class PriorityCard(Card):
    """One reason to be served before others."""

    priority = StringProperty("")
    words = StringProperty("")


class PriorityScreen(KioskScreen):
    """The priority classes; the likely answer, none of them, is the main action."""

    def on_kv_post(self, _base_widget: object) -> None:
        """Put the cards in once: to build six of them takes longer than to draw the screen."""
        for priority in Priority:
            if priority is not Priority.NORMAL:
                card = PriorityCard(priority=priority.value)
                card.bind(on_release=self._choose)
                self.ids.cards.add_widget(card)

    def get_ready(self, size: list[float]) -> None:
        """Set the words of the classes."""
        self.size = size
        self.refresh()

    def refresh(self) -> None:
        """Say the classes anew."""
        say = self.app.locale.say
        self.question, self.hint = say("priority_question"), say("priority_hint")
        self.main_words, self.main_icon = say("priority_normal"), "ticket"
        for card in self.ids.cards.children:
            card.words = say(f"priority_{card.priority}")

    def on_main(self) -> None:
        """Take a number without priority."""
        self.app.numbers.ask(Priority.NORMAL)

    def _choose(self, card: PriorityCard) -> None:
        self.app.numbers.ask(Priority(card.priority))
