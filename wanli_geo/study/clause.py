"""One clause of an audit on the map, one compound's sheet of clauses, and the walk behind a cell."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from wanli_geo.access.coverage import COVERED, GAP, UNKNOWN, status_of_most
from wanli_geo.access.reach import PROFILES
from wanli_geo.access.units import of_units
from wanli_geo.answer import Answer, Caveat, Fact
from wanli_geo.errors import BadMeasure
from wanli_geo.network.pace import Waits
from wanli_geo.standards.clauses import AGES
from wanli_geo.standards.ledger import COLUMNS, NOT_CONCERNED, REASONS, Entry, Ledger
from wanli_geo.study.ages import WALKS
from wanli_geo.study.audit import audit_caveats, made_with, params_of
from wanli_geo.study.audit_tables import AGE_NAMES, Told, about, unit_rows
from wanli_geo.study.audits import Case
from wanli_geo.study.coverage import SHARE, named, place_shapes, unit_shapes
from wanli_geo.study.ground import Ground
from wanli_geo.study.sensitivity import variants
from wanli_geo.study.units import unit_called
from wanli_geo.study.walk import Target, walk_to
from wanli_geo.study.words import data_caveats
from wanli_geo.workspace.kinds import Kind
from wanli_geo.workspace.services import Services
from wanli_geo.workspace.store import to_degrees

_BASIS = {"clause": ("条文", "by the clause"), "tier": ("层级默认，条文未写", "tier default, not in the clause")}


def clause(case: Case, key: str, people: str = "all") -> Answer:
    """Tell one clause: every compound and house by its status, the facilities by what they count for; of all residents or one age group.

    Raises:
        BadMeasure: there is no such clause or group.
    """
    entry, audited = case.entry(key), case.audited
    told = Told(audited, _of_group(case.ledger, people))
    units = pd.DataFrame(unit_rows(told, entry))
    table = units.sort_values(["burden", "people_gap", "people_unknown", "id"], ascending=[False, False, False, True], ignore_index=True)
    shapes = unit_shapes(audited.ground.workspace, audited.ground.demand)
    made = made_with(audited, [entry.pack])
    return Answer(
        question="clause",
        params={**params_of(audited, [entry.pack]), "clause": entry.key, "people": people, **_judged_by(entry)},
        features={"units": gpd.GeoDataFrame(units, geometry=shapes, crs="EPSG:4326"), "homes": _homes(told, entry),
                  "facilities": _facilities(case, entry)},
        tables={"units": table, "sensitivity": variants(audited, entry, told.ledger)},
        facts=_facts(told, entry),
        caveats=(*_marks(entry), *audit_caveats(audited, replace(case.ledger, entries=(entry,))), *data_caveats(made, 0)),
        made_of=made,
    )


def _of_group(ledger: Ledger, people: str) -> Ledger:
    """The same ledger of one group of people only."""
    if people == "all":
        return ledger
    wanted = {"60+": AGES[3:]}.get(people, (people,))
    if not set(wanted) <= set(COLUMNS):
        shown = "、".join(["all", *AGES, "60+", "unstated"])
        raise BadMeasure(f"没有“{people}”这个人群；可用：{shown}。", f"There is no group “{people}”; use one of {shown.replace('、', ', ')}.")
    return replace(ledger, people=np.where(np.isin(COLUMNS, wanted), ledger.people, 0.0), _tallies={})


def _judged_by(entry: Entry) -> dict[str, Any]:
    return {"measure": entry.measure.text, "basis": entry.measure.basis, "verified": entry.clause.verified, "kinds": list(entry.clause.kinds)}


def _marks(entry: Entry) -> list[Caveat]:
    """What must stand beside the figure of this clause."""
    one = entry.clause
    area = f"；面积至少 {one.min_area_m2:g} 平方米" if one.min_area_m2 is not None else ""
    area_en = f"; at least {one.min_area_m2:g} m²" if one.min_area_m2 is not None else ""
    zh, en = _BASIS[entry.measure.basis]
    notes = [Caveat("clause", f"{entry.pack.zh} {one.code}：{one.zh}，{entry.measure.text}（{zh}）{area}。来源：{one.source}。",
                    f"{entry.pack.en} {one.code}: {one.en}, {entry.measure.text} ({en}){area_en}. Source: {one.source}.")]
    return [*notes, Caveat("note", one.note, one.note)] if one.note else notes


def _facts(told: Told, entry: Entry) -> tuple[Fact, ...]:
    counted = told.ledger.tally(entry).sum(axis=(0, 1))
    concerned, known = counted[:3].sum(), counted[COVERED] + counted[GAP] > 0
    units = told.units(entry)
    return (
        Fact("people_total", "本条对应的居民", "Residents it serves", float(concerned), "人"),
        Fact("people_covered", "已覆盖", "Covered", float(counted[COVERED]), "人"),
        Fact("share_covered", *SHARE[bool(counted[UNKNOWN])], float(counted[COVERED] / concerned) if known else None, "share"),
        Fact("people_gap", "缺口", "In a gap", float(counted[GAP]), "人"),
        Fact("gap_borderline", "其中临界的", "Of these borderline", float(told.borderline(entry, GAP).sum()), "人"),
        Fact("people_unknown", "未知", "Unknown", float(counted[UNKNOWN]), "人"),
        Fact("people_not_concerned", "本条不涉及的居民", "Residents it does not serve", float(counted[NOT_CONCERNED]), "人"),
        Fact("units_gap", "有缺口的小区", "Compounds with a gap", int((units.people[:, GAP] > 0).sum()), "个"),
        Fact("facilities_used", "符合本条的设施", "Facilities that satisfy it", int((entry.supply.satisfying & ~entry.supply.closed).sum()), "处"),
        Fact("facilities_too_small", "面积不够的", "Too small", int(entry.supply.too_small.sum()), "处"),
        Fact("facilities_area_unknown", "面积不详的", "Of unknown area", int(entry.supply.area_unknown.sum()), "处"),
        Fact("facilities_closed", "此时关门的", "Closed then", int(entry.supply.closed.sum()), "处"),
        Fact("facilities_not_counted", "规划、在建或停用，未计入", "Planned, under works or closed: not counted",
             int(entry.supply.not_in_use.sum()), "处"),
    )


def _homes(told: Told, entry: Entry) -> gpd.GeoDataFrame:
    """Every place of the demand by what most of its people have."""
    audited = told.audited
    demand, rows = audited.ground.demand, told.rows(entry)
    count = len(demand.ids)
    parts = len(rows.unit) // count if count else 0
    summed = of_units(replace(rows, unit=np.tile(np.arange(count), parts)), count, len(audited.offer.ids), len(REASONS))
    people = summed.people.sum(axis=1)
    columns = {
        "id": demand.ids, "unit_id": demand.unit_ids[demand.unit], "people": people,
        "status": status_of_most(summed.people),
        "walk_m": summed.walk_m, "beyond_m": summed.beyond_m, "reason": named(REASONS, summed.reason),
    }
    return gpd.GeoDataFrame(columns, geometry=place_shapes(audited.ground.workspace, demand), crs="EPSG:4326")


def _facilities(case: Case, entry: Entry) -> gpd.GeoDataFrame:
    """Those of the clause's kinds: `used` satisfies it; `why` else says why not."""
    offer, crs, supply = case.audited.offer, case.audited.ground.workspace.catalogue.metric_crs, entry.supply
    kind = np.full(len(offer.ids), None, dtype=object)
    for code in reversed(entry.clause.kinds):
        kind[offer.of([code])] = code
    ours = np.flatnonzero(supply.satisfying | supply.area_unknown | supply.too_small | supply.not_in_use)
    closed = supply.closed
    why = np.select([closed, supply.too_small, supply.area_unknown, supply.not_in_use],
                    ["closed_then", "below_area", "area_unknown", "not_in_use"], "")
    columns = {
        "id": offer.ids[ours], "name": offer.names[ours], "name_en": offer.names_en[ours], "kind": kind[ours],
        "area_m2": offer.area_m2[ours], "open_hours": offer.hours[ours], "used": (supply.satisfying & ~closed)[ours],
        "why": np.array([text or None for text in why[ours]], dtype=object),
    }
    shapes = to_degrees(offer.shapes[ours], crs) if len(ours) else []
    return gpd.GeoDataFrame(columns, geometry=shapes, crs="EPSG:4326")


def sheet(case: Case, unit: str) -> Answer:
    """Tell one compound: every clause with its people by status, their walk, who serves them, who is second, the reason.

    Raises:
        BadMeasure: no compound or house has this id or name, or several have.
    """
    audited, ledger = case.audited, case.ledger
    row = unit_called(audited.ground.workspace, audited.ground.demand, unit)
    told = Told(audited, ledger)
    made = made_with(audited, case.packs)
    people = np.nan_to_num(ledger.people[ledger.unit == row]).sum(axis=0)
    names = {name: values[row] for name, values in told.names.items()}
    table = pd.DataFrame([{**about(entry), **_of_unit(told, entry, row)} for entry in ledger.entries])
    gap = int((table["people_gap"] > 0).sum()) if len(table) else 0
    ages = pd.DataFrame({"group": COLUMNS, "name": [AGE_NAMES[group][0] for group in COLUMNS],
                         "name_en": [AGE_NAMES[group][1] for group in COLUMNS], "people": people})
    return Answer(
        question="sheet",
        params={**params_of(audited, case.packs), "unit": str(names["id"]), "name": names["name"], "committee": names["committee"]},
        features={},
        tables={"clauses": table, "ages": ages},
        facts=(Fact("people_total", "居民", "Residents", float(people.sum()), "人"),
               Fact("clauses_judged", "判断的条文", "Clauses judged", len(table), "条"),
               Fact("clauses_gap", "有缺口的条文", "Clauses with a gap", gap, "条")),
        caveats=(*audit_caveats(audited, ledger), *data_caveats(made, 0)),
        made_of=made,
    )


def _of_unit(told: Told, entry: Entry, row: int) -> dict[str, Any]:
    """What one clause says of one unit; the second nearest is that of most of its people."""
    columns = {name: values[row] for name, values in unit_rows(told, entry).items()}
    cost, second, minutes = _second(told, entry, row)
    offer = told.audited.offer
    kept = ("people", "people_covered", "people_gap", "people_unknown", "people_not_concerned", "status", "walk_m", "walk_min", "beyond_m",
            "burden", "nearest_id", "nearest_name", "reason", "gap_borderline")
    return {
        **{name: columns[name] for name in kept},
        **({"second_m": np.nan, "second_min": minutes} if entry.measure.mode == "minutes" else {"second_m": cost, "second_min": np.nan}),
        "second_id": None if second < 0 else offer.ids[second], "second_name": None if second < 0 else offer.names[second],
    }


def _second(told: Told, entry: Entry, row: int) -> tuple[float, int, float]:
    """The mean metres of the walk to the nearest other facility, which it is for most, and the minutes; NaN and -1 where there is none.

    In a clause in minutes the metres hold the time lost at crossings too: there only the minutes are told.

    As with `walk_m` it is of the people of the unit in a gap where there are any, else of all.
    """
    total, minutes, weight, who = 0.0, 0.0, 0.0, np.zeros(len(told.audited.offer.ids))
    short = told.units(entry).people[row, GAP] > 0
    for verdict, people in told.each(entry):
        if verdict.walked is not None:
            meant = (told.ledger.unit == row) & (people > 0) & ((verdict.status == GAP) | (not short))
            at = np.flatnonzero(meant & np.isfinite(verdict.walked.second))
            cost = float((verdict.walked.second[at] * people[at]).sum())
            total, minutes = total + cost, minutes + cost / verdict.m_per_s / 60
            weight += float(people[at].sum())
            who += np.bincount(verdict.walked.second_facility[at], people[at], minlength=len(who))
    return (total / weight, int(who.argmax()), minutes / weight) if weight else (np.nan, -1, np.nan)


def clause_walk(case: Case, today: Ground, key: str, unit: str, people: str, waits: Waits) -> Answer:
    """Draw the walk behind a cell: of a compound's middle house to the nearest facility that satisfies the clause.

    Minutes go at the speed of the group asked for, of an adult for `all`.

    Raises:
        BadMeasure: there is no such clause, unit or group.
        OffNetwork: none can be walked to.
    """
    entry, audited = case.entry(key), case.audited
    profile = PROFILES[WALKS.get({"60+": "60-79"}.get(people, people), "adult")]
    one = entry.clause
    target = Target(Kind("+".join(one.kinds), one.zh, one.en, "", ""), _services(case, entry.supply.satisfying & ~entry.supply.closed))
    found = walk_to(audited.ground, today, unit, target, profile, waits if entry.measure.mode == "minutes" else None)
    made = made_with(audited, [entry.pack])
    asked = {**params_of(audited, [entry.pack]), **found.params, "clause": entry.key, "people": people, **_judged_by(entry)}
    return replace(found, params=asked,
                   caveats=(*_marks(entry), *found.caveats), made_of=made)


def _services(case: Case, wanted: Any) -> Services:
    """Facilities of the offer as a walk takes them; parks without recorded entrances keep the doors along their edge."""
    offer, crs = case.audited.offer, case.audited.ground.workspace.catalogue.metric_crs
    rows = np.flatnonzero(wanted)
    number = np.full(len(offer.ids), -1, dtype=np.int64)
    number[rows] = np.arange(len(rows))
    doors = case.audited.goals.doors_of(wanted)
    features = gpd.GeoDataFrame({"id": offer.ids[rows], "name": offer.names[rows], "name_en": offer.names_en[rows], "kind": offer.kind[rows]},
                                geometry=to_degrees(offer.shapes[rows], crs) if len(rows) else [], crs="EPSG:4326")
    used, nothing = np.ones(len(rows), dtype=bool), np.zeros(len(rows), dtype=bool)
    return Services(features, used, number[offer.door_of[doors]], offer.doors[doors], int(offer.assumed[rows].sum()), nothing,
                    offer.area_m2[rows], nothing, nothing)
