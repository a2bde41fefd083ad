"""The views of a ledger as tables: rows are clauses, committees, ages, compounds; every view adds up to the residents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from wanli_geo.access.coverage import COVERED, GAP, STATUS, UNKNOWN, status_of_most
from wanli_geo.access.reach import TOLERANCE_M
from wanli_geo.access.units import ByUnit, Judged, of_units
from wanli_geo.network.graph import Floats
from wanli_geo.network.pace import Pace
from wanli_geo.standards.clauses import AGES, Pack
from wanli_geo.standards.ledger import COLUMNS, NOT_CONCERNED, REASONS, Entry, Ledger, Verdict, index_met, per_1000
from wanli_geo.study.coverage import named, unit_names
from wanli_geo.study.ledger import Audited
from wanli_geo.workspace.people import GROUPS

NO_COMMITTEE = ("不在任何居委会", "In no committee")
AGE_NAMES = {**{age: GROUPS[age][:2] for age in AGES}, "unstated": ("年龄不详", "age not stated")}


@dataclass(frozen=True, eq=False)
class Told:
    """A ledger with the names of what it speaks of."""

    audited: Audited
    ledger: Ledger
    evening: Audited | None = None
    _each: dict[str, list[tuple[Verdict, Floats]]] = field(default_factory=dict)
    _units: dict[str, ByUnit] = field(default_factory=dict)
    _reasons: dict[str, Floats] = field(default_factory=dict)

    @cached_property
    def names(self) -> dict[str, Any]:
        """The columns that name a unit."""
        demand, committees = self.audited.ground.demand, self.audited.committees
        names = unit_names(self.audited.ground.workspace, demand)
        names["committee"] = named(committees.names, committees.of_unit)
        names["committee_id"] = named(committees.ids, committees.of_unit)
        # Ids are unique within a layer only: with its layer a unit is told from a house of the same id.
        layer = np.where(demand.unit_compound >= 0, "compounds", "homes").astype(object)
        return {"id": demand.unit_ids, "layer": layer, **names}

    def each(self, entry: Entry) -> list[tuple[Verdict, Floats]]:
        """Each distinct verdict of a clause with (n,) the people it speaks of, not known ones as 0."""
        if entry.key not in self._each:
            self._each[entry.key] = list(entry.each(self.ledger.people))
        return self._each[entry.key]

    def rows(self, entry: Entry) -> Judged:
        """Everybody a clause serves, a row a place and walker."""
        parts = [self._rows(verdict, people) for verdict, people in self.each(entry)]
        return Judged(*(np.concatenate([getattr(part, name) for part in parts]) for name in Judged.__dataclass_fields__))

    def _rows(self, verdict: Verdict, people: Floats) -> Judged:
        count, walked = len(people), verdict.walked
        nowhere, none = np.full(count, np.inf), np.full(count, -1, dtype=np.int64)
        return Judged(
            self.ledger.unit, people, verdict.status.astype(np.int64), verdict.reason.astype(np.int64),
            nowhere if walked is None else walked.metres, nowhere if walked is None else walked.cost, np.full(count, verdict.limit_m),
            np.full(count, verdict.m_per_s), none if walked is None else walked.facility,
        )

    def units(self, entry: Entry) -> ByUnit:
        if entry.key not in self._units:
            self._units[entry.key] = of_units(self.rows(entry), self.ledger.units, len(self.audited.offer.ids), len(REASONS))
        return self._units[entry.key]

    def reasons(self, entry: Entry) -> Floats:
        """(r, 3) the people whom a clause serves by reason and status, those covered in none."""
        if entry.key not in self._reasons:
            judged = self.rows(entry)
            at = judged.reason >= 0
            cell = judged.reason[at] * 3 + judged.status[at]
            self._reasons[entry.key] = np.bincount(cell, judged.people[at], minlength=3 * len(REASONS)).astype(np.float64).reshape(-1, 3)
        return self._reasons[entry.key]

    def borderline(self, entry: Entry, status: int) -> Floats:
        """(u,) people of a status who would have another under some variant of speed, waits or threshold."""
        sums = np.zeros(self.ledger.units)
        for verdict, people in self.each(entry):
            loose = (verdict.status == status) & ~verdict.firm
            sums += np.bincount(self.ledger.unit[loose], people[loose], minlength=self.ledger.units)
        return sums


def about(entry: Entry) -> dict[str, Any]:
    """The columns that say which clause a row is of, as every view has them."""
    clause = entry.clause
    return {
        "standard": entry.pack.id, "clause": clause.id, "code": clause.code, "tier": clause.tier, "name": clause.zh, "name_en": clause.en,
        "required": clause.required, "measure": entry.measure.text, "basis": entry.measure.basis, "verified": clause.verified,
    }


def clauses(told: Told) -> pd.DataFrame:
    """One row a clause: how it is judged, its people by status, and what else one should know of them."""
    rows = []
    for entry in told.ledger.entries:
        clause, counted = entry.clause, told.ledger.tally(entry).sum(axis=(0, 1))
        told_of = counted[:3].sum()
        supplied = entry.supply
        rows.append({
            **about(entry),
            "kinds": ",".join(clause.kinds),
            "serves": "all" if len(clause.serves) == len(AGES) else ",".join(clause.serves),
            "min_area_m2": clause.min_area_m2,
            "people": float(counted.sum()),
            "people_covered": counted[COVERED],
            "people_gap": counted[GAP],
            "people_unknown": counted[UNKNOWN],
            "people_not_concerned": counted[NOT_CONCERNED],
            "share_covered": counted[COVERED] / told_of if counted[COVERED] + counted[GAP] > 0 else None,
            **_beside(told, entry),
            "gap_borderline": float(told.borderline(entry, GAP).sum()),
            "covered_borderline": float(told.borderline(entry, COVERED).sum()),
            "reason": _main_reason(told, entry),
            "units_gap": int((told.units(entry).people[:, GAP] > 0).sum()),
            "facilities": int(supplied.satisfying.sum()),
            "facilities_area_unknown": int(supplied.area_unknown.sum()),
            "facilities_too_small": int(supplied.too_small.sum()),
            "facilities_not_in_use": int(supplied.not_in_use.sum()),
            "surveyed": supplied.complete,
            "source": clause.source,
        })
    return _typed(pd.DataFrame(rows), "share_covered", "min_area_m2", "people_straight", "people_circle_only", "people_backed", "people_evening")


def _beside(told: Told, entry: Entry) -> dict[str, float | None]:
    """By the circle, by the walk, with a second facility, in the evening: people, None where nothing is walked."""
    sums = dict.fromkeys(("people_straight", "people_circle_only", "people_backed", "people_evening"), 0.0)
    walked = False
    for verdict, people in told.each(entry):
        if verdict.walked is None or verdict.circle is None:
            continue
        walked = True
        covered, within = verdict.status == COVERED, verdict.limit_m + TOLERANCE_M
        sums["people_straight"] += float(people[verdict.circle].sum())
        sums["people_circle_only"] += float(people[verdict.circle & ~covered].sum())
        sums["people_backed"] += float(people[covered & (verdict.walked.others(within)[0] <= within)].sum())
        if told.evening is not None:
            goals = told.evening.goals
            cost = goals.cost(entry.supply.satisfying & goals.open, _pace(told.evening, entry, verdict), within_m=within)
            sums["people_evening"] += float(people[cost <= within].sum())
    lost = {name for name in sums if not walked or (name == "people_evening" and told.evening is None)}
    return {name: None if name in lost else value for name, value in sums.items()}


def _pace(audited: Audited, entry: Entry, verdict: Verdict) -> Pace | None:
    return Pace(verdict.m_per_s, audited.waits) if entry.measure.mode == "minutes" else None


def _main_reason(told: Told, entry: Entry) -> str | None:
    """The reason of most people in the gap; of those unknown where there is no gap."""
    for people in told.reasons(entry)[:, [GAP, UNKNOWN]].T:
        if people.any():
            return REASONS[int(people.argmax())]
    return None


def matrix(told: Told) -> pd.DataFrame:
    """Clause × committee, those of no committee last: people by status, and the share covered of those concerned."""
    committees = told.audited.committees
    ids, names, english = (np.array([*own, last], dtype=object) for own, last in (
        (committees.ids, None), (committees.names, NO_COMMITTEE[0]), (committees.names_en, NO_COMMITTEE[1])))
    people = np.zeros(len(ids))
    np.add.at(people, committees.of_unit, np.bincount(told.ledger.unit, np.nan_to_num(told.ledger.people).sum(axis=1), minlength=told.ledger.units))
    shown = np.ones(len(ids), dtype=bool)
    shown[-1] = people[-1] > 0 or not len(committees.ids)
    parts = []
    for entry in told.ledger.entries:
        counted = told.ledger.by_committee(entry)[shown]
        parts.append({
            "standard": entry.pack.id, "clause": entry.clause.id, "committee_id": ids[shown], "committee": names[shown],
            "committee_en": english[shown], **_people(counted), "verified": entry.clause.verified,
        })
    return stacked(parts)


def ages(told: Told) -> pd.DataFrame:
    """Clause × age group, those of no stated age last where there are any."""
    groups, (zh, en) = np.array(COLUMNS, dtype=object), np.array([AGE_NAMES[group] for group in COLUMNS], dtype=object).T
    parts = []
    for entry in told.ledger.entries:
        counted = told.ledger.tally(entry).sum(axis=0)
        shown = (counted.sum(axis=1) > 0) | (np.arange(len(COLUMNS)) < len(AGES))
        parts.append({
            "standard": entry.pack.id, "clause": entry.clause.id, "group": groups[shown], "name": zh[shown], "name_en": en[shown],
            **_people(counted[shown]), "verified": entry.clause.verified,
        })
    return stacked(parts)


def _people(counted: Floats) -> dict[str, Any]:
    """The columns of people by status of (r, 4) sums, and the share covered."""
    told_of = counted[:, :3].sum(axis=1)
    known = counted[:, COVERED] + counted[:, GAP] > 0
    share = np.divide(counted[:, COVERED], told_of, out=np.full(len(counted), np.nan), where=known)
    return {
        "people": counted.sum(axis=1), "people_covered": counted[:, COVERED], "people_gap": counted[:, GAP], "people_unknown": counted[:, UNKNOWN],
        "people_not_concerned": counted[:, NOT_CONCERNED], "share_covered": share,
    }


def unit_rows(told: Told, entry: Entry) -> dict[str, Any]:
    """One row a unit: its people by status, their walk, who serves them, the reason, and how firm it is. What a map of a clause draws."""
    summed, offer = told.units(entry), told.audited.offer
    counted = told.ledger.tally(entry).sum(axis=1)
    concerned = counted[:, :3].sum(axis=1)
    return {
        **told.names, "people": concerned, "people_covered": counted[:, COVERED], "people_gap": counted[:, GAP],
        "people_unknown": counted[:, UNKNOWN], "people_not_concerned": counted[:, NOT_CONCERNED],
        "status": status_of_most(counted[:, :3]), "walk_m": summed.walk_m,
        "walk_min": summed.walk_min, "beyond_m": summed.beyond_m, "burden": summed.burden, "nearest_id": named(offer.ids, summed.facility),
        "nearest_name": named(offer.names, summed.facility), "reason": named(REASONS, summed.reason),
        "gap_borderline": told.borderline(entry, GAP),
    }


def gaps(told: Told) -> pd.DataFrame:
    """Every clause and compound with people in a gap.

    First those to whom no way leads to any, by people; then the heaviest burden (people × metres beyond); last the clauses that ask for
    no walk, by people: none of theirs is heavier than a walk by so many metres.
    """
    parts = []
    for entry in told.ledger.entries:
        columns = unit_rows(told, entry)
        short = np.flatnonzero(columns["people_gap"] > 0)
        rows = {name: values[short] for name, values in columns.items() if name not in ("people_not_concerned", "status")}
        loose, people = rows["gap_borderline"], rows["people_gap"]
        one = about(entry)
        parts.append({
            "standard": one["standard"], "clause": one["clause"], "clause_name": one["name"], "clause_name_en": one["name_en"],
            "required": one["required"], "measure": one["measure"], "basis": one["basis"], "verified": one["verified"], **rows,
            "firm": np.where(loose <= 0, "firm", np.where(loose >= people, "borderline", "partly")).astype(object),
            "rank": np.where(rows["burden"] > 0, 1, 0 if entry.measure.mode in ("metres", "minutes") else 2),
        })
    table = stacked(parts)
    if not len(table):
        return table.drop(columns="rank", errors="ignore")
    order = ["rank", "burden", "people_gap", "standard", "clause", "layer", "id"]
    return table.sort_values(order, ascending=[True, False, False, True, True, True, True], ignore_index=True).drop(columns="rank")


def compounds(told: Told) -> pd.DataFrame:
    """One row a unit: how many clauses cover all its people, how many leave some in a gap, how many are not known of; its burden."""
    ledger = told.ledger
    full, short, blind, burden = (np.zeros(ledger.units) for _ in range(4))
    firm = np.zeros(ledger.units)
    for entry in ledger.entries:
        counted = ledger.tally(entry).sum(axis=1)
        gap, unknown = counted[:, GAP] > 0, counted[:, UNKNOWN] > 0
        full += (counted[:, COVERED] > 0) & ~gap & ~unknown
        short += gap
        firm += gap & (told.borderline(entry, GAP) <= 0)
        blind += unknown & ~gap
        burden += told.units(entry).burden
    people = np.bincount(ledger.unit, np.nan_to_num(ledger.people).sum(axis=1), minlength=ledger.units)
    must = tuple(entry for entry in ledger.entries if entry.clause.required == "must")
    status = ledger.everybody(must)
    of_all = np.stack([np.bincount(ledger.unit, np.where(status == code, np.nan_to_num(ledger.people), 0).sum(axis=1), minlength=ledger.units)
                       for code in range(4)], axis=1)
    table = pd.DataFrame({
        **told.names, "people": people, "people_all_covered": of_all[:, COVERED], "people_any_gap": of_all[:, GAP],
        "people_any_unknown": of_all[:, UNKNOWN], "people_not_concerned": of_all[:, NOT_CONCERNED], "clauses_covered": full.astype(int),
        "clauses_gap": short.astype(int), "clauses_gap_firm": firm.astype(int), "clauses_unknown": blind.astype(int), "burden": burden,
    })
    return table.sort_values(["burden", "clauses_gap", "id"], ascending=[False, False, True], ignore_index=True)


def reasons(told: Told) -> pd.DataFrame:
    """Clause × reason: people in a gap or unknown for it."""
    rows = []
    for entry in told.ledger.entries:
        people = told.reasons(entry).ravel()
        rows += [{"standard": entry.pack.id, "clause": entry.clause.id, "status": STATUS[cell % 3], "reason": REASONS[cell // 3],
                  "people": float(people[cell]), "verified": entry.clause.verified} for cell in np.flatnonzero(people > 0).tolist()]
    return pd.DataFrame(rows, columns=["standard", "clause", "status", "reason", "people", "verified"])


def supply(told: Told) -> pd.DataFrame:
    """Square metres in use for 1,000 residents of the subdistrict against the index, of the clauses that give one."""
    residents = told.audited.residents
    rows = []
    for entry in told.ledger.entries:
        clause, have = entry.clause, entry.supply
        if clause.per_1000_min_m2 is None:
            continue
        met = index_met(clause, have, residents)
        rows.append({
            **about(entry), "kinds": ",".join(clause.kinds), "area_is": clause.area_is, "m2_in_use": None if np.isnan(have.m2) else have.m2,
            "facilities_not_counted": have.m2_unknown, "surveyed": have.complete, "residents": residents.known, "residents_more": residents.more,
            "m2_per_1000": per_1000(have, residents), "index_min": clause.per_1000_min_m2, "index_max": clause.per_1000_max_m2,
            "verdict": {True: "covered", False: "gap", None: "unknown"}[met],
        })
    names = ["standard", "clause", "m2_in_use", "facilities_not_counted", "m2_per_1000", "index_min", "index_max", "verdict"]
    return _typed(pd.DataFrame(rows, columns=None if rows else names), "m2_in_use", "m2_per_1000", "index_max")


def standards(packs: Sequence[Pack]) -> pd.DataFrame:
    """The packs judged by: how many clauses, how many not verified, whose they are."""
    rows = [{"standard": pack.id, "name": pack.zh, "name_en": pack.en, "version": pack.version, "whose": pack.origin,
             "clauses": len(pack.clauses), "unverified": sum(not clause.verified for clause in pack.clauses), "source": pack.source}
            for pack in packs]
    return pd.DataFrame(rows, columns=["standard", "name", "name_en", "version", "whose", "clauses", "unverified", "source"])


def references(packs: Sequence[Pack]) -> pd.DataFrame:
    """Norms without a facility: shown, not judged."""
    rows = [{"standard": pack.id, "code": one.code, "tier": one.tier, "name": one.zh, "name_en": one.en, "text": one.text, "verified": one.verified,
             "source": one.source} for pack in packs for one in pack.references]
    return pd.DataFrame(rows, columns=["standard", "code", "tier", "name", "name_en", "text", "verified", "source"])


def _typed(table: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Columns that may hold None as numbers that may be missing."""
    return table.astype({name: "Float64" for name in columns if name in table})


def stacked(parts: list[dict[str, Any]]) -> pd.DataFrame:
    """One table of all parts, each a dict of columns: arrays of one length, and values that hold for all its rows."""
    if not parts:
        return pd.DataFrame()
    sizes = [max(len(value) for value in part.values() if isinstance(value, np.ndarray)) for part in parts]
    columns = {}
    for name, first in parts[0].items():
        if isinstance(first, np.ndarray):
            columns[name] = np.concatenate([part[name] for part in parts])
        else:
            columns[name] = np.repeat(np.array([part[name] for part in parts], dtype=bool if isinstance(first, bool) else object), sizes)
    return pd.DataFrame(columns)
