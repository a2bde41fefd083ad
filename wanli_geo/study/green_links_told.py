"""What the question of green veins is told in: its facts, and what one must know of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from wanli_geo.access.reach import Profile
from wanli_geo.answer import Answer, Caveat, Fact, Made
from wanli_geo.routes.green import Clusters, connected_m2
from wanli_geo.study.choices import Goals
from wanli_geo.study.coverage import kind_caveats
from wanli_geo.study.ground import Ground
from wanli_geo.study.words import data_caveats, walk_caveats

# Facts of the question of green that are told here again.
_TAKEN = ("people_total", "green_people_covered", "green_share_people", "green_people_gap", "green_people_unknown", "park_people_covered",
          "park_share_people", "park_people_gap", "park_people_unknown", "open_space_people_covered", "open_space_share_people",
          "park_m2_per_person", "green_m2_per_person")


def facts_of(served: Answer, held: Clusters, links: gpd.GeoDataFrame, missing: gpd.GeoDataFrame, checks: pd.DataFrame) -> tuple[Fact, ...]:
    many = np.bincount(held.of_patch, minlength=len(held.area_m2))
    first = missing.iloc[0] if len(missing) else None
    taken = {fact.key: fact for fact in served.facts}
    return (
        Fact("patches", "在用的绿地", "Greens in use", len(held.of_patch), "处"),
        Fact("clusters", "连成几片", "Clusters they make", len(held.area_m2), "片"),
        Fact("patches_alone", "没有连上别处的绿地", "Greens joined to no other", int((many == 1).sum()), "处"),
        Fact("largest_cluster_m2", "最大一片", "Largest cluster", float(held.area_m2.max()), "平方米"),
        Fact("connected_m2", "等效连通面积", "Equivalent connected area", connected_m2(held.area_m2), "平方米"),
        Fact("missing", "可补的连接", "Missing links told", len(missing), "处"),
        Fact("patches_m2", "绿地面积", "Area of the greens", float(held.area_m2.sum()), "平方米"),
        Fact("largest_cluster_share", "最大一片占绿地面积", "Share of the area in the largest cluster",
             float(held.area_m2.max() / held.area_m2.sum()), "share"),
        Fact("links_m", "把绿地连起来的绿中步道", "Walks in the green that join greens", float(links["metres"][links["joins"]].sum()), "米"),
        Fact("missing_first_m", "最该补的一处要走", "The first of them, to walk", None if first is None else float(first["metres"]), "米"),
        Fact("missing_first_not_green_m", "其中不在绿中", "of which not in the green", None if first is None else float(first["not_green_m"]), "米"),
        Fact("missing_first_gained_m2", "补上后等效连通面积增加", "Equivalent connected area it adds",
             None if first is None else float(first["eca_gained_m2"]), "平方米"),
        Fact("missing_first_people", "步行 10 分钟内因此够得到更大一片绿的居民", "Residents within 10 minutes who then reach a larger green",
             None if first is None else float(first["people_gained"]), "人"),
        *(taken[key] for key in _TAKEN),
        *(Fact(f"checklist_{code}", f"自查{zh}", f"Checklist: {en}", int((checks["status"] == code).sum()), "项")
          for code, zh, en in (("ok", "达到", "met"), ("short", "不足", "short"), ("unknown", "未知", "not known"))),
    )


def caveats_of(ground: Ground, goals: Goals, vein: Any, profile: Profile, served: Answer, made: Sequence[Made]) -> Iterator[Caveat]:
    yield Caveat("green_walk",
                 f"绿中步道：路网中在绿地或绿道里面或离它 {vein.green_m:g} 米以内、离水边 {vein.bank_m:g} 米以内的路段；"
                 f"中间离开绿不超过 {vein.gap_m:g} 米（如过一条街）仍算连着。都是假定值；路旁有没有真的树荫、能不能过街，请现场看。",
                 f"A walk in the green: streets and paths inside or within {vein.green_m:g} m of a green or greenway, or within {vein.bank_m:g} m of "
                 f"water; leaving it for up to {vein.gap_m:g} m at a time, as at a street, still joins. All assumed; look on site whether there is "
                 "shade and a crossing.")
    yield Caveat("patch_as_recorded",
                 f"一条记录算一处绿地，从它的入口进出，内部视为走得通；小于 {vein.least_m2:g} 平方米的街头绿地不算；重叠的地只算一次。",
                 f"One record is one green, entered by its entrances and walkable inside; street greens under {vein.least_m2:g} m² do not count; "
                 "ground under two counts once.")
    yield Caveat("connected_area",
                 "等效连通面积：同一片内的绿地两两相连，面积相乘求和再开方（Saura 等 2011）；全部连成一片时等于总面积。"
                 f"缺的连接按它能增加多少排序，步行不超过 {vein.link_m:g} 米；各处增加量分别计算，不能相加。",
                 "Equivalent connected area: the square root of the sum of products of areas over joined pairs (Saura et al. 2011); all joined it "
                 f"is the whole area. Missing links, up to {vein.link_m:g} m to walk, are ranked by what each adds alone; gains do not add up.")
    yield Caveat("no_scoring_table",
                 "没有拿到园林街道的正式评分表：自查只列本数据答得出和答不出的项目，要求均未与原文核对（verified=no）或是假定，"
                 "达到不等于创建合格。",
                 "The official scoring table of garden subdistricts (园林街道) is not at hand: the checklist is a self-check, its targets are "
                 "not verified (verified=no) or assumed, and meeting them does not mean the title is won.")
    yield from (note for note in walk_caveats(ground, profile, None) if note.key != "minutes_beside")
    told = set[str]()
    for note in (*kind_caveats(ground.workspace, goals.services, goals.kind, goals.cut_off), *served.caveats):
        if note.key in ("doors_assumed", "not_surveyed", "partly_surveyed", "facilities_shut", "planned_not_counted", "cut_off", "no_boundary",
                        "area_as_drawn", "area_at_least") and note.key not in told:
            told.add(note.key)
            yield note
    yield from data_caveats(made, int(np.isnan(ground.demand.people).sum()))
