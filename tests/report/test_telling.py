"""Any answer as a sheet: its figures are those of the answer, its words those of the language, nothing in it is a code."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import numpy as np
import pytest

from tests.report.reading import column, tables, texts, total
from wanli_geo.answer import Answer
from wanli_geo.errors import WrongUsage
from wanli_geo.report.document import Figures
from wanli_geo.report.telling import told
from wanli_geo.study import Study, open_study

QUESTIONS: dict[str, Callable[[Study], Answer]] = {
    "coverage": lambda study: study.coverage("CANTEEN", people="60+"),
    "gaps": lambda study: study.gaps("CANTEEN"),
    "by_age": lambda study: study.by_age("CANTEEN"),
    "isochrone": lambda study: study.isochrone(121.401, 31.271),
    "isochrones": lambda study: study.isochrones([("a", 121.401, 31.271), ("b", 121.4, 31.27)]),
    "topology": lambda study: study.topology(),
    "walk": lambda study: study.walk("cp-43", "CANTEEN"),
    "nearest": lambda study: study.nearest(["CANTEEN", "TOILET"]),
    "nearest to a place": lambda study: study.nearest("CANTEEN", at=(121.401, 31.271)),
    "opportunities": lambda study: study.opportunities("CANTEEN"),
    "people within": lambda study: study.opportunities(None, of="people"),
    "catchments": lambda study: study.catchments("CANTEEN"),
    "equity": lambda study: study.equity("CANTEEN"),
    "clause": lambda study: study.clause("gb50180/5-CANTEEN"),
    "sheet": lambda study: study.sheet("cp-43"),
    "green": lambda study: study.green(),
    "audit": lambda study: study.audit(),
    "plan": lambda study: study.plan(),
    "night_run": lambda study: study.routes.night_run(),
    "marks": lambda study: study.routes.marks("night_run"),
}


@cache
def study() -> Study:
    return open_study()


@cache
def answered(question: str) -> Answer:
    return QUESTIONS[question](study())


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_is_told_in_both_languages_and_in_no_code(question: str, lang: str) -> None:
    answer = answered(question)
    document = told(answer, study().workspace, lang, date="2026-11-24")
    assert document.title
    assert document.title != answer.question
    assert document.run_ids == (answer.run_id,)
    assert document.sketch
    said = [text for text in texts(document) if text]
    assert not [text for text in said if re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)+", text)]
    assert not [text for text in said if "nan" in text.lower().split()]
    assert not [text for text in said if "’" in text and lang == "zh"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_row_of_the_main_tables_is_lost_and_columns_hold_what_they_say(question: str) -> None:
    answer = answered(question)
    document = told(answer, study().workspace)
    frames = [len(frame) for name, frame in answer.tables.items() if len(frame) and name != "lorenz"]
    assert sum(frames) == sum(len(table.rows) for name, table in tables(document).items() if name not in ("其余数字", "数据来源"))
    for table in tables(document).values():
        for place, one in enumerate(table.columns):
            cells = [row[place] for row in table.rows if row[place] is not None]
            assert all(isinstance(cell, str) == (one.kind == "text") for cell in cells), (table.name, one)
            assert all(np.isfinite(cell) for cell in cells if isinstance(cell, float))


def test_the_compounds_of_a_coverage_add_up_to_its_facts() -> None:
    answer = QUESTIONS["coverage"](study())
    units = tables(told(answer, study().workspace))["小区"]
    for title, key in (("居民", "people_total"), ("已覆盖", "people_covered"), ("缺口", "people_gap"), ("未知", "people_unknown")):
        assert total(units, title) == pytest.approx(answer.fact(key))
    assert set(column(units, "结论")) <= {"已覆盖", "缺口", "未知", "无居民"}


def test_a_share_is_held_as_a_share_and_metres_as_metres() -> None:
    ages = tables(told(QUESTIONS["by_age"](study()), study().workspace, "en"))["Ages"]
    kinds = {one.title: one.kind for one in ages.columns}
    assert kinds["Share covered"] == "share"
    assert kinds["Walk, m"] == "metres"
    assert kinds["Walk, min"] == "minutes"
    assert kinds["People"] == "count"
    assert all(0 <= cell <= 1 for cell in column(ages, "Share covered"))
    assert "aged 0–6" in column(ages, "Name")


def test_the_question_stands_in_the_planners_words_with_who_and_when() -> None:
    document = told(answered("coverage"), study().workspace)
    assert document.title == "步行 500 米内有社区食堂的 60 岁以上居民"
    assert document.subtitle == "60 岁以上 · 成人 1.2 米/秒 · 周二 10:00"
    assert told(answered("walk"), study().workspace, "en").title == "The walk from Residential group A8 to the nearest community canteen"


def test_a_clause_not_verified_says_so_in_its_title_and_at_its_number() -> None:
    assert "未核实" in told(answered("clause"), study().workspace).title
    clauses = tables(told(answered("sheet"), study().workspace))["逐条结论"]
    names = column(clauses, "名称")
    verified = answered("sheet").tables["clauses"]["verified"]
    assert ["＊" in name for name in names] == (~verified).tolist()
    assert "未核实" in clauses.note


def test_every_source_is_told_with_its_digest() -> None:
    answer = answered("coverage")
    sources = tables(told(answer, study().workspace))["数据来源"]
    assert [text.rpartition("（")[2].rstrip("）") for text in column(sources, "图层")] == [made.layer for made in answer.made_of]
    assert column(sources, "校验（SHA-256 前 12 位）") == [made.sha256[:12] for made in answer.made_of]


def test_no_people_in_a_gap_is_no_warning() -> None:
    document = told(answered("coverage"), study().workspace)
    figures = next(block for block in document.sections[0].blocks if isinstance(block, Figures)).figures
    tones = {figure.label: figure.tone for figure in figures}
    assert tones["缺口"] == "gap"
    assert tones["未知（数据到此为止）"] == "plain"


def test_another_language_is_refused() -> None:
    with pytest.raises(WrongUsage, match="zh"):
        told(answered("coverage"), study().workspace, "fr")


def test_the_same_answer_gives_the_same_document() -> None:
    one, two = (tables(told(answered("coverage"), study().workspace)) for _ in range(2))
    assert one == two
