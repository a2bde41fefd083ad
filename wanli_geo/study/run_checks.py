"""The checks of an audited run: one row each with what was found, what is wanted, by which clause; ok, short, or unknown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from wanli_geo.answer import Fact
from wanli_geo.study.run_ground import RunGround
from wanli_geo.study.run_stretches import UNEVEN

# Width of a fitness trail walked one way and both ways: the standard of synthetic-surface fitness trails, 2018.
NARROW_M = 1.5
# The farthest one should have to walk from the line (assumed: no clause is at hand).
REACH_M = {"water": 500.0, "toilet": 500.0, "aed": 500.0}
_TRAIL = ("《合成材料面层健身步道要求》（团体标准 2018）", "group standard of fitness trails, 2018")
_LIGHT = ("CJJ 45-2015 表3.5.1（未核实）", "CJJ 45-2015, table 3.5.1 (not verified)")
_ASSUMED = ("假定", "assumed")
_TOLD = {"water": ("饮水点", "Water"), "toilet": ("厕所", "Toilet"), "aed": ("AED", "AED")}


def checks(facts: Sequence[Fact], run: RunGround, stretches: gpd.GeoDataFrame, *, wanted_m: float, tolerance: float) -> pd.DataFrame:
    """Hold the facts against what is wanted."""
    value = {fact.key: fact.value for fact in facts}
    sound, line = run.soundness, run.line
    uneven = float(stretches["metres"][stretches["surface"].isin(UNEVEN)].sum()) if stretches["surface"].notna().any() else None
    weak = _weak_m(run, stretches)
    rows = [
        _row("length", ("长度", "Length"), value["length_ellipsoid_m"], abs(line.ellipsoid_m - wanted_m) <= tolerance * wanted_m,
             f"{wanted_m:g} ± {tolerance:.0%}", "米", _ASSUMED),
        _row("closed", ("首尾闭合", "Closed"), sound.gap_m, line.route.closed, "≤ 1", "米", _ASSUMED),
        _row("simple", ("不自交、不重复", "No crossing or repeat of itself"), _places(run), sound.simple, "0", "", _ASSUMED),
        _row("pieces", ("一条线", "One line"), line.pieces, line.pieces == 1, "1", "段", _ASSUMED),
        _row("light", ("照明低于最低等级的长度", "Below the lowest class of light"), weak, _none_of(weak), "0", "米", _LIGHT),
        _row("dark", ("暗段", "Dark gaps"), value["dark_m"], _none_of(value["dark_m"]), "0", "米", _ASSUMED),
        _row("width", ("最窄处宽度", "Least width"), value["width_least_m"], _least(value["width_least_m"], NARROW_M), f"≥ {NARROW_M:g}", "米", _TRAIL),
        _row("width_two_way", ("双向最窄处宽度", "Least width, both ways"), value["width_least_m"], _least(value["width_least_m"], 2.5), "≥ 2.5", "米", _TRAIL),
        _row("surface", ("不平整路面的长度", "Uneven surface"), uneven, _none_of(uneven), "0", "米", _ASSUMED),
        _row("step_free", ("无台阶的比例", "Step-free share"), value["step_free_share"], _step_free(stretches), "1", "", _ASSUMED),
        _row("crossings", ("无信号灯的过街和路口", "Crossings and junctions without lights"), _plain(value), _none_of(_plain(value)), "0", "处", _ASSUMED),
        *(_row(kind, (f"到{zh}最远要走", f"Farthest walk to: {en}"), value[f"{kind}_farthest_m"], _reached(value[f"{kind}_farthest_m"], stretches, kind),
               f"≤ {REACH_M[kind]:g}", "米", _ASSUMED) for kind, (zh, en) in _TOLD.items()),
        _row("works", ("施工或封闭的长度", "Under works or shut"), value["works_m"], _none_of(value["works_m"]), "0", "米", _ASSUMED),
        _row("marks", ("里程标间隔（现场有没有未知）", "Distance marks (whether they stand is not known)"), None, None, "50–100", "米", _TRAIL),
    ]
    return pd.DataFrame(rows)


def _row(key: str, said: tuple[str, str], value: Any, good: bool | None, wanted: str, unit: str, clause: tuple[str, str]) -> dict[str, Any]:
    status = "unknown" if good is None else "ok" if good else "short"
    shown = None if value is None else value if isinstance(value, str) else f"{value:,.2f}".rstrip("0").rstrip(".")
    return {"key": key, "zh": said[0], "check_en": said[1], "status": status, "value": shown, "wanted": wanted, "unit": unit,
            "clause": clause[0], "clause_en": clause[1]}


def _places(run: RunGround) -> str:
    """Where the line crosses or repeats itself, by chainage."""
    sound = run.soundness
    parts = [f"{place:.0f}" for place in sound.crossed] + [f"{low:.0f}–{high:.0f}" for low, high in zip(sound.twice.start, sound.twice.end, strict=True)]
    return "、".join(parts) or "0"


def _weak_m(run: RunGround, stretches: gpd.GeoDataFrame) -> float | None:
    """Metres below the lowest class, the dark included; None where some lamp's lux is not known."""
    if not run.lamps_known or (stretches["light"] == "spaced").any():
        return None
    return float(stretches["metres"][stretches["light"].isin(("below", "dark"))].sum())


def _none_of(value: Any) -> bool | None:
    return None if value is None else bool(value == 0)


def _least(value: Any, wanted: float) -> bool | None:
    return None if value is None else bool(value >= wanted)


def _step_free(stretches: gpd.GeoDataFrame) -> bool | None:
    said = stretches["step_free"]
    return False if said.eq(False).any() else None if said.isna().any() else True


def _plain(value: dict[str, Any]) -> int:
    return int(value["crossings_unsignalised"]) + int(value["crossings_junction"])


def _reached(farthest: Any, stretches: gpd.GeoDataFrame, kind: str) -> bool | None:
    """Unknown where no street leads from some stretch to any: there may be one that nobody recorded."""
    if farthest is None:
        return None
    return bool(np.nanmax(stretches[f"{kind}_m"]) <= REACH_M[kind])
