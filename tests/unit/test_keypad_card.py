"""The quick card names every key of the map, in both languages, on one page."""

from __future__ import annotations

import copy
import hashlib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kiosk.domain.counter_sign import REMARK_TEXTS, Remark
from queue_server.adapters import typst_paper
from queue_server.cli.keypad import keypad, make_card
from queue_server.config.key_map_file import default_key_map, read_card_words, read_keypad
from queue_server.contracts.config_file import ConfigError
from queue_server.domain.key_map import KeyAction
from queue_server.use_cases.keypad_card import keypad_card

SIGNS = {remark.value: text for remark, text in REMARK_TEXTS.items()}


@pytest.fixture(scope="module")
def content() -> dict[str, Any]:
    written, key_map = read_keypad(default_key_map())
    return keypad_card(written.name, written.layout, key_map, read_card_words(), SIGNS)


@pytest.fixture
def picture(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(typst_paper, "PIXELS_PER_INCH", 90.0)
    return lambda card: hashlib.sha256(
        typst_paper.set_paper("keypad_card.typ", "png", card=card)
    ).hexdigest()


def test_every_entry_of_the_map_stands_on_it_once(content: dict[str, Any]) -> None:
    shown = [
        "".join(one["digits"]) + "<number>" * one["takes_number"] + one["end"]
        for one in (*content["round"], *content["more"])
    ]
    assert sorted(shown) == sorted(read_keypad(default_key_map())[0].keys)
    assert [one["end"] for one in content["round"]] == ["A", "C", "D"]
    assert ["".join(key["sign"] for key in row) for row in content["pad"]] == [
        "123A", "456B", "789C", "*0#D",
    ]  # fmt: skip
    assert {key["sign"] for row in content["pad"] for key in row if key["short"]} == set("ABCD*#")


def test_every_meaning_and_remark_has_words_and_none_is_left_over() -> None:
    words = read_card_words()
    actions = {key.removeprefix("actions.") for key in words if key.startswith("actions.")}
    assert actions == {*KeyAction, "resume_number"}
    signs = {key.removeprefix("signs.") for key in words if key.startswith("signs.")}
    assert signs == set(Remark)
    assert all(label["vi"] and label["en"] for label in words.values())


def test_all_of_it_is_on_the_one_page(content: dict[str, Any], picture: Any) -> None:
    """Each word and key changes the picture when it changes: none is cut off or left out."""
    first = picture(content)
    assert picture(content) == first
    for group in ("round", "more", "signs"):
        for place, one in enumerate(content[group]):
            for field in ("vi", "en", "end", "text", "digits", "takes_number"):
                if field not in one or (
                    group == "round" and field in ("vi", "digits", "takes_number")
                ):
                    continue
                other = copy.deepcopy(content)
                other[group][place][field] = {
                    "digits": ["7"],
                    "takes_number": not one.get("takes_number"),
                }.get(field, "Ẫ")
                assert picture(other) != first, (group, one, field)


def test_the_command_writes_what_its_name_ends_with(tmp_path: Path) -> None:
    for name, head in (("card.pdf", b"%PDF-"), ("card.png", b"\x89PNG"), ("card.svg", b"<svg")):
        done = CliRunner().invoke(keypad, ["card", "--out", str(tmp_path / name)])
        assert done.exit_code == 0, done.output
        assert (tmp_path / name).read_bytes().startswith(head)
    refused = CliRunner().invoke(keypad, ["card", "--out", str(tmp_path / "card.doc")])
    assert refused.exit_code == 2
    assert "ends with .pdf, .png or .svg" in refused.output


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('layout = ["12"]\n[keys]\n"A" = "call_next"\n', "'layout' lacks the end key 'A'"),
        ('layout = ["A"]\n[keys]\n"A" = "call_nxt"\n', "call_nxt"),
        ('[keys]\n"A" = "call_next"\n', "'layout' lacks the end key 'A'"),
    ],
)
def test_a_map_that_gives_no_card_is_named(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "keys.toml"
    file.write_text('name = "x"\n' + text, encoding="utf-8")
    with pytest.raises(ConfigError) as fault:
        make_card(file, "pdf")
    assert words in str(fault.value)
