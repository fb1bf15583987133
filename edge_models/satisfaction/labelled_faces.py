"""Reads a table of labelled faces as people really write them, and finds each picture it names.

Columns are found by their names, in any order; without a head line the first is the picture and the
second the label. Comma, semicolon and tab are understood. A column `pixels` (FER2013) holds the
picture itself; `person` says whose face it is; `usage` may choose rows.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from edge_models.satisfaction.frames import Frame
from edge_models.satisfaction.labels import Label, read_labels

NAMES = {
    "picture": "image images img image_name image_path image_id img_path file filename file_name "
    "name path filepath file_path picture photo id ảnh",
    "label": "label labels label_name emotion emotions expression class class_name level category "
    "target sentiment gt ground_truth y nhãn cảm_xúc",
    "smiles": "smile smiling smiles is_smile is_smiling happy is_happy",
    "pixels": "pixels",
    "person": "person subject subject_id person_id identity",
    "usage": "usage split subset set",
}
SMILES = {
    **dict.fromkeys(("1", "yes", "true", "y", "t", "có"), "smile"),
    **dict.fromkeys(("0", "-1", "no", "false", "n", "f", "không"), "neutral"),
}
PICTURES = {
    *(".png", ".jpg", ".jpeg", ".jpe", ".bmp", ".webp", ".tif", ".tiff", ".pgm", ".ppm"),
    *(".pnm", ".jp2", ".gif"),
}


class UnusableFaces(Exception):  # noqa: N818 - the state of the data, said as a state
    """The table or the folder cannot be used at all; the message says why."""


@dataclass(frozen=True, slots=True)
class FaceRow:
    """One line of the table that can be used: a label and where its picture is."""

    label: Label
    place: Path | None
    pixels: str
    person: str


@dataclass(slots=True)
class FaceTable:
    """The usable rows, and what was wrong with the others, by reason."""

    rows: list[FaceRow] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    unknown_words: Counter[str] = field(default_factory=Counter)


def read_table(labels: Path, images: Path | None, usage: str | None = None) -> FaceTable:
    """All rows of a label table.

    Raises:
        UnusableFaces: no table, no folder, or no row that can be used.
    """
    columns, lines = _columns(_text(labels), labels.name)
    if "pixels" not in columns and images is None:
        raise UnusableFaces(f"{labels.name} has no column `pixels`: name the folder by --images")
    if images is not None and not images.is_dir():
        raise UnusableFaces(f"{images}: no such folder")
    lines = [line for line in lines if _chosen(line, columns, usage)]
    meanings = read_labels([_said(line, columns) for line in lines])
    folder = _Folder(images)
    table = FaceTable()
    for line, label in zip(lines, meanings, strict=True):
        _take(table, line, columns, label, folder)
    if not table.rows:
        why = ", ".join(f"{count} {reason}" for reason, count in table.faults.items())
        words = ", ".join(sorted(table.unknown_words)[:5])
        raise UnusableFaces(f"{labels.name}: no usable row ({why or 'empty'}) {words}".strip())
    return table


def picture(row: FaceRow) -> Frame | None:
    """The picture in memory as red, green, blue; None when it cannot be read."""
    if row.place is None:
        return _from_pixels(row.pixels)
    try:
        body = np.frombuffer(row.place.read_bytes(), dtype=np.uint8)
        found = cv2.imdecode(body, cv2.IMREAD_COLOR)
    except (OSError, cv2.error):
        return None
    return None if found is None else cv2.cvtColor(found, cv2.COLOR_BGR2RGB).astype(np.uint8)


def _from_pixels(pixels: str) -> Frame | None:
    """FER2013: brightness of a square, row by row, parted by blanks."""
    try:
        values = np.array([int(word) for word in pixels.split()])
        side = round(len(values) ** 0.5)
        gray = values.reshape(side, side).clip(0, 255).astype(np.uint8)
    except ValueError:
        return None
    return np.repeat(gray[:, :, None], 3, axis=2) if side else None


def _text(path: Path) -> str:
    try:
        body = path.read_bytes()
    except OSError as error:
        raise UnusableFaces(f"{path}: cannot be read ({error.strerror})") from error
    # Spreadsheets write UTF-16 with a mark, or the code page of a Western desk.
    coding = "utf-16" if body[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        return body.decode(coding)
    except UnicodeDecodeError:
        return body.decode("cp1252", errors="replace")


def _columns(text: str, name: str) -> tuple[dict[str, int], list[list[str]]]:
    head = text.splitlines()[0] if text.strip() else ""
    parted = max(",;\t", key=head.count)
    csv.field_size_limit(2**24)
    try:
        lines = [
            [cell.strip() for cell in line]
            for line in csv.reader(io.StringIO(text), delimiter=parted)
            if any(cell.strip() for cell in line)
        ]
    except csv.Error as error:
        raise UnusableFaces(f"{name}: not a table ({error})") from error
    if not lines:
        raise UnusableFaces(f"{name}: empty")
    found = dict(_named(lines[0]))
    if {"label", "smiles"} & found.keys() and ({"picture", "pixels"} & found.keys()):
        return found, lines[1:]
    heads = found.keys() - {"smiles"}  # "smile" alone may be the label of the first row
    if len(lines[0]) > 1 and (heads or read_labels([lines[0][1]])[0] is not None):
        # Without a head line; or with one whose words nobody knows, and then by place.
        return {"picture": 0, "label": 1}, lines[1:] if heads else lines
    raise UnusableFaces(f"{name}: no columns for the picture and its label, such as `image,label`")


def _named(head: Sequence[str]) -> Iterator[tuple[str, int]]:
    for kind, words in NAMES.items():
        for place, cell in enumerate(head):
            if "_".join(cell.lower().split()) in words.split():
                yield kind, place
                break


def _cell(line: Sequence[str], columns: dict[str, int], kind: str) -> str:
    place = columns.get(kind, -1)
    return line[place] if 0 <= place < len(line) else ""


def _said(line: Sequence[str], columns: dict[str, int]) -> str:
    """The label; a column that only says whether somebody smiles (CelebA: 1 and -1) counts too."""
    if "label" in columns:
        return _cell(line, columns, "label")
    word = _cell(line, columns, "smiles").lower().removesuffix(".0")
    return SMILES.get(word, word)


def _chosen(line: Sequence[str], columns: dict[str, int], usage: str | None) -> bool:
    return usage is None or _cell(line, columns, "usage").lower() == usage.lower()


def _take(
    table: FaceTable,
    line: Sequence[str],
    columns: dict[str, int],
    label: Label | None,
    folder: _Folder,
) -> None:
    if label is None:
        table.faults["label not understood"] += 1
        table.unknown_words[_said(line, columns)[:40]] += 1
        return
    person, pixels = _cell(line, columns, "person"), _cell(line, columns, "pixels")
    place = None if pixels else folder.find(_cell(line, columns, "picture"))
    if not pixels and place is None:
        table.faults["picture not in the folder"] += 1
        return
    table.rows.append(FaceRow(label, place, pixels, person))


class _Folder:
    """Finds a picture by its path, its name, or its name without the ending."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._by_name: dict[str, Path | None] = {}
        found = sorted(folder.rglob("*")) if folder is not None else []
        for path in found:
            if path.suffix.lower() in PICTURES:
                for key in {path.name.lower(), path.stem.lower()}:
                    # Two of one name: neither is meant without its folder.
                    self._by_name[key] = None if key in self._by_name else path

    def find(self, name: str) -> Path | None:
        """The file, or None."""
        if self._folder is None or not name:
            return None
        inside = Path(
            *[part for part in Path(name.replace("\\", "/")).parts if part not in {"/", "..", "."}]
            or ["-"]
        )
        parts = inside.parts
        for first in range(len(parts)):
            path = self._folder.joinpath(*parts[first:])
            if path.is_file():
                return path
        return self._by_name.get(inside.name.lower()) or self._by_name.get(inside.stem.lower())


def people(rows: Sequence[FaceRow]) -> np.ndarray[Any, np.dtype[np.int64]]:
    """A number for each row; the same for rows of one person, its own where nobody is named."""
    known: dict[str, int] = {}
    return np.array(
        [
            known.setdefault(row.person or f"\0{place}", len(known))
            for place, row in enumerate(rows)
        ],
        dtype=np.int64,
    )
