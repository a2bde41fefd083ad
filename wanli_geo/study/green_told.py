"""What the question of green is told in: its facts, and what one must know of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely

from wanli_geo.access.coverage import count
from wanli_geo.access.land import Samples
from wanli_geo.access.reach import Profile, Reach
from wanli_geo.answer import Caveat, Fact, Made
from wanli_geo.network.graph import Floats, Ints
from wanli_geo.study.choices import Goals
from wanli_geo.study.coverage import kind_caveats
from wanli_geo.study.ground import Ground
from wanli_geo.study.words import data_caveats, walk_caveats
from wanli_geo.workspace.inside import boundary_of, land_of, waters_of

# Residential land is looked at in places this far apart: some 45 of them in a compound of one hectare.
CELL_M = 15.0
# What people call the places asked for: Chinese, English.
_WORDS = {"GREEN": ("绿地", "green"), "PARK": ("公园", "park"), "WATER_ACCESS": ("亲水点", "water access point")}
# Key of the facts a head → the kind, in Chinese and English; of any size.
_A_HEAD = {"park": ("PARK", "公园", "Park"), "green": ("GREEN", "绿地", "Green")}


@dataclass(frozen=True, eq=False)
class Held:
    """What a wish comes to.

    Attributes:
        key: begins the names of its facts and columns; `least_m2` the least land asked for.
        walk_m, status: (n,) of every place of the demand; `land_status` (k,) of every sample of the land.
    """

    key: str
    reach: Reach
    least_m2: float
    goals: Goals
    walk_m: Floats
    status: Ints
    land_status: Ints

    @cached_property
    def counting(self) -> set[str]:
        """Ids of the features that count."""
        services = self.goals.services
        return set(services.features["id"][services.used & ~services.shut])

    @property
    def named(self) -> tuple[str, str]:
        """What is asked for, in Chinese and English."""
        zh, en = _WORDS[self.goals.kind.code]
        least = f"{self.least_m2:,.1f}".removesuffix(".0")
        return (f" {least} 平方米以上的{zh}", f"{en} of at least {least} m²") if self.least_m2 else (zh, en)


def facts_of(ground: Ground, held: Sequence[Held], land: Samples) -> tuple[Fact, ...]:
    demand = ground.demand
    unstated = int(np.isnan(demand.people).sum())
    return (
        Fact("people_total", "全体居民总数", "People in all", float(np.nansum(demand.people)), "人"),
        *(fact for one in held for fact in _of_wish(ground, one, land)),
        *_a_head(ground),
        Fact("land_m2", "小区用地", "Land of the compounds", float(land.area_m2.sum()) if len(land.xy) else None, "平方米"),
        *(Fact(f"{one.key}_counted", f"计入的{one.named[0]}", f"Counted: {one.named[1]}", len(one.counting), "处") for one in held),
        *_waters(ground),
        Fact("places_unstated", "人数不详的楼或小区", "Houses or compounds without a figure of people", unstated, "处"),
    )


def _of_wish(ground: Ground, one: Held, land: Samples) -> Iterator[Fact]:
    people = count(one.status, ground.demand.people)
    covered, gap, unknown = np.bincount(one.land_status, land.area_m2, minlength=3).tolist()
    (zh, en), (short_zh, short_en) = one.named, _WORDS[one.goals.kind.code]
    yield Fact(f"{one.key}_people_covered", f"步行 {one.reach.zh}内有{zh}", f"Within a {one.reach.en} walk of a {en}", people.covered, "人")
    yield Fact(f"{one.key}_share_people", *_least("占居民比例", "Share of residents", people.unknown), people.share, "share")
    yield Fact(f"{one.key}_people_gap", f"缺口（{short_zh}）", f"In a gap ({short_en})", people.gap, "人")
    yield Fact(f"{one.key}_people_unknown", f"未知（{short_zh}）", f"Unknown ({short_en})", people.unknown, "人")
    share = covered / (covered + gap + unknown) if covered or gap else None
    yield Fact(f"{one.key}_share_land", *_least("占小区用地比例", "Share of residential land", unknown), share, "share")


def _least(zh: str, en: str, unknown: float) -> tuple[str, str]:
    """What a share is called: a lower bound where some is unknown."""
    return (f"{zh}（至少）", f"{en}, at least") if unknown else (zh, en)


def _a_head(ground: Ground) -> Iterator[Fact]:
    """Land in service inside the boundary, and the same over the residents inside it; None where there is no boundary or no resident."""
    area, people = boundary_of(ground.workspace), _residents_inside(ground)
    yield Fact("residents_inside", "街道范围内居民", "Residents inside the boundary", people, "人")
    for key, (code, zh, en) in _A_HEAD.items():
        land = None if area is None else land_of(ground.workspace, code, area)
        yield Fact(f"{key}_m2", f"街道范围内在用{zh}", f"{en} in use inside the boundary", land, "平方米")
        yield Fact(f"{key}_m2_per_person", f"人均{zh}", f"{en} per person", None if land is None or not people else land / people, "平方米/人")


def _residents_inside(ground: Ground) -> float | None:
    area, demand = boundary_of(ground.workspace), ground.demand
    if area is None:
        return None
    people = demand.people[shapely.intersects_xy(area, demand.xy)]
    return float(np.nansum(people)) if np.isfinite(people).any() else None


def _waters(ground: Ground) -> tuple[Fact, ...]:
    waters = waters_of(ground.workspace)
    return (
        Fact("water_length_m", "河道长度", "Length of waterways", waters.length_m, "米"),
        Fact("water_through_m", "其中滨水贯通", "of which walkable throughout", waters.through_m, "米"),
        Fact("water_broken_m", "其中未贯通", "of which broken off", waters.broken_m, "米"),
        Fact("water_not_known_m", "其中贯通情况没有填", "of which not stated", waters.unknown_m, "米"),
    )


def caveats_of(ground: Ground, held: Sequence[Held], profile: Profile, made: Sequence[Made]) -> Iterator[Caveat]:
    yield Caveat("no_circles",
                 "按路网走到入口算，不画服务半径的圆，通常比按半径统计的覆盖率低，两者不能直接比较。",
                 "Walks to an entrance, no circles of a service radius: mostly lower than rates by radius, and not to be compared with them.")
    yield Caveat("standards_unverified",
                 "300 米见绿（400 平方米以上）、500 米见园（5,000 平方米以上）的门槛凭记忆录入，没有与标准原文核对（verified=no）；"
                 "亲水点的 500 米是假定。",
                 "The thresholds, 300 m to a green of 400 m² and 500 m to a park of 5,000 m², are from memory and not held against the printed "
                 "standards (verified=no); 500 m to the water is assumed.")
    yield from (note for note in walk_caveats(ground, profile, None) if note.key != "minutes_beside")  # no minute is told
    for one in held:
        services, kind = one.goals.services, one.goals.kind
        yield from (note for note in kind_caveats(ground.workspace, services, kind, one.goals.cut_off) if note.key != "doors_assumed")
        if unsized := int(services.unsized.sum()):
            yield Caveat("size_not_known",
                         f"{unsized} 处{kind.zh}没有面积，没有计入；走不到别处的因此算“未知”。",
                         f"{unsized} of “{kind.en}” have no area on record and were not counted; who reaches no other is “unknown”.")
    yield from _doors(held)
    yield from _of_land(ground)
    yield from data_caveats(made, int(np.isnan(ground.demand.people).sum()))


def _doors(held: Sequence[Held]) -> Iterator[Caveat]:
    """Of a green without a recorded entrance the edge is taken, which flatters it; a point of access has none."""
    bare = [(one.goals.services.assumed, one.goals.kind) for one in held if one.goals.services.assumed and one.goals.kind.code != "WATER_ACCESS"]
    if bare:
        zh = "、".join(f"{number} 处{_WORDS[kind.code][0]}" for number, kind in bare)
        en = " and ".join(f"{number} of “{kind.en}”" for number, kind in bare)
        yield Caveat("doors_assumed",
                     f"{zh}没有登记入口，按边线任意处可进，结果可能偏好；有围栏的请补登入口。",
                     f"{en} have no recorded entrance and are entered anywhere along their edge, which may flatter; record those of fenced ones.")


def _of_land(ground: Ground) -> Iterator[Caveat]:
    if len(ground.compounds):
        yield Caveat("land_sampled",
                     f"居住用地按小区轮廓，逐 {CELL_M:g} 米取一点，按本小区居民的走法量；只用来算用地比例，人数另按楼计。",
                     f"Residential land is the compounds as outlined, looked at every {CELL_M:g} m and walked as its residents walk; people are "
                     "counted by house.")
    else:
        yield Caveat("no_compounds", "没有小区轮廓，居住用地比例算不出来；请补 compounds 图层。",
                     "No compounds are outlined, so there is no share of residential land; add the compounds layer.")
    if boundary_of(ground.workspace) is None:
        yield Caveat("no_boundary", "没有画街道范围，人均面积算不出来；请补 boundary 图层。",
                     "No boundary is drawn, so there is no area per person; add the boundary layer.")
        return
    yield Caveat("area_as_drawn",
                 "人均面积：街道范围内在用的公园、绿地，不论大小，按图上轮廓（含其中水面和硬地），重叠处只算一次；范围外的、在建的不算。",
                 "Area per person: parks and greens in use inside the boundary, of any size, as outlined with the water and paving in them, each "
                 "square metre once; none beyond the boundary or under works.")
    lacking = [zh for code, zh, _ in _A_HEAD.values() if ground.workspace.survey_of(code) != "complete"]
    if lacking:
        yield Caveat("area_at_least", f"{'、'.join(lacking)}没有查全，人均面积只会更大。",
                     "Parks or greens are not surveyed completely, so the area per person can only be more.")
