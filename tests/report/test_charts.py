"""Bars as long as their numbers, told in words too."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wanli_geo.report import palette
from wanli_geo.report.charts import Series, bars

SVG = "{http://www.w3.org/2000/svg}"
GREEN, RED = "#7fb8a8", "#f2a05c"


def tree_of(picture):
    return ElementTree.fromstring(picture.draw(174.0, 174 / picture.aspect))  # noqa: S314 (our own drawing)


def lengths(tree, color):
    """How far each bar of a colour runs, in millimetres, the sample of the key left out."""
    found = []
    for path in tree.iter(f"{SVG}path"):
        if path.get("fill") == color:
            xs = [float(value) for value in path.get("d").strip("Mz").split()[::2]]
            found.append(max(xs) - min(xs))
    return found[1:]


def words(tree):
    return [text.text for text in tree.iter(f"{SVG}text")]


@pytest.mark.parametrize("stacked", [True, False])
def test_a_bar_is_as_long_as_its_number(stacked):
    tree = tree_of(bars("题", ["甲", "乙"], [Series("已覆盖", (100, 400), GREEN), Series("缺口", (300, 100), RED)], unit="人", stacked=stacked))
    (short, long), (gap, _) = lengths(tree, GREEN), lengths(tree, RED)
    assert long / short == pytest.approx(4, rel=1e-2) and gap / short == pytest.approx(3, rel=1e-2)


def test_a_stacked_bar_tells_its_sum_and_others_each_number():
    series = [Series("a", (100, 400), GREEN), Series("b", (300, None), RED)]
    assert {"400 人"} <= set(words(tree_of(bars("题", ["甲", "乙"], series, unit="人"))))
    assert {"100 人", "300 人", "—"} <= set(words(tree_of(bars("题", ["甲", "乙"], series, unit="人", stacked=False))))


def test_what_is_unknown_is_hatched():
    assert palette.UNKNOWN_STRIPE in bars("题", ["甲"], [Series("未知", (3,), palette.UNKNOWN, hatched=True)]).draw(100, 40)


def test_the_words_beside_a_chart_tell_every_number():
    alt = bars("题", ["甲"], [Series("已覆盖", (0.25,), GREEN)], unit="share").alt
    assert alt == "题：甲 已覆盖 25.0%"


@given(st.lists(st.tuples(st.text(), st.none() | st.floats(0, 1e9)), max_size=8), st.booleans())
def test_any_names_and_numbers_make_a_chart(rows, stacked):
    names, values = [name for name, _ in rows], tuple(value for _, value in rows)
    tree_of(bars("题", names, [Series("a", values, GREEN), Series("b", values, RED)], unit="人", stacked=stacked))
