"""Draw the roads by name: those of the first drawing, led on beyond the boundary, and the others the facts name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import shapely
from shapely.geometry import LineString, Point

from tests.sketch.facts import first_drawing
from tests.sketch.frame import Place, at, line_of, smooth

# name: English, points before the first drawing's first, points after its last, how many of its last points are left out
LED_ON: dict[str, tuple[str, tuple[Place, ...], tuple[Place, ...], int]] = {
    "新村路": ("Xincun Road", ((121.3865, 31.2731),), ((121.4255, 31.2656), (121.4370, 31.2640)), 0),
    "交通路": ("Jiaotong Road", ((121.3690, 31.2707), (121.3800, 31.2687)), ((121.4280, 31.2596), (121.4370, 31.2584)), 0),
    "真华路": ("Zhenhua Road", ((121.4034, 31.2460), (121.4036, 31.2515), (121.4041, 31.2570)),
            ((121.4090, 31.2786), (121.4101, 31.2830), (121.4106, 31.2880), (121.4112, 31.2960)), 0),
    "富平路": ("Fuping Road", (), (), 0),
    "真金路": ("Zhenjin Road", (), ((121.4041, 31.2850), (121.4052, 31.2905), (121.4056, 31.2960)), 0),
    "水泉路": ("Shuiquan Road", (), (), 0),
    "万泉路": ("Wanquan Road", (), (), 0),
    "富水路": ("Fushui Road", (), (), 0),
    "武威东路": ("Wuwei East Road", ((121.3690, 31.2807), (121.3780, 31.2796)), (), 1),
    "真北路": ("Zhenbei Road", ((121.3868, 31.2460), (121.3873, 31.2560), (121.3881, 31.2630)),
            ((121.3985, 31.2870), (121.4000, 31.2905), (121.4014, 31.2960)), 0),
    "香泉路": ("Xiangquan Road", (), (), 1),
    "新泉路": ("Xinquan Road", (), (), 1),
    "交暨路": ("Jiaoji Road", (), (), 0),
    "广泉路": ("Guangquan Road", (), (), 0),
    "岚皋路": ("Langao Road", ((121.4164, 31.2460), (121.4168, 31.2520), (121.4173, 31.2570)), (), 2),
    "真南路": ("Zhennan Road", ((121.3690, 31.2782), (121.3790, 31.2758)), (), 0),
    "桃浦西路": ("Taopu West Road", ((121.3690, 31.2872), (121.3775, 31.2829), (121.3830, 31.2790)), (), 0),
}

# name (None: no name known), English, width in metres, course: roads beyond the boundary, by the crossings and addresses known
FURTHER: tuple[tuple[str | None, str | None, float, tuple[Place, ...]], ...] = (
    ("大华路", "Dahua Road", 12.0, ((121.40955, 31.2684), (121.4101, 31.2705), (121.41005, 31.2731), (121.4100, 31.2757), (121.4103, 31.2769))),
    ("大华一路", "Dahua 1st Road", 10.0, ((121.4069, 31.2737), (121.4101, 31.2731), (121.4125, 31.2708), (121.4150, 31.2700), (121.4187, 31.2701))),
    ("大华二路", "Dahua 2nd Road", 12.0, ((121.4077, 31.2749), (121.4100, 31.2756), (121.4127, 31.2752), (121.4162, 31.2740), (121.4196, 31.2722))),
    ("大华三路", "Dahua 3rd Road", 12.0, ((121.4083, 31.2763), (121.4104, 31.2769), (121.4128, 31.2772), (121.4160, 31.2765), (121.4184, 31.2757),
                                      (121.4250, 31.2740),
                                    (121.4370, 31.2722))),
    ("新沪路", "Xinhu Road", 12.0, ((121.4148, 31.2672), (121.4146, 31.2690), (121.4126, 31.2707), (121.4122, 31.2726), (121.4128, 31.2760),
                                 (121.4150, 31.2820), (121.4166, 31.2868), (121.4172, 31.2960))),
    ("灵石路", "Lingshi Road", 16.0, ((121.4183, 31.2668), (121.4187, 31.2688), (121.4192, 31.2704), (121.4215, 31.2722), (121.4262, 31.2738),
                                   (121.4300, 31.2760), (121.4370, 31.2777))),
    ("双山路", "Shuangshan Road", 10.0, ((121.4184, 31.2535), (121.4192, 31.2580), (121.4197, 31.2611), (121.4203, 31.2640), (121.4207, 31.2664),
                                      (121.4216, 31.2695), (121.4215, 31.2722))),
    ("古浪路", "Gulang Road", 14.0, ((121.3690, 31.2912), (121.3800, 31.2876), (121.3873, 31.2845), (121.3942, 31.2813), (121.3985, 31.2805),
                                  (121.4034, 31.2800), (121.4095, 31.2805))),
    ("华灵路", "Hualing Road", 14.0, ((121.4030, 31.2781), (121.4065, 31.2787), (121.4088, 31.2781), (121.4110, 31.2789), (121.4140, 31.2795),
                                   (121.4175, 31.2760),
                                   (121.4196, 31.2722), (121.4216, 31.2706), (121.4250, 31.2697), (121.4370, 31.2682))),
    ("三源路", "Sanyuan Road", 9.0, ((121.4022, 31.2622), (121.4018, 31.2575), (121.4013, 31.2540))),
    ("桃浦路", "Taopu Road", 14.0, ((121.3690, 31.2679), (121.3800, 31.2660), (121.3890, 31.2646), (121.3974, 31.2631), (121.4046, 31.2614),
                                 (121.4120, 31.2600), (121.4176, 31.2591))),
    ("连冠路", "Lianguan Road", 10.0, ((121.3690, 31.2945), (121.3790, 31.2932), (121.3914, 31.2909), (121.4000, 31.2905), (121.4052, 31.2902))),
    ("铜川路", "Tongchuan Road", 16.0, ((121.3690, 31.2565), (121.3790, 31.2548), (121.3872, 31.2537), (121.3928, 31.2528), (121.4036, 31.2515),
                                     (121.4168, 31.2501), (121.4370, 31.2480))),
    ("真光路", "Zhenguang Road", 14.0, ((121.3800, 31.2460), (121.3794, 31.2552), (121.3790, 31.2610), (121.3787, 31.2662), (121.3785, 31.2690),
                                     (121.3786, 31.2758), (121.3778, 31.2796), (121.3777, 31.2828), (121.3790, 31.2880), (121.3788, 31.2960))),
    ("行知路", "Xingzhi Road", 14.0, ((121.4041, 31.2853), (121.4104, 31.2862), (121.4166, 31.2868), (121.4260, 31.2860), (121.4370, 31.2853))),
    (None, None, 10.0, ((121.3690, 31.2622), (121.3790, 31.2608), (121.3880, 31.2597), (121.3960, 31.2588), (121.4018, 31.2577), (121.4041, 31.2570),
                        (121.4120, 31.2561), (121.4173, 31.2556), (121.4370, 31.2530))),
    (None, None, 9.0, ((121.3838, 31.2460), (121.3834, 31.2545), (121.3836, 31.2602), (121.3838, 31.2655))),
    (None, None, 9.0, ((121.3908, 31.2460), (121.3906, 31.2530), (121.3912, 31.2592), (121.3918, 31.2641))),
    (None, None, 9.0, ((121.3976, 31.2460), (121.3977, 31.2522), (121.3972, 31.2587), (121.3976, 31.2631))),
    (None, None, 9.0, ((121.4100, 31.2460), (121.4101, 31.2508), (121.4096, 31.2563), (121.4092, 31.2606))),
    (None, None, 9.0, ((121.3745, 31.2460), (121.3740, 31.2556), (121.3742, 31.2615), (121.3741, 31.2670))),
    (None, None, 10.0, ((121.3741, 31.2700), (121.3744, 31.2771), (121.3738, 31.2801), (121.3735, 31.2849), (121.3740, 31.2896),
                        (121.3738, 31.2960))),
    (None, None, 9.0, ((121.3826, 31.2683), (121.3832, 31.2720), (121.3834, 31.2743), (121.3836, 31.2788))),
    (None, None, 9.0, ((121.3690, 31.2735), (121.3787, 31.2722), (121.3832, 31.2717), (121.3880, 31.2716))),
    (None, None, 9.0, ((121.3836, 31.2788), (121.3838, 31.2820), (121.3836, 31.2861), (121.3845, 31.2923), (121.3848, 31.2960))),
    (None, None, 9.0, ((121.3882, 31.2786), (121.3885, 31.2806), (121.3890, 31.2838), (121.3896, 31.2913), (121.3898, 31.2960))),
    (None, None, 9.0, ((121.3940, 31.2960), (121.3943, 31.2906), (121.3945, 31.2868), (121.3942, 31.2814))),
    (None, None, 9.0, ((121.3690, 31.2843), (121.3735, 31.2840), (121.3777, 31.2836), (121.3838, 31.2822), (121.3887, 31.2822), (121.3920, 31.2824))),
    (None, None, 9.0, ((121.3788, 31.2880), (121.3838, 31.2882), (121.3893, 31.2876), (121.3945, 31.2868), (121.3985, 31.2868), (121.4041, 31.2856))),
    (None, None, 9.0, ((121.4037, 31.2827), (121.4100, 31.2829), (121.4150, 31.2822), (121.4225, 31.2812), (121.4370, 31.2815))),
    (None, None, 9.0, ((121.4052, 31.2904), (121.4108, 31.2910), (121.4170, 31.2912), (121.4260, 31.2905), (121.4370, 31.2902))),
    (None, None, 9.0, ((121.4222, 31.2960), (121.4226, 31.2905), (121.4228, 31.2862), (121.4225, 31.2812), (121.4212, 31.2750), (121.4215, 31.2722))),
    (None, None, 9.0, ((121.4296, 31.2960), (121.4300, 31.2904), (121.4296, 31.2858), (121.4290, 31.2812), (121.4292, 31.2756), (121.4286, 31.2693),
                       (121.4280, 31.2652), (121.4284, 31.2596), (121.4280, 31.2542), (121.4278, 31.2460))),
    (None, None, 9.0, ((121.4240, 31.2460), (121.4238, 31.2547), (121.4243, 31.2602), (121.4242, 31.2659), (121.4248, 31.2697), (121.4250, 31.2735))),
    (None, None, 8.0, ((121.4176, 31.2590), (121.4192, 31.2582), (121.4243, 31.2574), (121.4282, 31.2568), (121.4370, 31.2558))),
    (None, None, 8.0, ((121.4202, 31.2637), (121.4242, 31.2630), (121.4282, 31.2624), (121.4370, 31.2614))),
)

RAILWAY = ((121.3690, 31.26985), (121.3800, 31.2678))
RAILWAY_EAST = ((121.4280, 31.2590), (121.4370, 31.2578))


@dataclass(frozen=True)
class Street:
    """One street as drawn; `line` is metric."""

    id: str
    kind: str
    width_m: float
    line: LineString
    name: str | None = None
    name_en: str | None = None
    level: int = 0
    access: str = "public"
    lit: bool = True
    surface: str = "asphalt"
    step_free: bool = True
    signalised: bool | None = None
    open_hours: str | None = None
    note: str | None = None
    source: str = "手绘示意，依据 wanli-first-sketch、wanli-road-crossings"

    def along(self, line: LineString, **changes: Any) -> Street:
        return replace(self, line=line, **changes)


@cache
def railway() -> LineString:
    middle = list(first_drawing()["铁路"][1].coords)
    return smooth(LineString([*line_of(RAILWAY).coords, *middle[:-1], *line_of(RAILWAY_EAST).coords]))


@cache
def roads() -> tuple[Street, ...]:
    """All roads, smoothed; an end near another road is led onto it."""
    drawn: list[Street] = []
    for name, (name_en, before, after, left_out) in LED_ON.items():
        properties, line = first_drawing()[name]
        middle = list(line.coords)[: len(line.coords) - left_out]
        led = [*_metric(before), *middle, *_metric(after)]
        drawn.append(Street("", "road", float(properties.get("width_m", 14)), smooth(LineString(led)), name, name_en))
    for further, further_en, width, degrees in FURTHER:
        note, source = (None, "手绘示意，依据 wanli-road-crossings 与各地址") if further else ("名称未知，示意道路", "手绘示意，凭推测")
        drawn.append(Street("", "road", width, smooth(line_of(degrees)), further, further_en, note=note, source=source))
    return tuple(led_onto(drawn, reach_m=60))


def _metric(degrees: tuple[Place, ...]) -> list[Any]:
    return [at(*place).coords[0] for place in degrees]


def led_onto(drawn: list[Street], reach_m: float, others: list[Street] | None = None) -> list[Street]:
    """Move each end of each street onto the nearest other street within reach, so that T-junctions meet."""
    result = list(drawn)
    for i, street in enumerate(drawn):
        xy = list(street.line.coords)
        for end in (0, -1):
            tip = Point(xy[end])
            near = [(other.line.distance(tip), k) for k, other in enumerate(result) if k != i]
            far = [(other.line.distance(tip), k) for k, other in enumerate(others or [])]
            best = min([(d, 0, k) for d, k in near] + [(d, 1, k) for d, k in far])
            if best[0] <= reach_m:
                line = (result if best[1] == 0 else others or [])[best[2]].line
                xy[end] = line.interpolate(line.project(tip)).coords[0]
        result[i] = street.along(shapely.remove_repeated_points(LineString(xy), 0.5))
    return result
