"""A workbook holds what the document holds: read back by openpyxl, which is not the library that wrote it."""

from __future__ import annotations

import io

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from tests.report.papers import gaps, paper
from wanli_geo.report.workbook import xlsx


def read(whole: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(whole))


@pytest.fixture(scope="module")
def book() -> Workbook:
    return read(xlsx(paper()))


def test_an_overview_stands_first_and_the_notes_last(book):
    assert book.sheetnames == ["概览", "达标矩阵", "缺口清单", "说明"]


def test_numbers_are_numbers_and_the_unknown_is_an_empty_cell(book):
    rows = [[cell.value for cell in row] for row in book["缺口清单"].iter_rows(min_row=2)]
    words = {True: "是", False: "否"}
    assert rows == [[words[cell] if isinstance(cell, bool) else pytest.approx(cell) if isinstance(cell, float) else cell for cell in row]
                    for row in gaps().rows]
