"""Draw what is walked for its own sake: the red walkway with its stops, the night run with lamps and amenities, the signs."""

from __future__ import annotations

from typing import Any

import numpy as np
from shapely.geometry import LineString, Point
from shapely.ops import substring

from tests.sketch.frame import Place, at, beside, chance, rounded
from tests.sketch.roads import Street

# share of the walkway, kind, title, English, story, story in English
STOPS = (
    (0.03, "history", "步道从这里开始", "The walk begins", "这里是富水路步道的西端，往东一路走到真华路。慢慢走，约二十多分钟。",
     "This is the western end of the Fushui Road walk; it leads east to Zhenhua Road. At an easy pace it takes a little over twenty minutes."),
    (0.17, "painting", "桥头画墙", "The wall by the bridge", "过了桃浦河，桥头有一面画墙的位置。画什么由居民一起来定，这里先留一块白。",
     "Past the Taopu River a wall by the bridge waits for a picture. What it shows is for the residents to decide; for now it is left blank."),
    (0.33, "sculpture", "邻里长椅", "The neighbours' bench", "一组可以坐的雕塑，给走累的人歇脚。坐下来，听听旁边的人讲讲这条路以前的样子。",
     "A sculpture to sit on, for those who need a rest. Sit down and ask the person beside you what this road used to look like."),
    (0.48, "new_media", "听一听富水路", "Listen to Fushui Road", "扫一扫，听住在这里的人讲自己的故事。声音由居民自己录，可以常换常新。",
     "Scan and hear people who live here tell their own stories. Residents record the voices themselves, and they can change with the seasons."),
    (0.60, "history", "公园北门", "The park's north gate", "从这里往南就是万里公园，绿地一直连过三个街坊。走进去再回来，多走一段也值得。",
     "South of here lies Wanli Park, a green that runs on through three blocks. A detour into it and back is worth the steps."),
    (0.74, "painting", "学校旁的小画廊", "The little gallery by the school", "步道经过学校。这里适合放孩子们的画，写一写“我眼中的万里”。",
     "The walk passes a school: a fitting place for children's pictures of the Wanli they see."),
    (0.86, "new_media", "党史一分钟", "One minute of history", "每次一分钟，讲一件小事、一个人。内容由街道审定后更新，字幕和声音都有。",
     "One small event or one person, one minute at a time. The subdistrict approves what is shown; there are captions as well as sound."),
    (0.97, "sculpture", "终点：回望", "The end: looking back", "步道到真华路为止。回头看，刚走过的路连着河、公园和家。",
     "The walk ends at Zhenhua Road. Look back: the way you came ties together the river, the park and home."),
)

# Between these metres of the loop, from its start, no lamp is lit.
DARK_M = (1_180.0, 1_345.0)
LAMP_GAP_M = (26.0, 39.0)

# level, place, what it points to: a name and a place
SIGNS: tuple[tuple[str, Place], ...] = (
    ("1", (121.3977, 31.2719)), ("1", (121.4013, 31.2712)), ("1", (121.4055, 31.2704)), ("1", (121.3990, 31.2682)), ("1", (121.4183, 31.2668)),
    ("2", (121.3950, 31.2745)), ("2", (121.3982, 31.2742)), ("2", (121.4021, 31.2742)), ("2", (121.3949, 31.2778)), ("2", (121.4028, 31.2780)),
    ("2", (121.4044, 31.2679)), ("2", (121.4095, 31.2682)), ("2", (121.4085, 31.2667)), ("2", (121.4109, 31.2674)), ("2", (121.4130, 31.2640)),
    ("2", (121.4156, 31.2645)), ("2", (121.4046, 31.2640)), ("2", (121.3944, 31.2686)), ("2", (121.3905, 31.2745)),
)
AIMS: tuple[tuple[str, Place], ...] = (
    ("万里公园", (121.3998, 31.2705)), ("富水路步道", (121.3990, 31.2742)), ("新村路地铁站", (121.4180, 31.2658)),
                                       ("万里街道办事处", (121.4022, 31.2757)),
    ("新泉社区卫生服务站", (121.4131, 31.2643)), ("万里社区卫生服务站", (121.4018, 31.2696)), ("横港步道", (121.3990, 31.2760)),
    ("杨家桥滨河绿地", (121.3944, 31.2663)),
)


def red_walkway(streets: list[Street]) -> LineString:
    """富水路 from 真北路 to 真华路, over the joined street's own vertices."""
    line = next(street.line for street in streets if street.name == "富水路")
    ends = [next(street.line for street in streets if street.name == name) for name in ("真北路", "真华路")]
    steps = sorted(line.project(line.intersection(end).centroid) if line.intersects(end) else line.project(Point(line.coords[0])) for end in ends)
    part = substring(line, steps[0], steps[1])
    return LineString([rounded(xy) for xy in part.coords])


def stops(walkway: LineString) -> list[tuple[dict[str, Any], Point]]:
    """The stops on the walkway, in order, each with its distance from the western end."""
    found = []
    for number, (share, kind, name, name_en, story, story_en) in enumerate(STOPS, 1):
        place = Point(rounded(walkway.interpolate(share, normalized=True).coords[0]))
        found.append(({"id": f"ws-{number:02d}", "name": name, "name_en": name_en, "kind": kind, "walkway_id": "rw-01", "order": number,
                       "chainage_m": round(walkway.project(place), 1), "story": story, "story_en": story_en, "status": "planned",
                       "note": "点位与内容均为示意，待街道确定"}, place))
    return found


def lamps(loop: LineString) -> list[tuple[dict[str, Any], Point]]:
    """Lamps beside the loop, on its inner side; along one stretch they stand but do not shine."""
    dice = chance("lamps")
    found: list[tuple[dict[str, Any], Point]] = []
    step = 12.0
    while step < loop.length:
        dark = DARK_M[0] < step < DARK_M[1]
        found.append(({"id": f"lm-{len(found) + 1:03d}", "lux": 0.0 if dark else round(dice.uniform(8, 22), 1),
                       "height_m": float(dice.choice((6, 6, 8))),
                       "in_use": not dark, "status": "existing", "note": "熄灯，示意暗段" if dark else None},
                      Point(rounded(beside(loop, step, -6.5).coords[0]))))
        step += dice.uniform(*LAMP_GAP_M)
    return found


def amenities(loop: LineString) -> list[tuple[dict[str, Any], Point]]:
    """Where the loop begins, and the toilets, water and AED along it."""
    rows = ((0.0, "start", "起点", "Start", "24/7"), (330.0, "toilet", "公厕（富水路）", "Toilet, Fushui Road", "Mo-Su 05:00-22:00"),
            (640.0, "water", "饮水点（真金路）", "Drinking water, Zhenjin Road", "24/7"),
            (905.0, "aed", "AED（新村路口）", "AED, Xincun Road", "24/7"),
            (1_480.0, "water", "饮水点（公园南）", "Drinking water, south of the park", "24/7"),
            (1_620.0, "toilet", "公厕（公园南）", "Toilet, south of the park",
                                                                           "Mo-Su 05:00-22:00"),
            (2_210.0, "aed", "AED（水泉路）", "AED, Shuiquan Road", "24/7"))
    return [({"id": f"ra-{number:02d}", "kind": kind, "name": f"{name}（示意）" if kind != "start" else "起点（示意）", "name_en": name_en,
              "open_hours": hours,
              "status": "existing"}, Point(rounded(beside(loop, step, -8.0 if step else 0.0).coords[0])))
            for number, (step, kind, name, name_en, hours) in enumerate(rows, 1)]


def signs(streets: list[Street]) -> list[tuple[dict[str, Any], Point]]:
    """Signs at corners. The minutes painted are by the straight line at 1.2 m/s, as many real signs are: an audit has something to find."""
    roads = [street for street in streets if street.kind == "road"]
    found = []
    for number, (level, degrees) in enumerate(SIGNS, 1):
        place = at(*degrees)
        street = min(roads, key=lambda one: one.line.distance(place))
        place = Point(rounded(beside(street.line, street.line.project(place), street.width_m / 2 + 2.5).coords[0]))
        near = sorted(((at(*aim).distance(place), name) for name, aim in AIMS))[: 4 if level == "1" else 3]
        found.append(({"id": f"sg-{number:02d}", "name": f"示意标识 {number:02d}", "name_en": f"Sketched sign {number:02d}", "level": level,
                       "targets": [name for _, name in near], "minutes": [max(1, int(np.ceil(metres / 1.2 / 60))) for metres, _ in near],
                       "note": "分钟数按直线距离、每秒 1.2 米估写，供核对演练"}, place))
    return found
