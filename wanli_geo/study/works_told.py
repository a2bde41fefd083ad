"""What is said of works: the numbers, and what one must know of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from wanli_geo.access.reach import Profile
from wanli_geo.answer import Caveat, Fact, Made
from wanli_geo.network.graph import Floats
from wanli_geo.study.choices import Goals
from wanli_geo.study.ground import Ground
from wanli_geo.study.words import data_caveats, walk_caveats

Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Hit:
    """Who is hit, (n,) of the homes: `affected`, of these `cut_off`, `worst` metres more to the kind that suffers most, `unknown`."""

    affected: Bools
    cut_off: Bools
    worst: Floats
    unknown: Bools


def facts_of(ground: Ground, features: Mapping[str, gpd.GeoDataFrame], hit: Hit, shut: int) -> tuple[Fact, ...]:
    """The closed metres, the people, the metres more, the way round, the lines hit, facilities shut off; what is not known is None."""
    people, longer = np.nan_to_num(ground.demand.people), hit.affected & ~hit.cut_off
    weight, total = people * longer, float(people.sum())
    counted = total > 0 and not hit.unknown.all()
    mean = float(weight @ hit.worst / weight.sum()) if weight.sum() > 0 else None
    most = float(hit.worst[longer & (people > 0)].max()) if weight.sum() > 0 else None
    touched, way = features["touched"], _of_detour(features["detour"])
    return (
        Fact("closed_m", "封闭长度", "Closed", float(features["closed"]["metres"].sum()), "米"),
        Fact("people_affected", "受影响居民", "People affected", float(people[hit.affected].sum()) if counted else None, "人"),
        Fact("people_cut_off", "其中走不出去", "Of these, cut off", float(people[hit.cut_off].sum()) if counted else None, "人"),
        Fact("extra_mean_m", "受影响者平均多走", "Farther, on average of those affected", mean, "米"),
        Fact("extra_most_m", "最多多走", "Farther, at most", most, "米"),
        *way,
        Fact("walkway_m", "红色步道受影响", "Of the red walkway", _hit(touched, "red_walkway"), "米"),
        Fact("night_run_m", "夜跑环道受影响", "Of the night-run loop", _hit(touched, "night_run"), "米"),
        Fact("places_shut", "门只开在封闭段上的设施", "Facilities with doors on the closed stretch only", shut, "处"),
        Fact("people_unknown", "不知道是否受影响", "Not known whether affected", float(people[hit.unknown].sum()) if total else None, "人"),
        Fact("people_total", "居民合计", "People in all", total or None, "人"),
    )


def _hit(touched: gpd.GeoDataFrame, layer: str) -> float:
    return float(touched["metres"][touched["layer"] == layer].sum())


def _of_detour(detour: gpd.GeoDataFrame) -> tuple[Fact, ...]:
    """Of the way round the longest closed run, which comes first."""
    first = detour[detour["stretch"] == 1]
    way, wheeled = first[first["walker"] == "all"], first[first["walker"] == "wheelchair"]
    wheeled = wheeled if len(wheeled) else way
    return (
        Fact("detour_m", "建议绕行", "Proposed way round", _value(way, "metres"), "米"),
        Fact("detour_extra_m", "比原路多", "Longer than the closed stretch by", _value(way, "extra_m"), "米"),
        Fact("detour_lit_share", "绕行路段有路灯的比例", "Lit share of the way round", _value(way, "lit_share"), "share"),
        Fact("detour_step_free_share", "绕行路段无台阶的比例", "Step-free share of the way round", _value(way, "step_free_share"), "share"),
        Fact("detour_crossings", "绕行要过的街", "Crossings on the way round", _value(way, "crossings"), "处"),
        Fact("detour_wheelchair_m", "轮椅绕行", "Way round for a wheelchair", _value(wheeled, "metres"), "米"),
    )


def _value(rows: gpd.GeoDataFrame, column: str) -> float | None:
    value = rows[column].iloc[0] if len(rows) else None
    return None if value is None or np.isnan(value) else float(value)


def caveats_of(ground: Ground, features: Mapping[str, gpd.GeoDataFrame], profile: Profile, goals: Sequence[Goals], made: Sequence[Made]
               ) -> list[Caveat]:
    """What closing means here, then how the walk was measured and what the data is worth."""
    notes = [
        Caveat("closed_to_walkers", "假设：这一段不让人走，不是现状。", "What if: nobody walks this stretch. Not how things are."),
        Caveat(
            "closed_corners",
            "与没封的路相交的路口照常可以过；另画的人行道、过街、天桥和地道不算封闭。",
            "Corners shared with open streets can be crossed as before; paths beside, crossings, footbridges and underpasses drawn on their "
            "own are not closed.",
        ),
        Caveat(
            "attachments_held",
            "各家从哪个门、哪条路出来，封闭前后不变；门只开在封闭段上的，算作走不出去、走不进去，施工时请留通道。",
            "Every home and door keeps its way onto the streets; one that opens on the closed stretch only counts as cut off: leave a passage.",
        ),
        Caveat(
            "worst_kind",
            "“多走”取各类设施中最长的一类；走不出去的人不算在平均里。",
            "“Farther” is that to the kind that suffers most; those cut off are not in the average.",
        ),
    ]
    if not goals:
        notes.append(Caveat("no_kinds", "这些类别的设施一处也没有，说不出谁要绕行。",
                            "There is no facility of these kinds, so nobody's detour can be told."))
    detour = features["detour"]
    if detour["metres"].isna().any() or not len(detour):
        notes.append(Caveat("no_detour", "有的封闭段两头之间没有别的路可走，没有绕行。", "Between the ends of a closed stretch no open way leads."))
    unstated = int(np.isnan(ground.demand.people).sum())
    return [*notes, *walk_caveats(ground, profile, None), *data_caveats(made, unstated)]
