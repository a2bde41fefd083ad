"""The blocks of a network: two edges are of one block where a simple loop runs along both."""

from __future__ import annotations

import numpy as np

from wanli_geo.network.graph import Ints


def blocks(tail: Ints, head: Ints, corners: int) -> Ints:
    """(e,) the block of every edge. Hopcroft and Tarjan (1973), Algorithm 447, without recursion."""
    out: list[list[tuple[int, int]]] = [[] for _ in range(corners)]
    for edge, (start, end) in enumerate(zip(tail.tolist(), head.tolist(), strict=True)):
        out[start].append((end, edge))
        out[end].append((start, edge))
    label = np.full(len(tail), -1, dtype=np.int64)
    depth = [-1] * corners
    count = 0
    for root in range(corners):
        if depth[root] < 0:
            count = _from(root, out, depth, label, count)
    return label


def _from(root: int, out: list[list[tuple[int, int]]], depth: list[int], label: Ints, count: int) -> int:
    """Label the edges of one connected part; gives how many blocks there are now."""
    depth[root], low, met = 0, {root: 0}, list[int]()
    path = [(root, -1, iter(out[root]))]
    seen = set[int]()
    while path:
        corner, by, ways = path[-1]
        for end, edge in ways:
            if edge in seen:
                continue
            seen.add(edge)
            met.append(edge)
            if depth[end] < 0:
                depth[end] = low[end] = len(path)
                path.append((end, edge, iter(out[end])))
                break
            low[corner] = min(low[corner], depth[end])
        else:
            path.pop()
            if path and low[corner] >= depth[path[-1][0]]:
                while label[by] < 0:
                    label[met.pop()] = count
                count += 1
            elif path:
                low[path[-1][0]] = min(low[path[-1][0]], low[corner])
    label[met] = count  # loops of one edge at the root
    return count + bool(met)
