"""A clerk of the real office calls and undoes; the announcer says it, and stops saying it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from kiosk.adapters.espeak_voice import EspeakVoice
from kiosk.agents.announcer import AnnouncerAgent
from kiosk.agents.zone_speaker import RATE, Clocks
from kiosk.bootstrap.announcer import start
from kiosk.config.announcer import read_announcer_config
from kiosk.domain.sound import chime
from queue_server.bootstrap import RunningOffice
from queue_server.contracts import topics
from queue_server.domain.speech import call_en, call_vi
from tests.e2e.test_citizen_clerk_board import Device
from tests.fakes.clip_pack import need
from tests.fakes.offices import running, signed_in
from tests.integration.announcing_office import Loudspeaker, Time

WAIT_S = 40
HOMELESS = 3
"""A counter without a zone: its call reaches the announcer and changes nothing but its status."""


class Hall:
    """The announcer of the ward, with its own credentials on the embedded broker."""

    def __init__(self, office: RunningOffice, folder: Path) -> None:
        clock = Time()
        self.speaker = Loudspeaker(folder / "hall", clock)
        config = folder / "announcer.toml"
        credentials = office.settings.data / "credentials" / "announcer-1.json"
        config.write_text(
            f'office = "{office.settings.file.office.id}"\ncredentials = "{credentials}"\n'
            f'volume = 100\nmqtt.host = "{office.broker.host}"\nmqtt.port = {office.broker.port}\n'
            '[[zones]]\nname = "sảnh"\ncounters = [1, 2]\n',
            encoding="utf-8",
        )
        self.agent: AnnouncerAgent = start(
            read_announcer_config(config),
            clocks=Clocks(clock.now, clock.at),
            devices=lambda _name: self.speaker,
        )


class Manager:
    """Reads the live board until the announcer on it is as wanted."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def wait_for(self, wanted: Callable[[dict[str, Any]], bool]) -> None:
        with self._client.stream("GET", "/board/stream", timeout=WAIT_S) as response:
            for line in response.iter_lines():
                if line.startswith('data: {"seq"'):
                    devices = json.loads(line[6:])["devices"]
                    if wanted(next(d for d in devices if d["id"] == "announcer-1")):
                        return
        raise AssertionError("the board ended")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[RunningOffice]:
    need("espeak-ng")
    with running(tmp_path / "ward") as found:
        yield found


@pytest.fixture
def hall(office: RunningOffice, tmp_path: Path) -> Iterator[Hall]:
    hall = Hall(office, tmp_path)
    yield hall
    hall.agent.close()


def take_numbers(office: RunningOffice, languages: tuple[str, ...]) -> list[str]:
    with signed_in(office, "kiosk-1") as kiosk:
        return [
            kiosk.post(
                "/tickets",
                json={"service": "CT", "language": language},
                headers={"Idempotency-Key": f"touch-{turn}"},
            ).json()["number"]
            for turn, language in enumerate(languages)
        ]


def at_counter_2(body: dict[str, Any]) -> str | None:
    """The number there, on a board."""
    number: str | None = body["board"]["counters"][1]["ticket"]
    return number


def test_a_call_is_spoken_and_an_undone_one_is_not_repeated(
    office: RunningOffice, hall: Hall
) -> None:
    say = EspeakVoice().say
    display = Device(office, "display-1", topics.board(office.settings.file.office.id))
    with signed_in(office) as clerk, signed_in(office, "board-1") as board:
        manager = Manager(board)
        manager.wait_for(lambda announcer: announcer["online"])
        english, undone, again = take_numbers(office, ("en", "vi", "vi"))

        clerk.post("/counters/1/call-next").raise_for_status()
        assert hall.speaker.heard() == chime(RATE)
        for _ in range(2):
            assert hall.speaker.words() == say(call_vi(english, 1), "vi")
            assert hall.speaker.words() == say(call_en(english, 1), "en")

        hall.speaker.hold()
        clerk.post("/counters/2/call-next").raise_for_status()
        assert hall.speaker.heard() == chime(RATE)
        display.until(lambda body: at_counter_2(body) == undone)
        clerk.post("/counters/2/undo").raise_for_status()
        display.until(lambda body: at_counter_2(body) is None)
        # What is called after that board reaches the announcer after that board.
        clerk.post(f"/counters/{HOMELESS}/call-next").raise_for_status()
        manager.wait_for(lambda announcer: str(HOMELESS) in (announcer["detail"] or ""))
        clerk.post("/counters/2/call-next").raise_for_status()
        hall.speaker.go_on.set()
        assert hall.speaker.words() == say(call_vi(again, 2), "vi")
    display.close()
