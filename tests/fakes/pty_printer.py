"""A simulated printer at the far end of a serial line made of a pty pair."""

import os
import select
import threading
import tty

from kiosk.adapters.simulated_printer import SimulatedPrinter


class PtyPrinter:
    """Carries bytes between the pty and the printer until it is unplugged."""

    def __init__(self, printer: SimulatedPrinter) -> None:
        self.printer = printer
        self._near, self._far = os.openpty()
        tty.setraw(self._far)
        self.device = os.ttyname(self._far)
        self._wake, self._alarm = os.pipe()
        self._thread = threading.Thread(target=self._carry, name="pty-printer")
        self._thread.start()

    def close(self) -> None:
        """Unplug: whoever holds the line loses it."""
        os.close(self._alarm)
        self._thread.join()
        for end in (self._near, self._far, self._wake):
            os.close(end)
        self.printer.close()

    def _carry(self) -> None:
        session = self.printer.session(lambda reply: os.write(self._near, reply))
        while self._wake not in (ready := select.select([self._near, self._wake], [], [])[0]):
            if ready:
                session.receive(os.read(self._near, 4096))
