"""The way round a closed stretch: from end to end on the streets left open, for everybody and without steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from wanli_geo.network.closing import Closing
from wanli_geo.network.graph import Floats, Ints, WalkNetwork
from wanli_geo.network.search import nearest, route, spread
from wanli_geo.network.snap import Attachments, attached
from wanli_geo.network.turns import metres, stretches
from wanli_geo.planning.closures import Closed
from wanli_geo.routes.line import Route, cut, routes_of
from wanli_geo.study.ground import Ground
from wanli_geo.workspace.store import to_degrees

# The end of a stretch is the corner there, or where the street was cut.
_END_M = 1.0
# What the noding of streets moves a corner by, and the rounding of coordinates.
_CORNER_M = 0.05
_COLUMNS = ("id", "stretch", "walker", "metres", "straight_m", "extra_m", "step_free_share", "lit_share", "crossings")


@dataclass(frozen=True, eq=False)
class Way:
    """A walk over a network: (v, 2) `xy`, and part by part the (k,) `street` walked, a row of the ground's, and its metres `on` it."""

    xy: Floats
    street: Ints
    on: Floats

    @property
    def metres(self) -> float:
        return float(self.on.sum())

    def share(self, holds: NDArray[np.bool_]) -> float:
        """The share of its length, 0 to 1, on streets (s,) of which something holds."""
        return float(self.on[holds[self.street]].sum() / self.on.sum())


def detours(closed: Closed, walking: tuple[Ground, Closing], wheeled: tuple[Ground, Closing]) -> gpd.GeoDataFrame:
    """One row a contiguous closed run: the shortest open walk from its first open corner to its last; another where a wheelchair must.

    `straight_m` is the shortest walk between the two as things are. A run without a way round has a row without a line, and NaN metres; a
    closed ring has no ends to go between.
    """
    rows: list[dict[str, Any]] = []
    level = walking[0].streets["id"].isin(wheeled[0].streets["id"]).to_numpy(bool)
    for number, whole in enumerate(one for one in routes_of(closed.lines) if not one.closed):
        run = _between_corners(whole, walking[1].network)
        ends = run.xy[0], run.xy[-1]
        ways = [way_between(rest.network, *ends) for _, rest in (walking, wheeled)]
        rows.append(_row(number, "all", ways[0], way_between(walking[0].network, *ends), walking[0], level))
        if _differs(ways[0], ways[1]):
            straight = way_between(wheeled[0].network, *ends)
            rows.append(_row(number, "wheelchair", ways[1], straight, wheeled[0], np.ones(len(wheeled[0].streets), dtype=bool)))
    return layer_of_rows(rows, _COLUMNS, walking[0])


def _between_corners(run: Route, network: WalkNetwork) -> Route:
    """A closed run from the first place where an open street leaves it to the last: beyond them nobody passes; all of it if there are none.

    Of several parts of the open network the one that meets the run farthest apart.
    """
    part = np.empty(len(network.nodes), dtype=np.int64)
    part[network.tail] = part[network.head] = network.component
    open_ = np.unique(np.concatenate([network.tail, network.head]))
    corners = open_[shapely.dwithin(shapely.points(network.nodes[open_]), run.line, _CORNER_M)]
    at = shapely.line_locate_point(run.line, shapely.points(network.nodes[corners]))
    spans = [(float(np.ptp(own)), float(own.min()), float(own.max())) for one in np.unique(part[corners]) for own in [at[part[corners] == one]]]
    widest = max(spans, default=(0.0, 0.0, 0.0))
    return cut(run, widest[1], widest[2]) if widest[0] > _END_M else run


def _differs(way: Way | None, wheeled: Way | None) -> bool:
    if way is None or wheeled is None:
        return (way is None) != (wheeled is None)
    return not shapely.equals_exact(shapely.linestrings(way.xy), shapely.linestrings(wheeled.xy), tolerance=0.01, normalize=True)


def way_between(network: WalkNetwork, start: Floats, end: Floats, *, by_m: float = 0.0) -> Way | None:
    """Walk from one place (2,) of the works to another on a network; None where there is no way, or no distance to go."""
    first, last = (_at(network, xy, by_m) for xy in (start, end))
    walks = nearest(network, last, first, 1)
    if not np.isfinite(walks.metres[0]):
        return None
    away = spread(network, last)
    parts = stretches(network, away, first, walks, 0)
    if not parts:
        return None
    street = network.street[[part.edge for part in parts]]
    return Way(route(network, away, first, walks, 0), street, np.array([metres(network, part) for part in parts]))


def _at(network: WalkNetwork, xy: Floats, by_m: float) -> Attachments:
    """One place of the works on the network, at every street that leaves it; where none does, at the nearest within `by_m`."""
    tree, point = network.tree, shapely.points(xy[None])
    near = tree.query(point[0], predicate="dwithin", distance=_END_M)
    edge = near if len(near) or not by_m else tree.query_nearest(point[0], max_distance=by_m)
    return attached(network, point, np.zeros(len(edge), dtype=np.int64), edge.astype(np.int64))


def _row(number: int, walker: str, way: Way | None, straight: Way | None, ground: Ground, level: NDArray[np.bool_]) -> dict[str, Any]:
    """One way round as a row; `level` (s,) says which streets of the ground a wheelchair can use."""
    before = np.nan if straight is None else straight.metres
    row = {"id": f"detour-{number + 1}" + ("" if walker == "all" else "-wheelchair"), "stretch": number + 1, "walker": walker,
           "metres": np.nan, "straight_m": before, "extra_m": np.nan, "step_free_share": np.nan, "lit_share": np.nan, "crossings": np.nan,
           "geometry": None}
    if way is None:
        return row
    lit, crossing = ground.streets["lit"], (ground.streets["kind"] == "crossing").to_numpy(bool)
    known = lit.notna().to_numpy(bool)[way.street].any()
    return row | {
        "metres": way.metres, "extra_m": way.metres - before, "step_free_share": way.share(level),
        "lit_share": way.share(lit.fillna(False).to_numpy(bool)) if known else np.nan,
        "crossings": len(np.unique(way.street[crossing[way.street]])), "geometry": shapely.linestrings(way.xy),
    }


def layer_of_rows(rows: Sequence[dict[str, Any]], columns: Sequence[str], ground: Ground) -> gpd.GeoDataFrame:
    """Rows with a metric `geometry`, or None, as a layer in WGS84."""
    shapes = np.array([row["geometry"] for row in rows], dtype=object)
    degrees = to_degrees(shapes, ground.workspace.catalogue.metric_crs) if len(shapes) else []
    return gpd.GeoDataFrame({name: [row[name] for row in rows] for name in columns}, geometry=degrees, crs="EPSG:4326")
