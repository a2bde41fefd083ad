"""Walks counted on one's fingers, then laws, then an independent engine."""

from dataclasses import replace
from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from tests.village import corner, village_network
from wanli_geo.network.graph import WalkNetwork, build_network
from wanli_geo.network.search import meet, nearest, route, spread
from wanli_geo.network.snap import Attachments, snap

numbers = st.integers(0, 24)
spots = st.tuples(st.floats(0, 400), st.floats(0, 400))


def walk(network: WalkNetwork, sources: list[tuple[float, float]], places: list[tuple[float, float]], limit_m: float = np.inf) -> list[float]:
    doors, homes = snap(network, np.array(sources)), snap(network, np.array(places))
    return nearest(network, doors, homes, len(places), limit_m=limit_m).metres.tolist()


def test_across_the_village_and_back() -> None:
    corners = [tuple(corner(number)) for number in (24, 4, 0)]
    assert walk(village_network(), [(0.0, 0.0)], corners) == [800.0, 400.0, 0.0]


def test_legs_off_the_network_and_positions_along_an_edge_count() -> None:
    assert walk(village_network(), [(30.0, 5.0)], [(270.0, 104.0)]) == [5.0 + 270.0 + 100.0 - 30.0 + 4.0]


def test_two_places_on_one_edge_walk_straight_along_it() -> None:
    assert walk(village_network(), [(130.0, 0.0)], [(170.0, 0.0)]) == [40.0]


def test_the_nearer_of_two_sources_is_taken_and_named() -> None:
    network = village_network()
    doors, homes = snap(network, np.array([[0.0, 0.0], [400.0, 400.0]])), snap(network, np.array([[290.0, 400.0], [100.0, 10.0]]))
    walks = nearest(network, doors, homes, 2)
    assert walks.source.tolist() == [1, 0]
    assert walks.metres.tolist() == [110.0, 110.0]


def test_a_walk_of_exactly_the_limit_is_within_it() -> None:
    assert walk(village_network(), [(0.0, 0.0)], [(300.0, 0.0)], limit_m=300.0) == [300.0]
    assert walk(village_network(), [(0.0, 0.0)], [(300.0, 0.0)], limit_m=299.99) == [np.inf]


def test_a_river_without_a_bridge_is_not_crossed() -> None:
    banks = np.array([shapely.LineString([(0, 0), (100, 0)]), shapely.LineString([(0, 150), (100, 150)])])
    assert walk(build_network(banks), [(50.0, 0.0)], [(50.0, 150.0)]) == [np.inf]


def test_without_sources_nothing_is_reached() -> None:
    network = village_network()
    none = snap(network, np.empty((0, 2)))
    assert nearest(network, none, snap(network, np.array([[0.0, 0.0]])), 1).metres.tolist() == [np.inf]


@given(numbers, numbers, numbers)
def test_walking_is_a_metric(a: int, b: int, c: int) -> None:
    network, spot = village_network(), {number: tuple(corner(number)) for number in (a, b, c)}
    ab, ba = walk(network, [spot[a]], [spot[b]])[0], walk(network, [spot[b]], [spot[a]])[0]
    ac, cb = walk(network, [spot[a]], [spot[c]])[0], walk(network, [spot[c]], [spot[b]])[0]
    assert ab == ba
    assert ab <= ac + cb
    assert (ab == 0) == (a == b)


@given(spots, spots)
def test_the_route_drawn_is_as_long_as_the_walk_said(start: tuple[float, float], goal: tuple[float, float]) -> None:
    network = village_network()
    doors, homes = snap(network, np.array([goal])), snap(network, np.array([start]))
    field = spread(network, doors)
    walks = meet(network, field, homes, 1)
    path = route(network, field, homes, walks, 0)
    legs = homes.leg[walks.row[0]] + doors.leg[walks.via[0]]
    drawn = np.hypot(*np.diff(path, axis=0).T).sum()
    assert walks.metres[0] == pytest.approx(drawn + legs, abs=1e-6)


@given(st.lists(spots, min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_the_order_of_streets_and_sources_changes_nothing(sources: list[tuple[float, float]], random: object) -> None:
    network = village_network()
    shuffled = list(shapely.linestrings(network.xy, indices=np.repeat(np.arange(40), 2)))
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    places = [tuple(corner(number)) for number in range(25)]
    other = walk(build_network(np.array(shuffled)), sources[::-1], places)
    assert walk(network, sources, places) == pytest.approx(other, abs=1e-9)


@st.composite
def crooked_towns(draw: st.DrawFn) -> list[list[tuple[float, float]]]:
    """Streets between shared random corners: loops, twins, islands and dead ends all occur."""
    corners = draw(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), min_size=3, max_size=10, unique=True))
    pick = st.sampled_from(corners)
    return draw(st.lists(st.lists(pick, min_size=2, max_size=4), min_size=1, max_size=12))


@given(crooked_towns(), spots, spots)
def test_every_walk_equals_networkx_to_a_centimetre(town: list[list[tuple[float, float]]], a: tuple[float, float], b: tuple[float, float]) -> None:
    network = build_network(np.array([shapely.LineString(street) for street in town], dtype=object))
    doors, homes = snap(network, np.array([b])), snap(network, np.array([a]))
    assert walk(network, [b], [a])[0] == pytest.approx(_by_networkx(network, homes, doors), abs=0.01)


def _by_networkx(network: WalkNetwork, homes: object, doors: object) -> float:
    """The same question asked of networkx: every edge is cut at every attachment, each attachment hangs on by its leg."""
    graph = nx.Graph()
    cuts: dict[int, list[tuple[float, object]]] = {edge: [] for edge in range(len(network.length))}
    for side, rows in (("home", homes), ("door", doors)):
        for row in range(len(rows.place)):  # type: ignore[attr-defined]
            mark = (side, row)
            cuts[int(rows.edge[row])].append((float(rows.offset[row]), mark))  # type: ignore[attr-defined]
            _joined(graph, side, mark, float(rows.leg[row]))  # type: ignore[attr-defined]
    for edge, marks in cuts.items():
        stops = [(0.0, int(network.tail[edge])), *sorted(marks, key=lambda stop: stop[0]), (float(network.length[edge]), int(network.head[edge]))]
        for (low, start), (high, end) in pairwise(stops):
            _joined(graph, start, end, high - low)
    if "home" not in graph or "door" not in graph or not nx.has_path(graph, "home", "door"):
        return float("inf")
    return float(nx.shortest_path_length(graph, "home", "door", weight="metres"))


def _joined(graph: nx.Graph, start: object, end: object, metres: float) -> None:
    known = graph.get_edge_data(start, end, {"metres": float("inf")})["metres"]
    graph.add_edge(start, end, metres=min(metres, known))


@given(crooked_towns(), st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), min_size=2, max_size=4), spots, spots)
def test_a_street_more_never_lengthens_a_walk_between_the_same_attachments(
    town: list[list[tuple[float, float]]], street: list[tuple[float, float]], a: tuple[float, float], b: tuple[float, float]
) -> None:
    lines = [shapely.LineString(line) for line in town]
    before, after = build_network(np.array(lines, dtype=object)), build_network(np.array([*lines, shapely.LineString(street)], dtype=object))
    doors, homes = snap(before, np.array([b])), snap(before, np.array([a]))
    first = nearest(before, doors, homes, 1).metres[0]
    then = nearest(after, carried(doors, before, after), carried(homes, before, after), 1).metres[0]
    assert then <= first + 1e-6


def carried(rows: Attachments, before: WalkNetwork, after: WalkNetwork) -> Attachments:
    """The same attachments in a network with streets added behind: same street, same metres along it, whatever edge that is now."""
    along = np.array([_start(before, edge) for edge in rows.edge]) + rows.offset
    edges = [np.flatnonzero(after.street == before.street[edge]) for edge in rows.edge]
    starts = [np.array([_start(after, edge) for edge in own]) for own in edges]
    nth = [int(np.clip(np.searchsorted(start, metres, "right") - 1, 0, None)) for start, metres in zip(starts, along, strict=True)]
    edge = np.array([own[at] for own, at in zip(edges, nth, strict=True)], dtype=np.int64)
    offset = np.array([metres - start[at] for start, metres, at in zip(starts, along, nth, strict=True)])
    return replace(rows, edge=edge, offset=np.minimum(offset, after.length[edge]) if len(edge) else offset)


def _start(network: WalkNetwork, edge: int) -> float:
    """Metres from the beginning of its street to the tail of an edge."""
    own = np.flatnonzero(network.street == network.street[edge])
    return float(network.length[own[own < edge]].sum())


@given(crooked_towns(), spots, spots, st.sampled_from([0.25, 3.0, 100.0]))
def test_the_scale_of_the_metric_system_scales_the_walk_and_nothing_else(
    town: list[list[tuple[float, float]]], a: tuple[float, float], b: tuple[float, float], scale: float
) -> None:
    lines = np.array([shapely.LineString(street) for street in town], dtype=object)
    found = []
    for factor in (1.0, scale):
        network = build_network(shapely.transform(lines, lambda xy: xy * factor))  # noqa: B023  used at once
        doors, homes = (snap(network, np.array([place]) * factor, within_m=100.0 * factor) for place in (b, a))
        found.append(nearest(network, doors, homes, 1).metres[0] / factor)
    assert found[1] == pytest.approx(found[0], abs=1e-6)
