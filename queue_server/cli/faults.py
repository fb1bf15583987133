"""Which faults end a sub-command with one line, and with which exit code."""

from __future__ import annotations

import sys

FAILED = 1
UNUSABLE = 2
STOPPED = 130

EXIT_CODES = {
    "queue_server.contracts.config_file.ConfigError": UNUSABLE,
    "queue_server.adapters.credential_files.CredentialError": UNUSABLE,
    "queue_server.adapters.key_files.KeyFileError": UNUSABLE,
    "queue_server.adapters.new_office.NewOfficeError": UNUSABLE,
    "queue_server.adapters.store_lock.StoreInUse": UNUSABLE,
    "queue_server.adapters.migrate.StoreTooNew": UNUSABLE,
    "queue_server.adapters.backup.CopyRefused": FAILED,
    "queue_server.adapters.minisign.NotSigned": FAILED,
    "queue_server.adapters.release_archive.ReleaseRefused": FAILED,
    "queue_server.use_cases.upgrade.SelfTestFailed": FAILED,
    "queue_server.use_cases.upgrade.UpgradeFailed": FAILED,
    "queue_server.use_cases.ports.StoreUnavailable": FAILED,
    "queue_server.hub.use_cases.ports.CityStoreAway": FAILED,
    "queue_server.hub.use_cases.ports.StreamAway": FAILED,
    "queue_server.hub.adapters.hub_care.NothingToDecide": FAILED,
}
"""By name: a kiosk or a counter need not load the server's store to know its faults."""


def exit_code(error: BaseException) -> int | None:
    """The exit code of a fault that ends a command with one line; None for any other error.

    A file or folder that cannot be read or written is such a fault, whoever met it.
    """
    names = (f"{kind.__module__}.{kind.__qualname__}" for kind in type(error).__mro__)
    named = next((EXIT_CODES[name] for name in names if name in EXIT_CODES), None)
    return FAILED if named is None and _of_a_file(error) else named


def words_of(error: BaseException) -> str:
    """What the line says: the fault's own words, or the file and what is wrong with it."""
    if isinstance(error, OSError) and _of_a_file(error):
        return f"{error.filename}: {error.strerror}"
    return str(error)


def _of_a_file(error: BaseException) -> bool:
    return isinstance(error, OSError) and error.filename is not None and bool(error.strerror)


def one_line(message: str, code: int) -> int:
    """Say it on standard error; the exit code is handed on."""
    sys.stderr.write("motcua: " + " ".join(message.split()) + "\n")
    return code
