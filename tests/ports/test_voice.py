"""One suite for every voice: the fake, clips, espeak-ng, and one made of several."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.adapters.clip_voice import ClipVoice
from kiosk.adapters.espeak_voice import EspeakVoice
from kiosk.adapters.wav_files import read_wav, write_wav
from kiosk.domain.sound import joined
from kiosk.use_cases.choose_voice import ChooseVoice
from kiosk.use_cases.voice_ports import Voice, VoiceError
from queue_server.domain.speech import call_en, call_vi
from tests.fakes.clip_pack import make_pack, need
from tests.fakes.voices import FakeVoice

SHORT, LONG = call_vi("A1", 1), call_vi("A123", 25)


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_pack(tmp_path_factory.mktemp("packs") / "vi")


@pytest.fixture(params=["fake", "clips", "espeak", "chosen"])
def voice(request: pytest.FixtureRequest) -> Voice:
    """Speaks Vietnamese and nothing else."""
    if request.param == "fake":
        return FakeVoice(("vi",))
    if request.param == "clips":
        return ClipVoice(request.getfixturevalue("pack"))
    need("espeak-ng")
    if request.param == "espeak":
        return EspeakVoice(voices={"vi": "vi"})
    return ChooseVoice([EspeakVoice(voices={}), EspeakVoice(voices={"vi": "vi"})])


def test_it_can_be_heard(voice: Voice) -> None:
    sound = voice.say(LONG, "vi")
    assert 0.5 < sound.seconds < 12
    assert sound.peak > 3000
    assert sound.level > 300


def test_more_words_last_longer(voice: Voice) -> None:
    assert voice.say(LONG, "vi").seconds > 1.2 * voice.say(SHORT, "vi").seconds


def test_the_same_text_sounds_the_same(voice: Voice) -> None:
    assert voice.say(SHORT, "vi") == voice.say(SHORT, "vi")


def test_another_language_is_an_error_of_one_line(voice: Voice) -> None:
    with pytest.raises(VoiceError) as fault:
        voice.say(call_en("A1", 1), "en")
    assert "\n" not in str(fault.value)


def test_clips_come_out_sample_by_sample(pack: Path) -> None:
    names = ["moi-cong-dan-co-so", "chu-a", "so-mot", "den-quay-so", "so-hai"]
    clips = [read_wav(pack / f"{name}.wav") for name in names]
    assert ClipVoice(pack).say(call_vi("A1", 2), "vi") == joined(clips, gap_s=0.06)


def test_a_word_without_a_usable_clip_is_left_to_the_next_voice(tmp_path: Path) -> None:
    pack = make_pack(tmp_path / "vi")
    (pack / "so-hai.wav").write_bytes(b"RIFFnonsense")
    voice = ClipVoice(pack)
    (fault,) = voice.faults
    assert "so-hai.wav: not a WAV" in fault
    with pytest.raises(VoiceError, match="the clip pack lacks: hai"):
        voice.say(call_vi("A2", 1), "vi")
    both = ChooseVoice([voice, EspeakVoice()])
    assert both.say(call_vi("A2", 1), "vi") == EspeakVoice().say(call_vi("A2", 1), "vi")
    assert both.say(call_vi("A1", 1), "vi") == voice.say(call_vi("A1", 1), "vi")


def test_a_clip_at_another_rate_is_left_out(tmp_path: Path) -> None:
    pack = make_pack(tmp_path / "vi")
    sound = read_wav(pack / "so-hai.wav")
    write_wav(pack / "so-hai.wav", type(sound)(8000, sound.samples))
    (fault,) = ClipVoice(pack).faults
    assert "so-hai.wav: wrong sample rate" in fault


def test_without_espeak_the_cure_is_named() -> None:
    with pytest.raises(VoiceError, match="apt-get install espeak-ng"):
        EspeakVoice(program="no-such-espeak").say(SHORT, "vi")


def test_espeak_faults_are_one_line(tmp_path: Path) -> None:
    need("espeak-ng")
    with pytest.raises(VoiceError, match="espeak-ng: ") as fault:
        EspeakVoice(voices={"vi": "nosuch"}).say(SHORT, "vi")
    assert "\n" not in str(fault.value)
    mute = tmp_path / "mute"
    mute.write_text("#!/bin/sh\nexit 0\n")
    mute.chmod(0o755)
    with pytest.raises(VoiceError, match="no sound"):
        EspeakVoice(program=str(mute)).say(SHORT, "vi")
    mute.write_text("#!/bin/sh\ncat\n")
    with pytest.raises(VoiceError, match="not a WAV"):
        EspeakVoice(program=str(mute)).say(SHORT, "vi")


def test_text_is_never_a_shell_or_an_option(tmp_path: Path) -> None:
    need("espeak-ng")
    trap = tmp_path / "trap"
    for text in (f"$(touch {trap})", f"; touch {trap}", f"-w {trap}", f"--phonout={trap}"):
        assert EspeakVoice().say(text, "vi").samples
        assert not trap.exists()


def test_no_voice_at_all_says_so() -> None:
    with pytest.raises(VoiceError, match="no voice is set up"):
        ChooseVoice([]).say(SHORT, "vi")
