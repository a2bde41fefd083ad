"""The walking engine on the page: the way step by step, the hour and what it shuts, the gates, the walk bands."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import pytest
import shapely

from tests.browser.steps import come_to, figure
from wanli_geo.workspace.hours import DAYS, usable
from wanli_geo.workspace.store import open_workspace

NEAR = "map=16.5/31.26900/121.41560"
STEPS = "#detail .steps .step"
HOURS = [
    "24/7", "Mo-Su 06:00-22:00", "Mo-Su 07:00-09:00,16:30-19:00", "Mo-Fr 22:00-02:00; Sa off", "Sa-Mo", "PH off", "Su 10:00-12:00", "off",
    "Mo-Fr 08:00-17:00; Sa 09:00-12:00; PH 10:00-11:00", "Fr 23:30 - 00:30, 05:00-06:00", "8:00-24:00",
]


def told(live, question):
    """What the server says to a question."""
    with urlopen(f"{live}/api/{question}") as reply:  # noqa: S310  our own server
        return json.load(reply)


@pytest.fixture(scope="module")
def walk(live):
    return told(live, "walk?unit=cp-04&kind=MARKET")


def test_a_compounds_walk_is_told_step_by_step_with_its_gate_and_its_sum(page, walk):
    come_to(page, "/?unit=cp-04&kind=MARKET")
    page.wait_for_selector(STEPS)
    turns = walk["answer"]["tables"]["turns"]
    assert page.locator("#detail .steps ol").count() == 1
    shown = page.locator(STEPS).all_inner_texts()
    assert len(shown) == len(turns) > 3
    assert all(turn["zh"] in text for turn, text in zip(turns, shown, strict=True))
    through = next(row for row, turn in enumerate(turns) if turn["turn"] == "gate")
    assert "出 鑫都佳园 1 号门" in shown[through]
    assert f"共 {round(walk['answer']['facts']['walk_m']['value'])} 米" in page.locator(".step-total").inner_text()
    assert "不含过街等候" in page.locator(".step-total").inner_text()
    assert page.locator("path.walk-gate").count() == 1


def test_a_step_pointed_at_or_focused_shows_its_stretch_and_no_longer_after(page):
    come_to(page, "/?unit=cp-04&kind=MARKET")
    page.wait_for_selector(STEPS)
    assert page.locator("path.step-line").count() == 0
    page.locator(STEPS).nth(3).hover()
    page.wait_for_selector("path.step-line", state="attached")
    long = page.evaluate("document.querySelector('path.step-line').getTotalLength()")
    page.locator(STEPS).nth(2).focus()
    short = page.evaluate("document.querySelector('path.step-line').getTotalLength()")
    assert long > 4 * short, "360 m beside 60 m"
    page.mouse.move(700, 300)
    page.locator("#detail .close").focus()
    assert page.locator("path.step-line").count() == 0


def test_a_step_chosen_stands_in_the_address_and_comes_back_with_it(page):
    come_to(page, "/?unit=cp-04&kind=MARKET")
    page.wait_for_selector(STEPS)
    page.locator(STEPS).nth(3).press("Enter")
    assert "step=4" in page.evaluate("location.search")
    assert page.evaluate("document.activeElement.dataset.key") == "step-4"
    page.reload()
    page.wait_for_selector(f'{STEPS}[aria-pressed="true"]')
    page.wait_for_selector("path.step-line", state="attached")
    page.click(STEPS + '[data-key="step-4"]')
    page.wait_for_function("() => !location.search.includes('step=')")


def test_the_waits_at_crossings_are_told_in_time_mode(page, live):
    units = [row["id"] for row in told(live, "coverage?kind=CANTEEN&within=10min")["answer"]["tables"]["units"][:20]]
    answers = {unit: told(live, f"walk?unit={quote(unit)}&kind=CANTEEN&mode=time")["answer"] for unit in units}
    waits = {
        unit: round(one["facts"]["walk_min"]["value"] * 60 - one["facts"]["walk_m"]["value"] / one["params"]["speed_m_s"])
        for unit, one in answers.items()
    }
    unit, seconds = max(waits.items(), key=lambda one: one[1])
    assert seconds > 0
    come_to(page, f"/?unit={unit}&within=10min")
    page.wait_for_selector(".step-total")
    assert f"其中过街等候约 {seconds} 秒" in page.locator(".step-total").inner_text()


def test_the_hour_changes_the_answer_and_the_page_says_what_is_shut_and_what_it_costs(page, live, wanli):
    day, night = (told(live, f"coverage?kind=CANTEEN&within=500m&day=Tu&time={time}")["answer"]["facts"] for time in ("10:00", "22:30"))
    gates = open_workspace(wanli).layer("gates")["open_hours"].tolist()
    come_to(page)
    before = figure(page)
    assert page.locator(".hour-note").count() == 0
    page.select_option("#when", label="工作日夜里")
    page.wait_for_function("(text) => document.querySelector('#answer .figure strong').textContent !== text", arg=before)
    assert page.evaluate("location.search") == "?when=Tu-22:30"
    assert abs(float(figure(page)) - 100 * night["share_covered"]["value"]) <= 0.05
    fewer = round(day["people_covered"]["value"]) - round(night["people_covered"]["value"])
    page.wait_for_function("(text) => document.querySelector('.hour-note').textContent.includes(text)", arg=f"比工作日 10:00 少 {fewer:,} 人")
    shut = int((~usable(gates, "Tu", 22 * 60 + 30)).sum())
    assert f"{len(gates)} 扇小区门关着 {shut} 扇" in page.locator(".hour-note").inner_text()
    assert page.locator("#answer-title").inner_text().startswith("工作日 22:30")
    with page.expect_download() as saved:
        page.click('#list [data-key="csv"]')
    assert "按 工作日 22:30 开着的门和路" in Path(saved.value.path()).read_text(encoding="utf-8-sig")
    page.go_back()
    page.wait_for_function("(text) => document.querySelector('#answer .figure strong').textContent === text", arg=before)
    assert page.locator("#when").input_value() == "Tu-10:00"


def test_a_day_and_a_time_of_ones_own_are_asked_for_and_keep_the_focus(page):
    come_to(page)
    page.focus("#when")
    page.select_option("#when", "Fr")
    page.wait_for_function("() => location.search === '?when=Fr-10:00'")
    page.focus("#when-time")
    page.select_option("#when-time", "21:30")
    page.wait_for_function("() => location.search === '?when=Fr-21:30'")
    assert page.evaluate("document.activeElement.id") == "when-time"
    page.wait_for_function("() => document.querySelector('#answer-title').textContent.startsWith('周五 21:30')")
    come_to(page, "/?when=Fr-21:47&lang=en")
    assert page.locator("#when-time").input_value() == "21:47"
    assert "Friday 21:47" in page.locator("#answer-title").inner_text()


def test_the_hour_holds_for_the_walk_and_the_bands_too(page):
    with page.expect_response(lambda reply: "/api/walk" in reply.url) as walked:
        come_to(page, "/?unit=cp-04&kind=MARKET&when=Su-06:30")
    assert "day=Su&time=06%3A30" in walked.value.url
    with page.expect_response(lambda reply: "/api/isochrone" in reply.url) as spread:
        come_to(page, "/?at=121.4022,31.2712&when=Su-06:30")
    assert "day=Su&time=06%3A30" in spread.value.url
    assert "周日 06:30" in page.locator("#detail").inner_text()


def test_the_page_reads_opening_hours_as_the_engine_does(page, wanli):
    texts = HOURS + sorted({text for layer in ("gates", "streets", "facilities", "entrances")
                            for text in open_workspace(wanli).layer(layer).get("open_hours", []) if isinstance(text, str)})
    times = [(day, minute) for day in DAYS for minute in (0, 29, 30, 119, 120, 300, 359, 360, 480, 600, 719, 990, 1140, 1199, 1200, 1320, 1410, 1439)]
    page.goto("/")
    read = page.evaluate(
        """async ([texts, times]) => { const { isOpen } = await import("/static/js/hours/parse.js");
            return times.map(([day, minute]) => texts.map((text) => isOpen(text, { day, minute }))); }""",
        [texts, times],
    )
    assert read == [usable(texts, day, minute).tolist() for day, minute in times]


def test_gates_stand_on_the_map_from_near_and_tell_how_they_are_at_the_hour(page, wanli):
    come_to(page)
    assert page.locator(".gate-sign").count() == 0
    assert page.locator("#gate-legend").is_hidden()
    come_to(page, f"/?{NEAR}&when=Tu-22:30")
    gates = open_workspace(wanli).layer("gates")
    seen = _signs(page)
    assert 5 < len(seen) < len(gates), "those in view, so that keys do not lead off the map"
    assert {look for _, look in seen} == {"open", "closed"}, "at that hour all gates for residents only are shut"
    assert seen == _expected(gates, seen, 22 * 60 + 30)
    assert page.locator("#gate-legend").is_visible()
    page.select_option("#when", "Tu-10:00")
    page.wait_for_selector(".gate-sign.residents", state="attached")
    assert _signs(page) == _expected(gates, seen, 600)


def _signs(page):
    """The gates on the map: the name and the look of each, by name."""
    page.wait_for_selector(".gate-sign", state="attached")
    signs = page.evaluate("[...document.querySelectorAll('.gate-sign')].map((sign) => [sign.ariaLabel.split(' · ')[0], sign.dataset.state])")
    return sorted(tuple(sign) for sign in signs)


def _expected(gates, seen, minute):
    """The same by the engine's own reading of the hours, on a Tuesday."""
    looks = {}
    for name, is_open, residents in zip(gates["name"], usable(gates["open_hours"].tolist(), "Tu", minute), gates["residents_only"], strict=True):
        looks[name] = "closed" if not is_open else "residents" if residents else "open"
    return [(name, looks[name]) for name, _ in seen]


def test_a_gate_tells_its_hours_to_pointer_and_keyboard_and_by_its_address(page):
    come_to(page, f"/?{NEAR}&when=Tu-22:30")
    sign = page.locator('.gate-sign[aria-label^="岚灵小区 2 号门"]')
    assert sign.get_attribute("aria-label") == "岚灵小区 2 号门 · 此时关着"
    sign.click()
    page.wait_for_selector(".gate-card")
    assert "每天 06:00–22:00" in page.locator(".gate-card").inner_text()
    assert "gate=gt-01-2" in page.evaluate("location.search")
    page.keyboard.press("Escape")
    page.wait_for_selector(".gate-card", state="detached")
    assert "gate=" not in page.evaluate("location.search")
    sign.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".gate-card")
    assert "此时关着" in page.locator("#live").inner_text()
    view = page.evaluate("new URLSearchParams(location.search).get('map')")
    page.select_option("#when", "Tu-10:00")
    page.wait_for_function("() => document.querySelector('.gate-card').textContent.includes('谁都能走')")
    assert page.evaluate("new URLSearchParams(location.search).get('map')") == view, "told anew, the card does not move the map"
    come_to(page, "/?gate=gt-01-2&lang=en")
    page.wait_for_selector(".gate-card")
    assert "daily 06:00–22:00" in page.locator(".gate-card").inner_text()
    card, right = page.locator(".gate-popup").bounding_box(), page.locator("#answer").bounding_box()
    page.wait_for_function("() => !document.querySelector('.leaflet-pan-anim')")
    assert card["x"] + card["width"] <= right["x"]


def test_the_card_of_a_compound_lists_its_gates(page):
    come_to(page, "/?unit=cp-04&kind=MARKET&when=Tu-22:30")
    page.wait_for_selector("#detail .gate-row")
    rows = page.locator("#detail .gate-row").all_inner_texts()
    assert len(rows) == 2
    assert "开着 · 全天开放" in rows[0]
    assert "此时关着 · 每天 07:00–09:00、16:30–19:00" in rows[1]
    page.locator("#detail .gate-row").nth(1).click()
    page.wait_for_selector(".gate-card")
    assert page.locator("#detail .gate-row").count() == 2, "the compound stays chosen"
    assert page.locator("path.walk").count() == 1


def test_the_bands_show_their_holes_and_tell_their_people(page, live):
    come_to(page, "/?at=121.402,31.2712")
    page.wait_for_selector("path.band-15")
    bands = told(live, "isochrone?at=121.402000,31.271200")["features"]["bands"]["features"]
    tags = page.locator(".band-tag").all_inner_texts()
    holed = 0
    for band in bands:
        minutes, shape = band["properties"]["minutes"], shapely.geometry.shape(band["geometry"])
        parts = list(getattr(shape, "geoms", [shape]))
        path = page.locator(f"path.band-{minutes}")
        assert path.get_attribute("fill-rule") == "evenodd"
        if holes := sum(len(part.interiors) for part in parts):
            holed += holes
            assert len(re.findall("M", path.get_attribute("d"))) > len(parts), "the holes are drawn, not filled"
        assert f"{minutes} 分 · {round(band['properties']['people']):,} 人" in tags
    assert holed > 0


def test_the_way_is_printed_with_the_compound(page):
    come_to(page, "/?unit=cp-04&kind=MARKET")
    page.wait_for_selector(STEPS)
    page.emulate_media(media="print")
    page.wait_for_selector("#question .hour", state="hidden")
    assert page.locator(STEPS).last.is_visible()


@pytest.mark.parametrize(("width", "height"), [(390, 844), (360, 740)])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_on_a_phone_the_way_the_hour_and_the_gates_fit_and_can_be_touched(phone, lang, width, height):
    phone.set_viewport_size({"width": width, "height": height})
    for address, shown in ((f"/?lang={lang}&unit=cp-04&kind=MARKET&within=10min&when=Tu-22:30", STEPS),
                           (f"/?lang={lang}&when=Fr-21:45&gate=gt-01-2", ".gate-card")):
        phone.goto(address)
        phone.wait_for_selector(shown)
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert phone.evaluate("document.querySelector('#side').scrollWidth <= document.querySelector('#side').clientWidth + 1")
        if shown == STEPS:
            heights = phone.evaluate("[...document.querySelectorAll('.step, .gate-row')].map((one) => one.getBoundingClientRect().height)")
            assert min(heights) >= 44
        phone.tap("#tabs button:nth-child(2)")
        phone.locator("#when").scroll_into_view_if_needed()
        assert min(phone.locator(name).bounding_box()["height"] for name in ("#when", "#when-time")) >= 44
        phone.tap("#tabs button:nth-child(3)")
    legend, map_ = phone.locator("#gate-legend").bounding_box(), phone.locator(".furniture").bounding_box()
    assert legend["x"] >= map_["x"]
    assert legend["x"] + legend["width"] <= map_["x"] + map_["width"]
