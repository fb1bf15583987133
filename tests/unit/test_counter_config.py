"""`counter.toml`: the delivered example is valid, and each fault is one line with its cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.bootstrap.counter import run
from kiosk.config.counter import read_counter_config
from kiosk.domain.counter_sign import REMARK_TEXTS
from queue_server.contracts.config_file import ConfigError

EXAMPLE = Path(__file__).parents[2] / "firmware_configs" / "counter" / "counter.toml"
HEAD = 'office = "ward"\ncounter = 3\ncredentials = "c.json"\n'
KEYPAD = '[keypad]\npath = "/dev/k"\n'
DISPLAY = '[display]\npath = "/dev/d"\n'


def test_the_example_says_the_defaults() -> None:
    settings = read_counter_config(EXAMPLE)
    assert settings.texts == REMARK_TEXTS
    assert settings.credentials == EXAMPLE.parent / "credentials" / "counter-3.json"
    assert settings.display is not None
    assert settings.display.registers is not None
    assert settings.display.model_dump(exclude={"family", "path"}) == {
        "baud": 9600,
        "address": 1,
        "width": 4,
        "registers": {"first": 0, "digits_each": 1, "function": 16},
    }


def test_own_remarks_replace_only_what_they_name(tmp_path: Path) -> None:
    file = tmp_path / "counter.toml"
    file.write_text(HEAD + KEYPAD + '[remarks]\nserver_away = "OFF"\n', encoding="utf-8")
    texts = read_counter_config(file).texts
    assert {remark.value for remark in texts if texts[remark] != REMARK_TEXTS[remark]} == {
        "server_away"
    }


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (HEAD, "name a [keypad], a [display], or both"),
        (HEAD + KEYPAD + "bauds = 9600\n", "unknown key 'keypad.bauds'; did you mean 'baud'?"),
        (HEAD + KEYPAD + "baud = 9601\n", "keypad.baud"),
        (HEAD + KEYPAD + 'kind = "evdev"\nbaud = 9600\n', "'baud' belongs to kind = \"serial\""),
        (HEAD + KEYPAD + 'keys = "n.toml"\n', "'keys' belongs to kind = \"evdev\""),
        (HEAD.replace("3", "0") + KEYPAD, "counter"),
        (HEAD + DISPLAY + 'family = "vga"\n', "display.family"),
        (HEAD + DISPLAY + 'family = "modbus"\naddress = 0\n', "from 1 to 247"),
        (HEAD + DISPLAY + 'family = "ascii"\naddress = 100\n', "from 0 to 99"),
        (HEAD + DISPLAY + 'family = "ascii"\n[display.registers]\n', "'registers' belongs to"),
        (HEAD + KEYPAD + '[remarks]\nserver_away = "mất"\n', "remarks.server_away"),
    ],
)
def test_faults_are_named(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "counter.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as fault:
        read_counter_config(file)
    assert words in str(fault.value)
    assert str(file) in str(fault.value)
    assert "\n" not in str(fault.value)


def test_a_numpads_own_keys_lie_beside_the_settings(tmp_path: Path) -> None:
    file = tmp_path / "counter.toml"
    file.write_text(HEAD + KEYPAD + 'kind = "evdev"\nkeys = "n.toml"\n', encoding="utf-8")
    keypad = read_counter_config(file).keypad
    assert keypad is not None
    assert keypad.keys == tmp_path / "n.toml"


@pytest.mark.parametrize("text", ["office = 1", HEAD + KEYPAD])
def test_unusable_settings_end_with_2_and_one_line(
    tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "counter.toml"
    file.write_text(text, encoding="utf-8")
    assert run(file) == 2
    said = capsys.readouterr()
    assert said.err.count("\n") == 1
    assert said.out == ""
