"""The udev rules: each reads as udev reads it, matches before it acts, and names only our own."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

RULES = Path(__file__).parents[2] / "firmware_configs" / "udev" / "70-motcua-counter.rules"
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


def test_each_rule_matches_one_socket_and_gives_one_name_of_ours() -> None:
    names = []
    for rule in rules(RULES.read_text("utf-8")):
        tests = [term for term in rule if term["how"] in ("==", "!=")]
        acts = [term for term in rule if term not in tests]
        assert rule == tests + acts
        assert {term["key"] for term in tests} <= MATCHES
        assert any(term["name"] == "ID_PATH" for term in tests)
        assert all(ACTIONS[term["key"]] == term["how"] for term in acts)
        given = {term["key"]: term["value"] for term in acts}
        assert re.fullmatch(r"motcua/(numpad|keypad|sign)-\d+", given["SYMLINK"])
        assert (given["GROUP"], given["MODE"]) == ("motcua", "0660")
        names.append(given["SYMLINK"])
    assert len(names) == len(set(names)) == 4


@pytest.mark.parametrize(
    "broken", ['KERNEL="', "KERNEL=event*", 'kernel=="x"', 'KERNEL=="a" MODE="1"']
)
def test_a_broken_rule_is_found(broken: str) -> None:
    with pytest.raises(ValueError, match=r"(?i)kernel"):
        rules(broken)


def test_udev_itself_takes_them() -> None:
    tool = shutil.which("udevadm")
    if tool is None:
        pytest.skip("no udevadm on this machine")
    version = subprocess.run([tool, "--version"], capture_output=True, text=True, check=True)
    if int(version.stdout.split()[0]) < 254:
        pytest.skip("udevadm before 254 cannot verify a rules file")
    done = subprocess.run(
        [tool, "verify", "--resolve-names=never", str(RULES)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
