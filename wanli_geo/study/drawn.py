"""A line of the workspace as one walks it: chained, begun at its start, the longest of several; and features told by chainage on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pyproj
import shapely

from wanli_geo.errors import NothingToAnswer
from wanli_geo.network.graph import Floats
from wanli_geo.routes.line import Route, at, cut, locate, routes_of
from wanli_geo.routes.stretches import Stretches
from wanli_geo.workspace.specs import spec_of
from wanli_geo.workspace.store import Workspace, to_degrees

# A start farther from the line than this is the start of another.
START_M = 25.0


@dataclass(frozen=True, eq=False)
class Drawn:
    """A layer of lines as one walks it.

    Attributes:
        route: its longest line, from the start.
        rows: the layer's rows, metric.
        others_m: lengths of the other lines, which do not meet the longest.
        start: the name of the place it begins at; None where it begins as drawn.
    """

    workspace: Workspace
    layer: str
    route: Route
    rows: gpd.GeoDataFrame
    others_m: tuple[float, ...]
    start: str | None

    @property
    def pieces(self) -> int:
        return 1 + len(self.others_m)

    @property
    def degrees(self) -> shapely.LineString:
        """The line in WGS84; a closed one ends exactly where it begins."""
        xy = self.route.xy.copy()
        if self.route.closed:
            xy[-1] = xy[0]
        return to_degrees(shapely.linestrings(xy), self.workspace.catalogue.metric_crs)

    @property
    def ellipsoid_m(self) -> float:
        """Its length on the ellipsoid, WGS 84."""
        return float(pyproj.Geod(ellps="WGS84").geometry_length(self.degrees))

    def points(self, columns: Mapping[str, Any], chainage: Floats, prefix: str) -> gpd.GeoDataFrame:
        """Features at chainages (k,), numbered in the order given."""
        shapes = to_degrees(shapely.points(at(self.route, chainage)), self.workspace.catalogue.metric_crs)
        return _features({**columns, "chainage_m": chainage}, shapes, prefix)

    def lines(self, parts: Stretches, columns: Mapping[str, Any], prefix: str) -> gpd.GeoDataFrame:
        """Features along stretches; one whose end lies beyond the length goes over the seam and ends before it begins."""
        shapes = [cut(self.route, low, high).line for low, high in zip(parts.start, parts.end, strict=True)]
        end = np.where(parts.end > self.route.length_m + 1e-6, parts.end - self.route.length_m, parts.end)
        placed = {"from_m": parts.start, "to_m": end, "metres": parts.metres}
        return _features({**placed, **columns}, to_degrees(np.array(shapes, dtype=object), self.workspace.catalogue.metric_crs), prefix)


def _features(columns: Mapping[str, Any], shapes: Any, prefix: str) -> gpd.GeoDataFrame:
    ids = [f"{prefix}-{number}" for number in range(1, len(shapes) + 1)]
    return gpd.GeoDataFrame({"id": ids, **columns}, geometry=list(shapes), crs="EPSG:4326")


def drawn(workspace: Workspace, layer: str) -> Drawn:
    """Take the lines of a layer as one walks them.

    Raises:
        NothingToAnswer: the layer has no line.
    """
    rows = workspace.metric(layer)
    shapes = rows.geometry.to_numpy()
    rows = rows[shapely.get_dimensions(shapes) == 1].reset_index(drop=True)
    routes = routes_of(rows.geometry.to_numpy())
    if not routes:
        spec = spec_of(layer)
        raise NothingToAnswer(
            f"工作区里没有{spec.zh}（{layer}）；请用 wanli-geo import 导入，或在编辑台画一条线。",
            f"The workspace has no {spec.en.lower()} ({layer}); bring one in with wanli-geo import, or draw a line on the desk.",
        )
    route, start = _from_start(workspace, routes[0], layer)
    return Drawn(workspace, layer, route, rows, tuple(one.length_m for one in routes[1:]), start)


def _from_start(workspace: Workspace, route: Route, layer: str) -> tuple[Route, str | None]:
    """The route begun at the amenity of kind `start` on it; an open one, or one without such a place, as drawn."""
    amenities = workspace.metric("run_amenities")
    starts = amenities[amenities["kind"] == "start"] if layer == "night_run" else amenities.iloc[:0]
    if not len(starts) or not route.closed:
        return route, None
    found = locate(route, shapely.get_coordinates(starts.geometry.to_numpy()))
    nearest = int(np.abs(found.offset).argmin())
    if abs(found.offset[nearest]) > START_M:
        return route, None
    where = float(found.chainage[nearest])
    name = starts["name"].iloc[nearest]
    return cut(route, where, where), str(name) if isinstance(name, str) else str(starts["id"].iloc[nearest])
