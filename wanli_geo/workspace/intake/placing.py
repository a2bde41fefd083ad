"""Where a file's rows lie in WGS84: their geometries, or the columns that give a place, by the datum or by control points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from wanli_geo.workspace.faults import found
from wanli_geo.workspace.findings import Finding
from wanli_geo.workspace.geojson import DECIMALS
from wanli_geo.workspace.intake.asked import Asked
from wanli_geo.workspace.intake.controls import Fit, fit
from wanli_geo.workspace.intake.datum import Judged, judge, known_datum
from wanli_geo.workspace.intake.raw import Raw
from wanli_geo.workspace.intake.values import Read
from wanli_geo.workspace.store import Workspace

Shapes = npt.NDArray[np.object_]

# Formats that are WGS84 by their rules, which the makers of maps in China do not keep: what they state is only a convention.
_BY_CONVENTION = ("kml", "gpx", "geojson")


@dataclass(frozen=True, eq=False)
class Placed:
    """(n,) geometries in WGS84, None where a row has none or where its place must be asked; and how that was found."""

    shapes: Shapes
    judged: Judged | None
    fit: Fit | None
    findings: tuple[Finding, ...]


def place(raw: Raw, read: Read, asked: Asked, workspace: Workspace, names: Sequence[str | None]) -> Placed:
    """Bring every row's own coordinates to WGS84, two dimensions, 7 decimals.

    Raises:
        UnknownDatum: the datum said, or that the file states, is none.
    """
    shapes, findings = _own_shapes(raw, read, asked.layer)
    shapes, heights = _flat(shapes)
    if heights:
        findings.append(found("three_d", asked.layer, column="geometry", count=heights))
    if asked.controls:
        fitted, told = fit(asked.controls, workspace.catalogue.metric_crs, asked.layer)
        return Placed(_moved(shapes, fitted), None, fitted, (*findings, *told))
    if not shapely.is_geometry(shapes).any():
        return Placed(shapes, None, None, tuple(findings))
    middle = shapely.get_coordinates(shapely.centroid(shapes[shapely.is_geometry(shapes)]))
    named = [name for name, has in zip(names, shapely.is_geometry(shapes), strict=True) if has]
    stated = asked.datum or _stated(raw)
    judged = judge(middle[:, 0], middle[:, 1], workspace, stated=stated, by_file=not asked.datum, names=named, layer=asked.layer)
    return Placed(_moved(shapes, judged.reading), judged, None, (*findings, *judged.findings))


def _stated(raw: Raw) -> str:
    datum = known_datum(raw.crs)
    return "" if raw.format in _BY_CONVENTION and datum == "wgs84" else datum


def _own_shapes(raw: Raw, read: Read, layer: str) -> tuple[Shapes, list[Finding]]:
    """(n,) geometries in the file's coordinates, None where there are none."""
    if raw.geometry is not None and shapely.is_geometry(raw.geometry).any():
        shapes = np.array(raw.geometry, dtype=object)
        shapes[shapely.is_empty(shapes)] = None
        return shapes, []
    if read.lon_x is not None and read.lat_y is not None:
        shapes = np.full(len(raw), None, dtype=object)
        rows = np.flatnonzero(np.isfinite(read.lon_x) & np.isfinite(read.lat_y))
        shapes[rows] = shapely.points(read.lon_x[rows], read.lat_y[rows])
        return shapes, []
    if read.wkt is not None:
        shapes = np.array(shapely.from_wkt(np.array(read.wkt, dtype=object), on_invalid="ignore"), dtype=object)
        bad = [row for row, text in enumerate(read.wkt) if text and shapes[row] is None]
        return shapes, [found("bad_wkt", layer, index=row, column="wkt", value=read.wkt[row]) for row in bad]
    return np.full(len(raw), None, dtype=object), []


def _flat(shapes: Shapes) -> tuple[Shapes, int]:
    """Take off heights, and the frame of a collection about one geometry; how many had heights."""
    heights = int(shapely.has_z(shapes).sum())
    shapes = np.array(shapely.force_2d(shapes), dtype=object)
    lone = np.flatnonzero((shapely.get_type_id(shapes) >= shapely.GeometryType.MULTIPOINT) & (shapely.get_num_geometries(shapes) == 1))
    shapes[lone] = shapely.get_geometry(shapes[lone], 0)
    return shapes, heights


def _moved(shapes: Shapes, way: Any) -> Shapes:
    """Nothing is placed where the way is not known; what cannot be projected is not finite and told as such later."""
    if way is None:
        return np.full(len(shapes), None, dtype=object)
    return np.array(shapely.transform(way.place(shapes), lambda xy: np.round(xy, DECIMALS) + 0.0), dtype=object)
