"""An OpenStreetMap file becomes a walk network at once: the only way to one that makes no workspace."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from wanli_geo.network.graph import WalkNetwork, network_of
from wanli_geo.workspace.osm_area import metric_crs
from wanli_geo.workspace.osm_read import read_ways
from wanli_geo.workspace.osm_streets import none_to_walk, pieces, read_streets
from wanli_geo.workspace.osm_text import UNITS, Tags
from wanli_geo.workspace.store import metres_of


@dataclass(frozen=True, eq=False)
class WalkGraph:
    """Streets as a network, with all that OpenStreetMap says of them.

    Attributes:
        network: in metres of `metric_crs`; its `street` is a row of `ids` and `tags`.
        ids: "w1", or "w1.1", "w1.2", … where a way is cut at a shut gate or by the edge of the file.
        tags: every tag of the way; streets that bear the same share one dictionary.
    """

    network: WalkNetwork
    ids: list[str]
    tags: list[Tags]
    metric_crs: str


def walk_graph(file: str | Path) -> WalkGraph:
    """Read the streets that the public may walk, with all their tags, and join them at their corners.

    These are the ways that `import_osm` keeps as public streets. Two things it knows by areas are not asked here, where no area is read:
    paths inside a walled compound count as public, and the edge of a square drawn as a relation is no street.

    Args:
        file: .osm.pbf, .osm, .osm.gz or .osm.bz2.

    Raises:
        BadExtract: the file cannot be read, or has no walkable street.
        MissingExtra: pyosmium is not installed.
    """
    extract = read_ways(Path(file))
    read = read_streets(extract.lines)
    found = pieces(extract.lines, extract.points, read)
    public = np.array([row is not None and row["access"] == "public" for row in read], dtype=bool)
    found = found.take(public[found.way] & np.array([shut is None for shut in found.shut], dtype=bool))
    if not found.ids:
        raise none_to_walk(Path(file))
    degrees = found.xy / UNITS
    crs = metric_crs(*((degrees.min(axis=0) + degrees.max(axis=0)) / 2).tolist())
    street = np.arange(len(found.ids))
    network = network_of(metres_of(degrees, crs), np.repeat(street, np.diff(found.first)), street)
    return WalkGraph(network, found.ids, [extract.lines.tags[way] for way in found.way.tolist()], crs)
