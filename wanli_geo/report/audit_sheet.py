"""An audit as one HTML document to send and print: the matrix, the gaps, what to survey, the notes. It asks nobody for anything."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jinja2
import pandas as pd

from wanli_geo.answer import Answer
from wanli_geo.report import palette, say
from wanli_geo.report.audit_words import WORDS, measure
from wanli_geo.report.matrix import matrix_cell, share_in_brief
from wanli_geo.workspace.store import Workspace

HERE = Path(__file__).parent
GAPS, SURVEY = 60, 30
_TITLES = {
    "title": ("生活圈达标体检", "Audit of the life circle"),
    "clause": ("条文", "Clause"),
    "judged": ("判断依据", "Judged by"),
    "all": ("全部", "All"),
    "matrix": ("条文 × 居委会：覆盖比例", "Clause × committee: share covered"),
    "gaps": ("缺口清单，按人数 × 超出米数", "Gaps, by people × metres beyond"),
    "survey": ("补查清单：查清它，能把多少“未知”变成答案", "Survey list: what it would settle"),
    "notes": ("说明", "Notes"),
    "references": ("只列出、不判断的规定", "Shown, not judged"),
    "unverified": ("未核实", "not verified"),
    "tier": ("层级默认，条文未写", "tier default, not in the clause"),
    "covered": ("覆盖", "covered"),
    "gap": ("缺口", "gap"),
    "unknown": ("未知", "unknown"),
    "none": ("不涉及", "not concerned"),
    "compound": ("小区", "Compound"),
    "people": ("缺口人数", "In a gap"),
    "beyond": ("平均超出", "Beyond"),
    "reason": ("原因", "Why"),
    "firm": ("稳或临界", "Firm or borderline"),
    "what": ("补什么", "What"),
    "settles": ("涉及 人×条文", "People × clauses"),
    "clauses": ("条文", "Clauses"),
    "sources": ("数据", "Data"),
    "run": ("运行编号", "Run"),
    "more": ("其余见同一文件夹里的 gaps.csv", "the rest stands in gaps.csv beside this file"),
    "findings": ("资料里发现的问题", "Findings in the data"),
    "sketch": ("示意：手绘数据，不作审批依据", "Sketch: drawn by hand, not a basis for approvals"),
    "supply": ("每千人面积与指标", "Square metres per 1,000 residents against the index"),
    "per_1000": ("每千人", "Per 1,000"),
    "index": ("指标", "Index"),
    "verdict": ("结论", "Verdict"),
    "uncounted": ("未计面积", "Not counted"),
    "known_gap": ("缺口越深，颜色越深", "the darker, the more are in a gap"),
}


def audit_sheet(answer: Answer, workspace: Workspace, lang: str = "zh") -> str:
    """Write an audit as one document; the same answer gives the same bytes.

    Raises:
        WrongUsage: a language other than zh and en.
    """
    tongue = say.lang_of(lang)
    words = {key: say.pick(tongue, *pair) for key, pair in _TITLES.items()}
    tables = answer.tables
    names = dict(zip(tables["standards"]["standard"], tables["standards"][say.pick(tongue, "name", "name_en")], strict=True))
    environment = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined)
    return environment.from_string((HERE / "audit.html").read_text("utf-8")).render(
        lang_tag="zh-CN" if tongue == "zh" else "en",
        css=(HERE / "audit.css").read_text("utf-8"),
        place=say.pick(tongue, workspace.catalogue.name, workspace.catalogue.name_en),
        words=words,
        sketch=any(made.accuracy == "sketch" for made in answer.made_of),
        standards="；".join(names.values()) if tongue == "zh" else "; ".join(names.values()),
        facts=[{"label": say.pick(tongue, fact.zh, fact.en), "value": say.fact(fact.value, fact.unit, tongue)} for fact in answer.facts],
        heads=_heads(tables["matrix"], tongue),
        rows=_rows(tables["clauses"], tables["matrix"], names, tongue),
        gaps=[_gap(row, tongue) for row in tables["gaps"].head(GAPS).to_dict("records")],
        more=max(len(tables["gaps"]) - GAPS, 0),
        survey=[{"what": row[tongue], "people": say.number(row["people_clauses"]), "clauses": row["clauses"]}
                for row in tables["survey"].head(SURVEY).to_dict("records")],
        supply=[_supply(row, tongue) for row in tables["supply"].to_dict("records")],
        references=[{"standard": row["standard"], "code": row["code"], "name": say.pick(tongue, row["name"], row["name_en"]), "text": row["text"],
                     "verified": row["verified"]} for row in tables["references"].to_dict("records")],
        findings=[row[tongue] for row in tables["findings"].to_dict("records")],
        caveats=[say.pick(tongue, caveat.zh, caveat.en) for caveat in answer.caveats],
        sources=[f"{made.layer}: {made.source} ({made.date}, {made.accuracy}, {made.sha256[:12]})" for made in answer.made_of],
        run=answer.run_id,
        colors={"covered": palette.COVERED, "unknown": palette.UNKNOWN, "stripe": palette.UNKNOWN_STRIPE,
                **{f"gap{number}": shade.color for number, shade in enumerate(palette.gap_shades())}},
    )


def _heads(matrix: pd.DataFrame, lang: say.Lang) -> list[str]:
    """The committees in the order of the matrix."""
    first = matrix[(matrix["standard"] == matrix["standard"].iloc[0]) & (matrix["clause"] == matrix["clause"].iloc[0])] if len(matrix) else matrix
    return [say.pick(lang, say.named(row["committee"]), say.named(row["committee_en"], row["committee"])) for row in first.to_dict("records")]


def _rows(clauses: pd.DataFrame, matrix: pd.DataFrame, names: dict[str, str], lang: say.Lang) -> list[dict[str, Any]]:
    width = len(matrix) // len(clauses) if len(clauses) else 0
    cells = matrix.to_dict("records")
    return [
        {
            "standard": names[row["standard"]], "name": say.pick(lang, row["name"], row["name_en"]), "code": row["code"],
            "required": say.pick(lang, *WORDS[row["required"]]), "measure": measure(row["measure"], lang), "by_tier": row["basis"] == "tier",
            "verified": row["verified"], "cells": [_cell(one, lang) for one in [row, *cells[number * width : (number + 1) * width]]],
        }
        for number, row in enumerate(clauses.to_dict("records"))
    ]


def _cell(row: dict[str, Any], lang: say.Lang) -> dict[str, str]:
    """One cell: its figure, its colour, and in words who is covered, in a gap and unknown."""
    cell = matrix_cell(row)
    if cell.kind == "none":
        return {"text": say.NOTHING, "kind": "none", "title": say.pick(lang, *_TITLES["none"])}
    title = "、".join(f"{say.pick(lang, *_TITLES[status])} {say.number(count)}"
                     for status, count in zip(("covered", "gap", "unknown"), cell.people, strict=True))
    text = "?" if cell.share is None else share_in_brief(cell.share)
    return {"text": text, "kind": cell.kind + (" half" if cell.partly else ""), "title": title}


def _gap(row: dict[str, Any], lang: say.Lang) -> dict[str, Any]:
    name = say.pick(lang, say.named(row["name"], row["id"]), say.named(row["name_en"], row["name"], row["id"]))
    clause = say.pick(lang, row["clause_name"], row["clause_name_en"])
    return {
        "compound": name, "committee": say.named(row["committee"]), "clause": f"{row['standard']} · {clause}",
        "measure": measure(row["measure"], lang),
        "people": say.number(row["people_gap"]), "beyond": say.NOTHING if pd.isna(row["beyond_m"]) else say.fact(float(row["beyond_m"]), "m", lang),
        "reason": say.reason(row["reason"], lang), "firm": say.pick(lang, *WORDS[row["firm"]]), "verified": row["verified"],
    }


def _supply(row: dict[str, Any], lang: say.Lang) -> dict[str, Any]:
    per_1000 = say.NOTHING if pd.isna(row["m2_per_1000"]) else f"{say.number(float(row['m2_per_1000']))} m²"
    return {"clause": f"{row['standard']} · {say.pick(lang, row['name'], row['name_en'])}", "per_1000": per_1000,
            "index": f"{say.number(float(row['index_min']))} m²", "uncounted": row["facilities_not_counted"],
            "verdict": say.pick(lang, *_TITLES[row["verdict"]]), "verified": row["verified"]}
