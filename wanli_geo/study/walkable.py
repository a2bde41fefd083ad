"""A workspace as something to be walked elsewhere: every street, gate and door with its hours, nothing decided yet."""

from __future__ import annotations

from collections.abc import Iterable

import geopandas as gpd
import numpy as np
import shapely

from wanli_geo.access.reach import PROFILES
from wanli_geo.network.graph import Floats, Ints
from wanli_geo.network.inner import inner_of
from wanli_geo.network.pace import Waits, uphill_and_down
from wanli_geo.network.snap import SNAP_M, at_border
from wanli_geo.network.walkable import Doors, Hours, Walkable, Walker, Ways
from wanli_geo.study.ground import FRONT_M, STEEPEST_PCT, WALL_M, Ground, along_edges, seconds_at_crossings
from wanli_geo.study.joining import Streets
from wanli_geo.workspace.services import GATE_M, edge_doors, features_of, in_service, source_of
from wanli_geo.workspace.store import Workspace

# The walkers that the public page knows.
WALKERS = ("adult", "elder", "wheelchair")


def walkable(ground: Ground, drawn: Streets, waits: Waits, kinds: Iterable[str]) -> Walkable:
    """Gather what a page needs to walk by itself; facilities of `kinds` only, those that stand and may be shown.

    Args:
        ground: of a walker who climbs steps; only what does not depend on the hour is taken of it.
    """
    workspace = ground.workspace
    streets = workspace.metric("streets")
    stands = in_service(streets)
    public_rows, inner_rows = (np.flatnonzero(stands & mask) for mask in _access(streets))
    network = drawn.network(public_rows).network
    public = streets.iloc[public_rows].reset_index(drop=True)
    inner = inner_of(drawn.noded.lines[inner_rows], ground.compounds, ground.inner_detour, ground.obstacles,
                     np.full(len(ground.obstacles), -1, dtype=np.int64))
    ways = Ways(network, _hours(public), _passable(public), _names(public))
    inside = streets.iloc[inner_rows].reset_index(drop=True)
    wait_s, _ = seconds_at_crossings(public, waits)
    factor = np.where(public["kind"] == "steps", waits.stairs_factor, uphill_and_down(public["slope_pct"].to_numpy(np.float64)))
    doors, facility = _doors(workspace, kinds)
    return Walkable(
        crs=workspace.catalogue.metric_crs,
        public=ways,
        inner=Ways(inner.network, _hours(inside), _passable(inside), _names(inside)),
        inner_compound=inner.compound,
        wait_s=wait_s,
        factor=factor[network.street],
        compounds=ground.compounds,
        walled=(workspace.layer("compounds")["walled"] == True).fillna(False).to_numpy(bool),  # noqa: E712
        unwalled=ground.unwalled,
        obstacles=ground.obstacles,
        border=at_border(network, workspace.extent),
        gates=_gates(workspace),
        edges=_edges(ground, public, inside),
        doors=doors,
        facility=facility,
        walkers=tuple(Walker(one.code, one.zh, one.en, one.m_per_s, one.steps) for one in (PROFILES[code] for code in WALKERS)),
        params={"detour": ground.inner_detour, "snap_m": SNAP_M, "front_m": FRONT_M, "wall_m": WALL_M, **vars(waits)},
    )


def _access(streets: gpd.GeoDataFrame) -> tuple[np.ndarray, np.ndarray]:
    access = streets["access"].fillna("public")
    return (access == "public").to_numpy(bool), (access == "residents").to_numpy(bool)


def _hours(features: gpd.GeoDataFrame) -> Hours:
    return tuple(text if isinstance(text, str) and text.strip() else None for text in features["open_hours"])


def _names(streets: gpd.GeoDataFrame) -> tuple[tuple[str | None, str | None], ...]:
    return tuple((zh if isinstance(zh, str) else None, en if isinstance(en, str) else None)
                 for zh, en in zip(streets["name"], streets["name_en"], strict=True))


def _level(features: gpd.GeoDataFrame) -> np.ndarray:
    return features["step_free"].fillna(True).astype(bool).to_numpy()


def _passable(streets: gpd.GeoDataFrame) -> np.ndarray:
    """(s,) whether one who climbs no steps may take it."""
    return _level(streets) & (streets["kind"] != "steps").to_numpy(bool) & ~(streets["slope_pct"].abs() > STEEPEST_PCT).to_numpy(bool)


def _gates(workspace: Workspace) -> Doors:
    """Give the gates that stand near their compound, at whatever hour they are open."""
    gates = workspace.metric("gates")
    row_of = {identity: row for row, identity in enumerate(workspace.layer("compounds")["id"])}
    owner = np.array([row_of.get(identity, -1) for identity in gates["compound_id"]], dtype=np.int64)
    outlines = workspace.metric("compounds").geometry.to_numpy()
    kept = in_service(gates) & (owner >= 0)
    kept[kept] = shapely.distance(outlines[owner[kept]], gates.geometry.to_numpy()[kept]) <= GATE_M
    stands = gates[kept]
    return Doors(
        xy=shapely.get_coordinates(stands.geometry.to_numpy()).reshape(-1, 2),
        owner=owner[kept],
        hours=_hours(stands),
        level=_level(stands),
        residents_only=stands["residents_only"].fillna(False).astype(bool).to_numpy(),
        way=np.full(int(kept.sum()), -1, dtype=np.int64),
    )


def _edges(ground: Ground, public: gpd.GeoDataFrame, inside: gpd.GeoDataFrame) -> Doors:
    """Give the ways out along the edges of compounds without walls."""
    whose = np.flatnonzero(ground.unwalled)
    ways = np.concatenate([public.geometry.to_numpy(), inside.geometry.to_numpy()])
    xy, edge_of, way = along_edges(ground.compounds[whose], ways)
    count = len(xy)
    return Doors(xy, whose[edge_of], (None,) * count, np.ones(count, dtype=bool), np.zeros(count, dtype=bool), way)


def _doors(workspace: Workspace, kinds: Iterable[str]) -> tuple[Doors, tuple[tuple[str, str], ...]]:
    """Give the doors of facilities of some kinds, and (kind, id) of each facility."""
    parts, facility = [], list[tuple[str, str]]()
    for kind in kinds:
        features = features_of(workspace, kind)
        shown = in_service(features) & features["public"].fillna(True).to_numpy(bool)
        rows = np.flatnonzero(shown)
        parts.append(_doors_of(workspace, features, rows, len(facility), by_row=source_of(kind).level_by_row))
        facility += [(kind, str(identity)) for identity in features["id"].iloc[rows]]
    xy, owner = _joined([part[0] for part in parts], (0, 2)), _joined([part[1] for part in parts], (0,)).astype(np.int64)
    level = _joined([part[3] for part in parts], (0,)).astype(bool)
    count = len(owner)
    hours = tuple(text for part in parts for text in part[2])
    return Doors(xy, owner, hours, level, np.zeros(count, dtype=bool), np.full(count, -1, dtype=np.int64)), tuple(facility)


def _joined(parts: list[np.ndarray], empty: tuple[int, ...]) -> np.ndarray:
    return np.concatenate(parts) if parts else np.empty(empty)


def _doors_of(workspace: Workspace, features: gpd.GeoDataFrame, rows: Ints, first: int, *, by_row: bool) -> tuple[Floats, Ints, Hours, np.ndarray]:
    """Give the recorded entrances of some facilities, and for those without any the point or edge: (xy, owner, hours, level)."""
    entrances = workspace.metric("entrances")
    number = {identity: nth for nth, identity in enumerate(features["id"].iloc[rows])}
    owner = np.array([number.get(identity, -1) for identity in entrances["of"]], dtype=np.int64)
    recorded = np.flatnonzero(owner >= 0)
    bare = np.setdiff1d(np.arange(len(rows)), owner)
    shapes = features.to_crs(workspace.catalogue.metric_crs).geometry.to_numpy()[rows]
    edge_of, edge_xy = edge_doors(shapes, bare)
    own_level = _level(features.iloc[rows]) if by_row else np.ones(len(rows), dtype=bool)
    own = entrances.iloc[recorded]
    return (
        np.concatenate([shapely.get_coordinates(own.geometry.to_numpy()).reshape(-1, 2), edge_xy]),
        first + np.concatenate([owner[recorded], edge_of]),
        (*_hours(own), *([None] * len(edge_of))),
        np.concatenate([_level(own), own_level[edge_of]]),
    )
