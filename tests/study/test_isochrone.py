"""Walk bands from a place, and the walk drawn for a compound."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.village import CRS, ORIGIN, canteen, home, streets, village
from wanli_geo.access.isochrones import DRAWN_WITHIN_M
from wanli_geo.errors import BadMeasure, OffNetwork
from wanli_geo.network.pace import Pace, placed
from wanli_geo.network.search import nearest
from wanli_geo.study import Study, open_study
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


def test_people_are_counted_by_their_walk_and_the_area_agrees_within_its_tolerance() -> None:
    answer = Study(village(homes=[home(200, 100, 5), home(200, 101, 7)])).isochrone(*degrees(0, 0), metres=[300])
    assert answer.fact("people_300m") == 5
    area = answer.features["bands"].geometry.iloc[0]
    within = float(answer.params["drawn_within_m"])
    assert shapely.contains_xy(area, *degrees(200, 100 - within))
    assert not shapely.contains_xy(area, *degrees(200, 101 + within))


def test_five_minutes_of_an_elder_are_270_m() -> None:
    study = Study(village(homes=[home(270, 0, 5), home(271, 0, 7)]))
    assert study.isochrone(*degrees(0, 0), minutes=[5], profile="elder").fact("people_5min") == 5


def test_a_band_does_not_fill_the_river_nor_touch_the_far_bank() -> None:
    rows = [({"kind": "road"}, line) for line in (shapely.LineString([(0, 0), (400, 0)]), shapely.LineString([(0, 60), (400, 60)]))]
    river = ({"kind": "river"}, shapely.box(-100, 15, 500, 25))
    band = Study(village(street_rows=rows, homes=[home(0, 0)], blue_net=[river])).isochrone(*degrees(200, 0), metres=[150]).features["bands"]
    drawn = shapely.transform(to_metres(band.geometry.iloc[0], CRS), lambda xy: xy - ORIGIN)
    assert drawn.bounds[3] <= 15 + 0.1  # the last of the six decimals that files hold


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


WALLED = Study(
    village(
        compounds=[({"walled": True}, shapely.box(104, 104, 196, 196)), ({"walled": True}, shapely.box(210, 5, 290, 95))],
        gates=[({"compound_id": "compounds-0", "kind": "pedestrian"}, shapely.Point(150, 196)),
               ({"compound_id": "compounds-1", "kind": "pedestrian"}, shapely.Point(210, 50))],
        homes=[home(100 * n, 50, n + 1) for n in range(4)],
        blue_net=[({"kind": "river"}, shapely.Polygon([(-100, 330), (500, 345), (500, 355), (-100, 345)]))],
    )
)


@given(spot, spot, st.lists(st.integers(1, 700), min_size=2, max_size=4, unique=True))
@settings(max_examples=200, deadline=None)
def test_bands_nest_and_are_valid(x: float, y: float, lengths: list[int]) -> None:
    answer = WALLED.isochrone(*degrees(x, y), metres=lengths)
    areas = answer.features["bands"].geometry
    assert areas.is_valid.all()
    assert all(shapely.covers(outer, inner) for inner, outer in pairwise(areas))
    people = answer.tables["bands"]["people"].tolist()
    assert people == sorted(people)


def test_walls_are_drawn_where_they_stand_and_behind_them_what_the_gate_leads_to() -> None:
    answer = WALLED.isochrone(*degrees(250, 150), metres=[230, 600])
    near, far = (shapely.transform(to_metres(area, CRS), lambda xy: xy - ORIGIN) for area in answer.features["bands"].geometry)
    court = shapely.box(104, 104, 196, 196)
    assert far.covers(court.buffer(-0.2))
    # 154 m to the gate: 50 to the street, 100 along it, 4 to the gate; so within 230 m, by the factor inside, some 63 m of the ground behind it.
    assert shapely.Point(150, 196 - 58).within(near)
    assert not shapely.Point(150, 196 - 70).within(near)
    behind = shapely.intersection(shapely.Point(150, 196).buffer(76 / 1.2), court)
    assert shapely.area(shapely.intersection(near, court)) == pytest.approx(shapely.area(behind), rel=0.02)


def test_a_band_of_one_second_is_still_a_polygon_around_the_place() -> None:
    band = Study(village(homes=[home(0, 0)])).isochrone(*degrees(250, 200), minutes=[0.017, 5]).features["bands"]
    first = to_metres(band.geometry.iloc[0], CRS)
    assert len(band) == 2
    assert 0.5 < shapely.area(first) < 2 * 1.2**2 + 1  # a square on its corner, 1.2 m to each


def test_on_an_island_and_with_one_street_alone_the_bands_stay_there() -> None:
    rows = [({"kind": "road"}, line) for line in [*streets(), shapely.LineString([(700, 0), (760, 0)])]]
    band = Study(village(street_rows=rows, homes=[home(0, 0)])).isochrone(*degrees(730, 5), metres=[50, 400]).features["bands"]
    drawn = shapely.transform(to_metres(band.geometry.iloc[1], CRS), lambda xy: xy - ORIGIN)
    assert drawn.bounds == pytest.approx((600, -100, 860, 100), abs=12)
    alone = Study(village(street_rows=[({"kind": "road"}, shapely.LineString([(0, 0), (3, 0)]))], homes=[home(0, 0)]))
    assert alone.isochrone(*degrees(1, 0), metres=[2, 200]).features["bands"].geometry.is_valid.all()


def test_without_homes_the_streets_alone_are_walked_and_people_are_not_known() -> None:
    answer = Study(village()).isochrone(*degrees(200, 200), metres=[150])
    assert answer.tables["bands"]["street_m"].tolist() == pytest.approx([4 * (100 + 3 * 50)], abs=0.01)
    assert answer.fact("people_150m") is None
    assert answer.tables["bands"]["people"].isna().all()
    assert "no_people" in {caveat.key for caveat in answer.caveats}


def test_many_origins_at_once_are_as_each_by_itself() -> None:
    told: list[float] = []
    study = Study(WALLED.workspace, progress=lambda stage, share: told.append(share))
    places = [("甲", *degrees(0, 0)), ("乙", *degrees(-500, 0)), ("丙", *degrees(150, 150))]
    answer = study.isochrones(places, metres=[200, 400])
    bands, table = answer.features["bands"], answer.tables["bands"]
    assert bands["origin"].tolist() == ["甲", "甲", "丙", "丙"]
    assert bands["id"].is_unique
    assert told[-1] == 1
    for name, lon, lat in (places[0], places[2]):
        alone = WALLED.isochrone(lon, lat, metres=[200, 400])
        own = bands[bands["origin"] == name]
        assert all(mine.equals(theirs) for mine, theirs in zip(own.geometry, alone.features["bands"].geometry, strict=True))
        assert own["people"].tolist() == alone.tables["bands"]["people"].tolist()
    assert table[table["origin"] == "乙"]["people"].isna().all()
    assert answer.fact("origins_off_network") == 1
    assert "origin_off_network" in {caveat.key for caveat in answer.caveats}


def test_origins_that_share_an_id_or_none_at_all_end_in_a_sentence() -> None:
    with pytest.raises(BadMeasure, match="甲"):
        WALLED.isochrones([("甲", *degrees(0, 0)), ("甲", *degrees(100, 0))])
    with pytest.raises(BadMeasure):
        WALLED.isochrones([])
    off = WALLED.isochrones([("far", *degrees(-900, 0))])
    assert len(off.features["bands"]) == 0


def unlike(study: Study, here: np.ndarray, minutes: bool, limits: list[float]) -> tuple[int, int]:
    """Count the houses farther than the tolerance from every band's border, and those of them inside without the walk, or the reverse."""
    ground = study.ground("elder")
    compound = ground.compound_at(here[None])
    start = ground.attach(here[None], compound.copy(), everyone=True)
    if not len(start):
        return 0, 0
    spot = to_degrees(shapely.Point(here), CRS)
    asked = {"minutes": limits} if minutes else {"metres": limits}
    bands = study.isochrone(spot.x, spot.y, profile="elder", **asked).features["bands"]
    network = ground.paced(Pace(0.9, study.waits) if minutes else None)
    metres = nearest(network, placed(network, start), placed(network, ground.homes), len(ground.demand.ids)).metres
    if compound[0] >= 0:
        own = ground.demand.compound == compound[0]
        metres[own] = np.minimum(metres[own], ground.metres_inside(int(compound[0]), here, ground.demand.xy[own]))
    homes, checked, wrong = shapely.points(ground.demand.xy), 0, 0
    for limit, area in zip(bands["metres"], to_metres(bands.geometry.to_numpy(), CRS), strict=True):
        clear = shapely.distance(shapely.boundary(area), homes) > DRAWN_WITHIN_M
        checked += int(clear.sum())
        wrong += int((shapely.contains(area, homes) != (metres <= limit))[clear].sum())
    return checked, wrong


def test_on_the_sketch_every_house_is_inside_exactly_when_its_walk_is_within(wanli: Path) -> None:
    study, random = open_study(wanli), np.random.default_rng(5)
    west, south, east, north = shapely.bounds(study.workspace.metric("boundary").geometry.iloc[0])
    places = np.column_stack([random.uniform(west, east, 8), random.uniform(south, north, 8)])
    counts = [unlike(study, here, nth % 2 == 1, [5, 10, 15] if nth % 2 else [300, 500, 1000]) for nth, here in enumerate(places)]
    checked, wrong = np.sum(counts, axis=0)
    assert checked > 10_000
    assert wrong == 0


def test_so_it_is_behind_walls_with_paths_on_open_ground_and_where_no_gate_is_known() -> None:
    boxes = [shapely.box(104, 104, 196, 196), shapely.box(210, 210, 290, 290), shapely.box(8, 208, 92, 292), shapely.box(304, 4, 396, 96)]
    walled = [True, False, None, True]
    gates = [({"compound_id": "compounds-0", "kind": "pedestrian"}, shapely.Point(150, 196)),
             ({"compound_id": "compounds-3", "kind": "pedestrian"}, shapely.Point(396, 50))]
    path = ({"kind": "path", "access": "residents"}, shapely.LineString([(396, 50), (315, 50), (315, 90), (380, 90)]))
    random = np.random.default_rng(3)
    spots = random.uniform(-60, 460, (600, 2))
    spots = spots[np.abs(spots[:, 1] - 340) > 10]  # nobody lives in the river
    inside = [next((nth for nth, box in enumerate(boxes) if shapely.contains_xy(box, *spot)), None) for spot in spots]
    study = Study(
        village(
            street_rows=[*(({"kind": "road"}, line) for line in streets()), path],
            compounds=[({"walled": wall}, box) for wall, box in zip(walled, boxes, strict=True)],
            gates=gates,
            homes=[home(*spot, 1, compound_id=None if nth is None else f"compounds-{nth}") for spot, nth in zip(spots, inside, strict=True)],
            blue_net=[({"kind": "river"}, shapely.box(-100, 330, 500, 350))],
        )
    )
    # None equally near to two streets: there the last decimal of a degree decides.
    places = [(150, 150), (250, 250), (47, 262), (350, 50), (43, 52), (250, 130), (430, 385)]
    counts = [unlike(study, ORIGIN + np.array(place), False, [120, 200, 350]) for place in places]
    checked, wrong = np.sum(counts, axis=0)
    assert checked > 5_000
    assert wrong == 0


def test_on_the_sketch_no_water_is_filled_and_what_cannot_be_reached_is_a_hole(wanli: Path) -> None:
    study = open_study(wanli)
    water = study.workspace.metric("blue_net").geometry
    area = to_metres(study.isochrone(121.401, 31.271, minutes=[15]).features["bands"].geometry.iloc[0], CRS)
    wet = shapely.intersection(area, shapely.union_all(water[water.area > 0].to_numpy()))
    assert shapely.area(wet) < 0.1 * shapely.length(shapely.boundary(area))
    assert sum(len(part.interiors) for part in shapely.get_parts(area)) > 0


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
