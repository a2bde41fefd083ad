"""A frame as a table of a document: what each cell is told as, and what each column says it holds."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wanli_geo.report import palette, table_words
from wanli_geo.report.document import Table
from wanli_geo.report.matrix import matrix_cell, share_in_brief
from wanli_geo.report.tables import Tongue, table_of

ZH, EN = Tongue("zh", {}, {}), Tongue("en", {"东园": "East Yard", "一村": "First Village"}, {"c1": "东园"})
people = st.floats(0, 1e6)


def told(frame: pd.DataFrame, tongue: Tongue = ZH) -> Table:
    return table_of(frame, list(frame.columns), tongue, name=("表", "Table"), title="")


def test_codes_are_told_names_are_not() -> None:
    frame = pd.DataFrame({"name": ["gap"], "status": ["gap"], "reason": ["too_far"], "measure": ["300m"], "kinds": ["CANTEEN,PARK"],
                          "verified": [True]})
    assert told(frame[["name", "status", "reason", "measure", "kinds"]]).rows == (("gap", "缺口", "太远", "300 米", "社区食堂、公园入口"),)
    assert told(frame[["status", "reason", "measure", "kinds", "verified"]], EN).rows == (
        ("gap", "too far", "300 m", "Community canteen, Park entrance", "yes"),)


def test_an_id_that_reads_like_a_code_stays() -> None:
    frame = pd.DataFrame({"id": ["empty"], "status": ["empty"]})
    assert told(frame).rows == (("empty", "无居民"),)


def test_english_takes_the_english_names_and_those_of_the_workspace() -> None:
    frame = pd.DataFrame({"id": ["c1", "c2"], "name": ["东园", None], "name_en": [None, None], "committee": ["一村", "二村"]})
    assert table_of(frame, ("name", "committee"), EN, name=("表", "Table"), title="").rows == (("East Yard", "First Village"), ("c2", "二村"))
    assert EN.compound("c1") == "East Yard"
    assert EN.compound("c9") == "c9"


def test_missing_and_endless_is_not_known_and_never_zero() -> None:
    frame = pd.DataFrame({"walk_m": [np.nan, np.inf, 12.5], "nearest_name": [None, "", "店"], "people_gap": pd.array([None, 0, 3], dtype="Float64")})
    assert told(frame).rows == ((None, None, None), (None, None, 0.0), (12.5, "店", 3.0))


@pytest.mark.parametrize(("column", "values", "kind"), [
    ("people_gap", [1.0], "count"), ("green_people_gap", [1.0], "count"), ("walk_m", [1.0], "metres"), ("walk_min", [1.0], "minutes"),
    ("share_covered", [0.5], "share"), ("green_share_land", [0.5], "share"), ("area_m2", [1.0], "area"), ("index_min", [1.0], "area"),
    ("lon", [121.4], "degrees"), ("gini", [0.3], "number"), ("features", [3], "count"), ("verified", [True], "text"), ("name", ["a"], "text"),
])
def test_a_column_says_what_it_holds(column: str, values: list[object], kind: str) -> None:
    assert table_words.kind(column, pd.Series(values)) == kind


def test_a_clause_carries_its_marks_and_the_note_explains_only_those_that_stand_there() -> None:
    frame = pd.DataFrame({"code": ["1", "2"], "name": ["食堂", "小学"], "verified": [False, True], "basis": ["tier", "clause"]})
    table = table_of(frame, ("name",), ZH, name=("表", "Table"), title="", note="先说")
    assert table.rows == (("食堂 ＊ △",), ("小学",))
    assert table.note.startswith("先说；＊未核实")
    assert "△层级默认" in table.note
    assert told(frame.iloc[1:]).note == ""


@given(people, people, people)
def test_a_cell_is_painted_by_what_is_known_of_it(covered: float, gap: float, unknown: float) -> None:
    cell = matrix_cell({"people_covered": covered, "people_gap": gap, "people_unknown": unknown})
    concerned = covered + gap + unknown
    assert (cell.tint is None) == (concerned == 0)
    if concerned and unknown > concerned / 2:
        assert cell.tint is not None
        assert (cell.tint.fill, cell.tint.hatched) == (palette.UNKNOWN, True)
    if cell.kind == "covered":
        assert gap == 0
    if cell.share is not None:
        assert 0 <= cell.share <= 1
        assert (share_in_brief(cell.share) == "0") == (cell.share == 0)
        assert (share_in_brief(cell.share) == "100") == (cell.share == 1)
