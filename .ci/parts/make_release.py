"""Makes the archive of a release: our wheel, every wheel it needs, pins and bills of material.

usage: make_release.py TO KEY.pem    KEY signs; where there is none it is made, and TO/release.pub
Wheels of others are fetched by the hashes of requirements.lock, for this Python and machine.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement

from queue_server.adapters import minisign
from queue_server.adapters.release_archive import pack

ROOT = Path(__file__).resolve().parents[2]
EXTRAS = ("server", "kiosk", "models")
SBOMS = ("sbom.json", "sbom-web.json")


def needed() -> set[str]:
    """Names of what our wheel with all extras needs to run, and what those need."""
    found: set[str] = set()
    waiting: list[tuple[str, tuple[str, ...]]] = [("motcua-edge", EXTRAS)]
    while waiting:
        name, extras = waiting.pop()
        for line in distribution(name).requires or []:
            want = Requirement(line)
            fits = want.marker is None or any(
                want.marker.evaluate({"extra": extra}) for extra in ("", *extras)
            )
            key = re.sub(r"[-_.]+", "-", want.name).lower()
            if fits and key not in found:
                found.add(key)
                waiting.append((want.name, tuple(want.extras)))
    return found


def pins(names: set[str]) -> str:
    """Their lines of requirements.lock, hashes too."""
    text = (ROOT / "requirements.lock").read_text("utf-8")
    blocks = re.findall(r"^[A-Za-z0-9][^\n]*(?:\n    [^\n]*)*", text, re.MULTILINE)
    kept = {block.partition("==")[0].lower(): block for block in blocks}
    return "\n".join(kept[name] for name in sorted(names)) + "\n"


def run(*command: str | Path) -> None:
    """One step; the tool says what is wrong, and the whole ends."""
    subprocess.run([str(part) for part in command], check=True, cwd=ROOT)  # noqa: S603 - our own words


def make(to: Path, key: Path) -> Path:
    """The archive; its signature lies beside it."""
    to.mkdir(parents=True, exist_ok=True)
    if not key.exists():
        (to / "release.pub").write_text(minisign.new_key(key).text(), "utf-8")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet")
    with tempfile.TemporaryDirectory() as beside:
        wheels, lock = Path(beside) / "wheels", Path(beside) / "requirements.lock"
        lock.write_text(pins(needed()), "utf-8")
        only = ("--only-binary", ":all:", "--require-hashes", "--no-deps")
        run(*pip, "download", *only, "--dest", wheels, "-r", lock)
        run(*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", wheels, ROOT)
        files = {f"wheels/{path.name}": path for path in wheels.iterdir()}
        files["requirements.lock"] = lock
        files |= {name: ROOT / name for name in SBOMS if (ROOT / name).exists()}
        version = distribution("motcua-edge").version
        archive = to / f"motcua-edge-{version}.tar"
        here = f"{sys.version_info.major}.{sys.version_info.minor}"
        release = pack(files, archive, version, here, os.uname().machine)
    comment = f"motcua-edge {version}, {len(release.files)} files"
    signature = archive.with_name(f"{archive.name}.minisig")
    signature.write_text(minisign.sign(archive, key, comment), "utf-8")
    return archive


if __name__ == "__main__":
    sys.stdout.write(f"{make(Path(sys.argv[1]), Path(sys.argv[2]))}\n")
