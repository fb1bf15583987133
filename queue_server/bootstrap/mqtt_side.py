"""The MQTT side of a running office: its broker, embedded or not, and the bridge to it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import ExitStack, nullcontext
from pathlib import Path

from queue_server.adapters.broker_tls import BrokerTls
from queue_server.adapters.device_certificates import passing_files
from queue_server.adapters.embedded_broker import BrokerDidNotStart, EmbeddedBroker
from queue_server.adapters.key_files import KeyFileError
from queue_server.adapters.mosquitto_dismissal import dismiss
from queue_server.adapters.mosquitto_files import (
    tell_mosquitto,
    write_lists,
    write_mosquitto_files,
)
from queue_server.adapters.mqtt_bridge import MqttBridge
from queue_server.adapters.mqtt_inbound import OfficeSide
from queue_server.adapters.mqtt_link import BrokerLogin
from queue_server.adapters.topic_rights import Account, device_account, server_account
from queue_server.bootstrap.settings import Address, Settings, settle
from queue_server.contracts.config_file import ConfigError
from queue_server.contracts.views import BoardView
from queue_server.use_cases.device_presence import KnownDevice

log = logging.getLogger("motcua")

LOOPBACK = "127.0.0.1"
EVERYWHERE = {"0.0.0.0", "::", ""}  # noqa: S104 - addresses that no client can go to


def known_devices(settings: Settings) -> list[KnownDevice]:
    """The registry of the configuration."""
    return [KnownDevice(d.id, d.role, d.counter) for d in settings.file.devices]


class BrokerSide:
    """The office's broker: embedded, begun here and ended by `stack`, or one beside us."""

    def __init__(self, settings: Settings, stack: ExitStack) -> None:
        self._settings = settings
        self._embedded: EmbeddedBroker | None = None
        if settings.broker is None:
            tls = _broker_tls(settings.data) if settings.mqtt_tls else None
            # What listens beyond this machine speaks TLS and asks for certificates; else loopback.
            host = settings.http.host if tls else LOOPBACK
            folder, port = settings.data / "store" / "broker", settings.embedded_port
            self._embedded = EmbeddedBroker(folder, _accounts(settings), host, port, tls)
            stack.callback(self._embedded.close)
            self._embedded.launch()

    def address(self) -> Address:
        """Wait until an embedded broker listens; where the office's broker is.

        Raises:
            ConfigError: it does not start, for example because the port is taken.
        """
        broker = self._embedded
        if broker is None:
            return self._settings.broker or Address(LOOPBACK, 0)
        try:
            broker.wait_until_it_listens()
        except BrokerDidNotStart as fault:
            raise ConfigError(f"mqtt: the embedded broker does not start: {fault}") from None
        return Address(LOOPBACK if broker.host in EVERYWHERE else broker.host, broker.port)

    def changed(self, device: str) -> None:
        """A credential is another one now: by the old one nobody comes in, and nobody stays."""
        accounts, files = _accounts(self._settings), self._settings.file.server.mosquitto
        if self._embedded is not None:
            self._embedded.change(accounts)
        elif files is None:
            log.warning("the broker was not told: set `mosquitto` under [server] in motcua.toml")
        else:
            folder = self._settings.data / files
            try:
                write_lists(folder, accounts)
                if tell_mosquitto(folder):
                    self._dismiss(next((one for one in accounts if one.id == device), None))
                else:
                    log.warning("no mosquitto runs with the files of %s", folder)
            except (OSError, KeyFileError) as fault:
                log.error("the broker was not told: %s", fault)  # noqa: TRY400 - the reason is enough

    def _dismiss(self, account: Account | None) -> None:
        """End what a device still has open by its old proof; people have no log-in there."""
        if account is None:
            return
        where, tls = self.address(), self._settings.mqtt_tls
        with passing_files(self._settings.data, account.id) if tls else nullcontext() as shown:
            login = BrokerLogin(where.host, where.port, account, shown)
            if not dismiss(login):
                log.warning(
                    "an open connection of %s may still stand: start mosquitto anew", account.id
                )


def write_broker_files(data: Path, out: Path, port: int | None) -> tuple[Path, str]:
    """Write what mosquitto needs to carry this office.

    Returns:
        The configuration's path, and what the office calls this broker in `motcua.toml`.

    Raises:
        ConfigError, CredentialError: the office cannot be used, or `out` cannot be written.
    """
    settings = settle(data, None, None)
    try:
        office = data if settings.file.server.tls else None
        port = port or (8883 if office else 1883)
        path = write_mosquitto_files(out, _accounts(settings), port=port, office=office)
    except OSError as fault:
        raise ConfigError(f"{out}: cannot be written: {fault.strerror}") from None
    return path, f"{'mqtts://' if office else ''}{LOOPBACK}:{port}"


def join_broker(
    settings: Settings, broker: Address, office: OfficeSide, board: Callable[[], BoardView]
) -> MqttBridge:
    """The bridge between office and broker, not yet started."""
    login = BrokerLogin(broker.host, broker.port, _server(settings), settings.mqtt_tls)
    return MqttBridge(login, office, board)


def _server(settings: Settings) -> Account:
    return server_account(settings.file.office.id, settings.credentials["server"].secret)


def _accounts(settings: Settings) -> list[Account]:
    accounts = [_server(settings)]
    for device in settings.file.devices:
        secret = settings.credentials[device.id].secret
        office = settings.file.office.id
        account = device_account(office, device.id, device.role, secret, device.counter)
        if account is not None:
            accounts.append(account)
    return accounts


def _broker_tls(data: Path) -> BrokerTls:
    folder = data.resolve() / "tls"
    files = (str(folder / name) for name in ("ca.pem", "crl.pem", "server.pem", "server.key"))
    return BrokerTls(*files)
