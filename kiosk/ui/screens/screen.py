"""What every screen of the kiosk has: a question, a main action, and a way to say itself anew."""

from __future__ import annotations

from kivy.app import App
from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.screenmanager import Screen

from kiosk.ui.front import Kiosk
from kiosk.ui.widgets.pages import Pages
from kiosk.ui.widgets.qr_view import QrView
from kiosk.ui.widgets.touch import sentences, texts_of


class KioskScreen(Screen):
    """One question; an empty `main_words` means that the choice is made in the screen itself.

    `reading` says that nothing in the screen is touched, or only within the lower 60 % of it: then
    a low reach leaves it in its place. `spoken` is what the headset says when the screen comes;
    left empty, that is the question, the hint and every text that stands on no choice.
    """

    question = StringProperty("")
    hint = StringProperty("")
    main_words = StringProperty("")
    main_icon = StringProperty("")
    spoken = StringProperty("")
    reading = BooleanProperty(False)  # noqa: FBT003 - a Kivy property takes its default so

    @property
    def app(self) -> Kiosk:
        """The running kiosk."""
        app: Kiosk = App.get_running_app()
        return app

    def refresh(self) -> None:
        """Say everything in the language and state of the moment."""

    def get_ready(self, size: list[float]) -> None:
        """Do what is the same for everybody before somebody waits for it; most have nothing.

        `size` is that of the screen in pixels.
        """

    @property
    def may_go_back(self) -> bool:
        """Whether the way back is offered, where the session knows one."""
        return True

    @property
    def written(self) -> str:
        """What was typed so far, where something is typed."""
        return ""

    def went_back(self) -> bool:
        """Take a step back within the screen; False leaves it to the session."""
        return False

    def on_main(self) -> None:
        """Do the main action."""

    def scanned(self, text: str | None) -> None:
        """Take what was held to the scanner; asked only of the screen that files."""

    def forget(self) -> None:
        """Wipe what this citizen typed or was shown: every text, list and code of the screen.

        A screen that holds more wipes that as well; the session is wiped elsewhere.
        """
        for kind in type(self).__mro__:
            if issubclass(kind, KioskScreen):
                for name, value in vars(kind).items():
                    if isinstance(value, StringProperty):
                        setattr(self, name, value.defaultvalue)
        for part in self.walk(restrict=True):
            if isinstance(part, Pages):
                part.forget()
            elif isinstance(part, QrView):
                part.modules = []

    @property
    def speech(self) -> str:
        """What the headset says when the screen comes."""
        return self.spoken or sentences(
            [self.question, self.hint, *texts_of(self, around_choices=True)]
        )
