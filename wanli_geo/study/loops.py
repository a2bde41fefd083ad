"""Loops to run, of a length asked for: where they lead, by light, green and water, over how few roads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely

from wanli_geo.answer import Answer, Caveat, Fact
from wanli_geo.errors import BadMeasure, NothingToAnswer, OffNetwork
from wanli_geo.network.graph import Floats, Ints
from wanli_geo.network.snap import SNAP_M, Attachments, attached, snap
from wanli_geo.planning.loops.crossings import Kinds
from wanli_geo.planning.loops.graph import LoopGraph, prepared
from wanli_geo.planning.loops.proposals import Lollipop, Proposal, nearest_length, propose
from wanli_geo.planning.loops.score import CROSSING_M, WEIGHTS, pleasantness
from wanli_geo.planning.loops.search import Wish
from wanli_geo.routes.line import Route, at
from wanli_geo.study.ground import Ground
from wanli_geo.study.loops_along import along, crossings
from wanli_geo.study.words import data_caveats, made_of, when
from wanli_geo.workspace.services import in_service, services_of
from wanli_geo.workspace.store import metres_of, to_degrees

LEAST_M, MOST_M = 200.0, 20_000.0
# Lamps at most this far apart light a street: every metre of it is within half of that of one.
LAMPS_M, GREEN_M, WATER_M = 45.0, 20.0, 30.0
# A pavement this wide lets two runners pass; what nobody measured counts half.
WIDE_M, UNMEASURED = 3.0, 0.5
# Edges whose nearness differs by no more are equally near.
AT_ONCE_M = 1.0
# Part of the tolerance kept back for the scale of the projection, which changes a little along a loop.
_SPARE = 0.0005
# How many places are tried as the best start, and marks every so many metres.
STARTS, MARK_M = 24, 100.0
_OVER = ("footbridge", "underpass")
_GEOD = pyproj.Geod(ellps="WGS84")
_LAYERS = ("streets", "lamps", "green_vein", "blue_net", "run_amenities", "facilities", "entrances")

Degrees = tuple[float, float]


@dataclass(frozen=True)
class LoopWish:
    """What is asked for: `avoid` holds places (lon, lat) and names or ids of streets, `also` further lengths, one loop each."""

    length_m: float = 2500.0
    tolerance: float = 0.01
    through: tuple[Degrees, ...] = ()
    avoid: tuple[Degrees | str, ...] = ()
    proposals: int = 3
    lollipop: Lollipop = "auto"
    also: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        for length in (self.length_m, *self.also):
            if not LEAST_M < length <= MOST_M:
                raise BadMeasure(f"环线长度 {length:g} 米做不了；请给 {LEAST_M:g} 以上、{MOST_M:g} 以内的米数，如 2500。",
                                 f"No loop is made of {length:g} m; give more than {LEAST_M:g} and at most {MOST_M:g}, such as 2500.")
        if not 0.001 <= self.tolerance <= 0.2:
            raise BadMeasure(f"长度误差 {self.tolerance:g} 不合理；请给 0.001 到 0.2，如 0.01。",
                             f"A tolerance of {self.tolerance:g} makes no sense; give 0.001 to 0.2, such as 0.01.")
        if self.proposals < 1 or self.lollipop not in ("auto", "never", "always"):
            raise BadMeasure("方案数至少是 1，棒棒糖形（lollipop）只能是 auto、never 或 always。",
                             "Ask for one proposal at least, and lollipop auto, never or always.")


@dataclass(frozen=True, eq=False)
class Told:
    """The qualities (e,) 0 to 1 of the edges, and the graph without what is to be avoided."""

    qualities: dict[str, Floats]
    graph: LoopGraph


@dataclass(frozen=True)
class _Start:
    edge: int
    offset: float
    moved_m: float
    xy: tuple[float, float]


def loops(ground: Ground, start: Degrees | None, wish: LoopWish) -> Answer:
    """Propose loops from a place, or from the best of the places one may start at.

    Raises:
        OffNetwork: no street within 100 m of the start or of a place to pass.
        NothingToAnswer: there is no such loop; the sentence names the nearest length there is.
    """
    prepared_ = _told(ground, wish.avoid)
    starts = [_snapped(ground, prepared_.graph, start)] if start else _starts(ground, prepared_)
    tried = [(one, _proposed(ground, prepared_, one, wish)) for one in starts]
    best, found = max(tried, key=lambda pair: pair[1][0].score if pair[1] else -1.0)
    if not found:
        raise _nothing(ground, prepared_, best, wish)
    further = [(length, _proposed(ground, prepared_, best, replace(wish, length_m=length, proposals=1, also=()))) for length in wish.also]
    asked = [*((wish.length_m, loop) for loop in found), *((length, loop) for length, some in further for loop in some)]
    missing = [length for length, some in further if not some]
    return _answer(ground, prepared_, best, asked, missing, wish, start)


@lru_cache(maxsize=4)
def qualities_of(ground: Ground) -> dict[str, Floats]:
    """The qualities (e,) of every edge at that hour, looked at in its middle thirds; kept for the next loop."""
    network, streets, workspace = ground.network, ground.streets, ground.workspace
    points = shapely.line_interpolate_point(network.lines[:, None], np.array([1 / 6, 1 / 2, 5 / 6]), normalized=True)
    lamps = workspace.metric("lamps")
    lamp_points = lamps.geometry.to_numpy()[in_service(lamps)]
    lit = streets["lit"].fillna(False).astype(bool).to_numpy()[network.street].astype(float)
    kind = streets["kind"].to_numpy(object)[network.street]
    width = streets["width_m"].to_numpy(np.float64)[network.street]
    wide = np.where(np.isnan(width), UNMEASURED, (width >= WIDE_M).astype(float))
    return {
        "lit": np.maximum(lit, _near(points, lamp_points, LAMPS_M / 2)),
        "green": _near(points, workspace.metric("green_vein").geometry.to_numpy(), GREEN_M),
        "water": _near(points, workspace.metric("blue_net").geometry.to_numpy(), WATER_M),
        "wide": (wide + (kind != "road").astype(float)) / 2,
    }


def _near(points: Floats, shapes: Floats, within_m: float) -> Floats:
    """(e,) the share of the points (e, k) of an edge that lie within reach of one of the shapes."""
    near = np.zeros(points.size, dtype=bool)
    if len(shapes):
        near[np.unique(shapely.STRtree(shapes).query(points.ravel(), predicate="dwithin", distance=within_m)[0])] = True
    return near.reshape(points.shape).mean(axis=1)


@lru_cache(maxsize=8)
def _told(ground: Ground, avoid: tuple[Degrees | str, ...]) -> Told:
    network, kind = ground.network, ground.streets["kind"].to_numpy(object)[ground.network.street]
    qualities = qualities_of(ground)
    kinds = Kinds(kind == "road", kind == "crossing", np.isin(kind, _OVER))
    allowed = np.ones(len(network.length), dtype=bool)
    for one in avoid:
        allowed[_avoided(ground, one)] = False
    return Told(qualities, prepared(network, pleasantness(qualities), kinds, allowed))


def _avoided(ground: Ground, what: Degrees | str) -> Ints:
    """The edges to leave out: of the streets of a name or id, or nearest to a place."""
    if not isinstance(what, str):
        return _edges_at(ground, what).edge
    streets = ground.streets
    named = (streets["name"] == what) | (streets["name_en"] == what) | (streets["id"] == what)
    if not named.any():
        raise BadMeasure(f"没有叫“{what}”的路，也没有这个编号；避开的地方可写路名、道路编号或 经度,纬度。",
                         f"There is no street “{what}”, by name or id; what is avoided is a street's name or id, or LON,LAT.")
    return np.flatnonzero(named.to_numpy(bool)[ground.network.street])


def _metric(ground: Ground, here: Degrees) -> Floats:
    xy = np.asarray(metres_of(np.array([here]), ground.workspace.catalogue.metric_crs))
    if not (abs(here[0]) <= 180 and abs(here[1]) <= 90 and np.isfinite(xy).all()):
        raise BadMeasure(f"{here[0]:g},{here[1]:g} 不在地球上；请写 经度,纬度。", f"{here[0]:g},{here[1]:g} is not on the globe; write LON,LAT.")
    return xy


def _edges_at(ground: Ground, here: Degrees) -> Attachments:
    """Where a place meets the edges of the main network that are about equally near, as at a corner; the nearest first.

    Raises:
        OffNetwork: none is within 100 m.
    """
    xy, network = _metric(ground, here), ground.network
    rows = snap(network, xy)
    rows = rows.take(network.component[rows.edge] == 0)
    if not len(rows):
        raise _off(ground, xy)
    point = shapely.points(xy)
    near = network.tree.query(point[0], predicate="dwithin", distance=float(rows.leg.min()) + AT_ONCE_M)
    near = near[network.component[near] == 0]
    met = attached(network, point, np.zeros(len(near), dtype=np.int64), near.astype(np.int64))
    at_end = np.minimum(met.offset, network.length[met.edge] - met.offset) <= AT_ONCE_M
    met = met.take((network.footing[met.edge] >= 0) | at_end)  # a bridge is stepped on at its ends
    return met.take(np.argsort(met.leg, kind="stable"))


def _snapped(ground: Ground, graph: LoopGraph, here: Degrees) -> _Start:
    """Where a place steps on the main network: on an edge that lies on a loop if one is about as near as any."""
    met = _edges_at(ground, here)
    row = int(np.argmax(graph.chain[met.edge] >= 0))
    return _start(ground, int(met.edge[row]), float(met.offset[row]), float(met.leg[row]))


def _start(ground: Ground, edge: int, offset: float, moved_m: float) -> _Start:
    point = shapely.get_coordinates(shapely.line_interpolate_point(ground.network.lines[edge], offset))[0]
    return _Start(edge, offset, moved_m, (float(point[0]), float(point[1])))


def _off(ground: Ground, xy: Floats) -> OffNetwork:
    edges, tree = ground.network.mainland
    far = float(shapely.distance(ground.network.lines[edges[tree.nearest(shapely.points(xy[0]))]], shapely.points(xy[0])))
    return OffNetwork(f"这里 {SNAP_M:g} 米之内没有连得上主网的路，最近的在 {far:,.0f} 米外；请点在路边。",
                      f"No street of the connected network is within {SNAP_M:g} m, the nearest is {far:,.0f} m away; choose a place by a street.")


def _starts(ground: Ground, told: Told) -> list[_Start]:
    """Where one may want to start: marked starts, gates of parks, metro stations; else corners scattered over the network."""
    amenities = ground.workspace.metric("run_amenities")
    marked = shapely.get_coordinates(amenities.geometry.to_numpy()[(amenities["kind"] == "start").to_numpy(bool)]).reshape(-1, 2)
    doors = [services_of(ground.workspace, kind, ground.day, ground.minute).doors for kind in ("PARK", "METRO")]
    wanted = np.concatenate([marked, *(_spaced(some, STARTS // 3) for some in doors)])
    if not len(wanted):
        wanted = _spaced(told.graph.chains.nodes, STARTS)
    rows = snap(ground.network, wanted)
    rows = rows.take(ground.network.component[rows.edge] == 0)
    rows = rows.take(np.unique(rows.place, return_index=True)[1])
    if not len(rows):
        raise NothingToAnswer("这里没有可以起跑的地方；请用 --start 给一个。", "There is no place to start from; give one with --start.")
    return [_start(ground, *row) for row in zip(rows.edge[:STARTS].tolist(), rows.offset.tolist(), rows.leg.tolist(), strict=False)]


def _spaced(xy: Floats, count: int) -> Floats:
    """At most `count` of places, evenly taken from them in the order of their coordinates."""
    ordered = np.unique(np.rint(xy * 1000), axis=0) / 1000
    return ordered[np.unique(np.linspace(0, len(ordered) - 1, min(count, len(ordered))).astype(np.int64))] if len(ordered) else ordered


def _scale(ground: Ground, start: _Start) -> float:
    """Ellipsoidal metres a metre of the map at a place: its mean east and north."""
    x, y = start.xy
    here = np.array([[x - 500, y], [x + 500, y], [x, y - 500], [x, y + 500]])
    lon, lat = shapely.get_coordinates(to_degrees(shapely.points(here), ground.workspace.catalogue.metric_crs)).T
    return float(_GEOD.inv(lon[[0, 2]], lat[[0, 2]], lon[[1, 3]], lat[[1, 3]])[2].mean() / 1000)


def _asked(ground: Ground, told: Told, start: _Start, wish: LoopWish) -> Wish:
    through = tuple(frozenset(told.graph.chain[_edges_at(ground, here).edge].tolist()) - {-1} for here in wish.through)
    return Wish(wish.length_m / _scale(ground, start), wish.tolerance - min(_SPARE, wish.tolerance / 4), through)


def _proposed(ground: Ground, told: Told, start: _Start, wish: LoopWish) -> list[Proposal]:
    found = propose(told.graph, start.edge, start.offset, _asked(ground, told, start, wish), count=wish.proposals, lollipop=wish.lollipop)
    return [loop for loop in found if abs(ellipsoid_m(_degrees(ground, loop)) / wish.length_m - 1) <= wish.tolerance]


def _degrees(ground: Ground, loop: Proposal) -> shapely.LineString:
    """The loop in WGS84 to 7 decimals, its last point its first."""
    xy = np.round(shapely.get_coordinates(to_degrees(shapely.linestrings(loop.xy), ground.workspace.catalogue.metric_crs)), 7)
    xy = xy[np.append(True, (np.diff(xy, axis=0) != 0).any(axis=1))]
    xy[-1] = xy[0]
    return shapely.linestrings(xy)


def ellipsoid_m(line: shapely.LineString) -> float:
    """The length of a WGS84 line on the ellipsoid."""
    return float(_GEOD.geometry_length(line))


def _nothing(ground: Ground, told: Told, start: _Start, wish: LoopWish) -> NothingToAnswer:
    metric = nearest_length(told.graph, start.edge, start.offset, _asked(ground, told, start, wish), lollipop=wish.lollipop)
    if metric is None:
        return NothingToAnswer("从这里出发没有能绕回来的环线；请换一个起点，或少写几个必经、避开的地方。",
                               "No loop leads from here back to here; choose another start, or fewer places to pass and to avoid.")
    there = metric * _scale(ground, start)
    wanted = f"{wish.length_m:g}", f"±{wish.tolerance:.1%}"
    return NothingToAnswer(f"从这里出发找不到 {wanted[0]} 米（{wanted[1]}）的环线；找到的最接近的有 {there:,.0f} 米，可用 --length {there:.0f}。",
                           f"No loop of {wanted[0]} m ({wanted[1]}) from here; the nearest found is {there:,.0f} m, ask for --length {there:.0f}.")


def _answer(
    ground: Ground, told: Told, start: _Start, found: Sequence[tuple[float, Proposal]], missing: Sequence[float], wish: LoopWish,
    asked: Degrees | None,
) -> Answer:
    table = _table(ground, told, found)
    made = made_of(ground.workspace, _LAYERS)
    here = to_degrees(shapely.points(start.xy), ground.workspace.catalogue.metric_crs)
    params = {
        "workspace": ground.workspace.catalogue.name, "lon": asked[0] if asked else None, "lat": asked[1] if asked else None,
        "length_m": float(wish.length_m), "tolerance": wish.tolerance, "through": [list(one) for one in wish.through],
        "avoid": [one if isinstance(one, str) else list(one) for one in wish.avoid], "proposals": wish.proposals, "lollipop": wish.lollipop,
        "also": list(wish.also),
        "weights": dict(WEIGHTS), "crossing_m": CROSSING_M, "lamps_m": LAMPS_M, "green_m": GREEN_M, "water_m": WATER_M, "wide_m": WIDE_M,
        "metric_crs": ground.workspace.catalogue.metric_crs, **when(ground, None),
    }
    origin = gpd.GeoDataFrame({"id": ["start"], "name": ["起点"], "name_en": ["Start"]}, geometry=[here], crs="EPSG:4326")
    proposals = [loop for _, loop in found]
    measured = list(zip(proposals, table["length_m"].tolist(), strict=True))
    features = {"loops": table, "marks": _marks(ground, proposals), "start": origin,
                "along": along(ground, told.qualities, measured), "crossings": crossings(ground, told.graph, measured)}
    return Answer("loops", params, features,
                  {"loops": pd.DataFrame(table.drop(columns="geometry"))}, _facts(table, start), (*_caveats(missing), *data_caveats(made, 0)), made)


def _table(ground: Ground, told: Told, found: Sequence[tuple[float, Proposal]]) -> gpd.GeoDataFrame:
    lines = [_degrees(ground, loop) for _, loop in found]
    kind = ground.streets["kind"].to_numpy(object)[ground.network.street]
    rows = []
    for rank, ((wanted, loop), line) in enumerate(zip(found, lines, strict=True), start=1):
        edge = np.array([part[0] for part in loop.parts])
        metres = np.array([abs(end - begin) for _, begin, end in loop.parts])
        shares = {f"{name}_share": float((told.qualities[name][edge] * metres).sum() / metres.sum()) for name in ("lit", "green", "water")}
        shape = "lollipop" if loop.twice_m else "loop"
        rows.append({"id": f"loop-{rank}", "name": f"环线{rank}", "name_en": f"Loop {rank}", "rank": rank,
                     "wanted_m": wanted, "length_m": ellipsoid_m(line), "score": loop.score, "crossings": loop.crossings, **shares,
                     "road_share": float(metres[kind[edge] == "road"].sum() / metres.sum()),
                     "twice_m": loop.twice_m, "beside_share": loop.beside, "shape": shape, "streets": _streets(ground, edge)})
    return gpd.GeoDataFrame(pd.DataFrame(rows), geometry=lines, crs="EPSG:4326")


def _streets(ground: Ground, edge: Ints) -> str:
    """The names run along, in order, each once in a row."""
    names = [name for name in ground.streets["name"].to_numpy(object)[ground.network.street[edge]] if isinstance(name, str) and name]
    return "、".join(name for row, name in enumerate(names) if row == 0 or name != names[row - 1])


def _marks(ground: Ground, found: Sequence[Proposal]) -> gpd.GeoDataFrame:
    """A mark every 100 m of each loop; those of kind start, km and half are what a runner looks for."""
    rows, points = [], []
    for rank, loop in enumerate(found, start=1):
        route = Route(loop.xy)
        scale = ellipsoid_m(_degrees(ground, loop)) / route.length_m
        chainage = np.arange(0.0, route.length_m * scale - 1.0, MARK_M)
        points += shapely.points(at(route, chainage / scale)).tolist()
        for metres in chainage.tolist():
            kind = "start" if metres == 0 else "km" if metres % 1000 == 0 else "half" if metres % 500 == 0 else "hundred"
            text = "起点" if kind == "start" else f"{metres / 1000:g} km" if kind in ("km", "half") else f"{metres:g} m"
            text_en = "Start" if kind == "start" else text
            rows.append({"id": f"loop-{rank}-{metres:g}", "name": f"环线{rank} {text}", "name_en": f"Loop {rank} {text_en}",
                         "loop": f"loop-{rank}", "chainage_m": metres, "kind": kind, "text": text, "text_en": text_en})
    shapes = to_degrees(np.array(points, dtype=object), ground.workspace.catalogue.metric_crs)
    return gpd.GeoDataFrame(pd.DataFrame(rows), geometry=shapes, crs="EPSG:4326")


def _facts(table: gpd.GeoDataFrame, start: _Start) -> tuple[Fact, ...]:
    best = table.iloc[0]
    return (
        Fact("proposals", "方案数", "Proposals", len(table), "个"),
        Fact("length_m", "第一方案长度（椭球面）", "Length of the best, on the ellipsoid", float(best["length_m"]), "m"),
        Fact("score", "得分（0 到 1）", "Score, 0 to 1", float(best["score"]), "index"),
        Fact("crossings", "过马路次数", "Roads crossed", int(best["crossings"]), "次"),
        Fact("lit_share", "有灯", "Lit", float(best["lit_share"]), "share"),
        Fact("green_share", "沿绿", "Beside green", float(best["green_share"]), "share"),
        Fact("water_share", "沿水", "Beside water", float(best["water_share"]), "share"),
        Fact("twice_m", "来回走两遍", "Run twice, out and back", float(best["twice_m"]), "m"),
        Fact("shape", "形状", "Shape", str(best["shape"])),
        Fact("start_moved_m", "起点移到路上", "Start moved onto the street", start.moved_m, "m"),
    )


def _caveats(missing: Sequence[float]) -> list[Caveat]:
    weights = "、".join(f"{zh} {WEIGHTS[name]:g}" for name, zh in (("lit", "有灯"), ("green", "沿绿"), ("water", "沿水"), ("wide", "宽而静")))
    lengths = ", ".join(f"{length:g}" for length in missing)
    none = [Caveat("loop_missing", f"另要的长度没有找到：{lengths} 米。", f"No loop was found of: {lengths} m.")] if missing else []
    return [
        *none,
        Caveat("loop_score", f"得分 = 舒适米数 ÷（米数 + {CROSSING_M:g} × 过马路次数）；每米的舒适度：{weights}。权重是本系统的选择。",
               f"Score = pleasant metres / (metres + {CROSSING_M:g} × roads crossed); "
               f"a metre's pleasantness by weights {WEIGHTS}, a choice of this house."),
        Caveat("loop_unknown", f"没有灯的记录按无灯算，没有宽度的按 {UNMEASURED:g} 算；过马路按靠右跑估计。",
               f"No record of light counts as unlit, no width as {UNMEASURED:g}; roads crossed are reckoned for a runner who keeps right."),
        Caveat("loop_beam", "按束搜索得出，不保证是最好的一条。", "Found by beam search, which does not prove that no better loop exists."),
    ]


def wish_of(through: Sequence[Degrees], avoid: Sequence[Degrees | str], **more: object) -> LoopWish:
    """Make a wish from lists, places in `avoid` given as text "lon,lat" or as pairs."""
    return LoopWish(through=tuple((float(lon), float(lat)) for lon, lat in through), avoid=tuple(_thing(one) for one in avoid), **more)  # type: ignore[arg-type]


def _thing(one: Degrees | str) -> Degrees | str:
    if isinstance(one, str):
        if not re.fullmatch(r"\s*-?[\d.]+\s*,\s*-?[\d.]+\s*", one):
            return one
        lon, lat = one.split(",")
        return float(lon), float(lat)
    return float(one[0]), float(one[1])
