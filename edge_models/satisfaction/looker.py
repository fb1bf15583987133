"""One frame, one answer: how likely the person in front smiles, or why that cannot be said."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from edge_models.satisfaction.artifacts import SHIPPED
from edge_models.satisfaction.expressions import HAPPY, Expressions
from edge_models.satisfaction.face_checks import colours_swapped, covered, frontal
from edge_models.satisfaction.face_finder import Face, FaceFinder
from edge_models.satisfaction.frames import Frame, fitted, gray, square_crop
from edge_models.satisfaction.region import Region
from edge_models.satisfaction.rigid import Still, still

LEAST_FACE_PX = 100
ALMOST_AS_LARGE = 0.7
CROP = 1.1
DARKEST = 12.0
FLATTEST = 4.0
SMALL = 32


class Unknown(StrEnum):
    """Why a look says nothing."""

    NO_PICTURE = "no_picture"
    NO_FACE = "no_face"
    TOO_SMALL = "too_small"
    MANY_FACES = "many_faces"
    TURNED = "turned"
    COVERED = "covered"
    COLOUR_ORDER = "colour_order"
    FROZEN = "frozen"
    PHOTO = "photo"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class Look:
    """p(happy) of one frame, or why not; `still` is a small gray face for the photo check."""

    smile: float | None = None
    unknown: Unknown | None = None
    still: Still | None = None


class Looker:
    """Keeps nothing of a frame: what it returns is a number, or a reason."""

    def __init__(self, region: Region | None = None, folder: Path = SHIPPED) -> None:
        """Load all models.

        Raises:
            UntrustedModel: one is missing or changed.
        """
        self._region = region or Region()
        self._finder = FaceFinder(folder)
        self._expressions = Expressions(folder)

    def look(self, frame: Frame) -> Look:
        """Judge the largest face in the region; red, green, blue bytes."""
        if no_picture(frame):
            return Look(unknown=Unknown.NO_PICTURE)
        seen = self._region.seen(frame)
        faces = [f for f in self._finder.find(seen) if self._region.holds(f.box.middle, frame)]
        unknown = _about_all(faces) or _about_one(seen, faces[0])
        if unknown is not None:
            return Look(unknown=unknown)
        crop = square_crop(seen, faces[0].box, CROP)
        return Look(float(self._expressions.judge(crop)[HAPPY]), still=still(seen, faces[0]))


def no_picture(frame: Frame) -> bool:
    """Whether the frame is black, white or one flat colour, as of a covered or broken camera."""
    small = gray(fitted(frame, SMALL)[0])
    bright = small[small > 0] if small.any() else small
    return bool(small.max() <= DARKEST or bright.std() < FLATTEST)


def _about_all(faces: list[Face]) -> Unknown | None:
    if not faces:
        return Unknown.NO_FACE
    if faces[0].size < LEAST_FACE_PX:
        return Unknown.TOO_SMALL
    # Two people equally near: nobody knows which of them agreed.
    if len(faces) > 1 and faces[1].size >= ALMOST_AS_LARGE * faces[0].size:
        return Unknown.MANY_FACES
    return None


def _about_one(frame: Frame, face: Face) -> Unknown | None:
    if not frontal(face):
        return Unknown.TURNED
    if colours_swapped(frame, face):
        return Unknown.COLOUR_ORDER
    return Unknown.COVERED if covered(frame, face) else None
