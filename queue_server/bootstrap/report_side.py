"""The reports of a running office: days that are over are folded beside the work, slowly."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from queue_server.adapters.folded_days import FoldedDays
from queue_server.adapters.report_csv import report_csv
from queue_server.adapters.sqlite_reader import SqliteReader
from queue_server.bootstrap.settings import Settings
from queue_server.config.brand_section import BrandSection
from queue_server.config.clerk_data import read_outcomes
from queue_server.contracts.report_views import FileForm, ReportView
from queue_server.domain.office import Office, working_day
from queue_server.use_cases.keep_day import Writer
from queue_server.use_cases.live_office import LiveOffice
from queue_server.use_cases.logo_desk import LogoDesk
from queue_server.use_cases.ports import Clock, StoreUnavailable
from queue_server.use_cases.publication_desk import PublicationDesk
from queue_server.use_cases.reports.number_words import Language
from queue_server.use_cases.reports.paper import PLAIN, Letterhead, paper_of
from queue_server.use_cases.reports.report_desk import ReportDesk

log = logging.getLogger(__name__)

LOOK_EVERY_S = 300.0
END_WITHIN_S = 10.0


class ReportSide:
    """The desk of reports, and one thread that looks for a day that is over and folds it."""

    def __init__(self, settings: Settings, live: LiveOffice, clock: Clock) -> None:
        store, file = settings.data / "store", settings.file
        self.folds = FoldedDays(store / "office.db", store / "figures.db")

        def office() -> Office:
            with live.look() as day:
                return day.office

        self.desk = ReportDesk(
            folds=self.folds,
            office=office,
            targets_min=(file.targets.good_min, file.targets.limit_min),
            settings=file.reports,
            clock=clock,
            outcomes={one.code: one.name for one in read_outcomes(settings.data)},
        )
        self._clock = clock
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def publications(
        self,
        writer: Writer,
        events: SqliteReader,
        files: Callable[[ReportView, FileForm, Language], bytes],
    ) -> PublicationDesk:
        """Where months go public, from the reports of this desk."""
        return PublicationDesk(
            writer, events, self.desk.report, lambda: working_day(self._clock.now()), files
        )

    def start(self) -> None:
        """Look now, and again every few minutes."""
        self._thread = threading.Thread(target=self._run, name="reports", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End after the day in hand."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(END_WITHIN_S)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self.folds.fold_missing(self._stop.is_set)
            except StoreUnavailable as fault:
                log.warning("past days cannot be counted now: %s", fault)
            self._stop.wait(LOOK_EVERY_S)


def report_files(
    brand: BrandSection, logo: LogoDesk
) -> Callable[[ReportView, FileForm, Language], bytes]:
    """Reports as files under this office's letterhead."""

    def made(report: ReportView, form: FileForm, language: Language) -> bytes:
        head = Letterhead(
            colour=brand.colour,
            place=brand.place,
            signer=(brand.signer_vi, brand.signer_en or brand.signer_vi),
            signer_name=brand.signer_name,
            logo=logo.now()[1],
        )
        return report_file(report, form, language, head)

    return made


def report_file(
    report: ReportView, form: FileForm, language: Language, head: Letterhead = PLAIN
) -> bytes:
    """A report as a file. Excel and typst are large: only who asks for them pays, once."""
    if form == "csv":
        return report_csv(report, language)
    if form == "xlsx":
        from queue_server.adapters.report_xlsx import report_xlsx  # noqa: PLC0415 - see above

        return report_xlsx(report, language, head.colour)
    from queue_server.adapters.typst_paper import set_paper  # noqa: PLC0415 - see above

    return set_paper("report.typ", "pdf", report=paper_of(report, language, head))
