"""The page on a phone: one thing a screen, nothing cut off, nothing too small to touch."""

from __future__ import annotations

import math

import pytest

from tests.browser.steps import come_to, figure

TABS = ("themes", "question", "answer", "list")


@pytest.mark.parametrize(("width", "height"), [(390, 844), (360, 740)])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_scrolls_sideways_and_one_panel_stands_at_a_time(phone, width, height, lang):
    phone.set_viewport_size({"width": width, "height": height})
    come_to(phone, f"/?lang={lang}")
    for place, tab in enumerate(TABS, start=1):
        phone.tap(f"#tabs button:nth-child({place})")
        shown = [name for name in TABS if phone.locator(f"#{name}").is_visible()]
        assert shown == [tab]
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
        boxes = "[...document.querySelectorAll('#side, #list, .table-box')]"
        assert phone.evaluate(f"{boxes}.every((box) => box.scrollWidth <= box.clientWidth + 1)"), tab


def test_whatever_is_touched_is_large_enough_for_a_thumb(phone):
    come_to(phone)
    for place in range(1, len(TABS) + 1):
        phone.tap(f"#tabs button:nth-child({place})")
        small = phone.evaluate(
            """() => [...document.querySelectorAll('button, select, summary')].filter((element) => element.checkVisibility())
                .map((element) => [element, element.getBoundingClientRect()])
                .filter(([element, { width, height }]) => height < 43.5 && element.closest('tr') === null && !element.closest('.list-head'))
                .map(([element]) => element.outerHTML)"""
        )
        assert small == []


def test_a_service_is_chosen_and_its_answer_comes_up(phone):
    come_to(phone)
    before = figure(phone)
    phone.tap("#tabs button:nth-child(2)")
    with phone.expect_response(lambda reply: "/api/coverage" in reply.url):
        phone.tap('#question [data-key="CONVENIENCE"]')
    phone.wait_for_function("(text) => document.querySelector('#answer .figure strong').textContent !== text", arg=before)
    assert phone.locator("#answer").is_visible()


def test_a_compound_of_the_list_is_shown_with_its_walk(phone):
    come_to(phone)
    phone.tap("#tabs button:nth-child(4)")
    phone.locator("#list tbody button").first.tap()
    phone.wait_for_selector("#detail .detail-walk strong")
    assert phone.locator("#detail").is_visible()
    assert phone.locator("#answer").is_hidden()
    phone.tap("#detail .close")
    phone.wait_for_selector("#answer", state="visible")


def test_the_sheet_rises_and_falls_by_its_handle(phone):
    come_to(phone)
    height = "document.querySelector('#side').getBoundingClientRect().height"
    low = phone.evaluate(height)
    phone.tap("#sheet-handle button")
    phone.wait_for_function(f"() => {height} > {low} + 100")
    phone.tap("#sheet-handle button")
    phone.wait_for_function(f"() => Math.abs({height} - {low}) < 1")


def test_the_red_walkway_is_walked_from_stop_to_stop(phone):
    come_to(phone, "/?theme=red")
    phone.locator(".items button").nth(2).tap()
    phone.wait_for_selector("#detail .story")
    phone.get_by_role("button", name="下一站").tap()
    phone.wait_for_function("() => document.querySelector('#detail .badge').textContent.includes('4')")


def test_a_compound_is_found_by_its_name(phone):
    come_to(phone)
    phone.tap('#tools [data-key="search"]')
    phone.keyboard.type("中环家园")
    phone.locator("#found li").first.tap()
    phone.wait_for_selector("#detail .detail-walk strong")
    assert phone.locator("#detail .detail-title").inner_text() == "中环家园"
    assert phone.locator("#search-text").is_hidden()
    assert phone.locator("#title").is_visible()


@pytest.mark.parametrize("theme", ["orange", "blue", "night", "plan"])
def test_the_whole_neighbourhood_stands_clear_of_scale_and_credit_and_no_sign_hides_another(phone, theme):
    phone.set_viewport_size({"width": 360, "height": 740})
    come_to(phone, f"/?theme={theme}")
    low = min(phone.locator(f"#{name}").bounding_box()["y"] for name in ("scale", "credit"))
    boxes = [sign.bounding_box() for sign in phone.locator(".sign[role=button]").all()]
    middles = [(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in boxes]
    assert all(y < low for _, y in middles)
    near = [(one, other) for i, one in enumerate(middles) for other in middles[:i] if math.dist(one, other) < 24]
    assert near == []
