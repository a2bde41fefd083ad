"""What if a gate were open, or shut: asked from its card, said above the answer, told against today, kept in the address."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.browser.steps import come_to, figure

NEAR = "map=16.75/31.26740/121.39680"
OPEN = "gt-43-2"
GATE = "住宅组团 A8 2 号门"
TRY = ".gate-card .gate-assume"


def told(live, question):
    """What the server says to a question."""
    with urlopen(f"{live}/api/{question}") as reply:  # noqa: S310  our own server
        return json.load(reply)["answer"]


def covered(live, query):
    return round(told(live, f"coverage?kind=MARKET&{query}")["facts"]["people_covered"]["value"])


def test_a_gates_card_asks_what_if_and_the_page_tells_it_against_today(page, live):
    more = covered(live, f"within=500m&open={OPEN}") - covered(live, "within=500m")
    assert more > 0
    come_to(page, f"/?kind=MARKET&gate={OPEN}&{NEAR}")
    before = figure(page)
    assert page.locator("#as-if").is_hidden()
    assert "全天开放" in page.locator(TRY).first.inner_text()
    with page.expect_response(lambda reply: "/api/coverage" in reply.url and f"open={OPEN}" in reply.url):
        page.click(TRY)
    assert f"open={OPEN}" in page.evaluate("location.search")
    page.wait_for_selector("#answer .against-today")
    assert page.locator("#answer .against-today").inner_text() == f"已覆盖的居民比现状多 {more:,} 人"
    assert figure(page) != before
    assert "假设" in page.locator("#as-if").inner_text()
    assert f"{GATE}全天开放" in page.locator("#as-if li").inner_text()
    assert page.locator("#list .as-if-badge").is_visible()
    assert "假设开着" in page.locator(".gate-card").inner_text()
    assert "07:00–09:00" in page.locator(".gate-card").inner_text(), "the hours of today are told beside"
    assert page.locator(f'.gate-sign.as-if[aria-label="{GATE} · 假设开着，谁都能走"]').count() == 1
    page.click("#as-if [data-key=back]")
    page.wait_for_function("(text) => document.querySelector('#answer .figure strong').textContent === text", arg=before)
    assert page.locator("#as-if").is_hidden()
    assert page.locator(".against-today").count() == 0
    assert page.locator(".gate-sign.as-if").count() == 0


def test_a_compounds_walk_stands_beside_todays_in_words_and_on_the_map(page, live):
    asked = "walk?unit=cp-43&kind=MARKET&profile=elder&mode=time"
    facts = [told(live, one)["facts"] for one in (asked, f"{asked}&open={OPEN}")]
    (metres, minutes), (fewer, quicker) = ((one["walk_m"]["value"], one["walk_min"]["value"]) for one in facts)
    assert minutes - quicker > 1
    come_to(page, f"/?kind=MARKET&within=10min&profile=elder&unit=cp-43&open={OPEN}")
    page.wait_for_selector("#detail .detail-walk.beside")
    text = page.locator("#detail .detail-walk").inner_text().replace("\n", "")
    assert f"{metres:.0f} 米 → {fewer:.0f} 米" in text
    assert f"{minutes:.1f} → {quicker:.1f} 分钟" in text
    page.wait_for_selector("path.walk-today")
    dashes = page.evaluate("['path.walk-today', 'path.walk'].map((one) => getComputedStyle(document.querySelector(one)).strokeDasharray)")
    assert dashes == ["7px, 5px", "none"]
    assert page.locator(".walk-tag.today").inner_text() == f"现状 {metres:.0f} 米"
    assert page.locator(".walk-lines").inner_text().split() == ["假设的走法", "现状的走法"]
    page.wait_for_function("() => document.querySelector('#as-if .against-today').textContent.includes('比现状多')")
    page.click(f"#as-if [data-key=drop-{OPEN}]")
    page.wait_for_selector("path.walk-today", state="detached")
    assert page.locator(".walk-lines").is_hidden()


def test_a_walk_that_does_not_change_is_said_to_be_the_same(page):
    come_to(page, f"/?kind=MARKET&unit=cp-04&open={OPEN}")
    page.wait_for_function("() => document.querySelector('#detail .detail-walk').textContent.includes('走法与现状一样')")
    assert page.locator("path.walk-today").count() == 0


def test_several_gates_come_back_with_the_address_and_go_one_by_one(page):
    come_to(page, f"/?kind=MARKET&open=gt-04-2,{OPEN}&close=gt-01-2&lang=en")
    assert page.locator("#as-if li").count() == 3
    assert "gate 2 open all day" in page.locator("#as-if li").first.inner_text()
    assert "shut" in page.locator("#as-if li").last.inner_text()
    page.wait_for_selector("#answer .against-today")
    assert "residents covered" in page.locator("#answer .against-today").inner_text()
    page.click("#as-if [data-key=drop-gt-01-2]")
    page.wait_for_function(f"() => location.search === '?kind=MARKET&open=gt-04-2,{OPEN}&lang=en'")
    assert page.locator("#as-if li").count() == 2
    page.go_back()
    page.wait_for_function("() => document.querySelectorAll('#as-if li').length === 3")


def test_an_open_gate_may_be_shut_and_fewer_are_covered(page, live):
    gate = "gt-43-3"
    fewer = covered(live, "within=500m") - covered(live, f"within=500m&close={gate}")
    come_to(page, f"/?kind=MARKET&gate={gate}&{NEAR}")
    page.locator(TRY, has_text="假如关上这扇门").click()
    page.wait_for_selector("#answer .against-today")
    assert f"close={gate}" in page.evaluate("location.search")
    said = page.locator("#answer .against-today").inner_text()
    assert said == (f"已覆盖的居民比现状少 {fewer:,} 人" if fewer else "已覆盖的居民与现状一样多")
    assert page.locator(".gate-sign.as-if.closed").count() == 1


def test_what_cannot_be_assumed_is_said_and_there_is_a_way_back(page, heard):
    page.goto("/?close=gt-43-1,gt-43-2,gt-43-3")
    page.wait_for_selector("#answer .failure")
    assert "没有门可走" in page.locator("#answer .failure").inner_text()
    assert page.locator("#as-if li").count() == 3
    heard.clear()  # the refused question is in the console
    page.click("#as-if [data-key=back]")
    page.wait_for_selector("#answer .figure strong")
    assert page.evaluate("location.search") == ""


def test_the_bands_are_asked_with_the_gates_assumed(page):
    with page.expect_response(lambda reply: "/api/isochrone" in reply.url) as spread:
        come_to(page, f"/?at=121.3968,31.2674&open={OPEN}")
    assert f"open={OPEN}" in spread.value.url
    page.wait_for_selector("path.band-15")


def test_by_keys_one_goes_to_a_gate_asks_and_comes_back(page):
    come_to(page, f"/?kind=MARKET&{NEAR}")
    sign = page.locator(f'.gate-sign[aria-label^="{GATE}"]')
    sign.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(TRY)
    assert "全天开放" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.textContent === '这扇门回到现状'")
    page.wait_for_function("() => document.querySelector('#live').textContent.includes('比现状多')")
    assert page.locator("#live").inner_text().startswith(f"假设：{GATE}全天开放 ")
    page.keyboard.press("Escape")
    page.wait_for_selector(".gate-card", state="detached")
    assert page.evaluate("document.activeElement.ariaLabel").startswith(GATE)
    page.focus("#as-if [data-key=back]")
    page.keyboard.press("Enter")
    page.wait_for_selector("#as-if", state="hidden")
    assert page.evaluate("document.activeElement.id") == "answer", "the focus is not lost with the button"


def test_paper_and_the_saved_table_carry_the_assumption(page):
    come_to(page, f"/?kind=MARKET&open={OPEN}")
    page.wait_for_selector("#list [data-key=csv]")
    with page.expect_download() as saved:
        page.click("#list [data-key=csv]")
    assert f"假设：开放这些门，谁都能走、全天开（{OPEN}）。不是现状。" in Path(saved.value.path()).read_text(encoding="utf-8-sig")
    page.emulate_media(media="print")
    assert page.locator("#as-if").is_visible()
    assert page.locator("#as-if button").first.is_hidden()


def test_another_theme_shows_no_assumption(page):
    page.goto(f"/?theme=blue&open={OPEN}")
    page.wait_for_selector("#answer .tile")
    assert page.locator("#as-if").is_hidden()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_on_a_phone_the_assumption_fits_and_can_be_touched(phone, lang):
    for address, shown in ((f"/?kind=MARKET&lang={lang}&unit=cp-43&open={OPEN}", "#detail .detail-walk.beside"),
                           (f"/?kind=MARKET&lang={lang}&open={OPEN}&gate={OPEN}", ".gate-card")):
        phone.goto(address)
        phone.wait_for_selector(shown)
        phone.wait_for_selector("#as-if li")
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert phone.evaluate("document.querySelector('#side').scrollWidth <= document.querySelector('#side').clientWidth + 1")
        for button in phone.locator("#as-if button, .gate-assume").all():
            box = button.bounding_box()
            assert min(box["width"], box["height"]) >= 44
