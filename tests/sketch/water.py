"""Draw the blue net: three rivers inside, their courses beyond, and the creek east of 真华路, all by guess."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import shapely
from shapely.geometry import LineString
from shapely.ops import substring

from tests.sketch.facts import boundary
from tests.sketch.frame import line_of, lines_in, ribbon, smooth

# name, English, kind, width in metres, course in degrees (north to south or west to east)
COURSES = (
    ("横港", "Heng Gang", "canal", 26.0,
     ((121.3690, 31.2752), (121.3760, 31.2749), (121.3830, 31.2754), (121.3870, 31.2757), (121.3905, 31.2760), (121.3950, 31.2761),
      (121.3990, 31.2757), (121.4030, 31.2760), (121.4070, 31.2768), (121.4130, 31.2782), (121.4200, 31.2788), (121.4370, 31.2797))),
    ("桃浦河", "Taopu River", "river", 22.0,
     ((121.3905, 31.2960), (121.3916, 31.2880), (121.3916, 31.2830), (121.3926, 31.2790), (121.3921, 31.2760), (121.3918, 31.2730),
      (121.39225, 31.2714), (121.3925, 31.2702), (121.3932, 31.2688), (121.3938, 31.2674), (121.39395, 31.2660), (121.3942, 31.2630),
      (121.3936, 31.2590), (121.3940, 31.2540), (121.3950, 31.2460))),
    ("龙珍港", "Longzhen Gang", "canal", 16.0,
     ((121.4117, 31.2778), (121.4113, 31.2755), (121.41085, 31.2725), (121.4104, 31.2702), (121.41015, 31.2687), (121.4103, 31.2674),
      (121.4110, 31.2665), (121.4119, 31.2655), (121.4122, 31.2640), (121.4120, 31.2622), (121.4122, 31.2598), (121.4132, 31.2560),
      (121.4130, 31.2520), (121.4134, 31.2460))),
    ("示意支浜", "Sketched branch", "canal", 10.0,
     ((121.39245, 31.2771), (121.3912, 31.2773), (121.3902, 31.2772), (121.38895, 31.2769))),
    ("大场浦", "Dachang Pu", "river", 20.0,
     ((121.4068, 31.2590), (121.4066, 31.2560), (121.4074, 31.2520), (121.4078, 31.2460))),
)


@dataclass(frozen=True)
class River:
    """One water: its course and its surface in metres; `inside` are the stretches of the course within the boundary."""

    name: str
    name_en: str
    kind: str
    width_m: float
    course: LineString
    surface: Any

    @property
    def inside(self) -> list[LineString]:
        return [part for part in lines_in(self.course.intersection(boundary())) if part.length > 30]


@cache
def rivers() -> tuple[River, ...]:
    drawn = []
    for name, name_en, kind, width, degrees in COURSES:
        course = smooth(line_of(degrees), 3)
        drawn.append(River(name, name_en, kind, width, course, ribbon(course, width)))
    return tuple(drawn)


@cache
def surface() -> Any:
    """All water as one shape."""
    return shapely.unary_union([river.surface for river in rivers()])


def stretch(line: LineString, start: float, end: float) -> LineString:
    """The part of a line between two shares of its length."""
    return substring(line, start, end, normalized=True)
