"""The map of signs: each right, wrong or not known by its mark, and the corners that lack one, by rank."""

from __future__ import annotations

from dataclasses import replace

from wanli_geo.answer import Answer
from wanli_geo.report import palette, say
from wanli_geo.report.carto.furniture import Entry
from wanli_geo.report.carto.inks import Sign
from wanli_geo.report.carto.scene import Layer, Signs
from wanli_geo.report.carto.tints import shapes_of
from wanli_geo.report.carto.told import Told
from wanli_geo.workspace.store import Workspace

# The colour says it, and so does the mark inside, for who sees no colours; without a mark how many are wrong of how many.
_MARKS = {
    "wrong": (Sign("", palette.GAP_INK, solid=True, radius=2.1), "不准：几条中的几条", "wrong: how many of its minutes"),
    "unknown": (Sign("?", palette.UNKNOWN_INK, radius=1.7, dashed=True), "有地方对不上", "some place not known"),
    "accurate": (Sign("✓", palette.COVERED_INK, solid=True, radius=1.7), "分钟数都准", "all minutes right"),
    "unpainted": (Sign("—", palette.UNKNOWN_INK, radius=1.7), "没写分钟数", "no minutes painted"),
}
_LACKING, _LATER = Sign("1", palette.ACTION, radius=1.6), Sign("", palette.ACTION)


def signs(answer: Answer, workspace: Workspace, lang: say.Lang) -> Told:
    """Signs by whether they tell the truth; of the corners without one those to be signed first numbered, the others as dots."""
    standing, lacking = answer.features["signs"], answer.features["decisions"]
    standing = standing.assign(share=[f"{wrong}/{every}" for wrong, every in zip(standing["faces_wrong"], standing["faces"], strict=True)])
    layers, legend = list[Layer](), list[Entry]()
    for status, (mark, zh, en) in _MARKS.items():
        own = (standing["status"] == status).to_numpy(bool)
        if own.any():
            marks = [(rows, replace(mark, glyph=mark.glyph or share)) for share, rows in standing[own].groupby("share")]
            layers += [Signs(shapes_of(rows), one) for rows, one in marks]
            legend.append(Entry(say.pick(lang, f"{zh}（{own.sum()} 块）", f"{en} ({own.sum()})"), marks[0][1]))
    first = lacking["rank"].to_numpy() <= int(answer.params["most"])
    layers += [Signs(shapes_of(row), replace(_LACKING, glyph=str(rank))) for rank, row in lacking[first].groupby("rank", sort=True)]
    layers.append(Signs(shapes_of(lacking)[~first], _LATER))
    if first.any():
        legend.append(Entry(say.pick(lang, "建议立牌，按需要排", "to be signed, by need"), _LACKING))
    if (~first).any():
        legend.append(Entry(say.pick(lang, "其余缺牌的岔口", "other corners without a sign"), _LATER))
    title = say.pick(lang, "标识准不准，哪里缺牌", "Signs: right or wrong, and where one is missing")
    wrong = int((standing["status"] == "wrong").sum())
    alt = say.pick(lang, f"{len(standing)} 块标识中 {wrong} 块有分钟数不准；{len(lacking)} 处岔口缺牌。",
                   f"{wrong} of {len(standing)} signs have wrong minutes; {len(lacking)} corners lack a sign.")
    return Told(title, alt, tuple(layers), tuple(legend), say.pick(lang, "标识", "Signs"), unit_names=False)
