"""A district drawn for measuring an audit: a town of `town.py`'s manner with walled compounds, their gates, homes, services, parks, a river.

Compounds stand on two blocks by two, whose inner streets they close. Ways are a few blocks long, as those of OpenStreetMap are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from tests.benchmarks.town import MISSING, MOVED_M, STEP_M
from tests.village import CRS, ORIGIN, village
from wanli_geo.standards.packs import bundled_packs
from wanli_geo.workspace.store import save_workspace, to_degrees

WAY_BLOCKS = 5  # the longest way
HOUSES = 29  # of a compound
COMMITTEES = (5, 4)
# The streets go on, but are not complete, for so many metres beyond the extent.
EDGE_M = 500.0
# Every so manieth street over the river has its bridge.
BRIDGES = 8
_HOURS = (None, None, "24/7", "Mo-Su 08:00-20:00", "Mo-Fr 08:30-17:00", "Mo-Sa 09:00-18:00; Su off")
_GATE_HOURS = (None, None, "24/7", "06:00-22:00", "07:00-19:00")
_IN_LAYERS_OF_THEIR_OWN = ("PARK", "GREEN", "WATER_ACCESS")
Rows = list[tuple[dict[str, Any], Any]]


@dataclass(frozen=True)
class Size:
    """How much there is of everything; `side` corners along each side of the town."""

    side: int = 388
    compounds: int = 1_000
    lone: int = 1_000
    facilities: int = 3_000
    greens: int = 300


def save_district(folder: Path, size: Size = Size(), seed: int = 7) -> None:
    """Draw a district and save it as a workspace; the same seed draws the same one."""
    rng = np.random.default_rng(seed)
    side, wide = size.side, (size.side - 1) * STEP_M
    xy = np.stack(np.meshgrid(np.arange(side), np.arange(side)), axis=-1) * STEP_M + rng.uniform(-MOVED_M, MOVED_M, (side, side, 2))
    low = side // 2  # the river flows between this row of corners and the next
    places = [(row, column) for row in range(1, side - 1, 3) for column in range(1, side - 1, 3) if abs(row - low) > 2]
    middles = [places[at] for at in rng.choice(len(places), size.compounds + size.greens, replace=False)]
    courts, parks = middles[: size.compounds], middles[size.compounds :]
    compounds, gates, homes, paths = _compounds(rng, xy, courts)
    greens, entrances = _greens(rng, xy, parks)
    spots = rng.uniform(0, wide, (size.lone + size.facilities, 2))
    kinds = [kind for kind in _kinds() if kind not in _IN_LAYERS_OF_THEIR_OWN]
    across, along = COMMITTEES
    workspace = village(
        surveyed=dict.fromkeys([*_kinds(), "WATER_ACCESS"], "complete"),
        street_rows=_streets(rng, xy, courts, low) + paths,
        boundary=[({"name": "区"}, shapely.box(0, 0, wide, wide))],
        committees=[
            ({"name": f"第{row * across + column + 1}居委会"},
             shapely.box(column * wide / across, row * wide / along, (column + 1) * wide / across, (row + 1) * wide / along))
            for row in range(along) for column in range(across)
        ],
        compounds=compounds,
        gates=gates,
        homes=homes + [(_people(rng), shapely.Point(*spot)) for spot in spots[: size.lone]],
        facilities=[(_facility(rng, kinds[row % len(kinds)]), shapely.Point(*spot)) for row, spot in enumerate(spots[size.lone :])],
        green_vein=greens,
        entrances=entrances,
        blue_net=[({"kind": "river", "name": "河"}, shapely.box(-500, (low + 0.4) * STEP_M, wide + 500, (low + 0.6) * STEP_M))],
    )
    edge = to_degrees(shapely.box(*(ORIGIN + EDGE_M), *(ORIGIN + wide - EDGE_M)), CRS)
    catalogue = workspace.catalogue.model_copy(update={"extent": shapely.geometry.mapping(edge)})
    save_workspace(replace(workspace, catalogue=catalogue), folder)


def _kinds() -> list[str]:
    """Every kind that a clause of the house names."""
    return sorted({kind for pack in bundled_packs().values() for clause in pack.clauses for kind in clause.kinds})


def _streets(rng: np.random.Generator, xy: np.ndarray, courts: Sequence[tuple[int, int]], low: int) -> Rows:
    """Streets along rows and columns, one block in ten missing, and those that compounds close."""
    rows: Rows = []
    for turned in (False, True):
        grid = xy.swapaxes(0, 1) if turned else xy
        there = rng.random((len(grid), len(grid) - 1)) >= MISSING
        for row, column in courts:
            line, block = (column, row) if turned else (row, column)
            there[line, block - 1 : block + 1] = False
        if turned:
            there[:, low] &= np.arange(len(grid)) % BRIDGES == 0
        for line in range(len(grid)):
            rows += _ways(rng, grid[line], there[line])
    return rows


def _ways(rng: np.random.Generator, corners: np.ndarray, there: np.ndarray) -> Rows:
    """One street as ways of a few blocks, a block in fifty a crossing of its own."""
    rows: Rows = []
    block = 0
    while block < len(there):
        end = block
        while end < len(there) and there[end] and end - block < WAY_BLOCKS:
            end += 1
        if end > block:
            crossing = end == block + 1 and rng.random() < 0.2
            kind = {"kind": "crossing", "signalised": True} if crossing else {"kind": str(rng.choice(["road", "lane", "path"]))}
            rows.append((kind, shapely.LineString(corners[block : end + 1])))
        block = max(end, block + 1)
    return rows


def _outline(xy: np.ndarray, row: int, column: int) -> Any:
    """The two blocks by two around a corner, as far as the pavement."""
    ring = [(-1, -1), (-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1)]
    return shapely.buffer(shapely.Polygon([xy[row + down, column + right] for down, right in ring]), -8.0, join_style="mitre")


def _compounds(rng: np.random.Generator, xy: np.ndarray, courts: Sequence[tuple[int, int]]) -> tuple[Rows, Rows, Rows, Rows]:
    """Compounds, all but one in thirty walled, each with one to four gates and its houses; in one of five a path from gate to gate."""
    compounds, gates, homes, paths = Rows(), Rows(), Rows(), Rows()
    for number, (row, column) in enumerate(courts):
        outline = _outline(xy, row, column)
        compounds.append(({"name": f"{number}小区", "walled": bool(number % 30)}, outline))
        doors = [shapely.line_interpolate_point(outline.exterior, share, normalized=True) for share in rng.random(int(rng.integers(1, 5)))]
        for nth, door in enumerate(doors):
            own = {"compound_id": f"compounds-{number}", "kind": "vehicle" if nth else "pedestrian", "open_hours": _one_of(rng, _GATE_HOURS)}
            gates.append((own | {"residents_only": bool(nth == 1)}, door))
        if number % 5 == 0 and len(doors) > 1:
            middle = outline.centroid
            paths.append(({"kind": "path", "access": "residents"}, shapely.LineString([doors[0], middle, doors[1]])))
        inner = shapely.buffer(outline, -5.0)
        west, south, east, north = inner.bounds
        spots = shapely.points(rng.uniform((west, south), (east, north), (6 * HOUSES, 2)))
        spots = spots[shapely.contains(inner, spots)][:HOUSES]
        homes += [({"compound_id": f"compounds-{number}"} | _people(rng), spot) for spot in spots]
    return compounds, gates, homes, paths


def _people(rng: np.random.Generator) -> dict[str, Any]:
    """The residents of a house by age, one in twenty without ages."""
    ages = dict(zip(("0_6", "7_18", "19_59", "60_79", "80_plus"), rng.integers((0, 0, 10, 2, 0), (6, 10, 60, 30, 8)).tolist(), strict=True))
    return {"residents": sum(ages.values())} | ({f"residents_{age}": many for age, many in ages.items()} if rng.random() < 0.95 else {})


def _facility(rng: np.random.Generator, kind: str) -> dict[str, Any]:
    """A service: one in thirty planned, six in ten of known area, some with hours."""
    own = {"kind": kind, "name": kind, "open_hours": _one_of(rng, _HOURS), "in_use": True if rng.random() < 0.7 else None}
    if rng.random() < 0.6:
        own["area_m2"] = float(np.round(rng.lognormal(6.0, 1.5)))
    return own | ({"status": "planned"} if rng.random() < 1 / 30 else {})


def _greens(rng: np.random.Generator, xy: np.ndarray, parks: Sequence[tuple[int, int]]) -> tuple[Rows, Rows]:
    """Parks and greens of four blocks or one; every third has its entrances recorded."""
    greens, entrances = Rows(), Rows()
    for number, (row, column) in enumerate(parks):
        kind = ("park", "pocket_park", "street_green")[number % 3]
        shape = _outline(xy, row, column) if kind == "park" else shapely.box(*(xy[row, column] + 8), *(xy[row, column] + 40))
        greens.append(({"kind": kind, "name": f"{number}号绿地", "open_hours": "06:00-18:00" if number % 10 == 0 else None}, shape))
        if number % 9 == 0:
            points = [shapely.line_interpolate_point(shape.exterior, share, normalized=True) for share in rng.random(3)]
            entrances += [({"of": f"green_vein-{number}"}, point) for point in points]
    return greens, entrances


def _one_of(rng: np.random.Generator, values: Sequence[str | None]) -> str | None:
    return values[int(rng.integers(len(values)))]
