"""Open the gates of the compounds, lead lanes in, set rows of houses, and people them."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from shapely.geometry import LineString, Point, Polygon

from tests.sketch.blocks import Cell
from tests.sketch.frame import chance, portion, rounded
from tests.sketch.roads import Street

TOTAL_RESIDENTS = 60_000
HOUSEHOLD = 2.5

# type: house lengths, depth, pitch of rows, gap in a row, storeys, people per 100 m² of floor, shares by age (0-6, 7-18, 19-59, 60-79, 80+)
TYPES: dict[str, tuple[tuple[float, ...], float, float, float, tuple[int, ...], float, tuple[float, ...]]] = {
    "slab": ((38.0, 32.0, 24.0), 10.0, 20.0, 6.5, (5, 6, 6), 2.9, (0.028, 0.062, 0.520, 0.310, 0.080)),
    "mid": ((32.0, 27.0, 22.0), 11.0, 24.5, 8.0, (6, 7, 11), 2.3, (0.042, 0.086, 0.582, 0.238, 0.052)),
    "tower": ((25.0, 21.0), 14.0, 36.0, 15.0, (16, 18, 24), 1.5, (0.060, 0.105, 0.640, 0.165, 0.030)),
    "villa": ((13.0, 11.0), 10.0, 24.0, 9.0, (2, 3), 1.7, (0.050, 0.105, 0.575, 0.220, 0.050)),
}
GATE_GAP_M = 100.0
# A gate stands this far from any second street, so not on a corner.
CORNER_M = 34.0


# A gate's kind, hours, and whether it is for residents only; how often each kind of side gate is met is a guess.
MAIN_GATE = ("vehicle", "24/7", False)
SIDE_GATES = (("pedestrian", "Mo-Su 06:00-22:00", False), ("pedestrian", "Mo-Su 06:00-20:00", True),
              ("pedestrian", "Mo-Su 07:00-09:00,16:30-19:00", True), ("vehicle", "24/7", False), ("pedestrian", "24/7", False))
SIDE_GATES_WEIGHTS = (30, 20, 12, 20, 18)

# Where a gate may be: how wide the street is (a name counts extra), the place on the wall, its foot on the street.
Spot = tuple[float, Point, Point]


@dataclass(frozen=True)
class Gate:
    place: Point
    kind: str
    open_hours: str | None
    residents_only: bool
    step_free: bool
    foot: Point


@dataclass(frozen=True)
class House:
    area: Polygon
    levels: int
    ages: tuple[int, ...] = ()

    @property
    def residents(self) -> int:
        return sum(self.ages)

    @property
    def households(self) -> int:
        return max(1, round(self.residents / HOUSEHOLD)) if self.residents else 0


@dataclass
class Compound:
    """A cell with its gates, inner lanes and houses."""

    cell: Cell
    gates: list[Gate] = field(default_factory=list)
    lanes: list[Street] = field(default_factory=list)
    houses: list[House] = field(default_factory=list)


def opened(cells: list[Cell], streets: list[Street], water: Any) -> list[Compound]:
    """Give every compound gates on the sides that meet a street one may walk, and lanes inside from each gate."""
    tree = shapely.STRtree([street.line for street in streets])
    result = []
    for cell in cells:
        compound = Compound(cell)
        _open(compound, streets, tree, water)
        _lead_in(compound)
        result.append(compound)
    return result


def _open(compound: Compound, streets: list[Street], tree: shapely.STRtree, water: Any) -> None:
    cell = compound.cell
    dice = chance("gates", cell.name)
    spots = _spots(cell, streets, tree, water)
    wanted = max(1, min(4, round(cell.area.exterior.length / 330 + dice.uniform(-0.3, 0.7))))
    for number, (_, place, foot) in enumerate(_apart(spots, wanted)):
        kind, hours, residents_only = MAIN_GATE if number == 0 else dice.choices(SIDE_GATES, SIDE_GATES_WEIGHTS)[0]
        compound.gates.append(Gate(place, kind, hours, residents_only, number == 0 or dice.random() < 0.8, foot))


def _spots(cell: Cell, streets: list[Street], tree: shapely.STRtree, water: Any) -> list[Spot]:
    """Where the wall meets a street squarely, away from corners where that can be."""
    found: list[Spot] = []
    for step in np.arange(0, cell.area.exterior.length, 6.0):
        place = Point(rounded(cell.area.exterior.interpolate(step).coords[0]))
        for i in sorted(tree.query(place, predicate="dwithin", distance=24)):
            street = streets[i]
            foot = street.line.interpolate(street.line.project(place))
            way = LineString([place, foot])
            if 1 < way.length <= street.width_m / 2 + 7.5 and not cell.area.buffer(-0.5).intersects(way) and not water.intersects(way):
                found.append((street.width_m + (6 if street.name else 0), place, foot))
    return [spot for spot in found if len(tree.query(spot[1], predicate="dwithin", distance=CORNER_M)) == 1] or found


def _apart(spots: list[Spot], wanted: int) -> list[Spot]:
    """The main gate in the middle of the widest street's side, the others as far from those before as can be."""
    if not spots:
        return []
    widest = [spot for spot in spots if spot[0] == max(one[0] for one in spots)]
    chosen = [widest[len(widest) // 2]]
    while len(chosen) < wanted:
        gaps = [min(spot[1].distance(one[1]) for one in chosen) for spot in spots]
        best = max(range(len(spots)), key=lambda i: (gaps[i] + spots[i][0], spots[i][1].x))
        if gaps[best] < GATE_GAP_M:
            break
        chosen.append(spots[best])
    return chosen


def _lead_in(compound: Compound) -> None:
    """A main lane along the compound, and from each gate a lane square to it."""
    spine = _spine(compound.cell.area)
    note = f"{compound.cell.name}内部道路"
    for gate in compound.gates:
        apron = LineString([gate.foot, gate.place])
        compound.lanes.append(Street("", "path", 3.0, apron, surface="paving", note="门前通道", source="手绘示意，小区出入口到街道"))
        foot = Point(rounded(spine.interpolate(spine.project(gate.place)).coords[0]))
        lane = LineString([gate.place, foot])
        if compound.cell.area.buffer(1.5).covers(lane) and lane.length > 3:
            compound.lanes.append(_inner(lane, note))
    compound.lanes.append(_inner(spine, note))


def _inner(line: LineString, note: str) -> Street:
    return Street("", "lane", 4.0, line, access="residents", surface="concrete", note=note, source="手绘示意，凭推测")


def _spine(area: Polygon) -> LineString:
    """A gently bent line along the middle of an area, clear of its wall."""
    corners = [Point(xy) for xy in area.minimum_rotated_rectangle.exterior.coords]
    a, b, c = corners[:3]
    if a.distance(b) < b.distance(c):
        a, b, c = b, c, corners[3]
    size = a.distance(b)
    ux, uy = (b.x - a.x) / size, (b.y - a.y) / size
    middle = area.centroid
    room = area.buffer(-13) if area.buffer(-13).area > 400 else area.buffer(-6)
    if not room.contains(middle):
        middle = room.representative_point()
    whole = LineString([(middle.x - ux * size, middle.y - uy * size), (middle.x + ux * size, middle.y + uy * size)])
    piece = min(shapely.get_parts(whole.intersection(room)), key=middle.distance)
    ends = [Point(piece.coords[0]), middle, Point(piece.coords[-1])]
    return LineString([rounded(end.coords[0]) for end in ends])


def built(compound: Compound) -> None:
    """Set rows of houses, clear of the wall, the lanes and a green in the middle."""
    cell = compound.cell
    lengths, depth, pitch, gap, storeys, _, _ = TYPES[cell.use]
    dice = chance("houses", cell.name)
    lanes = shapely.unary_union([lane.line.buffer(4.2) for lane in compound.lanes])
    garden = cell.area.centroid.buffer(min(24.0, math.sqrt(cell.area.area) * 0.11)) if cell.area.area > 9000 else Polygon()
    free = cell.area.buffer(-5.5).difference(lanes).difference(garden)
    compound.houses = [House(area, dice.choice(storeys)) for area in rows_of(free, cell.area, lengths, depth, pitch, gap, dice)]


def rows_of(free: Any, whole: Polygon, lengths: tuple[float, ...], depth: float, pitch: float, gap: float, dice: Any) -> list[Polygon]:
    """Rows of rectangles within a free area, slightly turned, along the side of the whole that runs most nearly east and west."""
    middle, turn = whole.centroid, _turn(whole, dice.uniform(-3, 3))
    level = shapely.affinity.rotate(free, -turn, origin=middle)
    if level.is_empty:
        return []
    shapely.prepare(level)
    found = []
    west, south, east, north = level.bounds
    y = south + depth / 2 + dice.uniform(0, 4)
    while y < north - depth / 2 + 0.1:
        x = west + dice.uniform(0, 6)
        while x < east:
            for length in sorted(lengths, key=lambda _: dice.random()):
                box = shapely.box(x, y - depth / 2, x + length, y + depth / 2)
                if level.contains(box):
                    found.append(shapely.affinity.rotate(box, turn, origin=middle))
                    x += length + gap * dice.uniform(0.85, 1.3)
                    break
            else:
                x += 3.0
        y += pitch * dice.uniform(0.97, 1.06)
    return found


def _turn(area: Polygon, sway: float) -> float:
    """Degrees by which the rows are turned: along the side of the compound that runs most nearly east and west."""
    corners = list(area.minimum_rotated_rectangle.exterior.coords)
    angles = [math.degrees(math.atan2(b[1] - a[1], b[0] - a[0])) for a, b in pairwise(corners)]
    flat = [(angle + 90) % 180 - 90 for angle in angles]
    return max(-20.0, min(20.0, min(flat, key=abs))) * 0.8 + sway


def peopled(compounds: list[Compound]) -> None:
    """Share out the residents by floor space, and by age as the type of a compound suggests; every sum is whole."""
    weights = [[house.area.area * house.levels * TYPES[c.cell.use][5] * chance("crowd", c.cell.name).uniform(0.85, 1.15) for house in c.houses]
               for c in compounds]
    totals = portion(TOTAL_RESIDENTS, [sum(row) for row in weights])
    for compound, total, row in zip(compounds, totals, weights, strict=True):
        dice = chance("ages", compound.cell.name)
        base = [share * dice.uniform(0.88, 1.14) for share in TYPES[compound.cell.use][6]]
        in_all = portion(total, base)
        people = portion(total, [weight * dice.uniform(0.85, 1.15) for weight in row])
        compound.houses = [House(house.area, house.levels, ages)
                           for house, ages in zip(compound.houses, _ages(people, in_all, dice), strict=True)]


def _ages(people: list[int], in_all: list[int], dice: Any) -> list[tuple[int, ...]]:
    """Deal the age groups of a compound out to its houses, so that both add up."""
    deck = [age for age, count in enumerate(in_all) for _ in range(count)]
    dice.shuffle(deck)
    dealt, start = [], 0
    for count in people:
        hand = deck[start : start + count]
        start += count
        dealt.append(tuple(hand.count(age) for age in range(len(in_all))))
    return dealt
