"""A planner's tables and features go in as they are, each row with the number by which the planner finds it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from dataclasses import asdict, replace
from datetime import date, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wanli_geo.errors import BadFile
from wanli_geo.workspace.intake.limits import budget
from wanli_geo.workspace.intake.raw import Raw
from wanli_geo.workspace.intake.reading import FORMATS, _read_apart, read
from wanli_geo.workspace.intake.wrong_cells_xls import wrong_cells_xls


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def workbook(path: Path, *rows: list[Any]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def codes(raw: Raw) -> list[tuple[str, int | None]]:
    return [(finding.code, finding.index) for finding in raw.findings]


@pytest.mark.parametrize(("encoding", "told"), [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("gb18030", "gb18030"), ("utf-16", "utf-16")])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_csv_of_any_encoding_and_separator_reads_the_same(tmp_path: Path, encoding: str, told: str, sign: str) -> None:
    text = sign.join(["名称", "经度", "备注"]) + "\r\n" + sign.join(["长者食堂", "121.4", '"午,晚;餐"']) + "\r\n"
    raw = read(written(tmp_path / "设施.csv", text.encode(encoding)), "facilities")
    assert (raw.file, raw.format, raw.encoding, raw.geometry) == ("设施.csv", "csv", told, None)
    assert raw.columns == {"名称": ["长者食堂"], "经度": ["121.4"], "备注": ["午,晚;餐"]}
    assert raw.rows == [2]


def test_a_ragged_row_is_an_error_with_its_line(tmp_path: Path) -> None:
    raw = read(written(tmp_path / "a.csv", "名称,户数\n甲,1\n\"乙\n园\",2,3\n丙\n".encode()), "compounds")
    assert codes(raw) == [("ragged_row", 1), ("ragged_row", 2)]
    assert raw.rows == [2, 3, 5]
    assert raw.columns["户数"] == ["1", "2", None]
    assert "第 5 行有 1 格，表头有 2 格" in raw.findings[1].zh


def test_a_heading_alone_is_a_table_of_no_rows(tmp_path: Path) -> None:
    raw = read(written(tmp_path / "a.csv", "名称,户数\n".encode()), "compounds")
    assert (len(raw), list(raw.columns)) == (0, ["名称", "户数"])


def test_a_note_below_a_csv_is_no_row_but_a_short_line_is_ragged(tmp_path: Path) -> None:
    text = "名称,户数,人数\n甲,1,2\n{}\n"
    noted = read(written(tmp_path / "a.csv", text.format("填表人：王,,").encode()), "compounds")
    assert (noted.rows, codes(noted)) == ([2], [("note_row", None)])
    short = read(written(tmp_path / "b.csv", text.format("乙").encode()), "compounds")
    assert (short.rows, codes(short)) == ([2, 3], [("ragged_row", 1)])


def test_a_table_without_headings_is_told(tmp_path: Path) -> None:
    raw = read(written(tmp_path / "a.csv", "食堂,121.4,31.26\n中心,121.5,31.3\n".encode()), "facilities")
    assert (raw.rows, codes(raw)) == ([2], [("odd_heading", None)])


def test_a_title_above_and_a_note_below_the_table_are_no_rows(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ["万里街道设施一览表"], [], ["名称", "户数", "日期"], ["甲", 3.0, date(2021, 6, 1)], ["填表人：王"])
    raw = read(path, "facilities")
    assert raw.columns == {"名称": ["甲"], "户数": [3], "日期": ["2021-06-01"]}
    assert raw.rows == [4]
    assert codes(raw) == [("note_row", None)]


def test_cells_come_as_the_planner_sees_them(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ["名称", "名称", "开门", "比例", "开放"], ["甲", " 乙 ", time(8, 30), 0.5, True])
    raw = read(path, "facilities")
    assert raw.columns == {"名称": ["甲"], "名称 (2)": ["乙"], "开门": ["08:30"], "比例": [0.5], "开放": [True]}


def test_geojson_keeps_its_crs_and_every_row(tmp_path: Path) -> None:
    text = """{"type": "FeatureCollection", "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4549"}}, "features": [
        {"type": "Feature", "id": 7, "properties": {"名称": "甲"}, "geometry": {"type": "Point", "coordinates": [538000.5, 3460000]}},
        {"type": "Feature", "properties": {"名称": "乙"}, "geometry": {"type": "Polygon", "coordinates": [[[0, 0]]]}}, 5]}"""
    raw = read(written(tmp_path / "a.json", text.encode("gbk")), "facilities")
    assert (raw.crs, raw.encoding, raw.rows) == ("urn:ogc:def:crs:EPSG::4549", "gb18030", [1, 2, 3])
    assert raw.columns == {"id": [7, None, None], "名称": ["甲", "乙", None]}
    assert raw.geometry is not None
    assert [shape and shape.wkt for shape in raw.geometry] == ["POINT (538000.5 3460000)", None, None]
    assert codes(raw) == [("not_utf8_but_read", None), ("not_feature", 2), ("short_ring", 1)]


def test_more_than_100_megabytes_is_refused_before_a_byte_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024 + 1)
    with pytest.raises(BadFile, match=r"超过 100 MB.*more than 100 MB"):
        read(path, "facilities")


def test_what_is_read_is_told_and_what_is_not_is_refused_by_its_suffix(tmp_path: Path) -> None:
    assert {".xlsx", ".xls", ".csv", ".geojson", ".gpkg", ".zip", ".shp", ".kml", ".kmz", ".gpx", ".dxf"} <= set(FORMATS)
    with pytest.raises(BadFile, match=r"不能读“a\.docx”这种文件"):
        read(written(tmp_path / "a.docx", b"PK"), "facilities")


def test_headings_of_two_rows_and_merged_cells_read_as_they_look(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ["小区基本情况表"], ["名称", "人口", None, "居委会"], [None, "户数", "人数", None],
                    ["甲", 10, 20, "中浩云"], ["乙", 11, 21, None])
    book = openpyxl.load_workbook(path)
    for cells in ("A1:D1", "A2:A3", "B2:C2", "D2:D3", "D4:D5"):
        book.active.merge_cells(cells)
    book.save(path)
    raw = read(path, "compounds")
    assert raw.columns == {"名称": ["甲", "乙"], "户数": [10, 11], "人数": [20, 21], "居委会": ["中浩云", "中浩云"]}
    assert (raw.rows, codes(raw)) == ([4, 5], [("merged_cells", None)])


def test_the_sheet_read_is_the_first_shown_with_content_or_the_one_asked_for(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "空"
    for title, name in (("藏", "甲"), ("明细", "乙")):
        book.create_sheet(title).append(["名称", "户数"])
        book[title].append([name, 1])
    book["藏"].sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    assert (read(tmp_path / "a.xlsx", "compounds").part, read(tmp_path / "a.xlsx", "compounds").parts) == ("明细", ("空", "藏", "明细"))
    assert read(tmp_path / "a.xlsx", "compounds", part="藏").columns["名称"] == ["甲"]
    with pytest.raises(BadFile, match="没有“附表”；可选：空、藏、明细"):
        read(tmp_path / "a.xlsx", "compounds", part="附表")


def test_an_encoding_stated_is_taken_and_a_wrong_one_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "小區,戶數\n萬里,1\n".encode("big5"))
    assert read(path, "compounds", encoding="Big5").columns["小區"] == ["萬里"]
    with pytest.raises(BadFile, match="不是完整的 utf-8 文字"):
        read(path, "compounds", encoding="utf-8")
    with pytest.raises(BadFile, match="不认识编码“klingon”"):
        read(path, "compounds", encoding="klingon")


def children() -> set[str]:
    """The processes that this one has started and that are not ended and waited for, where the system tells in /proc."""
    return {number for file in Path("/proc").glob("[0-9]*/stat") if (number := file.parent.name) and parent_of(file) == os.getpid()}


def parent_of(file: Path) -> int | None:
    try:
        return int(file.read_text("utf-8", errors="replace").rpartition(")")[2].split()[1])
    except OSError:  # it has just ended
        return None


def test_a_reading_cut_short_leaves_no_process_and_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = children()
    path = written(tmp_path / "a.csv", b"a,b\n" + b"1,2\n" * 1_000_000)
    private = tmp_path / "private"
    private.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(private))

    def cancel(stage: str, share: float) -> None:
        if share > 0:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read(path, "facilities", progress=cancel)
    assert list(private.iterdir()) == []
    assert children() <= before


@pytest.fixture(scope="module")
def old_books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Workbooks of Excel 97 by LibreOffice, a small one and one of many sectors."""
    soffice, folder = shutil.which("soffice"), tmp_path_factory.mktemp("xls")
    if soffice is None:
        pytest.skip("needs LibreOffice")
    for name, rows in (("small", 3), ("large", 400)):
        workbook(folder / f"{name}.xlsx", ["名称", "人数"], ["甲", "=1/0"], *(["乙", place] for place in range(rows)), ["丙", "=NA()"])
    subprocess.run([soffice, f"-env:UserInstallation={(folder / 'home').as_uri()}", "--headless", "--convert-to", "xls:MS Excel 97",
                    "--outdir", str(folder), str(folder / "small.xlsx"), str(folder / "large.xlsx")], check=True, capture_output=True)
    return folder


@pytest.mark.parametrize(("name", "rows"), [("small", 3), ("large", 400)])
def test_a_formula_gone_wrong_in_an_old_workbook_is_told(old_books: Path, name: str, rows: int) -> None:
    raw = read(old_books / f"{name}.xls", "compounds")
    assert (raw.columns["人数"][0], raw.columns["人数"][-1]) == ("#DIV/0!", "#N/A")
    assert codes(raw) == [("error_cell", 0), ("error_cell", rows + 1)]


@given(place=st.integers(0, 20_000), content=st.binary(min_size=1, max_size=64))
def test_an_old_workbook_broken_anywhere_gives_its_errors_or_none(old_books: Path, place: int, content: bytes) -> None:
    whole = (old_books / "small.xls").read_bytes()
    at = place % len(whole)
    broken = written(old_books / "broken.xls", whole[:at] + content + whole[at + len(content) :])
    assert all(shown.startswith("#") for shown in wrong_cells_xls(broken, "Sheet").values())


def test_a_reading_beyond_its_time_is_ended_and_told(tmp_path: Path) -> None:
    before = children()
    path = written(tmp_path / "a.csv", b"a,b\n" + b"1,2\n" * 1_000_000)
    short = replace(budget(path.stat().st_size), seconds=0.05)
    asked = {"path": str(path), "name": path.name, "format": "csv", "layer": "facilities", "part": "", "encoding": "", "folder": str(tmp_path),
             "allowed": asdict(short)}
    with pytest.raises(BadFile, match="用的内存或时间超过上限"):
        _read_apart(asked, short, path.name, lambda share: None)
    assert children() <= before


def test_progress_is_told_from_nothing_to_all(tmp_path: Path) -> None:
    told: list[tuple[str, float]] = []
    read(written(tmp_path / "a.csv", b"a,b\n1,2\n"), "facilities", progress=lambda stage, share: told.append((stage, share)))
    shares = [share for _, share in told]
    assert {stage for stage, _ in told} == {"读取 / reading"}
    assert shares == sorted(shares) and (shares[0], shares[-1]) == (0.0, 1.0)
