"""The pages' rules hold in Node, and their types fit the contract."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

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
