"""A file of whole numbers for the page: a header of JSON, then every array as small numbers. Read by static/js/walk/pack.js.

    "WLP1" · length of the header (4 bytes, little-endian) · header, UTF-8 JSON · numbers

The header's `arrays` name the arrays in order with their lengths. A number is zigzag (0, -1, 1, -2, … become 0, 1, 2, 3, …) and LEB128: seven
bits a byte, lowest first, the top bit set while more follow. Arrays named in `steps` hold the difference to the number so many before it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

MAGIC = b"WLP1"
# Degrees as whole numbers: the seven decimals that layers have at rest, so that nothing is lost.
PER_DEGREE = 10_000_000
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Numbers:
    """One array; `step` n > 0 writes differences to the number n before, which are smaller where neighbours are alike."""

    values: Ints
    step: int = 0


def packed(header: Mapping[str, Any], arrays: Mapping[str, Numbers]) -> bytes:
    """Write a pack."""
    whole = {
        **header,
        "arrays": [[name, len(one.values)] for name, one in arrays.items()],
        "steps": {name: one.step for name, one in arrays.items() if one.step},
    }
    head = json.dumps(whole, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    return b"".join([MAGIC, len(head).to_bytes(4, "little"), head, *(_varints(_differences(one)) for one in arrays.values())])


def _differences(one: Numbers) -> Ints:
    values = one.values.astype(np.int64)
    if not one.step or len(values) <= one.step:
        return values
    return np.concatenate([values[: one.step], values[one.step :] - values[: -one.step]])


def _varints(values: Ints) -> bytes:
    zigzag = ((values << 1) ^ (values >> 63)).astype(np.uint64)
    longest = max((int(zigzag.max(initial=0)).bit_length() + 6) // 7, 1)
    shifts = np.arange(longest, dtype=np.uint64) * np.uint64(7)
    groups = (zigzag[:, None] >> shifts) & np.uint64(0x7F)
    last = np.maximum((longest - 1) - np.argmax(groups[:, ::-1] > 0, axis=1), 0) * (zigzag > 0)
    nth = np.arange(longest)
    more = nth[None, :] < last[:, None]
    kept = nth[None, :] <= last[:, None]
    return (groups.astype(np.uint8) | (more.astype(np.uint8) << 7))[kept].tobytes()


def degrees(lon_lat: NDArray[np.float64], per_degree: int = PER_DEGREE) -> Numbers:
    """(n, 2) degrees as one array: longitude, latitude, longitude, …"""
    return Numbers(np.rint(np.asarray(lon_lat) * per_degree).astype(np.int64).ravel(), step=2)


def shapes(name: str, geometries: NDArray[np.object_], per_degree: int = PER_DEGREE) -> dict[str, Numbers]:
    """Geometries (WGS84) as arrays: how many parts a geometry has, rings a part, vertices a ring, line or point; and the vertices.

    `<name>.kind` is 0 for points, 1 for lines, 2 for areas; the part of a line or a point has one ring.
    """
    kinds = shapely.get_dimensions(geometries)
    parts, of = shapely.get_parts(geometries, return_index=True)
    parts = shapely.orient_polygons(parts) if len(parts) else parts
    area = shapely.get_dimensions(parts) == 2
    rings = np.ones(len(parts), dtype=np.int64)
    rings[area] = 1 + shapely.get_num_interior_rings(parts[area])
    lines: list[Any] = []
    for part, is_area in zip(parts, area, strict=True):
        lines += list(shapely.get_rings(part)) if is_area else [part]
    xy, line = shapely.get_coordinates(np.array(lines, dtype=object), return_index=True) if lines else (np.empty((0, 2)), np.empty(0, dtype=np.int64))
    return {
        f"{name}.kind": Numbers(kinds.astype(np.int64)),
        f"{name}.parts": Numbers(np.bincount(of, minlength=len(geometries)).astype(np.int64)),
        f"{name}.rings": Numbers(rings),
        f"{name}.vertices": Numbers(np.bincount(line, minlength=len(lines)).astype(np.int64)),
        f"{name}.xy": degrees(xy, per_degree),
    }
