"""A door opened or closed: the field of walks after it, where alone the doors concerned were searched again.

A field is never changed, so the field before the edit is the undo.
"""

from __future__ import annotations

import numpy as np

from wanli_geo.network.graph import Ints, WalkNetwork
from wanli_geo.network.search import Field, walk_on, ways_of
from wanli_geo.network.snap import Attachments


def with_source(network: WalkNetwork, field: Field, added: Attachments, *, limit_m: float = np.inf) -> Field:
    """Open doors; searched is only where one of them is nearer than what was there.

    Args:
        added: rows put behind those of `field.sources`, so the rows known keep their numbers; `place` as the caller numbers them.
        limit_m: that of the search which made `field`.

    Returns:
        what `spread` finds from all sources together: the metres alike to a nanometre.
    """
    sources = _behind(field.sources, added)
    rows = np.arange(len(field.sources), len(sources))
    before = Field(sources, field.metres, field.via, field.previous)
    return walk_on(network, before, rows, np.empty(0, dtype=np.int64), limit_m=limit_m)


def without_source(network: WalkNetwork, field: Field, removed: Ints, *, limit_m: float = np.inf) -> Field:
    """Close doors; searched again are only the corners they were nearest to, inward from the rim of their territory.

    Args:
        removed: (r,) source places that close, each with all its rows; the rows left keep their order and are numbered anew.
        limit_m: that of the search which made `field`.

    Returns:
        what `spread` finds from the sources left: the metres alike to a nanometre.
    """
    stays = ~np.isin(field.sources.place, removed)
    number = np.append(np.where(stays, np.cumsum(stays) - 1, -1), -1)
    sources, via = field.sources.take(stays), number[field.via]
    lost = (field.via >= 0) & (via < 0)
    ends = np.column_stack([network.tail[sources.edge], network.head[sources.edge]])
    reaching_in = np.flatnonzero(lost[ends].any(axis=1))
    beside = network.neighbours[1][ways_of(network, np.flatnonzero(lost))[1]]
    rim = np.unique(beside[~lost[beside] & (via[beside] >= 0)])
    emptied = Field(sources, np.where(lost, np.inf, field.metres), via, np.where(lost, -1, field.previous))
    return walk_on(network, emptied, reaching_in, rim, limit_m=limit_m)


def _behind(first: Attachments, then: Attachments) -> Attachments:
    return Attachments(
        np.concatenate([first.place, then.place]),
        np.concatenate([first.edge, then.edge]),
        np.concatenate([first.offset, then.offset]),
        np.concatenate([first.leg, then.leg]),
        np.concatenate([first.gate, then.gate]),
    )
