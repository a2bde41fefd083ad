"""The water's edge: where one can walk along each bank, what breaks the walk and what joining it gives, who lives near."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from wanli_geo.access.reach import Profile
from wanli_geo.answer import Answer, Caveat, Fact
from wanli_geo.errors import NothingToAnswer
from wanli_geo.network.graph import Floats
from wanli_geo.routes import banks
from wanli_geo.routes.banks import Bank
from wanli_geo.routes.line import Route, Shapes, at, routes_of
from wanli_geo.routes.stretches import Stretches, middles
from wanli_geo.study import waterfront
from wanli_geo.study.choices import Goals, goals_of, homes_of
from wanli_geo.study.coverage import INPUTS
from wanli_geo.study.ground import Ground
from wanli_geo.study.waterfront import MINUTES
from wanli_geo.study.words import data_caveats, made_of, walk_caveats, when
from wanli_geo.workspace.kinds import KINDS
from wanli_geo.workspace.store import to_degrees


@dataclass(frozen=True, eq=False)
class Edge:
    """One bank of a named water: `parts` its stretches by state, `told` the same cut by state, what shows it, and the reason."""

    water: str | None
    bank: Bank
    parts: Stretches
    told: Stretches


def blue_net(ground: Ground, profile: Profile) -> Answer:
    """Audit the banks of every water with a centreline, and rank what joining each break would give.

    Raises:
        NothingToAnswer: no water has a centreline in the data.
    """
    edges = _edges(ground)
    if not edges:
        raise NothingToAnswer("蓝网（blue_net）里没有河道中线，量不出岸线；请补画中线。",
                              "No water (blue_net) has a centreline, so no bank can be measured; draw the centrelines.")
    homes, access = homes_of(ground), goals_of(ground, KINDS["WATER_ACCESS"])
    walks = [waterfront.walks(ground, homes, edge.bank, edge.parts) for edge in edges]
    through, unknown = ([metres[edge.parts.value == state] for edge, metres in zip(edges, walks, strict=True)] for state in ("through", "unknown"))
    breaks = _ranked(ground, edges, walks, MINUTES[-1] * 60 * profile.m_per_s)
    features = _bank_features(ground, edges)
    found = waterfront.waterside(ground, homes, access, through, unknown, profile)
    units = waterfront.units(ground, found, profile.m_per_s)
    points = waterfront.access_points(ground, homes, access, profile)
    made = made_of(ground.workspace, (*INPUTS, "water_access"))
    return Answer(
        question="blue_net",
        params={"workspace": ground.workspace.catalogue.name, "profile": profile.code, "speed_m_s": profile.m_per_s, "minutes": list(MINUTES),
                "step_m": banks.STEP_M, "walk_within_m": banks.WALK_M, "bridged_m": banks.BRIDGED_M, "speck_m": banks.SPECK_M,
                "aslant_deg": banks.ASLANT_DEG, "metric_crs": ground.workspace.catalogue.metric_crs, **when(ground, None)},
        features={"banks": features, "breaks": breaks, "access": points, "units": units},
        tables={"breaks": breaks.drop(columns="geometry"), "banks": features.drop(columns="geometry"),
                "access": points.drop(columns="geometry"), "units": units.drop(columns="geometry")},
        facts=(*_lengths(edges, breaks), _access_points(ground, access), *waterfront.people_facts(ground, found)),
        caveats=(*_caveats(), *_unmeasured(ground, waterfront.unreached(through)), *_mouths(ground, edges),
                 *walk_caveats(ground, profile, None), *access.caveats(),
                 *data_caveats(made, int(np.isnan(ground.demand.people).sum()))),
        made_of=made,
    )


def _edges(ground: Ground) -> list[Edge]:
    """Both banks of every course inside the data, courses of one name chained together."""
    workspace = ground.workspace
    water, extent = workspace.metric("blue_net").reset_index(drop=True), workspace.extent
    areas = water.geometry.to_numpy()[shapely.get_dimensions(water.geometry.to_numpy()) == 2]
    lines = water[shapely.get_dimensions(water.geometry.to_numpy()) == 1].sort_values("id")
    found = []
    for name, rows in lines.groupby(lines["name"].fillna(""), sort=True):
        own = rows.reset_index(drop=True)
        for route in routes_of(shapely.intersection(own.geometry.to_numpy(), extent)):
            found += _both(ground, str(name) or None, route, own, areas)
    return found


def _both(ground: Ground, name: str | None, route: Route, own: gpd.GeoDataFrame, areas: Shapes) -> list[Edge]:
    tree, streets = shapely.STRtree(own.geometry.to_numpy()), ground.streets.geometry.to_numpy()
    given = tree.nearest(shapely.points(at(route, middles(route.length_m, banks.STEP_M))))
    near = areas[shapely.STRtree(areas).query(route.line, predicate="intersects")] if len(areas) else areas
    edges = []
    for bank in banks.banks_of(route, own["width_m"].to_numpy(np.float64)[given], near):
        rows = own.iloc[tree.nearest(shapely.points(at(bank.route, bank.chainage)))]
        records = [banks.recorded(bank.side, None if pd.isna(through) else bool(through), reason if isinstance(reason, str) else None)
                   for through, reason in zip(rows["through"], rows["break_reason"], strict=True)]
        told = np.empty(len(records), dtype=object)
        for row, (record, seen, reason) in enumerate(zip(records, banks.walked(bank, streets), rows["break_reason"], strict=True)):
            told[row] = (*banks.judged(record, bool(seen)), reason if record is False and isinstance(reason, str) else None)
        state = np.array([one[0] for one in told], dtype=object)
        edges.append(Edge(name, bank, banks.by_state(state, bank), banks.by_state(told, bank)))
    return edges


def _ranked(ground: Ground, edges: list[Edge], walks: list[Floats], limit_m: float) -> gpd.GeoDataFrame:
    """One row a break: most people gained first, then most metres joined, then where it lies."""
    people, longest = np.nan_to_num(ground.demand.people), np.zeros(len(ground.demand.people))
    for edge, metres in zip(edges, walks, strict=True):
        for row in np.flatnonzero(edge.parts.value == "through"):
            longest = np.where(metres[row] <= limit_m, np.maximum(longest, edge.parts.metres[row]), longest)
    rows, shapes = [], []
    for edge, metres in zip(edges, walks, strict=True):
        for row in np.flatnonzero(edge.parts.value == "broken"):
            whole, more = banks.joined_m(edge.parts, int(row))
            near = metres[[int(row), *banks.neighbours(edge.parts, int(row))]].min(axis=0) <= limit_m
            start, end = float(edge.parts.start[row]), float(edge.parts.end[row])
            inside = (edge.told.start >= start - 1e-6) & (edge.told.end <= end + 1e-6)
            reasons = dict.fromkeys(value[2] for value in edge.told.value[inside] if value[2])
            rows.append({"water": edge.water, "bank": edge.bank.side, "from_m": start, "to_m": end, "metres": end - start,
                         "reason": "；".join(reasons) or None, "joined_m": more, "walk_then_m": whole,
                         "people_gained": float(people[near & (whole > longest + 1e-6)].sum())})
            shapes.append(banks.drawn(edge.bank, start, end))
    columns = ["rank", "water", "bank", "from_m", "to_m", "metres", "reason", "joined_m", "walk_then_m", "people_gained"]
    table = pd.DataFrame(rows, columns=columns[1:]).assign(shape=shapes)
    table = table.sort_values(["people_gained", "joined_m", "water", "bank", "from_m"], ascending=[False, False, True, True, True], ignore_index=True)
    table["rank"] = np.arange(1, len(table) + 1)
    return _frame(ground, table[columns], list(table["shape"]), "break")


def _bank_features(ground: Ground, edges: list[Edge]) -> gpd.GeoDataFrame:
    rows, shapes = [], []
    for edge in edges:
        for start, end, (state, shown, reason) in zip(edge.told.start, edge.told.end, edge.told.value, strict=True):
            rows.append({"water": edge.water, "bank": edge.bank.side, "from_m": start, "to_m": end, "metres": end - start, "state": state,
                         "shown_by": shown, "reason": reason})
            shapes.append(banks.drawn(edge.bank, start, end))
    return _frame(ground, pd.DataFrame(rows), shapes, "bank")


def _frame(ground: Ground, table: pd.DataFrame, shapes: list[shapely.LineString], stem: str) -> gpd.GeoDataFrame:
    table.insert(0, "id", [f"{stem}-{number}" for number in range(1, len(table) + 1)])
    placed = to_degrees(np.array(shapes, dtype=object), ground.workspace.catalogue.metric_crs) if shapes else []
    return gpd.GeoDataFrame(table, geometry=placed, crs="EPSG:4326")


def _access_points(ground: Ground, access: Goals) -> Fact:
    """How many there are in service; not known, and not none, where nobody looked for them."""
    number = int(access.services.used.sum())
    looked = number > 0 or ground.workspace.survey_of("WATER_ACCESS") == "complete"
    return Fact("access_points", "亲水点", "Access points", number if looked else None, "处")


def _lengths(edges: list[Edge], breaks: gpd.GeoDataFrame) -> list[Fact]:
    through, broken, unknown = (float(sum(edge.parts.metres[edge.parts.value == state].sum() for edge in edges))
                                for state in ("through", "broken", "unknown"))
    known = through + broken
    return [
        Fact("bank_m", "岸线（按中线，两岸分别计）", "Banks (by the centreline, each bank)", known + unknown, "米"),
        Fact("through_m", "贯通", "One can walk", through, "米"),
        Fact("broken_m", "不通", "Broken", broken, "米"),
        Fact("unknown_m", "不清楚", "Not known", unknown, "米"),
        Fact("through_share", "贯通率（占清楚的岸线）", "Share one can walk, of what is known", through / known if known else None, "share"),
        Fact("breaks", "断点", "Breaks", len(breaks), "处"),
    ]


def _caveats() -> list[Caveat]:
    return [
        Caveat("banks_by_centreline", "岸线长度按河道中线计，两岸各计一次；只有面、没有中线的水面不计。",
               "Banks are as long as the centreline, each counted once; water without a centreline is not counted."),
        Caveat("bank_rule", "登记为不通的算不通（断点原因写明哪一岸的，只算那一岸），登记为贯通的算贯通；没有登记的，岸边 "
               f"{banks.WALK_M:g} 米内有沿岸的路才算贯通，否则算不清楚，不算不通。登记与路网不一致的，以登记为准并注明。",
               "A bank on record as broken is broken (where the reason names one bank, only that one), one on record as through is through; "
               f"without a record it is through where a street runs along it within {banks.WALK_M:g} m, else not known, never broken. Where "
               "record and streets disagree the record holds, and the table says so."),
        Caveat("at_the_water", f"走到某段岸＝走到它本侧 {banks.WALK_M:g} 米内任何一条路上的任何一处"
               f"（中间有无围墙没有查）；{banks.WALK_M:g} 米内没有路的，算走不到。",
               f"One is at a stretch of bank on any place of a street within {banks.WALK_M:g} m of it on its own side (walls between are not looked "
               f"for); where no street is that near, it is not reached."),
        Caveat("joining", f"接通后多连的米数＝接成的一整段减去其中最长的一段；受益居民＝步行 {MINUTES[-1]} 分钟内能走到的最长水边步道因此变长的人。",
               f"Metres joined: the whole walk that results less the longest walk in it; people gained: those for whom the longest waterside walk "
               f"within {MINUTES[-1]} min gets longer."),
    ]


def _unmeasured(ground: Ground, unreached: int) -> list[Caveat]:
    """What the figures leave out: water without a centreline, and walks that no street leads to."""
    water = ground.workspace.metric("blue_net")
    course = shapely.get_dimensions(water.geometry.to_numpy()) == 1
    lines = shapely.union_all(water.geometry.to_numpy()[course])
    alone = int((~course & ~shapely.intersects(water.geometry.to_numpy(), lines)).sum())
    told = []
    if alone:
        told.append(Caveat("no_centreline", f"{alone} 处水面（塘、湖、海等）没有中线，岸线没有计入。",
                           f"{alone} water area(s) (ponds, lakes, the sea) have no centreline; their banks are not counted."))
    if unreached:
        told.append(Caveat("walks_unreached", f"{unreached} 段登记贯通的岸，本侧 {banks.WALK_M:g} 米内没有画出与住处相通的路，不计入可达。",
                           f"{unreached} stretch(es) of bank that one can walk have no street from any home within {banks.WALK_M:g} m; "
                           "nobody is taken to them."))
    return told


def _mouths(ground: Ground, edges: list[Edge]) -> list[Caveat]:
    """Banks that run on across the mouth of another water, where nobody walks without a bridge."""
    water = ground.workspace.metric("blue_net")
    courses = water[shapely.get_dimensions(water.geometry.to_numpy()) == 1]
    crossing = sum(bool(shapely.intersects(banks.drawn(edge.bank, 0.0, edge.bank.route.length_m),
                                           courses.geometry[courses["name"].fillna("") != (edge.water or "")].to_numpy()).any()) for edge in edges)
    if not crossing:
        return []
    return [Caveat("banks_over_mouths", f"{crossing} 条岸在汇流口越过另一条河，没有在河口断开；那里有没有桥请实地核对。",
                   f"{crossing} bank(s) run on across another water where the two meet and are not cut there; whether a bridge stands there is to be "
                   "checked on site.")]
