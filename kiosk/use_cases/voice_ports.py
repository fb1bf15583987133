"""What speaks and hears: a voice, a loudspeaker, a microphone, calls, a headset at the kiosk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from kiosk.domain.sound import Sound
from kiosk.domain.spoken_call import OfficeNow, SpokenCall


class VoiceError(Exception):
    """Nobody can say this text; the message is one line that staff can act on."""


class Voice(Protocol):
    """Turns a spelled text into sound."""

    def say(self, text: str, language: str) -> Sound:
        """Return the sound of a text.

        Raises:
            VoiceError: this voice cannot say it.
        """
        ...


class AudioError(Exception):
    """The loudspeaker did not take the sound; the message is one line."""


class AudioOut(Protocol):
    """One audio device: one sound at a time."""

    def play(self, sound: Sound) -> None:
        """Play it and return when it has been heard, or when `close` cut it off.

        Raises:
            AudioError: the device is gone, busy or stuck; some of it may have been heard.
        """
        ...

    def close(self) -> None:
        """Fall silent at once, also in the middle of a sound; callable from another thread."""
        ...


class AudioIn(Protocol):
    """One microphone."""

    def record(self, seconds: float, rate: int) -> Sound:
        """Record for so long.

        Raises:
            AudioError: there is no such device, or it gave nothing.
        """
        ...


class CallsLink(Protocol):
    """The way from the server, for one announcer."""

    def start(
        self,
        on_call: Callable[[SpokenCall], None],
        on_office: Callable[[OfficeNow], None],
        on_link: Callable[[bool], None],
    ) -> None:
        """Connect in the background and keep trying; all are told from another thread."""
        ...

    def report(self, detail: str) -> None:
        """Tell the office what is wrong with sound or voice; empty when nothing is."""
        ...

    def close(self) -> None:
        """Say goodbye and disconnect."""
        ...


class Headset(Protocol):
    """The kiosk's sound: words for one listener, and a warning for everybody; never waits."""

    def say(self, text: str, language: str) -> None:
        """Say a spelled text now; whatever is being said breaks off."""
        ...

    def chime(self) -> None:
        """Let the warning be heard, also where nobody uses the headset."""
        ...

    def hush(self) -> None:
        """Fall silent at once."""
        ...

    def louder(self, *, up: bool) -> None:
        """Change the volume by one step, within bounds that do no harm."""
        ...

    def reset(self) -> None:
        """Return to the volume of the start: the next citizen has other ears."""
        ...

    def speaks(self, language: str) -> bool:
        """Whether there is a voice for a language, and somewhere to hear it."""
        ...
