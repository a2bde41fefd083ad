"""A small town in OpenStreetMap's own form, written by pyosmium, of which every feature is known by heart."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from pathlib import Path

import osmium

WEST, SOUTH = 121.38, 31.26
METRE_NORTH = 1 / 110_870.0  # degrees a metre at this latitude
METRE_EAST = 1 / (111_320.0 * math.cos(math.radians(SOUTH)))
Tags = dict[str, str]


def at(x: float, y: float) -> tuple[float, float]:
    """(longitude, latitude) of a point x metres east and y metres north of the town's corner, in OSM's 7 decimals."""
    return round(WEST + x * METRE_EAST, 7), round(SOUTH + y * METRE_NORTH, 7)


@dataclass
class Town:
    """What is to be written: nodes (id → place, tags), ways (id → nodes, tags), relations (id → members, tags)."""

    nodes: dict[int, tuple[tuple[float, float], Tags]] = field(default_factory=dict)
    ways: dict[int, tuple[list[int], Tags]] = field(default_factory=dict)
    relations: dict[int, tuple[list[tuple[str, int, str]], Tags]] = field(default_factory=dict)
    box: tuple[float, float, float, float] | None = None

    def node(self, x: float, y: float, **tags: str) -> int:
        identity = len(self.nodes) + 1
        self.nodes[identity] = (at(x, y), _keys(tags))
        return identity

    def way(self, identity: int, *nodes: int, **tags: str) -> int:
        self.ways[identity] = (list(nodes), _keys(tags))
        return identity

    def ring(self, identity: int, west: float, south: float, east: float, north: float, **tags: str) -> list[int]:
        """A closed rectangle; gives its four corners, from the south-west, counter-clockwise."""
        corners = [self.node(west, south), self.node(east, south), self.node(east, north), self.node(west, north)]
        self.way(identity, *corners, corners[0], **tags)
        return corners

    def relation(self, identity: int, *members: tuple[str, int, str], **tags: str) -> None:
        self.relations[identity] = (list(members), _keys(tags))

    def write(self, file: Path) -> Path:
        header = osmium.io.Header()
        header.set("osmosis_replication_timestamp", "2026-11-01T00:00:00Z")
        if self.box:
            west, south, east, north = self.box
            header.add_box(osmium.osm.Box(*at(west, south), *at(east, north)))
        with osmium.SimpleWriter(str(file), header=header) as writer:
            for identity, (place, tags) in self.nodes.items():
                writer.add_node(osmium.osm.mutable.Node(id=identity, location=place, tags=tags))
            for identity, (nodes, tags) in sorted(self.ways.items()):
                writer.add_way(osmium.osm.mutable.Way(id=identity, nodes=nodes, tags=tags))
            for identity, (members, tags) in sorted(self.relations.items()):
                writer.add_relation(osmium.osm.mutable.Relation(id=identity, members=members, tags=tags))
        return file


def _keys(tags: Tags) -> Tags:
    """`building__levels` → `building:levels`."""
    return {key.replace("__", ":"): value for key, value in tags.items()}


def town() -> Town:
    """The town: a road of 400 m along y = 0, a compound north of it, a park, a pond with an island, a boundary that leaves the east out."""
    made = Town(box=(-100, -200, 700, 400))
    _streets(made)
    _compound(made)
    _buildings(made)
    _nature(made)
    _services(made)
    _boundaries(made)
    return made


def _streets(made: Town) -> None:
    a, b, c, d, e = (made.node(x, 0) for x in (0, 100, 200, 300, 400))
    made.way(1, a, b, c, d, e, highway="residential", name="万里路", name__en="Wanli Road", lit="yes", width="7 m")
    above = made.node(200, 0)  # straight above c, and another node
    made.way(2, made.node(200, -40), above, made.node(200, 40), highway="footway", bridge="yes", layer="1")
    made.way(3, a, made.node(0, 20), highway="steps")
    made.way(4, b, made.node(100, -50, barrier="gate", access="private"), made.node(100, -100), highway="service")
    made.way(5, d, made.node(300, -60), highway="service", access="private")
    made.way(6, e, made.node(400, 60), highway="secondary", foot="no")
    made.way(7, made.node(0, -150), made.node(600, -150), highway="motorway", bridge="yes", layer="1")
    made.way(8, e, made.node(500, 0), highway="construction")
    signal = made.node(300, 10, highway="crossing", crossing="traffic_signals")
    made.way(9, d, signal, made.node(300, 20), highway="footway", footway="crossing")
    made.way(10, made.node(0, -180), made.node(600, -180), railway="rail")
    made.way(11, made.node(400, 0), made.node(400, -80), highway="path")  # begins at e's coordinate on e's level, with a node of its own
    made.way(12, e, made.node(600, 0), 999_999, highway="tertiary")  # goes on outside the file
    made.way(13, c, made.node(200, 300), highway="living_street", opening_hours="Jan-Mar sunrise-sunset")


def _compound(made: Town) -> None:
    """60…180 × 20…120; one mapped gate in the south, one street through the west edge without a gate."""
    gate = made.node(120, 20, barrier="gate")
    corners = [made.node(60, 20), made.node(180, 20), made.node(180, 120), made.node(60, 120)]
    made.way(20, corners[0], gate, *corners[1:], corners[0], landuse="residential", name="万里一村")
    made.way(21, made.node(120, 0), gate, made.node(120, 100), highway="service")
    made.way(22, made.node(40, 90), made.node(80, 90), highway="footway")
    made.way(23, made.node(100, 100), made.node(110, 100), highway="service", access="private")
    made.ring(24, 500, 200, 560, 260, landuse="residential", name="无名住宅区")


def _buildings(made: Town) -> None:
    made.ring(30, 70, 40, 90, 50, building="apartments", building__levels="6")  # 200 m² × 6 ÷ 36.52 = 32.9
    made.ring(31, 220, 40, 240, 60, building="yes", building__levels="5")  # 400 m² × (5 − the shop) ÷ 36.52 = 43.8
    made.node(230, 50, shop="convenience", name="小店", opening_hours="Mo-Su 07:00-22:00", wheelchair="yes")
    made.ring(32, 250, 40, 254, 45, building="yes")  # 20 m²: a shed
    made.ring(33, 420, 40, 480, 100, landuse="industrial")
    made.ring(34, 430, 50, 450, 70, building="yes")  # on industrial ground
    made.ring(35, 260, 40, 280, 60, building="school")
    made.ring(36, 640, 40, 660, 60, building="house")  # beyond the boundary


def _nature(made: Town) -> None:
    made.ring(40, 0, 200, 100, 300)
    made.ring(41, 40, 240, 60, 260)
    made.relation(1, ("w", 40, "outer"), ("w", 41, "inner"), type="multipolygon", natural="water", name="湖")
    made.way(42, made.node(-50, 320), made.node(700, 320), waterway="river", name="横港", width="20")
    made.way(43, made.node(0, 340), made.node(100, 340), waterway="stream", tunnel="culvert")
    gate = made.node(250, 200, barrier="entrance")
    corners = [made.node(150, 200), made.node(250, 180), made.node(250, 280), made.node(150, 280)]
    made.way(44, corners[0], corners[1], gate, corners[2], corners[3], corners[0], leisure="park", name="万里公园")
    made.ring(45, 300, 200, 340, 240, leisure="park", name="小园")
    made.way(46, made.node(320, 220), made.node(380, 220), highway="footway")  # leaves 小园 at (340, 220)
    made.node(10, 5, highway="street_lamp", height="8")


def _services(made: Town) -> None:
    made.node(150, -20, amenity="pharmacy", name="药房")
    door = made.node(350, 50, entrance="main", wheelchair="yes")
    corners = [made.node(340, 50), made.node(360, 50), made.node(360, 70), made.node(340, 70)]
    made.way(50, corners[0], door, *corners[1:], corners[0], amenity="kindergarten", building="kindergarten", name="幼儿园")
    made.node(380, 50, amenity="school", name="九年一贯制学校", isced__level="1;2")
    made.node(385, 50, amenity="school", name="某校")
    made.node(390, 50, amenity="hospital", name="医院")
    made.node(50, -20, railway="station", station="subway", name="新村站")
    made.node(70, -20, railway="subway_entrance")
    made.node(600, -20, railway="subway_entrance", name="另一站")
    made.ring(51, 500, 20, 580, 70, leisure="pitch")  # 4,000 m²


def _boundaries(made: Town) -> None:
    made.ring(60, -60, -190, 620, 360)
    made.relation(2, ("w", 60, "outer"), type="boundary", boundary="administrative", admin_level="8", name="万里街道", name__en="Wanli")
    made.ring(61, 0, 0, 50, 50, place="neighbourhood", name="同名")
    made.ring(62, 100, 0, 150, 50, place="quarter", name="同名")
    made.relation(3, ("w", 777_777, "outer"), type="boundary", boundary="administrative", name="远方镇")
