"""The water's edge and the structure in a village known by heart."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pytest
import shapely

from tests.village import STEP, corner, home, village
from wanli_geo.errors import NothingToAnswer
from wanli_geo.study import Study
from wanli_geo.workspace.store import Workspace

WALL = "北岸为围墙，未贯通"
# A river 10 m wide 12 m south of the second row of streets: its north bank lies 7 m from that street, its south bank sees no street along it.
PIECES = ((0.0, 100.0, True, None), (100.0, 200.0, False, WALL), (200.0, 400.0, True, None))


def river(order: tuple[int, ...] = (0, 1, 2), *, backward: bool = False) -> list[tuple[dict[str, Any], Any]]:
    rows = []
    for number in order:
        start, end, through, reason = PIECES[number]
        ends = [(start, 188.0), (end, 188.0)]
        own = {"id": f"w{number}", "name": "小河", "kind": "river", "width_m": 10, "through": through, "break_reason": reason}
        rows.append((own, shapely.LineString(ends[::-1] if backward else ends)))
    return rows


def asked(waters: Any = None, **more: Any) -> Any:
    place: Workspace = village(blue_net=river() if waters is None else waters, homes=[home(0, 210), home(400, 210)],
                               surveyed={"WATER_ACCESS": "complete"}, **more)
    return Study(place).routes.blue_net()


def test_a_wall_on_the_north_bank_breaks_the_north_bank_only() -> None:
    answer = asked()
    assert answer.fact("bank_m") == pytest.approx(800.0)
    assert answer.fact("broken_m") == pytest.approx(100.0)
    assert answer.fact("unknown_m") == pytest.approx(100.0)  # the south bank by the wall: no record, no street
    assert answer.fact("through_m") == pytest.approx(600.0)
    row = answer.tables["breaks"].iloc[0]
    assert (row["bank"], row["reason"], row["rank"]) == ("north", WALL, 1)
    assert (row["metres"], row["joined_m"], row["walk_then_m"]) == pytest.approx((100.0, 200.0, 400.0))


def test_joining_gains_those_who_reach_either_piece() -> None:
    assert asked().tables["breaks"].iloc[0]["people_gained"] == 20.0


def test_order_and_direction_of_drawing_change_nothing() -> None:
    first = asked().tables["banks"].drop(columns="id")
    for waters in (river((2, 0, 1)), river(backward=True)):
        assert first.round(6).equals(asked(waters).tables["banks"].drop(columns="id").round(6))


def test_water_without_any_record_is_known_only_where_a_street_runs_along_it() -> None:
    waters = [({"name": "小河", "kind": "river", "width_m": 10}, shapely.LineString([(0, 188), (400, 188)]))]
    answer = asked(waters)
    assert answer.fact("broken_m") == 0
    assert answer.fact("breaks") == 0
    assert answer.fact("through_m") + answer.fact("unknown_m") == pytest.approx(800.0)


def test_the_nearest_water_is_as_far_as_networkx_finds() -> None:
    graph = nx.grid_2d_graph(5, 5)
    corners = nx.single_source_dijkstra_path_length(graph, (0, 0))
    walk = corners[(0, 2)] * STEP
    waters = [({"name": "小河", "kind": "river", "width_m": 10, "through": True}, shapely.LineString([(0, 212), (400, 212)]))]
    place = village(blue_net=waters, homes=[home(0, 0)], surveyed={"WATER_ACCESS": "complete"})
    answer = Study(place).routes.blue_net()
    assert walk < 5 * 60 * 1.2
    assert answer.fact("people_5min") == 10.0


def test_without_a_centreline_there_is_nothing_to_answer() -> None:
    with pytest.raises(NothingToAnswer, match="中线"):
        asked([({"name": "塘", "kind": "pond"}, shapely.box(10, 10, 50, 50))])


def test_every_unconfirmed_part_is_named_and_what_is_missing_is_told() -> None:
    place = village(structure=[({"role": "road", "name": "一路", "confirmed": True}, shapely.LineString([corner(0), corner(4)])),
                               ({"role": "home", "name": "某苑"}, shapely.box(0, 0, 100, 50))])
    answer = Study(place).routes.structure()
    assert (answer.fact("roles_confirmed"), answer.fact("roles_unconfirmed"), answer.fact("roles_missing")) == (1, 1, 2)
    said = " ".join(caveat.zh for caveat in answer.caveats)
    assert "“某苑”是候选，待街道确认" in said
    assert "一水" in said
    assert answer.tables["structure"]["length_m"].iloc[0] == pytest.approx(400.0, abs=0.01)


def test_a_workspace_without_a_structure_says_so() -> None:
    with pytest.raises(NothingToAnswer):
        Study(village()).routes.structure()


def test_access_that_nobody_looked_for_is_not_known_rather_than_none() -> None:
    place = village(blue_net=river(), homes=[home(0, 210)], surveyed={})
    assert Study(place).routes.blue_net().fact("access_points") is None
    assert asked().fact("access_points") == 0
