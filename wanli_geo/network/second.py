"""The two nearest owners of every place, such as two facilities: one that serves, and one to fall back on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wanli_geo.network.graph import Floats, Ints, WalkNetwork
from wanli_geo.network.search import Field, Walks, meet, on_one_edge, spread_to_another
from wanli_geo.network.snap import Attachments


@dataclass(frozen=True, eq=False)
class Two:
    """The walk of every place to its nearest source, and how far the nearest of another owner is.

    Attributes:
        walks: the nearest, as `meet` gives it.
        owner: (p,) whose it is, -1 where there is none.
        second: (p,) metres to the nearest of another owner, `inf` where there is none within the limit; `second_owner` (p,) whose, -1 there.
    """

    walks: Walks
    owner: Ints
    second: Floats
    second_owner: Ints


def two_nearest(network: WalkNetwork, field: Field, owner: Ints, places: Attachments, count: int, *, limit_m: float = np.inf) -> Two:
    """Give each of `count` places its nearest source and the nearest of another owner.

    Args:
        field: the search from all sources together, as far as `limit_m` at least; `owner` (k,) who each source row belongs to.
    """
    walks = meet(network, field, places, count)
    own = np.where(walks.via >= 0, _at(owner, walks.via), -1)
    beyond, other = spread_to_another(network, field, owner, limit_m=limit_m)
    mine = own[places.place]
    there, cost, who = [], [], []
    for corner, step in ((network.tail[places.edge], places.offset), (network.head[places.edge], network.length[places.edge] - places.offset)):
        nearest = np.where(field.via[corner] >= 0, _at(owner, field.via[corner]), -1)
        same = nearest == mine
        there.append(places.place)
        cost.append(places.leg + step + np.where(same, beyond[corner], field.metres[corner]))
        who.append(np.where(same, other[corner], nearest))
    row, source_row, along = on_one_edge(places, field.sources)
    kept = owner[source_row] != mine[row] if len(row) else np.empty(0, dtype=bool)
    second, second_owner = least(
        np.concatenate([*there, places.place[row[kept]]]), np.concatenate([*cost, along[kept]]),
        np.concatenate([*who, owner[source_row[kept]] if len(row) else row[kept]]), count,
    )
    beyond_it = second > limit_m
    second[beyond_it], second_owner[beyond_it] = np.inf, -1
    return Two(walks, own, second, second_owner)


def _at(values: Ints, rows: Ints) -> Ints:
    return values[np.clip(rows, 0, None)] if len(values) else np.full(len(rows), -1, dtype=np.int64)


def least(place: Ints, cost: Floats, who: Ints, count: int) -> tuple[Floats, Ints]:
    """Of candidates (c,) the cheapest of each of `count` places, and whose it is; of equally cheap ones the least number; `inf` and -1 for none."""
    best = np.full(count, np.inf)
    np.minimum.at(best, place, cost)
    chosen = np.flatnonzero((cost == best[place]) & np.isfinite(cost))
    whose = np.full(count, np.iinfo(np.int64).max, dtype=np.int64)
    np.minimum.at(whose, place[chosen], who[chosen])
    return best, np.where(np.isfinite(best), whose, -1)


def cheapest(network: WalkNetwork, field: Field, places: Attachments, count: int) -> Floats:
    """(count,) what the walk of each place to its nearest source costs, and nothing else of it."""
    by_tail = places.leg + places.offset + field.metres[network.tail[places.edge]]
    by_head = places.leg + (network.length[places.edge] - places.offset) + field.metres[network.head[places.edge]]
    row, _, along = on_one_edge(places, field.sources)
    best = np.full(count, np.inf)
    for where, cost in ((places.place, by_tail), (places.place, by_head), (places.place[row], along)):
        np.minimum.at(best, where, cost)
    return best
