"""What each question's answer draws over the ground, and how its legend says it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from wanli_geo.answer import Answer
from wanli_geo.report import palette, say
from wanli_geo.report.carto.blue_net import blue_net
from wanli_geo.report.carto.furniture import Entry
from wanli_geo.report.carto.green_links import green_links
from wanli_geo.report.carto.inks import Ink, Sign
from wanli_geo.report.carto.loops import loops
from wanli_geo.report.carto.night_run import marks, night_run
from wanli_geo.report.carto.red_walkway import red_walkway
from wanli_geo.report.carto.scene import Layer, Overlay, Signs
from wanli_geo.report.carto.signs import signs
from wanli_geo.report.carto.structure import structure
from wanli_geo.report.carto.tints import access, audited, by_status, shapes_of, walked
from wanli_geo.report.carto.told import Told, box_of
from wanli_geo.report.carto.works import works
from wanli_geo.report.naming import name_of
from wanli_geo.workspace.kinds import KINDS
from wanli_geo.workspace.store import Workspace

Painter = Callable[[Answer, Workspace, say.Lang], Told]

ORANGE = next(theme.ink for theme in palette.THEMES if theme.code == "orange")
RED = next(theme.ink for theme in palette.THEMES if theme.code == "red")
HERE = Sign("", palette.ACTION, radius=1.6)
WALK = Ink("", palette.CHOSEN, 1.0, halo=palette.WHITE, bold=True)
_CUT_OFF = Ink("", RED, 0.9, halo=palette.WHITE, bold=True)


def coverage(answer: Answer, workspace: Workspace, lang: say.Lang) -> Told:
    """Units by status, and the facilities asked for."""
    units, (glyph, kind) = answer.features["units"], kind_of(answer, lang)
    layers, legend = by_status(units, lang)
    signs, told = facility_signs(answer.features["facilities"], glyph, kind, lang)
    within = next((say.pick(lang, fact.zh, fact.en) for fact in answer.facts if fact.key == "people_covered"), kind)
    return Told(within, _counted(units["status"], within, lang), (*layers, *signs), (*legend, *told))


def facility_signs(facilities: gpd.GeoDataFrame, glyph: str, label: str, lang: say.Lang) -> tuple[list[Layer], list[Entry]]:
    """Those in use in colour, others dashed and grey; the legend has only what there is."""
    used = facilities["used"].fillna(False).to_numpy(bool) if "used" in facilities else np.ones(len(facilities), dtype=bool)
    layers: list[Layer] = []
    legend: list[Entry] = []
    for chosen, sign, told in (
        (~used, Sign(glyph, palette.QUIET, dashed=True), say.pick(lang, "规划或停用，未计入", "planned or closed, not counted")),
        (used, Sign(glyph, ORANGE), label),
    ):
        if chosen.any():
            layers.append(Signs(shapes_of(facilities)[chosen], sign))
            legend.insert(0, Entry(told, sign))
    return layers, legend


def kind_of(answer: Answer, lang: say.Lang) -> tuple[str, str]:
    """Glyph and name of the kinds asked for; several are one sign."""
    codes = answer.params.get("kinds") or [answer.params.get("kind")]
    known = [KINDS[str(code)] for code in codes if str(code) in KINDS]
    if not known:
        return "设", say.pick(lang, "设施", "facility")
    return known[0].glyph, say.pick(lang, "、", ", ").join(say.pick(lang, kind.zh, kind.en) for kind in known)


def _counted(status: pd.Series[Any], what: str, lang: say.Lang) -> str:
    """The map in words: how many units are covered, in a gap, not known."""
    covered, gap, unknown = (int((status == code).sum()) for code in ("covered", "gap", "unknown"))
    return say.pick(
        lang, f"{what}：{covered} 个小区已覆盖，{gap} 个有缺口，{unknown} 个未知。",
        f"{what}: {covered} compounds covered, {gap} in a gap, {unknown} not known.",
    )


def audit(answer: Answer, workspace: Workspace, lang: say.Lang) -> Told:
    """Compounds by the number of clauses they have a gap in."""
    units = answer.features["compounds"]
    layers, legend = audited(units, lang)
    some = int((units["people_any_gap"] > 0).sum())
    title = say.pick(lang, "各小区有缺口的条文数", "Clauses with a gap, by compound")
    alt = say.pick(lang, f"{title}：{len(units)} 个小区中 {some} 个有缺口。", f"{title}: {some} of {len(units)} compounds have a gap.")
    return Told(title, alt, tuple(layers), tuple(legend), say.pick(lang, "有缺口的条文", "Clauses with a gap"))


def isochrone(answer: Answer, workspace: Workspace, lang: say.Lang) -> Told:
    """Bands, the nearest darkest, each without those inside it; of several origins together."""
    bands = answer.features["bands"].sort_values("metres", kind="stable")
    origins = answer.features["origin" if "origin" in answer.features else "origins"]
    layers: list[Layer] = []
    legend = [Entry(say.pick(lang, "起点", "start"), HERE)]
    inner = shapely.Point()
    for color, (_, band) in zip(palette.BAND_COLORS, bands.groupby("metres"), strict=False):
        whole = shapely.union_all(band.geometry.to_numpy())
        ink = Ink(color, color, 0.4, opacity=palette.BAND_OPACITY)
        layers.append(Overlay(np.array([shapely.difference(whole, inner)], dtype=object), ink))
        legend.append(Entry(_band_text(band.iloc[0].to_dict(), lang), ink))
        inner = whole
    title = say.pick(lang, "步行到得了的范围", "Where a walk leads")
    layers.append(Signs(shapes_of(origins), HERE))
    alt = say.pick(lang, f"{title}，{len(origins)} 个起点。", f"{title}, from {len(origins)} place(s).")
    return Told(title, alt, tuple(layers), tuple(legend), say.pick(lang, "步行", "On foot"), box_of(bands))


def _band_text(band: dict[str, object], lang: say.Lang) -> str:
    minutes = band.get("minutes")
    if isinstance(minutes, float | int) and np.isfinite(minutes):
        return f"{minutes:g} {say.pick(lang, '分钟', 'min')}"
    return f"{say.number(float(str(band['metres'])))} {say.pick(lang, '米', 'm')}"


def walk(answer: Answer, workspace: Workspace, lang: say.Lang) -> Told:
    """The walk with its two ends."""
    line, ends, (glyph, kind) = answer.features["walk"], answer.features["ends"], kind_of(answer, lang)
    goal = Sign(glyph, ORANGE)
    name = unit_name(workspace, str(answer.params["unit"]), lang)
    title = say.pick(lang, f"从{name}步行到最近的{kind}", f"From {name} to the nearest {kind.lower()} on foot")
    metres = float(line["metres"].iloc[0])
    layers = (Overlay(shapes_of(line), WALK), Signs(shapes_of(ends)[:1], HERE), Signs(shapes_of(ends)[1:], goal))
    told = say.pick(lang, f"步行 {say.number(metres)} 米", f"walk of {say.number(metres)} m")
    legend = (Entry(told, WALK, "line"), Entry(name, HERE), Entry(kind, goal))
    return Told(title, f"{title}，{told}。" if lang == "zh" else f"{title}, {told}.", layers, legend, box=box_of(line, ends, more=0.12))


def unit_name(workspace: Workspace, identity: str, lang: say.Lang) -> str:
    """The name of a compound, or its id."""
    compounds = workspace.layer("compounds")
    rows = compounds[compounds["id"] == identity].to_dict("records")
    return (name_of(rows[0], lang) if rows else "") or identity


def nearest(answer: Answer, workspace: Workspace, lang: say.Lang) -> Told:
    """Of a place: what is nearest, by rank. Of every home: how far the nearest is."""
    found, (_, kind) = answer.features["nearest"], kind_of(answer, lang)
    if "metres_1" in found:
        layers, legend = walked(found, "metres_1", lang, beneath=False)
        title = say.pick(lang, f"到最近的{kind}要走多远", f"How far the nearest {kind.lower()} is")
        return Told(title, title, tuple(layers), tuple(legend), say.pick(lang, "步行（米）", "Walk (m)"))
    layers = [Signs(shapes_of(row), Sign(str(rank), ORANGE)) for rank, row in found.groupby("rank", sort=True)]
    legend = [Entry(say.pick(lang, "起点", "start"), HERE), Entry(say.pick(lang, f"第几近的{kind}", f"{kind}, by rank"), Sign("1", ORANGE))]
    title = say.pick(lang, f"最近的{kind}", f"The nearest {kind.lower()}")
    layers.append(Signs(shapes_of(answer.features["origin"]), HERE))
    return Told(title, title, tuple(layers), tuple(legend), box=box_of(found, answer.features["origin"], more=0.12))


def topology(answer: Answer, workspace: Workspace, lang: say.Lang) -> Told:
    """Streets cut off from the network, gates that lead nowhere."""
    islands, gates = answer.features["islands"], answer.features["gates"]
    gate = Sign("门", RED, radius=1.7)
    layers: list[Layer] = [Overlay(shapes_of(islands), _CUT_OFF), Signs(shapes_of(gates), gate)]
    legend = [Entry(say.pick(lang, "与主网不相连的路", "cut off from the network"), _CUT_OFF, "line")] if len(islands) else []
    legend += [Entry(say.pick(lang, "走不通的门", "gate that leads nowhere"), gate)] if len(gates) else []
    title = say.pick(lang, "路网是否连通", "Is the network whole")
    alt = say.pick(lang, f"{len(islands)} 片路网与主网不相连，{len(gates)} 扇门走不通。",
                   f"{len(islands)} parts cut off, {len(gates)} gates that lead nowhere.")
    return Told(title, alt, tuple(layers), tuple(legend), "" if legend else alt)


def catchments(answer: Answer, workspace: Workspace, lang: say.Lang) -> Told:
    """Units by what there is for a thousand residents, and the facilities that share it out."""
    glyph, kind = kind_of(answer, lang)
    layers, legend = access(answer.features["units"], "access_per_1000", lang)
    signs, told = facility_signs(answer.features["facilities"], glyph, kind, lang)
    title = say.pick(lang, f"每千名居民可得的{kind}", f"{kind} for a thousand residents")
    return Told(title, title, (*layers, *signs), (*legend, *told), say.pick(lang, "每千人", "Per thousand"))


def equity(answer: Answer, workspace: Workspace, lang: say.Lang) -> Told:
    """Units by the walk to the nearest."""
    _, kind = kind_of(answer, lang)
    layers, legend = walked(answer.features["units"], "walk_m", lang)
    title = say.pick(lang, f"到最近的{kind}要走多远", f"How far the nearest {kind.lower()} is")
    return Told(title, title, tuple(layers), tuple(legend), say.pick(lang, "步行（米）", "Walk (m)"))


def chances(answer: Answer, workspace: Workspace, lang: say.Lang) -> Told:
    """Units by what lies within a walk of them, at the widest reach asked."""
    _, kind = kind_of(answer, lang) if answer.params["kind"] else ("", say.pick(lang, "居民", "Residents"))
    reach = str(answer.params["within"][-1])
    layers, legend = access(answer.features["units"], f"{answer.params['of']}_{reach}", lang)
    within = say.pick(lang, reach.replace("min", " 分钟").replace("m", " 米"), reach.replace("m", " m", 1))
    title = say.pick(lang, f"步行 {within}内有多少{kind}", f"{kind} within a walk of {within}")
    return Told(title, title, tuple(layers), tuple(legend), say.pick(lang, "人均", "On average"))


def green(answer: Answer, workspace: Workspace, lang: say.Lang) -> Told:
    """Units by whether a green is within a walk."""
    units, metres = answer.features["units"], float(answer.params["green_m"])
    judged = units.assign(status=units["green_status"], beyond_m=(units["green_walk_m"] - metres).where(units["green_walk_m"] > metres))
    layers, legend = by_status(judged, lang)
    title = say.pick(lang, f"步行 {metres:g} 米内有绿地", f"A green within a walk of {metres:g} m")
    return Told(title, _counted(judged["status"], title, lang), tuple(layers), tuple(legend))


PAINTERS: dict[str, Painter] = {
    "coverage": coverage, "gaps": coverage, "clause": coverage, "audit": audit, "isochrone": isochrone, "isochrones": isochrone, "walk": walk,
    "nearest": nearest, "topology": topology, "catchments": catchments, "equity": equity, "opportunities": chances, "green": green,
    "night_run": night_run, "marks": marks,
    "red_walkway": red_walkway,
    "signs": signs,
    "works": works,
    "green_links": green_links,
    "loops": loops,
    "blue_net": blue_net, "structure": structure,
}
