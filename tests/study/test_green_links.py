"""Green veins in the village: three parks, a greenway and a road between, counted on one's fingers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from tests.village import home, village
from wanli_geo.answer import Answer
from wanli_geo.cli import run
from wanli_geo.errors import BadMeasure, NothingToAnswer
from wanli_geo.study import Study
from wanli_geo.workspace.store import Workspace, save_workspace

ALL = {"GREEN": "complete", "PARK": "complete", "WATER_ACCESS": "complete"}
Row = tuple[dict[str, Any], Any]


def park(x: float, y: float, side: float, kind: str = "park", **more: Any) -> Row:
    return {"kind": kind, **more}, shapely.box(x, y, x + side, y + side)


def way(*xy: tuple[float, float]) -> Row:
    return {"kind": "greenway"}, shapely.LineString(xy)


def door(of: int, x: float, y: float) -> Row:
    return {"of": f"green_vein-{of}"}, shapely.Point(x, y)


# Park A by the west end of the south street, park B by its middle, park C by its east end; each entered at the street.
PARKS = [park(-40, -60, 60, name="甲园"), park(170, -70, 60, name="乙园"), park(380, -50, 40, name="丙园")]
DOORS = [door(0, 0, 0), door(1, 200, -10), door(2, 400, -10)]


def town(*more: Row, doors: list[Row] | None = None, **layers: Any) -> Workspace:
    layers.setdefault("homes", [home(0, 100, 10), home(400, 300, 5)])
    return village(surveyed=ALL, green_vein=[*PARKS, *more], entrances=DOORS if doors is None else doors, **layers)


def ask(workspace: Workspace, **asked: Any) -> Answer:
    return Study(workspace).routes.green_links(**asked)


def clusters(answer: Answer) -> dict[str, int]:
    patches = answer.features["patches"]
    return dict(zip(patches["id"], patches["cluster"].astype(int), strict=True))


def test_without_a_greenway_every_park_is_alone() -> None:
    answer = ask(town())
    # The streets by parks A, B, C are green from −40, 160 and 370 on to 30, 240 and 400 m: what lies between is more than a crossing.
    assert [answer.fact(key) for key in ("patches", "clusters", "patches_alone")] == [3, 3, 3]
    assert answer.fact("connected_m2") == pytest.approx(np.sqrt(3_600**2 + 3_600**2 + 1_600**2), rel=1e-6)
    assert answer.fact("largest_cluster_m2") == pytest.approx(3_600, rel=1e-6)


def test_a_greenway_along_the_street_joins_two_parks_and_a_road_parts_them_from_the_third() -> None:
    answer = ask(town(way((0, 0), (200, 0))))
    held = clusters(answer)
    assert held == {"green_vein-0": 1, "green_vein-1": 1, "green_vein-2": 2}
    assert answer.fact("connected_m2") == pytest.approx(np.sqrt(7_200**2 + 1_600**2), rel=1e-6)
    missing = answer.tables["missing"].iloc[0]
    # The green of park B ends at 230 + 10 m, that of park C begins at 380 − 10 m; its outline is round there, where the street passes 0 m off.
    assert (missing["from_name"], missing["to_name"]) == ("甲园", "丙园")
    assert len(answer.tables["missing"]) == 1


def test_the_missing_link_is_the_street_between_two_greens_and_gains_what_one_reckons() -> None:
    # Greenways end at 100 and begin again at 300, 10 m of street beyond each end still near them: 180 m are missing.
    answer = ask(town(way((0, 0), (100, 0)), way((300, 0), (400, 0)), doors=[door(0, 0, 0), door(1, 200, -200), door(2, 400, -10)]))
    missing = answer.tables["missing"]
    between = missing[(missing["cluster_from"] == clusters(answer)["green_vein-0"]) & (missing["cluster_to"] == clusters(answer)["green_vein-2"])]
    assert between["metres"].tolist() == pytest.approx([180], abs=0.01)
    # Of these the street by park B is green: from about 160 to 240 m, where the outline of its surroundings is 10 m off the park.
    assert 0 < between["not_green_m"].iloc[0] < 180
    assert between["area_gained_m2"].tolist() == pytest.approx([1_600], rel=1e-6)
    apart, joined = 3_600**2 * 2 + 1_600**2, 3_600**2 + 5_200**2
    assert between["eca_gained_m2"].tolist() == pytest.approx([np.sqrt(joined) - np.sqrt(apart)], rel=1e-6)


def test_a_crossing_of_thirty_metres_is_bridged_and_a_wider_one_is_not() -> None:
    for gap, joined in ((49, True), (51, False)):  # 10 m on either side are near the greenway still
        answer = ask(town(way((0, 0), (100, 0)), way((100 + gap, 0), (200, 0))))
        assert (clusters(answer)["green_vein-0"] == clusters(answer)["green_vein-1"]) == joined


def test_the_bank_of_a_river_joins_as_a_greenway_does() -> None:
    river = [({"kind": "river"}, shapely.box(0, 5, 400, 12))]
    answer = ask(town(blue_net=river))
    assert answer.fact("clusters") == 1
    assert answer.fact("connected_m2") == pytest.approx(8_800, rel=1e-6)
    assert answer.fact("missing") == 0
    assert answer.fact("missing_first_m") is None


def test_a_park_is_joined_by_its_entrance_not_by_its_fence() -> None:
    # The greenway passes park B's fence, but its one entrance lies on the far side, 100 m of street away from any green.
    answer = ask(town(way((0, 0), (400, 0)), doors=[door(0, 0, 0), door(1, 200, -130), door(2, 400, -10)]))
    held = clusters(answer)
    assert held["green_vein-0"] == held["green_vein-2"] != held["green_vein-1"]


def test_only_who_then_reaches_a_larger_green_gains() -> None:
    # 780 m in ten minutes: the first home reaches A and, farther, B; the last is beyond all of them.
    answer = ask(town(homes=[home(0, 100, 10), home(400, 100, 4), home(0, 3_000, 100)]))
    first = answer.tables["missing"].iloc[0]
    assert {first["from_name"], first["to_name"]} == {"甲园", "乙园"}
    assert first["people_gained"] == 14
    assert answer.fact("missing_first_people") == 14


def test_ground_under_two_greens_counts_once_and_makes_them_one() -> None:
    answer = ask(town(park(-40, -60, 30, "street_green")))
    assert answer.fact("patches") == 4
    assert answer.fact("patches_m2") == pytest.approx(8_800, rel=1e-6)
    assert clusters(answer)["green_vein-0"] == clusters(answer)["green_vein-3"]


def test_a_planned_park_and_a_patch_of_lawn_are_no_patches() -> None:
    answer = ask(town(park(0, 300, 60, status="planned"), park(200, 300, 10, "street_green"), park(300, 300, 10, "pocket_park")))
    assert set(clusters(answer)) == {"green_vein-0", "green_vein-1", "green_vein-2", "green_vein-5"}


def test_a_town_without_green_is_told_so() -> None:
    with pytest.raises(NothingToAnswer, match="没有在用的绿地面"):
        ask(village(surveyed=ALL, homes=[home(0, 0, 10)], green_vein=[way((0, 0), (100, 0))]))
    with pytest.raises(BadMeasure, match="绿脉"):
        ask(town(), gap_m=-1)


def test_greens_off_every_street_are_alone_and_nothing_breaks() -> None:
    answer = ask(village(surveyed=ALL, homes=[home(0, 0, 10)], green_vein=[park(5_000, 5_000, 100)]))
    assert (answer.fact("clusters"), answer.fact("missing"), answer.fact("links_m")) == (1, 0, 0)


def test_the_checklist_tells_what_is_met_what_is_short_by_how_much_and_what_nobody_knows() -> None:
    lit = [({**own, "lit": own["name"] == "甲园"} if own["name"] != "丙园" else own, shape) for own, shape in PARKS]
    answer = ask(village(
        surveyed=ALL, homes=[home(0, 100, 10), home(400, 400, 30)], green_vein=lit, entrances=DOORS,
        boundary=[({}, shapely.box(-500, -500, 500, 500))],
    ))
    rows = answer.tables["checklist"].set_index("item")
    # A quarter of the people have a green within 300 m; 85 % are wanted: 60 % of 40 people are short.
    assert rows.loc["green_300", ["status", "have", "wanted", "short", "unit"]].tolist() == ["short", "25 %", "≥ 85 %", 24.0, "人"]
    assert rows.loc["park_500", "status"] == "short"  # no park of 5,000 m²
    # 8,800 m² for 40 people are more than enough.
    assert rows.loc["park_per_person", ["status", "have"]].tolist() == ["ok", "220 m²"]
    # One is lit, one is not, one nobody looked at: one of three at least is dark.
    assert rows.loc["lit", ["status", "have"]].tolist() == ["short", "33.3 %"]
    assert rows.loc["entrances", "status"] == "ok"
    assert rows.loc["toilet", "status"] == "unknown" and rows.loc["toilet", "collect"]
    assert rows.loc["green_ratio", "status"] == "unknown" and "绿化普查" in rows.loc["green_ratio", "collect"]
    assert not rows["verified"].any()
    assert {"no_scoring_table", "connected_area", "green_walk"} <= {caveat.key for caveat in answer.caveats}


def test_where_nobody_is_on_record_nobody_can_be_said_to_gain() -> None:
    with pytest.raises(NothingToAnswer, match="没有住宅楼也没有小区"):
        ask(town(homes=[]))


def test_the_order_of_the_rows_changes_nothing() -> None:
    greens = [*PARKS, way((0, 0), (200, 0))]
    turned = [(dict(own, id=f"green_vein-{row}"), shape) for row, (own, shape) in reversed(list(enumerate(greens)))]
    there = ask(town(way((0, 0), (200, 0))))
    back = ask(village(surveyed=ALL, green_vein=turned, entrances=DOORS[::-1], homes=[home(0, 100, 10), home(400, 300, 5)]))
    assert {fact.key: fact.value for fact in there.facts} == pytest.approx({fact.key: fact.value for fact in back.facts})
    assert clusters(there) == clusters(back)
    assert there.tables["missing"]["metres"].tolist() == pytest.approx(back.tables["missing"]["metres"].tolist())


def test_the_verb_audits_the_green_vein_and_writes_a_map(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save_workspace(town(way((0, 0), (200, 0))), tmp_path / "village")
    asked = ["route", "audit", "green_vein", str(tmp_path / "village")]
    assert run([*asked, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["question"], told["facts"]["clusters"]["value"]) == ("green_links", 2)
    for lang, words in (("zh", "缺的连接"), ("en", "missing link")):
        assert run([*asked, "--lang", lang, "--out", str(tmp_path / "map.svg")]) == 0
        assert words in (tmp_path / "map.svg").read_text("utf-8")
