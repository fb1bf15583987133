"""Measures the smile index on labelled faces: what `motcua satisfaction evaluate` reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

import cv2
import numpy as np

from edge_models.satisfaction.expressions import (
    HAPPY,
    LABELS,
    NEGATIVE,
    NEUTRAL,
    Expressions,
)
from edge_models.satisfaction.face_checks import colours_swapped, covered, frontal
from edge_models.satisfaction.face_finder import LENIENT, Face, FaceFinder
from edge_models.satisfaction.figures import Bootstrap, Figure, auc, calibration_error, share
from edge_models.satisfaction.frames import Frame, square_crop
from edge_models.satisfaction.labelled_faces import FaceRow, FaceTable, people, picture
from edge_models.satisfaction.labels import LEVELS
from edge_models.satisfaction.looker import CROP, LEAST_FACE_PX
from edge_models.satisfaction.window_share import NOT_CALIBRATED, SMILES_ABOVE
from edge_models.ticket_log.columns import Floats, Mask

Crops = Literal["auto", "yes", "no"]
SMALLEST_PHOTO = 128
BORDER = 0.5
SURPRISED = "surprise"


@dataclass(slots=True)
class Judged:
    """Rows whose face was judged, with seven probabilities each; the others counted by reason."""

    rows: list[FaceRow] = field(default_factory=list)
    said: list[Floats] = field(default_factory=list)
    how: Counter[str] = field(default_factory=Counter)
    camera_would_refuse: Counter[str] = field(default_factory=Counter)


class Judge:
    """Judges still pictures: photos by the camera's own steps, small pictures as faces already cut.

    `auto` takes a picture below 128 pixels for a face that was cut out before, as in FER2013;
    `yes` takes every picture for one, `no` searches a face in all.
    """

    def __init__(self, crops: Crops = "auto") -> None:
        """Load all models.

        Raises:
            UntrustedModel: one is missing or changed.
        """
        self._crops = crops
        self._finder = FaceFinder()
        self._expressions = Expressions()

    def judge(self, table: FaceTable, tell: Callable[[], object]) -> Judged:
        """Every row; `tell` is called after each."""
        found = Judged()
        for row in table.rows:
            frame = picture(row)
            said = self._one(frame, found) if frame is not None else None
            if frame is None:
                found.how["picture unreadable"] += 1
            if said is not None:
                found.rows.append(row)
                found.said.append(said)
            tell()
        return found

    def _one(self, frame: Frame, found: Judged) -> Floats | None:
        small = max(frame.shape[:2]) < SMALLEST_PHOTO
        if self._crops == "yes" or (self._crops == "auto" and small):
            found.how["taken as a face already cut out"] += 1
            return self._expressions.judge(frame)
        framed, face = self._face(frame)
        if face is None:
            found.how["face not found"] += 1
            return None
        found.how["face found in the picture"] += 1
        for reason, holds in (
            ("too small", face.size < LEAST_FACE_PX),
            ("turned", not frontal(face)),
            ("covered", covered(framed, face)),
            ("colour order", colours_swapped(framed, face)),
        ):
            found.camera_would_refuse[reason] += holds
        return self._expressions.judge(square_crop(framed, face.box, CROP))

    def _face(self, frame: Frame) -> tuple[Frame, Face | None]:
        """The largest face; a portrait that fills the picture gets a border and a second look."""
        faces = self._finder.find(frame, LENIENT)
        if not faces:
            edge = round(max(frame.shape[:2]) * BORDER)
            edges = (edge, edge, edge, edge)
            frame = cv2.copyMakeBorder(frame, *edges, cv2.BORDER_REPLICATE).astype(np.uint8)
            faces = self._finder.find(frame, LENIENT)
        return frame, faces[0] if faces else None


@dataclass(slots=True)
class Report:
    """All figures with their numbers of pictures; `as_dict` is the JSON."""

    counts: dict[str, Any]
    figures: dict[str, Figure]
    of: dict[str, dict[str, int]]
    confusion: list[list[int]]
    bins: list[dict[str, float]]
    best_threshold: float | None

    def as_dict(self) -> dict[str, Any]:
        """Everything, without NaN."""
        return {
            "score": "p(happy), mean of three networks",
            "threshold": SMILES_ABOVE,
            "counts": self.counts,
            "figures": {
                name: {**figure.as_dict(), **self.of[name]} for name, figure in self.figures.items()
            },
            "assumed_on_site": {"tpr": NOT_CALIBRATED.tpr, "fpr": NOT_CALIBRATED.fpr},
            "best_threshold": self.best_threshold,
            "levels": list(LEVELS),
            "confusion_rows_true_columns_said": self.confusion,
            "calibration_bins": self.bins,
            "intervals": "95 %, 1000 bootstrap draws of people",
        }


def report(table: FaceTable, judged: Judged) -> Report:
    """Every figure that the labels allow; a figure without both kinds of labels is None."""
    said = np.array(judged.said).reshape(-1, len(LABELS))
    level = np.array(
        [LEVELS.index(row.label.level) if row.label.level else -1 for row in judged.rows],
        dtype=np.int64,
    )
    measure = _Measure(said, level, people(judged.rows))
    seven = np.array(
        [LABELS.index(row.label.expression) if row.label.expression else -1 for row in judged.rows],
        dtype=np.int64,
    )
    measure.all_figures(seven)
    return Report(
        counts={
            "rows_usable": len(table.rows),
            "judged": len(judged.rows),
            **{reason.replace(" ", "_"): count for reason, count in judged.how.items()},
            "faults_of_the_table": dict(table.faults),
            "words_not_understood": dict(table.unknown_words),
            "judged_by_level": {name: int((level == at).sum()) for at, name in enumerate(LEVELS)},
            "surprised_left_out_of_levels": sum(
                row.label.expression == SURPRISED for row in judged.rows
            ),
            "a_camera_would_refuse": dict(judged.camera_would_refuse),
        },
        figures=measure.figures,
        of=measure.of,
        confusion=measure.confusion(),
        bins=measure.bins(),
        best_threshold=measure.best_threshold(),
    )


class _Measure:
    """Figures over the rows that have a level."""

    def __init__(self, said: Floats, level: Any, owners: Any) -> None:
        self.figures: dict[str, Figure] = {}
        self.of: dict[str, dict[str, int]] = {}
        self._everything = said
        self._everyone = owners
        kept = level >= 0
        self._said, self._level, self._owners = said[kept], level[kept], owners[kept]
        self._smile = self._said[:, HAPPY]
        self._yes: Mask = self._level == LEVELS.index("positive")
        self._guess = _level_said(self._said)

    def all_figures(self, seven: Any) -> None:
        negative, neutral = (LEVELS.index(name) for name in ("negative", "neutral"))
        unhappy = self._said[:, NEGATIVE].sum(axis=1)
        self._auc("auc_smile_neutral", self._smile, self._yes, self._level != negative)
        self._auc("auc_smile_negative", self._smile, self._yes, self._level != neutral)
        self._auc("auc_smile_other", self._smile, self._yes, self._level >= 0)
        self._auc("auc_negative_neutral", unhappy, self._level == negative, ~self._yes)
        self._over("accuracy_3_levels", self._guess == self._level, self._level >= 0)
        named = seven >= 0
        best = self._everything.argmax(axis=1) == seven
        people_of = self._everyone[named]
        self._keep("accuracy_7_expressions", best[named], people_of, share)
        self._pair("calibration_error", self._smile, self._yes, calibration_error)
        hit = self._smile > SMILES_ABOVE
        self._over("operating_point_tpr", hit, self._yes)
        self._over("operating_point_fpr", hit, ~self._yes)
        self._over("operating_point_fpr_neutral", hit, self._level == neutral)
        self._over("operating_point_precision", self._yes, hit)

    def _auc(self, name: str, scores: Floats, yes: Mask, among: Mask) -> None:
        scores, yes = scores[among], yes[among]
        draw = Bootstrap(self._owners[among]) if among.any() else None
        value = draw.figure(lambda rows: auc(scores[rows], yes[rows])) if draw else Figure(None)
        self.figures[name] = value
        self.of[name] = {"yes": int(yes.sum()), "no": int((~yes).sum())}

    def _over(self, name: str, hits: Mask, among: Mask) -> None:
        self._keep(name, hits[among], self._owners[among], share)

    def _keep(self, name: str, hits: Mask, owners: Any, count: Callable[[Mask], Any]) -> None:
        self.of[name] = {"n": int(hits.size)}
        self.figures[name] = (
            Bootstrap(owners).figure(lambda rows: count(hits[rows])) if hits.size else Figure(None)
        )

    def _pair(self, name: str, scores: Floats, yes: Mask, count: Callable[..., Any]) -> None:
        self.of[name] = {"n": int(yes.size)}
        self.figures[name] = (
            Bootstrap(self._owners).figure(lambda rows: count(scores[rows], yes[rows]))
            if yes.size
            else Figure(None)
        )

    def confusion(self) -> list[list[int]]:
        """How often each true level was said to be each level."""
        places = self._level * len(LEVELS) + self._guess
        counts = np.bincount(places, minlength=len(LEVELS) ** 2)
        return [[int(n) for n in row] for row in counts.reshape(len(LEVELS), -1)]

    def bins(self) -> list[dict[str, float]]:
        """Ten bins of p(happy): how many, mean score, share of smiles."""
        found = []
        for low in np.arange(10) / 10:
            among = (self._smile >= low) & ((self._smile < low + 0.1) | (low > 0.85))  # noqa: PLR2004 - the last bin holds 1
            if among.any():
                mean, seen = float(self._smile[among].mean()), float(self._yes[among].mean())
                found.append({"n": int(among.sum()), "said": mean, "seen": seen})
        return found

    def best_threshold(self) -> float | None:
        """Where tpr − fpr is largest (Youden 1950), for information: the product keeps 0.5."""
        if not self._yes.any() or self._yes.all():
            return None
        order = np.argsort(-self._smile, kind="stable")
        gain = np.where(self._yes, 1 / self._yes.sum(), -1 / (~self._yes).sum())[order].cumsum()
        return float(self._smile[order][int(gain.argmax())])


def _level_said(said: Floats) -> Any:
    """The level with the most probability, surprise left out."""
    levels = np.stack([said[:, NEGATIVE].sum(axis=1), said[:, NEUTRAL], said[:, HAPPY]], axis=1)
    return levels.argmax(axis=1)
