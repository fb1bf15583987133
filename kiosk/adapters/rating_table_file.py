"""The table that the camera learns from, in a small file: twenty counts and nothing else.

It is written only when ten more people have come, so that no two versions of the file differ by
fewer. What came since is lost with the process; nobody can be found again in it anyway.
"""

from __future__ import annotations

import json
import logging
from pathlib import Path

from edge_models.satisfaction.site_calibration import SmilesByRating
from edge_models.satisfaction.window_share import smile_share
from kiosk.domain.smile_windows import ClosedWindow
from kiosk.use_cases.camera_ports import Agreement, WindowShare

log = logging.getLogger(__name__)

AT_ONCE = 10


class RatingTableFile:
    """Learns, and corrects the windows by what was learned where that is good enough."""

    def __init__(self, path: Path) -> None:
        """Go on with the file, or begin anew where there is none that can be read."""
        self._path = path
        self._table = self._read()
        self._written = self._table.n
        self._point = self._table.point()

    def add(self, smile: float, rating: int) -> Agreement | None:
        """Count one; the new agreement whenever ten more have come, else None."""
        self._table.add(smile, rating)
        if self._table.n - self._written < AT_ONCE:
            return None
        self._write()
        self._point = self._table.point()
        return self.agreement()

    def agreement(self) -> Agreement | None:
        """How it stands; None below ten people or with one kind of rating only."""
        found = self._table.agreement() if self._table.n >= AT_ONCE else None
        if found is None:
            return None
        return Agreement(found.n, found.n_bad, found.auc, found.low, found.high, found.good_enough)

    def share(self, window: ClosedWindow) -> WindowShare | None:
        """The corrected share; None where nothing may be told."""
        found = smile_share(window.smiles, window.people, self._point)
        return WindowShare(window, found.value, found.low, found.high) if found else None

    def _read(self) -> SmilesByRating:
        try:
            said = json.loads(self._path.read_text(encoding="utf-8"))
            return SmilesByRating(said["good"], said["bad"])
        except FileNotFoundError:
            return SmilesByRating()
        except (OSError, ValueError, LookupError, TypeError) as error:
            log.warning("the calibration begins anew: %s (%s)", self._path, type(error).__name__)
            return SmilesByRating()

    def _write(self) -> None:
        body = json.dumps({"good": self._table.good, "bad": self._table.bad})
        fresh = self._path.with_suffix(".new")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_text(body, encoding="utf-8")
            fresh.replace(self._path)
        except OSError as error:
            log.warning("the calibration is not kept: %s", error.strerror)
            return
        self._written = self._table.n
