"""Figures that ask for a process of their own: the first answer after a fresh start, and how much memory a metropolis takes.

    python -m tests.benchmarks.apart first WORKSPACE
    python -m tests.benchmarks.apart memory NETWORK.npz

Each prints its figures as JSON; `walking` starts them.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from dataclasses import fields
from pathlib import Path

import numpy as np

import wanli_geo
from tests.benchmarks.town import services_at
from wanli_geo.network.graph import WalkNetwork
from wanli_geo.network.search import nearest_of_each


def ask(verb: str, path: Path) -> dict[str, float]:
    """Run one of the two in a new process."""
    command = [sys.executable, "-m", "tests.benchmarks.apart", verb, str(path)]
    return dict(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1]))


def first_answer(workspace: Path) -> dict[str, float]:
    """Seconds from the imports done to the first coverage told: workspace read, network built, homes and services attached, searched."""
    start, spent = time.perf_counter(), time.process_time()
    answer = wanli_geo.open(workspace).coverage("CANTEEN", "500m")
    seconds, cpu = time.perf_counter() - start, time.process_time() - spent
    return {"seconds": seconds, "cpu": cpu, "facts": len(answer.facts), "numba": float("numba" in sys.modules)}


def memory(file: Path) -> dict[str, float]:
    """Gigabytes at most held, with the network and the answer of 20 kinds in hand."""
    with np.load(file) as saved:
        network = WalkNetwork(*(saved[field.name] for field in fields(WalkNetwork) if field.name in saved))
        kinds = [services_at(network, corners) for corners in saved["services"]]
    loaded = most_gb()
    metres, _ = nearest_of_each(network, kinds, limit_m=2_000.0)
    return {"loaded": loaded, "most": most_gb(), "reached": float(np.isfinite(metres).mean())}


def saved(network: WalkNetwork, services: np.ndarray, file: Path) -> None:
    arrays = {field.name: getattr(network, field.name) for field in fields(WalkNetwork)}
    np.savez(file, services=services, **{name: array for name, array in arrays.items() if array is not None})


def most_gb() -> float:
    """Peak memory of this process; Linux counts that of the one which started it into `ru_maxrss`, but not into VmHWM."""
    status = Path("/proc/self/status")
    if status.exists():
        return next(float(line.split()[1]) / 1e6 for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


if __name__ == "__main__":
    print(json.dumps({"first": first_answer, "memory": memory}[sys.argv[1]](Path(sys.argv[2]))))
