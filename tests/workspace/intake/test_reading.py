"""A planner's tables and features go in as they are, each row with the number by which the planner finds it."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from wanli_geo.errors import BadFile
from wanli_geo.workspace.intake.raw import Raw
from wanli_geo.workspace.intake.reading import FORMATS, read


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
    with pytest.raises(BadFile, match="超过 100 MB.*more than 100 MB"):
        read(path, "facilities")


def test_what_is_read_is_told_and_what_is_not_is_refused_by_its_suffix(tmp_path: Path) -> None:
    assert {".xlsx", ".xls", ".csv", ".geojson", ".gpkg", ".zip", ".shp", ".kml", ".kmz", ".gpx", ".dxf"} <= set(FORMATS)
    with pytest.raises(BadFile, match=r"不能读“a\.docx”这种文件"):
        read(written(tmp_path / "a.docx", b"PK"), "facilities")
