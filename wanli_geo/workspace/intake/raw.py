"""What a planner's file holds, before anybody has said what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy.typing as npt

from wanli_geo.workspace.findings import Finding

Value = str | float | int | bool | None


@dataclass(frozen=True)
class Raw:
    """A table, or a layer of features, as the file has it.

    Attributes:
        file: its name, as the planner knows it.
        format: xlsx, xls, ods, csv, geojson, gpkg, shp, kml, gpx or dxf.
        part, parts: the sheet or layer read, and all that the file has.
        encoding: of its texts, as stated or found; "" where the format leaves no choice.
        columns: heading → as many values as there are rows; a date is an ISO text, an empty cell None. Headings are unique: a second
            one of the same name carries its place, as in “地址 (2)”.
        rows: (n) the number by which a planner finds each row: of a sheet or CSV the line from 1, else the feature from 1.
        geometry: (n,) shapely geometries in the file's own coordinates, None where a row has none; None for a table.
        crs: what the file states of them (“EPSG:4326”, or WKT); "" where it states nothing, and for a table.
        findings: what is wrong with rows as rows (ragged, unreadable); `index` is the place in `rows`, from 0.
    """

    file: str
    format: str
    part: str
    parts: tuple[str, ...]
    encoding: str
    columns: Mapping[str, list[Value]]
    rows: list[int]
    geometry: npt.NDArray[Any] | None
    crs: str
    findings: tuple[Finding, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)
