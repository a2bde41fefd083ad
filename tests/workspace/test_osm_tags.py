"""The meaning of tags, one by one."""

from __future__ import annotations

import pytest

from wanli_geo.workspace import osm_tags
from wanli_geo.workspace.kinds import KINDS


@pytest.mark.parametrize(("tags", "kind"), [
    ({"highway": "primary"}, "road"),
    ({"highway": "service"}, "lane"),
    ({"highway": "footway"}, "path"),
    ({"highway": "cycleway"}, "path"),
    ({"highway": "steps", "bridge": "yes"}, "steps"),
    ({"highway": "footway", "bridge": "yes"}, "footbridge"),
    ({"highway": "footway", "tunnel": "yes"}, "underpass"),
    ({"highway": "footway", "tunnel": "building_passage"}, "path"),
    ({"highway": "footway", "footway": "crossing", "bridge": "no"}, "crossing"),
    ({"highway": "trunk", "sidewalk": "both"}, "road"),
    ({"highway": "motorway", "foot": "yes"}, "road"),
])
def test_a_way_one_may_walk_has_a_kind(tags: dict[str, str], kind: str) -> None:
    street = osm_tags.street(tags)
    assert street is not None
    assert street["kind"] == kind


@pytest.mark.parametrize("tags", [
    {"highway": "motorway"}, {"highway": "trunk"}, {"highway": "trunk", "sidewalk": "no"}, {"highway": "construction"}, {"highway": "proposed"},
    {"highway": "residential", "foot": "no"}, {"highway": "cycleway", "foot": "use_sidepath"}, {"highway": "footway", "abandoned": "yes"},
])
def test_a_way_one_may_not_walk_is_no_street(tags: dict[str, str]) -> None:
    assert osm_tags.street(tags) is None


@pytest.mark.parametrize(("tags", "access"), [
    ({}, "public"), ({"access": "private"}, "private"), ({"access": "no"}, "private"), ({"access": "private", "foot": "yes"}, "public"),
    ({"access": "yes", "foot": "private"}, "private"), ({"access": "residents"}, "residents"), ({"access": "destination"}, "public"),
    ({"access": "customers"}, "public"),
])
def test_what_is_said_of_walkers_goes_before_what_is_said_of_everybody(tags: dict[str, str], access: str) -> None:
    assert osm_tags.access(tags) == access


@pytest.mark.parametrize(("tags", "access"), [
    ({"barrier": "gate"}, "public"), ({"barrier": "gate", "access": "private"}, "private"), ({"barrier": "gate", "locked": "yes"}, "private"),
    ({"barrier": "gate", "access": "private", "foot": "yes"}, "public"), ({"barrier": "lift_gate", "access": "private"}, "public"),
    ({"barrier": "bollard", "access": "no"}, "public"), ({"barrier": "lift_gate", "foot": "no"}, "private"),
    ({"barrier": "gate", "access": "residents"}, "residents"),
])
def test_a_boom_stops_cars_and_a_shut_gate_stops_walkers(tags: dict[str, str], access: str) -> None:
    assert osm_tags.gate_access(tags) == access


@pytest.mark.parametrize(("tags", "level"), [
    ({}, None), ({"layer": "2"}, 2), ({"layer": "-1", "bridge": "yes"}, -1), ({"level": "1;2"}, 1), ({"level": "-1.5"}, -1), ({"bridge": "yes"}, 1),
    ({"tunnel": "yes"}, -1), ({"tunnel": "building_passage"}, None), ({"layer": "99"}, 5), ({"level": "roof"}, None),
])
def test_a_level_comes_from_layer_level_bridge_or_tunnel(tags: dict[str, str], level: int | None) -> None:
    assert osm_tags.level(tags) == level


@pytest.mark.parametrize(("text", "metres"), [
    ("3", 3.0), ("3.5 m", 3.5), ("7m", 7.0), ("12'", None), ("wide", None), ("-1", None), ("1e9", None), ("500", None), (None, None), ("", None),
])
def test_a_width_is_metres_or_nothing(text: str | None, metres: float | None) -> None:
    assert osm_tags.number(text, 200.0) == metres


@pytest.mark.parametrize(("tags", "kinds"), [
    ({"amenity": "pharmacy"}, ("PHARMACY",)),
    ({"amenity": "restaurant", "name": "真如社区食堂"}, ("CANTEEN",)),
    ({"amenity": "restaurant"}, ("CATERING",)),
    ({"amenity": "fast_food;cafe"}, ("CATERING",)),
    ({"amenity": "hospital", "name": "长征镇社区卫生服务中心"}, ("HEALTH_CENTRE",)),
    ({"amenity": "hospital", "name": "同济医院"}, ()),
    ({"amenity": "social_facility", "social_facility": "day_care", "social_facility:for": "child;senior"}, ("ELDER_DAY",)),
    ({"amenity": "social_facility", "social_facility": "day_care", "social_facility:for": "homeless"}, ()),
    ({"shop": "supermarket", "name": "盒马生鲜"}, ("MARKET",)),
    ({"shop": "supermarket"}, ("SUPERMARKET",)),
    ({"office": "government", "name": "万里街道办事处"}, ("ADMIN_OFFICE",)),
    ({"amenity": "pharmacy", "access": "private"}, ()),
    ({"amenity": "pharmacy", "disused": "yes"}, ()),
    ({"amenity": "parking", "parking": "street_side"}, ()),
    ({"railway": "tram_stop"}, ()),
    ({"building": "yes"}, ()),
])
def test_a_service_has_the_kind_of_the_first_rule_that_matches(tags: dict[str, str], kinds: tuple[str, ...]) -> None:
    assert osm_tags.facility_kinds(tags) == kinds


@pytest.mark.parametrize(("tags", "kinds"), [
    ({"isced:level": "1"}, ("EDU_PRIMARY",)), ({"isced:level": "1-3"}, ("EDU_PRIMARY", "EDU_JUNIOR", "EDU_SENIOR")),
    ({"isced:level": "0;1"}, ("EDU_PRIMARY",)), ({"name": "万里城实验小学"}, ("EDU_PRIMARY",)),
    ({"name": "某某九年一贯制学校"}, ("EDU_PRIMARY", "EDU_JUNIOR")), ({"name": "曹杨第二中学"}, ()), ({}, ()),
])
def test_a_school_teaches_what_its_tags_or_its_name_say(tags: dict[str, str], kinds: tuple[str, ...]) -> None:
    assert osm_tags.facility_kinds({"amenity": "school", **tags}) == kinds


def test_every_kind_that_is_sought_is_of_the_taxonomy() -> None:
    assert set(KINDS) >= osm_tags.SOUGHT
    assert osm_tags.VOUCHABLE <= osm_tags.SOUGHT


@pytest.mark.parametrize(("tags", "kind"), [
    ({"waterway": "river"}, "river"), ({"natural": "water", "water": "canal"}, "canal"), ({"natural": "water"}, "pond"),
    ({"waterway": "drain"}, None), ({"waterway": "drain", "name": "小浜"}, "canal"), ({"waterway": "river", "tunnel": "culvert"}, None),
    ({"natural": "water", "water": "fountain"}, None), ({"waterway": "dam"}, None), ({"natural": "wood"}, None),
])
def test_open_water_has_a_kind(tags: dict[str, str], kind: str | None) -> None:
    assert osm_tags.water_kind(tags) == kind


@pytest.mark.parametrize(("tags", "kind"), [
    ({"leisure": "park"}, "park"), ({"leisure": "garden"}, "street_green"), ({"leisure": "garden", "garden:type": "residential"}, None),
    ({"leisure": "park", "access": "private"}, None), ({"landuse": "grass"}, None),
])
def test_green_that_the_public_may_enter_has_a_kind(tags: dict[str, str], kind: str | None) -> None:
    assert osm_tags.green_kind(tags) == kind


@pytest.mark.parametrize(("tags", "free"), [
    ({"highway": "steps"}, False), ({"highway": "steps", "ramp:wheelchair": "yes"}, True), ({"highway": "steps", "ramp": "yes"}, True),
    ({"highway": "steps", "ramp": "yes", "ramp:wheelchair": "no"}, False), ({"highway": "footway"}, None),
    ({"highway": "footway", "wheelchair": "no"}, False), ({"highway": "footway", "kerb": "lowered"}, True),
])
def test_step_free_is_said_only_where_a_tag_tells(tags: dict[str, str], free: bool | None) -> None:
    assert osm_tags.step_free(tags) is free
