"""The report of a life circle: every number in it is one of its answers', in any village; what is unknown or not verified says so."""

from __future__ import annotations

import math
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import shapely
from hypothesis import given, settings

from tests.report.reading import blocks, column, tables, texts, total
from tests.study.test_audit import areas, homes, services, surveys, town
from tests.village import canteen, home, village
from wanli_geo.answer import Answer
from wanli_geo.report import typeset
from wanli_geo.report.circle_matrix import ABREAST, shortened
from wanli_geo.report.circle_report import life_circle_report
from wanli_geo.report.document import Document, Figures, Items, Picture, Section, Text
from wanli_geo.report.theme_pages import SERVICES, clauses_of, most_telling
from wanli_geo.report.themes import LAYERS
from wanli_geo.study import Study, open_study

PARTS = (("已覆盖", "people_covered"), ("缺口", "people_gap"), ("未知", "people_unknown"))


@cache
def study() -> Study:
    return open_study()


def reported(asked: Study, lang: str = "zh", standards: str = "gb50180") -> tuple[Answer, Document]:
    audit = asked.audit(standards)
    themes = {theme: [asked.clause(key, standards=standards)] for theme, key in most_telling(audit).items()}
    themes["green"] = [*themes.get("green", []), asked.green()]
    return audit, life_circle_report(audit, themes, asked.workspace, lang, date="2026-11-24")


@cache
def sketch(lang: str = "zh") -> tuple[Answer, Document]:
    return reported(study(), lang)


def section(document: Document, title: str) -> Section:
    return next(one for one in document.sections if one.title == title)


def assert_numbers_are_the_audits(audit: Answer, document: Document) -> None:
    told = tables(document)
    clauses = audit.tables["clauses"]
    for title, key in PARTS:
        assert total(told["逐条"], title) == pytest.approx(clauses[key].sum(), rel=1e-9, abs=1e-6)
    assert len(told["逐条"].rows) == len(clauses)
    if len(audit.tables["gaps"]):
        assert total(told["缺口清单"], "缺口") == pytest.approx(clauses["people_gap"].sum(), rel=1e-9, abs=1e-6)
        assert len(told["缺口清单"].rows) == len(audit.tables["gaps"])
    assert total(told["小区"], "居民") == pytest.approx(audit.fact("people_total"), rel=1e-9, abs=1e-6)
    assert total(told["小区"], "至少一条缺口") == pytest.approx(audit.fact("people_gap"), rel=1e-9, abs=1e-6)


def test_the_tables_of_the_sketch_hold_the_audits_numbers() -> None:
    assert_numbers_are_the_audits(*sketch())


@settings(max_examples=15)
@given(homes, services, areas, surveys)
def test_the_tables_of_any_village_hold_the_audits_numbers(homes: Any, services: Any, areas: Any, surveyed: dict[str, str]) -> None:
    assert_numbers_are_the_audits(*reported(town(homes, services, areas, surveyed)))


def test_the_matrix_has_a_cell_for_every_clause_and_committee_and_paints_the_unknown_hatched() -> None:
    audit, document = sketch()
    matrix = tables(document)["条文×居委会"]
    rows = audit.tables["matrix"].to_dict("records")
    width = len(matrix.columns) - 3
    assert len(matrix.rows) * width == len(rows)
    for number, row in enumerate(rows):
        place = number // width, number % width + 3
        cell, tint = matrix.rows[place[0]][place[1]], matrix.tints.get(place)
        concerned = row["people_covered"] + row["people_gap"] + row["people_unknown"]
        if concerned == 0:
            assert (cell, tint) == (None, None)
        elif row["people_covered"] + row["people_gap"] == 0:
            assert cell == "?"
            assert tint is not None
            assert tint.hatched
        else:
            assert cell in ("<1", ">99") or cell == pytest.approx(row["share_covered"] * 100)
            assert tint is not None
            assert tint.hatched == (row["people_unknown"] > 0)


def test_heads_of_the_matrix_leave_out_what_all_committees_begin_with_and_say_so() -> None:
    matrix = tables(sketch()[1])["条文×居委会"]
    assert matrix.columns[3].title == "1 · 真北"
    assert "省去“示意居民区”" in matrix.note


@pytest.mark.parametrize(("lang", "mark"), [("zh", "未核实"), ("en", "not verified")])
def test_a_number_of_a_clause_not_verified_says_so_wherever_it_stands(lang: str, mark: str) -> None:
    audit, document = sketch(lang)
    clauses = audit.tables["clauses"]
    unverified = set(clauses.loc[~clauses["verified"], "name" if lang == "zh" else "name_en"])
    for table in tables(document).values():
        for place, one in enumerate(table.columns):
            if one.title in ("条文", "Clause"):
                bare = [str(row[place]) for row in table.rows if str(row[place]) in unverified]
                assert bare == [] or any(clauses["verified"] & clauses["name" if lang == "zh" else "name_en"].isin(bare))
                assert mark in table.note
    sentences = [line for block in blocks(document) if isinstance(block, Items) for line in block.items]
    told = [line for line in sentences for name in unverified if re.search(re.escape(name) + r" ?[（(]\d", line, re.IGNORECASE)]
    assert told
    assert all(mark in line for line in told)


def test_the_first_page_says_what_is_unknown_and_that_no_data_is_not_zero() -> None:
    audit, document = sketch()
    first = document.sections[0]
    warning = next(block for block in first.blocks if isinstance(block, Text) and block.tone == "unknown")
    assert "64.3%" in warning.text
    assert "没有数据不等于没有" in warning.text
    assert "不能当作达标率" in warning.text
    figures = next(block for block in first.blocks if isinstance(block, Figures)).figures
    assert [figure.value for figure in figures[:3]] == ["60,000 人", "0 人", "64.3%"]
    assert audit.fact("people_gap") == 60_000


def test_no_number_of_the_first_page_is_made_up() -> None:
    """Each number of its sentences is a fact, or stands in a table of the audit, or in the name of a standard or a clause."""
    audit, document = sketch()
    known = {f"{value:,.0f}" for fact in audit.facts if isinstance(value := fact.value, int | float)}
    known |= {f"{value:,.0f}" for frame in audit.tables.values() for name in frame.columns for value in frame[name]
              if isinstance(value, int | float) and math.isfinite(value)}
    names = " ".join([*audit.tables["standards"]["name"], *audit.tables["clauses"]["measure"], *audit.tables["compounds"]["name"]])
    for line in next(block for block in document.sections[0].blocks if isinstance(block, Items)).items:
        for number in re.findall(r"\d[\d,]*", line):
            assert number.rstrip(",") in known or number in names, (number, line)


def test_a_hand_counted_number() -> None:
    """The canteen's clause: its gap in the list adds up to what one gets by counting the homes that walk farther than 300 m."""
    audit, document = sketch()
    ledger = study().ledger("gb50180").tables["ledger"]
    own = ledger[ledger["clause"] == "5-CANTEEN"]
    by_hand = own[own["walk_m"] > 300.0]["people"].sum()
    gaps = tables(document)["缺口清单"]
    named = [float(people) for name, people in zip(column(gaps, "条文"), column(gaps, "缺口"), strict=True)
             if str(name).startswith("社区食堂") and isinstance(people, int | float)]
    assert sum(named) == by_hand == 53_089
    assert column(tables(document)["逐条"], "缺口")[audit.tables["clauses"]["clause"].tolist().index("5-CANTEEN")] == by_hand


def test_every_clause_stands_on_one_page_of_a_theme() -> None:
    audit, _ = sketch()
    told = [index for theme in SERVICES for index in clauses_of(audit, theme).index]
    assert sorted(told) == list(range(len(audit.tables["clauses"])))


def test_every_theme_has_its_page_with_a_map() -> None:
    _, document = sketch()
    for theme in SERVICES:
        page = section(document, theme.zh)
        assert page.page
        assert sum(isinstance(block, Picture) for block in page.blocks) >= 2
    plan = [one for one in document.sections if one.title.startswith("规划主题")]
    assert len(plan) == len(LAYERS) - 1
    assert all(any(isinstance(block, Picture) for block in one.blocks) for one in plan)


def test_all_66_items_of_the_plan_are_accounted_for() -> None:
    plan = tables(sketch()[1])["工作计划"]
    assert len(set(column(plan, "编号"))) == 66
    assert set(column(plan, "状态")) == {"已上图", "由软件算出", "图上还没有", "永不上图"}


def test_the_sources_and_every_run_stand_at_the_end() -> None:
    audit, document = sketch()
    assert {made.sha256[:12] for made in audit.made_of} <= set(column(tables(document)["数据来源"], "校验（SHA-256 前 12 位）"))
    assert document.run_ids[0] == audit.run_id
    last = [text for block in document.about[-1].blocks if isinstance(block, Text) for text in [block.text]]
    assert all(run in " ".join(last) for run in document.run_ids)


def test_a_caveat_is_said_once() -> None:
    _, document = sketch()
    method = next(one for one in document.about if one.title == "方法与须知").blocks[0]
    assert isinstance(method, Items)
    assert len(set(method.items)) == len(method.items)
    assert sum("尚未与标准原文核对" in line for line in method.items) == 1


def test_english_says_it_whole() -> None:
    _, document = sketch("en")
    chinese = [text for text in texts(document) if re.search(r"[\u4e00-\u9fff]", text)]
    assert chinese == []


def test_more_committees_than_a_page_is_wide_go_on_in_a_second_table() -> None:
    places = [(25.0 * step, 0.0) for step in range(ABREAST + 3)]
    committees = [({"id": f"c{step}", "name": f"第 {step} 居委会"}, shapely.box(x - 12, -12, x + 12, 12)) for step, (x, _) in enumerate(places)]
    many = village(homes=[home(x, y) for x, y in places], facilities=[canteen(0, 0)], committees=committees)
    told = tables(reported(Study(many))[1])
    assert [len(told[name].columns) - 3 for name in ("条文×居委会", "条文×居委会 2")] == [ABREAST, 3]


@pytest.mark.parametrize(("names", "lead", "short"), [
    (["示意居民区 1 · 真北", "示意居民区 18 · 灵石"], "示意居民区 ", ["1 · 真北", "18 · 灵石"]),
    (["North Yard", "North"], "", ["North Yard", "North"]),
    (["东园", "西园"], "", ["东园", "西园"]),
    (["一村"], "", ["一村"]),
    ([], "", []),
])
def test_what_all_heads_begin_with_is_left_out(names: list[str], lead: str, short: list[str]) -> None:
    assert shortened(names) == (lead, short)


def test_ages_and_everybody_add_up_in_the_table_of_ages() -> None:
    audit, document = sketch()
    told = tables(document)["条文×年龄"]
    known = audit.tables["clauses"].query("people_covered + people_gap > 0")[["standard", "clause"]]
    rows = audit.tables["ages"].merge(known, on=["standard", "clause"]).to_dict("records")
    width = len(told.columns) - 3
    assert len(told.rows) == len(known)
    assert len(told.rows) * width == len(rows)
    for number, row in enumerate(rows):
        cell = told.rows[number // width][number % width + 3]
        if isinstance(cell, float):
            assert cell == pytest.approx(row["share_covered"] * 100)


def test_a_village_without_a_plan_committee_or_service_still_has_its_report() -> None:
    _, document = reported(town([((0.0, 0.0), 10.0, [None] * 5, False)], [], [], {}))
    assert "工作计划" not in tables(document)
    assert section(document, "一页读懂").blocks
    assert not document.sketch or document.place


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_theme_keeps_to_its_page(lang: str, tmp_path: Path) -> None:
    pytest.importorskip("typst")
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext 没有安装。 / pdftotext is not installed.")
    _, document = sketch(lang)
    out = tmp_path / "report.pdf"
    out.write_bytes(typeset.pdf(document))
    pages = subprocess.run(["pdftotext", "-layout", str(out), "-"], capture_output=True, text=True, check=True).stdout.split("\f")
    titles = [one.title for one in document.sections if one.page and not one.wide and any(isinstance(block, Picture) for block in one.blocks)]
    begins = [number for number, page in enumerate(pages) if any(line.strip() in titles for line in page.splitlines()[:8])]
    firsts = [number for number in begins if number > 1]
    assert len(firsts) == len(titles)
    themes = firsts[2:]  # after the first page and the overview come the tables of clauses
    assert themes == list(range(themes[0], themes[0] + len(themes)))


def test_a_clause_of_which_nothing_is_known_is_told_and_not_drawn() -> None:
    audit, document = sketch()
    for theme in SERVICES:
        rows = clauses_of(audit, theme)
        known = rows[rows["people_covered"] + rows["people_gap"] > 0]
        drawn = [block.alt for block in section(document, theme.zh).blocks if isinstance(block, Picture)][-1]
        assert len(drawn.split("；")) == (len(known) or len(rows))
