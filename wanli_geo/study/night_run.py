"""The audit of the night run: is the loop as long as promised, closed, lit, wide, level; what does a runner meet on the way."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from wanli_geo.answer import Answer, Caveat
from wanli_geo.errors import BadMeasure
from wanli_geo.routes.crossings import ASIDE_M, TOGETHER_M, Crossings
from wanli_geo.routes.light import BESIDE_M, CLASSES, SPACING_M, dark_gaps
from wanli_geo.routes.stretches import Stretches
from wanli_geo.study.drawn import drawn
from wanli_geo.study.ground import Ground
from wanli_geo.study.marks import mark_features, pieces_caveat, route_feature, start_caveat
from wanli_geo.study.run_checks import REACH_M, checks
from wanli_geo.study.run_facts import NARROW_M, run_facts
from wanli_geo.study.run_ground import RunGround
from wanli_geo.study.run_places import amenity_features, places
from wanli_geo.study.run_stretches import LIGHT_WORTH, STRETCH_M, WEIGHTS, WORKS_LEFT, stretch_features
from wanli_geo.study.words import data_caveats, made_of

TARGET_M, TOLERANCE = 2500.0, 0.01
MARK_EVERY_M = 100.0
_INPUTS = ("night_run", "lamps", "run_amenities", "streets", "facilities", "entrances", "plan_projects", "blue_net", "barriers",
           "compounds", "gates")


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
    facts = run_facts(run, wanted.target_m, stretches, dark)
    return Answer(
        question="night_run",
        params=_params(ground, wanted),
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


def _params(ground: Ground, wanted: Wanted) -> dict[str, Any]:
    """Everything that decides the result, each threshold by name."""
    catalogue = ground.workspace.catalogue
    return {
        "workspace": catalogue.name, "day": ground.day, "minute": ground.minute, "target_m": float(wanted.target_m),
        "tolerance": wanted.tolerance, "metric_crs": catalogue.metric_crs, "stretch_m": STRETCH_M, "lamp_within_m": BESIDE_M,
        "lamp_spacing_m": SPACING_M, "light_classes_lx": dict(CLASSES), "narrow_m": NARROW_M, "reach_m": REACH_M,
        "crossing_together_m": TOGETHER_M, "arm_aside_m": ASIDE_M, "mark_every_m": MARK_EVERY_M,
        "score": "Σ weight × worth / Σ weight of what is known, × 0.5 under works",
        "score_weights": WEIGHTS, "score_light": LIGHT_WORTH, "score_works": WORKS_LEFT,
    }


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


def _caveats(run: RunGround) -> list[Caveat]:
    """How light, crossings and score were made, and what of the lamps is not known."""
    notes = _model_caveats()
    if not run.plan_known:
        notes.append(Caveat("no_plan", "工作区里没有规划项目图层（plan_projects），有没有施工只看道路自己的状态，没有的算作未知。",
                            "The workspace has no plan projects: works are seen by the streets' own status only, and unknown where none says so."))
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


def _model_caveats() -> list[Caveat]:
    classes, reach = [f"{least:g}" for _, least in CLASSES], f"{SPACING_M / 2:g}"
    return [
        Caveat(
            "light_classes",
            f"照明等级按 CJJ 45-2015 表 3.5.1 人行道平均照度（{'、'.join(classes)} lx），条文凭记忆录入，未核实；"
            f"每处取沿线最近一盏灯的照度，{reach} 米外算暗（假定值），均匀度和垂直照度没有判断。",
            f"Light by the mean of CJJ 45-2015, table 3.5.1 ({', '.join(classes)} lx), written from memory and not verified; each place takes "
            f"the lux of the nearest lamp along the line, dark beyond {reach} m (assumed); neither uniformity nor vertical light was judged.",
        ),
        Caveat(
            "crossings_model",
            "过街按画出的线数：走在画出的过街、天桥、地道上各算一处；其余按从线一侧接上来的道路（road）数，"
            f"{TOGETHER_M:g} 米内算一处，取靠左走和靠右走中较少的。",
            "Crossings are counted on the drawn line: each drawn crossing, footbridge or underpass run over is one; elsewhere the roads that "
            f"arrive from one side, those within {TOGETHER_M:g} m as one, for the side of the line that has fewer.",
        ),
        Caveat("score_assumed", "评分的权重为假定值，列在参数里；不知道的项不计。",
               "The weights of the score are assumed, see the parameters; what is not known is left out."),
    ]
