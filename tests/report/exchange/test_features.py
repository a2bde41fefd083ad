"""What other programs read is what was handed over: the same ids, texts, places; GDAL is the judge, and ElementTree, and SQLite."""

from __future__ import annotations

import json
import re
import sqlite3
import zipfile
from contextlib import closing
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd
import pyogrio
import pyproj
import pytest
import shapely

from tests.report.exchange.hostile import NAMES, parcel
from tests.report.village import EVIL, saved_village
from wanli_geo.errors import NothingToAnswer, WrongUsage
from wanli_geo.report import palette
from wanli_geo.report.carto.tints import shade_text
from wanli_geo.report.drawing import map_of
from wanli_geo.report.exchange import kml as kml_room
from wanli_geo.report.exchange.features import by_form, moved, of_answer, of_workspace, tidy
from wanli_geo.report.exchange.geopackage import gpkg
from wanli_geo.report.exchange.gpx import gpx
from wanli_geo.report.exchange.kml import kml
from wanli_geo.report.exchange.shapefile import cut_text, shapefiles, short_names
from wanli_geo.report.themes import SIGNS
from wanli_geo.study import Study
from wanli_geo.workspace.specs import SPECS

KML, GPX = "{http://www.opengis.net/kml/2.2}", "{http://www.topografix.com/GPX/1/1}"
FORMS = ("point", "line", "polygon")


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    return saved_village(tmp_path_factory.mktemp("village"))


@pytest.fixture(scope="module")
def answered(opened):
    return Study(opened).coverage("CANTEEN", "300m")


def parsed(content):
    return ET.fromstring(content)  # noqa: S314  our own


def saved(tmp_path, name, content):
    file = tmp_path / name
    file.write_bytes(content)
    return file


def clean(name):
    """A name as XML can hold it."""
    return name and "".join("�" if (ord(sign) < 32 and sign not in "\t\n\r") else sign for sign in name)


def test_a_geopackage_gives_back_every_id_text_number_flag_and_place(tmp_path):
    given = parcel().sets[0]
    file = saved(tmp_path, "x.gpkg", gpkg(parcel()))
    seen = 0
    for form in FORMS:
        table = pyogrio.read_dataframe(file, layer=f"things_{form}")
        mine = given.layer.set_index("id").loc[table["id"]]
        assert table.crs == "EPSG:4326"
        assert same(table.geometry.to_numpy(), _many(mine.geometry.to_numpy(), table), 1e-9)
        for name in ("kind", "many"):
            assert table[name].tolist() == mine[name].tolist()
        assert flags(table["flag"]) == flags(mine["flag"])
        np.testing.assert_array_equal(table["metres"], mine["metres"].to_numpy(float))
        seen += len(table)
    assert seen == 10


def same(one, other, within):
    return shapely.equals_exact(shapely.normalize(one), shapely.normalize(other), within).all()


def flags(column):
    return [None if pd.isna(value) else bool(value) for value in column]


def _many(shapes, table):
    """Shapes as the table holds them: lines and areas of many parts, if only of one."""
    makes = {"MultiPoint": shapely.multipoints, "MultiLineString": shapely.multilinestrings, "MultiPolygon": shapely.multipolygons}
    return np.array([makes[kind](shapely.get_parts(shape)) for shape, kind in zip(shapes, table.geom_type, strict=True)])


def test_a_geopackage_is_the_same_bytes_for_the_same_answer(answered):
    assert gpkg(of_answer(answered)) == gpkg(of_answer(answered))


def test_a_geopackage_says_where_it_comes_from_and_what_to_know(tmp_path, answered):
    with closing(sqlite3.connect(saved(tmp_path, "x.gpkg", gpkg(of_answer(answered))))) as base:
        told = base.execute("SELECT part, key, zh, value FROM about").fetchall()
        kinds = dict(base.execute("SELECT table_name, data_type FROM gpkg_contents"))
        broken = base.execute("PRAGMA integrity_check").fetchall()
    assert ("run", "run_id", "运行编号", answered.run_id) in told
    assert {key for part, key, *_ in told if part == "caveat"} == {caveat.key for caveat in answered.caveats}
    assert {key for part, key, *_ in told if part == "source"} == {made.layer for made in answered.made_of}
    assert (kinds["about"], kinds["layer_styles"], kinds["units"]) == ("attributes", "attributes", "features")
    assert broken == [("ok",)]


def styles(file):
    with closing(sqlite3.connect(file)) as base:
        rows = base.execute("SELECT f_table_name, f_geometry_column, useAsDefault, styleQML FROM layer_styles").fetchall()
    assert all(column == "geometry" and default == 1 for _, column, default, _ in rows)
    return {table: parsed(text) for table, _, _, text in rows}


def colours(style):
    """Of each class of a style its fill, of a line its stroke."""
    symbols = {symbol.get("name"): symbol for symbol in style.iterfind("renderer-v2/symbols/symbol")}
    return {category.get("value"): next(option.get("value") for option in symbols[category.get("symbol")].iterfind("layer/Option/Option")
                                        if option.get("name") in ("color", "line_color"))
            for category in style.iterfind("renderer-v2/categories/category")}


def rgba(color):
    return ",".join(str(int(color[place : place + 2], 16)) for place in (1, 3, 5)) + ",255"


def test_every_table_has_a_default_style_in_the_colours_of_the_page(tmp_path, answered):
    found = styles(saved(tmp_path, "x.gpkg", gpkg(of_answer(answered))))
    assert set(found) == {"units", "homes", "facilities"}
    drawn = colours(found["units"])
    shades = {shade_text(shade, "zh"): rgba(shade.color) for shade in palette.gap_shades()}
    expected = {"已覆盖": rgba(palette.COVERED), "未知（资料不全）": rgba(palette.UNKNOWN), **shades}
    assert drawn.items() <= expected.items()
    assert len(drawn) > 1
    aliases = {alias.get("field"): alias.get("name") for alias in found["units"].iterfind("aliases/alias")}
    assert (aliases["walk_m"], aliases["people"]) == ("步行（米）", "居民")


@pytest.mark.parametrize(("ask", "table"), [
    (lambda study: study.equity("CANTEEN"), "units"),
    (lambda study: study.catchments("CANTEEN", "1km"), "units"),
    (lambda study: study.opportunities("CANTEEN", ["300m"]), "units"),
    (lambda study: study.nearest(["CANTEEN"], 2), "nearest"),
    (lambda study: study.green(), "units"),
    (lambda study: study.audit("gb50180"), "compounds"),
])
def test_what_is_tinted_on_paper_has_the_same_classes_and_colours_in_qgis(tmp_path, opened, ask, table):
    answer = ask(Study(opened))
    file = saved(tmp_path, "x.gpkg", gpkg(of_answer(answer)))
    paper = map_of(answer, opened).draw(267, 190)
    drawn = colours(styles(file)[table])
    assert set(pyogrio.read_dataframe(file, layer=table)["drawn_as"]) == set(drawn)
    assert {"#" + "".join(f"{int(part):02x}" for part in color.split(",")[:3]) for color in drawn.values()} <= set(re.findall("#[0-9a-f]{6}", paper))


def test_the_layers_keep_the_colours_of_their_signs(tmp_path, opened):
    found = styles(saved(tmp_path, "x.gpkg", gpkg(of_workspace(opened))))
    water = colours(found["blue_net_line"])
    signs = {str(sign.value).lower(): rgba(sign.color) for sign in SIGNS["blue"] if sign.layer == "blue_net"}
    assert signs.items() <= water.items()
    assert {table.partition("_point")[0].partition("_line")[0].partition("_polygon")[0] for table in found} == {
        name for name in SPECS if len(opened.layer(name))}


def test_a_style_of_hostile_labels_is_still_xml(tmp_path):
    found = styles(saved(tmp_path, "x.gpkg", gpkg(parcel())))
    assert [category.get("label") for category in found["things_polygon"].iterfind("renderer-v2/categories/category")] == ["甲 <a>", "乙"]
    assert len(found["things_polygon"].findall(".//layer[@class='LinePatternFill']")) == 1


@pytest.mark.parametrize(("encoding", "label"), [("", b"UTF-8"), ("gb18030", b"GB18030")])
def test_zipped_shapefiles_give_back_ids_texts_and_places_in_either_encoding(tmp_path, encoding, label):
    content = shapefiles(parcel(), encoding=encoding)
    assert content == shapefiles(parcel(), encoding=encoding)
    file = saved(tmp_path, "x.zip", content)
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        assert {name.partition(".")[0] for name in archive.namelist()} == {"things_point", "things_line", "things_polygon", "README"}
        assert archive.read("things_point.cpg") == label
        assert archive.read("things_point.prj").startswith(b"GEOGCS[")
        note = archive.read("README.txt").decode("utf-8-sig")
    assert "a_very_long_column" in note
    assert "1 value(s) cut at 254 bytes" in note
    letters = encoding or "utf-8"
    given = parcel().sets[0].layer.set_index("id")
    for form in FORMS:
        table = pyogrio.read_dataframe(file, layer=f"things_{form}")
        mine = given.loc[table["id"]]
        np.testing.assert_allclose(table.total_bounds, mine.total_bounds, atol=1e-9)
        for read, name in zip(table["name"], mine["name"], strict=True):
            assert (read or "") == cut_text(name or "", letters).rstrip() if isinstance(read, str) else not name
        assert flags(table["flag"]) == flags(mine["flag"])
        assert all(len(str(column)) <= 10 for column in table.columns)


def test_names_of_columns_are_ten_letters_at_most_and_all_different():
    names = short_names(["residents", "residents_0_6", "residents_7_18", "residents_19_59", "Residents", "居民", "居住", "a" * 30, "a" * 31])
    assert len({name.lower() for name in names.values()}) == 9
    assert all(0 < len(name.encode()) <= 10 and name.isascii() for name in names.values())
    assert (names["residents"], names["residents_0_6"]) == ("residents", "rsdnts_0_6")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("text", ["长" * 300, "𠮷" * 100, "a" * 253 + "长", "a" * 254, "短", ""])
def test_a_text_is_cut_at_a_whole_character_and_no_sooner_than_it_must(text, encoding):
    cut = cut_text(text, encoding)
    assert text.startswith(cut)
    assert len(cut.encode(encoding)) <= 254
    assert cut == text or len(text[: len(cut) + 1].encode(encoding)) > 254


def test_kml_is_xml_and_gives_back_names_and_places(tmp_path):
    root = parsed(kml(parcel()))
    marks = root.findall(f".//{KML}Placemark")
    given = parcel().sets[0].layer
    assert [mark.findtext(f"{KML}name") for mark in marks] == [clean(name) or key for name, key in zip(given["name"], given["id"], strict=True)]
    heading = marks[0].find(f"{KML}ExtendedData/{KML}Data[@name='metres']")
    assert (heading.findtext(f"{KML}displayName"), heading.findtext(f"{KML}value")) == ("米", "0.123")
    known = {style.get("id") for style in root.iter(f"{KML}Style")}
    assert {mark.findtext(f"{KML}styleUrl").removeprefix("#") for mark in marks} == {"things-0", "things-1"} <= known
    read = pyogrio.read_dataframe(saved(tmp_path, "x.kml", kml(parcel())))
    assert same(shapely.force_2d(read.geometry.to_numpy()), given.geometry.to_numpy(), 1e-7)


def test_colours_of_kml_are_back_to_front():
    assert kml_room.colour("#d5e8e2", 0.5) == "80e2e8d5"


def test_a_walk_is_a_track_and_its_ends_are_waypoints(tmp_path, opened):
    walk = Study(opened).walk("c1", "CANTEEN")
    content = gpx(of_answer(walk))
    root = parsed(content)
    assert [child.tag.removeprefix(GPX) for child in root] == ["metadata", "wpt", "wpt", "trk"]
    assert (root.get("version"), bool(root.get("creator"))) == ("1.1", True)
    line = walk.features["walk"].geometry.iloc[0]
    points = [(float(point.get("lon")), float(point.get("lat"))) for point in root.iter(f"{GPX}trkpt")]
    np.testing.assert_allclose(points, shapely.get_coordinates(line), atol=1e-7)
    assert len(pyogrio.read_dataframe(saved(tmp_path, "x.gpx", content), layer="tracks")) == 1


def test_gpx_orders_its_elements_as_the_standard_does_and_escapes_them():
    root = parsed(gpx(parcel()))
    order = [child.tag.removeprefix(GPX) for child in root]
    assert order == sorted(order, key=["metadata", "wpt", "trk"].index)
    assert clean(NAMES[0]) in [point.findtext(f"{GPX}name") for point in root.iter(f"{GPX}wpt")]
    for track in root.iter(f"{GPX}trk"):
        assert [child.tag.removeprefix(GPX) for child in track][:2] == ["name", "type"]


def test_areas_make_no_gpx(opened):
    with pytest.raises(NothingToAnswer, match=r"\.kml"):
        gpx(of_workspace(opened, ["compounds"]))


def test_the_national_plane_is_x_east_and_y_north(tmp_path, answered):
    """PROJ asked on its own, in the order of the authority (north first), and the corner that the village was drawn from."""
    move = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:4549")
    given = answered.features["units"].sort_values("id")
    lon, lat = shapely.get_coordinates(given.geometry.to_numpy()).T
    north, east = move.transform(lat, lon)
    for name, content in (("x.gpkg", gpkg(of_answer(answered), crs="EPSG:4549")), ("x.zip", shapefiles(of_answer(answered), crs="epsg:4549"))):
        read = pyogrio.read_dataframe(saved(tmp_path, name, content), layer="units").sort_values("id")
        assert pyproj.CRS(read.crs).to_epsg(min_confidence=20) == 4549
        west, south, right, top = read.total_bounds
        np.testing.assert_allclose([west, south, right, top], [east.min(), north.min(), east.max(), north.max()], atol=1e-3)
        assert west == pytest.approx(633_010, abs=0.02)
        assert south == pytest.approx(3_461_010, abs=0.02)


@pytest.mark.parametrize("crs", ["EPSG:1", "平面", "EPSG:4979"])
def test_a_crs_that_there_is_not_is_refused(opened, crs):
    with pytest.raises(WrongUsage, match="EPSG:4549"):
        moved(of_workspace(opened), crs)


def test_an_encoding_that_is_not_written_is_refused(opened):
    with pytest.raises(WrongUsage, match="gb18030"):
        shapefiles(of_workspace(opened), encoding="big5")


def test_evil_names_of_a_workspace_come_back_as_they_stand(tmp_path, opened):
    whole = of_workspace(opened, ["compounds"])
    assert EVIL in pyogrio.read_dataframe(saved(tmp_path, "x.gpkg", gpkg(whole)), layer="compounds")["name"].tolist()
    assert EVIL in [mark.findtext(f"{KML}name") for mark in parsed(kml(whole)).iter(f"{KML}Placemark")]
    assert EVIL in pyogrio.read_dataframe(saved(tmp_path, "x.zip", shapefiles(whole)), layer="compounds")["name"].tolist()


def test_a_set_of_one_form_keeps_its_name(opened):
    (one, form), = by_form(of_workspace(opened, ["gates"]).sets[0])
    assert (one.name, form) == ("gates", "point")


def test_tidying_keeps_every_row_and_loses_no_more_than_a_thousandth():
    given = parcel().sets[0].layer
    assert tidy(given).equals(given)
    assert json.loads(given.drop(columns="geometry").to_json())["many"]["0"] == "甲；乙"
    assert given["name"].iloc[8] == "half ?"
