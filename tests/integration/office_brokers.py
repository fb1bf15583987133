"""Both brokers with the accounts of a small office: started, killed and started again."""

from __future__ import annotations

import gc
import queue
import shutil
import socket
import ssl
import subprocess
import sys
import time
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import paho.mqtt.client as mqtt
import psutil
from paho.mqtt.enums import CallbackAPIVersion

from queue_server.adapters.broker_tls import BrokerTls
from queue_server.adapters.embedded_broker import EmbeddedBroker
from queue_server.adapters.mosquitto_files import write_mosquitto_files
from queue_server.adapters.topic_rights import Account, device_account, server_account
from queue_server.contracts import topics
from queue_server.contracts.tls_files import TlsFiles
from tests.integration.amqtt_process import free_port

OFFICE = "ward"
WAIT_S = 40
WATCHERS = ("watcher", "watcher-2", "watcher-3", "watcher-4")
MOSQUITTO = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin:/usr/local/sbin")


def secret(device: str) -> str:
    return f"secret-of-{device}-0123456789"


def accounts() -> list[Account]:
    devices = [
        device_account(OFFICE, "kiosk-1", "kiosk", secret("kiosk-1")),
        device_account(OFFICE, "kiosk-2", "kiosk", secret("kiosk-2")),
        device_account(OFFICE, "keypad-3", "counter", secret("keypad-3"), counter=3),
        device_account(OFFICE, "keypad-4", "counter", secret("keypad-4"), counter=4),
        device_account(OFFICE, "keypad-3b", "counter", secret("keypad-3b"), counter=3),
        device_account(OFFICE, "announcer-1", "announcer", secret("announcer-1")),
        device_account(OFFICE, "display", "display", secret("display")),
        device_account(OFFICE, "camera-1", "camera", secret("camera-1")),
    ]
    everything = (topics.everything(OFFICE),)
    watchers = [Account(name, secret(name), everything, everything) for name in WATCHERS]
    return [server_account(OFFICE, secret("server")), *watchers, *(d for d in devices if d)]


class OfficeBroker(Protocol):
    """A broker that can be broken."""

    port: int

    def start(self) -> None: ...

    def kill(self) -> None: ...

    def back(self) -> None: ...

    def close(self) -> None: ...


class Embedded:
    """The broker of `motcua server`; its supervisor brings it back."""

    def __init__(self, directory: Path, tls: BrokerTls | None = None) -> None:
        self.broker = EmbeddedBroker(directory, accounts(), tls=tls)

    @property
    def port(self) -> int:
        return self.broker.port

    def start(self) -> None:
        self.broker.start()

    def kill(self) -> None:
        pid = self.broker.pid
        assert pid is not None
        process = psutil.Process(pid)
        process.kill()
        process.wait(WAIT_S)

    def back(self) -> None:
        wait_for_port(self.port)

    def close(self) -> None:
        self.broker.close()


class Mosquitto:
    """The real mosquitto with the configuration that we deliver."""

    def __init__(
        self,
        directory: Path,
        logins: Sequence[Account] | None = None,
        office: Path | None = None,
    ) -> None:
        self.port = free_port()
        logins = accounts() if logins is None else logins
        self._conf = write_mosquitto_files(directory, logins, port=self.port, office=office)
        # Started as root it would drop to a user who may not read the test's directory.
        with self._conf.open("a", encoding="utf-8") as conf:
            conf.write("user root\n")
        self._child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        assert MOSQUITTO is not None
        self._child = subprocess.Popen([MOSQUITTO, "-c", str(self._conf)], stderr=sys.stderr)
        wait_for_port(self.port)

    def kill(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child.wait()
            self._child = None

    back = start
    close = kill


def wait_for_port(port: int) -> None:
    """A listening socket announces itself to nobody, so this asks until it answers."""
    until = time.monotonic() + WAIT_S
    while True:
        with socket.socket() as probe:
            probe.settimeout(WAIT_S)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert time.monotonic() < until, "the broker did not come back"


class Device:
    """A plain MQTT client: what it hears, how its subscriptions and log-in were answered."""

    def __init__(
        self,
        port: int,
        name: str,
        *,
        password: str | None = None,
        client_id: str | None = None,
        tls: TlsFiles | None = None,
        **will: Any,
    ) -> None:
        """Come to the broker; with `tls` by certificate. Refused at the door is not `admitted`."""
        self.name = name
        self.heard: queue.Queue[mqtt.MQTTMessage] = queue.Queue()
        self.linked: queue.Queue[bool] = queue.Queue()
        self._granted: queue.Queue[list[bool]] = queue.Queue()
        self.client = mqtt.Client(
            CallbackAPIVersion.VERSION2, client_id=client_id or name, protocol=mqtt.MQTTv311
        )
        if name:
            self.client.username_pw_set(name, secret(name) if password is None else password)
        self.client.on_socket_open = lambda _c, _u, sock: sock.setsockopt(
            socket.IPPROTO_TCP, socket.TCP_NODELAY, 1
        )
        if tls is not None:
            self.client.tls_set_context(tls.context())
        if will:
            self.client.will_set(**will)
        self.client.on_connect = lambda _c, _u, _f, reason, _p: self.linked.put(
            not reason.is_failure
        )
        self.client.on_subscribe = lambda _c, _u, _m, codes, _p: self._granted.put(
            [not code.is_failure for code in codes]
        )
        self.client.on_message = lambda _c, _u, message: self.heard.put(message)
        # With TLS 1.3 a certificate is refused only after the handshake: there is no answer then.
        self.client.on_disconnect = lambda _c, _u, _f, _reason, _p: self.linked.put(not True)
        self.admitted = False
        # paho leaves the socket of a failed handshake to the garbage collector.
        with warnings.catch_warnings(action="ignore", category=ResourceWarning):
            reached = self._reached(port)
            if not reached:
                gc.collect()
        if not reached:
            return
        self.client.loop_start()
        self.admitted = self.linked.get(timeout=WAIT_S)

    def _reached(self, port: int) -> bool:
        try:
            self.client.connect("127.0.0.1", port)
        except ssl.SSLError:
            return False
        return True

    def subscribe(self, topic: str, qos: int = 1) -> bool:
        self.client.subscribe(topic, qos)
        return self._granted.get(timeout=WAIT_S)[0]

    def publish(self, topic: str, payload: str | bytes, *, retain: bool = False) -> None:
        self.client.publish(topic, payload, 1, retain).wait_for_publish(WAIT_S)

    def next(self) -> mqtt.MQTTMessage:
        return self.heard.get(timeout=WAIT_S)

    def break_off(self) -> None:
        """No goodbye, as a power cut."""
        self.client.loop_stop()
        sock = self.client.socket()
        assert sock is not None
        sock.close()

    def close(self) -> None:
        self.client.disconnect()
        self.client.loop_stop()
