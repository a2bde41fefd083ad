"""Every age group at its own walking speed: who reaches a kind of facility, in one answer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from wanli_geo.access.coverage import Coverage, count
from wanli_geo.access.reach import PROFILES, Profile, reach_of
from wanli_geo.answer import Answer, Fact
from wanli_geo.network.graph import Floats
from wanli_geo.network.pace import Pace, Waits
from wanli_geo.study.coverage import INPUTS, SHARE, judged, kind_caveats
from wanli_geo.study.ground import Ground
from wanli_geo.study.words import data_caveats, made_of, walk_caveats, when
from wanli_geo.workspace.kinds import Kind
from wanli_geo.workspace.people import GROUPS, demand_of
from wanli_geo.workspace.services import services_of, source_of

# Who walks how: a child below seven goes with an adult, from eighty on one is taken to be frail.
WALKS = {"0-6": "escorted_child", "7-18": "adult", "19-59": "adult", "60-79": "elder", "80+": "frail"}


@dataclass(frozen=True, eq=False)
class _Row:
    group: str
    walker: Profile
    counted: Coverage
    walk_m: float | None
    walk_min: float | None
    cut_off: int


def by_age(ground: Ground, kind: Kind, within: str, waits: Waits) -> Answer:
    """Judge each age group by its own column of residents; minutes mean each group's own speed, metres are the same for all.

    Raises:
        BadMeasure: `within` cannot be read.
    """
    workspace, services = ground.workspace, services_of(ground.workspace, kind.code, ground.day, ground.minute, steps=ground.steps)
    complete = workspace.survey_of(kind.code) == "complete"
    rows = []
    timed = reach_of(within, PROFILES["adult"]).minutes is not None
    for group, code in WALKS.items():
        walker = PROFILES[code]
        reach = reach_of(within, walker)
        demand = demand_of(workspace, group)
        found = judged(ground, demand, services, reach, Pace(walker.m_per_s, waits) if timed else None, complete)
        counted = count(found.status, demand.people)
        minutes = _mean(found.cost_m / walker.m_per_s / 60, demand.people)
        rows.append(_Row(group, walker, counted, _mean(found.walk_m, demand.people), minutes, found.cut_off))
    made = made_of(workspace, (*INPUTS, source_of(kind.code).layer))
    parts = [row.counted for row in rows]
    whole = Coverage(sum(part.covered for part in parts), sum(part.gap for part in parts), sum(part.unknown for part in parts),
                     sum(part.unstated for part in parts))
    adult = PROFILES["adult"]
    pace = Pace(adult.m_per_s, waits) if timed else None
    reach = reach_of(within, adult)
    return Answer(
        question="by_age",
        params={
            "workspace": workspace.catalogue.name,
            "kind": kind.code,
            "within": reach.text,
            "mode": "time" if timed else "distance",
            "profiles": WALKS,
            "speeds_m_s": {row.group: row.walker.m_per_s for row in rows},
            "metric_crs": workspace.catalogue.metric_crs,
            **when(ground, pace),
        },
        features={},
        tables={"ages": _table(rows)},
        facts=(
            Fact("people_total", "各年龄段合计", "People in all, by age", whole.total, "人"),
            Fact("people_covered", f"步行 {reach.zh}内有{kind.zh}", f"Within a {reach.en} walk of a {kind.en.lower()}", whole.covered, "人"),
            Fact("share_covered", *SHARE[bool(whole.unknown)], whole.share, "share"),
            Fact("people_gap", "缺口", "In a gap", whole.gap, "人"),
            Fact("people_unknown", "未知", "Unknown", whole.unknown, "人"),
        ),
        caveats=(
            *walk_caveats(ground, None, pace),
            *kind_caveats(workspace, services, kind, rows[0].cut_off),
            *data_caveats(made, max(row.counted.unstated for row in rows)),
        ),
        made_of=made,
    )


def _mean(value: Floats, people: Floats) -> float | None:
    """Mean over the people who have a walk; None where nobody has one."""
    known = np.isfinite(value) & np.isfinite(people) & (people > 0)
    return float(np.average(value[known], weights=people[known])) if known.any() else None


def _table(rows: list[_Row]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "group": [row.group for row in rows],
            "name": [GROUPS[row.group][0] for row in rows],
            "profile": [row.walker.code for row in rows],
            "speed_m_s": [row.walker.m_per_s for row in rows],
            "people": [row.counted.total for row in rows],
            "people_covered": [row.counted.covered for row in rows],
            "people_gap": [row.counted.gap for row in rows],
            "people_unknown": [row.counted.unknown for row in rows],
            "share_covered": pd.array([row.counted.share for row in rows], dtype="Float64"),
            "walk_m": pd.array([row.walk_m for row in rows], dtype="Float64"),
            "walk_min": pd.array([row.walk_min for row in rows], dtype="Float64"),
        }
    )
