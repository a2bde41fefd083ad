"""Divide the blocks between streets, water and green among their compounds, schools and offices (Voronoi of the known points)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import shapely
from shapely.geometry import LineString, MultiPoint, Point, Polygon

from tests.sketch import english
from tests.sketch.facts import boundary, table
from tests.sketch.frame import Place, at, biggest, chance, lines_in, smooth_ring
from tests.sketch.green import banks, carriageways, park, pockets
from tests.sketch.lanes import by_hand
from tests.sketch.roads import Street, led_onto, railway, roads
from tests.sketch.water import surface

# Name of a compound of the facts: moved to (or None: as it is), type of houses, where it is moved and why
PLACED: dict[str, tuple[Place | None, str]] = {
    "大华颐和华城": ((121.3965, 31.2770), "tower"), "万里一期": ((121.4031, 31.2737), "slab"), "中环家园": ((121.4090, 31.2645), "mid"),
    "大华愉景华庭": (None, "mid"), "中浩云花园": ((121.4113, 31.2644), "mid"), "达安春之声": ((121.3974, 31.2692), "mid"),
    "香泉小区": ((121.4075, 31.2665), "slab"), "中鹰黑森林": ((121.4050, 31.2724), "tower"), "巴黎之春": ((121.4019, 31.2668), "mid"),
    "中环花苑": ((121.4125, 31.2664), "mid"), "万里真金苑": ((121.4020, 31.2694), "mid"), "中环锦园": ((121.4086, 31.2699), "mid"),
    "万里雅筑": ((121.3975, 31.2669), "mid"), "万里名轩": ((121.4037, 31.2692), "mid"), "交暨小区": ((121.4165, 31.2641), "slab"),
    "凯旋华庭": ((121.3994, 31.27495), "mid"), "金华苑": ((121.4005, 31.2770), "slab"), "岚灵小区": ((121.4178, 31.2693), "slab"),
    "万里欣苑": ((121.4142, 31.2633), "slab"), "中骏天誉": ((121.3954, 31.2703), "tower"), "鑫都佳园": ((121.4175, 31.2661), "mid"),
    "交通路3193弄": ((121.4071, 31.2643), "slab"), "美墅": ((121.3912, 31.2734), "villa"), "万里双子座": ((121.4037, 31.2674), "tower"),
    "万里城(一期)": ((121.4024, 31.2715), "mid"), "万里大楼": ((121.4055, 31.2658), "slab"), "万里晶品苑": ((121.3930, 31.2706), "tower"),
    "万里真欣园": ((121.3975, 31.2705), "mid"), "东旺雍景苑": ((121.4164, 31.2676), "tower"), "交暨路159弄": ((121.4164, 31.2660), "slab"),
    "交暨路65弄小区": ((121.4168, 31.2625), "slab"), "凯旋花园": ((121.4020, 31.2730), "mid"), "快乐家园": ((121.4177, 31.2647), "slab"),
    "真华欣苑": ((121.4057, 31.26495), "slab"), "真华路157弄": ((121.4040, 31.2661), "slab"), "真华路336弄小区": ((121.4056, 31.2692), "slab"),
    "真华路36弄": ((121.4057, 31.2641), "slab"), "真南路205弄": ((121.3917, 31.2706), "slab"), "铂金华府": ((121.4066, 31.2713), "tower"),
}
OUTSIDE = "久华佳苑（一至四期）"

# Land that is not a compound of the facts: name, English, what stands there, place. "group" is an invented residential group.
OTHER: tuple[tuple[str, str, str, Place], ...] = (
    ("住宅组团 A1", "Residential group A1", "group", (121.3896, 31.2750)),
    ("住宅组团 A2", "Residential group A2", "group", (121.3889, 31.2776)),
    ("住宅组团 A3", "Residential group A3", "group", (121.3938, 31.2796)),
    ("住宅组团 A4", "Residential group A4", "group", (121.3936, 31.2752)),
    ("住宅组团 A5", "Residential group A5", "group", (121.3962, 31.2752)),
    ("住宅组团 A6", "Residential group A6", "group", (121.3937, 31.2769)),
    ("住宅组团 A7", "Residential group A7", "group", (121.4052, 31.2745)),
    ("住宅组团 A8", "Residential group A8", "group", (121.3956, 31.2668)),
    ("住宅组团 A9", "Residential group A9", "group", (121.4156, 31.2693)),
    ("住宅组团 A10", "Residential group A10", "group", (121.4089, 31.2666)),
    ("住宅组团 A11", "Residential group A11", "group", (121.3973, 31.2727)),
    ("住宅组团 A12", "Residential group A12", "group", (121.4018, 31.2650)),
    ("住宅组团 A13", "Residential group A13", "group", (121.4054, 31.2671)),
    ("晋元高级中学", "Jinyuan Senior High School", "school", (121.3929, 31.2729)),
    ("晋元高级中学附属学校", "Jinyuan Affiliated School", "school", (121.4027, 31.2750)),
    ("晋元高级中学附属学校(分部)", "Jinyuan Affiliated School (branch)", "school", (121.3958, 31.2786)),
    ("进华中学", "Jinhua Middle School", "school", (121.4036, 31.2650)),
    ("万里城实验学校", "Wanlicheng Experimental School", "school", (121.4148, 31.2659)),
    ("示意小学（新泉路）", "Sketched primary school, Xinquan Road", "school", (121.4133, 31.2667)),
    ("示意小学（富平路）", "Sketched primary school, Fuping Road", "school", (121.4068, 31.2674)),
    ("示意商场（真北路）", "Sketched shopping centre, Zhenbei Road", "mall", (121.3913, 31.2768)),
    ("示意商务楼（真北路）", "Sketched offices, Zhenbei Road", "office", (121.3892, 31.2726)),
    ("示意商务楼（武威东路）", "Sketched offices, Wuwei East Road", "office", (121.3916, 31.2795)),
    ("示意商务楼（新村路）", "Sketched offices, Xincun Road", "office", (121.4080, 31.2684)),
    ("示意沿街商业（交通路）", "Sketched shops, Jiaotong Road", "mall", (121.3997, 31.2653)),
    ("示意商务楼（富水路）", "Sketched offices, Fushui Road", "office", (121.3912, 31.2752)),
)
TYPES = ("slab", "mid", "tower", "villa")


@dataclass(frozen=True)
class Cell:
    """One piece of land: a compound (`use` is its type of houses) or something else; metric."""

    name: str
    name_en: str | None
    use: str
    seat: Point
    area: Polygon
    note: str | None = None

    @property
    def lived_in(self) -> bool:
        return self.use in TYPES


@dataclass(frozen=True)
class Site:
    name: str
    name_en: str | None
    use: str
    seat: Point
    note: str | None


@cache
def sites() -> tuple[Site, ...]:
    """The points between which the land is divided: the compounds of the facts but the one outside, and the other land."""
    found = []
    for row in table("wanli-compounds"):
        if row["name_zh"] not in PLACED:
            continue
        moved, use = PLACED[row["name_zh"]]
        known = at(float(row["lon"]), float(row["lat"]))
        seat = at(*moved) if moved else known
        far = seat.distance(known)
        why = "，原点落在公园示意范围，移到旁边街坊" if "park" in row["note"] else "，使其落在街坊内"
        note = f"位置较挂牌资料移动约 {round(far / 10) * 10} 米{why}" if far > 15 else None
        found.append(Site(row["name_zh"], english.COMPOUNDS[row["name_zh"]], use, seat, note))
    for number, (name, name_en, use, place) in enumerate(OTHER):
        if use == "group":
            found.append(Site(name, name_en, ("mid", "slab", "mid")[number % 3], at(*place), "虚构：此处住宅名称不详，以组团代之"))
        else:
            found.append(Site(name, name_en, use, at(*place), None))
    return tuple(found)


@cache
def blocks() -> tuple[Polygon, ...]:
    """The land within the boundary between streets, water and green."""
    lanes = shapely.unary_union([lane.line.buffer(lane.width_m / 2 + 2.5) for lane in by_hand()])
    green = shapely.unary_union([park().area.buffer(8), *(one.area.buffer(1.5) for one in pockets()), *(area for _, area in banks())])
    land = boundary().buffer(-2).difference(carriageways()).difference(lanes).difference(surface().buffer(5)).difference(green)
    land = land.difference(railway().buffer(14)).buffer(-3).buffer(3)
    return tuple(part for part in shapely.get_parts(land) if part.geom_type == "Polygon" and part.area > 1500)


@cache
def divided() -> tuple[tuple[Cell, ...], tuple[Street, ...]]:
    """The cells of all blocks, and the lanes between some of them."""
    cells: list[Cell] = []
    lanes: list[Street] = []
    ground = [*roads(), *by_hand()]
    for block in blocks():
        here = [site for site in sites() if block.distance(site.seat) < 0.5]
        if not here:
            continue
        raw = _voronoi(block, [site.seat for site in here])
        between = _lanes_between(block, here, raw, ground)
        lanes += between
        cut = shapely.unary_union([lane.line.buffer(lane.width_m / 2 + 2.5) for lane in between])
        for site, area in zip(here, raw, strict=True):
            walled = smooth_ring(biggest(area.difference(cut).buffer(-1.2)), 4)
            cells.append(Cell(site.name, site.name_en, site.use, site.seat, walled, site.note))
    return tuple(cells), tuple(lanes)


def _voronoi(block: Polygon, seats: list[Point]) -> list[Polygon]:
    if len(seats) == 1:
        return [block]
    faces = shapely.get_parts(shapely.voronoi_polygons(MultiPoint(seats), extend_to=block))
    return [biggest(next(face for face in faces if face.covers(seat)).intersection(block)) for seat in seats]


def _lanes_between(block: Polygon, here: list[Site], raw: list[Polygon], ground: list[Street]) -> list[Street]:
    """A public lane on some of the borders of cells, led onto the street at each end that is near one."""
    found = []
    near = shapely.unary_union([street.line for street in ground])
    for i, one in enumerate(raw):
        for k in range(i):
            border = shapely.line_merge(one.intersection(raw[k]))
            pieces = [line for line in lines_in(border) if line.length > 45]
            if not pieces or chance("lane", here[i].name, here[k].name).random() > 0.62:
                continue
            line = max(pieces, key=lambda piece: piece.length)
            line = LineString([line.coords[0], line.coords[-1]])
            if min(near.distance(Point(line.coords[0])), near.distance(Point(line.coords[-1]))) < 32:
                found.append(Street("", "lane", 5.0, line, lit=chance("lit", i, k, here[i].name).random() < 0.75,
                                    note="名称未知，示意弄堂", source="手绘示意，取小区之间的界线"))
    return [lane for lane in led_onto(found, 32, ground) if lane.line.length > 40]


def unplaced() -> list[str]:
    """Names of sites that found no block: none, when the drawing is whole."""
    names = {cell.name for cell in divided()[0]}
    return [site.name for site in sites() if site.name not in names]
