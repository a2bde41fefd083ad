"""How long a planner waits in a real browser: page open to first figure, click on a service to its figure, click on the map to its bands.

    python -m tests.benchmarks.page
"""

from __future__ import annotations

import logging
import platform
import shutil
import statistics
import sys
import threading
import time

from playwright.sync_api import Page, sync_playwright
from waitress.server import create_server

from tests.browser.steps import ANSWERED, on_map
from tests.conftest import BROWSER_ARGS, BROWSERS, NO_BROWSER
from webapp import create_app

KINDS = ("MARKET", "PHARMACY", "KINDERGARTEN", "BUS_STOP", "PARK")
# Along the paths of the park: a click there asks for walk bands, one on a compound for its walk.
VIEW = "?map=15/31.27130/121.40100"
PARK = [(121.4003 + 0.0001 * step, 31.2690) for step in range(5)]


def opened_ms(page: Page, address: str) -> float:
    start = time.perf_counter()
    page.goto(address)
    page.wait_for_selector(ANSWERED)
    return 1000 * (time.perf_counter() - start)


def asked_ms(page: Page, kind: str) -> float:
    start = time.perf_counter()
    with page.expect_response(lambda reply: f"kind={kind}" in reply.url):
        page.click(f'[data-key="{kind}"]')
    page.wait_for_selector(ANSWERED)
    return 1000 * (time.perf_counter() - start)


def banded_ms(page: Page, lon: float, lat: float) -> float:
    x, y = on_map(page, lon, lat)
    start = time.perf_counter()
    with page.expect_response(lambda reply: "/api/isochrone" in reply.url):
        page.mouse.click(x, y)
    page.wait_for_selector("#detail")
    return 1000 * (time.perf_counter() - start)


def main() -> None:
    chromium = next((path for name in BROWSERS if (path := shutil.which(name))), None) or sys.exit(NO_BROWSER)
    logging.getLogger("waitress").setLevel(logging.ERROR)
    server = create_server(create_app(), host="127.0.0.1", port=0, threads=6)
    threading.Thread(target=server.run, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(BROWSER_ARGS))
        page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="zh-CN")
        address = f"http://127.0.0.1:{server.effective_port}/{VIEW}"
        cold = opened_ms(page, address)
        warm = statistics.median(opened_ms(page, address) for _ in range(5))
        asked = [asked_ms(page, kind) for kind in KINDS]
        banded = [banded_ms(page, *place) for place in PARK]
        print(f"{platform.machine()}, Python {platform.python_version()}, Chromium {browser.version}, the bundled Wanli sketch, milliseconds")
        browser.close()
    server.close()
    print(f"{'page opened, first answer of the server, figure shown':<58}{cold:8.0f}")
    print(f"{'page opened again, median of 5':<58}{warm:8.0f}")
    print(f"{'click on a service never asked before, figure shown, median':<58}{statistics.median(asked):8.0f}   slowest {max(asked):.0f}")
    print(f"{'click on the map, walk bands received, median':<58}{statistics.median(banded):8.0f}   slowest {max(banded):.0f}")


if __name__ == "__main__":
    main()
