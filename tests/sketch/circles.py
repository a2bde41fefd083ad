"""Compute the life circles of the sketch from its own streets: `python -m tests.sketch.circles`. Never drawn by hand.

Run it after `tests.sketch.draw`: 5, 10 and 15 minutes from the service hub at an adult's pace, and from each integrated elder centre
within the boundary at an elder's.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import shapely

from wanli_geo.study import Study, open_study
from wanli_geo.workspace.geojson import layer_bytes, layer_of, write_atomic
from wanli_geo.workspace.services import in_service
from wanli_geo.workspace.specs import SPECS
from wanli_geo.workspace.store import bundled

WALKERS = {"HUB": "adult", "ELDER_CENTRE": "elder"}
METHOD = "沿步行路网按步速计算并计入过街等候，wanli-geo isochrone / walked along the streets at the profile's speed, waits at crossings counted"


def circles(study: Study) -> tuple[list[dict[str, Any]], list[shapely.Geometry]]:
    """Rows and WGS84 areas of the layer, origin by origin, shortest walk first."""
    workspace = study.workspace
    facilities = workspace.layer("facilities")
    inside = shapely.intersects(shapely.union_all(workspace.layer("boundary").geometry.to_numpy()), facilities.geometry.to_numpy())
    origins = facilities[facilities["kind"].isin(WALKERS) & in_service(facilities) & inside].sort_values("id")
    rows: list[dict[str, Any]] = []
    areas: list[shapely.Geometry] = []
    for origin in origins.itertuples():
        profile = WALKERS[origin.kind]
        bands = study.isochrone(origin.geometry.x, origin.geometry.y, minutes=(5, 10, 15), profile=profile).features["bands"]
        for band in bands.itertuples():
            rows.append(
                {
                    "id": f"lc-{origin.id.removeprefix('fa-')}-{band.minutes:02.0f}",
                    "name": f"{origin.name} {band.minutes:.0f} 分钟",
                    "name_en": f"{origin.name_en}, {band.minutes:.0f} minutes" if origin.name_en else None,
                    "origin": origin.id,
                    "minutes": round(band.minutes),
                    "metres": round(band.metres),
                    "profile": profile,
                    "method": METHOD,
                    "source": "由示意路网计算 / computed from the sketched streets",
                    "accuracy": "sketch",
                    "public": True,
                }
            )
            areas.append(band.geometry)
    return rows, areas


def file(study: Study) -> bytes:
    spec = SPECS["life_circles"]
    return layer_bytes(layer_of(spec, *circles(study)), spec)


def main(folder: Path) -> None:
    write_atomic(folder / SPECS["life_circles"].file, file(open_study(folder)))


if __name__ == "__main__":
    main(bundled())
