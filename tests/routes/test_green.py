"""Walks in the green: counted in the village, held against shapely and networkx by brute force, and by laws."""

from __future__ import annotations

from itertools import combinations

import networkx
import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.routes.test_meetings import graph_of
from tests.village import village_network
from wanli_geo.network.snap import Attachments, snap
from wanli_geo.routes.green import Clusters, GreenWalks, clusters, connected_gain_m2, connected_m2, green_walks, own_ground

NO_PAIRS = (np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64))


def test_a_street_is_green_exactly_where_the_green_is() -> None:
    walks = green_walks(village_network(), shapely.box(50, -10, 150, 10))
    # Along the south street from 50 to 150 m, and 10 m up the street that begins at its corner 1.
    assert (walks.count, walks.metres.tolist()) == (1, [110.0])
    assert walks.shape(0).length == pytest.approx(110)


def test_two_greens_apart_make_two_walks_and_a_corner_joins_them() -> None:
    two = shapely.union(shapely.box(10, -5, 90, 5), shapely.box(110, -5, 190, 5))
    assert sorted(green_walks(village_network(), two).metres.tolist()) == [80, 80]
    corner = shapely.union(shapely.box(10, -5, 100, 5), shapely.box(95, 0, 105, 60))
    assert green_walks(village_network(), corner).count == 1


def test_no_green_no_walk() -> None:
    walks = green_walks(village_network(), shapely.Polygon())
    assert (walks.count, len(walks.ends), walks.metres.tolist()) == (0, 0, [])


def test_the_smaller_of_two_greens_has_the_ground_that_the_larger_leaves() -> None:
    area, pairs = own_ground(np.array([shapely.box(0, 0, 10, 10), shapely.box(5, 0, 10, 15), shapely.box(50, 0, 60, 10)]))
    assert area.tolist() == [100.0, 25.0, 100.0]
    assert [pair.tolist() for pair in pairs] == [[1], [0]]


boxes = st.lists(st.builds(lambda x, y, w, h: shapely.box(x, y, x + w, y + h), st.integers(0, 40), st.integers(0, 40), st.integers(1, 20),
                           st.integers(1, 20)), min_size=1, max_size=6)


@given(boxes)
def test_every_square_metre_counts_once(areas: list[shapely.Polygon]) -> None:
    assert own_ground(np.array(areas))[0].sum() == pytest.approx(shapely.union_all(areas).area)


amounts = st.lists(st.floats(1, 1e6), min_size=2, max_size=8).map(np.array)


@given(amounts)
def test_the_connected_area_lies_between_the_largest_and_the_whole_and_no_link_lowers_it(area: np.ndarray) -> None:
    assert area.max() * (1 - 1e-9) <= connected_m2(area) <= area.sum() * (1 + 1e-9)
    one, other = np.array(list(combinations(range(len(area)), 2))).T
    gain = connected_gain_m2(area, one, other)
    assert (gain >= 0).all()
    for row in range(len(one)):
        joined = np.append(np.delete(area, [one[row], other[row]]), area[one[row]] + area[other[row]])
        assert connected_m2(joined) - connected_m2(area) == pytest.approx(gain[row], rel=1e-6, abs=1e-6 * area.sum())
    assert connected_m2(area * 4) == pytest.approx(4 * connected_m2(area))


greens = st.lists(st.builds(lambda x, y, w, h: shapely.box(x, y, x + w, y + h), st.integers(-10, 400), st.integers(-10, 400),
                            st.integers(5, 250), st.integers(5, 30)), min_size=1, max_size=6)
doors = st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), min_size=1, max_size=7)


def joined(zone: shapely.Geometry, where: list[tuple[int, int]], gap_m: float) -> tuple[GreenWalks, Attachments, Clusters]:
    network = village_network()
    rows = snap(network, np.array(where, dtype=np.float64))
    walks = green_walks(network, zone)
    return walks, rows, clusters(walks, rows, np.arange(1.0, len(where) + 1), NO_PAIRS, gap_m=gap_m)


@given(greens, doors, st.sampled_from([0.5, 30.0, 90.0]))
@settings(max_examples=60, deadline=None)
def test_clusters_are_those_that_brute_force_finds(areas: list[shapely.Polygon], where: list[tuple[int, int]], gap_m: float) -> None:
    zone = shapely.union_all(areas)
    walks, rows, found = joined(zone, where, gap_m)
    lengths = shapely.length(shapely.intersection(walks.network.lines, zone)).sum()
    assert walks.metres.sum() == pytest.approx(lengths, abs=0.02 * len(walks.network.lines))
    ends = walks.ends
    sources = Attachments(*(np.concatenate([getattr(rows, name), getattr(ends, name)]) for name in ("place", "edge", "offset", "leg", "gate")))
    sources.place[len(rows):] += len(where)
    graph = graph_of(walks.network, sources)
    reach = {node: networkx.single_source_dijkstra_path_length(graph, ("place", node)) for node in set(sources.place.tolist())}
    distances = [(one, other, reach[one][("place", other)]) for one, other in combinations(reach, 2)]
    assume(all(abs(metres - gap_m) > 1e-6 for *_, metres in distances))
    near = networkx.Graph()
    near.add_nodes_from(reach)
    near.add_edges_from((one, other) for one, other, metres in distances if metres <= gap_m)
    wanted = {frozenset(node for node in part if node < len(where)) for part in networkx.connected_components(near)} - {frozenset()}
    assert {frozenset(np.flatnonzero(found.of_patch == cluster).tolist()) for cluster in range(len(found.area_m2))} == wanted


@given(greens, doors)
@settings(max_examples=30, deadline=None)
def test_more_green_never_parts_and_the_order_of_the_patches_changes_nothing(
    areas: list[shapely.Polygon], where: list[tuple[int, int]]
) -> None:
    *_, less = joined(shapely.union_all(areas[1:]), where, 30.0)
    *_, more = joined(shapely.union_all(areas), where, 30.0)
    assert connected_m2(more.area_m2) >= connected_m2(less.area_m2) - 1e-9
    assert more.area_m2.sum() == pytest.approx(len(where) * (len(where) + 1) / 2)
    network = village_network()
    rows = snap(network, np.array(where[::-1], dtype=np.float64))
    turned = clusters(green_walks(network, shapely.union_all(areas)), rows, np.arange(float(len(where)), 0, -1), NO_PAIRS, gap_m=30.0)
    assert sorted(turned.area_m2.tolist()) == sorted(more.area_m2.tolist())
