"""A code is told as its own column means it."""

from __future__ import annotations

import pytest

from wanli_geo.report.files import in_words
from wanli_geo.report.table_words import word


@pytest.mark.parametrize(("column", "code", "zh", "en"), [
    ("role", "water", "一水", "one water"), ("kind", "water", "饮水点", "drinking water"), ("kind", "start", "起点", "start"),
    ("kind", "toilet", "厕所", "toilet"), ("role", "香泉路", "香泉路", "香泉路"),
])
def test_a_code_is_told_as_its_own_column_means_it(column, code, zh, en):
    assert in_words(code, column) == word(code, "zh", column) == zh
    assert word(code, "en", column) == en


def test_a_turn_that_starts_a_walk_keeps_its_word():
    assert in_words("start", "turn") == "出门"
