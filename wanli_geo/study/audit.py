"""The audit: a ledger told as an Answer, clause by committee, by age, by compound, with the gaps ranked and what to survey next."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from wanli_geo.access.coverage import COVERED, GAP, UNKNOWN
from wanli_geo.answer import Answer, Caveat, Fact, Made
from wanli_geo.network.graph import Floats
from wanli_geo.standards.clauses import Pack
from wanli_geo.standards.ledger import NOT_CONCERNED, Entry, Ledger
from wanli_geo.study.ages import WALKS
from wanli_geo.study.audit_plan import made_of_plan, plan_items
from wanli_geo.study.audit_tables import Told, ages, clauses, compounds, gaps, matrix, reasons, references, standards, supply
from wanli_geo.study.coverage import unit_shapes
from wanli_geo.study.ledger import LESS, MORE, Audited
from wanli_geo.study.survey import findings, survey
from wanli_geo.study.words import ANY_HOUR, data_caveats, made_of, walk_caveats, when

INPUTS = ("boundary", "committees", "streets", "compounds", "homes", "gates", "facilities", "entrances", "green_vein", "blue_net", "water_access",
          "barriers")


def audit(audited: Audited, evening: Audited | None, ledger: Ledger, packs: Sequence[Pack]) -> Answer:
    """Tell the ledger of these packs; `evening` is the same workspace at a later hour, to compare with."""
    told = Told(audited, ledger, evening)
    made = (*made_with(audited, packs), *made_of_plan(audited.ground.workspace))
    tables = {
        "standards": standards(packs),
        "clauses": clauses(told),
        "matrix": matrix(told),
        "ages": ages(told),
        "gaps": gaps(told),
        "compounds": compounds(told),
        "reasons": reasons(told),
        "supply": supply(told),
        "survey": survey(told),
        "references": references(packs),
        "findings": findings(told),
        "plan": plan_items(told),
    }
    return Answer(
        question="audit",
        params=params_of(audited, packs, evening),
        features={"compounds": _drawn(audited, tables["compounds"])},
        tables=tables,
        facts=_facts(ledger, audited),
        caveats=(*audit_caveats(audited, ledger), *data_caveats(made, int(np.isnan(audited.ages.people[:, 0]).sum()))),
        made_of=made,
    )


def _drawn(audited: Audited, table: pd.DataFrame) -> gpd.GeoDataFrame:
    """The table of compounds with their outlines, in its order."""
    demand = audited.ground.demand
    layer = np.where(demand.unit_compound >= 0, "compounds", "homes")
    row = {unit: number for number, unit in enumerate(zip(layer, demand.unit_ids, strict=True))}
    shapes = unit_shapes(audited.ground.workspace, demand)[[row[unit] for unit in zip(table["layer"], table["id"], strict=True)]]
    return gpd.GeoDataFrame(table, geometry=shapes, crs="EPSG:4326")


def params_of(audited: Audited, packs: Sequence[Pack], evening: Audited | None = None) -> dict[str, Any]:
    """What decides an audit, as an Answer holds it."""
    ground = audited.ground
    pace = when(ground, audited.pace)
    return {
        "workspace": ground.workspace.catalogue.name,
        "standards": [pack.id for pack in packs],
        "profiles": WALKS,
        "step_free": not ground.steps,
        "facility_hours": audited.hours,
        "sensitivity": {"speed": [LESS, 1, MORE], "waits": [0, 1, 2], "threshold": [LESS, 1, MORE]},
        "surveyed": {kind: ground.workspace.survey_of(kind) for kind in _kinds(packs)},
        "extent_sha256": hashlib.sha256(json.dumps(ground.workspace.catalogue.extent, sort_keys=True).encode()).hexdigest()[:16],
        "metric_crs": ground.workspace.catalogue.metric_crs,
        **pace,
        **({} if evening is None else {"evening_day": evening.ground.day, "evening_minute": evening.ground.minute}),
    }


def _kinds(packs: Sequence[Pack]) -> list[str]:
    return sorted({kind for pack in packs for clause in pack.clauses for kind in clause.kinds})


def made_with(audited: Audited, packs: Sequence[Pack]) -> tuple[Made, ...]:
    """The input layers, and each pack by the digest of its file."""
    own = tuple(Made(f"standards/{pack.id}", pack.sha256, pack.source, pack.version, _accuracy(pack), "") for pack in packs)
    return (*made_of(audited.ground.workspace, INPUTS), *own)


def _accuracy(pack: Pack) -> str:
    return "official" if all(clause.verified for clause in pack.clauses) else "draft"


def audit_caveats(audited: Audited, ledger: Ledger) -> list[Caveat]:
    """How it was judged, and what is not verified."""
    hours = ANY_HOUR
    if audited.hours:
        blind = int((audited.offer.used & (audited.offer.hours == None)).sum())  # noqa: E711 - by element
        hours = (f"设施也要在开放时间内（{blind} 处没有登记开放时间，按开放算）",
                 f"and the facilities keep their hours ({blind} without hours on record count as open)")
    notes = walk_caveats(audited.ground, None, audited.pace, hours=hours)
    unverified = sum(not entry.clause.verified for entry in ledger.entries)
    by_tier = sum(entry.measure.basis == "tier" for entry in ledger.entries)
    notes += [
        Caveat("status", "“未知”不是“没有”：资料没有查全、面积不详、年龄不详、走出资料范围的，都算未知。",
               "“Unknown” is not “none”: kinds not fully surveyed, areas or ages not known and walks that leave the data are unknown."),
        Caveat("tiers", "各级生活圈分别判断：十五分钟级的设施不能代替五分钟级的。",
               "Tiers are judged apart: a 15-minute facility does not stand in for a 5-minute one."),
        Caveat("firm", "“稳”指步速慢快一成、过街等候从零到两倍、标准松紧一成，结论都不变；“临界”指会变。按米的条文只看标准松紧一成。",
               "“Firm” stays the same with speeds and thresholds a tenth less or more and waits from none to twice; “borderline” does not. "
               "Clauses in metres vary by the threshold only."),
    ]
    if unverified:
        notes.append(Caveat("unverified", f"{unverified} 条条文尚未与标准原文核对（标“未核实”），照样判断，不能直接引用。",
                            f"{unverified} clause(s) are not verified against the printed standard (marked so): judged all the same, "
                            "not to be quoted."))
    if by_tier:
        notes.append(Caveat("tier_default", f"{by_tier} 条条文没有写步行距离，按所在层级的距离判断（标“层级默认，条文未写”）。",
                            f"{by_tier} clause(s) give no walk and are judged at their tier's distance (marked “tier default, not in the clause”)."))
    return notes


def _facts(ledger: Ledger, audited: Audited) -> tuple[Fact, ...]:
    must = tuple(entry for entry in ledger.entries if entry.clause.required == "must")
    people = people_by(ledger, must)
    sums = np.array([ledger.tally(entry).sum(axis=(0, 1)) for entry in ledger.entries]).reshape(-1, 4)
    concerned = sums[:, :3].sum(axis=1) > 0
    gap, unknown = concerned & (sums[:, GAP] > 0), concerned & (sums[:, UNKNOWN] > 0)
    cells = sums[:, :3].sum()
    unverified, unstated = sum(not entry.clause.verified for entry in ledger.entries), int(np.isnan(audited.ages.people[:, 0]).sum())
    shares = [float(sums[:, status].sum() / cells) if cells else None for status in (COVERED, UNKNOWN)]
    return (
        Fact("people_total", "居民", "Residents", ledger.total, "人"),
        Fact("people_all_covered", "应配条文全部覆盖的居民", "Residents covered by every “must” clause", float(people[COVERED]), "人"),
        Fact("people_gap", "至少一条应配条文有缺口的居民", "Residents in a gap of some “must” clause", float(people[GAP]), "人"),
        Fact("people_unknown", "没有缺口、但有条文未知的居民", "Residents in no gap, some clause unknown", float(people[UNKNOWN]), "人"),
        Fact("people_not_concerned", "没有条文对应的居民", "Residents whom no clause serves", float(people[NOT_CONCERNED]), "人"),
        Fact("clauses_judged", "判断的条文", "Clauses judged", len(ledger.entries), "条"),
        Fact("clauses_covered", "人人覆盖的条文", "Clauses that cover everybody", int((concerned & ~gap & ~unknown).sum()), "条"),
        Fact("clauses_gap", "有缺口的条文", "Clauses with a gap", int(gap.sum()), "条"),
        Fact("clauses_unknown", "没有缺口、但有人未知的条文", "Clauses without a gap, unknown of some", int((unknown & ~gap).sum()), "条"),
        Fact("clauses_unverified", "未核实的条文", "Clauses not verified", unverified, "条"),
        Fact("share_covered", "人×条文：已覆盖（至少）", "People × clauses covered, at least", shares[0], "share"),
        Fact("share_unknown", "人×条文：未知", "People × clauses unknown", shares[1], "share"),
        Fact("places_unstated", "人数不详的楼或小区", "Houses or compounds without a figure of people", unstated, "处"),
    )


def people_by(ledger: Ledger, entries: tuple[Entry, ...]) -> Floats:
    """(4,) residents by what all the entries together say of each."""
    status = ledger.everybody(entries)
    return np.bincount(status.ravel(), np.nan_to_num(ledger.people).ravel(), minlength=4).astype(np.float64)
