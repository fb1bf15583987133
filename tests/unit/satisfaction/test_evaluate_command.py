"""`motcua satisfaction evaluate` on made-up folders: lenient in reading, strict in counting."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from click.testing import CliRunner
from skimage import data

from queue_server.cli.app import run
from queue_server.cli.satisfaction import satisfaction
from tests.fakes.smile_clips import astronaut


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve small smiles, twelve blanks, one photo with a face, one without."""
    place = tmp_path_factory.mktemp("faces")
    (place / "train").mkdir()
    face = cv2.cvtColor(astronaut()[60:190, 160:290], cv2.COLOR_RGB2GRAY)
    strangers = data.lfw_subset()
    for at in range(12):
        cv2.imwrite(
            str(place / "train" / f"s{at}.png"), cv2.resize(np.roll(face, at - 6, 1), (48, 48))
        )
        other = (strangers[100 + at] * 255).astype(np.uint8)
        cv2.imwrite(str(place / "train" / f"n{at}.JPG"), cv2.resize(other, (48, 48)))
    cv2.imwrite(str(place / "photo.webp"), astronaut()[:, :, ::-1])
    cv2.imwrite(str(place / "rocket.bmp"), data.rocket()[:, :, ::-1])
    (place / "broken.png").write_bytes(b"no picture")
    return place


def table(path: Path, rows: list[tuple[str, ...]], delimiter: str = ",") -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return path


def rows() -> list[tuple[str, ...]]:
    return [
        *((f"s{at}.png", "happy") for at in range(12)),
        *((f"elsewhere/train/n{at}.JPG", "neutral" if at % 2 else "sad") for at in range(12)),
        ("photo", "smile"),
        ("rocket.bmp", "neutral"),
        ("broken.png", "neutral"),
        ("gone.png", "neutral"),
        ("s1.png", "flabbergasted"),
        ("s2.png", "surprise"),
    ]


def evaluate(*arguments: object) -> int:
    words = ["evaluate", *(str(word) for word in arguments)]
    return run(lambda **options: satisfaction.main(words, **options))


@pytest.mark.parametrize("head", [("image", "label"), ("Emotion", "File Name"), None])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_face_is_counted_once(
    tmp_path: Path, folder: Path, head: tuple[str, str] | None, delimiter: str
) -> None:
    lines = [row[::-1] for row in rows()] if head == ("Emotion", "File Name") else rows()
    labels = table(tmp_path / "l.csv", [*([head] if head else []), *lines], delimiter)
    out = tmp_path / "out.json"
    assert evaluate("--images", folder, "--labels", labels, "--json", out) == 0
    body = json.loads(out.read_text("utf-8"))
    counts = body["counts"]
    assert counts["faults_of_the_table"] == {
        "label not understood": 1,
        "picture not in the folder": 1,
    }
    assert counts["words_not_understood"] == {"flabbergasted": 1}
    assert (counts["rows_usable"], counts["judged"]) == (28, 26)
    assert counts["taken_as_a_face_already_cut_out"] == 25
    assert counts["face_found_in_the_picture"] == counts["face_not_found"] == 1
    assert counts["picture_unreadable"] == counts["surprised_left_out_of_levels"] == 1
    assert counts["judged_by_level"] == {"negative": 6, "neutral": 6, "positive": 13}
    smile = body["figures"]["auc_smile_neutral"]
    assert (smile["yes"], smile["no"]) == (13, 6)
    assert 0.9 < smile["low"] <= smile["value"] <= smile["high"] <= 1
    assert body["figures"]["operating_point_tpr"]["value"] == 1
    assert sum(map(sum, body["confusion_rows_true_columns_said"])) == 25
    assert body["assumed_on_site"] == {"tpr": 0.844, "fpr": 0.021}


def test_the_table_of_fer2013_needs_no_folder(tmp_path: Path, folder: Path) -> None:
    def pixels(name: str) -> str:
        gray = cv2.imread(str(folder / "train" / name), cv2.IMREAD_GRAYSCALE)
        return " ".join(str(value) for value in gray.ravel())

    lines = [("emotion", "pixels", "Usage")]
    lines += [("3", pixels(f"s{at}.png"), "PrivateTest") for at in range(4)]
    lines += [("6", pixels(f"n{at}.JPG"), "PrivateTest") for at in range(4)]
    lines += [("4", "1 2 x", "PrivateTest"), ("4", pixels("n5.JPG"), "Training")]
    out = tmp_path / "out.json"
    labels = table(tmp_path / "fer.csv", lines)
    assert evaluate("--labels", labels, "--usage", "privatetest", "--json", out) == 0
    counts = json.loads(out.read_text("utf-8"))["counts"]
    assert (counts["judged"], counts["picture_unreadable"]) == (8, 1)
    assert counts["judged_by_level"] == {"negative": 0, "neutral": 4, "positive": 4}


def test_one_kind_of_label_gives_no_auc_and_no_fault(tmp_path: Path, folder: Path) -> None:
    labels = table(tmp_path / "l.csv", [("image", "label"), ("s1.png", "happy"), ("s2", "joy")])
    out = tmp_path / "out.json"
    assert evaluate("--images", folder, "--labels", labels, "--json", out) == 0
    figures = json.loads(out.read_text("utf-8"))["figures"]
    assert figures["auc_smile_neutral"]["value"] is None
    assert figures["operating_point_tpr"]["value"] == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("image,label\n", "no usable row"),
        ("image,label\nnowhere.png,happy\n", "no usable row"),
        ("just one column\n", "no columns"),
        ("image,label\nrocket.bmp,happy\n", "no face found in any"),
        ("\0\0\0", "no columns"),
    ],
)
def test_unusable_input_is_one_clear_line(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str], text: str, words: str
) -> None:
    labels = tmp_path / "l.csv"
    labels.write_text(text, encoding="utf-8")
    assert evaluate("--images", folder, "--labels", labels) == 2
    said = capsys.readouterr().err
    assert words in said
    assert said.count("\n") == 1


def test_missing_files_are_named(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    labels = table(tmp_path / "l.csv", rows())
    for arguments in (
        ("--images", tmp_path / "no", "--labels", labels),
        ("--labels", tmp_path / "no.csv", "--images", folder),
        ("--labels", labels),
        ("--labels", labels, "--images", folder, "--json", tmp_path / "no" / "o.json"),
    ):
        assert evaluate(*arguments) == 2
        assert capsys.readouterr().err.count("\n") == 1


def test_help_says_what_labels_are_understood() -> None:
    said = CliRunner().invoke(satisfaction, ["evaluate", "--help"]).output
    assert "happy" in said
    assert "FER2013" in said


@pytest.mark.parametrize("coding", ["utf-16", "utf-8-sig", "cp1252"])
def test_tables_of_spreadsheets_and_paths_of_windows_are_read(
    tmp_path: Path, folder: Path, coding: str
) -> None:
    labels = tmp_path / "l.csv"
    lines = ["Image Name;Emotion", "train\\s1.png;Happy", "faces\\train\\n1.jpg;Neutral"]
    labels.write_bytes("\r\n".join(lines).encode(coding))
    out = tmp_path / "out.json"
    assert evaluate("--images", folder, "--labels", labels, "--json", out) == 0
    assert json.loads(out.read_text("utf-8"))["counts"]["judged"] == 2
