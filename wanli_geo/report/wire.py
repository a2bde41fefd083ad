"""Layers as the bytes of a FeatureCollection, fast: coordinates are written a whole layer at a time, properties a column at a time.

A coordinate has 6 decimals, so it is a whole number of millionths of a degree, and a whole number is three groups of three digits: degrees,
thousandths, millionths. Each group is looked up as a word of four bytes, blanks where it is shorter; the blanks are taken out at the end.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

DECIMALS = 6  # 0.1 m on the ground, less than a screen pixel at the closest zoom

_ROWS_AT_ONCE = 2_000  # as many as a processor keeps at hand: half again as fast as all at once
Words = NDArray[np.uint32]
Shapes = NDArray[np.object_]

_NAMES = {0: "Point", 1: "LineString", 3: "Polygon", 4: "MultiPoint", 5: "MultiLineString", 6: "MultiPolygon"}  # by shapely's type id
_MOST_DEGREES = 999.0
_MOST_ROUNDED = 1e12  # above it numpy rounds too coarsely


class Written(bytes):
    """JSON that is written already."""


def written(value: Any) -> Written:
    """Write JSON (UTF-8, no NaN) of values some of which, in dicts, are written already."""
    if isinstance(value, Written):
        return value
    if isinstance(value, Mapping):
        return Written(b"{" + b",".join(_text(str(name)) + b":" + written(part) for name, part in value.items()) + b"}")
    return Written(_text(value))


def _text(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def collection(layer: gpd.GeoDataFrame, columns: Sequence[str], **beside: Any) -> Written:
    """Write a layer (WGS84, with `id`) as a FeatureCollection with these properties; `beside` are members of its own beside the features.

    Coordinates have 6 decimals; a missing value is left out; the `id` stands both at the feature and among its properties, since
    Leaflet's styles see the one and RFC 7946 asks for the other.
    """
    kept = [column for column in columns if column in layer.columns and column not in ("id", layer.geometry.name)]
    features = [_features(layer.iloc[low : low + _ROWS_AT_ONCE], kept) for low in range(0, len(layer), _ROWS_AT_ONCE)]
    members = [b"," + _text(name) + b":" + written(part) for name, part in beside.items()]
    return Written(b"".join([b'{"type":"FeatureCollection","features":[', b",\n".join(features), b"]", *members, b"}"]))


def _features(layer: gpd.GeoDataFrame, columns: Sequence[str]) -> bytes:
    ids = _values_text(layer["id"], b"")
    properties = [_values_text(layer[name], b"," + _text(name) + b":") for name in columns]
    rows = zip(repeat(b'{"type":"Feature","id":'), ids, repeat(b',"geometry":'), _geometries(layer.geometry.to_numpy()),
               repeat(b',"properties":{"id":'), ids, *properties, repeat(b"}}"))
    return b",\n".join(map(b"".join, rows))


def _values_text(column: pd.Series[Any], before: bytes) -> list[bytes]:
    """Every value of a column as JSON with `before` before it; nothing where it is missing."""
    values = _values(column)
    if not values:
        return []
    if column.dtype == object and any(isinstance(value, list | dict) for value in values):
        return [before + _text(value) if value is not None else b"" for value in values]
    # All in one go, each on a line of its own: no text of JSON has a line break inside a value.
    lines = json.dumps(values, ensure_ascii=False, allow_nan=False, separators=("\n", ":"))[1:-1].encode()
    texts = (before + lines.replace(b"\n", b"\n" + before)).split(b"\n")
    return [b"" if text == before + b"null" else text for text in texts] if b"null" in lines else texts


def _values(column: pd.Series[Any]) -> list[Any]:
    """A column as plain JSON values, missing ones (None, NaN, NA, infinity) as None."""
    if column.dtype == np.float64 and (np.abs(column) < _MOST_ROUNDED).all():
        return [int(value) if value.is_integer() else value for value in np.round(column.to_numpy(), 3).tolist()]
    if pd.api.types.infer_dtype(column, skipna=False) in ("string", "boolean") and not column.isna().any():
        return column.tolist()
    return [plain(value) for value in column.tolist()]


def plain(value: Any) -> Any:
    """A number, flag, text or list as JSON has it; whole floats as integers, others with 3 decimals, the missing as None."""
    if value is None or value is pd.NA:
        return None
    if isinstance(value, list | tuple | np.ndarray):
        return [plain(part) for part in value]
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        if not np.isfinite(value):
            return None
        return int(value) if value.is_integer() else round(value, 3)
    return value


def _geometries(shapes: Shapes) -> list[bytes]:
    """Every geometry as a GeoJSON object, in the order given; a geometry type at a time."""
    kinds = shapely.get_type_id(shapes)
    odd = ~np.isin(kinds, list(_NAMES)) | shapely.is_empty(shapes) | ~(np.abs(shapely.bounds(shapes)) < _MOST_DEGREES).all(axis=1)
    told = np.full(len(shapes), b"null", dtype=object)
    for kind, name in _NAMES.items():
        at = np.flatnonzero((kinds == kind) & ~odd)
        if at.size:
            told[at] = _of_one_kind(shapes[at], name)
    told[odd] = [(text or "null").encode() for text in shapely.to_geojson(shapely.transform(shapes[odd], lambda xy: np.round(xy, DECIMALS)))]
    return told.tolist()


def _of_one_kind(shapes: Shapes, name: str) -> list[bytes]:
    """Geometries of one type, none of them empty; shapely's offsets say where rings, parts and features begin."""
    xy, offsets = _flat(shapes, name)
    words = _words(xy)
    starts = np.arange(len(xy) + 1)
    for depth, level in enumerate(offsets, start=1):
        starts = starts[level]
        words[starts[:-1], 0], words[starts[1:] - 1, -1] = _OPEN[depth], _CLOSE[depth]
    words[starts[1:] - 1, -1] = _LAST[len(offsets)]
    texts = words.tobytes().translate(None, b" ").split(b"\n")[:-1]
    before = b'{"type":"%s","coordinates":' % name.encode()
    return [before + text + b"}" for text in texts]


def _flat(shapes: Shapes, name: str) -> tuple[NDArray[np.float64], Sequence[NDArray[np.int64]]]:
    """All positions, and where rings, parts and features begin among them; polygons without holes are told so sooner than by shapely."""
    if name == "Polygon" and not shapely.get_num_interior_rings(shapes).any():
        rings = np.concatenate([[0], np.cumsum(shapely.get_num_coordinates(shapes))])
        return shapely.get_coordinates(shapes), (rings, np.arange(len(rings)))
    _, xy, offsets = shapely.to_ragged_array(shapes, include_z=False)
    return xy, offsets


def _words(xy: NDArray[np.float64]) -> Words:
    """(n, 8) words for (n, 2) degrees: what stands before the position, three words each for longitude and latitude, what stands after."""
    millionths = np.rint(xy * 10**DECIMALS).astype(np.int32)
    thousandths, low = np.divmod(np.abs(millionths), 1000)
    degrees, middle = np.divmod(thousandths, 1000)
    degrees += 1000 * (millionths < 0)
    middle += 1000 * (low == 0)
    words = np.empty((len(xy), 8), dtype=np.uint32)
    words[:, 0], words[:, -1] = _OPEN[0], _CLOSE[0]
    for axis, end in enumerate((_COMMA, _BRACKET)):
        words[:, 3 * axis + 1 : 3 * axis + 4] = np.column_stack([_DEGREES[degrees[:, axis]], _MIDDLE[middle[:, axis]], end[low[:, axis]]])
    return words


def _lookup(texts: Iterable[str]) -> Words:
    """Texts of at most four characters as words."""
    return np.frombuffer("".join(text.rjust(4) for text in texts).encode(), dtype=np.uint32)


_DEGREES = _lookup([f"{sign}{number}" for sign in ("", "-") for number in range(1000)])
# The thousandths once as they stand before millionths, once as they end a number: 121.400 is 121.4, and 121.000 is 121.0.
_MIDDLE = _lookup([f".{number:03}" for number in range(1000)] + [f".{f'{number:03}'.rstrip('0') or '0'}" for number in range(1000)])
_COMMA, _BRACKET = (_lookup([f"{number:03}".rstrip("0") + end for number in range(1000)]) for end in ",]")
# By how many parts begin or end at a position; the last position of a feature ends its line.
_OPEN = _lookup("[" * (depth + 1) for depth in range(4))
_CLOSE, _LAST = _lookup("]" * depth + "," for depth in range(4)), _lookup("]" * depth + "\n" for depth in range(4))
