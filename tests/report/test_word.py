"""A Word document is one to go on writing in: read as XML, by python-docx, and printed by LibreOffice."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import docx as python_docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.report.papers import gaps, matrix, paper
from wanli_geo.report.document import Column, Document, Figure, Figures, Items, Section, Table, Text
from wanli_geo.report.office import legible
from wanli_geo.report.word import docx

ROOT = Path(__file__).resolve().parents[2]


def part(whole: bytes, name: str = "word/document.xml") -> ElementTree.Element:
    with ZipFile(io.BytesIO(whole)) as archive:
        return ElementTree.fromstring(archive.read(name))  # noqa: S314 (our own)


def attribute(element: ElementTree.Element | None, name: str) -> str | None:
    """The value of an attribute of Word's namespace."""
    return None if element is None else next((value for key, value in element.attrib.items() if key.endswith(f"}}{name}")), None)


@pytest.fixture(scope="module")
def whole() -> bytes:
    return docx(paper())


@pytest.fixture(scope="module")
def opened(whole: bytes) -> Any:
    return python_docx.Document(io.BytesIO(whole))


def test_headings_are_headings_that_one_may_walk_along(opened):
    told = [(line.style.name, line.text) for line in opened.paragraphs if line.style.name.startswith("Heading")]
    assert told == [("Heading 1", "结论"), ("Heading 1", "达标矩阵"), ("Heading 1", "社区食堂"), ("Heading 1", "缺口清单"),
                    ("Heading 1", "方法、资料与注意事项"), ("Heading 2", "方法"), ("Heading 2", "资料来源"), ("Heading 2", "注意")]


def test_the_contents_lead_to_the_headings(whole):
    body = part(whole)
    marks = [attribute(mark, "name") for mark in body.iterfind(".//{*}bookmarkStart")]
    assert [attribute(link, "anchor") for link in body.iterfind(".//{*}hyperlink")] == marks
    assert len(marks) == 5


def test_numbers_are_said_as_on_every_other_paper_and_the_unknown_is_a_dash(opened):
    table = next(table for table in opened.tables if len(table.columns) == len(gaps().columns))
    assert [cell.text for cell in table.rows[1].cells] == [
        "1", "中环花苑", "社区食堂", "1,234", "—", "8.5", "100.0%", "0.000", "121.3912345", "是",
        "最近的门在另一侧，需要绕行到富平路，比直线多走三百多米"]


def test_a_long_table_is_printed_in_part_and_the_rest_is_in_the_workbook(opened):
    table = next(table for table in opened.tables if len(table.columns) == len(gaps().columns))
    assert len(table.rows) == 1 + 20
    assert any("共 60 行，此处印前 20 行，其余见工作簿“缺口清单”表。" in line.text for line in opened.paragraphs)


def test_the_heading_of_a_table_repeats_and_no_row_is_torn(whole):
    tables = [table for table in part(whole).iterfind(".//{*}tbl") if attribute(table.find("{*}tblPr/{*}tblStyle"), "val") == "WanliTable"]
    for table in tables:
        rows = table.findall("{*}tr")
        assert [row.find("{*}trPr/{*}tblHeader") is not None for row in rows] == [True, *[False] * (len(rows) - 1)]
        assert all(row.find("{*}trPr/{*}cantSplit") is not None for row in rows)


def test_no_number_is_too_wide_for_its_column_and_together_they_fill_the_page(whole):
    grid = next(table for table in part(whole).iterfind(".//{*}tbl") if len(table.findall("{*}tblGrid/{*}gridCol")) == len(gaps().columns))
    widths = [int(attribute(column, "w") or 0) / 56.7 for column in grid.iterfind("{*}tblGrid/{*}gridCol")]
    assert sum(widths) == pytest.approx(170, abs=0.5)
    assert widths[8] > 11 * 1.5 + 3  # 121.3912345 in millimetres


def test_a_painted_cell_keeps_its_colour_and_the_hatched_one_its_stripes(whole):
    shades = [(attribute(shade, "val"), attribute(shade, "fill")) for shade in part(whole).iterfind(".//{*}tc/{*}tcPr/{*}shd")]
    wanted = {("thinDiagStripe" if tint.hatched else "clear", tint.fill[1:]) for tint in matrix().tints.values()}
    assert wanted <= set(shades)


def test_chinese_has_chinese_fonts_and_the_language_is_said(whole):
    styles = part(whole, "word/styles.xml")
    for style in styles.iterfind(".//{*}style"):
        if attribute(style, "styleId") in {"Normal", "Heading1", "Title", "TableText", "Caption"}:
            assert attribute(style.find("{*}rPr/{*}rFonts"), "eastAsia") in {"宋体", "黑体"}
    assert attribute(styles.find(".//{*}rPrDefault/{*}rPr/{*}lang"), "eastAsia") == "zh-CN"


def test_every_page_says_where_what_credit_and_number(whole):
    with ZipFile(io.BytesIO(whole)) as archive:
        texts = {name: "".join(part(whole, name).itertext()) for name in archive.namelist() if name.startswith(("word/header", "word/footer"))}
        fields = {attribute(simple, "instr") for name in texts for simple in part(whole, name).iterfind(".//{*}fldSimple")}
    assert any("上海市普陀区万里街道 · 万里街道十五分钟社区生活圈评估报告" in text and "示意" in text for text in texts.values())
    assert all("© 万里街道；示意数据 CC0" in text for name, text in texts.items() if "footer" in name)
    assert fields == {" PAGE ", " NUMPAGES "}


def test_a_wide_part_lies_across_and_the_next_stands_again(whole):
    turns = [attribute(size, "orient") for size in part(whole).iterfind(".//{*}sectPr/{*}pgSz")]
    assert turns == ["portrait", "landscape", "portrait"]


def test_a_picture_has_words_for_who_does_not_see_it(whole, opened):
    shown = part(whole).find(".//{*}docPr")
    assert shown is not None and shown.get("descr") == "西北部四个小区走不到社区食堂"
    assert opened.inline_shapes[0].width.mm == pytest.approx(170)
    assert any(line.style.name == "Caption" and "社区食堂覆盖图" in line.text for line in opened.paragraphs)


def test_the_same_document_gives_the_same_bytes(whole):
    assert docx(paper()) == whole


def test_a_sheet_has_neither_cover_nor_contents():
    opened = python_docx.Document(io.BytesIO(docx(replace(paper(), kind="sheet", lang="en", sections=()))))
    assert not any(line.style.name.lower().startswith("toc") for line in opened.paragraphs)
    assert "Method, sources and caveats" in [line.text for line in opened.paragraphs]


def test_a_part_without_a_title_has_no_heading_and_no_line_in_the_contents():
    first, *others = paper().sections
    whole = docx(replace(paper(), sections=(replace(first, title=""), *others)))
    opened = python_docx.Document(io.BytesIO(whole))
    assert [line.text for line in opened.paragraphs if line.style.name == "Heading 1"] == ["达标矩阵", "社区食堂", "缺口清单", "方法、资料与注意事项"]
    assert len(part(whole).findall(".//{*}hyperlink")) == 4


def test_without_the_extra_it_says_what_to_install():
    script = """
import sys
sys.modules["docx"] = None
from tests.report.papers import paper
from wanli_geo.errors import MissingExtra
from wanli_geo.report.word import docx
try:
    docx(paper())
except MissingExtra as missing:
    print(missing)
"""
    done = subprocess.run([sys.executable, "-X", "utf8", "-c", script], cwd=ROOT, capture_output=True, text=True, check=True, encoding="utf-8")
    assert "pip install 'wanli-geo[report]'" in done.stdout


def test_libreoffice_prints_it(whole, tmp_path):
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("没有找到 LibreOffice。 / No LibreOffice found.")
    (tmp_path / "report.docx").write_bytes(whole)
    subprocess.run([soffice, f"-env:UserInstallation={(tmp_path / 'home').as_uri()}", "--headless", "--convert-to", "pdf", "report.docx"],
                   cwd=tmp_path, check=True, capture_output=True)
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF-")


ANY = st.text(st.characters(codec=None), max_size=20) | st.sampled_from(["\x00a\x1f", "\ud800", "a\r\nb", "<w:p/>", "&amp;"])


@settings(max_examples=40)
@given(st.lists(ANY, min_size=6, max_size=6))
def test_whatever_the_texts_are_they_come_back(texts):
    title, words, item, label, column, cell = texts
    document = Document("sheet", "zh", title, title, title, title, True, (Section(title, (
        Text(words), Items((item,)), Figures((Figure(label, label),)), Table(title, title, (Column(column),), ((cell,),)))),), (), words, ())
    opened = python_docx.Document(io.BytesIO(docx(document)))
    assert {legible(words).replace("\t", " "), legible(title).replace("\t", " ")} <= {
        line.text.replace("\t", " ") for line in opened.paragraphs} | {""}
    assert opened.tables[1].rows[1].cells[0].text.replace("\t", " ") == legible(cell).replace("\t", " ")
