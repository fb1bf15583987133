"""From consent at the kiosk, past models and MQTT, to the manager: a share, and no more."""

from __future__ import annotations

import json
import secrets
import threading
from datetime import datetime, timedelta
from pathlib import Path

import cv2

from kiosk.adapters.consent_line import ConsentLine
from kiosk.bootstrap.camera import start
from kiosk.config.camera import read_camera_config
from kiosk.use_cases.look_with_consent import LookTimes
from queue_server.adapters.clock import SetClock
from queue_server.bootstrap import RunningOffice
from queue_server.domain.office import ZONE
from queue_server.use_cases.keep_day import Commit
from queue_server.use_cases.live_office import LiveOffice
from tests.fakes.offices import new_ward, running, signed_in
from tests.fakes.smile_clips import person

EIGHT = datetime(2026, 5, 11, 8, 0, tzinfo=ZONE)
PEOPLE = 11


def ward_with_camera(folder: Path) -> Path:
    """The sample ward, and one camera more in its registry."""
    data = new_ward(folder / "ward")
    with (data / "motcua.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[devices]]\nid = "camera-1"\nrole = "camera"\n')
    secret = {"id": "camera-1", "role": "camera", "secret": secrets.token_urlsafe(32)}
    path = data / "credentials" / "camera-1.json"
    path.write_text(json.dumps(secret))
    path.chmod(0o600)
    return data


def film(folder: Path) -> Path:
    path = folder / "person.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter_fourcc(*"MJPG"), 10, (640, 480))
    for frame in person(frames=20):
        writer.write(cv2.cvtColor(frame, cv2.COLOR_RGB2BGR))
    writer.release()
    return path


def camera_file(folder: Path, ward: RunningOffice) -> Path:
    path = folder / "camera.toml"
    credentials = ward.settings.data / "credentials" / "camera-1.json"
    path.write_text(
        f'office = "{ward.settings.file.office.id}"\ncredentials = "{credentials}"\n'
        f'door = "c.sock"\nstate = "state"\ndevice = "{film(folder)}"\n'
        f'[mqtt]\nhost = "127.0.0.1"\nport = {ward.broker.port}\n'
    )
    return path


def agree(door: Path) -> str:
    while True:
        line = ConsentLine(door)
        answer = line.agree()
        line.withdraw()
        if answer != "busy":  # the one before may still be saying goodbye
            return answer


def test_a_share_of_eleven_people_and_nothing_else(tmp_path: Path) -> None:
    camera_now = [EIGHT]
    kept = threading.Event()

    def committed(_live: LiveOffice, commit: Commit) -> None:
        if any(type(event).__name__ == "SmilesCounted" for event in commit.changes.events):
            kept.set()

    ward_folder = ward_with_camera(tmp_path)
    with running(ward_folder, SetClock(EIGHT + timedelta(hours=1))) as ward:
        ward.live.listen(committed)
        config = read_camera_config(camera_file(tmp_path, ward))
        agent = start(config, now=lambda: camera_now[0], tick_s=0.1, times=LookTimes(10, 0))
        try:
            answers = [agree(config.door) for _ in range(PEOPLE)]
            assert answers == ["counted"] * PEOPLE
            assert not kept.is_set(), "nothing is told within the quarter of an hour"
            camera_now[0] = EIGHT + timedelta(minutes=15)
            assert kept.wait(60)
        finally:
            agent.close()
        with signed_in(ward) as admin:
            now = admin.get("/satisfaction/now").json()
            board = admin.get("/board").json()
    assert (now["today"]["n"], now["today"]["share"]) == (PEOPLE, 1.0)
    assert now["latest"]["starts_at"].startswith("2026-05-11T08:00")
    assert now["latest"]["minutes"] == 15
    assert board["satisfaction"]["smile"]["n"] == PEOPLE
    assert "not calibrated on site" in board["satisfaction"]["smile_words"]["en"]
