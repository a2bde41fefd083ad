"""Which stretches of which streets a closure closes: by name, between two points of a street, or along a line."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
import shapely.ops
from numpy.typing import NDArray

from wanli_geo.errors import BadMeasure
from wanli_geo.network.graph import Floats, Ints
from wanli_geo.network.noding import TOUCH_M
from wanli_geo.routes.line import Route, Shapes, cut, locate, routes_of, split
from wanli_geo.workspace.store import Workspace, to_metres

Place = tuple[float, float]
# What is closed along a line drawn by hand: pieces of street this near to it, and running with it.
ALONG_M = 8.0
# A point given on a street may lie this far beside it.
BESIDE_M = 50.0
# A piece shorter than a metre is where a line was drawn a little long, or a crossing street.
_LEAST_M = 1.0
# Less than chainages reckoned in two ways differ by.
_SAME_M = 1e-6
_ALONG_SHARE = np.cos(np.radians(35.0))
# An end of a closed stretch this near to a corner means the corner.
CORNER_M = 3.0
_OVER_OR_UNDER = ("footbridge", "underpass")
_NEAR = 5


@dataclass(frozen=True)
class CloseStretch:
    """A stretch of street taken as closed to everybody on foot; corners with open streets stay passable.

    Attributes:
        street: name or id; every street of that name. "" for whatever runs along the line.
        between: two places (longitude, latitude) by the street, which is closed from one to the other; () for all of it.
        line: vertices (longitude, latitude) along which streets are closed.
    """

    street: str = ""
    between: tuple[Place, ...] = ()
    line: tuple[Place, ...] = ()


@dataclass(frozen=True, eq=False)
class Closed:
    """What is closed: (k,) `row` of the streets layer, from `start` to `end` metres along it, and the metric `lines` (k,)."""

    row: Ints
    start: Floats
    end: Floats
    lines: Shapes

    @property
    def metres(self) -> Floats:
        return self.end - self.start


def closed_by(workspace: Workspace, closures: Sequence[CloseStretch]) -> Closed:
    """Find what closures close, each stretch once; ordered by row and start.

    Raises:
        BadMeasure: there is no such street, a point lies beside it, or no street runs along the line.
    """
    streets = workspace.metric("streets")
    found = [part for one in closures for part in _parts(workspace, streets, one)]
    merged = _merged(found)
    lines = [_substring(streets.geometry.iloc[row], start, end) for row, start, end in merged]
    columns = list(zip(*merged, strict=True)) or [(), (), ()]
    return Closed(np.array(columns[0], dtype=np.int64), np.array(columns[1], dtype=float), np.array(columns[2], dtype=float),
                  np.array(lines, dtype=object))


def missed_m(workspace: Workspace, closures: Sequence[CloseStretch], closed: Closed) -> float:
    """Metres of the lines drawn that run along no street, where nothing is closed."""
    crs = workspace.catalogue.metric_crs
    lines = [shapely.linestrings(_metric(one.line, crs)) for one in closures if one.line and not one.between]
    beside = shapely.buffer(shapely.union_all(closed.lines), ALONG_M + _SAME_M)
    return float(shapely.length(shapely.difference(shapely.union_all(lines), beside)))


def _parts(workspace: Workspace, streets: gpd.GeoDataFrame, closure: CloseStretch) -> list[tuple[int, float, float]]:
    crs = workspace.catalogue.metric_crs
    rows = streets_called(streets, closure.street) if closure.street else np.arange(len(streets))
    shapes = streets.geometry.to_numpy()
    if closure.between:
        line = _between(shapes[rows], _metric(closure.between, crs), closure.street)
    elif closure.line:
        line = _metric(closure.line, crs)
    else:
        return [(int(row), 0.0, float(shapes[row].length)) for row in rows]
    if not closure.street:  # what passes over or under the works stays open
        rows = np.flatnonzero(~streets["kind"].isin(_OVER_OR_UNDER).to_numpy(bool))
    parts = along(shapes, rows, Route(line))
    if not parts:
        raise _no_street(streets, shapely.linestrings(line))
    return _to_corners(shapes, _unwound(shapes, parts))


def _metric(places: Sequence[Place], crs: str) -> Floats:
    degrees = np.asarray(places, dtype=np.float64).reshape(-1, 2)
    if not np.isfinite(degrees).all() or (np.abs(degrees) > [180, 90]).any():
        raise BadMeasure("封闭段有一个点不在地球上；请写 经度,纬度，如 121.401,31.271。",
                         "A place of the closed stretch is not on the globe; write longitude, latitude such as 121.401,31.271.")
    if len(degrees) < 2:
        raise BadMeasure("封闭的一段至少要两个点，写经度,纬度，如 121.401,31.271。",
                         "A closed stretch takes two places at least, longitude, latitude such as 121.401,31.271.")
    return shapely.get_coordinates(to_metres(shapely.points(degrees), crs))


def streets_called(streets: gpd.GeoDataFrame, text: str) -> Ints:
    """(k,) rows of the streets of this id, else of this name in Chinese or English.

    Raises:
        BadMeasure: there is none; the sentence names those most alike.
    """
    wanted = text.strip().casefold()
    for column in ("id", "name", "name_en"):
        rows = np.flatnonzero((streets[column].fillna("").str.strip().str.casefold() == wanted).to_numpy(bool))
        if wanted and len(rows):
            return rows
    names = [name for column in ("name", "name_en", "id") for name in streets[column].dropna().unique()]
    near = difflib.get_close_matches(text, names, n=_NEAR, cutoff=0.5)
    near += [name for name in names if wanted and wanted in name.casefold() and name not in near][: _NEAR - len(near)]
    hint_zh, hint_en = (f"相近的有 {'、'.join(near)}", f"near it: {', '.join(near)}") if near else (
        "请按地图上标的路名写", "write it as the map does")
    raise BadMeasure(f"没有叫“{text}”的路；{hint_zh}。", f"There is no street “{text}”; {hint_en}.")


def _between(shapes: Shapes, ends: Floats, street: str) -> Floats:
    """(v, 2) the stretch of a street between two places beside it, on the piece of the street they are nearest to."""
    best = min(routes_of(shapes), key=lambda route: float(np.abs(locate(route, ends).offset).sum()))
    place = locate(best, ends)
    if (off := float(np.abs(place.offset).max())) > BESIDE_M:
        raise BadMeasure(f"给的点离“{street}”有 {off:.0f} 米，超过 {BESIDE_M:g} 米；请点在路上，或换一条路。",
                         f"A place given is {off:.0f} m from “{street}”, more than {BESIDE_M:g} m; choose places on it, or another street.")
    if float(np.ptp(place.chainage)) < _LEAST_M:
        raise BadMeasure(f"两个点落在“{street}”的同一处；请给封闭段的两头。",
                         f"Both places are at one spot of “{street}”; give the two ends of the closed stretch.")
    return _shorter(best, *sorted(place.chainage.tolist()))


def _shorter(route: Route, low: float, high: float) -> Floats:
    """Between two chainages; of a ring the shorter way round."""
    if route.closed and high - low > route.length_m / 2:
        low, high = high, low
    return cut(route, low, high).xy


def along(shapes: Shapes, rows: Ints, route: Route, *, within_m: float = ALONG_M) -> list[tuple[int, float, float]]:
    """The stretches of `shapes[rows]` that run along a route, near it and between its ends: (row, from, to) each.

    One over the seam of a ring begins before 0 or ends beyond its length.
    """
    # A ring in two halves, so that each has two ends.
    halves = split(route, np.array([route.length_m / 2])) if route.closed else [route]
    return [part for half in halves for part in _along(shapes, rows, half.line, within_m)]


def _along(shapes: Shapes, rows: Ints, line: shapely.LineString, within_m: float) -> list[tuple[int, float, float]]:
    corridor = shapely.buffer(line, within_m, cap_style="flat")
    near = rows[shapely.intersects(shapes[rows], corridor)]
    inside, of = shapely.get_parts(shapely.line_merge(shapely.intersection(shapes[near], corridor)), return_index=True)
    found = []
    for row, piece in zip(near[of], inside, strict=True):
        run = _trimmed(piece, line)
        if run is not None:
            # From its middle, which lies on one spot of a ring: the seam is both its beginning and its end.
            middle = shapely.line_locate_point(shapes[row], shapely.line_interpolate_point(run, 0.5, normalized=True))
            found.append((int(row), float(middle - run.length / 2), float(middle + run.length / 2)))
    return found


def _trimmed(piece: Any, line: shapely.LineString) -> Any | None:
    """A piece without what turns away at its ends; None for one that does not run along the line at all."""
    xy = shapely.get_coordinates(piece)
    gained = np.abs(np.diff(shapely.line_locate_point(line, shapely.points(xy))))
    runs = np.flatnonzero(gained >= _ALONG_SHARE * np.hypot(*np.diff(xy, axis=0).T))
    if not len(runs) or len(xy) < 2:
        return None
    run = shapely.linestrings(xy[runs[0] : runs[-1] + 2])
    far = abs(shapely.line_locate_point(line, shapely.Point(xy[runs[-1] + 1])) - shapely.line_locate_point(line, shapely.Point(xy[runs[0]])))
    return run if run.length >= _LEAST_M and far >= _ALONG_SHARE * run.length else None


def _unwound(shapes: Shapes, parts: Sequence[tuple[int, float, float]]) -> list[tuple[int, float, float]]:
    """What runs over the seam of a ring as two stretches, before it and after it."""
    found = []
    for row, low, high in parts:
        whole = float(shapes[row].length)
        found += [(row, max(low + shift, 0.0), min(high + shift, whole)) for shift in (0.0, whole, -whole)
                  if min(high + shift, whole) - max(low + shift, 0.0) > _SAME_M]
    return found


def _to_corners(shapes: Shapes, parts: Sequence[tuple[int, float, float]]) -> list[tuple[int, float, float]]:
    """Let a stretch that ends by a corner end at the corner: nobody points to the centimetre, and a metre too far would close the corner."""
    tree = shapely.STRtree(shapes)
    moved = [(row, _to_corner(shapes, tree, row, low), _to_corner(shapes, tree, row, high)) for row, low, high in parts]
    return [(row, low, high) for row, low, high in moved if high - low > _SAME_M]


def _to_corner(shapes: Shapes, tree: shapely.STRtree, row: int, at: float) -> float:
    """The chainage of the nearest end or corner of a street within `CORNER_M` along it, else the one given."""
    whole, here = shapes[row], shapely.line_interpolate_point(shapes[row], at)
    others = tree.query(here, predicate="dwithin", distance=CORNER_M)
    others = shapes[others[others != row]]
    by = shapely.intersection(whole, shapely.buffer(here, CORNER_M))
    met = others[shapely.distance(by, others) <= TOUCH_M]
    corners = shapely.line_locate_point(whole, shapely.get_point(shapely.shortest_line(by, met), 0))
    near = np.concatenate([corners, [0.0, whole.length]])
    near = near[np.abs(near - at) <= CORNER_M]
    return float(near[np.argmin(np.abs(near - at))]) if len(near) else at


def _merged(parts: list[tuple[int, float, float]]) -> list[tuple[int, float, float]]:
    """Join stretches of one street that meet, so that the order and the number of closures change nothing."""
    joined: list[tuple[int, float, float]] = []
    for row, low, high in sorted(parts):
        if joined and joined[-1][0] == row and low <= joined[-1][2] + _SAME_M:
            joined[-1] = (row, joined[-1][1], max(high, joined[-1][2]))
        else:
            joined.append((row, low, high))
    return joined


def _substring(shape: Any, start: float, end: float) -> Any:
    """A stretch of a line; of one in several parts, those parts of it."""
    pieces, at = [], 0.0
    for part in shapely.get_parts(shape):
        low, high = max(start - at, 0.0), min(end - at, part.length)
        if high - low > _SAME_M:
            pieces.append(shapely.ops.substring(part, low, high))
        at += part.length
    return pieces[0] if len(pieces) == 1 else shapely.MultiLineString(pieces)


def without(streets: gpd.GeoDataFrame, closed: Closed) -> gpd.GeoDataFrame:
    """Give the streets (metric) split where they are closed: the closed pieces `closed`, the rest as before, ids with a suffix."""
    if not len(closed.row):
        return streets
    kept = streets[~np.isin(np.arange(len(streets)), closed.row)]
    taken, pieces = set(streets["id"]), []
    for row in np.unique(closed.row):
        whole, mine = streets.iloc[row], closed.row == row
        bounds = np.unique(np.concatenate([[0.0], closed.start[mine], closed.end[mine], [whole.geometry.length]]))
        shut = np.any((bounds[:-1, None] >= closed.start[mine] - _SAME_M) & (bounds[1:, None] <= closed.end[mine] + _SAME_M), axis=1)
        for low, high, gone in zip(bounds[:-1], bounds[1:], shut, strict=True):
            if high - low > _SAME_M:
                name = _unused(str(whole["id"]), taken) if len(bounds) > 2 else whole["id"]
                pieces.append({**whole.to_dict(), "id": name, "status": "closed" if gone else whole["status"],
                               "geometry": _substring(whole.geometry, low, high)})
    split = gpd.GeoDataFrame(pieces, geometry="geometry", crs=streets.crs).astype(streets.drop(columns="geometry").dtypes.to_dict())
    return gpd.GeoDataFrame(pd.concat([kept, split], ignore_index=True), geometry="geometry", crs=streets.crs)


def _unused(identity: str, taken: set[str]) -> str:
    """The id with the first number behind it that no street has."""
    number = 1
    while f"{identity}~{number}" in taken:
        number += 1
    taken.add(f"{identity}~{number}")
    return f"{identity}~{number}"


def _no_street(streets: gpd.GeoDataFrame, line: shapely.LineString) -> BadMeasure:
    away: NDArray[np.float64] = shapely.distance(streets.geometry.to_numpy(), line)
    if not len(away):
        return BadMeasure("这个工作区没有道路，无从封闭；请补 streets 图层。", "This workspace has no street to close; add the layer streets.")
    nearest = streets.iloc[int(np.argmin(away))]
    named = nearest["name"] if isinstance(nearest["name"], str) else nearest["id"]
    return BadMeasure(
        f"画的线 {ALONG_M:g} 米内没有顺着它走的路；最近的是“{named}”，离它 {away.min():.0f} 米。请沿路画，或用 --street 写路名。",
        f"No street runs along the line within {ALONG_M:g} m; the nearest is “{named}”, {away.min():.0f} m away. Draw it along a street, "
        "or name one with --street.",
    )
