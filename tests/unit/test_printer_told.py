"""What a printer answers reaches staff: early when paper is low, each fault in words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

import pytest

from kiosk.adapters.mqtt_presence import MqttPresence
from kiosk.bootstrap.kiosk_parts import report_printer
from kiosk.use_cases.ports import PaperState, PrinterFault, PrinterStatus
from queue_server.contracts.messages import Paper

WORDS = Path(__file__).parents[2] / "queue_server" / "web" / "words" / "words.json"


class Told:
    """Stands for the kiosk's presence on MQTT and keeps what is reported."""

    def __init__(self) -> None:
        self.said: list[dict[str, Any]] = []

    def report(self, **what: Any) -> None:
        self.said.append(what)


def told(status: PrinterStatus) -> dict[str, Any]:
    presence = Told()
    report_printer(cast("MqttPresence", presence), None, status)
    (said,) = presence.said
    return said


@pytest.mark.parametrize("fault", list(PrinterFault))
def test_each_fault_is_told_and_the_board_has_words_for_it(fault: PrinterFault) -> None:
    paper = PaperState.OUT if fault is PrinterFault.PAPER_OUT else PaperState.OK
    said = told(PrinterStatus(paper, fault))
    assert (said["printer"], said["paper"]) == (fault.value, Paper(paper.value))
    words = json.loads(WORDS.read_text(encoding="utf-8"))
    key = "paper_out" if fault is PrinterFault.PAPER_OUT else f"printer_{fault.value}"
    assert words[key]["vi"]
    assert words[key]["en"]


def test_low_paper_is_told_while_everything_still_prints() -> None:
    said = told(PrinterStatus(PaperState.NEAR_END))
    assert (said["printer"], said["paper"]) == ("ready", Paper.NEAR_END)
    assert json.loads(WORDS.read_text(encoding="utf-8"))["paper_near_end"]["vi"] == "sắp hết giấy"


def test_staff_hear_of_the_first_printer_while_the_second_one_prints() -> None:
    said = told(PrinterStatus(PaperState.OK, broken=PrinterFault.JAM))
    assert (said["printer"], said["detail"]) == ("jam", "second printer in use")
