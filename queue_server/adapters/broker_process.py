"""The embedded broker's own process: amqtt behind a guard that closes what amqtt 0.12 leaves open.

Run by `embedded_broker.py`, never by hand. It ends when its standard input ends, so it cannot
outlive the server, whatever kills that. What the guard adds, and why, is in README.md beside this.
"""

from __future__ import annotations

import asyncio
import json
import logging
import signal
import socket
import ssl
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from amqtt.adapters import ReaderAdapter, WriterAdapter
from amqtt.broker import Broker
from amqtt.contexts import Action, ListenerConfig
from amqtt.errors import AMQTTError, BrokerError, MQTTError, NoDataError
from amqtt.mqtt.connack import NOT_AUTHORIZED, ConnackPacket
from amqtt.mqtt.protocol.broker_handler import BrokerProtocolHandler
from amqtt.session import Session

from queue_server.adapters.broker_tls import found_by_broker, named_by
from queue_server.adapters.topic_rights import covers

if TYPE_CHECKING:
    from _collections_abc import dict_items

CONNECT_WITHIN_S = 10.0
TAKE_OVER_WITHIN_S = 2.0
SESSION_KEPT_S = 600
LISTENER = "default"
CANNOT_LISTEN = 3

Subscribers = list[tuple[Session, int]]


class SteadySubscriptions(dict[str, Subscribers]):
    """Iterates over a copy: amqtt awaits while it iterates, and subscriptions come meanwhile."""

    def __iter__(self) -> Iterator[str]:
        return iter(tuple(self.keys()))

    def items(self) -> dict_items[str, Subscribers]:
        """The filters and their subscribers as they are now."""
        return {name: list(self[name]) for name in self}.items()


class GuardedHandler(BrokerProtocolHandler):  # type: ignore[misc]  # amqtt ships no types
    """Drops a client that is silent for longer than its keep-alive; amqtt itself only notes it."""

    def handle_read_timeout(self) -> None:
        """End the connection as if it had broken, so that the last will is sent."""
        if self._disconnect_waiter is not None and not self._disconnect_waiter.done():
            self._disconnect_waiter.set_result(None)


class GuardedBroker(Broker):  # type: ignore[misc]  # amqtt ships no types
    """Admits before it touches any session, and lets each log-in use only its own topics."""

    def __init__(self, host: str, port: int, directory: Path) -> None:
        self._tls = found_by_broker(directory)
        listener: dict[str, Any] = {"type": "tcp", "bind": f"{host}:{port}"}
        if self._tls is not None:
            files = {"certfile": self._tls.certificate, "keyfile": self._tls.key}
            listener |= {"ssl": True, **files}
        super().__init__(
            {
                "listeners": {LISTENER: listener},
                "session_expiry_interval": SESSION_KEPT_S,
                "plugins": {
                    "amqtt.plugins.authentication.FileAuthPlugin": {
                        "password_file": str(directory / "passwords")
                    }
                },
            }
        )
        self._subscriptions = SteadySubscriptions()
        self._lists: dict[str, dict[str, list[str]]] = json.loads(
            (directory / "topics.json").read_text(encoding="utf-8")
        )
        self._connections: dict[str, asyncio.Task[Any]] = {}

    @property
    def port(self) -> int:
        """The port that was bound."""
        return cast("int", self._servers[LISTENER].instance.sockets[0].getsockname()[1])

    def _create_ssl_context(self, _listener: ListenerConfig) -> ssl.SSLContext:
        """Certificates are demanded; amqtt itself takes them and asks for none."""
        if self._tls is None:
            raise BrokerError("TLS without files")
        return self._tls.context()

    async def stream_connected(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, listener_name: str
    ) -> None:
        """Send small packets at once; with Nagle's wait a call took 489 ms to reach the board."""
        accepted = writer.get_extra_info("socket")
        accepted.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        await super().stream_connected(reader, writer, listener_name)

    async def _initialize_client_session(
        self, reader: ReaderAdapter, writer: WriterAdapter, *_remote: Any
    ) -> tuple[GuardedHandler, Session]:
        """Admit first: amqtt would end or take over a session before it checks the password."""
        try:
            handler, session = await self._admit(reader, writer)
        except (TimeoutError, OSError, AMQTTError, MQTTError, NoDataError) as fault:
            await _close(writer)
            raise MQTTError(str(fault)) from None
        # One connection for each log-in, and nobody can take another's name.
        session.client_id = session.username
        session.keep_alive += session.keep_alive // 2
        await self._end_older_connection(session.client_id)
        return handler, await self._continued(session)

    async def _admit(
        self, reader: ReaderAdapter, writer: WriterAdapter
    ) -> tuple[GuardedHandler, Session]:
        async with asyncio.timeout(CONNECT_WITHIN_S):
            handler, session = await GuardedHandler.init_from_connect(
                reader, writer, self.plugins_manager
            )
        shown = named_by(writer.get_ssl_info())
        own = self._tls is None or shown == session.username
        if not own or not await self._may_enter(session):
            await ConnackPacket.build(0, NOT_AUTHORIZED).to_stream(writer)
            raise MQTTError("not admitted")
        return handler, session

    async def _may_enter(self, session: Session) -> bool:
        if not await super()._authenticate(session, None):
            return False
        # amqtt publishes a last will without asking the topic lists.
        return not session.will_flag or await self._topic_filtering(
            session, session.will_topic, Action.PUBLISH
        )

    async def _authenticate(self, _session: Session, _listener: ListenerConfig) -> bool:
        return True  # only admitted sessions come this far, see _initialize_client_session

    async def _end_older_connection(self, client: str) -> None:
        """Let the older connection's will go out before the newcomer's birth message."""
        while (older := self._connections.get(client)) is not None and not older.done():
            _, handler = self._sessions.get(client, (None, None))
            if handler is not None:
                await handler.handle_connection_closed()
            done, _ = await asyncio.wait({older}, timeout=TAKE_OVER_WITHIN_S)
            if not done:
                older.cancel()
                await asyncio.wait({older})
        self._connections[client] = cast("asyncio.Task[Any]", asyncio.current_task())

    async def _continued(self, session: Session) -> Session:
        """The kept session of this client with the newcomer's will, or the new one."""
        kept, _ = self._sessions.get(session.client_id, (None, None))
        if session.clean_session or kept is None or kept.clean_session:
            await self._delete_session(session.client_id)
            session.parent = 0
            return session
        for name in ("flag", "message", "topic", "qos", "retain"):
            setattr(kept, f"will_{name}", getattr(session, f"will_{name}"))
        kept.keep_alive = session.keep_alive
        kept.parent = 1
        return kept

    async def _topic_filtering(self, session: Session, topic: str, action: Action) -> bool:
        lists = self._lists.get(session.username or "")
        if lists is None:
            return False
        kind = "publish" if action is Action.PUBLISH else "subscribe"
        return any(covers(allowed, topic) for allowed in lists[kind])

    async def _publish_retained_messages_for_subscription(
        self, subscription: tuple[str, int], session: Session
    ) -> None:
        """Only to its subscribers: amqtt sends every newcomer what anybody has subscribed to."""
        if any(one is session for one, _ in self._subscriptions.get(subscription[0], [])):
            await super()._publish_retained_messages_for_subscription(subscription, session)


async def _close(writer: WriterAdapter) -> None:
    try:
        await writer.close()
    except OSError:
        logging.getLogger(__name__).debug("the client was gone before it was refused")


async def serve(host: str, port: int, directory: Path) -> int:
    """Serve until standard input ends; says `listening PORT` or `failed REASON` first."""
    broker = GuardedBroker(host, port, directory)
    try:
        await broker.start()
    except BrokerError as fault:
        print("failed", fault, flush=True)  # noqa: T201 - the parent reads it
        return CANNOT_LISTEN
    print("listening", broker.port, flush=True)  # noqa: T201 - the parent reads it
    await asyncio.to_thread(sys.stdin.buffer.read)
    await broker.shutdown()
    return 0


def main() -> int:
    """Arguments: host, port, directory with `passwords` and `topics.json`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the server, which ends us
    logging.basicConfig(level=logging.ERROR)
    host, port, directory = sys.argv[1:4]
    return asyncio.run(serve(host, int(port), Path(directory)))


if __name__ == "__main__":
    sys.exit(main())
