"""With nothing set, the warning of a time limit is heard from the machine's own loudspeaker."""

from __future__ import annotations

import os
import threading
from contextlib import ExitStack
from pathlib import Path

import pytest

from kiosk.bootstrap.kiosk_sound import make_headset
from kiosk.config.kiosk import SoundSection

PATIENCE_S = 30.0


@pytest.fixture
def aplay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A loudspeaker: it writes how it was asked, and tells by a pipe that it has heard all."""
    heard = tmp_path / "heard"
    os.mkfifo(heard)
    program = tmp_path / "aplay"
    program.write_text(f'#!/bin/sh\nbytes=$(wc -c)\necho "$* $bytes" > {heard}\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    return heard


def test_the_default_warns_by_a_sound_in_the_room(aplay: Path, tmp_path: Path) -> None:
    said: list[str] = []
    listener = threading.Thread(target=lambda: said.append(aplay.read_text()), daemon=True)
    listener.start()
    with ExitStack() as stack:
        headset = make_headset(SoundSection(), tmp_path, stack)
        assert headset is not None
        assert not headset.speaks("vi"), "without a headset nobody is promised a voice"
        headset.chime()
        listener.join(PATIENCE_S)
    (line,) = said
    assert "-D default" in line
    assert int(line.split()[-1]) > 1000, "a tone, not a click"


def test_an_office_may_want_silence(tmp_path: Path) -> None:
    with ExitStack() as stack:
        assert make_headset(SoundSection(room="none"), tmp_path, stack) is None
