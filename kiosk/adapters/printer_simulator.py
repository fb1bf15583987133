"""Puts the simulated printer on the network, where a real one would be: TCP port 9100."""

from __future__ import annotations

import contextlib
import selectors
import socket
import struct
import threading

from kiosk.adapters.simulated_printer import Session, SimulatedPrinter

PIECE = 65_536
REPLY_TIMEOUT_S = 1.0


class PrinterSimulator:
    """Serves one simulated printer to any number of connections from one thread."""

    def __init__(
        self, printer: SimulatedPrinter, *, host: str = "127.0.0.1", port: int = 9100
    ) -> None:
        """Listen at once; port 0 takes a free one, `address` says which.

        Raises:
            OSError: the port is taken or the address is not this machine's.
        """
        self.printer = printer
        self._listener = socket.create_server((host, port))
        self.address: tuple[str, int] = self._listener.getsockname()[:2]
        self._wake, self._alarm = socket.socketpair()
        self._sessions: dict[socket.socket, Session] = {}
        self._hang_up_in: int | None = None
        self._thread = threading.Thread(target=self._serve, name="printer-simulator")
        self._thread.start()

    def hang_up_after(self, count: int) -> None:
        """Break the connection, as a pulled plug does, once so many more bytes have come in."""
        self._hang_up_in = count

    def close(self) -> None:
        """Stop listening, drop all connections and stop the printer."""
        self._alarm.close()
        self._thread.join()
        self.printer.close()

    def _serve(self) -> None:
        with selectors.DefaultSelector() as selector, self._listener, self._wake:
            selector.register(self._listener, selectors.EVENT_READ)
            selector.register(self._wake, selectors.EVENT_READ)
            while True:
                for key, _ in selector.select():
                    source = key.fileobj
                    if source is self._wake:
                        for connection in self._sessions:
                            connection.close()
                        return
                    if source is self._listener:
                        self._accept(selector)
                    elif isinstance(source, socket.socket) and not self._read(source):
                        selector.unregister(source)
                        del self._sessions[source]
                        source.close()

    def _accept(self, selector: selectors.BaseSelector) -> None:
        with contextlib.suppress(OSError):  # gone before it was accepted
            connection, _ = self._listener.accept()
            connection.settimeout(REPLY_TIMEOUT_S)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._sessions[connection] = self.printer.session(connection.sendall)
            selector.register(connection, selectors.EVENT_READ)

    def _read(self, connection: socket.socket) -> bool:
        """Pass on what came in; False ends the connection."""
        try:
            data = connection.recv(PIECE)
            kept = data if self._hang_up_in is None else data[: self._hang_up_in]
            self._sessions[connection].receive(kept)
        except OSError:
            return False
        if self._hang_up_in is not None:
            self._hang_up_in -= len(kept)
            if not self._hang_up_in:
                self._hang_up_in = None
                at_once = struct.pack("ii", 1, 0)
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)
                return False
        return bool(data)
