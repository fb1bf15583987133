"""One suite for every slip printer: the fake, and the real one on each line it can have."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk.adapters.printer_simulator import PrinterSimulator
from kiosk.adapters.simulated_printer import PrinterState, SimulatedPrinter
from kiosk.bootstrap.printer import printer_from
from kiosk.config.printer import PrinterConfig
from kiosk.use_cases.ports import PaperState, PrinterError, PrinterFault, SlipPrinter
from tests.fakes.memory_printer import MemoryPrinter
from tests.fakes.pty_printer import PtyPrinter
from tests.fakes.slips import SLIP

STATE_OF = {
    PrinterFault.PAPER_OUT: PrinterState.OUT,
    PrinterFault.COVER_OPEN: PrinterState.COVER_OPEN,
    PrinterFault.OFFLINE: PrinterState.OFFLINE,
    PrinterFault.SILENT: PrinterState.SILENT,
}


@dataclass
class Bench:
    """A printer on the bench: how to break it, and how many slips came out."""

    printer: SlipPrinter
    printed: Callable[[], int]
    break_it: Callable[[PrinterFault], None]
    run_low: Callable[[], None]


def configured(**settings: object) -> SlipPrinter:
    settings = {"reply_timeout_s": 0.2, "proof_timeout_s": 2.0, **settings}
    printer = printer_from(PrinterConfig.model_validate(settings))
    assert printer is not None
    return printer


def simulated(printer: SlipPrinter, simulator: SimulatedPrinter) -> Bench:
    return Bench(
        printer,
        printed=lambda: len(simulator.slips()),
        break_it=lambda fault: simulator.set_state(STATE_OF[fault]),
        run_low=lambda: simulator.set_state(PrinterState.NEAR_END),
    )


def memory(_: Path, __: ExitStack) -> Bench:
    fake = MemoryPrinter()
    return Bench(
        fake,
        printed=lambda: len(fake.slips),
        break_it=lambda fault: setattr(fake, "fault", fault),
        run_low=lambda: setattr(fake, "paper", PaperState.NEAR_END),
    )


def network(_: Path, after: ExitStack) -> Bench:
    simulator = PrinterSimulator(SimulatedPrinter(), port=0)
    after.callback(simulator.close)
    host, port = simulator.address
    return simulated(configured(kind="network", host=host, port=port), simulator.printer)


def serial(_: Path, after: ExitStack) -> Bench:
    line = PtyPrinter(SimulatedPrinter())
    after.callback(line.close)
    return simulated(configured(kind="serial", device=line.device), line.printer)


def slow_serial(_: Path, after: ExitStack) -> Bench:
    line = PtyPrinter(SimulatedPrinter())
    after.callback(line.close)
    return simulated(configured(kind="serial", device=line.device, baudrate=9600), line.printer)


def file(folder: Path, _: ExitStack) -> Bench:
    path = folder / "jobs.bin"
    cut = b"\x1dVB\x00"
    return Bench(
        configured(kind="file", path=path),
        printed=lambda: path.read_bytes().count(cut) if path.exists() else 0,
        break_it=lambda _: pytest.fail("a file cannot say what is wrong"),
        run_low=lambda: pytest.fail("a file has no paper"),
    )


@contextmanager
def on_the_bench(make: Callable[[Path, ExitStack], Bench], folder: Path) -> Iterator[Bench]:
    with ExitStack() as after:
        made = make(folder, after)
        after.callback(made.printer.close)
        yield made


TALKERS = [memory, network, serial, slow_serial]


@pytest.fixture(params=[*TALKERS, file], ids=lambda make: make.__name__)
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    with on_the_bench(request.param, tmp_path) as made:
        yield made


@pytest.fixture(params=TALKERS, ids=lambda make: make.__name__)
def talker(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    """Every printer that can say how it is; a file cannot."""
    with on_the_bench(request.param, tmp_path) as made:
        yield made


def test_ready_printer_prints_each_slip_once(bench: Bench) -> None:
    for count in (1, 2, 3):
        assert bench.printer.print_slip(SLIP).fault is None
        assert bench.printed() == count


def test_status_names_no_fault_and_prints_nothing(bench: Bench) -> None:
    assert bench.printer.status().fault is None
    assert bench.printed() == 0


def test_paper_is_known_only_where_somebody_said_so(talker: Bench, tmp_path: Path) -> None:
    assert talker.printer.status().paper is PaperState.OK
    mute = configured(kind="file", path=tmp_path / "jobs.bin")
    assert mute.status().paper is PaperState.UNKNOWN
    mute.close()


def test_printing_goes_on_after_close(bench: Bench) -> None:
    bench.printer.print_slip(SLIP)
    bench.printer.close()
    bench.printer.close()
    bench.printer.print_slip(SLIP)
    assert bench.printed() == 2


def test_paper_that_runs_low_is_told_and_still_prints(talker: Bench) -> None:
    talker.run_low()
    assert talker.printer.status().paper is PaperState.NEAR_END
    assert talker.printer.print_slip(SLIP).paper is PaperState.NEAR_END
    assert talker.printed() == 1


@pytest.mark.parametrize("fault", STATE_OF)
def test_fault_is_named_and_nothing_is_sent(talker: Bench, fault: PrinterFault) -> None:
    talker.break_it(fault)
    status = talker.printer.status()
    assert status.fault is fault
    assert status.paper is not PaperState.NEAR_END
    if fault is PrinterFault.SILENT:
        assert status.paper is PaperState.UNKNOWN
    with pytest.raises(PrinterError) as caught:
        talker.printer.print_slip(SLIP)
    assert caught.value.fault is fault
    assert talker.printed() == 0
