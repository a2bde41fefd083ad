"""What falls to each where all compete, and how evenly the walk falls: the village by hand, then laws on streets of every kind."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from tests.study.test_nearest import on_a_street, quick, spot
from tests.village import canteen, home, village
from wanli_geo.access.catchments import METHODS
from wanli_geo.answer import Answer
from wanli_geo.errors import BadMeasure
from wanli_geo.study import Study
from wanli_geo.workspace.store import Workspace

NONE = pytest.approx(np.nan, nan_ok=True)
AGES = ("0_6", "7_18", "19_59", "60_79", "80_plus")


def aged(x: float, y: float, *counts: int, **more: Any) -> Any:
    """A home with its residents by age."""
    return home(x, y, sum(counts), **{f"residents_{age}": count for age, count in zip(AGES, counts, strict=True)}, **more)


def two_committees() -> Workspace:
    """West: 10 people at the west canteen's door, 30 a street on. East: 20 people with a canteen of their own; 40 far from both."""
    return village(
        committees=[({"name": "西"}, shapely.box(-50, -50, 150, 450)), ({"name": "东"}, shapely.box(250, -50, 450, 450))],
        compounds=[({"name": name, "walled": False, "committee_id": committee}, box) for name, committee, box in (
            ("甲", "committees-0", shapely.box(-5, -5, 105, 5)), ("乙", "committees-1", shapely.box(395, -5, 405, 5)))],
        homes=[aged(0, 0, 0, 0, 10, 0, 0, compound_id="compounds-0"), aged(100, 0, 10, 0, 10, 10, 0, compound_id="compounds-0"),
               aged(400, 0, 0, 0, 0, 10, 10, compound_id="compounds-1"), aged(400, 400, 0, 0, 40, 0, 0)],
        facilities=[canteen(0, 0, name="西食堂", capacity=80), canteen(400, 0, name="东食堂", capacity=60)],
    )


def access(answer: Answer) -> list[float]:
    return list(answer.features["homes"]["access_per_1000"])


def test_seats_are_shared_among_all_who_reach_them_and_the_least_stand_first() -> None:
    answer = Study(two_committees()).catchments("CANTEEN", "150m", of="capacity")
    assert access(answer) == pytest.approx([80 / 40 * 1000, 80 / 40 * 1000, 60 / 20 * 1000, 0])
    assert answer.tables["units"]["id"].tolist() == ["homes-3", "compounds-0", "compounds-1"]
    assert answer.tables["facilities"][["name", "supply", "people_coming", "supply_per_1000"]].values.tolist() == [
        ["西食堂", 80, 40, 2000], ["东食堂", 60, 20, 3000]]
    assert {key: answer.fact(key) for key in ("supply_in_reach", "supply_idle", "people_total", "people_none", "people_unknown")} == {
        "supply_in_reach": 140, "supply_idle": 0, "people_total": 100, "people_none": 40, "people_unknown": 0}
    assert answer.fact("supply_shared") == pytest.approx(140, rel=1e-12)
    assert answer.fact("mean_access") == pytest.approx(1400)
    json.loads(answer.to_json())


def test_committees_and_ages_have_their_mean_and_their_curve() -> None:
    answer = Study(two_committees()).catchments("CANTEEN", "150m", of="capacity")
    committees = answer.tables["committees"].set_index("id")
    assert committees["access_per_1000"].to_dict() == pytest.approx({"": 0, "committees-0": 2000, "committees-1": 3000})
    assert committees["people_none"].to_dict() == {"": 40, "committees-0": 0, "committees-1": 0}
    ages = answer.tables["ages"].set_index("id")
    assert ages["people"].to_dict() == {"0-6": 10, "7-18": 0, "19-59": 60, "60-79": 20, "80+": 10}
    assert ages["access_per_1000"].tolist() == pytest.approx([2000, np.nan, 20 * 2000 / 60, 2500, 3000], nan_ok=True)
    # 40 people have none, 40 have 2, 20 have 3 each: 140 in all.
    curve = answer.tables["lorenz"].query("of == 'all'").set_index("share_people")["share_value"]
    assert curve[[0.0, 0.4, 0.8, 1.0]].tolist() == pytest.approx([0, 0, 80 / 140, 1])
    assert answer.fact("gini") == pytest.approx(1 - (0.4 * 80 / 140 + 0.2 * (80 / 140 + 1)))
    assert answer.fact("palma") is None
    assert "palma_without_bound" in {one.key for one in answer.caveats}
    assert answer.fact("theil_between_share") == pytest.approx(1)  # everybody of a committee has the same


def test_only_those_asked_for_compete() -> None:
    answer = Study(two_committees()).catchments("CANTEEN", "150m", of="capacity", people="60+")
    assert access(answer)[:3] == pytest.approx([8000, 8000, 3000])
    assert answer.tables["ages"]["id"].tolist() == ["60-79", "80+"]
    assert answer.fact("people_none") == 0


def test_the_method_and_the_decay_are_named_with_their_source_and_their_own_decay_is_taken() -> None:
    study = Study(two_committees())
    for method, how in METHODS.items():
        answer = study.catchments("CANTEEN", "500m", method=method)
        assert (answer.params["method"], answer.params["decay"]) == (method, how.decay)
        assert how.source in next(one.zh for one in answer.caveats if one.key == "method")
    ways = {method: access(study.catchments("CANTEEN", "500m", method=method)) for method in METHODS}
    assert len({tuple(np.round(way, 9)) for way in ways.values()}) == len(METHODS)
    in_minutes = study.catchments("CANTEEN", "5min", method="e2sfca")
    assert access(in_minutes) == pytest.approx(access(study.catchments("CANTEEN", "360m", method="e2sfca")))


def test_modified_says_that_supply_is_lost_on_the_way() -> None:
    answer = Study(two_committees()).catchments("CANTEEN", "150m", of="capacity", method="m2sfca", decay="linear")
    # West: weights 1 and 1/3 for 10 and 30 people, 80 / 20 a head; squared on the way home: 10 + 30 / 9 times 4.
    assert answer.fact("supply_shared") == pytest.approx(4 * (10 + 30 / 9) + 60, rel=1e-4)
    assert answer.fact("supply_in_reach") == 140
    assert "lost_on_the_way" in {one.key for one in answer.caveats}


def test_a_size_not_known_is_told_and_is_not_nought() -> None:
    workspace = village(homes=[home(0, 0, 5), home(400, 400, 5), home(0, 400, 7)],
                        facilities=[canteen(0, 0, area_m2=30), canteen(100, 0), canteen(400, 400)])
    answer = Study(workspace).catchments("CANTEEN", "150m", of="area_m2")
    assert access(answer) == [pytest.approx(6000), NONE, 0]
    assert answer.features["homes"]["at_least"].tolist() == [True, True, False]
    assert (answer.fact("facilities_size_unknown"), answer.fact("people_unknown"), answer.fact("people_none")) == (2, 5, 7)
    assert "size_unknown" in {one.key for one in answer.caveats}
    nothing = Study(workspace).catchments("CANTEEN", "150m", of="capacity")
    assert (nothing.fact("gini"), nothing.fact("supply_in_reach"), nothing.fact("facilities_size_unknown")) == (None, 0, 3)
    assert nothing.fact("mean_access") is None  # seven are known to have none, of the others it is not known


def test_a_park_shares_the_area_of_its_outline() -> None:
    park = ({"kind": "park"}, shapely.box(110, 10, 190, 90))
    workspace = village(homes=[home(0, 0, 5), home(400, 400, 3)], green_vein=[park], surveyed={"PARK": "complete"})
    answer = Study(workspace).catchments("PARK", "300m", of="area_m2")
    assert answer.fact("supply_shared") == pytest.approx(6400, rel=1e-4)
    assert access(answer) == pytest.approx([1280 * 1000, 0], rel=1e-4)
    within = Study(workspace).opportunities("PARK", "300m", of="area_m2")
    assert within.features["homes"]["area_m2_300m"].tolist() == pytest.approx([6400, 0], rel=1e-4)


def test_people_not_known_off_the_streets_and_a_canteen_without_people_are_told() -> None:
    workspace = village(homes=[home(0, 0, 5), home(0, 100, None), home(2000, 0, 9)], facilities=[canteen(0, 0), canteen(400, 400)])
    answer = Study(workspace).catchments("CANTEEN", "150m")
    assert access(answer) == [pytest.approx(200), NONE, NONE]
    assert (answer.fact("supply_in_reach"), answer.fact("supply_idle"), answer.fact("people_unknown")) == (1, 1, 9)
    assert answer.tables["facilities"]["idle"].tolist() == [False, True]
    assert {"people_unstated", "off_network"} <= {one.key for one in answer.caveats}


def test_planned_facilities_share_nothing_and_no_facility_at_all_is_an_answer() -> None:
    workspace = village(homes=[home(0, 0, 5)], facilities=[canteen(0, 0), canteen(10, 0, status="planned")])
    assert access(Study(workspace).catchments("CANTEEN")) == pytest.approx([200])
    none = Study(village(homes=[home(0, 0, 5)])).catchments("CANTEEN")
    assert (none.fact("people_none"), none.fact("mean_access"), none.fact("gini")) == (5, 0, None)


def test_where_the_kind_is_not_surveyed_there_may_be_more() -> None:
    answer = Study(village(homes=[home(400, 400, 5)], facilities=[canteen(0, 0)], surveyed={})).catchments("CANTEEN", "100m")
    assert (answer.fact("people_none"), answer.fact("people_least")) == (0, 5)
    assert {"at_least", "not_surveyed"} <= {one.key for one in answer.caveats}


def test_a_facility_beyond_the_boundary_is_marked() -> None:
    workspace = village(homes=[home(0, 0, 5)], facilities=[canteen(0, 0), canteen(200, 0)], boundary=[({}, shapely.box(-50, -50, 150, 450))])
    answer = Study(workspace).catchments("CANTEEN")
    assert answer.tables["facilities"]["beyond_boundary"].tolist() == [False, True]
    assert "beyond_boundary" in {one.key for one in answer.caveats}


def test_what_is_no_supply_no_method_or_no_decay_ends_in_a_sentence() -> None:
    study = Study(two_committees())
    for wrong, match in (({"of": "people"}, "number, area_m2"), ({"method": "4sfca"}, "2sfca"), ({"decay": "sudden"}, "binary"),
                         ({"people": "old"}, "60")):
        with pytest.raises(BadMeasure, match=match):
            study.catchments("CANTEEN", **wrong)  # type: ignore[arg-type]


def test_the_walk_by_committee_by_age_and_whether_it_falls_on_the_old() -> None:
    answer = Study(two_committees(), inner_detour=1).equity("CANTEEN")
    assert answer.features["homes"]["walk_m"].tolist() == pytest.approx([0, 100, 0, 400], abs=0.5)
    assert answer.features["homes"]["share_old"].tolist() == pytest.approx([0, 1 / 3, 1, 0])
    assert answer.fact("mean_m") == pytest.approx((30 * 100 + 40 * 400) / 100, abs=0.5)
    assert answer.fact("mean_m_60") == pytest.approx(10 * 100 / 30, abs=0.5)
    # By age: 50 people without old ones walk 16 000 m of 19 000, 30 walk 3 000, 20 nothing.
    curve = (0.5 * 16 / 19 + 0.3 * (16 / 19 + 1) + 0.2 * 2)
    assert answer.fact("concentration_60") == pytest.approx(1 - curve, abs=0.001)
    assert answer.tables["committees"]["id"].tolist() == ["", "committees-0", "committees-1"]
    assert answer.tables["committees"]["walk_m"].tolist() == pytest.approx([400, 75, 0], abs=0.5)
    ages = answer.tables["ages"].set_index("id")
    assert ages["walk_m"].tolist() == pytest.approx([100, np.nan, (10 * 100 + 40 * 400) / 60, 50, 0], abs=0.5, nan_ok=True)
    assert answer.tables["units"]["id"].tolist() == ["homes-3", "compounds-0", "compounds-1"]
    assert set(answer.tables["lorenz"]["of"]) == {"all", "committee", "age"}


def test_whoever_has_no_walk_is_counted_apart_and_told() -> None:
    workspace = village(homes=[home(0, 100, 5), home(2000, 0, 9), home(0, 200, None)], facilities=[canteen(0, 0)])
    answer = Study(workspace).equity("CANTEEN")
    assert (answer.fact("people_total"), answer.fact("people_unreached")) == (14, 9)
    assert answer.fact("mean_m") == pytest.approx(100, abs=0.01)
    assert answer.fact("concentration_60") is None
    assert answer.tables["units"]["id"].tolist()[0] == "homes-1"
    assert {"unreached", "people_unstated", "ages_not_known"} <= {one.key for one in answer.caveats}
    nowhere = Study(village(homes=[home(0, 0, 5)])).equity("CANTEEN")
    assert (nowhere.fact("people_unreached"), nowhere.fact("mean_m"), nowhere.fact("gini")) == (5, None, None)
    json.loads(nowhere.to_json())


def test_the_sketch_of_wanli_loses_no_supply_and_nobody(wanli: Any) -> None:
    import wanli_geo

    study = wanli_geo.open(wanli)
    for method, how in METHODS.items():
        answer = study.catchments("CANTEEN", "1km", method=method)
        people, given_ = answer.features["homes"]["people"], answer.features["homes"]["access_per_1000"] / 1000
        assert (people * given_).sum() == pytest.approx(answer.fact("supply_shared"), rel=1e-9)
        if how.keeps:
            assert answer.fact("supply_shared") == pytest.approx(answer.fact("supply_in_reach"), rel=1e-9)
        assert answer.tables["units"]["people"].sum() == answer.tables["committees"]["people"].sum() == answer.fact("people_total")
        assert answer.tables["ages"]["people"].sum() == answer.fact("people_total")
    walks = study.equity("CANTEEN")
    coverage = study.coverage("CANTEEN", "20km")
    assert walks.features["homes"]["walk_m"].tolist() == pytest.approx(coverage.features["homes"]["walk_m"].tolist(), nan_ok=True)


residents = st.sampled_from([None, 0, 1, 12, 400])
sizes = st.sampled_from([None, 0.0, 15.0, 300.0])


@given(
    st.lists(st.tuples(on_a_street, residents), min_size=1, max_size=5), st.lists(st.tuples(on_a_street, sizes), min_size=1, max_size=4),
    st.sampled_from(list(METHODS)), st.sampled_from(["150m", "430m", "4min"]), st.randoms(use_true_random=False),
)
def test_in_any_village_people_times_access_is_the_supply_in_reach_and_row_order_changes_nothing(
    homes: Any, sites: Any, method: str, within: str, chance: Any
) -> None:
    rows = [home(*spot(place), count, name=str(number)) for number, (place, count) in enumerate(homes)]
    canteens = [canteen(*spot(place), area_m2=size) for place, size in sites]
    answer = Study(quick(village(homes=rows, facilities=canteens))).catchments("CANTEEN", within, of="area_m2", method=method)
    shared, whole = answer.fact("supply_shared"), answer.fact("supply_in_reach")
    if METHODS[method].keeps:
        assert shared == pytest.approx(whole, rel=1e-9)
    if method == "m2sfca":
        assert shared <= whole * (1 + 1e-9)  # type: ignore[operator]
    known = [size for _, size in sites if size is not None]
    assert whole + answer.fact("supply_idle") == pytest.approx(sum(known))  # type: ignore[operator]
    turned = list(range(len(rows)))
    chance.shuffle(turned)
    chance.shuffle(canteens)
    other = Study(quick(village(homes=[rows[row] for row in turned], facilities=canteens))).catchments(
        "CANTEEN", within, of="area_m2", method=method)
    assert access(other) == pytest.approx([access(answer)[row] for row in turned], rel=1e-9, nan_ok=True)
