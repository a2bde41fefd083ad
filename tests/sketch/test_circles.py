"""The life circles are computed from the sketch's own streets, and stay in step with them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import shapely

from tests.sketch.circles import circles
from wanli_geo.study import open_study


def test_the_bundled_circles_are_those_that_the_streets_give(wanli: Path) -> None:
    study = open_study(wanli)
    rows, areas = circles(study)
    kept = study.workspace.layer("life_circles").set_index("id")
    assert sorted(kept.index) == sorted(row["id"] for row in rows)
    for row, area in zip(rows, areas, strict=True):
        drawn = kept.geometry.loc[row["id"]]
        assert shapely.area(shapely.symmetric_difference(drawn, area)) < 1e-4 * shapely.area(area)


def test_the_circles_of_one_origin_nest(wanli: Path) -> None:
    layer = open_study(wanli).workspace.metric("life_circles").sort_values("minutes")
    for _, bands in layer.groupby("origin"):
        shapes = bands.geometry.to_numpy()
        assert len(shapes) == 3
        assert np.all(shapely.area(shapely.difference(shapes[:-1], shapes[1:])) < 1.0)
