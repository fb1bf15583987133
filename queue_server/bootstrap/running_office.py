"""One office, running: store, writer, live picture, broker, MQTT bridge, HTTP; and its stop."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from queue_server.adapters.book_names import book_names
from queue_server.adapters.clock import SteadyClock, uptime
from queue_server.adapters.hash_rotation import finish_hashes
from queue_server.adapters.key_rotation import seal_of
from queue_server.adapters.metrics import OfficeMetrics
from queue_server.adapters.mqtt_bridge import MqttBridge
from queue_server.adapters.mqtt_inbound import OfficeSide
from queue_server.adapters.night_record import nights
from queue_server.adapters.office_config import OfficeConfig
from queue_server.adapters.qr_code import qr_path
from queue_server.adapters.spare_memory import SpareMemory
from queue_server.adapters.sqlite_reader import SqliteReader
from queue_server.adapters.sqlite_store import SqliteStore
from queue_server.adapters.sqlite_visits import SqliteVisits
from queue_server.adapters.ticket_names import ticket_names
from queue_server.adapters.wait_predictor import LivePredictor
from queue_server.adapters.writer_thread import WriterThread
from queue_server.api.app import create_app
from queue_server.api.parts import Parts
from queue_server.api.streams import board_view
from queue_server.bootstrap.audit_side import AuditSide
from queue_server.bootstrap.device_side import enrolment
from queue_server.bootstrap.dossier_side import DossierSide, filings_today
from queue_server.bootstrap.forecast_side import ForecastSide
from queue_server.bootstrap.http_server import HttpServer
from queue_server.bootstrap.manager_side import (
    appeal_desk,
    ask_neighbours,
    complaint_desk,
    own_place,
)
from queue_server.bootstrap.mqtt_side import BrokerSide, join_broker, known_devices
from queue_server.bootstrap.people_side import people_side, take_first_person
from queue_server.bootstrap.planning_side import PlanningSide
from queue_server.bootstrap.records_side import (
    KnownProcedures,
    OfficeRecords,
    office_entries,
    office_records,
)
from queue_server.bootstrap.report_side import ReportSide
from queue_server.bootstrap.rules_side import rule_trials
from queue_server.bootstrap.settings import Settings
from queue_server.bootstrap.sign_on_side import sign_on
from queue_server.bootstrap.subject_side import Booked, subject_parts
from queue_server.config.clerk_data import procedures_of
from queue_server.config.key_map_file import default_key_map, read_key_map
from queue_server.contracts.config_file import ConfigError
from queue_server.contracts.console_views import ProcedureView
from queue_server.contracts.views import Words
from queue_server.domain.office import Office
from queue_server.use_cases.answers import Answers
from queue_server.use_cases.appointment_desk import AppointmentDesk, Names
from queue_server.use_cases.board import Board, Targets
from queue_server.use_cases.console import Console
from queue_server.use_cases.device_presence import DevicePresence
from queue_server.use_cases.forecasting import Forecaster
from queue_server.use_cases.home_visit_desk import HomeVisitDesk
from queue_server.use_cases.keep_day import DayKeeper
from queue_server.use_cases.live_office import LiveOffice
from queue_server.use_cases.manager_board import ManagerBoard
from queue_server.use_cases.office_map import OfficeMap
from queue_server.use_cases.ports import Clock
from queue_server.use_cases.rating_places import RatingPlaces
from queue_server.use_cases.replay_shelf import ReplayShelf
from queue_server.use_cases.smile_index import SmileIndex
from queue_server.use_cases.staff_help import StaffHelp
from queue_server.web import DIST

log = logging.getLogger("motcua")

JOIN_WITHIN_S = 3.0
"""A device that asks as soon as the server says that it runs is then heard."""


class RunningOffice:
    """Starts in `__enter__`, stops in `__exit__`, in the right order each way."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock | None = None,
        restart: Callable[[], None] | None = None,
    ) -> None:
        """`restart` begins to start this office again, where somebody can do that."""
        self.settings = settings
        self._restart = restart
        self.config = OfficeConfig(settings.data / "motcua.toml", settings.file)
        self.clock = clock or SteadyClock()
        self._stack = ExitStack()
        self.bridge: MqttBridge | None = None

    def __enter__(self) -> Self:
        try:
            self._start()
        except BaseException:
            self._stack.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    @property
    def http_url(self) -> str:
        """Where the HTTP server answers."""
        return self.http.url

    def _start(self) -> None:
        file = self.settings.file
        office = file.to_office()
        self.broker_side = BrokerSide(self.settings, self._stack)
        path = self.settings.data / "store" / "office.db"
        store = SqliteStore(path)
        self._stack.callback(store.close)
        finish_hashes(self.settings.data, path)
        predictor = LivePredictor({s.id: s.service_min for s in file.services})
        forecaster = Forecaster(predictor)
        keeper = DayKeeper(store, self.clock, office, forecaster.take_given)
        _refuse_to_mix(path, keeper.day.office, office)
        self.live = LiveOffice(office, predictor)
        given = store.given_forecasts(keeper.day.day)
        self.live.start(keeper.day, keeper.seq, given.values())
        self.writer = WriterThread(keeper)
        self.writer.listen(self.live.take)
        self.access, self.people = people_side(self.settings, self.writer)
        self.past_satisfaction = SqliteVisits(path)
        self.smiles = self._smile_index()
        self.filings = filings_today(SqliteReader(path), self.live, self.writer)
        self.staff_help = StaffHelp(self.clock.now)
        self.presence = DevicePresence(known_devices(self.settings), self.clock.now, uptime)
        self.http = HttpServer(self.settings.http, self.settings.tls)
        self._stack.callback(self.http.close)
        self.planning = self._planning_side(path)
        self.reports = ReportSide(self.settings, self.live, self.clock)
        self.audit = AuditSide(self.settings, self.clock.now, self._today)
        parts = self._parts(forecaster, keeper)
        self.http_parts = parts
        app = create_app(parts)
        streams = app.state.streams
        self.live.listen(lambda _live, _commit: self.http.soon(streams.changed))
        self.staff_help.listen(lambda: self.http.soon(streams.help_changed))
        self.writer.start()
        self._stack.callback(self.writer.stop)
        take_first_person(self.settings.data, self.people)
        self.dossiers.start(self._stack)
        self._stack.callback(self._part_from_broker)
        self._stack.callback(self.http.stop)
        self.http.start(app, on_stop=streams.close, on_beat=streams.look_again)
        # Tickets are given while the broker is still loading: it only carries the news. Who joins
        # it is told the state; only the voice misses a call of this first second.
        self.broker = self.broker_side.address()
        self.bridge = self._join(parts)
        self.bridge.start()
        if not self.bridge.wait_until_up(JOIN_WITHIN_S):
            log.warning("the broker at %s is not there yet; trying on", self.broker)
        self.forecasts = self._forecast_side(predictor, lambda: self.http.soon(streams.changed))
        self._start_beside()

    def _start_beside(self) -> None:
        """What works beside the counters, and may take its time."""
        self._stack.callback(self.forecasts.stop)
        self.forecasts.start()
        self._stack.callback(self.reports.stop)
        self.reports.start()
        self._stack.callback(self.audit.stop)
        self.audit.start()
        self._stack.callback(self.planning.stop)
        self.planning.start()
        memory = SpareMemory()
        self._stack.callback(memory.stop)
        memory.start()

    def _smile_index(self) -> SmileIndex:
        """What cameras said today; they tell their calibration anew each day."""
        smiles = SmileIndex()
        today = self._today()
        smiles.start(self.past_satisfaction.smile_events(today, today))
        self.writer.listen(smiles.take)
        return smiles

    def _today(self) -> date:
        with self.live.look() as day:
            return day.day

    def _planning_side(self, store: Path) -> PlanningSide:
        file = self.settings.file
        minutes = {service.id: service.service_min for service in file.services}
        return PlanningSide(store, self.live, minutes, file.targets.good_min, self.clock.now)

    def _forecast_side(self, predictor: LivePredictor, changed: Callable[[], None]) -> ForecastSide:
        wanted = self.settings.file.forecast
        return ForecastSide(
            self.settings.data,
            predictor,
            self._today,
            changed,
            with_model=wanted.model,
            retrain=wanted.retrain,
        )

    def _part_from_broker(self) -> None:
        if self.bridge is not None:
            self.bridge.close()

    def _join(self, parts: Parts) -> MqttBridge:
        side = OfficeSide(
            id=self.settings.file.office.id,
            writer=self.writer,
            live=self.live,
            answers=parts.answers,
            presence=self.presence,
            key_map=read_key_map(default_key_map()),
            staff_help=self.staff_help,
        )
        return join_broker(self.settings, self.broker, side, lambda: board_view(parts))

    def _malformed(self) -> dict[str, int]:
        """Unusable MQTT messages by device and kind."""
        if self.bridge is None:
            return {}
        return {f"{device}/{kind}": n for (device, kind), n in self.bridge.faults.items()}

    def _parts(self, forecaster: Forecaster, keeper: DayKeeper) -> Parts:
        file = self.settings.file
        events = SqliteReader(self.settings.data / "store" / "office.db")
        base = file.server.public_url or self.http_url
        self.dossiers = DossierSide(self.settings, self.live, self.writer, self.clock, base)
        names = Names(procedures := procedures_of(office_entries(self.settings.data)))
        targets = Targets(file.targets.good_min, file.targets.limit_min)
        board = self._board(forecaster, targets)
        return Parts(
            access=self.access,
            people=self.people,
            sign_on=sign_on(self.settings, self.people, base),
            writer=self.writer,
            live=self.live,
            board=board,
            manager=self._manager(board, forecaster, targets, events),
            rating_places=RatingPlaces(self.live),
            map=OfficeMap(self.live, board, targets, own_place(file), self.neighbours, self.smiles),
            complaints=self.complaints,
            appeals=self.appeals,
            replays=ReplayShelf(events, targets, lambda: (self._today(), self.live.seq)),
            answers=Answers(forecaster, base, qr_path),
            console=Console(self.live, self.staff_help.asked),
            staff_help=self.staff_help,
            procedures=procedures,
            events=events,
            scores=events,
            nights=partial(nights, self.settings.data),
            planning=self.planning,
            rules=rule_trials(self.config, keeper.use, self.writer, events),
            **(records := self._records(events, procedures)),
            restart=self._restart,
            reports=self.reports.desk,
            publications=self.reports.publications(self.writer, events, records["report_file"]),
            devices=self.presence,
            audit=self.audit.desk,
            enrolment=enrolment(self.settings, self.access, self.broker_side, self.writer),
            clock=self.clock,
            ready=lambda: "" if self.writer.store_works else "store",
            metrics=OfficeMetrics(self.live, self.presence, self._malformed).text,
            names=ticket_names,
            book_names=book_names,
            **(booked := self._booked(events, names, base)),
            **self.dossiers.parts(),
            smiles=self.smiles,
            past_satisfaction=self.past_satisfaction,
            **subject_parts(self.settings, self.clock, self.dossiers, booked),
            route_sheet=_route_sheet,
            pages=DIST if DIST.is_dir() else None,
        )

    def _records(self, events: SqliteReader, procedures: list[ProcedureView]) -> OfficeRecords:
        known = KnownProcedures(procedures, self.dossiers.facts)
        return office_records(self.settings, self.config, self.writer, events, known)

    def _board(self, forecaster: Forecaster, targets: Targets) -> Board:
        shown = self.settings.file.display
        notice = Words(vi=shown.notice_vi, en=shown.notice_en) if shown.notice_vi else None
        return Board(self.live, forecaster, targets, notice, self.staff_help.asked)

    def _manager(
        self, board: Board, forecaster: Forecaster, targets: Targets, events: SqliteReader
    ) -> ManagerBoard:
        """The manager's board, with the complaints and neighbours that stand beside it."""
        self.complaints = complaint_desk(self.live, self.writer, events)
        self.reports.desk.complaints = self.complaints.known
        self.appeals = appeal_desk(self.live, self.writer, events)
        self.reports.desk.appeals = self.appeals.known
        self.neighbours = ask_neighbours(self.settings.file, self.clock.now, self._stack)
        return ManagerBoard(
            board=board,
            live=self.live,
            forecaster=forecaster,
            targets=targets,
            ratings=events,
            planning=self.planning,
            smiles=self.smiles,
            filings=self.filings,
            complaints=self.complaints,
        )

    def _booked(self, events: SqliteReader, names: Names, base: str) -> Booked:
        live, now = self.live, self.clock.now
        seal = seal_of(self.settings.data, "contacts")
        return Booked(
            appointments=AppointmentDesk(live, events, names, base, qr_path, now),
            home_visits=HomeVisitDesk(live, events, names, seal, base, now),
        )


def _route_sheet(content: dict[str, Any]) -> bytes:
    # Typst is large; only the office that sends staff out pays for it, once.
    from queue_server.adapters.typst_paper import set_paper  # noqa: PLC0415 - see above

    return set_paper("route_sheet.typ", "pdf", sheet=content)


def _refuse_to_mix(store: Path, kept: Office, office: Office) -> None:
    """Figures of pretended and of real citizens never stand in one store.

    Raises:
        ConfigError: the store's last day was of the other kind.
    """
    if kept.training != office.training:
        kind, other = ("training", "a real office") if kept.training else ("real", "training")
        raise ConfigError(f"{store}: holds {kind} days; {other} needs a folder of its own")
