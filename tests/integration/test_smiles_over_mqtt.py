"""The smile index over both brokers: kept once, refused when too fine, taken off the broker."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from queue_server.contracts import topics
from queue_server.contracts.messages import SmileCalibration, SmileWindow
from queue_server.contracts.smile_windows import window_name
from queue_server.domain.smile_events import CameraCalibrated, SmilesCounted
from tests.fakes.office_days import EIGHT
from tests.integration.bridged_office import envelope
from tests.integration.mqtt_scene import Scene
from tests.integration.office_brokers import OFFICE, Device

QUARTER = timedelta(minutes=15)


def window(**change: Any) -> SmileWindow:
    said = {"n": 12, "smile_share": 0.5, "low": 0.3, "high": 0.7} | change
    return SmileWindow.model_construct(**envelope("camera-1", **said), v=1)


def send(camera: Device, name: str, message: Any) -> None:
    camera.publish(topics.satisfaction(OFFICE, name), message.model_dump_json(), retain=True)


def cleared(watcher: Device, name: str) -> None:
    """Wait until the server took the window off the broker."""
    topic = topics.satisfaction(OFFICE, name)
    while True:
        message = watcher.next()
        if message.topic == topic and not message.payload:
            return


def kept(scene: Scene) -> list[SmilesCounted]:
    return [e for _, e in scene.office.store.events if isinstance(e, SmilesCounted)]


def test_a_window_is_kept_once_and_taken_off_the_broker(scene: Scene) -> None:
    scene.started()
    scene.office.pass_by(3600)
    watcher = scene.watcher(topics.every_satisfaction(OFFICE))
    camera = scene.device("camera-1")
    name = window_name(EIGHT, 15)
    for _ in range(2):
        send(camera, name, window())
        cleared(watcher, name)
    (event,) = kept(scene)
    assert (event.window_from, event.minutes, event.n, event.share) == (EIGHT, 15, 12, 0.5)
    assert not event.calibrated


def test_what_was_calibrated_is_marked_so(scene: Scene) -> None:
    scene.started()
    scene.office.pass_by(3600)
    watcher = scene.watcher(topics.every_satisfaction(OFFICE))
    camera = scene.device("camera-1")
    said = {"n": 240, "n_bad": 60, "auc": 0.8, "low": 0.72, "high": 0.87, "used": True}
    calibration = SmileCalibration(**envelope("camera-1", **said))
    camera.publish(topics.smile_calibration(OFFICE), calibration.model_dump_json(), retain=True)
    name = window_name(EIGHT, 30)
    send(camera, name, window())
    cleared(watcher, name)
    events = [e for _, e in scene.office.store.events if isinstance(e, CameraCalibrated)]
    assert [(e.n, e.used) for e in events] == [(240, True)]
    assert kept(scene)[0].calibrated


@pytest.mark.parametrize(
    ("name", "change"),
    [
        (window_name(EIGHT, 15), {"n": 9}),
        (window_name(EIGHT, 10), {}),
        (window_name(EIGHT + timedelta(minutes=7), 15), {}),
        (window_name(EIGHT + timedelta(hours=5), 15), {}),
        (window_name(EIGHT, 15), {"low": 0.6}),
        ("A012", {}),
    ],
)
def test_what_is_too_fine_or_senseless_is_not_kept(
    scene: Scene, name: str, change: dict[str, Any]
) -> None:
    scene.started()
    scene.office.pass_by(3600)
    watcher = scene.watcher(topics.every_satisfaction(OFFICE))
    send(scene.device("camera-1"), name, window(**change))
    cleared(watcher, name)
    assert kept(scene) == []


def test_nobody_but_a_camera_may_say_it(scene: Scene) -> None:
    scene.started()
    scene.office.pass_by(3600)
    forger = scene.stranger()
    name = window_name(EIGHT, 15)
    body = window().model_copy(update={"source": "kiosk-1"})
    send(forger, name, body)
    watcher = scene.watcher(topics.every_satisfaction(OFFICE))
    other = window_name(EIGHT + QUARTER, 15)
    send(scene.device("camera-1"), other, window())
    cleared(watcher, other)
    assert [event.window_from for event in kept(scene)] == [EIGHT + QUARTER]
