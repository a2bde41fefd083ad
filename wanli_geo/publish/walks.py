"""The walk graph as the page takes it: `data/walks.bin`. Read by static/js/walk/walkable.js."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from wanli_geo.network.graph import WalkNetwork
from wanli_geo.network.walkable import Doors, Walkable, Ways
from wanli_geo.publish.packing import Ints, Numbers, degrees, packed, shapes
from wanli_geo.publish.plane import plane_of
from wanli_geo.workspace.store import to_degrees

_MILLI = 1000  # seconds and metres are written in thousandths


def walks_pack(walkable: Walkable, kinds: Sequence[str]) -> bytes:
    """Write the graph, the compounds, the gates and the doors; texts that repeat stand once in the header.

    Args:
        kinds: the facility kinds that doors may be of, in the order of the page's list of places.
    """
    hours = _Texts([*walkable.public.hours, *walkable.inner.hours, *walkable.gates.hours, *walkable.doors.hours])
    names = _Texts([zh for zh, _ in walkable.public.names])
    crs = walkable.crs
    arrays = {
        **_ways("public", walkable.public, hours, crs),
        "public.name": Numbers(names.rows([zh for zh, _ in walkable.public.names])),
        **_ways("inner", walkable.inner, hours, crs),
        "inner.compound": Numbers(walkable.inner_compound, step=1),
        "public.wait": Numbers(np.rint(walkable.wait_s * _MILLI).astype(np.int64)),
        "public.slow": Numbers(np.rint((walkable.factor - 1) * _MILLI * _MILLI).astype(np.int64)),
        **shapes("compounds", _degrees(walkable.compounds, crs)),
        "compounds.walls": Numbers(walkable.walled.astype(np.int64) - walkable.unwalled.astype(np.int64)),
        **shapes("obstacles", _degrees(walkable.obstacles, crs)),
        "border.edge": Numbers(walkable.border.edge, step=1),
        "border.offset": Numbers(np.rint(walkable.border.offset * _MILLI).astype(np.int64)),
        **_doors("gates", walkable.gates, hours, crs),
        **_doors("edges", walkable.edges, hours, crs),
        **_doors("doors", walkable.doors, hours, crs),
        "facility.kind": Numbers(np.array([kinds.index(kind) for kind, _ in walkable.facility], dtype=np.int64), step=1),
    }
    header = {
        "plane": plane_of(walkable).to_dict(),
        "hours": hours.texts,
        "names": [list(pair) for pair in _pairs(names.texts, walkable.public)],
        "kinds": list(kinds),
        "walkers": [vars(one) for one in walkable.walkers],
        **walkable.params,
    }
    return packed(header, arrays)


class _Texts:
    """Texts, each once; a row of None is 0, the first text 1."""

    def __init__(self, texts: Iterable[str | None]) -> None:
        self.texts = [text for text in dict.fromkeys(texts) if text is not None]
        self._row = {text: row for row, text in enumerate(self.texts, start=1)}

    def rows(self, texts: Iterable[str | None]) -> Ints:
        return np.array([0 if text is None else self._row[text] for text in texts], dtype=np.int64)


def _pairs(texts: Sequence[str], ways: Ways) -> Iterable[tuple[str, str | None]]:
    english = {zh: en for zh, en in ways.names if en is not None}
    return ((text, english.get(text)) for text in texts)


def _degrees(geometries: NDArray[np.object_], crs: str) -> NDArray[np.object_]:
    moved = np.empty(len(geometries), dtype=object)
    if len(geometries):
        moved[:] = to_degrees(geometries, crs)
    return moved


def _xy(xy: NDArray[np.float64], crs: str) -> Numbers:
    return degrees(shapely.get_coordinates(_degrees(shapely.points(xy), crs)).reshape(-1, 2))


def _ways(name: str, ways: Ways, hours: _Texts, crs: str) -> dict[str, Numbers]:
    network = ways.network
    over = np.zeros(len(network.length), dtype=np.int64) if network.ends_only is None else network.ends_only.astype(np.int64)
    return {
        f"{name}.nodes": _xy(network.nodes, crs),
        f"{name}.tail": Numbers(network.tail, step=1),
        f"{name}.across": Numbers(network.head - network.tail),
        f"{name}.between": Numbers(np.diff(network.first) - 2),
        f"{name}.xy": _xy(_between(network), crs),
        f"{name}.street": Numbers(network.street, step=1),
        f"{name}.over": Numbers(over),
        f"{name}.hours": Numbers(hours.rows(ways.hours)),
        f"{name}.level": Numbers(ways.level.astype(np.int64)),
    }


def _between(network: WalkNetwork) -> NDArray[np.float64]:
    """(v, 2) the vertices of every edge but its two ends, which are corners."""
    inner = np.ones(len(network.xy), dtype=bool)
    inner[network.first[:-1]] = inner[network.first[1:] - 1] = False
    return network.xy[inner]


def _doors(name: str, doors: Doors, hours: _Texts, crs: str) -> dict[str, Numbers]:
    return {
        f"{name}.xy": _xy(doors.xy, crs),
        f"{name}.owner": Numbers(doors.owner, step=1),
        f"{name}.hours": Numbers(hours.rows(doors.hours)),
        f"{name}.level": Numbers(doors.level.astype(np.int64)),
        f"{name}.residents": Numbers(doors.residents_only.astype(np.int64)),
        f"{name}.way": Numbers(doors.way),
    }

