"""The contracts of the layers say the same thing in the check, the JSON Schema and the README table."""

import json

import jsonschema
import pytest
import shapely

from wanli_geo.errors import UnknownLayer
from wanli_geo.workspace.geojson import layer_bytes, layer_of
from wanli_geo.workspace.reader import read_layer
from wanli_geo.workspace.specs import COMMON, SPECS, THEMES, json_schema, readme_table, spec_of

SHAPES = {
    "Point": shapely.Point(121.4, 31.25),
    "LineString": shapely.LineString([(121.4, 31.25), (121.41, 31.25)]),
    "MultiLineString": shapely.MultiLineString([[(121.4, 31.25), (121.41, 31.25)], [(121.4, 31.26), (121.41, 31.26)]]),
    "Polygon": shapely.box(121.4, 31.25, 121.41, 31.26),
    "MultiPolygon": shapely.MultiPolygon([shapely.box(121.4, 31.25, 121.41, 31.26), shapely.box(121.42, 31.25, 121.43, 31.26)]),
}
VALUES = {"text": "文字", "hours": "Mo-Fr 08:00-17:00; PH off", "date": "2021-06", "boolean": True, "list": ["一", 2], "number": 1.5, "integer": 2}
WRONG = {"text": 7, "hours": 7, "date": "2021/06", "boolean": "yes", "list": "一", "number": "1.5", "integer": 1.5, "choice": "no such code"}


def value_of(column):
    return column.choices[0][0] if column.type == "choice" else VALUES[column.type]


def full_layer(spec, names):
    """A feature of every geometry type, with a value in every column named."""
    rows = [{column.name: value_of(column) for column in spec.columns if column.name in names} | {"id": kind} for kind in spec.geometry]
    return layer_of(spec, rows, [SHAPES[kind] for kind in spec.geometry])


def verdict(schema, document):
    jsonschema.Draft202012Validator.check_schema(schema)
    return list(jsonschema.Draft202012Validator(schema).iter_errors(document))


@pytest.mark.parametrize("name", SPECS)
def test_a_written_layer_with_every_column_passes_its_schema_and_its_check(name):
    spec = SPECS[name]
    for names in ({column.name for column in spec.columns}, {column.name for column in spec.columns if column.required}):
        content = layer_bytes(full_layer(spec, names), spec)
        assert verdict(json_schema(spec), json.loads(content)) == []
        layer, findings = read_layer(content, spec)
        assert (len(layer), findings) == (len(spec.geometry), [])


@pytest.mark.parametrize(("name", "column"), [(spec.name, column.name) for spec in SPECS.values() for column in spec.columns if column.name != "id"])
def test_what_the_check_refuses_the_schema_refuses(name, column):
    spec = SPECS[name]
    document = json.loads(layer_bytes(full_layer(spec, {one.name for one in spec.columns}), spec))
    document["features"][0]["properties"][column] = WRONG[spec.column(column).type]
    assert verdict(json_schema(spec), document) != []
    _, findings = read_layer(json.dumps(document).encode(), spec)
    assert [(one.index, one.column, one.severity) for one in findings] == [(0, column, "error")]


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)
def test_a_required_column_may_not_be_missing(spec):
    document = json.loads(layer_bytes(full_layer(spec, {one.name for one in spec.columns}), spec))
    for column in spec.columns:
        if column.required and column.name != "id":
            less = json.loads(json.dumps(document))
            for feature in less["features"]:
                del feature["properties"][column.name]
            assert verdict(json_schema(spec), less) != []
            assert [one.column for one in read_layer(json.dumps(less).encode(), spec)[1]] == [column.name]


def test_every_layer_and_column_stands_in_the_readme_table():
    rows = {line.split("`")[1]: line for line in readme_table().splitlines()[2:]}
    assert list(rows) == list(SPECS)
    shared = {column.name for column in COMMON}
    for spec in SPECS.values():
        assert spec.zh in rows[spec.name]
        assert spec.en in rows[spec.name]
        assert all(f"`{column.name}`" in rows[spec.name] for column in spec.columns if column.name not in shared)


def test_contracts_are_whole():
    for spec in SPECS.values():
        names = [column.name for column in spec.columns]
        assert len(set(names)) == len(names)
        assert names[: len(COMMON)] == [column.name for column in COMMON]
        assert spec.theme in THEMES
        for column in spec.columns:
            assert column.zh and column.en
            assert (column.type == "choice") == bool(column.choices)
            assert not column.refers or column.refers in SPECS
            assert not column.unit or column.name.endswith(tuple("_" + unit for unit in ("m", "m2"))) or column.name in ("lux", "minutes", "metres")


def test_a_layer_is_found_by_its_name():
    assert spec_of("streets") is SPECS["streets"]
    with pytest.raises(UnknownLayer, match="no layer “roads”; there are: boundary, "):
        spec_of("roads")
