"""Works in the village: one block closed, counted on one's fingers; then laws, then another engine."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import networkx as nx
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.village import CRS, ORIGIN, canteen, corner, home, streets, village
from wanli_geo.answer import Answer
from wanli_geo.errors import BadMeasure, NothingToAnswer
from wanli_geo.planning.closures import CloseStretch, closed_by
from wanli_geo.study import Study
from wanli_geo.study.choices import goals_of
from wanli_geo.study.works import Site
from wanli_geo.workspace.kinds import KINDS
from wanli_geo.workspace.store import Workspace, to_degrees

NAMED = [({"kind": "road", "name": f"{'横' if row < 5 else '纵'}{row % 5}路", "name_en": f"{'Row' if row < 5 else 'Column'} {row % 5}"}, line)
         for row, line in enumerate(streets())]


def places(*metres: tuple[float, float]) -> tuple[tuple[float, float], ...]:
    """Village metres as longitudes and latitudes."""
    points = to_degrees(shapely.points(np.array(metres, dtype=float) + ORIGIN), CRS)
    return tuple((float(x), float(y)) for x, y in shapely.get_coordinates(points))


def asked(workspace: Workspace, **how: Any) -> Answer:
    return Study(workspace).routes.works(**{"kinds": ("CANTEEN",), **how})


def row(answer: Answer, table: str, number: int = 0) -> dict[str, Any]:
    return dict(answer.tables[table].to_dict("records")[number])


def test_a_closed_block_costs_two_hundred_metres_whom_it_lay_in_the_way_of_and_nobody_else() -> None:
    # The first walks 160 m east to the canteen; round the closed block one walks 100 m up and 100 m down besides.
    workspace = village(street_rows=NAMED, homes=[home(50, 0), home(250, 0, 7)], facilities=[canteen(210, 0)])
    answer = asked(workspace, street="横0路", between=places((100, 0), (200, 0)))
    assert (answer.fact("closed_m"), answer.fact("people_affected"), answer.fact("people_cut_off")) == (pytest.approx(100), 10, 0)
    assert answer.fact("extra_mean_m") == answer.fact("extra_most_m") == pytest.approx(200, abs=0.01)
    assert (answer.fact("detour_m"), answer.fact("detour_extra_m")) == (pytest.approx(300, abs=0.01), pytest.approx(200, abs=0.01))
    assert row(answer, "units") | {"extra_mean_m": 200, "extra_most_m": 200} == {
        "id": "homes-0", "name": None, "name_en": None, "committee": None, "people": 10, "people_affected": 10, "people_cut_off": 0,
        "extra_mean_m": 200, "extra_most_m": 200, "kind_worst": "CANTEEN"}
    kinds = row(answer, "kinds")
    assert (kinds["people_longer"], kinds["people_lost"]) == (10, 0)


def test_a_whole_street_is_closed_by_its_name_in_either_language_or_its_id_or_a_line_along_it() -> None:
    workspace = village(street_rows=NAMED, homes=[home(0, 100)], facilities=[canteen(400, 100)])
    ways = [asked(workspace, **how).fact("closed_m") for how in (
        {"street": "横1路"}, {"street": "row 1"}, {"street": "streets-1"}, {"line": places((0, 103), (400, 98))})]
    assert ways == [pytest.approx(400, abs=0.1)] * 4


def test_a_house_whose_only_street_is_closed_is_cut_off_and_told_so() -> None:
    lane = ({"kind": "lane", "name": "小弄"}, shapely.LineString([(400, 400), (700, 400)]))
    workspace = village(street_rows=[*NAMED, lane], homes=[home(690, 400), home(0, 0, 3)], facilities=[canteen(300, 400)])
    answer = asked(workspace, street="小弄", between=places((450, 400), (500, 400)))
    assert (answer.fact("people_affected"), answer.fact("people_cut_off"), answer.fact("extra_mean_m")) == (10, 10, None)
    assert answer.fact("detour_m") is None
    assert "no_detour" in {caveat.key for caveat in answer.caveats}


def test_round_a_closed_dead_end_there_is_no_way_and_it_is_said() -> None:
    lane = ({"kind": "lane", "name": "小弄"}, shapely.LineString([(400, 400), (450, 400)]))
    answer = asked(village(street_rows=[*NAMED, lane], homes=[home(0, 0)], facilities=[canteen(300, 400)]), street="小弄")
    assert (answer.fact("detour_m"), answer.fact("detour_wheelchair_m")) == (None, None)
    assert len(answer.features["detour"]) == 1 and "no_detour" in {caveat.key for caveat in answer.caveats}


def test_a_ring_is_closed_over_its_seam_and_the_loop_drawn_on_it_is_hit_whole() -> None:
    ring = shapely.LineString([(150, 100), (200, 100), (200, 200), (100, 200), (100, 100), (150, 100)])
    workspace = village(street_rows=NAMED, homes=[home(0, 0)], facilities=[canteen(400, 400)], night_run=[({"name": "环道"}, ring)])
    answer = asked(workspace, line=places(*shapely.get_coordinates(ring)))
    assert (answer.fact("closed_m"), answer.fact("night_run_m")) == (pytest.approx(400, abs=0.1), pytest.approx(400, abs=0.1))
    part = asked(workspace, street="横1路", between=places((100, 100), (200, 100)))
    assert (row(part, "touched")["from_m"], row(part, "touched")["to_m"]) == (pytest.approx(350, abs=0.1), pytest.approx(50, abs=0.1))


def test_what_is_drawn_a_metre_past_a_corner_leaves_the_corner_open() -> None:
    workspace = village(street_rows=NAMED, homes=[home(0, 0)], facilities=[canteen(400, 0)])
    answer = asked(workspace, street="横0路", between=places((98.5, 0), (201.5, 0)))
    assert answer.fact("closed_m") == pytest.approx(100, abs=0.01)
    assert answer.fact("extra_mean_m") == pytest.approx(200, abs=0.01)


def test_a_compound_whose_only_gate_opens_on_the_works_is_cut_off_and_one_with_another_gate_goes_round() -> None:
    walled = [({"walled": True, "residents": 20}, shapely.box(110, 10, 190, 90)), ({"walled": True, "residents": 30}, shapely.box(210, 10, 290, 90))]
    gates = [({"compound_id": "compounds-0", "kind": "vehicle"}, shapely.Point(150, 10)),
             ({"compound_id": "compounds-1", "kind": "vehicle"}, shapely.Point(250, 10)),
             ({"compound_id": "compounds-1", "kind": "vehicle"}, shapely.Point(250, 90))]
    workspace = village(street_rows=NAMED, compounds=walled, gates=gates, facilities=[canteen(0, 0)])
    answer = asked(workspace, street="横0路", between=places((100, 0), (300, 0)))
    assert (answer.fact("people_cut_off"), answer.fact("people_affected")) == (20, 50)
    assert set(answer.tables["units"]["id"]) == {"compounds-0", "compounds-1"}


def test_corners_with_open_streets_stay_passable() -> None:
    workspace = village(street_rows=NAMED, homes=[home(200, 0)], facilities=[canteen(200, 400)])
    answer = asked(workspace, street="横2路")
    assert (answer.fact("people_affected"), answer.fact("closed_m")) == (0, pytest.approx(400))


def test_a_facility_with_its_only_door_on_the_works_is_named() -> None:
    workspace = village(street_rows=NAMED, homes=[home(0, 0)], facilities=[canteen(150, 0, name="食堂"), canteen(0, 400)])
    answer = asked(workspace, street="横0路", between=places((100, 0), (200, 0)))
    assert answer.fact("places_shut") == 1 and answer.tables["shut"]["name"].tolist() == ["食堂"]
    assert answer.fact("extra_mean_m") == pytest.approx(250)  # 400 m north instead of 150 m east


def test_what_the_works_take_of_walkway_and_loop_is_told_by_chainage_with_the_way_round() -> None:
    walkway = [({"name": "红色步道"}, shapely.LineString([(0, 2), (400, 2)]))]
    loop = [({"name": "环道"}, shapely.LinearRing([(100, 0), (200, 0), (200, 100), (100, 100)]))]
    loop = [(own, shapely.LineString(ring)) for own, ring in loop]
    workspace = village(street_rows=NAMED, homes=[home(0, 0)], facilities=[canteen(400, 0)], red_walkway=walkway, night_run=loop)
    answer = asked(workspace, street="横0路", between=places((100, 0), (200, 0)))
    first, second = row(answer, "touched"), row(answer, "touched", 1)
    assert (first["layer"], first["from_m"], first["to_m"]) == ("red_walkway", pytest.approx(100, abs=0.1), pytest.approx(200, abs=0.1))
    assert (second["layer"], second["from_m"], second["to_m"]) == ("night_run", pytest.approx(0, abs=0.1), pytest.approx(100, abs=0.1))
    assert first["extra_m"] == pytest.approx(200, abs=0.1)
    assert answer.fact("walkway_m") == pytest.approx(100, abs=0.1)


def test_a_wheelchair_is_sent_another_way_where_the_short_one_has_steps() -> None:
    cut = [({**own, "kind": "steps"} if own["name"] in ("纵1路",) else own, line) for own, line in NAMED]
    workspace = village(street_rows=cut, homes=[home(0, 0)], facilities=[canteen(400, 0)])
    answer = asked(workspace, street="横0路", between=places((100, 0), (200, 0)))
    table = answer.tables["detour"].set_index("walker")["metres"]
    assert (table["all"], answer.fact("detour_wheelchair_m")) == (pytest.approx(300), pytest.approx(500))  # west first


# Laws

blocks = st.lists(st.tuples(st.booleans(), st.integers(0, 4), st.integers(0, 3)), max_size=12, unique=True)
HOMES = [home(x, y) for x, y in ((0, 30), (130, 200), (260, 100), (400, 370), (50, 400), (310, 0))]
TOWN = village(street_rows=NAMED, homes=HOMES, facilities=[canteen(330, 200), canteen(0, 180)])


def closures(chosen: list[tuple[bool, int, int]]) -> list[CloseStretch]:
    """Blocks by row or column, the street's number and the block along it."""
    return [CloseStretch(f"横{line}路", places((100 * nth, 100 * line), (100 * nth + 100, 100 * line))) if across
            else CloseStretch(f"纵{line}路", places((100 * line, 100 * nth), (100 * line, 100 * nth + 100))) for across, line, nth in chosen]


GROUND = Study(TOWN).ground()
GOALS = goals_of(GROUND, KINDS["CANTEEN"])


def walks(chosen: list[tuple[bool, int, int]]) -> tuple[np.ndarray, np.ndarray]:
    return Site(GROUND, closed_by(TOWN, closures(chosen))).walks(GOALS)


@settings(deadline=None, max_examples=40)
@given(blocks, blocks)
def test_closing_more_never_shortens_a_walk_and_closing_nothing_changes_none(some: Any, more: Any) -> None:
    before, after = walks(some)
    assert (after >= before - 1e-9).all()
    assert (walks(some + more)[1] >= after - 1e-9).all()
    assert walks([])[1].tolist() == before.tolist()


@settings(deadline=None, max_examples=30)
@given(blocks.flatmap(lambda some: st.tuples(st.just(some), st.permutations(some))))
def test_the_order_of_closures_and_saying_one_twice_change_nothing(two: Any) -> None:
    some, shuffled = two
    np.testing.assert_allclose(walks(some)[1], walks([*shuffled, *some])[1], atol=1e-6)


@settings(deadline=None, max_examples=40)
@given(blocks)
def test_another_engine_finds_the_same_walks_before_and_after(some: Any) -> None:
    before, after = walks(some)
    np.testing.assert_allclose(before, by_networkx([]), atol=0.02)
    np.testing.assert_allclose(after, by_networkx(some), atol=0.02)


def by_networkx(closed: list[tuple[bool, int, int]]) -> np.ndarray:
    """The village as a graph of blocks, every home and door put on its block by hand; closed blocks are not there."""
    graph, spots = nx.Graph(), {}
    for kind, shapes in (("home", [shape for _, shape in HOMES]), ("door", [shapely.Point(330, 200), shapely.Point(0, 180)])):
        for number, point in enumerate(shapes):
            spots[kind, number] = (point.x, point.y)
    for across in (True, False):
        for line in range(5):
            for nth in range(4):
                if (across, line, nth) in closed:
                    continue
                ends = [(100.0 * along, 100.0 * line) if across else (100.0 * line, 100.0 * along) for along in (nth, nth + 1)]
                axis = 0 if across else 1
                on = [spot for spot in spots.values() if spot[1 - axis] == 100.0 * line and ends[0][axis] <= spot[axis] <= ends[1][axis]]
                stops = sorted({*ends, *on})
                for one, other in pairwise(stops):
                    graph.add_edge(one, other, weight=abs(one[0] - other[0]) + abs(one[1] - other[1]))
    doors = [spot for (kind, _), spot in spots.items() if kind == "door" and spot in graph]
    away = nx.multi_source_dijkstra_path_length(graph, doors) if doors else {}
    return np.array([away.get(spots["home", number], np.inf) for number in range(len(HOMES))])


CORNERS = village(street_rows=NAMED, homes=[home(*corner(number)) for number in (0, 7, 13, 21, 24)], facilities=[canteen(*corner(16))])


@settings(deadline=None, max_examples=15)
@given(blocks)
def test_streets_cut_out_of_the_workspace_and_joined_anew_give_the_same_walks(some: Any) -> None:
    today, anew = Study(CORNERS).ground(), Study(CORNERS, edits=closures(some)).ground()
    _, after = Site(today, closed_by(CORNERS, closures(some))).walks(goals_of(today, KINDS["CANTEEN"]))
    again = anew.walks_to(goals_of(anew, KINDS["CANTEEN"]).services).metres
    there = np.isfinite(after)  # a corner left without any street is attached to another one when it is attached anew
    np.testing.assert_allclose(after[there], again[there], atol=0.02)
    assert anew.streets["id"].is_unique


# Bad input

@pytest.mark.parametrize(("how", "match"), [
    ({}, "请说封哪里"),
    ({"street": "横9路"}, "相近的有.*横"),
    ({"project": "pp-99"}, "没有画成线的工程"),
    ({"street": "横0路", "project": "pp-1"}, "只能说一样"),
    ({"between": places((0, 0), (100, 0))}, "只能说一样"),
    ({"street": "横0路", "between": places((0, 0))}, "两个点"),
    ({"street": "横0路", "between": places((0, 200), (100, 200))}, "离“横0路”有 200 米"),
    ({"street": "横0路", "between": places((50, 10), (50, -10))}, "同一处"),
    ({"line": places((0, 150), (50, 150))}, "最近的是“纵0路”"),
    ({"line": places((0, 0))}, "至少要两个点"),
    ({"line": ((200.0, 31.0), (121.0, 31.0))}, "经度,纬度"),
])
def test_what_cannot_be_closed_is_said_in_one_sentence_with_the_way_out(how: Any, match: str) -> None:
    with pytest.raises(BadMeasure, match=match):
        asked(TOWN, **how)


def test_with_every_street_closed_nothing_is_left_to_answer() -> None:
    workspace = village(street_rows=NAMED[:1], homes=[home(0, 0)], facilities=[canteen(400, 0)])
    with pytest.raises(NothingToAnswer, match="没有一条路可走"):
        asked(workspace, street="横0路")


def test_without_facilities_the_way_round_is_told_all_the_same() -> None:
    answer = asked(village(street_rows=NAMED, homes=[home(0, 0)]), street="横0路", between=places(*(tuple(corner(number)) for number in (1, 2))))
    assert answer.fact("people_affected") is None and answer.fact("detour_m") == pytest.approx(300, abs=0.01)
    assert "no_kinds" in {caveat.key for caveat in answer.caveats}
