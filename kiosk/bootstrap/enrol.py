"""Makes this machine a device of the office: key, secret, certificate, root and settings."""

from __future__ import annotations

import os
from pathlib import Path

from kiosk.adapters import http_enrolment
from kiosk.adapters.device_request import der_of, new_key_and_request
from kiosk.adapters.http_enrolment import EnrolmentRefused
from kiosk.config.credentials import read_credentials
from queue_server.contracts.enrolment import Enrolled, halves, root_signs

ROOT = Path("tls") / "ca.pem"


def enrol(server: str, code: str, folder: Path) -> list[Path]:
    """Trade the code for keys and write them below `folder`, as an office has them.

    Returns:
        The files written. Settings that are there already stay as they are.

    Raises:
        EnrolmentRefused: nothing was written; the message says why.
    """
    server = _secure(server)
    try:
        secret, named = halves(code)
    except ValueError as fault:
        raise EnrolmentRefused(f"--code: {fault}") from None
    root = http_enrolment.fetch_root(server)
    try:
        shown = root_signs(der_of(root))
    except ValueError:
        raise EnrolmentRefused(f"{server}: shows no root") from None
    if shown != named:
        raise EnrolmentRefused(
            f"{server}: its root is not the one of the code; it may be another machine"
        )
    key, request = new_key_and_request()
    given = http_enrolment.enrol(server, root, secret, request)
    return _write(folder, given, key)


def renew(server: str, device: str, folder: Path) -> list[Path]:
    """Trade the device's keys below `folder` for new ones; the files written.

    Raises:
        ConfigError: there are none, or they do not count any more.
    """
    server = _secure(server)
    old = read_credentials(folder / "credentials" / f"{device}.json")
    key, request = new_key_and_request()
    try:
        root = (folder / ROOT).read_bytes()
    except OSError as error:
        raise EnrolmentRefused(f"{folder / ROOT}: cannot be read: {error.strerror}") from None
    given = http_enrolment.renew(server, root, old.secret.get_secret_value(), request)
    return _write(folder, given, key)


def _secure(server: str) -> str:
    if not server.startswith("https://"):
        raise EnrolmentRefused("--server: begins with https://; secrets go this way")
    return server.rstrip("/")


def _write(folder: Path, given: Enrolled, key: bytes) -> list[Path]:
    own = folder / "credentials" / given.id
    secret = given.model_dump_json(include={"id", "role", "secret"}) + "\n"
    files = {
        folder / ROOT: given.root.encode(),
        own.with_name(f"{given.id}.key"): key,
        own.with_name(f"{given.id}.pem"): given.certificate.encode(),
        own.with_name(f"{given.id}.json"): secret.encode(),
    }
    settings = folder / "devices" / f"{given.id}.toml"
    if given.settings is not None and not settings.exists():
        files[settings] = given.settings.encode()
    try:
        for path, content in files.items():
            _write_private(path, content)
    except OSError as error:
        raise EnrolmentRefused(
            f"{error.filename}: cannot be written: {error.strerror}; ask for a new code"
        ) from None
    return list(files)


def _write_private(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    beside.unlink(missing_ok=True)
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
