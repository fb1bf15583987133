"""Importing a module does no work: it defines, and whoever starts the program calls."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

# Alembic executes these files as scripts; nobody imports them.
SCRIPTS = {
    Path("queue_server/adapters/migrations/env.py"),
    Path("queue_server/hub/adapters/migrations/env.py"),
}

SLOW = ("numpy", "onnxruntime", "cv2", "PIL", "openpyxl", "typst", "pypdfium2", "lightgbm")
"""Heavy libraries; a server that was killed must be back before it loads any of them."""


def work_at_import(name: str, text: str) -> list[str]:
    """Find calls whose answer nobody keeps, and loops, outside functions and `__main__`."""
    return [
        f"{name}:{node.lineno}: works at import"
        for node in ast.parse(text).body
        if isinstance(node, ast.For | ast.While | ast.With)
        or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call))
    ]


def test_importing_does_no_work(root: Path, product_files: list[Path]) -> None:
    faults = [
        fault
        for path in product_files
        if path.relative_to(root) not in SCRIPTS
        for fault in work_at_import(str(path.relative_to(root)), path.read_text("utf-8"))
    ]
    assert not faults, "\n".join(faults)


def test_work_at_import_is_seen() -> None:
    assert work_at_import("a.py", "import b\nb.connect()\n") == ["a.py:2: works at import"]
    assert work_at_import("a.py", "for x in y:\n    x()\n")
    assert work_at_import("a.py", "with open('f') as f:\n    t = f.read()\n")
    good = (
        '"""Idea."""\nX = frozenset({1})\ndef f():\n    g()\nif __name__ == "__main__":\n    f()\n'
    )
    assert not work_at_import("a.py", good)


def test_a_server_starts_without_heavy_libraries() -> None:
    ask = (
        "import sys, queue_server.cli.office, queue_server.bootstrap\n"
        f"print(*(name for name in {SLOW} if name in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", ask], capture_output=True, text=True, check=True, timeout=250
    )
    assert done.stdout.split() == []
