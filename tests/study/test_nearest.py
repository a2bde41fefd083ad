"""The nearest few and what lies within: by hand in the village, then against networkx on streets of every kind."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import networkx as nx
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.study.test_isochrone import degrees
from tests.village import canteen, home, streets, village
from wanli_geo.errors import BadMeasure, OffNetwork
from wanli_geo.study import Study
from wanli_geo.workspace.geojson import empty_layer
from wanli_geo.workspace.specs import SPECS
from wanli_geo.workspace.store import Workspace

Spot = tuple[float, float]


def three_canteens(**more: Any) -> Workspace:
    canteens = [canteen(0, 0, name="西"), canteen(390, 0, name="东"), canteen(0, 400)]
    return village(homes=[home(200, 0, 5), home(400, 400, 3)], facilities=canteens, **more)


def test_the_nearest_few_of_every_home_stand_by_rank_with_their_names() -> None:
    table = Study(three_canteens()).nearest("CANTEEN", 2).tables["nearest"]
    told = table[["id", "rank", "nearest_id", "metres"]].values.tolist()
    assert [row[:3] for row in told] == [["homes-0", 1, "facilities-1"], ["homes-0", 2, "facilities-0"],
                                         ["homes-1", 1, "facilities-2"], ["homes-1", 2, "facilities-1"]]
    assert [row[3] for row in told] == pytest.approx([190, 200, 400, 410], abs=0.01)
    assert table["nearest_name"].fillna("—").tolist() == ["东", "西", "—", "东"]
    assert table["minutes"].tolist() == pytest.approx([metres / 72 for metres in (190, 200, 400, 410)], abs=0.001)


def test_who_has_none_within_reach_has_a_row_that_says_so_and_is_counted() -> None:
    answer = Study(three_canteens()).nearest("CANTEEN", 3, "300m")
    last = answer.tables["nearest"].iloc[-1]
    assert (last["id"], len(answer.tables["nearest"])) == ("homes-1", 3)
    assert last[["rank", "nearest_id", "nearest_name", "metres", "minutes"]].isna().all()
    assert answer.fact("people_none_CANTEEN") == 3
    assert answer.fact("mean_m_CANTEEN_1") == pytest.approx(190, abs=0.01)
    assert answer.fact("mean_m_CANTEEN_3") is None
    assert '"rank": null' in answer.to_json()


def test_one_place_has_the_nearest_of_several_kinds_with_the_facilities_to_draw() -> None:
    workspace = village(facilities=[canteen(0, 0), canteen(390, 0), ({"kind": "TOILET"}, shapely.Point(100, 100))], homes=[home(0, 0)])
    answer = Study(workspace).nearest(["CANTEEN", "TOILET", "CANTEEN"], 2, "10min", at=degrees(200, 0))
    assert answer.tables["nearest"][["kind", "rank", "nearest_id"]].values.tolist() == [
        ["CANTEEN", 1, "facilities-1"], ["CANTEEN", 2, "facilities-0"], ["TOILET", 1, "facilities-2"]]
    assert answer.features["nearest"]["id"].tolist() == answer.tables["nearest"]["nearest_id"].tolist()
    assert answer.fact("nearest_m_TOILET") == pytest.approx(200, abs=0.01)
    assert "not_surveyed" in {one.key for one in answer.caveats}
    with pytest.raises(OffNetwork, match="100 m"):
        Study(workspace).nearest("CANTEEN", at=(0, 0))
    with pytest.raises(BadMeasure, match="121"):
        Study(workspace).nearest("CANTEEN", at=(200, 0))


def test_planned_facilities_are_not_among_the_nearest() -> None:
    workspace = village(homes=[home(0, 0)], facilities=[canteen(100, 0, status="planned"), canteen(400, 0)])
    assert Study(workspace).nearest("CANTEEN").tables["nearest"]["nearest_id"].tolist() == ["facilities-1"]


def walled() -> Workspace:
    """A walled block with a gate in its south, a canteen deep in it and one outside, and three homes."""
    return village(
        compounds=[({"walled": True, "name": "甲小区", "name_en": "Block A", "other_names": ["老院子"]}, shapely.box(104, 104, 196, 196))],
        gates=[({"compound_id": "compounds-0", "kind": "pedestrian"}, shapely.Point(150, 104))],
        homes=[home(150, 120 + 20 * number, people, compound_id="compounds-0") for number, people in enumerate((1, 2, 9))],
        facilities=[canteen(150, 180, area_m2=80), canteen(150, 0, area_m2=40)],
    )


def test_inside_its_compound_one_walks_to_a_canteen_without_passing_the_gate() -> None:
    study = Study(walled(), inner_detour=1)
    homes = study.nearest("CANTEEN", 2).features["nearest"]
    assert homes["metres_1"].tolist() == pytest.approx([60, 40, 20], abs=0.01)
    assert homes["metres_2"].tolist() == pytest.approx([220, 240, 260], abs=0.01)
    assert homes["nearest_1_id"].tolist() == ["facilities-0"] * 3


def test_the_row_of_a_compound_is_its_walk() -> None:
    study = Study(walled())
    for mode, within in (("distance", "5km"), ("time", "30min")):
        row = study.nearest("CANTEEN", 2, within).tables["nearest"].iloc[0]
        walk = study.walk("compounds-0", "CANTEEN", mode=mode)
        assert (row["from"], row["nearest_id"]) == (walk.tables["walk"]["from"].iloc[0], walk.fact("nearest_id"))
        assert (row["metres"], row["minutes"]) == (pytest.approx(walk.fact("walk_m")), pytest.approx(walk.fact("walk_min")))


def test_every_compound_of_the_sketch_has_the_walk_drawn_for_it(wanli: Any) -> None:
    import wanli_geo

    study = wanli_geo.open(wanli)
    table = study.nearest("MARKET", 1, "20km").tables["nearest"].set_index("id")
    for unit, row in table.iterrows():
        walk = study.walk(str(unit), "MARKET")
        assert (row["nearest_id"], row["metres"]) == (walk.fact("nearest_id"), pytest.approx(walk.fact("walk_m")))


@pytest.mark.parametrize("name", ["compounds-0", "甲小区", "block a", "老院子"])
def test_a_compound_is_called_by_its_id_or_by_any_of_its_names(name: str) -> None:
    assert Study(walled()).walk(name, "CANTEEN").params["unit"] == "compounds-0"


def test_a_name_of_nobody_or_of_several_ends_in_a_sentence() -> None:
    with pytest.raises(BadMeasure, match="compounds-0"):
        Study(walled()).walk("Block B", "CANTEEN")
    twins = village(homes=[home(0, 0, name="楼"), home(100, 0, name="楼")], facilities=[canteen(0, 0)])
    with pytest.raises(BadMeasure, match="Several are called “楼”; say which by its id: homes-0"):
        Study(twins).walk("楼", "CANTEEN")


@pytest.mark.parametrize("k", [0, -1, 21])
def test_how_many_makes_sense(k: int) -> None:
    with pytest.raises(BadMeasure, match="20"):
        Study(three_canteens()).nearest("CANTEEN", k)


def test_what_lies_within_is_added_up_for_homes_and_on_average_for_the_people_of_a_compound() -> None:
    study = Study(walled(), inner_detour=1)
    answer = study.opportunities("CANTEEN", ["50m", "240m"])
    assert answer.features["homes"]["number_50m"].tolist() == [0, 1, 1]
    assert answer.features["homes"]["number_240m"].tolist() == [2, 2, 1]
    table = answer.tables["opportunities"].set_index("within")
    assert table["mean_number"].to_dict() == pytest.approx({"50m": 11 / 12, "240m": (2 * 3 + 9) / 12})
    assert not table["at_least"].any()
    assert (answer.fact("people_none_50m"), answer.fact("people_least_240m")) == (1, 0)
    area = study.opportunities("CANTEEN", "240m", of="area_m2")
    assert area.features["homes"]["area_m2_240m"].tolist() == [120, 120, 80]
    assert area.fact("mean_area_m2_240m") == pytest.approx((3 * 120 + 9 * 80) / 12)


def test_people_within_are_those_of_the_own_house_and_of_every_other_by_its_own_gate() -> None:
    workspace = walled()
    answer = Study(workspace, inner_detour=1).opportunities(None, ["20m", "39m"])
    assert answer.features["homes"]["people_20m"].tolist() == [3, 12, 11]
    assert answer.features["homes"]["people_39m"].tolist() == [3, 12, 11]
    with pytest.raises(BadMeasure, match="number, area_m2"):
        Study(workspace).opportunities("CANTEEN", of="people")
    with pytest.raises(BadMeasure, match="number, area_m2"):
        Study(workspace).opportunities("CANTEEN", of="beauty")
    with pytest.raises(BadMeasure, match="all in minutes"):
        Study(workspace).opportunities("CANTEEN", ["500m", "10min"])


def test_a_size_not_known_makes_a_lower_bound_and_all_of_them_unknown_no_figure_at_all() -> None:
    workspace = village(homes=[home(0, 0, 5), home(400, 400, 5)], facilities=[canteen(0, 0, area_m2=30), canteen(100, 0), canteen(400, 400)])
    answer = Study(workspace).opportunities("CANTEEN", "150m", of="area_m2")
    homes = answer.features["homes"]
    assert homes["area_m2_150m"].tolist() == [30, pytest.approx(np.nan, nan_ok=True)]
    assert homes["at_least_150m"].tolist() == [True, True]
    assert answer.fact("mean_area_m2_150m") == 15
    assert "至少" in answer.facts[0].zh
    unknown = Study(village(homes=[home(0, 0, 5)], facilities=[canteen(0, 0)])).opportunities("CANTEEN", "150m", of="capacity")
    assert unknown.fact("mean_capacity_150m") is None
    assert math.isnan(unknown.tables["opportunities"]["mean_capacity"].iloc[0])


def test_where_the_data_ends_or_the_kind_is_not_surveyed_there_may_be_more() -> None:
    narrow = three_canteens(margin_m=-50)
    assert Study(narrow).opportunities("CANTEEN", "200m").tables["opportunities"]["at_least"].tolist() == [True, True]
    assert "edge_of_data" in {one.key for one in Study(narrow).nearest("CANTEEN").caveats}
    unsurveyed = Study(three_canteens(surveyed={})).opportunities("CANTEEN", "200m")
    assert unsurveyed.tables["opportunities"]["at_least"].all()
    assert unsurveyed.fact("people_none_200m") == 0
    assert {"at_least", "not_surveyed"} <= {one.key for one in unsurveyed.caveats}


def test_a_home_off_every_street_knows_nothing_and_is_not_nought() -> None:
    answer = Study(village(homes=[home(0, 0, 5), home(2000, 0, 7)], facilities=[canteen(0, 0)])).opportunities("CANTEEN", "100m")
    assert answer.features["homes"]["number_100m"].tolist() == [1, pytest.approx(np.nan, nan_ok=True)]
    assert answer.tables["opportunities"]["mean_number"].isna().tolist() == [False, True]
    assert answer.fact("people_none_100m") == 0


on_a_street = st.tuples(st.integers(0, 9), st.integers(0, 400))


def spot(place: tuple[int, int]) -> Spot:
    line, along = place
    return (float(along), 100.0 * line) if line < 5 else (100.0 * (line - 5), float(along))


def graph(factors: Sequence[float], places: Iterable[tuple[int, int]]) -> nx.Graph:
    """The village as networkx has it: every street cut at its corners and at the places on it, each metre as long as its factor says."""
    found = nx.Graph()
    marks = [{0, 100, 200, 300, 400} for _ in factors]
    for line, along in places:
        marks[line].add(along)
    for line, factor in enumerate(factors):
        for low, high in pairwise(sorted(marks[line])):
            found.add_edge(spot((line, low)), spot((line, high)), cost=(high - low) * factor)
    return found


# The layers a village has none of, made once.
EMPTY = {name: empty_layer(spec) for name, spec in SPECS.items()}


def quick(workspace: Workspace) -> Workspace:
    """The same workspace, with its empty layers and digests at hand: many are made, and none is kept."""
    return replace(workspace, layers={**EMPTY, **workspace.layers}, sha256=dict.fromkeys(SPECS, "0"))


def tobler(slope_pct: float | None) -> float:
    """Written from the paper: 6 exp(-3.5 |S + 0.05|) km/h, there and back, against the level."""
    rise = (slope_pct or 0) / 100
    level, up, down = (6 * math.exp(-3.5 * abs(way + 0.05)) for way in (0, rise, -rise))
    return (level / up + level / down) / 2


@given(
    st.lists(st.sampled_from(["road", "steps", "path"]), min_size=10, max_size=10),
    st.lists(st.sampled_from([None, 0.0, -8.0, 5.0, 12.0, 30.0]), min_size=10, max_size=10),
    st.lists(on_a_street, min_size=1, max_size=4), st.lists(on_a_street, min_size=1, max_size=5), st.booleans(),
    st.sampled_from([150.0, 420.0]),
)
@settings(max_examples=200, deadline=None)
def test_the_nearest_and_the_sums_are_those_of_networkx_in_metres_and_in_minutes(
    kinds: list[str], slopes: list[float | None], homes: list[tuple[int, int]], sites: list[tuple[int, int]], timed: bool, radius_m: float
) -> None:
    rows = [({"kind": kind, "slope_pct": slope}, line) for kind, slope, line in zip(kinds, slopes, streets(), strict=True)]
    study = Study(quick(village(
        street_rows=rows, homes=[home(*spot(one), 1 + number) for number, one in enumerate(homes)],
        facilities=[canteen(*spot(one), area_m2=10.0 * number) for number, one in enumerate(sites)],
    )))
    factors = [(2.0 if kind == "steps" else tobler(slope)) if timed else 1.0 for kind, slope in zip(kinds, slopes, strict=True)]
    town = graph(factors, [*homes, *sites])
    speed, unit = (1.2 * 60, "min") if timed else (1.0, "m")
    costs = [nx.single_source_dijkstra_path_length(town, spot(one), weight="cost") for one in homes]
    answer = study.nearest("CANTEEN", 3, f"200{unit}" if timed else "20km")
    found = answer.features["nearest"]
    for number, away in enumerate(costs):
        expected = sorted(away[spot(site)] for site in sites)[:3]
        told = [found[f"minutes_{rank}"].iloc[number] * 72 for rank in (1, 2, 3)][: len(expected)]
        assert told == pytest.approx(expected, abs=0.01)
        named = [found[f"nearest_{rank}_id"].iloc[number] for rank in (1, 2, 3)][: len(expected)]
        assert [away[spot(sites[int(one.rpartition("-")[2])])] for one in named] == pytest.approx(expected, abs=0.01)
        assert len(set(named)) == len(named)
        assert all(found[f"metres_{rank}"].iloc[number] <= told[rank - 1] + 0.01 for rank in range(1, len(expected) + 1))
    if any(abs(away[spot(one)] - radius_m) < 0.1 for away in costs for one in [*sites, *homes]):
        return
    text = f"{radius_m / speed:.3f}min" if timed else f"{radius_m:g}m"
    area, people = study.opportunities("CANTEEN", text, of="area_m2"), study.opportunities(None, text)
    near = [[number for number, site in enumerate(sites) if away[spot(site)] <= radius_m] for away in costs]
    assert area.features["homes"].iloc[:, 3].tolist() == [sum(10.0 * number for number in one) for one in near]
    beside = [sum(1 + number for number, other in enumerate(homes) if away[spot(other)] <= radius_m) for away in costs]
    assert people.features["homes"].iloc[:, 3].tolist() == beside
