"""Every screen of the kiosk, in one place: a new one is added here and nowhere else."""

from __future__ import annotations

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
from kiosk.ui.screens.times import TimesScreen
from kiosk.ui.screens.wedge import WedgeScreen

SCREENS: tuple[type[KioskScreen], ...] = (
    HomeScreen,
    ServicesScreen,
    SearchScreen,
    ProceduresScreen,
    ProcedureScreen,
    ChecklistScreen,
    BulkScreen,
    PriorityScreen,
    CardScreen,
    IssuingScreen,
    TicketScreen,
    FeedbackScreen,
    NoNumberScreen,
    OutOfServiceScreen,
    SorryScreen,
    FilingsScreen,
    FilingScreen,
    AppointmentsScreen,
    AppointmentScreen,
    DaysScreen,
    TimesScreen,
    BookingScreen,
    WedgeScreen,
)
