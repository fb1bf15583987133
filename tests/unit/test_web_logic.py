"""The pages' rules hold in Node, and their types fit the contract."""

from __future__ import annotations

import json
import re
import shutil
import subprocess

import pytest

from queue_server.domain.citizen_moves import RATING_REASONS
from queue_server.domain.ticket import TicketState
from queue_server.web.bundle import WEB, build
from queue_server.web.node_tools import NodeTools, find_node


@pytest.fixture(scope="module")
def node() -> NodeTools:
    build(dev=True)
    return find_node(WEB)


# One worker for all that writes below queue_server/web.
def test_the_pages_rules_hold_in_node(node: NodeTools) -> None:
    shutil.rmtree(WEB / ".tests", ignore_errors=True)
    node.run("bundling the unit tests", [node.node, "esbuild.mjs", "--tests"], WEB)
    files = sorted(str(path) for path in (WEB / ".tests").glob("*.mjs"))
    done = subprocess.run(
        [node.node, "--test", "--test-reporter=tap", *files],
        cwd=WEB,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:]
    passed = re.search(r"^# pass (\d+)$", done.stdout, re.MULTILINE)
    assert passed is not None
    assert int(passed.group(1)) >= 30


def test_the_types_hold(node: NodeTools) -> None:
    compiler = WEB / "node_modules" / "typescript" / "bin" / "tsc"
    node.run("type check", [node.node, str(compiler), "--noEmit"], WEB)


APART = ("audit", "office", "rules")
"""Files of words that only the scripts which say them carry."""


def says(script: str, keys: list[str]) -> bool:
    """Whether a key stands in the script, whole or as the beginning of one put together."""
    whole = set(re.findall(r'"([a-z0-9_]+)"', script))
    begun = set(re.findall(r"`([a-z0-9_]+_)\$\{", script))
    begun |= {f"{one}_" for one in re.findall(r'sayState\([^"]*"([a-z_]+)"', script)}
    return any(key in whole or key.startswith(tuple(begun)) for key in keys)


@pytest.mark.parametrize("name", APART)
def test_who_says_words_that_stand_apart_knows_them(name: str) -> None:
    keys = list(json.loads((WEB / "words" / f"{name}.json").read_text("utf-8")))
    scripts = {path.name: path.read_text("utf-8") for path in (WEB / "src").glob("*.ts")}
    sayers = {file for file, script in scripts.items() if says(script, keys)}
    knowers = {file for file, script in scripts.items() if f'import "./words_{name}";' in script}
    assert sayers
    assert sayers == knowers


def test_a_begun_key_is_seen() -> None:
    assert says("say(`publish_do_${step}`)", ["publish_do_review"])
    assert says('sayState(language, "rule_use", one)', ["rule_use_shared"])
    assert says('say("audit_title")', ["audit_title"])
    assert not says('say("board_title")', ["audit_title"])


def test_the_page_behind_a_slip_is_whole_in_khmer() -> None:
    khmer = json.loads((WEB / "words" / "khmer.json").read_text("utf-8"))["texts"]
    page = [WEB / "src" / f"{name}.ts" for name in ("follow", "follow_moves", "rating_form")]
    script = "\n".join(path.read_text("utf-8") for path in page)
    said = set(re.findall(r'(?:say|button)\(\s*"([a-z0-9_]+)"', script))
    assert len(said) > 20
    links = {"connecting", "lost", "lost_never"}
    states = {state.value for state in TicketState} - {"waiting", "called"}
    built = {f"state_{state}" for state in states} | {f"score_{n}" for n in range(1, 6)}
    built |= {f"reason_{reason}" for reason in RATING_REASONS}
    brand = {"product"}
    assert sorted((said | links | built) - brand - set(khmer)) == []
