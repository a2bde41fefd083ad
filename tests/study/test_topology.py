"""Islands, the people on them, the gates that lead nowhere, and the joints that were made."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
import shapely

import wanli_geo
from tests.village import CRS, ORIGIN, canteen, home, streets, village
from wanli_geo.network.graph import build_network
from wanli_geo.study import Study
from wanli_geo.workspace.store import to_degrees

ISLAND = ({"id": "lone", "kind": "lane"}, shapely.LineString([(700, 0), (800, 0)]))
ROWS = [({"kind": "road"}, line) for line in streets()]


def test_a_village_in_one_piece_has_no_island() -> None:
    answer = Study(village(homes=[home(0, 0, 5)])).topology()
    assert [answer.fact(key) for key in ("streets_m", "corners", "edges", "islands", "people_islands", "gates_nowhere")] == [
        answer.fact("streets_m"), 25, 40, 0, 0, 0]
    assert round(float(answer.fact("streets_m") or 0), 1) == 4000.0


def test_an_island_is_listed_with_the_people_who_have_nothing_else() -> None:
    homes = [home(710, 0, 5), home(790, 10, 2), home(0, 0, 9), home(-500, 0, 4), home(720, 5, None)]
    answer = Study(village(street_rows=[*ROWS, ISLAND], homes=homes, facilities=[canteen(0, 0)])).topology()
    table = answer.tables["islands"]
    assert table[["people", "places", "streets"]].to_numpy().tolist() == [[7, 3, "lone"]]
    assert (answer.fact("people_islands"), answer.fact("places_off"), answer.fact("people_off")) == (7, 1, 4)
    assert answer.features["islands"].geometry.iloc[0].geom_type == "MultiLineString"


def test_a_home_that_reaches_both_is_on_the_mainland() -> None:
    near = ({"kind": "lane"}, shapely.LineString([(430, 10), (480, 10)]))
    answer = Study(village(street_rows=[*ROWS, near], homes=[home(420, 10, 5)])).topology()
    assert (answer.fact("islands"), answer.fact("people_islands")) == (1, 0)


def test_gates_that_lead_nowhere_are_listed_with_the_reason() -> None:
    block = shapely.box(650, 20, 900, 400)
    gates = [({"compound_id": "compounds-0", "kind": "pedestrian"}, shapely.Point(x, y)) for x, y in ((750, 20), (775, 400))]
    answer = Study(village(street_rows=[*ROWS, ISLAND], compounds=[({"walled": True, "residents": 8}, block)], gates=gates)).topology()
    assert answer.tables["gates"][["id", "reason"]].to_numpy().tolist() == [["gates-0", "cut_off"], ["gates-1", "no_street"]]
    assert answer.to_json()


def test_a_street_closed_at_night_may_cut_the_village_in_two() -> None:
    rows = [({"kind": "road"}, shapely.LineString([(0, 0), (300, 0)])),
            ({"kind": "footbridge", "open_hours": "Mo-Su 06:00-22:00"}, shapely.LineString([(300, 0), (400, 0)])),
            ({"kind": "road"}, shapely.LineString([(400, 0), (500, 0)]))]
    study = Study(village(street_rows=rows, homes=[home(450, 0, 3)]))
    assert [study.topology(time=time).fact("people_islands") for time in ("10:00", "23:00")] == [0, 3]


# -- joints ---------------------------------------------------------------------------------------------------------------------------


def street(*points: tuple[float, float], **own: Any) -> tuple[Mapping[str, Any], shapely.LineString]:
    return {"kind": "road", **own}, shapely.LineString(points)


MAIN = street((0, 0), (400, 0), id="main")


def walked(*rows: tuple[Mapping[str, Any], shapely.LineString], at: tuple[float, float], **asked: str) -> float:
    """Metres from a home at the west end of the main street to a canteen."""
    study = Study(village(street_rows=[MAIN, *rows], homes=[home(0, 0, 5)], facilities=[canteen(*at)]))
    return float(study.coverage("CANTEEN", "5km", **asked).features["homes"]["walk_m"].iloc[0])


def test_joints_are_listed_with_their_kind_streets_metres_and_place() -> None:
    rows = [MAIN, street((100, -50), (100, 50), id="cross"), street((200, 0), (200, 50), id="tee"), street((300, 1.5), (300, 50), id="short")]
    answer = Study(village(street_rows=rows, homes=[home(0, 0, 5)])).topology()
    table = answer.tables["joints"]
    assert table[["id", "streets"]].to_numpy().tolist()[0] == ["joint-1", "short, main"]
    assert {(kind, pair): round(metres, 2) for _, kind, pair, metres in table.itertuples(index=False)}["near_miss", "short, main"] == 1.5
    assert {pair for _, _, pair, _ in table.itertuples(index=False)} == {"main, cross", "tee, main", "short, main"}
    place = answer.features["joints"].to_crs("EPSG:4549").geometry.iloc[0]
    assert (place.x - ORIGIN[0], place.y - ORIGIN[1]) == pytest.approx((300, 1.5), abs=0.01)
    assert [answer.fact(key) for key in ("islands", "joined_near_miss")] == [0, 1]
    assert (answer.fact("joined_crosses") or 0) + (answer.fact("joined_touches") or 0) == 2  # rounding may let the end of the T cross
    assert answer.to_json()


def test_every_number_says_that_gaps_were_bridged() -> None:
    gap = Study(village(street_rows=[MAIN, street((100, 1.5), (100, 50))], homes=[home(0, 0, 5)], facilities=[canteen(100, 50)]))
    whole = Study(village(homes=[home(0, 0, 5)], facilities=[canteen(100, 50)]))
    for study, said in ((gap, True), (whole, False)):
        answers = study.coverage("CANTEEN"), study.by_age("CANTEEN"), study.isochrone(*to_degrees(shapely.Point(ORIGIN), CRS).coords[0])
        assert [any(one.key == "near_joined" and "1 处" in one.zh for one in answer.caveats) for answer in answers] == [said] * 3


def test_a_footbridge_over_a_road_leads_over_it() -> None:
    bridge = street((100, -150), (100, 150), kind="footbridge")
    beyond = street((100, 150), (150, 150))
    assert np.isnan(walked(bridge, beyond, at=(100, 150)))
    landed = bridge, beyond, street((0, -150), (200, -150)), street((0, -150), (0, 0))
    assert walked(*landed, at=(100, 150)) == pytest.approx(150 + 100 + 300, abs=0.02)


def test_a_gap_that_a_locked_gate_fills_stays_shut() -> None:
    there = street((201, 0), (201, 200))
    barred = {**MAIN[0]}, shapely.LineString([(0, 0), (200, 0)])
    gate = street((200, 0), (201, 0), kind="path", open_hours="Mo-Su 06:00-22:00")

    def at_hour(time: str, *rows: Any) -> float:
        study = Study(village(street_rows=[barred, there, *rows], homes=[home(0, 0, 5)], facilities=[canteen(201, 200)]))
        return float(study.coverage("CANTEEN", time=time).features["homes"]["walk_m"].iloc[0])

    assert [at_hour(time, gate) for time in ("10:00", "23:00")] == [pytest.approx(401, abs=0.02), pytest.approx(np.nan, nan_ok=True)]
    assert at_hour("23:00") == pytest.approx(401, abs=0.02)


def test_a_wall_between_two_ends_is_not_walked_through() -> None:
    block = [({"walled": True}, shapely.box(300, 0.7, 350, 60))]
    inner = street((320, 1.5), (320, 50))
    for walls, islands in (([], 0), (block, 1), ([({"walled": False}, block[0][1])], 0)):
        study = Study(village(street_rows=[MAIN, inner], homes=[home(0, 0, 5)], compounds=walls))
        assert study.topology().fact("islands") == islands


def test_waits_and_words_of_a_walk_over_a_link_are_those_of_its_street() -> None:
    crossing = street((200, 1), (200, 30), kind="crossing", signalised=True)
    rows = [street((0, 0), (400, 0), name="富水路"), crossing, street((200, 30), (200, 90), name="香泉路")]
    block = [({"walled": False, "residents": 5}, shapely.box(-20, 2, 0, 20))]
    study = Study(village(street_rows=rows, compounds=block, facilities=[canteen(200, 90)]))
    metres, minutes = (study.walk("compounds-0", "CANTEEN", mode=mode) for mode in ("distance", "time"))
    walk_m, walk_min = float(metres.fact("walk_m") or 0), float(minutes.fact("walk_min") or 0)
    assert walk_min == pytest.approx((walk_m / 1.2 + 30) / 60, abs=0.01)
    words = " ".join(metres.tables["turns"]["zh"])
    assert words.index("沿富水路走") < words.index("过马路 30 米") < words.index("沿香泉路走")


def test_the_sketch_is_joined_already() -> None:
    ground = wanli_geo.open().ground()
    plain = build_network(ground.streets.geometry.to_numpy())
    assert len(ground.joints) == 0
    for name in ("nodes", "tail", "head", "length", "xy", "first", "street"):
        assert np.array_equal(getattr(ground.network, name), getattr(plain, name)), name
