"""The layers of a workspace as files, as they are: one table of suffix → writer, the like of `writing.py` for Answers."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyproj
import shapely

from wanli_geo.errors import WrongUsage
from wanli_geo.report.document import Column, Document, Items, Section, Table
from wanli_geo.report.exchange.features import FeatureSet, Parcel, checked_crs, moved, of_workspace
from wanli_geo.report.exchange.geopackage import gpkg
from wanli_geo.report.exchange.gpx import gpx
from wanli_geo.report.exchange.kml import kml
from wanli_geo.report.exchange.shapefile import encoding_of, shapefiles
from wanli_geo.report.files import safe
from wanli_geo.report.workbook import xlsx
from wanli_geo.report.writing import Wanted, refuse_untaken
from wanli_geo.workspace.geojson import layer_bytes
from wanli_geo.workspace.specs import spec_of
from wanli_geo.workspace.store import Workspace

# What one walks or runs along, and what is met on the way: the layers of a GPX if none is named.
ROUTES = ("red_walkway", "walkway_stops", "night_run", "run_amenities")


@dataclass(frozen=True)
class LayerWriter:
    """How layers become a file; `single` where the file holds but one of them, `layers` are those meant if none is named (empty: all)."""

    write: Callable[[Parcel, Wanted], bytes]
    takes: frozenset[str] = field(default_factory=frozenset)
    single: bool = False
    layers: tuple[str, ...] = ()


def _csv(parcel: Parcel, wanted: Wanted) -> bytes:
    """A layer as a table, after its columns a place inside each feature: longitude and latitude, or x and y in the CRS asked for."""
    one = moved(parcel, wanted.crs).sets[0]
    axes, decimals = (["经度", "纬度"], 7) if pyproj.CRS(checked_crs(wanted.crs)).is_geographic else (["x（东）", "y（北）"], 3)
    places = shapely.get_coordinates(shapely.point_on_surface(one.layer.geometry.to_numpy())).round(decimals).tolist()
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*_headings(one), *axes])
    for row, place in zip(_rows(one), places, strict=True):
        writer.writerow([*(_cell(value) for value in row), *place])
    return text.getvalue().encode("utf-8-sig" if encoding_of(wanted.encoding) == "UTF-8" else "gb18030")


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "是" if value else "否"
    return safe(value) if isinstance(value, str) else value


def _xlsx(parcel: Parcel, wanted: Wanted) -> bytes:
    tables = tuple(
        Section(one.zh, (Table(one.zh[:31], one.zh, tuple(Column(title) for title in _headings(one)), tuple(_rows(one))),))
        for one in parcel.sets)
    about = (Section("来源", (Items(tuple(" · ".join(filter(None, row[1:])) for row in parcel.about)),)),)
    return xlsx(Document("sheet", "zh", parcel.title, "图层数据", parcel.title, wanted.date, any("sketch" in row[-1] for row in parcel.about), tables,
                         about, "；".join(dict.fromkeys(row[-1].rpartition(" · ")[2] for row in parcel.about if row[-1].count(" · ") == 2)), ()))


def _headings(one: FeatureSet) -> list[str]:
    return [one.headings.get(name, name) for name in one.columns]


def _rows(one: FeatureSet) -> list[tuple[Any, ...]]:
    """Rows of plain values, missing ones None, whole numbers whole."""
    return [tuple(int(value) if isinstance(value, float) and value.is_integer() else value for value in row.values()) for row in one.rows()]


_CRS, _BOTH = frozenset({"crs"}), frozenset({"crs", "encoding"})
LAYER_WRITERS: Mapping[str, LayerWriter] = {
    ".gpkg": LayerWriter(lambda parcel, wanted: gpkg(parcel, crs=wanted.crs), _CRS),
    ".zip": LayerWriter(lambda parcel, wanted: shapefiles(parcel, crs=wanted.crs, encoding=wanted.encoding), _BOTH),
    ".kml": LayerWriter(lambda parcel, _: kml(parcel)),
    ".gpx": LayerWriter(lambda parcel, _: gpx(parcel), layers=ROUTES),
    ".geojson": LayerWriter(lambda parcel, _: layer_bytes(parcel.sets[0].layer, spec_of(parcel.sets[0].name)), single=True),
    ".csv": LayerWriter(_csv, _BOTH, single=True),
    ".xlsx": LayerWriter(_xlsx),
}


def check_layers(suffix: str, names: Sequence[str], wanted: Wanted) -> None:
    """See to it that layers can be written so.

    Raises:
        WrongUsage: there is no such suffix, CRS or encoding, this suffix does not take it, or it holds one layer and not one was named.
    """
    if suffix not in LAYER_WRITERS:
        possible = " ".join(LAYER_WRITERS)
        raise WrongUsage(f"不会写“{suffix}”；--out 请用 {possible}。", f"“{suffix}” is not written; use {possible} with --out.")
    writer = LAYER_WRITERS[suffix]
    if writer.single and len(names) != 1:
        raise WrongUsage(f"{suffix} 一次只写一个图层，请用 --layer 指明；要全部图层请用 .gpkg。",
                         f"{suffix} holds one layer, name it with --layer; for all of them use .gpkg.")
    checked_crs(wanted.crs)
    encoding_of(wanted.encoding)
    refuse_untaken(suffix, wanted, writer.takes)


def write_layers(workspace: Workspace, suffix: str, names: Sequence[str] = (), *, crs: str = "", encoding: str = "") -> bytes:
    """Write layers of a workspace as one file; all of them that have features if none is named.

    Raises:
        WrongUsage: as `check_layers`.
        UnknownLayer: there is no such layer.
        NothingToAnswer: none of them has a feature.
    """
    wanted = Wanted(crs=crs, encoding=encoding)
    check_layers(suffix, names, wanted)
    return LAYER_WRITERS[suffix].write(of_workspace(workspace, names or LAYER_WRITERS[suffix].layers), wanted)
