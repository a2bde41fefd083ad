"""The audit of the night run: is the loop as long as promised, closed, lit, wide, level; what does a runner meet on the way."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from wanli_geo.answer import Answer, Caveat, Fact
from wanli_geo.errors import BadMeasure
from wanli_geo.routes.crossings import ASIDE_M, TOGETHER_M, Crossings
from wanli_geo.routes.light import BESIDE_M, CLASSES, SPACING_M, dark_gaps, spacing_to_height
from wanli_geo.routes.stretches import Stretches
from wanli_geo.study.drawn import drawn
from wanli_geo.study.ground import Ground
from wanli_geo.study.marks import mark_features, pieces_caveat, route_feature, start_caveat
from wanli_geo.study.run_checks import NARROW_M, REACH_M, checks
from wanli_geo.study.run_ground import RunGround
from wanli_geo.study.run_places import amenity_features, places
from wanli_geo.study.run_stretches import LIGHT_WORTH, STRETCH_M, WEIGHTS, WORKS_LEFT, stretch_features
from wanli_geo.study.words import data_caveats, made_of

TARGET_M, TOLERANCE = 2500.0, 0.01
MARK_EVERY_M = 100.0
_INPUTS = ("night_run", "lamps", "run_amenities", "streets", "facilities", "entrances", "plan_projects", "blue_net", "barriers",
           "compounds", "gates")
_KINDS = ("signalised", "unsignalised", "footbridge", "underpass", "junction")
_CROSSING_WORDS = {"signalised": ("有信号灯的过街", "with lights"), "unsignalised": ("无信号灯的过街", "without lights"),
                   "footbridge": ("天桥", "footbridges"), "underpass": ("地道", "underpasses"), "junction": ("路口（未画过街）", "junctions without a drawn way")}


_PLACES = {"water": ("饮水点", "water"), "toilet": ("厕所", "a toilet"), "aed": ("AED", "an AED")}


@dataclass(frozen=True)
class Wanted:
    """What the loop should be: `target_m` long, to within `tolerance`, a share of it."""

    target_m: float = TARGET_M
    tolerance: float = TOLERANCE

    def __post_init__(self) -> None:
        if not (math.isfinite(self.target_m) and self.target_m > 0):
            raise BadMeasure(f"目标长度 {self.target_m:g} 米不合理；请给一个正数，如 2500。",
                             f"A target of {self.target_m:g} m makes no sense; give a positive number such as 2500.")


def night_run(ground: Ground, wanted: Wanted) -> Answer:
    """Audit the drawn loop; what is wrong with it is said in the checks, never refused.

    Raises:
        NothingToAnswer: the layer has no line.
    """
    workspace = ground.workspace
    run = RunGround(drawn(workspace, "night_run"))
    line, found, dark = run.line, places(ground), dark_gaps(run.line.route, run.light) if run.lamps_known else _none()
    stretches = stretch_features(ground, run, found, reach_m=REACH_M)
    marks = mark_features(line, MARK_EVERY_M)
    made = made_of(workspace, _INPUTS)
    facts = _facts(run, wanted, stretches, dark)
    return Answer(
        question="night_run",
        params={
            "workspace": workspace.catalogue.name, "day": ground.day, "minute": ground.minute, "target_m": float(wanted.target_m),
            "tolerance": wanted.tolerance, "metric_crs": workspace.catalogue.metric_crs, "stretch_m": STRETCH_M, "lamp_within_m": BESIDE_M,
            "lamp_spacing_m": SPACING_M, "light_classes_lx": dict(CLASSES), "narrow_m": NARROW_M, "reach_m": REACH_M,
            "crossing_together_m": TOGETHER_M, "arm_aside_m": ASIDE_M, "mark_every_m": MARK_EVERY_M,
            "score": "Σ weight × worth / Σ weight of what is known, × 0.5 under works",
            "score_weights": WEIGHTS, "score_light": LIGHT_WORTH, "score_works": WORKS_LEFT,
        },
        features={
            "route": route_feature(line), "stretches": stretches, "dark": line.lines(dark, {}, "dark"),
            "crossings": _crossings(run, run.sides.least), "marks": marks, "amenities": amenity_features(ground, line.route, found),
            "works": _works(run),
        },
        tables={
            "checks": checks(facts, run, stretches, wanted_m=wanted.target_m, tolerance=wanted.tolerance),
            "stretches": pd.DataFrame(stretches.drop(columns="geometry")),
        },
        facts=facts,
        caveats=(start_caveat(line), *pieces_caveat(line), *_caveats(run), *data_caveats(made, 0)),
        made_of=made,
    )


def _none() -> Stretches:
    return Stretches(np.zeros(0), np.zeros(0), np.zeros(0))


def _crossings(run: RunGround, found: Crossings) -> gpd.GeoDataFrame:
    names = [value if isinstance(value, str) else None for value in run.streets["name"].iloc[found.row]]
    return run.line.points({"kind": found.kind, "street": np.array([*names, None], dtype=object)[:-1]}, found.chainage, "crossing")


def _works(run: RunGround) -> gpd.GeoDataFrame:
    names = [name for name, parts in run.works for _ in range(len(parts))]
    empty = _none()
    start, end = (np.concatenate([getattr(empty, side), *(getattr(parts, side) for _, parts in run.works)]) for side in ("start", "end"))
    return run.line.lines(Stretches(start, end, np.zeros(len(start))), {"project": np.array([*names, None], dtype=object)[:-1]}, "works")


def _facts(run: RunGround, wanted: Wanted, stretches: gpd.GeoDataFrame, dark: Stretches) -> tuple[Fact, ...]:
    line, sound, length = run.line, run.soundness, run.line.route.length_m
    return (
        Fact("length_m", "长度（投影面）", "Length on the grid", length, "米"),
        Fact("length_ellipsoid_m", "长度（椭球面）", "Length on the ellipsoid", line.ellipsoid_m, "米"),
        Fact("off_target_m", f"与 {wanted.target_m:g} 米相差", f"Off {wanted.target_m:g} m", line.ellipsoid_m - wanted.target_m, "米"),
        Fact("score", "总评分（0–1）", "Score, 0 to 1", _mean(stretches["score"], stretches["metres"]), "index"),
        *_light_facts(run, stretches, dark),
        Fact("closed", "首尾闭合", "Closed", line.route.closed),
        Fact("gap_m", "首尾相差", "From its end to its beginning", sound.gap_m, "米"),
        Fact("simple", "不自交、不重复", "Crosses and repeats nothing", sound.simple),
        Fact("self_crossings", "自交处", "Places where it crosses itself", len(sound.crossed), "处"),
        Fact("twice_m", "重复走的长度", "Walked more than once", float(sound.twice.metres.sum()), "米"),
        Fact("pieces", "图层里的线段数", "Pieces in the layer", line.pieces, "段"),
        *_crossing_facts(run),
        Fact("width_least_m", "最窄", "Narrowest", _least(stretches["width_m"]), "米"),
        Fact("narrow_m", f"不足 {NARROW_M:g} 米宽的长度", f"Narrower than {NARROW_M:g} m", _narrow(stretches), "米"),
        Fact("step_free_share", "无台阶的比例（有记载的路段）", "Step-free, of what is on record", _share_so(stretches), "share"),
        *(Fact(f"{kind}_farthest_m", f"到{zh}最远要走", f"Farthest walk to {en}", _most(stretches[f"{kind}_m"]), "米")
          for kind, (zh, en) in _PLACES.items()),
        Fact("works_m", "施工或封闭的长度", "Under works or shut", float(stretches["metres"][stretches["works"].notna()].sum()), "米"),
    )


def _light_facts(run: RunGround, stretches: gpd.GeoDataFrame, dark: Stretches) -> list[Fact]:
    known = run.lamps_known
    length = run.line.route.length_m
    lit = 1 - float(dark.metres.sum()) / length if known else None
    ratio = spacing_to_height(run.lamps)
    facts = [
        Fact("lit_share", "路灯照得到的比例", "Within the light of a lamp", lit, "share"),
        Fact("dark_m", "暗段合计", "In the dark", float(dark.metres.sum()) if known else None, "米"),
        Fact("dark_longest_m", "最长暗段", "Longest dark gap", float(dark.metres.max(initial=0.0)) if known else None, "米"),
        Fact("dark_gaps", "暗段", "Dark gaps", len(dark) if known else None, "处"),
    ]
    for code, (zh, en) in _LIGHT.items():
        share = float(stretches["metres"][stretches["light"] == code].sum()) / length
        facts.append(Fact(f"light_{code}_share", f"照明等级：{zh}", f"Light: {en}", share if known else None, "share"))
    facts.append(Fact("lamps", "沿线在用路灯", "Lamps in use by the line", len(set(run.lamps.row.tolist())) if known else None, "盏"))
    facts.append(Fact("spacing_to_height", "灯距与灯高之比，最大", "Greatest spacing in lamp heights", None if math.isnan(ratio) else ratio, "index"))
    return facts


_LIGHT = {"high": ("流量较高可用（≥10 lx）", "for much use (10 lx)"), "mid": ("流量中等可用（≥7.5 lx）", "for middling use (7.5 lx)"),
          "low": ("流量较低可用（≥5 lx）", "for little use (5 lx)"), "below": ("低于最低等级", "below the lowest class"),
          "spaced": ("有灯，照度未知", "lamps, lux not known"), "dark": ("暗", "dark")}


def _crossing_facts(run: RunGround) -> list[Fact]:
    sides = run.sides
    told = [
        Fact("crossings", "过街", "Crossings", len(sides.least), "处"),
        Fact("crossings_left", "靠左走的过街", "Crossings keeping left", len(sides.left), "处"),
        Fact("crossings_right", "靠右走的过街", "Crossings keeping right", len(sides.right), "处"),
        Fact("side", "过街较少的一侧", "Side with fewer crossings", {"left": "靠左 / left", "right": "靠右 / right"}[sides.better]),
    ]
    return told + [Fact(f"crossings_{kind}", f"其中{_CROSSING_WORDS[kind][0]}", f"of which {_CROSSING_WORDS[kind][1]}",
                        int((sides.least.kind == kind).sum()), "处") for kind in _KINDS]


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


def _caveats(run: RunGround) -> Sequence[Caveat]:
    notes = [Caveat(
        "light_classes",
        f"照明等级按 CJJ 45-2015 表 3.5.1 人行道平均照度（{'、'.join(f'{least:g}' for _, least in CLASSES)} lx），条文凭记忆录入，未核实；"
        f"每处取沿线最近一盏灯的照度，{SPACING_M / 2:g} 米外算暗（假定值），均匀度和垂直照度没有判断。",
        f"Light by the mean of CJJ 45-2015, table 3.5.1 ({', '.join(f'{least:g}' for _, least in CLASSES)} lx), written from memory and not verified; "
        f"each place takes the lux of the nearest lamp along the line, dark beyond {SPACING_M / 2:g} m (assumed); neither uniformity nor vertical "
        "light was judged.",
    ), Caveat(
        "crossings_model",
        f"过街按画出的线数：走在画出的过街、天桥、地道上各算一处；其余按从线一侧接上来的道路（road）数，{TOGETHER_M:g} 米内算一处，取靠左走和靠右走中较少的。",
        f"Crossings are counted on the drawn line: each drawn crossing, footbridge or underpass run over is one; elsewhere the roads that arrive "
        f"from one side, those within {TOGETHER_M:g} m as one, for the side of the line that has fewer.",
    ), Caveat(
        "score_assumed", "评分的权重为假定值，列在参数里；不知道的项不计。", "The weights of the score are assumed, see the parameters; what is not known is left out.",
    )]
    if not run.lamps_known:
        return [*notes, Caveat("no_lamps", "工作区里没有路灯图层（lamps），照明算作未知，不是不亮；请导入路灯。",
                               "The workspace has no lamps, so light is unknown, which does not mean dark; bring in the lamps.")]
    lamps = run.lamps
    no_lux, no_height = int(np.isnan(lamps.lux).sum()), int(np.isnan(lamps.height_m).sum())
    if no_lux:
        notes.append(Caveat("lux_missing", f"沿线 {no_lux} 盏灯没有照度，只按灯距判断是否照到。",
                            f"{no_lux} lamp(s) by the line have no lux; only their spacing was looked at."))
    if no_height:
        notes.append(Caveat("height_missing", f"沿线 {no_height} 盏灯没有灯高，灯距与灯高之比（均匀度）没有判断。",
                            f"{no_height} lamp(s) by the line have no height; spacing to height (uniformity) was not judged there."))
    return notes
