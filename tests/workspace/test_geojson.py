"""What is read from a stranger's file, what is written to ours, and that the one is the other's inverse."""

import json
import math

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from wanli_geo.errors import BadLayer, UnknownDatum
from wanli_geo.workspace.faults import CONTROL, FAULTS
from wanli_geo.workspace.geojson import empty_layer, layer_bytes, layer_of, write_atomic
from wanli_geo.workspace.reader import read_layer
from wanli_geo.workspace.specs import SPECS

GATES, STREETS, COMPOUNDS, FACILITIES, SIGNS = (SPECS[name] for name in ("gates", "streets", "compounds", "facilities", "signs"))
GATE = {"source": "踏勘", "accuracy": "sketch", "compound_id": "c1", "kind": "vehicle"}
STREET = {"source": "踏勘", "accuracy": "sketch", "kind": "road"}
SQUARE = [[121.40, 31.25], [121.41, 31.25], [121.41, 31.26], [121.40, 31.26], [121.40, 31.25]]


def feature(key="g1", geometry=None, **properties):
    geometry = {"type": "Point", "coordinates": [121.4, 31.25]} if geometry is None else geometry
    return {"type": "Feature", "id": key, "properties": {**GATE, **properties}, "geometry": geometry}


def collection(*features, **members):
    return json.dumps({"type": "FeatureCollection", **members, "features": list(features)}).encode()


def gates(*features):
    return read_layer(collection(*features), GATES)


def read(spec, coordinates, kind, **properties):
    row = {"type": "Feature", "id": "a", "properties": {**STREET, **properties}, "geometry": {"type": kind, "coordinates": coordinates}}
    if spec is COMPOUNDS:
        row["properties"].pop("kind")
    return read_layer(collection(row), spec)


def only(findings):
    assert len(findings) == 1, [str(one) for one in findings]
    return findings[0]


def told(content, spec=GATES):
    """The one code of a file that gives no features."""
    layer, findings = read_layer(content, spec)
    assert layer.empty
    return only(findings).code


# -- the writer ------------------------------------------------------------------------------------------------------------------


def one_street(line, **row):
    return layer_of(STREETS, [{"id": "s", **STREET, **row}], [shapely.from_wkt(line)])


def test_a_file_is_a_feature_a_line_in_the_order_of_ids_and_of_the_contract():
    layer = layer_of(GATES, [{"id": "b", **GATE}, {"id": "a", "note": "旧", "name": "北门", "step_free": False, **GATE}],
                     shapely.points([[121.4, 31.25], [121.39999999999, 31.0]]))
    assert layer_bytes(layer, GATES).decode().splitlines() == [
        '{"type":"FeatureCollection","features":[',
        '{"type":"Feature","id":"a","properties":{"name":"北门","source":"踏勘","accuracy":"sketch","note":"旧","compound_id":"c1",'
        '"kind":"vehicle","step_free":false},"geometry":{"type":"Point","coordinates":[121.4,31.0]}},',
        '{"type":"Feature","id":"b","properties":{"source":"踏勘","accuracy":"sketch","compound_id":"c1","kind":"vehicle"},'
        '"geometry":{"type":"Point","coordinates":[121.4,31.25]}}',
        "]}",
    ]


def test_an_empty_layer_is_an_empty_collection():
    assert layer_bytes(empty_layer(GATES), GATES) == b'{"type":"FeatureCollection","features":[\n]}\n'


def test_whole_numbers_have_no_point_and_missing_values_are_left_out():
    written = json.loads(layer_bytes(one_street("LINESTRING(121 31, 122 31)", level=-1, width_m=3.5, name=""), STREETS))
    assert written["features"][0]["properties"] == {"source": "踏勘", "accuracy": "sketch", "kind": "road", "width_m": 3.5, "level": -1}
    assert '"level":-1}' in layer_bytes(one_street("LINESTRING(121 31, 122 31)", level=-1), STREETS).decode()


def test_the_order_of_rows_changes_no_byte():
    layer = layer_of(GATES, [{"id": f"g{n}", **GATE} for n in range(9)], shapely.points(np.full(9, 121.4), np.linspace(31, 32, 9)))
    assert layer_bytes(layer.iloc[::-1], GATES) == layer_bytes(layer, GATES)


def test_columns_of_no_contract_stand_last_by_name():
    layer = one_street("LINESTRING(121 31, 122 31)").assign(zeta=np.int64(3), alpha="x")
    assert '"kind":"road","alpha":"x","zeta":3}' in layer_bytes(layer, STREETS).decode()


def test_outer_rings_turn_left_and_holes_right():
    hole = [[121.402, 31.252], [121.404, 31.252], [121.404, 31.254], [121.402, 31.254], [121.402, 31.252]]
    shapes = [shapely.Polygon(SQUARE[::-1], [hole]), shapely.MultiPolygon([(SQUARE[::-1], [hole]), (np.round(np.add(SQUARE, 1), 7), [])])]
    row = {"source": "s", "accuracy": "sketch"}
    layer = layer_of(COMPOUNDS, [{"id": "a", **row}, {"id": "b", **row}], shapes)
    for written in json.loads(layer_bytes(layer, COMPOUNDS))["features"]:
        coordinates = written["geometry"]["coordinates"]
        for outer, *holes in [coordinates] if written["geometry"]["type"] == "Polygon" else coordinates:
            assert shapely.LinearRing(outer).is_ccw
            assert not any(shapely.LinearRing(ring).is_ccw for ring in holes)
    again, _ = read_layer(layer_bytes(layer, COMPOUNDS), COMPOUNDS)
    assert again.geometry.geom_equals(layer.geometry).all()


def test_metres_are_written_as_degrees():
    layer = one_street("LINESTRING(121.4 31.25, 121.41 31.25)")
    assert layer_bytes(layer.to_crs("EPSG:4549"), STREETS) == layer_bytes(layer, STREETS)


def test_rounding_never_breaks_a_polygon():
    # A spike a third of a grid cell wide: rounding alone folds it onto itself.
    spike = shapely.Polygon([(121.4, 31.25), (121.41, 31.25), (121.41, 31.26), (121.40500003, 31.26), (121.405, 31.2600009),
                             (121.40499997, 31.26), (121.4, 31.26)])
    assert not shapely.is_valid(shapely.transform(spike, lambda xy: np.round(xy, 7)))
    layer, findings = read_layer(layer_bytes(layer_of(COMPOUNDS, [{"id": "a", "source": "s", "accuracy": "sketch"}], [spike]), COMPOUNDS), COMPOUNDS)
    assert findings == []
    assert layer.geometry.iloc[0].symmetric_difference(spike).area < 1e-12


@pytest.mark.parametrize(("line", "sentence"), [
    ("LINESTRING(121.4 31.25, 121.40000001 31.25)", "vanishes at 7 decimals"),
    ("LINESTRING(121.4 31.25, 121.4 31.25)", "crosses itself or is not whole"),
    ("LINESTRING EMPTY", "no geometry that can be written"),
    ("GEOMETRYCOLLECTION(POINT(1 1))", "no geometry that can be written"),
])
def test_a_geometry_that_cannot_be_written_is_refused(line, sentence):
    with pytest.raises(BadLayer, match=f"“s” of layer streets .*{sentence}"):
        layer_bytes(one_street(line), STREETS)


def test_a_missing_geometry_is_refused():
    with pytest.raises(BadLayer, match="no geometry that can be written"):
        layer_bytes(layer_of(STREETS, [{"id": "s", **STREET}], [None]), STREETS)


@pytest.mark.parametrize(("ids", "sentence"), [(["a", "a"], "the id “a” twice"), (["a", None], "without an id"), (["a", 7], "without an id")])
def test_ids_are_texts_and_differ(ids, sentence):
    with pytest.raises(BadLayer, match=sentence):
        layer_bytes(layer_of(GATES, [{"id": key, **GATE} for key in ids], shapely.points([[121.4, 31.2]] * 2)), GATES)


@pytest.mark.parametrize("value", [math.inf, {1, 2}, "\ud800"])
def test_a_value_that_is_no_json_is_refused(value):
    layer = one_street("LINESTRING(121 31, 122 31)")
    layer["extra"] = np.array([None, value], dtype=object)[1:]
    with pytest.raises(BadLayer, match="no JSON"):
        layer_bytes(layer, STREETS)


def test_coordinates_without_a_datum_are_refused():
    bare = gpd.GeoDataFrame({"id": ["g"]}, geometry=shapely.points([[121.4, 31.2]]))
    with pytest.raises(UnknownDatum, match="set_crs"):
        layer_bytes(bare, GATES)


def test_a_write_that_fails_leaves_the_old_file_and_no_other(tmp_path):
    target = tmp_path / "gates.geojson"
    write_atomic(target, b"old")
    with pytest.raises(TypeError):
        write_atomic(target, "not bytes")
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["gates.geojson"]


# -- the file as a whole ---------------------------------------------------------------------------------------------------------


def test_a_good_file_has_no_findings():
    layer, findings = gates(feature("g1"), feature("g2", open_hours="Mo-Su 06:00-22:00", step_free=True, surveyed_on="2021-06"))
    assert findings == []
    assert layer["id"].tolist() == ["g1", "g2"]
    assert list(layer.columns) == list(empty_layer(GATES).columns)
    assert layer.dtypes.equals(empty_layer(GATES).dtypes)
    assert layer.crs == "EPSG:4326"


@pytest.mark.parametrize(("content", "code"), [
    (b"", "empty_file"),
    (b" \n", "empty_file"),
    (collection(feature(name="北门")).decode().encode("utf-16"), "utf16"),
    (json.dumps({"type": "FeatureCollection", "name": "万里街道小区出入口"}, ensure_ascii=False).encode("gbk"), "gbk"),
    ("{\"name\": \"万里街道小区出入口".encode() + b"\xff\"}", "not_utf8"),
    ("{\"name\": \"万里".encode()[:-1], "truncated"),
    (collection(feature())[:150], "truncated"),
    (collection(feature())[:-1], "truncated"),
    (b'{"type": "FeatureCollection", "features": [tru', "truncated"),
    (b"hello", "not_json"),
    (b"<!DOCTYPE html><html></html>", "not_json"),
    (b'{"type": "FeatureCollection", "features": [,]}', "not_json"),
    (b"[" * 200_000, "too_deep"),
    (b'{"a":' * 200_000, "too_deep"),
    (b"[]", "not_collection"),
    (b"null", "not_collection"),
    (json.dumps(feature()).encode(), "not_collection"),
    (b'{"type": "FeatureCollection"}', "not_collection"),
    (b'{"type": "FeatureCollection", "features": {}}', "not_collection"),
    (b'{"type": "FeatureCollection", "features": [], "features": []}', "duplicate_key"),
    (collection(feature(), crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4549"}}), "foreign_crs"),
    (collection(feature(), crs={"type": "name", "properties": {"name": "EPSG:3857"}}), "foreign_crs"),
    (collection(feature(), crs="EPSG"), "foreign_crs"),
])
def test_a_file_that_is_no_geojson_is_told_once(content, code):
    assert told(content) == code


def test_the_place_of_a_break_is_told():
    _, findings = read_layer(b'{"type": "FeatureCollection",\n "features": [{"type": "Feat', GATES)
    assert "第 2 行（第 58 字节）" in only(findings).zh


def test_the_place_of_what_is_no_json_is_told():
    _, findings = read_layer('{"名":\n 1,,}'.encode(), GATES)
    assert "line 2, column 4 (byte 12)" in only(findings).en.lower()


OBEYED = "\x1b[31m", "\x1b]0;title\x07", "\u202e", "\u2066", "\x00", "\x9b", "\u2028", "\ufeff"


@pytest.mark.parametrize("signs", OBEYED)
def test_what_a_terminal_or_a_page_would_obey_is_dropped_from_every_text_and_told_once(signs):
    texts = {"name": f"北{signs}门", "note": f"一行\n两{signs}行\t三", "colour": [f"红{signs}", 7]}
    layer, findings = read_layer(collection(feature(**texts), feature("g2", name=f"南{signs}门")), GATES)
    shown = f"{layer['name'].tolist()}{layer['note'].tolist()}{layer['colour'].tolist()}"
    assert not CONTROL.search("".join([*layer["name"], layer["note"].iloc[0], layer["colour"].iloc[0][0]])), shown
    assert layer["note"].iloc[0].count("\n") == 1
    assert {finding.column for finding in findings if finding.code == "control_signs"} == {"name", "note", "colour"}
    assert {finding.severity for finding in findings} == {"warning"}


@pytest.mark.parametrize("signs", [*OBEYED, "\n", "\t"])
def test_an_id_holds_no_control_characters(signs):
    layer, findings = read_layer(collection(feature(f"g{signs}1")), GATES)
    assert (len(layer), only(findings).code) == (0, "control_id")
    assert not CONTROL.search(str(only(findings)))


def test_a_byte_order_mark_is_a_warning():
    layer, findings = read_layer(b"\xef\xbb\xbf" + collection(feature()), GATES)
    assert (len(layer), only(findings).code, only(findings).severity) == (1, "bom", "warning")


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326", "EPSG:4326", "EPSG:4490"])
def test_wgs84_by_any_of_its_old_names_is_fine(name):
    layer, findings = read_layer(collection(feature(), crs={"type": "name", "properties": {"name": name}}), GATES)
    assert (len(layer), findings) == (1, [])


# -- one feature -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("row", "code"), [
    (None, "not_feature"),
    ([], "not_feature"),
    ({"type": "Point", "coordinates": [1, 2]}, "not_feature"),
    ({**feature(), "properties": []}, "not_properties"),
    ({**feature(), "geometry": None}, "no_geometry"),
    (feature(geometry="x"), "wrong_geometry"),
    (feature(geometry={"type": "MultiPoint", "coordinates": [[121.4, 31.2]]}), "wrong_geometry"),
    (feature(geometry={"type": "GeometryCollection", "geometries": []}), "wrong_geometry"),
    (feature(geometry={"type": ["Point"], "coordinates": []}), "wrong_geometry"),
    (feature(geometry={"type": "Point"}), "nested_wrongly"),
    (feature(geometry={"type": "Point", "coordinates": []}), "empty_geometry"),
    (feature(geometry={"type": "Point", "coordinates": [121.4]}), "short_position"),
    (feature(geometry={"type": "Point", "coordinates": ["121.4", "31.2"]}), "text_coordinate"),
    (feature(geometry={"type": "Point", "coordinates": [121.4, None]}), "text_coordinate"),
    (feature(geometry={"type": "Point", "coordinates": [121.4, True]}), "text_coordinate"),
    (feature(geometry={"type": "Point", "coordinates": [[121.4, 31.2]]}), "nested_wrongly"),
    (feature(geometry={"type": "Point", "coordinates": [math.nan, 31.2]}), "not_finite_coordinate"),
    (feature(geometry={"type": "Point", "coordinates": [121.4, math.inf]}), "not_finite_coordinate"),
    (feature(geometry={"type": "Point", "coordinates": [31.2, 121.4]}), "swapped"),
    (feature(geometry={"type": "Point", "coordinates": [538_000.0, 3_459_000.0]}), "metres"),
    (feature(geometry={"type": "Point", "coordinates": [200, 31]}), "out_of_range"),
    (feature(key=None), "missing_id"),
    (feature(key=" "), "missing_id"),
    (feature(key=7), "id_not_text"),
    (feature(key=["a"]), "id_not_text"),
    (feature(id="other"), "two_ids"),
    (feature("g0"), "duplicate_id"),
    (feature(name="\ud83d"), "bad_text"),
    (feature(kind=None), "missing_value"),
    (feature(kind="  "), "missing_value"),
    (feature(kind="Vehicle"), "bad_choice"),
    (feature(kind=1), "wrong_type"),
    (feature(name=5), "wrong_type"),
    (feature(step_free="yes"), "wrong_type"),
    (feature(step_free=1), "wrong_type"),
    (feature(surveyed_on="2021-13"), "bad_date"),
    (feature(surveyed_on="2021-02-30"), "bad_date"),
    (feature(surveyed_on="2021/6/1"), "bad_date"),
    (feature(open_hours="08:00 to 17:00"), "bad_hours"),
])
def test_a_bad_feature_is_left_out_and_told_with_its_place(row, code):
    layer, findings = gates(feature("g0"), row, feature("g2"))
    assert layer["id"].tolist() == ["g0", "g2"]
    assert (only(findings).code, only(findings).index, only(findings).severity) == (code, 1, "error")
    assert not layer.geometry.isna().any()


@pytest.mark.parametrize(("spec", "properties", "code"), [
    (STREETS, {"width_m": -1}, "number_range"),
    (STREETS, {"width_m": 1e9}, "number_range"),
    (STREETS, {"width_m": "6 m"}, "wrong_type"),
    (STREETS, {"width_m": True}, "wrong_type"),
    (STREETS, {"width_m": math.nan}, "not_finite"),
    (STREETS, {"level": 1.5}, "not_whole"),
    (STREETS, {"level": 10**30}, "number_range"),
    (STREETS, {"extra": math.nan}, "not_finite"),
    (STREETS, {"extra": [math.nan]}, "not_finite"),
])
def test_a_bad_value_is_told_with_its_column(spec, properties, code):
    layer, findings = read(spec, [[121.4, 31.2], [121.5, 31.2]], "LineString", **properties)
    errors = [one for one in findings if one.severity == "error"]
    assert layer.empty
    assert (only(errors).code, only(errors).column, only(errors).id) == (code, next(iter(properties)), "a")


@pytest.mark.parametrize("members", [[None], [[1]], [True], [{"a": 1}]])
def test_lists_hold_texts_and_numbers(members):
    row = feature(level="1", targets=members)
    row["properties"] = {"source": "s", "accuracy": "sketch", "level": "1", "targets": members}
    _, findings = read_layer(collection(row), SIGNS)
    assert (only(findings).code, only(findings).column) == ("bad_list", "targets")


@pytest.mark.parametrize(("spec", "kind", "coordinates", "code"), [
    (STREETS, "LineString", [], "empty_geometry"),
    (STREETS, "LineString", [[121.4, 31.2]], "short_line"),
    (STREETS, "LineString", [121.4, 31.2], "nested_wrongly"),
    (STREETS, "LineString", [[121.4, 31.2], [121.4, 31.2]], "zero_length"),
    (STREETS, "LineString", [[121.4, 31.2], [121.5]], "short_position"),
    (STREETS, "MultiLineString", [[[121.4, 31.2], [121.5, 31.2]], []], "empty_geometry"),
    (COMPOUNDS, "Polygon", [], "empty_geometry"),
    (COMPOUNDS, "Polygon", [[]], "empty_geometry"),
    (COMPOUNDS, "Polygon", SQUARE, "nested_wrongly"),
    (COMPOUNDS, "Polygon", [SQUARE[:-1]], "unclosed_ring"),
    (COMPOUNDS, "Polygon", [[SQUARE[0], SQUARE[1], SQUARE[0]]], "short_ring"),
    (COMPOUNDS, "Polygon", [[SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3], SQUARE[0]]], "self_crossing"),
    (COMPOUNDS, "Polygon", [SQUARE, [[122, 31], [122.1, 31], [122.1, 31.1], [122, 31]]], "invalid_polygon"),
    (COMPOUNDS, "Polygon", [[[y, x] for x, y in SQUARE]], "swapped"),
    (COMPOUNDS, "MultiPolygon", [SQUARE], "nested_wrongly"),
    (COMPOUNDS, "MultiPolygon", [[SQUARE], [SQUARE]], "self_crossing"),
])
def test_a_bad_shape_is_told(spec, kind, coordinates, code):
    layer, findings = read(spec, coordinates, kind)
    assert layer.empty
    assert (only(findings).code, only(findings).column) == (code, "geometry")


def test_where_a_polygon_crosses_itself_is_told():
    _, findings = read(COMPOUNDS, [[SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3], SQUARE[0]]], "Polygon")
    assert "(121.405000, 31.255000)" in only(findings).zh


def test_heights_are_dropped_with_one_warning():
    layer, findings = gates(*(feature(f"g{n}", {"type": "Point", "coordinates": [121.4, 31.2, 5.0]}) for n in range(3)))
    assert (only(findings).code, only(findings).severity, len(layer)) == ("three_d", "warning", 3)
    assert not layer.geometry.has_z.any()


def test_a_key_written_twice_is_told():
    text = collection(feature("g1"), feature("g2")).decode().replace('"kind"', '"kind": "vehicle", "kind"', 1)
    layer, findings = read_layer(text.encode(), GATES)
    assert layer["id"].tolist() == ["g2"]
    assert (only(findings).code, only(findings).index, only(findings).column) == ("duplicate_key", 0, "kind")


def test_a_required_column_that_no_feature_has_is_told_once():
    rows = [feature(f"g{n}") for n in range(5)]
    for row in rows:
        del row["properties"]["compound_id"]
    layer, findings = gates(*rows)
    assert layer.empty
    assert (only(findings).code, only(findings).column, only(findings).index) == ("missing_column", "compound_id", None)


def test_a_choice_comes_with_the_nearest_ones():
    _, findings = gates(feature(status="现况", kind="vehicles"))
    assert ["existing（现状）" in findings[0].fix_zh, "vehicle（车行门）" in findings[1].fix_en] == [True, True]


def test_a_column_of_no_contract_is_kept_with_a_warning_and_the_nearest_name():
    layer, findings = gates(feature("g1", Name="北门"), feature("g2"))
    assert (only(findings).code, only(findings).severity, only(findings).column) == ("unknown_column", "warning", "Name")
    assert "“name”" in only(findings).fix_en
    assert layer["Name"].tolist() == ["北门", None]


def test_a_property_called_geometry_does_not_replace_the_geometry():
    layer, findings = gates(feature(geometry_=None) | {"properties": {**GATE, "geometry": "x"}})
    assert only(findings).code == "reserved_column"
    assert layer.geometry.iloc[0].equals(shapely.Point(121.4, 31.25))


def test_hundreds_of_foreign_columns_are_dropped_at_once():
    _, findings = gates(*(feature(f"g{n}", **{f"c{n}": n}) for n in range(300)))
    assert only(findings).code == "too_many_columns"


def test_an_id_among_the_properties_will_do():
    row = feature(id="g7")
    del row["id"]
    layer, findings = gates(row)
    assert (layer["id"].tolist(), findings) == (["g7"], [])


def test_every_fault_is_found_at_once_in_the_order_of_the_file():
    swapped = {"type": "Point", "coordinates": [31.2, 121.4]}
    _, findings = gates(feature("a", kind="x", step_free="x"), feature("a", swapped), feature(7, name=1))
    assert [(one.index, one.code) for one in findings] == [
        (0, "bad_choice"), (0, "wrong_type"), (1, "duplicate_id"), (1, "swapped"), (2, "id_not_text"), (2, "wrong_type")]


@pytest.mark.parametrize("number", ["9" * 5000, "-" + "9" * 5000, "1e400", "-1e400", "NaN", "Infinity", "1e-400"])
def test_monstrous_numbers_are_findings_or_fine(number):
    text = collection(feature(capacity="X"), feature("g2", {"type": "Point", "coordinates": ["X", 31.2]})).decode().replace('"X"', number)
    layer, findings = read_layer(text.encode(), FACILITIES)
    assert layer.empty
    assert findings


def test_a_value_nested_a_hundred_deep_is_told():
    deep = 1
    for _ in range(100):
        deep = [deep]
    layer, findings = gates(feature(extra=deep))
    assert layer.empty
    assert {one.code for one in findings} == {"nested_value", "unknown_column"}


def test_a_wrong_column_of_many_values_does_not_take_minutes():
    _, findings = gates(*(feature(f"g{n}", kind=f"vehicl{n}" * 20) for n in range(3000)))
    assert len(findings) == 3000


def test_every_fault_has_both_languages_and_a_way_out():
    for code, (severity, *sentences) in FAULTS.items():
        zh, en, fix_zh, fix_en = sentences
        assert severity in ("error", "warning"), code
        assert all(sentences), code
        assert (zh[-1], en[-1]) == ("。", "."), code
        told_zh, told_en = ({part.split("}")[0] for part in text.split("{")[1:]} for text in (zh, en))
        assert told_zh - {"name"} <= {word.removesuffix("_en") for word in told_en}, code
        assert fix_zh[-1] in "。？}" and fix_en[-1] in ".?}", code


# -- laws ------------------------------------------------------------------------------------------------------------------------

degrees = st.integers(-1_790_000_000, 1_790_000_000).map(lambda n: n / 1e7)
latitudes = st.integers(-890_000_000, 890_000_000).map(lambda n: n / 1e7)
signs = st.characters(exclude_categories=("Cs",)).filter(lambda sign: not CONTROL.match(sign))
texts = st.none() | st.text(signs, min_size=1).filter(str.strip)
positions = st.tuples(degrees, latitudes)


@st.composite
def facility_layers(draw):
    """Points and boxes with every type of attribute."""
    ids = draw(st.lists(st.text(signs.filter(str.isprintable), min_size=1).filter(str.strip), unique=True, max_size=6))
    rows = [
        {"id": key, "source": "s", "accuracy": draw(st.sampled_from(["sketch", "osm"])), "kind": "CANTEEN", "name": draw(texts),
         "in_use": draw(st.sampled_from([True, False, None])), "capacity": draw(st.none() | st.floats(0, 1e9)),
         "surveyed_on": draw(st.sampled_from([None, "2021", "2021-06", "2021-06-30"])),
         "functions": draw(st.none() | st.lists(st.text(signs) | st.integers(-9, 9))),
         "open_hours": draw(st.sampled_from([None, "24/7", "Mo-Fr 08:00-17:00; PH off"]))}
        for key in sorted(ids)
    ]
    shapes = []
    for _ in rows:
        x, y = draw(positions)
        box = shapely.transform(shapely.box(x, y, x + 0.5, y + 0.25), lambda xy: np.round(xy, 7))
        shapes.append(draw(st.sampled_from([shapely.Point(x, y), box])))
    return layer_of(FACILITIES, rows, shapes)


@given(facility_layers())
def test_what_is_written_is_what_is_read(layer):
    content = layer_bytes(layer, FACILITIES)
    again, findings = read_layer(content, FACILITIES)
    assert findings == []
    assert again.drop(columns="geometry").equals(layer.drop(columns="geometry"))
    assert again.geometry.geom_equals(layer.geometry).all()
    assert layer_bytes(again, FACILITIES) == content


@st.composite
def rough_polygons(draw):
    """Valid polygons with coordinates of full double precision, some far smaller than the grid's meshes."""
    centre = np.array(draw(st.tuples(st.floats(70, 135), st.floats(4, 53))))
    size = draw(st.sampled_from([1e-8, 1e-7, 1e-6, 1e-4, 1e-2]))
    offsets = draw(st.lists(st.tuples(st.floats(-1, 1), st.floats(-1, 1)), min_size=3, max_size=9))
    return shapely.convex_hull(shapely.multipoints(centre + size * np.array(offsets)))


@given(rough_polygons())
def test_a_polygon_is_written_valid_or_refused(shape):
    layer = layer_of(COMPOUNDS, [{"id": "a", "source": "s", "accuracy": "sketch"}], [shape])
    try:
        content = layer_bytes(layer, COMPOUNDS)
    except BadLayer:
        return
    again, findings = read_layer(content, COMPOUNDS) if shape.geom_type == "Polygon" else (None, [])
    assert findings == []
    assert again is None or layer_bytes(again, COMPOUNDS) == content


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4), max_leaves=12)


def keyed(**values):
    return st.fixed_dictionaries({}, optional=values)


near_features = keyed(
    type=st.just("Feature") | json_values, id=st.sampled_from(["a", "b"]) | json_values,
    properties=keyed(**dict.fromkeys([column.name for column in FACILITIES.columns] + ["geometry", "extra"], json_values)) | json_values,
    geometry=keyed(type=st.sampled_from(FACILITIES.geometry), coordinates=st.recursive(
        st.floats() | st.integers(), lambda inner: st.lists(inner, max_size=5), max_leaves=20)) | json_values)


@given(st.lists(near_features, max_size=4))
@settings(max_examples=300)
def test_no_json_makes_the_reader_raise(features):
    layer, _ = read_layer(json.dumps({"type": "FeatureCollection", "features": features}).encode(), FACILITIES)
    assert not layer.geometry.isna().any()
    assert layer.geometry.is_valid.all()


@given(st.binary())
def test_no_bytes_make_the_reader_raise(content):
    layer, findings = read_layer(content, GATES)
    assert layer.empty
    assert findings


@given(st.integers(0, 10_000), st.integers(0, 255))
def test_no_flipped_byte_makes_the_reader_raise(at, byte):
    content = bytearray(collection(feature("g1", name="北门"), feature("g2", open_hours="Mo-Fr 08:00-17:00", step_free=True)))
    content[at % len(content)] = byte
    read_layer(bytes(content), GATES)


@given(st.integers(0, 10_000))
@settings(max_examples=500)
def test_a_file_cut_anywhere_gives_no_feature_but_a_finding(at):
    escaped = collection(feature("g1", name="北门"), feature("g2"))
    for content in (escaped, json.dumps(json.loads(escaped), ensure_ascii=False, indent=1).encode()):
        layer, findings = read_layer(content[: at % len(content)], GATES)
        assert layer.empty
        assert only(findings).code in ("truncated", "empty_file")
