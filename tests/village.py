"""A village known by heart: 5 × 5 corners, 100 m apart, numbered row by row from the south-west.

    20 21 22 23 24
    15 16 17 18 19
    10 11 12 13 14
     5  6  7  8  9
     0  1  2  3  4

Streets run along every row and column. Everything else is put there by the test that needs it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import shapely

from wanli_geo.network.graph import WalkNetwork, build_network
from wanli_geo.workspace.geojson import layer_of
from wanli_geo.workspace.specs import SPECS
from wanli_geo.workspace.store import Catalogue, Workspace, to_degrees

CRS = "EPSG:4549"
# A corner of the metric grid near Wanli, so that degrees and metres are those of the real place.
ORIGIN = np.array([633_000.0, 3_460_000.0])
SIDE, STEP = 5, 100.0


def corner(number: int) -> np.ndarray:
    """(2,) metres east and north of corner 0."""
    return np.array([number % SIDE, number // SIDE]) * STEP


def streets() -> list[shapely.LineString]:
    """Ten streets, row by row then column by column, in village metres."""
    rows = [shapely.LineString([corner(row * SIDE + column) for column in range(SIDE)]) for row in range(SIDE)]
    columns = [shapely.LineString([corner(row * SIDE + column) for row in range(SIDE)]) for column in range(SIDE)]
    return rows + columns


def village_network() -> WalkNetwork:
    return build_network(np.array(streets()))


Rows = Sequence[tuple[Mapping[str, Any], Any]]


def village(
    *,
    margin_m: float = 1_000.0,
    surveyed: Mapping[str, str] | None = None,
    street_rows: Rows | None = None,
    **layers: Rows,
) -> Workspace:
    """A workspace of the village: each layer as (properties, geometry in village metres); ids, source and accuracy are filled in.

    Args:
        margin_m: how far the data is complete beyond the village's edge; negative: less than the village.
    """
    rows = {"streets": street_rows or [({"kind": "road"}, line) for line in streets()], **layers}
    frames = {name: _layer(name, content) for name, content in rows.items()}
    low, high = ORIGIN - margin_m, ORIGIN + STEP * (SIDE - 1) + margin_m
    extent = to_degrees(shapely.box(*low, *high), CRS)
    catalogue = Catalogue(
        name="小村",
        name_en="Village",
        metric_crs=CRS,
        extent=shapely.geometry.mapping(extent),
        surveyed=dict(surveyed if surveyed is not None else {"CANTEEN": "complete"}),
        layers=dict.fromkeys(rows, _SOURCE),
    )
    return Workspace(catalogue, frames)


_SOURCE: Any = {"source": "测试小村 / test village", "date": "2026-11", "accuracy": "surveyed", "licence": "CC0"}


def _layer(name: str, content: Rows) -> Any:
    properties = [
        {"id": f"{name}-{row}", "source": "village", "accuracy": "surveyed", **dict(own)} for row, (own, _) in enumerate(content)
    ]
    shapes = [shapely.transform(shape, lambda xy: xy + ORIGIN) for _, shape in content]
    return layer_of(SPECS[name], properties, to_degrees(np.array(shapes, dtype=object), CRS) if shapes else [])


def home(x: float, y: float, residents: float | None = 10, **more: Any) -> tuple[dict[str, Any], shapely.Point]:
    return {"residents": residents, **more}, shapely.Point(x, y)


def canteen(x: float, y: float, **more: Any) -> tuple[dict[str, Any], shapely.Point]:
    return {"kind": "CANTEEN", **more}, shapely.Point(x, y)
