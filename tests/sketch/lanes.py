"""Draw lanes that no source names: by hand within the boundary, by dividing the blocks beyond it."""

from __future__ import annotations

import shapely
from shapely.geometry import LineString, Point, Polygon
from shapely.ops import polygonize, split

from tests.sketch.facts import boundary, extent
from tests.sketch.frame import Place, at, chance, line_of, lines_in, smooth
from tests.sketch.green import pockets
from tests.sketch.roads import Street, led_onto, railway, roads
from tests.sketch.water import rivers, surface

# A block beyond the boundary is divided until it is about this large.
BLOCK_M2 = 48_000.0

# width in metres, course in degrees
BY_HAND: tuple[tuple[float, tuple[Place, ...]], ...] = (
    (6.0, ((121.3967, 31.2720), (121.3969, 31.2731), (121.3968, 31.2743))),
    (6.0, ((121.3963, 31.2685), (121.3962, 31.2700), (121.3964, 31.2719))),
    (6.0, ((121.3967, 31.2652), (121.3968, 31.2668), (121.3966, 31.2685))),
    (6.0, ((121.4013, 31.2725), (121.4028, 31.2724), (121.4038, 31.2730), (121.4042, 31.2738))),
    (6.0, ((121.4028, 31.2724), (121.4029, 31.2715), (121.4027, 31.2709))),
    (6.0, ((121.4028, 31.2709), (121.4028, 31.2696), (121.4029, 31.2681))),
    (6.0, ((121.4010, 31.2659), (121.4025, 31.2656), (121.4047, 31.2655))),
    (6.0, ((121.4029, 31.2681), (121.4029, 31.2668), (121.4027, 31.2656))),
    (6.0, ((121.4046, 31.2665), (121.4064, 31.2663), (121.4081, 31.2658))),
    (6.0, ((121.4065, 31.2675), (121.4064, 31.2663), (121.4066, 31.2648), (121.4064, 31.2635))),
    (6.0, ((121.4066, 31.2672), (121.4072, 31.2683), (121.4074, 31.2695))),
    (6.0, ((121.4082, 31.2660), (121.4095, 31.2659), (121.4108, 31.2656))),
    (6.0, ((121.4057, 31.2713), (121.4076, 31.2707), (121.4090, 31.2706), (121.4102, 31.2704))),
    (6.0, ((121.4130, 31.2650), (121.4143, 31.2648), (121.4157, 31.2646))),
    (6.0, ((121.4159, 31.2655), (121.4170, 31.2654), (121.4182, 31.2653))),
    (6.0, ((121.4155, 31.2637), (121.4168, 31.2633), (121.4181, 31.2632))),
    (6.0, ((121.4147, 31.2686), (121.4160, 31.2683), (121.4170, 31.2684), (121.4186, 31.2683))),
    (6.0, ((121.3904, 31.2728), (121.3912, 31.2727), (121.3917, 31.2726))),
    (6.0, ((121.4043, 31.2738), (121.4046, 31.2747), (121.4043, 31.2752))),
    (6.0, ((121.3949, 31.2779), (121.3953, 31.2788), (121.3950, 31.2798))),
)

# kind, name, English, width, level, steps, course: ways on foot over or under what cannot be crossed on the ground
ON_FOOT = (
    ("footbridge", "横港人行桥", "Heng Gang footbridge", 3.5, 1, True, (121.4000, 31.2757), "横港"),
    ("footbridge", "龙珍港人行桥", "Longzhen Gang footbridge", 3.0, 1, False, (121.4119, 31.2655), "龙珍港"),
    ("footbridge", "桃浦河人行桥", "Taopu River footbridge", 3.5, 1, True, (121.3924, 31.2770), "桃浦河"),
)
UNDER_RAILWAY = ("交通路地道", "Jiaotong Road underpass", ((121.3976, 31.26505), (121.39745, 31.2640), (121.3974, 31.2631)))


def by_hand() -> list[Street]:
    """The lanes within the boundary; their ends lie on a road or on each other."""
    drawn = [Street("", "lane", width, smooth(line_of(degrees)), note="名称未知，示意支路", source="手绘示意，凭推测") for width, degrees in BY_HAND]
    return led_onto(drawn, 45, list(roads()))


def underpass() -> Street:
    name, name_en, degrees = UNDER_RAILWAY
    line = line_of(degrees)
    feet = []
    for road, tip in (("交通路", line.coords[0]), ("桃浦路", line.coords[-1])):
        on = next(street.line for street in roads() if street.name == road)
        feet.append(on.interpolate(on.project(Point(tip))).coords[0])
    return Street("", "underpass", 4.0, LineString([feet[0], line.coords[1], feet[1]]), name, name_en, level=-1, surface="paving", step_free=False,
                  source="手绘示意，凭推测")


def footbridges(walks: list[Street]) -> list[Street]:
    """Footbridges over the rivers, from the walk on one bank to the walk on the other."""
    drawn = []
    for kind, name, name_en, width, level, step_free, place, over in ON_FOOT:
        river = next(one for one in rivers() if one.name == over)
        middle = at(*place)
        step = river.course.project(middle)
        middle = river.course.interpolate(step)
        feet = []
        for side in (1, -1):
            across = river.course.simplify(1.0).offset_curve(side * 40)
            aim = LineString([middle, across.interpolate(across.project(middle))])
            hits = [point for walk in walks for point in shapely.get_parts(aim.intersection(walk.line)) if not point.is_empty]
            feet.append(min(hits, key=middle.distance))
        drawn.append(Street("", kind, width, LineString(feet), name, name_en, level=level, surface="paving", step_free=step_free,
                            source="手绘示意，凭推测"))
    return drawn


def beyond() -> list[Street]:
    """Divide the blocks beyond the boundary by lanes until a walk there has a choice of ways."""
    whole = extent().buffer(320)
    lines = [street.line for street in roads()] + [whole.exterior, railway(), *(river.course for river in rivers()), boundary().exterior]
    faces = [face for face in polygonize(shapely.unary_union(lines)) if not boundary().buffer(1).contains(face)]
    parks = shapely.unary_union([one.area for one in pockets()]).buffer(6)
    drawn: list[Street] = []
    for number, face in enumerate(sorted(faces, key=lambda one: (one.centroid.x, one.centroid.y))):
        _divide(face, f"{number}", drawn)
    dead = shapely.unary_union([surface().buffer(14), railway().buffer(16), boundary().buffer(5), parks])
    ground = [street.line for street in roads()]
    kept = []
    for street in drawn:
        for part in lines_in(street.line.difference(dead)):
            for piece in _past_border(part):
                if piece.length > 45:
                    kept.append(street.along(piece))
    return _hanging_off(kept, ground)


def _past_border(line: LineString) -> list[LineString]:
    """A lane that would end just past the border of the extent ends before it: one that leaves the extent leaves it clearly."""
    beyond_it = line.difference(extent()).length
    return lines_in(line.intersection(extent().buffer(-12))) if 0 < beyond_it < 30 else [line]


def _divide(face: Polygon, seed: str, drawn: list[Street], depth: int = 0) -> None:
    """Cut a block across its long side by a slightly bent lane, and its halves in turn."""
    if face.area < BLOCK_M2 or depth > 6:
        return
    dice = chance("block", seed)
    frame = face.minimum_rotated_rectangle
    a, b, c, _, _ = (Point(xy) for xy in frame.exterior.coords)
    if a.distance(b) < b.distance(c):
        a, b, c = b, c, Point(frame.exterior.coords[3])
    share, tilt = dice.uniform(0.4, 0.6), dice.uniform(-0.05, 0.05)
    near = LineString([a, b]).interpolate(share + tilt, normalized=True)
    far = LineString([c, (c.x + a.x - b.x, c.y + a.y - b.y)]).interpolate(1 - share + tilt, normalized=True)
    bow = dice.uniform(-14, 14)
    middle = Point((near.x + far.x) / 2 + bow, (near.y + far.y) / 2 + bow)
    lane = smooth(shapely.affinity.scale(LineString([near, middle, far]), 1.05, 1.05), 2)
    for part in lines_in(lane.intersection(face)):
        if part.length > 60:
            drawn.append(Street("", "lane", 5.5, part, lit=dice.random() < 0.8, note="街道外，示意支路", source="手绘示意，凭推测"))
    for number, half in enumerate(sorted(split(face, lane).geoms, key=lambda one: (one.centroid.x, one.centroid.y))):
        _divide(half, f"{seed}.{number}", drawn, depth + 1)


def _hanging_off(lanes: list[Street], ground: list[LineString]) -> list[Street]:
    """Keep the lanes that hang together with a road, directly or through other lanes."""
    reached = {i for i, lane in enumerate(lanes) if any(line.dwithin(lane.line, 0.3) for line in ground)}
    while True:
        more = {i for i, lane in enumerate(lanes) if i not in reached and any(lanes[k].line.dwithin(lane.line, 0.3) for k in reached)}
        if not more:
            return [lanes[i] for i in sorted(reached)]
        reached |= more
