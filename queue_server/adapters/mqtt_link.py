"""The server's connection to any MQTT broker: acknowledged by hand, built again when it breaks."""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion

from queue_server.adapters.topic_rights import Account
from queue_server.contracts.tls_files import TlsFiles

log = logging.getLogger(__name__)

KEEP_ALIVE_S = 15
LONGEST_PAUSE_S = 8


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an acknowledgement must name; it holds only for the connection it came by."""

    connection: int
    mid: int
    qos: int


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message; `heard_s` is when it came, in seconds of uptime."""

    topic: str
    payload: bytes
    retained: bool
    heard_s: float
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class BrokerLogin:
    """Where the broker listens, as whom the server comes, and how they know each other."""

    host: str
    port: int
    account: Account
    tls: TlsFiles | None = None


class MqttLink:
    """Connects with a session that outlives it, so that what was not acknowledged comes again.

    `on_message` and `on_up` run on the network thread and must return at once. `on_up` is called
    after each connection when the subscriptions hold and nothing older is left to be sent.
    """

    def __init__(
        self,
        login: BrokerLogin,
        subscriptions: Sequence[tuple[str, int]],
        on_message: Callable[[Incoming], None],
        on_up: Callable[[], None],
    ) -> None:
        self._login = login
        self._subscriptions = list(subscriptions)
        self._on_message = on_message
        self._on_up = on_up
        self._connection = 0
        self._up = threading.Event()
        self._client = self._make_client()

    def _make_client(self) -> mqtt.Client:
        account = self._login.account
        client = mqtt.Client(
            CallbackAPIVersion.VERSION2,
            client_id=account.id,
            clean_session=False,
            protocol=mqtt.MQTTv311,
            manual_ack=True,
        )
        client.username_pw_set(account.id, account.secret)
        if self._login.tls is not None:
            client.tls_set_context(self._login.tls.context())
        client.reconnect_delay_set(min_delay=1, max_delay=LONGEST_PAUSE_S)
        client.on_socket_open = _send_at_once
        client.on_connect = self._connected
        client.on_subscribe = self._subscribed
        client.on_disconnect = self._disconnected
        client.on_message = self._message
        return client

    @property
    def up(self) -> bool:
        """Whether messages pass in both directions."""
        return self._up.is_set()

    def wait_until_up(self, within_s: float) -> bool:
        """Wait for the broker; whether it came."""
        return self._up.wait(within_s)

    def start(self) -> None:
        """Connect in the background and keep trying; an absent broker is not an error."""
        self._client.connect_async(self._login.host, self._login.port, keepalive=KEEP_ALIVE_S)
        self._client.loop_start()
        # paho wakes its thread through a TCP pair of its own that waits just the same.
        _send_at_once(self._client, None, self._client._sockpairW)  # noqa: SLF001 - no other way

    def close(self) -> None:
        """Disconnect; the broker keeps the session, so what comes meanwhile is not lost."""
        self._client.disconnect()
        self._client.loop_stop()
        self._up.clear()

    def publish(self, topic: str, payload: str, *, retain: bool) -> bool:
        """Send with QoS 1.

        Returns:
            False when the link is down: nothing is kept for later, because whoever connects gets
            the newest state anyway and a call that comes late would only confuse.
        """
        if not self._client.is_connected():
            return False
        return self._client.publish(topic, payload, 1, retain).rc == mqtt.MQTT_ERR_SUCCESS

    def acknowledge(self, receipt: Receipt) -> None:
        """Tell the broker that this message is dealt with.

        After a reconnection the number may already name another message, which would then be
        lost: the old one is left to come again instead.
        """
        if receipt.qos and receipt.connection == self._connection:
            self._client.ack(receipt.mid, receipt.qos)

    def _connected(
        self, client: mqtt.Client, _data: object, _flags: Any, reason: Any, _properties: object
    ) -> None:
        if reason.is_failure:
            log.error("the broker refuses the server's log-in: %s", reason)
            return
        self._connection += 1
        client.subscribe(self._subscriptions)

    def _subscribed(
        self, _client: mqtt.Client, _data: object, _mid: int, codes: list[Any], _properties: object
    ) -> None:
        if any(code.is_failure for code in codes):
            log.error("the broker does not let the server hear its devices; check its topic list")
            return
        self._up.set()
        self._on_up()

    def _disconnected(
        self, _client: mqtt.Client, _data: object, _flags: Any, reason: Any, _properties: object
    ) -> None:
        self._connection += 1  # what was heard before can no longer be acknowledged
        self._up.clear()
        log.info("the broker is away: %s", reason)

    def _message(self, _client: mqtt.Client, _data: object, message: mqtt.MQTTMessage) -> None:
        receipt = Receipt(self._connection, message.mid, message.qos)
        self._on_message(
            Incoming(
                message.topic, bytes(message.payload), message.retain, time.monotonic(), receipt
            )
        )


def _send_at_once(_client: mqtt.Client, _data: object, sock: Any) -> None:
    # Nagle's wait together with delayed acknowledgements cost 40 ms and more for each message.
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
