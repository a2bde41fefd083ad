"""What is wrong with lines one walks is told with where and how far; what is right is not."""

import pytest
import shapely

from tests.village import corner, village
from wanli_geo.workspace.check import check_workspace
from wanli_geo.workspace.store import save_workspace

RING = [corner(0), corner(4), corner(24), corner(20), corner(0)]
LINE = shapely.LineString([corner(10), corner(14)])  # 400 m to the east


@pytest.fixture
def told(tmp_path):
    def check(**layers):
        save_workspace(village(**layers), tmp_path)
        return check_workspace(tmp_path)

    return check


def codes(findings):
    return [(one.severity, one.code, one.index) for one in findings]


def stop(x, y, **own):
    return {"kind": "history", "walkway_id": "red_walkway-0", **own}, shapely.Point(x, y)


def loop(*corners, **own):
    return own, shapely.LineString([corner(one) for one in corners])


def test_a_ring_is_sound(told):
    assert codes(told(night_run=[({}, shapely.LineString(RING))])) == []


def test_a_figure_of_eight_crosses_itself_at_its_waist(told):
    findings = told(night_run=[loop(0, 10, 12, 14, 24, 22, 12, 2, 0)])
    assert codes(findings) == [("error", "loop_crosses", 0)]


def test_a_crossing_between_vertices_is_found_too(told):
    assert codes(told(night_run=[loop(0, 24, 20, 4, 0)])) == [("error", "loop_crosses", 0)]


def test_a_lollipop_repeats_its_stem(told):
    findings = told(night_run=[loop(0, 2, 12, 14, 4, 2, 0)])
    assert codes(findings) == [("error", "loop_repeats", 0)]
    assert "200 m" in findings[0].en


def test_out_and_back_with_other_vertices_repeats_the_whole_way(told):
    there_and_back = shapely.LineString([corner(0), corner(4), corner(3), corner(1), corner(0)])
    findings = told(night_run=[({}, there_and_back)])
    assert codes(findings) == [("error", "loop_repeats", 0)]
    assert "400 m" in findings[0].en


def test_two_loops_that_cross_are_two_routes_where_they_have_two_names(told):
    assert codes(told(night_run=[loop(0, 2, 12, 10, 0, name="一"), loop(6, 8, 18, 16, 6, name="二")])) == []


def test_pieces_that_do_not_meet_are_told_with_the_gap(told):
    pieces = shapely.MultiLineString([[corner(10), corner(11)], [(140, 200), corner(14)]])
    findings = told(red_walkway=[({}, pieces)])
    assert codes(findings) == [("warning", "route_pieces", 0)]
    assert "40 m" in findings[0].en


def test_pieces_that_meet_within_a_metre_are_one(told):
    pieces = [({}, shapely.LineString([corner(10), corner(11)])), ({}, shapely.LineString([corner(12), (100.5, 200)]))]
    assert codes(told(red_walkway=pieces)) == []


def test_pieces_of_two_names_are_two_walkways(told):
    assert codes(told(red_walkway=[loop(0, 4, name="南"), loop(20, 24, name="北")])) == []


@pytest.mark.parametrize(("north", "told_of"), [(29, []), (31, [("warning", "stop_off", 0)]), (201, [("error", "stop_far", 0)])])
def test_a_stop_off_its_line(told, north, told_of):
    assert codes(told(red_walkway=[({}, LINE)], walkway_stops=[stop(100, 200 + north, chainage_m=100)])) == told_of


def test_a_stop_is_judged_by_its_own_walkway_not_by_the_nearest(told):
    walkways = [loop(0, 4, name="南"), loop(20, 24, name="北")]
    assert codes(told(red_walkway=walkways, walkway_stops=[stop(100, 400)])) == [("error", "stop_far", 0)]
    assert codes(told(red_walkway=walkways, walkway_stops=[stop(100, 400, walkway_id=None)])) == []


def test_a_chainage_beyond_the_end(told):
    findings = told(red_walkway=[({}, LINE)], walkway_stops=[stop(300, 200, chainage_m=450)])
    assert codes(findings) == [("error", "chainage_beyond", 0)]
    assert "400 m" in findings[0].en
    assert "300.0" in findings[0].fix_en


def test_a_chainage_that_differs_gives_the_measured_one(told):
    findings = told(red_walkway=[({}, LINE)], walkway_stops=[stop(300, 200, chainage_m=280), stop(200, 200, chainage_m=209)])
    assert codes(findings) == [("warning", "chainage_differs", 0)]
    assert "make it 300.0" in findings[0].fix_en


def test_on_a_closed_walkway_the_end_is_the_beginning(told):
    walkway = [({}, shapely.LineString(RING))]  # 1,600 m
    assert codes(told(red_walkway=walkway, walkway_stops=[stop(0, 0, chainage_m=1600)])) == []


def test_the_chainage_runs_over_all_parts_of_the_walkway(told):
    walkway = [loop(10, 12, name="步道"), loop(12, 14, name="步道")]
    assert codes(told(red_walkway=walkway, walkway_stops=[stop(300, 200, walkway_id="red_walkway-1", chainage_m=300)])) == []


def test_two_stops_with_one_order(told):
    stops = [stop(0, 200, order=1), stop(100, 200, order=1), stop(200, 200), stop(300, 200)]
    findings = told(red_walkway=[({}, LINE)], walkway_stops=stops)
    assert codes(findings) == [("warning", "same_order", 1)]
    assert "walkway_stops-0" in findings[0].en


def test_lamps_with_light_but_no_height_are_told_once(told):
    whole, unmeasured = ({"lux": 8.0, "height_m": 6.0}, shapely.Point(90, 0)), ({}, shapely.Point(120, 0))
    lamps = [*(({"lux": 8.0}, shapely.Point(x, 0)) for x in (0, 30, 60)), whole, unmeasured]
    findings = told(lamps=lamps)
    assert codes(findings) == [("warning", "lamp_without_height", None)]
    assert findings[0].en.startswith("3 lamp(s)")


def test_the_sketch_has_none_of_these(wanli):
    routes = {"red_walkway", "walkway_stops", "night_run", "lamps"}
    assert [one for one in check_workspace(wanli) if one.layer in routes] == []
