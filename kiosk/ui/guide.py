"""Spoken guidance: says each screen as it comes, and what the keypad points at."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.domain.read_aloud import read_aloud
from kiosk.domain.words import Language
from kiosk.ui.locale import Locale
from kiosk.ui.widgets.touch import Touchable
from kiosk.use_cases.voice_ports import Headset


class Guide:
    """Speaks while it is on; a kiosk without a headset is silent but for the warning sound."""

    def __init__(self, headset: Headset | None, locale: Callable[[], Locale]) -> None:
        self._headset = headset
        self._locale = locale
        self._on = False
        self._shown: tuple[str, str, Language] | None = None
        self._said = ""

    def turn(self, *, on: bool) -> None:
        """Begin or cease to speak; the next screen is said from its beginning."""
        if on == self._on:
            return
        self._on = on
        self._shown = None
        if not on and self._headset is not None:
            self._headset.hush()

    def show(self, where: str, speech: str) -> None:
        """A screen stands: say it, unless it has been said just so."""
        if not self._on:
            return
        locale = self._locale()
        shown = (where, speech, locale.language)
        if self._shown is None:
            welcome = locale.say("voice_welcome")
            if self._reads_vietnamese(locale):
                welcome = f"{locale.say_in(Language.VI, 'voice_none')} {welcome}"
            speech = f"{welcome} {speech}"
        elif self._shown[0::2] == shown[0::2]:
            return
        self._shown = shown
        self._say(speech)

    def point(self, target: Touchable, *, after: bool = False) -> None:
        """The keypad points at something; `after` what is being said instead of breaking it off."""
        self._say(target.speech, after=after)

    def read(self, speech: str) -> None:
        """Say what was typed so far: whoever does not see it must hear it."""
        self._say(speech)

    def warn(self, speech: str) -> None:
        """Time is running out: a sound for everybody, and words where guidance is on."""
        if self._headset is not None:
            self._headset.chime()
        self._say(speech)

    def repeat(self) -> None:
        """Say the last once more."""
        self._say(self._said)

    def louder(self, up: bool) -> None:  # noqa: FBT001 - up or down
        """Change the volume by a step, and let it be heard."""
        if self._headset is not None:
            self._headset.louder(up=up)
            self.repeat()

    def forget(self) -> None:
        """Fall silent, and keep nothing of what was said."""
        self._shown, self._said = None, ""
        self._locale().forget()
        if self._headset is not None:
            self._headset.hush()
            self._headset.reset()

    def close(self) -> None:
        """Fall silent for good."""
        if self._headset is not None:
            self._headset.hush()

    def _say(self, speech: str, *, after: bool = False) -> None:
        if not self._on or self._headset is None or not speech:
            return
        locale = self._locale()
        self._said = f"{self._said} {speech}" if after else speech
        if self._reads_vietnamese(locale):
            # No voice reads Khmer yet: what stands there in Khmer is said in Vietnamese.
            said = read_aloud(locale.in_vietnamese(self._said), Language.VI)
            self._headset.say(said, Language.VI)
            return
        self._headset.say(read_aloud(self._said, locale.language), locale.language)

    def _reads_vietnamese(self, locale: Locale) -> bool:
        headset = self._headset
        return locale.language is Language.KM and not (headset and headset.speaks(Language.KM))
