"""The security tables name what exists: files, tests, and a reason where a rule is not met."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

TABLES = ("asvs-5-level-2.md", "en-303-645.md", "decree-85-level-3.md", "tcvn-14423-level-3.md")
FALLS_SHORT = {"partly", "not met"}
BROKEN = re.compile(r"(?<=breaks )\d+\.\d+\.\d+|(?<=, )\d+\.\d+\.\d+(?=[,: ]|$)")
STATES = {"met", "partly", "not met", "does not apply", "the office"}
NAMED = re.compile(
    r"`((?:tests|queue_server|kiosk|edge_models|firmware_configs)/[^`\s:]+)(?:::(\w+))?`"
)


@dataclass(frozen=True)
class Evidence:
    """One row of a table."""

    rule: str
    asks: str
    state: str
    where: str
    test: str


PROVISIONS = {
    f"5.{clause}": count
    for clause, count in enumerate((1, 6, 3, 19, 4, 8, 10, 2, 3, 3, 1, 4, 3, 2))
} | {"6": 9}
"""How many EN 303 645 V3.1.3 has in each clause; its Annex B lists them, halves A and B apart."""


def rows_of(text: str) -> list[Evidence]:
    lines = [line for line in text.splitlines() if line.startswith("| ")][1:]
    return [Evidence(*(cell.strip() for cell in line.strip("| ").split(" | "))) for line in lines]


def unnumbered(rows: list[Evidence]) -> list[str]:
    """Sections of ASVS that are not wholly met and do not say by which of their rules."""
    claimed = {row.rule: BROKEN.findall(row.where) for row in rows if row.state in FALLS_SHORT}
    return [
        rule
        for rule, broken in claimed.items()
        if not broken or any(not rule.startswith(f"V{one.rpartition('.')[0]}.") for one in broken)
    ]


def padded(text: str) -> str:
    """Empty cells at the end of a row, which `split` would lose."""
    return text.replace("|  |", "| - |")


def faults(root: Path, row: Evidence) -> list[str]:
    found = [f"state '{row.state}'"] if row.state not in STATES else []
    if row.state in {"met", "partly"} and not row.test.startswith("`tests/"):
        found.append("claims without a test")
    if row.state == "not met" and not row.where.startswith("because "):
        found.append("not met, and no reason")
    if not row.where:
        found.append("says nothing")
    for path, name in NAMED.findall(f"{row.where} {row.test}"):
        file = root / path
        if not file.exists():
            found.append(f"{path} does not exist")
        elif name and not re.search(rf"def {name}\b", file.read_text("utf-8")):
            found.append(f"{path} has no {name}")
    return found


@pytest.mark.parametrize("table", TABLES)
def test_every_row_is_true_of_what_is_here(root: Path, table: str) -> None:
    rows = rows_of(padded((root / "firmware_configs" / "security" / table).read_text("utf-8")))
    assert len(rows) > 25
    rules = [row.rule for row in rows]
    assert len(rules) == len(set(rules))
    assert {row.rule: found for row in rows if (found := faults(root, row))} == {}


def test_what_is_not_met_of_asvs_is_numbered(root: Path) -> None:
    table = (root / "firmware_configs" / "security" / TABLES[0]).read_text("utf-8")
    rows = rows_of(padded(table))
    assert unnumbered(rows) == []
    broken = {one for row in rows for one in BROKEN.findall(row.where)}
    readme = (root / "firmware_configs" / "security" / "README.md").read_text("utf-8")
    assert f"({len(broken)} of 253)" in readme


def test_every_provision_of_en_303_645_has_its_row(root: Path) -> None:
    table = (root / "firmware_configs" / "security" / "en-303-645.md").read_text("utf-8")
    rules = [
        re.fullmatch(r"(\d+(?:\.\d+)?)-\d+[AB]? [MR]", one.rule) for one in rows_of(padded(table))
    ]
    assert Counter(rule[1] for rule in rules if rule) == PROVISIONS
    assert None not in rules


def test_a_section_without_its_number_is_found() -> None:
    assert unnumbered([Evidence("V1.1.1–2", "x", "partly", "somehow", "")]) == ["V1.1.1–2"]
    assert unnumbered([Evidence("V1.1.1–2", "x", "partly", "breaks 2.1.1: x", "")]) == ["V1.1.1–2"]
    assert unnumbered([Evidence("V1.1.1–2", "x", "partly", "breaks 1.1.1, 1.1.2: x", "")]) == []


@pytest.mark.parametrize(
    ("state", "where", "test", "said"),
    [
        ("met", "here", "", "claims without a test"),
        ("met", "here", "`tests/no_such.py`", "tests/no_such.py does not exist"),
        ("met", "x", "`tests/conftest.py::test_none`", "tests/conftest.py has no test_none"),
        ("not met", "somehow", "", "not met, and no reason"),
        ("fine", "x", "", "state 'fine'"),
    ],
)
def test_an_empty_promise_is_found(
    root: Path, state: str, where: str, test: str, said: str
) -> None:
    assert said in faults(root, Evidence("1", "asks", state, where, test))
