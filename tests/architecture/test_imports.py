"""No module and no package needs, in a circle, somebody who needs it."""

from __future__ import annotations

import graphlib
from collections import defaultdict
from pathlib import Path

import grimp
import pytest

PACKAGES = ("kiosk", "queue_server", "edge_models")
Graph = dict[str, set[str]]
DOORS = ("queue_server.__main__", "queue_server.cli", "queue_server.demo")
"""One command line opens the whole product, so these stand above every package."""


def circle(graph: Graph) -> list[str] | None:
    """Return one circle, from a name back to itself, or None."""
    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as error:
        return list(error.args[1])
    return None


def module_graph(*packages: str) -> Graph:
    built = grimp.build_graph(*packages, cache_dir=None)
    return {name: built.find_modules_directly_imported_by(name) for name in built.modules}


def without_doors(modules: Graph) -> Graph:
    """Leave out who may know everybody; nobody else may import them."""
    for importer, imported in modules.items():
        doors = {name for name in imported if name.startswith(DOORS)}
        assert importer.startswith(DOORS) or not doors, f"{importer} imports {doors}"
    return {name: found for name, found in modules.items() if not name.startswith(DOORS)}


def sibling_graphs(modules: Graph) -> dict[str, Graph]:
    """For every package: which of its children imports, at any depth, which other child."""
    packages: dict[str, Graph] = defaultdict(lambda: defaultdict(set))
    for importer, imported in modules.items():
        for other in imported:
            split = _where_they_part(importer, other)
            if split is not None:
                package, child, sibling = split
                packages[package][child].add(sibling)
    return packages


def _where_they_part(one: str, other: str) -> tuple[str, str, str] | None:
    """Return the closest common package and the children that hold each, None within one line."""
    left, right = one.split("."), other.split(".")
    depth = 0
    while depth < min(len(left), len(right)) and left[depth] == right[depth]:
        depth += 1
    if depth == min(len(left), len(right)):
        return None
    return ".".join(left[:depth]), left[depth], right[depth]


def test_no_circle_of_modules() -> None:
    assert circle(module_graph(*PACKAGES)) is None


def test_no_circle_of_packages() -> None:
    circles = {
        package: found
        for package, graph in sibling_graphs(without_doors(module_graph(*PACKAGES))).items()
        if (found := circle(graph))
    }
    assert not circles


def test_circles_are_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {
        "ring/__init__.py": "",
        "ring/ink/__init__.py": "",
        "ring/ink/blot.py": "from ring.pen import nib",
        "ring/ink/dry.py": "",
        "ring/pen/__init__.py": "",
        "ring/pen/nib.py": "",
        "ring/pen/cap.py": "def f():\n    import ring.ink.dry",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_text(text)
    monkeypatch.syspath_prepend(str(tmp_path))
    modules = module_graph("ring")
    assert circle(modules) is None
    found = circle(sibling_graphs(modules)["ring"])
    assert found is not None
    assert set(found) == {"ink", "pen"}

    with pytest.raises(AssertionError, match=r"queue_server\.demo"):
        without_doors({"kiosk.ui": {"queue_server.demo.stage"}})

    modules["ring.pen.nib"].add("ring.ink.blot")
    assert circle(modules) is not None
