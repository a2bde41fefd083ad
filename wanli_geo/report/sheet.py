"""An answer as one sheet: a map with its figure, legend, table and caveats, in a single HTML file that asks nobody for anything."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2

from wanli_geo.answer import Answer, Made
from wanli_geo.errors import MissingExtra
from wanli_geo.report import palette, say, sheet_map
from wanli_geo.report.carto.credit import source_text
from wanli_geo.report.carto.tints import shade_text
from wanli_geo.report.naming import name_of
from wanli_geo.workspace.kinds import KINDS
from wanli_geo.workspace.people import GROUPS
from wanli_geo.workspace.store import Workspace

HERE = Path(__file__).parent
LEAFLET = HERE / "vendor" / "leaflet"
SIDE_LINES = 15  # facts and rows that fit beside the map; English words wrap, which takes two more
FIRST_COLUMNS = (0, 1, 3, 4)  # beside the map there is no room for the walk itself; it stands in the whole table

_WORDS = {
    "sketch": ("示意", "sketch"),
    "sketch_line": ("示意图：手绘数据，不作审批依据", "Sketch: drawn by hand, not a basis for approvals"),
    "north": ("北", "N"),
    "more": ("其余见下一页。", "The rest is on the next page."),
    "all_rows": ("全部有缺口的小区，按人数 × 超出米数排序", "All compounds with a gap, by people × metres beyond"),
}
_COLUMNS = (("小区", "Compound"), ("缺口人数", "In a gap"), ("平均步行", "Walk"), ("平均超出", "Beyond"), ("原因", "Why"))


@dataclass(frozen=True)
class Headline:
    """The one large figure that answers the question, the words beside it, and the fact that it already says."""

    figure: str
    beside: str
    keys: tuple[str, ...]


def sheet(answer: Answer, layers: Workspace, lang: str = "zh") -> str:
    """Write an answer as one HTML document; the same answer gives the same bytes.

    It loads nothing: styles, script and map are inside. Open it as a file, send it, or print it on A4 laid across.

    Raises:
        WrongUsage: a language other than zh and en.
        MissingExtra: Leaflet is not in this installation.
    """
    tongue = say.lang_of(lang)
    map_html, map_script = sheet_map.draw(answer, layers, tongue)
    headline = _headline(answer, tongue)
    facts = [
        {"label": say.pick(tongue, fact.zh, fact.en), "value": say.fact(fact.value, fact.unit, tongue)}
        for fact in answer.facts
        if fact.key not in headline.keys and not (fact.key.startswith(("places_", "facilities_not")) and not fact.value)
    ]
    template = jinja2.Environment(autoescape=True, trim_blocks=True, undefined=jinja2.StrictUndefined).from_string(_own("sheet.html"))
    return template.render(
        lang_tag="zh-CN" if tongue == "zh" else "en",
        place=say.pick(tongue, layers.catalogue.name, layers.catalogue.name_en),
        title=title(answer, layers, tongue),
        words={key: say.pick(tongue, *pair) for key, pair in _WORDS.items()},
        sketch=any(made.accuracy == "sketch" for made in answer.made_of),
        badge=not any(word in layers.catalogue.name + layers.catalogue.name_en for word in _WORDS["sketch"]),
        colors=_colors(),
        headline=headline,
        bar=_bar(answer),
        bar_label=headline.figure,
        facts=facts,
        legend=_legend(answer, tongue),
        columns=[say.pick(tongue, *pair) for pair in _COLUMNS],
        rows=_rows(answer, tongue),
        first_rows=SIDE_LINES - len(facts) - (0 if tongue == "zh" else 2),
        first_columns=FIRST_COLUMNS,
        caveats=[say.pick(tongue, caveat.zh, caveat.en) for caveat in answer.caveats],
        sources=_sources(answer.made_of, tongue),
        run=say.pick(tongue, f"运行号 {answer.run_id} · wanli-geo", f"Run {answer.run_id} · wanli-geo"),
        map_html=map_html,
        map_script=map_script,
        css=_own("sheet.css"),
        leaflet_css=_leaflet_css(),
        leaflet_js=_leaflet("leaflet.js").replace("//# sourceMappingURL=leaflet.js.map", ""),
    )


def _colors() -> dict[str, str]:
    """The colours that the sheet's own styles use, by the names they have there."""
    inks = {theme.code: theme.ink for theme in palette.THEMES}
    return {
        "ink": palette.INK, "quiet": palette.QUIET, "outside": palette.GROUND["outside"], "action": palette.ACTION,
        "covered": palette.COVERED_INK, "gap": palette.gap_shades()[2].color, "unknown": palette.UNKNOWN, "stripe": palette.UNKNOWN_STRIPE,
        "sign": inks["orange"], "water": inks["blue"], "green": inks["green"], "warning": inks["red"],
    }


def title(answer: Answer, layers: Workspace, lang: say.Lang) -> str:
    """Say the question as a heading."""
    if answer.question in ("coverage", "gaps"):
        within = next(fact for fact in answer.facts if fact.key == "people_covered")
        who_zh, who_en, _ = GROUPS[str(answer.params["people"])]
        everyone = answer.params["people"] == "all"
        zh = f"{within.zh}的{'' if everyone else who_zh}居民"
        en = f"Residents{'' if everyone else ' ' + who_en} {within.en[:1].lower()}{within.en[1:]}"
        return say.pick(lang, zh, en)
    if answer.question == "walk":
        kind, compounds = KINDS[str(answer.params["kind"])], layers.layer("compounds")
        unit = compounds[compounds["id"] == answer.params["unit"]].to_dict("records")
        name = (name_of(unit[0], lang) if unit else "") or str(answer.params["unit"])
        return say.pick(lang, f"从{name}步行到最近的{kind.zh}", f"From {name} to the nearest {kind.en.lower()} on foot")
    bands = answer.features["bands"]["minutes"].tolist()
    shown = [minutes_text(value) for value in bands]
    return say.pick(lang, f"从这里步行 {'、'.join(shown)} 分钟到得了哪里", f"Where a walk of {', '.join(shown)} minutes leads")


def minutes_text(value: float) -> str:
    """Minutes as a band is named: whole where they are whole."""
    return say.number(value, 0 if abs(value - round(value)) < 0.05 else 1)


def _headline(answer: Answer, lang: say.Lang) -> Headline:
    if answer.question == "coverage":
        covered = say.fact(answer.fact("people_covered"), "人", lang) + say.pick(lang, "", " people")
        least = say.pick(lang, "至少 ", "≥ ") if answer.fact("people_unknown") and answer.fact("share_covered") is not None else ""
        return Headline(least + say.fact(answer.fact("share_covered"), "share", lang), f"· {covered}", ("share_covered", "people_covered"))
    if answer.question == "gaps":
        of = say.fact(answer.fact("people_total"), "人", lang)
        figure = say.fact(answer.fact("people_gap"), "", lang)
        return Headline(figure, say.pick(lang, f"人在缺口中 · 共 {of}", f"people in a gap · of {of}"), ("people_gap",))
    if answer.question == "walk":
        minutes = answer.fact("walk_min")
        beside = "" if not isinstance(minutes, int | float) else "· " + say.number(minutes, 0) + say.pick(lang, " 分钟", " min")
        return Headline(say.fact(answer.fact("walk_m"), "m", lang), beside, ("walk_m", "walk_min"))
    last = answer.facts[len(answer.features["bands"]) - 1]
    return Headline(say.fact(last.value, "", lang), say.pick(lang, f"人 · {last.zh}", f"· {last.en[:1].lower()}{last.en[1:]}"), (last.key,))


def _bar(answer: Answer) -> list[dict[str, Any]]:
    """Covered, gap and unknown people as parts of one bar; nothing without people."""
    if answer.question not in ("coverage", "gaps"):
        return []
    parts = [{"key": key, "people": float(answer.fact(f"people_{key}") or 0)} for key in ("covered", "gap", "unknown")]
    return [part for part in parts if part["people"]]


def _legend(answer: Answer, lang: say.Lang) -> list[dict[str, Any]]:
    """Only what this map shows."""
    if answer.question == "walk":
        return []
    if answer.question == "isochrone":
        minutes = sorted(answer.features["bands"]["minutes"])
        return [
            _area(color, color, say.pick(lang, f"{minutes_text(value)} 分钟", f"{minutes_text(value)} min"), palette.BAND_OPACITY)
            for color, value in zip(palette.BAND_COLORS, minutes, strict=False)
        ]
    units, facilities = answer.features["units"], answer.features["facilities"]
    items = []
    if (units["status"] == "covered").any():
        items.append(_area(palette.COVERED, palette.COVERED, say.pick(lang, "已覆盖", "covered")))
    gaps = units[units["status"] == "gap"]
    present = set(palette.gap_class(gaps["beyond_m"].to_numpy(float)).tolist())
    items += [_area(shade.color, palette.GAP_INK, shade_text(shade, lang)) for row, shade in enumerate(palette.gap_shades()) if row in present]
    if (units["status"] == "unknown").any():
        items.append(_area(sheet_map.HATCH, palette.UNKNOWN_INK, say.pick(lang, "未知", "unknown")))
    kind = KINDS[str(answer.params["kind"])]
    used = facilities["used"].astype(bool)
    if used.any():
        items.append(_sign(kind.glyph, "sign-used", say.pick(lang, kind.zh, kind.en)))
    if (~used).any():
        items.append(_sign(kind.glyph, "sign-planned", say.pick(lang, "规划或停用，未计入", "planned or closed, not counted")))
    return items


def _area(fill: str, edge: str, label: str, opacity: float = 1.0) -> dict[str, Any]:
    return {"symbol": "area", "fill": fill, "edge": edge, "opacity": opacity, "label": label}


def _sign(glyph: str, class_name: str, label: str) -> dict[str, Any]:
    return {"symbol": "sign", "glyph": glyph, "class_name": class_name, "label": label}


def _rows(answer: Answer, lang: say.Lang) -> list[list[str]]:
    """The compounds with people in a gap, in the order of the answer's own table."""
    if "units" not in answer.tables:
        return []
    table = answer.tables["units"]
    return [
        [
            name_of(row, lang) or str(row["id"]),
            say.fact(row["people_gap"], "", lang),
            say.fact(row["walk_m"], "m", lang),
            say.fact(row["beyond_m"], "m", lang),
            say.reason(row["reason"] if isinstance(row["reason"], str) else None, lang),
        ]
        for row in table[table["people_gap"] > 0].to_dict("records")
    ]


def _sources(made_of: Sequence[Made], lang: say.Lang) -> str:
    """Every source once, with its dates and licences; attributions as their owners ask."""
    by_source: dict[str, dict[str, None]] = {}
    for made in made_of:
        of = by_source.setdefault(source_text(made, lang), {})
        of.update(dict.fromkeys(part for part in (made.date, made.licence) if part))
    said = [" · ".join((text, *parts)) for text, parts in by_source.items()]
    owners = dict.fromkeys(made.attribution for made in made_of if made.attribution)
    return say.pick(lang, "数据：", "Data: ") + say.pick(lang, "；", "; ").join(said) + "".join(f" · {owner}" for owner in owners)


def _own(name: str) -> str:
    return (HERE / name).read_text("utf-8")


def _leaflet(name: str) -> str:
    file = LEAFLET / name
    if not file.is_file():
        raise MissingExtra(
            f"安装里缺少 Leaflet（{name}），做不了图；请联网重新安装：pip install --force-reinstall wanli-geo。",
            f"Leaflet ({name}) is missing from this installation, so no map can be made; "
            "reinstall with a network: pip install --force-reinstall wanli-geo.",
        )
    return file.read_text("utf-8")


def _leaflet_css() -> str:
    """Leaflet's styles without comments, its images inside."""
    bare = re.sub(r"/\*.*?\*/", "", _leaflet("leaflet.css"), flags=re.DOTALL)
    return re.sub(r"url\((images/[a-z0-9-]+\.png)\)", lambda found: f"url({_data_uri(LEAFLET / found[1])})", bare)


def _data_uri(image: Path) -> str:
    return "data:image/png;base64," + base64.b64encode(image.read_bytes()).decode()
