"""`announcer.toml`: the delivered example is valid, and each fault is one line with its cure."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest

from kiosk.bootstrap.announcer import run
from kiosk.config.announcer import AnnouncerConfig, read_announcer_config
from queue_server.contracts.config_file import ConfigError

EXAMPLE = Path(__file__).parents[2] / "firmware_configs" / "announcer" / "announcer.toml"
HEAD = 'office = "ward"\ncredentials = "c.json"\n'
ZONE = '[[zones]]\nname = "sảnh"\n'


def test_the_example_says_the_defaults() -> None:
    found = read_announcer_config(EXAMPLE)
    least = AnnouncerConfig.model_validate(
        {"office": "ward", "credentials": "c", "zones": [{"name": "z"}]}
    )
    same = {"repeats", "hurry_over", "oldest_s", "chime", "packs", "volume", "mqtt", "espeak"}
    assert found.model_dump(include=same) == least.model_dump(include=same)
    assert found.credentials == EXAMPLE.parent / "credentials" / "announcer-1.json"
    assert [found.hours.percent(time(h)) for h in (5, 7, 12, 18)] == [0, 100, 80, 0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (HEAD, "zones"),
        (HEAD + "volumen = 3\n" + ZONE, "unknown key 'volumen'; did you mean 'volume'?"),
        (HEAD + "volume = 101\n" + ZONE, "volume"),
        (HEAD + "repeats = 0\n" + ZONE, "repeats"),
        (HEAD + ZONE + '[[quiet]]\nfrom = "7:00"\nto = "08:00"\n', "quiet.0.from"),
        (HEAD + ZONE + '[[quiet]]\nfrom = "07:00"\nto = "07:00"\n', "is no time at all"),
        (HEAD + ZONE + ZONE, "two zones have the name 'sảnh'"),
        (HEAD + ZONE + '[[zones]]\nname = "b"\n', "two zones have the device 'default'"),
        (
            HEAD + ZONE + '[[zones]]\nname = "b"\ndevice = "hw:1"\n',
            "only one zone may have no 'counters'",
        ),
        (
            HEAD
            + ZONE
            + 'counters = [1]\n[[zones]]\nname = "b"\ndevice = "h"\ncounters = [2, 1]\n',
            "two zones have the counter '1'",
        ),
        (HEAD + ZONE + '[espeak.voices]\nvi = "vi; rm"\n', "espeak.voices.vi"),
    ],
)
def test_faults_are_named(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "announcer.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as fault:
        read_announcer_config(file)
    assert words in str(fault.value)
    assert "\n" not in str(fault.value)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ("", "there is no such credentials file"),
        ('packs = ["nowhere"]\n', "nowhere/pack.toml: there is no such file"),
        (None, "there is no folder /no/such"),
    ],
)
def test_unusable_settings_end_with_2_and_one_line(
    tmp_path: Path, more: str | None, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "announcer.toml"
    if more != "":
        (tmp_path / "c.json").write_text('{"id": "a", "role": "announcer", "secret": "s"}')
    zone = ZONE + ('device = "disk:/no/such"\n' if more is None else "")
    file.write_text(HEAD + (more or "") + zone, encoding="utf-8")
    assert run(file) == 2
    said = capsys.readouterr()
    assert words in said.err
    assert (said.err.count("\n"), said.out) == (1, "")
