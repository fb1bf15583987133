"""Runs the printer simulator by hand: `python -m kiosk.bootstrap.printer_simulator --folder paper`.

Type a state (ok, near_end, out, cover_open, offline, silent, slow, cut_jam) and Enter to change it.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kiosk.adapters.printer_simulator import PrinterSimulator
from kiosk.adapters.simulated_printer import Event, PrinterState, SimulatedPrinter


def main(arguments: list[str] | None = None) -> int:
    """Serve until the standard input ends or Ctrl-C; 2 when the port cannot be had."""
    parser = argparse.ArgumentParser(prog="printer_simulator", description="An ESC/POS printer")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=9100, help="0 takes a free one")
    parser.add_argument("--folder", type=Path, default=Path("paper"), help="where slips are filed")
    parser.add_argument("--dots", type=int, default=576, help="printable width")
    parser.add_argument("--state", type=PrinterState, default=PrinterState.OK)
    options = parser.parse_args(arguments)
    printer = SimulatedPrinter(dots=options.dots, folder=options.folder, on_event=_say)
    printer.set_state(options.state)
    try:
        simulator = PrinterSimulator(printer, host=options.host, port=options.port)
    except OSError as error:
        printer.close()
        sys.stderr.write(f"{options.host}:{options.port}: {error}\n")
        return 2
    _write(f"printing on {simulator.address[0]}:{simulator.address[1]} into {options.folder}")
    try:
        _obey(printer)
    except KeyboardInterrupt:
        _write("stopped")
    finally:
        simulator.close()
    return 0


def _obey(printer: SimulatedPrinter) -> None:
    for line in sys.stdin:
        word = line.strip()
        if word in set(PrinterState):
            printer.set_state(PrinterState(word))
        elif word:
            _write(f"unknown state {word!r}; one of {', '.join(PrinterState)}")


def _say(event: Event) -> None:
    filed = f" {event.slip.path}" if event.slip else ""
    _write(f"{event.what}{filed}")


def _write(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
