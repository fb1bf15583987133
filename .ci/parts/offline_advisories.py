"""Known weaknesses of our packages from a file of advisories, where no database can be asked.

usage: offline_advisories.py ADVISORIES.zip [requirements.lock [package-lock.json]]

ADVISORIES is what https://osv.dev publishes for an ecosystem (`PyPI/all.zip`, `npm/all.zip`), or a
folder of such JSON files: one advisory each, in the OSV format. It is carried in like a release.
Exit code 1 where a package of ours is named, 2 where the file says nothing about anything of ours.
"""

from __future__ import annotations

import json
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.version import InvalidVersion, Version

ROOT = Path(__file__).resolve().parents[2]
Pinned = dict[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Weakness:
    """One advisory that names a version of ours."""

    ecosystem: str
    package: str
    version: str
    id: str
    summary: str


def pinned(lock: Path, pages: Path | None) -> Pinned:
    """Version by ecosystem and package."""
    lines = re.findall(
        r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)", lock.read_text("utf-8"), re.MULTILINE
    )
    found = {("PyPI", plain(name)): version for name, version in lines}
    if pages is not None:
        packages = json.loads(pages.read_text("utf-8"))["packages"]
        for path, said in packages.items():
            if path and "version" in said:
                found["npm", path.rpartition("node_modules/")[2]] = said["version"]
    return found


def plain(name: str) -> str:
    """A Python package's name as all write it alike."""
    return re.sub(r"[-_.]+", "-", name).lower()


def advisories(source: Path) -> Iterator[dict[str, Any]]:
    """Every advisory of a ZIP file or a folder."""
    if source.is_dir():
        for path in sorted(source.rglob("*.json")):
            yield json.loads(path.read_text("utf-8"))
        return
    with zipfile.ZipFile(source) as archive:
        for name in sorted(archive.namelist()):
            if name.endswith(".json"):
                yield json.loads(archive.read(name))


def looked_up(ours: Pinned, told: Iterable[dict[str, Any]]) -> tuple[list[Weakness], int]:
    """What is known about us, and how many advisories were about packages of ours at all."""
    found, about = [], 0
    for advisory in told:
        if "withdrawn" in advisory:
            continue
        for affected in advisory.get("affected", ()):
            package = affected.get("package", {})
            ecosystem, name = str(package.get("ecosystem")), str(package.get("name"))
            name = plain(name) if ecosystem == "PyPI" else name
            version = ours.get((ecosystem, name))
            if version is None:
                continue
            about += 1
            if is_affected(version, affected):
                summary = str(advisory.get("summary", ""))
                found.append(Weakness(ecosystem, name, version, str(advisory["id"]), summary))
    return found, about


def is_affected(version: str, affected: dict[str, Any]) -> bool:
    """Whether a version is listed or in a range; what cannot be compared counts as affected."""
    if version in affected.get("versions", ()):
        return True
    ranges = [one for one in affected.get("ranges", ()) if one.get("type") != "GIT"]
    return any(_within(version, one.get("events", ())) for one in ranges)


def _within(version: str, events: Iterable[dict[str, str]]) -> bool:
    try:
        own, inside = Version(version), False
        for event in events:
            if "introduced" in event and own >= Version(event["introduced"]):
                inside = True
            if "fixed" in event and own >= Version(event["fixed"]):
                inside = False
            if "last_affected" in event and own > Version(event["last_affected"]):
                inside = False
    except InvalidVersion:
        return True
    return inside


def main(arguments: list[str]) -> int:
    """Print one line a weakness."""
    source, *ours_in = map(Path, arguments)
    own = (ROOT / "requirements.lock", ROOT / "queue_server" / "web" / "package-lock.json")
    lock, pages = (*ours_in, *own[len(ours_in) :])
    ours = pinned(lock, pages if pages.exists() else None)
    found, about = looked_up(ours, advisories(source))
    for one in found:
        sys.stdout.write(f"{one.id}  {one.ecosystem} {one.package} {one.version}: {one.summary}\n")
    sys.stdout.write(
        f"{len(ours)} packages, {about} advisories about them, {len(found)} about these versions\n"
    )
    if not about:
        sys.stderr.write(f"{source}: names none of our packages; is it the right file?\n")
        return 2
    return 1 if found else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:  # noqa: PLR2004 - the program and a file
        sys.stderr.write(f"{__doc__}\n")
        raise SystemExit(2)
    raise SystemExit(main(sys.argv[1:]))
