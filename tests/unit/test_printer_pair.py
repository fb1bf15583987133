"""Two printers are one: each slip comes out once, and staff hear of the one that failed."""

from __future__ import annotations

import pytest

from kiosk.use_cases.ports import PaperState, PrinterError, PrinterFault
from kiosk.use_cases.printer_pair import PrinterPair
from tests.fakes.memory_printer import MemoryPrinter
from tests.fakes.slips import SLIP


@pytest.fixture
def printers() -> tuple[MemoryPrinter, MemoryPrinter, PrinterPair]:
    first, second = MemoryPrinter(), MemoryPrinter()
    return first, second, PrinterPair(first, second)


def counts(*printers: MemoryPrinter) -> list[int]:
    return [len(printer.slips) for printer in printers]


def test_the_first_prints_while_it_can(
    printers: tuple[MemoryPrinter, MemoryPrinter, PrinterPair],
) -> None:
    first, second, pair = printers
    status = pair.print_slip(SLIP)
    assert (status.fault, status.broken, counts(first, second)) == (None, None, [1, 0])
    assert pair.status().broken is None


@pytest.mark.parametrize("fault", list(PrinterFault))
def test_the_second_prints_what_the_first_cannot(
    printers: tuple[MemoryPrinter, MemoryPrinter, PrinterPair], fault: PrinterFault
) -> None:
    first, second, pair = printers
    first.fault = fault
    status = pair.print_slip(SLIP)
    assert (status.fault, status.broken, counts(first, second)) == (None, fault, [0, 1])
    told = pair.status()
    assert (told.fault, told.broken) == (None, fault)
    assert (told.paper is PaperState.OUT) == (fault is PrinterFault.PAPER_OUT)


def test_two_broken_printers_say_what_the_first_has(
    printers: tuple[MemoryPrinter, MemoryPrinter, PrinterPair],
) -> None:
    first, second, pair = printers
    first.fault, second.fault = PrinterFault.JAM, PrinterFault.PAPER_OUT
    with pytest.raises(PrinterError) as caught:
        pair.print_slip(SLIP)
    assert caught.value.fault is PrinterFault.JAM
    assert pair.status().fault is PrinterFault.JAM
    assert counts(first, second) == [0, 0]


@pytest.mark.parametrize("low", [0, 1])
def test_low_paper_in_either_is_told_early(
    printers: tuple[MemoryPrinter, MemoryPrinter, PrinterPair], low: int
) -> None:
    *both, pair = printers
    both[low].paper = PaperState.NEAR_END  # type: ignore[union-attr]  # the first two print
    assert pair.status().paper is PaperState.NEAR_END
