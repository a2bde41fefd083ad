"""Any question's Answer as one sheet to send: the question, its figures, its map, its tables in words, and what one must know of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from wanli_geo.answer import Answer, Fact
from wanli_geo.report import line_words, say
from wanli_geo.report.about import about, attribution, run_ids, sketched
from wanli_geo.report.carto.answers import PAINTERS
from wanli_geo.report.document import Block, Column, Document, Figure, Figures, Picture, Section, Table, Tone
from wanli_geo.report.drawing import map_of
from wanli_geo.report.plates import plates
from wanli_geo.report.question_words import circumstances, question
from wanli_geo.report.tables import Tongue, table_of, tongue_of
from wanli_geo.workspace.store import Workspace

# Facts that are set large; the others stand in a table below.
LARGE = 6
# More than these would leave the map no room.
FEW = 8
_ASPECT = 1.65  # of a map where pages are not known, so that the first figures stand on its page
# More columns than these go across a page laid wide.
NARROW = 8
# Rows of a table that a sheet prints; the workbook has all.
PRINTED = 30

# What the tables of Answers are called, as the sheets of a workbook and as headings.
_TABLES = {
    "units": ("小区", "Compounds"), "bands": ("等时圈", "Bands"), "walk": ("路程", "The walk"), "turns": ("怎么走", "Turn by turn"),
    "ages": ("各年龄段", "Ages"), "islands": ("不相连的路网", "Islands"), "gates": ("接不上的门", "Gates that lead nowhere"),
    "joints": ("接上的路口", "Joints"), "nearest": ("最近设施", "Nearest"), "opportunities": ("范围内有多少", "Within reach"),
    "committees": ("居委会", "Committees"), "facilities": ("设施", "Facilities"),
    "sensitivity": ("松紧各一成", "Variants"), "clauses": ("逐条结论", "Clauses"), "ledger": ("台账", "Ledger"), "items": ("条目", "Items"),
    "targets": ("指标", "Targets"), "standards": ("标准", "Standards"), "matrix": ("条文×居委会", "Matrix"), "gaps": ("缺口清单", "Gaps"),
    "compounds": ("小区", "Compounds"), "reasons": ("原因", "Reasons"), "supply": ("每千人指标", "Supply"), "survey": ("补查清单", "Survey"),
    "references": ("只列出的规定", "References"), "findings": ("数据里的问题", "Findings"), "plan": ("工作计划", "The plan"),
    **line_words.TABLES,
}
# Said in another column, or of use to a machine only.
_LEFT_OUT = ("layer", "what", "committee_id", "name_en", "clause_name_en", "committee_en", "question_en", "en", "reason_en", "said_en", "measure_en",
             "clause_en", "text_en", "key", "source_id", "place_en", "street_en", "sign_en",
             "collect_en", "from_name_en", "to_name_en", "item", "cluster_from", "cluster_to")
# What a column is called in one table only.
_TITLES_OF = {"checks": {"zh": ("检查项", "Check"), "value": ("实际", "Found"), "wanted": ("要求", "Wanted"), "unit": ("单位", "Unit"),
                         "clause": ("依据", "By")},
              "checklist": {"zh": ("项目", "Item"), "wanted": ("要求", "Wanted"), "unit": ("单位", "Unit")},
              "stops": {"status": ("状态", "Status"), "minutes": ("走到要几分钟", "Minutes there")},
              "faces": {"target": ("牌面文字", "As painted")},
              "schedule": {"target": ("指向", "Destination"), "text": ("牌面中文", "Text in Chinese"), "text_en": ("牌面英文", "Text in English")}}
# Left out elsewhere, but read in one table: a sign is painted in both languages, whoever reads of it.
_READ_IN = {"schedule": ("text_en",)}
# Points of a curve: to be drawn, not read.
_CURVES = ("lorenz",)
_TONES: tuple[tuple[str, Tone], ...] = (("gap", "gap"), ("unknown", "unknown"), ("covered", "good"))


# What an answer tells beside its tables, on pages of its own.
_PAGES = {"red_walkway": plates}


def told(answer: Answer, workspace: Workspace, lang: str = "zh", *, date: str = "") -> Document:
    """Tell an answer as a document: the same answer, date and language give the same document.

    Raises:
        WrongUsage: a language other than zh and en.
    """
    tongue = tongue_of(workspace, lang)
    large = [fact for fact in answer.facts if not fact.key.endswith("_id")][:LARGE]
    small = [fact for fact in answer.facts if fact not in large]
    first: list[Block] = [Figures(tuple(figure(fact, tongue) for fact in large))] if large else []
    drawn, others, told_of = maps(answer, workspace, tongue, aspect=_ASPECT), [_others(small, tongue)] if small else [], tables(answer, tongue)
    sections = (Section("", (*first, *drawn, *others)), *told_of)
    if len(small) > FEW and "checks" in answer.tables:  # a verdict is read before the figures it was drawn from
        judged, rest = told_of[:1], told_of[1:]
        sections = (Section("", (*first, *drawn)), replace(judged[0], page=True), Section("", tuple(others)), *rest)
    elif len(small) > FEW:
        sections = (Section("", (*first, *drawn)), Section("", tuple(others), page=True), *told_of)
    elif not drawn and told_of:  # a table fills the page that a map would
        sections = (Section("", (*first, *others, *told_of[0].blocks), wide=told_of[0].wide), *told_of[1:])
    if answer.question in _PAGES:
        sections = (*sections, *_PAGES[answer.question](answer, tongue))
    return Document(
        kind="sheet", lang=tongue.lang, title=question(answer, tongue), subtitle=circumstances(answer, tongue), place=place(workspace, tongue),
        date=date, sketch=sketched([answer]), sections=sections,
        about=about([answer], tongue), attribution=attribution([answer]), run_ids=run_ids([answer]),
    )


def maps(answer: Answer, workspace: Workspace, tongue: Tongue, *, title: str = "", aspect: float | None = None) -> list[Picture]:
    """The map of an answer, filling its page, none where its question has none; `aspect` lays it flatter where pages are not known."""
    if answer.question not in PAINTERS:
        return []
    drawn = map_of(answer, workspace, tongue.lang, title=title)
    return [replace(drawn, aspect=aspect or drawn.aspect, fills=True)]


def place(workspace: Workspace, tongue: Tongue) -> str:
    return tongue.pick(workspace.catalogue.name, workspace.catalogue.name_en or workspace.catalogue.name)


def figure(fact: Fact, tongue: Tongue, note: str = "") -> Figure:
    """One fact as a key figure; none in a gap or unknown is no warning."""
    tone: Tone = next((tone for part, tone in _TONES if part in fact.key.split("_")), "plain")
    return Figure(tongue.pick(fact.zh, fact.en), say.fact(fact.value, fact.unit, tongue.lang), note, tone if fact.value else "plain")


def _others(facts: Sequence[Fact], tongue: Tongue) -> Table:
    """The facts that are not set large."""
    rows = tuple((tongue.pick(fact.zh, fact.en), say.fact(fact.value, fact.unit, tongue.lang)) for fact in facts)
    name = tongue.pick("其余数字", "Other figures")
    return Table(name, name, (Column(tongue.pick("项目", "Figure"), weight=3.0), Column(tongue.pick("数值", "Value"))), rows)


def tables(answer: Answer, tongue: Tongue) -> tuple[Section, ...]:
    """Every table of an answer that is read and has a row, each a section: whole in a workbook, its first rows on paper."""
    sections = []
    for key, frame in answer.tables.items():
        if len(frame) and key not in _CURVES:
            words = _TABLES.get(key, (key, key))
            columns = _columns(key, frame)
            told_of = table_of(frame, columns, tongue, name=words, title=tongue.pick(*words), shown=PRINTED, titles=_TITLES_OF.get(key))
            sections.append(Section("", (told_of,), wide=len(columns) > NARROW))
    return tuple(sections)


def _columns(key: str, frame: pd.DataFrame) -> list[str]:
    return [str(name) for name in frame.columns if name not in _LEFT_OUT or name in _READ_IN.get(key, ())]
