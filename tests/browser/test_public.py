"""The public site as residents meet it: on a plain file server below a sub-path, on a phone and a desk, by finger, keys and ear."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import wanli_geo
from tests.conftest import listen
from tests.public_site import ALL, PAGES
from tests.publish.walking import Asked, by_python, costs_of, differences, origins

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "webapp" / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
DESK = {"viewport": {"width": 1366, "height": 768}}
AT = "at=121.401,31.271"


@pytest.fixture
def open_page(browser: Any, public: str, heard: list[str]) -> Iterator[Any]:
    """Open a page of the site: `open_page("index.html", PHONE)`; every request to another host is blocked and heard of."""
    contexts = []

    def come(name: str, device: dict[str, Any], **more: Any) -> Any:
        context = browser.new_context(base_url=public, locale="zh-CN", **{**device, **more})
        contexts.append(context)
        context.route(lambda address: not address.startswith(public), lambda route: route.abort())
        page = listen(context.new_page(), heard)
        page.goto(name)
        page.wait_for_load_state("networkidle")
        return page

    yield come
    for context in contexts:
        context.close()
    assert heard == []


@pytest.mark.parametrize("device", [PHONE, DESK])
def test_a_press_on_the_map_tells_what_is_near(open_page: Any, device: dict[str, Any]) -> None:
    page = open_page("index.html", device)
    box = page.locator("#map").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_selector(".near-item")
    assert page.locator(".near-item").count() > 10
    assert page.locator(".near-time b").first.inner_text().endswith("分钟")
    page.locator(".near-item", has_text="药店").locator("button").click()
    page.wait_for_selector("path.walk")
    assert "怎么走" in page.locator(".near-item.is-open").inner_text()
    assert "kind=PHARMACY" in page.url


def test_an_address_is_found_and_walked_from(open_page: Any) -> None:
    page = open_page("index.html", PHONE)
    page.fill("#search-text", "真华路56")
    page.wait_for_selector("#found li")
    page.keyboard.press("Enter")
    page.wait_for_selector(".near-item")
    assert "真华欣苑" in page.locator("#near h2").inner_text()


def test_an_elder_takes_longer_and_a_wheelchair_no_steps(open_page: Any) -> None:
    page = open_page(f"index.html?{AT}&kind=CANTEEN", DESK)
    page.wait_for_selector(".is-open .near-time b")
    minutes = []
    for who in ("adult", "elder", "wheelchair"):
        page.click(f'[data-key="who-{who}"]')
        page.wait_for_selector(f'[data-key="who-{who}"][aria-pressed="true"]')
        minutes.append(int(page.locator(".is-open .near-time b").inner_text().split()[0]))
    assert minutes[0] < minutes[1] < minutes[2]


def test_at_night_shut_places_say_so_and_can_be_left_out(open_page: Any) -> None:
    page = open_page(f"index.html?{AT}&when=Tu-22:30", PHONE)
    page.wait_for_selector(".near-badge.shut")
    page.click(".asked-more summary")
    page.click('[data-key="open"]')
    page.wait_for_function("() => document.querySelectorAll('.near-badge.shut').length === 0")


def test_the_way_to_one_place_is_told_first(open_page: Any) -> None:
    page = open_page(f"index.html?to=fa-canteen-01&kind=to&{AT}", PHONE)
    page.wait_for_selector(".near-item.is-open")
    assert "万里街道社区长者食堂" in page.locator(".near-item").first.inner_text()
    assert page.locator("path.walk").count() == 1


def test_the_position_stays_in_the_page(open_page: Any) -> None:
    here = {"longitude": 121.4035, "latitude": 31.2745, "accuracy": 35}
    page = open_page("index.html", PHONE, geolocation=here, permissions=["geolocation"])
    page.click(".locate")
    page.wait_for_selector(".near-item")
    assert "误差约 35 米" in page.locator("#located").inner_text()
    assert "121.4" not in page.url


def test_without_leave_the_reader_hears_what_to_do(open_page: Any) -> None:
    page = open_page("index.html", PHONE)
    page.click(".locate")
    page.wait_for_selector("#located:has-text('请在浏览器设置里允许')")


def test_a_code_opens_exactly_its_stop_and_one_goes_on_from_there(open_page: Any) -> None:
    page = open_page("red_walkway.html#ws-03", PHONE)
    page.wait_for_selector("#ws-03.is-now")
    assert [stop.get_attribute("id") for stop in page.locator(".stop:visible").all()] == ["ws-03"]
    assert page.locator("#ws-03 .stop-badge").bounding_box()["y"] >= page.locator("#figure").evaluate("(map) => map.getBoundingClientRect().bottom")
    page.click(".walk-buttons .red")
    page.wait_for_selector("#ws-04.is-now")
    assert page.url.endswith("#ws-04")
    page.go_back()
    page.wait_for_selector("#ws-03.is-now")
    page.keyboard.press("ArrowLeft")
    page.wait_for_selector("#ws-02.is-now")
    page.click(".all-stops button")
    page.wait_for_function("() => [...document.querySelectorAll('.stop')].every((stop) => stop.checkVisibility())")


def test_the_runner_is_followed_along_the_loop(open_page: Any, site: Path) -> None:
    lon, lat = json.loads((site / "data" / "night_run.json").read_text("utf-8"))["line"][0][3]
    page = open_page("night_run.html", PHONE, geolocation={"longitude": lon, "latitude": lat, "accuracy": 8}, permissions=["geolocation"])
    page.click(".run-button")
    page.wait_for_selector(".follow-now:has-text('你在环道上')")
    assert "前面的厕所" in page.locator("#follow").inner_text()
    page.click("text=整体偏了几百米")
    page.wait_for_selector(".follow-now:has-text('离环道')")
    page.click("text=不跟了")
    page.wait_for_selector(".here", state="detached")


def test_the_browsers_own_way_back_and_nonsense_in_the_address_move_no_stop(open_page: Any) -> None:
    page = open_page("red_walkway.html#ws-03", PHONE)
    page.wait_for_selector("#ws-03.is-now")
    page.locator("body").dispatch_event("keydown", {"key": "ArrowLeft", "altKey": True})
    assert page.url.endswith("#ws-03")
    page.evaluate("location.hash = '#100%'")
    page.wait_for_selector("#intro:visible")
    assert page.locator(".stop:visible").count() == 8


@pytest.mark.parametrize("lang", ["", "en/"])
def test_one_stop_at_a_time_fits_the_narrowest_phone_in_large_text(open_page: Any, lang: str) -> None:
    page = open_page(f"{lang}red_walkway.html#ws-03", PHONE)
    page.set_viewport_size({"width": 320, "height": 640})
    page.evaluate("localStorage.setItem('wanli-elder', '1')")
    page.reload()
    page.wait_for_selector("#ws-03.is-now")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_where_the_runner_drags_the_point_it_stays_when_the_phone_tells_the_next_place(open_page: Any, site: Path) -> None:
    line = json.loads((site / "data" / "night_run.json").read_text("utf-8"))["line"][0]
    (lon, lat), (on_lon, on_lat) = line[3], line[4]
    page = open_page("night_run.html", PHONE, geolocation={"longitude": lon, "latitude": lat, "accuracy": 8}, permissions=["geolocation"])
    page.click(".run-button")
    page.wait_for_selector(".follow-now:has-text('你在环道上')")
    page.locator("#map").scroll_into_view_if_needed()
    box = page.locator(".here").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 80, y, steps=8)
    page.mouse.up()
    page.wait_for_selector(".follow-now:has-text('东面')")
    page.context.set_geolocation({"longitude": on_lon, "latitude": on_lat, "accuracy": 9})
    page.wait_for_function("(before) => document.querySelector('.here').style.transform !== before", arg=page.locator(".here").get_attribute("style"))
    assert "离环道" in page.locator(".follow-now").inner_text()
    page.click("text=不跟了")


def test_who_runs_against_the_drawing_hears_what_lies_that_way(open_page: Any, site: Path) -> None:
    marks = {mark["m"]: mark["at"] for mark in json.loads((site / "data" / "night_run.json").read_text("utf-8"))["marks"]}
    begun, later = ({"longitude": lon, "latitude": lat, "accuracy": 8} for lon, lat in (marks[1000], marks[900]))
    page = open_page("night_run.html", PHONE, geolocation=begun, permissions=["geolocation"])
    page.click(".run-button")
    page.wait_for_selector(".follow-next:has-text('跑回起点还有 1.5 公里')")
    page.context.set_geolocation(later)
    page.wait_for_selector(".follow-next:has-text('到 0.5 公里处')")
    left = int(re.search(r"跑回起点还有 (\d+) 米", page.locator(".follow-next").inner_text())[1])  # type: ignore[index]
    assert abs(left - 900) <= 3  # the page draws, it does not survey


def test_a_service_shows_what_lies_within_a_quarter_of_an_hour(open_page: Any) -> None:
    page = open_page("circle.html", DESK)
    page.click('[data-key="CANTEEN"]')
    page.wait_for_selector("#live:has-text('社区食堂')", state="attached")
    assert page.locator(".sign").count() == 9


@pytest.mark.parametrize("setting", ["elder", "night"])
def test_what_the_reader_prefers_goes_along_to_the_next_page(open_page: Any, setting: str) -> None:
    page = open_page("index.html", PHONE)
    page.locator(".tool", has_text="大字" if setting == "elder" else "夜间").click()
    page.goto("plan.html")
    page.wait_for_selector(f'html[data-{setting}="true"]')
    if setting == "elder":
        assert page.evaluate("getComputedStyle(document.querySelector('.lead')).fontSize") >= "22px"


def test_the_other_language_opens_at_the_same_place(open_page: Any) -> None:
    page = open_page("red_walkway.html#ws-05", PHONE)
    page.click("#other-language")
    page.wait_for_selector("#ws-05.is-now")
    assert page.url.endswith("en/red_walkway.html#ws-05")
    assert page.locator("html").get_attribute("lang") == "en"


def test_by_keys_alone_one_finds_the_pharmacy(open_page: Any) -> None:
    page = open_page("index.html", DESK)
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "map":
            break
    page.keyboard.press("Enter")
    page.wait_for_selector(".near-item")
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.key") == "PHARMACY":
            break
    page.keyboard.press("Enter")
    page.wait_for_selector(".near-item.is-open path, .near-item.is-open")
    assert page.evaluate("document.activeElement.dataset.key") == "PHARMACY", "the focus stays where it was"


@pytest.mark.parametrize("name", PAGES)
def test_without_any_script_every_page_is_whole(open_page: Any, name: str) -> None:
    page = open_page(f"{name}.html", PHONE, java_script_enabled=False)
    assert page.locator("h1").inner_text()
    assert len(page.locator("#sheet").inner_text()) > 120
    if name in ("index", "circle", "red_walkway", "night_run", "blue_green", "plan"):
        assert page.locator("svg.poster").is_visible()


def test_opened_from_a_folder_the_site_can_be_read(browser: Any, site: Path) -> None:
    context = browser.new_context(**PHONE)
    page = context.new_page()
    page.goto((site / "red_walkway.html").as_uri())
    assert page.locator("svg.poster").is_visible()
    assert page.locator(".stop:visible").count() == 8
    page.click("text=关于")
    page.wait_for_url("**/about.html")
    context.close()


def test_after_one_visit_it_opens_without_network(open_page: Any) -> None:
    page = open_page("index.html", PHONE)
    page.evaluate("navigator.serviceWorker.ready.then(() => caches.keys()).then((names) => names.length)")
    page.wait_for_function("() => caches.keys().then(async (all) => all.length === 1 && (await (await caches.open(all[0])).keys()).length > 40)")
    page.context.set_offline(True)
    page.goto(f"night_run.html?{AT}")
    assert page.locator(".lap").inner_text().startswith("一圈")
    page.goto(f"index.html?{AT}")
    page.wait_for_selector(".near-item")


def test_in_a_frame_there_is_the_map_and_a_way_out(open_page: Any, public: str) -> None:
    page = open_page("about.html", DESK)
    page.evaluate("(address) => { const frame = document.createElement('iframe'); frame.src = address; frame.width = 700; frame.height = 700; "
                  "document.body.append(frame); }", f"{public}index.html")
    frame = page.frame_locator("iframe")
    frame.locator("text=打开完整地图").wait_for()
    assert frame.locator(".public-nav").is_hidden()


@pytest.mark.parametrize("name", PAGES)
def test_at_320_pixels_nothing_scrolls_sideways(open_page: Any, name: str) -> None:
    for elder in ("0", "1"):
        page = open_page(f"{name}.html", PHONE)
        page.set_viewport_size({"width": 320, "height": 640})
        page.evaluate(f"localStorage.setItem('wanli-elder', '{elder}')")
        page.reload()
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, (name, elder)


@pytest.mark.parametrize("name", ["index", "red_walkway", "circle", "elder"])
def test_what_is_pressed_is_large_enough(open_page: Any, name: str) -> None:
    for elder, least in (("0", 43.5), ("1", 55.5)):
        page = open_page(f"{name}.html?{AT}", PHONE)
        page.evaluate(f"localStorage.setItem('wanli-elder', '{elder}')")
        page.reload()
        page.wait_for_load_state("networkidle")
        small = page.evaluate(
            """(least) => [...document.querySelectorAll('button, summary, select, .tool, .public-nav a, .button, .there')]
                .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height < least)
                .map((element) => element.outerHTML.slice(0, 120))""", least)
        assert small == [], (name, elder)


def test_on_paper_there_is_the_map_and_the_whole_list(open_page: Any, tmp_path: Path) -> None:
    page = open_page("red_walkway.html#ws-03", DESK)
    page.emulate_media(media="print")
    assert page.locator(".tools").is_hidden()
    assert page.locator("#map").is_visible()
    assert page.locator(".stop:visible").count() == 8
    assert page.locator(".stop-code img:visible").count() == 8


MODES = ("day", "night", "elder")


@pytest.mark.parametrize("name", ALL)
def test_no_page_offends_the_rules_of_access(open_page: Any, name: str) -> None:
    if not AXE.is_file():
        pytest.skip("没有 axe-core：请在 webapp/frontend 里 npm ci。 / No axe-core: run npm ci in webapp/frontend.")
    page = open_page(name if "index" not in name else f"{name}?{AT}&kind=PHARMACY", PHONE, bypass_csp=True)
    page.add_script_tag(content=AXE.read_text("utf-8"))
    for mode in MODES:
        page.evaluate("""(mode) => { const root = document.documentElement;
            root.dataset.elder = String(mode === "elder"); root.dataset.night = String(mode === "night"); }""", mode)
        page.wait_for_timeout(60)
        told = page.evaluate("axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })")
        faults = [(one["id"], [node["html"][:160] for node in one["nodes"]][:4]) for one in told["violations"]]
        assert faults == [], (name, mode)


def test_from_a_thousand_places_the_browser_walks_as_far_as_python(open_page: Any, wanli: Path) -> None:
    study = wanli_geo.open(wanli)
    page = open_page("about.html", DESK)
    costs = (ROOT / "tests" / "publish" / "costs.mjs").read_text("utf-8").replace("export function", "function")
    for walker, day, time in (("elder", "Tu", "10:00"), ("wheelchair", "Sa", "22:30")):
        asked = Asked(walker, day, time, origins(study, 1000, seed=11))
        told = page.evaluate(
            f"""async (asked) => {{
                {costs}
                const {{ unpack, Walkable, Walks }} = await import(new URL("static/js/engine.js", location.href).href);
                const pack = await (await fetch("data/walks.bin")).arrayBuffer();
                return costs(new Walks(new Walkable(unpack(pack))), asked);
            }}""", asked.to_json())
        python, browser = by_python(study, asked), costs_of(told)
        assert np.isfinite(python).sum() > 10_000
        assert differences(python, browser).max() <= 0.5, (walker, day, time)
