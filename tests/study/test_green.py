"""Green and blue as services, in the village: counted on one's fingers."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pyproj
import pytest
import shapely

import wanli_geo
from tests.village import ORIGIN, home, village
from wanli_geo.answer import Answer
from wanli_geo.cli import run
from wanli_geo.errors import BadMeasure, NothingToAnswer
from wanli_geo.study import Study
from wanli_geo.workspace.store import Workspace, save_workspace

ALL = {"GREEN": "complete", "PARK": "complete", "WATER_ACCESS": "complete"}
AGES = {"residents_0_6": 1, "residents_7_18": 2, "residents_19_59": 3, "residents_60_79": 2, "residents_80_plus": 2}
BOUNDARY = [({}, shapely.box(-200, -200, 600, 600))]
Row = tuple[dict[str, Any], Any]


def square(x: float, y: float, area_m2: float, kind: str = "street_green", **more: Any) -> Row:
    """A green of this area with its south-west corner there."""
    return {"kind": kind, **more}, shapely.box(x, y, x + np.sqrt(area_m2), y + np.sqrt(area_m2))


def town(*, surveyed: dict[str, str] | None = None, **layers: Any) -> Workspace:
    layers.setdefault("homes", [home(0, 0, 10, **AGES)])
    return village(surveyed=ALL if surveyed is None else surveyed, **layers)


def people(answer: Answer, key: str) -> tuple[Any, ...]:
    return tuple(answer.fact(f"{key}_people_{status}") for status in ("covered", "gap", "unknown"))


def keys(answer: Answer) -> set[str]:
    return {caveat.key for caveat in answer.caveats}


@pytest.mark.parametrize(("green_m2", "park_m2", "green", "park"), [
    (400, 5_000, (10, 0, 0), (10, 0, 0)), (399, 5_000, (0, 10, 0), (10, 0, 0)), (400, 4_995, (10, 0, 0), (0, 10, 0)),
])
def test_what_is_just_large_enough_counts_and_what_is_a_little_less_does_not(green_m2: float, park_m2: float, green: Any, park: Any) -> None:
    # The park lies 430 m off: too far for the 300 m to a green.
    workspace = town(green_vein=[square(0, 100, green_m2), square(0, 405, park_m2, "park")])
    answer = Study(workspace).green()
    assert (people(answer, "green"), people(answer, "park")) == (green, park)
    counts = answer.features["greens"].set_index("id")["counts_green"]
    assert counts.tolist() == [green == (10, 0, 0), True]


def test_a_green_with_entrances_is_entered_there_and_one_without_anywhere_along_its_edge() -> None:
    lawn = square(210, 210, 6_400, "park")
    for doors, walk, covered in (((), 210, 10), ([({"of": "green_vein-0"}, shapely.Point(250, 300))], 350, 0)):
        answer = Study(town(homes=[home(200, 0, 10)], green_vein=[lawn], entrances=doors)).green()
        assert answer.tables["units"]["green_walk_m"].tolist() == pytest.approx([walk], abs=12 if not doors else 0.01)
        assert people(answer, "green") == (covered, 10 - covered, 0)
        assert people(answer, "park") == (10, 0, 0)  # 500 m
        assert ("doors_assumed" in keys(answer)) == (not doors)


def test_who_lives_in_a_walled_compound_and_its_land_come_out_of_its_one_gate() -> None:
    block = shapely.box(104, 104, 196, 196)
    layers: dict[str, Any] = {
        "compounds": [({"walled": True}, block)], "gates": [({"compound_id": "compounds-0", "kind": "pedestrian"}, shapely.Point(100, 150))],
        "homes": [home(110, 150, 4, compound_id="compounds-0"), home(190, 150, 6, compound_id="compounds-0")],
        "green_vein": [square(203, 140, 400)], "entrances": [({"of": "green_vein-0"}, shapely.Point(200, 150))],
    }
    # From the gate on the west side round the block to the entrance on the east side: 50 + 100 + 50; in it 1.2 m a metre.
    answer = Study(town(**layers)).green(green_m=240)
    assert people(answer, "green") == (4, 6, 0)  # 12 + 200 and 108 + 200
    x, y = np.meshgrid(*[(np.arange(np.floor((low + 104) / 15), np.ceil((low + 196) / 15)) + 0.5) * 15 - low for low in ORIGIN])
    held = (x > 104) & (x < 196) & (y > 104) & (y < 196)
    near = 1.2 * np.hypot(x - 100, y - 150) + 200 <= 240
    assert answer.fact("green_share_land") == pytest.approx((near & held).sum() / held.sum(), abs=1e-9)
    assert 0 < answer.fact("green_share_land") < 1  # type: ignore[operator]
    layers["compounds"] = [({"walled": False}, block)]
    assert people(Study(town(**layers)).green(green_m=240), "green") == (10, 0, 0)


def test_a_park_across_a_river_is_reached_by_a_bridge_only() -> None:
    line = shapely.LineString
    roads: list[Row] = [({"kind": "road"}, line([(0, y), (400, y)])) for y in (0, 60)]
    river = [({"kind": "river"}, shapely.box(-100, 25, 500, 35))]
    over: list[Row] = [({"kind": "footbridge"}, line([(100, 0), (100, 60)]))]
    for more, expected in (([], (0, 10, 0)), (over, (10, 0, 0))):
        workspace = town(street_rows=[*roads, *more], blue_net=river, green_vein=[square(0, 62, 6_000, "park")])
        assert people(Study(workspace).green(), "park") == expected


def test_a_park_that_is_planned_or_closed_counts_neither_for_people_nor_for_area() -> None:
    for status, expected in (("existing", (10, 0, 0)), ("planned", (0, 10, 0)), ("works", (0, 10, 0)), ("closed", (0, 10, 0))):
        answer = Study(town(boundary=BOUNDARY, green_vein=[square(10, 10, 6_000, "park", status=status)])).green()
        assert (people(answer, "park"), people(answer, "green")) == (expected, expected)
        assert answer.fact("park_m2_per_person") == pytest.approx(600 if status == "existing" else 0, abs=0.1)
        assert answer.fact("green_m2_per_person") == answer.fact("park_m2_per_person")


def test_area_a_head_is_cut_to_the_boundary_and_counts_each_square_metre_and_resident_inside_once() -> None:
    workspace = town(
        boundary=[({}, shapely.box(-50, -50, 450, 200))],
        homes=[home(0, 0, 10), home(400, 0, 30), home(0, 400, 100)],
        green_vein=[
            ({"kind": "park"}, shapely.box(100, 150, 200, 250)),  # half of its 10,000 m² inside
            ({"kind": "street_green"}, shapely.box(150, 150, 250, 200)),  # half of its 5,000 m² is the park again
            ({"kind": "pocket_park"}, shapely.box(0, 300, 50, 350)),  # beyond
        ],
    )
    answer = Study(workspace).green(park_m2=2_500)
    assert answer.fact("residents_inside") == 40
    assert answer.fact("park_m2_per_person") == pytest.approx(5_000 / 40, abs=0.01)
    assert answer.fact("green_m2_per_person") == pytest.approx(7_500 / 40, abs=0.01)
    assert answer.fact("people_total") == 140
    assert people(answer, "park")[0] == 140  # the pocket park beyond the boundary serves all the same


def test_without_a_boundary_or_residents_there_is_no_area_a_head() -> None:
    park = [square(10, 10, 6_000, "park")]
    open_ended = Study(town(green_vein=park)).green()
    assert [open_ended.fact(key) for key in ("park_m2_per_person", "park_m2", "residents_inside")] == [None, None, None]
    assert "no_boundary" in keys(open_ended)
    empty = Study(town(boundary=BOUNDARY, green_vein=park, homes=[], compounds=[({"walled": False}, shapely.box(110, 110, 190, 190))])).green()
    assert (empty.fact("park_m2_per_person"), empty.fact("people_total"), empty.fact("park_share_people")) == (None, 0, None)
    assert empty.fact("park_m2") == pytest.approx(6_000, abs=1)
    assert empty.fact("park_share_land") == 1
    assert empty.tables["units"][["park_status", "park_share_land"]].to_numpy().tolist() == [["empty", 1]]
    with pytest.raises(NothingToAnswer, match="homes"):
        Study(town(homes=[], green_vein=park)).green()


def test_where_greens_were_not_looked_for_nobody_is_in_a_gap_and_no_area_is_nought() -> None:
    answer = Study(town(boundary=BOUNDARY, surveyed={"GREEN": "partial"}, compounds=[({"walled": False}, shapely.box(110, 110, 190, 190))])).green()
    for key in ("green", "park", "water"):
        assert people(answer, key) == (0, 0, 10)
        assert (answer.fact(f"{key}_share_people"), answer.fact(f"{key}_share_land")) == (None, None)
    assert (answer.fact("park_m2_per_person"), answer.fact("green_m2_per_person")) == (None, 0)
    assert {"area_at_least", "not_surveyed"} <= keys(answer)
    looked = Study(town(boundary=BOUNDARY)).green()
    assert people(looked, "green") == (0, 10, 0)
    assert looked.fact("green_m2_per_person") == 0


def test_a_park_without_an_area_is_not_counted_and_leaves_the_rest_unknown() -> None:
    line = [({"kind": "park"}, shapely.LineString([(0, 5), (50, 5)]))]
    answer = Study(town(boundary=BOUNDARY, green_vein=line)).green()
    assert people(answer, "park") == (0, 0, 10)
    assert people(answer, "green") == (0, 10, 0)
    assert "size_not_known" in keys(answer)
    assert people(Study(town(green_vein=line)).green(park_m2=0), "park") == (10, 0, 0)


def test_water_is_within_a_walk_where_a_place_to_reach_it_is_recorded_and_nothing_is_invented() -> None:
    river = [({"kind": "river", "through": through}, shapely.LineString([(500, y), (500, y + 100)]))
             for y, through in ((0, True), (100, True), (200, False), (300, None))]
    steps = [({"kind": "steps", "step_free": False}, shapely.Point(400, 0))]
    homes = [home(0, 0, 10), home(0, 100, 5), home(0, 200, 2)]
    answer = Study(town(homes=homes, blue_net=river, water_access=steps)).green()
    assert people(answer, "water") == (15, 2, 0)  # 400, 500 and 600 m
    lengths = [answer.fact(f"water_{part}_m") for part in ("length", "through", "broken", "not_known")]
    assert lengths == pytest.approx([400, 200, 100, 100], abs=0.01)
    assert people(Study(town(homes=homes, blue_net=river, water_access=steps)).green(profile="wheelchair"), "water") == (0, 17, 0)
    unasked = Study(town(blue_net=[river[3]])).green()
    assert [unasked.fact(f"water_{part}_m") for part in ("through", "broken", "not_known")] == [None, None, pytest.approx(100, abs=0.01)]
    assert [Study(town()).green().fact(f"water_{part}_m") for part in ("length", "through", "not_known")] == [None, None, None]


def test_a_compound_smaller_than_a_cell_is_its_inner_point() -> None:
    yards = [({"walled": False}, shapely.box(x, 101, x + 4, 105)) for x in (101.0, 301.0)]
    door = [({"of": "green_vein-0"}, shapely.Point(100, 103))]
    answer = Study(town(homes=[], compounds=yards, green_vein=[square(80, 90, 400)], entrances=door)).green(green_m=150)
    assert answer.features["units"]["green_share_land"].tolist() == [1, 0]
    assert answer.fact("green_share_land") == pytest.approx(0.5)
    assert answer.fact("land_m2") == pytest.approx(32, abs=0.01)


def test_ages_and_committees_add_up_to_all() -> None:
    workspace = town(
        committees=[({"name": "甲"}, shapely.box(0, 0, 250, 400)), ({"name": "乙"}, shapely.box(250, 0, 400, 400)),
                    ({"name": "丙"}, shapely.box(900, 900, 950, 950))],
        compounds=[({"walled": False, "committee_id": f"committees-{row}"}, shapely.box(x, 110, x + 80, 190)) for row, x in enumerate((110, 310))],
        homes=[home(150, 150, 10, compound_id="compounds-0", **AGES), home(350, 150, 10, compound_id="compounds-1", **AGES), home(0, 400, 7)],
        green_vein=[square(85, 205, 400)],
    )
    answer = Study(workspace).green(green_m=200)
    ages, committees = answer.tables["ages"].set_index("group"), answer.tables["committees"]
    assert people(answer, "green") == (10, 17, 0)
    assert ages.loc["all", ["green_people_covered", "green_people_gap", "places_unstated"]].tolist() == [10, 17, 0]
    assert ages.loc["0-6":, "people"].tolist() == [2, 4, 6, 4, 4]
    assert ages.loc["0-6":, "green_people_covered"].tolist() == [1, 2, 3, 2, 2]
    assert ages.loc["0-6", "places_unstated"] == 1
    assert committees["name"].fillna("").tolist() == ["甲", "乙", "丙", ""]
    assert committees["people"].tolist() == [10, 10, 0, 7]
    assert committees["green_people_covered"].tolist() == [10, 0, 0, 0]
    assert committees["green_share_land"].astype(object).where(committees["green_share_land"].notna(), None).tolist() == [1, 0, None, None]
    assert committees["area_m2"].sum() == pytest.approx(answer.fact("land_m2"))


def test_people_are_judged_as_coverage_judges_them(wanli: Path) -> None:
    study = wanli_geo.open(wanli)
    answer = study.green(green_m=300, green_m2=0, park_m=500, park_m2=0, water_m=400)
    for key, code, within in (("green", "GREEN", "300m"), ("park", "PARK", "500m"), ("water", "WATER_ACCESS", "400m")):
        asked = study.coverage(code, within)
        assert people(answer, key) == tuple(asked.fact(f"people_{status}") for status in ("covered", "gap", "unknown"))
        assert answer.fact(f"{key}_share_people") == asked.fact("share_covered")


def test_the_sketch_has_the_area_a_head_that_the_ellipsoid_says(wanli: Path) -> None:
    def layer(name: str) -> list[dict[str, Any]]:
        features: list[dict[str, Any]] = json.loads((wanli / f"{name}.geojson").read_text("utf-8"))["features"]
        return features

    area = shapely.union_all([shapely.geometry.shape(one["geometry"]) for one in layer("boundary")])
    residents = sum(one["properties"]["residents"] for one in layer("homes"))
    answer = wanli_geo.open(wanli).green()
    for key, kinds in (("park", ("park", "pocket_park")), ("green", ("park", "pocket_park", "street_green"))):
        shapes = [shapely.geometry.shape(one["geometry"]) for one in layer("green_vein") if one["properties"]["kind"] in kinds]
        held = shapely.intersection(shapely.union_all(shapes), area)
        on_ground = abs(pyproj.Geod(ellps="GRS80").geometry_area_perimeter(shapely.orient_polygons(held))[0])
        assert answer.fact(f"{key}_m2_per_person") == pytest.approx(on_ground / residents, rel=1e-3)


def test_how_much_park_lies_within_a_walk_is_the_area_of_its_outline() -> None:
    workspace = town(homes=[home(0, 0, 10), home(400, 400, 10)], green_vein=[square(10, 10, 6_000, "park"), square(100, 10, 500, "pocket_park")])
    within = Study(workspace).opportunities("PARK", "200m", of="area_m2").features["homes"]["area_m2_200m"].tolist()
    assert within == pytest.approx([6_500, 0], abs=1)


def test_a_gate_as_if_open_counts_and_is_told() -> None:
    block = shapely.box(104, 104, 196, 196)
    gates = [({"compound_id": "compounds-0", "kind": "pedestrian", "open_hours": hours}, shapely.Point(x, 150))
             for x, hours in ((100, "24/7"), (200, "Mo-Su 00:00-06:00"))]
    workspace = town(compounds=[({"walled": True}, block)], gates=gates, homes=[home(190, 150, 6, compound_id="compounds-0")],
                     green_vein=[square(203, 140, 400)], entrances=[({"of": "green_vein-0"}, shapely.Point(200, 150))])
    study = Study(workspace)
    assert people(study.green(), "green") == (0, 6, 0)
    opened = study.with_gates(opened=["gates-1"]).green()
    assert people(opened, "green") == (6, 0, 0)
    assert opened.caveats[0].key == "scenario"


def test_an_answer_says_what_it_was_made_of_and_what_one_must_know_of_it() -> None:
    answer = Study(town(green_vein=[square(0, 0, 400)])).green()
    assert {"green_vein", "streets"} <= {made.layer for made in answer.made_of}
    assert {"no_circles", "standards_unverified", "walked", "no_compounds"} <= keys(answer)
    housed = Study(town(compounds=[({"walled": False}, shapely.box(110, 110, 190, 190))])).green()
    assert "land_sampled" in keys(housed)
    assert answer.params["standards_verified"] == "no"
    assert Study(town(green_vein=[square(0, 0, 400)])).green(green_m=250).run_id != answer.run_id


@pytest.mark.parametrize("asked", [{"green_m": 0}, {"park_m": 30_000}, {"green_m2": -1}, {"park_m2": float("nan")}, {"water_m": float("inf")},
                                   {"green_m2": float("inf")}])
def test_what_makes_no_sense_ends_in_one_sentence(asked: dict[str, float]) -> None:
    with pytest.raises(BadMeasure, match=r"[0-9]"):
        Study(town()).green(**asked)  # type: ignore[arg-type]


def test_the_verb_writes_the_compounds_as_a_table_and_says_the_whole_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save_workspace(town(boundary=BOUNDARY, green_vein=[square(0, 0, 400)], homes=[home(0, 0, 10, name="甲")]), tmp_path / "v")
    assert run(["green", str(tmp_path / "v"), "--out", str(tmp_path / "green.csv"), "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)["facts"]
    assert facts["green_m2_per_person"]["value"] == pytest.approx(40, abs=0.01)
    row = next(csv.DictReader(io.StringIO((tmp_path / "green.csv").read_text("utf-8-sig"))))
    assert (row["绿地：结论"], row["公园：结论"], row["绿地：走得到的居民"]) == ("已覆盖", "缺口", "10")
    assert run(["green", str(tmp_path / "v"), "--out", str(tmp_path / "green.geojson")]) == 0
    assert run(["green", str(tmp_path / "v")]) == 0
    assert "人均绿地 / Green per person\t40 平方米/人" in capsys.readouterr().out
    assert run(["green", str(tmp_path / "v"), "--out", str(tmp_path / "green.html")]) == 2
