"""Loads typefaces and arrangements of the screens once, each after what it builds upon."""

from __future__ import annotations

from pathlib import Path

from kivy.clock import Clock
from kivy.core.text import LabelBase
from kivy.lang import Builder

from kiosk.ui.filing.bodies import PARTS as FILING_PARTS
from kiosk.ui.filing.scan_bodies import PARTS as SCAN_PARTS
from kiosk.ui.front import Fonts
from kiosk.ui.screen_list import Screens
from kiosk.ui.scripts import use_khmer
from kiosk.ui.widgets.aid_bar import AidBar
from kiosk.ui.widgets.code_pad import CodePad
from kiosk.ui.widgets.icons import Icon
from kiosk.ui.widgets.keyboard import Keyboard, KeyPicture, KeyWords
from kiosk.ui.widgets.number_pad import NumberPad, PadKeys
from kiosk.ui.widgets.pages import Pages
from kiosk.ui.widgets.qr_view import QrView
from kiosk.ui.widgets.reading import Reading, ReadingArrows, View
from kiosk.ui.widgets.touch import ButtonIcon, PageArrow
from kiosk.ui.widgets.typing_keys import KeyRow, TypingKeys

# The arrangements name these; their classes must be known before a screen is built.
WIDGETS = (
    *(
        AidBar,
        ButtonIcon,
        CodePad,
        Icon,
        Keyboard,
        KeyPicture,
        KeyRow,
        KeyWords,
        NumberPad,
        PadKeys,
    ),
    *(PageArrow, Pages, QrView, Reading, ReadingArrows, TypingKeys, View),
)
PARTS = (Screens, *WIDGETS, *FILING_PARTS, *SCAN_PARTS)

MOST_PASSES = 60


def load_typefaces(fonts: Fonts) -> None:
    """Make the typefaces known under the names that the arrangements use."""
    LabelBase.register("Kiosk", str(fonts.regular), fn_bold=str(fonts.bold))
    use_khmer(str(fonts.khmer))


def load_arrangements() -> None:
    """Load every `.kv` file once: a later rule wins over an earlier one, so screens come last."""
    # Arrangements within arrangements settle in more passes than Kivy allows before a picture.
    Clock.max_iteration = MOST_PASSES
    folder = Path(__file__).parent
    widgets = sorted((folder / "widgets").glob("*.kv"), key=lambda path: path.stem != "touch")
    for path in (*widgets, folder / "frame.kv", *sorted((folder / "screens").glob("*.kv"))):
        if str(path) not in Builder.files:
            Builder.load_file(str(path))
