"""Rules are tried before they hold: a save names the trial it is based on, and nothing else counts.

A trial gets a mark that only this process can make, over the rules that were tried, the
configuration they would replace and the day they were tried on. So a mark cannot be made up, does
not fit other rules, and is worth nothing once somebody else saved, another day is over or the
server was started again: then the rules are tried once more.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import date

from queue_server.config.rules_part import RulesPart
from queue_server.contracts.rule_views import RulesTrial
from queue_server.contracts.views import Words
from queue_server.use_cases.rule_choices import figures_view, sentence
from queue_server.use_cases.rule_desk import RuleDesk, RulesStale
from queue_server.use_cases.try_rules import as_it_was, try_rules

NOTHING_TO_TRY_ON = Words(
    vi=(
        "Chưa có ngày làm việc nào kết thúc nên chưa thể chạy thử: chỉ mới kiểm tra được rằng "
        "quy tắc này hợp lệ."
    ),
    en=(
        "No working day is over yet, so nothing could be tried: all that is known is that these "
        "rules are well formed."
    ),
)


class RulesUntried(Exception):  # noqa: N818 - a refusal
    """These very rules were not tried on the last day."""


class RuleTrials:
    """Tries rules, and saves those that were tried; may be asked from any thread."""

    def __init__(self, desk: RuleDesk, secret: bytes) -> None:
        """`secret` marks the trials of this process; nobody else may know it."""
        self._desk = desk
        self._secret = secret

    def read(self) -> tuple[RulesPart, str]:
        """The rules as they hold, and the digest that `save` expects."""
        return self._desk.read()

    def try_out(self, part: RulesPart, today: date) -> RulesTrial:
        """What these rules would have given on the last day before `today`; nothing is changed.

        Before any day is over there are no figures, and the words say so.

        Raises:
            RulesRefused: they do not fit the office.
            StoreUnavailable: the day cannot be read.
        """
        wanted = self._desk.office_with(part)
        present, digest = self._desk.read()
        day = self._desk.last_day(today)
        mark = self._mark(part, digest, day)
        if day is None:
            return RulesTrial(words=NOTHING_TO_TRY_ON, trial=mark)
        past = self._desk.past(day)
        figures = try_rules(past, wanted)
        return RulesTrial(
            day=day,
            words=sentence(day, figures),
            wanted=figures_view(figures),
            present=figures_view(try_rules(past, self._desk.office_with(present))),
            was=figures_view(as_it_was(past)),
            trial=mark,
        )

    def save(self, part: RulesPart, expected: str, trial: str | None, today: date, by: str) -> str:
        """Use these rules from now on; the new digest.

        Raises:
            RulesRefused: they do not fit the office.
            RulesStale: the configuration is not the one with the digest `expected`.
            RulesUntried: `trial` is not the mark of a trial of these rules on the last day.
            StoreUnavailable: nothing was changed.
        """
        self._desk.office_with(part)
        if self._desk.read()[1] != expected:
            raise RulesStale
        mark = self._mark(part, expected, self._desk.last_day(today))
        if trial is None or not hmac.compare_digest(trial, mark):
            raise RulesUntried
        return self._desk.save(part, expected, by)

    def _mark(self, part: RulesPart, digest: str, day: date | None) -> str:
        body = json.dumps([part.model_dump(mode="json"), digest, str(day)], sort_keys=True)
        return hmac.new(self._secret, body.encode(), hashlib.sha256).hexdigest()
