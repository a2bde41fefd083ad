"""The pages of a life circle report that each tell one theme: of services by their clauses, of green and water, of the plan's own layers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from wanli_geo.answer import Answer
from wanli_geo.report import palette, say
from wanli_geo.report.charts import Series, bars
from wanli_geo.report.circle_words import clause_named, of_clause, of_group
from wanli_geo.report.document import Block, Figure, Figures, Items, Picture, Section
from wanli_geo.report.drawing import theme_map
from wanli_geo.report.palette import THEMES as LAYER_THEMES
from wanli_geo.report.tables import UNVERIFIED, Tongue, table_of
from wanli_geo.report.telling import maps
from wanli_geo.report.themes import LAYERS, facts_of
from wanli_geo.workspace.kinds import KINDS
from wanli_geo.workspace.store import Workspace

# An A4 page holds a map, a chart and the first compounds of a table (the workbook has all): a bar more makes the map so much flatter.
_WIDTH_MM, _BAR_MM = 174.0, 5.6
_HIGHEST_MM, _LEAST_MM, _BARS = 86.0, 60.0, 3
_OVERVIEW_MM = 48.0
_NAMED, _LEAST_ASPECT = 8, 1.25  # rows below a map that has its page to itself, and how high that may stand
# Rows below a chart of few clauses and of many.
_MANY, _SHOWN, _SHOWN_OF_MANY = 6, 4, 3


@dataclass(frozen=True)
class ServiceTheme:
    """A page of services: the groups of the taxonomy that it tells."""

    code: str
    zh: str
    en: str
    groups: tuple[str, ...]


SERVICES = (
    ServiceTheme("elder", "为老服务", "Elders", ("elder",)),
    ServiceTheme("health", "卫生", "Health", ("health",)),
    ServiceTheme("child", "儿童与教育", "Children and schools", ("child",)),
    ServiceTheme("culture", "文化体育", "Culture and sport", ("culture", "sport")),
    ServiceTheme("shop", "商业", "Shops", ("shop",)),
    ServiceTheme("office", "政务与党群", "Public offices and community", ("office", "party")),
    ServiceTheme("city", "交通、环卫与安全", "Transport, sanitation and safety", ("transport", "care", "safety")),
    ServiceTheme("green", "绿地与亲水", "Green and water", ("green",)),
)
# The three wishes of the question of green: how its facts and columns begin.
_WISHES = ("green", "park", "water")
_PLACES = {"green": ("绿地", "Green"), "park": ("公园", "Park"), "water": ("水边", "Water")}
_STATUSES = ("covered", "gap", "unknown")


def clauses_of(audit: Answer, theme: ServiceTheme) -> pd.DataFrame:
    """The clauses whose first kind of service is of this theme, in their order."""
    table = audit.tables["clauses"]
    groups = [KINDS[first].group if (first := kinds.split(",")[0]) in KINDS else "" for kinds in table["kinds"]]
    return table[[group in theme.groups for group in groups]]


def most_telling(audit: Answer) -> dict[str, str]:
    """Theme → the key of the clause that its map shows: of the walks that are known of, that with most people in a gap.

    A theme of which nothing is known has none: its map would be one hatching.
    """
    told = {}
    for theme in SERVICES:
        rows = clauses_of(audit, theme)
        known = rows[(rows["people_covered"] + rows["people_gap"] > 0) & ~rows["measure"].isin(("presence", "index"))]
        if len(known):
            best = known.loc[known["people_gap"].idxmax()]
            told[theme.code] = f"{best['standard']}/{best['clause']}"
    return told


def theme_answers(audit: Answer, clause: Callable[[str], Answer], green: Callable[[], Answer]) -> dict[str, list[Answer]]:
    """Ask what the pages of the themes tell: of each its most telling clause, and who walks to a green."""
    themes = {theme: [clause(key)] for theme, key in most_telling(audit).items()}
    return {**themes, "green": [*themes.get("green", []), green()]}


def theme_bars(audit: Answer, tongue: Tongue) -> Picture:
    """What is known and what is short by theme: the people of all its clauses together, each clause counting its own."""
    tables = {theme: rows for theme in SERVICES if len(rows := clauses_of(audit, theme))}
    people = [[float(rows[f"people_{status}"].sum()) for rows in tables.values()] for status in _STATUSES]
    title = tongue.pick("各主题的“人 × 条文”：已覆盖、缺口、未知", "People × clauses by theme: covered, in a gap, unknown")
    drawn = _people_bars(title, [tongue.pick(theme.zh, theme.en) for theme in tables], people, tongue, unit="")
    return replace(drawn, aspect=_WIDTH_MM / _OVERVIEW_MM)


def service_pages(audit: Answer, themes: Mapping[str, Sequence[Answer]], workspace: Workspace, tongue: Tongue) -> list[Section]:
    """One page a theme that has a clause, and one for the question of green."""
    pages = []
    for theme in SERVICES:
        rows, answers = clauses_of(audit, theme), [answer for answer in themes.get(theme.code, ()) if answer.question == "clause"]
        if len(rows):
            pages.append(Section(tongue.pick(theme.zh, theme.en), tuple(_page(theme, rows, answers, workspace, tongue)), page=True))
    greens = [answer for of_theme in themes.values() for answer in of_theme if answer.question == "green"]
    title = tongue.pick("见绿、见园、亲水", "A green, a park, the water in reach")
    return pages + [Section(title, tuple(_green(answer, workspace, tongue)), page=True) for answer in greens]


def _page(theme: ServiceTheme, rows: pd.DataFrame, answers: Sequence[Answer], workspace: Workspace, tongue: Tongue) -> list[Block]:
    """What the clauses come to, in sentences; the map of those told, a bar for each, and who lacks most."""
    keys = (rows["standard"] + "/" + rows["clause"]).tolist()
    told = [rows.iloc[keys.index(str(answer.params["clause"]))] for answer in answers]
    names = [clause_named(row, tongue) for row in told]
    shown = _SHOWN if len(rows) < _MANY else _SHOWN_OF_MANY
    drawn = _some_known(rows)
    blocks: list[Block] = [Items((*of_group(rows, tongue), *(line for row in told for line in of_clause(row, tongue))))]
    for answer, name in zip(answers, names, strict=True):
        blocks += maps(answer, workspace, tongue, title=name, aspect=_aspect(len(drawn)))
    return [*blocks, _clause_bars(drawn, tongue), *(_worst(answer, name, theme, shown, tongue) for answer, name in zip(answers, names, strict=True))]


def _some_known(rows: pd.DataFrame) -> pd.DataFrame:
    """The clauses of which something is known; those wholly unknown are told in a sentence, and drawn only where there is nothing else."""
    known = rows[rows["people_covered"] + rows["people_gap"] > 0]
    return known if len(known) else rows


def _clause_bars(rows: pd.DataFrame, tongue: Tongue) -> Picture:
    """People covered, in a gap and unknown by clause; a clause not verified says so at its bar."""
    marked = "" if rows["verified"].all() else tongue.pick(f"（{UNVERIFIED}未核实）", f" ({UNVERIFIED} not verified)")
    title = tongue.pick("逐条：居民已覆盖、缺口、未知", "By clause: residents covered, in a gap, unknown") + marked
    names = rows[tongue.pick("name", "name_en")] + rows["verified"].map({True: "", False: f" {UNVERIFIED}"})
    if rows["standard"].nunique() > 1:
        names = names + " · " + rows["standard"]
    return _people_bars(title, names.tolist(), [rows[f"people_{status}"].tolist() for status in _STATUSES], tongue)


def _people_bars(title: str, names: Sequence[str], people: Sequence[Sequence[float]], tongue: Tongue, *, unit: str = "人") -> Picture:
    """A bar each of the people covered, in a gap and unknown, in the colours of the maps, the unknown hatched."""
    parts = ((("已覆盖", "covered"), palette.COVERED_INK), (("缺口", "in a gap"), palette.gap_shades()[2].color),
             (("未知", "unknown"), palette.UNKNOWN))
    series = [Series(tongue.pick(*words), tuple(values), color, hatched=color == palette.UNKNOWN)
              for (words, color), values in zip(parts, people, strict=True)]
    return bars(title, names, series, unit=unit, lang=tongue.lang)


def _aspect(clauses: int) -> float:
    """How flat a map lies above a chart of so many bars."""
    return _WIDTH_MM / max(_LEAST_MM, _HIGHEST_MM - _BAR_MM * max(clauses - _BARS, 0))


def _worst(answer: Answer, clause: str, theme: ServiceTheme, shown: int, tongue: Tongue) -> Block:
    """The compounds with most to gain from this clause, in the order of its answer."""
    rows = answer.tables["units"]
    columns = ("name", "people_gap", "walk_m", "beyond_m", "nearest_name", "reason")
    name = (f"缺口·{theme.zh}", f"Gaps {theme.en}"[:31])
    title = tongue.pick(f"缺口最重的小区：{clause}", f"Compounds with the heaviest gap: {clause}")
    return table_of(rows[rows["people_gap"] > 0], columns, tongue, name=name, title=title, shown=shown)


def _green(answer: Answer, workspace: Workspace, tongue: Tongue) -> list[Block]:
    """The question of green: its three wishes in figures and as bars, the compounds with most people beyond a green."""
    wishes = [next(fact for fact in answer.facts if fact.key == f"{key}_people_covered") for key in _WISHES]
    keys = [f"{key}_share_people" for key in _WISHES] + ["park_m2_per_person"]
    figures = [Figure(tongue.pick(fact.zh, fact.en), say.fact(fact.value, fact.unit, tongue.lang)) for fact in answer.facts if fact.key in keys]
    labelled = [Figure(tongue.pick(wish.zh, wish.en), one.value, one.label) for wish, one in zip(wishes, figures, strict=False)]
    people = [[float(answer.fact(f"{key}_people_{status}") or 0) for key in _WISHES] for status in _STATUSES]
    units = answer.tables["units"]
    columns = ("name", "people", *(f"{key}_{column}" for key in _WISHES for column in ("people_gap", "walk_m")))
    return [
        Figures((*labelled, *figures[len(_WISHES):])),
        *maps(answer, workspace, tongue, aspect=_aspect(len(_WISHES))),
        _people_bars(tongue.pick("走得到绿地、公园、水边的居民", "Residents within a walk of a green, a park, the water"),
                     [tongue.pick(*_PLACES[key]) for key in _WISHES], people, tongue),
        table_of(units[units["green_people_gap"] > 0], columns, tongue, name=("缺口·见绿", "Gaps of green"),
                 title=tongue.pick("走不到绿地的居民最多的小区", "Compounds with most residents beyond a green"), shown=_NAMED),
    ]


def plan_pages(audit: Answer, workspace: Workspace, tongue: Tongue) -> list[Section]:
    """One page a theme of the plan that has something on the map: its figures, its map, the items of the plan that it holds."""
    pages = []
    for theme in LAYER_THEMES:
        if theme.code != "plan" and any(len(workspace.layer(name)) for name in LAYERS[theme.code]):
            facts = [fact for fact in facts_of(workspace, theme.code) if fact.value is not None]
            figures = Figures(tuple(Figure(tongue.pick(fact.zh, fact.en), say.fact(fact.value, fact.unit, tongue.lang)) for fact in facts))
            drawn = theme_map(workspace, theme.code, tongue.lang)
            blocks: list[Block] = [figures, replace(drawn, aspect=max(drawn.aspect, _LEAST_ASPECT), fills=True), *_items(audit, theme.code, tongue)]
            pages.append(Section(tongue.pick(f"规划主题：{theme.zh}", f"Theme of the plan: {theme.en}"), tuple(blocks), page=True))
    return pages


def _items(audit: Answer, code: str, tongue: Tongue) -> list[Block]:
    """The items of the plan whose main layer this theme draws."""
    plan = audit.tables["plan"]
    if plan.empty:
        return []
    own = plan[plan["layer"].str.split(", ").str[0].isin(LAYERS[code])]
    theme = next(theme for theme in LAYER_THEMES if theme.code == code)
    title = tongue.pick("工作计划中的条目", "Items of the plan")
    return [table_of(own, ("id", "name", "status", "features", "people_gap", "people_unknown"), tongue,
                     name=(f"计划·{theme.zh}", f"Plan {theme.en}"[:31]), title=title, shown=_NAMED)] if len(own) else []
