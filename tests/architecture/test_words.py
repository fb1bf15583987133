"""Every module says its idea, no name is empty of meaning, no rule is bent without a reason."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from pathlib import Path

EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "managers", "manager", "misc"}
# A service is what the office offers; a queue is a waiting line.
TAKEN_NAMES = {"service", "queue"}
TWO_SENTENCES = re.compile(r"[.!?] +[A-ZÀ-Ỹ]")
REASON = re.compile(r"[^\W\d_]{2,}")
BENT_RULE = re.compile(r"#\s*(?:noqa|type: ignore)")
RULE_NAMES = re.compile(
    r"#\s*(?:noqa(?::\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*)?|type: ignore(?:\[[^\]]*\])?)"
)


def docstring_fault(name: str, text: str) -> list[str]:
    doc = ast.get_docstring(ast.parse(text))
    if not doc:
        return [f"{name}: the module does not say its idea"]
    first = doc.splitlines()[0]
    if not first.endswith(".") or TWO_SENTENCES.search(first):
        return [f"{name}: the first line is not one sentence: {first!r}"]
    return []


def bad_names(path: Path) -> list[str]:
    stems = [*path.parts[:-1], path.stem]
    faults = [f"{path}: '{stem}' says nothing" for stem in stems if stem in EMPTY_NAMES]
    if path.stem in TAKEN_NAMES:
        faults.append(f"{path}: '{path.stem}' means something else here, see the words")
    return faults


def comments(text: str) -> dict[int, str]:
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return {t.start[0]: t.string for t in tokens if t.type == tokenize.COMMENT}


def unexplained(name: str, text: str) -> list[str]:
    """Find `noqa`, `type: ignore` and broad `except` that do not say why."""
    said = comments(text)
    faults = [
        f"{name}:{line}: no reason beside {comment!r}"
        for line, comment in said.items()
        if BENT_RULE.match(comment) and not _gives_reason(comment)
    ]
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ExceptHandler) and _broad(node.type) and not _raises(node):
            near = (said.get(line, "") for line in (node.lineno - 1, node.lineno, node.lineno + 1))
            if not any(_gives_reason(comment) for comment in near):
                faults.append(f"{name}:{node.lineno}: broad except without a reason")
    return faults


def _gives_reason(comment: str) -> bool:
    return bool(REASON.search(RULE_NAMES.sub("", comment)))


def _raises(handler: ast.ExceptHandler) -> bool:
    """Tell whether the handler only tidies up and lets the error go on."""
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def _broad(caught: ast.expr | None) -> bool:
    names = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(
        name is None or (isinstance(name, ast.Name) and name.id in {"Exception", "BaseException"})
        for name in names
    )


def test_every_module_says_its_idea(root: Path, python_files: list[Path]) -> None:
    faults = [
        fault
        for path in python_files
        for fault in docstring_fault(str(path.relative_to(root)), path.read_text("utf-8"))
    ]
    assert not faults, "\n".join(faults)


def test_no_empty_names(root: Path, tracked: list[Path]) -> None:
    code = [path for path in tracked if path.suffix in {".py", ".ts", ".kv"}]
    faults = [fault for path in code for fault in bad_names(path.relative_to(root))]
    assert not faults, "\n".join(faults)


def test_no_rule_is_bent_in_silence(root: Path, python_files: list[Path]) -> None:
    faults = [
        fault
        for path in python_files
        for fault in unexplained(str(path.relative_to(root)), path.read_text("utf-8"))
    ]
    assert not faults, "\n".join(faults)


def test_missing_and_double_sentences_are_seen() -> None:
    assert docstring_fault("a.py", "x = 1")
    assert docstring_fault("a.py", '"""No full stop"""')
    assert docstring_fault("a.py", '"""One thing. Another thing."""')
    assert not docstring_fault("a.py", '"""RFC 9457 over HTTP 1.1, e.g. for people."""')


def test_empty_and_taken_names_are_seen() -> None:
    assert bad_names(Path("kiosk/utils/paper.py"))
    assert bad_names(Path("kiosk/adapters/helpers.py"))
    assert bad_names(Path("queue_server/domain/queue.py"))
    assert bad_names(Path("queue_server/use_cases/service.py"))
    assert not bad_names(Path("queue_server/domain/waiting_line.py"))


def test_silent_exceptions_to_rules_are_seen() -> None:
    broad = "try:\n    f()\nexcept {}:{}\n    g()\n"
    assert unexplained("a.py", broad.format("Exception", ""))
    assert unexplained("a.py", broad.format("(OSError, BaseException)", "  # noqa: BLE001"))
    assert unexplained("a.py", broad.format("", ""))
    assert unexplained("a.py", "x = 1  # type: ignore[assignment]")
    assert unexplained("a.py", "x = 1  # noqa: E501, F401")
    assert not unexplained("a.py", broad.format("Exception", "  # noqa: BLE001 - the loop goes on"))
    assert not unexplained("a.py", broad.format("Exception as e", "\n    # top of the thread"))
    assert not unexplained("a.py", broad.format("OSError", ""))
    assert not unexplained("a.py", broad.format("BaseException", "") + "    raise\n")
    assert not unexplained("a.py", "x = 1  # type: ignore[misc]  # kivy has no types")
