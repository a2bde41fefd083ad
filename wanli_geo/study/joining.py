"""The streets of a workspace joined once, whoever walks and whenever: their levels, and what no link leads through."""

from __future__ import annotations

import numpy as np

from wanli_geo.network.graph import Floats
from wanli_geo.network.noding import Noded, node
from wanli_geo.workspace.store import Workspace

_LINKS = ("footbridge", "underpass", "steps")
_HARD = ("railway", "expressway")


def joined_streets(workspace: Workspace) -> Noded:
    """Node every row of the streets layer, in its order.

    Streets that are shut, planned or private take part: a gap that a locked gate fills is no slip of the pen. OSM states its corners
    by shared nodes, so two streets of OSM meet there only.
    """
    streets = workspace.metric("streets")
    walls = workspace.metric("compounds")
    walls = walls[walls["walled"].fillna(True).astype(bool)]
    barriers = workspace.metric("barriers")
    bars = (workspace.metric("blue_net").geometry, barriers.geometry[barriers["kind"].isin(_HARD)], walls.boundary)
    return node(
        streets.geometry.to_numpy(),
        _levels(streets["level"].to_numpy(float), streets["kind"].to_numpy(object)),
        streets["kind"].isin(_LINKS).to_numpy(bool),
        settled=(streets["accuracy"] == "osm").to_numpy(bool),
        barred_by=np.concatenate([np.asarray(bar.to_numpy(), dtype=object) for bar in bars]),
    )


def _levels(level: Floats, kind: np.ndarray) -> Floats:
    """(s,) the level of each street; where it is not stated, a footbridge is above the ground and an underpass below."""
    by_kind = np.select([kind == "footbridge", kind == "underpass"], [1.0, -1.0], 0.0)
    return np.where(np.isnan(level), by_kind, level)
