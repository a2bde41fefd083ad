"""Compounds and lone houses by the name a person calls them."""

from __future__ import annotations

import difflib

import numpy as np
import pandas as pd

from wanli_geo.errors import BadMeasure
from wanli_geo.workspace.people import Demand
from wanli_geo.workspace.store import Workspace

_SHOWN = 5


def unit_called(workspace: Workspace, demand: Demand, text: str) -> int:
    """Give the row of the unit with this id; else the one with this name, in Chinese, in English or as it is called otherwise.

    Raises:
        BadMeasure: none has it, or several have.
    """
    own = np.flatnonzero(demand.unit_ids == text)
    if len(own):
        return int(own[0])
    names = _names(workspace, demand)
    called = names["row"][names["name"] == text.strip().casefold()].unique()
    if len(called) == 1:
        return int(called[0])
    if len(called):
        shown = "、".join(demand.unit_ids[called[:_SHOWN]])
        raise BadMeasure(f"叫“{text}”的不止一处，请改用编号：{shown}。", f"Several are called “{text}”; say which by its id: {shown}.")
    rows = names.drop_duplicates("name").set_index("name")["row"]
    near = [demand.unit_ids[rows[name]] for name in difflib.get_close_matches(text.casefold(), rows.index, n=_SHOWN, cutoff=0.5)]
    near = list(dict.fromkeys([*near, *difflib.get_close_matches(text, demand.unit_ids.tolist(), n=_SHOWN, cutoff=0.6)]))[:_SHOWN]
    hint_zh, hint_en = (f"相近的有 {'、'.join(near)}；", f"near it: {', '.join(near)}; ") if near else ("", "")
    raise BadMeasure(
        f"没有编号或名称为“{text}”的小区或楼；{hint_zh}编号见结果表的 id 一列。",
        f"There is no compound or house “{text}”; {hint_en}ids stand in the table's id column.",
    )


def _names(workspace: Workspace, demand: Demand) -> pd.DataFrame:
    """Every name with the row of the unit that has it, in small letters."""
    compounds, homes = workspace.layer("compounds"), workspace.layer("homes")
    of_compound = {identity: row for row, identity in enumerate(demand.unit_ids[demand.unit_compound >= 0])}
    of_house = {identity: len(of_compound) + row for row, identity in enumerate(demand.unit_ids[demand.unit_compound < 0])}
    called = [(name, of_compound[row["id"]]) for row in compounds[["id", "name", "name_en", "other_names"]].to_dict("records")
              for name in (row["name"], row["name_en"], *(row["other_names"] if isinstance(row["other_names"], list) else ()))]
    lone = homes[homes["id"].isin(of_house)]
    called += [(row[column], of_house[row["id"]]) for row in lone[["id", "name", "name_en"]].to_dict("records") for column in ("name", "name_en")]
    return pd.DataFrame([(name.strip().casefold(), row) for name, row in called if isinstance(name, str) and name.strip()],
                        columns=["name", "row"])
