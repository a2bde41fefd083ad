"""The public site of the sketch, really published and really served: what the tests of it share."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from wanli_geo.cli import run

# A site is never at the root of its host: whatever is not relative breaks here.
SUB_PATH = "jiedao/map"
STATED = ("--ground", "测试：不对外公开", "--reviewer", "张三", "--date", "2026-11-25", "--contact", "mailto:wanli@example.gov.cn",
          "--public-url", "https://www.example.gov.cn/wanli/map")
PAGES = ("index", "circle", "blue_green", "red_walkway", "night_run", "plan", "elder", "list", "about")
ALL = tuple(f"{folder}{name}.html" for folder in ("", "en/") for name in PAGES)


def published(folder: Path) -> Path:
    """Publish the bundled sketch below a folder, and give the folder that a plain file server serves."""
    assert run(["publish", str(folder / SUB_PATH), *STATED]) == 0
    return folder


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing: the test listens in the browser."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder by nothing but Python's own file server; gives the address of the site in it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/{SUB_PATH}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=10)
