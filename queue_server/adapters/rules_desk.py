"""Changes the calling rules of a running office: the event, the file, or nothing at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from queue_server.adapters.office_config import OfficeConfig, commit_record, put_recorded
from queue_server.adapters.office_toml import NewText, changed_text
from queue_server.config.rules_part import RulesPart, RulesRefused, part_of, with_part
from queue_server.config.settings_part import differences
from queue_server.contracts.config_file import ConfigError
from queue_server.domain.office import Office
from queue_server.use_cases.keep_day import Writer
from queue_server.use_cases.past_day import PastDay, past_day
from queue_server.use_cases.ports import EventReader, StoreUnavailable
from queue_server.use_cases.rule_desk import RulesStale
from queue_server.use_cases.settings_desk import Difference

NOT_APPLIED = (
    "Cài đặt đã lưu có quầy khác với cơ quan đang chạy: hãy áp dụng ở trang Quản trị trước / the "
    "saved settings have other counters than the running office: apply them at /admin first"
)


class RulesDesk:
    """May be asked from any thread; changes come one after another.

    The office that runs gets the rules; services, names and hours stay as it was started with,
    whatever somebody wrote into the file since then.
    """

    def __init__(
        self,
        config: OfficeConfig,
        use: Callable[[Office], None],
        writer: Writer,
        events: EventReader,
    ) -> None:
        self._config = config
        self._use = use
        self._writer = writer
        self._events = events

    def read(self) -> tuple[RulesPart, str]:
        """The rules as they hold now, and the digest of the file to change."""
        with self._config.lock:
            return part_of(self._config.running), self._config.digest()

    def office_with(self, part: RulesPart) -> Office:
        """The running office with these rules.

        Raises:
            RulesRefused: they do not fit it.
        """
        return with_part(self._config.running, part).to_office()

    def save(self, part: RulesPart, expected: str, by: str) -> str:
        """Use these rules from now on; the new digest of the file.

        Raises:
            RulesRefused: they do not fit the office or the file.
            RulesStale: the file is not the one with the digest `expected`.
            StoreUnavailable: nothing was changed.
        """
        with self._config.lock:
            self._change(part, expected, by)
            return self._config.digest()

    def _change(self, part: RulesPart, expected: str, by: str) -> None:
        config, before = self._config, self._config.running
        new = with_part(before, part)
        changes = [Difference(*one) for one in differences(part_of(before), part)]
        try:
            written = self._written(part, expected)
        except OSError as error:
            raise StoreUnavailable(f"{config.path}: {error.strerror}") from None
        try:
            record = config.record(by, changes, expected)
            # The keeper compares its office with the day's at each batch: the batch of the record
            # has the new configuration, too.
            self._use(new.to_office())
            commit_record(self._writer, record)
        except BaseException:
            written.drop()
            self._use(before.to_office())
            raise
        put_recorded(
            config.path, written, record, self._writer, lambda: self._use(before.to_office())
        )
        config.running = new

    def _written(self, part: RulesPart, expected: str) -> NewText:
        config = self._config
        if config.digest() != expected:
            raise RulesStale
        try:
            file = config.file()
        except ConfigError as error:
            raise RulesRefused(error.for_page()) from None
        if {one.number for one in file.counters} != {one.number for one in part.counters}:
            raise RulesRefused(NOT_APPLIED)
        with_part(file, part)
        return NewText(config.path, changed_text(config.path.read_text("utf-8"), part))

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
