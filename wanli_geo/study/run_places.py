"""What a runner may need on the way: toilets, water, AEDs; which are open at the hour, and the walk from the line to each."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from wanli_geo.network.graph import Floats, Ints
from wanli_geo.network.search import nearest
from wanli_geo.network.snap import Attachments, snap
from wanli_geo.routes.alongside import STEP_M
from wanli_geo.routes.line import Route, at, locate
from wanli_geo.routes.stretches import middles
from wanli_geo.study.ground import Ground
from wanli_geo.workspace.hours import usable
from wanli_geo.workspace.services import in_service, services_of
from wanli_geo.workspace.store import to_degrees

# What counts on the way → its kind among the facilities.
KINDS = {"toilet": "TOILET", "water": "DRINKING_WATER", "aed": "AED"}
# A facility farther from the line than this is no use to who runs there; those of the run itself are all told.
_TOLD_M = 500.0
# Two records of one kind nearer than this are one place, recorded in both layers.
_SAME_M = 15.0
_COLUMNS = ["source_id", "kind", "name", "name_en", "open_hours"]


@dataclass(frozen=True, eq=False)
class Places:
    """Places by the run: `rows` with kind, name, open_hours, open; `doors` (d, 2) metric, `door_of` (d,) the row of each."""

    rows: pd.DataFrame
    doors: Floats
    door_of: Ints


def places(ground: Ground) -> Places:
    """Gather the amenities of the run and the facilities of these kinds that stand; one recorded in both layers once."""
    amenities = ground.workspace.metric("run_amenities")
    amenities = amenities[in_service(amenities) & (amenities["kind"] != "start").to_numpy(bool)]
    frames = [amenities.rename(columns={"id": "source_id"})[_COLUMNS]]
    doors, door_of = [shapely.get_coordinates(amenities.geometry.to_numpy()).reshape(-1, 2)], [np.arange(len(amenities))]
    kinds = amenities["kind"].to_numpy(object)
    for kind, code in KINDS.items():
        services = services_of(ground.workspace, code, ground.day, ground.minute)
        run = shapely.multipoints(doors[0][kinds == kind])
        new = shapely.distance(shapely.points(services.doors), run) > _SAME_M if (kinds == kind).any() else np.ones(len(services.doors), dtype=bool)
        kept = np.setdiff1d(services.door_of[new], services.door_of[~new])
        own = services.features.iloc[kept].rename(columns={"id": "source_id"}).assign(kind=kind)
        chosen = np.isin(services.door_of, kept)
        door_of.append(sum(map(len, frames)) + np.searchsorted(kept, services.door_of[chosen]))
        doors.append(services.doors[chosen])
        frames.append(own[_COLUMNS])
    rows = pd.concat([pd.DataFrame(frame).astype(object) for frame in frames], ignore_index=True)
    hours = [value if isinstance(value, str) else None for value in rows["open_hours"]]
    rows["open"] = usable(hours, ground.day, ground.minute)
    rows["hours_known"] = [value is not None for value in hours]
    return Places(rows, np.concatenate(doors), np.concatenate(door_of).astype(np.int64))


def walk_to_places(ground: Ground, route: Route, found: Places) -> Floats:
    """(k,) metres over the network from the nearest point of the route to each place; `inf` where no street leads."""
    if not len(found.doors):
        return np.full(len(found.rows), np.inf)
    walks = nearest(ground.network, _attached(ground, at(route, middles(route.length_m, STEP_M))), _attached(ground, found.doors), len(found.doors))
    metres = np.full(len(found.rows), np.inf)
    np.minimum.at(metres, found.door_of, walks.metres)
    return metres


def walk_from(ground: Ground, xy: Floats, found: Places, kind: str) -> Floats:
    """(p,) metres over the network from places on the route to the nearest place of a kind that is open; `inf` where there is none."""
    chosen = (found.rows["kind"] == kind).to_numpy(bool) & found.rows["open"].to_numpy(bool)
    doors = found.doors[chosen[found.door_of]]
    if not len(doors):
        return np.full(len(xy), np.inf)
    return nearest(ground.network, _attached(ground, doors), _attached(ground, xy), len(xy)).metres


def _attached(ground: Ground, xy: Floats) -> Attachments:
    return snap(ground.network, xy, barred_by=ground.closed_ground)


def amenity_features(ground: Ground, route: Route, found: Places) -> gpd.GeoDataFrame:
    """The amenities of the run, and the facilities within a walk of it, in the order of their chainage."""
    walk = walk_to_places(ground, route, found)
    first = np.array([found.doors[found.door_of == row][0] if (found.door_of == row).any() else [np.nan, np.nan] for row in range(len(found.rows))])
    where = locate(route, first.reshape(-1, 2))
    run = found.rows["source_id"].isin(ground.workspace.layer("run_amenities")["id"]).to_numpy(bool)
    told = np.flatnonzero((run | (walk <= _TOLD_M)) & np.isfinite(first.reshape(-1, 2)).all(axis=1))
    told = told[np.argsort(where.chainage[told], kind="stable")]
    rows = found.rows.iloc[told]
    columns = {
        "id": [f"amenity-{number}" for number in range(1, len(told) + 1)], **{name: rows[name].to_numpy(object) for name in _COLUMNS},
        "open": np.where(rows["hours_known"], rows["open"], None),
        "chainage_m": where.chainage[told], "offset_m": where.offset[told], "walk_m": np.where(np.isfinite(walk[told]), walk[told], np.nan),
    }
    shapes = to_degrees(shapely.points(first.reshape(-1, 2)[told]), ground.workspace.catalogue.metric_crs)
    return gpd.GeoDataFrame(columns, geometry=list(shapes), crs="EPSG:4326")
