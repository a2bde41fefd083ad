"""Every simple loop there is, by plain depth-first search over edges; written apart from the product and slow on purpose."""

from __future__ import annotations

import heapq
import math
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from wanli_geo.network.graph import WalkNetwork


class TooLong(Exception):
    """The time allowed has passed."""


@dataclass(frozen=True)
class Plain:
    """A network as lists: of each corner its arms (edge, the corner reached, the angle it leaves at)."""

    network: WalkNetwork
    road: list[bool]
    crossing: list[bool]
    arms: list[list[tuple[int, int, float]]]

    def crossed(self, come: int, at: int, go: int) -> int:
        """Roads crossed on the right from edge to edge at a corner; no edge here is a loop of its own."""
        if self.crossing[come] or self.crossing[go]:
            return int(self.crossing[go] and not self.crossing[come])
        angle = {edge: angle for edge, _, angle in self.arms[at]}
        swept = (angle[go] - angle[come]) % (2 * math.pi)
        return sum(self.road[edge] and edge not in (come, go) and (one - angle[come]) % (2 * math.pi) < swept for edge, one in angle.items())


def plain(network: WalkNetwork, road: np.ndarray, crossing: np.ndarray) -> Plain:
    arms: list[list[tuple[int, int, float]]] = [[] for _ in network.nodes]
    for edge in range(len(network.length)):
        xy = network.xy[network.first[edge] : network.first[edge + 1]]
        tail, head = int(network.tail[edge]), int(network.head[edge])
        arms[tail].append((edge, head, math.atan2(*(xy[1] - xy[0])[::-1])))
        arms[head].append((edge, tail, math.atan2(*(xy[-2] - xy[-1])[::-1])))
    return Plain(network, road.tolist(), crossing.tolist(), arms)


def home_of(network: WalkNetwork, edge: int, offset: float) -> list[float]:
    count = len(network.nodes)
    joined = csr_array((network.length, (network.tail, network.head)), shape=(count, count))
    ends = [int(network.tail[edge]), int(network.head[edge])]
    far = dijkstra(joined, directed=False, indices=ends)
    return np.minimum(far[0] + offset, far[1] + network.length[edge] - offset).tolist()


def leads_home(plain_: Plain, edge: int, at: int, last: int, visited: set[int], most: float) -> bool:
    """Whether a way of at most so many metres leads on from a corner to the last, past no corner visited (Dijkstra 1959)."""
    found, length = [(0.0, at)], plain_.network.length
    done: set[int] = set()
    while found:
        metres, corner = heapq.heappop(found)
        if corner == last:
            return True
        if corner in done:
            continue
        done.add(corner)
        for way, to, _ in plain_.arms[corner]:
            if way != edge and to not in visited and to not in done and metres + length[way] <= most:
                heapq.heappush(found, (metres + float(length[way]), to))
    return False


def loops(
    plain_: Plain, edge: int, offset: float, least: float, most: float, *, within_s: float = math.inf, care: bool = False
) -> Iterator[tuple[list[int], float]]:
    """Give each simple loop through a place along an edge, both ways round: its edges from the start's to the start's, and its metres.

    With `care` no path goes on that has shut itself off from home: slower by the step, quicker where there is no loop.

    Raises:
        TooLong: after `within_s` seconds.
    """
    network, end = plain_.network, time.monotonic() + within_s
    home, length = home_of(network, edge, offset), network.length.tolist()
    tail, head = int(network.tail[edge]), int(network.head[edge])
    for first, last, begun, rest in ((head, tail, length[edge] - offset, offset), (tail, head, offset, length[edge] - offset)):
        path, visited, metres = [edge], {first}, begun
        ways = [(first, metres, iter(plain_.arms[first]))]
        while ways:
            at, metres, here = ways[-1]
            if time.monotonic() > end:
                raise TooLong
            if at == last and len(path) > 1:
                if least <= metres + rest <= most:
                    yield [*path, edge], metres + rest
                step = None
            else:
                step = next(((way, to) for way, to, _ in here if way != edge and to not in visited
                             and metres + length[way] + home[to] <= most
                             and (not care or leads_home(plain_, edge, to, last, visited, most - rest - metres - length[way]))), None)
            if step is None:
                ways.pop()
                path.pop()
                visited.discard(at)
            else:
                way, to = step
                path.append(way)
                visited.add(to)
                ways.append((to, metres + length[way], iter(plain_.arms[to])))


def score_of(plain_: Plain, edges: list[int], metres: float, pleasantness: np.ndarray, first: int, crossing_m: float) -> float:
    """The score of a loop that sets out to corner `first`, by its formula."""
    network, at, crossings = plain_.network, first, 0
    for come, go in pairwise(edges):
        crossings += plain_.crossed(come, at, go)
        at = int(network.head[go] if network.tail[go] == at else network.tail[go])
    pleasant = float((network.length[edges[:-1]] * pleasantness[edges[:-1]]).sum())
    return pleasant / (metres + crossing_m * crossings)


def best(plain_: Plain, edge: int, offset: float, least: float, most: float, pleasantness: np.ndarray, crossing_m: float) -> float | None:
    """The best score of all loops; None where there is none."""
    network = plain_.network
    scores = []
    for edges, metres in loops(plain_, edge, offset, least, most):
        ends = {int(network.tail[edge]), int(network.head[edge])}
        following = {int(network.tail[edges[1]]), int(network.head[edges[1]])}
        for first in ends & following:
            if len(ends & following) == 1 or _leads(network, edges, first):
                scores.append(score_of(plain_, edges, metres, pleasantness, first, crossing_m))
    return max(scores, default=None)


def _leads(network: WalkNetwork, edges: list[int], first: int) -> bool:
    """Whether walking the edges from a corner closes up: of two parallel edges both ways do."""
    at = first
    for edge in edges[1:]:
        if at not in (network.tail[edge], network.head[edge]):
            return False
        at = int(network.head[edge] if network.tail[edge] == at else network.tail[edge])
    return at == first
