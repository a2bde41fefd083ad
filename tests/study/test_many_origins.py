"""Walk bands from a list of places: the list read, the file written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import shapely

from wanli_geo.cli import run
from wanli_geo.errors import BadMeasure
from wanli_geo.workspace.origins import Origin, read_origins


def test_one_command_writes_one_polygon_a_band_each_containing_the_one_before(tmp_path: Path) -> None:
    out = tmp_path / "x.geojson"
    assert run(["isochrone", "--at", "121.401,31.271", "--minutes", "5,10,15", "--profile", "elder", "--out", str(out)]) == 0
    features = json.loads(out.read_text("utf-8"))["features"]
    assert [feature["properties"]["minutes"] for feature in features] == [5, 10, 15]
    bands = [shapely.geometry.shape(feature["geometry"]) for feature in features]
    assert all(band.is_valid and band.geom_type in ("Polygon", "MultiPolygon") for band in bands)
    assert bands[2].covers(bands[1])
    assert bands[1].covers(bands[0])
    assert bands[0].covers(shapely.Point(121.401, 31.271))


def test_a_list_of_places_gives_one_feature_an_origin_and_band(tmp_path: Path) -> None:
    listed, out, table = tmp_path / "places.csv", tmp_path / "x.geojson", tmp_path / "x.csv"
    listed.write_text("编号,经度,纬度\n食堂,121.401,31.271\n海上,122.9,31.271\n,121.394,31.264\n", "gb18030")
    asked = ["isochrone", "--from", str(listed), "--minutes", "5,10", "--out"]
    assert run([*asked, str(out)]) == 0
    properties = [feature["properties"] for feature in json.loads(out.read_text("utf-8"))["features"]]
    assert [(row["origin"], row["minutes"]) for row in properties] == [("食堂", 5), ("食堂", 10), ("3", 5), ("3", 10)]
    assert run([*asked, str(table)]) == 0
    rows = table.read_text("utf-8-sig").splitlines()
    assert rows[0].startswith("起点,经度,纬度,分钟,米,居民")
    assert [row.split(",")[0] for row in rows[1:]] == ["食堂", "食堂", "海上", "海上", "3", "3"]
    assert rows[3].split(",")[5] == ""  # not known, not zero


def test_at_may_be_said_many_times_and_a_sheet_draws_one_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    twice = ["isochrone", "--at", "121.401,31.271", "--at", "121.394,31.264", "--minutes", "5"]
    assert run([*twice, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert [row["origin"] for row in answer["tables"]["bands"]] == ["1", "2"]
    assert run([*twice, "--out", str(tmp_path / "x.html")]) == 2
    assert run(["isochrone"]) == 2
    assert "--from" in capsys.readouterr().err


def test_points_of_a_geojson_are_origins_by_their_id_or_name(tmp_path: Path) -> None:
    path = tmp_path / "places.geojson"
    point = {"type": "Point", "coordinates": [121.4, 31.27]}
    features = [
        {"type": "Feature", "id": 7, "properties": {}, "geometry": point},
        {"type": "Feature", "properties": {"name": "西门"}, "geometry": point},
        {"type": "Feature", "properties": None, "geometry": point},
        {"type": "Feature", "id": 0, "properties": {}, "geometry": point},
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    assert read_origins(path) == [Origin("7", 121.4, 31.27), Origin("西门", 121.4, 31.27), Origin("3", 121.4, 31.27), Origin("0", 121.4, 31.27)]


@pytest.mark.parametrize(("name", "text", "sentence"), [
    ("a.csv", "name,x\nA,1\n", "id,lon,lat"),
    ("a.csv", "id,lon,lat\n", "no origins"),
    ("a.csv", "id,lon,lat\nA,121.4,31.2\nB,here,31.2\n", "Origin 2"),
    ("a.csv", "id,lon,lat\nA,121.4\n", "Origin 1"),
    ("a.csv", "id,lon,lat\nA,nan,31\n", "Origin 1"),
    ("a.csv", "id,lon,lat\nA,181,31\n", "Origin 1"),
    ("a.csv", "", "id,lon,lat"),
    ("a.geojson", "{}", "FeatureCollection"),
    ("a.geojson", "not json", "FeatureCollection"),
    ("a.geojson", '{"features": [{"geometry": null}]}', "FeatureCollection"),
    ("a.geojson", '{"features": [{"geometry": {"coordinates": []}}]}', "FeatureCollection"),
    ("a.geojson", '{"features": [{"geometry": {"coordinates": [[1, 2], [3, 4]]}}]}', "Origin 1"),
    ("a.geojson", '{"features": 3}', "FeatureCollection"),
    ("a.geojson", '{"features": [1, 2]}', "FeatureCollection"),
    ("a.geojson", '{"features": "abc"}', "FeatureCollection"),
    ("a.geojson", '{"features": [{"properties": [1], "geometry": {"coordinates": [1, 2]}}]}', "FeatureCollection"),
    ("a.geojson", '{"features": []}', "no origins"),
])
def test_a_list_that_cannot_be_read_ends_in_a_sentence(tmp_path: Path, name: str, text: str, sentence: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(BadMeasure, match=sentence):
        read_origins(tmp_path / name)


def test_a_table_keeps_every_digit_of_a_place(tmp_path: Path) -> None:
    out = tmp_path / "two.csv"
    assert run(["isochrone", "--at", "121.401,31.271", "--at", "121.3945678,31.264", "--minutes", "5", "--out", str(out)]) == 0
    assert "121.3945678" in out.read_text("utf-8-sig")


def test_minutes_and_metres_are_not_asked_together(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["isochrone", "--at", "121.401,31.271", "--minutes", "5", "--metres", "500"]) == 2
    assert "not both" in capsys.readouterr().err
