"""The printer simulator as a product: states at run time, several guests, a clean end."""

import os
import select
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.adapters.escpos_picture_job import picture_job
from kiosk.adapters.printer_simulator import PrinterSimulator
from kiosk.adapters.simulated_printer import Happening, PrinterState, SimulatedPrinter
from tests.fakes.slips import SLIP

JOB = picture_job(SLIP, 576)
PAPER_QUESTION = b"\x10\x04\x04"


@pytest.fixture
def simulator() -> Iterator[PrinterSimulator]:
    running = PrinterSimulator(SimulatedPrinter(), port=0)
    yield running
    running.close()


def guest(simulator: PrinterSimulator) -> socket.socket:
    return socket.create_connection(simulator.address, timeout=5)


@pytest.mark.parametrize(
    ("state", "replies"),
    [
        (PrinterState.OK, (0x12, 0x12, 0x12, 0x12)),
        (PrinterState.NEAR_END, (0x12, 0x12, 0x12, 0x1E)),
        (PrinterState.OUT, (0x1A, 0x32, 0x12, 0x7E)),
        (PrinterState.COVER_OPEN, (0x1A, 0x16, 0x12, 0x12)),
        (PrinterState.OFFLINE, (0x1A, 0x12, 0x12, 0x12)),
        (PrinterState.CUT_JAM, (0x12, 0x12, 0x12, 0x12)),
    ],
)
def test_each_state_answers_as_a_real_printer(
    simulator: PrinterSimulator, state: PrinterState, replies: tuple[int, ...]
) -> None:
    simulator.printer.set_state(state)
    with guest(simulator) as line:
        for question, reply in enumerate(replies, start=1):
            line.sendall(b"\x10\x04" + bytes((question,)))
            assert line.recv(1)[0] == reply


def test_questions_are_answered_while_the_job_waits_for_the_cover(
    simulator: PrinterSimulator,
) -> None:
    simulator.printer.set_state(PrinterState.COVER_OPEN)
    with guest(simulator) as line:
        line.sendall(JOB + b"\x1dr\x01" + PAPER_QUESTION)
        assert line.recv(4) == b"\x12"
        assert simulator.printer.slips() == []
        simulator.printer.set_state(PrinterState.OK)
        assert line.recv(4) == b"\x00"
        assert len(simulator.printer.slips()) == 1


def test_half_a_command_is_forgotten_with_its_connection(simulator: PrinterSimulator) -> None:
    with guest(simulator) as line:
        line.sendall(JOB[:5000])
        line.sendall(b"")
    with guest(simulator) as line:
        line.sendall(JOB)
        simulator.printer.wait_for(Happening.SLIP_CUT)
        line.sendall(PAPER_QUESTION)
        assert line.recv(1) == b"\x12"


def test_two_guests_get_their_own_answers(simulator: PrinterSimulator) -> None:
    with guest(simulator) as first, guest(simulator) as second:
        first.sendall(PAPER_QUESTION)
        second.sendall(JOB + b"\x1dr\x01")
        assert first.recv(4) == b"\x12"
        assert second.recv(4) == b"\x00"


def test_waiting_for_what_does_not_happen_ends(simulator: PrinterSimulator) -> None:
    with pytest.raises(TimeoutError, match="slip_cut: 0 of 1 seen"):
        simulator.printer.wait_for(Happening.SLIP_CUT, timeout_s=0.01)


def test_taken_port_is_an_error_at_once(simulator: PrinterSimulator) -> None:
    second = SimulatedPrinter()
    with pytest.raises(OSError, match="in use"):
        PrinterSimulator(second, port=simulator.address[1])
    second.close()


def test_close_ends_with_guests_and_waiting_commands(tmp_path: Path) -> None:
    running = PrinterSimulator(SimulatedPrinter(folder=tmp_path), port=0)
    running.printer.set_state(PrinterState.OUT)
    with guest(running) as line:
        line.sendall(JOB + PAPER_QUESTION)
        assert line.recv(1) == b"\x7e"
        running.close()
        assert line.recv(1) == b""
    with pytest.raises(ConnectionRefusedError):
        guest(running)


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_leave_a_printer_that_prints_the_next_slip(noise: bytes) -> None:
    printer = SimulatedPrinter()
    printer.session(lambda _: None).receive(noise)
    already = noise.count(b"\x1dV") + noise.count(b"\x1bi") + noise.count(b"\x1bm")
    answers: list[bytes] = []
    session = printer.session(answers.append)
    session.receive(JOB)
    printer.wait_for(Happening.SLIP_CUT)
    assert 1 <= len(printer.slips()) <= already + 1
    printer.close()


def test_run_by_hand_it_obeys_typed_states(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kiosk.bootstrap.printer_simulator", "--port", "0"]
    with subprocess.Popen(
        [*command, "--folder", str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        port = int(process.stdout.readline().split()[2].rpartition(":")[2])
        process.stdin.write("nonsense\nnear_end\n")
        process.stdin.flush()
        assert "one of ok, near_end" in process.stdout.readline()
        with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
            reply = b"\x12"
            while reply == b"\x12":  # until the typed word has been read
                line.sendall(PAPER_QUESTION)
                reply = line.recv(1)
            assert reply == b"\x1e"
            line.sendall(JOB)
            assert select.select([process.stdout], [], [], 10)[0]
            assert process.stdout.readline() == "first_byte\n"
            assert process.stdout.readline() == f"slip_cut {tmp_path / 'slip-0001.png'}\n"
        process.stdin.close()
        assert process.wait(10) == 0
    assert [file.name for file in tmp_path.iterdir()] == ["slip-0001.png"]
