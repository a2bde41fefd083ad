"""One page for one compound, and one for one committee: its map, its figures, what every clause says of its people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import geopandas as gpd
import pandas as pd
import shapely

from wanli_geo.answer import Answer
from wanli_geo.errors import BadMeasure
from wanli_geo.report import say
from wanli_geo.report.about import attribution, made_of, run_ids, sketched
from wanli_geo.report.circle_words import people, standards_named
from wanli_geo.report.document import Block, Document, Figure, Figures, Picture, Section, Table, Text, Tone
from wanli_geo.report.drawing import place_map
from wanli_geo.report.matrix import matrix_cell
from wanli_geo.report.tables import Tongue, table_of, tongue_of
from wanli_geo.report.telling import place
from wanli_geo.workspace.store import Workspace

# Clauses, and compounds of a committee, that fit under the map of one page.
CLAUSES, OF_COMMITTEE, COMPOUNDS = 9, 9, 6
# The walks drawn on the map of a compound: so many services, and none so far that the map would show little else.
WALKS, FARTHEST_M = 6, 1_000.0
_FLAT = 1.8
_HEADS = {"name": ("条文", "Clause"), "people_gap": ("缺口（人）", "In a gap")}


def walks_worth(sheet: Answer) -> list[str]:
    """The clauses whose walk the map of a compound draws, by their keys, each to another place: the heaviest gaps, then the longest walks."""
    table = sheet.tables["clauses"]
    walked = table[(table["walk_m"] <= FARTHEST_M) & table["nearest_id"].notna()]
    first = walked.sort_values(["burden", "walk_m"], ascending=False).drop_duplicates("nearest_id")
    return [f"{row.standard}/{row.clause}" for row in first.head(WALKS).itertuples()]


def unit_sheet(sheet: Answer, walks: Sequence[Answer], workspace: Workspace, lang: str = "zh", *, date: str = "") -> Document:
    """Compose the page of one compound from its sheet of clauses and the walks of `walks_worth`.

    Raises:
        WrongUsage: a language other than zh and en.
    """
    tongue = tongue_of(workspace, lang)
    name = tongue.name(say.named(sheet.params["name"], sheet.params["unit"]))
    clauses = sheet.tables["clauses"]
    known = clauses[clauses["people_gap"] + clauses["people_covered"] > 0]
    known = known.assign(short=known["people_gap"] > 0).sort_values(["short", "burden"], ascending=False)
    columns = ("name", "measure", "people_gap", "walk_m", "beyond_m", "nearest_name", "reason")
    blocks: list[Block] = [
        Figures(_of_clauses(float(sheet.fact("people_total") or 0), clauses, tongue)),
        Text(_ages(sheet, tongue), "quiet"),
        _around(sheet, walks, workspace, tongue),
        table_of(known.head(CLAUSES), columns, tongue, name=("逐条", "Clauses"), note=_rest(known, CLAUSES, tongue),
                 title=tongue.pick("逐条：缺口最重的在前", "Clause by clause, heaviest gaps first"), titles=_HEADS),
        Text(_blind(clauses, tongue), "quiet"),
    ]
    return _document(name, tongue.name(sheet.params["committee"]), [sheet, *walks], blocks, workspace, tongue, date)


def _around(sheet: Answer, walks: Sequence[Answer], workspace: Workspace, tongue: Tongue) -> Picture:
    """The compound with its gates, and the walks to the services of its heaviest gaps."""
    unit = str(sheet.params["unit"])
    drawn = [walk.features["walk"] for walk in walks]
    lines = gpd.GeoDataFrame(pd.concat(drawn, ignore_index=True), crs="EPSG:4326") if drawn else None
    compounds = workspace.layer("compounds")
    own = compounds[compounds["id"] == unit] if (compounds["id"] == unit).any() else workspace.layer("homes").query("id == @unit")
    kinds = dict.fromkeys(kind for walk in walks for kind in walk.params["kinds"])
    around = shapely.union_all([*own.geometry, *([] if lines is None else lines.geometry)])
    drawn_map = place_map(workspace, around, tongue.lang, highlight=[unit], walks=lines, services=kinds, made=made_of([sheet]),
                          run_ids=run_ids([sheet]), title=tongue.pick("最近的服务怎么走", "The walks to the nearest services"))
    return replace(drawn_map, aspect=_FLAT, fills=True)


def committee_sheet(audit: Answer, committee: str, workspace: Workspace, lang: str = "zh", *, date: str = "") -> Document:
    """Compose the page of one committee, by its id, from an audit.

    Raises:
        BadMeasure: the audit knows no such committee.
        WrongUsage: a language other than zh and en.
    """
    tongue = tongue_of(workspace, lang)
    matrix, drawn = audit.tables["matrix"], audit.features["compounds"]
    own = matrix[matrix["committee_id"] == committee]
    if own.empty:
        raise BadMeasure(f"没有居委会“{committee}”；编号见 committees 图层。",
                         f"There is no committee “{committee}”; the ids are in the layer committees.")
    about = audit.tables["clauses"][["standard", "clause", "code", "name", "name_en", "measure", "basis", "required", "kinds"]]
    clauses = own.merge(about, on=["standard", "clause"], how="left", sort=False)
    units = drawn[drawn["committee_id"] == committee]
    name = tongue.pick(say.named(own.iloc[0]["committee"], committee), say.named(own.iloc[0]["committee_en"], own.iloc[0]["committee"], committee))
    blocks: list[Block] = [Figures(_of_clauses(float(units["people"].sum()), clauses, tongue))]
    blocks += _map(clauses, units, committee, audit, workspace, tongue)
    blocks += [_worst_clauses(clauses, tongue), _compounds(units, tongue), Text(_blind(clauses, tongue), "quiet")]
    return _document(name, standards_named(audit, tongue), [audit], blocks, workspace, tongue, date)


def _document(
    name: str, subtitle: str, answers: Sequence[Answer], blocks: Sequence[Block], workspace: Workspace, tongue: Tongue, date: str
) -> Document:
    return Document(kind="sheet", lang=tongue.lang, title=name, subtitle=subtitle, place=place(workspace, tongue), date=date,
                    sketch=sketched(answers), sections=(Section("", tuple(blocks)),), about=(), attribution=attribution(answers),
                    run_ids=run_ids(answers[:1]))


def _of_clauses(residents: float, clauses: pd.DataFrame, tongue: Tongue) -> tuple[Figure, ...]:
    """Residents, and how many clauses cover all of them, leave some in a gap, are not known of."""
    gap = clauses["people_gap"].gt(0)
    blind = clauses["people_unknown"].gt(0) & ~gap
    whole = clauses["people_covered"].gt(0) & ~gap & ~blind
    counts: tuple[tuple[str, str, int, Tone], ...] = (
        ("有缺口的条文", "Clauses with a gap", int(gap.sum()), "gap"), ("人人覆盖的条文", "Clauses that cover all", int(whole.sum()), "good"),
        ("资料不全、有人未知的条文", "Clauses unknown of some", int(blind.sum()), "unknown"))
    everybody = Figure(tongue.pick("居民", "Residents"), say.fact(residents, "人", tongue.lang))
    of_clauses = (Figure(tongue.pick(zh, en), say.fact(count, "条", tongue.lang), tone=tone if count else "plain") for zh, en, count, tone in counts)
    return (everybody, *of_clauses)


def _blind(clauses: pd.DataFrame, tongue: Tongue) -> str:
    """Say how many clauses nothing is known of, and how all was counted."""
    blind = int(((clauses["people_covered"] + clauses["people_gap"] <= 0) & (clauses["people_unknown"] > 0)).sum())
    lost = tongue.pick(f"另有 {blind} 条因为设施没有查全，还判断不了：没有数据不等于没有，名单见完整报告。",
                       f"{blind} more clauses cannot be judged yet, their services not being surveyed: no data is not zero; the report names them. ")
    how = tongue.pick("按路网从家走到设施入口，不画圈；方法、来源与须知见完整报告。",
                      "Walked along the streets to an entrance, no circles; method, sources and caveats stand in the whole report.")
    return lost + how if blind else how


def _ages(sheet: Answer, tongue: Tongue) -> str:
    """Residents by age; those of no stated age only where there are any."""
    ages = sheet.tables["ages"]
    shown = ages[(ages["group"] != "unstated") | (ages["people"] > 0)]
    parts = [f"{name} {people(count, tongue)}" for name, count in zip(shown[tongue.pick("name", "name_en")], shown["people"], strict=True)]
    return tongue.pick("居民年龄：", "Residents by age: ") + tongue.join(parts) + tongue.pick("。", ".")


def _map(clauses: pd.DataFrame, units: gpd.GeoDataFrame, committee: str, audit: Answer, workspace: Workspace, tongue: Tongue) -> list[Picture]:
    """The committee with its compounds and gates, and the services that most of its people lack; nothing where it is nowhere."""
    areas = workspace.layer("committees")
    area = areas[areas["id"] == committee] if (areas["id"] == committee).any() else units
    if area.empty:
        return []
    short = clauses[clauses["people_gap"] > 0].sort_values("people_gap", ascending=False)
    services = dict.fromkeys(kind for kinds in short["kinds"].head(WALKS) for kind in kinds.split(","))
    title = tongue.pick("缺口最大的几类服务在哪里", "Where the services lacked most are")
    drawn = place_map(workspace, shapely.union_all(area.geometry.to_numpy()), tongue.lang, highlight=[committee], services=services, title=title,
                      made=audit.made_of, run_ids=run_ids([audit]))
    return [replace(drawn, aspect=_FLAT, fills=True)]


def _worst_clauses(clauses: pd.DataFrame, tongue: Tongue) -> Table:
    short = clauses[clauses["people_gap"] > 0].sort_values("people_gap", ascending=False, kind="stable")
    shown = short.head(OF_COMMITTEE)
    tints = {(row, 5): tint for row, record in enumerate(shown.to_dict("records")) if (tint := matrix_cell(record).tint) is not None}
    columns = ("name", "required", "measure", "people_gap", "people_unknown", "share_covered")
    return table_of(shown, columns, tongue, name=("缺口条文", "Gaps"), note=_rest(short, OF_COMMITTEE, tongue),
                    title=tongue.pick("缺口人数最多的条文", "Clauses with most people in a gap"), titles=_HEADS, tints=tints)


def _compounds(units: gpd.GeoDataFrame, tongue: Tongue) -> Table:
    columns = ("name", "people", "people_any_gap", "clauses_covered", "clauses_gap", "clauses_unknown", "burden")
    table = pd.DataFrame(units.drop(columns="geometry"))
    return table_of(table.head(COMPOUNDS), columns, tongue, name=("小区", "Compounds"), note=_rest(table, COMPOUNDS, tongue),
                    title=tongue.pick("小区：按人数 × 超出米数", "Compounds, by people × metres beyond"))


def _rest(rows: pd.DataFrame, shown: int, tongue: Tongue) -> str:
    """How many rows the page has no room for, and where they are."""
    left = len(rows) - shown
    return tongue.pick(f"另有 {left} 行，见完整报告的工作簿", f"{left} more in the workbook of the whole report") if left > 0 else ""
