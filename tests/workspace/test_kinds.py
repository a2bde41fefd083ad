"""The taxonomy of facilities: every code the facts use, found by code or by name."""

import csv

import pytest

from wanli_geo.errors import UnknownKind
from wanli_geo.workspace.kinds import GROUPS, KINDS, kind_of
from wanli_geo.workspace.specs import SPECS


def test_kinds_are_whole_and_names_differ():
    assert all(kind.group in GROUPS and kind.zh and kind.en and 1 <= len(kind.glyph) <= 2 for kind in KINDS.values())
    assert len({kind.zh for kind in KINDS.values()}) == len(KINDS)
    assert {kind.group for kind in KINDS.values()} == set(GROUPS)


def test_a_dozen_and_some_are_offered_first():
    assert 12 <= sum(kind.first_page for kind in KINDS.values()) <= 18


@pytest.mark.parametrize("wanted", ["CANTEEN", "canteen", " Canteen ", "社区食堂"])
def test_a_kind_is_found_by_code_in_any_case_or_by_name(wanted):
    assert kind_of(wanted).code == "CANTEEN"


def test_an_unknown_kind_comes_with_the_nearest():
    with pytest.raises(UnknownKind, match="no facility kind “CANTEN”; near it: CANTEEN"):
        kind_of("CANTEN")
    with pytest.raises(UnknownKind, match="CANTEEN, MARKET, PARK"):
        kind_of("¿")


def test_every_kind_is_a_choice_of_the_facilities():
    assert SPECS["facilities"].column("kind").codes == set(KINDS)


# Codes of the standards that are no one place one walks to: areas of green (the green vein has them), things inside a residential
# block, and groups of other kinds.
NO_PLACES = {
    "GREEN_PUBLIC", "GREEN_CLUSTER", "OPEN_SPACE", "PARK_300", "PARK_500",
    "PLAY_BLOCK", "EQUIP_BLOCK", "SHOP_BLOCK", "PARK_BIKE_BLOCK", "PARK_CAR_BLOCK",
    "BASIC_RETAIL", "ELDER_CHILD", "ELDER_SPACE", "WASTE",
}


def codes_of(file):
    with file.open(encoding="utf-8-sig") as rows:
        return {row["facility_code"].strip() for row in csv.DictReader(rows) if row.get("role", "facility") == "facility"} - {""}


def test_the_taxonomy_has_every_kind_of_place_in_wanli(facts):
    assert codes_of(facts / "wanli-places.csv") <= set(KINDS)


def test_the_taxonomy_has_every_facility_of_the_standards_that_is_a_place(facts):
    assert codes_of(facts / "standards.csv") - set(KINDS) == NO_PLACES
