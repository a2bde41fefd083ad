"""The work plan beside an audit: each of its items, where it is on the map, and what the clauses say of its services."""

from __future__ import annotations

import pandas as pd

from wanli_geo.access.coverage import GAP, UNKNOWN
from wanli_geo.answer import Made
from wanli_geo.study.audit_tables import Told
from wanli_geo.workspace.plan import accounted, plan_of
from wanli_geo.workspace.store import Workspace

_COLUMNS = ["id", "name", "name_en", "layer", "kinds", "status", "features", "answered_by", "clauses", "people_gap", "people_unknown"]


def plan_items(told: Told) -> pd.DataFrame:
    """One row an item of the workspace's plan, none left out: the clauses of this audit that its kinds of service answer to.

    `people_gap` and `people_unknown` are those of the clause with the most; missing where no clause judges the item. A workspace without
    a plan has no row.

    Raises:
        BadPlan: the plan cannot be read.
    """
    workspace = told.audited.ground.workspace
    table = accounted(workspace)
    if table.empty:
        return pd.DataFrame(columns=_COLUMNS)
    judged = [[entry for entry in told.ledger.entries if set(kinds.split(", ")) & set(entry.clause.kinds)] for kinds in table["kinds"]]
    table["clauses"] = [",".join(entry.key for entry in entries) for entries in judged]
    for name, status in (("people_gap", GAP), ("people_unknown", UNKNOWN)):
        most = [max((float(told.ledger.tally(entry)[:, :, status].sum()) for entry in entries), default=None) for entries in judged]
        table[name] = pd.array(most, dtype="Float64")
    return table[_COLUMNS]


def made_of_plan(workspace: Workspace) -> tuple[Made, ...]:
    """The plan as an input, where there is one."""
    own = plan_of(workspace)
    if own is None:
        return ()
    return (Made("plan_items", own.sha256, own.head.source, own.head.date, own.head.accuracy, own.head.licence),)
