"""What must be said beside every number: what it was made of, how the walk was measured, what the data is worth."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wanli_geo.access.reach import Profile, Reach
from wanli_geo.answer import Caveat, Made
from wanli_geo.network.snap import SNAP_M
from wanli_geo.study.ground import Ground
from wanli_geo.workspace.store import Workspace


def made_of(workspace: Workspace, names: Iterable[str]) -> tuple[Made, ...]:
    """Name the input layers that the workspace has, with digest, date, accuracy and licence."""
    made = []
    for name in names:
        if name not in workspace.layers:
            continue
        source = workspace.catalogue.layers.get(name)
        digest = workspace.digest(name)
        if source is None:
            made.append(Made(name, digest, "未注明 / not stated", "", "sketch", ""))
        else:
            made.append(Made(name, digest, source.source, source.date, source.accuracy, source.licence, source.attribution))
    return tuple(made)


def walk_caveats(ground: Ground, reach: Reach | None, profile: Profile) -> list[Caveat]:
    """How the walk was measured."""
    notes = [
        Caveat(
            "walked",
            "距离沿步行路网量取，从家出小区门、沿路到设施入口；小区内按直线；工作日上午十点开着的门和路才算。",
            "Distances run along the streets, from the home through a gate of its compound to the facility's entrance; straight inside "
            "the compound; only gates and streets open at ten on a working day count.",
        )
    ]
    if reach is None or reach.minutes is not None:
        notes.append(
            Caveat(
                "time_mode",
                f"分钟按{profile.zh} {profile.m_per_s:g} 米/秒换算；过街等候未计入。",
                f"Minutes at {profile.m_per_s:g} m/s ({profile.en}); waits at crossings are not counted.",
            )
        )
    if not profile.steps:
        notes.append(Caveat("no_steps", "不走台阶。", "Steps are not used."))
    if ground.ungated:
        notes.append(
            Caveat(
                "no_gate",
                f"{ground.ungated} 个小区没有登记可用的门，按就近上路计算。",
                f"{ground.ungated} compound(s) without a usable gate on record: taken straight to the nearest street.",
            )
        )
    lost = len(ground.demand.ids) - len(set(ground.homes.place.tolist()))
    if lost:
        notes.append(
            Caveat(
                "off_network",
                f"{lost} 处离最近的路超过 {SNAP_M:g} 米，接不上路网，算作“未知”。",
                f"{lost} place(s) are more than {SNAP_M:g} m from any street: “unknown”.",
            )
        )
    if ground.stranded:
        notes.append(
            Caveat(
                "island",
                f"{ground.stranded} 处只接得上与别处不相连的路；请看是不是少画了路口或桥。",
                f"{ground.stranded} place(s) reach only streets that are not connected to the rest; see whether a joint or a bridge is missing.",
            )
        )
    return notes


def data_caveats(made: Sequence[Made], unstated: int) -> list[Caveat]:
    """What the data is worth."""
    notes = []
    if unstated:
        notes.append(
            Caveat(
                "people_unstated",
                f"{unstated} 处楼或小区没有人数，没有计入任何一项（不等于没有人）。",
                f"{unstated} house(s) or compound(s) without a figure of people are in none of the counts (which does not mean nobody lives there).",
            )
        )
    layers = [one.layer for one in made if one.accuracy == "sketch"]
    if layers:
        notes.append(
            Caveat(
                "sketch",
                "示意：图中道路、小区、人口等为手绘示意数据，不是测绘或统计成果，不能用作审批依据。",
                "Sketch: streets, compounds, residents and more are drawn by hand, neither survey nor statistics; not a basis for approvals.",
            )
        )
    if any(one.accuracy == "osm" and one.layer in ("homes", "compounds") for one in made):
        notes.append(
            Caveat(
                "residents_estimated",
                "居民人数由建筑占地面积和层数估算，不是统计数。",
                "Residents are estimated from the footprint and levels of buildings; they are no statistics.",
            )
        )
    credit = "；".join(dict.fromkeys(one.attribution for one in made if one.attribution))
    if credit:
        notes.append(Caveat("attribution", f"数据署名：{credit}", f"Attribution: {credit}"))
    return notes
