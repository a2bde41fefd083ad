"""How much an answer hangs on what was assumed: a clause judged again at other speeds, other waits, other thresholds."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd

from wanli_geo.access.coverage import GAP
from wanli_geo.access.reach import TOLERANCE_M
from wanli_geo.network.graph import Floats
from wanli_geo.network.pace import Pace
from wanli_geo.standards.ledger import Entry, Ledger, Verdict
from wanli_geo.study.ledger import LESS, MORE, Audited

SPEEDS, WAITS, THRESHOLDS = (LESS, 1.0, MORE), (0.0, 1.0, 2.0), (LESS, 1.0, MORE)
_COLUMNS = ["speed", "waits", "threshold", "people_covered", "people_gap_left", "units_gap_left"]


def variants(audited: Audited, entry: Entry, ledger: Ledger) -> pd.DataFrame:
    """One row a variant: people covered, and how many people and units of today's gap are left in it.

    A clause in minutes is judged at three speeds × three waits × three thresholds, one in metres by three thresholds; factors of what the
    audit assumes. A clause without a walk has no row.
    """
    in_minutes = entry.measure.mode == "minutes"
    grid = product(SPEEDS, WAITS, THRESHOLDS) if in_minutes else product((1.0,), (1.0,), THRESHOLDS)
    rows = []
    for speed, waits, threshold in grid:
        covered, left, units = 0.0, 0.0, np.zeros(ledger.units)
        walked = False
        for verdict, people in entry.each(ledger.people):
            if verdict.walked is None:
                continue
            walked = True
            longest = verdict.limit_m * speed * threshold + TOLERANCE_M
            within = _cost(audited, entry, verdict, speed, waits, longest) <= longest
            lasting = (verdict.status == GAP) & ~within
            covered += float(people[within].sum())
            left += float(people[lasting].sum())
            units += np.bincount(ledger.unit[lasting], people[lasting], minlength=ledger.units)
        if walked:
            rows.append((speed, waits, threshold, covered, left, int((units > 0).sum())))
    return pd.DataFrame(rows, columns=_COLUMNS)


def _cost(audited: Audited, entry: Entry, verdict: Verdict, speed: float, waits: float, within_m: float) -> Floats:
    """(n,) the cost of the walk at so many times the speed and the waits, `inf` beyond a threshold."""
    facilities = entry.supply.satisfying & ~entry.supply.closed
    if entry.measure.mode != "minutes":
        return audited.goals.cost(facilities, within_m=within_m)
    return audited.goals.cost(facilities, Pace(verdict.m_per_s * speed, audited.waits.times(waits)), within_m=within_m)
