"""The page on a desk: the question asked, answered, drawn, linked; at home, safe, and in two languages."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.request import urlopen

import pytest
import shapely

from tests.browser.steps import ask, come_to, figure, on_map

VIEW = "map=15/31.27130/121.40100"  # the whole of Wanli on a desk


@pytest.fixture(scope="module")
def coverage(live):
    """What the server says to the first question."""
    with urlopen(f"{live}/api/coverage?kind=CANTEEN&within=500m") as reply:  # noqa: S310  our own server
        return json.load(reply)


def heaviest(coverage):
    """The compound at the head of the list, with a place inside it."""
    first = coverage["answer"]["tables"]["units"][0]
    shape = next(unit["geometry"] for unit in coverage["features"]["units"]["features"] if unit["id"] == first["id"])
    place = shapely.geometry.shape(shape).representative_point()
    return first, place.x, place.y


def test_the_first_coverage_stands_there_without_a_click(page, coverage):
    come_to(page)
    share = coverage["answer"]["facts"]["share_covered"]["value"]
    assert abs(float(figure(page)) - share * 100) <= 0.05
    gap = coverage["answer"]["facts"]["people_gap"]["value"]
    assert f"{round(gap):,} 人" in page.locator("#answer .facts").inner_text()
    assert page.locator("#answer .badge").first.inner_text() == "示意"
    assert coverage["answer"]["run_id"][:8] in page.locator("#answer .notes").inner_text()
    assert page.locator("#list tbody tr").count() > 0


def test_no_rule_of_the_content_policy_is_broken(page):
    page.add_init_script("window.broken = []; document.addEventListener('securitypolicyviolation', (event) => window.broken.push(event.blockedURI))")
    come_to(page, f"/?{VIEW}")
    page.click("#list tbody tr:first-child button")
    page.wait_for_selector("#detail .detail-walk strong")
    for theme in ("blue", "green", "red", "night", "plan"):
        page.click(f'#themes [data-key="{theme}"]')
        page.wait_for_selector(f':root[data-theme="{theme}"] #answer .theme-figure-large')
    assert page.evaluate("window.broken") == []


def test_another_service_distance_and_people_give_another_figure(page):
    come_to(page)
    seen = [figure(page), *(ask(page, key) for key in ("CONVENIENCE", "1000m", "CANTEEN", "people-60+", "time"))]
    assert len(set(seen)) >= 3
    assert page.evaluate("location.search") == "?within=15min&people=60%2B"
    assert "60 岁以上居民" in page.locator("#answer-title").inner_text()


def test_a_kind_that_was_not_surveyed_is_unknown_and_says_why(page):
    come_to(page)
    page.click('[data-key="more"]')
    page.locator("dialog .more-kind", has_text="健身房").click()
    page.wait_for_selector("#answer .survey")
    assert figure(page) == "未知"
    assert "不等于没有设施" in page.locator("#answer .survey").inner_text()
    assert page.locator("#answer .piece.gap").is_hidden()
    assert page.locator("#list").get_by_text("资料不全").count() > 0


def test_a_click_on_a_street_gives_the_walk_bands(page):
    come_to(page, f"/?{VIEW}&at=121.40300,31.27045")
    page.wait_for_selector("#detail .band-row:nth-child(3)")
    counts = [int("".join(filter(str.isdigit, text))) for text in page.locator("#detail dd").all_inner_texts()]
    assert counts == sorted(counts)
    assert counts[-1] > 0
    assert page.locator("path.band").count() >= 3
    page.keyboard.press("Escape")
    page.wait_for_selector("#detail", state="hidden")
    assert page.locator("path.band").count() == 0
    assert "at=" not in page.evaluate("location.search")


def test_a_click_on_the_map_outside_every_compound_asks_for_the_bands_there(page):
    come_to(page, f"/?{VIEW}")
    x, y = on_map(page, 121.39975, 31.27115)  # in the park
    page.mouse.click(x, y)
    page.wait_for_selector("#detail .band-row")
    lon, lat = (float(part) for part in page.evaluate("new URLSearchParams(location.search).get('at')").split(","))
    assert abs(lon - 121.39975) < 1e-4
    assert abs(lat - 31.27115) < 1e-4


def test_a_click_on_a_compound_draws_its_walk_and_marks_its_row(page, coverage):
    unit, lon, lat = heaviest(coverage)
    come_to(page, f"/?{VIEW}")
    page.mouse.move(*on_map(page, lon, lat))
    page.wait_for_selector(f'#list tr.pointed[data-unit="{unit["id"]}"]')
    page.mouse.click(*on_map(page, lon, lat))
    page.wait_for_selector("#detail .detail-walk strong")
    assert page.locator("path.walk").count() == 1
    assert page.locator("#detail .detail-title").inner_text() == unit["name"]
    assert page.locator("#list tr[aria-current]").get_attribute("data-unit") == unit["id"]
    page.keyboard.press("Escape")
    page.wait_for_selector("path.walk", state="detached")
    assert page.locator("#list tr[aria-current]").count() == 0


def test_a_row_of_the_list_shows_its_compound_on_the_map(page, coverage):
    come_to(page)
    row = page.locator("#list tbody tr").nth(1)
    row.hover()
    page.wait_for_selector("path.hovered")
    row.click()
    page.wait_for_selector("path.chosen")
    assert page.locator("#detail .detail-title").inner_text() == row.locator("button").inner_text()


def test_the_whole_page_turns_english_and_back(page):
    come_to(page)
    page.click('#tools [data-key="lang"]')
    page.wait_for_selector("html[lang=en]")
    page.wait_for_function("() => document.querySelector('#answer-title').textContent.startsWith('Residents')")
    for name in ("#themes", "#question", "#answer .facts", "#list thead", "#tools"):
        text = page.locator(name).inner_text().replace("中文", "").replace("餐", "")  # the other language's button; the sign, the same in both
        assert not any("\u4e00" <= glyph <= "\u9fff" for glyph in text), f"{name}: {text}"
    page.click('#tools [data-key="lang"]')
    page.wait_for_selector("html[lang=zh-Hans]")


def test_a_link_reproduces_the_view(page):
    address = "/?kind=MARKET&within=10min&people=60%2B&profile=elder&lang=en&night=1&at=121.403000,31.270450&map=15.5/31.27000/121.40200"
    come_to(page, address)
    page.wait_for_selector("#detail .band-row")
    assert page.evaluate("location.pathname + location.search") == address
    assert page.locator("html").get_attribute("data-night") == "true"
    assert page.locator('#question [data-key="MARKET"]').get_attribute("aria-pressed") == "true"
    assert page.locator("#walker").input_value() == "elder"


def test_back_and_forward_walk_through_the_questions(page):
    come_to(page)
    first = figure(page)
    second = ask(page, "CONVENIENCE")
    page.go_back()
    page.wait_for_function("(text) => document.querySelector('#answer .figure strong').textContent === text", arg=first)
    page.go_forward()
    page.wait_for_function("(text) => document.querySelector('#answer .figure strong').textContent === text", arg=second)


def test_a_link_that_cannot_be_answered_says_so_in_both_languages_with_a_way_out(page, heard):
    page.goto("/?kind=NOPE")
    page.wait_for_selector("#answer .failure")
    text = page.locator("#answer").inner_text()
    assert "没有“NOPE”" in text
    assert "There is no facility kind" in text
    heard.clear()  # the browser writes the 400 to its console
    page.click("#answer .button")
    figure(page)


def test_a_server_that_is_gone_is_told_and_asked_again(page, heard):
    come_to(page)
    page.context.set_offline(True)
    page.click('#question [data-key="PHARMACY"]')
    page.wait_for_selector("#answer .failure")
    assert "连不上服务" in page.locator("#answer .failure").inner_text()
    page.context.set_offline(False)
    heard.clear()
    page.click("#answer .button")
    figure(page)
    assert page.locator("#list").is_visible()


def test_each_theme_shows_its_legend_and_its_figure(page):
    come_to(page)
    for theme, words in {"blue": "公里", "green": "公园", "red": "步道", "night": "环道", "plan": "项目"}.items():
        page.click(f'#themes [data-key="{theme}"]')
        page.wait_for_selector(f':root[data-theme="{theme}"] #answer .theme-figure-large')
        assert words in page.locator("#answer").inner_text()
        assert page.locator("#answer .signs li").count() >= 1
        assert page.locator("#list").is_hidden()
    page.click('#themes [data-key="orange"]')
    figure(page)
    assert page.locator("#list").is_visible()


def test_the_night_run_turns_the_map_to_night_and_a_toggle_turns_it_back(page):
    come_to(page, "/?theme=night")
    assert page.locator("html").get_attribute("data-night") == "true"
    page.click('#tools [data-key="night"]')
    assert page.locator("html").get_attribute("data-night") == "false"
    assert "night=0" in page.evaluate("location.search")


def test_the_red_walkway_is_told_stop_by_stop(page):
    come_to(page, "/?theme=red")
    page.locator(".items button").first.click()
    page.wait_for_selector("#detail .story")
    first = page.locator("#detail .detail-title").inner_text()
    page.get_by_role("button", name="下一站").click()
    page.wait_for_function("(title) => document.querySelector('#detail .detail-title').textContent !== title", arg=first)


def test_a_compound_is_found_by_its_name_with_the_keyboard_alone(page, coverage):
    unit, _, _ = heaviest(coverage)
    come_to(page)
    page.focus("#search-text")
    page.keyboard.type(unit["name"])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector("#detail .detail-walk strong")
    assert page.locator("#detail .detail-title").inner_text() == unit["name"]


def test_a_journey_with_the_keyboard_alone(page):
    come_to(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the skip link
    assert page.evaluate("document.activeElement.id") == "answer"
    page.focus('#question [data-key="MARKET"]')
    page.keyboard.press("Enter")
    page.wait_for_selector('#question [data-key="MARKET"][aria-pressed="true"]')
    figure(page)
    assert page.evaluate("document.activeElement.dataset.key") == "MARKET", "the focus stays on the chip pressed"
    assert "菜市场" in page.locator("#live").inner_text()
    page.locator("#list tbody button").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#detail .detail-walk strong")
    page.keyboard.press("Escape")
    page.wait_for_selector("#detail", state="hidden")
    page.focus("#map")
    page.keyboard.press("Enter")
    page.wait_for_selector("#detail .band-row")


def test_everything_that_can_be_pressed_has_a_name(page):
    come_to(page)
    nameless = page.evaluate(
        """() => [...document.querySelectorAll('button, a, input, select, [role=button]')]
            .filter((element) => !(element.textContent || element.getAttribute('aria-label') || '').trim() && !element.labels?.length)
            .map((element) => element.outerHTML)"""
    )
    assert nameless == []


def test_a_hostile_name_is_shown_as_text(page, coverage):
    """Text enters the page as text only, wherever the server's words are shown."""
    hostile = '<img src=x onerror="window.hacked = true">'
    changed = json.loads(json.dumps(coverage))
    for row in changed["answer"]["tables"]["units"]:
        row["name"] = hostile
    for collection in changed["features"].values():
        for feature in collection["features"]:
            feature["properties"]["name"] = hostile
    page.route("**/api/coverage*", lambda route: route.fulfill(json=changed))
    come_to(page)
    page.locator("#list tbody button").first.click()
    page.wait_for_selector("#detail .detail-title")
    page.locator(".sign").first.hover(force=True)
    assert page.locator("#detail .detail-title").inner_text() == hostile
    assert page.evaluate("window.hacked") is None


def test_the_whole_neighbourhood_stays_in_view_when_the_window_changes(page):
    come_to(page)
    wide = page.locator("#scale").inner_html()
    page.set_viewport_size({"width": 800, "height": 700})
    page.wait_for_function("(text) => document.querySelector('#scale').innerHTML !== text", arg=wide)
    page.wait_for_timeout(400)  # Leaflet tells that it has moved a moment later
    assert page.evaluate("location.search") == ""
    page.set_viewport_size({"width": 1440, "height": 900})
    page.wait_for_function("(text) => document.querySelector('#scale').innerHTML === text", arg=wide)


def test_on_paper_the_map_shows_the_whole_and_the_controls_are_gone(page):
    come_to(page, f"/?{VIEW}")
    page.emulate_media(media="print")
    page.wait_for_selector("#question .chips", state="hidden")
    assert page.locator("#tools").is_hidden()
    assert page.locator("#list tbody tr").first.is_visible()
    page.emulate_media(media="screen")
    page.wait_for_selector("#question .chips", state="visible")
    assert VIEW in page.evaluate("location.search")


def test_the_printed_map_holds_its_ground_and_its_legend(page):
    """A canvas drawn while printing goes to the paper as pixels: as strokes it would hide what lies beneath."""
    come_to(page)
    paper = page.pdf(format="A4", print_background=True)
    widths = [int(width) for width in re.findall(rb"/Subtype /Image\s*/Width (\d+)", paper)]
    assert len([width for width in widths if width > 1000]) >= 2, "the ground and the names"
    page.emulate_media(media="print")
    assert page.locator(".ramp").is_visible()
    assert page.locator(".chips").first.is_hidden()


def test_two_hundred_per_cent_leaves_the_map_and_the_answer_in_sight(page):
    page.set_viewport_size({"width": 683, "height": 384})
    come_to(page)
    map_, answer = (page.locator(name).bounding_box() for name in (".stage", "#answer"))
    assert map_["x"] + map_["width"] <= answer["x"]
    assert map_["height"] > 200
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_table_fits_a_small_laptop(page, lang):
    page.set_viewport_size({"width": 1366, "height": 768})
    for address in (f"/?lang={lang}", f"/?lang={lang}&kind=MARKET&within=15min&people=60%2B&profile=elder"):
        come_to(page, address)
        assert page.evaluate("(() => { const box = document.querySelector('.table-box'); return box.scrollWidth - box.clientWidth; })()") <= 1


def test_the_place_that_the_bands_start_from_lies_over_the_names(page):
    come_to(page, "/?at=121.402200,31.271200")
    page.wait_for_selector(".band-origin")
    levels = page.evaluate(
        "['names', 'chosen'].map((name) => Number(document.querySelector(`.leaflet-${name}-pane`).style.zIndex))"
    )
    assert levels[0] < levels[1]
    assert page.locator(".leaflet-chosen-pane .band-origin").count() == 1


def test_a_place_without_canteens_is_first_asked_about_what_it_has(page):
    def without(route):
        told = route.fetch().json()
        for kind in told["kinds"]:
            kind["count"] = 0 if kind["code"] == "CANTEEN" else kind["count"]
        route.fulfill(json=told)

    page.route("**/api/workspace", without)
    come_to(page)
    page.wait_for_function("() => new URLSearchParams(location.search).has('kind')")
    kind = page.evaluate("new URLSearchParams(location.search).get('kind')")
    assert page.locator(f'#question [data-key="{kind}"]').get_attribute("aria-pressed") == "true"


def test_estimated_residents_and_a_theme_without_data_are_said_to_be_so(page, coverage):
    changed = json.loads(json.dumps(coverage))
    changed["answer"]["caveats"].append({"key": "residents_estimated", "zh": "居民人数由建筑估算。", "en": "Residents are estimated."})
    page.route("**/api/coverage*", lambda route: route.fulfill(json=changed))
    page.route("**/api/theme/plan", lambda route: route.fulfill(json={"legend": [], "layers": {}, "facts": []}))
    come_to(page)
    assert page.locator("#answer .figure .badge").inner_text() == "居民为估算"
    page.click('#themes [data-key="plan"]')
    page.wait_for_selector("#answer .failure")
    assert "还没有" in page.locator("#answer .failure").inner_text()


def test_the_table_is_saved_as_csv(page):
    come_to(page)
    with page.expect_download() as saved:
        page.click('#list [data-key="csv"]')
    lines = Path(saved.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("id,小区,居民")
    assert len(lines) == 1 + page.locator("#list tbody tr").count()
    assert "示意" in lines[1]
    assert "OpenStreetMap" in lines[1]


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1280, 720), (1024, 768)])
def test_no_card_is_cut_off_or_lies_over_another(page, width, height):
    page.set_viewport_size({"width": width, "height": height})
    come_to(page)
    boxes = [page.locator(name).bounding_box() for name in (".bar", "#left", "#answer", "#list")]
    cards = [shapely.box(box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]) for box in boxes]
    if width >= 1180:
        assert all(shapely.box(0, 0, width, height).contains(card) for card in cards)
    assert all(one.intersection(other).area < 1 for i, one in enumerate(cards) for other in cards[:i])
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_mean_told_of_a_compound_says_whose_it_is(page, live):
    """中环家园 is mostly covered for markets: the mean that the list shows is that of the few who are not, and must not pass for all."""
    with urlopen(f"{live}/api/coverage?kind=MARKET&within=500m") as reply:  # noqa: S310  our own server
        units = json.load(reply)["answer"]["tables"]["units"]
    mixed = next(unit for unit in units if unit["people_gap"] and unit["status"] == "covered" and unit["walk_m"])
    come_to(page, f"/?kind=MARKET&unit={mixed['id']}")
    page.wait_for_selector("#detail .detail-walk strong")
    told = page.locator("#detail").inner_text()
    assert f"走不到的 {round(mixed['people_gap']):,} 人平均 {round(mixed['walk_m'])} 米" in told
    assert "全体居民平均" not in told
