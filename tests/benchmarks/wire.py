"""How fast 50,000 polygons of 12 corners and 6 properties become the bytes of a FeatureCollection: ours and geopandas' `to_json`.

    python -m tests.benchmarks.wire

Both write the same: coordinates with 6 decimals, numbers with 3. One process, one after the other in turn, the best of each.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable

import geopandas as gpd
import numpy as np
import shapely

from tests.benchmarks.audit import machine
from wanli_geo.report.wire import DECIMALS, collection

POLYGONS, CORNERS, ROUNDS = 50_000, 12, 5
AIM = 10.0


def town(polygons: int = POLYGONS) -> gpd.GeoDataFrame:
    """Draw houses of a town: a text id and name, a whole number, a length, a status, a flag."""
    chance = np.random.default_rng(1)
    angles = np.linspace(0, 2 * np.pi, CORNERS, endpoint=False)
    middles = chance.uniform((121.38, 31.25), (121.42, 31.29), (polygons, 2))
    rings = middles[:, None] + np.column_stack([np.cos(angles), np.sin(angles)]) * chance.uniform(1e-4, 3e-4, (polygons, CORNERS, 1))
    columns = {
        "id": [f"p{row}" for row in range(polygons)], "name": [f"小区 {row}" for row in range(polygons)],
        "people": chance.integers(0, 900, polygons).astype(float), "walk_m": np.round(chance.uniform(0, 900, polygons), 3),
        "status": chance.choice(["gap", "covered"], polygons), "step_free": chance.random(polygons) > 0.5,
    }
    return gpd.GeoDataFrame(columns, geometry=shapely.polygons(rings), crs="EPSG:4326")


def by_geopandas(layer: gpd.GeoDataFrame) -> bytes:
    rounded = shapely.transform(layer.geometry.to_numpy(), lambda xy: np.round(xy, DECIMALS))
    return layer.set_geometry(rounded, crs=layer.crs).to_json(ensure_ascii=False).encode()


def seconds(work: Callable[[], bytes]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def same(one: bytes, other: bytes) -> bool:
    """Whether both say the same of every feature; geopandas numbers the features, ours gives them their id."""
    shown = [[(feature["geometry"], feature["properties"]) for feature in json.loads(text)["features"]] for text in (one, other)]
    return shown[0] == shown[1]


def main() -> None:
    layer = town()
    columns = list(layer.columns)
    print(machine())
    agree = same(collection(layer, columns), by_geopandas(layer))
    print(f"{POLYGONS:,} polygons, {CORNERS} corners, 6 properties: {'the same' if agree else 'NOT the same'}")
    times = [(seconds(lambda: collection(layer, columns)), seconds(lambda: by_geopandas(layer))) for _ in range(ROUNDS)]
    ours, theirs = (min(column) for column in zip(*times, strict=True))
    print(f"  ours            {ours * 1000:8.0f} ms  {len(collection(layer, columns)) / 1e6:6.1f} MB")
    print(f"  geopandas {gpd.__version__:<6}{theirs * 1000:8.0f} ms  {len(by_geopandas(layer)) / 1e6:6.1f} MB")
    print(f"  {theirs / ours:.1f} × (line {AIM:g} ×: {'kept' if theirs >= AIM * ours else 'NOT kept'})")


if __name__ == "__main__":
    main()
