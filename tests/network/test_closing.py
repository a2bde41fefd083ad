"""A network with stretches closed: what is left of it, and of what was attached to it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.village import corner, village_network
from wanli_geo.network.closing import closing
from wanli_geo.network.graph import WalkNetwork
from wanli_geo.network.search import nearest
from wanli_geo.network.snap import snap

VILLAGE = village_network()
cuts = st.lists(st.tuples(st.integers(0, len(VILLAGE.length) - 1), st.floats(0, 100), st.floats(0, 100)), max_size=8)
spots = st.lists(st.tuples(st.floats(-20, 420), st.floats(-20, 420)), min_size=1, max_size=5)


def closed(chosen: Any, network: WalkNetwork = VILLAGE) -> Any:
    edge, low, high = (np.array(column) for column in zip(*chosen, strict=True)) if chosen else (np.empty(0, dtype=np.int64), *np.empty((2, 0)))
    return closing(network, edge.astype(np.int64), np.minimum(low, high), np.maximum(low, high))


def test_a_middle_cut_out_leaves_two_stubs_with_ends_of_their_own() -> None:
    rest = closed([(0, 40.0, 60.0)])
    assert rest.network.length.sum() == pytest.approx(4000 - 20)
    assert len(rest.network.nodes) == len(VILLAGE.nodes) + 2
    assert np.sort(rest.network.length)[:2].tolist() == [40, 40]


def test_what_stands_by_a_closed_edge_goes_and_what_stands_at_its_corner_stays() -> None:
    edge = int(np.flatnonzero((VILLAGE.tail == VILLAGE.tail[0]) & (VILLAGE.head == VILLAGE.head[0]))[0])
    start, end = VILLAGE.nodes[VILLAGE.tail[edge]], VILLAGE.nodes[VILLAGE.head[edge]]
    rest = closed([(edge, 0.0, 100.0)])
    rows = snap(VILLAGE, np.array([(start + end) / 2, end]))
    kept = rest.kept(rows.take(rows.edge == edge))
    assert kept.place.tolist() == [1]
    assert kept.leg.tolist() == [0]


def test_closing_nothing_leaves_everything_as_it_is() -> None:
    rest = closed([])
    assert (rest.network.length == VILLAGE.length).all() and (rest.network.xy == VILLAGE.xy).all()
    rows = snap(VILLAGE, corner(7)[None] + np.array([30, 5]))
    assert rest.kept(rows).offset.tolist() == rows.offset.tolist()


@given(cuts, spots)
def test_the_open_parts_keep_their_metres_and_what_meets_them_its_place(chosen: Any, where: Any) -> None:
    rest = closed(chosen)
    for edge in range(len(VILLAGE.length)):
        shut = np.zeros(100_001, dtype=bool)
        for one, low, high in chosen:
            if one == edge and abs(high - low) > 0.01:
                shut[int(min(low, high) * 1000) : int(max(low, high) * 1000)] = True
        assert rest.network.length[rest.edge == edge].sum() == pytest.approx(100 - shut.sum() / 1000, abs=0.2)
    rows = snap(VILLAGE, np.array(where))
    kept = rest.kept(rows)
    assert set(kept.place) <= set(rows.place)
    lines, at = rest.network.lines[kept.edge], kept.offset
    xy = np.array([one.interpolate(metres).coords[0] for one, metres in zip(lines, at, strict=True)]).reshape(-1, 2)
    assert np.hypot(*(xy - np.array(where)[kept.place]).T) == pytest.approx(kept.leg, abs=0.011)


@given(cuts, cuts, spots, spots)
def test_no_walk_is_shorter_with_more_closed(some: Any, more: Any, homes: Any, doors: Any) -> None:
    here, there = snap(VILLAGE, np.array(homes)), snap(VILLAGE, np.array(doors))
    walked = [nearest(one.network, one.kept(there), one.kept(here), len(homes)).metres for one in (closed([]), closed(some), closed([*some, *more]))]
    assert (walked[1] >= walked[0] - 1e-6).all() and (walked[2] >= walked[1] - 0.05).all()
