"""What is wrong with a workspace is told, all of it, and what is right is not: the village known by heart, with one fault at a time."""

import json

import pytest
import shapely

from tests.village import canteen, corner, home, streets, village
from wanli_geo.workspace.check import check_workspace
from wanli_geo.workspace.findings import errors
from wanli_geo.workspace.store import save_workspace

BLOCK = shapely.box(110, 110, 190, 190)
ROADS = [({"kind": "road"}, line) for line in streets()]


def compound(shape=BLOCK, **own):
    return {"walled": False, **own}, shape


def gate(x, y, compound_id="compounds-0"):
    return {"compound_id": compound_id, "kind": "pedestrian"}, shapely.Point(x, y)


@pytest.fixture
def told(tmp_path):
    """Save a village and give the findings of its check as (severity, code, layer, index)."""

    def check(**layers):
        save_workspace(village(**layers), tmp_path)
        return [(one.severity, one.code, one.layer, one.index) for one in check_workspace(tmp_path)]

    return check


def change(folder, **members):
    """Overwrite members of the catalogue; None takes one out."""
    file = folder / "catalogue.json"
    catalogue = json.loads(file.read_text("utf-8")) | members
    file.write_text(json.dumps({key: value for key, value in catalogue.items() if value is not None}), "utf-8")


def codes(folder):
    return [one.code for one in check_workspace(folder)]


def test_a_sound_village_has_no_findings(told):
    ages = {"residents_0_6": 1, "residents_7_18": 2, "residents_19_59": 3, "residents_60_79": 3, "residents_80_plus": 1}
    assert told(
        compounds=[compound(walled=True, residents=20)], gates=[gate(110, 150)],
        homes=[home(130, 130, 10, compound_id="compounds-0", **ages), home(150, 150, 10, compound_id="compounds-0")],
        facilities=[canteen(250, 250)], entrances=[({"of": "facilities-0"}, shapely.Point(250, 250))],
        night_run=[({}, shapely.LineString([corner(0), corner(4), corner(24), corner(20), corner(0)]))],
    ) == []


def test_the_bundled_sketch_has_no_errors(wanli):
    assert errors(check_workspace(wanli)) == []


# -- references and counts -------------------------------------------------------------------------------------------------------


def test_an_id_that_points_nowhere_is_an_error(told):
    assert told(compounds=[compound()], gates=[gate(110, 150), gate(110, 150, "no-such")]) == [("error", "no_such_feature", "gates", 1)]


def test_ids_into_a_layer_that_is_empty_are_told_once(told):
    assert told(gates=[gate(110, 150), gate(110, 160)]) == [("warning", "no_such_layer", "gates", None)]


def test_an_entrance_belongs_to_a_facility_or_a_green(told):
    green = [({"kind": "park"}, BLOCK)]
    entrances = [({"of": key}, shapely.Point(150, 150)) for key in ("facilities-0", "green_vein-0", "compounds-0")]
    assert told(facilities=[canteen(250, 250)], green_vein=green, entrances=entrances) == [("error", "no_such_feature", "entrances", 2)]


def test_a_facility_of_a_kind_that_has_a_layer_of_its_own_is_told(told):
    places = [canteen(250, 250), *[({"kind": kind}, shapely.Point(250, 250)) for kind in ("PARK", "GREEN", "WATER_ACCESS")]]
    assert told(facilities=places) == [("warning", "kept_elsewhere", "facilities", row) for row in (1, 2, 3)]


def test_age_groups_that_do_not_add_up_are_told(told):
    ages = {f"residents_{group}": 2 for group in ("0_6", "7_18", "19_59", "60_79", "80_plus")}
    partly = {"residents_0_6": 99}
    homes = [home(130, 130, 10, **ages), home(130, 130, 11, **ages), home(130, 130, 11, **partly), home(130, 130, None, **ages)]
    assert told(homes=homes) == [("warning", "ages_differ", "homes", 1)]


def test_homes_that_do_not_add_up_to_their_compound_are_told(told):
    homes = [home(130, 130, 10, compound_id="compounds-0"), home(150, 150, 10, compound_id="compounds-0"),
             home(330, 330, 10, compound_id="compounds-1"), home(350, 350, None, compound_id="compounds-1")]
    far = shapely.box(310, 310, 390, 390)
    assert told(compounds=[compound(residents=21), compound(far, residents=99)], homes=homes) == [("warning", "homes_differ", "compounds", 0)]


def test_a_compound_needs_a_gate_unless_it_is_open(told):
    boxes = [shapely.box(x, 110, x + 80, 190) for x in (10, 110, 210, 310)]
    compounds = [compound(box, walled=walled) for box, walled in zip(boxes, (True, True, None, False), strict=True)]
    assert told(compounds=compounds, gates=[gate(10, 150)]) == [("warning", "no_gate", "compounds", row) for row in (1, 2)]


def test_a_public_street_through_a_walled_compound_is_told_and_a_path_of_residents_or_a_road_above_is_not(told):
    through = shapely.LineString([(100, 150), (200, 150)])
    rows = [({"kind": "lane"}, through), ({"kind": "lane", "access": "residents"}, shapely.LineString([(100, 140), (200, 140)])),
            ({"kind": "road", "level": 1}, shapely.LineString([(100, 130), (200, 130)])),
            ({"kind": "path"}, shapely.LineString([(180, 100), (180, 115)]))]
    assert told(street_rows=rows, compounds=[compound(walled=True)], gates=[gate(110, 150)]) == [("warning", "street_through", "streets", 0)]
    assert told(street_rows=rows, compounds=[compound(walled=False)], gates=[gate(110, 150)]) == []


# -- places ----------------------------------------------------------------------------------------------------------------------


def test_a_gate_off_its_edge_is_a_warning_and_far_off_an_error(told):
    gates = [gate(139, 150), gate(141, 150), gate(150, 489), gate(150, 491)]
    assert told(compounds=[compound()], gates=gates) == [
        ("warning", "gate_off_edge", "gates", 1), ("warning", "gate_off_edge", "gates", 2), ("error", "gate_far", "gates", 3)]


def test_a_gate_s_distance_is_told_in_metres(tmp_path):
    save_workspace(village(compounds=[compound()], gates=[gate(150, 240)]), tmp_path)
    assert "50 米" in check_workspace(tmp_path)[0].zh


def test_homes_and_facilities_beyond_the_streets_are_told(told):
    beyond = told(homes=[home(150, 150), home(1450, 150)], facilities=[canteen(150, -1050), canteen(1350, 150)])
    assert beyond == [("warning", "outside_extent", "homes", 1), ("warning", "outside_extent", "facilities", 0)]


def test_compounds_that_overlap_by_more_than_a_hundredth_are_told(told):
    beside, onto = shapely.box(189.5, 110, 269.5, 190), shapely.box(110, 189, 190, 269)
    assert told(compounds=[compound(), compound(beside), compound(onto)]) == [("warning", "overlap", "compounds", 2)]


def test_a_facility_in_the_water_is_told(told):
    water = [({"kind": "pond"}, shapely.box(210, 210, 230, 230)), ({"kind": "river", "width_m": 20}, shapely.LineString([(0, 350), (400, 350)]))]
    facilities = [canteen(220, 220), canteen(240, 240), canteen(200, 359), canteen(200, 361)]
    assert told(blue_net=water, facilities=facilities) == [("warning", "in_water", "facilities", 0), ("warning", "in_water", "facilities", 2)]


def test_what_lies_in_another_country_is_told_and_not_measured(told):
    # (633 km, -200 km) of village metres: still projectable, 2 degrees to the south.
    assert told(facilities=[canteen(0, -200_000), canteen(150, 150)]) == [("warning", "far_away", "facilities", 0)]


def test_latitude_first_is_told_even_where_both_are_possible(tmp_path):
    save_workspace(village(facilities=[canteen(150, 150)]), tmp_path)
    # As if the village lay at 25° E, 60° N, where swapped numbers are still within their ranges.
    change(tmp_path, metric_crs="EPSG:32635", extent={"type": "Polygon", "coordinates": [[[25, 60], [25.1, 60], [25.1, 60.1], [25, 60.1], [25, 60]]]})
    for name, geometry in (("facilities", [60.05, 25.05]), ("streets", [[25.01, 60.01], [25.02, 60.02]])):
        file = tmp_path / f"{name}.geojson"
        content = json.loads(file.read_text("utf-8"))
        content["features"] = content["features"][:1]
        content["features"][0]["geometry"]["coordinates"] = geometry
        file.write_text(json.dumps(content), "utf-8")
    assert [(one.severity, one.code, one.layer) for one in check_workspace(tmp_path)] == [("error", "swapped", "facilities")]


# -- streets ---------------------------------------------------------------------------------------------------------------------


def road(*points, **own):
    return {"kind": "road", **own}, shapely.LineString(points)


def test_streets_that_cross_without_a_shared_vertex_are_told(told):
    assert told(street_rows=[road((0, 0), (100, 100)), road((0, 100), (100, 0))]) == [("warning", "crossing_unjoined", "streets", 1)]


def test_one_vertex_of_two_does_not_join(told):
    assert told(street_rows=[road((0, 0), (50, 50), (100, 100)), road((0, 100), (100, 0))]) == [("warning", "crossing_unjoined", "streets", 1)]


@pytest.mark.parametrize("other", [
    road((0, 100), (50, 50), (100, 0)),
    road((0, 100), (100, 0), level=1),
    road((0, 100), (100, 0), kind="footbridge"),
    road((0, 100), (100, 0), kind="underpass"),
    road((0, 100), (50, 50)),
    road((0, 100), (40, 61)),
])
def test_streets_joined_or_one_above_the_other_or_apart_are_fine(told, other):
    assert told(street_rows=[road((0, 0), (50, 50), (100, 100)), other]) == []


def test_an_end_on_a_street_without_a_vertex_is_told_once(told):
    # The end was rounded to 7 decimals: it lies some millimetres before or behind the other street.
    found = told(street_rows=[road((0, 0), (100, 0)), road((33, 0), (33, 50))])
    assert len(found) == 1
    assert found[0][1] in ("crossing_unjoined", "near_miss")


def test_an_end_just_short_of_a_street_is_told(told):
    found = told(street_rows=[road((0, 0), (100, 0)), road((50, 1.5), (50, 50)), road((20, 2.5), (20, 50)), road((30, 1), (30, 50), level=1)])
    assert found == [("warning", "near_miss", "streets", 1)]


def test_an_end_that_goes_on_as_another_street_is_fine(told):
    assert told(street_rows=[road((0, 0), (100, 0)), road((50, 1.5), (50, 50)), road((50, 1.5), (51, 0), (52, 1))]) \
        == [("warning", "crossing_unjoined", "streets", 2)]


@pytest.mark.parametrize(("other", "said"), [
    (road((50, 1.5), (50, 50)), ["joined"]),
    (road((50, 1.5), (50, 50), kind="footbridge"), ["joined"]),  # a footbridge lands at its ends
    (road((50, 1.5), (50, 50), accuracy="osm"), ["joined"]),
    (road((0, 0), (2, 1.5)), []),  # its other end is joined to the street close by
    (road((50, 1), (60, 1), (60, 11), (50, 1)), []),  # a ring has no end
    (road((50, -20), (50, 50)), ["joined"]),
    (road((20, 50), (50, 50), (50, -50), (80, -50), (80, 20), (30, 20)), ["joined", "joined"]),  # it crosses the street and itself
])
def test_what_is_not_drawn_joined_and_what_walks_make_of_it_is_told(tmp_path, other, said):
    save_workspace(village(street_rows=[road((0, 0), (100, 0)), other]), tmp_path)
    assert ["joined" for one in check_workspace(tmp_path) if "计算时已按相通处理" in one.zh and "every walk counts" in one.en] == said


def test_what_no_walk_joins_is_told_with_the_reason(tmp_path):
    rows = [road((0, 0), (100, 0)), road((50, 1.5), (50, 50))]
    wall = shapely.box(0, 0.7, 100, 60)
    for layers in ({"barriers": [({"kind": "railway"}, shapely.LineString([(0, 0.7), (100, 0.7)]))]}, {"compounds": [compound(wall, walled=None)]}):
        save_workspace(village(street_rows=rows, gates=[gate(10, 60)] if "compounds" in layers else [], **layers), tmp_path)
        assert any("中间隔着水、铁路、快速路或围墙" in one.zh for one in check_workspace(tmp_path))
    osm = [({**own, "accuracy": "osm"}, line) for own, line in [*rows, road((20, -20), (20, 50))]]
    save_workspace(village(street_rows=osm), tmp_path)
    told = [one for one in check_workspace(tmp_path) if one.code in ("near_miss", "crossing_unjoined")]
    assert len(told) == 2
    assert all("OpenStreetMap 没有在此接通" in one.zh for one in told)


def test_a_street_drawn_twice_is_told(told):
    found = told(street_rows=[road((0, 0), (100, 0)), road((100, 0), (0, 0)), road((0, 0), (100, 0), level=1)])
    assert found == [("warning", "twice_drawn", "streets", 1)]


def test_a_street_without_length_is_an_error(tmp_path):
    save_workspace(village(), tmp_path)
    file = tmp_path / "streets.geojson"
    content = json.loads(file.read_text("utf-8"))
    content["features"][3]["geometry"]["coordinates"] = [[121.4, 31.25], [121.4, 31.25]]
    file.write_text(json.dumps(content), "utf-8")
    assert [(one.severity, one.code, one.index) for one in check_workspace(tmp_path)] == [("error", "zero_length", 3)]


# -- the night run ---------------------------------------------------------------------------------------------------------------


def test_a_loop_that_is_open_is_an_error(told):
    assert told(night_run=[({}, shapely.LineString([corner(0), corner(4), corner(24)]))]) == [("error", "open_loop", "night_run", 0)]


def test_a_loop_of_several_lines_may_close_together(told):
    there, back = [corner(0), corner(4), corner(24)], [corner(24), corner(20), corner(0)]
    assert told(night_run=[({}, shapely.LineString(there)), ({}, shapely.LineString(back))]) == []
    assert told(night_run=[({}, shapely.MultiLineString([there, back]))]) == []


# -- the catalogue and the folder ------------------------------------------------------------------------------------------------


def test_a_folder_without_catalogue_is_told_and_its_layers_are_read_all_the_same(tmp_path):
    save_workspace(village(gates=[gate(110, 150)]), tmp_path)
    (tmp_path / "catalogue.json").unlink()
    assert codes(tmp_path) == ["catalogue_missing", "no_such_layer"]


def test_an_empty_folder_is_told(tmp_path):
    assert codes(tmp_path) == ["catalogue_missing"]


@pytest.mark.parametrize(("members", "column"), [
    ({"surveyed": {"CANTEN": "complete"}}, "surveyed"),
    ({"surveyed": {"CANTEEN": "wholly"}}, "surveyed.CANTEEN"),
    ({"metric_crs": "EPSG:3857"}, "metric_crs"),
    ({"metric_crs": "EPSG:4326"}, "metric_crs"),
    ({"metric_crs": "EPSG:999999"}, "metric_crs"),
    ({"metric_crs": "EPSG:32633"}, "metric_crs"),
    ({"extent": {}}, "extent"),
    ({"extent": {"type": "Point", "coordinates": [121.4, 31.2]}}, "extent"),
    ({"extent": {"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]}}, "extent"),
    ({"name": None}, "name"),
    ({"layers": {"streets": {"source": "x"}}}, "layers.streets.date"),
    ({"colour": "red"}, "colour"),
])
def test_a_wrong_catalogue_is_told_with_its_member(tmp_path, members, column):
    save_workspace(village(), tmp_path)
    change(tmp_path, **members)
    first = check_workspace(tmp_path)[0]
    assert (first.severity, first.layer, first.column) == ("error", "catalogue", column)
    assert members == {"metric_crs": "EPSG:32633"} or first.code == "catalogue_bad"


def test_a_catalogue_that_is_no_json_is_told(tmp_path):
    save_workspace(village(), tmp_path)
    (tmp_path / "catalogue.json").write_bytes(b"\xff{")
    assert codes(tmp_path) == ["catalogue_bad"]


def test_a_layer_without_a_source_is_told(tmp_path):
    save_workspace(village(facilities=[canteen(150, 150)]), tmp_path)
    change(tmp_path, layers={})
    assert codes(tmp_path) == ["no_source", "no_source"]


def test_a_source_of_no_layer_is_told(tmp_path):
    save_workspace(village(), tmp_path)
    catalogue = json.loads((tmp_path / "catalogue.json").read_text("utf-8"))
    change(tmp_path, layers={**catalogue["layers"], "roads": catalogue["layers"]["streets"]})
    assert codes(tmp_path) == ["unknown_source"]


def test_an_accuracy_other_than_the_catalogue_s_is_told_once_a_layer(told):
    assert told(homes=[home(150, 150, accuracy="sketch"), home(160, 150, accuracy="osm"), home(170, 150)]) == [
        ("warning", "other_accuracy", "homes", None)]


def test_a_file_of_no_layer_is_told(tmp_path):
    save_workspace(village(), tmp_path)
    (tmp_path / "roads.geojson").write_text("{}", "utf-8")
    (tmp_path / "README.md").write_text("x", "utf-8")
    assert [(one.code, one.layer) for one in check_workspace(tmp_path)] == [("unknown_file", "roads.geojson")]


def test_findings_stand_in_the_order_of_layers_then_features(tmp_path):
    save_workspace(village(street_rows=[*ROADS, road((10, 10), (10, 20)), road((5, 15), (15, 15))], homes=[home(1450, 150)],
                           facilities=[canteen(1450, 150)]), tmp_path)
    for name, column in (("facilities", "kind"), ("homes", "levels")):
        file = tmp_path / f"{name}.geojson"
        content = json.loads(file.read_text("utf-8"))
        content["features"].insert(0, {"type": "Feature", "id": "bad", "properties": {column: "?"}, "geometry": None})
        file.write_text(json.dumps(content), "utf-8")
    found = [(one.layer, one.index, one.column) for one in check_workspace(tmp_path)]
    assert found[0] == ("streets", 3, "geometry")  # ids are sorted as texts: streets-0, -1, -10, -11
    assert [layer for layer, _, _ in found] == sorted((layer for layer, _, _ in found), key=["streets", "homes", "facilities"].index)
    # Features left out by the reader do not shift the index of those after them.
    assert ("homes", 1, "geometry") in found
    assert ("facilities", 1, "geometry") in found
