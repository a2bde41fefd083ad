"""The page where files are taken in: from a planner's workbook to the map of the desk, and back."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pytest
from waitress.server import create_server

from tests.conftest import listen
from wanli_geo.workspace.datums import from_wgs84
from webapp import Settings, create_app

HEADINGS = ("设施名称", "类别", "经度", "纬度", "服务热线号")
SPREAD = [(121.385 + 0.006 * (at % 5), 31.262 + 0.003 * (at // 5)) for at in range(15)]  # over the whole of Wanli


@pytest.fixture(scope="module")
def editing(tmp_path_factory: pytest.TempPathFactory, wanli: Path) -> Iterator[str]:
    """A real server on a copy of the sketch, editing switched on."""
    folder = Path(shutil.copytree(wanli, tmp_path_factory.mktemp("editing") / "wanli"))
    with serving(folder, edit=True) as address:
        yield address


@contextmanager
def serving(folder: Path, *, edit: bool) -> Iterator[str]:
    server = create_server(create_app(Settings(workspace=folder, edit=edit)), host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(timeout=10)


@pytest.fixture
def desk(browser, editing, heard):
    context = browser.new_context(base_url=editing, viewport={"width": 1366, "height": 768}, locale="zh-CN")
    yield listen(context.new_page(), heard)
    context.close()
    assert heard == []


def workbook(path: Path, places, *, kind="社区食堂", datum="gcj02", stem="导入食堂") -> Path:
    book = openpyxl.Workbook()
    book.active.append(HEADINGS)
    for at, (lon, lat) in enumerate(places):
        x, y = from_wgs84(lon, lat, datum)
        book.active.append((f"{stem}{at}", kind if at else "火锅店", float(x), float(y), f"021-555500{at:02}"))
    book.save(path)
    return path


def come_to(page, address="/import"):
    page.goto(address)
    page.wait_for_selector("#file", state="attached")
    return page


def settled(page):
    """Wait until nothing is being worked out."""
    page.wait_for_selector('#work[aria-busy="false"]')
    page.wait_for_selector(".busy", state="detached")


def hand_in(page, file: Path):
    page.set_input_files("#file", file)
    page.wait_for_selector("#part-columns:not([hidden])")
    settled(page)


def answer_the_datum(page):
    if page.locator("#part-datum .asks").count():
        page.check('[data-key="datum-gcj02"]')
        page.wait_for_selector("#part-findings:not([hidden])")
        settled(page)


def count(page, what):
    return int(page.locator(f'[data-count="{what}"]').inner_text().replace(",", ""))


def test_a_workbook_in_gcj02_is_judged_corrected_applied_seen_and_undone(desk, tmp_path):
    page = come_to(desk)
    hand_in(page, workbook(tmp_path / "食堂.xlsx", SPREAD))
    assert page.locator(".units.read tbody tr").count() == 8
    assert page.input_value('[data-key="column-设施名称"]') == "name"
    page.select_option('[data-key="column-服务热线号"]', "phone")
    settled(page)
    assert "您指定的" in page.locator("tr", has=page.locator('[data-key="column-服务热线号"]')).inner_text()
    answer_the_datum(page)
    assert page.locator(".datum.taken").inner_text().startswith("GCJ-02")
    assert "火锅店" in page.locator("#part-findings").inner_text()
    page.locator("#part-findings .units tbody button").first.click()
    assert page.locator("#live").inner_text() == "第 2 行"
    with page.expect_download() as saved:
        page.click('[data-key="csv"]')
    assert any(line.startswith("2,错误,类别") for line in saved.value.path().read_text("utf-8-sig").splitlines())
    assert page.locator('[data-key="apply"]').count() == 0
    page.check('[data-key="skip"]')
    page.wait_for_selector('[data-key="apply"]')
    settled(page)
    assert (count(page, "added"), count(page, "changed"), count(page, "removed")) == (14, 0, 0)
    page.click('[data-key="apply"]')
    page.wait_for_selector(".done-line")
    assert "新增 14" in page.locator(".done-line").inner_text()
    page.click('[data-key="look"]')
    page.wait_for_selector("#answer:not([aria-busy]) .figure strong:not(.ghost)")
    assert page.locator('.sign[aria-label*="导入食堂5"]').count() == 1
    page.go_back()
    page.wait_for_selector('[data-key^="undo-"]')
    page.click('[data-key^="undo-"]')
    page.wait_for_selector(".done-line")
    assert "已撤销" in page.locator("#part-changes").inner_text()
    page.goto("/")
    page.wait_for_selector("#answer:not([aria-busy]) .figure strong:not(.ghost)")
    assert page.locator('.sign[aria-label*="导入食堂"]').count() == 0


def test_where_the_points_do_not_tell_the_planner_is_asked(desk, tmp_path):
    page = come_to(desk)
    hand_in(page, workbook(tmp_path / "两处.xlsx", [(121.396, 31.266), (121.3962, 31.2661)]))
    assert page.locator("#part-datum .asks").count() == 1
    assert page.locator("#part-changes").is_hidden()
    assert page.locator(".step-mark.trouble").inner_text().split("\n")[1:2] == ["坐标"]
    page.check('[data-key="datum-gcj02"]')
    page.wait_for_selector("#part-changes:not([hidden])")
    settled(page)
    assert page.locator("#signs-key").inner_text().split() == ["有错", "新增"]


def test_a_key_does_all_that_a_mouse_does(desk, tmp_path):
    page = come_to(desk)
    hand_in(page, workbook(tmp_path / "键盘.xlsx", SPREAD))
    answer_the_datum(page)
    page.focus('[data-key="skip"]')
    page.keyboard.press("Space")
    page.wait_for_selector('[data-key="apply"]')
    settled(page)
    assert page.evaluate("document.activeElement.dataset.key") == "skip"
    page.focus('[data-key="what-added"]')
    page.keyboard.press("Enter")
    assert page.get_attribute('[data-key="what-added"]', "aria-pressed") == "true"


def test_a_plane_of_its_own_is_placed_by_control_points(desk, tmp_path):
    lon0, lat0 = 121.385, 31.262
    book = openpyxl.Workbook()
    book.active.append(("名称", "类别", "X坐标", "Y坐标"))
    for at, (lon, lat) in enumerate(SPREAD):
        book.active.append((f"平面{at}", "社区食堂", (lon - lon0) * 95_180, (lat - lat0) * 110_880))
    book.save(tmp_path / "平面.xlsx")
    page = come_to(desk)
    hand_in(page, tmp_path / "平面.xlsx")
    page.locator(".controls-form summary").click()
    page.click('[data-key="control-use"]')
    assert page.locator("#part-datum .controls-form .refusal").is_visible()
    page.click('[data-key="control-more"]')
    for at, row in enumerate((0, 4, 14)):
        lon, lat = SPREAD[row]
        for name, value in (("x", (lon - lon0) * 95_180), ("y", (lat - lat0) * 110_880), ("lon", lon), ("lat", lat)):
            page.fill(f'[data-key="control-{at}-{name}"]', f"{value:.7f}")
    page.click('[data-key="control-use"]')
    page.wait_for_selector("#part-changes:not([hidden])")
    settled(page)
    assert page.locator(".control-row >> text=误差").count() == 3
    assert count(page, "added") == 15


def test_what_cannot_be_taken_is_said_before_it_is_sent(desk, tmp_path):
    page = come_to(desk)
    (tmp_path / "a.exe").write_bytes(b"MZ")
    page.set_input_files("#file", tmp_path / "a.exe")
    assert ".xlsx" in page.locator("#part-file .refusal").inner_text()
    with (tmp_path / "大.csv").open("wb") as large:
        large.truncate(101 * 1024 * 1024)
    come_to(page)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_input_files("#file", tmp_path / "大.csv")
    assert "超过 100 MB" in page.locator("#part-file .refusal").inner_text()
    assert asked == []


def test_where_editing_is_off_the_page_says_so_first(page, tmp_path):
    come_to(page)
    assert "--edit" in page.locator("#editing-off").inner_text()
    hand_in(page, workbook(tmp_path / "看看.xlsx", SPREAD))
    answer_the_datum(page)
    page.check('[data-key="skip"]')
    settled(page)
    assert count(page, "added") == 14
    assert page.locator('[data-key="apply"]').count() == 0


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_phone_has_it_whole(phone, tmp_path, lang):
    page = come_to(phone, f"/import?lang={lang}")
    hand_in(page, workbook(tmp_path / "手机.xlsx", SPREAD))
    answer_the_datum(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    small = page.evaluate("""() => [...document.querySelectorAll('#work :is(button, select, summary, a.link, .tick, label.datum)')]
        .filter((one) => one.checkVisibility() && !one.matches('.unit-name') && one.getBoundingClientRect().height < 43.5)
        .map((one) => one.className || one.dataset.key)""")
    assert small == []


def test_the_desk_and_the_audit_lead_here(page):
    for address in ("/?lang=en&night=1", "/audit?lang=en&night=1"):
        page.goto(address)
        page.wait_for_selector('[data-key="to_intake"]')
        assert page.get_attribute('[data-key="to_intake"]', "href") == "/import?lang=en&night=1"
