"""Towns drawn for measuring: corners on a grid 100 m apart, each moved a little, one street in ten missing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import shapely

from tests.village import canteen, home, village
from wanli_geo.network.graph import WalkNetwork, build_network
from wanli_geo.network.snap import Attachments
from wanli_geo.workspace.store import save_workspace

STEP_M, MOVED_M, MISSING = 100.0, 25.0, 0.1


def grid_town(side: int, seed: int = 1) -> WalkNetwork:
    """Draw about side × side corners; the same seed draws the same town."""
    rng = np.random.default_rng(seed)
    number = np.arange(side * side).reshape(side, side)
    xy = np.stack([number.ravel() % side, number.ravel() // side], axis=1) * STEP_M + rng.uniform(-MOVED_M, MOVED_M, (side * side, 2))
    across = np.stack([number[:, :-1].ravel(), number[:, 1:].ravel()], axis=1)
    along = np.stack([number[:-1].ravel(), number[1:].ravel()], axis=1)
    streets = np.concatenate([across, along])
    return build_network(shapely.linestrings(xy[streets[rng.random(len(streets)) >= MISSING]]))


def services_at(network: WalkNetwork, corners: np.ndarray) -> Attachments:
    """Attach services standing at corners, as pandana knows no others."""
    edge_at = np.zeros(len(network.nodes), dtype=np.int64)
    edge_at[network.head] = np.arange(len(network.length))
    edge_at[network.tail] = np.arange(len(network.length))
    edge = edge_at[corners]
    offset = np.where(network.tail[edge] == corners, 0.0, network.length[edge])
    nowhere = np.full(len(corners), -1, dtype=np.int64)
    return Attachments(np.arange(len(corners)), edge, offset, np.zeros(len(corners)), nowhere)


def save_town(network: WalkNetwork, folder: Path, homes: int = 1_000, canteens: int = 10, seed: int = 5) -> None:
    """Save a town as a workspace, people and canteens scattered over it."""
    rng = np.random.default_rng(seed)
    low, high = network.nodes.min(axis=0), network.nodes.max(axis=0)
    spots = rng.uniform(low, high, (homes + canteens, 2)).tolist()
    workspace = village(
        margin_m=float(high.max()) + 1_000.0,
        street_rows=[({"kind": "road"}, line) for line in network.lines],
        homes=[home(*spot) for spot in spots[:homes]],
        facilities=[canteen(*spot) for spot in spots[homes:]],
    )
    save_workspace(workspace, folder)
