"""Layers of features go in with their texts, places and CRS, whoever wrote them: GDAL writes here, and is not what reads a GeoPackage or KML."""

from __future__ import annotations

import zipfile
from pathlib import Path

import geopandas
import pytest
import shapely

from tests.workspace.intake.test_reading import codes, written
from wanli_geo.errors import BadFile
from wanli_geo.workspace.intake.raw import Raw
from wanli_geo.workspace.intake.reading import read

PLACES = ["POINT (121.4 31.26)", "POINT (121.41 31.27)"]
NAMES = ["长者食堂", "颐华美好生活单元"]


def facilities() -> geopandas.GeoDataFrame:
    columns = {"名称": NAMES, "床位": [3, 40], "面积": [12.5, None], "日期": ["2021-06-01", None], "在用": [True, False]}
    return geopandas.GeoDataFrame(columns, geometry=list(shapely.from_wkt(PLACES)), crs="EPSG:4326")


def shapefile(folder: Path, encoding: str) -> Path:
    path = folder / "设施.shp"
    facilities().to_file(path, encoding=encoding)
    return path


def places(raw: Raw) -> list[str]:
    assert raw.geometry is not None
    return [shape.wkt for shape in raw.geometry]


def same(raw: Raw) -> None:
    assert raw.columns == {"名称": NAMES, "床位": [3, 40], "面积": [12.5, None], "日期": ["2021-06-01", None], "在用": [True, False]}
    assert (places(raw), raw.rows, raw.crs) == (PLACES, [1, 2], "EPSG:4326")


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
@pytest.mark.parametrize("cpg", [None, "right", "ISO-8859-1", "CP1252", "UTF-8", "936"])
def test_a_shapefile_is_never_mojibake_whatever_its_cpg_says(tmp_path: Path, encoding: str, cpg: str | None) -> None:
    path = shapefile(tmp_path, encoding)
    if cpg is None:
        path.with_suffix(".cpg").unlink()
    elif cpg != "right":
        path.with_suffix(".cpg").write_text(cpg)
    raw = read(path, "facilities")
    same(raw)
    assert raw.encoding == encoding


def test_a_cpg_that_lies_is_told(tmp_path: Path) -> None:
    path = shapefile(tmp_path, "gb18030")
    path.with_suffix(".cpg").write_text("UTF-8")
    assert codes(read(path, "facilities")) == [("wrong_cpg", None)]


def test_half_a_character_at_the_end_of_a_field_is_dropped_and_told(tmp_path: Path) -> None:
    path = tmp_path / "a.shp"
    geopandas.GeoDataFrame({"name": ["x" * 14]}, geometry=[shapely.Point(0, 0)], crs="EPSG:4326").to_file(path, encoding="ISO-8859-1")
    table = bytearray(path.with_suffix(".dbf").read_bytes())
    width = table[32 + 16]  # as old exporters do: the field is filled byte by byte
    at = table.index(b"x" * 14)
    start = "x" if width % 2 == 0 else "xx"
    table[at : at + width] = (start + "万" * width).encode("gb18030")[:width]
    path.with_suffix(".dbf").write_bytes(table)
    raw = read(path, "facilities")
    assert raw.columns == {"name": [start + "万" * ((width - len(start)) // 2)]}
    assert codes(raw) == [("cut_text", None), ("wrong_cpg", None)]


def test_a_zip_of_shapefiles_lets_the_planner_choose(tmp_path: Path) -> None:
    loose = shapefile(tmp_path, "gb18030")
    loose.with_suffix(".cpg").unlink()
    packed = tmp_path / "设施.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for stem in ("甲", "乙"):
            for suffix in (".shp", ".shx", ".dbf", ".prj"):
                archive.write(loose.with_suffix(suffix), f"导出/{stem}{suffix.upper()}")
    raw = read(packed, "facilities", part="导出/乙")
    same(raw)
    assert (raw.format, raw.part, raw.parts) == ("shp", "导出/乙", ("导出/甲", "导出/乙"))
    with pytest.raises(BadFile, match="没有“丙”；可选：导出/甲、导出/乙"):
        read(packed, "facilities", part="丙")


def test_a_geopackage_reads_as_gdal_wrote_it_and_is_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    facilities().to_file(path, layer="设施")
    facilities().to_crs(4549).to_file(path, layer="平面", mode="a")
    before = path.read_bytes()
    same(read(path, "facilities"))
    plane = read(path, "facilities", part="平面")
    assert (plane.crs, plane.parts) == ("EPSG:4549", ("设施", "平面"))
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["a.gpkg"]


def test_kml_gives_texts_without_markup_data_and_folders(tmp_path: Path) -> None:
    text = """<?xml version="1.0" encoding="gb2312"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder><name>养老</name><Placemark>
        <name>长者食堂</name><description><![CDATA[<b>地址</b>：新村路<br/>1&nbsp;弄]]></description>
        <ExtendedData><Data name="床位"><value>3</value></Data><SchemaData><SimpleData name="电话">52770000</SimpleData></SchemaData></ExtendedData>
        <MultiGeometry><Point><coordinates>121.4, 31.26,0</coordinates></Point><Point><coordinates>121.41,31.27</coordinates></Point></MultiGeometry>
        </Placemark></Folder></Document></kml>"""
    raw = read(written(tmp_path / "a.kml", text.encode("gb2312")), "facilities")
    assert raw.columns == {"folder": ["养老"], "name": ["长者食堂"], "description": ["地址：新村路\n1 弄"], "床位": ["3"], "电话": ["52770000"]}
    assert (places(raw), raw.crs) == (["MULTIPOINT ((121.4 31.26), (121.41 31.27))"], "EPSG:4326")


@pytest.mark.parametrize(("suffix", "driver", "column"), [(".kml", "KML", "Name"), (".gpx", "GPX", "name")])
def test_kml_and_gpx_read_as_gdal_wrote_them(tmp_path: Path, suffix: str, driver: str, column: str) -> None:
    path = tmp_path / f"a{suffix}"
    facilities()[["名称", "geometry"]].rename(columns={"名称": column}).to_file(path, driver=driver)
    raw = read(path, "facilities")
    assert (raw.columns["name"], places(raw), raw.crs) == (NAMES, PLACES, "EPSG:4326")


def test_a_kmz_is_its_main_document(tmp_path: Path) -> None:
    facilities()[["名称", "geometry"]].rename(columns={"名称": "Name"}).to_file(tmp_path / "a.kml", driver="KML")
    with zipfile.ZipFile(tmp_path / "a.kmz", "w") as archive:
        archive.writestr("files/icon.png", b"x")
        archive.write(tmp_path / "a.kml", "doc.kml")
    assert places(read(tmp_path / "a.kmz", "facilities")) == PLACES


def test_gpx_tracks_and_routes_are_parts(tmp_path: Path) -> None:
    text = """<gpx xmlns="http://www.topografix.com/GPX/1/1"><rte><name>环道</name><rtept lon="121.4" lat="31.26"/>
        <rtept lon="121.5" lat="31.3"/></rte>
        <trk><name>夜跑</name><trkseg><trkpt lon="0" lat="0"/><trkpt lon="1" lat="1"/></trkseg></trk></gpx>"""
    path = written(tmp_path / "a.gpx", text.encode())
    assert (read(path, "night_run").parts, read(path, "night_run").part) == (("routes", "tracks"), "routes")
    assert places(read(path, "night_run", part="tracks")) == ["LINESTRING (0 0, 1 1)"]


def drawing(encoding: str, header: str) -> bytes:
    text = f"""0 SECTION 2 HEADER {header} 0 ENDSEC 0 SECTION 2 BLOCKS 0 BLOCK 8 0 2 店 70 2 10 0 20 0 0 CIRCLE 8 0 10 0 20 0 40 1 0 ENDBLK 0 ENDSEC
        0 SECTION 2 ENTITIES 0 TEXT 8 食堂 10 538000.25 20 3460000.5 40 2.5 1 长者食堂%%d
        0 MTEXT 8 食堂 10 1 20 2 40 1 1 {{\\fSimSun|b0;甲\\P乙}}\\U+4E07
        0 INSERT 8 商店 66 1 2 店 10 7 20 8 0 ATTRIB 8 0 10 7 20 8 40 1 1 小店 2 名称 0 SEQEND 8 0
        0 TEXT 67 1 8 图框 10 0 20 0 40 1 1 图名 0 ENDSEC 0 EOF"""
    return ("\n".join(text.split()) + "\n").encode(encoding)


@pytest.mark.parametrize(("encoding", "header"), [("gb18030", "9 $ACADVER 1 AC1015 9 $DWGCODEPAGE 3 ANSI_936"), ("utf-8", "9 $ACADVER 1 AC1021"),
                                                  ("gb18030", "9 $ACADVER 1 AC1015 9 $DWGCODEPAGE 3 ANSI_1252"), ("gb18030", "")])
def test_a_drawing_gives_layers_texts_and_attributes_of_blocks_but_not_its_frame(tmp_path: Path, encoding: str, header: str) -> None:
    raw = read(written(tmp_path / "a.dxf", drawing(encoding, header)), "facilities")
    assert raw.columns == {"Layer": ["食堂", "食堂", "商店"], "Text": ["长者食堂°", "甲\n乙万", None], "BlockName": [None, None, "店"],
                           "名称": [None, None, "小店"]}
    assert (places(raw), raw.crs, raw.encoding) == (["POINT (538000.25 3460000.5)", "POINT (1 2)", "POINT (7 8)"], "", encoding)


def test_a_drawing_without_a_header_is_not_taken_for_latin_1(tmp_path: Path) -> None:
    whole = drawing("gb18030", "")
    raw = read(written(tmp_path / "a.dxf", whole[whole.index(b"0\nSECTION\n2\nBLOCKS"):]), "facilities")
    assert raw.columns["Layer"] == ["食堂", "食堂", "商店"]


def test_a_column_with_an_error_of_excel_is_told_by_its_cell(tmp_path: Path) -> None:
    frame = facilities()[["名称", "床位"]]
    frame["面积"] = ["#N/A", "=1/0"]
    frame.to_excel(tmp_path / "a.xlsx", index=False)
    raw = read(tmp_path / "a.xlsx", "facilities")
    assert codes(raw) == [("error_cell", 0)]
    assert "第 2 行“面积”列是出错的公式 #N/A" in raw.findings[0].zh
