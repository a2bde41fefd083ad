"""A layer and its file: how a layer is built from rows, and the one writer of GeoJSON (RFC 7946). Reading is `reader.py`."""

from __future__ import annotations

import gc
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from wanli_geo.errors import BadLayer, UnknownDatum
from wanli_geo.workspace.specs import Column, LayerSpec

CRS = "EPSG:4326"
DECIMALS = 7  # 1e-7 degree is 1.1 cm: finer than any survey here
GRID = 10.0**-DECIMALS
_NAMES = {0: "Point", 1: "LineString", 3: "Polygon", 4: "MultiPoint", 5: "MultiLineString", 6: "MultiPolygon"}  # by shapely's type id


def empty_layer(spec: LayerSpec) -> gpd.GeoDataFrame:
    """Make a layer without features, with every column of its contract."""
    return layer_of(spec, [], [])


def layer_of(spec: LayerSpec, rows: Sequence[dict[str, Any]], geometry: Any) -> gpd.GeoDataFrame:
    """Build a layer from one dict a feature (missing keys become missing values) and as many shapely geometries in WGS84.

    Returns:
        every column of `spec` in its order, then `geometry`: text, choices, dates, hours and lists as object (None where
        missing), numbers as float64 (NaN), flags as nullable boolean (NA).
    """
    columns = {column.name: series_of(column, [row.get(column.name) for row in rows]) for column in spec.columns}
    return gpd.GeoDataFrame(columns, geometry=list(geometry), crs=CRS)


def series_of(column: Column, values: list[Any]) -> pd.Series[Any]:
    """Hold the values of one column as `layer_of` says; None is missing."""
    if column.type in ("number", "integer"):
        return pd.Series([None if value is None else float(value) for value in values], dtype="float64")
    if column.type == "boolean":
        return pd.Series(values, dtype="boolean")
    return pd.Series(values, dtype=object)


def layer_bytes(layer: gpd.GeoDataFrame, spec: LayerSpec) -> bytes:
    """Write a layer as GeoJSON: the same layer gives the same bytes, whatever the order of its rows.

    Features stand one a line, ordered by id; properties in the order of `spec`, columns of no contract after them by name; missing
    values and empty texts left out; whole numbers without a point; coordinates WGS84, two dimensions, 7 decimals, rings by the
    right-hand rule. A polygon that the rounding would break is snapped to the 7-decimal grid with its topology kept.

    Raises:
        UnknownDatum: the layer does not state its CRS.
        BadLayer: an id is missing or given twice, a geometry is missing, invalid or vanishes by the rounding, a value is no JSON.
    """
    if layer.crs is None:
        raise UnknownDatum(
            f"图层 {spec.name} 未注明坐标系，不能写成文件；请先 set_crs。",
            f"Layer {spec.name} does not state its CRS, so it cannot be written; call set_crs first.",
        )
    if not layer.crs.equals(CRS, ignore_axis_order=True):
        layer = layer.to_crs(CRS)
    with collector_at_rest():
        return _written(layer, spec)


def _written(layer: gpd.GeoDataFrame, spec: LayerSpec) -> bytes:
    ids = _ids(layer, spec)
    order = sorted(range(len(ids)), key=ids.__getitem__)
    names, columns = _properties(layer, spec)
    shapes = _geometries(layer.geometry.to_numpy(), ids, spec)
    encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_plain).encode
    try:
        rows = list(zip(*columns, strict=True)) if columns else [()] * len(ids)
        lines = [encode(_feature(ids[row], names, rows[row], shapes[row])) for row in order]
        return "".join(['{"type":"FeatureCollection","features":[\n', ",\n".join(lines), "\n]}\n" if lines else "]}\n"]).encode()
    except (ValueError, TypeError) as wrong:
        raise BadLayer(
            f"图层 {spec.name} 里有写不成 JSON 的值（{wrong}）；请只用文字、有限的数、是否和列表。",
            f"Layer {spec.name} has a value that is no JSON ({wrong}); use texts, finite numbers, flags and lists only.",
        ) from wrong


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Let Python's cycle collector rest: a hundred thousand features make millions of lists and lines, and none is in a cycle."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def write_atomic(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old one or the new one, never half of it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _feature(key: str, names: Sequence[str], values: Iterable[Any], shape: dict[str, Any]) -> dict[str, Any]:
    properties = {name: value for name, value in zip(names, values, strict=True) if value is not None}
    return {"type": "Feature", "id": key, "properties": properties, "geometry": shape}


def _ids(layer: gpd.GeoDataFrame, spec: LayerSpec) -> list[str]:
    """The ids, each a text of its own."""
    ids: list[Any] = layer["id"].tolist() if "id" in layer else [None] * len(layer)
    if nameless := sum(not isinstance(key, str) or not key for key in ids):
        raise BadLayer(
            f"图层 {spec.name} 有 {nameless} 个要素没有编号；请给每个要素一个文字 id。",
            f"Layer {spec.name} has {nameless} feature(s) without an id; give each one a text id.",
        )
    if len(set(ids)) < len(ids):
        twice = next(key for key, nxt in pairwise(sorted(ids)) if key == nxt)
        raise BadLayer(
            f"图层 {spec.name} 里编号“{twice}”重复；请改成各不相同的 id。",
            f"Layer {spec.name} has the id “{twice}” twice; make every id different.",
        )
    return ids


def _properties(layer: gpd.GeoDataFrame, spec: LayerSpec) -> tuple[list[str], list[list[Any]]]:
    """Names and values of the properties in the order they are written; None is missing."""
    known = [column.name for column in spec.columns if column.name in layer and column.name != "id"]
    extra = sorted(str(name) for name in layer.columns if name not in known and name not in ("id", layer.geometry.name))
    names = [*known, *extra]
    return names, [_json_values(layer[name]) for name in names]


def _json_values(series: pd.Series[Any]) -> list[Any]:
    """A column as JSON values: missing and empty text None, whole numbers int."""
    values = series.astype(object).to_numpy(dtype=object, copy=True)
    values[series.isna().to_numpy()] = None
    return [_tidy(value) for value in values.tolist()]


def _tidy(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return None if isinstance(value, str) and not value.strip() else value


def _plain(value: Any) -> Any:
    """What json does not know: numpy's scalars and arrays, dates."""
    if isinstance(value, (np.generic, np.ndarray)):
        return value.tolist()
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__}: {value}")


def _geometries(shapes: Any, ids: list[str], spec: LayerSpec) -> list[dict[str, Any]]:
    """Every geometry as a GeoJSON object; coordinates are taken a whole geometry type at a time."""
    rounded = _rounded(shapes, ids, spec)
    written: list[dict[str, Any]] = [{}] * len(rounded)
    kinds = shapely.get_type_id(rounded)
    for kind in np.unique(kinds):
        at = np.flatnonzero(kinds == kind)
        for row, nested in zip(at.tolist(), _nested(rounded[at]), strict=True):
            written[row] = {"type": _NAMES[int(kind)], "coordinates": nested}
    return written


def _rounded(shapes: Any, ids: list[str], spec: LayerSpec) -> Any:
    """Round to 7 decimals, every geometry valid and not empty."""
    _refuse(shapely.is_missing(shapes) | shapely.is_empty(shapes) | ~np.isin(shapely.get_type_id(shapes), list(_NAMES)), ids, spec,
            "没有可写的几何", "has no geometry that can be written")
    _refuse(~shapely.is_valid(shapes), ids, spec, "几何自相交或不完整", "has a geometry that crosses itself or is not whole")
    rounded = np.asarray(_round(shapely.force_2d(shapes)), dtype=object)
    broken = np.flatnonzero(~shapely.is_valid(rounded))
    if broken.size:
        rounded[broken] = _round(shapely.set_precision(shapely.force_2d(shapes[broken]), GRID))
    _refuse(shapely.is_empty(rounded) | ~shapely.is_valid(rounded), ids, spec,
            "小于 1 厘米，保留 7 位小数后消失", "is smaller than a centimetre and vanishes at 7 decimals")
    return rounded


def _round(shapes: Any) -> Any:
    # Adding zero turns -0.0 into 0.0.
    return shapely.transform(shapes, lambda xy: np.round(xy, DECIMALS) + 0.0)


def _refuse(wrong: Any, ids: list[str], spec: LayerSpec, zh: str, en: str) -> None:
    if wrong.any():
        first = ids[int(np.flatnonzero(wrong)[0])]
        raise BadLayer(
            f"图层 {spec.name} 的要素“{first}”{zh}（共 {int(wrong.sum())} 个）；请先改正几何。",
            f"Feature “{first}” of layer {spec.name} {en} ({int(wrong.sum())} in all); mend the geometry first.",
        )


def _nested(shapes: Any) -> list[Any]:
    """Coordinates of geometries of one type as nested lists, rings by the right-hand rule."""
    _, xy, offsets = shapely.to_ragged_array(shapes)
    if len(offsets) >= 2 and shapely.get_dimensions(shapes[0]) == 2:
        xy = _right_handed(xy, offsets[0], offsets[1])
    nested = xy.tolist()
    for level in offsets:
        nested = [nested[start:end] for start, end in pairwise(level.tolist())]
    return nested


def _right_handed(xy: Any, rings: Any, polygons: Any) -> Any:
    """Turn outer rings counter-clockwise and holes clockwise (RFC 7946, 3.1.6); each ring keeps its first vertex."""
    sizes = np.diff(rings)
    ring = np.repeat(np.arange(len(sizes)), sizes)
    x, y = (xy - xy[rings[:-1]][ring]).T  # from the ring's first vertex, or the area drowns in rounding
    after = np.minimum(np.arange(len(xy)) + 1, len(xy) - 1)
    # The step from one ring's last vertex into the next ring counts nothing: the last vertex is the first, at the origin.
    twice_area = np.add.reduceat(x * y[after] - x[after] * y, rings[:-1])
    outer = np.zeros(len(sizes), dtype=bool)
    outer[polygons[:-1]] = True
    turn = (twice_area > 0) != outer
    here = np.arange(len(xy))
    return xy[np.where(turn[ring], (rings[:-1] + rings[1:] - 1)[ring] - here, here)]
