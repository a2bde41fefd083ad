"""What a door opened or closed costs in part, beside the whole search again, at 150 k corners, in one process.

    python -m tests.benchmarks.edits [--doors 40]

The town is `town.grid_town`, its doors lie at random, the door of the edit in its middle. Wall milliseconds, the median of RUNS.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable

import numpy as np

from tests.benchmarks.town import STEP_M, grid_town
from wanli_geo.network import kernels
from wanli_geo.network.edits import with_source, without_source
from wanli_geo.network.search import spread
from wanli_geo.network.snap import snap

RUNS, SIDE = 9, 387


def took_ms(work: Callable[[], object]) -> float:
    """Time a work, after one run not counted."""
    work()
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return 1_000 * statistics.median(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--doors", type=int, default=40)
    network, wide = grid_town(SIDE), SIDE * STEP_M
    places = np.concatenate([np.random.default_rng(1).uniform(0, wide, (parser.parse_args().doors, 2)), [[wide / 2, wide / 2]]])
    every = snap(network, places)
    new = every.place == len(places) - 1
    doors, door, number = every.take(~new), every.take(new), np.array([len(places) - 1])
    whole = {}
    for name, corners in (("SciPy", 10**9), ("city", 0)):
        kernels.CITY_CORNERS = corners
        if corners or kernels.present():
            whole[name] = took_ms(lambda: spread(network, every))
    before, after = spread(network, doors), spread(network, every)
    edits = {"open": took_ms(lambda: with_source(network, before, door)), "close": took_ms(lambda: without_source(network, after, number))}
    moved = int((after.metres < before.metres).sum())
    print(f"{len(network.nodes):,} corners, {len(places):,} doors, {moved:,} corners are nearest to the one of the edit")
    for edit, edit_ms in edits.items():
        for name, whole_ms in whole.items():
            print(f"{edit:5} {edit_ms:7.2f} ms   whole by {name:5} {whole_ms:7.2f} ms   {whole_ms / edit_ms:6.1f} ×")


if __name__ == "__main__":
    main()
