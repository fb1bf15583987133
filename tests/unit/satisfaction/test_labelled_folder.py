"""Folders of faces as people lay them out: the nearest name that means something is the label."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from pathlib import Path

import cv2
import numpy as np
import pytest

from edge_models.satisfaction.labelled_faces import UnusableFaces, picture, read_table
from edge_models.satisfaction.labelled_folder import read_folder, table_in
from queue_server.cli.app import run
from queue_server.cli.satisfaction import satisfaction
from tests.fakes.smile_clips import astronaut


def laid_out(folder: Path, *names: str) -> Path:
    """An empty picture at each place: reading the labels opens none."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    return folder


def levels(folder: Path) -> dict[str, str | None]:
    return {row.place.name: row.label.level for row in read_folder(folder).rows if row.place}


@pytest.mark.parametrize(
    ("smile", "neutral", "negative"),
    [
        ("smile", "neutral", "negative"),
        ("Smiling Faces", "0_neutral", "1-Negative"),
        ("test/happy", "test/not_smiling", "test/angry"),
        ("2", "1", "0"),
        ("1", "0", "-1"),
        ("SmileFaces", "non-smile", "sad_images"),
        ("hài lòng", "bình thường", "không hài lòng"),
    ],
)
def test_folders_are_labels(tmp_path: Path, smile: str, neutral: str, negative: str) -> None:
    names = (
        f"{smile}/a.jpg",
        f"{neutral}/b.PNG",
        f"{negative}/deeper/c.jpeg",
        f"{smile}/notes.txt",
    )
    folder = laid_out(tmp_path, *(unicodedata.normalize("NFD", name) for name in names))
    found = levels(folder)
    assert found == {"a.jpg": "positive", "b.PNG": "neutral", "c.jpeg": "negative"}


def test_names_of_files_are_labels_where_folders_say_nothing(tmp_path: Path) -> None:
    folder = laid_out(tmp_path, "happy-012.jpg", "all/neutral_3.png", "IMG_0001.jpg", "._x.jpg")
    table = read_folder(folder)
    assert {row.place.stem: row.label.level for row in table.rows if row.place} == {
        "happy-012": "positive",
        "neutral_3": "neutral",
    }
    assert table.faults == Counter({"label not understood": 1})


def test_folders_beside_the_labels_are_people_where_there_are_many(tmp_path: Path) -> None:
    names = [f"test/smile/p{n:02}/{shot}.png" for n in range(12) for shot in range(2)]
    people = [row.person for row in read_folder(laid_out(tmp_path / "many", *names)).rows]
    assert len(set(people)) == 12
    few = laid_out(tmp_path / "few", "smile/left/1.png", "neutral/right/1.png")
    assert {row.person for row in read_folder(few).rows} == {""}


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ([], "no pictures"),
        (["smile/notes.txt"], "no pictures"),
        (["one/1.png", "two/2.png"], "smile, neutral, negative"),
        (["smile_or_sad/x.png"], "not understood: smile_or_sad"),
    ],
)
def test_a_folder_that_says_nothing_is_one_clear_line(
    tmp_path: Path, names: list[str], words: str
) -> None:
    with pytest.raises(UnusableFaces, match=words) as fault:
        read_folder(laid_out(tmp_path, *names))
    assert "\n" not in str(fault.value)


def test_a_column_that_only_says_who_smiles(tmp_path: Path) -> None:
    """CelebA writes 1 and -1: not smiling is not a negative face."""
    folder = laid_out(tmp_path, "a.jpg", "b.jpg")
    labels = tmp_path / "attributes.csv"
    labels.write_text("image_id,Young,Smiling\na.jpg,1,1\nb.jpg,1,-1\n", "utf-8")
    assert table_in(folder) == labels
    table = read_table(labels, folder)
    assert [row.label.level for row in table.rows] == ["positive", "neutral"]


def test_a_folder_is_judged_without_a_table(tmp_path: Path) -> None:
    face = astronaut()[40:210, 140:310]
    for name in ("smile/a.png", "smile/b.jpg"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        cv2.imwrite(str(tmp_path / name), face[:, :, ::-1])
    (tmp_path / "neutral").mkdir()
    see_through = np.dstack([face[:, :, ::-1], np.full(face.shape[:2], 255, np.uint8)])
    cv2.imwrite(str(tmp_path / "neutral" / "c.png"), see_through)
    cv2.imwrite(str(tmp_path / "neutral" / "d.png"), cv2.cvtColor(face, cv2.COLOR_RGB2GRAY))
    rows = read_folder(tmp_path).rows
    shown = picture(next(row for row in rows if row.place and row.place.name == "c.png"))
    assert shown is not None
    assert np.array_equal(shown, face), "red stays red, and nothing shines through"
    out = tmp_path / "out.json"
    words = ["evaluate", "--images", str(tmp_path), "--json", str(out)]
    assert run(lambda **options: satisfaction.main(words, **options)) == 0
    body = json.loads(out.read_text("utf-8"))
    assert body["counts"]["judged_by_level"] == {"negative": 0, "neutral": 2, "positive": 2}
    assert body["figures"]["operating_point_tpr"]["value"] == 1


def test_neither_folder_nor_table_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(lambda **options: satisfaction.main(["evaluate"], **options)) == 2
    assert capsys.readouterr().err.count("\n") == 1
