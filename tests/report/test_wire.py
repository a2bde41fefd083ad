"""What is written fast reads as what is written plainly."""

import json

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from wanli_geo.report.wire import collection, plain, written
from wanli_geo.workspace.geojson import layer_of
from wanli_geo.workspace.specs import SPECS


def plainly(layer, columns):
    """The same collection, feature by feature, by GEOS and json."""
    shapes = shapely.transform(layer.geometry.to_numpy(), lambda xy: np.round(xy, 6))
    rows = [{name: value for name in ("id", *columns) if (value := plain(row[name])) is not None} for row in layer.to_dict("records")]
    return {"type": "FeatureCollection", "features": [
        {"type": "Feature", "id": row["id"], "geometry": json.loads(shapely.to_geojson(shape) or "null"), "properties": row}
        for row, shape in zip(rows, shapes, strict=True)
    ]}


def layer(shapes, **columns):
    return gpd.GeoDataFrame({"id": [f"f{row}" for row in range(len(shapes))], **columns}, geometry=list(shapes), crs="EPSG:4326")


degrees = st.floats(-180, 180).map(lambda value: 0.0 if value == 0 else value)
positions = st.tuples(degrees, degrees)
points = positions.map(shapely.Point)
lines = st.lists(positions, min_size=2, max_size=5).map(shapely.LineString)
boxes = st.tuples(degrees, degrees, degrees, degrees).map(lambda sides: shapely.box(*sides))
pierced = st.tuples(degrees, degrees).map(lambda at: shapely.Polygon(shapely.box(*at, at[0] + 9, at[1] + 9).exterior.coords, [
    shapely.box(at[0] + low, at[1] + 1, at[0] + low + 2, at[1] + 3).exterior.coords for low in (1, 5)]))
many = st.one_of(st.lists(points, min_size=1, max_size=3).map(shapely.MultiPoint),
                 st.lists(lines, min_size=1, max_size=3).map(shapely.MultiLineString),
                 st.lists(st.one_of(boxes, pierced), min_size=1, max_size=3).map(shapely.MultiPolygon))
odd = st.sampled_from([shapely.Polygon(), shapely.MultiPoint(), shapely.GeometryCollection([shapely.Point(1, 2), shapely.box(0, 0, 1, 1)]),
                       shapely.Point(633_000.25, 3_461_000.5), shapely.Point(1, 2, 3)])


@given(st.lists(st.one_of(points, lines, boxes, pierced, many, odd), max_size=8))
def test_any_shapes_read_as_geos_writes_them(shapes):
    flat = shapely.force_2d(np.array(shapes, dtype=object))
    assert json.loads(collection(layer(shapes), [])) == plainly(layer(flat), [])


values = st.one_of(st.none(), st.floats(), st.integers(-10**9, 10**9), st.booleans(), st.text(), st.lists(st.text(max_size=3), max_size=3))


@given(st.lists(values, min_size=1, max_size=6), st.text(min_size=1, max_size=5).filter(lambda name: name not in ("id", "geometry")))
def test_any_values_read_as_json_writes_them(told, name):
    one = layer([shapely.Point(1, 2)] * len(told))
    one[name] = pd.Series(told, dtype=object)
    try:
        name.encode(), "".join(value for value in told if isinstance(value, str)).encode(), json.dumps(told, ensure_ascii=False).encode()
    except UnicodeEncodeError:  # half a surrogate pair is no text that UTF-8 has
        with pytest.raises(UnicodeEncodeError):
            collection(one, [name])
        return
    assert json.loads(collection(one, [name])) == plainly(one, [name])


@given(st.lists(st.floats(), min_size=1, max_size=9))
def test_a_column_of_numbers_is_rounded_to_a_thousandth(numbers):
    one = layer([shapely.Point(1, 2)] * len(numbers), n=np.array(numbers))
    told = [feature["properties"].get("n") for feature in json.loads(collection(one, ["n"]))["features"]]
    assert [value is None for value in told] == [not np.isfinite(number) for number in numbers]
    assert all(value is None or value == pytest.approx(number, abs=0.000_500_1, rel=1e-12) for value, number in zip(told, numbers, strict=True))


def test_a_collection_has_six_decimals_its_ids_and_no_missing_value():
    told = layer([shapely.Point(121.12345678, 31.98765432), shapely.Point(-0.5, -0.0)], name=["甲", None], n=[3.0, np.nan],
                 flag=pd.array([True, None], dtype="boolean"), many=[["x", 1], None])
    first, second = json.loads(collection(told, ["name", "n", "flag", "many", "not there"]))["features"]
    assert first["properties"] == {"id": "f0", "name": "甲", "n": 3, "flag": True, "many": ["x", 1]}
    assert first["geometry"] == {"type": "Point", "coordinates": [121.123457, 31.987654]}
    assert (second["id"], second["properties"]) == ("f1", {"id": "f1"})
    assert b'"coordinates":[-0.5,0.0]' in collection(told, [])


def test_more_rows_than_are_written_at_once_come_in_their_order():
    told = json.loads(collection(layer(shapely.points(np.linspace(0, 1, 4_321), 0)), []))["features"]
    assert [feature["id"] for feature in told] == [f"f{row}" for row in range(4_321)]


def test_a_collection_of_nothing_is_still_a_collection():
    assert json.loads(collection(layer_of(SPECS["homes"], [], []), ["residents"])) == {"type": "FeatureCollection", "features": []}


def test_what_is_written_already_is_not_written_again():
    assert written({"名": {"a": written([1, None])}, "b": []}) == '{"名":{"a":[1,null]},"b":[]}'.encode()


def test_nan_is_refused_rather_than_written():
    with pytest.raises(ValueError, match="JSON compliant"):
        written({"a": {"b": float("nan")}})
