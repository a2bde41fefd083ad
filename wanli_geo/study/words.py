"""What must be said beside every number: what it was made of, how the walk was measured, what the data is worth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from wanli_geo.access.reach import Profile
from wanli_geo.answer import Caveat, Made
from wanli_geo.network.noding import NEAR_MISS
from wanli_geo.network.pace import Pace
from wanli_geo.network.snap import SNAP_M
from wanli_geo.study.ground import STEEPEST_PCT, Ground
from wanli_geo.workspace.services import DAYTIME, GATE_M
from wanli_geo.workspace.store import Workspace

_DAYS = {
    "Mo": ("周一", "a Monday"),
    "Tu": ("周二", "a Tuesday"),
    "We": ("周三", "a Wednesday"),
    "Th": ("周四", "a Thursday"),
    "Fr": ("周五", "a Friday"),
    "Sa": ("周六", "a Saturday"),
    "Su": ("周日", "a Sunday"),
    "PH": ("法定节假日", "a public holiday"),
}


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


def when(ground: Ground, pace: Pace | None) -> Mapping[str, Any]:
    """The parameters of the hour, of the ways inside compounds, and in time mode of the waits and stairs, as an Answer holds them."""
    waits: dict[str, Any] = {}
    if pace is not None:
        seconds = {name: float(value) for name, value in vars(pace.waits).items()}  # 30 and 30.0 are one question
        waits = {"stairs_factor": seconds.pop("stairs_factor"), "waits_s": seconds}
    return {"day": ground.day, "minute": ground.minute, "inner_detour": ground.inner_detour, **waits}


# What is said of the facilities' own hours where they are not looked at.
ANY_HOUR = ("设施本身的开放时间不计", "the facilities' own hours do not")


def walk_caveats(
    ground: Ground, profile: Profile | None, pace: Pace | None, *, hours: tuple[str, str] = ANY_HOUR
) -> list[Caveat]:
    """How the walk was measured; `pace` in time mode only, no `profile` where each age has its own, `hours` of the facilities."""
    zh, en = "工作日上午十点", "at ten on a working day"
    if (ground.day, ground.minute) != DAYTIME:
        clock = f"{ground.minute // 60:02d}:{ground.minute % 60:02d}"
        zh, en = f"{_DAYS[ground.day][0]} {clock} ", f"at {clock} on {_DAYS[ground.day][1]}"
    speed_zh, speed_en = ("各年龄段各自的速度", "each age group's own speed")
    if profile is not None:
        speed_zh, speed_en = f"{profile.zh} {profile.m_per_s:g} 米/秒", f"{profile.m_per_s:g} m/s ({profile.en})"
    notes = [
        Caveat(
            "walked",
            "距离沿步行路网量取，从家出小区门、沿路到设施入口；小区内沿画出的内部道路走，没有画的按直线乘 "
            f"{ground.inner_detour:g}（假定值）；{zh}开着的门、路和入口才算，{hours[0]}。",
            "Distances run along the streets, from the home through a gate of its compound to the facility's entrance; inside the compound "
            f"along its own paths, and where none are drawn straight, times {ground.inner_detour:g} (assumed); only gates, streets and "
            f"entrances open {en} count, {hours[1]}.",
        )
    ]
    if pace is None:
        notes.append(
            Caveat(
                "minutes_beside",
                f"分钟只是路程除以速度（{speed_zh}），不含过街等候。",
                f"Minutes are the length at {speed_en}, without waits at crossings.",
            )
        )
    else:
        lights, none, over = pace.waits.signalised_s, pace.waits.unsignalised_s, pace.waits.over_or_under_s
        notes.append(
            Caveat(
                "time_mode",
                f"分钟按{speed_zh}，另加过街等候：有信号灯 {lights:g} 秒、无信号灯 {none:g} 秒、"
                f"天桥或地道 {over:g} 秒（假定值）；只计资料里画出的过街。",
                f"Minutes at {speed_en} and the waits at crossings: {lights:g} s with lights, {none:g} s without, "
                f"{over:g} s for a footbridge or underpass (assumed); only crossings drawn in the data count.",
            )
        )
    notes += _of_streets(ground, pace)
    if shut := len(set(ground.gates.compound[ground.gates.shut].tolist())):
        notes.append(
            Caveat(
                "gates_shut",
                f"{shut} 个小区此时的门都关着：居民照常从平日开得最久的门进出，外人进不去。",
                f"The gates of {shut} compound(s) are all closed then: their residents still come and go by the one open longest of a day, "
                "others cannot enter.",
            )
        )
    if ground.gates.far:
        notes.append(
            Caveat(
                "gates_far",
                f"{ground.gates.far} 个门离所属小区超过 {GATE_M:g} 米，没有计入；请看 wanli-geo check。",
                f"{ground.gates.far} gate(s) more than {GATE_M:g} m from their compound were left out; see wanli-geo check.",
            )
        )
    if not ground.steps:
        notes.append(Caveat("no_steps", "不走台阶。", "Steps are not used."))
    if ground.ungated:
        notes.append(
            Caveat(
                "no_gate",
                f"{ground.ungated} 个小区没有登记可用的门，按直线走到最近的路计算（小区内乘 {ground.inner_detour:g}）。",
                f"{ground.ungated} compound(s) without a usable gate on record: taken straight to the nearest street, times "
                f"{ground.inner_detour:g} inside the compound.",
            )
        )
    if not ground.peopled:
        return notes
    if ground.shut_in:
        notes.append(
            Caveat(
                "inner_barred",
                f"{ground.shut_in} 处到本小区各个门的直线都隔着水面、铁路或别的小区，又没有画内部道路，"
                f"仍按直线乘 {ground.inner_detour:g} 计算；请补画内部道路。",
                f"{ground.shut_in} place(s) have water, a railway or another compound across the straight line to every gate, and no path is "
                f"drawn: taken straight all the same, times {ground.inner_detour:g}; draw the compound's paths.",
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


def _of_streets(ground: Ground, pace: Pace | None) -> list[Caveat]:
    """What was made of steps, slopes and ends that just miss."""
    notes = []
    if pace is not None and (ground.streets["kind"] == "steps").any():
        stairs = pace.waits.stairs_factor
        notes.append(
            Caveat(
                "stairs",
                f"走台阶的每一米按平地的 {stairs:g} 倍时间计（假定值）。",
                f"A metre of steps lasts {stairs:g} times one on the level (assumed).",
            )
        )
    if ground.sloping:
        notes += _of_slopes(ground, pace)
    if linked := int((ground.joints.kind == NEAR_MISS).sum()):
        notes.append(
            Caveat(
                "near_joined",
                f"有 {linked} 处路口相差不到 2 米，已接上；见 wanli-geo topology。",
                f"At {linked} place(s) streets end less than 2 m short of each other; they were joined, see wanli-geo topology.",
            )
        )
    return notes


def _of_slopes(ground: Ground, pace: Pace | None) -> list[Caveat]:
    """How the slopes that the layer gives were taken."""
    notes = []
    if pace is not None:
        notes.append(
            Caveat(
                "slope",
                "填了坡度的路按 Tobler（1993）放慢，取上坡和下坡的平均；没有填的按平路。",
                "Streets with a slope on record are slower by Tobler (1993), the mean of up and down; those without count as level.",
            )
        )
    if not ground.steps:
        notes.append(
            Caveat(
                "too_steep",
                f"坡度超过 {STEEPEST_PCT:.1f}%（1:12，GB 50763）的路不走。",
                f"Streets steeper than {STEEPEST_PCT:.1f} % (1:12, GB 50763) are not used.",
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
