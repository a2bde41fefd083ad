"""Walk bands from a place, and the walk drawn for a compound."""

from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.village import CRS, ORIGIN, canteen, home, streets, village
from wanli_geo.errors import BadMeasure, OffNetwork
from wanli_geo.study import Study
from wanli_geo.workspace.store import to_degrees, to_metres


def degrees(x: float, y: float) -> tuple[float, float]:
    point = to_degrees(shapely.Point(ORIGIN[0] + x, ORIGIN[1] + y), CRS)
    return point.x, point.y


def test_the_streets_within_150_m_of_a_corner_are_cut_inside_the_edge() -> None:
    # From corner 12, in the middle: four arms of 100 m to the next corner, then from each of those three ways on, 50 m each.
    answer = Study(village(homes=[home(200, 200)])).isochrone(*degrees(200, 200), metres=[150])
    assert answer.tables["bands"]["street_m"].tolist() == pytest.approx([4 * (100 + 3 * 50)], abs=0.01)


def test_a_reach_that_ends_within_its_own_edge_goes_both_ways() -> None:
    answer = Study(village(homes=[home(200, 200)])).isochrone(*degrees(250, 200), metres=[30])
    assert answer.tables["bands"]["street_m"].tolist() == pytest.approx([60], abs=0.01)


def test_no_metre_of_street_is_reached_twice() -> None:
    # From the middle of an edge of 100 m, 60 m either way; from a corner 30 m into each of four arms.
    study = Study(village(homes=[home(200, 200)]))
    assert study.isochrone(*degrees(250, 200), metres=[60]).tables["bands"]["street_m"].tolist() == pytest.approx([100 + 2 * 3 * 10], abs=0.01)
    assert study.isochrone(*degrees(200, 200), metres=[30]).tables["bands"]["street_m"].tolist() == pytest.approx([4 * 30], abs=0.01)


def test_people_are_counted_by_their_walk_not_by_the_area() -> None:
    # 300 m and 310 m of street away; the area drawn, some 30 m wider, covers both.
    answer = Study(village(homes=[home(200, 100, 5), home(200, 110, 7)])).isochrone(*degrees(0, 0), metres=[300])
    assert answer.fact("people_300m") == 5
    area = answer.features["bands"].geometry.iloc[0]
    assert shapely.contains_xy(area, *degrees(200, 110))


def test_five_minutes_of_an_elder_are_270_m() -> None:
    study = Study(village(homes=[home(270, 0, 5), home(271, 0, 7)]))
    assert study.isochrone(*degrees(0, 0), minutes=[5], profile="elder").fact("people_5min") == 5


def test_a_band_does_not_fill_the_river_nor_touch_the_far_bank() -> None:
    rows = [({"kind": "road"}, line) for line in (shapely.LineString([(0, 0), (400, 0)]), shapely.LineString([(0, 60), (400, 60)]))]
    river = ({"kind": "river"}, shapely.box(-100, 15, 500, 25))
    band = Study(village(street_rows=rows, homes=[home(0, 0)], blue_net=[river])).isochrone(*degrees(200, 0), metres=[150]).features["bands"]
    drawn = shapely.transform(to_metres(band.geometry.iloc[0], CRS), lambda xy: xy - ORIGIN)
    assert drawn.bounds[3] <= 15 + 1e-6


def test_from_inside_a_walled_compound_one_starts_at_its_gate() -> None:
    gate = ({"compound_id": "compounds-0", "kind": "pedestrian"}, shapely.Point(150, 200))
    workspace = village(compounds=[({"walled": True}, shapely.box(104, 104, 196, 196))], gates=[gate], homes=[home(150, 300, 6), home(150, 100, 9)])
    assert Study(workspace).isochrone(*degrees(150, 150), metres=[259]).fact("people_259m") == 0
    assert Study(workspace).isochrone(*degrees(150, 150), metres=[260]).fact("people_260m") == 15


def test_where_the_walk_leaves_the_data_the_answer_says_so() -> None:
    rows = [({"kind": "road"}, line) for line in [*streets(), shapely.LineString([(400, 0), (900, 0)])]]
    study = Study(village(margin_m=50, street_rows=rows, homes=[home(0, 0)]))
    keys = [{caveat.key for caveat in study.isochrone(*degrees(300, 0), metres=[metres]).caveats} for metres in (149, 151)]
    assert ["edge_of_data" in found for found in keys] == [False, True]


def test_tiny_bands_and_places_off_the_network_end_in_a_sentence_or_a_drawing() -> None:
    study = Study(village(homes=[home(0, 0)]))
    assert len(study.isochrone(*degrees(50, 50), metres=[1]).features["bands"]) == 0  # 50 m of leg: no street is reached
    with pytest.raises(OffNetwork, match="100 m"):
        study.isochrone(*degrees(-500, 0))
    for lon, lat, metres in ((200.0, 95.0, [100]), (float("nan"), 31.0, [100]), (121.4, 31.27, [-5.0])):
        with pytest.raises(BadMeasure):
            study.isochrone(lon, lat, metres=metres)


spot = st.floats(0, 400)


@given(spot, spot, st.lists(st.floats(5, 700), min_size=2, max_size=4))
@settings(max_examples=30, deadline=None)
def test_bands_nest(x: float, y: float, lengths: list[float]) -> None:
    answer = Study(village(homes=[home(100 * n, 50, n + 1) for n in range(4)])).isochrone(*degrees(x, y), metres=[round(m) for m in lengths])
    areas = [to_metres(area, CRS) for area in answer.features["bands"].geometry]
    for inner, outer in pairwise(areas):
        assert shapely.area(shapely.difference(inner, outer)) < 1e-3
    people = answer.tables["bands"]["people"].tolist()
    assert people == sorted(people)


def test_the_walk_drawn_starts_at_home_passes_the_gate_and_is_as_long_as_said() -> None:
    gate = ({"compound_id": "compounds-0", "kind": "pedestrian"}, shapely.Point(150, 200))
    workspace = village(
        compounds=[({"name": "围墙里", "walled": True}, shapely.box(104, 104, 196, 196))],
        homes=[home(150, 150, 10, compound_id="compounds-0")],
        gates=[gate],
        facilities=[canteen(150, 95, name="一号食堂")],
    )
    answer = Study(workspace).walk("compounds-0", "CANTEEN")
    line = shapely.transform(to_metres(answer.features["walk"].geometry.iloc[0], CRS), lambda xy: xy - ORIGIN)
    xy = shapely.get_coordinates(line)
    assert xy[0] == pytest.approx([150, 150], abs=0.01)
    assert xy[1] == pytest.approx([150, 200], abs=0.01)
    assert xy[-1] == pytest.approx([150, 95], abs=0.01)
    assert line.length == pytest.approx(255, abs=0.01)
    assert answer.fact("walk_m") == pytest.approx(265, abs=0.01)  # the 50 m inside count 1.2 times
    assert answer.fact("nearest_name") == "一号食堂"


def test_a_canteen_deep_inside_ones_own_compound_is_reached_without_passing_the_gate() -> None:
    gate = ({"compound_id": "compounds-0", "kind": "pedestrian"}, shapely.Point(150, 200))
    workspace = village(
        compounds=[({"walled": True}, shapely.box(104, 104, 196, 196))],
        homes=[home(150, 150, 10, compound_id="compounds-0"), home(150, 300, 3)],
        gates=[gate],
        facilities=[canteen(150, 120)],
    )
    study = Study(workspace)
    assert study.coverage("CANTEEN").features["homes"]["walk_m"].tolist() == pytest.approx([36, 50 + 100 + 50 + 96], abs=0.01)
    assert study.walk("compounds-0", "CANTEEN").fact("walk_m") == pytest.approx(36, abs=0.01)


def test_a_gate_for_residents_only_lets_no_visitor_in() -> None:
    gate = ({"compound_id": "compounds-0", "kind": "pedestrian", "residents_only": True}, shapely.Point(150, 200))
    workspace = village(
        compounds=[({"walled": True}, shapely.box(104, 104, 196, 196))],
        homes=[home(150, 150, 10, compound_id="compounds-0"), home(150, 300, 3)],
        gates=[gate],
        facilities=[canteen(150, 120)],
    )
    assert Study(workspace).coverage("CANTEEN").features["homes"]["status"].tolist() == ["covered", "gap"]


def test_no_walk_and_no_such_compound_end_in_a_sentence() -> None:
    study = Study(village(homes=[home(0, 0)]))
    with pytest.raises(BadMeasure, match="cp-99"):
        study.walk("cp-99", "CANTEEN")
    with pytest.raises(OffNetwork, match="canteen"):
        study.walk("homes-0", "CANTEEN")


def test_the_walk_of_every_home_is_as_long_as_its_line() -> None:
    random = np.random.default_rng(7)
    homes = [home(*random.uniform(-40, 440, 2), 5) for _ in range(30)]
    study = Study(village(homes=homes, facilities=[canteen(*random.uniform(0, 400, 2)) for _ in range(3)]))
    told = dict(zip(*(study.coverage("CANTEEN", "1km").features["homes"][key] for key in ("id", "walk_m")), strict=True))
    for unit, metres in told.items():
        line = study.walk(unit, "CANTEEN").features["walk"].geometry.iloc[0]
        assert to_metres(line, CRS).length == pytest.approx(metres, abs=0.01)
