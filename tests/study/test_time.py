"""Time mode: waits at crossings, the day and the hour, each age at its own speed."""

import math

import pytest
import shapely

from tests.study.test_isochrone import degrees
from tests.village import canteen, home, streets, village
from wanli_geo.errors import BadMeasure
from wanli_geo.study import Study, Waits
from wanli_geo.study.ground import PACES
from wanli_geo.workspace.store import Workspace


def line(*xy: tuple[float, float], kind: str = "road", **more: object) -> tuple[dict[str, object], shapely.LineString]:
    return {"kind": kind, **more}, shapely.LineString(xy)


def across(kind: str, **more: object) -> Workspace:
    """A home 100 m from a crossing of 20 m, a canteen 100 m behind it; the long way round has no crossing."""
    detour = line((0, 0), (0, 130), (220, 130), (220, 0))
    rows = [line((0, 0), (100, 0)), line((100, 0), (120, 0), kind=kind, **more), line((120, 0), (220, 0)), detour]
    return village(street_rows=rows, homes=[home(0, 0, 5)], facilities=[canteen(220, 0)])


@pytest.mark.parametrize(
    ("kind", "lights", "wait_s"),
    [("crossing", True, 30), ("crossing", False, 10), ("crossing", None, 10), ("footbridge", None, 60), ("road", True, 0)],
)
def test_a_crossing_costs_its_wait_in_time_and_nothing_in_metres(kind: str, lights: bool | None, wait_s: float) -> None:
    study = Study(across(kind, signalised=lights))
    in_time, in_metres = study.coverage("CANTEEN", "5min"), study.coverage("CANTEEN", "500m")
    row = in_time.tables["units"].iloc[0]
    assert (row["walk_m"], row["walk_min"]) == pytest.approx((220, (220 / 1.2 + wait_s) / 60), abs=0.001)
    assert in_metres.tables["units"].iloc[0]["walk_min"] == pytest.approx(220 / 1.2 / 60, abs=0.001)
    assert "waits_s" not in in_metres.params
    assert in_time.params["waits_s"] == {"signalised_s": 30, "unsignalised_s": 10, "over_or_under_s": 60}


def test_the_wait_decides_who_is_within_the_minutes() -> None:
    # 220 m are 183 s, with the lights 213 s: within 3.6 minutes (216 s), beyond 3.5 (210 s) by 3 s, which are 4 m of walking.
    study = Study(across("crossing", signalised=True))
    assert study.coverage("CANTEEN", "3.6min").fact("people_covered") == 5
    beyond = study.coverage("CANTEEN", "3.5min").tables["units"].iloc[0]
    assert (beyond["people_gap"], beyond["beyond_m"]) == (5, pytest.approx(220 + 36 - 252, abs=0.01))


def test_who_waits_long_enough_walks_round_and_the_metres_told_are_those_walked() -> None:
    study = Study(across("crossing", signalised=True), waits=Waits(signalised_s=600))
    row = study.coverage("CANTEEN", "15min").tables["units"].iloc[0]
    assert (row["walk_m"], row["walk_min"]) == pytest.approx((480, 480 / 1.2 / 60), abs=0.001)


def test_the_walk_drawn_is_the_shortest_or_the_quickest_as_asked() -> None:
    study = Study(across("crossing", signalised=True), waits=Waits(signalised_s=600))
    short, quick = study.walk("homes-0", "CANTEEN"), study.walk("homes-0", "CANTEEN", mode="time")
    assert [round(one.fact("walk_m")) for one in (short, quick)] == [220, 480]
    assert short.fact("walk_min") == pytest.approx(220 / 1.2 / 60, abs=0.001)
    assert {"minutes_beside"} <= {one.key for one in short.caveats}
    assert next(one for one in quick.caveats if one.key == "time_mode").en.count("600 s") == 1
    with pytest.raises(BadMeasure, match="distance"):
        study.walk("homes-0", "CANTEEN", mode="bus")


def test_walk_bands_count_the_waits_and_nest() -> None:
    study = Study(across("crossing", signalised=True))
    table = study.isochrone(*degrees(100, 0), minutes=[0.25, 1, 2]).tables["bands"]
    # 15 s from the kerb: 18 m back, and on the crossing, where 20 m last 46.7 s, a third of it.
    assert table["street_m"].iloc[0] == pytest.approx(18 + 20 * 15 / (20 / 1.2 + 30), abs=0.01)
    assert table["street_m"].is_monotonic_increasing


def test_a_gate_closed_at_night_sends_one_round_at_night_only() -> None:
    gates = [
        ({"compound_id": "compounds-0", "kind": "pedestrian", "open_hours": "Mo-Fr 06:00-22:00"}, shapely.Point(100, 150)),
        ({"compound_id": "compounds-0", "kind": "vehicle"}, shapely.Point(150, 100)),
    ]
    workspace = village(
        compounds=[({"walled": True}, shapely.box(104, 104, 196, 196))],
        homes=[home(150, 150, 4, compound_id="compounds-0")], gates=gates, facilities=[canteen(100, 250)],
    )
    study = Study(workspace)
    for (day, time), metres in {("Tu", "10:00"): 160, ("Tu", "23:00"): 260, ("Sa", "10:00"): 260, ("Fr", "21:59"): 160}.items():
        answer = study.coverage("CANTEEN", "1km", day=day, time=time)
        assert answer.features["homes"]["walk_m"].tolist() == pytest.approx([metres], abs=0.01)
        assert (answer.params["day"], answer.params["minute"]) == (day, int(time[:2]) * 60 + int(time[3:]))
    assert "23:00" in next(one for one in study.coverage("CANTEEN", time="23:00").caveats if one.key == "walked").zh


def test_when_every_gate_is_closed_residents_still_come_home_and_visitors_stay_out() -> None:
    gate = ({"compound_id": "compounds-0", "kind": "pedestrian", "open_hours": "Mo-Su 06:00-22:00"}, shapely.Point(150, 200))
    workspace = village(
        compounds=[({"walled": True}, shapely.box(104, 104, 196, 196))],
        homes=[home(150, 150, 4, compound_id="compounds-0"), home(150, 300, 3)], gates=[gate], facilities=[canteen(150, 120), canteen(150, 400)],
    )
    answer = Study(workspace).coverage("CANTEEN", "1km", day="Sa", time="23:30")
    assert answer.features["homes"]["walk_m"].tolist() == pytest.approx([36, 200], abs=0.01)
    assert next(one for one in answer.caveats if one.key == "gates_shut").en.startswith("The gates of 1 compound")


def test_when_every_gate_is_closed_residents_have_the_key_of_the_one_open_longest() -> None:
    hours = {(150, 200): "Mo-Su 07:00-09:00", (150, 100): "Mo-Su 06:00-22:00"}
    gates = [({"compound_id": "compounds-0", "kind": "pedestrian", "open_hours": text}, shapely.Point(at)) for at, text in hours.items()]
    study = Study(village(
        compounds=[({"walled": True}, shapely.box(104, 104, 196, 196))],
        homes=[home(150, 150, 4, compound_id="compounds-0")], gates=gates, facilities=[canteen(150, 300)],
    ), inner_detour=1)
    walks = {time: study.coverage("CANTEEN", "1km", time=time).features["homes"]["walk_m"].iloc[0] for time in ("08:00", "12:00", "23:30")}
    assert walks == pytest.approx({"08:00": 250, "12:00": 350, "23:30": 350}, abs=0.01)


@pytest.mark.parametrize(("day", "time"), [("Xx", "10:00"), ("Tu", "24:00"), ("Tu", "10"), ("Tu", "１０:00"), ("", "10:00"), ("Tu", "10:60")])
def test_a_time_that_cannot_be_read_ends_in_one_sentence(day: str, time: str) -> None:
    with pytest.raises(BadMeasure, match="Tu 10:00"):
        Study(village(homes=[home(0, 0)])).coverage("CANTEEN", day=day, time=time)


def test_the_order_of_hours_asked_changes_no_answer() -> None:
    study = Study(village(homes=[home(0, 0)], facilities=[canteen(400, 0)]))
    first = study.coverage("CANTEEN").to_json()
    for hour in range(8):
        study.coverage("CANTEEN", time=f"{hour}:00")
    assert study.coverage("CANTEEN").to_json() == first


AGES = {"residents": 15, "residents_0_6": 1, "residents_7_18": 2, "residents_19_59": 3, "residents_60_79": 4, "residents_80_plus": 5}


def test_each_age_group_is_judged_at_its_own_speed_and_nobody_twice() -> None:
    # 300 m in 5 minutes: an adult walks 360 m, an elder or a child with an adult 270 m, a frail elder 210 m.
    study = Study(village(homes=[home(300, 0, **AGES), home(200, 0, **AGES)], facilities=[canteen(0, 0)]))
    answer = study.by_age("CANTEEN", "5min")
    table = answer.tables["ages"].set_index("group")
    assert table["people_covered"].to_dict() == {"0-6": 1, "7-18": 4, "19-59": 6, "60-79": 4, "80+": 5}
    assert table["people"].to_dict() == {"0-6": 2, "7-18": 4, "19-59": 6, "60-79": 8, "80+": 10}
    assert (answer.fact("people_total"), answer.fact("people_covered"), answer.fact("people_gap")) == (30, 20, 10)
    assert answer.fact("people_total") == study.coverage("CANTEEN", "5min").fact("people_total")
    for group, profile in (("80+", "frail"), ("60-79", "elder")):
        alone = study.coverage("CANTEEN", "5min", people=group, profile=profile)
        assert alone.fact("people_covered") == table["people_covered"][group]


def test_in_metres_every_age_walks_alike() -> None:
    answer = Study(village(homes=[home(300, 0, **AGES)], facilities=[canteen(0, 0)])).by_age("CANTEEN", "300m")
    assert answer.fact("share_covered") == 1
    assert answer.tables["ages"]["walk_m"].tolist() == pytest.approx([300] * 5, abs=0.01)
    assert answer.tables["ages"]["walk_min"].tolist() == pytest.approx([300 / speed / 60 for speed in (0.9, 1.2, 1.2, 0.9, 0.7)], abs=0.001)


def test_ages_not_known_are_not_zero() -> None:
    answer = Study(village(homes=[home(0, 0, 9)], facilities=[canteen(0, 0)])).by_age("CANTEEN")
    assert answer.fact("people_total") == 0
    assert answer.fact("share_covered") is None
    assert "people_unstated" in {one.key for one in answer.caveats}
    assert answer.to_json()


def test_every_street_of_the_village_is_as_long_in_time_as_in_metres_without_crossings() -> None:
    study = Study(village(street_rows=[({"kind": "road"}, one) for one in streets()], homes=[home(270, 130, 5)], facilities=[canteen(0, 0)]))
    row = study.coverage("CANTEEN", "9min").tables["units"].iloc[0]
    assert row["walk_min"] == pytest.approx(row["walk_m"] / 1.2 / 60)


def test_steps_last_twice_the_level_in_time_and_the_same_in_metres() -> None:
    study = Study(across("steps"))
    in_time, in_metres = study.coverage("CANTEEN", "5min"), study.coverage("CANTEEN", "500m")
    row = in_time.tables["units"].iloc[0]
    assert (row["walk_m"], row["walk_min"]) == (pytest.approx(220, abs=0.001), pytest.approx(240 / 72, abs=0.001))
    assert in_metres.tables["units"].iloc[0]["walk_min"] == pytest.approx(220 / 72, abs=0.001)
    assert in_time.params["stairs_factor"] == 2
    assert "stairs_factor" not in in_metres.params
    assert next(one for one in in_time.caveats if one.key == "stairs").en.count("2 times") == 1
    thrice = Study(across("steps"), waits=Waits(stairs_factor=3)).coverage("CANTEEN", "5min")
    assert thrice.tables["units"].iloc[0]["walk_min"] == pytest.approx(260 / 72, abs=0.001)


def test_the_steps_of_a_footbridge_count_besides_its_wait() -> None:
    rows = [line((0, 0), (100, 0)), line((100, 0), (110, 0), kind="steps"), line((110, 0), (150, 0), kind="footbridge", level=1),
            line((150, 0), (160, 0), kind="steps"), line((160, 0), (220, 0))]
    row = Study(village(street_rows=rows, homes=[home(0, 0, 5)], facilities=[canteen(220, 0)])).coverage("CANTEEN", "9min").tables["units"].iloc[0]
    assert row["walk_min"] == pytest.approx((220 / 1.2 + 20 / 1.2 + 60) / 60, abs=0.001)


def test_a_slope_slows_in_time_both_ways_alike_and_the_answer_says_so_only_where_one_is_on_record() -> None:
    for slope in (8.0, -8.0):
        study = Study(across("road", slope_pct=slope))
        row = study.coverage("CANTEEN", "5min").tables["units"].iloc[0]
        factor = (math.exp(0.28) + math.exp(3.5 * 0.03 - 0.175)) / 2
        assert (row["walk_m"], row["walk_min"]) == (pytest.approx(220, abs=0.001), pytest.approx((200 + 20 * factor) / 72, abs=0.001))
        assert "slope" in {one.key for one in study.coverage("CANTEEN", "5min").caveats}
        assert "slope" not in {one.key for one in study.coverage("CANTEEN", "500m").caveats}
    assert "slope" not in {one.key for one in Study(across("road")).coverage("CANTEEN", "5min").caveats}


@pytest.mark.parametrize(("slope", "metres"), [(8.33, 220), (8.34, 480), (-12.0, 480), (None, 220)])
def test_a_wheelchair_goes_round_what_is_steeper_than_one_in_twelve(slope: float | None, metres: float) -> None:
    study = Study(across("road", slope_pct=slope))
    answer = study.coverage("CANTEEN", "1km", profile="wheelchair")
    assert answer.tables["units"].iloc[0]["walk_m"] == pytest.approx(metres, abs=0.001)
    assert ("too_steep" in {one.key for one in answer.caveats}) == (slope is not None)
    assert study.coverage("CANTEEN", "1km").tables["units"].iloc[0]["walk_m"] == pytest.approx(220, abs=0.001)


def test_however_many_waits_are_asked_for_only_a_few_networks_are_kept() -> None:
    study = Study(across("crossing", signalised=True))
    first = study.coverage("CANTEEN", "5min").to_json()
    for wait_s in range(20):
        study.with_waits(Waits(signalised_s=wait_s)).coverage("CANTEEN", "5min")
    assert len(study.ground()._paced) <= PACES
    assert study.coverage("CANTEEN", "5min").to_json() == first
