"""Towns drawn for measuring: corners on a grid 100 m apart, each moved a little, one street in ten missing."""

from __future__ import annotations

import numpy as np
import shapely

from wanli_geo.network.graph import WalkNetwork, build_network

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
