"""Any call that the server's speller can write is said by the clips that the prompts ask for."""

from __future__ import annotations

from string import ascii_uppercase

import pytest

from kiosk.adapters.clip_folder import read_prompts
from kiosk.domain.clip_words import WordsMissing, cover, words_of
from queue_server.domain.speech import call_en, call_vi

SPELLERS = {"vi": call_vi, "en": call_en}


@pytest.mark.parametrize("language", SPELLERS)
def test_the_prompts_cover_all_calls(language: str) -> None:
    clips = [prompt.words for prompt in read_prompts(language)]
    spell = SPELLERS[language]
    labels = [f"{letter}{digit}{digit}" for letter in ascii_uppercase for digit in "0123456789"]
    texts = [spell(label, 1) for label in labels] + [spell("A012", n) for n in range(1, 1000)]
    for text in texts:
        assert sum(cover(words_of(text), clips), ()) == words_of(text)


@pytest.mark.parametrize("language", SPELLERS)
def test_a_pack_has_about_60_clips_each_once(language: str) -> None:
    prompts = read_prompts(language)
    assert 50 <= len(prompts) <= 65
    assert len({prompt.file for prompt in prompts}) == len(prompts)
    assert len({prompt.words for prompt in prompts}) == len(prompts)


def test_the_sentence_of_the_house_is_eight_clips() -> None:
    text = words_of("Mời công dân có số A không một hai đến quầy số mười hai.")
    found = cover(text, [prompt.words for prompt in read_prompts("vi")])
    assert [" ".join(clip) for clip in found] == [
        *("mời công dân có số", "a", "không", "một", "hai", "đến quầy số", "mười hai")
    ]


def test_the_fewest_clips_win_also_where_the_longest_first_would_fail() -> None:
    clips = [("a", "b"), ("a",), ("b", "c"), ("b",), ("c", "d"), ("d",)]
    assert cover(("a", "b", "c"), clips) == [("a",), ("b", "c")]
    assert cover(("a", "b", "c", "d"), clips) == [("a", "b"), ("c", "d")]


def test_words_are_compared_as_they_sound() -> None:
    assert words_of("Twenty-One, A!") == ("twenty", "one", "a")
    assert words_of("mơ\u0300i") == words_of("Mời") == ("mời",)
    assert words_of(" . ") == ()


def test_missing_words_are_named() -> None:
    with pytest.raises(WordsMissing, match=r"^b$"):
        cover(("a", "b", "c", "d"), [("a",), ("c",)])
    with pytest.raises(WordsMissing, match=r"^a$"):
        cover(("a", "b"), [("b", "a")])
    assert cover((), []) == []
