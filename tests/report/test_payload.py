"""The page gets what it needs to draw, no more, and the numbers the engine gave."""

import json

import numpy as np
import pandas as pd
import pytest
import shapely

from tests.report.village import EVIL, ground, saved_village, village
from wanli_geo.errors import UnknownLayer
from wanli_geo.report import palette, payload, themes
from wanli_geo.report.wire import written
from wanli_geo.study import Study
from wanli_geo.workspace.kinds import KINDS
from wanli_geo.workspace.services import services_of
from wanli_geo.workspace.specs import SPECS
from wanli_geo.workspace.store import Workspace


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    return saved_village(tmp_path_factory.mktemp("village"))


def without(name: str) -> Workspace:
    """The village with one layer less."""
    whole = village()
    return Workspace(whole.catalogue, {key: layer for key, layer in whole.layers.items() if key != name})


def read(value):
    """A payload as the page reads it."""
    return json.loads(written(value))


def test_text_stays_text_for_the_page_to_escape(opened):
    assert EVIL in [feature["properties"]["name"] for feature in read(payload.base(opened))["compounds"]["features"]]


def test_every_payload_is_strict_json(opened):
    for value in (payload.base(opened), *(payload.theme(opened, theme.code) for theme in palette.THEMES)):
        json.loads(written(value), parse_constant=pytest.fail)


def test_the_base_map_has_every_layer_it_draws_and_only_columns_of_the_contracts(opened):
    assert set(payload.base(opened)) == {"boundary", "streets", "barriers", "buildings", "homes", "compounds", "gates", "blue_net", "green_vein"}
    for drawn in (payload.BASE, *themes.LAYERS.values()):
        for name, columns in drawn.items():
            assert set(columns) <= {column.name for column in SPECS[name].columns}, name


def test_a_workspace_says_what_it_is_and_what_may_be_asked(opened):
    told = payload.workspace(opened, profiles=[{"code": "adult"}], people=[{"code": "all"}], version="1")
    assert (told["name"], told["accuracy"], told["date"], told["attribution"]) == ("五路村", "sketch", "2026-11", ["© 村委会"])
    assert told["bounds"] == pytest.approx(opened.layer("boundary").total_bounds, abs=1e-6)
    canteen = next(kind for kind in told["kinds"] if kind["code"] == "CANTEEN")
    assert canteen == {"code": "CANTEEN", "zh": "社区食堂", "en": "Community canteen", "glyph": "餐", "group": "elder", "first_page": True,
                       "survey": "complete", "count": 1, "planned": 1}


@pytest.mark.parametrize("code", KINDS)
def test_a_kind_counts_what_the_engine_counts(opened, code):
    told = next(kind for kind in payload.kinds(opened) if kind["code"] == code)
    assert told["count"] == services_of(opened, code).used.sum()


def test_without_a_boundary_the_map_opens_on_the_extent():
    west, south, east, north = payload.bounds(without("boundary"))
    corner = shapely.get_coordinates(np.array(ground(shapely.Point(-290, -290), shapely.Point(690, 690))))
    assert [west, south, east, north] == pytest.approx([*corner[0], *corner[1]], abs=2e-4)


def fact(workspace, theme, key):
    return next(fact.value for fact in themes.facts_of(workspace, theme) if fact.key == key)


@pytest.mark.parametrize(("theme", "key", "value"), [
    ("blue", "blue_length_m", 400), ("blue", "blue_through_m", 250), ("blue", "blue_broken_m", 150), ("blue", "blue_not_known_m", 0),
    ("blue", "water_access_count", 1), ("green", "green_count", 1), ("green", "green_area_ha", 0.64), ("green", "greenway_m", 200),
    ("orange", "facilities_used", 1), ("orange", "facilities_planned", 1), ("orange", "kinds_complete", 1), ("red", "walkway_length_m", 400),
    ("red", "stops_count", 3), ("red", "stops_painting", 1), ("red", "stops_history", 0), ("night", "loop_length_m", 1600),
    ("night", "lamps_count", 2), ("night", "lamps_dark", 1), ("night", "amenities_toilet", 1), ("plan", "projects_count", 2),
    ("plan", "projects_works", 1), ("plan", "projects_idea", 0),
])
def test_a_theme_measures_what_a_finger_counts_inside_the_boundary(opened, theme, key, value):
    assert fact(opened, theme, key) == pytest.approx(value, abs=0.01)


def test_a_length_nobody_drew_is_not_known_rather_than_zero():
    assert fact(without("blue_net"), "blue", "blue_length_m") is None
    assert fact(without("night_run"), "night", "loop_length_m") is None
    assert themes.summary(themes.facts_of(without("night_run"), "night"), "night") == ("尚无数据", "no data yet")


def test_waters_never_surveyed_for_walking_are_neither_through_nor_broken():
    workspace = village()
    workspace.layers["blue_net"]["through"] = pd.array([None] * 3, dtype="boolean")
    assert (fact(workspace, "blue", "blue_through_m"), fact(workspace, "blue", "blue_broken_m")) == (None, None)
    assert fact(workspace, "blue", "blue_not_known_m") == pytest.approx(400, abs=0.01)


@pytest.mark.parametrize(("theme", "zh", "en"), [
    ("blue", "0.4 公里", "0.4 km"), ("green", "1 处", "1 places"), ("orange", "1 类", "1 kinds"), ("red", "3 站", "3 stops"),
    ("night", "1.6 公里", "1.6 km"), ("plan", "2 项", "2 projects"),
])
def test_the_menu_says_each_theme_in_one_figure(opened, theme, zh, en):
    assert themes.summary(themes.facts_of(opened, theme), theme) == (zh, en)


@pytest.mark.parametrize("theme", [theme.code for theme in palette.THEMES])
def test_a_legend_names_only_what_is_on_the_map_and_every_kind_that_is(opened, theme):
    told = read(payload.theme(opened, theme))
    keys = [sign["key"] for sign in told["legend"]]
    assert len(keys) == len(set(keys)) > 0
    for key in keys:
        layer, _, value = key.partition(":")
        features = told["layers"][layer]["features"]
        assert any(value in [str(part).lower() for part in feature["properties"].values()] or not value for feature in features), key
    assert all(set(sign) >= {"key", "zh", "en", "symbol", "color"} for sign in told["legend"])


def test_an_empty_theme_has_an_empty_legend():
    assert read(payload.theme(without("red_walkway"), "red"))["layers"]["red_walkway"]["features"] == []
    assert "red_walkway" not in [sign["key"] for sign in read(payload.theme(without("red_walkway"), "red"))["legend"]]


def test_only_entrances_of_parks_are_drawn_among_the_green(opened):
    assert [feature["id"] for feature in read(payload.theme(opened, "green"))["layers"]["entrances"]["features"]] == ["e2"]


def test_there_is_no_theme_but_those_there_are(opened):
    with pytest.raises(UnknownLayer, match="blue、green、orange、red、night、plan"):
        payload.theme(opened, "base")


def test_an_answer_keeps_the_engines_numbers_and_every_feature(opened):
    end = Study(opened).coverage("CANTEEN", "300m")
    told = read(payload.answer(end))
    assert told["answer"] == end.to_dict()
    assert {name: len(collection["features"]) for name, collection in told["features"].items()} == {
        name: len(frame) for name, frame in end.features.items()
    }
    walked = {feature["id"]: feature["properties"].get("walk_m") for feature in told["features"]["units"]["features"]}
    assert walked == pytest.approx(dict(zip(end.features["units"]["id"], end.features["units"]["walk_m"], strict=True)), abs=0.001)
    assert [shade["from_m"] for shade in told["legend"]["gap"]] == [0, 100, 200, 400]


def test_bands_and_walks_have_their_own_legend(opened):
    assert payload.legend("isochrone") == {"bands": list(palette.BAND_COLORS)}
    assert payload.legend("walk") == {"walk": palette.CHOSEN}
