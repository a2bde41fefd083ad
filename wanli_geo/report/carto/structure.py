"""One road, one water, two homes: each part in the colour of its role, what is not confirmed dashed."""

from __future__ import annotations

from wanli_geo.answer import Answer
from wanli_geo.report import palette, say
from wanli_geo.report.carto.furniture import Entry
from wanli_geo.report.carto.inks import Ink
from wanli_geo.report.carto.scene import Layer, Overlay
from wanli_geo.report.carto.tints import shapes_of
from wanli_geo.report.carto.told import Told, box_of
from wanli_geo.workspace.store import Workspace

_DASH = "1.4 1.0"
_ROLES = (("home", "#d07a1f", "家园", "home"), ("road", "#c3272b", "一路", "one road"), ("water", "#1f6fb2", "一水", "one water"))


def structure(answer: Answer, workspace: Workspace, lang: say.Lang) -> Told:
    """Homes beneath, road and water over them."""
    parts = answer.features["structure"]
    layers: list[Layer] = []
    legend: list[Entry] = []
    for role, color, zh, en in _ROLES:
        for sure, note_zh, note_en in ((True, "", ""), (False, "（候选，待街道确认）", " (candidate, to be confirmed)")):
            chosen = (parts["role"] == role).to_numpy(bool) & (parts["confirmed"].to_numpy(bool) == sure)
            if chosen.any():
                ink = Ink(color if role == "home" else "", color, 1.0, "" if sure else _DASH, 0.2, halo=palette.WHITE, bold=True)
                layers.append(Overlay(shapes_of(parts)[chosen], ink))
                legend.append(Entry(say.pick(lang, zh + note_zh, en + note_en), ink, "area" if role == "home" else "line"))
    title = say.pick(lang, "一路一水两家园", "One road, one water, two homes")
    loose = int((~parts["confirmed"]).sum())
    alt = say.pick(lang, f"{title}：{len(parts)} 处，{loose} 处待街道确认。", f"{title}: {len(parts)} part(s), {loose} to be confirmed.")
    return Told(title, alt, tuple(layers), tuple(legend), box=box_of(parts, more=0.1), unit_names=False)
