"""What a running office needs for dossiers: the desk with its key, the papers, the outbox."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import Any, TypedDict

from queue_server.adapters.hash_rotation import hash_of
from queue_server.adapters.key_rotation import seal_of
from queue_server.adapters.outbox_thread import OutboxThread
from queue_server.adapters.payment_providers import SimulatedBank, StatementsOnly
from queue_server.adapters.province_files import ProvinceFiles
from queue_server.adapters.qr_code import qr_path
from queue_server.adapters.sqlite_reader import SqliteReader
from queue_server.adapters.writer_thread import WriterThread
from queue_server.bootstrap.records_side import office_entries
from queue_server.bootstrap.settings import Settings
from queue_server.config.filing_facts import facts_in, read_filing_facts
from queue_server.domain.dossier_events import DossierEvent
from queue_server.use_cases.dossier_desk import DossierDesk
from queue_server.use_cases.dossier_scans import ScanDesk
from queue_server.use_cases.fee_slip import qr_svg
from queue_server.use_cases.filing_measures import FilingsToday
from queue_server.use_cases.keep_day import Commit, Writer
from queue_server.use_cases.live_office import LiveOffice
from queue_server.use_cases.page_picture import PagePicture
from queue_server.use_cases.paper_reuse import PaperReuse
from queue_server.use_cases.payment_desk import PaymentDesk, PaymentProvider
from queue_server.use_cases.ports import Clock
from queue_server.use_cases.province_outbox import ProvinceOutbox


class DossierParts(TypedDict):
    """The pieces of `Parts` that dossiers bring."""

    dossiers: DossierDesk
    outbox: ProvinceOutbox
    payments: PaymentDesk
    scans: ScanDesk
    reuse: PaperReuse
    simulated_transfer: Callable[[str, int], str] | None
    dossier_paper: Callable[[str, dict[str, Any]], bytes]


class DossierSide:
    """Built before the writer starts, started after it, stopped before it."""

    def __init__(
        self, settings: Settings, live: LiveOffice, writer: Writer, clock: Clock, base: str
    ) -> None:
        events = SqliteReader(settings.data / "store" / "office.db")
        seal = seal_of(settings.data, "dossiers")
        provider = payment_provider(settings, clock)
        account = provider.account if provider is not None else None
        self.facts = facts_in(office_entries(settings.data))
        self.desk = DossierDesk(live, events, self.facts, seal, base, clock.now, account)
        self.scans = ScanDesk(events, seal, scanned_pdf)
        self.payments = PaymentDesk(self.desk, writer, provider, qr_path, clock.now)
        self.reuse = PaperReuse(self.desk, hash_of(settings.data))
        self._transfer = provider.pay if isinstance(provider, SimulatedBank) else None
        wanted = settings.file.dossiers.outbox
        link = ProvinceFiles(settings.data / wanted) if wanted else None
        self.outbox = ProvinceOutbox(settings.file.office.id, events, link)
        self._thread = OutboxThread(self.outbox.work_off)
        self._live, self._sends = live, link is not None

    def parts(self) -> DossierParts:
        """What the API is given."""
        return DossierParts(
            dossiers=self.desk,
            outbox=self.outbox,
            payments=self.payments,
            scans=self.scans,
            reuse=self.reuse,
            simulated_transfer=self._transfer,
            dossier_paper=dossier_paper,
        )

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


def filings_today(events: SqliteReader, live: LiveOffice, writer: WriterThread) -> FilingsToday:
    """How far people come today; what was so before this start is read once, if there was any."""
    filings = FilingsToday({code: fact.name for code, fact in read_filing_facts().items()})
    with live.look() as day:
        if day.shelf.dossiers:
            filings.start(day, (stored.event for stored in events.filing_steps(day.day)))
    writer.listen(filings.take)
    return filings


def payment_provider(settings: Settings, clock: Clock) -> PaymentProvider | None:
    """Where this office's fees are paid; None where only cash is taken."""
    said = settings.file.payments
    if said.provider == "simulated":
        return SimulatedBank(said.to_account(), settings.data / "bank" / "ledger.csv", clock)
    return StatementsOnly(said.to_account()) if said.provider == "statements" else None


def dossier_paper(template: str, content: dict[str, Any]) -> bytes:
    """A form of a dossier as PDF."""
    # Typst is large; only the office that prints pays for it, once.
    from queue_server.adapters.typst_paper import set_paper  # noqa: PLC0415 - see above

    follow = content.get("follow")
    code = {"qr": qr_svg(*qr_path(follow))} if follow else {}
    return set_paper(template, "pdf", sheet=content | code)


def scanned_pdf(pages: Sequence[PagePicture]) -> bytes:
    """A scanned paper as PDF."""
    from queue_server.adapters.pdfium_paper import scanned_paper  # noqa: PLC0415 - as above

    return scanned_paper(pages)
