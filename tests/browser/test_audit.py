"""The audit's page: its matrix, map and gap list linked; every cell opens its people, its clause, its walk."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest
from waitress.server import create_server

from tests.conftest import listen
from webapp import Settings, create_app

MARKET = "gb50180/10-MARKET"
HEADED = "#answer:not([aria-busy]) .head-tiles"


@pytest.fixture(scope="module")
def audit(live):
    """What the server says of the first audit."""
    with urlopen(f"{live}/api/audit") as reply:  # noqa: S310  our own server
        return json.load(reply)["answer"]


@contextmanager
def serving(workspace: Path) -> Iterator[str]:
    """Serve another workspace for a while."""
    server = create_server(create_app(Settings(workspace=workspace)), host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(timeout=10)


def come_to(page, address="/audit"):
    """Open the page and wait until the figures and the map's key stand there."""
    page.goto(address)
    page.wait_for_selector(HEADED, state="attached")
    page.wait_for_selector("#focus > *", state="attached")
    return page


def cell(audit, clause, committee):
    return next(row for row in audit["tables"]["matrix"] if f"{row['standard']}/{row['clause']}" == clause and row["committee_id"] == committee)


def query(page, name):
    return page.evaluate("(name) => new URLSearchParams(location.search).get(name)", name)


def gap_cell(page):
    """The first cell of a committee with somebody in a gap."""
    return page.locator("td.cell.gap:not(.whole)").first


def test_every_figure_of_the_head_is_the_servers(page, audit):
    come_to(page)
    facts = {key: fact["value"] for key, fact in audit["facts"].items()}
    names = ("covered", "gap", "unknown", "met", "short", "blind", "must")
    shown = {name: page.locator(f'#answer [data-fact="{name}"]').inner_text() for name in names}
    assert abs(float(page.locator("#answer .figure strong").inner_text()) - 100 * facts["share_covered"]) <= 0.05
    assert abs(float(shown["unknown"].rstrip("%")) - 100 * facts["share_unknown"]) <= 0.05
    assert abs(float(shown["gap"].rstrip("%")) - 100 * (1 - facts["share_covered"] - facts["share_unknown"])) <= 0.05
    assert (shown["met"], shown["short"], shown["blind"]) == tuple(str(facts[f"clauses_{name}"]) for name in ("covered", "gap", "unknown"))
    assert shown["must"] == f"{round(facts['people_gap']):,} 人"
    assert f"未核实 {facts['clauses_unverified']} 条" in page.locator("#answer").inner_text()


def test_the_matrix_has_every_clause_and_committee_and_never_paints_unknown_covered(page, audit):
    come_to(page)
    committees = {row["committee_id"] for row in audit["tables"]["matrix"]}
    assert page.locator(".matrix tbody tr:not(.group)").count() == len(audit["tables"]["clauses"])
    assert page.locator(".matrix thead th").count() == len(committees) + 2
    unknown = sum(row["people_unknown"] > 0 for row in audit["tables"]["matrix"])
    covered = sum(row["people_covered"] > 0 and row["people_gap"] + row["people_unknown"] == 0 for row in audit["tables"]["matrix"])
    assert unknown > 0
    assert page.locator("td.cell.covered:not(.whole)").count() == covered
    unverified = sum(not row["verified"] for row in audit["tables"]["clauses"])
    by_tier = sum(row["basis"] == "tier" for row in audit["tables"]["clauses"])
    assert page.locator(".matrix .clause-mark:not(.tier)").count() == unverified
    assert page.locator(".matrix .clause-mark.tier").count() == by_tier


def test_a_cell_opens_its_compounds_its_map_and_its_walk(page, audit):
    come_to(page, "/audit")
    page.locator(".matrix tbody tr", has=page.locator("th", has_text="菜市场")).locator("td").nth(8).click()
    page.wait_for_selector("#focus .unit-item")
    assert query(page, "clause") == MARKET
    told = cell(audit, MARKET, query(page, "committee"))
    assert f"{round(told['people_gap']):,} 人" in page.locator("#focus .parts").inner_text()
    assert "500 米" in page.locator("#map-key").inner_text()
    assert "面积不够" in page.locator("#map-key").inner_text()
    assert page.locator("path.belonging").count() > 0
    page.locator("#focus .unit-item").first.click()
    page.wait_for_selector("#focus .detail-walk strong")
    page.wait_for_selector("path.walk")
    assert page.locator("#focus .step").count() > 2
    assert "第二近" in page.locator("#focus .way-facts").inner_text()
    page.locator("#focus .step").nth(1).click()
    page.wait_for_selector("path.step-line")
    page.click('#focus [data-key="sheet"]')
    page.wait_for_selector("#panel .units tr[data-row]")
    assert page.locator("#panel tbody tr").count() == len(audit["tables"]["clauses"])
    page.go_back()
    page.wait_for_selector(".matrix .here")


def test_the_gap_list_follows_the_cell_and_leads_back_to_it(page, audit):
    come_to(page, f"/audit?tab=gaps&clause={MARKET}&committee=cm-16")
    wanted = [row["id"] for row in audit["tables"]["gaps"] if (row["clause"], row["committee_id"]) == ("10-MARKET", "cm-16")]
    rows = page.locator("#panel tbody tr")
    assert [row.get_attribute("data-row").split()[0] for row in rows.all()] == wanted
    with page.expect_download() as saved:
        page.click('#panel [data-key="export"]')
    lines = saved.value.path().read_text("utf-8-sig").strip().splitlines()
    assert len(lines) == len(wanted) + 1
    assert audit["run_id"] in lines[1]
    assert "未核实" in lines[1]
    rows.first.locator("button").click()
    page.wait_for_selector("#focus .detail-walk strong")
    assert query(page, "unit") == wanted[0]
    page.click('#panel [data-key="filter-0"]')
    page.wait_for_function("(count) => document.querySelectorAll('#panel tbody tr').length > count", arg=len(wanted))


def test_by_keys_alone_a_cell_is_reached_opened_and_left(page):
    come_to(page)
    page.locator('.matrix [tabindex="0"]').focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "End", "Home", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.cellIndex") == 2
    page.wait_for_selector("#tip:not([hidden])")
    assert page.locator("#tip b").inner_text() == page.evaluate("document.activeElement.ariaLabel")
    page.keyboard.press("Enter")
    page.wait_for_selector("#focus .clause-more")
    page.wait_for_selector(".matrix .here")
    assert page.evaluate("document.activeElement.classList.contains('here')")
    assert query(page, "committee") is not None
    page.keyboard.press("Escape")
    page.wait_for_function("() => !location.search.includes('committee')")
    page.keyboard.press("Escape")
    page.wait_for_function("() => !location.search.includes('clause')")


def test_rows_are_filtered_and_sorted_and_columns_become_ages(page, audit):
    come_to(page)
    page.click('[data-key="rows-gap"]')
    short = sum(row["people_gap"] > 0 for row in audit["tables"]["clauses"])
    page.wait_for_function("(count) => document.querySelectorAll('.matrix tbody tr:not(.group)').length === count", arg=short)
    page.select_option('[data-key="order"]', "share")
    page.wait_for_selector(".matrix .group", state="detached")
    page.click('[data-key="columns-age"]')
    page.wait_for_selector(".matrix.by-age")
    assert page.evaluate("location.search") == "?columns=age&rows=gap&order=share"
    with page.expect_response(lambda reply: "/api/audit/clause" in reply.url) as reply:
        gap_cell(page).click()
    group = query(page, "people")
    assert reply.value.json()["answer"]["params"]["people"] == group
    page.wait_for_selector("#focus .unit-item")


def test_a_link_reproduces_the_view(page):
    address = (f"/audit?standard=gb50180,tdt1062&when=Tu-10:00&step_free=1&rows=must&order=burden&clause={MARKET}&committee=cm-08&unit=cp-43"
               "&lang=en&night=1&map=15.5/31.27000/121.39000")
    with page.expect_response(lambda reply: "/api/audit?" in reply.url) as reply:
        come_to(page, address)
    assert reply.value.json()["answer"]["params"]["step_free"] is True
    page.wait_for_selector("#focus .detail-walk strong")
    assert page.evaluate("location.pathname + location.search") == address
    assert page.locator("html").get_attribute("data-night") == "true"
    assert page.locator(".matrix .here").get_attribute("aria-selected") == "true"
    assert "2 standards" in page.locator("#options-open").inner_text()


def test_other_standards_and_another_hour_are_asked_for_in_one_dialog(page):
    come_to(page)
    page.click("#options-open")
    page.locator('#options input[value="tdt1062"]').check()
    page.locator('#options input[name="hour"]').nth(1).check()
    with page.expect_response(lambda reply: "/api/audit?" in reply.url and "tdt1062" in reply.url) as reply:
        page.click('#options [data-key="apply"]')
    params = reply.value.json()["answer"]["params"]
    assert params["standards"] == ["gb50180", "tdt1062"]
    assert params["facility_hours"] is True
    page.wait_for_selector(HEADED)
    assert query(page, "when") == "Tu-10:00"


def test_the_whole_page_is_english(page):
    come_to(page, f"/audit?lang=en&clause={MARKET}&committee=cm-08&unit=cp-43")
    page.wait_for_selector("#focus .steps")
    for tab in ("matrix", "gaps", "sheet", "survey", "compare", "supply", "notes"):
        page.click(f'[data-key="tab-{tab}"]')
        page.wait_for_selector(f'body[data-work="{tab}"] #panel > *')
        if tab == "sheet":
            page.wait_for_selector("#panel .units")
        for name in (".bar", "#answer", "#panel", "#focus", "#map-key"):
            text = page.locator(name).inner_text().replace("中文", "")
            if tab != "notes":  # an office's own words stand as it wrote them
                assert not any("\u4e00" <= glyph <= "\u9fff" for glyph in text), f"{tab} {name}: {text}"


def test_a_refusal_is_the_servers_sentence_with_a_way_out(page, heard):
    page.goto("/audit?standard=nonsense")
    page.wait_for_selector("#answer .failure")
    assert "nonsense" in page.locator("#answer .failure").inner_text()
    assert page.locator("#results").is_hidden()
    heard.clear()  # the refusal itself stands in the console
    page.click("#answer button")
    page.wait_for_selector(HEADED)
    assert page.locator(".matrix").is_visible()


def test_the_desk_and_the_audit_lead_to_one_another(page):
    page.goto("/?open=gt-43-2&lang=en")
    page.wait_for_selector('#tools [data-key="other"]')
    page.click('#tools [data-key="other"]')
    page.wait_for_selector(HEADED)
    assert query(page, "open") == "gt-43-2"
    assert page.locator("#as-if").is_visible()
    page.click('#tools [data-key="other"]')
    page.wait_for_selector("#answer .figure strong")
    assert page.evaluate("location.pathname + location.search") == "/?open=gt-43-2&lang=en"


def test_no_rule_of_the_content_policy_is_broken(page):
    page.add_init_script("window.broken = []; document.addEventListener('securitypolicyviolation', (event) => window.broken.push(event.blockedURI))")
    come_to(page, f"/audit?clause={MARKET}&unit=cp-43")
    page.wait_for_selector("#focus .steps")
    for tab in ("gaps", "sheet", "survey", "compare", "supply", "notes"):
        page.click(f'[data-key="tab-{tab}"]')
    assert page.evaluate("window.broken") == []


def test_what_is_collected_compared_and_shown_comes_from_the_server(page, audit):
    come_to(page, "/audit?tab=survey")
    assert page.locator("#panel tbody tr").count() == len(audit["tables"]["survey"])
    page.click('[data-key="tab-compare"]')
    worst = max(audit["tables"]["clauses"], key=lambda row: row["people_circle_only"] or 0)
    page.wait_for_selector(f'#panel tr:first-child[data-row="gb50180/{worst["clause"]}"]')
    assert f"{round(worst['people_circle_only']):,}" in page.locator("#panel tbody tr").first.inner_text()
    page.click('[data-key="tab-supply"]')
    page.wait_for_function("(count) => document.querySelectorAll('#panel tbody tr').length === count", arg=len(audit["tables"]["supply"]))
    page.click('[data-key="tab-notes"]')
    page.wait_for_selector("#panel .run")
    assert audit["run_id"] in page.locator("#panel .run").inner_text()
    for caveat in audit["caveats"]:
        assert caveat["zh"] in page.locator("#panel").inner_text()


def test_on_paper_stands_the_matrix_by_day_with_its_legend_and_no_controls(page):
    come_to(page, "/audit?night=1")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator(".matrix").is_visible()
    assert page.locator(".matrix-legend").is_visible()
    assert page.locator("html").get_attribute("data-night") == "false"
    for name in ("#tools", "#tabs", ".controls", ".zoom", "#focus"):
        assert page.locator(name).is_hidden(), name
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("html").get_attribute("data-night") == "true"


@pytest.mark.parametrize(("width", "height"), [(390, 844), (360, 740)])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_on_a_phone_nothing_is_cut_off_and_all_is_large_enough(phone, width, height, lang):
    phone.set_viewport_size({"width": width, "height": height})
    tabs = ("&tab=gaps", "&tab=survey", "&tab=compare", "&tab=supply", "&tab=notes", "&tab=sheet&unit=cp-03")
    for rest in ("", *tabs, f"&clause={MARKET}", f"&clause={MARKET}&unit=cp-03"):
        come_to(phone, f"/audit?lang={lang}{rest}")
        phone.wait_for_function("() => !document.querySelector('.ghost, [aria-busy]')")
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth"), rest
        boxes = "[...document.querySelectorAll('#work, #focus, #panel, .table-box, #tabs, .bar')].filter((box) => box.checkVisibility())"
        assert phone.evaluate(f"{boxes}.filter((box) => box.scrollWidth > box.clientWidth + 1).map((box) => box.id || box.className)") == [], rest
        small = phone.evaluate(
            """() => [...document.querySelectorAll('button, select, summary, a')]
                .filter((element) => element.checkVisibility() && !element.closest('.skips'))
                .filter((element) => element.getBoundingClientRect().height < 43.5).map((element) => element.outerHTML)"""
        )
        assert small == [], rest


def test_on_a_phone_one_goes_from_clause_to_compound_to_walk_and_back(phone):
    come_to(phone)
    phone.locator(".clause-item", has_text="菜市场").tap()
    phone.wait_for_selector("#focus .unit-item")
    assert phone.locator("#panel").is_hidden()
    phone.locator("#focus .unit-item").first.tap()
    phone.wait_for_selector("#focus .detail-walk strong")
    phone.wait_for_selector("path.walk")
    phone.locator("#focus .crumb").nth(1).tap()
    phone.wait_for_selector("#focus .unit-item")
    phone.locator("#focus .crumb").first.tap()
    phone.wait_for_selector(".clause-item", state="visible")
    assert phone.locator("#focus").is_hidden()


def test_a_workspace_without_committees_and_ages_is_audited_too(browser, heard, wanli_copy):
    committees = wanli_copy / "committees.geojson"
    committees.write_text(json.dumps({**json.loads(committees.read_text("utf-8")), "features": []}), "utf-8")
    for name in ("compounds", "homes"):
        layer = json.loads((wanli_copy / f"{name}.geojson").read_text("utf-8"))
        for feature in layer["features"]:
            properties = feature["properties"]
            properties.update({key: None for key in properties if key.startswith("residents_") or key == "committee_id"})
        (wanli_copy / f"{name}.geojson").write_text(json.dumps(layer, ensure_ascii=False), "utf-8")
    with serving(wanli_copy) as address:
        page = listen(browser.new_page(), heard)
        come_to(page, f"{address}/audit")
        assert page.locator(".matrix .column-name").all_inner_texts() == ["不在任何居委会"]
        gap_cell(page).click()
        page.wait_for_selector("#focus .unit-item")
        page.click('[data-key="columns-age"]')
        page.wait_for_selector(".matrix.by-age")
        assert page.locator(".matrix .column-name").last.inner_text() == "年龄不详"
        page.close()
    assert heard == []
