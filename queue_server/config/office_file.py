"""`motcua.toml`: every setting of an office, strict, with its meaning; turned into the domain."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Annotated, Literal

from pydantic import Field, model_validator

from queue_server.config.appointments_section import AppointmentsSection
from queue_server.config.brand_section import BrandSection
from queue_server.config.counter_section import CounterSection
from queue_server.config.dossiers_section import DossiersSection
from queue_server.config.limits_section import LimitsSection
from queue_server.config.map_section import MapSection
from queue_server.config.payments_section import PaymentsSection
from queue_server.config.report_data import ReportsSection
from queue_server.config.section import Id, Minutes, Section, Session, unique
from queue_server.config.sign_on_section import SignOnSection
from queue_server.domain.office import Hours, Office, Policy, Rules, Service
from queue_server.domain.ticket import PriorityClass

DEFAULT_SESSIONS = (
    Session(start=time(7), end=time(11)),
    Session(start=time(13), end=time(17)),
)


class OfficeSection(Section):
    """Who we are and when we are open."""

    id: Id = Field(description="Short name in MQTT topics and addresses")
    name_vi: str = Field(description="Name on screens and slips")
    name_en: str = Field(description="The same in English")
    sessions: tuple[Session, ...] = Field(DEFAULT_SESSIONS, min_length=1)
    training: bool = Field(
        default=False, description="Pretended citizens: every page and event says so, for good"
    )


class RulesSection(Section):
    """Calling rule and moves; see queue_server/domain/README.md."""

    policy: Policy = Policy.WEIGHTED
    priority_turns: Annotated[int, Field(ge=1, le=20)] = 2
    recall_limit: Annotated[int, Field(ge=0, le=20)] = 3
    undo_s: Annotated[float, Field(ge=0, le=600)] = 10
    limit_min: Minutes = 30
    class_limit_min: dict[PriorityClass, Minutes] = Field(default_factory=dict)
    late_tolerance_min: Minutes = 30
    appointment_early_min: Minutes = 15
    appointment_late_min: Minutes = 15
    confirm_within_s: Annotated[float, Field(ge=5, le=3600)] = 60
    clear_after_min: Minutes | None = Field(
        default=None,
        description="Minutes after closing when waiting tickets expire; none: at night",
    )
    close_counters_after_min: Minutes | None = Field(
        default=None,
        description="Minutes after closing when idle counters close; none: by hand or at night",
    )
    pause_at_lunch: bool = Field(
        default=False,
        description="Between two sessions, pause open counters that have nobody left to call",
    )


class ServiceSection(Section):
    """One service with its own waiting line."""

    id: Id
    letter: Annotated[str, Field(pattern=r"^[A-Z]$")]
    name_vi: str
    name_en: str
    service_min: Annotated[float, Field(gt=0, le=480)] = Field(
        10, description="Mean service time in minutes, until the office's own log says better"
    )
    first_number: Annotated[int, Field(ge=1)] = 1
    last_number: Annotated[int, Field(ge=1, le=999_999)] = 99_999
    sessions: tuple[Session, ...] | None = None
    appointments: Annotated[int, Field(ge=0, le=100)] = Field(
        0, description="Appointments in each slot; 0: this service takes none"
    )


class DeviceSection(Section):
    """One device or page that signs in with its own credential."""

    id: Id
    role: Literal[
        "admin", "manager", "kiosk", "counter", "display", "announcer", "camera", "server"
    ]
    counter: int | None = Field(default=None, description="For role counter: the only one it moves")


class ServerSection(Section):
    """Addresses."""

    http: str = Field("127.0.0.1:8080", description="host:port; loopback unless a proxy is meant")
    tls: bool = Field(
        default=False, description="HTTPS by the certificate in tls/, see `motcua certificates`"
    )
    mqtt: str = Field(
        "embedded",
        description="embedded, embedded:PORT, host:port of a broker, or mqtts://host:port of one "
        "that speaks TLS; with tls = true the embedded one does too",
    )
    mosquitto: str | None = Field(
        default=None,
        description="Folder that `motcua mosquitto` wrote; the server keeps its lists true",
    )
    public_url: str | None = Field(
        default=None, description="What phones open; used in the QR of a slip"
    )


class TargetsSection(Section):
    """City targets for the mean wait, in minutes."""

    good_min: Minutes = 15
    limit_min: Minutes = 30


class DisplaySection(Section):
    """The line at the foot of the public display."""

    notice_vi: str = ""
    notice_en: str = ""


class ForecastSection(Section):
    """Who says how long people wait."""

    model: bool = Field(default=True, description="false: queueing formulas alone")
    retrain: bool = Field(default=True, description="Learn a model of the own log every night")


class AuditSection(Section):
    """Where the signed heads of the chain are kept beside the office's own folder."""

    second_place: str | None = Field(
        default=None,
        description="Folder on another disk or machine; it may be away for a while",
    )


class OfficeFile(Section):
    """The whole file."""

    office: OfficeSection
    server: ServerSection = ServerSection()
    targets: TargetsSection = TargetsSection()
    rules: RulesSection = RulesSection()
    display: DisplaySection = DisplaySection()
    appointments: AppointmentsSection = AppointmentsSection()
    dossiers: DossiersSection = DossiersSection()
    payments: PaymentsSection = PaymentsSection()
    forecast: ForecastSection = ForecastSection()
    limits: LimitsSection = LimitsSection()
    reports: ReportsSection = ReportsSection()
    map: MapSection = MapSection()
    brand: BrandSection = BrandSection()
    audit: AuditSection = AuditSection()
    sign_on: SignOnSection | None = None
    services: tuple[ServiceSection, ...] = Field(min_length=1)
    counters: tuple[CounterSection, ...] = Field(min_length=1)
    devices: tuple[DeviceSection, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> OfficeFile:
        unique("service id", [s.id for s in self.services])
        unique("ticket letter", [s.letter for s in self.services])
        unique("counter number", [c.number for c in self.counters])
        unique("device id", [d.id for d in self.devices])
        known = {s.id for s in self.services}
        numbers = {c.number for c in self.counters}
        for counter in self.counters:
            counter.check(known)
        for device in self.devices:
            if device.role == "camera" and device.counter is not None:
                raise ValueError(
                    f"thiết bị '{device.id}': máy ảnh không gắn với một quầy / "
                    f"device '{device.id}': a camera never stands for one counter"
                )
            if device.role == "counter" and device.counter not in numbers:
                raise ValueError(
                    f"thiết bị '{device.id}': không có quầy {device.counter} / "
                    f"device '{device.id}': no counter {device.counter}"
                )
        for group in self.sign_on.groups if self.sign_on else ():
            if group.counter is not None and group.counter not in numbers:
                raise ValueError(
                    f"[sign_on] nhóm '{group.group}': không có quầy {group.counter} / "
                    f"[sign_on] group '{group.group}': no counter {group.counter}"
                )
        return self

    def to_office(self) -> Office:
        """The office as the domain knows it."""
        return Office(
            id=self.office.id,
            name_vi=self.office.name_vi,
            name_en=self.office.name_en,
            services={s.id: _service(s) for s in self.services},
            counters={c.number: c.to_counter() for c in self.counters},
            hours=_hours(self.office.sessions),
            rules=_rules(self.rules),
            appointments=self.appointments.to_rules(
                {s.id: s.appointments for s in self.services if s.appointments}
            ),
            dossiers=self.dossiers.to_rules(),
            limits=self.limits.to_limits(),
            training=self.office.training,
        )


def _hours(sessions: tuple[Session, ...]) -> Hours:
    return Hours(tuple((s.start, s.end) for s in sorted(sessions, key=lambda s: s.start)))


def _service(section: ServiceSection) -> Service:
    return Service(
        id=section.id,
        letter=section.letter,
        name_vi=section.name_vi,
        name_en=section.name_en,
        first_number=section.first_number,
        last_number=section.last_number,
        hours=_hours(section.sessions) if section.sessions else None,
    )


def _minutes(length: float | None) -> timedelta | None:
    return timedelta(minutes=length) if length is not None else None


def _rules(section: RulesSection) -> Rules:
    return Rules(
        policy=section.policy,
        priority_turns=section.priority_turns,
        recall_limit=section.recall_limit,
        undo_window=timedelta(seconds=section.undo_s),
        late_tolerance=timedelta(minutes=section.late_tolerance_min),
        appointment_early=timedelta(minutes=section.appointment_early_min),
        appointment_late=timedelta(minutes=section.appointment_late_min),
        confirm_within=timedelta(seconds=section.confirm_within_s),
        clear_after=_minutes(section.clear_after_min),
        close_counters_after=_minutes(section.close_counters_after_min),
        pause_at_lunch=section.pause_at_lunch,
        default_limit=timedelta(minutes=section.limit_min),
        class_limits={
            priority: timedelta(minutes=limit)
            for priority, limit in section.class_limit_min.items()
        },
    )
