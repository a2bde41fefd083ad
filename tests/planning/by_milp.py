"""Whether a simple loop of a length runs through a corner, by mixed-integer programming: exact where a pocket of streets is too tangled to
be searched path by path, and with nothing in common with the product.

Every corner on the loop has two of its edges; the longest such choice is asked for, and parts that do not hang together with the corner
are forbidden one after the other (Dantzig, Fulkerson & Johnson 1954) until none is left or the longest is too short.
"""

from __future__ import annotations

import networkx as nx
import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from wanli_geo.network.graph import WalkNetwork

MOST_EDGES, ROUNDS, ROUND_S = 400, 60, 20.0


def longest_loop_m(network: WalkNetwork, corner: int, most: float) -> float | None:
    """Metres of the longest simple loop of at most `most` through a corner, 0 for none; None where this is too large to settle."""
    edges = _block(network, corner, most)
    if not 3 <= len(edges) <= MOST_EDGES:
        return None if len(edges) > MOST_EDGES else 0.0
    corners, ends = np.unique(np.column_stack([network.tail[edges], network.head[edges]]), return_inverse=True)
    ends, length, count = ends.reshape(-1, 2), network.length[edges], len(corners)
    m, start = len(edges), int(np.flatnonzero(corners == corner)[0])
    degree = np.zeros((count, m + count))
    for side in ends.T:
        np.add.at(degree, (side, np.arange(m)), 1.0)
    degree[np.arange(count), m + np.arange(count)] = -2.0
    low = np.zeros(m + count)
    low[m + start] = 1.0
    held = [LinearConstraint(degree, 0, 0), LinearConstraint(np.append(length, np.zeros(count))[None], 0, most)]
    for _ in range(ROUNDS):
        found = milp(np.append(-length, np.zeros(count)), constraints=held, integrality=np.ones(m + count), bounds=Bounds(low, np.ones(m + count)),
                     options={"time_limit": ROUND_S})
        if found.status == 2:
            return 0.0
        if found.status != 0:
            return None
        graph = nx.Graph()
        graph.add_edges_from(ends[found.x[:m] > 0.5].tolist())
        apart = [part for part in nx.connected_components(graph) if start not in part]
        if not apart:
            return float(-found.fun)
        held.append(LinearConstraint(csr_array(np.concatenate([_joined(part, ends, m + count, m) for part in apart])), 0, np.inf))
    return None


def _joined(part: set[int], ends: np.ndarray, width: int, m: int) -> np.ndarray:
    """For each corner of a part: if it is on the loop, at least two edges of the loop lead out of the part."""
    inside = np.isin(ends, list(part))
    rows = np.zeros((len(part), width))
    rows[:, :m][:, inside[:, 0] != inside[:, 1]] = 1.0
    rows[np.arange(len(part)), m + np.array(sorted(part))] = -2.0
    return rows


def _block(network: WalkNetwork, corner: int, most: float) -> np.ndarray:
    """The edges that a loop through the corner can hold: near enough to come home, and of its block; of parallel ones both."""
    count = len(network.nodes)
    home = dijkstra(csr_array((network.length, (network.tail, network.head)), shape=(count, count)), directed=False, indices=corner, limit=most)
    near = np.flatnonzero((home[network.tail] + network.length + home[network.head] <= most) & (network.tail != network.head))
    graph = nx.Graph()
    graph.add_edges_from(zip(network.tail[near].tolist(), network.head[near].tolist(), strict=True))
    blocks = [block for block in nx.biconnected_component_edges(graph) if any(corner in ends for ends in block)]
    kept = {frozenset(ends) for block in blocks for ends in block}
    return np.array([edge for edge in near.tolist() if frozenset((int(network.tail[edge]), int(network.head[edge]))) in kept], dtype=np.int64)
