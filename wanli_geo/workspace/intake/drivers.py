"""GDAL, for what only GDAL reads: Shapefile and DXF, each by a driver pinned by name. The only file that speaks to pyogrio."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyogrio
from pyogrio.errors import CRSError, DataLayerError, DataSourceError, FeatureError, FieldError, GeometryError
from pyogrio.raw import read as raw_read

from wanli_geo.workspace.intake.source import Source

WANTED = ("ESRI Shapefile", "DXF")
# For the environment of the child, before GDAL starts there: a VRT, or whatever else a file may turn out to be, has no driver to open it.
SKIPPED = ",".join(name for name in pyogrio.list_drivers() if name not in WANTED)
_UNREADABLE = (CRSError, DataLayerError, DataSourceError, FeatureError, FieldError, GeometryError, ValueError)


@dataclass(frozen=True)
class Read:
    """What a driver gives: columns of plain values, (n,) WKB or None, the CRS as “EPSG:…” or WKT, and the number of each feature from 0."""

    columns: dict[str, list[Any]]
    wkb: npt.NDArray[Any]
    crs: str
    fids: list[int]


def read(source: Source, path: Path, driver: str, *, layer: str | int = 0, encoding: str | None = None) -> Read:
    """Read one layer of a file by one driver.

    Raises:
        BadFile: another driver would open it, or this one cannot read it whole.
    """
    try:
        if pyogrio.read_info(path, layer=layer, encoding=encoding)["driver"] != driver:
            raise DataSourceError(driver)
        meta, fids, wkb, values = raw_read(path, layer=layer, encoding=encoding, force_2d=True, return_fids=True)
    except _UNREADABLE as wrong:
        raise source.refusal("读不完整，可能已损坏；请用原软件打开、另存后再试。",
                             "cannot be read whole and may be broken; open it where it was made and save it anew.") from wrong
    columns = {str(name): _plain(column, str(kind)) for name, column, kind in zip(meta["fields"], values, meta["dtypes"], strict=True)}
    shapes = np.full(len(fids), None, dtype=object) if wkb is None else wkb
    return Read(columns, shapes, meta["crs"] or "", fids.tolist())


def _plain(column: npt.NDArray[Any], kind: str) -> list[Any]:
    """Turn an array into plain values: dates in ISO, whole numbers whole, None where there is nothing."""
    if column.dtype.kind == "M":
        texts = np.datetime_as_string(column).tolist()
        return [None if text == "NaT" else text.replace("T", " ").removesuffix(".000") for text in texts]
    if column.dtype.kind == "f":
        whole = kind.startswith("int")
        return [None if math.isnan(value) else int(value) if whole else value for value in column.tolist()]
    return [value.tolist() if isinstance(value, np.ndarray) else value for value in column.tolist()]
