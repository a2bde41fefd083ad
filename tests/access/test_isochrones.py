"""The streets reached and the area drawn: every point of a street, every cell of the canvas, by the rule for homes."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.village import village_network
from wanli_geo.access.canvas import Canvas, walked
from wanli_geo.access.contours import at_decimals, below_zero
from wanli_geo.access.isochrones import BEYOND_M, areas, reached
from wanli_geo.network.graph import WalkNetwork, build_network
from wanli_geo.network.pace import in_time, placed
from wanli_geo.network.search import Field, meet, spread
from wanli_geo.network.snap import Attachments, snap

NOTHING = np.empty(0, dtype=object)
VILLAGE = village_network()
corner = st.tuples(st.integers(0, 4), st.integers(0, 4))


def bent(steps: list[tuple[tuple[int, int], tuple[int, int], float]]) -> WalkNetwork:
    """Streets between corners of a grid, each bent aside in its middle."""
    lines = [
        shapely.LineString([(100 * a, 100 * b), (50 * (a + c) + aside, 50 * (b + d) - aside), (100 * c, 100 * d)])
        for (a, b), (c, d), aside in steps if (a, b) != (c, d)
    ]
    return build_network(np.array(lines, dtype=object))


towns = st.lists(st.tuples(corner, corner, st.floats(-30, 30)), min_size=1, max_size=12).map(bent).filter(lambda town: len(town.length) > 0)


def along(network: WalkNetwork, every: int) -> Attachments:
    """Places on the streets themselves, `every` an edge, none at an end."""
    edge = np.repeat(np.arange(len(network.length)), every)
    share = (np.tile(np.arange(every), len(network.length)) + 0.37) / every
    count = np.arange(len(edge))
    return Attachments(count, edge, share * network.length[edge], np.zeros(len(edge)), np.full(len(edge), -1))


@given(towns, st.floats(0, 400), st.floats(0, 400), st.floats(0.5, 900), st.booleans())
@settings(max_examples=200, deadline=None)
def test_a_point_of_a_street_is_reached_exactly_when_its_walk_is_within(town: WalkNetwork, x: float, y: float, limit: float, slow: bool) -> None:
    network = in_time(town, np.linspace(0, 30, len(town.length)), 1.2) if slow else town
    start = placed(network, snap(town, np.array([[x, y]]), within_m=300.0))
    field = spread(network, start)
    places = along(network, 7)
    metres = meet(network, field, places, len(places)).metres
    lines = reached(network, field, limit)
    ground = places.offset if network.slow is None else places.offset / network.slow[places.edge]
    points = shapely.line_interpolate_point(network.lines[places.edge], ground)
    inside = shapely.dwithin(shapely.multilinestrings(lines), points, 1e-6) if len(lines) else np.zeros(len(points), dtype=bool)
    # A point may lie on two streets that cross without a joint, so only what is out of reach by both is out.
    clear = np.abs(metres - limit) > 1e-3
    assert inside[(metres < limit) & clear].all()
    alone = shapely.STRtree(network.lines).query(points, predicate="dwithin", distance=1e-6)[0]
    single = np.bincount(alone, minlength=len(points)) == 1
    assert not inside[(metres > limit) & clear & single].any()


def test_each_metre_of_street_is_reached_once() -> None:
    start = together_on(VILLAGE, [(150.0, 200.0), (160.0, 200.0), (170.0, 200.0)])
    field = spread(VILLAGE, start)
    assert shapely.length(reached(VILLAGE, field, 20.0)).sum() == pytest.approx(60)
    assert shapely.length(reached(VILLAGE, field, 8.0)).sum() == pytest.approx(8 + 10 + 10 + 8)


def together_on(network: WalkNetwork, places: list[tuple[float, float]]) -> Attachments:
    return snap(network, np.array(places))


def bands(network: WalkNetwork, place: tuple[float, float], *limits: float, closed: np.ndarray = NOTHING, water: np.ndarray = NOTHING) -> list:
    field = spread(network, snap(network, np.array([place]), barred_by=closed), limit_m=max(limits) + BEYOND_M)
    return areas(Canvas(network, closed), network, field, [(limit, reached(network, field, limit)) for limit in limits], water=water)


def test_around_one_corner_the_area_is_a_square_on_its_corner() -> None:
    # 60 m from the middle: along the street and then aside of it, so |x| + |y| ≤ 60; corners only start at 100 m.
    area = bands(build_network(np.array([shapely.LineString([(-200, 0), (200, 0)])])), (0, 0), 60)[0]
    square = shapely.Polygon([(60, 0), (0, 60), (-60, 0), (0, -60)])
    assert shapely.hausdorff_distance(area, square) < 12
    assert shapely.area(area) == pytest.approx(2 * 60**2, rel=0.05)


def test_no_place_farther_than_100_m_from_every_street_is_inside() -> None:
    area = bands(build_network(np.array([shapely.LineString([(-300, 0), (300, 0)])])), (0, 0), 5_000)[0]
    assert area.bounds == pytest.approx((-400, -100, 400, 100), abs=3)
    hole = bands(build_network(np.array([shapely.box(0, 0, 500, 500).exterior])), (0, 0), 5_000)[0]
    assert len(hole.interiors) == 1
    assert shapely.area(shapely.Polygon(hole.interiors[0])) == pytest.approx(300**2, rel=0.03)


def test_the_far_bank_is_not_filled_where_no_bridge_leads() -> None:
    river = np.array([shapely.LineString([(-100, 30), (500, 30)])])
    streets = build_network(np.array([shapely.LineString([(0, 0), (400, 0)]), shapely.LineString([(0, 60), (400, 60)])]))
    area = bands(streets, (200, 0), 300, closed=river)[0]
    assert area.bounds[3] == pytest.approx(30, abs=1e-6)
    polygon = np.array([shapely.box(-200, 25, 600, 35)])
    assert bands(streets, (200, 0), 300, closed=polygon, water=polygon)[0].bounds[3] <= 25 + 1e-9


def test_out_of_reach_and_a_network_of_a_hand_end_in_an_empty_or_small_area() -> None:
    assert bands(VILLAGE, (150, 150), 10)[0].is_empty
    tiny = build_network(np.array([shapely.LineString([(0, 0), (0.05, 0)])]))
    for area in bands(tiny, (0, 0), 0.01, 0.1, 50):
        assert area.is_valid
    nowhere = Field(snap(VILLAGE, np.empty((0, 2))), np.full(25, np.inf), np.full(25, -1), np.full(25, -1))
    assert areas(Canvas(VILLAGE, NOTHING), VILLAGE, nowhere, [(100.0, reached(VILLAGE, nowhere, 100.0))])[0].is_empty


@given(towns, st.floats(0, 400), st.floats(0, 400), st.lists(st.floats(0.01, 900), min_size=1, max_size=3))
@settings(max_examples=200, deadline=None)
def test_areas_are_valid_and_nest_whatever_the_streets(town: WalkNetwork, x: float, y: float, limits: list[float]) -> None:
    drawn = bands(town, (x, y), *sorted(limits))
    assert all(area.geom_type in ("Polygon", "MultiPolygon") and area.is_valid for area in drawn)
    for inner, outer in pairwise(drawn):
        assert shapely.area(shapely.difference(inner, outer)) < 1e-3
    rounded = at_decimals(np.array(drawn, dtype=object), 0.1)
    assert shapely.is_valid(rounded).all()
    assert shapely.covers(rounded[1:], rounded[:-1])[~shapely.is_empty(rounded[:-1])].all()


@given(towns, st.floats(0, 400), st.floats(0, 400), st.integers(0, 2**32 - 1))
@settings(max_examples=200, deadline=None)
def test_every_cell_is_walked_to_as_a_home_there_would_be(town: WalkNetwork, x: float, y: float, seed: int) -> None:
    random = np.random.default_rng(seed)
    walls = shapely.buffer(shapely.points(random.uniform(0, 400, (4, 2))), random.uniform(5, 40, 4), quad_segs=2)
    canvas = Canvas(town, walls)
    start = snap(town, np.array([[x, y]]), within_m=300.0)
    field = spread(town, start)
    lines = reached(town, field, 2_000.0)
    if not len(lines):
        return
    sheet = canvas.sheet(town, field, lines, 2_000.0)
    level, column = random.integers(0, len(sheet.y), 60), random.integers(0, len(sheet.x), 60)
    xy = np.column_stack([sheet.x[column], sheet.y[level]])
    free = ~shapely.intersects(shapely.union_all(walls), shapely.points(xy))
    homes = snap(town, xy, barred_by=walls)
    metres = meet(town, field, homes, len(xy)).metres
    drawn = np.where(sheet.aside > 0, np.inf, sheet.metres)[level, column]
    # Of two streets all but equally near, either may be taken: then the cell is on a border between them.
    legs = shapely.distance(town.lines[:, None], shapely.points(xy))
    legs = np.sort(legs, axis=0)
    sure = free & (np.abs(legs - 100.0).min(axis=0) > 1.0) & ((legs[1:2] - legs[:1] > 1.0).all(axis=0) if len(legs) > 1 else True)
    touching = shapely.distance(shapely.union_all(shapely.boundary(walls)), shapely.points(xy)) < 1.0
    same = np.isclose(metres, drawn, atol=1.0) | (np.isinf(metres) & np.isinf(drawn))
    assert same[sure & ~touching].mean() > 0.95 if (sure & ~touching).any() else True


def test_a_walk_on_ones_own_edge_does_not_go_round_by_its_ends() -> None:
    start = snap(VILLAGE, np.array([[150.0, 0.0]]))
    field = spread(VILLAGE, start)
    own = start.edge
    assert walked(VILLAGE, field, own, start.offset + 10, np.array([3.0])).tolist() == pytest.approx([13.0])


def test_slow_crossings_push_the_border_back() -> None:
    line = build_network(np.array([shapely.LineString([(-200, 0), (200, 0)])]))
    slow = in_time(line, np.array([400.0]), 1.0)  # a second for every metre: twice as long
    area = []
    for network in (line, slow):
        field = spread(network, placed(network, snap(line, np.array([[0.0, 0.0]]))), limit_m=150)
        area.append(areas(Canvas(line, NOTHING), network, field, [(100.0, reached(network, field, 100.0))])[0])
    assert area[0].bounds[2] == pytest.approx(100, abs=6)  # a point is blunt by half a cell
    assert area[1].bounds[2] == pytest.approx(50, abs=6)


def test_a_contour_that_touches_itself_is_mended() -> None:
    values = np.array([[1.0, 1, 1, 1, 1], [1, -1, 0, 1, 1], [1, 0, 1, 0, 1], [1, 1, 0, -1, 1], [1, 1, 1, 1, 1]])
    assert below_zero(np.arange(5.0), np.arange(5.0), values, 0.2).is_valid


def test_the_same_question_twice_draws_the_same_area_whatever_was_asked_between() -> None:
    canvas = Canvas(VILLAGE, NOTHING)

    def ask(x: float) -> shapely.Geometry:
        field = spread(VILLAGE, snap(VILLAGE, np.array([[x, 130.0]])), limit_m=300)
        return areas(canvas, VILLAGE, field, [(250.0, reached(VILLAGE, field, 250.0))])[0]

    first = ask(200.0)
    ask(30.0)
    assert ask(200.0).equals(first)
    assert replace(canvas, cell=5.0).fine_enough(1.0).cell < 0.2
