"""`motcua demo`: a whole office, day after day, until it is stopped; nothing is left running."""

from __future__ import annotations

import logging
import os
import signal
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from types import FrameType

import httpx
from rich.console import Console
from rich.live import Live
from rich.text import Text

from queue_server.adapters.new_office import make_office
from queue_server.adapters.spare_memory import keep_few_arenas
from queue_server.adapters.sqlite_history import open_history
from queue_server.bootstrap import RunningOffice
from queue_server.bootstrap.settings import Settings, settle
from queue_server.contracts.config_file import ConfigError
from queue_server.contracts.views import BoardView
from queue_server.demo.day_report import progress_line, summary
from queue_server.demo.kiosk_window import KIOSK, has_screen, kiosk_window
from queue_server.demo.past_days import make_past_days
from queue_server.demo.stage import Cast, StagedDay
from queue_server.demo.training import prepare_training
from queue_server.demo.virtual_day import draw_day
from queue_server.demo.virtual_devices import VirtualDevices
from queue_server.demo.virtual_time import Pace, SkippingClock, Stopped, working_day_from
from queue_server.demo.waiting_room import WaitingRoom
from queue_server.demo.ward import Ward, read_ward
from queue_server.domain.office import ZONE
from queue_server.web import DIST

BEFORE_OPENING = timedelta(minutes=15)
IN_FULL_WORK = timedelta(minutes=15)
BEAT_S = 0.5
API = "/api/v1"


@dataclass(frozen=True, slots=True)
class DemoOrder:
    """What was asked for; `data` None means a folder that is gone afterwards.

    `past_days` are made up before the first one, in a folder without any. `trainee` is the counter
    that a person works at, in an office that says TRAINING.
    """

    speed: float
    http: str
    data: Path | None
    headless: bool
    seed: int
    trainee: int | None = None
    past_days: int = 0


def run(order: DemoOrder, words: Console) -> None:
    """Show the office until SIGINT or SIGTERM.

    Raises:
        ConfigError, CredentialError, NewOfficeError, StoreInUse: with one line that says what to
            change.
    """
    logging.basicConfig(level=logging.ERROR, format="%(name)s: %(message)s")
    keep_few_arenas()
    with ExitStack() as stack:
        data = order.data or Path(stack.enter_context(tempfile.TemporaryDirectory("-motcua")))
        if order.trainee is not None:
            prepare_training(data, order.trainee)
        elif not (data / "motcua.toml").exists():
            make_office(data, "ward")
        settings = settle(data.resolve(), order.http, "embedded")
        first = working_day_from(_day_after_the_last(settings.data))
        if order.past_days:
            _make_past(settings, order, first, words)
        clock = SkippingClock(_morning(settings, first) + _later_for(order), order.speed)
        pace = Pace(clock, order.speed)
        stack.enter_context(_stopping(pace))
        office = stack.enter_context(RunningOffice(settings, clock))
        windowed = has_screen() and not order.headless
        apart = frozenset({KIOSK}) if windowed else frozenset()
        devices = VirtualDevices(office, apart | _own_counter(settings, order))
        stack.callback(devices.close)
        if windowed:
            stack.enter_context(kiosk_window(office, words.print))
        _tell_where(words, office, order, windowed=windowed)
        _play_days(order, office, devices, pace, words)
    words.print("Stopped.")


def _make_past(settings: Settings, order: DemoOrder, first: date, words: Console) -> None:
    """Say first what takes a moment, and then what is not real."""
    words.print(f"Making up {order.past_days} past days …", highlight=False)
    store = settings.data / "store" / "office.db"
    ward = read_ward()
    _check_services(settings, ward)
    made = make_past_days(store, settings.file.to_office(), ward, first, order.past_days)
    if made:
        said = "are made up, no real person came; their tickets and the record say so."
        words.print(f"{made[0]} to {made[-1]} {said}", highlight=False, soft_wrap=True)


def _later_for(order: DemoOrder) -> timedelta:
    """Who learns need not wait for the doors to open: people sit there already."""
    return timedelta() if order.trainee is None else BEFORE_OPENING + IN_FULL_WORK


def _own_counter(settings: Settings, order: DemoOrder) -> frozenset[str]:
    """The devices of the counter that a person works at."""
    return frozenset(
        device.id
        for device in settings.file.devices
        if order.trainee is not None and device.counter == order.trainee
    )


@contextmanager
def _stopping(pace: Pace) -> Iterator[None]:
    """Both signals end the waiting; all else follows from that."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        # Wakes others under their locks: not in the middle of what this thread does.
        threading.Thread(target=pace.stop, name="stopper").start()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _play_days(
    order: DemoOrder, office: RunningOffice, devices: VirtualDevices, pace: Pace, words: Console
) -> None:
    ward, room = read_ward(), WaitingRoom()
    _check_fits(office.settings, ward, devices)
    for wake in (room.wake, *(place.link.wake for place in devices.workplaces)):
        pace.on_stop(wake)
    settings = office.settings
    secret = settings.credentials["admin"].secret
    headers = {"Authorization": f"Bearer {secret}"}
    with httpx.Client(base_url=office.http_url + API, headers=headers, timeout=10) as client:
        cast = Cast(settings.file, devices, client, room, pace, ward, settings.data / "slips")
        number = 0
        while not pace.stopped:
            visits = draw_day(ward, order.seed, number, len(devices.kiosks))
            day = StagedDay(cast, pace.clock.now().date(), visits)
            try:
                _play(day, client, words)
            except Stopped:
                return
            number += 1
            pace.clock.skip_to(_morning(settings, working_day_from(day.day + timedelta(days=1))))


def _check_fits(settings: Settings, ward: Ward, devices: VirtualDevices) -> None:
    """The virtual people need somewhere to go in the office of a folder.

    Raises:
        ConfigError: they have none.
    """
    if not devices.kiosks:
        config = settings.data / "motcua.toml"
        raise ConfigError(f'{config}: the citizens of the demo need a device of role = "kiosk"')
    _check_services(settings, ward)


def _check_services(settings: Settings, ward: Ward) -> None:
    offered = {service.id for service in settings.file.services}
    missing = [service for service in ward.services if service not in offered]
    if missing:
        raise ConfigError(
            f"{settings.data / 'motcua.toml'}: the citizens of the demo want "
            f"{', '.join(missing)}, which this office does not offer; use a new folder"
        )


def _play(day: StagedDay, client: httpx.Client, words: Console) -> None:
    hours: set[int] = set()
    with Live(console=words, auto_refresh=False, transient=True) as live:

        def beat() -> None:
            board = _board(client)
            line = progress_line(board, day.tally)
            if words.is_terminal:
                live.update(Text(line, no_wrap=True, overflow="ellipsis"), refresh=True)
            elif board.at.hour not in hours:
                hours.add(board.at.hour)
                words.print(line, highlight=False, soft_wrap=True)

        day.play(beat, BEAT_S)
        board = _board(client)
    words.print(*summary(board, len(day.visits), day.tally), sep="\n", soft_wrap=True)


def _board(client: httpx.Client) -> BoardView:
    response = client.get("/board")
    response.raise_for_status()
    return BoardView.model_validate_json(response.content)


def _morning(settings: Settings, day: date) -> datetime:
    opens = min(session.start for session in settings.file.office.sessions)
    return datetime.combine(day, opens, ZONE) - BEFORE_OPENING


def _day_after_the_last(data: Path) -> date:
    """Today, or in a folder that was used before the day after its last one."""
    today = datetime.now(ZONE).date()
    store = data / "store" / "office.db"
    if not store.exists():
        return today
    with open_history(store) as history:
        days = history.days()
    return max([today, *(day + timedelta(days=1) for day in days)])


def _tell_where(words: Console, office: RunningOffice, order: DemoOrder, *, windowed: bool) -> None:
    """The addresses; the manager's secret opens board and display in one browser.

    The console needs the administrator's, with which the others open too.
    """
    data = office.settings.data
    signers = office.settings.credentials
    key = next((c.secret for c in signers.values() if c.role == "manager"), signers["admin"].secret)
    say = [
        f"{office.settings.file.office.name_vi}, {order.speed:g} times as fast as the world",
        f"  board    {office.http_url}/?next=/board#key={key}",
        f"  display  {office.http_url}/?next=/display#key={key}",
        f"  slips    {data / 'slips'}",
        f"  office   {data}" + ("" if order.data else " (gone when this stops; --data keeps one)"),
    ]
    if order.trainee is None:
        number = office.settings.file.counters[0].number
        admin = signers["admin"].secret
        say.insert(3, f"  console  {office.http_url}/?next=/counter/{number}#key={admin}")
    for device in _own_counter(office.settings, order):
        own = signers[device].secret
        say.append(f"  you      {office.http_url}/?next=/counter/{order.trainee}#key={own}")
    if not DIST.is_dir():
        say.append("  The web pages were not built: install again with Node 20 or newer.")
    if windowed:
        say.append(f"  The kiosk in the window is {KIOSK}: take a number, a clerk will call it.")
    elif order.trainee is None:
        say.append("  No kiosk window here; on a machine with a screen `motcua demo` opens one.")
    say.append(f"Ctrl-C stops everything (process {os.getpid()}).")
    for line in say:
        words.print(line, markup=False, highlight=False, soft_wrap=True)
