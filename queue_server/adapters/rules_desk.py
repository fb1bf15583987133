"""Changes the calling rules of a running office: one event, the file, or nothing at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Lock

from queue_server.adapters.office_toml import NewText, changed_text, digest_of
from queue_server.config.office_file import OfficeFile
from queue_server.config.rules_part import RulesPart, RulesRefused, part_of, with_part
from queue_server.contracts.config_file import ConfigError, read_config
from queue_server.domain.commands import PassTime
from queue_server.domain.office import Office
from queue_server.use_cases.keep_day import Request, Writer
from queue_server.use_cases.past_day import PastDay, past_day
from queue_server.use_cases.ports import EventReader, StoreUnavailable
from queue_server.use_cases.rule_desk import RulesStale


class RulesDesk:
    """May be asked from any thread; changes come one after another.

    The office that runs gets the rules; services, names and hours stay as it was started with,
    whatever somebody wrote into the file since then.
    """

    def __init__(
        self,
        path: Path,
        running: OfficeFile,
        use: Callable[[Office], None],
        writer: Writer,
        events: EventReader,
    ) -> None:
        self._path = path
        self._running = running
        self._use = use
        self._writer = writer
        self._events = events
        self._lock = Lock()

    def read(self) -> tuple[RulesPart, str]:
        """The rules as they hold now, and the digest of the file to change."""
        with self._lock:
            return part_of(self._running), digest_of(self._path)

    def office_with(self, part: RulesPart) -> Office:
        """The running office with these rules.

        Raises:
            RulesRefused: they do not fit it.
        """
        return with_part(self._running, part).to_office()

    def save(self, part: RulesPart, expected: str) -> str:
        """Use these rules from now on; the new digest of the file.

        Raises:
            RulesRefused: they do not fit the office or the file.
            RulesStale: the file is not the one with the digest `expected`.
            StoreUnavailable: nothing was changed.
        """
        with self._lock:
            new = with_part(self._running, part)
            try:
                written = self._written(part, expected)
            except OSError as error:
                raise StoreUnavailable(f"{self._path}: {error.strerror}") from None
            try:
                self._commit(new)
                written.put()
            except BaseException:
                written.drop()
                self._use(self._running.to_office())
                raise
            self._running = new
            return digest_of(self._path)

    def _written(self, part: RulesPart, expected: str) -> NewText:
        if digest_of(self._path) != expected:
            raise RulesStale
        try:
            with_part(read_config(self._path, OfficeFile), part)
        except ConfigError as error:
            raise RulesRefused(str(error)) from None
        return NewText(self._path, changed_text(self._path.read_text("utf-8"), part))

    def _commit(self, new: OfficeFile) -> None:
        """The keeper compares its office with the day's at each batch: any batch will do."""
        self._use(new.to_office())
        answer = self._writer.submit(Request(PassTime(), lambda _d, _o, _at: {})).result()
        if answer.fault is not None:
            raise answer.fault

    def last_day(self, today: date) -> date | None:
        """The last day before `today` on which anything happened.

        Raises:
            StoreUnavailable: the days cannot be read.
        """
        return max((day for day in self._events.days() if day < today), default=None)

    def past(self, day: date) -> PastDay:
        """That day, from its events.

        Raises:
            StoreUnavailable: it cannot be read.
        """
        return past_day(day, (stored.event for stored in self._events.of_day(day)))
