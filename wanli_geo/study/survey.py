"""What to collect next, so that most of what is unknown becomes an answer; and what is wrong with the people and areas an audit counts."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wanli_geo.access.coverage import UNKNOWN
from wanli_geo.standards.ledger import REASONS, Entry
from wanli_geo.study.audit_tables import Told
from wanli_geo.workspace.kinds import KINDS
from wanli_geo.workspace.offer import Offer

# What settles an unknown that no facility is the cause of.
_OTHER = {"people_unknown": "people", "age_unknown": "ages", "data_ends": "extent", "off_network": "streets", "no_zone": "zones"}
_COLUMNS = ["what", "kind", "zh", "en", "people_clauses", "clauses", "facilities"]


def survey(told: Told) -> pd.DataFrame:
    """One row a thing to collect: how many people × clauses are unknown for want of it, in how many clauses; the most first.

    Where a clause lacks several (two kinds not surveyed), each row counts its people: an upper bound of what the one alone would settle.
    """
    people, clauses = defaultdict[tuple[str, str], float](float), defaultdict[tuple[str, str], set[str]](set)
    offer = told.audited.offer
    meant = defaultdict[tuple[str, str], NDArray[np.bool_]](lambda: np.zeros(len(offer.ids), dtype=bool))
    for entry in told.ledger.entries:
        by_reason = told.reasons(entry)[:, UNKNOWN]
        for number in np.flatnonzero(by_reason).tolist():
            for key, facilities in _wanted(REASONS[number], entry, offer):
                people[key] += float(by_reason[number])
                clauses[key].add(entry.key)
                if facilities is not None:
                    meant[key] |= facilities
    rows = []
    for (what, kind), count in people.items():
        zh, en = _sentence(what, kind)
        rows.append({"what": what, "kind": kind or None, "zh": zh, "en": en, "people_clauses": count, "clauses": len(clauses[what, kind]),
                     "facilities": int(meant[what, kind].sum())})
    table = pd.DataFrame(rows, columns=_COLUMNS)
    return table.sort_values(["people_clauses", "what", "kind"], ascending=[False, True, True], ignore_index=True)


_Wanted = list[tuple[tuple[str, str], NDArray[np.bool_] | None]]


def _wanted(reason: str, entry: Entry, offer: Offer) -> _Wanted:
    """What would settle an unknown: (what, the kind it is of or ""), and (f,) the facilities of which it is to be collected."""
    supply = entry.supply
    if reason == "not_surveyed":
        return [(("kind", kind), None) for kind in supply.open_kinds]
    if reason == "area_unknown":
        return _of_kinds("area", entry, supply.area_unknown | supply.m2_blind, offer)
    if reason == "use_unknown":
        return _of_kinds("use", entry, supply.m2_unsaid, offer)
    return [((_OTHER[reason], ""), None)]


def _of_kinds(what: str, entry: Entry, blind: NDArray[np.bool_], offer: Offer) -> _Wanted:
    """The same thing of each kind of a clause that lacks it."""
    of = [(kind, blind & offer.of([kind])) for kind in entry.clause.kinds]
    return [((what, kind), facilities) for kind, facilities in of if facilities.any()]


def _sentence(what: str, kind: str) -> tuple[str, str]:
    zh, en = (KINDS[kind].zh, KINDS[kind].en) if kind in KINDS else (kind, kind)
    return {
        "kind": (f"把{zh}查全（在 catalogue.json 的 surveyed 里写 complete）", f"Survey every {en.lower()}, then write `complete` in the catalogue"),
        "area": (f"量{zh}的面积（area_m2）", f"Measure the area of each {en.lower()} (area_m2)"),
        "use": (f"说明{zh}是否在用（in_use）", f"Say whether each {en.lower()} is in use (in_use)"),
        "people": ("补没有人数的楼或小区的居民数", "Add the residents of the houses or compounds without a figure"),
        "ages": ("补居民的年龄", "Add the ages of the residents"),
        "extent": ("补范围以外的道路和设施，扩大 extent", "Add streets and facilities beyond the extent, and widen it"),
        "streets": ("补画接不上路的楼旁边的路", "Draw the streets beside the houses that meet none"),
        "zones": ("补居委会界线，或楼所属的小区", "Draw the committees' areas, or say which compound a house belongs to"),
    }[what]


def findings(told: Told) -> pd.DataFrame:
    """What is wrong with the people, their ages and their committees, and how each was taken: nobody is counted twice or lost."""
    ages, committees, demand = told.audited.ages, told.audited.committees, told.audited.ground.demand
    unstated = np.isnan(ages.people[:, 0])
    none = int((committees.of_unit < 0).sum())
    rows = [
        ("no_people", unstated.sum(), "处没有人数，没有计入任何一项", "place(s) without a figure of people are in none of the counts"),
        ("no_ages", ages.unstated.sum(), "处的年龄没有填全，差的人计入“年龄不详”",
         "place(s) whose ages are not all known: the rest count as “age not stated”"),
        ("ages_exceed", ages.exceeding.sum(), "处各年龄之和多于居民，以居民数为准，年龄都算不详",
         "place(s) whose ages come to more than the residents: the residents rule, the ages count as not stated"),
        ("negative", ages.negative.sum(), "处人数为负，该数当作不详", "place(s) with a negative number, taken as not known"),
        ("fractional", ages.fractional.sum(), "处人数不是整数，照原数计算", "place(s) with a fraction of a person, counted as given"),
        ("no_committee", none if len(committees.ids) else 0, "个小区或楼不在任何居委会，单列一行",
         "compound(s) or house(s) in no committee stand in a row of their own"),
        ("unknown_committee", committees.unknown.sum(), "个小区写的居委会编号查无此处，按位置归",
         "compound(s) name a committee that does not exist and go by their place"),
        ("committees_overlap", len(committees.overlapping), "对居委会辖区重叠，重叠处归编号在前的一个",
         "pair(s) of committees overlap; a place in both goes to the one whose id comes first"),
        ("no_committees", int(not len(committees.ids)), "个工作区没有居委会界线，全部列在“不在任何居委会”",
         "workspace has no committees: all stand in “in no committee”"),
        ("facilities_cut_off", told.audited.goals.cut_off.sum(), "处设施接不上主路网，走不到",
         "facilities cannot be walked to from the main network"),
    ]
    found = [{"severity": "warning", "code": code, "count": int(count), "zh": f"{int(count)} {zh}。", "en": f"{int(count)} {en}."}
             for code, count, zh, en in rows if count]
    lacking = len(demand.ids) and int((~told.audited.attached).sum())
    if lacking:
        found.append({"severity": "warning", "code": "off_network", "count": lacking, "zh": f"{lacking} 处离路太远，接不上路网，算“未知”。",
                      "en": f"{lacking} place(s) are too far from any street and unknown."})
    return pd.DataFrame(found, columns=["severity", "code", "count", "zh", "en"])
