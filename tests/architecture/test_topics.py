"""MQTT topics are spelt in the contracts and nowhere else in the product."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from queue_server.contracts import topics

SHAPES = re.compile(
    r"(?:^|/)(?:kiosk|counter|device|satisfaction)/[^/\s]+"
    r"(?:/(?:request|reply|key|state|status))(?:$|/)"
    r"|(?:^|/)satisfaction/(?:\{\}|\+)$"
    r"|^\{\}/\{\}/(?:calls|board)$"
    r"|^/(?:request|reply|key|state|status)$"
)


def spelt_topics(name: str, text: str) -> list[str]:
    """Look at every string that is not a docstring; placeholders of f-strings become `{}`."""
    tree = ast.parse(text)
    skip = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    faults = []
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            skip.update(id(part) for part in node.values)
        written = None if id(node) in skip else _text(node)
        if written is not None and (topics.ROOT in written or SHAPES.search(written)):
            faults.append(f"{name}:{node.lineno}: spells a topic: {written!r}")  # type: ignore[attr-defined]  # a string has a line
    return faults


def _text(node: ast.AST) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values
        )
    return None


def test_topics_stand_in_contracts_only(root: Path, product_files: list[Path]) -> None:
    contracts = root / "queue_server" / "contracts"
    faults = [
        fault
        for path in product_files
        if contracts not in path.parents
        for fault in spelt_topics(str(path.relative_to(root)), path.read_text("utf-8"))
    ]
    assert not faults, "\n".join(faults)


def test_pages_do_not_spell_topics(root: Path, tracked: list[Path]) -> None:
    pages = [path for path in tracked if path.suffix in {".ts", ".kv", ".html"}]
    faults = [
        str(path.relative_to(root)) for path in pages if topics.ROOT in path.read_text("utf-8")
    ]
    assert not faults


def test_spelt_topics_are_seen() -> None:
    bad = [
        f't = "{topics.ROOT}/ward/board"',
        't = f"{base}/kiosk/{k}/request"',
        't = base + "/request"',
        't = "counter/+/key"',
        't = f"{root}/{office}/board"',
        't = f"{base}/satisfaction/{window}"',
    ]
    for text in bad:
        assert spelt_topics("a.py", text), text
    good = ['"""The topic `counter/{n}/key`."""', 't = f"/counters/{n}/start"', 't = "/board"']
    for text in good:
        assert not spelt_topics("a.py", text), text
