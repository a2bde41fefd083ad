"""The ledger of a workspace: every clause of the packs asked for, judged for everybody; the one place that knows the order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from wanli_geo.access.coverage import GAP
from wanli_geo.access.reach import PROFILES, TOLERANCE_M, Profile
from wanli_geo.access.walked import Walked
from wanli_geo.network.graph import Floats, Ints
from wanli_geo.network.pace import Pace, Waits
from wanli_geo.standards.clauses import AGES, Clause, Measure, Pack
from wanli_geo.standards.ledger import (
    Entry,
    Evidence,
    Ledger,
    Supply,
    Verdict,
    judge_index,
    judge_presence,
    judge_walk,
    of_every_speed,
    of_no_age,
)
from wanli_geo.study.ages import WALKS
from wanli_geo.study.goals import Goals
from wanli_geo.study.ground import Ground
from wanli_geo.workspace.committees import Committees, committees_of
from wanli_geo.workspace.offer import Offer, offer_of
from wanli_geo.workspace.people import Ages, ages_of
from wanli_geo.workspace.services import DRAWN_WITHIN_M

Flags = NDArray[np.bool_]
# Sensitivity: speeds and thresholds a tenth less and more; no waits at crossings, as they are, and twice as long. Planner's choice.
LESS, MORE = 0.9, 1.1
_LONGEST_WAIT_S = 600.0


@dataclass(frozen=True, eq=False)
class Audited:
    """What an audit stands on: the ground at one hour, everything one may walk to, and the people.

    Attributes:
        hours: whether facilities must keep open hours at the ground's hour.
        able: the same ground for walkers who climb steps, where `ground` is for those who cannot; None where it is for all.
    """

    ground: Ground
    waits: Waits
    hours: bool = False
    able: Ground | None = None
    offered: Offer | None = None

    @cached_property
    def offer(self) -> Offer:
        return self.offered or offer_of(self.ground.workspace)

    @property
    def pace(self) -> Pace:
        """An adult's, by whose waits the sentences speak; each age walks at its own speed."""
        return Pace(PROFILES["adult"].m_per_s, self.waits)

    @cached_property
    def goals(self) -> Goals:
        return Goals(self.ground, self.offer, self.hours)

    @cached_property
    def goals_by_steps(self) -> Goals | None:
        return None if self.able is None else Goals(self.able, self.offer, self.hours)

    @cached_property
    def ages(self) -> Ages:
        return ages_of(self.ground.workspace, self.ground.demand)

    @cached_property
    def committees(self) -> Committees:
        return committees_of(self.ground.workspace, self.ground.demand)

    @cached_property
    def attached(self) -> Flags:
        found = np.zeros(len(self.ground.demand.ids), dtype=bool)
        found[self.ground.homes.place] = True
        return found

    @cached_property
    def edges(self) -> dict[Pace | None, Floats]:
        return {}

    def to_edge(self, pace: Pace | None) -> Floats:
        """(n,) to where the data ends, at a pace."""
        if pace not in self.edges:
            self.edges[pace] = self.ground.to_edge_of_data(pace)
        return self.edges[pace]

    @cached_property
    def boundary(self) -> shapely.Geometry:
        """The subdistrict, metric; where none is drawn, the area in which the data is complete."""
        drawn = self.ground.workspace.metric("boundary").geometry.to_numpy()
        whole = shapely.union_all(drawn) if len(drawn) else self.ground.workspace.extent
        shapely.prepare(whole)
        return whole

    @cached_property
    def local(self) -> Flags:
        """(f,) facilities inside the boundary."""
        return np.asarray(shapely.intersects_xy(self.boundary, self.offer.xy), dtype=bool)

    @cached_property
    def residents(self) -> float:
        """The people inside the boundary whose number is known: those that an index counts by."""
        inside = shapely.intersects_xy(self.boundary, self.ground.demand.xy)
        return float(np.nansum(self.ages.people[inside]))

    @cached_property
    def zones(self) -> dict[str, tuple[Ints, Ints]]:
        """By the word of a clause: (n,) the zone of every place, (f,) the zone of every facility; -1 for none."""
        demand = self.ground.demand
        inside = np.where(shapely.intersects_xy(self.boundary, demand.xy), 0, -1)
        return {
            "compound": (demand.compound, self.ground.compound_at(self.offer.xy)),
            "committee": (self.committees.of_unit[demand.unit], self.committees.at(self.offer.xy)),
            "subdistrict": (inside, np.where(self.local, 0, -1)),
        }


def ledger_of(audited: Audited, packs: Sequence[Pack]) -> Ledger:
    """Judge every clause of the packs, in their order."""
    demand = audited.ground.demand
    entries = []
    for pack in packs:
        for number, clause in enumerate(pack.clauses):
            audited.ground.progress(f"{pack.zh} / {pack.en}", number / len(pack.clauses))
            entries.append(_judged(audited, pack, clause))
    return Ledger(tuple(entries), audited.ages.people, demand.unit, len(demand.unit_ids), audited.committees.of_unit, len(audited.committees.ids))


def supply_of(audited: Audited, clause: Clause) -> Supply:
    """Sort the facilities of a clause's kinds: those that satisfy it, those of unknown area, those too small, those not in use."""
    offer, workspace = audited.offer, audited.ground.workspace
    ours = offer.of(clause.kinds)
    used = ours & offer.used
    small, unknown = _by_area(offer, clause, used)
    open_kinds = tuple(kind for kind in clause.kinds if workspace.survey_of(kind) != "complete")
    m2, m2_unknown = _square_metres(audited, used)
    satisfying = used & ~small & ~unknown
    if np.isnan(m2) and not open_kinds and not m2_unknown:
        m2 = 0.0  # looked for everywhere, and there is none
    return Supply(satisfying, unknown, small, ours & ~offer.used, satisfying & ~audited.goals.open, m2, m2_unknown, not open_kinds, open_kinds)


def _by_area(offer: Offer, clause: Clause, used: Flags) -> tuple[Flags, Flags]:
    """(f,) used ones below the least area, and those of whom it is not known. An outline is less than a building's floors together."""
    if clause.min_area_m2 is None:
        nothing = np.zeros(len(used), dtype=bool)
        return nothing, nothing
    slack_m2 = DRAWN_WITHIN_M * np.where(offer.drawn, shapely.length(offer.shapes), 0.0)
    below = offer.area_m2 + slack_m2 < clause.min_area_m2
    blind = np.isnan(offer.area_m2) | (below & offer.drawn & (clause.area_is == "building"))
    return used & below & ~blind, used & blind


def _square_metres(audited: Audited, used: Flags) -> tuple[float, int]:
    """Square metres said to be in use inside the boundary, NaN where of none; how many more stand there that cannot be counted."""
    offer, there = audited.offer, used & audited.local
    green = there & (offer.layer == "green_vein")
    known = there & ~np.isnan(offer.area_m2) & (offer.in_use | green)
    if not known.any():
        return np.nan, int(there.sum())
    area = offer.area_m2[known].copy()
    cut = np.flatnonzero(offer.drawn[known])
    if len(cut):
        area[cut] = _inside_boundary(audited, np.flatnonzero(known)[cut])
    return float(area.sum()), int((there & ~known).sum())


def _inside_boundary(audited: Audited, rows: Ints) -> Floats:
    """(k,) square metres of drawn areas that lie inside the boundary."""
    shapes = audited.offer.shapes[rows]
    return np.asarray(shapely.area(shapely.intersection(shapes, audited.boundary)), dtype=np.float64)


def _judged(audited: Audited, pack: Pack, clause: Clause) -> Entry:
    measure, supply = pack.measure(clause), supply_of(audited, clause)
    verdicts = _verdicts(audited, clause, measure, supply)
    count, everybody = len(audited.ground.demand.ids), len(clause.serves) == len(AGES)
    by_age = [verdicts[age] if age in clause.serves else None for age in AGES]
    if not everybody:
        unstated = of_no_age(count)
    elif measure.mode == "minutes":
        fastest, slowest = max(WALKS.values(), key=_speed), min(WALKS.values(), key=_speed)
        by_walker = {WALKS[age]: verdicts[age] for age in AGES}
        unstated = of_every_speed(by_walker[slowest], by_walker[fastest])
    else:
        unstated = verdicts[AGES[0]]
    return Entry(pack, clause, measure, supply, (*by_age, unstated))


def _speed(code: str) -> float:
    return PROFILES[code].m_per_s


def _verdicts(audited: Audited, clause: Clause, measure: Measure, supply: Supply) -> dict[str, Verdict]:
    """The verdict of each age served: one for all, but where minutes mean each one's own speed."""
    demand, offer = audited.ground.demand, audited.offer
    ours = offer.of(clause.kinds)
    exists, stands = bool(ours.any()), bool((ours & offer.used).any())
    if measure.mode == "presence" and clause.presence:
        place, facility = audited.zones[clause.presence]
        return dict.fromkeys(clause.serves, judge_presence(place, facility, supply, exists, stands))
    if measure.mode == "index" or measure.value is None:
        return dict.fromkeys(clause.serves, judge_index(len(demand.ids), clause, supply, audited.residents))
    if measure.mode == "metres":
        return dict.fromkeys(clause.serves, _walked(audited, supply, exists, stands, measure.value, None))
    found: dict[str, Verdict] = {}
    for age in clause.serves:
        code = WALKS[age]
        if code not in found:
            found[code] = _walked(audited, supply, exists, stands, measure.value, PROFILES[code])
    return {age: found[WALKS[age]] for age in clause.serves}


def _walked(audited: Audited, supply: Supply, exists: bool, stands: bool, value: float, walker: Profile | None) -> Verdict:
    """Judge by a walk of so many metres, or of so many minutes of a walker."""
    goals, speed = audited.goals, PROFILES["adult"].m_per_s if walker is None else walker.m_per_s
    pace = None if walker is None else Pace(speed, audited.waits)
    limit_m = value if walker is None else value * 60 * speed
    within_m = limit_m + TOLERANCE_M
    open_now = supply.satisfying & ~supply.closed
    by_steps = audited.goals_by_steps

    def counted(more: Flags) -> Floats | None:
        return goals.cost(open_now | more, pace, within_m=within_m) if more.any() else None

    walked, circle = goals.walked(open_now, pace), goals.circle(open_now) <= within_m
    evidence = Evidence(
        walked=walked, to_edge_m=audited.to_edge(pace), attached=audited.attached, limit_m=limit_m, m_per_s=speed, supply=supply,
        exists=exists, stands=stands, circle=circle, barred=_barred(audited, open_now, circle, walked, limit_m),
        maybe_m=counted(supply.area_unknown & goals.open), small_m=counted(supply.too_small & goals.open),
        closed_m=_closed(goals, supply, pace, within_m),
        steps_m=None if by_steps is None else by_steps.cost(open_now, pace, within_m=within_m),
    )
    verdict = judge_walk(evidence, _firm(audited, open_now, walked, limit_m, value, walker))
    return replace(verdict, firm=verdict.firm | ((verdict.status == GAP) & ~np.isfinite(walked.cost)))


def _closed(goals: Goals, supply: Supply, pace: Pace | None, within_m: float) -> Floats | None:
    """(n,) the cost of the walk to the nearest satisfying facility, those closed then counted; by doors open then."""
    return goals.cost(supply.satisfying, pace, within_m=within_m) if supply.closed.any() else None


def _firm(audited: Audited, facilities: Flags, walked: Walked, limit_m: float, value: float, walker: Profile | None) -> Flags:
    """(n,) whether covered stays covered in the worst case and not covered stays so in the best: all variants lie between the two."""
    if walker is None:
        best, worst, longest, shortest = walked.cost, walked.cost, limit_m * MORE + TOLERANCE_M, limit_m * LESS + TOLERANCE_M
    else:
        waits = audited.waits
        none = replace(waits, signalised_s=0.0, unsignalised_s=0.0, over_or_under_s=0.0)
        twice = replace(waits, signalised_s=_doubled(waits.signalised_s), unsignalised_s=_doubled(waits.unsignalised_s),
                        over_or_under_s=_doubled(waits.over_or_under_s))
        fast, slow = walker.m_per_s * MORE, walker.m_per_s * LESS
        longest, shortest = value * 60 * fast * MORE + TOLERANCE_M, value * 60 * slow * LESS + TOLERANCE_M
        best = audited.goals.cost(facilities, Pace(fast, none), within_m=longest)
        worst = audited.goals.cost(facilities, Pace(slow, twice), within_m=shortest)
    covered = walked.cost <= limit_m + TOLERANCE_M
    return np.where(covered, worst <= shortest, best > longest)


def _doubled(seconds: float) -> float:
    return min(2 * seconds, _LONGEST_WAIT_S)


def _barred(audited: Audited, facilities: Flags, circle: Flags, walked: Walked, limit_m: float) -> Flags:
    """(n,) those not covered inside the circle to whom water or a railway bars the straight way to the nearest door."""
    ask = np.flatnonzero(circle & (walked.cost > limit_m + TOLERANCE_M))
    barred = np.zeros(len(circle), dtype=bool)
    doors = audited.offer.doors[audited.goals.doors_of(facilities)]
    if len(ask) and len(doors):
        barred[ask] = audited.ground.barred(audited.ground.demand.xy[ask], doors[audited.goals.nearest_door(facilities)[ask]])
    return barred
