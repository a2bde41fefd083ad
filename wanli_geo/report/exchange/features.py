"""What is handed to another program: sets of features with stable English columns, their Chinese headings, a look, and what to know of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely

from wanli_geo.answer import Answer
from wanli_geo.errors import NothingToAnswer, WrongUsage
from wanli_geo.report.exchange.looks import DRAWN_AS, Look, classes_of, graded, look_of_layer, look_of_result
from wanli_geo.report.files import COLUMNS
from wanli_geo.workspace.specs import SPECS, spec_of
from wanli_geo.workspace.store import Workspace, to_metres

WGS84 = "EPSG:4326"
FORMS = ("point", "line", "polygon")  # by their dimension


@dataclass(frozen=True)
class FeatureSet:
    """Features of one kind.

    Attributes:
        name: stable English, the name of the table, file or folder.
        zh: what it is called.
        layer: WGS84 or the CRS asked for; columns of texts (object, None where missing), floats (NaN) and flags (nullable boolean).
        headings: column → what it is called in Chinese.
    """

    name: str
    zh: str
    layer: gpd.GeoDataFrame
    headings: Mapping[str, str]
    look: Look

    @property
    def columns(self) -> list[str]:
        return [str(name) for name in self.layer.columns if name != self.layer.geometry.name]

    def values(self, column: str) -> list[str | float | bool | None]:
        """The values of a column; None where missing."""
        return [None if _missing(value) else value for value in self.layer[column].tolist()]

    def rows(self) -> list[dict[str, str | float | bool | None]]:
        """Every feature's values by column."""
        return [dict(zip(self.columns, row, strict=True)) for row in zip(*(self.values(name) for name in self.columns), strict=True)]


@dataclass(frozen=True)
class Parcel:
    """All that goes into one file: the sets, and rows of (part, key, Chinese, English, value) that say what one must know of them."""

    title: str
    sets: tuple[FeatureSet, ...]
    about: tuple[tuple[str, str, str, str, str], ...]


# What an answer's sets of features are called.
_SETS = {"units": "小区", "compounds": "小区", "homes": "住宅楼", "facilities": "设施", "bands": "步行圈", "reach": "走得到的路",
         "origin": "起点", "walk": "路线", "ends": "起点和终点", "nearest": "最近设施", "islands": "不相连的路", "gates": "接不上路的门",
         "joints": "可疑的路口", "greens": "绿地", "water_access": "亲水点",
         "route": "路线", "stretches": "路段", "dark": "暗段", "crossings": "过街", "marks": "里程标", "amenities": "配套", "works": "施工",
         "patches": "绿地", "along": "环线沿线", "links": "绿中步道", "missing": "缺的连接", "stops": "点位",
         "gaps": "没有点位的段", "loops": "环线", "start": "起点", "banks": "岸线", "breaks": "断点", "access": "亲水点", "structure": "空间格局",
         "signs": "标识", "decisions": "缺牌的岔口", "closed": "封闭路段", "detour": "绕行路线", "touched": "受影响的线路"}


def of_answer(answer: Answer, only: Sequence[str] = ()) -> Parcel:
    """Hand over the features of an answer, all of them or `only` those of these names.

    Raises:
        NothingToAnswer: it has none.
    """
    sets = tuple(_of_result(answer, name, features) for name, features in answer.features.items()
                 if len(features) and (not only or name in only))
    if not sets:
        raise NothingToAnswer("这次的结果没有可画的要素；请导出表格（.xlsx、.csv）。",
                              "This answer has no features; write its table instead (.xlsx, .csv).")
    return Parcel(str(answer.params.get("workspace", answer.question)), sets, tuple(_about(answer)))


def of_workspace(workspace: Workspace, names: Sequence[str] = ()) -> Parcel:
    """Hand over layers of a workspace as they are, all of them that have features if no names are given.

    Raises:
        UnknownLayer: there is no such layer.
        NothingToAnswer: none of them has a feature.
    """
    wanted = [spec_of(name).name for name in names] or [name for name in SPECS if len(workspace.layer(name))]
    sets = tuple(_of_layer(name, workspace.layer(name)) for name in wanted if len(workspace.layer(name)))
    if not sets:
        raise NothingToAnswer("要导出的图层都是空的。", "The layers to be written are all empty.")
    about = tuple(("source", name, one.source, one.licence, " · ".join(filter(None, (one.date, one.accuracy, one.attribution))))
                  for name in wanted if (one := workspace.catalogue.layers.get(name)) is not None)
    return Parcel(workspace.catalogue.name, sets, about)


def _of_result(answer: Answer, name: str, features: gpd.GeoDataFrame) -> FeatureSet:
    if name == "bands":  # the farthest first, so that the nearer lie on top
        features = features.sort_values("metres", ascending=False, kind="stable")
    look = look_of_result(name, features)
    if classes := classes_of(answer, features):
        drawn, look = graded(classes, len(features))
        features = features.assign(**{DRAWN_AS: drawn})
    return FeatureSet(name, _SETS.get(name, name), tidy(features), {**COLUMNS, DRAWN_AS: "图例"}, look)


def _of_layer(name: str, layer: gpd.GeoDataFrame) -> FeatureSet:
    spec = SPECS[name]
    headings = {column.name: f"{column.zh}（{column.unit}）" if column.unit else column.zh for column in spec.columns}
    empty = [column for column in layer.columns if column not in ("id", "name", "geometry") and layer[column].isna().all()]
    return FeatureSet(name, spec.zh, tidy(layer.drop(columns=empty)), headings, look_of_layer(name))


def _about(answer: Answer) -> Iterable[tuple[str, str, str, str, str]]:
    yield "run", "run_id", "运行编号", "Run", answer.run_id
    yield from (("param", name, "", "", str(value)) for name, value in answer.params.items())
    yield from (("fact", fact.key, fact.zh, fact.en, "" if fact.value is None else f"{fact.value} {fact.unit}".strip()) for fact in answer.facts)
    yield from (("caveat", caveat.key, caveat.zh, caveat.en, "") for caveat in answer.caveats)
    yield from (("source", made.layer, made.source, made.licence, " · ".join(filter(None, (made.date, made.accuracy, made.attribution))))
                for made in answer.made_of)


def tidy(layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Bring columns to what every format holds: texts, floats rounded to a thousandth, flags; lists become a text; geometry has two dimensions."""
    columns = {str(name): _tidy(layer[name]) for name in layer.columns if name != layer.geometry.name}
    shapes = shapely.force_2d(layer.geometry.to_numpy())
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=WGS84)


def _tidy(column: pd.Series[Any]) -> pd.Series[Any]:
    if pd.api.types.is_bool_dtype(column.dtype):
        return column.astype("boolean").reset_index(drop=True)
    if pd.api.types.is_numeric_dtype(column.dtype):
        values = column.to_numpy(float, na_value=np.nan)
        return pd.Series(np.round(np.where(np.isfinite(values), values, np.nan), 7 if column.name in ("lon", "lat") else 3))
    values = column.tolist()
    if all(isinstance(value, bool | np.bool_) or _missing(value) for value in values) and any(not _missing(value) for value in values):
        return pd.Series([None if _missing(value) else bool(value) for value in values], dtype="boolean")
    return pd.Series([_text(value) for value in values], dtype=object)


def _missing(value: Any) -> bool:
    return value is None or value is pd.NA or (isinstance(value, float) and not np.isfinite(value))


def _text(value: Any) -> str | None:
    if _missing(value):
        return None
    if isinstance(value, list | tuple | np.ndarray):
        return "；".join(str(part) for part in value)
    # Half a surrogate pair is no character and no file can hold it.
    return str(value).encode("utf-8", "replace").decode()


def checked_crs(text: str) -> str:
    """Read the CRS of a file, EPSG:4326 where none is asked for.

    Raises:
        WrongUsage: there is none of that code.
    """
    try:
        crs = pyproj.CRS.from_user_input(text or WGS84)
    except pyproj.exceptions.CRSError as wrong:
        raise WrongUsage(f"没有坐标系“{text}”；请写 EPSG 代码，万里的国家 2000 平面坐标是 EPSG:4549。",
                         f"There is no CRS “{text}”; give an EPSG code, for Wanli's CGCS2000 plane EPSG:4549.") from wrong
    if crs.to_epsg() is None or len(crs.axis_info) != 2:
        raise WrongUsage(f"“{text}”不是平面或经纬度坐标系；请写 EPSG 代码，如 EPSG:4549。",
                         f"“{text}” is no plane or geographic CRS with an EPSG code; write one such as EPSG:4549.")
    return f"EPSG:{crs.to_epsg()}"


def moved(parcel: Parcel, crs: str) -> Parcel:
    """Bring every set to a CRS, x east and y north; x longitude and y latitude where it is geographic."""
    code = checked_crs(crs)
    if code == WGS84:
        return parcel
    return replace(parcel, sets=tuple(
        replace(one, layer=one.layer.set_geometry(gpd.GeoSeries(to_metres(one.layer.geometry.to_numpy(), code), crs=code))) for one in parcel.sets))


def by_form(one: FeatureSet) -> tuple[tuple[FeatureSet, str], ...]:
    """Part a set into points, lines and polygons where it has more than one of them; gives each with its form.

    Places are all points, or all of many points where one is: no table holds both.
    """
    dimensions = shapely.get_dimensions(one.layer.geometry.to_numpy())
    forms = [form for place, form in enumerate(FORMS) if (dimensions == place).any()]
    if len(forms) < 2:
        return tuple((_alike(one), form) for form in forms)
    parts = {form: one.layer[dimensions == FORMS.index(form)].reset_index(drop=True) for form in forms}
    return tuple((_alike(replace(one, name=f"{one.name}_{form}", layer=part)), form) for form, part in parts.items())


def _alike(one: FeatureSet) -> FeatureSet:
    shapes = one.layer.geometry.to_numpy()
    if not (shapely.get_type_id(shapes) == shapely.GeometryType.MULTIPOINT).any():
        return one
    return replace(one, layer=one.layer.set_geometry([shapely.multipoints(shapely.get_parts(shape)) for shape in shapes], crs=one.layer.crs))
