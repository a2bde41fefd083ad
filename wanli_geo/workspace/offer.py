"""Everything one walks to, gathered once: each facility, park, green and water access with its doors, its hours and its area."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from wanli_geo.workspace.hours import Day, usable
from wanli_geo.workspace.services import edge_doors, in_service, source_of
from wanli_geo.workspace.store import Workspace

Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]
_LAYERS = ("facilities", "green_vein", "water_access")


@dataclass(frozen=True, eq=False)
class Offer:
    """What there is to walk to, whoever asks and whenever.

    Attributes:
        ids, names, names_en, layer: (f,) texts, None where not named.
        kind: (f,) the kind as its layer has it: a facility's code, `park` and the like.
        used: (f,) neither planned, under works nor closed, and not out of use; `in_use` (f,) said to be in use; `planned` (f,) planned or
            under works.
        hours: (f,) opening hours as written, None where not known.
        area_m2: (f,) as recorded, else of its own polygon; NaN where neither is known. `drawn` (f,) whether it is the polygon's: all of
            the land, but of a building's floors no more than the lowest.
        shapes: (f,) as drawn, metric; `xy` (f, 2) a point of it.
        door_of: (d,) row of the one each door belongs to, used ones only; `doors` (d, 2) metric.
        door_hours: (d,) of a recorded entrance; `door_level` (d,) whether one gets in there without steps, so where it is not stated.
        assumed: (f,) used ones without a recorded entrance: entered where they stand, an area anywhere along its edge.
    """

    ids: NDArray[np.object_]
    names: NDArray[np.object_]
    names_en: NDArray[np.object_]
    layer: NDArray[np.object_]
    kind: NDArray[np.object_]
    used: Flags
    in_use: Flags
    planned: Flags
    hours: NDArray[np.object_]
    area_m2: NDArray[np.float64]
    drawn: Flags
    shapes: NDArray[np.object_]
    xy: NDArray[np.float64]
    door_of: NDArray[np.int64]
    doors: NDArray[np.float64]
    door_hours: NDArray[np.object_]
    door_level: Flags
    assumed: Flags

    def of(self, kinds: Iterable[str]) -> Flags:
        """(f,) whether each is of one of these kinds of the taxonomy, wherever their features stand."""
        found = np.zeros(len(self.ids), dtype=bool)
        for source in map(source_of, kinds):
            ours = self.layer == source.layer
            if source.kinds is not None:
                ours &= np.isin(self.kind, [*source.kinds, ""])
            found |= ours & (shapely.get_dimensions(self.shapes) == 2) if source.areas else ours
        return found

    def open_at(self, day: Day, minute: int) -> Flags:
        """(f,) whether each keeps open hours then; one without hours on record counts as open."""
        return usable(self.hours.tolist(), day, minute)

    def doors_at(self, day: Day, minute: int, *, steps: bool) -> Flags:
        """(d,) doors one may enter by then, without `steps` those without any."""
        return usable(self.door_hours.tolist(), day, minute) & (steps | self.door_level)


def offer_of(workspace: Workspace) -> Offer:
    """Gather the facilities, the parks and greens, and the places where one comes to the water."""
    parts = [workspace.metric(name) for name in _LAYERS]
    layer = np.repeat(np.array(_LAYERS, dtype=object), [len(part) for part in parts])
    shapes = np.concatenate([part.geometry.to_numpy() for part in parts])
    used = np.concatenate([in_service(part) for part in parts])
    recorded = _column(parts, "area_m2").astype(np.float64)
    drawn = np.where(shapely.get_dimensions(shapes) == 2, shapely.area(shapes), np.nan)
    ids = _column(parts, "id")
    # A park is entered somewhere along its edge, whatever its paths are like; the others by the way they have.
    own_level = (_column(parts, "step_free") != False) | (layer == "green_vein")  # noqa: E712 - not stated counts as level
    entrances = workspace.metric("entrances")
    owner, entrance = _owners(entrances["of"].to_numpy(object), ids, layer, used)
    bare = np.setdiff1d(np.flatnonzero(used), owner)
    edge_of, edge_xy = edge_doors(shapes, bare)
    return Offer(
        ids=ids,
        names=_column(parts, "name"),
        names_en=_column(parts, "name_en"),
        layer=layer,
        kind=_column(parts, "kind"),
        used=used,
        in_use=used & (_column(parts, "in_use") == True),  # noqa: E712
        planned=np.isin(_column(parts, "status"), ["planned", "works"]),
        hours=_column(parts, "open_hours"),
        area_m2=np.where(np.isnan(recorded), drawn, recorded),
        drawn=np.isnan(recorded) & ~np.isnan(drawn),
        shapes=shapes,
        xy=shapely.get_coordinates(shapely.point_on_surface(shapes)).reshape(-1, 2),
        door_of=np.concatenate([owner, edge_of]),
        doors=np.concatenate([shapely.get_coordinates(entrances.geometry.to_numpy()[entrance]).reshape(-1, 2), edge_xy]),
        door_hours=np.concatenate([_texts(entrances["open_hours"])[entrance], np.full(len(edge_of), None, dtype=object)]),
        door_level=np.concatenate([entrances["step_free"].fillna(True).to_numpy(bool)[entrance], own_level[edge_of]]),
        assumed=np.isin(np.arange(len(ids)), bare),
    )


def _owners(of: NDArray[np.object_], ids: NDArray[np.object_], layer: NDArray[np.object_], used: Flags) -> tuple[Ints, Ints]:
    """Pair each entrance with the used feature it is of: (row of the offer, row of the entrances).

    Ids are unique within a layer only; an entrance of an id that two layers have serves both, as where each is asked for by itself.
    """
    owners, entrances = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
    for name in _LAYERS:
        row_of = {ids[row]: row for row in np.flatnonzero(used & (layer == name)).tolist()}
        owner = np.array([row_of.get(identity, -1) for identity in of], dtype=np.int64)
        entrances.append(np.flatnonzero(owner >= 0))
        owners.append(owner[entrances[-1]])
    return np.concatenate(owners), np.concatenate(entrances)


def _column(parts: list[gpd.GeoDataFrame], name: str) -> NDArray[np.object_]:
    """One column of all layers, one after the other; None where a layer has none or the value is missing."""
    return np.concatenate([_texts(part[name]) if name in part else np.full(len(part), None, dtype=object) for part in parts])


def _texts(values: pd.Series[object]) -> NDArray[np.object_]:
    return values.astype(object).where(values.notna(), None).to_numpy(object)
