"""One click beside the usual recipe, in one process: what a walk of 300, 600 and 900 m comes to, streets and three areas.

    pip install -e '.[bench]'
    python -m tests.benchmarks.click [--size 3k|150k]

The recipe is that of OSMnx's example notebook 13, “isolines and isochrones”, its `make_iso_polys(G, edge_buff=25, node_buff=50,
infill=True)` (github.com/gboeing/osmnx-examples, MIT): an ego graph a band, its corners and streets buffered and united. Its graph is
made beforehand, as the notebook's is; so is our network, and the tiles of the canvas that the clicks need, which a row of its own
measures. Wall seconds are what one waits, CPU seconds what the work costs however busy the machine is; each is the median of RUNS runs
after one not counted. Ratios are of CPU seconds.
"""

from __future__ import annotations

import argparse
import platform
import statistics
import time
from collections.abc import Callable
from importlib.metadata import version

import geopandas as gpd
import networkx as nx
import numpy as np
import shapely
from scipy.spatial import KDTree
from shapely.geometry import LineString, Point, Polygon

from tests.benchmarks.town import grid_town
from wanli_geo.access.canvas import Canvas
from wanli_geo.access.isochrones import BEYOND_M, areas, reached
from wanli_geo.network.graph import WalkNetwork
from wanli_geo.network.search import spread
from wanli_geo.network.snap import snap

RUNS = 5
SIDES = {"3k": 55, "150k": 387}
BANDS_M = (300.0, 600.0, 900.0)
NOTHING = np.empty(0, dtype=object)


def click(network: WalkNetwork, canvas: Canvas, place: np.ndarray) -> list[shapely.Geometry]:
    """Attach a place (1, 2) to the streets, search, cut the streets reached, draw the areas."""
    field = spread(network, snap(network, place), limit_m=BANDS_M[-1] + BEYOND_M)
    return areas(canvas, network, field, [(limit, reached(network, field, limit)) for limit in BANDS_M])


def graph_of(network: WalkNetwork) -> nx.MultiDiGraph:
    """Give the network as OSMnx has one: both ways, a geometry an edge."""
    graph = nx.MultiDiGraph()
    graph.add_nodes_from((corner, {"x": x, "y": y}) for corner, (x, y) in enumerate(network.nodes.tolist()))
    rows = zip(network.tail.tolist(), network.head.tolist(), network.length.tolist(), network.lines, strict=True)
    for tail, head, metres, line in rows:
        graph.add_edge(tail, head, length=metres, geometry=line)
        graph.add_edge(head, tail, length=metres, geometry=shapely.reverse(line))
    return graph


def make_iso_polys(graph: nx.MultiDiGraph, center: int, *, edge_buff: float = 25, node_buff: float = 50, infill: bool = True) -> list[Polygon]:
    """The notebook's function, line by line but for its names."""
    polygons = []
    for metres in sorted(BANDS_M, reverse=True):
        ego = nx.ego_graph(graph, center, radius=metres, distance="length")
        points = [Point((data["x"], data["y"])) for _, data in ego.nodes(data=True)]
        nodes = gpd.GeoDataFrame({"id": list(ego.nodes)}, geometry=points).set_index("id")
        lines = []
        for start, end in ego.edges():
            first, last = nodes.loc[start].geometry, nodes.loc[end].geometry
            edge = graph.get_edge_data(start, end)[0]
            lines.append(edge.get("geometry", LineString([first, last])))
        around_nodes = nodes.buffer(node_buff).geometry
        around_edges = gpd.GeoSeries(lines).buffer(edge_buff).geometry
        united = gpd.GeoSeries([*around_nodes, *around_edges]).union_all()
        polygons.append(Polygon(united.exterior) if infill else united)
    return polygons


def ours(network: WalkNetwork) -> Callable[[], list[shapely.Geometry]]:
    """Give the click on the middle of the town, the network and the tiles that it needs kept from one click to the next."""
    place, canvas = np.median(network.nodes, axis=0)[None], Canvas(network, NOTHING)
    return lambda: click(network, canvas, place)


def recipe(network: WalkNetwork) -> Callable[[], list[Polygon]]:
    """Give the recipe at the same place, its graph made beforehand; largest area first."""
    graph, start = graph_of(network), int(KDTree(network.nodes).query(np.median(network.nodes, axis=0))[1])
    return lambda: make_iso_polys(graph, start)


def took(work: Callable[[], object]) -> tuple[float, float]:
    """Time a work, after one run not counted: wall and CPU seconds."""
    work()
    times = []
    for _ in range(RUNS):
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        times.append((time.perf_counter() - wall, time.process_time() - cpu))
    wall_s, cpu_s = (statistics.median(column) for column in zip(*times, strict=True))
    return wall_s, cpu_s


def measure(network: WalkNetwork) -> None:
    """Print the rows of one network."""
    theirs, mine = recipe(network), ours(network)
    peer = took(theirs)

    def first() -> None:
        ours(network)()

    rows = {
        "one click, ego graph + buffer union": peer,
        "one click, reach and three areas": took(mine),
        "the first click there, its ground prepared too": took(first),
    }
    for label, (wall_s, cpu_s) in rows.items():
        print(f"  {label:<58}{wall_s:10.4f} s {cpu_s:10.4f} s CPU  {peer[1] / cpu_s:6.1f} × the recipe", flush=True)
    pairs = zip(BANDS_M, mine(), theirs()[::-1], strict=True)
    told = ", ".join(f"{limit:.0f} m: {area.area:,.0f} and {other.area:,.0f} m²" for limit, area, other in pairs)
    print(f"  areas, ours and the recipe's: {told}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=list(SIDES), action="append")
    names = ("numpy", "scipy", "shapely", "contourpy", "geopandas", "networkx")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    print(f"{platform.processor() or platform.machine()}, Python {platform.python_version()}, {versions}")
    for size in parser.parse_args().size or ["3k"]:
        network = grid_town(SIDES[size])
        print(f"{size}: {len(network.nodes):,} corners, {len(network.length):,} edges", flush=True)
        measure(network)


if __name__ == "__main__":
    main()
