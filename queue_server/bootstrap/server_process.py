"""The process of `motcua server`: check the folder, or serve until a signal comes."""

from __future__ import annotations

import logging
import signal
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from queue_server.adapters.credential_files import CredentialError
from queue_server.adapters.key_files import KeyFileError
from queue_server.adapters.office_catalogue import finish_version
from queue_server.adapters.settings_desk import finish_save
from queue_server.adapters.spare_memory import keep_few_arenas
from queue_server.adapters.upgrade_journal import UpgradeJournal
from queue_server.bootstrap.process_manners import (
    collect_garbage_seldom,
    open_as_many_files_as_allowed,
)
from queue_server.bootstrap.running_office import RunningOffice
from queue_server.bootstrap.settings import Settings, settle
from queue_server.bootstrap.vital_signs import office_changes, office_works
from queue_server.contracts.config_file import ConfigError
from queue_server.contracts.service_notify import Heartbeat, ServiceNotify
from queue_server.use_cases.settings_desk import RestartRefused
from queue_server.use_cases.upgrade import recover

log = logging.getLogger("motcua")

ANSWER_FIRST_S = 0.2
"""Who asked for a restart hears the answer before the server goes."""


def check_office(data: Path, http: str | None, mqtt: str | None) -> str:
    """Validate an office's folder; one line that says what it is.

    Raises:
        ConfigError, CredentialError: with one line that says what to change.
    """
    settings = settle(data, http, mqtt)
    file = settings.file
    return (
        f"{data / 'motcua.toml'}: {file.office.name_vi}, {len(file.services)} services, "
        f"{len(file.counters)} counters, {len(file.devices)} devices: ok"
    )


def run_server(data: Path, http: str | None, mqtt: str | None) -> int:
    """Serve until SIGINT or SIGTERM; start again, in this process, whenever a leader asks for it.

    A restart loses nothing: commands that were answered are on the disk, kiosks and consoles repeat
    the others with their keys. Settings are read before the office that runs is left.
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    open_as_many_files_as_allowed()
    keep_few_arenas()
    wake, heart = Wake(), Heartbeat(ServiceNotify())
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: wake.stop())
    finish_cut_upgrade(data)
    finish_decided(data)
    settings = settle(data, http, mqtt)
    while True:
        again = Again(data, http, mqtt, wake)
        with RunningOffice(settings, restart=again.ask) as office:
            again.address = str(office.http.address)
            collect_garbage_seldom()
            sys.stdout.write(f"motcua server: {office.http_url} mqtt {office.broker}\n")
            sys.stdout.flush()
            heart.watch(office_works(office.http, office.writer))
            wake.wait()
            heart.watch(office_changes())
            log.info("stopping" if wake.stopped else "starting again with the saved settings")
            if wake.stopped:
                heart.stopping()
        if wake.stopped:
            return 0
        settings = again.settings or settings


def finish_decided(data: Path) -> None:
    """Put in its place what the chain says was decided and a power cut kept from its place."""
    if finish_save(data):
        log.warning("settings that were saved just before the last end are in their place now")
    if finish_version(data):
        log.warning("the catalogue taken over just before the last end is in its place now")


def finish_cut_upgrade(data: Path) -> None:
    """Where the power went during an upgrade, the data become those of the program that counts.

    Raises:
        SelfTestFailed: they cannot; nothing was lost, and the message says what to do.
    """
    journal = UpgradeJournal(data)
    entry = journal.read()
    if entry is None:
        return
    # Both load what only an upgrade needs.
    from queue_server.adapters.program_slots import ProgramSlots  # noqa: PLC0415 - see above
    from queue_server.adapters.upgrade_data import UpgradeData  # noqa: PLC0415 - see above

    counts = recover(journal, ProgramSlots(Path(entry.link)), UpgradeData(data))
    log.warning("an upgrade was cut off; the data are now those of %s", counts)


class Wake:
    """Why the process goes on: to stop, or to start the office again."""

    def __init__(self) -> None:
        self.stopped = False
        self._event = threading.Event()

    def stop(self) -> None:
        """End for good."""
        self.stopped = True
        self._event.set()

    def again(self) -> None:
        """Start again."""
        self._event.set()

    def wait(self) -> None:
        """Until one of both was said."""
        self._event.wait()
        if not self.stopped:
            self._event.clear()


@dataclass(slots=True)
class Again:
    """What the next start is made with; `address` is where this one answers, so pages find it."""

    data: Path
    http: str | None
    mqtt: str | None
    wake: Wake
    address: str | None = None
    settings: Settings | None = None

    def ask(self) -> None:
        """Begin to start again; the caller still answers.

        Raises:
            RestartRefused: with what stands in the folder no office could start.
        """
        try:
            self.settings = settle(self.data, self.http and self.address, self.mqtt)
        except ConfigError as fault:
            raise RestartRefused(fault.for_page()) from None
        except (CredentialError, KeyFileError) as fault:
            raise RestartRefused(f"tệp khóa không dùng được / {fault}") from None
        threading.Timer(ANSWER_FIRST_S, self.wake.again).start()
