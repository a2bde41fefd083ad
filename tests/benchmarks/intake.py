"""How long a planner's workbook of 50,000 rows takes from the file to the layer, and what pandas with openpyxl takes in the same run.

    python -m tests.benchmarks.intake

Ours is the verb itself in a process of its own: read apart, matched, the datum judged, every cell checked, the workspace checked before
and after, written as a version; then the same file once more, which changes nothing. The peer is what one would write in a notebook:
`pandas.read_excel` (openpyxl), `geopandas.points_from_xy`, `to_file`; it checks nothing. Wall and CPU seconds, children's too.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

import numpy as np
import shapely
import xlsxwriter

from wanli_geo.workspace.store import bundled, open_workspace

ROWS, LINE_S = 50_000, 20.0
HEADINGS = ["编号", "名称", "类别", "地址", "电话", "开放时间", "经度", "纬度"]
PEER = """
import sys, pandas, geopandas
table = pandas.read_excel(sys.argv[1], engine="openpyxl")
points = geopandas.points_from_xy(table.pop("经度"), table.pop("纬度"))
geopandas.GeoDataFrame(table, geometry=points, crs="EPSG:4326").to_file(sys.argv[2], driver="GeoJSON")
"""


def workbook(file: Path) -> None:
    """Write the rows, spread over the boundary of the sketch."""
    area = shapely.union_all(open_workspace().layer("boundary").geometry.to_numpy())
    west, south, east, north = area.bounds
    points = np.random.default_rng(0).uniform((west, south), (east, north), (ROWS * 3, 2))
    inside = points[shapely.intersects_xy(area, *points.T)][:ROWS]
    book = xlsxwriter.Workbook(str(file), {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADINGS)
    for row, (lon, lat) in enumerate(inside.tolist(), start=1):
        sheet.write_row(row, 0, [f"x{row}", f"设施 {row}", "CANTEEN", f"富平路{row}号", f"021-{row:08d}", "周一至周五 8:00-17:00", lon, lat])
    book.close()


def took(*command: str) -> tuple[float, float]:
    """Wall and CPU seconds of a command."""
    wall, before = time.perf_counter(), os.times()
    subprocess.run(command, check=True, capture_output=True)
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - wall, cpu


def main() -> None:
    libraries = ", ".join(f"{name} {version(name)}" for name in ("python-calamine", "openpyxl", "pandas", "geopandas", "shapely"))
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}, {libraries}")
    with tempfile.TemporaryDirectory() as folder:
        file, workspace = Path(folder) / "设施.xlsx", Path(folder) / "wanli"
        workbook(file)
        shutil.copytree(bundled(), workspace)
        ours = (sys.executable, "-m", "wanli_geo", "import", "table", str(file), "--layer", "facilities", "--into", str(workspace))
        print(f"a workbook of {ROWS:,} rows, {file.stat().st_size / 1e6:.1f} MB")
        for label, command in {
            f"import table (line {LINE_S:.0f} s)": ours,
            "the same once more, nothing changes": ours,
            "undo": (sys.executable, "-m", "wanli_geo", "undo", str(workspace)),
            "peer: read_excel + points_from_xy + to_file": (sys.executable, "-c", PEER, str(file), str(Path(folder) / "peer.geojson")),
        }.items():
            wall, cpu = took(*command)
            print(f"  {label:<48} {wall:7.2f} s  {cpu:7.2f} s CPU")


if __name__ == "__main__":
    main()
