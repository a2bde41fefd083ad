"""Every row of the speed table, one benchmark after the other, each in a process of its own.

    pip install -e '.[bench]'
    python -m tests.benchmarks > walking.txt
"""

from __future__ import annotations

import subprocess
import sys

_EACH = (
    ("walking", "--size", "3k", "--size", "helsinki"),
    ("click",),
    ("pbf",),
    ("walking", "--size", "150k", "--thorough"),
    ("walking", "--size", "1500k", "--without-pandana"),
    ("edits",),
    ("wire",),
    ("loops",),
)


def main() -> int:
    worst = 0
    for name, *options in _EACH:
        print(f"\n== python -m tests.benchmarks.{name} {' '.join(options)}", flush=True)
        worst = max(worst, subprocess.run([sys.executable, "-m", f"tests.benchmarks.{name}", *options], check=False).returncode)
    return worst


if __name__ == "__main__":
    sys.exit(main())
