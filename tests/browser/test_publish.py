"""The page of the public map on the desk: state, gate, preview, difference, record."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.browser.test_import import serving
from tests.conftest import listen


@pytest.fixture(scope="module")
def pressing(tmp_path_factory: pytest.TempPathFactory, wanli: Path) -> Any:
    folder = Path(shutil.copytree(wanli, tmp_path_factory.mktemp("pressing") / "wanli"))
    with serving(folder, edit=True) as address:
        yield address, folder


def test_from_three_reasons_to_a_recorded_release(browser: Any, pressing: Any, heard: list[str]) -> None:
    address, folder = pressing
    context = browser.new_context(base_url=address, viewport={"width": 1366, "height": 768}, locale="zh-CN")
    page = listen(context.new_page(), heard)
    page.goto("/publish")
    page.click("button.primary")
    page.wait_for_selector(".reasons li")
    assert page.locator(".reasons li").count() == 3
    page.fill("input[name=ground]", "内部试用")
    page.fill("input[name=reviewer]", "张三")
    page.fill("input[name=date]", "2026-11-25")
    page.click("button.primary")
    page.wait_for_selector(".preview-frame")
    page.frame_locator(".preview-frame").locator("#search-text").wait_for()
    assert "这是第一次发布" in page.locator("#part-preview").inner_text()
    archive = page.request.get(page.locator("a[download]").get_attribute("href"))
    assert "index.html" in zipfile.ZipFile(io.BytesIO(archive.body())).namelist()
    page.click("text=记录这次发布")
    page.wait_for_selector("text=已记为第 1 次发布")
    assert (folder / "releases" / "0001.json").is_file()
    page.click("button.primary")
    page.wait_for_selector("text=和上一次发布完全相同")
    context.close()
    assert heard == []


def test_where_editing_is_off_nothing_can_be_recorded(phone: Any, heard: list[str]) -> None:
    phone.goto("/publish")
    for name, value in (("ground", "内部试用"), ("reviewer", "张三"), ("date", "2026-11-25")):
        phone.fill(f"input[name={name}]", value)
    phone.click("button.primary")
    phone.wait_for_selector(".preview-frame")
    assert phone.locator("text=记录这次发布").count() == 0
    token = phone.locator("a[download]").get_attribute("href").partition("token=")[2]
    refused = phone.evaluate("""(token) => fetch("/api/publish/release", { method: "POST", headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ token }) }).then((reply) => reply.status)""", token)
    assert refused == 403
    heard.clear()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
