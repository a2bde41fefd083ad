"""What lies inside the boundary, and how much of it there is: layers cut to it, in metres."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from wanli_geo.workspace.services import features_of, in_service
from wanli_geo.workspace.store import Workspace, to_metres


def boundary_of(workspace: Workspace) -> shapely.Geometry | None:
    """The area of the subdistrict in metric coordinates; None where no boundary is drawn."""
    boundary = workspace.layer("boundary")
    if boundary.empty:
        return None
    return shapely.union_all(to_metres(boundary.geometry.to_numpy(), workspace.catalogue.metric_crs))


def inside(workspace: Workspace, name: str) -> gpd.GeoDataFrame:
    """A layer in metres, cut to the boundary; the whole layer where no boundary is drawn."""
    layer, area = workspace.metric(name), boundary_of(workspace)
    if area is None or layer.empty:
        return layer
    cut = layer.set_geometry(gpd.GeoSeries(shapely.intersection(layer.geometry.to_numpy(), area), index=layer.index, crs=layer.crs))
    return cut[~cut.geometry.is_empty]


def land_of(workspace: Workspace, code: str, area: shapely.Geometry) -> float | None:
    """Square metres inside an area of the features of a kind that are in service, ground under two of them once.

    None where the kind was not looked for and none is known: that is not zero.
    """
    features = features_of(workspace, code)
    used = features[in_service(features)]
    if used.empty and workspace.survey_of(code) == "none":
        return None
    shapes = to_metres(used.geometry.to_numpy(), workspace.catalogue.metric_crs)
    return float(shapely.area(shapely.intersection(shapely.union_all(shapes[shapely.get_dimensions(shapes) == 2]), area)))


@dataclass(frozen=True)
class Waters:
    """Metres of waterway inside the boundary; None where no line is drawn at all, and where nobody looked whether one walks along it.

    `through_m` has a continuous walk by the water, `broken_m` has not, of `unknown_m` it is not stated.
    """

    length_m: float | None
    through_m: float | None
    broken_m: float | None
    unknown_m: float | None


def waters_of(workspace: Workspace) -> Waters:
    """Measure the waterways; polygons have an edge but no length."""
    water = inside(workspace, "blue_net")
    through, known = water["through"], length_m(water)
    if known is None:
        return Waters(None, None, None, None)
    unknown = length_m(water[through.isna()]) or 0.0
    if np.isclose(known, unknown):
        return Waters(known, None, None, unknown)
    return Waters(known, _part_m(water, through.eq(True)), _part_m(water, through.eq(False)), unknown)


def _part_m(water: gpd.GeoDataFrame, chosen: pd.Series[bool]) -> float:
    return length_m(water[chosen.fillna(False).astype(bool)]) or 0.0


def length_m(layer: gpd.GeoDataFrame) -> float | None:
    """Length of the lines of a layer in metres; None where there is no line at all."""
    lines = layer[shapely.get_dimensions(layer.geometry.to_numpy()) == 1]
    return float(lines.length.sum()) if len(lines) else None
