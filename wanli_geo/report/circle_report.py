"""The whole report of a life circle, from an audit and the answers of its themes: what a subdistrict office lays before a meeting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wanli_geo.answer import Answer
from wanli_geo.report import say
from wanli_geo.report.about import about, attribution, run_ids, sketched
from wanli_geo.report.circle_matrix import by_age, by_committee
from wanli_geo.report.circle_words import honest, in_brief, standards_named, to_collect
from wanli_geo.report.document import Block, Document, Figure, Figures, Items, Section, Text, Tone
from wanli_geo.report.drawing import ground_map
from wanli_geo.report.tables import Tongue, table_of, tongue_of
from wanli_geo.report.telling import maps, place
from wanli_geo.report.theme_pages import plan_pages, service_pages, theme_bars
from wanli_geo.workspace.store import Workspace

GAPS, COMPOUNDS, SURVEY = 40, 10, 35
# Facts of the cover page, the most telling first: key, tone, and what it means.
_KEY_FIGURES: tuple[tuple[str, Tone, str, str], ...] = (
    ("people_gap", "gap", "至少有一项应配服务走不到或没有", "some service they must have is too far or missing"),
    ("people_all_covered", "good", "每一项应配服务都走得到", "every service they must have is within the walk"),
    ("share_unknown", "unknown", "没有数据不等于没有设施", "no data is not zero"),
    ("share_covered", "good", "查清之后只会更高", "can only be more once surveyed"),
    ("clauses_gap", "gap", "已经查实走不到的", "known to be out of reach"),
    ("clauses_unknown", "unknown", "要补查才有结论", "to be surveyed first"),
    ("people_total", "plain", "资料中的居民", "residents on record"),
    ("clauses_unverified", "unknown", "引用前要与原文核对", "to be checked before quoting"),
)


def life_circle_report(
    audit: Answer, themes: Mapping[str, Sequence[Answer]], workspace: Workspace, lang: str = "zh", *, date: str = ""
) -> Document:
    """Compose the report of an audit; `themes` holds the answers of the pages by theme, as `theme_pages.most_telling` asks for them.

    The same answers, date and language give the same document.

    Raises:
        WrongUsage: a language other than zh and en.
    """
    tongue = tongue_of(workspace, lang)
    answers = [audit, *(answer for of_theme in themes.values() for answer in of_theme)]
    sections = (
        _brief(audit, tongue),
        *_overview(audit, workspace, tongue),
        by_committee(audit, tongue),
        by_age(audit, tongue),
        *service_pages(audit, themes, workspace, tongue),
        *plan_pages(audit, workspace, tongue),
        *_lists(audit, tongue),
    )
    return Document(
        kind="report", lang=tongue.lang, title=tongue.pick("十五分钟生活圈体检报告", "15-minute life circle report"),
        subtitle=standards_named(audit, tongue), place=place(workspace, tongue), date=date, sketch=sketched(answers),
        sections=tuple(section for section in sections if section.blocks), about=(*_rules(audit, tongue), *about(answers, tongue)),
        attribution=attribution(answers), run_ids=run_ids(answers),
        cover=ground_map(workspace, tongue.lang),
    )


def _brief(audit: Answer, tongue: Tongue) -> Section:
    """The page that is read when no other is."""
    facts = {fact.key: fact for fact in audit.facts}
    figures = tuple(Figure(tongue.pick(facts[key].zh, facts[key].en), say.fact(facts[key].value, facts[key].unit, tongue.lang), tongue.pick(zh, en),
                           tone if facts[key].value else "plain") for key, tone, zh, en in _KEY_FIGURES)
    half = len(figures) // 2
    blocks: list[Block] = [Figures(figures[:half]), Figures(figures[half:])]
    if (warning := honest(audit, tongue)) is not None:
        blocks.append(Text(warning, "unknown"))
    blocks += [Items(tuple(in_brief(audit, tongue))), theme_bars(audit, tongue)]
    return Section(tongue.pick("一页读懂", "In one page"), tuple(blocks), page=True)


def _overview(audit: Answer, workspace: Workspace, tongue: Tongue) -> list[Section]:
    """Where the gaps are: the map of compounds and those to look at first."""
    columns = ("name", "committee", "people", "people_any_gap", "clauses_covered", "clauses_gap", "clauses_unknown", "burden")
    first = table_of(audit.tables["compounds"], columns, tongue, name=("小区", "Compounds"), shown=COMPOUNDS,
                     title=tongue.pick("先看哪些小区：按人数 × 超出米数排序", "Which compounds first: by people × metres beyond"))
    return [Section(tongue.pick("缺口在哪里", "Where the gaps are"), (*maps(audit, workspace, tongue), first), page=True)]


@dataclass(frozen=True)
class WorkTable:
    """A table that is worked with: what heads its section and itself, the table of the audit, its columns, its sheet, rows on paper."""

    section: tuple[str, str]
    title: tuple[str, str]
    key: str
    columns: tuple[str, ...]
    sheet: tuple[str, str]
    shown: int | None = None
    wide: bool = False
    page: bool = True


_LISTS = (
    WorkTable(("逐条结论", "Clause by clause"), ("每条条文的居民：已覆盖、缺口、未知", "Residents by clause: covered, in a gap, unknown"), "clauses",
              ("standard", "name", "tier", "required", "measure", "people_covered", "people_gap", "people_unknown", "share_covered", "reason",
               "facilities"), ("逐条", "Clauses"), wide=True),
    WorkTable(("缺口清单", "Gaps"), ("按人数 × 超出米数排序", "By people × metres beyond"), "gaps",
              ("name", "committee", "standard", "clause_name", "required", "measure", "people_gap", "walk_m", "beyond_m", "nearest_name", "reason",
               "firm"), ("缺口清单", "Gaps"), GAPS, wide=True),
    WorkTable(("补查清单", "Survey list"), ("查清它，能回答多少“人 × 条文”的未知", "What is unknown and would be answered"), "survey",
              ("errand", "people_clauses", "clauses", "facilities"), ("补查清单", "Survey"), SURVEY),
    WorkTable(("每千人面积", "Square metres per 1,000"), ("在用面积与条文指标", "What is in use against the index of the clause"), "supply",
              ("standard", "name", "tier", "area_is", "m2_in_use", "residents", "m2_per_1000", "index_min", "index_max",
               "facilities_not_counted", "verdict"), ("每千人指标", "Supply"), page=False),
    WorkTable(("工作计划条目", "The items of the work plan"),
              ("每个条目画在哪个图层、有几处、由什么回答", "Where each is on the map, how many, what answers"), "plan",
              ("id", "name", "status", "layer", "features", "answered_by", "people_gap", "people_unknown"), ("工作计划", "The plan")),
)
_HEADS = {"clauses": {"name": ("条文", "Clause")}, "supply": {"name": ("条文", "Clause")}, "plan": {"status": ("状态", "Status")}}


def _lists(audit: Answer, tongue: Tongue) -> list[Section]:
    """Every clause, every gap, the supply, what to survey, the plan: those that have a row."""
    sections = []
    for one in _LISTS:
        frame = audit.tables[one.key]
        if one.key == "survey":
            frame = frame.assign(errand=[to_collect(row, tongue) for row in frame.to_dict("records")])
        columns = [name for name in one.columns if name != "standard" or len(audit.tables["standards"]) > 1]
        if len(frame):
            told = table_of(frame, columns, tongue, name=one.sheet, title=tongue.pick(*one.title), shown=one.shown, titles=_HEADS.get(one.key))
            sections.append(Section(tongue.pick(*one.section), (told,), page=one.page, wide=one.wide))
    return sections


def _rules(audit: Answer, tongue: Tongue) -> tuple[Section, ...]:
    """By what was judged: the standards, the norms only shown; and what was found wrong in the data."""
    tables = audit.tables
    blocks: list[Block] = [table_of(tables["standards"], ("standard", "name", "version", "clauses", "unverified", "source"), tongue,
                                    name=("标准", "Standards"), title=tongue.pick("所用标准", "Standards used"))]
    if len(tables["references"]):
        blocks.append(table_of(tables["references"], ("standard", "code", "name", "text"), tongue, name=("只列出的规定", "References"),
                               title=tongue.pick("只列出、不判断的规定", "Shown, not judged")))
    sections = [Section(tongue.pick("标准", "Standards"), tuple(blocks))]
    if len(tables["findings"]):
        lines = tables["findings"][tongue.lang].tolist()
        sections.append(Section(tongue.pick("数据里发现的问题", "Findings in the data"), (Items(tuple(lines)),)))
    return tuple(sections)
