"""A printer that fails in the middle: the fault is named, nothing hangs, the next slip prints."""

import os
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.adapters.escpos_links import SerialLink, TcpLink
from kiosk.adapters.escpos_printer import EscposSlipPrinter, Manners
from kiosk.adapters.printer_simulator import PrinterSimulator
from kiosk.adapters.simulated_printer import Event, Happening, PrinterState, SimulatedPrinter
from kiosk.bootstrap.printer import printer_from
from kiosk.config.printer import PrinterConfig
from kiosk.use_cases.ports import PaperState, PrinterError, PrinterFault, SlipPrinter
from tests.fakes.pty_printer import PtyPrinter
from tests.fakes.slips import SLIP

pytestmark = [pytest.mark.fault, pytest.mark.timeout(20)]


def printer_of(**settings: object) -> SlipPrinter:
    settings = {"reply_timeout_s": 0.3, "proof_timeout_s": 0.3, **settings}
    printer = printer_from(PrinterConfig.model_validate(settings))
    assert printer is not None
    return printer


class Setup:
    """A printer on the network whose state can be changed at the first byte of a slip."""

    def __init__(self) -> None:
        self.then: Callable[[], None] | None = None
        self.simulated = SimulatedPrinter(on_event=self._on_event)
        self.simulator = PrinterSimulator(self.simulated, port=0)
        host, port = self.simulator.address
        self.printer = printer_of(kind="network", host=host, port=port)

    def _on_event(self, event: Event) -> None:
        if event.what is Happening.FIRST_BYTE and self.then is not None:
            self.then()

    def fault_of_a_slip(self) -> PrinterFault:
        with pytest.raises(PrinterError) as caught:
            self.printer.print_slip(SLIP)
        return caught.value.fault


@pytest.fixture
def setup() -> Iterator[Setup]:
    made = Setup()
    yield made
    made.simulator.close()


@pytest.mark.parametrize(
    ("state", "fault"),
    [
        (PrinterState.COVER_OPEN, PrinterFault.COVER_OPEN),
        (PrinterState.OFFLINE, PrinterFault.OFFLINE),
        (PrinterState.OUT, PrinterFault.PAPER_OUT),
        (PrinterState.SILENT, PrinterFault.SILENT),
    ],
)
def test_state_that_changes_while_printing(
    setup: Setup, state: PrinterState, fault: PrinterFault
) -> None:
    setup.then = lambda: setup.simulated.set_state(state)
    assert setup.fault_of_a_slip() is fault
    assert setup.simulated.slips() == []


def test_paper_that_ends_in_the_middle_of_a_slip(setup: Setup) -> None:
    setup.simulated.load_paper(rows=300)
    assert setup.fault_of_a_slip() is PrinterFault.PAPER_OUT
    setup.simulated.wait_for(Happening.PAPER_OUT)
    assert setup.printer.status().paper is PaperState.OUT


def test_new_paper_lets_the_waiting_slip_out_and_the_next_one(setup: Setup) -> None:
    setup.simulated.load_paper(rows=300)
    setup.fault_of_a_slip()
    setup.simulated.load_paper(rows=None)
    setup.simulated.wait_for(Happening.SLIP_CUT)
    assert setup.printer.print_slip(SLIP).fault is None
    assert len(setup.simulated.slips()) == 2


def test_jam_at_the_knife_is_not_a_printed_slip(setup: Setup) -> None:
    setup.simulated.set_state(PrinterState.CUT_JAM)
    assert setup.printer.status().fault is None
    assert setup.fault_of_a_slip() is PrinterFault.JAM
    assert setup.simulated.slips() == []
    setup.simulated.set_state(PrinterState.OK)
    setup.simulated.wait_for(Happening.SLIP_CUT)
    assert setup.printer.status().fault is None


def test_connection_cut_in_the_middle_of_a_slip(setup: Setup) -> None:
    setup.simulator.hang_up_after(20_000)
    assert setup.fault_of_a_slip() is PrinterFault.OFFLINE
    assert setup.printer.print_slip(SLIP).fault is None
    assert len(setup.simulated.slips()) == 1


def test_connection_cut_by_a_printer_that_can_say_why(setup: Setup) -> None:
    setup.then = lambda: setup.simulated.set_state(PrinterState.COVER_OPEN)
    setup.simulator.hang_up_after(20_000)
    assert setup.fault_of_a_slip() is PrinterFault.COVER_OPEN


def test_slow_printer_is_waited_for_as_long_as_configured() -> None:
    simulator = PrinterSimulator(SimulatedPrinter(slow_s=0.2), port=0)
    try:
        simulator.printer.set_state(PrinterState.SLOW)
        host, port = simulator.address
        patient = printer_of(kind="network", host=host, port=port, proof_timeout_s=10)
        assert patient.print_slip(SLIP).fault is None
        hasty = printer_of(kind="network", host=host, port=port, proof_timeout_s=0.1)
        with pytest.raises(PrinterError) as caught:
            hasty.print_slip(SLIP)
        assert caught.value.fault is PrinterFault.SILENT
    finally:
        simulator.close()


def test_nobody_listens_at_the_address() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    printer = printer_of(kind="network", host="127.0.0.1", port=port)
    assert printer.status().fault is PrinterFault.OFFLINE
    with pytest.raises(PrinterError) as caught:
        printer.print_slip(SLIP)
    assert caught.value.fault is PrinterFault.OFFLINE


def test_name_that_does_not_exist_is_offline() -> None:
    printer = printer_of(kind="network", host="no-such-printer.invalid")
    assert printer.status().fault is PrinterFault.OFFLINE


def test_machine_that_connects_and_says_nothing_is_silent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        printer = printer_of(kind="network", host="127.0.0.1", port=listener.getsockname()[1])
        status = printer.status()
    assert (status.fault, status.paper) == (PrinterFault.SILENT, PaperState.UNKNOWN)


def test_printer_that_stops_taking_bytes_does_not_hold_the_kiosk() -> None:
    def answer_four_questions_and_stop() -> None:
        connection, _ = listener.accept()
        with connection:
            for _ in range(4):
                connection.recv(3)
                connection.sendall(b"\x12")
            finished.wait()

    finished = threading.Event()
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        thread = threading.Thread(target=answer_four_questions_and_stop)
        thread.start()
        link = TcpLink("127.0.0.1", listener.getsockname()[1], 0.3)
        endless = EscposSlipPrinter(link, lambda _: bytes(30_000_000), Manners(reply_timeout_s=0.3))
        with pytest.raises(PrinterError) as caught:
            endless.print_slip(SLIP)
        assert caught.value.fault is PrinterFault.SILENT
        finished.set()
        thread.join()


def test_small_packets_leave_at_once(setup: Setup) -> None:
    link = TcpLink(*setup.simulator.address, 1.0)
    link.open()
    assert link.device.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
    link.close()


def test_serial_line_is_found_again_after_unplugging(tmp_path: Path) -> None:
    name = tmp_path / "by-id"
    first = PtyPrinter(SimulatedPrinter())
    name.symlink_to(first.device)
    printer = printer_of(kind="serial", device=str(name))
    printer.print_slip(SLIP)
    first.close()
    assert printer.status().fault is PrinterFault.OFFLINE

    second = PtyPrinter(SimulatedPrinter())
    name.unlink()
    name.symlink_to(second.device)
    try:
        assert printer.print_slip(SLIP).fault is None
        assert len(second.printer.slips()) == 1
        printer.close()
    finally:
        second.close()


def test_serial_printer_finishes_the_held_slip_before_the_next(tmp_path: Path) -> None:
    line = PtyPrinter(SimulatedPrinter(folder=tmp_path))
    printer = printer_of(kind="serial", device=line.device)
    try:
        line.printer.load_paper(rows=100)
        with pytest.raises(PrinterError) as caught:
            printer.print_slip(SLIP)
        assert caught.value.fault is PrinterFault.PAPER_OUT
        line.printer.load_paper(rows=None)
        assert printer.print_slip(SLIP).fault is None
        assert len(line.printer.slips()) == 2
        printer.close()
    finally:
        line.close()


def test_serial_line_belongs_to_one_process_alone() -> None:
    line = PtyPrinter(SimulatedPrinter())
    try:
        link = SerialLink(line.device, 115_200, 0.3)
        link.open()
        other = printer_of(kind="serial", device=line.device)
        assert other.status().fault is PrinterFault.OFFLINE
        link.close()
        assert other.status().fault is None
        other.close()
    finally:
        line.close()


def test_file_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    printer = printer_of(kind="file", path=tmp_path / "missing" / "jobs.bin")
    with pytest.raises(PrinterError) as caught:
        printer.print_slip(SLIP)
    assert caught.value.fault is PrinterFault.OFFLINE


def test_device_file_that_takes_nothing_is_given_up(tmp_path: Path) -> None:
    pipe = tmp_path / "lp0"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with pytest.raises(PrinterError) as caught:
            printer_of(kind="file", path=pipe).print_slip(SLIP)
        assert caught.value.fault is PrinterFault.OFFLINE
    finally:
        os.close(reader)


def test_usb_printer_that_is_not_there_is_offline() -> None:
    printer = printer_of(kind="usb", vendor_id=0x0001, product_id=0x0001)
    assert printer.status().fault is PrinterFault.OFFLINE
    with pytest.raises(PrinterError):
        printer.print_slip(SLIP)
