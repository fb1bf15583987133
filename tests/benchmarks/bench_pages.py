"""First paint, weight and event → pixels in Chromium: `python -m tests.benchmarks.bench_pages`.

Browser, server and this process share the machine. A change counts as seen two frames after the
figure on the page changed: the first frame is being drawn then, the second says that it was.
"""

from __future__ import annotations

import argparse
import gzip
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
from playwright.sync_api import Browser, Page

from queue_server.web import DIST
from queue_server.web.bundle import build
from tests.benchmarks.figures import Row, machine, probe_row, share, spread
from tests.browser.chromium import chromium
from tests.office_process import OfficeProcess

PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"
WATCH = """() => {
  window.seen = {};
  const note = () => {
    const figure = document.querySelector('.counts strong')?.textContent;
    if (figure === null || figure in window.seen) return;
    requestAnimationFrame(() => requestAnimationFrame(() => {
      window.seen[figure] ??= performance.timeOrigin + performance.now();
    }));
  };
  new MutationObserver(note).observe(document.body,
    { subtree: true, childList: true, characterData: true });
}"""


def loaded_with(entry: str) -> set[Path]:
    """A page's script with all that it may import, its style sheet, and the theme's."""
    assets = DIST / "assets"
    found, left = {assets / f"{entry}.css", assets / "theme.css"}, [assets / f"{entry}.js"]
    while left:
        script = left.pop()
        found.add(script)
        names = re.findall(r'"\./(part-\w+\.js)"', script.read_text("utf-8"))
        left += [p for name in names if (p := assets / name) not in found]
    return found


def weights() -> Iterator[Row]:
    """Each page compressed, without fonts: what it loads at once and later."""
    sizes = {
        page.stem: sum(len(gzip.compress(p.read_bytes())) for p in loaded_with(page.stem)) / 1000
        for page in sorted(DIST.glob("*.html"))
    }
    largest = max(sizes, key=lambda page: sizes[page])
    all_of = ", ".join(f"{page} {size:.0f}" for page, size in sizes.items())
    yield Row(
        f"largest page ({largest}) compressed, kB", "≤ 150", f"{sizes[largest]:.0f} ({all_of})"
    )


def first_paint(browser: Browser, server: OfficeProcess, path: str, runs: int) -> Row:
    """From a browser without any cache, signed in; figures drawn, not only the ground."""
    paints, whole = [], []
    for _ in range(runs):
        context = browser.new_context(viewport={"width": 1366, "height": 768})
        page = context.new_page()
        sign_in(page, server)
        fresh = context.new_page()
        client = context.new_cdp_session(fresh)
        client.send("Network.clearBrowserCache")
        began = time.perf_counter()
        fresh.goto(server.url + path, wait_until="commit")
        fresh.wait_for_selector(".headline, .now, main > *")
        whole.append((time.perf_counter() - began) * 1e3)
        fresh.wait_for_function(f"({PAINTED}) !== null")
        paints.append(fresh.evaluate(PAINTED))
        context.close()
    return Row(
        f"first paint of {path}, cold, ms",
        "≤ 1,000",
        f"{spread(paints, 0)}; figures {spread(whole, 0)}",
    )


def sign_in(page: Page, server: OfficeProcess) -> None:
    page.goto(f"{server.url}/?next=/board#key={server.secret()}")
    page.wait_for_url("**/board")


def event_to_pixels(browser: Browser, server: OfficeProcess, changes: int) -> Row:
    """From before the request of a ticket is sent until the board shows one person more."""
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    sign_in(page, server)
    page.wait_for_selector(".counts strong")
    page.evaluate(WATCH)
    headers = {"Authorization": f"Bearer {server.secret()}"}
    taken: list[float] = []
    with httpx.Client(base_url=f"{server.url}/api/v1", headers=headers) as client:
        first = client.get("/board").json()["today"]["waiting"]
        for number in range(changes):
            sent = time.time() * 1e3
            key = {"Idempotency-Key": f"pixels-{number}"}
            client.post("/tickets", json={"service": "CT"}, headers=key).raise_for_status()
            figure = str(first + number + 1)
            page.wait_for_function("(f) => window.seen[f] !== undefined", arg=figure)
            taken.append(page.evaluate("(f) => window.seen[f]", figure) - sent)
    page.close()
    p50, p99 = share(taken, 0.5), share(taken, 0.99)
    return Row(
        "ticket → board's pixels, p99, ms", "≤ 200", f"{p99:.0f} (p50 {p50:.0f}, n = {changes})"
    )


def rows(folder: Path, runs: int, changes: int) -> Iterator[Row]:
    build()
    yield from weights()
    with OfficeProcess(folder / "office") as server, chromium() as browser:
        for path in ("/board", "/display", "/offices"):
            yield first_paint(browser, server, path, runs)
        yield event_to_pixels(browser, server, changes)
    yield probe_row(folder)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--changes", type=int, default=100)
    options = parser.parse_args()
    sys.stdout.write(machine() + "\n")
    with tempfile.TemporaryDirectory(dir=os.environ.get("MOTCUA_BENCH_DIR")) as folder:
        for row in rows(Path(folder), options.runs, options.changes):
            sys.stdout.write(f"{row}\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
