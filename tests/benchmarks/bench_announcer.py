"""Measures a call until its first sample: `python -m tests.benchmarks.bench_announcer [--count N]`.

The announcer as `motcua announcer` builds it, a real mosquitto, espeak-ng. The time runs from the
publish of the call to the first byte of the chime: in the loudspeaker's `play`, and, where `aplay`
is installed, out of `aplay` on an ALSA device that writes into a pipe. What a sound card and its
driver add is not in it. The probe beside it is one message through the same broker.
"""

from __future__ import annotations

import argparse
import os
import queue
import shutil
import socket
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion

from kiosk.adapters.alsa_audio import AlsaPlayer
from kiosk.adapters.espeak_voice import EspeakVoice
from kiosk.bootstrap.announcer import start
from kiosk.config.announcer import read_announcer_config
from kiosk.domain.sound import Sound, at_volume
from kiosk.use_cases.voice_ports import AudioOut
from queue_server.contracts import topics
from queue_server.domain.speech import call_vi
from tests.announcer_server import OFFICE, WAIT_S, AnnouncerServer
from tests.integration.announcing_office import write_config
from tests.mqtt_brokers import Mosquitto

GOAL_MS = 300
ZONE = '[[zones]]\nname = "hall"\ndevice = "hall"\n'
Clock = queue.Queue[float]


class Stopwatch:
    """A loudspeaker that notes when a sound that can be heard begins, and plays nothing."""

    def __init__(self, heard: Clock) -> None:
        self._heard = heard

    def play(self, sound: Sound) -> None:
        if sound.peak:
            self._heard.put(time.perf_counter())

    def close(self) -> None:
        """Nothing to let go of."""


@contextmanager
def in_process(_folder: Path, heard: Clock) -> Iterator[AudioOut]:
    yield Stopwatch(heard)


@contextmanager
def through_aplay(folder: Path, heard: Clock) -> Iterator[AudioOut]:
    """`aplay` on a device that writes into a named pipe; a thread waits for its first sample."""
    pipe = folder / "sound"
    os.mkfifo(pipe)
    (folder / "asound.conf").write_text(
        "pcm.nothing { type null }\n"
        f'pcm.hall {{ type file slave.pcm "nothing" file "{pipe}" format "raw" }}\n'
    )
    os.environ["ALSA_CONFIG_PATH"] = str(folder / "asound.conf")
    # Held open for reading and writing, so that neither side waits for the other to open it.
    held = os.open(pipe, os.O_RDWR)
    threading.Thread(target=_listen, args=(held, heard), daemon=True).start()
    yield AlsaPlayer("hall")


def _listen(pipe: int, heard: Clock) -> None:
    silent = True
    while data := os.read(pipe, 65536):
        sounds = any(data)
        if silent and sounds:
            heard.put(time.perf_counter())
        silent = not any(data[-2048:])


def first_samples(
    count: int, loudspeaker: Callable[[Path, Clock], AbstractContextManager[AudioOut]]
) -> list[float]:
    """Milliseconds from the publish of each call to its first sample."""
    heard: Clock = queue.Queue()
    taken = []
    with tempfile.TemporaryDirectory() as name, Mosquitto(Path(name)) as broker:
        folder = Path(name)
        server = AnnouncerServer(broker.port)
        server.start()
        config = read_announcer_config(write_config(folder, broker.port, "repeats = 1", ZONE))
        with loudspeaker(folder, heard) as out:
            agent = start(config, devices=lambda _name: out)
            server.wait_online()
            for number in range(1, count + 1):
                begun = time.perf_counter()
                server.call(f"A{number:03}", 1 + number % 9)
                taken.append((heard.get(timeout=WAIT_S) - begun) * 1e3)
                heard.get(timeout=WAIT_S)  # the words, so that the next call finds silence
            agent.close()
        server.stop()
    return taken


def broker_probe(count: int) -> list[float]:
    back: Clock = queue.Queue()
    taken = []
    with tempfile.TemporaryDirectory() as name, Mosquitto(Path(name)) as broker:
        client = mqtt.Client(CallbackAPIVersion.VERSION2)
        ready: queue.Queue[int] = queue.Queue()
        client.on_message = lambda *_: back.put(time.perf_counter())
        # Else the second small packet waits for the acknowledgement of the first.
        client.on_socket_open = lambda _c, _u, s: s.setsockopt(
            socket.IPPROTO_TCP, socket.TCP_NODELAY, 1
        )
        client.on_subscribe = lambda *_: ready.put(1)
        client.connect("127.0.0.1", broker.port)
        client.loop_start()
        client.subscribe(topics.calls(OFFICE), 1)
        ready.get(timeout=WAIT_S)
        for _ in range(count):
            begun = time.perf_counter()
            client.publish(topics.calls(OFFICE), "x", qos=1)
            taken.append((back.get(timeout=WAIT_S) - begun) * 1e3)
        client.disconnect()
        client.loop_stop()
    return taken


def timed(work: Callable[[], object], count: int) -> list[float]:
    taken = []
    for _ in range(count):
        begun = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begun) * 1e3)
    return taken


def line(what: str, taken: list[float]) -> str:
    median = statistics.median(taken)
    p99 = statistics.quantiles(taken, n=100, method="inclusive")[98]
    return f"{what:<52}{median:>8.1f}{p99:>8.1f}{max(taken):>8.1f}"


def report(count: int) -> str:
    """All figures, one a line."""
    voice, text = EspeakVoice(), call_vi("A012", 15)
    spoken = voice.say(text, "vi")
    rows = [
        f"{f'milliseconds, n = {count}':<52}{'median':>8}{'p99':>8}{'max':>8}",
        line(f"call → first sample in play (≤ {GOAL_MS})", first_samples(count, in_process)),
    ]
    if shutil.which("aplay"):
        name = f"call → first sample out of aplay (≤ {GOAL_MS})"
        rows.append(line(name, first_samples(count, through_aplay)))
    speech = f"espeak-ng, {spoken.seconds:.1f} s of speech"
    rows += [
        line(speech, timed(lambda: voice.say(text, "vi"), count)),
        line("the same at another volume", timed(lambda: at_volume(spoken, 60), count)),
        line("probe: one message through mosquitto and back", broker_probe(count)),
    ]
    return "\n".join(rows)


def test_the_announcer_in_figures() -> None:
    """For `poe bench`; asserts no figure, because the machine is shared."""
    sys.stdout.write(f"\n{report(20)}\n")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100)
    sys.stdout.write(report(parser.parse_args().count) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
