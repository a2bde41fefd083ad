"""Where streets are joined, and where they are not."""

import numpy as np
import shapely

from tests.village import village_network
from wanli_geo.network.graph import build_network


def lines(*coordinates: list[tuple[float, float]]) -> np.ndarray:
    return np.array([shapely.LineString(line) for line in coordinates], dtype=object)


def test_the_village_has_25_corners_and_40_edges_of_100_m() -> None:
    network = village_network()
    assert len(network.nodes) == 25
    assert network.length.tolist() == [100.0] * 40


def test_streets_that_cross_without_a_shared_vertex_do_not_meet() -> None:
    bridge = build_network(lines([(0, 0), (10, 0)], [(5, -5), (5, 5)]))
    assert bridge.component.tolist() == [0, 1]


def test_streets_that_share_a_vertex_meet_there_even_in_their_middle() -> None:
    joined = build_network(lines([(0, 0), (5, 0), (10, 0)], [(5, -5), (5, 0), (5, 5)]))
    assert len(joined.length) == 4
    assert joined.component.tolist() == [0] * 4


def test_a_bend_is_no_corner_and_counts_in_the_length() -> None:
    bent = build_network(lines([(0, 0), (3, 0), (3, 4)]))
    assert (len(bent.nodes), bent.length.tolist()) == (2, [7.0])


def test_stretches_without_length_are_left_out() -> None:
    doubled = build_network(lines([(0, 0), (0, 0), (10, 0)]))
    assert doubled.length.tolist() == [10.0]
    assert len(build_network(lines([(1, 1), (1, 1)])).length) == 0


def test_parallel_edges_keep_the_shorter_way_between_corners() -> None:
    twin = build_network(lines([(0, 0), (10, 0)], [(0, 0), (5, 5), (10, 0)]))
    _, _, metres, edge = twin.neighbours
    assert metres.tolist() == [10.0, 10.0]
    assert twin.street[edge].tolist() == [0, 0]


def test_the_longest_part_is_the_mainland() -> None:
    parts = build_network(lines([(0, 0), (10, 0)], [(0, 50), (99, 50)]))
    assert parts.component.tolist() == [1, 0]


def test_no_streets_make_an_empty_network() -> None:
    assert len(build_network(np.empty(0, dtype=object)).nodes) == 0


def test_corners_are_found_however_far_apart_the_streets_lie() -> None:
    far = 1e10
    pair = build_network(lines([(0, 0), (10, 0)], [(10, 0), (20, 0)], [(far, far), (far + 10, far)], [(far + 10, far), (far + 20, far)]))
    assert (len(pair.nodes), sorted(pair.component)) == (6, [0, 0, 1, 1])
