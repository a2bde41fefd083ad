"""Coverage of a village, counted on one's fingers; then laws that must hold for any village."""

import json
import subprocess
import sys

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from tests.village import canteen, home, streets, village
from wanli_geo.answer import Answer
from wanli_geo.errors import BadMeasure, NothingToAnswer, UnknownKind
from wanli_geo.study import Study


def counted(answer: Answer) -> tuple[object, ...]:
    return tuple(answer.fact(f"people_{key}") for key in ("total", "covered", "gap", "unknown"))


def test_a_walk_of_exactly_500_m_is_covered_and_a_metre_more_is_a_gap() -> None:
    # Canteen on corner 0. Home A: 300 east + 200 north on a corner = 500 m. Home B: a metre further along the street = 501 m.
    study = Study(village(homes=[home(300, 200, 7), home(301, 200, 11)], facilities=[canteen(0, 0)]))
    answer = study.coverage("CANTEEN", "500m")
    assert counted(answer) == (18, 7, 11, 0)
    assert answer.fact("share_covered") == pytest.approx(7 / 18)
    walks = answer.features["homes"]["walk_m"].tolist()
    assert walks == pytest.approx([500.0, 501.0], abs=0.01)
    assert answer.features["homes"]["beyond_m"].tolist()[1] == pytest.approx(1.0, abs=0.01)


def test_a_compound_is_left_through_its_gate_even_when_the_canteen_is_behind_the_wall() -> None:
    # The block between corners 6, 7, 12, 11 is a walled compound; the home stands in its middle, the canteen on the street south of
    # it (150, 100), 50 m away in a straight line. The only gate is in the north wall: 50 m to it, which count 1.2 times, then round:
    # 60 + 50 + 100 + 50 = 260 m.
    block = shapely.box(104, 104, 196, 196)
    workspace = village(
        compounds=[({"name": "围墙里", "walled": True}, block)],
        homes=[home(150, 150, 10, compound_id="compounds-0")],
        gates=[({"compound_id": "compounds-0", "kind": "pedestrian"}, shapely.Point(150, 200))],
        facilities=[canteen(150, 100)],
    )
    answer = Study(workspace).coverage("CANTEEN", "200m")
    assert answer.features["homes"]["walk_m"].tolist() == pytest.approx([260.0], abs=0.01)
    assert counted(answer) == (10, 0, 10, 0)
    assert answer.features["units"]["reason"].tolist() == ["detour"]
    assert answer.fact("people_circle_only") == 10


def test_nobody_cuts_through_someone_elses_compound() -> None:
    # A street of residents crosses the block; it is drawn, but the public walks round.
    inner = ({"kind": "lane", "access": "residents"}, shapely.LineString([(0, 0), (100, 100)]))
    open_to_all = ({"kind": "lane", "access": "public"}, shapely.LineString([(0, 0), (100, 100)]))
    rows = [({"kind": "road"}, line) for line in streets()]
    for extra, metres in ((inner, 200.0), (open_to_all, np.hypot(100, 100))):
        workspace = village(street_rows=[*rows, extra], homes=[home(100, 100)], facilities=[canteen(0, 0)])
        assert Study(workspace).coverage("CANTEEN", "1km").features["homes"]["walk_m"].tolist() == pytest.approx([metres], abs=0.01)


def test_no_leg_off_the_street_cuts_through_a_walled_compound() -> None:
    # A house 30 m north of a street, a compound in between; the canteen is on that street, 60 m to the east. Where the compound is open:
    # 30 + 60 m. Where it is walled, the house steps onto the street 40 m to its west: 40 + 30 + 100 m.
    block, gate = shapely.box(110, 5, 190, 25), ({"compound_id": "compounds-0", "kind": "pedestrian"}, shapely.Point(150, 5))
    for walled, metres in ((False, 30.0 + 60.0), (True, 40.0 + 30.0 + 100.0)):
        workspace = village(compounds=[({"walled": walled}, block)], gates=[gate], homes=[home(140, 30)], facilities=[canteen(200, 0)])
        answer = Study(workspace).coverage("CANTEEN", "1km")
        assert answer.features["homes"]["walk_m"].tolist()[0] == pytest.approx(metres, abs=0.01)


def test_a_street_closed_at_ten_is_not_walked() -> None:
    rows = [({"kind": "road"}, line) for line in streets()]
    short = shapely.LineString([(0, 0), (100, 100)])
    for hours, metres in ((None, np.hypot(100, 100)), ("Mo-Su 06:00-22:00", np.hypot(100, 100)), ("Mo-Su 18:00-22:00", 200.0)):
        workspace = village(street_rows=[*rows, ({"kind": "path", "open_hours": hours}, short)], homes=[home(100, 100)], facilities=[canteen(0, 0)])
        assert Study(workspace).coverage("CANTEEN", "1km").features["homes"]["walk_m"].tolist() == pytest.approx([metres], abs=0.01)


def test_a_home_whose_streets_lead_nowhere_is_told_of() -> None:
    rows = [({"kind": "road"}, line) for line in [*streets(), shapely.LineString([(700, 0), (800, 0)])]]
    homes = [home(700, 0, 5), home(0, 400, 3)]
    answer = Study(village(street_rows=rows, homes=homes, facilities=[canteen(0, 0)])).coverage("CANTEEN", "500m")
    assert counted(answer) == (8, 3, 5, 0)
    island = next(caveat for caveat in answer.caveats if caveat.key == "island")
    assert island.en.startswith("1 place")
    homes = [home(410, 0, 5), home(0, 400, 3)]
    assert "island" not in {one.key for one in Study(village(street_rows=rows, homes=homes, facilities=[canteen(0, 0)])).coverage("CANTEEN").caveats}


def test_where_the_walk_leaves_the_data_the_answer_is_unknown_not_gap() -> None:
    # The data ends 50 m beyond the village; the home on corner 4 is 50 m of street from that edge, once a street leads there.
    rows = [({"kind": "road"}, line) for line in [*streets(), shapely.LineString([(400, 0), (900, 0)])]]
    workspace = village(margin_m=50, street_rows=rows, homes=[home(400, 0, 5), home(0, 400, 3)], facilities=[canteen(300, 300)])
    answer = Study(workspace).coverage("CANTEEN", "100m")
    assert answer.features["homes"]["status"].tolist() == ["unknown", "gap"]
    assert counted(answer) == (8, 0, 3, 5)


@pytest.mark.parametrize("survey", ["partial", "none"])
def test_a_kind_not_surveyed_completely_is_unknown_where_none_is_near(survey: str) -> None:
    workspace = village(surveyed={"CANTEEN": survey}, homes=[home(0, 0, 5), home(400, 400, 3)], facilities=[canteen(0, 0)])
    answer = Study(workspace).coverage("CANTEEN", "500m")
    assert counted(answer) == (8, 5, 0, 3)
    assert "not_surveyed" in {caveat.key for caveat in answer.caveats}
    share = next(fact for fact in answer.facts if fact.key == "share_covered")
    assert (share.value, share.en) == (5 / 8, "Share covered, at least")


def test_a_share_that_is_known_of_nobody_is_absent_not_zero() -> None:
    answer = Study(village(surveyed={}, homes=[home(0, 0, 5)])).coverage("CANTEEN", "500m")
    assert counted(answer) == (5, 0, 0, 5)
    assert answer.fact("share_covered") is None


def test_a_kind_surveyed_completely_with_none_there_is_the_gap_none_exists() -> None:
    answer = Study(village(homes=[home(0, 0, 5)])).coverage("CANTEEN", "500m")
    assert counted(answer) == (5, 0, 5, 0)
    assert answer.features["homes"]["reason"].tolist() == ["none_exists"]
    assert answer.tables["units"]["walk_m"].isna().all()


@pytest.mark.parametrize(("why", "reason"), [
    ({"status": "planned"}, "planned_only"), ({"status": "works"}, "planned_only"), ({"status": "closed"}, "out_of_use"),
    ({"in_use": False}, "out_of_use"),
])
def test_a_planned_or_closed_canteen_feeds_nobody(why: dict[str, object], reason: str) -> None:
    answer = Study(village(homes=[home(0, 0, 5)], facilities=[canteen(0, 0, **why)])).coverage("CANTEEN", "500m")
    assert counted(answer) == (5, 0, 5, 0)
    assert answer.features["homes"]["reason"].tolist() == [reason]
    assert (answer.fact("facilities_used"), answer.fact("facilities_not_counted")) == (0, 1)


def test_no_data_is_never_zero_people() -> None:
    answer = Study(village(homes=[home(0, 0, 5), home(100, 0, None)], facilities=[canteen(0, 0)])).coverage("CANTEEN", "500m")
    assert counted(answer) == (5, 5, 0, 0)
    assert answer.fact("places_unstated") == 1


def test_a_home_too_far_from_any_street_is_unknown() -> None:
    answer = Study(village(homes=[home(0, -150, 5)], facilities=[canteen(0, 0)])).coverage("CANTEEN", "500m")
    assert answer.features["homes"]["status"].tolist() == ["unknown"]
    assert answer.features["homes"]["reason"].tolist() == ["off_network"]


def test_the_reason_names_the_river_in_between() -> None:
    # Two streets 60 m apart with a river between them, joined by a bridge 400 m to the east.
    rows = [({"kind": "road"}, shapely.LineString(line)) for line in ([(0, 0), (400, 0), (400, 60)], [(0, 60), (400, 60)])]
    river = ({"kind": "river"}, shapely.box(-50, 20, 390, 40))
    workspace = village(street_rows=rows, homes=[home(0, 60, 9)], facilities=[canteen(0, 0)], blue_net=[river])
    answer = Study(workspace).coverage("CANTEEN", "500m")
    assert answer.features["homes"]["walk_m"].tolist() == pytest.approx([860.0], abs=0.01)
    assert answer.tables["units"]["reason"].tolist() == ["river"]


def test_a_closed_gate_is_not_passed() -> None:
    block, by_day, by_night = shapely.box(104, 104, 196, 196), "Mo-Su 06:00-22:00", "Mo-Su 22:00-06:00"
    gate = [("west", shapely.Point(100, 150)), ("south", shapely.Point(150, 100))]
    for hours, metres in ((by_day, 60.0 + 100), (by_night, 60.0 + 50 + 50 + 100)):
        rows = [
            ({"compound_id": "compounds-0", "kind": "pedestrian", "open_hours": hours if name == "west" else by_day}, point)
            for name, point in gate
        ]
        workspace = village(
            compounds=[({"walled": True}, block)], homes=[home(150, 150, 4, compound_id="compounds-0")], gates=rows, facilities=[canteen(100, 250)]
        )
        assert Study(workspace).coverage("CANTEEN", "1km").features["homes"]["walk_m"].tolist() == pytest.approx([metres], abs=0.01)


def test_minutes_follow_the_walkers_speed() -> None:
    study = Study(village(homes=[home(300, 0, 5)], facilities=[canteen(0, 0)]))
    assert study.coverage("CANTEEN", "5min", profile="adult").fact("people_covered") == 5  # 300 m / 1.2 = 250 s
    assert study.coverage("CANTEEN", "5min", profile="elder").fact("people_covered") == 0  # 300 m / 0.9 = 333 s


@pytest.mark.parametrize("profile", ["wheelchair", "pram"])
def test_wheels_do_not_take_the_steps(profile: str) -> None:
    rows = [({"kind": "steps"}, shapely.LineString([(0, 0), (100, 100)])), *[({"kind": "road"}, line) for line in streets()]]
    study = Study(village(street_rows=rows, homes=[home(100, 100, 5)], facilities=[canteen(0, 0)]))
    assert study.coverage("CANTEEN", "150m").fact("people_covered") == 5
    assert study.coverage("CANTEEN", "150m", profile=profile).fact("people_covered") == 0


@pytest.mark.parametrize("over_or_under", ["footbridge", "underpass"])
def test_nobody_steps_on_a_bridge_or_into_an_underpass_from_beside(over_or_under: str) -> None:
    line = shapely.LineString
    rows = [({"kind": over_or_under}, line([(0, 0), (400, 0)])), ({"kind": "road"}, line([(0, 0), (0, 60), (400, 60), (400, 0)]))]
    study = Study(village(street_rows=rows, homes=[home(200, 10, 5), home(0, -5, 2)], facilities=[canteen(400, 0)]))
    walks = study.coverage("CANTEEN", "1km").features["homes"]["walk_m"].tolist()
    assert walks == pytest.approx([50 + 200 + 60, 5 + 400], abs=0.01)  # by the road; and over it, from its end


def test_a_gate_far_from_its_compound_is_none_of_its_gates_and_is_told() -> None:
    def study(*gates: tuple[float, float]) -> Study:
        return Study(village(
            compounds=[({"walled": True}, shapely.box(104, 104, 196, 196))], homes=[home(150, 150, 4, compound_id="compounds-0")],
            gates=[({"compound_id": "compounds-0", "kind": "pedestrian"}, shapely.Point(at)) for at in gates], facilities=[canteen(350, 100)],
        ), inner_detour=1)

    right, wrong = study((150, 104)), study((150, 104), (350, 102))
    walks = [one.coverage("CANTEEN", "1km") for one in (right, wrong)]
    assert [answer.features["homes"]["walk_m"].iloc[0] for answer in walks] == pytest.approx([46 + 4 + 200, 46 + 4 + 200], abs=0.01)
    assert [[note.key for note in answer.caveats if note.key == "gates_far"] for answer in walks] == [[], ["gates_far"]]


def test_each_age_group_is_counted_by_its_own_column() -> None:
    ages = {"residents_60_79": 3, "residents_80_plus": 2}
    study = Study(village(homes=[home(0, 0, 9, **ages), home(400, 400, 9, **ages)], facilities=[canteen(0, 0)]))
    assert counted(study.coverage("CANTEEN", "500m", people="60+")) == (10, 5, 5, 0)


def test_a_park_is_entered_at_its_recorded_entrance() -> None:
    park = ({"kind": "park"}, shapely.box(210, 210, 290, 290))
    entrance = ({"of": "green_vein-0"}, shapely.Point(250, 300))
    for doors, metres in (((), 210.0), ((entrance,), 350.0)):
        workspace = village(surveyed={"PARK": "complete"}, homes=[home(200, 0, 5)], green_vein=[park], entrances=list(doors))
        walk = Study(workspace).coverage("PARK", "1km").features["homes"]["walk_m"].iloc[0]
        assert walk == pytest.approx(metres, abs=12 if not doors else 0.01)


def test_a_compound_whose_houses_are_not_known_is_a_place_of_its_own() -> None:
    block = shapely.box(104, 104, 196, 196)
    workspace = village(compounds=[({"walled": False, "residents": 40}, block)], facilities=[canteen(150, 100)])
    assert counted(Study(workspace).coverage("CANTEEN", "500m")) == (40, 40, 0, 0)


def test_bad_questions_end_in_one_sentence() -> None:
    study = Study(village(homes=[home(0, 0)]))
    with pytest.raises(UnknownKind, match="CANTEEN"):
        study.coverage("CANTEN")
    for within in ("500", "0m", "-5m", "1e9m", "nanmin", "", "21km"):
        with pytest.raises(BadMeasure, match=r"500m|20 km"):
            study.coverage("CANTEEN", within)
    with pytest.raises(BadMeasure, match="60\\+"):
        study.coverage("CANTEEN", people="70+")
    with pytest.raises(BadMeasure, match="elder"):
        study.coverage("CANTEEN", profile="runner")
    with pytest.raises(NothingToAnswer, match="homes"):
        Study(village()).coverage("CANTEEN")


spot = st.tuples(st.floats(-90, 490), st.floats(-90, 490))
crowd = st.lists(st.tuples(spot, st.one_of(st.none(), st.integers(0, 500))), min_size=1, max_size=12)


@given(crowd, st.lists(spot, max_size=4), st.sampled_from(["50m", "300m", "5min"]), st.sampled_from([-60.0, 20.0, 1000.0]))
def test_everyone_is_counted_once(people: list, canteens: list, within: str, margin: float) -> None:
    workspace = village(
        margin_m=margin,
        homes=[home(x, y, number) for (x, y), number in people],
        facilities=[canteen(x, y) for x, y in canteens],
    )
    total, covered, gap, unknown = counted(Study(workspace).coverage("CANTEEN", within))
    assert total == sum(number for _, number in people if number is not None)
    assert covered + gap + unknown == total


@given(crowd, st.lists(spot, min_size=1, max_size=3), spot)
def test_another_canteen_never_covers_fewer(people: list, canteens: list, extra: tuple[float, float]) -> None:
    homes = [home(x, y, number) for (x, y), number in people]
    before = Study(village(homes=homes, facilities=[canteen(x, y) for x, y in canteens])).coverage("CANTEEN", "300m")
    after = Study(village(homes=homes, facilities=[canteen(x, y) for x, y in [*canteens, extra]])).coverage("CANTEEN", "300m")
    assert after.fact("people_covered") >= before.fact("people_covered")


def test_the_same_question_gives_the_same_bytes_and_the_order_of_homes_changes_no_number() -> None:
    homes, kitchens = [home(10 * n, 7 * n, n) for n in range(1, 30)], [canteen(0, 0), canteen(400, 100)]
    one = Study(village(homes=homes, facilities=kitchens)).coverage("CANTEEN")
    two = Study(village(homes=homes, facilities=kitchens)).coverage("CANTEEN")
    assert one.to_json() == two.to_json()
    turned = Study(village(homes=homes[::-1], facilities=kitchens)).coverage("CANTEEN")
    assert counted(one) == counted(turned)
    assert json.loads(one.to_json())["facts"]["people_total"]["value"] == sum(range(1, 30))


def test_gaps_rank_the_heaviest_burden_first() -> None:
    study = Study(village(homes=[home(400, 0, 10), home(0, 400, 30), home(0, 0, 99)], facilities=[canteen(0, 0)]))
    table = study.gaps("CANTEEN", "300m").tables["units"]
    assert table["people_gap"].tolist() == [30, 10]
    assert table["burden"].tolist() == pytest.approx([3000, 1000], abs=1)


def test_the_walk_told_of_a_compound_is_that_of_its_people_in_the_gap() -> None:
    # Inside the compound a metre counts 1.2: 30 people at 200 m, which count 240, are covered; 10 people at 400 m, which count 480, are
    # not: 480 m is told, 180 m beyond, not the mean of all, 300 m.
    block, gates = shapely.box(-20, -20, 420, 20), [({"compound_id": "compounds-0", "kind": "pedestrian"}, shapely.Point(200, 0))]
    homes = [home(200, 0, 30, compound_id="compounds-0"), home(400, 0, 10, compound_id="compounds-0")]
    workspace = village(compounds=[({"walled": True}, block)], gates=gates, homes=homes, facilities=[canteen(0, 0)])
    row = Study(workspace).coverage("CANTEEN", "300m").tables["units"].iloc[0]
    assert (row["people_covered"], row["people_gap"]) == (30, 10)
    assert (row["walk_m"], row["beyond_m"], row["burden"]) == pytest.approx((480, 180, 1800), abs=0.05)


def test_a_long_work_tells_how_far_it_is_and_never_goes_back() -> None:
    told: list[tuple[str, float]] = []
    workspace = village(homes=[home(0, 0, 5)], facilities=[canteen(0, 0)])
    Study(workspace, progress=lambda stage, share: told.append((stage, share))).coverage("CANTEEN")
    shares = [share for _, share in told]
    assert len(told) >= 4
    assert shares == sorted(shares)
    assert all(" / " in stage and 0 <= share < 1 for stage, share in told)


def test_a_notebook_shows_facts_and_tables_as_escaped_html() -> None:
    shown = Study(village(homes=[home(0, 0, 3, name="<b>甲</b>")], facilities=[canteen(0, 0)])).coverage("CANTEEN")._repr_html_()
    assert "<table" in shown
    assert "<b>甲" not in shown


def test_the_library_is_spoken_in_three_lines(tmp_path: object) -> None:
    script = "import wanli_geo; print(wanli_geo.open().coverage('CANTEEN', within='500m').fact('people_total'))"
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert float(said.stdout) > 0
