"""The checks of an audited run: one row each with what was found, what is wanted, by which clause; ok, short, or unknown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import pandas as pd

from wanli_geo.answer import Fact
from wanli_geo.routes.line import JOINED_M
from wanli_geo.study.run_facts import NARROW_M
from wanli_geo.study.run_ground import RunGround
from wanli_geo.study.run_stretches import TWO_WAY_M, UNEVEN

# The farthest one should have to walk from the line (assumed: no clause is at hand).
REACH_M = {"water": 500.0, "toilet": 500.0, "aed": 500.0}
_TRAIL = ("《合成材料面层健身步道要求》（团体标准 2018）", "group standard of fitness trails, 2018")
_LIGHT = ("CJJ 45-2015 表3.5.1（未核实）", "CJJ 45-2015, table 3.5.1 (not verified)")
_ASSUMED = ("假定", "assumed")
_TOLD = {"water": ("饮水点", "water"), "toilet": ("厕所", "a toilet"), "aed": ("AED", "an AED")}


@dataclass(frozen=True)
class Check:
    """What was found against what is wanted; `good` is None where it is not known, and so is the `value` then."""

    key: str
    zh: str
    en: str
    value: float | str | None
    good: bool | None
    wanted: str
    unit: str = "米"
    clause: tuple[str, str] = _ASSUMED

    def row(self) -> dict[str, Any]:
        status = "unknown" if self.good is None else "ok" if self.good else "short"
        value = f"{self.value:,.2f}".rstrip("0").rstrip(".") if isinstance(self.value, int | float) else self.value
        return {"key": self.key, "zh": self.zh, "en": self.en, "status": status, "value": value, "wanted": self.wanted, "unit": self.unit,
                "clause": self.clause[0], "clause_en": self.clause[1]}


def checks(facts: Sequence[Fact], run: RunGround, stretches: gpd.GeoDataFrame, *, wanted_m: float, tolerance: float) -> pd.DataFrame:
    """Hold the facts against what is wanted: one row a check."""
    value: dict[str, Any] = {fact.key: fact.value for fact in facts}
    rows = [*_of_shape(run, wanted_m, tolerance), *_of_light(run, stretches, value), *_of_way(stretches, value), *_of_places(stretches, value)]
    return pd.DataFrame([check.row() for check in rows])


def _of_shape(run: RunGround, wanted_m: float, tolerance: float) -> list[Check]:
    sound, line = run.soundness, run.line
    long = abs(line.ellipsoid_m - wanted_m) <= tolerance * wanted_m
    return [
        Check("length", "长度", "Length", line.ellipsoid_m, long, f"{wanted_m:g} ± {tolerance:.0%}"),
        Check("closed", "首尾相差", "From end to beginning", sound.gap_m, line.route.closed, f"≤ {JOINED_M:g}"),
        Check("simple", "自交或重复的地方", "Where it crosses or repeats itself", _places(run), sound.simple, "0", ""),
        Check("pieces", "线段数", "Pieces", line.pieces, line.pieces == 1, "1", "段"),
    ]


def _of_light(run: RunGround, stretches: gpd.GeoDataFrame, value: Mapping[str, Any]) -> list[Check]:
    weak = _weak_m(run, stretches)
    return [
        Check("light", "照明低于最低等级的长度", "Below the lowest class of light", weak, _none_of(weak), "0", clause=_LIGHT),
        Check("dark", "暗段", "Dark gaps", value["dark_m"], _none_of(value["dark_m"]), "0"),
    ]


def _of_way(stretches: gpd.GeoDataFrame, value: Mapping[str, Any]) -> list[Check]:
    width, works = value["width_least_m"], value["works_m"]
    uneven = float(stretches["metres"][stretches["surface"].isin(UNEVEN)].sum()) if stretches["surface"].notna().any() else None
    plain = int(value["crossings_unsignalised"]) + int(value["crossings_junction"])
    return [
        Check("width", "最窄处宽度（单向）", "Least width, one way", width, _least(width, NARROW_M), f"≥ {NARROW_M:g}", clause=_TRAIL),
        Check("width_two_way", "最窄处宽度（双向）", "Least width, both ways", width, _least(width, TWO_WAY_M), f"≥ {TWO_WAY_M:g}", clause=_TRAIL),
        Check("surface", "不平整路面的长度", "Uneven surface", uneven, _none_of(uneven), "0"),
        Check("step_free", "无台阶的比例（有记载的）", "Step-free, of what is on record", _percent(value["step_free_share"]), _step_free(stretches),
              "100 %", ""),
        Check("crossings", "没有信号灯的过街和路口", "Crossings and junctions without lights", plain, _none_of(plain), "0", "处"),
        Check("works", "施工或封闭的长度", "Under works or shut", works, _none_of(works), "0"),
    ]


def _of_places(stretches: gpd.GeoDataFrame, value: Mapping[str, Any]) -> list[Check]:
    near = []
    for kind, (zh, en) in _TOLD.items():
        farthest = value[f"{kind}_farthest_m"]
        good = None if farthest is None else bool(farthest <= REACH_M[kind])
        near.append(Check(kind, f"到{zh}最远要走", f"Farthest walk to {en}", farthest, good, f"≤ {REACH_M[kind]:g}"))
    # The audit says where marks belong; whether any stands there is in no layer.
    marks = Check("marks", "里程标间隔（现场有没有，未知）", "Distance marks (whether any stand, not known)", None, None, "50–100", clause=_TRAIL)
    return [*near, marks]


def _places(run: RunGround) -> str:
    """Where the line crosses or repeats itself, by chainage."""
    sound = run.soundness
    twice = [f"{low:.0f}–{high:.0f}" for low, high in zip(sound.twice.start, sound.twice.end, strict=True)]
    return "、".join([*(f"{place:.0f}" for place in sound.crossed), *twice]) or "0"


def _weak_m(run: RunGround, stretches: gpd.GeoDataFrame) -> float | None:
    """Metres below the lowest class, the dark included; None where some lamp's lux is not known."""
    if not run.lamps_known or (stretches["light"] == "spaced").any():
        return None
    return float(stretches["metres"][stretches["light"].isin(("below", "dark"))].sum())


def _none_of(value: Any) -> bool | None:
    return None if value is None else bool(value == 0)


def _percent(share: float | None) -> str | None:
    return None if share is None else f"{100 * share:.0f} %"


def _least(value: Any, wanted: float) -> bool | None:
    return None if value is None else bool(value >= wanted)


def _step_free(stretches: gpd.GeoDataFrame) -> bool | None:
    said = stretches["step_free"]
    return False if said.eq(False).any() else None if said.isna().any() else True
