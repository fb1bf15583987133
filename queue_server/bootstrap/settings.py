"""What one server process is started with: folder, addresses, configuration, credentials."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from queue_server.adapters.credential_files import Credential, read_credentials
from queue_server.api.access import Principal, Role
from queue_server.config.office_file import OfficeFile
from queue_server.contracts.config_file import ConfigError, read_config
from queue_server.contracts.forms import shipped_forms
from queue_server.contracts.tls_files import TlsFiles

EMBEDDED = "embedded"
SECURE = "mqtts://"


@dataclass(frozen=True, slots=True)
class Address:
    """Where something listens; port 0 means any free one."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that is settled before anything starts; `broker` None means embedded.

    `tls` are certificate and key of the HTTP server, None where it speaks plain HTTP; `mqtt_tls`
    are the files of the server as a client of the broker.
    """

    data: Path
    file: OfficeFile
    http: Address
    broker: Address | None
    embedded_port: int
    credentials: dict[str, Credential]
    tls: tuple[Path, Path] | None = None
    mqtt_tls: TlsFiles | None = None

    def principals(self) -> list[tuple[Principal, str]]:
        """Everybody who may sign in over HTTP, with their secrets."""
        counters = {device.id: device.counter for device in self.file.devices}
        return [
            (Principal(c.id, Role(c.role), counters.get(c.id)), c.secret)
            for c in self.credentials.values()
        ]


def settle(data: Path, http: str | None, mqtt: str | None) -> Settings:
    """Read the office's folder, and the forms: a wrong one is found before any citizen comes.

    Arguments win over the file.

    Raises:
        ConfigError: with one line that says what to change.
        KeyFileError: TLS is wanted and there is no certificate that could be shown.
        CredentialError: a credential file is missing or open to others.
    """
    path = data / "motcua.toml"
    if not path.exists():
        raise ConfigError(f"{path}: there is no office here; make one with: motcua init {data}")
    file = read_config(path, OfficeFile)
    shipped_forms()
    mqtt = mqtt or file.server.mqtt
    secure = mqtt.startswith(SECURE)
    broker, embedded_port = _broker(mqtt.removeprefix(SECURE))
    return Settings(
        data=data,
        file=file,
        http=parse_address(http or file.server.http, "http"),
        broker=broker,
        embedded_port=embedded_port,
        credentials=_credentials(data, file),
        tls=_tls(data) if file.server.tls else None,
        mqtt_tls=_mqtt_tls(data) if secure or (broker is None and file.server.tls) else None,
    )


def parse_address(text: str, what: str) -> Address:
    """Host and port.

    Raises:
        ConfigError: it is not `host:port`.
    """
    host, colon, port = text.rpartition(":")
    if not colon or not host or not port.isdigit() or int(port) > 65_535:  # noqa: PLR2004 - TCP
        raise ConfigError(f"{what}: '{text}' is not host:port, for example 127.0.0.1:8080")
    return Address(host.strip("[]"), int(port))


def _broker(text: str) -> tuple[Address | None, int]:
    kind, _, port = text.partition(":")
    if kind != EMBEDDED:
        return parse_address(text, "mqtt"), 0
    if port and not port.isdigit():
        raise ConfigError(f"mqtt: '{text}' is not embedded:PORT")
    return None, int(port or 0)


def _credentials(data: Path, file: OfficeFile) -> dict[str, Credential]:
    found = {c.id: c for c in read_credentials(data / "credentials")}
    needed = {"admin": "admin", "server": "server"} | {d.id: d.role for d in file.devices}
    for name, role in needed.items():
        if name not in found:
            raise ConfigError(f"{data}/credentials/{name}.json is missing; restore it")
        if found[name].role != role:
            raise ConfigError(
                f"{data}/credentials/{name}.json has role '{found[name].role}', "
                f"but motcua.toml says '{role}'"
            )
    return {name: found[name] for name in needed}


def _tls(data: Path) -> tuple[Path, Path]:
    # Only who wants TLS pays for loading the library that reads certificates.
    from queue_server.adapters.local_ca import certificate_files  # noqa: PLC0415 - see above

    return certificate_files(data)


def _mqtt_tls(data: Path) -> TlsFiles:
    own = data / "credentials" / "server.pem"
    if not own.exists():
        raise ConfigError(f"{own} is missing; make it with: motcua certificates --data {data}")
    return TlsFiles(data / "tls" / "ca.pem", own, own.with_suffix(".key"))
