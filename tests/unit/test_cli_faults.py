"""The faults that end a command with one line are named by name, so each name must be real."""

from __future__ import annotations

from importlib import import_module

import pytest

from queue_server.cli.faults import EXIT_CODES, exit_code
from queue_server.contracts.config_file import ConfigError


@pytest.mark.parametrize("name", list(EXIT_CODES))
def test_each_name_is_an_exception(name: str) -> None:
    module, _, kind = name.rpartition(".")
    assert issubclass(getattr(import_module(module), kind), Exception)


def test_a_kind_of_a_fault_counts_as_it_and_others_do_not() -> None:
    class StricterError(ConfigError):
        pass

    assert exit_code(ConfigError("x")) == exit_code(StricterError("x")) == 2
    assert exit_code(ValueError("x")) is None
