"""A walk told in words."""

from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given, settings

from tests.network.test_pace import town
from tests.network.test_search import crooked_towns, spots
from tests.village import canteen, home, streets, village
from wanli_geo.network.search import meet, route, spread, stretch
from wanli_geo.network.snap import snap
from wanli_geo.network.turns import stretches
from wanli_geo.study import Study


def line(*xy: tuple[float, float], kind: str = "road", **more: object) -> tuple[dict[str, object], shapely.LineString]:
    return {"kind": kind, **more}, shapely.LineString(xy)


def test_a_walk_is_told_by_street_and_turn_in_two_languages() -> None:
    # East along 富水路, north over a crossing without a name, then left, westward, along 真北路; the door is 5 m to its north.
    rows = [line((0, 0), (100, 0), (200, 0), name="富水路", name_en="Fushui Road"), line((200, 0), (200, 20), kind="crossing"),
            line((200, 20), (80, 20), name="真北路")]
    answer = Study(village(street_rows=rows, homes=[home(30, -12)], facilities=[canteen(90, 25)])).walk("homes-0", "CANTEEN")
    turns = answer.tables["turns"]
    assert turns["turn"].tolist() == ["start", "go", "left", "left", "end"]
    assert turns["zh"].tolist() == ["从家走到路上 12 米", "沿富水路走 170 米", "左转，过马路 20 米", "左转，沿真北路走 110 米", "从路上走到门口 5 米"]
    assert turns["en"].tolist() == ["From home to the street, 12 m", "Along Fushui Road, 170 m", "Turn left, over the crossing, 20 m",
                                    "Turn left, along 真北路, 110 m", "From the street to the door, 5 m"]
    assert turns["metres"].sum() == pytest.approx(answer.fact("walk_m"), abs=0.001)


def test_right_is_right() -> None:
    rows = [line((0, 0), (100, 0), name="甲"), line((100, 0), (100, -100), name="乙")]
    turns = Study(village(street_rows=rows, homes=[home(0, 0)], facilities=[canteen(100, -90)])).walk("homes-0", "CANTEEN").tables["turns"]
    assert turns["turn"].tolist() == ["go", "right"]


@pytest.mark.parametrize("mode", ["distance", "time"])
def test_the_metres_told_add_up_to_the_walk(mode: str) -> None:
    random = np.random.default_rng(3)
    rows = [({"kind": "road", "name": f"{number}号路"}, one) for number, one in enumerate(streets())]
    homes = [home(*random.uniform(-40, 440, 2), 5) for _ in range(20)]
    study = Study(village(street_rows=[*rows, line((0, 0), (100, 100), kind="crossing")], homes=homes, facilities=[canteen(210, 190)]))
    for number in range(20):
        answer = study.walk(f"homes-{number}", "CANTEEN", mode=mode)
        assert answer.tables["turns"]["metres"].sum() == pytest.approx(answer.fact("walk_m"), abs=0.001)
        assert (answer.tables["turns"]["metres"] > -1e-6).all()


@given(crooked_towns(), spots, spots)
@settings(max_examples=200, deadline=None)
def test_the_stretches_told_are_the_route_drawn(lines: list[list[tuple[float, float]]], a: tuple[float, float], b: tuple[float, float]) -> None:
    network = town(*lines)
    doors, homes = snap(network, np.array([b])), snap(network, np.array([a]))
    field = spread(network, doors)
    walks = meet(network, field, homes, 1)
    told = [stretch(network, one.edge, one.start, one.end) for one in stretches(network, field, homes, walks, 0)]
    drawn = route(network, field, homes, walks, 0)
    assert sum(np.hypot(*np.diff(xy, axis=0).T).sum() for xy in told) == pytest.approx(np.hypot(*np.diff(drawn, axis=0).T).sum(), abs=1e-6)
    for one, other in pairwise(told):
        assert one[-1] == pytest.approx(other[0], abs=1e-6)
