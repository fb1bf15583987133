"""One suite for every way from the server: the fake, and MQTT over both brokers."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest
from pydantic import SecretStr

from kiosk.adapters.mqtt_calls_link import MqttCallsLink
from kiosk.adapters.mqtt_presence import BrokerAddress
from kiosk.config.credentials import Credentials
from kiosk.domain.spoken_call import OfficeNow, SpokenCall
from kiosk.domain.words import Words
from kiosk.use_cases.voice_ports import CallsLink
from queue_server.contracts import topics
from queue_server.domain.speech import call_en, call_vi
from tests.announcer_server import DEVICE, OFFICE, WAIT_S, AnnouncerServer
from tests.fakes.voices import FakeCallsLink
from tests.mqtt_brokers import running_broker


class Rig(Protocol):
    link: CallsLink

    def up(self) -> None:
        """Let the link come up, once it is started."""

    def call(self, number: str, counter: int, language: str) -> None: ...

    def board(self, called: dict[int, str | None]) -> None: ...

    def detail(self, words: str | None) -> None:
        """Wait until the office reads these words."""


class FakeRig:
    def __init__(self) -> None:
        self.link = FakeCallsLink()

    def up(self) -> None:
        self.link.link(up=True)

    def call(self, number: str, counter: int, language: str) -> None:
        speech = Words(call_vi(number, counter), call_en(number, counter))
        self.link.hear(SpokenCall(10, number, counter, language, speech))

    def board(self, called: dict[int, str | None]) -> None:
        self.link.look(OfficeNow(1, called, frozenset()))

    def detail(self, words: str | None) -> None:
        self.link.wait_for(words or "")


class MqttRig:
    def __init__(self, port: int) -> None:
        self.server = AnnouncerServer(port)
        self.server.start()
        self.link = MqttCallsLink(
            BrokerAddress("127.0.0.1", port, OFFICE, 0.02),
            Credentials(id=DEVICE, role="announcer", secret=SecretStr("s")),
            {"motcua": "1"},
        )

    def up(self) -> None:
        self.server.wait_online()

    def call(self, number: str, counter: int, language: str) -> None:
        self.server.call(number, counter, language=language)

    def board(self, called: dict[int, str | None]) -> None:
        self.server.board(called)

    def detail(self, words: str | None) -> None:
        self.server.wait_for_detail(words)


class Ears:
    """Keeps what a link tells."""

    def __init__(self) -> None:
        self.calls: queue.Queue[SpokenCall] = queue.Queue()
        self.offices: queue.Queue[OfficeNow] = queue.Queue()
        self.links: queue.Queue[bool] = queue.Queue()

    def listen(self, link: CallsLink) -> None:
        link.start(self.calls.put, self.offices.put, self.links.put)


@pytest.fixture(params=["fake", "mosquitto", "amqtt"])
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    if request.param == "fake":
        yield FakeRig()
        return
    with running_broker(request.param, tmp_path) as broker:
        rig = MqttRig(broker.port)
        yield rig
        rig.server.stop()


@pytest.fixture
def ears(rig: Rig) -> Iterator[Ears]:
    ears = Ears()
    ears.listen(rig.link)
    rig.up()
    assert ears.links.get(timeout=WAIT_S)
    yield ears
    rig.link.close()


def test_a_call_arrives_with_its_words(rig: Rig, ears: Ears) -> None:
    rig.call("A012", 3, "en")
    call = ears.calls.get(timeout=WAIT_S)
    assert (call.number, call.counter, call.language) == ("A012", 3, "en")
    assert call.speech == Words(call_vi("A012", 3), call_en("A012", 3))


def test_the_board_says_who_is_called_where(rig: Rig, ears: Ears) -> None:
    rig.board({3: "A012", 4: None})
    office = ears.offices.get(timeout=WAIT_S)
    assert (office.seq, dict(office.called)) == (1, {3: "A012", 4: None})


def test_the_office_reads_what_is_wrong(rig: Rig, ears: Ears) -> None:
    assert ears.calls.empty()
    rig.link.report("loa hỏng")
    rig.detail("loa hỏng")
    rig.link.report("")
    rig.detail(None)


def test_messages_that_nobody_understands_change_nothing(tmp_path: Path) -> None:
    with running_broker("mosquitto", tmp_path) as broker:
        rig, ears = MqttRig(broker.port), Ears()
        ears.listen(rig.link)
        rig.up()
        rig.server.publish(topics.calls(OFFICE), "{not json")
        rig.server.publish(topics.board(OFFICE), '{"v": 1}')
        rig.call("A013", 4, "vi")
        assert ears.calls.get(timeout=WAIT_S).number == "A013"
        assert ears.offices.empty()
        rig.link.report("x" * 500)
        rig.detail("x" * 200)
        rig.link.close()
        rig.server.stop()
