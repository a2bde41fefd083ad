"""Where catchments meet: the shortest walks between neighbours, counted in the village and against another engine."""

from __future__ import annotations

import networkx
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.village import SIDE, corner, village_network
from wanli_geo.network.graph import WalkNetwork, build_network
from wanli_geo.network.snap import Attachments, snap
from wanli_geo.routes.green import grouped
from wanli_geo.routes.meetings import meetings


def at(network: WalkNetwork, *places: tuple[float, float]) -> Attachments:
    return snap(network, np.array(places, dtype=np.float64).reshape(-1, 2))


def test_two_corners_meet_half_way_and_the_walk_between_them_is_drawn() -> None:
    network = village_network()
    sources = at(network, (0, 0), (200, 0))
    found = meetings(network, sources, limit_m=1_000)
    assert (found.one.tolist(), found.other.tolist(), found.metres.tolist()) == ([0], [1], [200.0])
    xy, first, last = found.walk(0)
    assert (shapely.LineString(xy).length, {int(sources.place[first]), int(sources.place[last])}) == (200.0, {0, 1})
    assert sorted([xy[0].tolist(), xy[-1].tolist()]) == [[0.0, 0.0], [200.0, 0.0]]


def test_of_three_in_a_row_only_the_neighbours_meet() -> None:
    network = village_network()
    found = meetings(network, at(network, (0, 0), (100, 0), (400, 0)), limit_m=1_000)
    assert list(zip(found.one.tolist(), found.other.tolist(), found.metres.tolist(), strict=True)) == [(0, 1, 100.0), (1, 2, 300.0)]


def test_two_on_one_street_meet_along_it_and_a_leg_off_the_street_counts() -> None:
    network = build_network(np.array([shapely.LineString([(0, 0), (100, 0)])]))
    found = meetings(network, at(network, (30, 4), (70, -6)), limit_m=100)
    assert found.metres.tolist() == [50.0]
    assert found.walk(0)[0].tolist() in ([[30.0, 0.0], [70.0, 0.0]], [[70.0, 0.0], [30.0, 0.0]])


def test_where_they_meet_in_a_bend_the_walk_goes_round_it() -> None:
    network = build_network(np.array([shapely.LineString([(0, 0), (50, 0)]), shapely.LineString([(50, 0), (50, 40), (90, 40), (90, 0)]),
                                      shapely.LineString([(90, 0), (140, 0)])]))
    found = meetings(network, at(network, (0, 0), (140, 0)), limit_m=1_000)
    assert found.metres.tolist() == [220.0]
    assert shapely.LineString(found.walk(0)[0]).length == 220.0


def test_one_that_steps_on_where_another_is_nearer_still_meets_it() -> None:
    network = build_network(np.array([shapely.LineString([(0, 0), (100, 0)])]))
    found = meetings(network, at(network, (50, 0), (50, 20)), limit_m=100)
    assert found.metres.tolist() == [20.0]
    assert len(found.walk(0)[0]) >= 2


def test_farther_than_the_limit_is_no_meeting_and_nothing_meets_nothing() -> None:
    network = village_network()
    assert len(meetings(network, at(network, (0, 0), (200, 0)), limit_m=199)) == 0
    assert len(meetings(network, at(network, (0, 0)), limit_m=1_000)) == 0
    assert len(meetings(network, at(network).take(np.empty(0, dtype=np.int64)), limit_m=1_000)) == 0


def graph_of(network: WalkNetwork, sources: Attachments) -> networkx.Graph:
    """Corners, and the places by their legs: each place a node of its own, joined to both ends of its edge and along it."""
    graph = networkx.Graph()

    def way(one: object, other: object, metres: float) -> None:
        if metres < graph.get_edge_data(one, other, {"weight": np.inf})["weight"]:
            graph.add_edge(one, other, weight=metres)

    for edge in range(len(network.length)):
        stops = [(0.0, int(network.tail[edge])), (float(network.length[edge]), int(network.head[edge]))]
        stops += [(float(sources.offset[row]), ("at", edge, float(sources.offset[row]))) for row in np.flatnonzero(sources.edge == edge)]
        for (low, one), (high, other) in zip(sorted(stops, key=lambda stop: stop[0])[:-1], sorted(stops, key=lambda stop: stop[0])[1:], strict=True):
            way(one, other, high - low)
    for row in range(len(sources)):
        way(("place", int(sources.place[row])), ("at", int(sources.edge[row]), float(sources.offset[row])), float(sources.leg[row]))
    return graph


places = st.lists(st.tuples(st.integers(-20, 420), st.integers(-20, 420)), min_size=2, max_size=8)


@given(places, st.sampled_from([30.0, 120.0, 1_000.0]))
@settings(max_examples=60, deadline=None)
def test_the_meetings_join_whom_any_walks_of_that_length_join(where: list[tuple[int, int]], limit: float) -> None:
    network = village_network()
    sources = at(network, *where)
    graph = graph_of(network, sources)
    nodes = {place: networkx.single_source_dijkstra_path_length(graph, ("place", place)) for place in range(len(where))}
    pairs = [(one, other, nodes[one][("place", other)]) for one in nodes for other in nodes if one < other]
    joined = [(one, other) for one, other, metres in pairs if metres <= limit + 1e-9]
    found = meetings(network, sources, limit_m=limit + 1e-9)
    walked = {(one, other): metres for one, other, metres in pairs}
    for one, other, metres in zip(found.one.tolist(), found.other.tolist(), found.metres.tolist(), strict=True):
        assert metres >= walked[one, other] - 1e-6
    ends = np.array(joined, dtype=np.int64).reshape(-1, 2)
    assert grouped(len(where), found.one, found.other).tolist() == grouped(len(where), ends[:, 0], ends[:, 1]).tolist()


@given(places)
@settings(max_examples=40, deadline=None)
def test_a_walk_is_as_long_as_said_and_no_shorter_than_the_straight_line(where: list[tuple[int, int]]) -> None:
    network = village_network()
    sources = at(network, *where)
    found = meetings(network, sources, limit_m=2_000)
    for row in range(len(found)):
        xy, first, last = found.walk(row)
        legs = sources.leg[first] + sources.leg[last]
        assert {int(sources.place[first]), int(sources.place[last])} == {int(found.one[row]), int(found.other[row])}
        assert shapely.LineString(xy).length + legs == pytest.approx(found.metres[row], abs=1e-6)
        ends = np.array(where, dtype=np.float64)[[found.one[row], found.other[row]]]
        assert found.metres[row] >= np.hypot(*(ends[0] - ends[1])) - 1e-6


def test_the_village_is_as_wide_as_one_thinks() -> None:
    assert corner(SIDE * SIDE - 1).tolist() == [400.0, 400.0]
