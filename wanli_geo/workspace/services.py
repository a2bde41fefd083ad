"""What one walks to: the facilities of a kind and their doors, and the gates one may pass."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from wanli_geo.workspace.hours import Day, usable
from wanli_geo.workspace.kinds import kind_of
from wanli_geo.workspace.store import Workspace

# A day and a minute of that day when the office asks by default: a working Tuesday, ten o'clock.
DAYTIME: tuple[Day, int] = ("Tu", 600)
# A gate farther than this from its compound is a slip of the pen or of another place: nobody is led through it.
GATE_M = 100.0
# A park whose entrances nobody has recorded is entered anywhere along its edge, looked at every so many metres.
EDGE_STEP_M = 25.0
# Coordinates are of a centimetre: an outline may be drawn half of it too far in, all along.
DRAWN_WITHIN_M = 0.005


@dataclass(frozen=True)
class Source:
    """Where the features of a kind of service stand.

    `layer`, and of it the rows whose `kind` is one of `kinds` (None: every row), where `areas` only those with an area.
    `level_by_row`: where no entrance is recorded, the row's own `step_free` says whether one gets in without steps.
    """

    layer: str
    kinds: tuple[str, ...] | None
    areas: bool = False
    level_by_row: bool = False


# Kinds whose features stand in layers of their own; all others are rows of the facilities of that kind.
_ELSEWHERE = {
    "PARK": Source("green_vein", ("park", "pocket_park")),
    "GREEN": Source("green_vein", ("park", "pocket_park", "street_green"), areas=True),
    "WATER_ACCESS": Source("water_access", None, level_by_row=True),
}


def source_of(code: str) -> Source:
    """Say where the features of a kind stand."""
    return _ELSEWHERE.get(code) or Source("facilities", (code,), level_by_row=True)


def features_of(workspace: Workspace, code: str) -> gpd.GeoDataFrame:
    """Give all features of a kind, counted or not, in WGS84 and in the order of their layer."""
    source = source_of(code)
    layer = workspace.layer(source.layer)
    wanted = np.ones(len(layer), dtype=bool) if source.kinds is None else layer["kind"].isin(source.kinds).to_numpy(bool)
    if source.areas:
        wanted = wanted & (shapely.get_dimensions(layer.geometry.to_numpy()) == 2)
    return layer[wanted].reset_index(drop=True)


@dataclass(frozen=True, eq=False)
class Services:
    """The facilities of one kind.

    Attributes:
        features: (f,) rows of the layer they come from, WGS84; `used` (f,) whether each counts: neither planned nor closed, and as
            large as asked for.
        door_of: (d,) row of the facility each door belongs to, used ones only; `doors` (d, 2) metric coordinates.
        assumed: facilities without a recorded entrance, entered at their point or edge.
        shut: (f,) used ones whose recorded entrances are all shut at the time asked for: they have no door then.
        area_m2: (f,) land: the `area_m2` of a facility where it is stated, else of the polygon; NaN where it is not known.
        small: (f,) known to be smaller than asked for, in service or not; none where no least area was asked for.
        unsized: (f,) in service, but not counted because nobody knows how large it is; none where no least area was asked for.
    """

    features: gpd.GeoDataFrame
    used: NDArray[np.bool_]
    door_of: NDArray[np.int64]
    doors: NDArray[np.float64]
    assumed: int
    shut: NDArray[np.bool_]
    area_m2: NDArray[np.float64]
    small: NDArray[np.bool_]
    unsized: NDArray[np.bool_]

    @property
    def planned(self) -> bool:
        """Whether any is planned or under works."""
        return bool("status" in self.features and self.features["status"].isin(("planned", "works")).any())


def services_of(
    workspace: Workspace, code: str, day: Day = DAYTIME[0], minute: int = DAYTIME[1], *, steps: bool = True, min_area_m2: float = 0.0
) -> Services:
    """Gather the facilities of a kind and the doors open on `day` at `minute` of it.

    `PARK` means the parks of the green vein, `GREEN` all its areas, `WATER_ACCESS` the places to reach the water.
    An entrance without hours is taken as open; a facility all of whose recorded entrances are shut then has no door. Without `steps`
    neither does one that is entered by steps only. With `min_area_m2` only what is known to be at least as large counts; a feature of
    several parts is as large as all of them together.

    Raises:
        UnknownKind: the taxonomy has no such kind.
    """
    kind = kind_of(code)
    features = features_of(workspace, kind.code)
    shapes = features.to_crs(workspace.catalogue.metric_crs).geometry.to_numpy()
    area_m2 = _land(features, shapes)
    small, unknown = _below(area_m2, shapes, min_area_m2)
    standing = in_service(features)
    used = standing & ~small & ~unknown
    entrances = workspace.metric("entrances")
    row_of = {identity: row for row, identity in enumerate(features["id"]) if used[row]}
    owner = np.array([row_of.get(identity, -1) for identity in entrances["of"]], dtype=np.int64)
    recorded = (owner >= 0) & usable(entrances["open_hours"].tolist(), day, minute) & (steps | _level(entrances))
    bare = np.setdiff1d(np.flatnonzero(used), owner)
    shut = np.isin(np.arange(len(features)), np.setdiff1d(owner[owner >= 0], owner[recorded]))
    if source_of(kind.code).level_by_row and not steps:
        stepped = bare[~_level(features)[bare]]
        shut[stepped], bare = True, np.setdiff1d(bare, stepped)
    edge_of, edge_xy = edge_doors(shapes, bare)
    return Services(
        features=features,
        used=used,
        door_of=np.concatenate([owner[recorded], edge_of]),
        doors=np.concatenate([shapely.get_coordinates(entrances.geometry.to_numpy()[recorded]).reshape(-1, 2), edge_xy]),
        assumed=len(bare),
        shut=shut,
        area_m2=area_m2,
        small=small,
        unsized=standing & unknown,
    )


def _land(features: gpd.GeoDataFrame, shapes: NDArray[np.object_]) -> NDArray[np.float64]:
    """(f,) land area: as stated in the features' `area_m2`, else of the polygon; NaN where neither is."""
    drawn = np.where(shapely.get_dimensions(shapes) == 2, shapely.area(shapes), np.nan)
    stated = features["area_m2"].to_numpy(np.float64) if "area_m2" in features else np.full(len(features), np.nan)
    return np.where(np.isnan(stated), drawn, stated)


def _below(area_m2: NDArray[np.float64], shapes: NDArray[np.object_], least_m2: float) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """(f,) whether each is known to be smaller than the least, and whether that cannot be told; nothing is where the least is 0."""
    if least_m2 <= 0:
        return np.zeros(len(area_m2), dtype=bool), np.zeros(len(area_m2), dtype=bool)
    slack_m2 = DRAWN_WITHIN_M * np.where(area_m2 == shapely.area(shapes), shapely.length(shapes), 0.0)
    return area_m2 + slack_m2 < least_m2, np.isnan(area_m2)


def in_service(features: gpd.GeoDataFrame) -> NDArray[np.bool_]:
    """(n,) whether a feature stands and is open: neither planned, under works nor closed, and not marked as out of use."""
    stands = features["status"].isna() | (features["status"] == "existing")
    if "in_use" in features:
        stands &= features["in_use"].fillna(True).astype(bool)
    return stands.to_numpy(bool)


def edge_doors(shapes: NDArray[np.object_], rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Doors of facilities without recorded entrances: the point itself, or points along the outline or line."""
    edge = shapely.get_type_id(shapes[rows]) != 0
    outline = np.where(shapely.get_dimensions(shapes[rows]) == 2, shapely.boundary(shapes[rows]), shapes[rows])
    outline[edge] = shapely.segmentize(outline[edge], EDGE_STEP_M)
    xy, owner = shapely.get_coordinates(outline, return_index=True)
    return rows[owner].astype(np.int64), xy.reshape(-1, 2)


@dataclass(frozen=True, eq=False)
class Gates:
    """The gates one may pass at the time asked for: `ids` (g,), metric `xy` (g, 2), `compound` (g,) row, `residents_only` (g,).

    `shut` (g,): closed then, as are all gates of its compound: its residents let themselves in and out, nobody else does.
    `far`: how many gates lie more than 100 m from their compound and are left out.
    """

    ids: NDArray[np.object_]
    xy: NDArray[np.float64]
    compound: NDArray[np.int64]
    residents_only: NDArray[np.bool_]
    shut: NDArray[np.bool_]
    far: int


def gates_of(workspace: Workspace, day: Day = DAYTIME[0], minute: int = DAYTIME[1], *, steps: bool = True) -> Gates:
    """Gather the gates that stand and are open on `day` at `minute` of it; a gate without hours is taken as open.

    Where a compound's gates are all closed then, its residents still come and go, by the gate that is open longest of a day: they have
    the key of that one. Without `steps` only gates without steps are taken.
    """
    gates = workspace.metric("gates")
    row_of = {identity: row for row, identity in enumerate(workspace.layer("compounds")["id"])}
    compound = np.array([row_of.get(identity, -1) for identity in gates["compound_id"]], dtype=np.int64)
    stands = in_service(gates) & (compound >= 0) & (steps | _level(gates))
    outlines = workspace.metric("compounds").geometry.to_numpy()
    far = np.zeros(len(gates), dtype=bool)
    far[stands] = shapely.distance(outlines[compound[stands]], gates.geometry.to_numpy()[stands]) > GATE_M
    stands &= ~far
    is_open = stands & usable(gates["open_hours"].tolist(), day, minute)
    shut = stands & ~np.isin(compound, compound[is_open])
    shut[shut] = _open_longest(compound[shut], np.array(gates["open_hours"].tolist(), dtype=object)[shut], day)
    passable = is_open | shut
    return Gates(
        ids=gates["id"].to_numpy(object)[passable],
        xy=shapely.get_coordinates(gates.geometry.to_numpy()).reshape(-1, 2)[passable],
        compound=compound[passable],
        residents_only=(gates["residents_only"].fillna(False).astype(bool).to_numpy() | shut)[passable],
        shut=shut[passable],
        far=int(far.sum()),
    )


def _open_longest(compound: NDArray[np.int64], hours: NDArray[np.object_], day: Day) -> NDArray[np.bool_]:
    """(k,) whether no gate of the same compound is open for more of the day, looked at every quarter of an hour."""
    open_for = np.sum([usable(hours.tolist(), day, minute) for minute in range(0, 1440, 15)], axis=0, dtype=np.int64)
    longest = np.zeros(int(compound.max(initial=-1)) + 1, dtype=np.int64)
    np.maximum.at(longest, compound, open_for)
    return np.asarray(open_for == longest[compound])


def _level(features: gpd.GeoDataFrame) -> NDArray[np.bool_]:
    """(n,) whether one gets in without steps; so where it is not stated."""
    return features["step_free"].fillna(True).astype(bool).to_numpy()
