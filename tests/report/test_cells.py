"""A cell is said the same on every paper."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.report.papers import gaps
from wanli_geo.report.cells import left_out, parted, told


@pytest.mark.parametrize(("cell", "kind", "zh", "en"), [
    (None, "count", "—", "—"), (math.nan, "share", "—", "—"), (math.inf, "metres", "—", "—"), (True, "text", "是", "yes"),
    (False, "count", "否", "no"),
    (1_234.5, "count", "1,235", "1,235"), (12.34, "minutes", "12.3", "12.3"), (0.99996, "share", ">99.9%", ">99.9%"),
    (1.2345, "number", "1.235", "1.235"),
    (121.4, "degrees", "121.4000000", "121.4000000"), (2026, "text", "2026", "2026"), (2.50, "text", "2.5", "2.5"), ("食堂", "count", "食堂", "食堂"),
])
def test_a_cell_is_rounded_as_its_column_asks(cell, kind, zh, en):
    assert (told(cell, kind, "zh"), told(cell, kind, "en")) == (zh, en)


def test_a_paper_says_what_it_leaves_out_only_where_it_does():
    assert left_out(replace(gaps(), shown=60), "zh") == left_out(replace(gaps(), shown=None), "zh") == ""
    assert "The first 20 of 60 rows" in left_out(gaps(), "en")


@given(st.lists(st.tuples(st.floats(0.1, 10), st.floats(0, 60)), min_size=1, max_size=20), st.floats(50, 400))
def test_a_width_is_parted_whole_and_each_part_has_what_it_needs(parts, width):
    weights, least = zip(*parts, strict=True)
    widths = parted(weights, least, width)
    assert sum(widths) == pytest.approx(width)
    if sum(least) < width:
        assert all(part >= need - 1e-6 for part, need in zip(widths, least, strict=True))
