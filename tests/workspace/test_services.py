"""What one walks to: where the features of a kind stand, how large they are, which of them count."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from tests.village import canteen, home, village
from wanli_geo.access.coverage import GAP, UNKNOWN
from wanli_geo.access.reach import PROFILES, reach_of
from wanli_geo.study import Study
from wanli_geo.study.coverage import REASONS, judged
from wanli_geo.workspace.kinds import KINDS
from wanli_geo.workspace.services import features_of, services_of, source_of
from wanli_geo.workspace.specs import SPECS


def square(x: float, y: float, area_m2: float) -> shapely.Polygon:
    return shapely.box(x, y, x + np.sqrt(area_m2), y + np.sqrt(area_m2))


GREENS = [
    ({"kind": "park"}, square(0, 0, 5_000)),
    ({"kind": "pocket_park"}, square(100, 0, 2_000)),
    ({"kind": "street_green"}, square(200, 0, 400)),
    ({"kind": "street_green"}, square(300, 0, 390)),
    ({"kind": "street_green", "status": "planned"}, square(300, 100, 900)),
    ({"kind": "park"}, shapely.LineString([(0, 200), (100, 200)])),
    ({"kind": "street_green"}, shapely.LineString([(0, 300), (100, 300)])),
    ({"kind": "greenway"}, shapely.LineString([(0, 400), (100, 400)])),
]


def test_every_kind_stands_in_one_layer_and_in_kinds_that_the_layer_has() -> None:
    for code in KINDS:
        source = source_of(code)
        assert set(source.kinds or ()) <= SPECS[source.layer].column("kind").codes


def test_green_is_every_area_of_the_green_vein_and_no_line() -> None:
    assert features_of(village(green_vein=GREENS), "GREEN")["id"].tolist() == [f"green_vein-{row}" for row in range(5)]
    assert features_of(village(green_vein=GREENS), "PARK")["id"].tolist() == [f"green_vein-{row}" for row in (0, 1, 5)]


def test_of_greens_only_those_that_stand_and_are_large_enough_count() -> None:
    found = services_of(village(green_vein=GREENS), "GREEN", min_area_m2=400)
    assert found.area_m2 == pytest.approx([5_000, 2_000, 400, 390, 900], abs=0.5)
    assert found.used.tolist() == [True, True, True, False, False]
    assert found.small.tolist() == [False, False, False, True, False]
    assert set(found.door_of) == {0, 1, 2}
    everything = services_of(village(green_vein=GREENS), "GREEN")
    assert everything.used.tolist() == [True, True, True, True, False]
    assert not everything.small.any()
    assert not everything.unsized.any()


def test_a_park_of_which_no_area_is_drawn_counts_only_where_no_size_is_asked_for() -> None:
    found = services_of(village(green_vein=GREENS), "PARK", min_area_m2=5_000)
    assert (found.used.tolist(), found.small.tolist(), found.unsized.tolist()) == ([True, False, False], [False, True, False], [False, False, True])
    assert np.isnan(found.area_m2[2])
    assert services_of(village(green_vein=GREENS), "PARK").used.all()


def test_an_area_of_just_the_least_counts_however_its_corners_were_rounded() -> None:
    for turn in np.linspace(0, 90, 19):
        shape = shapely.affinity.rotate(square(50, 50, 400), turn)
        kept = shapely.set_precision(shape, 0.01)
        assert services_of(village(green_vein=[({"kind": "street_green"}, kept)]), "GREEN", min_area_m2=400).used.all()
        assert not services_of(village(green_vein=[({"kind": "street_green"}, kept)]), "GREEN", min_area_m2=401).used.any()


def test_a_facility_is_as_large_as_stated_else_as_drawn_else_it_is_not_known() -> None:
    drawn = ({"kind": "CANTEEN"}, square(100, 0, 300))
    stated = ({"kind": "CANTEEN", "area_m2": 120}, square(200, 0, 300))
    found = services_of(village(facilities=[canteen(0, 0, area_m2=250), canteen(0, 9), drawn, stated]), "CANTEEN", min_area_m2=200)
    assert found.area_m2 == pytest.approx([250, np.nan, 300, 120], abs=0.1, nan_ok=True)
    assert (found.used.tolist(), found.unsized.tolist()) == ([True, False, True, False], [False, True, False, False])


def test_where_a_facility_of_unknown_size_was_left_out_nobody_is_in_a_gap() -> None:
    reach = reach_of("100m", PROFILES["adult"])
    for more, status, reason in (([canteen(0, 9)], UNKNOWN, "no_data"), ([canteen(0, 9, area_m2=1)], GAP, "none_exists"),
                                 ([canteen(0, 9, area_m2=900, status="planned")], GAP, "planned_only")):
        workspace = village(homes=[home(0, 0)], facilities=more)
        ground = Study(workspace).ground()
        found = judged(ground, ground.demand, services_of(workspace, "CANTEEN", min_area_m2=200), reach, None, True)
        assert (found.status[0], REASONS[found.reason[0]]) == (status, reason)


def test_water_is_reached_where_a_point_of_access_is_recorded_and_by_wheels_without_its_steps() -> None:
    points = [({"kind": "steps", "step_free": False}, shapely.Point(0, 0)), ({"kind": "view"}, shapely.Point(400, 0)),
              ({"kind": "platform", "status": "closed"}, shapely.Point(0, 400))]
    workspace = village(water_access=points, homes=[home(0, 0)], surveyed={"WATER_ACCESS": "complete"})
    assert services_of(workspace, "WATER_ACCESS").doors.shape == (2, 2)
    on_wheels = services_of(workspace, "WATER_ACCESS", steps=False)
    assert (on_wheels.shut.tolist(), on_wheels.door_of.tolist()) == ([True, False, False], [1])
    walked = Study(workspace).coverage("WATER_ACCESS", "500m").features["homes"]["walk_m"].tolist()
    assert walked == pytest.approx([0.0], abs=0.01)
    by_wheel = Study(workspace).coverage("WATER_ACCESS", "500m", profile="wheelchair").features["homes"]["walk_m"].tolist()
    assert by_wheel == pytest.approx([400.0], abs=0.01)
