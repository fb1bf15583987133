"""Reads a folder of faces that has no table: folders, or else the names of files, are the labels.

`faces/smile/anna/1.jpg`, `faces/test/0_neutral/2.png`, `faces/happy-012.jpg` are all understood.
The nearest folder whose name means something wins; numbers mean what `labels.read_labels` says.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from edge_models.satisfaction.labelled_faces import PICTURES, FaceRow, FaceTable, UnusableFaces
from edge_models.satisfaction.labels import Label, read_labels

TABLES = {".csv", ".tsv"}
SAYS_NOTHING = frozenset(
    {
        *("a", "all", "class", "crop", "crops", "cropped", "data", "dataset", "emotion"),
        *("emotions", "expression", "expressions", "face", "faces", "facial", "group", "image"),
        *("images", "img", "imgs", "label", "labels", "of", "people", "person", "photo", "photos"),
        *("picture", "pictures", "set", "subject", "test", "testing", "the", "train", "training"),
        *("val", "valid", "validation", "with"),
    }
)
"""Words beside the label in names of folders; a folder of such words alone is nobody's name."""
FEWEST_PEOPLE = 10
"""With fewer, folders above or below the labels are taken for something else than people."""


def table_in(images: Path) -> Path | None:
    """The one table that lies in the folder itself, None where there is none or several."""
    if not images.is_dir():
        return None
    found = [path for path in sorted(images.iterdir()) if path.suffix.lower() in TABLES]
    return found[0] if len(found) == 1 else None


def read_folder(images: Path) -> FaceTable:
    """All pictures whose place or name says what they show.

    Raises:
        UnusableFaces: no folder, no pictures, or no name that is understood.
    """
    if not images.is_dir():
        raise UnusableFaces(f"{images}: no such folder")
    found = [path for path in sorted(images.rglob("*")) if _is_picture(path, images)]
    if not found:
        raise UnusableFaces(f"{images}: no pictures in it or its folders")
    folders = [path.relative_to(images).parts[:-1] for path in found]
    meanings = _meanings({name for names in folders for name in names})
    table = FaceTable()
    people = _people(folders, meanings)
    for path, names in zip(found, folders, strict=True):
        label = next((meanings[name] for name in reversed(names) if meanings[name]), None)
        label = label or _of_words(_words(path.stem))
        if label is None:
            table.faults["label not understood"] += 1
            table.unknown_words[(names[-1] if names else path.stem)[:40]] += 1
        else:
            table.rows.append(FaceRow(label, path, "", people.get(names, "")))
    if not table.rows:
        names_seen = ", ".join(sorted(table.unknown_words)[:5])
        raise UnusableFaces(
            f"{images}: name its folders by what they show, such as smile, neutral, negative, or "
            f"give a table by --labels; not understood: {names_seen}"
        )
    return table


def _is_picture(path: Path, images: Path) -> bool:
    hidden = any(part.startswith((".", "__")) for part in path.relative_to(images).parts)
    return path.suffix.lower() in PICTURES and not hidden and path.is_file()


def _meanings(names: set[str]) -> dict[str, Label | None]:
    """What each folder's name means; bare numbers are understood together."""
    numbers = sorted(name for name in names if re.fullmatch(r"-?\d", name))
    found = dict(zip(numbers, read_labels(numbers), strict=True))
    return {name: found.get(name) or _of_words(_words(name)) for name in names}


def _words(name: str) -> list[str]:
    """The words of a name, small, without numbers: `01_Happy-Faces` is `happy`, `faces`."""
    split = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", unicodedata.normalize("NFC", name))
    return [word.lower() for word in re.findall(r"[^\W\d_]+", split)]


def _of_words(words: Sequence[str]) -> Label | None:
    """All words that say something, as one label; two labels in one name are none."""
    told = [word for word in words if word not in SAYS_NOTHING]
    (label,) = read_labels(["_".join(told)])
    return label


def _people(
    folders: Sequence[tuple[str, ...]], meanings: dict[str, Label | None]
) -> dict[tuple[str, ...], str]:
    """Whose face it is, where folders that are no label and say something seem to be people."""
    found = {names: "/".join(_names(names, meanings)) for names in set(folders)}
    return found if len(set(found.values())) >= FEWEST_PEOPLE else {}


def _names(names: tuple[str, ...], meanings: dict[str, Label | None]) -> Iterator[str]:
    for name in names:
        words = _words(name)
        if meanings[name] is None and not (words and all(word in SAYS_NOTHING for word in words)):
            yield name
