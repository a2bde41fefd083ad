"""How fast an OpenStreetMap file becomes a walk graph with its tags, beside pyrosm and OSMnx, in one process. It measures; no test times.

    pip install -e '.[bench]' osmnx igraph
    python -m tests.benchmarks.pbf [--corners 150000] [--runs 5] [--osmnx-runs 1] [--file x.osm.pbf]

The town is the one that tests/benchmarks/osm.py writes. Ours is `study.osm_graph.walk_graph`: the network, cut at its corners, measured in
metres, and all tags of every street. pyrosm's `get_network("walking", nodes=True)` gives a frame of all nodes and one of all stretches
between them; `to_graph` makes of these the graph, at its default simplified to the corners, as ours is: as networkx, and as igraph where
that is installed (its quickest). Its third form, pandana, contracts the graph for its searches, which took ten minutes here: it is left
out. OSMnx reads no PBF: it is given the streets alone, as .osm text written for it beforehand (of the whole file it would make streets of
houses too); `graph_from_xml(retain_all=True)`, simplified to the corners and not. It takes minutes and runs once unless told. Each figure
is the median; before those of more than one run stands one not counted. CPU seconds say what the work costs however busy the machine is.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import tempfile
import warnings
from collections.abc import Callable
from importlib import util
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import osmium
import osmium.filter
import shapely

from tests.benchmarks.osm import CORNERS, write_town
from tests.benchmarks.walking import Took, machine, plus, took
from wanli_geo.study.osm_graph import WalkGraph, walk_graph


def quiet(work: Callable[[], Any]) -> Callable[[], Any]:
    """Keep a peer's progress to itself."""
    def run() -> Any:
        with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            return work()
    return run


def say(label: str, result: Took, ours: Took | None = None) -> None:
    ratio = f"  ours is {result.wall_s / ours.wall_s:6.1f} × as fast, {result.cpu_s / ours.cpu_s:6.1f} × in CPU" if ours else ""
    print(f"  {label:<56}{result}{ratio}", flush=True)


def measure(file: Path, runs: int, osmnx_runs: int) -> None:
    """Print how long each takes, and how far the graphs agree."""
    ours = took(lambda: walk_graph(file), runs)
    made = walk_graph(file)
    say("ours: walk_graph", ours)
    with_pyrosm(file, runs, ours, made)
    if osmnx_runs:
        try:
            with_osmnx(file, osmnx_runs, ours, made)
        except ValueError as refused:  # an extract in which ways go on outside it
            print(f"  OSMnx: {refused}")


def with_pyrosm(file: Path, runs: int, ours: Took, made: WalkGraph) -> None:
    import pyrosm

    frames: list[Any] = []

    def read() -> None:
        frames[:] = [pyrosm.OSM(str(file))]
        frames.extend(frames[0].get_network("walking", nodes=True))

    framed = took(quiet(read), runs)
    osm, nodes, edges = frames
    say("pyrosm: get_network, frames of stretches, no graph", framed, ours)
    kinds = ["networkx", *(["igraph"] if util.find_spec("igraph") else [])]
    for kind in kinds:
        for simplify in (True, False):
            once = kind == "networkx"  # half a minute and more each
            graphed = took(quiet(lambda kind=kind, simplify=simplify: osm.to_graph(
                nodes, edges, graph_type=kind, simplify=simplify, retain_all=True)), 1 if once else runs)
            say(f"pyrosm: get_network + to_graph({kind}, simplify={simplify})", plus(framed, graphed), ours)
    alike_pyrosm(made, nodes, edges)


def alike_pyrosm(made: WalkGraph, nodes: Any, edges: Any) -> None:
    """Compare with pyrosm's stretches, both measured in our projection."""
    frame = edges.to_crs(made.metric_crs)
    stretches = np.array([shapely.get_num_points(line) - 1 for line in shapely.get_parts(frame.geometry.to_numpy())]).sum()
    print(f"  streets: {made.network.length.sum():,.3f} m, pyrosm {frame.length.sum():,.3f} m; straight stretches: "
          f"{len(made.network.xy) - len(made.network.length):,}, pyrosm {stretches:,}; ways {len({i.split('.')[0] for i in made.ids}):,}, "
          f"pyrosm {edges['id'].nunique():,}")
    from pyrosm.graph_simplify import simplify_graph

    corners = len(quiet(lambda: simplify_graph(nodes, edges))()[0])
    print(f"  corners: {len(made.network.nodes):,}, pyrosm simplified {corners:,}; edges {len(made.network.length):,}", flush=True)


def with_osmnx(file: Path, runs: int, ours: Took, made: WalkGraph) -> None:
    import osmnx

    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / "same.osm"
        with osmium.BackReferenceWriter(str(text), ref_src=str(file)) as writer:
            for way in osmium.FileProcessor(str(file), osmium.osm.WAY).with_filter(osmium.filter.KeyFilter("highway")):
                writer.add(way)
        graphs: dict[bool, Any] = {}
        for simplify in (True, False):
            def read(simplify: bool = simplify) -> None:
                graphs[simplify] = osmnx.graph_from_xml(text, bidirectional=True, simplify=simplify, retain_all=True)
            say(f"OSMnx: graph_from_xml(simplify={simplify})", took(quiet(read), runs), ours)
    metres = sum(length for _, _, length in graphs[False].edges(data="length")) / 2
    print(f"  OSMnx: {metres:,.0f} m on the sphere, {graphs[True].number_of_nodes():,} corners simplified, "
          f"{graphs[False].number_of_edges() // 2:,} straight stretches", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corners", type=int, default=CORNERS)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--osmnx-runs", type=int, default=1, help="0 leaves it out")
    parser.add_argument("--file", type=Path, help="an extract instead of the written town")
    asked = parser.parse_args()
    print(machine() + ", " + ", ".join(f"{name} {version(name)}" for name in ("osmium", "pyrosm", "osmnx", "igraph") if util.find_spec(name)))
    with tempfile.TemporaryDirectory() as folder:
        file = asked.file or Path(folder) / "town.osm.pbf"
        if not asked.file:
            write_town(file, asked.corners)
        print(f"{file.name}: {file.stat().st_size / 1e6:.1f} MB", flush=True)
        measure(file, asked.runs, asked.osmnx_runs)


if __name__ == "__main__":
    main()
