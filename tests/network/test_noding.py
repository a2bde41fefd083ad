"""Streets are joined where they truly meet, an end that just misses gets a link, and nothing else is touched."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import networkx as nx
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial import cKDTree

from tests.benchmarks.town import grid_town
from wanli_geo.network.graph import WalkNetwork, build_network
from wanli_geo.network.noding import Noded, node
from wanli_geo.network.search import nearest
from wanli_geo.network.snap import Attachments

Line = Sequence[tuple[float, float]]
ROAD: Line = [(0, 0), (100, 0)]


def noded(*lines: Line | Any, level: Sequence[float] = (), link: Sequence[int] = (), settled: Sequence[int] = (),
          barred_by: Sequence[Any] = ()) -> Noded:
    """Node lines of one level, but where `level` says otherwise; `link` and `settled` name rows."""
    drawn = np.array([line if isinstance(line, shapely.Geometry) else shapely.LineString(line) for line in lines], dtype=object)
    rows = np.arange(len(drawn))
    levels = np.array(level or [0.0] * len(drawn), dtype=float)
    return node(drawn, levels, np.isin(rows, link), settled=np.isin(rows, settled), barred_by=np.array(barred_by, dtype=object))


def network_of(made: Noded) -> WalkNetwork:
    return made.network(np.arange(len(made.lines)))[0]


def told(made: Noded) -> list[tuple[str, int, int, float]]:
    joints = made.joints
    return [(str(kind), int(one), int(other), round(float(metres), 6))
            for kind, one, other, metres in zip(joints.kind, joints.street, joints.other, joints.metres, strict=True)]


def walk(made: Noded | WalkNetwork, start: tuple[float, float], goal: tuple[float, float]) -> float:
    """Metres from corner to corner of the network."""
    network = network_of(made) if isinstance(made, Noded) else made
    return float(walks(network, np.array([start], dtype=float), np.array([goal], dtype=float))[0, 0])


def walks(network: WalkNetwork, starts: np.ndarray, goals: np.ndarray) -> np.ndarray:
    """(a, b) metres between corners, each by its place."""
    places = at(network, goals)
    return np.array([nearest(network, at(network, [start]), places, len(goals)).metres for start in starts])


def at(network: WalkNetwork, xy: Any) -> Attachments:
    """Stand on the corners nearest to places."""
    corner = cKDTree(network.nodes).query(np.array(xy, dtype=float))[1]
    edge = np.array([np.flatnonzero((network.tail == one) | (network.head == one))[0] for one in corner], dtype=np.int64)
    offset = np.where(network.tail[edge] == corner, 0.0, network.length[edge])
    return Attachments(np.arange(len(corner)), edge, offset, np.zeros(len(corner)), np.full(len(corner), -1, dtype=np.int64))


# -- by hand --------------------------------------------------------------------------------------------------------------------------


def test_two_streets_that_cross_get_a_corner() -> None:
    made = noded(ROAD, [(30, -40), (30, 40)])
    assert told(made) == [("crosses", 0, 1, 0.0)]
    assert made.joints.xy.tolist() == [[30.0, 0.0]]
    assert walk(made, (0, 0), (30, 40)) == 70.0


def test_an_end_on_a_street_gets_a_corner() -> None:
    made = noded(ROAD, [(30, 0), (30, 40)])
    assert told(made) == [("touches", 1, 0, 0.0)]
    assert walk(made, (100, 0), (30, 40)) == 110.0


def test_a_bend_on_a_street_gets_a_corner() -> None:
    made = noded(ROAD, [(10, 50), (30, 0), (50, 50)])
    assert told(made) == [("crosses", 1, 0, 0.0)]
    assert walk(made, (0, 0), (10, 50)) == pytest.approx(30 + np.hypot(20, 50))


@pytest.mark.parametrize("off", [0.006, -0.006, 0.015])
def test_an_end_that_rounding_moved_off_the_street_touches_it(off: float) -> None:
    made = noded(ROAD, [(30, off), (30, 40)])
    assert {kind for kind, *_ in told(made)} <= {"touches", "crosses"}
    assert walk(made, (0, 0), (30, 40)) == pytest.approx(70, abs=0.02)


def test_an_end_that_just_misses_is_joined_by_a_link_that_counts() -> None:
    made = noded(ROAD, [(30, 1.5), (30, 40)])
    assert told(made) == [("near_miss", 1, 0, 1.5)]
    assert (made.joints.xy.tolist(), made.joints.foot.tolist()) == ([[30.0, 1.5]], [[30.0, 0.0]])
    assert walk(made, (0, 0), (30, 40)) == 70.0
    assert network_of(made).street.tolist() == [0, 0, 1, 1]


def test_two_metres_are_too_far() -> None:
    assert told(noded(ROAD, [(30, 2.1), (30, 40)])) == []


def test_two_ends_that_face_each_other_are_joined_once() -> None:
    made = noded(ROAD, [(101.5, 0), (200, 0)])
    assert [(kind, metres) for kind, _, _, metres in told(made)] == [("near_miss", 1.5)]
    assert walk(made, (0, 0), (200, 0)) == 200.0


def test_an_end_in_the_middle_of_two_equally_near_streets_is_joined_to_both() -> None:
    made = noded([(0, 1), (100, 1)], [(0, -1), (100, -1)], [(40, 0), (60, 0)])
    assert len(made.joints) == 4
    assert walk(made, (0, 1), (0, -1)) == 82.0


def test_what_is_connected_close_by_gets_no_link() -> None:
    made = noded([(0, 0), (50, 0), (100, 0)], [(50, 0), (53, 1.5), (53, 50)], [(50, 0), (50, -40)])
    assert told(made) == []
    assert told(noded([(0, 0), (50, 0), (100, 0)], [(50, 0), (51, 1.5)])) == []  # a stub that ends beside the street it leaves


@pytest.mark.parametrize(("levels", "joined"), [((0, 1), False), ((1, 1), True), ((-1, 0), False)])
def test_only_streets_of_one_level_meet(levels: tuple[float, float], joined: bool) -> None:
    for other in ([(30, -40), (30, 40)], [(30, 0), (30, 40)], [(30, 1.5), (30, 40)]):
        assert bool(told(noded(ROAD, other, level=levels))) is joined


def test_a_footbridge_passes_over_the_road_and_lands_at_its_ends() -> None:
    bridge = [(50, -20), (50, 20)]
    made = noded(ROAD, [(0, -20), (100, -20)], [(0, 21), (100, 21)], bridge, level=(0, 0, 0, 1), link=[3])
    assert told(made) == [("touches", 3, 1, 0.0), ("near_miss", 3, 2, 1.0)]
    assert walk(made, (0, -20), (0, 21)) == 141.0
    assert walk(made, (0, 0), (0, 21)) == np.inf


def test_half_a_footbridge_does_not_land_on_the_road_below() -> None:
    halves = [(50, -20), (50, 0)], [(50, 0), (50, 20)]
    assert told(noded(ROAD, *halves, level=(0, 1, 1), link=[1, 2])) == []
    assert told(noded(ROAD, halves[0], level=(0, 1), link=[1])) == [("touches", 1, 0, 0.0)]


def test_a_source_that_states_its_corners_is_left_alone_but_for_other_streets() -> None:
    lines = (ROAD, [(30, -40), (30, 40)], [(60, 1), (60, 40)])
    assert told(noded(*lines, settled=[0, 1, 2])) == []
    assert told(noded(*lines, settled=[0, 1])) == [("near_miss", 2, 0, 1.0)]


@pytest.mark.parametrize(("between", "joined"), [
    (shapely.LineString([(0, 0.5), (100, 0.5)]), False),  # a railway
    (shapely.box(0, 0.2, 100, 0.8), False),  # a ditch
    (shapely.box(20, 1, 40, 9), True),  # the end itself stands in it
    (shapely.LineString([(0, 1.5), (100, 1.5)]), True),  # the end lies on the wall, where its gate is
    (shapely.LineString([(0, -5), (100, -5)]), True),
])
def test_no_link_leads_through_a_wall_or_over_water(between: Any, joined: bool) -> None:
    assert bool(told(noded(ROAD, [(30, 1.5), (30, 40)], barred_by=[between]))) is joined


def test_a_street_that_crosses_itself_gets_a_corner() -> None:
    made = noded([(0, 0), (100, 0), (100, 50), (50, 50), (50, -50)])
    assert told(made) == [("crosses", 0, 0, 0.0)]
    assert walk(made, (0, 0), (50, -50)) == 100.0


def test_a_street_that_comes_back_to_itself_meets_itself() -> None:
    made = noded([(0, 0), (100, 0), (100, 50), (50, 50), (50, 0)])
    assert told(made) == [("touches", 0, 0, 0.0)]
    assert len(network_of(made).length) == 2


def test_a_ramp_that_winds_beside_itself_is_left_as_it_is() -> None:
    assert told(noded([(0, 0), (30, 0), (30, 1.5), (0, 1.5), (0, 3), (30, 3)])) == []


def test_streets_drawn_twice_or_over_one_another_are_one_way() -> None:
    made = noded(ROAD, ROAD[::-1], [(20, 0), (60, 0), (60, 30)])
    assert {kind for kind, *_ in told(made)} == {"crosses", "touches"}
    assert walk(made, (0, 0), (60, 30)) == 90.0
    assert walk(made, (100, 0), (60, 30)) == 70.0


def test_parts_of_one_street_are_joined_like_streets() -> None:
    parts = shapely.MultiLineString([ROAD, [(101, 0), (200, 0)], [(50, -50), (50, 50)]])
    made = noded(parts)
    assert [kind for kind, *_ in told(made)] == ["crosses", "near_miss"]
    assert walk(made, (50, 50), (200, 0)) == 200.0


def test_nothing_and_next_to_nothing_is_noded_too() -> None:
    assert told(noded()) == []
    assert told(noded(ROAD)) == []
    assert told(noded(ROAD, [(5, 0), (5, 0)], shapely.LineString(), [(7, 7), (7, 7.0001)])) == []


def test_a_ring_has_no_end() -> None:
    ring = [(10, 1), (20, 1), (20, 11), (10, 11), (10, 1)]
    assert told(noded(ROAD, ring)) == []


def test_a_town_that_is_noded_is_not_touched() -> None:
    lines = grid_town(20).lines
    made = node(lines, np.zeros(len(lines)), np.zeros(len(lines), dtype=bool))
    assert all(one is other for one, other in zip(made.lines, lines, strict=True))
    assert told(made) == []


def test_links_lead_only_between_streets_that_are_walked() -> None:
    made = noded(ROAD, [(30, 1.5), (30, 40)], [(101, 0), (200, 0)])
    network, joints = made.network(np.array([2, 0]))
    assert (joints.street.tolist(), joints.other.tolist(), set(network.street.tolist())) == ([0], [1], {0, 1})


# -- laws -----------------------------------------------------------------------------------------------------------------------------

# Six by six corners 100 m apart: what does not meet is far off.
grid_point = st.tuples(st.integers(0, 6), st.integers(0, 6)).map(lambda at: (100.0 * at[0], 100.0 * at[1]))
grid_line = st.lists(grid_point, min_size=2, max_size=4).filter(lambda line: len(set(line)) > 1)
grid_lines = st.lists(grid_line, min_size=1, max_size=6)
# Places a metre or so apart: near misses, parallels and facing ends all occur.
fine_point = st.tuples(st.sampled_from([0.0, 1.0, 2.5, 10.0, 11.0, 20.0]), st.sampled_from([0.0, 1.5, 3.0, 10.0, 11.5, 20.0]))
fine_line = st.lists(fine_point, min_size=2, max_size=4).filter(lambda line: len(set(line)) > 1)
fine_lines = st.lists(fine_line, min_size=1, max_size=6)


def oracle(lines: Sequence[Line]) -> nx.Graph:
    """The streets noded by GEOS: every straight piece of the union of all lines."""
    graph = nx.Graph()
    for piece in shapely.get_parts(shapely.unary_union([shapely.LineString(line) for line in lines])):
        for one, other in pairwise(np.round(shapely.get_coordinates(piece), 6).tolist()):
            graph.add_edge(tuple(one), tuple(other), weight=float(np.hypot(one[0] - other[0], one[1] - other[1])))
    return graph


@given(grid_lines)
@settings(max_examples=300)
def test_every_walk_is_that_of_networkx_over_lines_noded_by_geos(lines: list[Line]) -> None:
    graph, network = oracle(lines), network_of(noded(*lines))
    places = sorted({tuple(line[end]) for line in lines for end in (0, -1)})
    found = walks(network, np.array(places), np.array(places))
    for row, start in enumerate(places):
        metres = nx.single_source_dijkstra_path_length(graph, start)
        assert found[row].tolist() == pytest.approx([metres.get(goal, np.inf) for goal in places], abs=0.01)


@given(st.lists(st.tuples(grid_line, st.sampled_from([-1.0, 0.0, 1.0])), min_size=1, max_size=6))
@settings(max_examples=200)
def test_levels_keep_apart(streets: list[tuple[Line, float]]) -> None:
    made = noded(*[line for line, _ in streets], level=[level for _, level in streets])
    alone = [noded(*[line for line, own in streets if own == level]) for level in (-1.0, 0.0, 1.0)]
    assert len(made.joints) == sum(len(one.joints) for one in alone)
    levels = np.array([level for _, level in streets])
    assert (levels[made.joints.street] == levels[made.joints.other]).all()


@given(st.one_of(grid_lines, fine_lines), st.booleans())
@settings(max_examples=300)
def test_noding_twice_is_noding_once(lines: list[Line], bridge: bool) -> None:
    link, level = ([0], [1.0] + [0.0] * (len(lines) - 1)) if bridge else ([], [])
    once = noded(*lines, link=link, level=level)
    twice = noded(*once.lines, link=link, level=level)
    assert all(one is other for one, other in zip(once.lines, twice.lines, strict=True))
    linked = once.joints.take(once.joints.metres > 0)
    assert (twice.joints.xy.tolist(), twice.joints.foot.tolist()) == (linked.xy.tolist(), linked.foot.tolist())


@given(st.one_of(grid_lines, fine_lines), st.randoms(use_true_random=False))
@settings(max_examples=200)
def test_order_and_direction_of_the_streets_change_no_corner_and_no_walk(lines: list[Line], random: Any) -> None:
    turned = [line[::-1] if random.random() < 0.5 else line for line in random.sample(lines, len(lines))]
    one, other = network_of(noded(*lines)), network_of(noded(*turned))
    assert sorted(map(tuple, np.round(one.nodes, 3).tolist())) == sorted(map(tuple, np.round(other.nodes, 3).tolist()))
    assert walks(one, one.nodes, one.nodes) == pytest.approx(walks(other, one.nodes, one.nodes), abs=1e-6)


@given(grid_lines, grid_line)
@settings(max_examples=200)
def test_a_street_more_never_lengthens_a_walk(lines: list[Line], extra: Line) -> None:
    before, after = network_of(noded(*lines)), network_of(noded(*lines, extra))
    assert (walks(after, before.nodes, before.nodes) <= walks(before, before.nodes, before.nodes) + 1e-6).all()


@given(fine_lines, fine_line)
@settings(max_examples=200)
def test_a_street_more_never_parts_what_was_joined_even_by_a_link(lines: list[Line], extra: Line) -> None:
    # A walk may grow by metres only where the street now drawn takes the place of a link across a gap.
    before, after = network_of(noded(*lines)), network_of(noded(*lines, extra))
    assert not (np.isfinite(walks(before, before.nodes, before.nodes)) & ~np.isfinite(walks(after, before.nodes, before.nodes))).any()


@given(fine_lines)
@settings(max_examples=200)
def test_no_end_stays_apart_from_a_street_less_than_two_metres_away(lines: list[Line]) -> None:
    network = network_of(noded(*lines))
    drawn = [shapely.LineString(line) for line in lines]
    for row, line in enumerate(lines):
        for end in ((line[0], line[-1]) if line[0] != line[-1] else ()):
            near = [other for other, own in enumerate(drawn) if other != row and own.distance(shapely.Point(end)) < 1.99]
            goals = np.array([lines[other][0] for other in near]).reshape(-1, 2)
            assert np.isfinite(walks(network, np.array([end]), goals)).all()


@given(fine_lines)
@settings(max_examples=200)
def test_noded_lines_are_those_drawn(lines: list[Line]) -> None:
    made = noded(*lines)
    for line, one in zip(lines, made.lines, strict=True):
        assert one.length == pytest.approx(shapely.LineString(line).length, abs=0.01)
        assert shapely.hausdorff_distance(one, shapely.LineString(line)) < 0.002
    assert build_network(made.lines).length.sum() == pytest.approx(sum(shapely.LineString(line).length for line in lines), abs=0.01)
