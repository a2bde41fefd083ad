"""What if: edits of a workspace as data. Applying them gives a new workspace; nothing is changed in place."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from wanli_geo.errors import BadMeasure, Refused
from wanli_geo.planning.closures import CloseStretch, closed_by, without
from wanli_geo.workspace.services import in_service
from wanli_geo.workspace.store import Workspace, to_degrees

__all__ = ["CloseGate", "CloseStretch", "Edit", "OpenGate", "apply"]

_NEAR = 5


@dataclass(frozen=True)
class OpenGate:
    """A gate that is planned, closed, for residents only or shut at the time: taken as open to everybody at any hour."""

    id: str


@dataclass(frozen=True)
class CloseGate:
    """A gate taken as closed to everybody at any hour."""

    id: str


Edit = OpenGate | CloseGate | CloseStretch


def apply(workspace: Workspace, edits: Sequence[Edit]) -> Workspace:
    """Give the workspace with the edits made, in any order.

    The digest stays that of the layer as it is at rest: an answer names the edits beside it.

    Raises:
        BadMeasure: there is no such gate or street, or a gate is to be opened and closed at once.
        Refused: a compound would be left without a gate.
    """
    layers = {**_gates_edited(workspace, edits), **_streets_edited(workspace, edits)}
    return replace(workspace, layers={**workspace.layers, **layers}, _projected={},
                   sha256={**workspace.sha256, **{name: workspace.digest(name) for name in layers}})


def _streets_edited(workspace: Workspace, edits: Sequence[Edit]) -> dict[str, gpd.GeoDataFrame]:
    """The streets with the closed stretches cut out, none where nothing is closed; a gate on one of them leads nowhere, which is told."""
    closures = [edit for edit in edits if isinstance(edit, CloseStretch)]
    if not closures:
        return {}
    split, crs = without(workspace.metric("streets"), closed_by(workspace, closures)), workspace.catalogue.metric_crs
    return {"streets": split.set_geometry(gpd.GeoSeries(to_degrees(split.geometry.to_numpy(), crs), split.index, crs="EPSG:4326"))}


def _gates_edited(workspace: Workspace, edits: Sequence[Edit]) -> dict[str, gpd.GeoDataFrame]:
    """The gates opened and closed, none where nothing is said of any."""
    if not any(isinstance(edit, OpenGate | CloseGate) for edit in edits):
        return {}
    gates = workspace.layer("gates")
    opened = _rows(workspace, gates, [edit.id for edit in edits if isinstance(edit, OpenGate)])
    closed = _rows(workspace, gates, [edit.id for edit in edits if isinstance(edit, CloseGate)])
    if (opened & closed).any():
        both = gates["id"][opened & closed].iloc[0]
        raise BadMeasure(f"门“{both}”不能又开又关；请只留一样。", f"The gate “{both}” cannot be opened and closed at once; keep one.")
    edited = gates.copy()
    edited.loc[opened, "status"], edited.loc[closed, "status"] = "existing", "closed"
    edited.loc[opened, "open_hours"] = "24/7"
    edited.loc[opened, "residents_only"] = False
    _see_to_a_way_out(gates, edited)
    return {"gates": edited}


def _rows(workspace: Workspace, gates: gpd.GeoDataFrame, ids: Sequence[str]) -> NDArray[np.bool_]:
    for wanted in ids:
        if not (gates["id"] == wanted).any():
            raise _no_gate(workspace, gates, wanted)
    return gates["id"].isin(ids).to_numpy(bool)


def _no_gate(workspace: Workspace, gates: gpd.GeoDataFrame, wanted: str) -> BadMeasure:
    """Name the gates meant instead: those of a compound of that id or name, else those of the compound of the id most alike."""
    if not len(gates):
        return BadMeasure(f"没有“{wanted}”这个门：这个工作区没有 gates 图层。", f"There is no gate “{wanted}”: this workspace has no gates.")
    compounds = workspace.layer("compounds")
    named = compounds["id"][(compounds["id"] == wanted) | (compounds["name"] == wanted) | (compounds["name_en"] == wanted)]
    alike = difflib.get_close_matches(wanted, gates["id"].tolist(), n=1)
    owners = [*named, *gates["compound_id"][gates["id"].isin(alike)]]
    if not owners:
        return BadMeasure(f"没有编号为“{wanted}”的门；编号见 gates 图层。", f"There is no gate “{wanted}”; the layer gates has their ids.")
    owner = owners[0]
    near = gates["id"][gates["compound_id"] == owner].tolist() or alike
    shown = near[:_NEAR]
    return BadMeasure(
        f"没有编号为“{wanted}”的门；小区 {owner} 的门有：{'、'.join(shown)}{' …' if len(near) > _NEAR else ''}。",
        f"There is no gate “{wanted}”; the gates of {owner} are: {', '.join(shown)}{' …' if len(near) > _NEAR else ''}.",
    )


def _see_to_a_way_out(gates: gpd.GeoDataFrame, edited: gpd.GeoDataFrame) -> None:
    """A compound keeps a gate, and one that is always open if it has one: with keys to all others nobody would notice the closing."""
    had, has = (set(rows["compound_id"][in_service(rows)]) for rows in (gates, edited))
    if lost := sorted(had - has):
        raise Refused(
            f"关了这些门，小区 {lost[0]} 就没有门可走了；请留下一个，或同时开另一个。",
            f"With these gates closed, {lost[0]} would have no gate left; leave one, or open another.",
        )
    always, still = (set(rows["compound_id"][in_service(rows) & _always(rows)]) for rows in (gates, edited))
    if lost := sorted(always - still):
        raise Refused(
            f"关了这些门，小区 {lost[0]} 就只剩定时开的门了；请留下一个全天开的，或同时开另一个。",
            f"With these gates closed, {lost[0]} would have only gates with hours left; leave one that is always open, or open another.",
        )


def _always(gates: gpd.GeoDataFrame) -> NDArray[np.bool_]:
    return (gates["open_hours"].isna() | (gates["open_hours"] == "24/7")).to_numpy(bool)
