"""The loop maker: a village counted by hand, laws for any town, and every loop there is by another search."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.planning.exhaustive import best, plain
from tests.village import streets, village_network
from wanli_geo.network.graph import WalkNetwork, build_network
from wanli_geo.planning.loops.crossings import Kinds
from wanli_geo.planning.loops.graph import LoopGraph, prepared
from wanli_geo.planning.loops.proposals import SHARED, propose, shared, thorough
from wanli_geo.planning.loops.score import CROSSING_M
from wanli_geo.planning.loops.search import Place, Wish


@dataclass(frozen=True, eq=False)
class Town:
    network: WalkNetwork
    pleasantness: np.ndarray
    kinds: Kinds
    graph: LoopGraph
    edge: int
    offset: float
    wish: Wish


def kinds_of(size: int, road: np.ndarray | None = None, crossing: np.ndarray | None = None) -> Kinds:
    none = np.zeros(size, dtype=bool)
    return Kinds(none if road is None else road, none if crossing is None else crossing, none)


def random_town(seed: int) -> Town:
    """At most 40 edges: corners moved off a grid of 5 × 5, some edges missing, a place along one of them."""
    rng = np.random.default_rng(seed)
    number = np.arange(25).reshape(5, 5)
    xy = np.column_stack([number.ravel() % 5, number.ravel() // 5]) * 100.0 + rng.uniform(-30, 30, (25, 2))
    ends = np.concatenate([np.column_stack([number[:, :-1].ravel(), number[:, 1:].ravel()]),
                           np.column_stack([number[:-1].ravel(), number[1:].ravel()])])
    network = build_network(shapely.linestrings(xy[ends[rng.random(len(ends)) > 0.15]]))
    size = len(network.length)
    kinds = kinds_of(size, rng.random(size) < 0.4, rng.random(size) < 0.1)
    pleasantness, edge = rng.random(size), int(rng.integers(size))
    wish = Wish(float(rng.uniform(400, 1600)), 0.02)
    return Town(network, pleasantness, kinds, prepared(network, pleasantness, kinds), edge, float(network.length[edge] * rng.uniform(0.2, 0.8)), wish)


def test_round_one_block_of_the_village_and_back() -> None:
    network = village_network()
    graph = prepared(network, np.ones(len(network.length)), kinds_of(len(network.length)))
    found = propose(graph, 0, 50.0, Wish(400.0))
    assert [loop.metres for loop in found] == [400.0]
    assert found[0].score == 1.0
    assert found[0].xy[0].tolist() == found[0].xy[-1].tolist()


def test_no_loop_of_the_village_is_of_500_metres() -> None:
    network = village_network()
    assert propose(prepared(network, np.ones(40), kinds_of(40)), 0, 50.0, Wish(500.0), lollipop="never") == []


def test_a_stem_leads_to_a_loop_where_a_street_ends_blind() -> None:
    lines = [*streets(), shapely.LineString([(0, 0), (-100, 0)])]
    network = build_network(np.array(lines))
    graph = prepared(network, np.ones(len(network.length)), kinds_of(len(network.length)))
    edge = int(np.flatnonzero(network.street == len(lines) - 1)[0])
    offset = float(network.length[edge]) if network.nodes[network.head[edge]][0] < 0 else 0.0
    assert propose(graph, edge, offset, Wish(600.0), lollipop="never") == []
    found = propose(graph, edge, offset, Wish(600.0))
    assert [(loop.metres, loop.twice_m) for loop in found] == [(600.0, 100.0)]


@pytest.mark.parametrize("seed", range(30))
def test_the_best_of_all_loops_is_found(seed: int) -> None:
    town = random_town(seed)
    proven = best(plain(town.network, town.kinds.road, town.kinds.crossing), town.edge, town.offset, town.wish.least, town.wish.most,
                  town.pleasantness, CROSSING_M)
    chain, metres = town.graph.on_chain(town.edge, town.offset)
    found = thorough(town.graph, Place(chain, metres), town.wish) if chain >= 0 else []
    if proven is None:
        assert found == []
    else:
        assert 0.99 * proven <= found[0].score <= proven + 1e-9


@settings(max_examples=40, deadline=None)
@given(st.integers(1000, 100_000))
def test_every_proposal_is_closed_simple_of_the_length_and_unlike_the_others(seed: int) -> None:
    town = random_town(seed)
    found = propose(town.graph, town.edge, town.offset, town.wish, lollipop="never")
    for loop in found:
        line = shapely.linestrings(loop.xy)
        assert line.is_ring
        assert line.length == pytest.approx(loop.metres)
        assert town.wish.least <= line.length <= town.wish.most
        pleasant = sum(abs(end - start) * town.pleasantness[edge] for edge, start, end in loop.parts)
        assert pleasant == pytest.approx(loop.pleasant)
    assert all(shared(one, other) <= SHARED for row, one in enumerate(found) for other in found[:row])


@settings(max_examples=20, deadline=None)
@given(st.integers(1000, 100_000), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(seed: int, rnd) -> None:
    town = random_town(seed)
    order = list(range(len(town.network.length)))
    rnd.shuffle(order)
    network = build_network(town.network.lines[order])
    kinds = Kinds(town.kinds.road[order], town.kinds.crossing[order], town.kinds.over[order])
    again = prepared(network, town.pleasantness[order], kinds)
    mine, theirs = (propose(graph, edge, town.offset, town.wish) for graph, edge in ((town.graph, town.edge), (again, order.index(town.edge))))
    assert [loop.xy.tolist() for loop in mine] == [loop.xy.tolist() for loop in theirs]


@settings(max_examples=20, deadline=None)
@given(st.integers(1000, 100_000))
def test_what_must_be_passed_is_passed_and_what_is_avoided_is_not(seed: int) -> None:
    town = random_town(seed)
    free = propose(town.graph, town.edge, town.offset, town.wish, lollipop="never")
    if not free:
        return
    edges = [edge for edge, _, _ in free[-1].parts]
    must = frozenset({int(town.graph.chain[edges[len(edges) // 2]])})
    for loop in propose(town.graph, town.edge, town.offset, Wish(town.wish.metres, 0.02, (must,)), lollipop="never"):
        assert must & {int(town.graph.chain[edge]) for edge, _, _ in loop.parts}
    allowed = np.ones(len(town.network.length), dtype=bool)
    allowed[edges[len(edges) // 2]] = edges[len(edges) // 2] == town.edge
    for loop in propose(prepared(town.network, town.pleasantness, town.kinds, allowed), town.edge, town.offset, town.wish, lollipop="never"):
        assert all(allowed[edge] for edge, _, _ in loop.parts)
