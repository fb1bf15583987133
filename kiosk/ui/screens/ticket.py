"""The number in hand: on paper, and on the screen for those who would rather photograph it."""

from __future__ import annotations

from kivy.properties import BooleanProperty, ColorProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.domain.ticket import SlipOutcome
from kiosk.ui.screens.screen import KioskScreen


class SlipBanner(BoxLayout):
    """Where the slip is, or why there is none and what to do instead."""

    icon = StringProperty("")
    words = StringProperty("")
    more = StringProperty("")
    ink = ColorProperty([0, 0, 0, 1])
    fill = ColorProperty([1, 1, 1, 1])


class TicketScreen(KioskScreen):
    """The number, the people ahead, the forecast, the slip; and the same without a slip."""

    your_number = StringProperty("")
    number = StringProperty("")
    service = StringProperty("")
    ahead = StringProperty("")
    forecast = StringProperty("")
    follow = StringProperty("")
    slip = StringProperty("")
    slip_more = StringProperty("")
    printed = BooleanProperty(True)  # noqa: FBT003 - a Kivy property takes its default so
    warning = StringProperty("")
    again = StringProperty("")
    another = StringProperty("")

    def refresh(self) -> None:
        """Say the number and how to keep it."""
        issued = self.app.numbers.issued
        if issued is None:
            return
        locale, ticket = self.app.locale, issued.ticket
        self.another = locale.say("another_number")
        self.your_number, self.number = locale.say("your_number"), ticket.number
        self.service, count = (
            self.app.service_name(ticket.service),
            len(self.app.session.procedures),
        )
        if count > 1:
            self.service = locale.say("on_one_number", service=self.service, n=count)
        self.ahead = locale.ahead(ticket.ahead)
        self.forecast = locale.forecast(ticket.forecast)
        self.follow = locale.say("follow")
        printing, may_again = self.app.numbers.printing_again, issued.may_print_again
        self.again = (
            locale.say("printing_again" if printing else "print_again") if may_again else ""
        )
        self.printed = issued.slip is SlipOutcome.PRINTED and issued.fault is None
        if self.printed:
            self.slip, self.slip_more = (
                locale.say("take_slip_second" if issued.second else "take_slip"),
                "",
            )
        else:
            fault = issued.fault.value if issued.fault else "none"
            self.slip = f"{locale.say(f'fault_{fault}')} {locale.say('still_valid')}"
            self.slip_more = locale.say("note_number")
        self.warning = "" if issued.confirmed else locale.say("unconfirmed")
        self.ids.qr.modules = self.app.backstage.qr(ticket.follow_url)
        self.main_words, self.main_icon = locale.say("done_in", s=self.app.ticket_left_s), "check"

    def on_main(self) -> None:
        """Leave."""
        self.app.leave()
