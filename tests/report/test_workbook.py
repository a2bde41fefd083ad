"""A workbook holds what the document holds: read back by openpyxl, which is not the library that wrote it."""

from __future__ import annotations

import io
import math
import re
from dataclasses import replace
from xml.etree import ElementTree
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook

from tests.report.papers import UNKNOWN, gaps, matrix, paper
from wanli_geo.report.document import Column, Document, Section, Table
from wanli_geo.report.files import FORMULA
from wanli_geo.report.office import legible
from wanli_geo.report.workbook import parts, sheet_name, xlsx


def read(whole: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(whole))


def of_cells(*rows: tuple[object, ...], title: str = "列") -> Document:
    """A document of one table whose columns are texts."""
    width = len(rows[0]) if rows else 1
    table = Table("表", "表", tuple(Column(f"{title}{n}") for n in range(width)), rows)
    return replace(paper(), sections=(Section("段", (table,)),))


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


def test_what_is_not_known_is_grey_and_the_notes_say_that_it_is_not_zero(book):
    unknown, known = book["缺口清单"]["E2"], book["缺口清单"]["E3"]
    assert (unknown.value, unknown.fill.fgColor.rgb, known.fill.fill_type) == (None, "FFE4E2DD", None)
    assert any("不是零" in str(cell.value) for cell in book["说明"]["A"])


def test_each_kind_of_number_has_its_format(book):
    row = book["缺口清单"][3]
    assert [row[place].number_format for place in (0, 3, 4, 5, 6, 7, 8)] == [
        "#,##0", "#,##0", "#,##0", "#,##0.0", "0.0%", "#,##0.000", "0.0000000"]


def test_the_heading_stays_filters_and_repeats_in_print(book):
    sheet = book["缺口清单"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("A2", "A1:K61", "$1:$1")
    assert (sheet.page_setup.orientation, sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == ("landscape", True, 0)
    assert [cell.value for cell in sheet[1]] == [column.title for column in gaps().columns]


def test_every_printed_page_says_where_what_and_that_it_is_a_sketch(book):
    for sheet in book:
        assert (sheet.oddHeader.left.text, sheet.oddHeader.right.text, sheet.oddFooter.left.text) == (
            "上海市普陀区万里街道", "示意", "© 万里街道；示意数据 CC0")


def test_a_painted_cell_keeps_its_colour_and_the_hatched_one_its_stripes(book):
    cells = {at: book["达标矩阵"].cell(at[0] + 2, at[1] + 1) for at in matrix().tints}
    for at, tint in matrix().tints.items():
        fill = cells[at].fill
        assert (fill.bgColor if tint.hatched else fill.fgColor).rgb == f"FF{tint.fill[1:].upper()}"
        assert (fill.fill_type == "lightUp") == (tint == UNKNOWN)


def test_the_overview_tells_the_figures_and_leads_to_every_table(book):
    sheet = book["概览"]
    texts = [cell.value for row in sheet.iter_rows() for cell in row if cell.value]
    assert {"万里街道十五分钟社区生活圈评估报告", "示意：手绘数据，不作审批依据", "27,700 人", "→ 缺口清单", "60 行"} <= set(texts)
    links = [cell.hyperlink.location for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert links == ["'达标矩阵'!A1", "'缺口清单'!A1"]


def test_the_notes_tell_method_sources_credit_and_run(book):
    texts = " ".join(str(cell.value) for row in book["说明"].iter_rows() for cell in row if cell.value)
    for told in ("不画圆", "政府公开信息", "条款 3.2.1 未核实。", "© 万里街道；示意数据 CC0", "a1b2c3d4e5f6, 0f9e8d7c6b5a"):
        assert told in texts


def test_the_same_document_gives_the_same_bytes():
    assert xlsx(paper()) == xlsx(paper())


@pytest.mark.parametrize("text", ["=1+1", "+86 21", "-5", "@SUM(A1)", "＝1+1", "=HYPERLINK(\"http://x\",\"y\")", "{=1}", "http://x.example", "\t=1"])
def test_a_text_like_a_formula_stays_a_text_and_is_quoted_for_the_next_hand(text):
    cell = read(xlsx(of_cells((text,))))["表"]["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)
    assert bool(cell.quotePrefix) == text.startswith(FORMULA)


def test_no_formula_and_no_foreign_link_is_anywhere_in_the_file():
    evil = "=cmd|' /C calc'!A1"
    whole = xlsx(replace(of_cells((evil,), title=evil), title=evil, subtitle=evil, place=evil, attribution=evil, run_ids=(evil,)))
    with ZipFile(io.BytesIO(whole)) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        sheets = [ElementTree.fromstring(archive.read(name)) for name in names]  # noqa: S314 (our own)
        assert not any("_rels/sheet" in name for name in archive.namelist())
    assert [formula.text for sheet in sheets for formula in sheet.iterfind(".//{*}f")] == []


def test_a_long_code_keeps_all_its_digits():
    assert read(xlsx(of_cells((310107001001234567,))))["表"]["A2"].value == "310107001001234567"


def test_a_number_that_is_none_is_not_known():
    assert [cell.value for cell in read(xlsx(of_cells((math.nan, math.inf, None))))["表"][2]] == [None, None, None]


def test_a_text_too_long_for_a_cell_is_cut_and_says_so():
    value = read(xlsx(of_cells(("长" * 40_000,))))["表"]["A2"].value
    assert len(value) == 32_767
    assert value.endswith("……（单元格放不下，已截断；全文 40,000 字）")


def test_a_table_longer_than_a_sheet_goes_on_in_the_next():
    first, second, third = parts(matrix(), most_rows=3)
    assert first.rows + second.rows + third.rows == matrix().rows
    assert {(row + 3 * n, column): tint for n, part in enumerate((first, second, third)) for (row, column), tint in part.tints.items()} == (
        matrix().tints)


def test_tables_of_one_name_have_sheets_of_two():
    tables = tuple(replace(matrix(), name=name) for name in ("概览", "a/b" * 20, "a_b" * 20, "", "HISTORY"))
    names = read(xlsx(replace(paper(), sections=(Section("段", tables),)))).sheetnames
    assert names == ["概览", "概览 (2)", "a_ba_ba_ba_ba_ba_ba_ba_ba_ba_ba", "a_ba_ba_ba_ba_ba_ba_ba_ba_b (2)",
                     "各小区走得到各类设施的居民比例", "HISTORY (2)", "说明"]


def test_an_empty_document_and_an_empty_table_are_workbooks_too():
    empty = Document("sheet", "en", "", "", "", "", False, (Section("", (Table("t", "", (), ()),)),), (), "", ())
    assert read(xlsx(empty)).sheetnames == ["Overview", "t", "Notes"]


ANY = st.text(st.characters(codec=None), max_size=40) | st.sampled_from(["=1", "<r><t>x</t></r>", "_x0041_", "\x00a\x1f", "\ud800", "a\r\nb", " a "])


def unescaped(text: str) -> str:
    """Undo the escape of a text that looks like an escape (ECMA-376, ST_Xstring), which openpyxl leaves as it stands in the file."""
    return re.sub("_x005F(_x[0-9A-Fa-f]{4}_)", r"\1", text)


@settings(max_examples=60)
@given(st.lists(st.tuples(ANY, st.none() | st.floats(-1e14, 1e14, allow_subnormal=False) | st.integers(-10**14, 10**14)), max_size=5), ANY)
@example([("<r>x</r>", 1)], "&L&P")
def test_whatever_the_texts_are_they_come_back(rows, title):
    whole = of_cells(*rows) if rows else of_cells(("", 0))
    sheet = read(xlsx(replace(whole, title=title, place=title, attribution=title))).worksheets[1]
    for (text, number), (told, counted) in zip(rows, sheet.iter_rows(min_row=2, values_only=True), strict=False):
        assert unescaped(told or "").rstrip(" ") == legible(text).rstrip(" ")
        assert counted == (None if number is None else pytest.approx(number, rel=1e-14))


@given(st.text(st.characters(codec=None)), st.sets(st.sampled_from(["a", "b", "a (2)"])))
def test_any_text_makes_a_name_of_a_sheet(wanted, taken):
    name = sheet_name(wanted, taken)
    assert len(name.encode("utf-16-le")) <= 62
    assert name.strip("'") == name != ""
    assert not set("[]:*?/\\") & set(name)
    assert name.casefold() not in taken
