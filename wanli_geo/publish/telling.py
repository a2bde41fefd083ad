"""Pieces that several pages tell alike: choices in words, lines for the scripts, tracks for a watch."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from wanli_geo.answer import Answer
from wanli_geo.publish.page import Telling
from wanli_geo.report import say
from wanli_geo.report.exchange.features import of_answer
from wanli_geo.report.exchange.gpx import gpx
from wanli_geo.report.wire import DECIMALS, plain
from wanli_geo.workspace.specs import SPECS


def choice(layer: str, column: str, code: Any, lang: say.Lang) -> str:
    """A coded value in words: “绘画”, “painting”; "" where there is none."""
    choices = {one: (zh, en) for one, zh, en in SPECS[layer].column(column).choices}
    return say.pick(lang, *choices[code]) if code in choices else ""


def metres(value: float | None, lang: say.Lang) -> str:
    return "" if value is None or pd.isna(value) else say.distance(float(value), lang)


def line_of(features: gpd.GeoDataFrame) -> list[list[list[float]]]:
    """Every line of some features as positions in degrees, one list a piece."""
    pieces = [piece for shape in features.geometry for piece in shapely.get_parts(shape) if shapely.get_dimensions(piece) == 1]
    return [shapely.get_coordinates(piece).round(DECIMALS).tolist() for piece in pieces]


def point_of(shape: shapely.Geometry) -> list[float]:
    return [round(float(shape.x), DECIMALS), round(float(shape.y), DECIMALS)]


def rows_of(features: pd.DataFrame, columns: tuple[str, ...]) -> list[dict[str, Any]]:
    """Rows as plain values; what is missing is None."""
    return [{column: plain(None if _missing(row[column]) else row[column]) for column in columns} for _, row in features.iterrows()]


def _missing(value: Any) -> bool:
    return value is None or (not isinstance(value, list) and bool(pd.isna(value)))


def track(answer: Answer, only: tuple[str, ...]) -> bytes:
    """A route of an answer as GPX, for a phone or a watch."""
    return gpx(of_answer(answer, only))


def shown(telling: Telling, layer: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Of an answer's rows those whose feature of the layer may be seen by the public."""
    return rows[rows["id"].isin(telling.layer(layer)["id"])]


def flag(value: Any, yes: tuple[str, str], no: tuple[str, str] | None) -> tuple[str, str] | None:
    """What a yes or no comes to in words; None where it is not known, or not worth a word."""
    return None if value is None else yes if value else no
