"""Columns and WKB of a library become a Raw; what is no geometry of ours is told, row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from wanli_geo.workspace.faults import found
from wanli_geo.workspace.findings import Finding
from wanli_geo.workspace.intake import texts
from wanli_geo.workspace.intake.features import columns_of
from wanli_geo.workspace.intake.raw import Raw
from wanli_geo.workspace.intake.source import Source

_KNOWN = [kind for kind in shapely.GeometryType if kind not in (shapely.GeometryType.MISSING, shapely.GeometryType.LINEARRING)]


def layer_of(source: Source, columns: Mapping[str, list[Any]], wkb: npt.NDArray[Any] | None, format: str, *, crs: str, part: str = "",
             parts: tuple[str, ...] = (), encoding: str = "", rows: list[int] | None = None, findings: Sequence[Finding] = ()) -> Raw:
    """Turn columns and WKB into a Raw; `rows` are numbered from 1 where nothing else is said.

    Raises:
        BadFile: there are more columns than any table of a planner has.
    """
    values, mended = texts.cleaned(columns_of(source, columns), source.layer)
    count = len(wkb) if wkb is not None else max(map(len, values.values()), default=0)
    geometry, wrong = (None, []) if wkb is None else shapes_of(wkb, source.layer)
    told = (*findings, *wrong, *mended)
    return Raw(source.name, format, part, parts, encoding, values, rows or list(range(1, count + 1)), geometry, crs if wkb is not None else "", told)


def shapes_of(wkb: npt.NDArray[Any], layer: str) -> tuple[npt.NDArray[Any], list[Finding]]:
    """(n,) geometries of WKB; None, and a finding, where one cannot be built, is of a kind of its own, empty, or not in numbers."""
    shapes = np.asarray(shapely.from_wkb(wkb, on_invalid="ignore"), dtype=object).reshape(len(wkb))
    present = np.array([member is not None for member in wkb], dtype=bool)
    xy, owner = shapely.get_coordinates(shapes, return_index=True)
    wild = np.zeros(len(wkb), dtype=bool)
    wild[owner[~np.isfinite(xy).all(axis=1)]] = True
    odd = present & ~np.isin(shapely.get_type_id(shapes), _KNOWN)
    empty = present & ~odd & ~wild & shapely.is_empty(shapes)
    faulty = {"unknown_geometry": odd, "not_finite_coordinate": wild, "empty_geometry": empty}
    findings = [found(code, layer, index=row, column="geometry", found="WKB")
                for code, rows in faulty.items() for row in np.flatnonzero(rows).tolist()]
    shapes[odd | wild | empty] = None
    return shapes, findings
