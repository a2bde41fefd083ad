"""The lines one walks that run on a closed stretch: which metres of them, and the way round for who walks them."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from wanli_geo.network.closing import Closing
from wanli_geo.planning.closures import Closed, along
from wanli_geo.routes.alongside import ON_STREET_M
from wanli_geo.routes.line import Route, cut, routes_of
from wanli_geo.study.detours import layer_of_rows, way_between
from wanli_geo.study.ground import Ground

# A line that runs on the closed stretch for less than this only touches it.
_TOUCH_M = 5.0
# Where a line leaves the works between corners one walks on to an open street so near.
_BY_M = 20.0
LINES = ("red_walkway", "night_run")
_COLUMNS = ("id", "layer", "line_id", "name", "name_en", "from_m", "to_m", "metres", "detour_m", "extra_m")


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
    return layer_of_rows(rows, _COLUMNS, ground)


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
    way = way_between(rest.network, *ends, by_m=_BY_M)
    return np.nan if way is None else way.metres
