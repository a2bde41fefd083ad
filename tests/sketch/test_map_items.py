"""Every item of the work plan that has a place is drawn somewhere, or is never drawn."""

from __future__ import annotations

import pytest

from tests.sketch import facts
from wanli_geo.workspace.geojson import layer_of
from wanli_geo.workspace.specs import SPECS
from wanli_geo.workspace.store import open_workspace

NEVER = "never mapped"
# Layers whose features say which item of the plan they are.
TELLING = ("facilities", "plan_projects")

LAYER_OF_ITEM = {
    "B01": "blue_net", "B02": "green_vein", "B03": "life_circles", "B04": "structure", "B05": "red_walkway", "B06": "red_walkway",
    "B07": "walkway_stops", "B08": "walkway_stops", "B09": "signs", "B10": "plan_projects", "B11": "plan_projects", "B12": "night_run",
    "B13": "plan_projects", "B14": "plan_projects", "B15": "plan_projects", "B16": "plan_projects", "B17": "plan_projects", "B18": "facilities",
    "B19": NEVER, "B20": "facilities",
    "C01": "facilities", "C02": "facilities", "C03": "facilities", "C04": "grid",
    "D01": "life_circles", "D02": "facilities", "D03": "facilities", "D04": "facilities", "D05": "facilities", "D06": "facilities",
                 "D07": "facilities",
    "D08": "facilities", "D09": "facilities", "D10": "facilities", "D11": "facilities", "D12": "night_run", "D13": "facilities", "D14": "facilities",
    "D15": "facilities", "D16": "facilities", "D17": "facilities",
    "E01": "gates", "E02": NEVER, "E03": NEVER, "E04": NEVER, "E05": "plan_projects", "E06": "facilities", "E07": "facilities",
    "F01": "facilities", "F02": "facilities", "F03": "plan_projects", "F04": "plan_projects", "F05": "committees", "F06": "committees",
    "F07": "plan_projects", "F08": NEVER, "F09": NEVER, "F10": NEVER, "F11": NEVER, "F12": "facilities",
    "A01": "facilities", "A02": "buildings", "A03": NEVER,
    "G01": "committees", "G02": "plan_projects", "G03": NEVER,
}
# Items that a layer carries without a feature of their own: G02 is the progress of the other projects.
WITHOUT_A_FEATURE = {"G02"}
# Circles are computed, never drawn by hand, so the drawing leaves their layer to be filled.
COMPUTED = {"life_circles"}


@pytest.mark.skipif(not facts.present(), reason="the facts folder is not at hand; set WANLI_FACTS")
def test_all_66_items_of_the_plan_are_told_where_they_are_drawn():
    ids = [row["id"] for row in facts.table("map-items")]
    assert len(ids) == 66
    assert sorted(LAYER_OF_ITEM) == sorted(ids)


def test_each_layer_named_for_an_item_exists_and_is_filled():
    workspace = open_workspace(facts.ROOT / "layers")
    for layer in set(LAYER_OF_ITEM.values()) - {NEVER}:
        assert layer in SPECS
        assert layer in COMPUTED or len(workspace.layer(layer)), layer


@pytest.mark.parametrize("item", [item for item, layer in LAYER_OF_ITEM.items() if layer in TELLING and item not in WITHOUT_A_FEATURE])
def test_an_item_of_facilities_or_projects_has_a_feature_that_says_so(item):
    layer = open_workspace(facts.ROOT / "layers").layer(LAYER_OF_ITEM[item])
    assert (layer["plan_item"] == item).any()


def test_no_feature_says_it_is_an_item_that_is_never_mapped():
    workspace = open_workspace(facts.ROOT / "layers")
    never = {item for item, layer in LAYER_OF_ITEM.items() if layer == NEVER}
    assert {"E02", "E03", "E04", "F09", "F11", "A03"} <= never
    for name in TELLING:
        assert not set(workspace.layer(name)["plan_item"].dropna()) & never


def test_no_layer_has_room_for_what_the_public_may_never_see():
    columns = {column for spec in SPECS.values() for column in layer_of(spec, [], []).columns}
    assert not columns & {"civil_defence", "stock", "cctv", "tax", "licence", "visits", "leader"}
