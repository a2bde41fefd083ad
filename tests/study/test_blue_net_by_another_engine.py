"""People near the water, and what joining a break gives, counted again by networkx on villages nobody has seen."""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import Any

import networkx as nx
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.village import SIDE, STEP, home, village
from wanli_geo.study import Study

# The river runs along y = 188 past the village on both sides; it is 10 m wide, so the banks, a metre ashore, lie at 194 and 182.
WEST, EAST, RIVER = -30.0, 430.0, 188.0
BANKS = {"north": (RIVER + 6.0, 1.0), "south": (RIVER - 6.0, -1.0)}
CUTS = [cut for cut in np.arange(WEST + 25, EAST - 20, 5.0) if cut % STEP]
FULL = STEP * (SIDE - 1)
# A home 10 m off a row of streets, where no column is nearer; the fraction keeps every walk off a limit.
homes_drawn = st.lists(st.tuples(st.integers(0, 3), st.integers(20, 79), st.integers(0, 4), st.integers(1, 90)), min_size=2, max_size=7)
said = st.sampled_from([True, False, None])
Piece = tuple[float, float, bool | None]


@st.composite
def courses(draw: st.DrawFn) -> list[Piece]:
    cuts = sorted(draw(st.sets(st.sampled_from(CUTS), min_size=2, max_size=6)))
    return [(start, end, draw(said)) for start, end in pairwise([WEST, *cuts, EAST])]


def stretches(pieces: list[Piece], side: str) -> list[tuple[float, float, str]]:
    """A street runs along the north bank from 0 to 400 m, and is within 20 m of it from -20 to 420 m by samples; none along the south bank."""
    words = {True: "through", False: "broken", None: "through" if side == "north" else "unknown"}
    named = [(start, end, words[through]) for start, end, through in pieces]
    if side == "north":
        first, last = named[0], named[-1]
        unseen = {True: "through", False: "broken", None: "unknown"}
        west, east = (WEST, -20.0, unseen[pieces[0][2]]), (420.0, EAST, unseen[pieces[-1][2]])
        named = [west, (-20.0, *first[1:]), *named[1:-1], (last[0], 420.0, last[2]), east]
    return [(own[0][0], own[-1][1], state) for state, group in groupby(named, key=lambda one: one[2]) for own in [list(group)]]


def band(start: float, end: float, state: str, side: str) -> tuple[float, float, float, float]:
    bank, sign = BANKS[side]
    near, far = RIVER, bank + sign * (100.0 if state == "unknown" else 20.0)
    return start, min(near, far), end, max(near, far)


def walks(homes: list[tuple[float, float, int]], area: tuple[float, float, float, float]) -> np.ndarray:
    """(homes,) the walk to the nearest place of any street in a rectangle, every place of interest a corner of the graph."""
    west, south, east, north = area
    along = sorted({*np.arange(SIDE) * STEP, *(x for x, _, _ in homes), *(min(max(x, 0.0), FULL) for x in (west, east))})
    up = sorted({*np.arange(SIDE) * STEP, *(min(max(y, 0.0), FULL) for y in (south, north))})
    graph = nx.Graph()
    for number in np.arange(SIDE) * STEP:
        for one, other in pairwise(along):
            graph.add_edge((one, number), (other, number), weight=other - one)
        for one, other in pairwise(up):
            graph.add_edge((number, one), (number, other), weight=other - one)
    inside = [node for node in graph if west <= node[0] <= east and south <= node[1] <= north]
    reached = nx.multi_source_dijkstra_path_length(graph, inside, weight="weight") if inside else {}
    return np.array([reached.get((x, y), np.inf) + 10.0 for x, y, _ in homes])


def expected(pieces: list[Piece], homes: list[tuple[float, float, int]]) -> tuple[dict[str, float], list[tuple[str, float, float, float]]]:
    people = np.array([own for _, _, own in homes], dtype=float)
    near, blind, longest = np.full(len(homes), np.inf), np.full(len(homes), np.inf), np.zeros(len(homes))
    banks = {side: stretches(pieces, side) for side in BANKS}
    walked = {side: [walks(homes, band(*one, side)) for one in banks[side]] for side in BANKS}
    for side, parts in banks.items():
        for (start, end, state), metres in zip(parts, walked[side], strict=True):
            near = np.minimum(near, metres) if state == "through" else near
            blind = np.minimum(blind, metres) if state == "unknown" else blind
            longest = np.where((state == "through") & (metres <= 720), np.maximum(longest, end - start), longest)
    facts = {}
    for minutes in (5, 10):
        facts[f"people_{minutes}min"] = people[near <= minutes * 72].sum()
        facts[f"people_{minutes}min_unknown"] = people[(near > minutes * 72) & (blind <= minutes * 72)].sum()
    breaks = []
    for side, parts in banks.items():
        for row, (start, end, state) in enumerate(parts):
            if state == "broken":
                beside = [other for other in (row - 1, row + 1) if 0 <= other < len(parts) and parts[other][2] == "through"]
                lengths = [parts[other][1] - parts[other][0] for other in beside]
                whole = end - start + sum(lengths)
                close = np.min([walked[side][one] for one in (row, *beside)], axis=0) <= 720
                breaks.append((side, start - WEST, whole - max(lengths, default=0.0), people[close & (whole > longest + 0.01)].sum()))
    return facts, breaks


def asked(pieces: list[Piece], homes: list[tuple[float, float, int]]) -> Any:
    rows = [({"name": "小河", "kind": "river", "width_m": 10, "through": through}, shapely.LineString([(start, RIVER), (end, RIVER)]))
            for start, end, through in pieces]
    return Study(village(blue_net=rows, homes=[home(x, y + 10, own) for x, y, own in homes], surveyed={"WATER_ACCESS": "complete"})).routes.blue_net()


@settings(max_examples=12, deadline=None)
@given(courses(), homes_drawn)
def test_people_and_breaks_are_as_networkx_counts_them(pieces: list[Piece], drawn: list[tuple[int, int, int, int]]) -> None:
    homes = [(block * STEP + x + 0.37, row * STEP, own) for block, x, row, own in drawn]
    facts, breaks = expected(pieces, homes)
    answer = asked(pieces, homes)
    assert {key: answer.fact(key) for key in facts} == pytest.approx(facts)
    table = answer.tables["breaks"]
    found = {(row.bank, round(row.from_m)): (row.joined_m, row.people_gained) for row in table.itertuples()}
    assert found == {(side, round(start)): (pytest.approx(joined, abs=0.1), gained) for side, start, joined, gained in breaks}
    order = list(zip(-table["people_gained"], -table["joined_m"].round(1), strict=True))
    assert [people for people, _ in order] == sorted(people for people, _ in order)
    lengths = [answer.fact(key) for key in ("through_m", "broken_m", "unknown_m")]
    assert sum(lengths) == pytest.approx(answer.fact("bank_m"))
    assert (table["joined_m"] >= table["metres"] - 1e-6).all()
    assert (table["walk_then_m"] >= table["joined_m"] - 1e-6).all()


@settings(max_examples=4, deadline=None)
@given(courses(), homes_drawn)
def test_units_add_up_to_the_facts(pieces: list[Piece], drawn: list[tuple[int, int, int, int]]) -> None:
    answer = asked(pieces, [(block * STEP + x + 0.37, row * STEP, own) for block, x, row, own in drawn])
    for minutes in (5, 10):
        assert answer.tables["units"][f"people_{minutes}min"].sum() == answer.fact(f"people_{minutes}min")


@settings(max_examples=4, deadline=None)
@given(courses(), homes_drawn)
def test_order_of_drawing_changes_no_figure(pieces: list[Piece], drawn: list[tuple[int, int, int, int]]) -> None:
    homes = [(block * STEP + x + 0.37, row * STEP, own) for block, x, row, own in drawn]
    one, other = asked(pieces, homes), asked(pieces[::-1], homes)
    assert {fact.key: fact.value for fact in one.facts} == pytest.approx({fact.key: fact.value for fact in other.facts})
    columns = ["rank", "bank", "from_m", "metres", "joined_m", "people_gained"]
    assert one.tables["breaks"][columns].round(3).equals(other.tables["breaks"][columns].round(3))


def test_a_bank_no_street_comes_near_is_reached_by_nobody_and_said_so() -> None:
    answer = asked([(WEST, -5.0, True), (-5.0, EAST, False)], [(50.37, 200.0, 10)])
    assert answer.fact("people_10min") == 0.0
    assert "walks_unreached" in {caveat.key for caveat in answer.caveats}
