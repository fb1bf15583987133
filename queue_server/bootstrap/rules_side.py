"""The calling rules of a running office: where they are kept, tried and saved."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from queue_server.adapters.office_config import OfficeConfig
from queue_server.adapters.rules_desk import RulesDesk
from queue_server.domain.office import Office
from queue_server.use_cases.keep_day import Writer
from queue_server.use_cases.ports import EventReader
from queue_server.use_cases.rule_trial import RuleTrials

SECRET_BYTES = 32


def rule_trials(
    config: OfficeConfig,
    use: Callable[[Office], None],
    writer: Writer,
    events: EventReader,
) -> RuleTrials:
    """Trials of this process: their marks are worth nothing in another one."""
    desk = RulesDesk(config, use, writer, events)
    return RuleTrials(desk, secrets.token_bytes(SECRET_BYTES))
