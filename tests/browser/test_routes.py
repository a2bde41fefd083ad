"""The page of lines: card, strip and map linked both ways; loops by a press on the map; works; a phone."""

from __future__ import annotations

import json
from itertools import pairwise
from urllib.request import urlopen
from xml.etree import ElementTree

import pytest
from pyproj import Geod

from tests.browser.steps import on_map

ANSWERED = "#answer:not([aria-busy]) .route-figure strong"
GPX = "{http://www.topografix.com/GPX/1/1}"


def come_to(page, address="/routes"):
    """Open the page and wait until the line's figure stands there."""
    page.goto(address)
    page.wait_for_selector(ANSWERED)
    return page


def cursor(page):
    return int(page.locator("#strip-cursor").get_attribute("aria-valuenow"))


def query(page, name):
    return page.evaluate("(name) => new URLSearchParams(location.search).get(name)", name)


@pytest.fixture(scope="module")
def night_run(live):
    """What the server says of the night run."""
    with urlopen(f"{live}/api/route/night_run") as reply:  # noqa: S310  our own server
        return json.load(reply)


def test_the_walkway_is_open_first_and_the_night_run_is_one_press_away(page, night_run):
    come_to(page)
    assert page.locator("html").get_attribute("data-night") == "false"
    page.click('#lines [data-key="night_run"]')
    page.wait_for_function("() => document.querySelector('.route-figure').textContent.includes('一圈')")
    assert page.locator("html").get_attribute("data-night") == "true"
    length = night_run["answer"]["facts"]["length_ellipsoid_m"]["value"]
    assert page.locator(".route-figure strong").inner_text() == f"{round(length):,} 米"
    statuses = [row["status"] for row in night_run["answer"]["tables"]["checks"]]
    assert [page.locator(f".check.{status}").count() for status in ("ok", "short", "unknown")] == [
        statuses.count(status) for status in ("ok", "short", "unknown")]
    assert page.locator(".lane-light .bar-piece").count() == len(night_run["answer"]["tables"]["stretches"])


def test_pointing_at_the_strip_moves_the_dot_on_the_map(page):
    come_to(page, "/routes?line=night_run")
    page.wait_for_selector("path.r-cursor")
    before = page.locator("path.r-cursor").bounding_box()
    box = page.locator(".lane-light .lane-track").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 10)
    assert abs(cursor(page) - 1250) <= 5
    after = page.locator("path.r-cursor").bounding_box()
    assert abs(after["y"] - before["y"]) > 40
    assert page.locator(".strip-told").inner_text().startswith("在 1,2")
    page.mouse.move(5, 5)
    assert cursor(page) == 0


def test_pointing_at_the_line_on_the_map_moves_the_cursor_of_the_strip(page, night_run):
    come_to(page, "/routes?line=night_run&map=15.5/31.26900/121.39900")
    mark = next(one for one in night_run["features"]["marks"]["features"] if one["properties"]["kind"] == "km")
    page.mouse.move(*on_map(page, *mark["geometry"]["coordinates"]))
    page.mouse.move(*(one + 3 for one in on_map(page, *mark["geometry"]["coordinates"])))
    assert abs(cursor(page) - mark["properties"]["chainage_m"]) <= 20


def test_by_keys_alone_the_cursor_walks_the_line_and_is_heard(page):
    come_to(page, "/routes?line=night_run")
    page.locator("#strip-cursor").focus()
    for key in ("PageUp", "PageUp", "ArrowRight", "ArrowRight", "ArrowLeft"):
        page.keyboard.press(key)
    assert cursor(page) == 210
    assert page.locator("#strip-cursor").get_attribute("aria-valuetext").startswith("在 210 米处：")
    assert query(page, "at") == "210"
    page.keyboard.press("End")
    assert cursor(page) == int(page.locator("#strip-cursor").get_attribute("aria-valuemax"))


def test_a_dark_stretch_chosen_in_the_table_is_shown_on_strip_and_map(page, night_run):
    come_to(page, "/routes?line=night_run")
    dark = night_run["features"]["dark"]["features"][0]
    page.click(f'[data-row="dark-{dark["id"]}"] button')
    page.wait_for_selector("path.r-halo")
    assert query(page, "item") == dark["id"]
    middle = (dark["properties"]["from_m"] + dark["properties"]["to_m"]) / 2
    assert abs(cursor(page) - middle) <= 1
    assert "暗" in page.locator(".strip-told").inner_text()
    page.keyboard.press("Escape")
    page.wait_for_selector("path.r-halo", state="detached")


def test_the_stops_tell_their_story_one_after_another_and_say_why_there_is_no_qr(page):
    come_to(page, "/routes?item=ws-03")
    assert page.locator(".lane-stops .point.is-chosen").inner_text() == "3"
    assert "public_url" in page.locator(".stop-card").inner_text()
    page.click('[data-key="stop_next"]')
    page.wait_for_function("() => document.querySelector('.stop-card .label').textContent.startsWith('第 4 站')")
    assert page.locator(".stop-card .story").inner_text()


def test_a_loop_begins_where_the_map_is_pressed_and_is_saved_as_gpx(page):
    page.goto("/routes?line=loops&map=15.5/31.26900/121.39900")
    page.wait_for_selector('[data-key="loop-make"]')
    with page.expect_response(lambda reply: "/api/route/loops" in reply.url):
        page.mouse.click(*on_map(page, 121.401, 31.271))
    page.wait_for_selector(".loop-card")
    assert page.locator(".loop-card").count() >= 2
    with page.expect_download() as saved:
        page.click('[data-key="gpx-1"]')
    points = ElementTree.parse(saved.value.path()).findall(f"./{GPX}trk/{GPX}trkseg/{GPX}trkpt")  # noqa: S314  our own file
    places = [(float(point.get("lon")), float(point.get("lat"))) for point in points]
    assert places[0] == places[-1]
    length = sum(Geod(ellps="WGS84").inv(*here, *there)[2] for here, there in pairwise(places))
    assert abs(length - 2500) <= 25
    page.click('[data-key="loop-2"]')
    page.wait_for_selector('.loop-card:nth-child(2)[aria-current="true"]')
    assert query(page, "proposal") == "2"


def test_the_strip_goes_along_the_proposal_that_is_shown(page):
    come_to(page, "/routes?line=loops&asked=1&start=121.401,31.271")
    with urlopen(page.url.split("/routes")[0] + "/api/route/loops?start=121.401,31.271&length=2500") as reply:  # noqa: S310  our own server
        features = json.load(reply)["features"]
    for rank in (1, 2):
        page.click(f'[data-key="loop-{rank}"]')
        page.wait_for_selector(f'.loop-card:nth-child({rank})[aria-current="true"]')
        assert page.locator(".lane-crossings .point").count() == len(
            [one for one in features["crossings"]["features"] if one["properties"]["loop"] == f"loop-{rank}"])
        length = features["loops"]["features"][rank - 1]["properties"]["length_m"]
        assert int(page.locator("#strip-cursor").get_attribute("aria-valuemax")) == round(length)
        assert page.locator(".route-figure strong").inner_text() == f"{length / 1000:.2f} 公里"
    before = page.locator("path.r-cursor").bounding_box()
    page.locator("#strip-cursor").focus()
    page.keyboard.press("PageUp")
    assert page.locator("path.r-cursor").bounding_box() != before


def test_by_keys_alone_a_loop_begins_in_the_middle_of_the_map(page):
    page.goto("/routes?line=loops&map=15.5/31.27100/121.40100")
    page.wait_for_selector('[data-key="loop-make"]')
    page.locator("#map").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".loop-card")
    assert query(page, "start")


def test_a_search_for_loops_can_be_broken_off(page):
    page.goto("/routes?line=loops")
    page.route("**/api/route/loops*", lambda route: None)  # never answered
    page.click('[data-key="loop-make"]')
    page.click('[data-key="loop-cancel"]')
    page.wait_for_selector('[data-key="loop-make"]')
    assert query(page, "asked") is None


def test_a_street_closed_by_name_shows_who_detours_and_a_wrong_name_is_refused_in_place(page):
    page.goto("/routes?line=works")
    page.fill("#works-street", "没有这条路")
    page.click('[data-key="works-ask"]')
    assert "没有叫“没有这条路”的路" in page.locator(".failure-note").inner_text()
    page.fill("#works-street", "香泉路")
    page.keyboard.press("Enter")
    page.wait_for_selector(ANSWERED)
    assert query(page, "street") == "香泉路"
    page.wait_for_selector("path.r-closed")
    assert page.locator("path.r-detour").count() > 0
    page.locator('[data-table="units"] tbody button').first.click()
    page.wait_for_selector("path.r-chosen")


def test_two_presses_on_the_map_close_only_the_stretch_between_them(page):
    page.goto("/routes?line=works&street=香泉路&map=16/31.26600/121.40800")
    page.wait_for_selector("path.r-closed")
    whole = page.locator("#answer .facts").first.inner_text()
    page.mouse.click(*on_map(page, 121.408067, 31.265811))
    page.wait_for_selector(".sign.r-place")
    page.mouse.click(*on_map(page, 121.408592, 31.266886))
    page.wait_for_selector('[data-key="works-whole"]')
    page.wait_for_selector(ANSWERED)
    assert query(page, "between").count(";") == 1
    assert page.locator("#answer-title").inner_text() == "封闭香泉路的一段，谁要绕行"
    assert page.locator("#answer .facts").first.inner_text() != whole
    page.click('[data-key="works-whole"]')
    page.wait_for_selector(ANSWERED)
    assert query(page, "between") is None


@pytest.mark.parametrize("line", ["night_run", "signs"])
def test_the_key_tells_in_english_of_every_kind_of_sign(page, line):
    come_to(page, f"/routes?lang=en&line={line}")
    told = page.locator("#line-key").inner_text()
    assert not [one for one in told if "\u4e00" <= one <= "\u9fff"], told
    wanted = ("junction", "toilet", "water", "AED") if line == "night_run" else ("wrong sign", "corner without a sign")
    assert [one for one in wanted if one not in told] == []


def test_a_line_of_the_plan_is_no_area(page):
    come_to(page, "/routes?line=structure")
    fills = page.eval_on_selector_all(".leaflet-theme-pane path.r-structure", "(all) => all.map((one) => getComputedStyle(one).fill)")
    assert fills and set(fills) == {"none"}


def test_a_refusal_stands_in_place_with_the_way_out(page, heard):
    page.goto("/routes?line=works&street=nowhere")
    page.wait_for_selector("#answer .failure")
    heard.clear()  # the browser tells of the status 400
    assert page.locator("#works-street").is_visible()


@pytest.mark.parametrize("line", ["blue_net", "green_links", "structure", "signs"])
def test_every_other_line_has_its_figure_and_its_drawing(page, line):
    come_to(page, f"/routes?line={line}")
    assert page.locator(".leaflet-theme-pane path, .leaflet-area-pane path, .sign").count() > 3


def test_the_whole_page_is_english(page):
    come_to(page, "/routes?lang=en&line=night_run")
    parts = (".bar", "#lines", "#answer .figure", ".checks", ".strip-told", "#line-key")
    told = " ".join(page.locator(part).first.inner_text() for part in parts)
    assert not [one for one in told.replace("中文", "") if "\u4e00" <= one <= "\u9fff"], told


def test_on_a_phone_strip_and_map_are_touched_and_nothing_is_cut_off(phone):
    come_to(phone, "/routes?line=night_run")
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    box = phone.locator(".lane-light .lane-track").bounding_box()
    phone.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + 8)
    assert abs(cursor(phone) - 1250) <= 15
    assert phone.locator("#strip").evaluate("(strip) => strip.scrollHeight <= strip.clientHeight + 1")
    small = phone.evaluate(
        """() => [...document.querySelectorAll('button, select, summary, a.tool')]
            .filter((element) => element.checkVisibility() && !element.closest('tr'))
            .filter((element) => element.getBoundingClientRect().height < 43.5).map((element) => element.outerHTML)"""
    )
    assert small == []


def test_from_a_phone_every_page_can_be_reached(phone):
    for address in ("/", "/routes"):
        phone.goto(address)
        phone.wait_for_selector('[data-key="pages"]')
        phone.tap('[data-key="pages"]')
        links = [link.get_attribute("href").split("?")[0] for link in phone.locator(".tools a:visible").all()]
        assert {"/", "/audit", "/routes", "/import", "/publish"} - {address} == set(links)
