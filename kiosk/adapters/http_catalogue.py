"""The office's catalogue over HTTP, and the last one on disk for days without the server."""

from __future__ import annotations

import logging
from pathlib import Path

from pydantic import ValidationError

from kiosk.adapters.http_gateway import HttpTicketGateway
from kiosk.adapters.whole_file import put_whole
from queue_server.contracts.catalogue_views import CatalogueNow

log = logging.getLogger(__name__)

KEPT = "catalogue.json"


class HttpCatalogue:
    """Asks on the connection that gives the numbers; unchanged costs a line each way."""

    def __init__(self, gateway: HttpTicketGateway) -> None:
        self._gateway = gateway

    def newer(self, known: str) -> CatalogueNow | None:
        """The catalogue, where it is another one than the known."""
        return self._gateway.newer("/catalogue", known, CatalogueNow.model_validate_json)


class CatalogueFile:
    """The last catalogue as `state/catalogue.json`."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / KEPT

    def kept(self) -> CatalogueNow | None:
        """A file that is missing or broken is as none: it is asked for again."""
        try:
            return CatalogueNow.model_validate_json(self._path.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValidationError) as error:
            log.warning("the catalogue that was kept cannot be read: %s", type(error).__name__)
            return None

    def keep(self, now: CatalogueNow) -> None:
        """Keep it, whole and on the disk."""
        put_whole(self._path, now.model_dump_json().encode())
