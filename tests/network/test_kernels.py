"""The compiled searches of the extra `city` and SciPy's say the same: on crooked little towns, and on a grid of 3,000 corners."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.benchmarks.town import grid_town
from tests.network.test_search import crooked_towns
from tests.village import village_network
from wanli_geo.network import kernels, search
from wanli_geo.network.graph import WalkNetwork, build_network
from wanli_geo.network.snap import Attachments, snap

needs_numba = pytest.mark.skipif(not kernels.present(), reason="the extra `city` (numba) is not installed")
SCIPY, CITY = 10**9, 0  # from how many corners on the kernels search
laws = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
shares = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 90)), min_size=1, max_size=6)
limits = st.sampled_from([0.0, 100.0, 250.0, np.inf])
wide = st.integers(-150, 450)
MM = 0.001


def network_of(town: list[list[tuple[float, float]]]) -> WalkNetwork:
    return build_network(np.array([shapely.LineString(street) for street in town], dtype=object))


def doors_on(network: WalkNetwork, at: list[tuple[float, float, float]]) -> Attachments:
    """Attach a door to some edge, some way along it, some leg off it, by three numbers each."""
    edge = np.array([int(share * (len(network.length) - 1)) for share, _, _ in at])
    offset = network.length[edge] * np.array([along for _, along, _ in at])
    count = len(at)
    return Attachments(np.arange(count), edge, offset, np.array([leg for _, _, leg in at]), np.full(count, -1))


def by_both(monkeypatch: pytest.MonkeyPatch, ask: object) -> list[object]:
    answers = []
    for corners in (SCIPY, CITY):
        monkeypatch.setattr(kernels, "CITY_CORNERS", corners)
        answers.append(ask())  # type: ignore[operator]
    return answers


@needs_numba
@laws
@given(crooked_towns(), shares, limits)
def test_every_corner_is_as_far_by_the_kernel_as_by_scipy(
    monkeypatch: pytest.MonkeyPatch, town: list[list[tuple[float, float]]], at: list[tuple[float, float, float]], limit_m: float
) -> None:
    network = network_of(town)
    if not len(network.length):
        return
    doors = doors_on(network, at)
    theirs, ours = by_both(monkeypatch, lambda: search.spread(network, doors, limit_m=limit_m))
    assert ours.metres == pytest.approx(theirs.metres, abs=MM)
    assert ((ours.via >= 0) == np.isfinite(ours.metres)).all()
    # The route told is one that exists: each step leads to a corner nearer by just that edge, the last one to the door named.
    reach = search._starts(network, doors)
    for corner in np.flatnonzero(np.isfinite(ours.metres)):
        following, via = ours.previous[corner], ours.via[corner]
        if following < 0:
            assert ours.metres[corner] == pytest.approx(reach[1][via][reach[0][via] == corner].min(), abs=MM)
        else:
            assert via == ours.via[following]
            assert ours.metres[following] <= ours.metres[corner]


@needs_numba
@laws
@given(crooked_towns(), shares, limits, st.integers(1, 4))
def test_the_nearest_few_are_as_far_by_the_kernel_as_by_scipy(
    monkeypatch: pytest.MonkeyPatch, town: list[list[tuple[float, float]]], at: list[tuple[float, float, float]], limit_m: float, few: int
) -> None:
    network = network_of(town)
    if not len(network.length):
        return
    doors = doors_on(network, at)
    (theirs, _), (ours, who) = by_both(monkeypatch, lambda: search.nearest_few(network, doors, few, limit_m=limit_m))
    assert ours == pytest.approx(theirs, abs=MM)
    assert ((who >= 0) == np.isfinite(ours)).all()
    for row in range(len(network.nodes)):
        named = who[row][who[row] >= 0]
        assert len(set(named)) == len(named)
        alone = [search.spread(network, doors.take(np.array([one])), limit_m=limit_m).metres[row] for one in named[:1]]
        assert alone == pytest.approx(ours[row][: len(alone)], abs=MM)


@needs_numba
@laws
@given(crooked_towns(), limits, st.randoms(use_true_random=False))
def test_as_many_people_are_within_reach_by_the_kernel_as_by_scipy(
    monkeypatch: pytest.MonkeyPatch, town: list[list[tuple[float, float]]], limit_m: float, random: object
) -> None:
    network = network_of(town)
    if not len(network.length):
        return
    people = np.array([float(random.randint(0, 50)) for _ in network.nodes])  # type: ignore[attr-defined]
    theirs, ours = by_both(monkeypatch, lambda: search.amount_within(network, people, limit_m=limit_m, threads=2))
    assert ours.tolist() == theirs.tolist()


@needs_numba
@laws
@given(crooked_towns(), st.lists(st.tuples(wide, wide), min_size=1, max_size=8), st.sampled_from([5.0, 100.0, 900.0]))
def test_places_meet_the_same_edges_by_the_grid_as_by_the_tree(
    monkeypatch: pytest.MonkeyPatch, town: list[list[tuple[float, float]]], spots: list[tuple[int, int]], within_m: float
) -> None:
    network = network_of(town)
    xy = np.array(spots, dtype=float)
    theirs, ours = by_both(monkeypatch, lambda: snap(network, xy, within_m=within_m))
    assert_met_alike(network, xy, theirs, ours)


def assert_met_alike(network: WalkNetwork, xy: np.ndarray, theirs: Attachments, ours: Attachments) -> None:
    """Each place is met on each connected part at the same leg; a tie that only one side breaks is as near to a nanometre."""
    legs = []
    for rows in (theirs, ours):
        key = rows.place * (network.component.max(initial=0) + 1) + network.component[rows.edge]
        found, first = np.unique(key, return_index=True)
        legs.append((found.tolist(), rows.leg[first]))
    assert legs[0][0] == legs[1][0]
    assert legs[1][1] == pytest.approx(legs[0][1], abs=1e-6)
    feet = shapely.line_interpolate_point(network.lines[ours.edge], ours.offset)
    assert shapely.distance(feet, shapely.points(xy[ours.place])) == pytest.approx(ours.leg, abs=1e-6)
    both = {(int(place), int(edge)) for place, edge in zip(theirs.place, theirs.edge, strict=True)}
    for place, edge, leg in zip(ours.place.tolist(), ours.edge.tolist(), ours.leg.tolist(), strict=True):
        assert (place, edge) in both or leg == pytest.approx(theirs.leg[theirs.place == place].min(), abs=1e-9)


@st.composite
def knots(draw: st.DrawFn) -> WalkNetwork:
    """Networks that no street makes: ways of a hair's breadth and of a day's walk, twins, loops, parts apart, a single edge."""
    corners = draw(st.integers(1, 9))
    end = st.integers(0, corners - 1)
    ways = draw(st.lists(st.tuples(end, end, st.sampled_from([1e-13, 0.0004, 0.1, 33.3, 100.0, 250.0, 1e5])), min_size=1, max_size=20))
    tail, head, length = (np.array(column) for column in zip(*ways, strict=True))
    nodes = np.array(draw(st.lists(st.tuples(wide, wide), min_size=corners, max_size=corners)), dtype=float)
    ends = np.stack([nodes[tail], nodes[head]], axis=1).reshape(-1, 2)
    return WalkNetwork(nodes, tail, head, length, ends, 2 * np.arange(len(tail) + 1), np.arange(len(tail)))


legs_too = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), st.sampled_from([0.0, 1e-9, 60.0, 2e6])), min_size=1, max_size=6)


@needs_numba
@laws
@given(knots(), st.lists(legs_too, min_size=1, max_size=6), limits, st.integers(1, 3))
def test_knots_are_searched_to_an_end_and_alike(
    monkeypatch: pytest.MonkeyPatch, network: WalkNetwork, kinds: list[list[tuple[float, float, float]]], limit_m: float, threads: int
) -> None:
    doors = [doors_on(network, at) for at in kinds]
    theirs, ours = by_both(monkeypatch, lambda: search.nearest_of_each(network, doors, limit_m=limit_m, threads=threads))
    assert ours[0].tolist() == theirs[0].tolist()
    assert ((ours[1] >= 0) == np.isfinite(ours[0])).all()
    for kind, some in enumerate(doors):
        ends, starts = search._starts(network, some)
        walks = [by_networkx(network, ends[row].tolist(), starts[row].tolist()) for row in range(len(some))]
        for corner in range(len(network.nodes)):
            nearest = min(walk.get(corner, np.inf) for walk in walks)
            assert ours[0][kind, corner] == pytest.approx(nearest if nearest <= limit_m else np.inf, abs=MM)
            if (row := ours[1][kind, corner]) >= 0:  # the door named is one that is as near
                assert walks[row][corner] == pytest.approx(nearest, abs=MM)
    (theirs, _), (ours, _) = by_both(monkeypatch, lambda: search.nearest_few(network, doors[0], 2, limit_m=limit_m))
    assert ours.tolist() == theirs.tolist()
    theirs, ours = by_both(monkeypatch, lambda: search.spread(network, doors[0], limit_m=limit_m))
    assert ours.metres.tolist() == theirs.metres.tolist()
    for corner in np.flatnonzero(np.isfinite(ours.metres)):  # every way told comes to its end
        steps = 0
        while ours.previous[corner] >= 0:
            corner, steps = ours.previous[corner], steps + 1  # noqa: PLW2901
            assert steps < len(network.nodes)
    people = np.arange(len(network.nodes), dtype=float)
    theirs, ours = by_both(monkeypatch, lambda: search.amount_within(network, people, limit_m=limit_m))
    assert ours.tolist() == theirs.tolist()


@needs_numba
@pytest.mark.parametrize("count", [0, 1, 4, 5, 33])
def test_any_number_of_kinds_is_searched_by_any_number_of_threads(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    network, rng = grid_town(12), np.random.default_rng(count)
    kinds = [snap(network, rng.uniform(0, 1_100, (size % 4, 2))) for size in range(count)]
    for threads in (1, 2, 5):
        theirs, ours = by_both(monkeypatch, lambda: search.nearest_of_each(network, kinds, limit_m=700.0, threads=threads))  # noqa: B023
        assert ours[0].tolist() == theirs[0].tolist()


@needs_numba
def test_on_a_grid_of_3000_corners_all_searches_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    network = grid_town(55)
    rng = np.random.default_rng(3)
    kinds = [snap(network, rng.uniform(0, 5_400, (size, 2))) for size in (1, 7, 40)] + [snap(network, np.empty((0, 2)))]
    people = rng.integers(0, 300, len(network.nodes)).astype(float)
    theirs, ours = by_both(monkeypatch, lambda: search.nearest_of_each(network, kinds, limit_m=2_000.0, threads=2)[0])
    assert ours == pytest.approx(theirs, abs=MM)
    assert ((ours <= 1_000.0) == (theirs <= 1_000.0)).all()
    (theirs, _), (ours, _) = by_both(monkeypatch, lambda: search.nearest_few(network, kinds[2], 3, limit_m=2_000.0))
    assert ours == pytest.approx(theirs, abs=MM)
    theirs, ours = by_both(monkeypatch, lambda: search.amount_within(network, people, limit_m=1_000.0))
    assert ours.tolist() == theirs.tolist()
    xy = rng.uniform(-300, 5_700, (5_000, 2))
    theirs, ours = by_both(monkeypatch, lambda: snap(network, xy))
    assert_met_alike(network, xy, theirs, ours)


@pytest.mark.parametrize("corners", [SCIPY, pytest.param(CITY, marks=needs_numba)])
def test_in_the_village_the_searches_count_as_one_does_on_ones_fingers(monkeypatch: pytest.MonkeyPatch, corners: int) -> None:
    monkeypatch.setattr(kernels, "CITY_CORNERS", corners)
    network = village_network()
    doors = snap(network, np.array([[130.0, 0.0], [400.0, 400.0], [0.0, 370.0]]))
    at = int(np.flatnonzero((network.nodes == 0.0).all(axis=1))[0])
    metres, who = search.nearest_few(network, doors, 4)
    assert metres[at].tolist() == [130.0, 370.0, 800.0, np.inf]
    assert who[at].tolist() == [0, 2, 1, -1]
    each, via = search.nearest_of_each(network, [doors.take(doors.place == 1), doors.take(doors.place == 2)], limit_m=500.0)
    assert each[:, at].tolist() == [np.inf, 370.0]
    assert (via[:, at] >= 0).tolist() == [False, True]
    assert search.amount_within(network, np.full(25, 10.0), limit_m=200.0)[at] == 60.0


@given(crooked_towns(), shares, st.integers(1, 3))
def test_the_nearest_few_equal_networkx(town: list[list[tuple[float, float]]], at: list[tuple[float, float, float]], few: int) -> None:
    network = network_of(town)
    if not len(network.length):
        return
    doors = doors_on(network, at)
    ends, starts = search._starts(network, doors)
    found, _ = search.nearest_few(network, doors, few)
    walks = [by_networkx(network, ends[row].tolist(), starts[row].tolist()) for row in range(len(doors))]
    for corner in range(len(network.nodes)):
        expected = sorted(walk.get(corner, np.inf) for walk in walks) + [np.inf] * few
        assert found[corner] == pytest.approx(expected[:few], abs=MM)


def by_networkx(network: WalkNetwork, ends: list[int], starts: list[float]) -> dict[int, float]:
    """Metres from one door, which hangs by a way on the corners to both sides of it, to every corner connected."""
    graph = nx.MultiGraph()
    for tail, head, metres in zip(network.tail.tolist(), network.head.tolist(), network.length.tolist(), strict=True):
        graph.add_edge(tail, head, metres=metres)
    for end, metres in zip(ends, starts, strict=True):
        graph.add_edge(-1, end, metres=metres)
    found = nx.single_source_dijkstra_path_length(graph, -1, weight="metres")
    return dict(found)
