"""One frame and ten seconds: what is seen, and everything for which the answer is `unknown`."""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np
import pytest
from skimage import data

from edge_models.satisfaction.face_checks import covered, frontal
from edge_models.satisfaction.face_finder import LENIENT, FaceFinder, anchors, decoded, suppressed
from edge_models.satisfaction.frames import Box, Frame, square_crop
from edge_models.satisfaction.looker import Looker, Unknown
from edge_models.satisfaction.region import Region
from edge_models.satisfaction.sitting import Outcome, Sitting
from tests.fakes.smile_clips import astronaut, held_photo, masked, person, still_scene


@pytest.fixture(scope="module")
def looker() -> Looker:
    return Looker()


@pytest.fixture(scope="module")
def finder() -> FaceFinder:
    return FaceFinder()


def enlarged(frame: Frame, times: float) -> Frame:
    return cv2.resize(frame, None, fx=times, fy=times, interpolation=cv2.INTER_CUBIC)


def test_the_astronaut_is_one_face_that_smiles(finder: FaceFinder, looker: Looker) -> None:
    (face,) = finder.find(astronaut())
    assert 95 < face.size < 115
    assert abs(face.box.middle[0] - 225) < 10
    assert abs(face.box.middle[1] - 126) < 12
    smile = looker.look(astronaut()).smile
    assert smile is not None
    assert smile > 0.9


@pytest.mark.parametrize("name", ["coffee", "chelsea", "rocket"])
def test_coffee_cat_and_rocket_are_nobody(finder: FaceFinder, looker: Looker, name: str) -> None:
    frame = np.ascontiguousarray(getattr(data, name)())
    assert finder.find(frame) == []
    assert looker.look(frame).unknown is Unknown.NO_FACE
    # Even where a lenient search believes in a face, it is none that looks at the camera.
    assert not any(frontal(face) for face in finder.find(frame, LENIENT))


@pytest.mark.parametrize(
    "frame",
    [
        np.zeros((480, 640, 3), np.uint8),
        np.full((480, 640, 3), 250, np.uint8),
        np.random.default_rng(1).integers(0, 9, (480, 640, 3)).astype(np.uint8),
    ],
)
def test_black_white_and_dark_frames_are_no_picture(looker: Looker, frame: Frame) -> None:
    assert looker.look(frame).unknown is Unknown.NO_PICTURE


def test_a_dim_room_still_works(looker: Looker) -> None:
    assert looker.look((enlarged(astronaut(), 1.5) * 0.3).astype(np.uint8)).smile is not None


def test_two_people_equally_near_are_unknown(looker: Looker) -> None:
    near = enlarged(astronaut()[:256], 2.0)
    two = np.ascontiguousarray(np.concatenate([near, near[:, ::-1]], axis=1))
    assert looker.look(two).unknown is Unknown.MANY_FACES
    assert looker.look(near).smile is not None


def test_a_far_face_is_too_small(looker: Looker) -> None:
    assert looker.look(enlarged(astronaut(), 0.8)).unknown is Unknown.TOO_SMALL


def test_swapped_colours_are_noticed(looker: Looker) -> None:
    swapped = np.ascontiguousarray(astronaut()[:, :, ::-1])
    assert looker.look(swapped).unknown is Unknown.COLOUR_ORDER


@pytest.mark.parametrize(
    "colour", [(150, 190, 215), (235, 235, 235), (30, 30, 32), (120, 170, 150)]
)
def test_masks_are_unknown(
    finder: FaceFinder, looker: Looker, colour: tuple[int, int, int]
) -> None:
    (bare,) = finder.find(astronaut())
    frame = masked(colour, bare.points)
    (face, *_) = finder.find(frame, LENIENT)
    assert covered(frame, face)
    assert looker.look(frame).unknown in {Unknown.COVERED, Unknown.NO_FACE}
    assert not covered(astronaut(), bare)


def test_a_face_turned_on_its_side_is_unknown(looker: Looker) -> None:
    lying = np.ascontiguousarray(np.rot90(enlarged(astronaut(), 1.5)))
    assert looker.look(lying).unknown in {Unknown.TURNED, Unknown.NO_FACE}


def test_a_profile_is_not_frontal(finder: FaceFinder) -> None:
    """The cameraman looks away."""
    frame = np.repeat(data.camera()[:, :, None], 3, axis=2)
    assert not any(frontal(face) for face in finder.find(frame, LENIENT))


def test_the_clerk_side_is_black_before_anybody_looks() -> None:
    left_half = Region([(0, 0), (0.25, 0), (0.25, 1), (0, 1)])
    hidden = left_half.seen(astronaut())
    assert not hidden[:, 140:].any()
    assert hidden[:, :120].any()
    assert Looker(left_half).look(astronaut()).unknown is Unknown.NO_FACE
    around_her = Region([(0.2, 0), (0.8, 0), (0.8, 0.6), (0.2, 0.6)])
    assert Looker(around_her).look(astronaut()).smile is not None


@pytest.mark.parametrize("outline", [[(0, 0), (1, 1)], [(0, 0), (1, 0), (1, 1.2)]])
def test_a_senseless_region_is_refused(outline: list[tuple[float, float]]) -> None:
    with pytest.raises(ValueError, match="corners"):
        Region(outline)


def sit(looker: Looker, clip: Iterable[Frame]) -> Outcome:
    sitting = Sitting(looker.look)
    for frame in clip:
        sitting.add(frame)
    return sitting.outcome()


def test_a_person_is_counted_with_the_median(looker: Looker) -> None:
    outcome = sit(looker, person())
    assert outcome.unknown is None
    assert outcome.smile is not None
    assert outcome.smile > 0.9
    assert outcome.looks >= 5


def test_a_photo_held_up_is_noticed(looker: Looker) -> None:
    outcome = sit(looker, held_photo())
    assert (outcome.smile, outcome.unknown) == (None, Unknown.PHOTO)


def test_a_frozen_camera_is_noticed(looker: Looker) -> None:
    outcome = sit(looker, [still_scene()] * 8)
    assert (outcome.smile, outcome.unknown, outcome.looks) == (None, Unknown.FROZEN, 1)


def test_four_looks_are_too_few(looker: Looker) -> None:
    assert sit(looker, person(frames=4)) == Outcome(None, Unknown.TOO_FEW, 4, 4)
    assert sit(looker, []).unknown is Unknown.TOO_FEW


def test_the_commonest_reason_is_told(looker: Looker) -> None:
    dice = np.random.default_rng(2)
    rockets = [
        np.clip(data.rocket() + dice.normal(0, 3, data.rocket().shape), 0, 255).astype(np.uint8)
        for _ in range(6)
    ]
    assert sit(looker, [*rockets, *person(frames=2)]).unknown is Unknown.NO_FACE


def test_anchors_stand_in_the_middle_of_their_cells() -> None:
    points = anchors()
    assert points.shape == (896, 2)
    assert points[:3].tolist() == [[8, 8], [8, 8], [24, 8]]
    assert points[512].tolist() == [16, 16]
    assert points[-1].tolist() == [240, 240]


def test_overlapping_boxes_become_their_weighted_mean() -> None:
    numbers = np.zeros((3, 16))
    numbers[:, 2:4] = 40
    numbers[1, :2] = 4
    numbers[2, :2] = 100
    faces = decoded(numbers, np.full((3, 2), 50.0))
    kept = suppressed(faces, np.array([0.6, 0.9, 0.8]))
    assert [score for _, score in kept] == [0.9, 0.8]
    assert kept[0][0][:4] == pytest.approx([32.4, 32.4, 72.4, 72.4])
    assert kept[1][0][:2] == pytest.approx([130, 130])


def test_a_crop_over_the_edge_repeats_the_edge() -> None:
    frame = np.arange(48, dtype=np.uint8).reshape(4, 4, 3)
    crop = square_crop(frame, Box(-2, -2, 2, 2), 1.0)
    assert crop.shape == (4, 4, 3)
    assert (crop[0, 0] == frame[0, 0]).all()
    assert square_crop(frame, Box(-20, -20, -10, -10), 1.0).shape == (1, 1, 3)
