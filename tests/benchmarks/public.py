"""The public map on an old phone: the build, the weight, a walk asked in the page, and Lighthouse with its mobile defaults.

    python -m tests.benchmarks.public

Lighthouse is fetched by npx; without Node its rows are left out and said to be. Every row with a line to keep says whether it is kept.
"""

from __future__ import annotations

import gzip
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Response, sync_playwright

from tests.conftest import BROWSER_ARGS, BROWSERS, NO_BROWSER
from tests.public_site import SUB_PATH, published

_LIGHTHOUSE = "lighthouse@12"
_RUNS = 5
_SLOWER = 4  # an old phone: the processor this many times slower
# A hundred places over the sketch, adults on a Tuesday at ten: the walk to every door within forty minutes, then the three areas.
_ASK = """async () => {
  const { unpack, Walkable, Walks, entered, reached } = await import(new URL("static/js/engine.js", location.href).href);
  const buffer = await (await fetch("data/walks.bin")).arrayBuffer();
  const began = performance.now();
  const walks = new Walks(new Walkable(unpack(buffer))), who = walks.walkable.walkers[1];
  const hour = walks.at(who, { day: "Tu", minute: 600 });
  hour.prepare();
  const first = performance.now() - began, asked = [], drawn = [];
  for (let i = 0; i < 100; i++) {
    const [lon, lat] = [121.385 + 0.03 * ((i * 37) % 100) / 100, 31.262 + 0.02 * ((i * 61) % 100) / 100];
    let from = performance.now();
    const start = hour.from(walks.walkable.plane.xy(lon, lat), who.m_per_s, 40 * 60 * who.m_per_s);
    asked.push(performance.now() - from);
    from = performance.now();
    for (const minutes of [5, 10, 15]) { reached(start, 60 * minutes * who.m_per_s); entered(start, 60 * minutes * who.m_per_s); }
    drawn.push(performance.now() - from);
  }
  return { first, asked, drawn };
}"""


class _Packed(SimpleHTTPRequestHandler):
    """A file server as a street website has: HTTP/1.1, gzip, ten minutes of keeping."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        if not file.is_file():
            self.send_error(404)
            return
        content = gzip.compress(file.read_bytes(), 6)
        self.send_response(200)
        for name, value in (("Content-Type", self.guess_type(file)), ("Content-Encoding", "gzip"), ("Content-Length", str(len(content))),
                            ("Cache-Control", "max-age=600")):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Packed, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/{SUB_PATH}/"
    finally:
        server.shutdown()
        server.server_close()


class Lines:
    """The rows as they are printed, and whether each line is kept."""

    def __init__(self) -> None:
        self.are_kept = True

    def row(self, told: str, value: float, unit: str, most: float | None = None, least: float | None = None) -> None:
        line = "" if most is None and least is None else f"   line {'≤' if most is not None else '≥'} {most if most is not None else least:g} {unit}"
        is_kept = (most is None or value <= most) and (least is None or value >= least)
        self.are_kept = self.are_kept and is_kept
        print(f"{told:<72}{value:9.1f} {unit:<4}{line}{'' if not line else ': kept' if is_kept else ': NOT kept'}", flush=True)


def first_load(page: Page, address: str) -> float:
    """Kilobytes over the wire until 家门口 is at rest."""
    seen: list[Response] = []

    def note(reply: Response) -> None:
        seen.append(reply)

    page.on("response", note)
    page.goto(address, wait_until="networkidle")
    return sum(int(reply.header_value("content-length") or 0) for reply in seen) / 1000


def by_lighthouse(chromium: str, address: str, folder: Path) -> dict[str, Any]:
    report = folder / "lighthouse.json"
    subprocess.run(["npx", "--yes", _LIGHTHOUSE, address, "--quiet", f"--chrome-flags=--headless=new {' '.join(BROWSER_ARGS)}", "--output=json",
                    f"--output-path={report}"], check=True, env=os.environ | {"CHROME_PATH": chromium}, capture_output=True)
    return dict(json.loads(report.read_text("utf-8")))


def lighthouse(lines: Lines, chromium: str, address: str, folder: Path) -> None:
    runs = [by_lighthouse(chromium, address, folder) for _ in range(_RUNS)]
    print(f"Lighthouse {runs[0]['lighthouseVersion']}, mobile defaults, median of {_RUNS}")
    for category, least in (("performance", 95), ("accessibility", 100), ("best-practices", 100), ("seo", None)):
        lines.row(f"  {category}", 100 * statistics.median(run["categories"][category]["score"] for run in runs), "", least=least)
    for audit, most in (("first-contentful-paint", 1500), ("largest-contentful-paint", None), ("interactive", 2500), ("total-blocking-time", None)):
        lines.row(f"  {audit}", statistics.median(run["audits"][audit]["numericValue"] for run in runs), "ms", most=most)


def main() -> int:
    chromium = next((path for name in BROWSERS if (path := shutil.which(name))), None) or sys.exit(NO_BROWSER)
    lines = Lines()
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        folder = Path(scratch)
        began = time.perf_counter()
        published(folder / "site")
        built = time.perf_counter() - began
        browser = playwright.chromium.launch(executable_path=chromium, args=list(BROWSER_ARGS))
        machine = f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}"
        print(f"{machine}, Chromium {browser.version}, the bundled Wanli sketch")
        lines.row("built, questions of the coverage included", built, "s", most=10)
        files = [file for file in (folder / "site" / SUB_PATH).rglob("*") if file.is_file()]
        lines.row(f"the whole site, {len(files)} files", sum(file.stat().st_size for file in files) / 1e6, "MB", most=3)
        lines.row("data/walks.bin, gzip", len(gzip.compress((folder / "site" / SUB_PATH / "data/walks.bin").read_bytes(), 9)) / 1000, "kB", most=150)
        with served(folder / "site") as address:
            page = browser.new_page(viewport={"width": 390, "height": 844}, locale="zh-CN")
            lines.row("first load of 家门口, gzip, in all", first_load(page, address), "kB", most=300)
            page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
            told = page.evaluate(_ASK)
            for name, at in (("median", 0.5), ("95th of 100", 0.95), ("slowest", 1.0)):
                value = sorted(told["asked"])[min(int(at * len(told["asked"])), len(told["asked"]) - 1)]
                lines.row(f"walks from a place to every door, processor {_SLOWER} times slower, {name}", value, "ms", most=30)
            lines.row("the streets and yards of its 5, 10 and 15 minutes, median", statistics.median(told["drawn"]), "ms")
            lines.row("before the first: unpacked, the hour prepared", told["first"], "ms")
            browser.close()
            if shutil.which("npx") is None:
                print("Lighthouse: left out, there is no npx")
            else:
                lighthouse(lines, chromium, address, folder)
    return 0 if lines.are_kept else 1


if __name__ == "__main__":
    sys.exit(main())
