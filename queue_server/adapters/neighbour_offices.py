"""Asks the servers of other offices, now and then, for what everybody may see of them."""

from __future__ import annotations

import logging
import threading
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from pydantic import ValidationError

from queue_server.config.map_section import NeighbourSection
from queue_server.contracts.map_views import OfficeWait
from queue_server.contracts.views import Words
from queue_server.use_cases.office_map import Heard, Place

log = logging.getLogger(__name__)

EVERY_S = 20.0
WITHIN_S = 4.0
MOST_BYTES = 16_384


class NeighbourOffices:
    """One thread asks all of them in turn; an office that does not answer stays as it was."""

    def __init__(
        self,
        offices: Sequence[NeighbourSection],
        now: Callable[[], datetime],
        every_s: float = EVERY_S,
    ) -> None:
        self._offices = offices
        self._now = now
        self._every_s = every_s
        self._heard: dict[str, Heard] = {}
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Ask in the background; without neighbours there is no thread."""
        if self._offices:
            self._thread = threading.Thread(target=self._run, name="neighbours", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Ask no more; an answer that is on its way is waited for."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(WITHIN_S * 2)

    def places(self) -> Sequence[Place]:
        """Which there are."""
        return [
            Place(one.id, Words(vi=one.name_vi, en=one.name_en), one.latitude, one.longitude)
            for one in self._offices
        ]

    def heard(self) -> Mapping[str, Heard]:
        """The newest word of each."""
        return dict(self._heard)

    def ask(self) -> None:
        """Ask each once."""
        for office in self._offices:
            if self._stop.is_set():
                return
            try:
                wait = _wait_of(office)
            except (OSError, ValidationError, ValueError) as fault:
                log.info("office %s does not answer: %s", office.id, type(fault).__name__)
                continue
            self._heard[office.id] = Heard(wait, self._now())

    def _run(self) -> None:
        while not self._stop.is_set():
            self.ask()
            self._stop.wait(self._every_s)


def _wait_of(office: NeighbourSection) -> OfficeWait:
    url = f"{office.url}/api/v1/office"
    # The configuration allows http and https only.
    with urllib.request.urlopen(url, timeout=WITHIN_S) as answer:  # noqa: S310 - see above
        return OfficeWait.model_validate_json(answer.read(MOST_BYTES))
