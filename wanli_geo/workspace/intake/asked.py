"""What the planner says of a file that the file does not say itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Accuracy = Literal["surveyed", "official", "osm", "sketch"]


@dataclass(frozen=True)
class Control:
    """One place known in both: x east and y north in the file's coordinates, longitude and latitude in WGS84."""

    x: float
    y: float
    lon: float
    lat: float


@dataclass(frozen=True)
class Asked:
    """How a file is to be taken.

    Attributes:
        layer: the layer it goes into.
        columns: heading → column of the layer (or `lon`, `lat`, `x`, `y`, `wkt`), over what the headings say; "" leaves one out.
        datum: wgs84, cgcs2000, gcj02, bd09 or an EPSG code; "" where it is to be judged.
        controls: two to four places known in both, for a local plane.
        kind: the kind of every row that does not say its own.
        key: the column that tells a feature again; "" for `id`, or where there is none the name.
        source, date, licence: of the layer, for the catalogue; "" takes the file's name, today, and 未注明.
        accuracy: of rows that do not say their own.
        replace: the file is the whole layer: what is not in it goes.
        skip_bad_rows: rows with an error are left out instead of stopping all.
        complete: kinds that are fully surveyed from now on.
    """

    layer: str
    columns: Mapping[str, str] = field(default_factory=dict)
    datum: str = ""
    controls: tuple[Control, ...] = ()
    kind: str = ""
    key: str = ""
    source: str = ""
    date: str = ""
    licence: str = ""
    accuracy: Accuracy = "official"
    replace: bool = False
    skip_bad_rows: bool = False
    complete: tuple[str, ...] = ()
