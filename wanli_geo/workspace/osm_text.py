"""Lines of OPL, the text form of OpenStreetMap data, become ids, tags and vertices: the only file that knows that form.

pyosmium makes a Python object of every node and tag that it hands over, a microsecond or three each. The library beneath it writes an
object as one line (osmcode.org/opl-file-format) in a tenth of that, whatever form the file was in, and many lines are read as arrays.
One thing is lost by it: of the private characters beyond U+FFFFF, which mean nothing, it writes the number short.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

# What the library is to write: no author and no version, but with each way the places of its nodes.
FORM = "opl,locations_on_ways=true,add_metadata="
# OSM keeps coordinates as whole numbers of 1e-7 degrees.
UNITS = 1e7
Tags = dict[str, str]
Ints = NDArray[np.int64]
# A node that the file lacks stands at no place: both its coordinates are this.
NOWHERE = np.iinfo(np.int64).min
# Ways whose vertices are read at once: enough for arrays to pay, little enough to hold.
_WAYS_AT_ONCE = 50_000
# `n1x121.5y31.2,n2xy` → a row `1,121.5,31.2` and a row `2,,`.
_AS_ROWS, _DROPPED = bytes.maketrans(b"xy,", b",,\n"), b"n"
_ESCAPED = re.compile("%([0-9a-f]+)%")


@dataclass
class Objects:
    """What the lines say, in their order. Objects that bear the same tags share one dictionary, which nobody changes.

    Attributes:
        point_xy: (n, 2) of each node, in 1e-7 degrees.
        sizes: how many vertices each way has; `refs` (v,) and `xy` (v, 2) those of all ways, one way after the other.
        relations: id → tags.
        newest: the latest time of any object, "2026-11-01T00:00:00Z"; empty where none was written.
    """

    point_ids: list[str] = field(default_factory=list)
    point_tags: list[Tags] = field(default_factory=list)
    point_xy: Ints = field(default_factory=lambda: np.empty((0, 2), dtype=np.int64))
    way_ids: list[str] = field(default_factory=list)
    way_tags: list[Tags] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    refs: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    xy: Ints = field(default_factory=lambda: np.empty((0, 2), dtype=np.int64))
    relations: dict[str, Tags] = field(default_factory=dict)
    newest: str = ""


def read_lines(lines: Iterable[bytes]) -> Objects:
    """Read nodes, ways and relations, one a line.

    Raises:
        ValueError: a tag holds what is no character.
    """
    found, known = Objects(), dict[bytes, Tags]()
    places, vertices = list[bytes](), list[bytes]()
    parts: list[tuple[Ints, Ints]] = []
    for line in lines:
        identity, when, said, last = _fields(line)
        found.newest = max(found.newest, when)
        tags = known.get(said)
        if tags is None:
            tags = known[said] = _tags(said[1:].decode())
        if identity[0] == "w":
            found.way_ids.append(identity)
            found.way_tags.append(tags)
            found.sizes.append(last.count(b"n"))
            vertices.append(last[1:])
            if len(vertices) == _WAYS_AT_ONCE:
                parts.append(_placed(vertices))
                vertices.clear()
        elif identity[0] == "n":
            found.point_ids.append(identity)
            found.point_tags.append(tags)
            places.append(b"0" + last)
        else:
            found.relations[identity] = tags
    found.refs, found.xy = (np.concatenate(column) for column in zip(*parts, _placed(vertices), strict=True))
    found.point_xy = _placed(places)[1]
    return found


def _fields(line: bytes) -> tuple[str, str, bytes, bytes]:
    """Cut a line into id, time, tags, and the rest: the nodes of a way, the place of a node, the members of a relation."""
    rest, _, last = line.rstrip(b"\n").rpartition(b" ")
    if line[:1] == b"n":
        rest, _, east = rest.rpartition(b" ")
        last = east + last
    rest, _, said = rest.rpartition(b" ")
    identity, _, when = rest.decode().partition(" ")
    return identity, when.rpartition(" t")[2], said, last


def _tags(text: str) -> Tags:
    """Read `key=value,key=value`, in which every other sign of that kind is escaped."""
    pairs = (pair.partition("=") for pair in text.split(",") if pair)
    return {_plain(key): _plain(value) for key, _, value in pairs}


def _plain(text: str) -> str:
    """Put back the characters that are written as their numbers, `%8def%` for 路."""
    if "%" not in text:
        return text
    plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    plain.encode()  # half a pair of surrogates is no text, and would fail only where it is written
    return plain


def _placed(texts: Sequence[bytes]) -> tuple[Ints, Ints]:
    """Read many lists of `n1x121.5y31.2`: (v,) the ids, (v, 2) the coordinates in 1e-7 degrees, `NOWHERE` where they lie on no map."""
    rows = b",".join(text for text in texts if text).translate(_AS_ROWS, _DROPPED)
    if not rows:
        return np.empty(0, dtype=np.int64), np.empty((0, 2), dtype=np.int64)
    read = pd.read_csv(io.BytesIO(rows), header=None, names=["ref", "x", "y"], dtype={"ref": np.int64, "x": np.float64, "y": np.float64})
    x, y = (np.rint(read[axis].to_numpy() * UNITS) for axis in ("x", "y"))
    on_map = (np.abs(x) <= 180 * UNITS) & (np.abs(y) <= 90 * UNITS)
    return read["ref"].to_numpy(), np.column_stack([np.where(on_map, axis, NOWHERE).astype(np.int64) for axis in (x, y)])
