"""The ledger row by row: every house, every clause, every walker. Long; for a spreadsheet, for checking by hand."""

from __future__ import annotations

from typing import Any

import numpy as np

from wanli_geo.access.coverage import STATUS
from wanli_geo.answer import Answer, Fact
from wanli_geo.standards.ledger import COLUMNS, REASONS, Entry
from wanli_geo.study.audit import audit_caveats, made_with, params_of
from wanli_geo.study.audit_tables import stacked
from wanli_geo.study.audits import Case
from wanli_geo.study.coverage import named
from wanli_geo.study.words import data_caveats


def ledger_rows(case: Case) -> Answer:
    """Give every row of an audit's ledger.

    Columns: `groups` the age groups that one walker stands for; `people` of those in the house; `walk_m` on the ground; `cost_min` and
    `second_min` what is judged where the clause is in minutes; `firm` whether the status stays under the variants of the sensitivity.
    """
    audited, ledger = case.audited, case.ledger
    made = made_with(audited, case.packs)
    table = stacked([part for entry in ledger.entries for part in _of(case, entry)])
    return Answer(
        question="ledger",
        params=params_of(audited, case.packs),
        features={},
        tables={"ledger": table},
        facts=(Fact("people_total", "居民", "Residents", ledger.total, "人"), Fact("rows", "行", "Rows", len(table), "行")),
        caveats=(*audit_caveats(audited, ledger), *data_caveats(made, 0)),
        made_of=made,
    )


def _of(case: Case, entry: Entry) -> list[dict[str, Any]]:
    demand, offer = case.audited.ground.demand, case.audited.offer
    names = case.audited.committees
    parts = []
    for verdict in dict.fromkeys(one for one in entry.verdicts if one is not None):
        groups = [number for number, one in enumerate(entry.verdicts) if one is verdict]
        people = case.ledger.people[:, groups].sum(axis=1)
        row: dict[str, Any] = {
            "standard": entry.pack.id, "clause": entry.clause.id, "measure": entry.measure.text, "basis": entry.measure.basis,
            "verified": entry.clause.verified, "home_id": demand.ids, "unit_id": demand.unit_ids[demand.unit],
            "committee": named(names.names, names.of_unit[demand.unit]), "groups": ",".join(COLUMNS[number] for number in groups),
            "people": people, "status": np.array(STATUS, dtype=object)[verdict.status], "reason": named(REASONS, verdict.reason.astype(np.int64)),
            "firm": verdict.firm,
        }
        nothing, nobody = np.full(len(people), np.nan), np.full(len(people), None, dtype=object)
        walked = verdict.walked
        in_minutes = entry.measure.mode == "minutes"
        told: dict[str, Any] = dict.fromkeys(("walk_m", "cost_min", "second_m", "second_min"), nothing)
        told |= dict.fromkeys(("nearest_id", "nearest_name", "second_id", "second_name"), nobody)
        if walked is not None:
            second, minutes = _finite(walked.second), 1 / verdict.m_per_s / 60
            told |= {
                "walk_m": _finite(walked.metres),
                "nearest_id": named(offer.ids, walked.facility), "nearest_name": named(offer.names, walked.facility),
                "second_id": named(offer.ids, walked.second_facility), "second_name": named(offer.names, walked.second_facility),
                **({"cost_min": _finite(walked.cost) * minutes, "second_min": second * minutes} if in_minutes
                   else {"second_m": second}),
            }
        parts.append(row | told)
    return parts


def _finite(values: Any) -> Any:
    return np.where(np.isfinite(values), values, np.nan)
