"""What a manager has of a running office besides the board: complaints, appeals, the map."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime

from queue_server.adapters.neighbour_offices import NeighbourOffices
from queue_server.adapters.sqlite_reader import SqliteReader
from queue_server.adapters.ticket_names import ticket_names
from queue_server.adapters.writer_thread import WriterThread
from queue_server.config.office_file import OfficeFile
from queue_server.contracts.views import Words
from queue_server.use_cases.appeal_desk import AppealDesk
from queue_server.use_cases.complaint_desk import ComplaintDesk
from queue_server.use_cases.live_office import LiveOffice
from queue_server.use_cases.office_map import Place


def ask_neighbours(
    file: OfficeFile, now: Callable[[], datetime], stack: ExitStack
) -> NeighbourOffices:
    """The other offices, asked from now on until `stack` ends."""
    neighbours = NeighbourOffices(file.map.neighbours, now)
    stack.callback(neighbours.stop)
    neighbours.start()
    return neighbours


def own_place(file: OfficeFile) -> Place:
    """This office on the map, where its file says."""
    name = Words(vi=file.office.name_vi, en=file.office.name_en)
    return Place(file.office.id, name, file.map.latitude, file.map.longitude)


def complaint_desk(live: LiveOffice, writer: WriterThread, events: SqliteReader) -> ComplaintDesk:
    """All complaints, from their events on."""
    desk = ComplaintDesk(live, writer, lambda: ticket_names()[0])
    desk.start(events.complaint_events())
    writer.listen(desk.take)
    return desk


def appeal_desk(live: LiveOffice, writer: WriterThread, events: SqliteReader) -> AppealDesk:
    """All appeals against the staff sheet, from their events on."""
    desk = AppealDesk(live, writer, lambda: ticket_names()[0])
    desk.start(events.appeal_events())
    writer.listen(desk.take)
    return desk
