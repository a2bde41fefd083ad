"""The sentences of a life circle report: what an audit comes to, in office words. Every number is one of the Answer's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from wanli_geo.answer import Answer
from wanli_geo.report import say
from wanli_geo.report.audit_words import measure
from wanli_geo.report.tables import Tongue
from wanli_geo.workspace.kinds import KINDS

# How many are named in a sentence.
NAMED = 3
_WORST = 5


def people(value: float, tongue: Tongue) -> str:
    return tongue.pick(f"{say.number(value)} 人", f"{say.number(value)} people")


def clause_named(row: Any, tongue: Tongue) -> str:
    """A clause with how it is judged, and that it is not verified where it is not: “社区食堂（300 米，未核实）”."""
    english = say.named(row["name_en"], row["name"])
    name = tongue.pick(say.named(row["name"]), english[:1].upper() + english[1:])
    marks = [measure(row["measure"], tongue.lang)]
    if row["basis"] == "tier":
        marks.append(tongue.pick("层级默认", "tier default"))
    if not row["verified"]:
        marks.append(tongue.pick("未核实", "not verified"))
    return tongue.pick(f"{name}（{'，'.join(marks)}）", f"{name} ({', '.join(marks)})")


def standards_named(audit: Answer, tongue: Tongue) -> str:
    table = audit.tables["standards"]
    return tongue.join(table[tongue.pick("name", "name_en")].tolist())


def in_brief(audit: Answer, tongue: Tongue) -> list[str]:
    """What a reader of one page must know, the weightiest first."""
    return [*_outcome(audit, tongue), *_worst(audit, tongue), *_first_compounds(audit, tongue), *_why(audit, tongue), *_to_survey(audit, tongue),
            *_unverified(audit, tongue)]


def honest(audit: Answer, tongue: Tongue) -> str | None:
    """Say how much is unknown and what that means; nothing where all is known."""
    share = audit.fact("share_unknown")
    if not isinstance(share, float) or share <= 0:
        return None
    shown = say.share(share)
    zh = f"{shown} 的“人×条文”还是未知：这些设施没有查全。没有数据不等于没有设施，未知既不能算达标，也不能算缺口，补查之后两边都可能变。"
    en = (f"{shown} of people × clauses are unknown: those services were not surveyed completely. No data is not zero: unknown is neither met "
          "nor a gap, and a survey may turn it into either.")
    if share > 0.5:
        zh += "未知超过一半，现在的覆盖比例只是下限，不能当作达标率。"
        en += " With more than half unknown, the share covered is a lower bound and no rate of compliance."
    return tongue.pick(zh, en)


def _outcome(audit: Answer, tongue: Tongue) -> Iterator[str]:
    total, gap, whole = (float(audit.fact(key) or 0) for key in ("people_total", "people_gap", "people_all_covered"))
    judged, short, blind, met = (int(audit.fact(f"clauses_{key}") or 0) for key in ("judged", "gap", "unknown", "covered"))
    yield tongue.pick(
        f"{say.number(total)} 名居民，按《{standards_named(audit, tongue)}》逐条判断：{say.number(whole)} 人应配条文全部走得到，"
        f"{say.number(gap)} 人至少有一条应配条文走不到或没有。",
        f"{say.number(total)} residents, judged by “{standards_named(audit, tongue)}”: every “must” clause covers {say.number(whole)}, some “must” "
        f"clause leaves {say.number(gap)} in a gap.")
    yield tongue.pick(
        f"共 {judged} 条条文：{short} 条有缺口，{met} 条人人覆盖，其余 {blind} 条没有查到缺口，但有人未知。",
        f"{judged} clauses: {short} with a gap, {met} that cover everybody, the other {blind} without a known gap but unknown of some.")


def _worst(audit: Answer, tongue: Tongue) -> Iterator[str]:
    clauses = audit.tables["clauses"]
    short = clauses[(clauses["required"] == "must") & (clauses["people_gap"] > 0)].sort_values("people_gap", ascending=False, kind="stable")
    if len(short):
        rows = short.head(_WORST).to_dict("records")
        told = [f"{clause_named(row, tongue)}{tongue.pick('', ', ')}{people(row['people_gap'], tongue)}" for row in rows]
        yield _list(("缺口人数最多的应配条文：", "“Must” clauses with most people in a gap: "), told, tongue)


def _first_compounds(audit: Answer, tongue: Tongue) -> Iterator[str]:
    rows = audit.tables["compounds"]
    rows = rows[rows["clauses_gap"] > 0].head(NAMED)
    if len(rows):
        told = [_compound(row, tongue) for row in rows.to_dict("records")]
        yield _list(("人数 × 超出米数最重、最该先看的小区：", "Compounds to look at first, by people × metres beyond: "), told, tongue)


def _compound(row: Any, tongue: Tongue) -> str:
    name = tongue.name(say.named(row["name"], row["id"]))
    return tongue.pick(f"{name}（{people(row['people'], tongue)}，{row['clauses_gap']} 条有缺口）",
                       f"{name} ({people(row['people'], tongue)}, {row['clauses_gap']} clauses with a gap)")


def _why(audit: Answer, tongue: Tongue) -> Iterator[str]:
    """The reasons of the gaps, that of most people first; their sums over clauses are no count of people and stay unsaid."""
    reasons = audit.tables["reasons"]
    gaps = reasons[reasons["status"] == "gap"]
    if len(gaps):
        order = gaps.groupby("reason")["people"].sum().sort_values(ascending=False, kind="stable").index.tolist()
        told = [say.reason(code, tongue.lang) for code in order[: NAMED + 1]]
        yield _list(("缺口的原因，由多到少：", "Why there are gaps, most people first: "), told, tongue)


def _to_survey(audit: Answer, tongue: Tongue) -> Iterator[str]:
    survey = audit.tables["survey"]
    if not len(survey):
        return
    whole, others = survey[survey["what"] == "kind"].head(2 * NAMED), survey[survey["what"] != "kind"].head(NAMED)
    names = tongue.join([_kind(str(code), tongue) for code in whole["kind"]])
    if names:
        yield tongue.pick(f"先把这几类设施查全，能把最多的“未知”变成答案：{names}。",
                          f"Survey these completely first, which settles most of what is unknown: {names}.")
    if len(others):
        yield _list(("另外：", "Besides: "), [to_collect(row, tongue) for row in others.to_dict("records")], tongue)


def to_collect(row: Any, tongue: Tongue) -> str:
    """One row of the survey list as an errand; where it is written down is the workbook's and the catalogue's matter."""
    told = _ERRANDS.get(row["what"])
    return say.pick(tongue.lang, row["zh"], row["en"]) if told is None else tongue.pick(*told).format(_kind(str(row["kind"]), tongue))


_ERRANDS = {
    "kind": ("把{}查全", "survey every {}"),
    "area": ("量{}的面积", "measure the area of each {}"),
    "use": ("问清{}是否在用", "ask whether each {} is in use"),
}


def _kind(code: str, tongue: Tongue) -> str:
    return tongue.pick(KINDS[code].zh, KINDS[code].en.lower()) if code in KINDS else code


def _unverified(audit: Answer, tongue: Tongue) -> Iterator[str]:
    count, judged = int(audit.fact("clauses_unverified") or 0), int(audit.fact("clauses_judged") or 0)
    if count:
        yield tongue.pick(f"{judged} 条条文中有 {count} 条还没有与标准原文核对（标“未核实”或＊），对外引用前请先核对。",
                          f"{count} of {judged} clauses are not yet held against the printed standard (“not verified” or ＊): "
                          "check them before quoting.")


def _list(lead: tuple[str, str], parts: Sequence[str], tongue: Tongue) -> str:
    """A sentence that lists."""
    return tongue.pick(*lead) + tongue.pick("；", "; ").join(parts) + tongue.pick("。", ".")


def of_group(rows: pd.DataFrame, tongue: Tongue) -> Iterator[str]:
    """What the clauses of one theme come to: how many have a gap, and which cannot be judged."""
    short = int((rows["people_gap"] > 0).sum())
    blind = rows[(rows["people_covered"] + rows["people_gap"] <= 0) & (rows["people_unknown"] > 0)]
    yield tongue.pick(f"这一主题判断 {len(rows)} 条条文，{short} 条有缺口。", f"Clauses judged of this theme: {len(rows)}; with a gap: {short}.")
    if len(blind):
        names = tongue.join(list(dict.fromkeys(blind[tongue.pick("name", "name_en")].tolist())))
        yield tongue.pick(f"没有查全、现在判断不了：{names}。没有数据不等于没有。",
                          f"Not surveyed completely and not to be judged yet: {names}. No data is not zero.")


def of_clause(row: Any, tongue: Tongue) -> Iterator[str]:
    """One clause in sentences: its people, how much the circle flatters, how firm the gap is, what is not counted."""
    covered, gap, unknown = (people(row[f"people_{status}"], tongue) for status in ("covered", "gap", "unknown"))
    idle = row["facilities_not_in_use"]
    planned = tongue.pick(f"（另有 {idle} 处规划、在建或停用，没有计入）", f" ({idle} planned, under works or closed are not counted)")
    yield tongue.pick(f"{clause_named(row, tongue)}：{covered}走得到，{gap}在缺口中，{unknown}未知。",
                      f"{clause_named(row, tongue)}: {covered} covered, {gap} in a gap, {unknown} unknown.")
    if row["people_gap"] > 0:
        why, there = say.reason(row["reason"], tongue.lang), f"{row['facilities']}{planned if idle > 0 else ''}"
        yield tongue.pick(f"有缺口的小区 {row['units_gap']} 个，主要因为：{why}；符合条文的设施（处）：{there}。",
                          f"Compounds with a gap: {row['units_gap']}, mostly for this reason: {why}; facilities that satisfy it: {there}.")
    circle = row["people_circle_only"]
    if not pd.isna(circle) and circle > 0:
        yield tongue.pick(f"按直线半径画圈会多算 {people(circle, tongue)}：他们在圈内，按路网却走不到（虚覆盖）。",
                          f"A circle of that radius would count {people(circle, tongue)} too many: inside the circle, beyond the walk.")
    if row["gap_borderline"] > 0:
        yield tongue.pick(f"缺口中 {people(row['gap_borderline'], tongue)}属临界：步速、等候或标准松一成，结论就会变。",
                          f"{people(row['gap_borderline'], tongue)} of the gap are borderline: a tenth more speed or distance would cover them.")
