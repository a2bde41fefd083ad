"""The figures of an audited run: how long, how lit, how many crossings, how far to what one needs."""

from __future__ import annotations

import math
from typing import Any

import geopandas as gpd

from wanli_geo.answer import Fact
from wanli_geo.routes.light import spacing_to_height
from wanli_geo.routes.stretches import Stretches
from wanli_geo.study.run_ground import RunGround

# Width of a fitness trail walked one way: the group standard of synthetic-surface fitness trails, 2018.
NARROW_M = 1.5
_CROSSINGS = {
    "signalised": ("有信号灯的过街", "with lights"), "unsignalised": ("无信号灯的过街", "without lights"), "footbridge": ("天桥", "footbridges"),
    "underpass": ("地道", "underpasses"), "junction": ("路口（未画过街）", "junctions without a drawn way"),
}


_PLACES = {"water": ("饮水点", "water"), "toilet": ("厕所", "a toilet"), "aed": ("AED", "an AED")}
_LIGHT = {
    "high": ("流量较高可用（≥10 lx）", "for much use (10 lx)"), "mid": ("流量中等可用（≥7.5 lx）", "for middling use (7.5 lx)"),
    "low": ("流量较低可用（≥5 lx）", "for little use (5 lx)"), "below": ("低于最低等级", "below the lowest class"),
    "spaced": ("有灯，照度未知", "lamps, lux not known"), "dark": ("暗", "dark"),
}


def run_facts(run: RunGround, target_m: float, stretches: gpd.GeoDataFrame, dark: Stretches) -> tuple[Fact, ...]:
    """Count it all, in reading order."""
    line, length = run.line, run.line.route.length_m
    return (
        Fact("length_m", "长度（投影面）", "Length on the grid", length, "米"),
        Fact("length_ellipsoid_m", "长度（椭球面）", "Length on the ellipsoid", line.ellipsoid_m, "米"),
        Fact("off_target_m", f"与 {target_m:g} 米相差", f"Off {target_m:g} m", line.ellipsoid_m - target_m, "米"),
        Fact("score", "总评分（0–1）", "Score, 0 to 1", _mean(stretches["score"], stretches["metres"]), "index"),
        *_light_facts(run, stretches, dark),
        *_shape_facts(run),
        *_crossing_facts(run),
        Fact("width_least_m", "最窄", "Narrowest", _least(stretches["width_m"]), "米"),
        Fact("narrow_m", f"不足 {NARROW_M:g} 米宽的长度", f"Narrower than {NARROW_M:g} m", _narrow(stretches), "米"),
        Fact("step_free_share", "无台阶的比例（有记载的路段）", "Step-free, of what is on record", _share_so(stretches), "share"),
        *(Fact(f"{kind}_farthest_m", f"到{zh}最远要走", f"Farthest walk to {en}", _most(stretches[f"{kind}_m"]), "米")
          for kind, (zh, en) in _PLACES.items()),
        Fact("works_m", "施工或封闭的长度", "Under works or shut", _works(run, stretches), "米"),
    )


def _works(run: RunGround, stretches: gpd.GeoDataFrame) -> float | None:
    """Metres under works or shut; None where nothing says so and no plan was there to say it."""
    metres = float(stretches["metres"][stretches["works"].notna()].sum())
    return metres if metres or run.plan_known else None


def _shape_facts(run: RunGround) -> list[Fact]:
    line, sound = run.line, run.soundness
    return [
        Fact("closed", "首尾闭合", "Closed", line.route.closed),
        Fact("gap_m", "首尾相差", "From its end to its beginning", sound.gap_m, "米"),
        Fact("simple", "不自交、不重复", "Crosses and repeats nothing", sound.simple),
        Fact("self_crossings", "自交处", "Places where it crosses itself", len(sound.crossed), "处"),
        Fact("twice_m", "重复走的长度", "Walked more than once", float(sound.twice.metres.sum()), "米"),
        Fact("pieces", "图层里的线段数", "Pieces in the layer", line.pieces, "段"),
    ]


def _light_facts(run: RunGround, stretches: gpd.GeoDataFrame, dark: Stretches) -> list[Fact]:
    known = run.lamps_known
    length = run.line.route.length_m
    lit = 1 - float(dark.metres.sum()) / length if known else None
    facts = [
        Fact("lit_share", "路灯照得到的比例", "Within the light of a lamp", lit, "share"),
        Fact("dark_m", "暗段合计", "In the dark", float(dark.metres.sum()) if known else None, "米"),
        Fact("dark_longest_m", "最长暗段", "Longest dark gap", float(dark.metres.max(initial=0.0)) if known else None, "米"),
        Fact("dark_gaps", "暗段", "Dark gaps", len(dark) if known else None, "处"),
    ]
    for code, (zh, en) in _LIGHT.items():
        share = float(stretches["metres"][stretches["light"] == code].sum()) / length
        facts.append(Fact(f"light_{code}_share", f"照明等级：{zh}", f"Light: {en}", share if known else None, "share"))
    lamps, ratio = len(set(run.lamps.row.tolist())), spacing_to_height(run.lamps)
    return [
        *facts,
        Fact("lamps", "沿线在用路灯", "Lamps in use by the line", lamps if known else None, "盏"),
        Fact("spacing_to_height", "灯距与灯高之比，最大", "Greatest spacing in lamp heights", None if math.isnan(ratio) else ratio, "index"),
    ]


def _crossing_facts(run: RunGround) -> list[Fact]:
    sides = run.sides
    told = [
        Fact("crossings", "过街", "Crossings", len(sides.least), "处"),
        Fact("crossings_left", "靠左走的过街", "Crossings keeping left", len(sides.left), "处"),
        Fact("crossings_right", "靠右走的过街", "Crossings keeping right", len(sides.right), "处"),
        Fact("side", "过街较少的一侧", "Side with fewer crossings", {"left": "靠左 / left", "right": "靠右 / right"}[sides.better]),
    ]
    return told + [Fact(f"crossings_{kind}", f"其中{zh}", f"of which {en}", int((sides.least.kind == kind).sum()), "处")
                   for kind, (zh, en) in _CROSSINGS.items()]


def _mean(values: Any, weights: Any) -> float | None:
    known = values.notna()
    return float((values[known] * weights[known]).sum() / weights[known].sum()) if known.any() else None


def _least(values: Any) -> float | None:
    return float(values.min()) if values.notna().any() else None


def _most(values: Any) -> float | None:
    """The greatest, None where the walk from some stretch is not known."""
    return float(values.max()) if values.notna().all() else None


def _narrow(stretches: gpd.GeoDataFrame) -> float | None:
    known = stretches["width_m"].notna()
    return float(stretches["metres"][stretches["width_m"] < NARROW_M].sum()) if known.any() else None


def _share_so(stretches: gpd.GeoDataFrame) -> float | None:
    known = stretches["step_free"].notna()
    metres = stretches["metres"]
    return float(metres[known & stretches["step_free"].eq(True)].sum() / metres[known].sum()) if known.any() else None
