"""Set down the services: those of the lists at their street fronts, the plan's own, and sketched ones of the kinds the first page asks for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from shapely.geometry import Point

from tests.sketch import english
from tests.sketch.facts import boundary, extent, table
from tests.sketch.frame import Place, at, beside, box_at, chance, rounded, side_of
from tests.sketch.roads import Street
from wanli_geo.workspace.kinds import KINDS

LISTED = "清单（约 2020 年，wanli-places），位置移到街边"
SKETCHED = "手绘示意，凭推测"
PLANNED = "2021 年工作计划（map-items），位置示意"

# What the lists leave without a code.
CODES = {"万达影城": "CINEMA", "CGV星聚汇影城(上海大华店)": "CINEMA", "CGV电影院": "CINEMA", "大地影院(华润万家大华店)": "CINEMA",
         "积智屋乐高亲子园": "RETAIL", "金宝贝早教普陀中心": "RETAIL"}

HOURS = {
    "CANTEEN": "Mo-Su 10:30-18:30", "ELDER_DAY": "Mo-Fr 08:00-17:00", "ELDER_CENTRE": "Mo-Su 08:30-17:00", "HEALTH_STATION": "Mo-Su 08:00-16:30",
    "PHARMACY": "Mo-Su 08:00-21:00", "KINDERGARTEN": "Mo-Fr 07:45-16:30", "EDU_PRIMARY": "Mo-Fr 07:30-16:30", "CULTURE_STATION": "Mo-Su 08:30-20:30",
    "FITNESS_OUTDOOR": "24/7", "MARKET": "Mo-Su 06:00-19:00", "CONVENIENCE": "24/7", "SERVICE_STATION": "Mo-Fr 08:30-17:00", "BUS_STOP": "24/7",
    "TOILET": "Mo-Su 05:00-22:00", "ELDER_ROOM": "Mo-Su 08:30-16:30", "ELDER_STATION": "Mo-Fr 09:00-16:30", "SUPERMARKET": "Mo-Su 08:00-22:00",
    "HUB": "Mo-Su 08:30-20:30", "HUB_N": "Mo-Su 09:00-20:00", "PARTY_SERVICE": "Mo-Fr 09:00-17:30", "KIOSK": "24/7", "AED": "24/7",
}

# Sketched services of the first page: kind, inside, outside, least distance between two of a kind
SPREAD = (
    ("ELDER_DAY", 4, 4, 450), ("PHARMACY", 15, 16, 190), ("CULTURE_STATION", 7, 6, 330), ("FITNESS_OUTDOOR", 15, 14, 210), ("MARKET", 7, 8, 380),
    ("CONVENIENCE", 30, 34, 120), ("TOILET", 12, 12, 260), ("BUS_STOP", 4, 30, 240), ("KINDERGARTEN", 2, 4, 380), ("EDU_PRIMARY", 0, 4, 600),
    ("HEALTH_STATION", 0, 4, 700), ("CANTEEN", 0, 4, 700), ("ELDER_CENTRE", 0, 3, 900), ("SERVICE_STATION", 0, 14, 330),
)

# The plan's own: plan item, kind, name, English, place, status, functions, note
OWN: tuple[tuple[str, str, str, str, Place, str, tuple[str, ...], str | None], ...] = (
    ("D03", "HUB", "万里社区服务中枢（示意）", "Wanli service hub (sketch)", (121.3994, 31.2680), "existing", ("culture", "health", "elder"), None),
    ("D03", "HUB_N", "社区综合服务点（富水路）", "Service point, Fushui Road", (121.3958, 31.2742), "existing", ("culture", "elder"), None),
    ("D03", "HUB_N", "社区综合服务点（真华路）", "Service point, Zhenhua Road", (121.4052, 31.2660), "existing", ("parent_child", "retail"), None),
    ("D03", "HUB_N", "社区综合服务点（交暨路）", "Service point, Jiaoji Road", (121.4156, 31.2637), "planned", ("elder", "health"),
     "计划“加密”，数量未写"),
    ("D04", "HUB_N", "社区综合服务点（武威东路）", "Service point, Wuwei East Road", (121.3992, 31.2778), "planned",
     ("culture", "health", "parent_child"),
     "功能维度示例"),
    ("D02", "HUB", "颐华美好生活单元", "Yihua good-life unit", (121.3960, 31.2777), "planned", ("culture", "elder", "parent_child"),
     "“颐华”所在未考定，位置示意；不等同于颐和华城"),
    ("D02", "HUB", "中浩云美好生活单元", "Zhonghaoyun good-life unit", (121.4109, 31.2645), "planned", ("culture", "elder", "parent_child"), None),
    ("D06", "ELDER_CENTRE", "综合为老服务中心（示意）", "Integrated elder centre (sketch)", (121.4015, 31.2682), "existing", ("elder", "health"),
     None),
    ("D06", "ELDER_CENTRE", "综合为老服务中心分中心（示意）", "Integrated elder centre, branch (sketch)", (121.4135, 31.2650), "existing",
     ("elder",), None),
    ("D05", "CANTEEN", "示意社区食堂（富平路）", "Sketched canteen, Fuping Road", (121.4024, 31.2682), "existing", (), None),
    ("D05", "CANTEEN", "示意社区食堂（武威东路）", "Sketched canteen, Wuwei East Road", (121.3990, 31.2777), "existing", (), None),
    ("D05", "CANTEEN", "示意社区食堂（富水路）", "Sketched canteen, Fushui Road", (121.3957, 31.2745), "existing", (), None),
    ("D05", "CANTEEN", "示意社区食堂（香泉路）", "Sketched canteen, Xiangquan Road", (121.4080, 31.2656), "planned", (), "规划中，不计入现状"),
    ("D08", "ELDER_HOME", "示意养老院", "Sketched care home", (121.3977, 31.2664), "existing", ("elder",), None),
    ("D08", "SHELTER", "示意避险点（学校操场）", "Sketched shelter, school ground", (121.4146, 31.2655), "existing", (), None),
    ("D17", "SHELTER", "示意应急避难场所（万里公园）", "Sketched shelter, Wanli Park", (121.4012, 31.2703), "existing", (), None),
    ("B20", "STUDIO", "协同创新工作室（示意）", "Collaborative studio (sketch)", (121.3988, 31.2743), "existing", (), None),
    ("C03", "OPERATION_CENTRE", "万里城运中心（示意）", "Urban operation centre (sketch)", (121.4020, 31.2757), "works", (),
     "计划“高标准建设”；只示地址"),
    ("D09", "AID_SOCIETY", "臻爱服务社（示意）", "Zhen'ai aid society (sketch)", (121.3983, 31.2715), "existing", (), None),
    ("D10", "VETERANS", "退役军人服务站（示意）", "Veterans' station (sketch)", (121.4023, 31.2752), "existing", (), None),
    ("D11", "GATEBALL", "万里门球场（示意）", "Gateball court (sketch)", (121.4003, 31.2722), "existing", (), None),
    ("D13", "SPORT_CENTRE", "全民健身中心（规划，示意）", "All-people fitness centre (planned)", (121.3936, 31.2780), "planned", (),
     "计划“推进建设”，选址未公布"),
    ("D14", "CHILD_CENTRE", "儿童服务中心（示意）", "Child service centre (sketch)", (121.3982, 31.2697), "existing", ("parent_child",), None),
    ("D14", "CHILD_HOME", "儿童之家（示意，新泉路）", "Children's home, Xinquan Road (sketch)", (121.4134, 31.2653), "existing", ("parent_child",),
     None),
    ("D15", "SUMMER_CARE", "爱心暑托班（示意）", "Summer care class (sketch)", (121.4030, 31.2742), "existing", ("parent_child",), "只在暑期开放"),
    ("D16", "YOUTH", "青春社区（示意）", "Youth community (sketch)", (121.4048, 31.2702), "existing", (), None),
    ("E07", "FIRE_MICRO", "微型消防站（示意，交通路）", "Micro fire station, Jiaotong Road (sketch)", (121.4090, 31.2632), "existing", (), None),
    ("E07", "FIRE_MICRO", "微型消防站（示意，富水路）", "Micro fire station, Fushui Road (sketch)", (121.3945, 31.2745), "existing", (), None),
    ("F01", "PARTY_HALL", "张铃微型党史馆（规划，示意）", "Zhang Ling micro party-history hall (planned)", (121.3975, 31.2744), "planned", (),
     "选址未公布"),
    ("F02", "PARTY_SERVICE", "党群服务站（示意，富水路）", "Party-mass site, Fushui Road (sketch)", (121.4000, 31.2743), "existing", (), None),
    ("F02", "PARTY_SERVICE", "党群服务站（示意，新村路）", "Party-mass site, Xincun Road (sketch)", (121.4060, 31.2700), "existing", (), None),
    ("F02", "PARTY_SERVICE", "党群服务站（示意，交暨路）", "Party-mass site, Jiaoji Road (sketch)", (121.4158, 31.2651), "existing", (), None),
    ("F02", "PARTY_SERVICE", "党群服务站（示意，武威东路）", "Party-mass site, Wuwei East Road (sketch)", (121.4015, 31.2780), "existing", (), None),
    ("F12", "NGO_HUB", "社会组织服务中心（示意）", "NGO hub (sketch)", (121.3990, 31.2690), "existing", (), None),
    ("A01", "BUSINESS_DESK", "三合一企业服务站（示意）", "Three-in-one business desk (sketch)", (121.4078, 31.2690), "works", (), "计划 2021 年启动"),
    ("C01", "KIOSK", "一网通办自助终端（示意 1）", "E-government kiosk 1 (sketch)", (121.4018, 31.2755), "existing", (), None),
    ("C01", "KIOSK", "一网通办自助终端（示意 2）", "E-government kiosk 2 (sketch)", (121.3952, 31.2715), "existing", (), None),
    ("C01", "KIOSK", "一网通办自助终端（示意 3）", "E-government kiosk 3 (sketch)", (121.4092, 31.2682), "existing", (), None),
    ("C01", "KIOSK", "一网通办自助终端（示意 4）", "E-government kiosk 4 (sketch)", (121.4160, 31.2668), "existing", (), None),
    ("C02", "ASSIST_DESK", "帮办点（示意，富平路）", "Assisted-service desk, Fuping Road (sketch)", (121.3972, 31.2684), "existing", (), None),
    ("C02", "ASSIST_DESK", "帮办点（示意，新泉路）", "Assisted-service desk, Xinquan Road (sketch)", (121.4131, 31.2641), "existing", (), None),
    ("B18", "WASTE_POINT", "垃圾分类投放点（示意 1）", "Waste drop point 1 (sketch)", (121.4064, 31.2652), "existing", (), None),
    ("B18", "WASTE_POINT", "垃圾分类投放点（示意 2）", "Waste drop point 2 (sketch)", (121.3967, 31.2730), "existing", (), None),
    ("E06", "CHARGING", "智能安全充电桩（示意 1）", "E-bike charging 1 (sketch)", (121.4062, 31.2641), "existing", (), None),
    ("E06", "CHARGING", "智能安全充电桩（示意 2）", "E-bike charging 2 (sketch)", (121.3964, 31.2700), "planned", (), None),
    ("E06", "CHARGING", "智能安全充电桩（示意 3）", "E-bike charging 3 (sketch)", (121.4168, 31.2634), "existing", (), None),
    ("D17", "AED", "AED（示意，万里公园）", "AED, Wanli Park (sketch)", (121.3986, 31.2722), "existing", (), None),
    ("D17", "AED", "AED（示意，新村路地铁站）", "AED, Xincun Road station (sketch)", (121.4181, 31.2668), "existing", (), None),
)


# No sketched service stands closer than this to one of another kind.
ELBOW_M = 22.0


@dataclass
class Service:
    """A facility as drawn, metric; `row` holds its columns."""

    kind: str
    name: str
    place: Any
    row: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Fronts:
    """The streets with fronts, for setting places at them."""

    streets: list[Street]
    tree: shapely.STRtree
    taken: Any

    def nearest(self, place: Point, address: str, reach_m: float) -> Point | None:
        """The street front for a place: the street its address names if that is near, else the nearest; on the side it lies on."""
        near = self.tree.query(place, predicate="dwithin", distance=reach_m)
        if not len(near):
            return None
        named = [i for i in near if self.streets[i].name and self.streets[i].name in address]
        street = min((self.streets[i] for i in (named or near)), key=lambda one: one.line.distance(place))
        return self.front(street, street.line.project(place), side_of(street.line, place))

    def front(self, street: Street, step: float, side: int) -> Point:
        """The front at a step of a street; the other side, or a little on, where there is water or park."""
        for on in (0, 15, -15, 30, -30, 45, -45):
            for turn in (1, -1):
                place = beside(street.line, min(max(step + on, 2), street.line.length - 2), turn * side * (street.width_m / 2 + 5))
                if not self.taken.contains(place):
                    return Point(rounded(place.coords[0]))
        return Point(rounded(place.coords[0]))


def fronts_of(streets: list[Street], taken: Any) -> Fronts:
    with_fronts = [street for street in streets if street.level == 0 and street.kind in ("road", "lane") and street.access == "public"]
    shapely.prepare(taken)
    return Fronts(with_fronts, shapely.STRtree([street.line for street in with_fronts]), taken)


def listed(fronts: Fronts) -> list[Service]:
    """Everything of the places list; a place whose front is far away stays where the list has it."""
    services = []
    for row in table("wanli-places"):
        code = row["facility_code"] or CODES[row["name_zh"]]
        known = at(float(row["lon"]), float(row["lat"]))
        place = fronts.nearest(known, row["address"] + row["name_zh"], 90) or known
        place = place if place.distance(known) <= 95 else known
        moved = round(place.distance(known))
        notes = [row["note"], f"较清单移动 {moved} 米" if moved >= 15 else ""]
        services.append(Service(code, row["name_zh"], place, {
            "name_en": english.PLACES[row["name_zh"]], "address": row["address"] or None, "source": LISTED, "surveyed_on": "2020",
                                                              "note": "；".join(note for note in notes if note) or None}))
    return services


def planned(fronts: Fronts) -> list[Service]:
    """What the plan names."""
    services = []
    for item, kind, name, name_en, degrees, status, functions, note in OWN:
        known = at(*degrees)
        place = known if kind == "GATEBALL" else fronts.nearest(known, name, 90) or known
        shape: Any = box_at(place, 28, 18, 4) if kind == "GATEBALL" else place
        services.append(Service(kind, name, shape, {
            "name_en": name_en, "status": status, "in_use": status == "existing", "functions": list(functions) or None, "plan_item": item,
            "source": PLANNED, "note": note}))
    return services


def spread(fronts: Fronts, known: list[Service]) -> list[Service]:
    """Sketched services of the first-page kinds, at street fronts, each kind at its distance from its like."""
    places = [(street, step, side) for street in fronts.streets for step in np.arange(25, street.line.length - 15, 34.0) for side in (1, -1)]
    set_down = [fronts.front(*one) for one in places]
    inside_all = shapely.contains(boundary(), set_down)
    near_all = shapely.contains(extent().buffer(-60), set_down) & ~inside_all
    services: list[Service] = []
    for kind, inside, outside, apart in SPREAD:
        dice = chance("spread", kind)
        order = list(range(len(places)))
        dice.shuffle(order)
        order.sort(key=lambda i: places[i][0].kind != "road" or dice.random() < 0.25)
        have = [one.place for one in known if one.kind == kind]
        other_kinds = shapely.STRtree([one.place for one in known + services])
        number = 0
        for zone, wanted in ((inside_all, inside), (near_all, outside)):
            left = wanted
            for i in order:
                if left == 0:
                    break
                if not zone[i] or fronts.taken.contains(set_down[i]) or len(other_kinds.query(set_down[i], predicate="dwithin", distance=ELBOW_M)):
                    continue
                if all(set_down[i].distance(other) >= apart for other in have):
                    have.append(set_down[i])
                    left, number = left - 1, number + 1
                    label = KINDS[kind]
                    services.append(Service(kind, f"示意{label.zh.split('(')[0]} {number:02d}", set_down[i], {
                        "name_en": f"Sketched {label.en[0].lower()}{label.en[1:].split(' (')[0]} {number:02d}", "source": SKETCHED}))
    return services
