"""Every screen of the kiosk, in one place: a new one is added here and nowhere else."""

from __future__ import annotations

from collections.abc import Collection

from kivy.uix.screenmanager import NoTransition, ScreenManager

from kiosk.ui.screens.appointment import AppointmentScreen
from kiosk.ui.screens.appointments import AppointmentsScreen
from kiosk.ui.screens.booking import BookingScreen
from kiosk.ui.screens.bulk import BulkScreen
from kiosk.ui.screens.card import CardScreen
from kiosk.ui.screens.checklist import ChecklistScreen
from kiosk.ui.screens.days import DaysScreen
from kiosk.ui.screens.feedback import FeedbackScreen
from kiosk.ui.screens.filing import FilingScreen
from kiosk.ui.screens.filings import FilingsScreen
from kiosk.ui.screens.guide import GuideScreen
from kiosk.ui.screens.home import HomeScreen
from kiosk.ui.screens.home_visit import HomeVisitScreen
from kiosk.ui.screens.issuing import IssuingScreen
from kiosk.ui.screens.no_number import NoNumberScreen
from kiosk.ui.screens.out_of_service import OutOfServiceScreen
from kiosk.ui.screens.priority import PriorityScreen
from kiosk.ui.screens.procedure import ProcedureScreen
from kiosk.ui.screens.procedures import ProceduresScreen
from kiosk.ui.screens.rate import RateScreen
from kiosk.ui.screens.screen import KioskScreen
from kiosk.ui.screens.search import SearchScreen
from kiosk.ui.screens.services import ServicesScreen
from kiosk.ui.screens.sorry import SorryScreen
from kiosk.ui.screens.ticket import TicketScreen
from kiosk.ui.screens.times import TimesScreen
from kiosk.ui.screens.wedge import WedgeScreen
from kiosk.ui.screens.whence import WhenceScreen

SCREENS: dict[str, type[KioskScreen]] = {
    "home": HomeScreen,
    "services": ServicesScreen,
    "procedures": ProceduresScreen,
    "procedure": ProcedureScreen,
    "priority": PriorityScreen,
    "issuing": IssuingScreen,
    "ticket": TicketScreen,
    "search": SearchScreen,
    "guide": GuideScreen,
    "whence": WhenceScreen,
    "checklist": ChecklistScreen,
    "bulk": BulkScreen,
    "card": CardScreen,
    "no_number": NoNumberScreen,
    "out_of_service": OutOfServiceScreen,
    "sorry": SorryScreen,
    "appointments": AppointmentsScreen,
    "appointment": AppointmentScreen,
    "days": DaysScreen,
    "times": TimesScreen,
    "booking": BookingScreen,
    "home_visit": HomeVisitScreen,
    "filings": FilingsScreen,
    "filing": FilingScreen,
    "rate": RateScreen,
    "feedback": FeedbackScreen,
    "wedge": WedgeScreen,
}
"""By name, which the arrangement of a screen says again; those needed soonest come first."""


class AtOnce(NoTransition):
    """Takes the screen before away with the same touch: else the next picture draws both."""

    def start(self, manager: ScreenManager) -> None:
        """Change, and be done."""
        super().start(manager)
        self.stop()


class Screens(ScreenManager):
    """Builds a screen when it is first shown, or in the quiet after the start.

    All of them at once would keep the first citizen waiting for half a second.
    """

    def enter(self, name: str) -> None:
        """Show a screen."""
        self._have(name)
        self.current = name

    def forget(self) -> None:
        """Wipe what every screen was shown, typed or scanned."""
        for screen in self.screens:
            screen.forget()

    def build_next(self, but: Collection[str] = ()) -> bool:
        """Build one more screen; False when there is none left to build.

        Nobody comes to those of `but` here: they would only take memory.
        """
        left = [name for name in SCREENS if not (self.has_screen(name) or name in but)]
        if left:
            self._have(left[0])
            self.get_screen(left[0]).get_ready(self.size)
        return len(left) > 1

    def _have(self, name: str) -> None:
        if not self.has_screen(name):
            self.add_widget(SCREENS[name]())
