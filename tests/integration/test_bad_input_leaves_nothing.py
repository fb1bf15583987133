"""Thousands of bad inputs leave no object behind: topics, printer, keypad, card, files.

What is counted are the interpreter's own blocks of memory. One object kept for every third input
would be found; the pages of the process over HTTP are in `tests/fault/test_no_growth.py`.
"""

from __future__ import annotations

import gc
import json
import random
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from kiosk.adapters.escpos_printer import EscposSlipPrinter, Manners
from kiosk.adapters.identity_file import read_identity_facts
from kiosk.domain.card import card_facts
from kiosk.domain.keypad_line import KeypadLines
from kiosk.domain.scan import understood
from kiosk.domain.scan_lines import ScanLines
from queue_server.adapters.mqtt_inbound import FAULTS_KEPT
from queue_server.adapters.ticket_log import TicketLogError, read_day
from queue_server.config.catalogue_sheet import COLUMNS, read_sheet
from queue_server.config.key_map_file import default_key_map, read_key_map
from queue_server.contracts import topics
from queue_server.contracts.config_file import ConfigError
from tests.fakes.ticket_logs import HEADER
from tests.integration.mqtt_scene import Scene, needs_mosquitto
from tests.integration.office_brokers import OFFICE
from tests.integration.test_mqtt_fuzz import KINDS, TOPICS, is_served

WARM, MORE, MORE_FILES = 300, 3000, 1000
KEPT_OF = 3
CARD = "001190000001|012345678|NGUYỄN THỊ THỬ|01021990|Nữ|Số 1, thôn Đông, xã Mẫu|01012021\r"
BESIDE = 800
"""Messages on their way at a time: fewer than a broker keeps for one who reads slowly. After them
somebody takes a number, which does stay."""

Door = Callable[[random.Random, Path], Callable[[], object]]


def left_by(take: Callable[[], object], count: int) -> int:
    """How many blocks there are more after so many inputs than after the first ones."""
    for _ in range(WARM):
        take()
    gc.collect()
    before = sys.getallocatedblocks()
    for _ in range(count):
        take()
    gc.collect()
    return sys.getallocatedblocks() - before


def torn(dice: random.Random, good: bytes) -> bytes:
    """Noise, or something right with a few wrong bytes and a lost end."""
    if dice.random() < 0.3:
        return dice.randbytes(dice.randrange(1, 200))
    spoilt = bytearray(good)
    for _ in range(dice.randrange(1, 4)):
        spoilt[dice.randrange(len(spoilt))] = dice.randrange(256)
    return bytes(spoilt[: dice.randrange(1, len(spoilt) + 1)])


class NoisyLink:
    """A cable on which anything may come back."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice

    def open(self) -> None: ...

    def close(self) -> None: ...

    def send(self, data: bytes) -> None:
        if self._dice.random() < 0.1:
            raise OSError(f"{len(data)} bytes were not taken")

    def listen(self, timeout_s: float) -> bytes:  # noqa: ARG002 - the answer is there at once
        return self._dice.randbytes(self._dice.randrange(1, 30))


def escpos(dice: random.Random, _folder: Path) -> Callable[[], object]:
    manners = Manners(reply_timeout_s=0.0005, keep_open=True)
    return EscposSlipPrinter(NoisyLink(dice), lambda _slip: b"", manners).status


def keypad(dice: random.Random, _folder: Path) -> Callable[[], object]:
    lines = KeypadLines()
    return lambda: lines.feed(torn(dice, b"K 12#\nK A 2A\n"))


def card(dice: random.Random, _folder: Path) -> Callable[[], object]:
    lines, facts, today = ScanLines(), read_identity_facts(), date(2026, 11, 27)

    def scan() -> None:
        for text in lines.feed(torn(dice, CARD.encode())):
            understood(text, facts, today)
            card_facts(text, facts, today)

    return scan


def catalogue(dice: random.Random, _folder: Path) -> Callable[[], object]:
    good = f"{','.join(COLUMNS)}\n2.000815,CT,Sao y,Copy,2026,guided,nationwide,2000\n".encode()
    return lambda: read_sheet(torn(dice, good).decode("utf-8", "replace"), ("CT",))


def log(dice: random.Random, folder: Path) -> Callable[[], object]:
    path = folder / "log.csv"
    good = f"{HEADER}\nW,CT,2026-03-02,1,480.5,490,,,,,\nW,CT,2026-03-02,2,x,,,,,,\n".encode()

    def read() -> None:
        path.write_bytes(torn(dice, good))
        with suppress(TicketLogError):
            read_day(path)

    return read


def key_map(dice: random.Random, folder: Path) -> Callable[[], object]:
    path, good = folder / "keys.toml", default_key_map().read_bytes()

    def read() -> None:
        path.write_bytes(torn(dice, good))
        with suppress(ConfigError):
            read_key_map(path)

    return read


@pytest.mark.parametrize(
    ("door", "count"),
    [
        (escpos, MORE),
        (keypad, MORE),
        (card, MORE),
        (catalogue, MORE),
        (log, MORE_FILES),
        (key_map, MORE_FILES),
    ],
)
def test_nothing_stays_of_what_could_not_be_used(door: Door, count: int, tmp_path: Path) -> None:
    assert left_by(door(random.Random(9), tmp_path), count) < count // KEPT_OF


def test_a_door_that_keeps_two_in_five_would_be_found() -> None:
    kept: list[object] = []
    dice = random.Random(9)
    left = left_by(lambda: dice.random() < 0.4 and kept.append([dice.random()]), MORE)
    assert left > MORE // KEPT_OF


@pytest.mark.parametrize("scene", [pytest.param("mosquitto", marks=needs_mosquitto)], indirect=True)
def test_nothing_stays_of_nonsense_on_topics(scene: Scene) -> None:
    scene.started().close()  # or it would gather every board
    kiosk, sender, dice = scene.kiosk(), scene.stranger(), random.Random(9)
    good = [json.dumps({**kind, "id": None}).encode() for kind in KINDS]

    def say(count: int) -> None:
        for number in range(count):
            someone = topics.kiosk_request(OFFICE, f"nobody-{dice.randrange(10**9)}")
            topic = someone if dice.random() < 0.5 else dice.choice(TOPICS)
            told = sender.client.publish(topic, torn(dice, dice.choice(good)), 1)
            if number % BESIDE == 0:
                told.wait_for_publish(60)
                assert is_served(kiosk, f"{dice.random()}")
        told.wait_for_publish(60)
        assert is_served(kiosk, f"{dice.random()}")

    # Once so many names were noted that all further ones count as one.
    say(FAULTS_KEPT * 2 + WARM)
    scene.office.writer.submitted.clear()
    gc.collect()
    before = sys.getallocatedblocks()
    say(MORE)
    scene.office.writer.submitted.clear()
    gc.collect()
    assert sys.getallocatedblocks() - before < MORE // KEPT_OF
    assert len(scene.office.bridge.faults) <= FAULTS_KEPT + len(TOPICS)
