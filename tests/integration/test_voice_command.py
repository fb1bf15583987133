"""`motcua voice`: a pack is made, recorded through the real `arecord`, checked and spoken."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from kiosk.adapters.clip_folder import read_prompts
from kiosk.adapters.clip_voice import ClipVoice
from kiosk.adapters.wav_files import read_wav, to_pcm, write_wav
from kiosk.domain.sound import Sound, at_volume, joined, silence
from queue_server.cli.app import motcua, run
from queue_server.domain.speech import call_vi
from tests.alsa_devices import AlsaDevices
from tests.fakes.clip_pack import RATE, make_pack
from tests.fakes.voices import tone

NEW = ("--voice", "Thu", "--licence", "của văn phòng", "--rate", str(RATE))


class Terminal:
    """Types commands and reads what they say."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capsys = capsys
        self._monkeypatch = monkeypatch

    def type(self, *words: str | Path, keys: str = "") -> tuple[int, list[str], list[str]]:
        """Return exit code, standard output and standard error."""
        self._monkeypatch.setattr("sys.stdin", io.StringIO(keys))
        code = run(lambda **more: motcua.main([str(word) for word in words], "motcua", **more))
        said = self._capsys.readouterr()
        return code, said.out.splitlines(), said.err.splitlines()


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    return Terminal(capsys, monkeypatch)


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return make_pack(tmp_path / "vi")


def test_a_new_pack_lists_what_to_record(terminal: Terminal, tmp_path: Path) -> None:
    code, said, _ = terminal.type("voice", "prompts", tmp_path / "vi", *NEW)
    assert code == 0
    assert len(said) == len(read_prompts("vi"))
    assert said[0].split(maxsplit=2) == ["!", "moi-cong-dan-co-so.wav", "mời công dân có số"]
    assert any("chu-b.wav" in line and "(đọc là: bê)" in line for line in said)
    write_wav(tmp_path / "vi" / "chu-b.wav", tone(300, 0.3))
    _, said, _ = terminal.type("voice", "prompts", tmp_path / "vi")
    assert sum(line.startswith("!") for line in said) == len(said) - 1


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("prompts", "{}"), "pack.toml: there is no such file"),
        (("check", "{}"), "pack.toml: there is no such file"),
        (("record", "{}"), "pack.toml: there is no such file"),
        (("prompts", "{}", "--voice", "Thu"), "needs both --voice and --licence"),
        (("prompts", "{}", *NEW, "--language", "xx"), "no prompts for the language 'xx', only en"),
        (("prompts", "{}", *NEW[:5], "12345"), "sample_rate"),
    ],
)
def test_what_cannot_be_used_is_one_line_and_2(
    terminal: Terminal, tmp_path: Path, words: tuple[str, ...], why: str
) -> None:
    folder = tmp_path / "vi"
    code, _, (fault,) = terminal.type("voice", *(word.format(folder) for word in words))
    assert code == 2
    assert why in fault


def test_a_pack_is_never_made_twice(terminal: Terminal, tmp_path: Path) -> None:
    terminal.type("voice", "prompts", tmp_path / "vi", *NEW)
    code, _, (fault,) = terminal.type("voice", "prompts", tmp_path / "vi", *NEW)
    assert code == 2
    assert "is there already" in fault


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_whole_pack_is_fine(terminal: Terminal, tmp_path: Path, language: str) -> None:
    code, (line,), _ = terminal.type("voice", "check", make_pack(tmp_path / "p", language))
    assert code == 0
    assert line.endswith("all usable")


def test_every_fault_of_a_pack_is_one_line(terminal: Terminal, pack: Path) -> None:
    good = read_wav(pack / "so-ba.wav")
    (pack / "so-mot.wav").unlink()
    write_wav(pack / "so-hai.wav", Sound(16000, good.samples))
    write_wav(pack / "so-ba.wav", joined([good, silence(RATE, 4)]))
    write_wav(pack / "so-bon.wav", silence(RATE, 0.4))
    write_wav(pack / "so-nam.wav", at_volume(good, 25))
    (pack / "so-sau.wav").write_bytes(b"MP3")
    code, said, _ = terminal.type("voice", "check", pack)
    assert code == 1
    assert [line.split(":")[0] for line in said] == [
        *("so-mot.wav", "so-hai.wav", "so-ba.wav", "so-ba.wav", "so-bon.wav", "so-sau.wav"),
        "so-nam.wav",
        *("no clip says 'một'", "no clip says 'hai'", "no clip says 'sáu'"),
    ]
    assert said[0] == "so-mot.wav: missing"
    assert said[-1] == "no clip says 'sáu': record it as so-sau.wav"


def test_recording_asks_again_skips_and_makes_a_voice(
    terminal: Terminal, tmp_path: Path, pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    devices = AlsaDevices(tmp_path, monkeypatch)
    spoken = read_wav(pack / "so-hai.wav")
    kept = (pack / "so-hai.wav").stat().st_mtime_ns
    devices.heard_file.write_bytes(to_pcm(joined([silence(RATE, 0.3), spoken, silence(RATE, 1)])))
    for name in ("so-mot.wav", "so-muoi.wav"):
        (pack / name).unlink()
    code, said, _ = terminal.type("voice", "record", pack, "--device", "mic", keys="\ns\n")
    assert code == 0
    assert said[-1].endswith("1 recorded, 1 left out")
    new = read_wav(pack / "so-mot.wav")
    assert new.rate == RATE
    assert new.seconds == pytest.approx(spoken.seconds, abs=0.05), "the silence around is cut off"
    assert (pack / "so-hai.wav").stat().st_mtime_ns == kept, "what was there is not touched"
    assert ClipVoice(pack).say(call_vi("A1", 1), "vi").seconds > 1

    devices.heard_file.write_bytes(to_pcm(silence(RATE, 2)))
    code, said, _ = terminal.type("voice", "record", pack, "--device", "mic", keys="\ns\n")
    assert code == 0
    assert any("so-muoi.wav: silent; once more" in line for line in said)
    assert not (pack / "so-muoi.wav").exists()


def test_a_missing_microphone_is_one_line_and_1(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    AlsaDevices(tmp_path, monkeypatch).unplug()
    terminal.type("voice", "prompts", tmp_path / "vi", *NEW)
    command = ("voice", "record", tmp_path / "vi", "--device", "mic")
    code, _, (fault,) = terminal.type(*command, keys="\n")
    assert code == 1
    assert fault.startswith("motcua: mic: ")
