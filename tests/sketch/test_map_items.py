"""Every item of the work plan that has a place is drawn somewhere, or is never drawn; the bundled plan says which."""

from __future__ import annotations

import pytest

from tests.sketch import facts
from wanli_geo.workspace.geojson import layer_of
from wanli_geo.workspace.plan import accounted, plan_of
from wanli_geo.workspace.specs import SPECS
from wanli_geo.workspace.store import open_workspace

WANLI = open_workspace(facts.ROOT / "layers")
PLAN = plan_of(WANLI)
ITEMS = {item.id: item for item in PLAN.items}
with_facts = pytest.mark.skipif(not facts.present(), reason="the facts folder is not at hand; set WANLI_FACTS")

# Layers whose features say which item of the plan they are.
TELLING = ("facilities", "plan_projects")
# No column holds them yet: the brand of a committee, its legal adviser.
NOT_YET = {"F06", "G01"}


@with_facts
def test_each_of_the_66_items_of_the_plan_is_told_once():
    ids = [row["id"] for row in facts.table("map-items")]
    assert len(ids) == 66
    assert [item.id for item in PLAN.items] == ids


@with_facts
def test_each_of_the_23_targets_is_told_once_and_no_number_is_invented():
    given = {row["id"]: row for row in facts.table("plan-kpis")}
    assert [target.id for target in PLAN.targets] == list(given)
    for target in PLAN.targets:
        row = given[target.id]
        assert target.basis == row["status"].removeprefix("explicit-").replace("-", "_")
        number = float(row["target"]) if row["target"].isdecimal() else None
        assert target.target == (number / 100 if target.unit == "share" and number else number)
    assert [target.basis for target in PLAN.targets].count("explicit") == sum(target.target is not None for target in PLAN.targets) == 13


def test_every_item_that_may_be_drawn_is_and_only_what_has_no_column_is_not():
    account = accounted(WANLI).set_index("id")
    assert set(account.index[account["status"] == "empty"]) == NOT_YET
    assert (account.loc[account["status"].isin(["mapped", "computed"]), "features"] > 0).all()
    assert account["status"].value_counts().to_dict() == {"mapped": 51, "never": 10, "computed": 3, "empty": 2}


@pytest.mark.parametrize("item", [item.id for item in PLAN.items if item.layers and item.layers[0] in TELLING and not item.whole and not item.column])
def test_an_item_of_facilities_or_projects_has_a_feature_that_says_so(item):
    assert (WANLI.layer(ITEMS[item].layers[0])["plan_item"] == item).any()


def test_a_feature_that_names_an_item_lies_in_a_layer_of_that_item():
    for name in TELLING:
        for item in WANLI.layer(name)["plan_item"].dropna().unique():
            assert name in ITEMS[item].layers, (name, item)


def test_no_feature_says_it_is_an_item_that_is_never_mapped():
    never = {item.id for item in PLAN.items if item.never}
    assert never == {"A03", "B19", "E02", "E03", "E04", "F08", "F09", "F10", "F11", "G03"}
    for name in TELLING:
        assert not set(WANLI.layer(name)["plan_item"].dropna()) & never
    assert not accounted(WANLI).set_index("id").loc[sorted(never), "features"].any()


def test_no_layer_has_room_for_what_the_public_may_never_see():
    columns = {column for spec in SPECS.values() for column in layer_of(spec, [], []).columns}
    assert not columns & {"civil_defence", "stock", "cctv", "tax", "licence", "visits", "leader"}
