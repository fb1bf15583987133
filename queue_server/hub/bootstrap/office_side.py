"""What answers at an office when the hub hands something down: its own server."""

from __future__ import annotations

from pathlib import Path

from queue_server.adapters.backup import STORE
from queue_server.adapters.office_catalogue import own_entries
from queue_server.bootstrap.office_client import own_address
from queue_server.bootstrap.settings import settle
from queue_server.config.catalogue_sheet import CatalogueEntry
from queue_server.config.clerk_data import shipped_entries
from queue_server.hub.adapters.office_server import HttpOffice, OfficeAccess
from queue_server.hub.adapters.taken_files import TakenFiles
from queue_server.hub.bootstrap.relay_process import utc_now
from queue_server.hub.use_cases.handed_desk import HandedVersions
from queue_server.hub.use_cases.office_desk import OfficeDesk, RemoteVisits

WHO = "admin"


def desk_of(data: Path, remote_numbers: int, url: str | None = None) -> OfficeDesk:
    """The desk of the office in a folder; `url` where its server answers elsewhere than it says.

    Raises:
        ConfigError: the folder is no office.
    """
    settings = settle(data, None, None)
    server, trust = own_address(settings)
    secret = settings.credentials[WHO].secret
    access = OfficeAccess(url or server, WHO, secret, data / STORE, trust)
    office = HttpOffice(access)

    def own() -> tuple[CatalogueEntry, ...]:
        found = own_entries(data / "catalogue")
        return shipped_entries() if found is None else found[1]

    visits = RemoteVisits(office, remote_numbers, utc_now)
    versions = HandedVersions(office, TakenFiles(data), own, shipped_entries)
    return OfficeDesk(visits.handlers() | versions.handlers())
