"""What tests share: the bundled workspace, third parties' fixtures, a live server, a real browser. No test makes these anew."""

from __future__ import annotations

import os
import shutil
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import hypothesis
import pytest

from wanli_geo.workspace.store import bundled

# A run started in the background is deaf to Ctrl-C, and so is every program it starts; some tests send it.
signal.signal(signal.SIGINT, signal.default_int_handler)

# Every law is tried on 200 examples. Tests never time: a slow machine is no fault of the code.
hypothesis.settings.register_profile("laws", max_examples=200, deadline=None)
hypothesis.settings.load_profile("laws")

ROOT = Path(__file__).resolve().parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NO_BROWSER = ("没有找到 Chromium：Debian/Ubuntu 请 apt-get install chromium fonts-noto-cjk，或用 WANLI_CHROMIUM 指出它的位置。 / "
              "No Chromium found: on Debian or Ubuntu `apt-get install chromium fonts-noto-cjk`, or name its place in WANLI_CHROMIUM.")
# Quiet and at home: no sandbox (it cannot be had by root), nothing fetched in the background.
BROWSER_ARGS = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update",
                "--disable-sync", "--no-first-run")


def beside(variable: str, name: str) -> Path:
    """Find a folder of third parties' material by its variable, else beside the checkout; without it the test is skipped."""
    folder = Path(os.environ.get(variable) or ROOT.parent / "shared" / name)
    if not folder.is_dir():
        pytest.skip(f"没有“{folder.name}”资料：请用 {variable} 指出它的文件夹。 / No folder of {name}: name it in {variable}.")
    return folder


@pytest.fixture(scope="session")
def fixtures() -> Path:
    """The folder of third parties' fixtures (OSM extracts, published problems with their answers)."""
    return beside("WANLI_FIXTURES", "fixtures")


@pytest.fixture(scope="session")
def facts() -> Path:
    """The folder of the facts about Wanli that the sketch was drawn from."""
    return beside("WANLI_FACTS", "facts")


@pytest.fixture(scope="session")
def wanli() -> Path:
    """The bundled workspace, to be read only."""
    return bundled()


@pytest.fixture
def wanli_copy(wanli: Path, tmp_path: Path) -> Path:
    """A copy of the bundled workspace, to be changed at will."""
    return Path(shutil.copytree(wanli, tmp_path / "wanli"))


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium; where there is none the test is skipped, under CI it fails."""
    named = os.environ.get("WANLI_CHROMIUM")
    found = named or next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(NO_BROWSER)
    return str(found)


@pytest.fixture(scope="session")
def live() -> Iterator[str]:
    """The address of a real server on the bundled workspace."""
    from waitress.server import create_server

    from webapp import create_app

    server = create_server(create_app(), host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(timeout=10)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sketch, really published once: the folder that a web host would be given."""
    from tests.public_site import SUB_PATH, published

    return published(tmp_path_factory.mktemp("host")) / SUB_PATH


@pytest.fixture(scope="session")
def public(site: Path) -> Iterator[str]:
    """The address of the published site on a plain file server, below a sub-path."""
    from tests.public_site import served

    with served(site.parents[1]) as address:
        yield address


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Any]:
    """One Chromium for the whole run."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=list(BROWSER_ARGS))
        yield opened
        opened.close()


@pytest.fixture
def heard() -> list[str]:
    """What pages complained of during a test: requests to another host, console errors, exceptions. Clear what was provoked."""
    return []


@pytest.fixture
def page(browser: Any, live: str, heard: list[str]) -> Iterator[Any]:
    """A desktop page (1440 × 900, Chinese) at no address yet, relative ones meaning the live server.

    When the test ends nothing may stand in `heard`: no page of ours ever asks another host or writes an error to the console.
    """
    context = browser.new_context(base_url=live, viewport={"width": 1440, "height": 900}, locale="zh-CN")
    opened = listen(context.new_page(), heard)
    yield opened
    context.close()
    assert heard == []


@pytest.fixture
def phone(browser: Any, live: str, heard: list[str]) -> Iterator[Any]:
    """The same on a phone: 390 × 844, touch, twice the pixels."""
    context = browser.new_context(base_url=live, viewport={"width": 390, "height": 844}, locale="zh-CN", has_touch=True, is_mobile=True,
                                  device_scale_factor=2)
    opened = listen(context.new_page(), heard)
    yield opened
    context.close()
    assert heard == []


def listen(page: Any, heard: list[str]) -> Any:
    """Write down what a page complains of."""
    page.on("request", lambda request: heard.append(f"foreign {request.url}") if is_foreign(request.url) else None)
    page.on("console", lambda message: heard.append(f"console {message.text}") if message.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(f"exception {error}"))
    return page


def is_foreign(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme not in ("data", "blob", "about", "file") and parts.hostname not in ("127.0.0.1", "localhost")
