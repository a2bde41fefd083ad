"""All that answers walks elsewhere than here, at any hour and for any walker: plain arrays, nothing decided yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wanli_geo.network.graph import Floats, Ints, WalkNetwork
from wanli_geo.network.snap import Attachments, Shapes

Flags = NDArray[np.bool_]
# Open hours as they are written; None where none are on record, which counts as open.
Hours = tuple[str | None, ...]


@dataclass(frozen=True)
class Walker:
    """One who walks: `steps` says whether steps can be climbed."""

    code: str
    zh: str
    en: str
    m_per_s: float
    steps: bool


@dataclass(frozen=True, eq=False)
class Ways:
    """Ways that stand, whatever the hour.

    Attributes:
        network: in metres, its `street` a row of what follows.
        hours: (s,) when each may be walked; `level` (s,) whether a wheelchair can take it.
        names: (s,) in Chinese and English; None where it has none.
    """

    network: WalkNetwork
    hours: Hours
    level: Flags
    names: tuple[tuple[str | None, str | None], ...]


@dataclass(frozen=True, eq=False)
class Doors:
    """Places with hours, some of which only a step leads over: gates of compounds, ways out of open compounds, doors of facilities.

    Attributes:
        xy: (d, 2) metric; `owner` (d,) row of the compound or facility each belongs to.
        hours: (d,); `level` (d,) whether one gets through without steps.
        residents_only: (d,) none but the people of the compound pass.
        way: (d,) row of the way that leads out there (public ways, then those inside), and with it the door stands or falls; -1 for none.
    """

    xy: Floats
    owner: Ints
    hours: Hours
    level: Flags
    residents_only: Flags
    way: Ints


@dataclass(frozen=True, eq=False)
class Walkable:
    """A neighbourhood to be walked.

    Attributes:
        crs: of every coordinate here.
        public, inner: the streets, and the ways inside compounds with (e,) `inner_compound`, the compound of each edge.
        wait_s: (s,) seconds that each public street costs once, as a crossing; `factor` (e,) how many times longer than on the level a metre
            of each public edge lasts.
        compounds: (c,) outlines; `walled` (c,) said to be walled; `unwalled` (c,) said to be open.
        obstacles: (b,) what nobody walks across.
        border: where the streets leave the data, places on public edges.
        gates, edges: of compounds; `doors` of facilities, whose `facility` (f,) is (kind, id).
        detour: metres inside a compound for a metre of straight line; `snap_m` how far from a street one may be; `front_m` how deep in its
            compound a door must lie to be reached by the gates; `wall_m` how far in a line must go to cut through a compound.
    """

    crs: str
    public: Ways
    inner: Ways
    inner_compound: Ints
    wait_s: Floats
    factor: Floats
    compounds: Shapes
    walled: Flags
    unwalled: Flags
    obstacles: Shapes
    border: Attachments
    gates: Doors
    edges: Doors
    doors: Doors
    facility: tuple[tuple[str, str], ...]
    walkers: tuple[Walker, ...]
    params: Mapping[str, float]
