"""The streets of a workspace joined once, whoever walks and whenever: their levels, and what no link leads through."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from weakref import WeakValueDictionary

import numpy as np

from wanli_geo.network.graph import Floats, Ints, WalkNetwork
from wanli_geo.network.noding import Joints, Noded, node
from wanli_geo.workspace.store import Workspace

_LINKS = ("footbridge", "underpass", "steps")
_HARD = ("railway", "expressway")
_OVER_OR_UNDER = ("footbridge", "underpass")


@dataclass(frozen=True, eq=False)
class Joined:
    """The network of some streets, and where these were joined that were not drawn joined; its `street` and the joints count among them."""

    network: WalkNetwork
    joints: Joints


@dataclass(frozen=True, eq=False)
class Streets:
    """The streets of a workspace; at two hours with the same streets open one walks on one and the same network, as long as one of them is held."""

    workspace: Workspace
    _held: WeakValueDictionary[bytes, Joined] = field(default_factory=WeakValueDictionary)

    @cached_property
    def noded(self) -> Noded:
        return joined_streets(self.workspace)

    def network(self, rows: Ints) -> Joined:
        """Build the network of some rows (k,) of the streets layer."""
        found = self._held.get(rows.tobytes())
        if found is None:
            network, joints = self.noded.network(rows)
            over = self.workspace.metric("streets")["kind"].isin(_OVER_OR_UNDER).to_numpy(bool)[rows]
            found = Joined(replace(network, ends_only=over[network.street] if over.any() else None), joints)
            self._held[rows.tobytes()] = found
        return found


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
