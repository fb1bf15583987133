"""Which faults end a sub-command with one line, and with which exit code."""

from __future__ import annotations

import sys

from queue_server.adapters.backup import CopyRefused
from queue_server.adapters.credential_files import CredentialError
from queue_server.adapters.key_files import KeyFileError
from queue_server.adapters.migrate import StoreTooNew
from queue_server.adapters.new_office import NewOfficeError
from queue_server.adapters.store_lock import StoreInUse
from queue_server.contracts.config_file import ConfigError
from queue_server.use_cases.ports import StoreUnavailable

FAILED = 1
UNUSABLE = 2
STOPPED = 130

EXIT_CODES: dict[type[Exception], int] = {
    ConfigError: UNUSABLE,
    CredentialError: UNUSABLE,
    KeyFileError: UNUSABLE,
    NewOfficeError: UNUSABLE,
    StoreInUse: UNUSABLE,
    StoreTooNew: UNUSABLE,
    CopyRefused: FAILED,
    StoreUnavailable: FAILED,
}


def one_line(message: str, code: int) -> int:
    """Say it on standard error; the exit code is handed on."""
    sys.stderr.write("motcua: " + " ".join(message.split()) + "\n")
    return code
