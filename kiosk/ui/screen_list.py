"""Every screen of the kiosk, in one place: a new one is added here and nowhere else."""

from __future__ import annotations

from kiosk.ui.screens.feedback import FeedbackScreen
from kiosk.ui.screens.filing import FilingScreen
from kiosk.ui.screens.filings import FilingsScreen
from kiosk.ui.screens.home import HomeScreen
from kiosk.ui.screens.issuing import IssuingScreen
from kiosk.ui.screens.no_number import NoNumberScreen
from kiosk.ui.screens.out_of_service import OutOfServiceScreen
from kiosk.ui.screens.priority import PriorityScreen
from kiosk.ui.screens.procedure import ProcedureScreen
from kiosk.ui.screens.procedures import ProceduresScreen
from kiosk.ui.screens.screen import KioskScreen
from kiosk.ui.screens.search import SearchScreen
from kiosk.ui.screens.services import ServicesScreen
from kiosk.ui.screens.sorry import SorryScreen
from kiosk.ui.screens.ticket import TicketScreen

SCREENS: tuple[type[KioskScreen], ...] = (
    HomeScreen,
    ServicesScreen,
    SearchScreen,
    ProceduresScreen,
    ProcedureScreen,
    PriorityScreen,
    IssuingScreen,
    TicketScreen,
    FeedbackScreen,
    NoNumberScreen,
    OutOfServiceScreen,
    SorryScreen,
    FilingsScreen,
    FilingScreen,
)
