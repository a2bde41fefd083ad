"""Take a share of the hostile corpus into a workspace, by the verb a planner types, and tell how each file ended; one JSON on stdout."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import resource
import shutil
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.village import village
from tests.workspace.intake.hostile import Hostile
from wanli_geo.cli import run
from wanli_geo.workspace.intake.versions import FOLDER
from wanli_geo.workspace.store import save_workspace

TABLES = (".csv", ".txt", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods")
State = dict[str, tuple[bytes, int]]


@dataclass(frozen=True)
class End:
    """How one file ended: the exit code, what was said, whether the workspace and the folder of temporary files are as they were."""

    name: str
    code: int
    said: str
    same: bool
    clean: bool


def take_in(hostile: Hostile, workspace: Path, private: Path, *more: str) -> End:
    """Import one file, and take it back where it was taken; a workspace that has refused is the same to the byte and the minute."""
    before = state(workspace)
    verb = "table" if hostile.path.suffix.lower() in TABLES else "vector"
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = run(["import", verb, str(hostile.path), "--layer", hostile.layer, "--into", str(workspace), "--datum", "wgs84", *more])
        same = state(workspace) == before
        if code == 0 and not same:
            same = run(["undo", str(workspace)]) == 0
            shutil.rmtree(workspace / FOLDER)
            same &= contents(state(workspace)) == contents(before)
    return End(hostile.path.name, code, said.getvalue(), same, not list(private.iterdir()))


def state(folder: Path) -> State:
    return {str(path.relative_to(folder)): (path.read_bytes() if path.is_file() else b"", path.stat().st_mtime_ns) for path in folder.rglob("*")}


def contents(held: State) -> dict[str, bytes]:
    return {name: content for name, (content, _) in held.items()}


def main(folder: Path, corpus: list[list[str]]) -> None:
    """`folder` is the worker's own; the corpus is (path, layer) of each file."""
    workspace, private = folder / "小村", folder / "private"
    private.mkdir(parents=True)
    os.environ["TMPDIR"] = str(private)
    save_workspace(village(), workspace)
    ends = [take_in(Hostile(Path(path), layer), workspace, private, *(["--skip-bad-rows"] if place % 2 else []))
            for place, (path, layer) in enumerate(corpus)]
    print(json.dumps({"ends": [asdict(end) for end in ends], "most_kb": max(most_kb(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)}))


def most_kb() -> int:
    """The most memory this process has had; Linux counts what its parent had into `ru_maxrss`, so there it is asked elsewhere."""
    status = Path("/proc/self/status")
    told = re.search(r"VmHWM:\s+(\d+) kB", status.read_text("ascii", "replace")) if status.is_file() else None
    return int(told[1]) if told else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    main(Path(sys.argv[1]), json.loads(sys.stdin.read()))
