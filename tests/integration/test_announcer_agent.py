"""Calls go through a real broker and come out as sound; the proof is the bytes that were played."""

from __future__ import annotations

import logging
import math
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import time
from itertools import pairwise
from pathlib import Path

import pytest

from kiosk.adapters.clip_folder import read_prompts
from kiosk.adapters.espeak_voice import EspeakVoice
from kiosk.adapters.wav_files import read_wav, write_wav
from kiosk.agents.zone_speaker import RATE
from kiosk.domain.clip_words import cover, words_of
from kiosk.domain.sound import Sound, amplitude, at_volume, chime, joined, silence
from queue_server.domain.speech import call_en, call_vi
from tests.announcer_server import WAIT_S, AnnouncerServer
from tests.fakes.clip_ear import recognise
from tests.fakes.clip_pack import make_pack, need
from tests.integration.announcing_office import AnnouncingOffice, write_config
from tests.mqtt_brokers import TestBroker, running_broker

ROUNDED_S = 0.0002  # the diary has four decimals
Open = Callable[..., AnnouncingOffice]
TWO_ZONES = """
[[zones]]
name = "sảnh"
device = "hall"
[[zones]]
name = "lầu 2"
device = "upstairs"
counters = [7, 8]
"""


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_pack(tmp_path_factory.mktemp("packs") / "vi")


@pytest.fixture(scope="module")
def clips(pack: Path) -> dict[str, Sound]:
    found = {prompt.text: read_wav(pack / prompt.file) for prompt in read_prompts("vi")}
    return {**found, "♪": chime(RATE)}


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[TestBroker]:
    with running_broker("mosquitto", tmp_path) as broker:
        yield broker


@pytest.fixture
def open_office(broker: TestBroker, tmp_path: Path, pack: Path) -> Iterator[Open]:
    offices: list[AnnouncingOffice] = []

    def opened(more: str = "", volume: int = 100, **zones: str) -> AnnouncingOffice:
        voices = f'packs = ["{pack}"]\nvolume = {volume}\n'
        offices.append(AnnouncingOffice(tmp_path, broker.port, voices + more, **zones))
        return offices[-1]

    yield opened
    for office in offices:
        office.close()


def sentence(number: str, counter: int) -> list[str]:
    """The clips that must be heard for a call, from the server's own spelling."""
    known = {prompt.words: prompt.text for prompt in read_prompts("vi")}
    return [known[words] for words in cover(words_of(call_vi(number, counter)), known)]


def test_a_call_is_heard_as_chime_and_words_twice(
    open_office: Open, clips: dict[str, Sound]
) -> None:
    office = open_office()
    office.server.call("A012", 3)
    assert office.hall.heard() == chime(RATE)
    first = office.hall.words()
    assert recognise(first, clips) == sentence("A012", 3)
    assert office.hall.words() == first


def test_an_english_ticket_hears_vietnamese_then_english_from_espeak(open_office: Open) -> None:
    office = open_office("repeats = 1")
    office.server.call("B7", 12, language="en")
    office.hall.words()
    assert office.hall.words() == EspeakVoice().say(call_en("B7", 12), "en")


def test_ten_announcements_are_one_after_the_other_and_all_words_are_right(
    open_office: Open, clips: dict[str, Sound], tmp_path: Path
) -> None:
    office = open_office("repeats = 1\nhurry_over = 100\noldest_s = 600", volume=60)
    office.hall.hold()  # they all come at once, as after a break
    calls = [(f"{letter}{100 + 13 * n}", n + 1) for n, letter in enumerate("ABCDEFGHKL")]
    for number, counter in calls:
        office.server.call(number, counter)
    office.hall.go_on.set()
    for _ in calls:
        office.hall.words()
    office.close()

    diary = office.hall.diary()
    assert all(end <= start + ROUNDED_S for (_, end, _), (start, _, _) in pairwise(diary))
    file = tmp_path / "ten.wav"
    write_wav(file, joined([sound for _, _, sound in diary], gap_s=0.1))
    whole = read_wav(file)
    assert whole.seconds == pytest.approx(diary[-1][1] - diary[0][0] + 0.1 * (len(diary) - 1), 0.01)
    softer = {name: at_volume(clip, 60) for name, clip in clips.items()}
    assert recognise(whole, softer) == [
        word for number, counter in calls for word in ("♪", *sentence(number, counter))
    ]


def test_the_volume_of_the_hour_is_in_the_samples(
    open_office: Open, clips: dict[str, Sound]
) -> None:
    spans = '[[volumes]]\nfrom = "11:00"\nto = "12:00"\npercent = 50\n'
    office = open_office("repeats = 1\n", zones=spans + '[[zones]]\nname = "s"\ndevice = "hall"\n')
    office.server.call("A1", 1)
    loud = office.hall.words()
    office.clock.of_day = time(11, 30)
    office.server.call("A1", 1)
    soft = office.hall.words()
    assert soft == at_volume(loud, 50)
    assert 20 * math.log10(loud.level / soft.level) == pytest.approx(10, abs=0.1)
    assert soft.peak == pytest.approx(loud.peak * amplitude(50), abs=1)
    softer = {name: at_volume(clip, 50) for name, clip in clips.items()}
    assert recognise(soft, softer) == sentence("A1", 1)


def test_quiet_hours_are_silent_and_said_nowhere_later(
    open_office: Open, clips: dict[str, Sound]
) -> None:
    quiet = '[[quiet]]\nfrom = "11:30"\nto = "13:00"\n'
    hall = '[[zones]]\nname = "s"\ndevice = "hall"\ncounters = [1, 2]\n'
    office = open_office("repeats = 1\n", zones=quiet + hall)
    office.clock.of_day = time(12)
    office.server.call("A1", 1)
    office.server.call("A2", 99)
    office.server.wait_for_detail(": 99")  # so the call before it has arrived as well
    while not office.clock.asked.empty():
        office.clock.asked.get()
    office.agent.wake()
    assert office.clock.asked.get(timeout=WAIT_S) == time(12)
    office.clock.of_day = time(13)
    office.server.call("B2", 2)
    assert recognise(office.hall.words(), clips)[1:3] == ["B", "hai"]


def test_a_repeated_delivery_is_spoken_once_and_a_recall_again(
    open_office: Open, clips: dict[str, Sound]
) -> None:
    office = open_office("repeats = 1")
    call = office.server.call("A1", 1)
    office.server.call("A1", 1, seq=call.seq)
    office.server.call("B2", 2)
    said = [recognise(office.hall.words(), clips)[1] for _ in range(2)]
    assert said == ["A", "B"]
    office.server.call("B2", 2)
    assert recognise(office.hall.words(), clips)[1] == "B"


def test_a_call_undone_while_it_is_spoken_is_not_repeated(
    open_office: Open, clips: dict[str, Sound]
) -> None:
    hall = '[[zones]]\nname = "s"\ndevice = "hall"\ncounters = [1, 2]\n'
    office = open_office(zones=hall)
    office.hall.hold()
    office.server.call("A1", 1)
    assert office.hall.heard().seconds == chime(RATE).seconds
    office.server.board({1: None, 2: None})
    office.server.call("B2", 2)
    office.server.call("A2", 99)
    office.server.wait_for_detail(": 99")  # so all that was sent before it has arrived as well
    office.hall.go_on.set()
    assert recognise(office.hall.words(), clips)[1] == "B"


def test_each_zone_speaks_its_counters_and_none_waits_for_another(
    open_office: Open, clips: dict[str, Sound]
) -> None:
    office = open_office("repeats = 1", zones=TWO_ZONES)
    office.hall.hold()
    office.server.call("A1", 1)
    office.server.call("B2", 7)
    upstairs = office.speakers["upstairs"]
    assert recognise(upstairs.words(), clips) == sentence("B2", 7)
    office.hall.go_on.set()
    assert recognise(office.hall.words(), clips) == sentence("A1", 1)
    office.close()
    assert upstairs.tried.empty()


def test_a_counter_without_a_zone_is_named_to_the_office(open_office: Open) -> None:
    office = open_office(zones='[[zones]]\nname = "lầu 2"\ndevice = "hall"\ncounters = [7]\n')
    office.server.call("A1", 1)
    office.server.wait_for_detail("Quầy chưa có loa / counter without a speaker zone: 1")


def test_a_lost_call_is_logged(open_office: Open, caplog: pytest.LogCaptureFixture) -> None:
    office = open_office("repeats = 1")
    office.server.board({1: None}, calls=(1,))
    call = office.server.call("A1", 1)
    with caplog.at_level(logging.WARNING, logger="kiosk.agents.announcer"):
        office.server.board({1: "A1"}, calls=(call.seq, call.seq - 3))
        office.server.call("B2", 2)
        office.hall.words()
        office.hall.words()
    assert [record.getMessage() for record in caplog.records] == [
        f"1 call(s) never arrived here and were not spoken: [{call.seq - 3}]"
    ]


@pytest.mark.fault
def test_a_lost_loudspeaker_is_told_and_old_calls_are_not_spoken_when_it_is_back(
    open_office: Open, clips: dict[str, Sound]
) -> None:
    office = open_office("repeats = 1")
    office.server.call("A1", 1)
    office.hall.words()
    gone = office.hall.folder.with_name("gone")
    office.hall.folder.rename(gone)
    office.server.call("B2", 2)
    office.server.wait_for_detail("Loa không phát, xem dây và nguồn / speaker silent")
    office.clock.pass_by(61)
    office.server.call("C3", 3)
    gone.rename(office.hall.folder)
    office.clock.pass_by(6)
    office.agent.wake()
    office.server.wait_for_detail(None)
    assert recognise(office.hall.words(), clips)[1] == "C"


@pytest.mark.fault
def test_a_loudspeaker_missing_at_the_start_is_told_and_found_without_any_call(
    open_office: Open,
) -> None:
    office = open_office(zones='[[zones]]\nname = "lầu 2"\ndevice = "away/hall"\n')
    office.server.wait_for_detail("check cable and power: lầu 2")
    speaker = office.speakers["away/hall"]
    speaker.folder.mkdir(parents=True)
    office.clock.pass_by(6)
    office.agent.wake()
    office.server.wait_for_detail(None)
    assert [sound.peak for _, _, sound in speaker.diary()] == [0]


@pytest.mark.fault
def test_without_any_voice_the_chime_still_sounds_and_the_office_knows(
    broker: TestBroker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    office = AnnouncingOffice(tmp_path, broker.port)
    try:
        office.server.wait_for_detail("espeak-ng is not installed: apt-get install espeak-ng")
        office.server.call("A1", 1)
        office.server.call("B2", 2)
        for _ in range(2):
            while not office.hall.heard().peak:
                pass
        office.close()
        heard = [sound.seconds for _, _, sound in office.hall.diary() if sound.peak]
        assert heard == [chime(RATE).seconds] * 2
    finally:
        office.close()


@pytest.mark.fault
def test_the_broker_may_leave_and_come_back(
    open_office: Open, broker: TestBroker, clips: dict[str, Sound]
) -> None:
    office = open_office("repeats = 1")
    office.server.call("A1", 1)
    office.hall.words()
    office.server.stop()
    broker.kill()
    broker.start()
    office.server.start()
    office.server.wait_online()
    office.server.call("B2", 2)
    assert recognise(office.hall.words(), clips)[1] == "B"


def test_closing_says_goodbye_and_leaves_no_thread(open_office: Open) -> None:
    office = open_office()
    office.agent.close()
    office.server.wait_for_detail("switched off")
    names = {thread.name for thread in threading.enumerate()}
    assert names.isdisjoint({"zone sảnh", "mqtt", "heartbeat"})


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_the_process_speaks_until_it_is_asked_to_stop(
    broker: TestBroker, tmp_path: Path, how: signal.Signals
) -> None:
    need("espeak-ng")
    sound = tmp_path / "sound"
    sound.mkdir()
    zones = f'[[zones]]\nname = "s"\ndevice = "disk:{sound}"\n'
    config = write_config(tmp_path, broker.port, "", zones)
    server = AnnouncerServer(broker.port)
    server.start()
    process = subprocess.Popen(
        [sys.executable, "-m", "queue_server", "announcer", "--config", str(config)]
    )
    server.wait_online()
    process.send_signal(how)
    assert process.wait(WAIT_S) == 0
    server.wait_for_detail("switched off")
    server.stop()
    assert read_wav(sound / "00001.wav").samples == silence(RATE, 0.05).samples
