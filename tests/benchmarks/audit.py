"""How long an audit takes: all standards, all clauses, all ages, the evening too; on the Wanli sketch and on a district drawn for it.

    python -m tests.benchmarks.audit [--without-peer] [--keep FOLDER]

Every figure is of a process of its own, the imports done, with the base install: numba is kept out where it is there. Wall seconds are
what one waits, CPU seconds what the work costs however busy the machine is, memory is the most that the process held. The peer is
pandana, for one part of the work, the walks: its recipe of today, `set_pois` and `nearest_pois` a set of facilities, on our own network,
given to it for nothing. pip install -e '.[bench]' brings it.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

sys.modules["numba"] = None  # type: ignore[assignment]  # the base install has none

import numpy as np  # noqa: E402

import wanli_geo  # noqa: E402
from tests.benchmarks.apart import most_gb  # noqa: E402
from wanli_geo.standards.packs import packs_of  # noqa: E402
from wanli_geo.study import Study  # noqa: E402
from wanli_geo.study.audit import INPUTS, audit  # noqa: E402
from wanli_geo.study.audits import EVENING  # noqa: E402
from wanli_geo.study.ledger import Audited, ledger_of  # noqa: E402
from wanli_geo.workspace.store import bundled  # noqa: E402

RUNS = 5
# The farthest walk that a clause of the house allows: no farther need pandana look, and no farther does it.
FARTHEST_M = 3_000.0
# (where, what): the line, in CPU seconds or gigabytes.
AIMS = {("sketch", "open and audit"): 1.0, ("district", "open and audit"): 15.0, ("district", "memory"): 2.0}
Times = dict[str, tuple[float, float]]


class Clock:
    """Wall and CPU seconds of one piece of work after the other."""

    def __init__(self) -> None:
        self.times: Times = {}

    def took(self, label: str, work: Callable[[], Any]) -> Any:
        wall, cpu = time.perf_counter(), time.process_time()
        made = work()
        self.times[label] = (time.perf_counter() - wall, time.process_time() - cpu)
        return made


def whole(folder: Path) -> dict[str, Any]:
    """Open and audit as one does; then with the workspace read and the network built; then the JSON."""
    clock = Clock()
    answer = clock.took("open and audit", lambda: wanli_geo.open(folder).audit("all"))
    after = most_gb()
    text = clock.took("its JSON", answer.to_json)
    study = wanli_geo.open(folder)
    for name in INPUTS:
        study.workspace.metric(name)
    study.ground().homes  # noqa: B018
    clock.took("audit, workspace read and homes attached", lambda: study.audit("all"))
    return {"times": clock.times, "gb": after, "gb_json": most_gb(), "mb": len(text.encode()) / 1e6}


def stages(folder: Path) -> dict[str, Any]:
    """The same work piece by piece."""
    clock = Clock()
    study = clock.took("read and project the layers", lambda: _read(folder))
    ground = study.ground()
    clock.took("join the streets", lambda: ground.network)
    clock.took("attach the homes", lambda: ground.homes)
    audited, packs = Audited(ground, study.waits), tuple(packs_of(folder).values())
    clock.took("attach the facilities", lambda: audited.goals.rows)
    ledger = clock.took("judge every clause", lambda: ledger_of(audited, packs))
    clock.took("tell it in tables", lambda: audit(audited, None, ledger, packs))
    evening = Audited(study.ground("adult", "Tu", EVENING), study.waits, True, None, audited.offer)
    clock.took("the evening, and the tables once more", lambda: audit(audited, evening, ledger, packs))
    sizes = {
        "corners": len(ground.network.nodes), "edges": len(ground.network.length), "homes": len(ground.demand.ids),
        "facilities": len(audited.offer.ids), "doors": len(audited.offer.doors), "clauses": len(ledger.entries),
        "sets": len(_sets(audited, packs)),
    }
    return {"times": clock.times, "sizes": sizes}


def _read(folder: Path) -> Study:
    study = wanli_geo.open(folder)
    for name in INPUTS:
        study.workspace.metric(name)
    return study


def _sets(audited: Audited, packs: Any) -> list[np.ndarray]:
    """Every distinct set (f,) of facilities that a clause asks the walk to."""
    entries = ledger_of(audited, packs).entries
    asked = [entry.supply.satisfying for entry in entries if entry.measure.mode in ("metres", "minutes")]
    return [np.frombuffer(key, dtype=bool) for key in dict.fromkeys(one.tobytes() for one in asked)]


def peer(folder: Path) -> dict[str, Any]:
    """The walk of each home to the nearest of every distinct set of facilities, ours and pandana's, and how far they agree."""
    import pandana
    import pandas as pd

    clock, study = Clock(), _read(folder)
    ground = study.ground()
    network, audited = ground.network, Audited(ground, study.waits)
    sets = _sets(audited, tuple(packs_of(folder).values()))
    fresh = Audited(Study(study.workspace).ground(), study.waits, False, None, audited.offer)
    fresh.ground.network.neighbours  # noqa: B018  both are given the network
    clock.took("ours: homes and doors attached", lambda: (fresh.ground.homes, fresh.goals.rows))
    ours = clock.took("ours: every set searched, without a limit", lambda: [fresh.goals.cost(one) for one in sets])
    fresh = Audited(Study(study.workspace).ground(), study.waits, False, None, audited.offer)
    fresh.ground.homes, fresh.goals.rows  # noqa: B018
    clock.took("ours: the same, no farther than 3,000 m", lambda: [fresh.goals.cost(one, within_m=FARTHEST_M) for one in sets])
    corners = pd.DataFrame(network.nodes, columns=["x", "y"])
    net = clock.took("pandana: network contracted", lambda: pandana.Network(
        corners.x, corners.y, pd.Series(network.tail), pd.Series(network.head), pd.DataFrame({"metres": network.length}), twoway=True))
    xy = ground.demand.xy
    at = clock.took("pandana: homes to corners", lambda: net.get_node_ids(xy[:, 0], xy[:, 1]).to_numpy())
    theirs = clock.took("pandana: every set, no farther than 3,000 m", lambda: [_by_pandana(net, audited, one, at) for one in sets])
    both = np.array([np.isfinite(mine) & (mine <= FARTHEST_M) for mine in ours])
    reach = np.array([far < FARTHEST_M for far in theirs])
    apart = np.abs(np.array(ours) - np.array(theirs))[both & reach]
    agree = {"alike_in_reach": float((both == reach).mean()), "median_m": float(np.median(apart)), "p95_m": float(np.quantile(apart, 0.95))}
    return {"times": clock.times, "sets": len(sets), "agree": agree, "version": pandana.__version__}


def _by_pandana(net: Any, audited: Audited, facilities: np.ndarray, at: np.ndarray) -> np.ndarray:
    doors = audited.offer.doors[audited.goals.doors_of(facilities)]
    if not len(doors):
        return np.full(len(at), FARTHEST_M)
    net.set_pois("set", FARTHEST_M, 1, doors[:, 0], doors[:, 1])
    return net.nearest_pois(FARTHEST_M, "set", num_pois=1)[1].loc[at].to_numpy()


def _ask(verb: str, folder: Path) -> dict[str, Any]:
    """Run one of the verbs in a new process; what a library prints about its own progress is not shown."""
    command = [sys.executable, "-m", "tests.benchmarks.audit", "--apart", verb, str(folder)]
    return dict(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1]))


def _say(where: str, label: str, value: float, unit: str, wall: float | None = None, note: str = "") -> None:
    aim = AIMS.get((where, label))
    told = "" if aim is None else f"  (line {aim:g} {unit}: {'kept' if max(value, wall or 0.0) < aim else 'NOT kept'})"
    first = "" if wall is None else f"{wall:10.3f} s"
    print(f"  {label:<48}{first}{value:10.3f} {unit}{' CPU' if wall is not None else ''}{told}{note}", flush=True)


def measure(where: str, folder: Path) -> None:
    runs = [_ask("whole", folder) for _ in range(RUNS)]
    for label in runs[0]["times"]:
        wall, cpu = (statistics.median(run["times"][label][column] for run in runs) for column in (0, 1))
        _say(where, label, cpu, "s", wall, f"  ({RUNS} runs)" if label == "open and audit" else "")
    _say(where, "memory", max(run["gb"] for run in runs), "GB")
    _say(where, "memory, the JSON made too", max(run["gb_json"] for run in runs), "GB", note=f"  ({runs[0]['mb']:.1f} MB of JSON)")
    apart = _ask("stages", folder)
    print("  of these, in one more run: " + ", ".join(f"{number:,} {name}" for name, number in apart["sizes"].items()), flush=True)
    for label, (wall, cpu) in apart["times"].items():
        _say(where, f"  {label}", cpu, "s", wall)


def compare(folder: Path) -> None:
    try:
        told = _ask("peer", folder)
    except subprocess.CalledProcessError as wrong:
        print(f"  no peer: {wrong.stderr.splitlines()[-1] if wrong.stderr else wrong}")
        return
    times = told["times"]
    for label, (wall, cpu) in times.items():
        _say("peer", label, cpu, "s", wall)
    mine = sum(times[label][1] for label in list(times)[:2])
    theirs = [sum(times[label][1] for label in list(times)[start:]) for start in (3, 4)]
    print(f"  {told['sets']} sets: ours {mine:.2f} s CPU with the homes attached, pandana {told['version']} {theirs[0]:.1f} s, "
          f"{theirs[0] / mine:.1f} × ours; without its contraction {theirs[1]:.1f} s, {theirs[1] / mine:.1f} × ours")
    agree = told["agree"]
    print(f"  alike in reach of 3,000 m: {agree['alike_in_reach']:.3f} of the answers; apart by {agree['median_m']:.0f} m in the median, "
          f"{agree['p95_m']:.0f} m for one in twenty: pandana walks from corner to corner, through walls, without gates")


def machine() -> str:
    chip = platform.processor() or platform.machine()
    if (info := Path("/proc/cpuinfo")).exists():
        chip = next((line.split(":")[1].strip() for line in info.read_text().splitlines() if line.startswith("model name")), chip)
    busy = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    versions = ", ".join(f"{name} {_version(name)}" for name in ("numpy", "scipy", "shapely", "pandas", "geopandas", "pandana"))
    return f"{chip}, {os.cpu_count()} cores{busy}, Python {platform.python_version()}, {versions}; no numba"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "-"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--without-peer", action="store_true")
    parser.add_argument("--keep", type=Path, help="draw the district into this folder and leave it there")
    parser.add_argument("--apart", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.apart:
        verb, folder = asked.apart
        print(json.dumps({"whole": whole, "stages": stages, "peer": peer}[verb](Path(folder))))
        return
    from tests.benchmarks.district import save_district

    print(machine())
    print("the Wanli sketch", flush=True)
    measure("sketch", bundled())
    with tempfile.TemporaryDirectory() as folder:
        place = asked.keep or Path(folder) / "district"
        save_district(place)
        print("a district", flush=True)
        measure("district", place)
        if not asked.without_peer:
            print("the walks alone, and a peer", flush=True)
            compare(place)


if __name__ == "__main__":
    main()
