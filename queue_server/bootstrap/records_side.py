"""Administration of a running office: settings, catalogue, their record, the office's colours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple, TypedDict

from queue_server.adapters.office_catalogue import OfficeCatalogue, own_entries
from queue_server.adapters.office_config import OfficeConfig
from queue_server.adapters.settings_desk import FileSettings
from queue_server.adapters.sqlite_reader import SqliteReader
from queue_server.bootstrap.report_side import report_files
from queue_server.bootstrap.settings import Settings
from queue_server.config.brand_section import BrandSection
from queue_server.config.catalogue_sheet import CatalogueEntry
from queue_server.config.clerk_data import procedures_of, read_outcomes, shipped_entries
from queue_server.config.filing_facts import FilingFact, facts_in
from queue_server.contracts.console_views import OutcomeView, ProcedureView
from queue_server.contracts.report_views import FileForm, ReportView
from queue_server.use_cases.keep_day import Writer
from queue_server.use_cases.logo_desk import LogoDesk
from queue_server.use_cases.reports.number_words import Language
from queue_server.use_cases.settings_desk import CatalogueDesk, RecordReader, SettingsDesk

FOLDER = "catalogue"


class KnownProcedures(NamedTuple):
    """What clerks search, and what is known of those that can be filed; changed in place."""

    procedures: list[ProcedureView]
    facts: dict[str, FilingFact]


class OfficeRecords(TypedDict):
    """What administration is given."""

    settings: SettingsDesk
    catalogue: CatalogueDesk
    records: RecordReader
    brand_css: bytes
    brand_colours: tuple[str, str]
    logo: LogoDesk
    outcomes: list[OutcomeView]
    report_file: Callable[[ReportView, FileForm, Language], bytes]


def office_records(
    settings: Settings,
    config: OfficeConfig,
    writer: Writer,
    events: SqliteReader,
    known: KnownProcedures,
) -> OfficeRecords:
    """The desks of administration. A new catalogue is in `known` at once."""
    services = tuple(service.id for service in settings.file.services)

    def use(entries: Sequence[CatalogueEntry]) -> None:
        known.procedures[:] = procedures_of(entries)
        known.facts.update(facts_in(entries))

    brand, logo = settings.file.brand, LogoDesk(writer, events.logo)
    return OfficeRecords(
        settings=FileSettings(settings.data, config, writer),
        catalogue=OfficeCatalogue(settings.data / FOLDER, services, writer, use),
        records=events,
        brand_css=brand_css(brand),
        brand_colours=(brand.colour, brand.colour_dark),
        logo=logo,
        outcomes=read_outcomes(settings.data),
        report_file=report_files(brand, logo),
    )


def office_entries(data: Path) -> Sequence[CatalogueEntry]:
    """The office's own catalogue, else the one that came with the program."""
    own = own_entries(data / FOLDER)
    return shipped_entries() if own is None else own[1]


def brand_css(brand: BrandSection) -> bytes:
    """The office's two colours; nothing where they are the theme's own."""
    if brand == BrandSection():
        return b""
    light, dark = f"--brand: {brand.colour};", f"--brand: {brand.colour_dark};"
    by_wish = ":root:not([data-theme])"
    return (
        f":root {{ {light} }}\n"
        f"@media (prefers-color-scheme: dark) {{ {by_wish} {{ {dark} }} }}\n"
        f"@media (prefers-contrast: more) {{ {by_wish} {{ --brand: #FFE500; }} }}\n"
        f':root[data-theme="dark"] {{ {dark} }}\n'
        ':root[data-theme="contrast"] { --brand: #FFE500; }\n'
    ).encode()
