"""One road, one water, two homes: the structure of the plan as it is drawn, and which parts of it nobody has confirmed."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from wanli_geo.answer import Answer, Caveat, Fact
from wanli_geo.errors import NothingToAnswer
from wanli_geo.study.words import data_caveats, made_of
from wanli_geo.workspace.store import Workspace

# “一路一水两家园”: how many parts of each role the plan has.
WANTED = {"road": (1, "一路", "one road"), "water": (1, "一水", "one water"), "home": (2, "两家园", "two homes")}


def structure(workspace: Workspace) -> Answer:
    """List the parts of the structure with their size; every part that is not confirmed is said to be a candidate.

    Raises:
        NothingToAnswer: the layer is empty.
    """
    parts = _parts(workspace)
    if parts.empty:
        raise NothingToAnswer("工作区里没有“一路一水两家园”（structure）；请用 wanli-geo import 导入。",
                              "The workspace has no structure layer (one road, one water, two homes); bring one in with wanli-geo import.")
    made = made_of(workspace, ("structure",))
    confirmed = int(parts["confirmed"].sum())
    return Answer(
        question="structure",
        params={"workspace": workspace.catalogue.name, "wanted": {role: count for role, (count, _, _) in WANTED.items()}},
        features={"structure": parts},
        tables={"structure": parts.drop(columns="geometry")},
        facts=(
            Fact("parts", "画出的部分", "Parts drawn", len(parts), "处"),
            Fact("roles_confirmed", "已确认", "Confirmed", confirmed, "处"),
            Fact("roles_unconfirmed", "待街道确认", "To be confirmed", len(parts) - confirmed, "处"),
            Fact("roles_missing", "还没有画的", "Not drawn yet", sum(_lacking(parts).values()), "处"),
        ),
        caveats=(*_caveats(parts), *data_caveats(made, 0)),
        made_of=made,
    )


def _parts(workspace: Workspace) -> gpd.GeoDataFrame:
    """One row a part, in the order of the plan; a part that does not say is not confirmed."""
    layer, shapes = workspace.layer("structure"), workspace.metric("structure").geometry.to_numpy()
    flat = shapely.get_dimensions(shapes)
    columns = layer[["id", "role", "name", "name_en"]].assign(
        confirmed=layer["confirmed"].fillna(False).astype(bool).to_numpy(),
        length_m=np.where(flat == 1, shapely.length(shapes), np.nan), area_m2=np.where(flat == 2, shapely.area(shapes), np.nan))
    frame = gpd.GeoDataFrame(columns, geometry=layer.geometry.to_numpy(), crs="EPSG:4326")
    rank = frame["role"].map({role: row for row, role in enumerate(WANTED)})
    return frame.assign(rank=rank).sort_values(["rank", "id"]).drop(columns="rank").reset_index(drop=True)


def _lacking(parts: gpd.GeoDataFrame) -> dict[str, int]:
    return {role: max(0, count - int((parts["role"] == role).sum())) for role, (count, _, _) in WANTED.items()}


def _caveats(parts: gpd.GeoDataFrame) -> list[Caveat]:
    """Name each candidate, and each role that the plan has and the map lacks."""
    notes = [Caveat(f"unconfirmed_{identity}", f"“{zh}”是候选，待街道确认。",
                    f"“{en}” is a candidate, to be confirmed by the subdistrict.")
             for identity, zh, en in _candidates(parts)]
    return notes + [Caveat(f"missing_{role}", f"计划要“{WANTED[role][1]}”，还差 {short} 处没有画。",
                           f"The plan has {WANTED[role][2]}; {short} not drawn yet.")
                    for role, short in _lacking(parts).items() if short]


def _candidates(parts: gpd.GeoDataFrame) -> list[tuple[str, str, str]]:
    """Id and names of what is not confirmed; without a name the id, without an English one the Chinese."""
    rows = parts.loc[~parts["confirmed"], ["id", "name", "name_en"]].itertuples(index=False)
    return [(row.id, _text(row.name) or row.id, _text(row.name_en) or _text(row.name) or row.id) for row in rows]


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
