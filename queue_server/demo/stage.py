"""Plays one virtual day: a thread for each clerk and kiosk and the reception, all joined."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import httpx

from kiosk.domain.words import Words
from queue_server.config.office_file import OfficeFile
from queue_server.demo.virtual_citizens import Arrivals, Reception, Tally
from queue_server.demo.virtual_clerk import VirtualClerk
from queue_server.demo.virtual_day import Visit
from queue_server.demo.virtual_devices import VirtualDevices, issuing
from queue_server.demo.virtual_time import Pace, Stopped
from queue_server.demo.waiting_room import WaitingRoom
from queue_server.demo.ward import Ward
from queue_server.domain.office import ZONE

log = logging.getLogger(__name__)

Session = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Cast:
    """Who and what plays every day."""

    file: OfficeFile
    devices: VirtualDevices
    reception: httpx.Client
    room: WaitingRoom
    pace: Pace
    ward: Ward
    slips: Path


@dataclass(slots=True)
class StagedDay:
    """One day on stage."""

    cast: Cast
    day: date
    visits: list[Visit]
    tally: Tally = field(default_factory=Tally)
    faults: list[BaseException] = field(default_factory=list)

    @property
    def sessions(self) -> Sequence[Session]:
        """The opening sessions of this day."""
        return [
            (
                datetime.combine(self.day, session.start, ZONE),
                datetime.combine(self.day, session.end, ZONE),
            )
            for session in sorted(self.cast.file.office.sessions, key=lambda s: s.start)
        ]

    @property
    def ends_at(self) -> datetime:
        """When the last clerk goes home."""
        return self.sessions[-1][1] + timedelta(minutes=self.cast.ward.clerks.overtime_min)

    def play(self, on_beat: Callable[[], None], beat_s: float) -> None:
        """Play until everybody has gone home; `on_beat` is called about every `beat_s`.

        Raises:
            Stopped: the demo ends.
            BaseException: what ended a thread of the day.
        """
        with ExitStack() as stack:
            threads = [threading.Thread(target=self._run, args=(p,)) for p in self._parts(stack)]
            for thread in threads:
                thread.start()
            try:
                self._wait(threads, on_beat, beat_s)
            except BaseException:
                self.cast.pace.stop()
                self._wait(threads, on_beat, beat_s)
                raise
        for fault in self.faults:
            raise fault
        self.cast.pace.check()

    def _wait(
        self, threads: Sequence[threading.Thread], on_beat: Callable[[], None], beat_s: float
    ) -> None:
        for thread in threads:
            while thread.is_alive():
                thread.join(beat_s)
                if not self.cast.pace.stopped:
                    on_beat()

    def _parts(self, stack: ExitStack) -> list[Callable[[], None]]:
        cast, room = self.cast, self.cast.room
        room.empty()
        office = Words(cast.file.office.name_vi, cast.file.office.name_en)
        parts: list[Callable[[], None]] = []
        for place, station in enumerate(cast.devices.kiosks):
            folder = cast.slips / self.day.isoformat() / station.id
            issue = stack.enter_context(issuing(station, office, cast.devices.catalogue, folder))
            arrivals = Arrivals(issue, cast.devices.catalogue, room, cast.pace)
            mine = [visit for visit in self.visits if visit.kiosk == place]
            parts.append(_later(arrivals.come, self.day, mine, self.tally))
        for workplace in cast.devices.workplaces:
            clerk = VirtualClerk(workplace, room, cast.pace, cast.ward)
            parts.append(_later(clerk.work, self.sessions))
        reception = Reception(cast.reception, room, cast.pace)
        parts.append(_later(reception.watch, self.ends_at, self.tally))
        return parts

    def _run(self, part: Callable[[], None]) -> None:
        try:
            part()
        except Stopped:
            return
        except Exception as fault:  # noqa: BLE001 - `play` raises it in the thread that waits
            self.faults.append(fault)
            self.cast.pace.stop()


def _later(part: Callable[..., None], *arguments: object) -> Callable[[], None]:
    return lambda: part(*arguments)
