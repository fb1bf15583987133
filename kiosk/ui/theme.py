"""The look as Kivy properties: every screen follows a change of size, palette or letter size."""

from __future__ import annotations

from collections.abc import Collection

from kivy.event import EventDispatcher
from kivy.properties import BooleanProperty, ColorProperty, NumericProperty
from kivy.utils import get_color_from_hex

from kiosk.config.theme import Palette, Theme
from kiosk.domain.aid import NO_AIDS, Aid
from kiosk.domain.glass import Glass

PORTRAIT = (1080, 1920)
# A landscape kiosk is smaller and stands nearer to the wall: more design pixels fit on it.
LANDSCAPE = (1536, 960)

# In Kivy a name that begins with `on_` is an event handler.
RENAMED = {"on_brand": "brand_ink", "on_target": "good"}

SMALL, HEADING, TITLE, HUGE, HUGE_BUT_LOW = 0.82, 1.28, 1.72, 2.3, 1.5
GROWN = 1.1
SHADE = 0.82


class Look(EventDispatcher):
    """Colours by role, sizes in screen pixels; `u` is one design pixel on this screen.

    `finger` is the least side of whatever is touched, 20 mm at this screen's density where the
    glass is wide enough for that; `low` puts all of it into the lower 60 % of the screen.
    """

    u = NumericProperty(1.0)
    screen_height = NumericProperty(1920)
    finger = NumericProperty(64)
    portrait = BooleanProperty(True)  # noqa: FBT003 - a Kivy property takes its default so
    large = BooleanProperty(False)  # noqa: FBT003 - a Kivy property takes its default so
    low = BooleanProperty(False)  # noqa: FBT003 - a Kivy property takes its default so
    contrast = BooleanProperty(False)  # noqa: FBT003 - a Kivy property takes its default so
    step = NumericProperty(8)
    small = NumericProperty(23)
    body = NumericProperty(28)
    heading = NumericProperty(36)
    title = NumericProperty(53)
    number = NumericProperty(276)

    ink = ColorProperty()
    paper = ColorProperty()
    quiet_ink = ColorProperty()
    quiet_paper = ColorProperty()
    line = ColorProperty()
    edge = ColorProperty()
    brand = ColorProperty()
    brand_pressed = ColorProperty()
    brand_ink = ColorProperty()
    good = ColorProperty()
    near_limit = ColorProperty()
    over_limit = ColorProperty()
    called_ink = ColorProperty()
    called_paper = ColorProperty()
    focus = ColorProperty()

    def __init__(self, theme: Theme, palette: str, diagonal_inch: float | None = None) -> None:
        """Start with a palette; `diagonal_inch` of the glass, else that of the usual screens."""
        super().__init__()
        self._theme, self._palette, self._inch = theme, palette, diagonal_inch
        self.aid(NO_AIDS)
        self.bind(large=self._letters, low=self._letters, u=self._letters)
        self.fit(*PORTRAIT)

    def paint(self, palette: Palette) -> None:
        """Take the colours of a palette."""
        for role, colour in palette.model_dump().items():
            setattr(self, RENAMED.get(role, role), get_color_from_hex(colour))
        self.brand_pressed = [*(part * SHADE for part in self.brand[:3]), 1]

    def aid(self, aids: Collection[Aid]) -> None:
        """Draw for somebody who needs these."""
        self.large, self.low = Aid.LARGE in aids, Aid.LOW in aids
        self.contrast = Aid.CONTRAST in aids
        self.paint(self._theme.contrast if self.contrast else getattr(self._theme, self._palette))

    def wear(self, theme: Theme) -> None:
        """Take the colours of another theme; sizes and whoever needs contrast stay."""
        self._theme = theme
        self.paint(theme.contrast if self.contrast else getattr(theme, self._palette))

    def fit(self, width: float, height: float) -> None:
        """Follow the window."""
        self.portrait = height > width
        design = PORTRAIT if self.portrait else LANDSCAPE
        self.screen_height = height
        self.u = min(width / design[0], height / design[1])
        self.finger = Glass.of(width, height, self._inch).finger
        self._letters()

    def _letters(self, *_changed: object) -> None:
        sizes = self._theme.type
        wished, grown = (sizes.kiosk_body_large, GROWN) if self.large else (sizes.kiosk_body, 1)
        if self.large and self.low and not self.portrait:
            # 60 % of a low screen hold half of the growth; more would send lines out of reach.
            wished, grown = (wished + sizes.kiosk_body) / 2, (grown + 1) / 2
        body = wished * self.u
        self.step = self._theme.space.step * self.u
        self.body = body
        self.small = body * SMALL
        self.heading = body * HEADING
        self.title = body * TITLE
        # Every size must change with the body's: a text would take the body's size otherwise.
        huge = HUGE if self.portrait else HUGE_BUT_LOW
        self.number = sizes.kiosk_number * self.u * huge * grown
