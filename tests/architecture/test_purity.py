"""Domain and use cases read no clock, write no log and touch no device: time and I/O are given."""

from __future__ import annotations

import ast
from pathlib import Path

OUTSIDE = {
    *("asyncio", "http", "io", "logging", "os", "random", "secrets", "select", "shutil"),
    *("signal", "socket", "sqlite3", "ssl", "subprocess", "sys", "tempfile", "time", "urllib"),
}
# A use case may guard the one writer with a lock; a rule has nothing to guard.
OUTSIDE_OF_DOMAIN = OUTSIDE | {"multiprocessing", "pathlib", "queue", "threading", "uuid"}
CLOCK_CALLS = {"now", "utcnow", "today"}
IO_CALLS = {"open", "print", "input"}


def impurities(name: str, text: str, outside: set[str]) -> list[str]:
    faults = []
    for node in ast.walk(ast.parse(text)):
        modules = _imported(node)
        faults += [f"{name}:{node.lineno}: imports {m}" for m in modules if m in outside]  # type: ignore[attr-defined]  # only statements import
        if isinstance(node, ast.Call):
            what = _clock_or_io(node.func)
            faults += [f"{name}:{node.lineno}: calls {what}()"] if what else []
    return faults


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name.split(".")[0] for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        return [node.module.split(".")[0]]
    return []


def _clock_or_io(func: ast.expr) -> str | None:
    if isinstance(func, ast.Name) and func.id in IO_CALLS:
        return func.id
    if (
        isinstance(func, ast.Attribute)
        and func.attr in CLOCK_CALLS
        and isinstance(func.value, ast.Name)
        and func.value.id in {"datetime", "date", "dt"}
    ):
        return f"{func.value.id}.{func.attr}"
    return None


def test_rules_are_pure(root: Path, product_files: list[Path]) -> None:
    faults = []
    for path in product_files:
        parts = [part for part in path.relative_to(root).parts if part != "hub"]
        if parts[1] in {"domain", "use_cases"}:
            outside = OUTSIDE_OF_DOMAIN if parts[1] == "domain" else OUTSIDE
            faults += impurities(str(path.relative_to(root)), path.read_text("utf-8"), outside)
    assert not faults, "\n".join(faults)


def test_impurities_are_seen() -> None:
    text = """import time
from logging import getLogger
from datetime import datetime
x = datetime.now()
print(x)
from threading import Lock
"""
    assert impurities("a.py", text, OUTSIDE_OF_DOMAIN) == [
        "a.py:1: imports time",
        "a.py:2: imports logging",
        "a.py:6: imports threading",
        "a.py:4: calls datetime.now()",
        "a.py:5: calls print()",
    ]
    assert len(impurities("a.py", text, OUTSIDE)) == 4
