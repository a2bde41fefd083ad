"""Which residents' committee each unit belongs to: the one it names, else the one it lies in, else none."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from wanli_geo.workspace.people import Demand
from wanli_geo.workspace.store import Workspace

# Less of an overlap is the drawing's: of the smaller of two areas.
OVERLAP_SHARE = 0.01


@dataclass(frozen=True, eq=False)
class Committees:
    """The committees' areas and whose each unit is.

    Attributes:
        ids, names, names_en: (c,) of each committee; a name missing is its id.
        shapes: (c,) metric areas.
        of_unit: (u,) row of each unit's committee, -1 for none.
        overlapping: pairs of ids whose areas overlap; a place in both belongs to the one whose id comes first.
        unknown: (u,) units that name a committee there is none of.
    """

    ids: NDArray[np.object_]
    names: NDArray[np.object_]
    names_en: NDArray[np.object_]
    shapes: NDArray[np.object_]
    of_unit: NDArray[np.int64]
    overlapping: tuple[tuple[str, str], ...]
    unknown: NDArray[np.bool_]

    def at(self, xy: NDArray[np.float64]) -> NDArray[np.int64]:
        """(p,) row of the committee each metric position (p, 2) lies in, of several the first; -1 for none."""
        return _containing(self.shapes, xy)


def committees_of(workspace: Workspace, demand: Demand) -> Committees:
    """Say of every unit which committee it belongs to."""
    layer = workspace.metric("committees").sort_values("id", ignore_index=True)
    ids, shapes = layer["id"].to_numpy(object), layer.geometry.to_numpy()
    row_of = {identity: row for row, identity in enumerate(ids)}
    said = np.full(len(demand.unit_ids), None, dtype=object)
    inside = demand.unit_compound >= 0
    said[inside] = workspace.layer("compounds")["committee_id"].to_numpy(object)[demand.unit_compound[inside]]
    of_unit = np.array([row_of.get(identity, -1) for identity in said], dtype=np.int64)
    unknown = np.array([isinstance(identity, str) and identity not in row_of for identity in said], dtype=bool)
    lost = np.flatnonzero(of_unit < 0)
    of_unit[lost] = _containing(shapes, _middles(workspace, demand)[lost])
    names = layer["name"].where(layer["name"].notna(), layer["id"]).to_numpy(object)
    english = layer["name_en"].where(layer["name_en"].notna(), layer["name"].where(layer["name"].notna(), layer["id"])).to_numpy(object)
    return Committees(ids, names, english, shapes, of_unit, _overlaps(ids, shapes), unknown)


def _middles(workspace: Workspace, demand: Demand) -> NDArray[np.float64]:
    """(u, 2) a point inside each compound; of a lone house where it stands."""
    middles = np.empty((len(demand.unit_ids), 2))
    inside = demand.unit_compound >= 0
    outlines = workspace.metric("compounds").geometry.to_numpy()
    middles[inside] = shapely.get_coordinates(shapely.point_on_surface(outlines[demand.unit_compound[inside]])).reshape(-1, 2)
    lone = demand.compound < 0
    middles[demand.unit[lone]] = demand.xy[lone]
    return middles


def _containing(shapes: NDArray[np.object_], xy: NDArray[np.float64]) -> NDArray[np.int64]:
    found = np.full(len(xy), len(shapes), dtype=np.int64)
    if len(shapes) and len(xy):
        point, shape = shapely.STRtree(shapes).query(shapely.points(xy), predicate="intersects")
        np.minimum.at(found, point, shape)
    return np.where(found < len(shapes), found, -1)


def _overlaps(ids: NDArray[np.object_], shapes: NDArray[np.object_]) -> tuple[tuple[str, str], ...]:
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects") if len(shapes) else np.empty((2, 0), dtype=np.int64)
    one, other = one[one < other], other[one < other]
    shared = shapely.area(shapely.intersection(shapes[one], shapes[other]))
    real = shared > OVERLAP_SHARE * np.minimum(shapely.area(shapes[one]), shapely.area(shapes[other]))
    return tuple(sorted((str(ids[a]), str(ids[b])) for a, b in zip(one[real], other[real], strict=True)))
