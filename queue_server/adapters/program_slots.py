"""Programs of several releases side by side, each complete or not there, and one link to one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from queue_server.adapters import minisign
from queue_server.adapters.backup import to_disk
from queue_server.adapters.release_archive import Release, ReleaseRefused, copy_in, unpack

COMPLETE = "release-complete"
"""The file that is written last; a slot without it is wiped and made anew."""
PINS = "requirements.lock"
WHEELS = "wheels"


class ProgramSlots:
    """`/opt/motcua` names one of the folders in `/opt/motcua.releases`."""

    def __init__(self, link: Path) -> None:
        self.link = link
        self.releases = link.with_name(link.name + ".releases")

    def current(self) -> str:
        """The slot that counts.

        Raises:
            ReleaseRefused: the programs are not kept in slots.
        """
        if not self.link.is_symlink():
            raise ReleaseRefused(
                f"{self.link}: no link to a folder in {self.releases}; see systemd/README.md"
            )
        return os.path.realpath(self.link)

    def switch(self, program: str) -> None:
        """Let the link name another slot, in one step."""
        fresh = self.link.with_name(self.link.name + ".new")
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(program)
        fresh.replace(self.link)
        to_disk(self.link.parent)

    def bring(self, archive: Path, signature: Path, public: minisign.PublicKey) -> Release:
        """Check a release and install it in a slot of its own; nothing of it counts yet.

        Raises:
            NotSigned: it is not what the holder of the key signed.
            ReleaseRefused: not a release, or not for this machine.
        """
        beside = self.releases / ".incoming"
        shutil.rmtree(beside, ignore_errors=True)
        try:
            ours = copy_in(archive, beside)
            minisign.check(ours, signature.read_text(encoding="utf-8"), public)
            release = unpack(ours, beside / "files")
            self._require_fit(release)
            if not (self.slot(release) / COMPLETE).exists():
                self._install(release, beside / "files")
        finally:
            shutil.rmtree(beside, ignore_errors=True)
        return release

    def slot(self, release: Release) -> Path:
        """Where this release stands."""
        return self.releases / release.version

    def _require_fit(self, release: Release) -> None:
        here = f"{sys.version_info.major}.{sys.version_info.minor}"
        if (release.python, release.machine) != (here, os.uname().machine):
            raise ReleaseRefused(
                f"made for Python {release.python} on {release.machine}; "
                f"here is Python {here} on {os.uname().machine}"
            )

    def _install(self, release: Release, files: Path) -> None:
        """By pip, from the archive alone, every package by its digest."""
        slot = self.slot(release)
        shutil.rmtree(slot, ignore_errors=True)
        base = os.path.realpath(sys.executable)
        _run(base, "-m", "venv", str(slot))
        offline = ("--no-index", "--find-links", str(files / WHEELS), "--no-input", "--quiet")
        pip = (str(slot / "bin" / "python"), "-m", "pip", "install", *offline)
        if (files / PINS).stat().st_size:
            _run(*pip, "--require-hashes", "--no-deps", "-r", str(files / PINS))
        (own,) = (files / WHEELS).glob("motcua_edge-*.whl")
        _run(*pip, "--no-deps", str(own))
        os.sync()
        (slot / COMPLETE).write_text(release.version, encoding="utf-8")
        to_disk(slot / COMPLETE)
        to_disk(slot)


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own words and paths
    if done.returncode:
        last = (done.stderr or done.stdout).strip().splitlines()[-1:]
        raise ReleaseRefused(f"it cannot be installed: {' '.join(last)}")
