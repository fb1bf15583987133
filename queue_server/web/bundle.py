"""Builds the web pages: npm packages by lock file, one esbuild run, theme as CSS, fonts.

`python -m queue_server.web.bundle` does nothing while the pages are as new as their sources;
`--dev` adds what type check and tests need, `--force` builds anyway.
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from queue_server.web import DIST
from queue_server.web.node_tools import BuildError, NodeTools, find_node
from queue_server.web.theme_css import write_theme

WEB = Path(__file__).parent
THEME = WEB.parents[1] / "firmware_configs" / "theme" / "default.toml"
STAMP = ".stamp"


def build(*, dev: bool = False, force: bool = False) -> None:
    """Bring `dist/` up to date; builds at the same time wait for each other.

    Args:
        dev: install the packages for type check and tests as well.
        force: build although nothing changed.

    Raises:
        BuildError: npm or esbuild failed.
    """
    with (WEB / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        digest = sources_digest()
        fresh = not force and _stamp(DIST) == digest
        if fresh and not dev:
            _say("pages are as new as their sources")
            return
        node = find_node(WEB)
        _install_packages(node, dev=dev)
        if not fresh:
            _bundle(node, digest)


def sources_digest() -> str:
    """Hash over the name and content of everything the pages are made from."""
    digest = hashlib.sha256()
    for path in _sources():
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _sources() -> Iterator[Path]:
    for folder in ("src", "pages", "words"):
        yield from sorted(p for p in (WEB / folder).rglob("*") if p.is_file())
    for name in ("package.json", "package-lock.json", "tsconfig.json", "esbuild.mjs"):
        yield WEB / name
    yield from (THEME, WEB / "bundle.py", WEB / "theme_css.py")


def _install_packages(node: NodeTools, *, dev: bool) -> None:
    modules = WEB / "node_modules"
    lock = hashlib.sha256((WEB / "package-lock.json").read_bytes()).hexdigest()
    if _stamp(modules) in ({f"{lock} dev"} if dev else {f"{lock} dev", f"{lock} build"}):
        return
    _say("npm ci: fetching packages by package-lock.json")
    command = [*node.npm, "ci", *([] if dev else ["--omit=dev"])]
    node.run("npm could not fetch the packages; is a package registry in reach?", command, WEB)
    (modules / STAMP).write_text(f"{lock} {'dev' if dev else 'build'}")


def _bundle(node: NodeTools, digest: str) -> None:
    _say("esbuild: bundling pages")
    shutil.rmtree(DIST, ignore_errors=True)
    node.run("esbuild failed", [node.node, "esbuild.mjs"], WEB)
    for page in (WEB / "pages").glob("*.html"):
        shutil.copyfile(page, DIST / page.name)
    shutil.copyfile(WEB / "pages" / "icon.svg", DIST / "assets" / "icon.svg")
    write_theme(THEME, DIST / "assets")
    (DIST / STAMP).write_text(digest)
    size = sum(p.stat().st_size for p in (DIST / "assets").glob("*.js"))
    _say(f"done, {size // 1000} kB of script")


def _stamp(folder: Path) -> str | None:
    path = folder / STAMP
    return path.read_text() if path.exists() else None


def _say(what: str) -> None:
    sys.stderr.write(f"web: {what}\n")


def main() -> int:
    """Build from the command line.

    Returns:
        0 when the pages are there, 1 when a step failed; the reason is on standard error.
    """
    parser = argparse.ArgumentParser(description="Build the web pages of Một Cửa Edge.")
    parser.add_argument("--dev", action="store_true", help="also what type check and tests need")
    parser.add_argument("--force", action="store_true", help="build although nothing changed")
    options = parser.parse_args()
    try:
        build(dev=options.dev, force=options.force)
    except BuildError as error:
        _say(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
