"""Print is read by the real tesseract with its Vietnamese: what it proposes, and how it fails."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from kiosk.adapters.opencv_pages import OpencvPages
from kiosk.adapters.tesseract_text import TesseractText
from kiosk.domain.paper_text import likely_paper, proposals
from kiosk.use_cases.scan_ports import Picture, TextFault, TextReader
from tests.fakes.paper_people import ASKED, printed_person
from tests.fakes.paper_scenes import Pixels, Scene, paper, photographed

PEOPLE = 3
PATIENT_S = 120.0
"""It gives way to everything else, so on a loaded machine it takes long."""
SMALL = np.full((300, 200, 3), 250, np.uint8)


@pytest.fixture(scope="module")
def reader() -> TextReader:
    try:
        return TesseractText(within_s=PATIENT_S)
    except TextFault as absent:
        pytest.skip(str(absent))


def straight(page: Pixels, scene: Scene) -> Picture:
    """As a kiosk's camera sees it, straightened."""
    found = OpencvPages().page(photographed(page, scene)[0])
    assert found is not None
    return found.straight


def test_most_answers_are_read_letter_by_letter_and_hardly_one_is_wrong(
    reader: TextReader,
) -> None:
    seen: Counter[str] = Counter()
    for seed in range(PEOPLE):
        person = printed_person(seed)
        lines = reader.lines(straight(paper(person.lines), Scene(seed=seed)))
        said = proposals(lines, ASKED)
        seen["right"] += sum(said.get(name) == value for name, value in person.facts.items())
        seen["wrong"] += sum(said.get(name, value) != value for name, value in person.facts.items())
        names = ("Giấy xác nhận thông tin về cư trú", "Giấy chứng sinh")
        assert likely_paper(lines, names) == names[0]
    assert seen["right"] >= PEOPLE * len(ASKED) * 0.6
    assert seen["wrong"] <= PEOPLE


def test_what_nobody_can_read_proposes_nothing(reader: TextReader) -> None:
    page = paper(printed_person(1).lines)
    assert proposals(reader.lines(straight(page, Scene(blur=7, seed=2))), ASKED) == {}
    assert reader.lines(straight(paper(()), Scene())) == ()


def program(folder: Path, what: str) -> str:
    """A stand-in for the program: it knows Vietnamese, and then does this."""
    path = folder / "reader"
    languages = "printf 'List (2):\\neng\\nvie\\n'"
    path.write_text(
        f'#!/bin/sh\nif [ "$1" = --list-langs ]; then {languages}; exit 0; fi\n{what}\n'
    )
    path.chmod(0o700)
    return str(path)


@pytest.mark.parametrize(
    "what", ["echo '001190000001' >&2; exit 1", "kill -9 $$", "cat > /dev/null; exit 3"]
)
def test_a_reader_that_fails_says_so_without_a_word_of_the_paper(tmp_path: Path, what: str) -> None:
    if shutil.which("nice") is None:
        pytest.skip("there is no nice on this machine")
    with pytest.raises(TextFault) as fault:
        TesseractText(program(tmp_path, what)).lines(SMALL)
    assert str(fault.value) == "tesseract: CalledProcessError"


def test_a_reader_that_says_rubbish_reads_nothing(tmp_path: Path) -> None:
    said = "cat > /dev/null; printf 'level\\ttext\\n\\377\\376\\tx\\n5\\t\\n'"
    assert TesseractText(program(tmp_path, said)).lines(SMALL) == ()


def test_a_machine_without_it_is_told_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(TextFault, match="tesseract-ocr-vie"):
        TesseractText("no-such-reader")
    mute = tmp_path / "mute"
    mute.write_text("#!/bin/sh\nprintf 'List (1):\\neng\\n'\n")
    mute.chmod(0o700)
    with pytest.raises(TextFault, match="tesseract-ocr-vie"):
        TesseractText(str(mute))
