"""What a sign calls a place: read where it can mean one place only, never guessed."""

from __future__ import annotations

from typing import Any

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from tests.village import village
from wanli_geo.workspace.named import Names, names_of, shortens
from wanli_geo.workspace.store import open_workspace

POINT = shapely.Point(0, 0)


def at(x: float, y: float, kind: str = "CANTEEN", **more: Any) -> Any:
    return {"kind": kind, **more}, shapely.Point(x, y)


def names(**layers: Any) -> Names:
    return names_of(village(**layers))


@pytest.mark.parametrize(("text", "how", "name"), [
    ("万里公园", "by_name", "万里公园"), ("万里 公园", "by_name", "万里公园"), ("wanli park", "by_name", "万里公园"),
    ("新泉路小学", "by_bare_name", "新泉路小学（示意）"), ("新泉路小学（南门）", "by_bare_name", "新泉路小学（示意）"),
    ("富水路步道", "by_short_name", "富水路红色步道"), ("红色步道", "by_short_name", "富水路红色步道"),
    ("新村路地铁站", "by_name", "新村路地铁站"), ("香泉苑", "by_name", "香泉小区"),
])
def test_a_whole_name_a_name_without_brackets_and_a_shortened_one_are_understood(text: str, how: str, name: str) -> None:
    known = names(
        green_vein=[({"kind": "park", "name": "万里公园", "name_en": "Wanli Park"}, shapely.box(0, 0, 50, 50))],
        facilities=[at(300, 0, "EDU_PRIMARY", name="新泉路小学（示意）"), at(300, 300, "METRO", name="新村路")],
        red_walkway=[({"name": "富水路红色步道"}, shapely.LineString([(0, 0), (400, 0)]))],
        compounds=[({"name": "香泉小区", "other_names": ["香泉苑"]}, shapely.box(110, 110, 190, 190))],
    )
    called = known.called(text)
    assert (called.how, called.place and called.place.name) == (how, name)


def test_two_places_of_one_name_are_told_and_none_is_chosen() -> None:
    called = names(facilities=[at(0, 0, name="食堂"), at(400, 400, name="食堂")]).called("食堂")
    assert (called.how, called.place, called.near) == ("several_places", None, ("食堂",))
    called = names(facilities=[at(0, 0, name="东食堂"), at(400, 400, name="西食堂")]).called("食堂")
    assert (called.how, called.near) == ("several_places", ("东食堂", "西食堂"))


def test_exits_of_one_station_and_pieces_of_one_street_are_one_place() -> None:
    exits = [at(0, 0, "METRO", name="新村路站"), at(150, 0, "METRO", name="新村路站"), at(300, 0, "METRO", name="新村路站")]
    assert names(facilities=exits).called("新村路站").place.rows == (0, 1, 2)  # each near to the one before
    pieces = [({"kind": "road", "name": "真金路"}, shapely.LineString([(0, y), (0, y + 50)])) for y in (0, 400)]
    assert names(street_rows=[({"kind": "road"}, shapely.LineString([(0, 0), (9, 9)])), *pieces]).called("真金路").place.rows == (1, 2)


def test_an_unknown_name_is_answered_by_names_like_it() -> None:
    called = names(facilities=[at(0, 0, name="万里公园")]).called("万里公圆")
    assert (called.how, called.place, called.near) == ("no_place", None, ("万里公园",))
    assert names().called("哪里").near == ()


def test_every_name_of_the_sketch_that_one_place_has_finds_that_place() -> None:
    known = names_of(open_workspace())
    assert len(known.places) > 400
    for place in known.places:
        called = known.called(place.name)
        assert called.how in ("by_name", "several_places")
        assert called.place is None or called.place.name == place.name


@given(st.text("横港滨水步道园", min_size=3, max_size=8), st.data())
def test_leaving_one_piece_out_shortens_a_name_and_nothing_else_does(name: str, data: st.DataObject) -> None:
    low = data.draw(st.integers(0, len(name) - 1))
    high = data.draw(st.integers(low + 1, len(name)))
    text = name[:low] + name[high:]
    assert shortens(text, name) == (len(text) >= 2)
    assert not shortens(name, name)
    assert not shortens(f"{text}甲", name)
