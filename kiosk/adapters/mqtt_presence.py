"""One MQTT connection per device: birth, heartbeat and last will, with other topics riding on it.

One connection, not two: the last will then tells the truth about everything the device does.
A new client for each connection: paho would send again, whenever the broker returns, what was on
its way when it left; a key press that is carried out a minute later is worse than a lost one.
"""

from __future__ import annotations

import logging
import socket
import ssl
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion

from kiosk.config.credentials import Credentials
from queue_server.contracts import topics
from queue_server.contracts.config_file import ConfigError
from queue_server.contracts.messages import DeviceStatus, Paper
from queue_server.contracts.tls_files import TlsFiles

log = logging.getLogger(__name__)

HEARTBEAT_S = 30.0
FIRST_WAIT_S = 0.5
LONGEST_WAIT_S = 15.0
GOODBYE_S = 2.0
DETAIL_LIMIT = 200

Handler = Callable[[str, bytes], None]


@dataclass(frozen=True, slots=True)
class BrokerAddress:
    """Where the broker listens, and whose topics are meant.

    `first_wait_s` is the pause before the first new try; it doubles up to 15 s. With `tls` the
    broker must be the office's own, and the device shows its certificate.
    """

    host: str
    port: int
    office: str
    first_wait_s: float = FIRST_WAIT_S
    tls: TlsFiles | None = None


class MqttPresence:
    """Keeps `device/{id}/status` true and carries the device's other messages.

    Handlers run on the network thread: they must return at once.
    """

    def __init__(
        self,
        broker: BrokerAddress,
        credentials: Credentials,
        versions: dict[str, str],
        *,
        heartbeat_s: float = HEARTBEAT_S,
        on_link: Callable[[bool], None] | None = None,
    ) -> None:
        self._broker = broker
        self._id = credentials.id
        self._topic = topics.device_status(broker.office, credentials.id)
        self._heartbeat_s = heartbeat_s
        self._on_link = on_link
        self._lock = threading.Lock()
        # New for every start: so the server sees a machine that keeps restarting, or two of them.
        self._facts: dict[str, Any] = {"versions": versions, "boot": uuid.uuid4().hex[:12]}
        self._handlers: dict[str, Handler] = {}
        self._closing = threading.Event()
        self._credentials = credentials
        self._wait_s = broker.first_wait_s
        self._beat = threading.Thread(target=self._keep_beating, name="heartbeat", daemon=True)
        self._network = threading.Thread(target=self._keep_connected, name="mqtt", daemon=True)
        self._client = self._make_client()

    def _make_client(self) -> mqtt.Client:
        client = mqtt.Client(
            CallbackAPIVersion.VERSION2,
            client_id=self._id,
            protocol=mqtt.MQTTv311,
            clean_session=True,
            reconnect_on_failure=False,
        )
        client.username_pw_set(self._id, self._credentials.secret.get_secret_value())
        if self._broker.tls is not None:
            client.tls_set_context(self._broker.tls.context())
        client.on_pre_connect = self._write_will
        client.on_socket_open = _send_at_once
        client.on_connect = self._connected
        client.on_disconnect = self._disconnected
        client.on_message = self._message
        return client

    @property
    def connected(self) -> bool:
        """Whether the broker has accepted this device."""
        return self._client.is_connected()

    def start(self) -> None:
        """Connect in the background and keep trying; an absent broker is not an error."""
        self._network.start()
        self._beat.start()

    def report(
        self,
        *,
        paper: Paper | None = None,
        printer: str | None = None,
        detail: str | None = None,
    ) -> None:
        """Say how the device is now; unchanged facts wait for the next heartbeat."""
        detail = detail[:DETAIL_LIMIT] if detail else None
        facts = {"paper": paper, "printer": printer, "detail": detail}
        with self._lock:
            changed = any(self._facts.get(name) != fact for name, fact in facts.items())
            self._facts.update(facts)
        if changed and self.connected:
            self._say(online=True)

    def subscribe(self, topic: str, handler: Handler) -> None:
        """Hear a topic, now and after every reconnection."""
        with self._lock:
            self._handlers[topic] = handler
        if self.connected:
            self._client.subscribe(topic, qos=1)

    def publish(self, topic: str, payload: str, *, retain: bool = False) -> bool:
        """Send with QoS 1; the broker keeps what is to be retained.

        Returns:
            False when there is no connection: nothing was sent and nothing is kept for later,
            because a late command would surprise; the caller decides what to do.
        """
        if not self.connected:
            return False
        return (
            self._client.publish(topic, payload, qos=1, retain=retain).rc == mqtt.MQTT_ERR_SUCCESS
        )

    def close(self) -> None:
        """Say goodbye and disconnect; a broker that does not answer is left after 2 s."""
        self._closing.set()
        if self.connected:
            info = self._say(online=False, detail="switched off")
            try:
                info.wait_for_publish(GOODBYE_S)
            except (RuntimeError, ValueError):
                log.debug("the broker left before the goodbye")
        self._client.disconnect()
        for thread in (self._network, self._beat):
            if thread.is_alive():
                thread.join()

    def _status(self, *, online: bool, **more: str) -> str:
        with self._lock:
            facts = {**self._facts, **more}
        return DeviceStatus(
            id=uuid.uuid4().hex,
            sent_at=datetime.now(UTC),
            source=self._id,
            online=online,
            **facts,
        ).model_dump_json(exclude_none=True)

    def _say(self, *, online: bool, **more: str) -> mqtt.MQTTMessageInfo:
        status = self._status(online=online, **more)
        return self._client.publish(self._topic, status, qos=1, retain=True)

    def _keep_connected(self) -> None:
        while not self._closing.is_set():
            try:
                self._client = self._make_client()
                self._client.connect(self._broker.host, self._broker.port, keepalive=15)
                self._client.loop_forever()
            except (ConfigError, ssl.SSLError) as fault:
                log.warning("the broker and %s do not trust each other: %s", self._id, fault)
            except OSError as fault:
                log.debug("no broker: %s", fault)
            self._closing.wait(self._wait_s)
            self._wait_s = min(self._wait_s * 2, LONGEST_WAIT_S)

    def _keep_beating(self) -> None:
        while not self._closing.wait(self._heartbeat_s):
            if self.connected:
                self._say(online=True)

    def _write_will(self, client: mqtt.Client, _userdata: object) -> None:
        will = self._status(online=False, detail="connection lost")
        client.will_set(self._topic, will, qos=1, retain=True)

    def _connected(
        self,
        client: mqtt.Client,
        _userdata: object,
        _flags: mqtt.ConnectFlags,
        reason: Any,
        _properties: object,
    ) -> None:
        if reason.is_failure:
            log.warning("the broker refused %s: %s", self._id, reason)
            return
        if self._closing.is_set():
            client.disconnect()
            return
        self._wait_s = self._broker.first_wait_s
        with self._lock:
            wanted = [(topic, 1) for topic in self._handlers]
        if wanted:
            client.subscribe(wanted)
        self._say(online=True)
        self._tell_link(up=True)

    def _disconnected(
        self,
        _client: mqtt.Client,
        _userdata: object,
        _flags: mqtt.DisconnectFlags,
        reason: Any,
        _properties: object,
    ) -> None:
        log.info("the broker is away: %s", reason)
        self._tell_link(up=False)

    def _tell_link(self, *, up: bool) -> None:
        if self._on_link is not None:
            self._on_link(up)

    def _message(self, _client: mqtt.Client, _userdata: object, message: mqtt.MQTTMessage) -> None:
        with self._lock:
            handler = self._handlers.get(message.topic)
        if handler is None:
            return
        try:
            handler(message.topic, bytes(message.payload))
        except Exception:  # the network thread must outlive a faulty handler
            log.exception("a message on %s could not be used", message.topic)


def _send_at_once(_client: mqtt.Client, _userdata: object, sock: Any) -> None:
    # Without this a second small packet waits for the acknowledgement of the first: 40 ms and more.
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
