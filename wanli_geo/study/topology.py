"""How the streets hang together: where they were joined, the parts that are cut off and who lives on them, the gates that lead nowhere."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from wanli_geo.answer import Answer, Caveat, Fact
from wanli_geo.network.graph import Floats, Ints
from wanli_geo.network.noding import CROSSES, NEAR_MISS, TOUCHES
from wanli_geo.network.snap import SNAP_M
from wanli_geo.study.ground import Ground
from wanli_geo.study.words import data_caveats, made_of, when
from wanli_geo.workspace.store import to_degrees

_INPUTS = ("streets", "compounds", "homes", "gates", "blue_net", "barriers")
# Why a gate leads nowhere: no street within reach, or only streets that are cut off from the rest.
NO_STREET, CUT_OFF = "no_street", "cut_off"
# How streets came to be joined that were not drawn so.
_JOINED = {
    CROSSES: ("两条路相交、没有画出顶点，已接通", "Crossings without a vertex, joined"),
    TOUCHES: ("端点搭在另一条路上、没有画出顶点，已接通", "Ends on a street without a vertex, joined"),
    NEAR_MISS: ("端点离另一条路不到 2 米，已接上", "Ends less than 2 m from a street, joined"),
}


def topology(ground: Ground) -> Answer:
    """List the islands of the network with the people who can step on nothing else, the gates that lead nowhere, and the joints made.

    The longest connected part is the mainland; every other part is an island, the most populous first.

    Raises:
        NothingToAnswer: nobody lives in the workspace, or it has no street.
    """
    workspace, network, demand = ground.workspace, ground.network, ground.demand
    crs = workspace.catalogue.metric_crs
    islands = _islands(ground)
    gates = _gates(ground)
    joints = _joints(ground)
    attached = np.zeros(len(demand.ids), dtype=bool)
    attached[ground.homes.place] = True
    made = made_of(workspace, _INPUTS)
    return Answer(
        question="topology",
        params={"workspace": workspace.catalogue.name, "snap_m": SNAP_M, "steps": ground.steps, "metric_crs": crs, **when(ground, None)},
        features={"islands": islands, "gates": gates, "joints": joints},
        tables={name: pd.DataFrame(one.drop(columns="geometry")) for name, one in (("islands", islands), ("gates", gates), ("joints", joints))},
        facts=(
            Fact("streets_m", "可走的路", "Streets one may walk", float(network.length.sum()), "米"),
            Fact("corners", "路口和端点", "Corners and ends", len(network.nodes), "个"),
            Fact("edges", "路段", "Edges", len(network.length), "段"),
            Fact("islands", "与主网不相连的路网", "Parts cut off from the main network", len(islands), "片"),
            Fact("people_islands", "只接得上这些路的居民", "People who can step on no other street", float(islands["people"].sum()), "人"),
            *(Fact(f"joined_{kind}", zh, en, int((ground.joints.kind == kind).sum()), "处") for kind, (zh, en) in _JOINED.items()),
            Fact("gates_nowhere", "接不上主网的门", "Gates that lead nowhere", len(gates), "个"),
            Fact("places_off", "接不上任何路的楼或小区", "Houses or compounds off every street", int((~attached).sum()), "处"),
            Fact("people_off", "接不上任何路的居民", "People off every street", float(np.nansum(demand.people[~attached])), "人"),
        ),
        caveats=(
            Caveat(
                "joined",
                "同一层的路在相交、相接处相连；端点离另一条路不到 2 米、中间没有水、铁路、快速路、围墙的，已接上，接的这一小段也计入路程。"
                "OpenStreetMap 的路只在共同节点处相连。",
                "Streets of one level are joined where they cross or touch; an end less than 2 m from another street is joined to it by a link "
                "whose metres count, unless water, a railway, an expressway or a wall lies between. Streets of OpenStreetMap are joined at the "
                "nodes they share.",
            ),
            *data_caveats(made, int(np.isnan(demand.people).sum())),
        ),
        made_of=made,
    )


def _islands(ground: Ground) -> gpd.GeoDataFrame:
    """One row an island: its streets, its length, the people who can step on no other part."""
    network, demand = ground.network, ground.demand
    parts = int(network.component.max()) + 1
    part = network.component[ground.homes.edge]
    main = np.unique(ground.homes.place[part == 0])
    alone = ~np.isin(ground.homes.place, main)
    # A place that reaches several islands and not the mainland counts once, on the longest of them.
    place, first = np.unique(ground.homes.place[alone][np.argsort(part[alone], kind="stable")], return_index=True)
    on = np.sort(part[alone], kind="stable")[first]
    people = np.bincount(on, np.nan_to_num(demand.people[place]), minlength=parts)
    order = np.lexsort((np.arange(1, parts), -people[1:])) + 1
    ids = ground.streets["id"].to_numpy(object)
    lines = [network.lines[network.component == number] for number in order]
    return gpd.GeoDataFrame(
        {
            "id": [f"island-{rank}" for rank in range(1, parts)],
            "people": people[order],
            "places": np.bincount(on, minlength=parts)[order],
            "street_m": np.bincount(network.component, network.length, minlength=parts)[order],
            "streets": [_few(ids[np.unique(network.street[network.component == number])]) for number in order],
        },
        geometry=[to_degrees(shapely.multilinestrings(own), ground.workspace.catalogue.metric_crs) for own in lines],
        crs="EPSG:4326",
    )


def _few(ids: NDArray[np.object_], *, most: int = 5) -> str:
    return ", ".join(map(str, ids[:most])) + (" …" if len(ids) > most else "")


def _gates(ground: Ground) -> gpd.GeoDataFrame:
    """The gates one may pass that lead to no street, or only to an island, with the reason."""
    gates, rows = ground.gates, ground.gate_rows
    every: Ints = np.arange(len(gates.ids))
    lost = ~np.isin(every, rows.place)
    cut_off = ~lost & ~np.isin(every, rows.place[ground.network.component[rows.edge] == 0])
    which = np.flatnonzero(lost | cut_off)
    xy: Floats = gates.xy[which]
    compounds = ground.workspace.layer("compounds")
    return gpd.GeoDataFrame(
        {
            "id": gates.ids[which],
            "compound_id": compounds["id"].to_numpy(object)[gates.compound[which]],
            "name": compounds["name"].to_numpy(object)[gates.compound[which]],
            "reason": np.where(lost[which], NO_STREET, CUT_OFF).astype(object),
        },
        geometry=to_degrees(shapely.points(xy), ground.workspace.catalogue.metric_crs) if len(which) else [],
        crs="EPSG:4326",
    )


def _joints(ground: Ground) -> gpd.GeoDataFrame:
    """One row a joint, near misses first, the widest of them at the head: the streets joined, the metres of the link, the place."""
    joints = ground.joints
    joints = joints.take(np.argsort(-joints.metres, kind="stable"))
    ids = ground.streets["id"].to_numpy(object)
    return gpd.GeoDataFrame(
        {
            "id": [f"joint-{rank + 1}" for rank in range(len(joints))],
            "kind": joints.kind,
            "streets": [f"{one}, {other}" for one, other in zip(ids[joints.street], ids[joints.other], strict=True)],
            "metres": joints.metres,
        },
        geometry=to_degrees(shapely.points(joints.xy), ground.workspace.catalogue.metric_crs) if len(joints) else [],
        crs="EPSG:4326",
    )
