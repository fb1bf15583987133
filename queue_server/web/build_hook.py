"""Lets hatchling build the pages whenever the package is built or installed for editing."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SKIP = "MOTCUA_SKIP_WEB"


class WebBuildHook(BuildHookInterface[Any]):
    """Runs the bundler in a process of its own and puts its output into the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build before files are collected.

        Args:
            version: `standard` for a wheel, `editable` for a working copy.
            build_data: what hatchling will pack; the pages are added as artifacts.

        Raises:
            RuntimeError: the pages could not be built; the reason stands above it.
        """
        if self.target_name != "wheel" or os.environ.get(SKIP) == "1":
            return
        command = [sys.executable, "-m", "queue_server.web.bundle"]
        if version == "editable":
            command.append("--dev")
        if subprocess.run(command, cwd=self.root, check=False).returncode != 0:  # noqa: S603 our own
            raise RuntimeError(f"the web pages were not built; {SKIP}=1 installs without them")
        build_data["artifacts"].append("/queue_server/web/dist/**")
