"""One suite for what takes pictures of papers: the screens' fake, a film, a scanner's folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pytest

from kiosk.adapters.opencv_camera import OpencvCamera
from kiosk.adapters.picture_folder import PictureFolder
from kiosk.use_cases.camera_ports import Camera, CameraFault
from kiosk.use_cases.scan_ports import NothingYet
from tests.fakes.desk_camera import DeskCamera
from tests.fakes.paper_scenes import Pixels

SIZE = (320, 240)
FULL = 140
"""How far apart two colours are, of 255, that a film has pressed together."""


def half_red_half_blue() -> Pixels:
    """Red on the left, blue on the right: nobody takes one for the other."""
    picture = np.zeros((SIZE[1], SIZE[0], 3), np.uint8)
    picture[:, : SIZE[0] // 2, 0] = 255
    picture[:, SIZE[0] // 2 :, 2] = 255
    return picture


SEEN = half_red_half_blue()


@dataclass
class Rig:
    """A camera; `lay` puts the paper before it, `unplug` takes the device away."""

    camera: Camera
    lay: Callable[[], None]
    unplug: Callable[[], None]


def nothing() -> None:
    """A film shows what it shows."""


def film(folder: Path) -> Path:
    """A camera's stand-in for the real library: the same reader, from a file."""
    path = folder / "film.avi"
    fourcc = cv2.VideoWriter.fourcc(*"MJPG")
    writer = cv2.VideoWriter(str(path), fourcc, 10, SIZE)
    for _ in range(4):
        writer.write(cv2.cvtColor(SEEN, cv2.COLOR_RGB2BGR))
    writer.release()
    return path


def write(path: Path, picture: Pixels) -> None:
    _, made = cv2.imencode(path.suffix, cv2.cvtColor(picture, cv2.COLOR_RGB2BGR))
    path.write_bytes(made.tobytes())


@pytest.fixture(params=["fake", "opencv", "folder"])
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Rig:
    if request.param == "fake":
        fake = DeskCamera(SEEN)
        return Rig(fake, nothing, lambda: setattr(fake, "plate", None))
    if request.param == "opencv":
        path = film(tmp_path)
        return Rig(OpencvCamera(str(path), SIZE), nothing, path.unlink)
    scans = tmp_path / "scans"
    scans.mkdir()
    return Rig(PictureFolder(scans), lambda: write(scans / "page.png", SEEN), scans.rmdir)


def test_it_gives_red_green_and_blue_in_this_order(rig: Rig) -> None:
    rig.camera.open()
    rig.lay()
    picture = rig.camera.frame()
    assert picture.shape == (SIZE[1], SIZE[0], 3)
    assert picture.dtype == np.uint8
    left, right = picture[120, 40].astype(int), picture[120, 280].astype(int)
    assert left[0] - left[2] > FULL
    assert right[2] - right[0] > FULL
    rig.camera.close()


def test_it_gives_nothing_before_it_is_open_and_after_it_is_closed(rig: Rig) -> None:
    with pytest.raises(CameraFault):
        rig.camera.frame()
    rig.camera.open()
    rig.camera.close()
    rig.camera.close()
    with pytest.raises(CameraFault):
        rig.camera.frame()


def test_it_opens_again(rig: Rig) -> None:
    for _ in range(2):
        rig.camera.open()
        rig.lay()
        assert rig.camera.frame().shape == (SIZE[1], SIZE[0], 3)
        rig.camera.close()


def test_a_camera_that_is_gone_is_one_plain_line(rig: Rig) -> None:
    rig.unplug()
    with pytest.raises(CameraFault, match="no camera") as fault:
        rig.camera.open()
    assert "\n" not in str(fault.value)


# -- the folder alone


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def test_nothing_of_the_citizen_before_is_shown_and_nothing_stays(folder: Path) -> None:
    write(folder / "before.png", SEEN)
    (folder / "notes.txt").write_text("not a picture: somebody else's")
    camera = PictureFolder(folder)
    camera.open()
    with pytest.raises(NothingYet):
        camera.frame()
    write(folder / "mine.jpg", SEEN)
    first = camera.frame()
    assert [one.name for one in folder.iterdir()] == ["notes.txt"]
    assert camera.frame() is first
    write(folder / "late.png", SEEN)
    camera.close()
    assert [one.name for one in folder.iterdir()] == ["notes.txt"]
    camera.open()
    with pytest.raises(NothingYet):
        camera.frame()


@pytest.mark.parametrize("suffix", [".png", ".jpg"])
def test_a_page_that_is_still_being_written_is_waited_for(folder: Path, suffix: str) -> None:
    camera, path = PictureFolder(folder), folder / f"page{suffix}"
    camera.open()
    write(path, SEEN)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(NothingYet):
        camera.frame()
    path.write_bytes(whole)
    assert camera.frame().shape == (SIZE[1], SIZE[0], 3)


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".tif"])
def test_what_is_no_picture_is_said_once_and_gone(folder: Path, suffix: str) -> None:
    camera, path = PictureFolder(folder), folder / f"page{suffix}"
    camera.open()
    path.write_bytes(b"<script>no picture</script>" + b"\xff\xd9IEND\xaeB`\x82")
    with pytest.raises(CameraFault, match="no picture"):
        camera.frame()
    with pytest.raises(NothingYet):
        camera.frame()
