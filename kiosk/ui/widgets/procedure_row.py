"""A procedure as a choice in a list."""

from __future__ import annotations

from kivy.properties import BooleanProperty, StringProperty

from kiosk.ui.widgets.touch import Card


class ProcedureRow(Card):
    """`code` is the procedure, `hint` what tells it from its like; `chosen` is on the number.

    Without a code `leads` is the question that the row leads to.
    """

    code = StringProperty("")
    words = StringProperty("")
    hint = StringProperty("")
    leads = StringProperty("")
    chosen = BooleanProperty(False)  # noqa: FBT003 - a Kivy property takes its default so
