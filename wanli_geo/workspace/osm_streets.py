"""Ways become the streets one walks, and the lines that stop one. The only file that decides which vertices of OSM are one corner."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from wanli_geo.errors import BadExtract
from wanli_geo.workspace import osm_tags
from wanli_geo.workspace.osm_read import Features, Lines, Shapes, linestrings, numbered
from wanli_geo.workspace.osm_text import Ints

Rows = list[dict[str, Any]]
# A shut gate closes this many metres of the way on each side of it.
GATE_REACH_M = 1.0
_UNITS_A_METRE = 1e7 / 111_320.0


@dataclass(frozen=True, eq=False)
class Pieces:
    """The stretches one walks, cut out round shut gates, as one long list of vertices.

    Attributes:
        ids: of each stretch, the way's, or `w1.1`, `w1.2`, … where it is cut.
        way: (s,) the row of its way in `Lines`; `shut` what a shut gate there lets through, None on open stretches.
        signalised: the ways that are crossings with a node with traffic lights.
        first: (s + 1,) where each stretch begins in `xy` (v, 2), in 1e-7 degrees.
    """

    ids: list[str]
    way: Ints
    shut: list[str | None]
    signalised: frozenset[int]
    first: Ints
    xy: Ints

    def take(self, keep: NDArray[np.bool_]) -> Pieces:
        """Keep these stretches."""
        if keep.all():
            return self
        size = np.diff(self.first)
        rows = np.flatnonzero(keep).tolist()
        first = np.concatenate([[0], np.cumsum(size[keep])]).astype(np.int64)
        return Pieces([self.ids[row] for row in rows], self.way[keep], [self.shut[row] for row in rows], self.signalised, first,
                      self.xy[np.repeat(keep, size)])


def none_to_walk(file: Path) -> BadExtract:
    return BadExtract(f"“{file.name}”在所选范围内没有可步行的道路；请检查数据是否完整、范围是否正确。",
                      f"“{file.name}” has no street to walk on in the area chosen; check that the file is whole and the area right.")


def streets(lines: Lines, points: Features) -> tuple[Rows, Shapes]:
    """Give the walkable ways; a shut gate on one becomes a short stretch of its own that may not be walked."""
    read = read_streets(lines)
    found = pieces(lines, points, read)
    rows = [_street_row(read[way] or {}, identity, shut, way in found.signalised)
            for identity, way, shut in zip(found.ids, found.way.tolist(), found.shut, strict=True)]
    return rows, linestrings(found.xy, found.first)


def read_streets(lines: Lines) -> list[dict[str, Any] | None]:
    """Read each way into the columns of `streets`, None where one may not walk; ways of the same tags are read once."""
    read = {id(tags): osm_tags.street(tags) if "highway" in tags else None for tags in {id(tags): tags for tags in lines.tags}.values()}
    return [read[id(tags)] for tags in lines.tags]


def _street_row(row: dict[str, Any], identity: str, shut: str | None, signalised: bool) -> dict[str, Any]:
    return {**row, "id": identity, "access": shut or row["access"], "shut_gate": shut is not None,
            "signalised": True if signalised else row["signalised"]}


def pieces(lines: Lines, points: Features, read: Sequence[dict[str, Any] | None]) -> Pieces:
    """Cut the walkable ways out, `read` saying which they are."""
    walked = lines.take(np.array([row is not None for row in read], dtype=bool)[lines.way])
    level = np.array([(row or {}).get("level") or 0 for row in read], dtype=np.int64)
    crossing = np.array([row is not None and row["kind"] == "crossing" for row in read], dtype=bool)
    shut = {int(point[1:]): said for point, said in _shut_gates(points).items()}
    return _cut_out(walked, _apart(walked, level), shut, _signalised(crossing, walked, points))


def _apart(lines: Lines, level: Ints) -> Ints:
    """(v, 2) the vertices, where different nodes at one coordinate, on levels that do not meet, are moved 1e-7 degrees (1 cm) apart.

    A shared coordinate means a shared corner here; OSM says the same by a shared node. The two differ only where a careless bridge has
    its node straight above one of the road.
    """
    xy = lines.xy.copy()
    key = (xy[:, 0] << 32) + xy[:, 1]
    order = np.argsort(key, kind="stable")
    same_place = key[order][1:] == key[order][:-1]
    twice = order[1:][same_place & (lines.refs[order][1:] != lines.refs[order][:-1])]
    if not len(twice):
        return xy
    at = np.flatnonzero(np.isin(key, key[twice]))
    run = np.repeat(np.arange(len(lines.way)), np.diff(lines.first))
    places: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for vertex in at:
        places[int(key[vertex])][int(lines.refs[vertex])].append(int(vertex))
    taken = set(key.tolist())
    for nodes in places.values():
        seen: set[int] = set()
        for ref in sorted(nodes):
            levels = {int(level[lines.way[run[vertex]]]) for vertex in nodes[ref]}
            if seen and seen.isdisjoint(levels):
                _move(xy, nodes[ref], taken)
            seen |= levels
    return xy


def _move(xy: Ints, vertices: list[int], taken: set[int]) -> None:
    """Move these vertices, which lie at one place, to the nearest free one to the north."""
    x, y = (int(value) for value in xy[vertices[0]])
    while (x << 32) + y in taken:
        y += 1
    taken.add((x << 32) + y)
    xy[vertices] = (x, y)


def _signalised(crossing: NDArray[np.bool_], lines: Lines, points: Features) -> frozenset[int]:
    """Find the crossings that bear a node with traffic lights."""
    lit = [int(point[1:]) for point, tags in zip(points.ids, points.tags, strict=True)
           if tags.get("highway") == "crossing" and (tags.get("crossing") in osm_tags.SIGNALS or tags.get("crossing:signals") == "yes")]
    if not lit:
        return frozenset()
    run = np.repeat(np.arange(len(lines.way)), np.diff(lines.first))
    ways = np.unique(lines.way[run[np.isin(lines.refs, lit)]])
    return frozenset(ways[crossing[ways]].tolist())


def _shut_gates(points: Features) -> dict[str, str]:
    """The nodes that let only some through, or nobody: id → access."""
    said = ((point, osm_tags.gate_access(tags)) for point, tags in zip(points.ids, points.tags, strict=True) if "barrier" in tags)
    return {point: access for point, access in said if access != "public"}


def _cut_out(lines: Lines, xy: Ints, shut: dict[int, str], signalised: frozenset[int]) -> Pieces:
    """One stretch a run; a run with a shut gate, or a way of several runs, is numbered `w1.1`, `w1.2`, …"""
    closed = np.isin(lines.refs, list(shut)) if shut else np.zeros(len(lines.refs), dtype=bool)
    run = np.repeat(np.arange(len(lines.way)), np.diff(lines.first))
    cut = np.zeros(len(lines.way), dtype=bool)
    cut[run[closed]] = True
    ways, parts = lines.way[~cut].tolist(), [xy[~cut[run]]]
    said: list[str | None] = [None] * len(ways)
    size = np.diff(lines.first)[~cut].tolist()
    for row in np.flatnonzero(cut):
        span = slice(lines.first[row], lines.first[row + 1])
        for piece, access in _carved(xy[span], [shut.get(int(ref)) for ref in lines.refs[span]]):
            ways.append(int(lines.way[row]))
            said.append(access)
            parts.append(piece)
            size.append(len(piece))
    first = np.concatenate([[0], np.cumsum(size)]).astype(np.int64)
    return Pieces(numbered([lines.ids[way] for way in ways]), np.array(ways, dtype=np.int64), said, signalised, first, np.concatenate(parts))


def _carved(xy: Ints, shut: list[str | None]) -> list[tuple[Ints, str | None]]:
    """Cut a run of vertices into its pieces: those that stay as they are (None), and a metre to each side of every shut gate."""
    pieces: list[tuple[Ints, str | None]] = []
    current = [xy[0]]
    for vertex in range(len(xy)):
        access = shut[vertex]
        if access is None:
            if vertex:
                current.append(xy[vertex])
            continue
        before = _toward(xy[vertex], xy[vertex - 1]) if vertex else None
        after = _toward(xy[vertex], xy[vertex + 1]) if vertex + 1 < len(xy) else None
        if before is not None:
            pieces.append((_line([*current, before]), None))
        pieces.append((_line([point for point in (before, xy[vertex], after) if point is not None]), access))
        current = [after] if after is not None else []
    if len(current) > 1:
        pieces.append((_line(current), None))
    return [(piece, access) for piece, access in pieces if len(piece) > 1]


def _toward(start: Ints, end: Ints) -> Ints:
    """The point `GATE_REACH_M` from `start` on the way to `end`, at most half way."""
    step = (end - start).astype(np.float64)
    metres = np.hypot(step[0] * np.cos(np.radians(start[1] / 1e7)), step[1]) / _UNITS_A_METRE
    moved: Ints = np.rint(start + step * min(0.5, GATE_REACH_M / max(metres, 1e-9))).astype(np.int64)
    return moved


def _line(points: list[Ints]) -> Ints:
    """Join vertices, each unlike the one before it."""
    xy = np.array(points, dtype=np.int64)
    return xy[np.concatenate([[True], np.any(xy[1:] != xy[:-1], axis=1)])]


def torn_ends(lines: Lines) -> Shapes:
    """Give the points where a walkable way goes on outside the file."""
    walked = np.array([osm_tags.street(lines.tags[way]) is not None for way in lines.torn[:, 0]], dtype=bool)
    return np.asarray(shapely.points(np.unique(lines.torn[walked, 1:], axis=0) / 1e7), dtype=object).reshape(-1)


def squares(areas: Features) -> tuple[Rows, Shapes]:
    """Give the edges of pedestrian squares that are mapped as relations: one walks along them."""
    found = areas.where(lambda tags: tags.get("highway") in ("pedestrian", "footway") and osm_tags.street(tags) is not None)
    rows: Rows = []
    shapes: list[shapely.Geometry] = []
    for identity, tags, shape in zip(found.ids, found.tags, found.shapes, strict=True):
        if identity.startswith("r"):
            for number, ring in enumerate(shapely.get_rings(shapely.get_parts(shape)), 1):
                rows.append({**(osm_tags.street(tags) or {}), "id": f"{identity}.{number}", "shut_gate": False})
                shapes.append(shapely.LineString(ring))
    return rows, np.array(shapes, dtype=object)


def barriers(lines: Lines) -> tuple[Rows, Shapes]:
    """Give walls, fences, railways above ground, and fast roads that one may not walk."""
    kinds = [_barrier_kind(tags) for tags in lines.tags]
    found = lines.take(np.fromiter((kinds[way] is not None for way in lines.way), bool, len(lines.way)))
    rows = [{**osm_tags.names(lines.tags[way]), "id": identity, "kind": kinds[way], "level": osm_tags.level(lines.tags[way])}
            for identity, way in zip(found.run_ids(), found.way, strict=True)]
    return rows, found.linestrings()


def _barrier_kind(tags: dict[str, str]) -> str | None:
    if osm_tags.is_tunnel(tags) or osm_tags.is_gone(tags):
        return None
    if tags.get("highway") in osm_tags.FAST_ROADS:
        return "expressway" if osm_tags.street(tags) is None else None
    if tags.get("railway") in osm_tags.RAILWAYS:
        return "railway"
    return osm_tags.WALLS.get(tags.get("barrier", ""))


def lamps(points: Features) -> tuple[Rows, Shapes]:
    """Give the street lamps."""
    found = points.where(lambda tags: tags.get("highway") == "street_lamp")
    rows = [{**osm_tags.names(tags), "id": identity, "height_m": osm_tags.number(tags.get("height"), 50.0)}
            for identity, tags in zip(found.ids, found.tags, strict=True)]
    return rows, found.shapes


def walkable(rows: Rows) -> NDArray[np.bool_]:
    """(n,) which streets the public may walk."""
    return np.fromiter((row["access"] == "public" for row in rows), bool, len(rows))
