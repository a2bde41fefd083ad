"""What the Wanli sketch promises to those who build on it."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
import shapely

from tests.sketch import facts
from wanli_geo.network.graph import build_network
from wanli_geo.workspace.hours import usable
from wanli_geo.workspace.kinds import KINDS
from wanli_geo.workspace.specs import AGE_COLUMNS, SPECS
from wanli_geo.workspace.store import open_workspace

LAYERS = facts.ROOT / "layers"


@cache
def wanli():
    return open_workspace(LAYERS)


@cache
def metric(name):
    return wanli().metric(name)


@cache
def public_streets():
    streets = metric("streets")
    return streets[streets["access"] == "public"]


def polygons(layer):
    return layer[layer.geom_type.isin(["Polygon", "MultiPolygon"])]


def test_every_layer_of_the_contracts_is_there_and_told_of_in_the_catalogue():
    assert sorted(path.name for path in LAYERS.glob("*.geojson")) == sorted(spec.file for spec in SPECS.values())
    assert set(wanli().catalogue.layers) == set(SPECS)


def test_layers_is_data_only_and_small():
    files = [path for path in LAYERS.iterdir() if path.is_file()]
    assert {path.suffix for path in files} <= {".geojson", ".json", ".md", ".toml"}
    assert sum(path.stat().st_size for path in files) < 3_000_000
    assert (LAYERS / "homes.geojson").stat().st_size < 900_000


@pytest.mark.parametrize("name", SPECS)
def test_every_feature_says_its_source_and_that_it_is_a_sketch(name):
    layer = wanli().layer(name)
    assert layer["id"].is_unique
    assert layer["source"].str.len().gt(0).all()
    assert set(layer["accuracy"]) <= ({"osm"} if name == "boundary" else {"sketch"})
    named = layer["name"].notna()
    assert layer.loc[named, "name_en"].notna().all()


def test_ids_are_unique_over_all_layers():
    ids = [identity for name in SPECS for identity in wanli().layer(name)["id"]]
    assert len(ids) == len(set(ids))


def test_sixty_thousand_people_live_here_each_counted_once():
    homes, compounds = metric("homes"), metric("compounds").set_index("id")
    assert compounds["residents"].sum() == homes["residents"].sum() == 60_000
    for layer in (homes, compounds):
        assert (layer[list(AGE_COLUMNS)].sum(axis=1) == layer["residents"]).all()
    by_compound = homes.groupby("compound_id")[["residents", "households", *AGE_COLUMNS]].sum()
    assert by_compound.eq(compounds.loc[by_compound.index, by_compound.columns]).all(axis=None)
    assert 2.2 < homes["residents"].sum() / homes["households"].sum() < 2.8


def test_the_old_are_more_in_old_compounds_and_nowhere_absurd():
    compounds = metric("compounds")
    old = (compounds["residents_60_79"] + compounds["residents_80_plus"]) / compounds["residents"]
    assert 0.12 < old.min() < 0.25
    assert 0.33 < old.max() < 0.48
    assert 0.24 < (old * compounds["residents"]).sum() / 60_000 < 0.36


def test_the_compounds_of_the_facts_are_drawn_but_the_one_outside():
    names = set(metric("compounds")["name"])
    if not facts.present():
        pytest.skip("the facts folder is not at hand; set WANLI_FACTS")
    assert {row["name_zh"] for row in facts.table("wanli-compounds")} - names == {"久华佳苑（一至四期）"}


def test_houses_stand_inside_their_compound_and_off_every_street():
    homes, compounds = metric("homes"), metric("compounds").set_index("id").geometry
    assert shapely.covers(shapely.buffer(compounds.loc[homes["compound_id"]].to_numpy(), 0.05), homes.geometry.to_numpy()).all()
    tree = shapely.STRtree(metric("streets").geometry.to_numpy())
    assert tree.query(homes.geometry.to_numpy(), predicate="intersects").size == 0


def test_compounds_lie_apart_and_off_water_and_green():
    compounds = metric("compounds").geometry.to_numpy()
    tree = shapely.STRtree(compounds)
    one, other = tree.query(compounds, predicate="overlaps")
    assert shapely.area(shapely.intersection(compounds[one], compounds[other])).sum() == 0
    for name in ("blue_net", "green_vein"):
        kept_off = shapely.union_all(polygons(metric(name)).geometry.to_numpy())
        assert shapely.area(shapely.intersection(compounds, kept_off)).max() == 0


def test_every_compound_has_one_to_four_gates_on_its_wall_and_on_a_public_street():
    gates, compounds = metric("gates"), metric("compounds").set_index("id").geometry
    assert set(gates["compound_id"]) == set(compounds.index)
    assert gates["compound_id"].value_counts().max() <= 4
    walls = shapely.boundary(compounds.loc[gates["compound_id"]].to_numpy())
    assert shapely.distance(walls, gates.geometry.to_numpy()).max() < 0.05
    assert gates.distance(shapely.union_all(public_streets().geometry.to_numpy())).max() < 0.05


def test_every_compound_has_a_gate_anyone_may_use_by_day():
    gates = metric("gates")
    open_now = usable(gates["open_hours"].tolist(), "Tu", 600) & ~gates["residents_only"].astype(bool).to_numpy()
    assert set(gates["compound_id"][open_now]) == set(metric("compounds")["id"])


def test_no_public_street_leads_through_a_compound():
    compounds = metric("compounds").geometry.to_numpy()
    streets = public_streets().geometry.to_numpy()
    street, compound = shapely.STRtree(compounds).query(streets, predicate="intersects")
    assert shapely.length(shapely.intersection(streets[street], compounds[compound])).max() < 1


def test_the_public_streets_hang_together():
    assert build_network(public_streets().geometry.to_numpy()).component.max() == 0


def test_streets_that_cross_on_the_ground_share_a_vertex():
    ground = metric("streets")[lambda layer: layer["level"] == 0].geometry.to_numpy()
    one, other = shapely.STRtree(ground).query(ground, predicate="intersects")
    pairs = one < other
    for a, b in zip(ground[one[pairs]], ground[other[pairs]], strict=True):
        shared = shapely.intersection(shapely.multipoints(shapely.get_coordinates(a)), shapely.multipoints(shapely.get_coordinates(b)))
        assert shapely.hausdorff_distance(shapely.intersection(a, b), shared) < 0.02


def test_rivers_and_railway_are_crossed_by_bridge_or_underpass_only():
    streets = metric("streets")
    ground = streets[streets["level"] == 0].geometry
    water = polygons(metric("blue_net"))
    assert not ground.intersects(shapely.union_all(water.geometry.to_numpy())).any()
    assert not ground.intersects(metric("barriers").geometry.iloc[0]).any()
    assert (streets["level"] == 1).any()
    assert (streets["level"] == -1).any()


def test_streets_that_leave_the_extent_leave_it_clearly():
    streets, extent = metric("streets").geometry, wanli().extent
    leaving = streets[streets.crosses(shapely.boundary(extent))]
    assert len(leaving) > 40
    assert leaving.difference(extent).length.min() > 20


def test_the_extent_reaches_1200_m_beyond_the_boundary():
    boundary = metric("boundary").geometry.iloc[0]
    assert shapely.hausdorff_distance(wanli().extent, boundary.buffer(1_200)) < 5


def test_the_night_run_is_a_closed_loop_of_2500_m_on_the_streets():
    loop = metric("night_run").geometry.iloc[0]
    assert loop.is_ring
    assert loop.length == pytest.approx(2_500, abs=5)
    streets = shapely.union_all(public_streets().geometry.to_numpy())
    assert streets.buffer(0.2).covers(loop)


def test_lamps_stand_along_the_loop_with_one_dark_stretch():
    loop, lamps = metric("night_run").geometry.iloc[0], metric("lamps")
    assert lamps.distance(loop).max() < 8
    lit = np.sort(shapely.line_locate_point(loop, lamps.geometry[lamps["in_use"].astype(bool)].to_numpy()))
    gaps = np.diff(np.append(lit, lit[0] + loop.length))
    assert (gaps > 45).sum() == 1
    assert 100 < gaps.max() < 260


def test_walkway_stops_of_every_kind_stand_where_their_chainage_says():
    walkway, stops = metric("red_walkway").geometry.iloc[0], metric("walkway_stops")
    assert set(stops["kind"]) == {"painting", "sculpture", "new_media", "history"}
    assert len(stops) >= 6
    assert np.abs(shapely.line_locate_point(walkway, stops.geometry.to_numpy()) - stops["chainage_m"]).max() < 1
    assert stops.distance(walkway).max() < 0.1
    assert stops["story"].str.len().min() > 20
    assert stops["order"].tolist() == sorted(stops["order"])


def test_about_four_and_a_half_kilometres_of_water_counted_once():
    courses = metric("blue_net")[lambda layer: layer.geom_type.isin(["LineString", "MultiLineString"])]
    assert courses.length.sum() == pytest.approx(4_500, rel=0.02)
    assert courses.loc[~courses["through"].astype(bool), "break_reason"].notna().all()


def test_every_park_is_entered_at_its_edge_on_a_public_way():
    green, entrances = metric("green_vein").set_index("id"), metric("entrances")
    parks = green[green["kind"].isin(["park", "pocket_park"])]
    at_parks = entrances[entrances["of"].isin(parks.index)]
    assert set(at_parks["of"]) == set(parks.index)
    assert at_parks.distance(shapely.union_all(public_streets().geometry.to_numpy())).max() < 0.05
    edges = shapely.boundary(parks.geometry.loc[at_parks["of"]].to_numpy())
    assert shapely.distance(edges, at_parks.geometry.to_numpy()).max() < 3


def test_what_entrances_belong_to_exists():
    known = set(metric("facilities")["id"]) | set(metric("green_vein")["id"])
    assert set(metric("entrances")["of"]) <= known


def test_the_first_page_kinds_are_sketched_throughout_and_declared_complete():
    inside = metric("facilities")[lambda layer: layer.within(metric("boundary").geometry.iloc[0])]
    for code, kind in KINDS.items():
        if kind.first_page:
            assert wanli().survey_of(code) == "complete"
            assert code == "PARK" or (inside["kind"] == code).any(), code
    for code in ("GREEN", "WATER_ACCESS"):
        assert wanli().survey_of(code) == "complete"
    assert wanli().survey_of("CINEMA") == "partial"
    assert wanli().survey_of("POST") == "none"


def test_areas_lie_about_the_minima_and_some_are_not_known():
    facilities = metric("facilities")
    for kind, minimum in {"ELDER_DAY": 350, "HEALTH_STATION": 120, "KINDERGARTEN": 3150, "MARKET": 750, "TOILET": 30, "SERVICE_STATION": 600,
                          "CULTURE_STATION": 250, "FITNESS_OUTDOOR": 150, "CONVENIENCE": 50, "ELDER_STATION": 350}.items():
        area = facilities.loc[facilities["kind"] == kind, "area_m2"]
        assert area.isna().mean() == pytest.approx(1 / 6, abs=0.05), kind
        assert area.min() < minimum <= area.max(), kind
    areas = facilities["area_m2"].dropna()
    assert (areas % 1 == 0).all()
    assert facilities.loc[facilities["kind"].isin(["AED", "KIOSK", "BUS_STOP"]), "area_m2"].isna().all()


def test_places_are_counted_where_people_are_looked_after_or_fed_and_some_are_not_known():
    facilities = metric("facilities")
    counted = facilities[facilities["capacity"].notna()]
    assert set(counted["kind"]) == {"CANTEEN", "ELDER_DAY", "KINDERGARTEN", "ELDER_HOME"}
    assert facilities.loc[facilities["kind"].isin(["CANTEEN", "ELDER_DAY", "KINDERGARTEN"]), "capacity"].isna().any()


def test_what_the_plan_only_intends_is_not_in_use():
    facilities = metric("facilities")
    planned = facilities["status"].isin(["planned", "works"])
    assert planned.sum() >= 5
    assert not facilities.loc[planned, "in_use"].any()


def test_what_is_not_known_is_not_confirmed():
    for name in ("structure", "night_run", "red_walkway"):
        assert not metric(name)["confirmed"].any()
    assert len(metric("life_circles")) == 0 or metric("life_circles")["method"].notna().all()


def test_the_boundary_carries_the_attribution_it_owes():
    assert "OpenStreetMap contributors" in wanli().catalogue.layers["boundary"].attribution
    assert "OpenStreetMap contributors" in wanli().layer("boundary")["source"].iloc[0]
