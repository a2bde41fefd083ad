"""The ledger of a workspace: every clause of the packs asked for, judged for everybody; the one place that knows the order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from wanli_geo.access.reach import PROFILES, TOLERANCE_M, Profile
from wanli_geo.access.walked import Walked
from wanli_geo.network.graph import Floats, Ints
from wanli_geo.network.pace import Pace, Waits
from wanli_geo.standards.clauses import AGES, Clause, Measure, Pack
from wanli_geo.standards.ledger import (
    Entry,
    Evidence,
    Ledger,
    Residents,
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
    def residents(self) -> Residents:
        """The people inside the boundary: those that an index counts by."""
        people = self.ages.people[shapely.intersects_xy(self.boundary, self.ground.demand.xy)].sum(axis=1)
        return Residents(float(np.nansum(people)), bool(np.isnan(people).any()))

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
    m2, m2_blind, m2_unsaid = _square_metres(audited, clause, used)
    if np.isnan(m2) and not open_kinds and not (m2_blind | m2_unsaid).any():
        m2 = 0.0  # looked for everywhere, and there is none
    return Supply(
        satisfying=used & ~small & ~unknown, area_unknown=unknown, too_small=small, not_in_use=ours & ~offer.used,
        closed=used & ~audited.goals.open, planned=bool((ours & offer.planned).any()), m2=m2, m2_blind=m2_blind, m2_unsaid=m2_unsaid,
        complete=not open_kinds, open_kinds=open_kinds,
    )


def _by_area(offer: Offer, clause: Clause, used: Flags) -> tuple[Flags, Flags]:
    """(f,) used ones below the least area, and those of whom it is not known. An outline is less than a building's floors together."""
    if clause.min_area_m2 is None:
        nothing = np.zeros(len(used), dtype=bool)
        return nothing, nothing
    slack_m2 = DRAWN_WITHIN_M * np.where(offer.drawn, shapely.length(offer.shapes), 0.0)
    below = offer.area_m2 + slack_m2 < clause.min_area_m2
    blind = np.isnan(offer.area_m2) | (below & offer.drawn & (clause.area_is == "building"))
    return used & below & ~blind, used & blind


def _square_metres(audited: Audited, clause: Clause, used: Flags) -> tuple[float, Flags, Flags]:
    """Square metres said to be in use inside the boundary, NaN where of none; (f,) those there of unknown area, (f,) of unknown use.

    Green is in use where it stands; what overlaps counts once, what reaches over the boundary by what is inside. A building's outline is
    the least of its floors, so it is counted and more may be there.
    """
    offer = audited.offer
    there = used & np.where(offer.drawn, shapely.intersects(offer.shapes, audited.boundary), audited.local)
    unsaid = there & ~offer.in_use & (offer.layer != "green_vein")
    blind = there & ~unsaid & (np.isnan(offer.area_m2) | (offer.drawn & (clause.area_is == "building")))
    counted = there & ~unsaid & ~np.isnan(offer.area_m2)
    if not counted.any():
        return np.nan, blind, unsaid
    outlines = shapely.intersection(shapely.union_all(offer.shapes[counted & offer.drawn]), audited.boundary)
    return float(offer.area_m2[counted & ~offer.drawn].sum() + shapely.area(outlines)), blind, unsaid


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
    demand = audited.ground.demand
    if measure.mode == "presence" and clause.presence:
        place, facility = audited.zones[clause.presence]
        return dict.fromkeys(clause.serves, judge_presence(place, facility, supply))
    if measure.mode == "index" or measure.value is None:
        return dict.fromkeys(clause.serves, judge_index(len(demand.ids), clause, supply, audited.residents))
    if measure.mode == "metres":
        return dict.fromkeys(clause.serves, _walked(audited, supply, measure.value, None))
    found: dict[str, Verdict] = {}
    for age in clause.serves:
        code = WALKS[age]
        if code not in found:
            found[code] = _walked(audited, supply, measure.value, PROFILES[code])
    return {age: found[WALKS[age]] for age in clause.serves}


def _walked(audited: Audited, supply: Supply, value: float, walker: Profile | None) -> Verdict:
    """Judge by a walk of so many metres, or of so many minutes of a walker."""
    goals, speed = audited.goals, PROFILES["adult"].m_per_s if walker is None else walker.m_per_s
    pace = None if walker is None else Pace(speed, audited.waits)
    limit_m = value if walker is None else value * 60 * speed
    within_m = limit_m + TOLERANCE_M
    open_now, blind = supply.satisfying & ~supply.closed, supply.area_unknown & ~supply.closed
    by_steps = audited.goals_by_steps

    def counted(more: Flags, *, any_hour: bool = False) -> Floats | None:
        return goals.cost(open_now | more, pace, within_m=within_m, any_hour=any_hour) if more.any() else None

    walked, circle = goals.walked(open_now, pace), goals.circle(open_now) <= within_m
    evidence = Evidence(
        walked=walked, to_edge_m=audited.to_edge(pace), attached=audited.attached, limit_m=limit_m, m_per_s=speed, supply=supply,
        circle=circle, barred=_barred(audited, open_now, circle, walked, limit_m), maybe_m=counted(blind),
        small_m=counted(supply.too_small, any_hour=True), closed_m=counted(supply.closed & ~supply.too_small, any_hour=True),
        steps_m=None if by_steps is None else by_steps.cost(open_now, pace, within_m=within_m),
    )
    return judge_walk(evidence, _firm(audited, open_now, blind, walked, limit_m, value, walker))


def _firm(
    audited: Audited, facilities: Flags, blind: Flags, walked: Walked, limit_m: float, value: float, walker: Profile | None
) -> Flags:
    """(n,) whether covered stays covered in the worst case, and a gap stays one in the best; all variants lie between the two.

    `blind` (f,) are those of unknown area: within the longest walk one of them, or the edge of the data, would make the gap an unknown.
    """
    goals = audited.goals
    if walker is None:
        fast, slow, longest, shortest = None, None, limit_m * MORE + TOLERANCE_M, limit_m * LESS + TOLERANCE_M
    else:
        quick, tired = walker.m_per_s * MORE, walker.m_per_s * LESS
        fast, slow = Pace(quick, audited.waits.times(0)), Pace(tired, audited.waits.times(2))
        longest, shortest = value * 60 * quick * MORE + TOLERANCE_M, value * 60 * tired * LESS + TOLERANCE_M
    best = goals.cost(facilities | blind, fast, within_m=longest)
    worst = walked.cost if walker is None else goals.cost(facilities, slow, within_m=shortest)
    covered = walked.cost <= limit_m + TOLERANCE_M
    return np.where(covered, worst <= shortest, (best > longest) & (audited.to_edge(fast) > longest))


def _barred(audited: Audited, facilities: Flags, circle: Flags, walked: Walked, limit_m: float) -> Flags:
    """(n,) those not covered inside the circle to whom water or a railway bars the straight way to the nearest door."""
    ask = np.flatnonzero(circle & (walked.cost > limit_m + TOLERANCE_M))
    barred = np.zeros(len(circle), dtype=bool)
    doors = audited.offer.doors[audited.goals.doors_of(facilities)]
    if len(ask) and len(doors):
        barred[ask] = audited.ground.barred(audited.ground.demand.xy[ask], doors[audited.goals.nearest_door(facilities)[ask]])
    return barred
