"""How good and how quick the loop maker is: beside every loop there is, beside rings of waypoints, and in a real city.

    pip install -e '.[test]'
    python -m tests.benchmarks.loops > tests/benchmarks/loops.txt

Searches are timed with the attributes of the streets and the chains of the network prepared, as they are from the second loop on. The rings
are what routing services do: waypoints on a circle of about the length, the shortest ways between them, many circles, the best kept.
"""

from __future__ import annotations

import platform
import statistics
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import networkx as nx
import numpy as np
import shapely

from tests.benchmarks.coverage import helsinki
from tests.benchmarks.town import grid_town
from tests.planning.by_milp import longest_loop_m
from tests.planning.exhaustive import Plain, TooLong, best, loops, plain
from tests.planning.test_loops import random_town
from wanli_geo.errors import NothingToAnswer, OffNetwork
from wanli_geo.network.graph import WalkNetwork
from wanli_geo.planning.loops.crossings import Kinds
from wanli_geo.planning.loops.graph import LoopGraph, prepared
from wanli_geo.planning.loops.proposals import thorough
from wanli_geo.planning.loops.score import CROSSING_M
from wanli_geo.planning.loops.search import Place, Wish, search
from wanli_geo.study import Study
from wanli_geo.study.loops import ellipsoid_m
from wanli_geo.workspace.osm import import_osm
from wanli_geo.workspace.store import open_workspace, to_degrees

GRAPHS, STARTS, RINGS, TARGET_M = 200, 50, 60, 2500.0
PROOF_S = 60.0


def against_all() -> None:
    shares, none = [], 0
    for seed in range(GRAPHS):
        town = random_town(seed)
        place = town.graph.on_chain(town.edge, town.offset)
        proven = best(plain(town.network, town.kinds.road, town.kinds.crossing), town.edge, town.offset, town.wish.least, town.wish.most,
                      town.pleasantness, CROSSING_M)
        found = thorough(town.graph, Place(*place), town.wish) if place[0] >= 0 else []
        if proven is None:
            none += 1
            assert not found
        else:
            shares.append(found[0].score / proven if found else 0.0)
    print(f"{GRAPHS} random graphs of at most 40 edges: {len(shares)} have a loop, in {none} both found none")
    print(f"  of the exhaustive optimum: least {min(shares):.4f}, mean {statistics.mean(shares):.4f}; "
          f"{np.mean(np.array(shares) >= 0.99):.1%} at 0.99 or more (aim: all)")


@dataclass(frozen=True)
class Rings:
    """The usual trick, told by our score; it is given the best of all its circles."""

    graph: LoopGraph
    ways: nx.Graph

    def best(self, place: Place, wish: Wish, rng: np.random.Generator) -> tuple[float, int]:
        """The best score of the valid rings, 0 for none, and how many of them were valid."""
        chains = self.graph.chains
        home = int(chains.tail[place.chain])
        scores = []
        for _ in range(RINGS):
            radius, turn, count = wish.metres / (2 * np.pi) * rng.uniform(0.6, 1.0), rng.uniform(0, 2 * np.pi), int(rng.integers(3, 5))
            angle = turn + np.pi + np.arange(1, count) * 2 * np.pi / count
            centre = chains.nodes[home] + radius * np.array([np.cos(turn), np.sin(turn)])
            spots = centre + radius * np.column_stack([np.cos(angle), np.sin(angle)])
            corners = [home, *(int(np.argmin(np.hypot(*(chains.nodes - spot).T))) for spot in spots), home]
            scores.append(self._score(corners, wish))
        valid = [one for one in scores if one > 0]
        return max(valid, default=0.0), len(valid)

    def _score(self, corners: list[int], wish: Wish) -> float:
        walked = [corners[0]]
        for start, end in pairwise(corners):
            walked += nx.shortest_path(self.ways, start, end, weight="metres")[1:]
        arcs = [self.ways[start][end]["chain"] * 2 + int(self.graph.chains.tail[self.ways[start][end]["chain"]] != start)
                for start, end in pairwise(walked)]
        metres = sum(self.graph.chains.length[arc >> 1] for arc in arcs)
        if len(set(walked[:-1])) < len(walked) - 1 or len(arcs) < 3 or not wish.least <= metres <= wish.most:
            return 0.0
        crossings = sum(int(self.graph.crossings[arc]) for arc in arcs)
        for come, go in pairwise(arcs):
            low, high = self.graph.indptr[come], self.graph.indptr[come + 1]
            crossings += int(self.graph.turns[low:high][self.graph.following[low:high] == go][0])
        return float(sum(self.graph.pleasant[arc >> 1] for arc in arcs) / (metres + CROSSING_M * crossings))


def in_a_town() -> None:
    network, rng = grid_town(55), np.random.default_rng(3)
    size = len(network.length)
    kinds = Kinds(rng.random(size) < 0.4, np.zeros(size, dtype=bool), np.zeros(size, dtype=bool))
    begun = time.perf_counter()
    graph = prepared(network, rng.random(size), kinds)
    made_s = time.perf_counter() - begun
    ways = nx.Graph()
    chains = graph.chains
    for chain, (tail, head, metres) in enumerate(zip(chains.tail.tolist(), chains.head.tolist(), chains.length.tolist(), strict=True)):
        if tail != head and metres < ways.get_edge_data(tail, head, {"metres": np.inf})["metres"]:
            ways.add_edge(tail, head, metres=metres, chain=chain)
    rings, took, ours, theirs, valid, wish = Rings(graph, ways), [], [], [], 0, Wish(TARGET_M)
    for chain in rng.choice(len(graph.chains.length), STARTS, replace=False).tolist():
        place = Place(chain, 0.0)
        times = []
        for _ in range(5):
            begun = time.perf_counter()
            found = search(graph, place, wish)
            times.append(time.perf_counter() - begun)
        took.append(statistics.median(times))
        ours.append(found[0].score if found else 0.0)
        score, count = rings.best(place, wish, rng)
        theirs.append(score)
        valid += count
    print(f"grid town, {len(network.nodes):,} corners, {size:,} edges; {STARTS} starts, {TARGET_M:g} m ± 1 %; chains prepared in {made_s:.2f} s")
    print(f"  a search: median {statistics.median(took) * 1000:.1f} ms, slowest {max(took) * 1000:.1f} ms (aim: < 20 ms)")
    print(f"  starts with a loop: ours {np.mean(np.array(ours) > 0):.0%}, best of {RINGS} rings {np.mean(np.array(theirs) > 0):.0%}")
    print(f"  rings that are simple and of the length: {valid / (STARTS * RINGS):.1%}")
    both = np.array(theirs) > 0
    margin = np.array(ours)[both] - np.array(theirs)[both]
    print(f"  mean score where both have one: ours {np.mean(np.array(ours)[both]):.3f}, rings {np.mean(np.array(theirs)[both]):.3f}, "
          f"margin {margin.mean():+.3f}, least {margin.min():+.3f}")


def in_helsinki() -> None:
    with tempfile.TemporaryDirectory() as folder:
        import_osm(helsinki(), Path(folder) / "city")
        study = Study(open_workspace(Path(folder) / "city"))
        ground = study.ground("adult", "Tu", "20:00")
        network, rng = ground.network, np.random.default_rng(2026)
        main = np.unique(np.concatenate([network.tail[network.component == 0], network.head[network.component == 0]]))
        kind = ground.streets["kind"].to_numpy(object)[network.street]
        within = lengths_of_blocks(network)
        bare = plain(network, kind == "road", kind == "crossing")
        valid, lollipops, none, proven, unproven, times = 0, 0, 0, 0, 0, []
        crs = study.workspace.catalogue.metric_crs
        for corner in rng.choice(main, STARTS, replace=False).tolist():
            lon, lat = shapely.get_coordinates(to_degrees(shapely.points(network.nodes[corner]), crs))[0].tolist()
            begun = time.perf_counter()
            try:
                line = study.routes.loops(lon, lat, lollipop="never").features["loops"].geometry.iloc[0]
                valid += int(line.is_ring and abs(ellipsoid_m(line) / TARGET_M - 1) <= 0.01)
            except (NothingToAnswer, OffNetwork):
                none += 1
                told = settled(bare, corner, within)
                proven, unproven = proven + told.startswith("no simple"), unproven + told.startswith("not settled")
                print(f"    corner {corner}: {told}", flush=True)
                with suppress(NothingToAnswer):
                    lollipops += int(abs(study.routes.loops(lon, lat).fact("length_m") / TARGET_M - 1) <= 0.01)
            times.append(time.perf_counter() - begun)
    print(f"Helsinki, {len(network.nodes):,} corners, {len(network.length):,} edges; {STARTS} random corners of the mainland, {TARGET_M:g} m ± 1 %")
    print(f"  valid (closed, simple, ± 1 % on the ellipsoid): {valid} of {STARTS}; none found: {none}, "
          f"of these proven {proven}, not settled {unproven}")
    print(f"  of those without a simple loop a lollipop: {lollipops}; a question in median {statistics.median(times):.2f} s, all included")


def lengths_of_blocks(network: WalkNetwork) -> np.ndarray:
    """(e,) metres of the block of each edge, by networkx: no simple loop is longer; 0 for an edge that lies on none."""
    graph = nx.Graph()
    for tail, head in zip(network.tail.tolist(), network.head.tolist(), strict=True):
        graph.add_edge(tail, head)
    metres = np.zeros(len(network.length))
    row = {}
    for edge, ends in enumerate(zip(network.tail.tolist(), network.head.tolist(), strict=True)):
        row.setdefault(frozenset(ends), []).append(edge)
    for block in nx.biconnected_component_edges(graph):
        edges = [edge for ends in block for edge in row[frozenset(ends)]]
        if len(edges) > 1:
            metres[edges] = network.length[edges].sum()
    return metres


def settled(bare: Plain, corner: int, within: np.ndarray) -> str:
    """What exhaustive search says of a corner from which none was found: path by path, then by mixed-integer programming."""
    least, most = TARGET_M * 0.99, TARGET_M * 1.01
    longest = longest_loop_m(bare.network, corner, most)
    if longest is not None and longest < least:
        return f"no simple loop, by mixed-integer programming: the longest has {longest:,.0f} m"
    try:
        return "MISSED, there is a loop" if any_loop(bare, corner, within) else "no simple loop, by exhaustion"
    except TooLong:
        more = "" if longest is None else f"; the longest that passes no corner twice has {longest:,.1f} m, by mixed-integer programming"
        return f"not settled in {PROOF_S:g} s, path by path{more}"


def any_loop(bare: Plain, corner: int, within: np.ndarray) -> bool:
    """Whether any loop through a corner is of the length, passes no corner twice and does not cross itself on the map, as under a bridge.

    It runs along two of the corner's edges, in a block as long as itself.
    """
    network = bare.network
    edges = [way for way, _, _ in bare.arms[corner] if within[way] >= TARGET_M * 0.99]
    return any(crosses_nowhere(network, path) for way in edges for path, _ in loops(
        bare, way, 0.0 if network.tail[way] == corner else float(network.length[way]), TARGET_M * 0.99, TARGET_M * 1.01, within_s=PROOF_S, care=True))


def crosses_nowhere(network: WalkNetwork, path: list[int]) -> bool:
    """Whether the edges of a loop, each once, make a line without crossings: they meet only at their ends."""
    whole = shapely.union_all(network.lines[np.unique(path)])  # noded: an edge that another crosses comes in more pieces than it was
    return len(shapely.get_parts(shapely.line_merge(whole))) == 1 and shapely.is_ring(shapely.get_parts(shapely.line_merge(whole))[0])


def main() -> None:
    print(f"{platform.machine()}, Python {platform.python_version()}, numpy {np.__version__}")
    against_all()
    in_a_town()
    in_helsinki()


if __name__ == "__main__":
    main()
