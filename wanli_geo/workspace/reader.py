"""The strict reader: the bytes of one layer to a frame that keeps its contract, and a finding for everything that does not."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from wanli_geo.workspace.attributes import columns_of
from wanli_geo.workspace.findings import Finding
from wanli_geo.workspace.geojson import CRS, collector_at_rest, series_of
from wanli_geo.workspace.parsing import parse
from wanli_geo.workspace.shapes import shapes_of
from wanli_geo.workspace.specs import LayerSpec


def read_layer(content: bytes, spec: LayerSpec) -> tuple[gpd.GeoDataFrame, list[Finding]]:
    """Read a layer from the bytes of its GeoJSON file. Never raises for anything in `content`.

    Returns:
        the features without an error, in the order of the file, as `layer_of` would hold them, columns of no contract (object)
        after those of `spec` by name; and all findings, those of the whole file first, then by feature and column. A feature with
        an error is left out; an error of the whole file (`index` None) leaves all out.
    """
    with collector_at_rest():
        return _read(content, spec)


def _read(content: bytes, spec: LayerSpec) -> tuple[gpd.GeoDataFrame, list[Finding]]:
    features, findings = parse(content, spec.name)
    shapes, shape_findings = shapes_of(features, spec)
    columns, column_findings = columns_of(features, spec)
    findings = _ordered([*findings, *shape_findings, *column_findings], spec)
    bad = {finding.index for finding in findings if finding.severity == "error"}
    keep = [row for row, index in enumerate(features.index) if index not in bad and None not in bad]
    held = {column.name: series_of(column, [columns[column.name][row] for row in keep]) for column in spec.columns}
    extras = {name: pd.Series([values[row] for row in keep], dtype=object) for name, values in columns.items() if name not in held}
    return gpd.GeoDataFrame(held | extras, geometry=shapes[keep], crs=CRS), findings


def _ordered(findings: list[Finding], spec: LayerSpec) -> list[Finding]:
    place = {column.name: at for at, column in enumerate(spec.columns)}
    return sorted(findings, key=lambda one: (-1 if one.index is None else one.index, place.get(one.column or "", len(place))))
