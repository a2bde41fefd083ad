"""What a proposed loop is like, metre by metre: its lamps, green and water by stretches, and where it crosses a road."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from wanli_geo.network.graph import Floats
from wanli_geo.planning.loops.graph import LoopGraph
from wanli_geo.planning.loops.proposals import Proposal, crossed_at
from wanli_geo.routes.line import Route, at, cut
from wanli_geo.study.ground import Ground
from wanli_geo.workspace.store import to_degrees

_TOLD = ("lit", "green", "water")


def along(ground: Ground, qualities: Mapping[str, Floats], found: Sequence[tuple[Proposal, float]]) -> gpd.GeoDataFrame:
    """Give the stretches of each loop and its length on the ellipsoid, neighbours that are alike joined.

    Columns: loop, from_m, to_m, metres, kind of street, and `lit`, `green`, `water`: the shares of the stretch, 0 to 1.
    """
    kind = ground.streets["kind"].to_numpy(object)[ground.network.street]
    rows, lines = [], []
    for rank, (loop, length_m) in enumerate(found, start=1):
        route = Route(loop.xy)
        told = [(kind[edge], *(float(qualities[name][edge]) for name in _TOLD)) for edge, _, _ in loop.parts]
        ends = np.cumsum([abs(end - begin) for _, begin, end in loop.parts])
        last = [row for row in range(len(told)) if row + 1 == len(told) or told[row + 1] != told[row]]
        starts = [0.0, *ends[last[:-1]].tolist()]
        for number, (start, row) in enumerate(zip(starts, last, strict=True), start=1):
            scale = length_m / ends[-1]
            rows.append({"id": f"loop-{rank}-along-{number}", "loop": f"loop-{rank}", "from_m": start * scale, "to_m": ends[row] * scale,
                         "metres": (ends[row] - start) * scale, "kind": told[row][0], **dict(zip(_TOLD, told[row][1:], strict=True))})
            lines.append(cut(route, start, ends[row]).line if len(last) > 1 else route.line)
    return _in_degrees(ground, rows, lines)


def crossings(ground: Ground, graph: LoopGraph, found: Sequence[tuple[Proposal, float]]) -> gpd.GeoDataFrame:
    """Give the corners where each loop crosses roads: loop, chainage_m, kind, and how many `roads` at once."""
    rows, points = [], []
    for rank, (loop, length_m) in enumerate(found, start=1):
        chainage, roads = crossed_at(graph, loop)
        points += shapely.points(at(Route(loop.xy), chainage)).tolist()
        rows += [{"id": f"loop-{rank}-crossing-{number}", "loop": f"loop-{rank}", "chainage_m": metres, "kind": "road_crossed", "roads": count}
                 for number, (metres, count) in enumerate(zip((chainage * length_m / loop.metres).tolist(), roads.tolist(), strict=True), start=1)]
    return _in_degrees(ground, rows, points, ("id", "loop", "chainage_m", "kind", "roads"))


def _in_degrees(
    ground: Ground, rows: Sequence[Mapping[str, object]], shapes: Sequence[shapely.Geometry], columns: Sequence[str] | None = None,
) -> gpd.GeoDataFrame:
    degrees = to_degrees(np.array(shapes, dtype=object), ground.workspace.catalogue.metric_crs)
    return gpd.GeoDataFrame(pd.DataFrame(rows, columns=columns), geometry=degrees, crs="EPSG:4326")
