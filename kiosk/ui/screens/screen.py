"""What every screen of the kiosk has: a question, a main action, and a way to say itself anew."""

from __future__ import annotations

from kivy.app import App
from kivy.properties import StringProperty
from kivy.uix.screenmanager import Screen

from kiosk.ui.front import Kiosk


class KioskScreen(Screen):
    """One question; an empty `main_words` means that the choice is made in the screen itself."""

    question = StringProperty("")
    hint = StringProperty("")
    main_words = StringProperty("")
    main_icon = StringProperty("")

    @property
    def app(self) -> Kiosk:
        """The running kiosk."""
        app: Kiosk = App.get_running_app()
        return app

    def refresh(self) -> None:
        """Say everything in the language and state of the moment."""

    @property
    def may_go_back(self) -> bool:
        """Whether the way back is offered, where the session knows one."""
        return True

    def went_back(self) -> bool:
        """Take a step back within the screen; False leaves it to the session."""
        return False

    def on_main(self) -> None:
        """Do the main action."""

    def forget(self) -> None:
        """Wipe what this citizen left in the screen."""
