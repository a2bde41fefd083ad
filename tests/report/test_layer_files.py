"""Layers go out as they are, and come back the same."""

import csv
import io
import json

import openpyxl
import pyogrio
import pyproj
import pytest

from tests.report.village import EVIL, saved_village
from wanli_geo.errors import NothingToAnswer, UnknownLayer, WrongUsage
from wanli_geo.report.layer_files import LAYER_WRITERS, ROUTES, write_layers
from wanli_geo.workspace.reader import read_layer
from wanli_geo.workspace.specs import SPECS


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    return saved_village(tmp_path_factory.mktemp("village"))


@pytest.mark.parametrize("suffix", LAYER_WRITERS)
def test_the_same_layers_give_the_same_bytes(opened, suffix):
    names = ["gates"] if LAYER_WRITERS[suffix].single else []
    assert write_layers(opened, suffix, names) == write_layers(opened, suffix, names)


def test_a_geopackage_holds_every_layer_that_has_features(tmp_path, opened):
    (tmp_path / "x.gpkg").write_bytes(write_layers(opened, ".gpkg"))
    tables = {name for name, kind in pyogrio.list_layers(tmp_path / "x.gpkg") if kind}
    counts = {name: sum(len(pyogrio.read_dataframe(tmp_path / "x.gpkg", layer=table)) for table in tables
                        if table in (name, f"{name}_point", f"{name}_line", f"{name}_polygon")) for name in SPECS}
    assert counts == {name: len(opened.layer(name)) for name in SPECS}


def test_a_layer_as_geojson_is_the_layer_of_the_workspace(opened):
    layer, findings = read_layer(write_layers(opened, ".geojson", ["facilities"]), SPECS["facilities"])
    given = opened.layer("facilities")
    assert findings == []
    assert layer["id"].tolist() == given["id"].tolist()
    assert layer["name"].tolist() == given["name"].tolist()
    assert layer.geometry.geom_equals_exact(given.geometry, 1e-7).all()


@pytest.mark.parametrize(("crs", "axes"), [("", ["经度", "纬度"]), ("EPSG:4490", ["经度", "纬度"]), ("EPSG:4549", ["x（东）", "y（北）"])])
def test_a_csv_has_chinese_heads_and_a_place_in_the_crs_asked_for(opened, crs, axes):
    rows = list(csv.reader(io.StringIO(write_layers(opened, ".csv", ["gates"], crs=crs).decode("utf-8-sig"))))
    head, first = rows[0], rows[1]
    assert (head[0], head[-2:], len(rows)) == ("编号", axes, 1 + len(opened.layer("gates")))
    lon, lat = opened.layer("gates").geometry.iloc[0].coords[0]
    x, y = (lon, lat) if not crs else reversed(pyproj.Transformer.from_crs("EPSG:4326", crs).transform(lat, lon))
    assert (float(first[-2]), float(first[-1])) == pytest.approx((x, y), abs=1e-7 if axes[0] == "经度" else 1e-3)


def test_a_workbook_has_a_sheet_a_layer_and_the_names_as_text(opened):
    book = openpyxl.load_workbook(io.BytesIO(write_layers(opened, ".xlsx", ["compounds", "gates"])))
    assert {"小区", "小区出入口"} <= set(book.sheetnames)
    cells = [cell for row in book["小区"].iter_rows() for cell in row]
    assert EVIL in [cell.value for cell in cells]
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_a_gpx_is_of_the_routes_if_nothing_is_named(opened):
    text = write_layers(opened, ".gpx").decode()
    assert text.count("<trk>") == sum(len(opened.layer(name)) for name in ROUTES if "LineString" in SPECS[name].geometry)
    assert text.count("<wpt ") == sum(len(opened.layer(name)) for name in ROUTES if SPECS[name].geometry == ("Point",))


def test_what_cannot_be_written_is_refused_in_a_sentence(opened):
    for suffix, names, more, error, sentence in (
        (".dwg", [], {}, WrongUsage, r"\.gpkg"), (".csv", [], {}, WrongUsage, "--layer"), (".geojson", ["gates", "homes"], {}, WrongUsage, "--layer"),
        (".kml", [], {"crs": "EPSG:4549"}, WrongUsage, "WGS84"), (".gpkg", ["roads"], {}, UnknownLayer, "streets"),
        (".gpkg", ["grid"], {}, NothingToAnswer, "empty"), (".xlsx", [], {"encoding": "gb18030"}, WrongUsage, r"\.csv"),
    ):
        with pytest.raises(error, match=sentence):
            write_layers(opened, suffix, names, **more)


def test_one_table_of_layers_tells_nothing_of_another(opened):
    told = json.loads(write_layers(opened, ".geojson", ["gates"]))
    assert {feature["id"] for feature in told["features"]} == set(opened.layer("gates")["id"])
