"""The ledger: every resident by every clause is covered, in a gap or unknown, with the walk and the reason. Arrays in, arrays out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from wanli_geo.access.coverage import COVERED, GAP, UNKNOWN, judge
from wanli_geo.access.reach import TOLERANCE_M
from wanli_geo.access.walked import Walked
from wanli_geo.network.graph import Floats, Ints
from wanli_geo.standards.clauses import AGES, Clause, Measure, Pack

Flags = NDArray[np.bool_]
Small = NDArray[np.int8]
# The columns of people: the age groups, then those whose age is not stated.
UNSTATED = len(AGES)
COLUMNS = (*AGES, "unstated")
# Beside the three of a status: people whom a clause does not serve, so that every clause still counts every resident.
NOT_CONCERNED = 3

# Why people are in a gap; where several hold, the first.
GAP_REASONS = ("none_exists", "planned_only", "out_of_use", "none_here", "below_area", "below_index", "closed_then", "not_step_free",
               "no_gate", "river", "detour", "too_far")
# Why it is not known of people; where several hold, the first.
UNKNOWN_REASONS = ("age_unknown", "no_zone", "people_unknown", "area_unknown", "use_unknown", "off_network", "not_surveyed",
                   "data_ends")
REASONS = (*GAP_REASONS, *UNKNOWN_REASONS)
WHY = {name: row for row, name in enumerate(REASONS)}


@dataclass(frozen=True, eq=False)
class Verdict:
    """What one clause says of every place of the demand, for one walker; arrays in the order of the places.

    Attributes:
        status: (n,) 0 covered, 1 gap, 2 unknown; `reason` (n,) row of `REASONS`, -1 where covered.
        firm: (n,) whether it stays so under the variants of speed, waits and threshold (sensitivity); true where nothing is walked.
        walked: the walks to the facilities that satisfy it; None where the clause asks for no walk.
        circle: (n,) whether one of these lies within the threshold as the crow flies.
        limit_m: the threshold as metres at `m_per_s`.
    """

    status: Small
    reason: Small
    firm: Flags
    walked: Walked | None = None
    circle: Flags | None = None
    limit_m: float = np.nan
    m_per_s: float = np.nan


@dataclass(frozen=True, eq=False)
class Supply:
    """The facilities of a clause's kinds.

    Attributes:
        satisfying: (f,) in use, large enough; `area_unknown`, `too_small`, `not_in_use` (f,) the others, each in one.
        closed: (f,) in use and not open at the hour asked for, whatever their area.
        planned: whether any is planned or under works.
        m2: square metres of those said to be in use inside the boundary, NaN where no area of any is known; at least so many where
            `m2_blind` (f,) is true of one there whose area is not known, or `m2_unsaid` (f,) of one not said to be in use.
        complete: whether all its kinds were surveyed completely; `open_kinds` those that were not.
    """

    satisfying: Flags
    area_unknown: Flags
    too_small: Flags
    not_in_use: Flags
    closed: Flags
    planned: bool
    m2: float
    m2_blind: Flags
    m2_unsaid: Flags
    complete: bool
    open_kinds: tuple[str, ...]

    @property
    def stands(self) -> bool:
        """Whether any is in use."""
        return bool((self.satisfying | self.area_unknown | self.too_small).any())

    @property
    def exists(self) -> bool:
        """Whether there is any at all."""
        return self.stands or bool(self.not_in_use.any())

    @property
    def m2_unknown(self) -> int:
        """How many more there are whose square metres cannot be counted."""
        return int((self.m2_blind | self.m2_unsaid).sum())


@dataclass(frozen=True, eq=False)
class Entry:
    """One clause judged: a verdict for each column of people it serves (None: it does not serve them)."""

    pack: Pack
    clause: Clause
    measure: Measure
    supply: Supply
    verdicts: tuple[Verdict | None, ...]

    @property
    def key(self) -> str:
        return f"{self.pack.id}/{self.clause.id}"

    def each(self, people: Floats) -> Iterator[tuple[Verdict, Floats]]:
        """Each distinct verdict with (n,) the people it speaks of, not known ones as 0."""
        known = np.nan_to_num(people)
        for verdict in dict.fromkeys(one for one in self.verdicts if one is not None):
            columns = [number for number, one in enumerate(self.verdicts) if one is verdict]
            yield verdict, known[:, columns].sum(axis=1)


@dataclass(frozen=True, eq=False)
class Ledger:
    """All clauses over all residents.

    Attributes:
        people: (n, 6) residents of every place by `COLUMNS`, NaN where not known; `unit` (n,) row of the place's unit.
        units: how many units there are; `committee` (u,) row of each unit's committee, -1 for none; `committees` how many.
    """

    entries: tuple[Entry, ...]
    people: Floats
    unit: Ints
    units: int
    committee: Ints
    committees: int
    _tallies: dict[str, Floats] = field(default_factory=dict)

    @property
    def total(self) -> float:
        """All residents whose number is known."""
        return float(np.nansum(self.people))

    def tally(self, entry: Entry) -> Floats:
        """(u, 6, 4) people of every unit by age column and status: covered, gap, unknown, not concerned."""
        if entry.key not in self._tallies:
            self._tallies[entry.key] = tally(entry, self.people, self.unit, self.units)
        return self._tallies[entry.key]

    def by_committee(self, entry: Entry) -> Floats:
        """(committees + 1, 4) people by status; the last row those of no committee."""
        sums = np.zeros((self.committees + 1, 4))
        np.add.at(sums, self.committee, self.tally(entry).sum(axis=1))  # row -1 is the last
        return sums

    def everybody(self, entries: tuple[Entry, ...]) -> Small:
        """(n, 6) what all these clauses together say of each: in a gap of one, else unknown by one, else covered; 3 where none serves."""
        worst = np.full(self.people.shape, NOT_CONCERNED, dtype=np.int8)
        rank = np.array([0, 2, 1, -1])  # covered gives way to unknown, unknown to a gap
        for entry in entries:
            for column, verdict in enumerate(entry.verdicts):
                if verdict is not None:
                    own = worst[:, column]
                    worst[:, column] = np.where(rank[verdict.status] > rank[own], verdict.status, own)
        return worst


def tally(entry: Entry, people: Floats, unit: Ints, units: int) -> Floats:
    """(units, 6, 4) people by unit, age column and status, each resident of known number once."""
    sums = np.zeros((units, people.shape[1], 4))
    known = np.nan_to_num(people)
    for column, verdict in enumerate(entry.verdicts):
        if verdict is None:
            sums[:, column, NOT_CONCERNED] = np.bincount(unit, known[:, column], minlength=units)
        else:
            sums[:, column, :3] = np.bincount(unit * 3 + verdict.status, known[:, column], minlength=units * 3).reshape(units, 3)
    return sums


@dataclass(frozen=True, eq=False)
class Evidence:
    """What the walks say of one clause and one walker.

    Attributes:
        walked: to the facilities that satisfy the clause, open then; (n,) arrays.
        to_edge_m: (n,) to where the data ends; `attached` (n,) whether a place meets the streets.
        limit_m, m_per_s: the threshold, and the walker's speed.
        supply: the facilities.
        circle: (n,) a satisfying one within the threshold as the crow flies; `barred` (n,) water or a railway lies between.
        maybe_m, small_m, closed_m, steps_m: (n,) the cost if those of unknown area, those too small, those closed then counted, and for a
            walker with steps, `inf` beyond the threshold; None where there are none such.
    """

    walked: Walked
    to_edge_m: Floats
    attached: Flags
    limit_m: float
    m_per_s: float
    supply: Supply
    circle: Flags
    barred: Flags
    maybe_m: Floats | None
    small_m: Floats | None
    closed_m: Floats | None
    steps_m: Floats | None

    def within(self, cost: Floats | None) -> Flags:
        if cost is None:
            return np.zeros(len(self.attached), dtype=bool)
        return cost <= self.limit_m + TOLERANCE_M


def judge_walk(e: Evidence, firm: Flags) -> Verdict:
    """Say of every place whether the clause is covered, in a gap or unknown, and why.

    Covered when the walk to a facility that satisfies the clause is at most the threshold. Else unknown when one whose area is not known
    is that near, else by the rule of coverage (where the data ends, off the network, not surveyed); else a gap.
    """
    maybe = e.within(e.maybe_m)
    status = judge(e.walked.cost, e.to_edge_m, e.attached, within_m=e.limit_m, complete=e.supply.complete)
    status = np.where((status != COVERED) & maybe, UNKNOWN, status)
    yes = np.ones(len(status), dtype=bool)
    why_gap = _first(
        *_nowhere(e.supply, yes), ("below_area", e.within(e.small_m)), ("closed_then", e.within(e.closed_m)),
        ("not_step_free", e.within(e.steps_m)), ("no_gate", e.within(e.walked.without_walls)), ("river", e.barred & e.circle),
        ("detour", e.circle), ("too_far", yes),
    )
    why_unknown = _first(("area_unknown", maybe), ("off_network", ~e.attached), ("not_surveyed", yes & (not e.supply.complete)), ("data_ends", yes))
    reason = np.where(status == COVERED, -1, np.where(status == GAP, why_gap, why_unknown))
    return Verdict(status.astype(np.int8), reason.astype(np.int8), firm | (status == UNKNOWN), e.walked, e.circle, e.limit_m, e.m_per_s)


def _nowhere(supply: Supply, yes: Flags) -> list[tuple[str, Flags]]:
    """Why nobody has one: there is none, there will be one, there was one."""
    lacking = supply.exists and not supply.stands
    return [("none_exists", yes & (not supply.exists)), ("planned_only", yes & (lacking and supply.planned)), ("out_of_use", yes & lacking)]


def _first(*holds: tuple[str, Flags]) -> Ints:
    """(n,) of the reasons that hold the first, as its row of `REASONS`; the last holds always."""
    return np.array([WHY[name] for name, _ in holds])[np.stack([flags for _, flags in holds]).argmax(axis=0)]


def judge_presence(zone: Ints, at: Ints, supply: Supply) -> Verdict:
    """Judge a clause that asks for at least one facility in the zone one lives in: its compound, committee or subdistrict.

    Args:
        zone: (n,) the zone of every place, -1 for none; `at` (f,) the zone of every facility.
    """
    has, may, small, shut = (_in_zone(zone, at[flags]) for flags in (
        supply.satisfying & ~supply.closed, supply.area_unknown & ~supply.closed, supply.too_small, supply.closed & ~supply.too_small))
    lost, yes = (zone < 0) & supply.stands, np.ones(len(zone), dtype=bool)
    status = np.where(has, COVERED, np.where(lost | may | (not supply.complete), UNKNOWN, GAP))
    why_gap = _first(*_nowhere(supply, yes), ("below_area", small), ("closed_then", shut), ("none_here", yes))
    why_unknown = _first(("no_zone", lost), ("area_unknown", may), ("not_surveyed", yes))
    reason = np.where(status == COVERED, -1, np.where(status == GAP, why_gap, why_unknown))
    return Verdict(status.astype(np.int8), reason.astype(np.int8), yes)


def _in_zone(zone: Ints, zones: Ints) -> Flags:
    return (zone >= 0) & np.isin(zone, zones)


@dataclass(frozen=True)
class Residents:
    """Those that an index counts by: how many are known of, and whether there are places inside the boundary of which it is not known."""

    known: float
    more: bool


def judge_index(count: int, clause: Clause, supply: Supply, residents: Residents) -> Verdict:
    """Judge a clause that gives neither a walk nor a place: everybody lives in a subdistrict that has enough square metres, or has not."""
    met = index_met(clause, supply, residents)
    status = {True: COVERED, False: GAP, None: UNKNOWN}[met]
    yes = np.ones(1, dtype=bool)
    gap = _first(*_nowhere(supply, yes), ("below_index", yes))
    enough = (per_1000(supply, residents) or 0.0) >= (clause.per_1000_min_m2 or np.inf)
    blind = _first(("people_unknown", yes & enough), ("not_surveyed", yes & (not supply.complete)),
                   ("area_unknown", yes & bool(supply.m2_blind.any())),
                   ("use_unknown", yes & bool(supply.m2_unsaid.any())), ("people_unknown", yes))
    why = -1 if met else int(gap[0]) if met is False else int(blind[0])
    return Verdict(np.full(count, status, dtype=np.int8), np.full(count, why, dtype=np.int8), np.ones(count, dtype=bool))


def per_1000(supply: Supply, residents: Residents) -> float | None:
    """Square metres in use for 1,000 residents; None where no area or nobody is known."""
    return None if np.isnan(supply.m2) or not residents.known > 0 else supply.m2 / residents.known * 1000


def index_met(clause: Clause, supply: Supply, residents: Residents) -> bool | None:
    """Whether there are as many square metres for 1,000 residents as the clause asks; None where it is not known.

    More people than are known of make it less, more square metres than are known of make it more.
    """
    have, wanted = per_1000(supply, residents), clause.per_1000_min_m2
    if wanted is None or have is None:
        return None
    if have >= wanted:
        return None if residents.more else True
    return False if supply.complete and not supply.m2_unknown else None


def of_every_speed(slowest: Verdict, fastest: Verdict) -> Verdict:
    """Judge people whose age, and so whose speed, is not known: as the slowest and the fastest agree, else unknown."""
    same = slowest.status == fastest.status
    status = np.where(same, slowest.status, UNKNOWN).astype(np.int8)
    reason = np.where(same, slowest.reason, WHY["age_unknown"]).astype(np.int8)
    return Verdict(status, reason, slowest.firm & fastest.firm | ~same, slowest.walked, slowest.circle, slowest.limit_m, slowest.m_per_s)


def of_no_age(count: int) -> Verdict:
    """Judge people whose age is not known by a clause that serves some ages only: not known whether it concerns them."""
    return Verdict(np.full(count, UNKNOWN, dtype=np.int8), np.full(count, WHY["age_unknown"], dtype=np.int8), np.ones(count, dtype=bool))
