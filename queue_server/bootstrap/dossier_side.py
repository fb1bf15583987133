"""What a running office needs for dossiers: the desk with its key, the papers, the outbox."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

from queue_server.adapters.aes_seal import AesSeal
from queue_server.adapters.key_files import key_from
from queue_server.adapters.outbox_thread import OutboxThread
from queue_server.adapters.province_files import ProvinceFiles
from queue_server.adapters.sqlite_reader import SqliteReader
from queue_server.bootstrap.settings import Settings
from queue_server.config.filing_facts import read_filing_facts
from queue_server.domain.dossier_events import DossierEvent
from queue_server.use_cases.dossier_desk import DossierDesk
from queue_server.use_cases.keep_day import Commit
from queue_server.use_cases.live_office import LiveOffice
from queue_server.use_cases.ports import Clock
from queue_server.use_cases.province_outbox import ProvinceOutbox


class DossierSide:
    """Built before the writer starts, started after it, stopped before it."""

    def __init__(self, settings: Settings, live: LiveOffice, clock: Clock, base: str) -> None:
        events = SqliteReader(settings.data / "store" / "office.db")
        seal = AesSeal(key_from(settings.data / "keys" / "dossiers.key"))
        self.desk = DossierDesk(live, events, read_filing_facts(), seal, base, clock.now)
        wanted = settings.file.dossiers.outbox
        link = ProvinceFiles(settings.data / wanted) if wanted else None
        self.outbox = ProvinceOutbox(settings.file.office.id, events, link)
        self._thread = OutboxThread(self.outbox.work_off)
        self._live, self._sends = live, link is not None

    def start(self, stack: ExitStack) -> None:
        """Tell what was not told before the last stop, then what happens, until `stack` closes."""
        stack.callback(self.stop)
        if self._sends:
            self._live.listen(self._follow)
            self._thread.start()

    def stop(self) -> None:
        """Finish what is being told."""
        self._thread.stop()

    def _follow(self, _live: LiveOffice, commit: Commit) -> None:
        if any(isinstance(event, DossierEvent) for event in commit.changes.events):
            self._thread.wake()


def dossier_paper(template: str, content: dict[str, Any]) -> bytes:
    """A form of a dossier as PDF."""
    # Typst is large; only the office that prints pays for it, once.
    from queue_server.adapters.typst_paper import set_paper  # noqa: PLC0415 - see above

    return set_paper(template, "pdf", sheet=content)
