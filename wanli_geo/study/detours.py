"""The way round a closed stretch: from end to end on the streets left open, for everybody and without steps; and the lines it cuts into."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from wanli_geo.network.closing import Closing
from wanli_geo.network.graph import Floats
from wanli_geo.network.search import nearest, route, spread
from wanli_geo.network.snap import Attachments, attached
from wanli_geo.planning.closures import Closed, along
from wanli_geo.routes.alongside import ON_STREET_M, on_streets
from wanli_geo.routes.line import Route, cut, routes_of
from wanli_geo.study.ground import Ground
from wanli_geo.workspace.store import to_degrees

# The end of a stretch is the corner there, or where the street was cut.
_END_M = 1.0
# A line that runs on the closed stretch for less than this only touches it.
_TOUCH_M = 5.0
# Where a line leaves the works between corners one walks on to an open street so near.
_BY_M = 20.0
LINES = ("red_walkway", "night_run")
_COLUMNS = ("id", "stretch", "walker", "metres", "straight_m", "extra_m", "step_free_share", "lit_share", "crossings")
_TOUCHED = ("id", "layer", "line_id", "name", "name_en", "from_m", "to_m", "metres", "detour_m", "extra_m")


def detours(closed: Closed, walking: tuple[Ground, Closing], wheeled: tuple[Ground, Closing]) -> gpd.GeoDataFrame:
    """One row a contiguous closed run: the shortest open walk between its ends; a second one where a wheelchair must go another way.

    A run without a way round has a row without a line, and NaN metres; a closed ring has no ends to go between.
    """
    rows: list[dict[str, Any]] = []
    for number, run in enumerate(one for one in routes_of(closed.lines) if not one.closed):
        ways = [_way_round(run, *one) for one in (walking, wheeled)]
        rows.append(_row(number, "all", run, ways[0], walking[0]))
        if _differs(ways[0], ways[1]):
            rows.append(_row(number, "wheelchair", run, ways[1], wheeled[0]))
    return _layer(rows, _COLUMNS, walking[0])


def _differs(way: Floats | None, wheeled: Floats | None) -> bool:
    if way is None or wheeled is None:
        return (way is None) != (wheeled is None)
    return not shapely.equals_exact(shapely.linestrings(way), shapely.linestrings(wheeled), tolerance=0.01, normalize=True)


def _way_round(run: Route, ground: Ground, rest: Closing) -> Floats | None:
    """(v, 2) the shortest walk between the ends of a closed stretch; None where there is none."""
    start, end = (_at(rest, xy) for xy in (run.xy[0], run.xy[-1]))
    walks = nearest(rest.network, end, start, 1)
    if not np.isfinite(walks.metres[0]):
        return None
    return route(rest.network, spread(rest.network, end), start, walks, 0)


def _at(rest: Closing, xy: Floats, *, by_m: float = 0.0) -> Attachments:
    """One place of the works on the network, at every street that leaves it; where none does, at the nearest within `by_m`."""
    tree, point = rest.network.tree, shapely.points(xy[None])
    near = tree.query(point[0], predicate="dwithin", distance=_END_M)
    edge = near if len(near) or not by_m else tree.query_nearest(point[0], max_distance=by_m)
    return attached(rest.network, point, np.zeros(len(edge), dtype=np.int64), edge.astype(np.int64))


def _row(number: int, walker: str, run: Route, way: Floats | None, ground: Ground) -> dict[str, Any]:
    row = {"id": f"detour-{number + 1}" + ("" if walker == "all" else "-wheelchair"), "stretch": number + 1, "walker": walker,
           "metres": np.nan, "straight_m": run.length_m, "extra_m": np.nan, "step_free_share": np.nan, "lit_share": np.nan,
           "crossings": None, "geometry": None}
    if way is None or len(way) < 2:
        return row
    line, streets = Route(way), ground.streets
    under = on_streets(line, streets.geometry.to_numpy())
    street = under.value
    metres = under.metres

    def share(holds: np.ndarray[Any, Any]) -> float:
        return float(metres[(street >= 0) & np.append(holds, False)[street]].sum() / line.length_m)

    stepped = streets["kind"].isin(["steps", "footbridge", "underpass"]) & ~streets["step_free"].fillna(False).astype(bool)
    crossings = np.unique(street[(street >= 0) & np.append((streets["kind"] == "crossing").to_numpy(bool), False)[street]])
    return row | {
        "metres": line.length_m, "extra_m": line.length_m - run.length_m,
        "step_free_share": share(~(stepped | (streets["step_free"] == False).fillna(False)).to_numpy(bool)),  # noqa: E712
        "lit_share": share(streets["lit"].fillna(False).to_numpy(bool)) if streets["lit"].notna().any() else np.nan,
        "crossings": len(crossings), "geometry": line.line,
    }


def touched(ground: Ground, closed: Closed, rest: Closing) -> gpd.GeoDataFrame:
    """The stretches of the red walkway and the night run that run on what is closed, by chainage, with the way round each."""
    rows: list[dict[str, Any]] = []
    for layer in LINES:
        drawn = ground.workspace.metric(layer)
        for feature in drawn.to_dict("records"):
            for line in routes_of(np.array([feature["geometry"]], dtype=object)):
                rows += [_hit(layer, feature, line, stretch, closed, rest) for stretch in _on(line, closed)]
    for number, row in enumerate(rows):
        row["id"] = f"touched-{number + 1}"
    return _layer(rows, _TOUCHED, ground)


def _on(line: Route, closed: Closed) -> list[tuple[float, float]]:
    """From and to of each stretch of a line that runs on what is closed; on a loop one over the seam ends before it begins."""
    whole, shape = line.length_m, np.array([line.line], dtype=object)
    found = sorted((low, high) for run in routes_of(closed.lines)
                   for _, low, high in along(shape, np.zeros(1, dtype=np.int64), run, within_m=ON_STREET_M))
    bounds: list[tuple[float, float]] = []
    for low, high in found:
        if bounds and low - bounds[-1][1] < _TOUCH_M:
            bounds[-1] = (bounds[-1][0], max(high, bounds[-1][1]))
        else:
            bounds.append((low, high))
    long = [(low, high) for low, high in bounds if high - low >= _TOUCH_M]
    return [(0.0, whole) if high - low >= whole - _TOUCH_M else (_inside(low, whole), _inside(high, whole)) for low, high in long]


def _inside(chainage: float, whole: float) -> float:
    """A chainage before the seam of a loop or beyond it, as one on the loop."""
    return chainage if 0 <= chainage <= whole else chainage % whole


def _hit(layer: str, feature: dict[str, Any], line: Route, stretch: tuple[float, float], closed: Closed, rest: Closing) -> dict[str, Any]:
    start, end = stretch
    part = line if (start, end) == (0.0, line.length_m) else cut(line, start, end)
    around = np.nan if part.closed else _around(part, closed, rest)
    return {"id": "", "layer": layer, "line_id": feature["id"], "name": feature["name"], "name_en": feature["name_en"], "from_m": start,
            "to_m": end, "metres": part.length_m, "detour_m": around, "extra_m": around - part.length_m, "geometry": part.line}


def _around(part: Route, closed: Closed, rest: Closing) -> float:
    """Metres on open streets from where a stretch of a line comes onto the works to where it leaves them; NaN where there is no way."""
    works = shapely.union_all(closed.lines)
    ends = [shapely.get_coordinates(shapely.shortest_line(works, shapely.Point(xy)))[0] for xy in (part.xy[0], part.xy[-1])]
    start, end = (_at(rest, xy, by_m=_BY_M) for xy in ends)
    return float(np.nan_to_num(nearest(rest.network, end, start, 1).metres[0], posinf=np.nan))


def _layer(rows: list[dict[str, Any]], columns: tuple[str, ...], ground: Ground) -> gpd.GeoDataFrame:
    shapes = np.array([row.pop("geometry") for row in rows], dtype=object)
    crs = ground.workspace.catalogue.metric_crs
    degrees = to_degrees(shapes, crs) if len(shapes) else []
    return gpd.GeoDataFrame({name: [row[name] for row in rows] for name in columns}, geometry=degrees, crs="EPSG:4326")
