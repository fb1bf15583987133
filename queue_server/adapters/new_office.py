"""Makes the folder of a new office: configuration, credentials, and settings of its devices."""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path

from queue_server.adapters.credential_files import new_credential, write_credential
from queue_server.adapters.device_files import write_device_files
from queue_server.config.office_file import OfficeFile
from queue_server.contracts.config_file import read_config

SAMPLES = ("ward",)
ADMIN = ("admin", "admin")
SERVER = ("server", "server")


class NewOfficeError(Exception):
    """The folder cannot become a new office; the message says what to do."""


def make_office(folder: Path, sample: str | None, host: str | None = None) -> list[Path]:
    """Write `motcua.toml`, `credentials/` and `devices/`; the paths written, in order.

    With `host`, a name or address by which devices reach it, the office listens beyond this
    machine, by TLS only.

    Raises:
        NewOfficeError: the folder holds an office already, or cannot be written.
    """
    template = files("queue_server.config") / "samples" / f"{sample or 'blank'}.toml"
    toml = template.read_text(encoding="utf-8")
    return make_office_from(folder, toml if host is None else _reached_by(host, toml))


def _reached_by(host: str, toml: str) -> str:
    """A sample's text with the section [server] of an office that devices reach by `host`."""
    before, _, rest = toml.partition("[server]\n")
    after = rest[rest.index("\n[") :]
    return (
        f"{before}[server]\n"
        'http = "0.0.0.0:8443"        # every address of this machine, by TLS only\n'
        "tls = true                   # certificates in tls/, see `motcua certificates`\n"
        'mqtt = "embedded:8883"       # or "mqtts://host:8883" of a mosquitto\n'
        f'public_url = "https://{host}:8443"\n'
        f"{after}"
    )


def make_office_from(folder: Path, toml: str) -> list[Path]:
    """Write this `motcua.toml`, its `credentials/` and `devices/`; the paths written, in order.

    Raises:
        NewOfficeError: the folder holds an office already, or cannot be written.
        ConfigError: the text is not a configuration.
    """
    config = folder / "motcua.toml"
    if config.exists():
        raise NewOfficeError(f"{config} exists already; choose another folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        config.write_text(toml, encoding="utf-8")
        office = read_config(config, OfficeFile)
        signers = [ADMIN, SERVER, *((device.id, device.role) for device in office.devices)]
        secrets = folder / "credentials"
        written = [write_credential(secrets, new_credential(*signer)) for signer in signers]
        written += write_device_files(folder, office)
    except FileExistsError as error:
        raise NewOfficeError(f"{error.filename} exists already; choose another folder") from None
    except OSError as error:
        raise NewOfficeError(
            f"{folder}: cannot be written: {os.strerror(error.errno or 0)}"
        ) from None
    return [config, *written]
