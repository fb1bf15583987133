"""The udev rules: each reads as udev reads it, matches before it acts, and names only our own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "firmware_configs" / "udev"
TERM = re.compile(r'(?P<key>[A-Z]+)(?:\{(?P<name>\w+)\})?(?P<how>==|!=|\+=|=)"(?P<value>[^"]*)"')
MATCHES = {"SUBSYSTEM", "KERNEL", "ENV", "ATTRS"}
ACTIONS = {"SYMLINK": "+=", "GROUP": "=", "MODE": "=", "ENV": "="}


def rules(text: str) -> list[list[re.Match[str]]]:
    """Split rules into terms; raises ValueError where udev would complain."""
    read = []
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        terms = [TERM.fullmatch(part.strip()) for part in line.split(",")]
        if None in terms:
            raise ValueError(line)
        read.append([term for term in terms if term is not None])
    return read


@pytest.mark.parametrize(
    ("file", "kinds", "groups", "count"),
    [
        ("70-motcua-counter.rules", "numpad|keypad|sign", {"motcua"}, 4),
        ("71-motcua-kiosk.rules", "printer|scanner|camera", {"lp", "dialout", "video"}, 3),
    ],
)
def test_each_rule_matches_one_socket_and_gives_one_name_of_ours(
    file: str, kinds: str, groups: set[str], count: int
) -> None:
    names, owners = [], set()
    for rule in rules((FOLDER / file).read_text("utf-8")):
        tests = [term for term in rule if term["how"] in ("==", "!=")]
        acts = [term for term in rule if term not in tests]
        assert rule == tests + acts
        assert {term["key"] for term in tests} <= MATCHES
        assert any(term["name"] == "ID_PATH" for term in tests)
        assert all(ACTIONS[term["key"]] == term["how"] for term in acts)
        given = {term["key"]: term["value"] for term in acts}
        assert re.fullmatch(rf"motcua/({kinds})-\d+", given["SYMLINK"])
        assert given["MODE"] == "0660"
        owners.add(given["GROUP"])
        names.append(given["SYMLINK"])
    assert owners == groups
    assert len(names) == len(set(names)) == count


@pytest.mark.parametrize(
    "broken", ['KERNEL="', "KERNEL=event*", 'kernel=="x"', 'KERNEL=="a" MODE="1"']
)
def test_a_broken_rule_is_found(broken: str) -> None:
    with pytest.raises(ValueError, match=r"(?i)kernel"):
        rules(broken)
