"""A procedure as a choice in a list."""

from __future__ import annotations

from kivy.properties import StringProperty

from kiosk.ui.widgets.touch import Card


class ProcedureRow(Card):
    """`code` is the procedure, `hint` what tells it from its like."""

    code = StringProperty("")
    words = StringProperty("")
    hint = StringProperty("")
