"""GeoJSON in and out: a strict reader that turns every fault into a finding, and a stable writer (RFC 7946)."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from wanli_geo.workspace.findings import Finding
from wanli_geo.workspace.specs import Column, LayerSpec

CRS = "EPSG:4326"
DECIMALS = 7


def empty_layer(spec: LayerSpec) -> gpd.GeoDataFrame:
    """Make a layer without features, with every column of its contract."""
    return layer_of(spec, [], [])


def layer_of(spec: LayerSpec, rows: list[dict[str, Any]], geometry: Any) -> gpd.GeoDataFrame:
    """Build a layer from one dict a feature (missing keys become missing values) and as many shapely geometries in WGS84.

    Returns:
        every column of `spec` in its order, then `geometry`: text, choices, dates, hours and lists as object (None where
        missing), numbers as float64 (NaN), flags as nullable boolean (NA).
    """
    columns = {column.name: _series(column, [row.get(column.name) for row in rows]) for column in spec.columns}
    return gpd.GeoDataFrame(columns, geometry=list(geometry), crs=CRS)


def _series(column: Column, values: list[Any]) -> pd.Series[Any]:
    if column.type in ("number", "integer"):
        return pd.Series([None if value is None else float(value) for value in values], dtype="float64")
    if column.type == "boolean":
        return pd.Series(values, dtype="boolean")
    return pd.Series(values, dtype=object)


def read_layer(content: bytes, spec: LayerSpec) -> tuple[gpd.GeoDataFrame, list[Finding]]:
    """STARTING POINT, to be replaced by the strict reader."""
    features = json.loads(content)["features"]
    rows = [{"id": feature.get("id"), **feature["properties"]} for feature in features]
    shapes = [shapely.from_geojson(json.dumps(feature["geometry"])) for feature in features]
    return layer_of(spec, rows, shapes), []


def layer_bytes(layer: gpd.GeoDataFrame, spec: LayerSpec) -> bytes:
    """STARTING POINT, to be replaced by the stable writer."""
    lines = []
    for row, shape in zip(layer.drop(columns="geometry").to_dict("records"), layer.geometry, strict=True):
        properties = {key: (value if isinstance(value, list) else None if pd.isna(value) else value) for key, value in row.items() if key != "id"}
        properties = {key: value for key, value in properties.items() if value is not None}
        rounded = shapely.set_precision(shape, 0)
        lines.append(json.dumps({"type": "Feature", "id": row["id"], "properties": properties,
                                 "geometry": json.loads(shapely.to_geojson(rounded))}, ensure_ascii=False))
    return ('{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n").encode()


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
