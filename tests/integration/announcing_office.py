"""An announcer with a real broker, real voices and loudspeakers that file what they play."""

from __future__ import annotations

import csv
import json
import queue
import threading
from datetime import time
from pathlib import Path

from kiosk.adapters.disk_audio import DiskAudio
from kiosk.adapters.wav_files import read_wav
from kiosk.agents.announcer import AnnouncerAgent
from kiosk.agents.zone_speaker import RATE, Clocks
from kiosk.bootstrap.announcer import start
from kiosk.config.announcer import read_announcer_config
from kiosk.domain.sound import Sound, chime
from kiosk.use_cases.voice_ports import AudioError
from tests.announcer_server import DEVICE, OFFICE, WAIT_S, AnnouncerServer

PLAIN_ZONE = '[[zones]]\nname = "sảnh"\ndevice = "hall"\n'
CHIME_S = chime(RATE).seconds
# Shorter or softer than any word: the silence between and before them.
SHORTEST_WORD_S = 0.06


class Time:
    """Passes while something plays, or when a test says so."""

    def __init__(self) -> None:
        self._now = 1000.0
        self._lock = threading.Lock()
        self.of_day = time(10)
        self.asked: queue.Queue[time] = queue.Queue()

    def now(self) -> float:
        with self._lock:
            return self._now

    def at(self) -> time:
        self.asked.put(self.of_day)
        return self.of_day

    def pass_by(self, seconds: float) -> None:
        with self._lock:
            self._now += seconds


class Loudspeaker:
    """A folder that tells what it took; a test may hold it up in the middle of a sound."""

    def __init__(self, folder: Path, clock: Time) -> None:
        if folder.parent.is_dir():  # else it is one that is not plugged in
            folder.mkdir(exist_ok=True)
        self.folder = folder
        self.tried: queue.Queue[Sound] = queue.Queue()
        self.failed: queue.Queue[str] = queue.Queue()
        self.go_on = threading.Event()
        self.go_on.set()
        self._tried_once = threading.Event()
        self._clock = clock
        self._disk = DiskAudio(folder, now=clock.now, wait=self._pass_by)

    def play(self, sound: Sound) -> None:
        try:
            self._disk.play(sound)
        except AudioError as fault:
            self.failed.put(str(fault))
            raise

    def close(self) -> None:
        self.go_on.set()
        self._disk.close()

    def _pass_by(self, seconds: float) -> None:
        files = sorted(self.folder.glob("*.wav"))
        if seconds > SHORTEST_WORD_S:
            self.tried.put(read_wav(files[-1]))
        assert self.go_on.wait(WAIT_S)
        self._clock.pass_by(seconds)
        self._tried_once.set()

    def hold(self) -> None:
        """Let the next sound not end before `go_on` is set."""
        assert self._tried_once.wait(WAIT_S)
        self.go_on.clear()

    def heard(self) -> Sound:
        """The next sound, as it is on the disk; silence between words counts as one."""
        return self.tried.get(timeout=WAIT_S)

    def words(self) -> Sound:
        """The next sound that is neither chime nor silence."""
        while True:
            sound = self.heard()
            if sound.peak and sound.seconds != CHIME_S:
                return sound

    def diary(self) -> list[tuple[float, float, Sound]]:
        """Start and end of everything that was played, and the bytes."""
        with (self.folder / "played.csv").open(newline="") as file:
            return [
                (
                    float(row["started_s"]),
                    float(row["started_s"]) + float(row["seconds"]),
                    read_wav(self.folder / row["file"]),
                )
                for row in csv.DictReader(file)
            ]


class AnnouncingOffice:
    """The agent as `motcua announcer` builds it, on a clock that tests move."""

    def __init__(self, folder: Path, port: int, more: str = "", zones: str = PLAIN_ZONE) -> None:
        self.clock = Time()
        self.folder = folder
        self.speakers: dict[str, Loudspeaker] = {}
        self.server = AnnouncerServer(port)
        self.server.start()
        self.config = write_config(folder, port, more, zones)
        self.agent = self._start()
        self.server.wait_online()

    @property
    def hall(self) -> Loudspeaker:
        return self.speakers["hall"]

    def close(self) -> None:
        self.agent.close()
        self.server.stop()

    def _start(self) -> AnnouncerAgent:
        return start(
            read_announcer_config(self.config),
            clocks=Clocks(self.clock.now, self.clock.at),
            devices=self._device,
            first_wait_s=0.02,
        )

    def _device(self, name: str) -> Loudspeaker:
        self.speakers[name] = Loudspeaker(self.folder / name, self.clock)
        return self.speakers[name]


def write_config(folder: Path, port: int, more: str, zones: str) -> Path:
    """Write credentials and `announcer.toml`."""
    secret = {"id": DEVICE, "role": "announcer", "secret": "s" * 20}
    (folder / "announcer-1.json").write_text(json.dumps(secret), encoding="utf-8")
    config = folder / "announcer.toml"
    config.write_text(
        f'office = "{OFFICE}"\ncredentials = "announcer-1.json"\n{more}\n'
        f"mqtt.port = {port}\n{zones}",
        encoding="utf-8",
    )
    return config
