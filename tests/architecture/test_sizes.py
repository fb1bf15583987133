"""A file is read in one sitting and a function on one screen: 350 and 50 lines at most."""

from __future__ import annotations

import ast
from pathlib import Path

FILE_LIMIT = 350
FUNCTION_LIMIT = 50
SOURCES = {".py", ".ts", ".css", ".kv"}


def long_file(name: str, text: str) -> list[str]:
    lines = text.count("\n") + 1
    return [f"{name}: {lines} lines, at most {FILE_LIMIT}"] if lines > FILE_LIMIT else []


def long_functions(name: str, text: str) -> list[str]:
    """Count from `def` to the last line, the docstring included; decorators are free."""
    return [
        f"{name}:{node.lineno}: {node.name} has {length} lines, at most {FUNCTION_LIMIT}"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and (length := node.end_lineno - node.lineno + 1) > FUNCTION_LIMIT
    ]


def test_no_file_is_long(root: Path, tracked: list[Path]) -> None:
    sources = [path for path in tracked if path.suffix in SOURCES]
    faults = [
        fault
        for path in sources
        for fault in long_file(str(path.relative_to(root)), path.read_text(encoding="utf-8"))
    ]
    assert not faults, "\n".join(faults)


def test_no_function_is_long(root: Path, python_files: list[Path]) -> None:
    faults = [
        fault
        for path in python_files
        for fault in long_functions(str(path.relative_to(root)), path.read_text(encoding="utf-8"))
    ]
    assert not faults, "\n".join(faults)


def test_the_limits_are_exact() -> None:
    assert not long_file("a.py", "x\n" * (FILE_LIMIT - 1) + "x")
    assert long_file("a.py", "x\n" * FILE_LIMIT + "x")
    body = "    pass\n"
    assert not long_functions("a.py", "def f():\n" + body * (FUNCTION_LIMIT - 1))
    long = "class A:\n  async def f():\n" + body * FUNCTION_LIMIT
    assert long_functions("a.py", long) == [f"a.py:2: f has {FUNCTION_LIMIT + 1} lines, at most 50"]
