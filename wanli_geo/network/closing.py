"""A network with stretches of its edges closed: nothing is joined anew, so no walk on it is shorter than before."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from wanli_geo.network.graph import Floats, Ints, WalkNetwork
from wanli_geo.network.search import stretch
from wanli_geo.network.snap import Attachments

# A stretch or a rest of an edge shorter than the centimetre of coordinates at rest is none.
_NONE_M = 0.01


@dataclass(frozen=True, eq=False)
class Closing:
    """What is left of a network, and where the attachments to the whole of it are there.

    Attributes:
        network: the open parts; its corners begin with those of the whole, in their order.
        edge, low, high: (o,) the edge of the whole each open part was cut from, from and to which metre of it.
    """

    whole: WalkNetwork
    network: WalkNetwork
    edge: Ints
    low: Floats
    high: Floats

    def kept(self, rows: Attachments) -> Attachments:
        """Carry attachments over, in order: what meets a closed stretch goes, what meets a corner stays while any street leaves it."""
        first, last = np.searchsorted(self.edge, rows.edge, "left"), np.searchsorted(self.edge, rows.edge, "right")
        found, at = np.full(len(rows), -1, dtype=np.int64), rows.offset.copy()
        for nth in range(int((last - first).max(initial=0))):  # an edge is cut into few parts
            part = np.minimum(first + nth, len(self.edge) - 1)
            on = (first + nth < last) & (found < 0) & (self.low[part] <= rows.offset) & (rows.offset <= self.high[part])
            found[on], at[on] = part[on], (rows.offset - self.low[part])[on]
        found, at = self._by_corner(rows, found, at)
        open_ = np.flatnonzero(found >= 0)
        return replace(rows.take(open_), edge=found[open_], offset=at[open_])

    def _by_corner(self, rows: Attachments, found: Ints, at: Floats) -> tuple[Ints, Floats]:
        """Those at an end of an edge that is closed stand at a corner all the same: let them begin on a street that leaves it."""
        whole, net = self.whole, self.network
        at_tail, at_head = rows.offset <= _NONE_M, rows.offset >= whole.length[rows.edge] - _NONE_M
        corner = np.where(at_tail, whole.tail[rows.edge], whole.head[rows.edge])
        lost = (found < 0) & (at_tail | at_head)
        for corners, metres in ((net.tail, np.zeros(len(net.length))), (net.head, net.length)):
            leaves = np.full(len(net.nodes), -1, dtype=np.int64)
            leaves[corners] = np.arange(len(corners))
            here = np.flatnonzero(lost & (found < 0) & (leaves[corner] >= 0))
            found[here] = leaves[corner[here]]
            at[here] = metres[found[here]]
        return found, at


def closing(network: WalkNetwork, edge: Ints, start: Floats, end: Floats) -> Closing:
    """Close stretches of edges, from `start` (k,) to `end` (k,) metres along `edge` (k,), in any order; they may overlap.

    Corners stay where they are: a street that crosses the closed one is walked over it as before.
    """
    cut = np.unique(edge)
    parts = [(int(one), low, high) for one in cut for low, high in _open(float(network.length[one]), start[edge == one], end[edge == one])]
    untouched = np.setdiff1d(np.arange(len(network.length)), cut)
    of = np.concatenate([untouched, np.array([one for one, _, _ in parts], dtype=np.int64)])
    low = np.concatenate([np.zeros(len(untouched)), np.array([low for _, low, _ in parts])])
    high = np.concatenate([network.length[untouched], np.array([high for _, _, high in parts])])
    order = np.lexsort((low, of))
    of, low, high = of[order], low[order], high[order]
    return Closing(network, _of_parts(network, of, low, high), of, low, high)


def _open(length: float, start: Floats, end: Floats) -> list[tuple[float, float]]:
    """What stays open of an edge, from and to; closed as far as a corner, to a centimetre, is closed to the corner."""
    rest, at = [], 0.0
    for low, high in sorted(zip(start.tolist(), end.tolist(), strict=True)):
        if high - low > _NONE_M:
            if low - at > _NONE_M:
                rest.append((at, low))
            at = max(at, high)
    return [*rest, (at, length)] if length - at > _NONE_M else rest


def _of_parts(network: WalkNetwork, edge: Ints, low: Floats, high: Floats) -> WalkNetwork:
    """The network of parts of edges; where a part ends inside its edge it has a corner of its own."""
    pieces = [stretch(network, int(one), float(start), float(end)) if start > 0 or end < network.length[one]
              else network.xy[network.first[one] : network.first[one + 1]] for one, start, end in zip(edge, low, high, strict=True)]
    cut_tail, cut_head = np.flatnonzero(low > 0), np.flatnonzero(high < network.length[edge])
    tail, head = network.tail[edge].copy(), network.head[edge].copy()
    tail[cut_tail] = len(network.nodes) + np.arange(len(cut_tail))
    head[cut_head] = len(network.nodes) + len(cut_tail) + np.arange(len(cut_head))
    ends = [pieces[row][:1] for row in cut_tail] + [pieces[row][-1:] for row in cut_head]
    return WalkNetwork(
        np.concatenate([network.nodes, *ends]),
        tail,
        head,
        high - low,
        np.concatenate([np.empty((0, 2)), *pieces]),
        np.concatenate([[0], np.cumsum([len(piece) for piece in pieces])]).astype(np.int64),
        network.street[edge],
        None if network.slow is None else network.slow[edge],
        None if network.ends_only is None else network.ends_only[edge],
    )
