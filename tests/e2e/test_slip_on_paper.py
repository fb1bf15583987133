"""From the slip to the paper: what comes out of the printer is read back as a citizen would."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image, ImageChops, ImageOps

from kiosk.adapters.printer_simulator import PrinterSimulator
from kiosk.adapters.simulated_printer import Happening, SimulatedPrinter
from kiosk.adapters.slip_bitmap import slip_bitmap
from kiosk.bootstrap.printer import printer_from
from kiosk.config.printer import PrinterConfig
from kiosk.domain.slip import Slip
from tests.fakes.ink import tallest_block
from tests.fakes.slips import FOLLOW_URL, SLIP


@pytest.fixture
def simulator(tmp_path: Path) -> Iterator[PrinterSimulator]:
    running = PrinterSimulator(SimulatedPrinter(folder=tmp_path / "paper"), port=0)
    yield running
    running.close()


def printed(simulator: PrinterSimulator, slip: Slip = SLIP, **settings: object) -> Image.Image:
    """Print over TCP and open the PNG that the printer filed."""
    host, port = simulator.address
    config = PrinterConfig.model_validate(
        {"kind": "network", "host": host, "port": port, **settings}
    )
    printer = printer_from(config)
    assert printer is not None
    printer.print_slip(slip)
    printer.close()
    filed = simulator.printer.wait_for(Happening.SLIP_CUT).slip
    assert filed is not None
    assert filed.path is not None
    with Image.open(filed.path) as picture:
        return picture.convert("L")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_code_on_the_paper_leads_to_the_follow_page(
    simulator: PrinterSimulator, language: str
) -> None:
    paper = printed(simulator, replace(SLIP, language=language))
    assert [code.text for code in zxingcpp.read_barcodes(paper)] == [FOLLOW_URL]


def test_every_dot_reaches_the_paper(simulator: PrinterSimulator) -> None:
    paper = printed(simulator)
    expected = slip_bitmap(SLIP).convert("L")
    edge = (paper.width - expected.width) // 2
    on_paper = paper.crop((edge, 0, edge + expected.width, expected.height))
    assert ImageChops.difference(on_paper, expected).getbbox() is None
    assert tallest_block(paper.crop((0, 0, paper.width, 500))) == pytest.approx(128, abs=5)


def test_another_number_is_other_ink_in_the_number_only(simulator: PrinterSimulator) -> None:
    first = slip_bitmap(SLIP)
    paper = printed(simulator, replace(SLIP, number="B345"))
    other = paper.crop((32, 0, 32 + 576, first.height))
    box = ImageChops.difference(first.convert("L"), other).getbbox()
    assert box is not None
    left, top, right, bottom = box
    assert right - left > 300
    assert 110 <= bottom - top <= 140


def test_slow_line_layout_is_readable_too(simulator: PrinterSimulator) -> None:
    paper = printed(simulator, layout="text")
    assert [code.text for code in zxingcpp.read_barcodes(paper)] == [FOLLOW_URL]


def test_narrow_paper_of_a_180_dpi_printer(tmp_path: Path) -> None:
    simulator = PrinterSimulator(SimulatedPrinter(dots=512, folder=tmp_path), port=0)
    try:
        paper = printed(simulator, paper_dots=512)
    finally:
        simulator.close()
    assert [code.text for code in zxingcpp.read_barcodes(paper)] == [FOLLOW_URL]


@pytest.mark.picture
def test_the_slip_for_the_readme(
    simulator: PrinterSimulator, picture: Callable[[str], Path]
) -> None:
    paper = printed(simulator)
    path = picture("slip")
    ImageOps.expand(paper.convert("L"), 24, 255).save(path, optimize=True)
    assert path.stat().st_size <= 60_000
    assert zxingcpp.read_barcodes(Image.open(path))[0].text == FOLLOW_URL
