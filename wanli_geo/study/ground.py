"""The ground of every question, prepared once: the network of a walker, the homes and gates attached to it, where the data ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from wanli_geo.access.canvas import Canvas
from wanli_geo.access.courts import Courts
from wanli_geo.errors import NothingToAnswer
from wanli_geo.network.graph import Floats, Ints, WalkNetwork
from wanli_geo.network.inner import DETOUR, Inner, inner_of, lengthened, through_gates, ways_inside
from wanli_geo.network.noding import Joints
from wanli_geo.network.pace import Pace, Waits, drawn, in_time, placed, slowed, uphill_and_down, waits_along
from wanli_geo.network.search import Walks, meet, nearest, spread
from wanli_geo.network.snap import Attachments, at_border, crossed, snap, together
from wanli_geo.study.joining import Joined, Streets
from wanli_geo.workspace.hours import Day, usable
from wanli_geo.workspace.people import Demand, demand_of
from wanli_geo.workspace.services import DAYTIME, Gates, Services, gates_of, in_service
from wanli_geo.workspace.store import Workspace

# A door this near to its compound's edge opens to the street; deeper inside, one comes through the compound's gates.
FRONT_M = 10.0
# A street drawn along a wall touches the compound: only what goes farther in cuts through it.
WALL_M = 0.5
# What is drawn need not follow walls and banks more closely than this.
_OUTLINE_M = 0.3
# A compound without walls is left anywhere along its edge, looked at every so many metres and wherever a way crosses it.
EDGE_M = 50.0
# What a long work is told by: the stage in Chinese and English, and the share done, 0 to 1.
Progress = Callable[[str, float], None]
_OVER_OR_UNDER = ("footbridge", "underpass")
# The steepest that a wheelchair or a pram is taken up: 1:12, GB 50763-2012 §3.4.4.
STEEPEST_PCT = 100 / 12
# How many networks in time (of walkers at their speeds, with their waits) are kept for the next question.
PACES = 12


@dataclass(frozen=True, eq=False)
class ToDoors:
    """The walk of every place of the demand to its nearest door.

    Attributes:
        walks: over the network; their `source` is a row of the doors, `doors` says where these step onto it.
        cost: (n,) what is judged: metres; in time mode with the waits as the metres walked meanwhile. `inf` where there is no way.
        metres: (n,) on the ground.
        door: (n,) the door reached, one inside the same compound included, which is reached without passing a gate; -1 for none.
    """

    walks: Walks
    doors: Attachments
    cost: Floats
    metres: Floats
    door: Ints


@dataclass(frozen=True, eq=False)
class Exits:
    """Where one leaves compounds; an attachment's `gate` is a row of these.

    Attributes:
        xy: (g, 2); `compound` (g,) row; `residents_only` (g,).
        rows: where they meet the network; an exit without a row leads nowhere.
    """

    xy: Floats
    compound: Ints
    residents_only: NDArray[np.bool_]
    rows: Attachments


@dataclass(frozen=True, eq=False)
class Ground:
    """What does not depend on the kind of service asked for, at one time of one day.

    `steps` says whether the walker can climb steps. A `pace` asks in time; without one, in metres. `inner_detour` is how many metres
    one walks inside a compound for a metre of straight line where no path is drawn. `drawn` are the streets joined, which several
    grounds of one workspace may share.
    """

    workspace: Workspace
    steps: bool
    day: Day = DAYTIME[0]
    minute: int = DAYTIME[1]
    progress: Progress = lambda stage, share: None
    inner_detour: float = DETOUR
    drawn: Streets | None = None
    _paced: dict[Pace, WalkNetwork] = field(default_factory=dict)

    @cached_property
    def network(self) -> WalkNetwork:
        """The public streets of the workspace: existing, open at the time asked for, and not reserved to residents.

        Raises:
            NothingToAnswer: the workspace has no street one may walk.
        """
        network = self._joined.network
        if not len(network.length):
            raise NothingToAnswer(
                "这个工作区此时没有可走的道路，算不出步行距离；请补 streets 图层，或换一个时间。",
                "This workspace has no street one may walk at this time, so no walk can be measured; add the streets layer or ask for another time.",
            )
        return network

    @property
    def joints(self) -> Joints:
        """Where the streets of the network were joined that were not drawn joined; rows of `streets`."""
        return self._joined.joints

    @cached_property
    def _joined(self) -> Joined:
        self.progress("读取道路 / reading the streets", 0.05)
        rows = self._rows(public=True)
        self.progress("连成路网 / joining the streets", 0.3)
        return self._drawn.network(rows)

    @cached_property
    def _drawn(self) -> Streets:
        return self.drawn or Streets(self.workspace)

    @cached_property
    def streets(self) -> gpd.GeoDataFrame:
        """The rows of the streets layer that the network is built from, in its order; metric."""
        return self.workspace.metric("streets").iloc[self._rows(public=True)].reset_index(drop=True)

    @cached_property
    def inner_streets(self) -> gpd.GeoDataFrame:
        """The rows of the streets layer that are reserved to residents, and walkable like any other; metric."""
        return self.workspace.metric("streets").iloc[self._rows(public=False)].reset_index(drop=True)

    def _rows(self, *, public: bool) -> Ints:
        """(k,) rows of the streets that stand, are open then and ask no more of the walker than the walker can: public, or residents'."""
        streets = self.workspace.metric("streets")
        access = streets["access"].fillna("public") == ("public" if public else "residents")
        walkable = access.to_numpy(bool) & in_service(streets) & usable(streets["open_hours"].tolist(), self.day, self.minute)
        if not self.steps:
            walkable &= (streets["kind"] != "steps").to_numpy(bool) & streets["step_free"].fillna(True).astype(bool).to_numpy()
            walkable &= ~(streets["slope_pct"].abs() > STEEPEST_PCT).to_numpy(bool)
        return np.flatnonzero(walkable)

    @cached_property
    def sloping(self) -> bool:
        """Whether the layer gives the slope of any street."""
        return bool(self.workspace.layer("streets")["slope_pct"].notna().any())

    def paced(self, pace: Pace | None) -> WalkNetwork:
        """The network in time at a pace, longer by waits at crossings, stairs and slopes; without a pace the network itself."""
        if pace is None:
            return self.network
        if pace not in self._paced:
            wait_s, over = seconds_at_crossings(self.streets, pace.waits)
            slope = uphill_and_down(self.streets["slope_pct"].to_numpy(np.float64))
            factor = np.where(self.streets["kind"] == "steps", pace.waits.stairs_factor, slope)
            seconds = waits_along(self.network, wait_s, over) + slowed(self.network, factor, pace.m_per_s)
            self._paced[pace] = in_time(self.network, seconds, pace.m_per_s)
            for oldest in list(self._paced)[:-PACES]:
                del self._paced[oldest]
        return self._paced[pace]

    @cached_property
    def demand(self) -> Demand:
        return demand_of(self.workspace)

    @cached_property
    def peopled(self) -> bool:
        """Whether the workspace says anything of where people live."""
        return any(len(self.workspace.layer(name)) for name in ("homes", "compounds"))

    @cached_property
    def gates(self) -> Gates:
        return gates_of(self.workspace, self.day, self.minute, steps=self.steps)

    @cached_property
    def gate_rows(self) -> Attachments:
        return snap(self.network, self.gates.xy, barred_by=self.closed_ground)

    @cached_property
    def obstacles(self) -> NDArray[np.object_]:
        """What no one walks across on the way to a street: water, railways, elevated roads."""
        barriers = self.workspace.metric("barriers")
        hard = barriers[barriers["kind"].isin(["railway", "expressway"])]
        return np.concatenate([self.workspace.metric("blue_net").geometry.to_numpy(), hard.geometry.to_numpy()])

    @cached_property
    def obstacle_tree(self) -> shapely.STRtree:
        return shapely.STRtree(self.obstacles)

    def barred(self, start: Floats, end: Floats) -> NDArray[np.bool_]:
        """(k,) whether water, a railway or an elevated road lies across each straight line."""
        barred = np.zeros(len(start), dtype=bool)
        if len(self.obstacles) and len(start):
            barred[crossed(self.obstacle_tree, start, end)[0]] = True
        return barred

    @cached_property
    def compounds(self) -> NDArray[np.object_]:
        return self.workspace.metric("compounds").geometry.to_numpy()

    @cached_property
    def unwalled(self) -> NDArray[np.bool_]:
        """(c,) compounds said to be open: one leaves them anywhere along their edge."""
        return (self.workspace.layer("compounds")["walled"] == False).fillna(False).to_numpy(bool)  # noqa: E712

    @cached_property
    def walled(self) -> NDArray[np.bool_]:
        """(c,) compounds one leaves by gates only: not said to be open, and with a gate one may pass that leads to a street."""
        gated = np.isin(np.arange(len(self.unwalled)), self.gates.compound[self.gate_rows.place])
        return ~self.unwalled & gated

    @cached_property
    def enclosed(self) -> NDArray[np.bool_]:
        """(c,) compounds nobody else cuts through: said to be walled, or not said to be open and with a gate one may pass."""
        said = (self.workspace.layer("compounds")["walled"] == True).fillna(False).to_numpy(bool)  # noqa: E712
        return said | (~self.unwalled & np.isin(np.arange(len(said)), self.gates.compound))

    @cached_property
    def closed_ground(self) -> NDArray[np.object_]:
        """What no leg to a street cuts through: the obstacles, and enclosed compounds other than the one stood in."""
        return np.concatenate([self.obstacles, shapely.buffer(self.compounds[self.enclosed], -WALL_M)])

    @cached_property
    def inner(self) -> Inner:
        """The paths inside the compounds."""
        whose = np.concatenate([np.full(len(self.obstacles), -1, dtype=np.int64), np.flatnonzero(self.enclosed)])
        return inner_of(self._drawn.noded.lines[self._rows(public=False)], self.compounds, self.inner_detour, self.closed_ground, whose)

    @cached_property
    def exits(self) -> Exits:
        """The gates, then the ways out along the edges of compounds without walls, each where it meets the streets."""
        whose = np.flatnonzero(self.unwalled)
        ways = np.concatenate([self.streets.geometry.to_numpy(), self.inner_streets.geometry.to_numpy()])
        edge_xy, edge_of, _ = along_edges(self.compounds[whose], ways)
        edge_of = whose[edge_of]
        rows = snap(self.network, edge_xy, barred_by=self.closed_ground)
        rows = lengthened(self.inner, self.network, edge_xy, rows, edge_of, self.compounds)
        first = len(self.gates.ids)
        return Exits(
            np.concatenate([self.gates.xy, edge_xy]),
            np.concatenate([self.gates.compound, edge_of]),
            np.concatenate([self.gates.residents_only, np.zeros(len(edge_xy), dtype=bool)]),
            together(self.gate_rows, replace(rows, place=rows.place + first)),
        )

    @cached_property
    def canvas(self) -> Canvas:
        """What areas are drawn on."""
        return Canvas(self.network, self.closed_ground)

    @cached_property
    def courts(self) -> Courts:
        """The compounds as areas are drawn in them."""
        return Courts(
            shapely.simplify(self.compounds, _OUTLINE_M),
            self.exits.rows,
            self.exits.compound[self.exits.rows.place],
            ~self.walled,
            lambda xy, compound: self.attach(xy, compound, everyone=True),
        )

    def metres_inside(self, compound: int, here: Floats, xy: Floats) -> Floats:
        """(p,) metres from a place (2,) to others of the same compound without leaving it; `inf` where there is no such way."""
        ways = ways_inside(self.inner, xy, np.full(len(xy), compound), here[None], np.array([compound]))
        metres = np.full(len(xy), np.inf)
        metres[ways.place[~ways.barred]] = ways.metres[~ways.barred]
        return metres

    @cached_property
    def water(self) -> NDArray[np.object_]:
        """Water areas, to be left out of what is drawn."""
        shapes = self.workspace.metric("blue_net").geometry.to_numpy()
        return np.asarray(shapely.simplify(shapes[shapely.get_dimensions(shapes) == 2], _OUTLINE_M), dtype=object)

    @cached_property
    def border(self) -> Attachments:
        """Where the streets leave the data."""
        return at_border(self.network, self.workspace.extent)

    @cached_property
    def stranded(self) -> int:
        """How many places of the demand can step only onto streets that are not connected to the rest."""
        mainland = self.network.component[self.homes.edge] == 0
        return len(np.setdiff1d(self.homes.place, self.homes.place[mainland]))

    @cached_property
    def ungated(self) -> int:
        """How many compounds are not said to be open and yet have no gate one may pass; they are attached to the nearest street."""
        return int((~self.unwalled & ~self.walled).sum())

    @cached_property
    def homes(self) -> Attachments:
        """Where the demand steps onto the network."""
        return self._homes[0]

    @property
    def shut_in(self) -> int:
        """How many places of the demand no way leads out of, for water, a railway or another compound; they go straight all the same."""
        return len(self._homes[1])

    @cached_property
    def _homes(self) -> tuple[Attachments, Ints]:
        self.progress("读取住宅和小区 / reading homes and compounds", 0.45)
        demand = self.demand
        self.progress("从家接到路上 / from the homes to the streets", 0.7)
        found = self._attached(demand.xy, demand.compound, everyone=True)
        self.progress("量步行 / measuring the walks", 0.9)
        return found

    def to_edge_of_data(self, pace: Pace | None = None) -> Floats:
        """(n,) metres from each place of the demand to where the data ends; 0 for a place outside it."""
        network = self.paced(pace)
        edges = placed(network, self.border)
        walks = nearest(network, edges, placed(network, self.homes), len(self.demand.ids))
        inside = shapely.intersects_xy(self.workspace.extent, self.demand.xy)
        return np.where(inside, walks.metres, 0.0)

    def attach(self, xy: Floats, compound: Ints, *, everyone: bool) -> Attachments:
        """Attach places: those in a walled compound through its gates, those in an open one along its edge too, the others straight.

        Args:
            compound: (p,) row of the compound each place lies in, -1 for none.
            everyone: residents of the compound walk, so gates for residents only count too.
        """
        return self._attached(xy, compound, everyone=everyone)[0]

    def _attached(self, xy: Floats, compound: Ints, *, everyone: bool) -> tuple[Attachments, Ints]:
        """The same, and the places that no way leads out of."""
        exits, inside = self.exits, compound >= 0
        behind_walls, by_exit = inside.copy(), inside.copy()
        behind_walls[inside] = self.walled[compound[inside]]
        by_exit[inside] = self.walled[compound[inside]] | self.unwalled[compound[inside]]
        rows = exits.rows if everyone else exits.rows.take(~exits.residents_only[exits.rows.place])
        whose = np.where(by_exit, compound, -1)
        out, shut_in = through_gates(self.inner, xy, whose, exits.xy, exits.compound, rows)
        out = out.take(behind_walls[out.place] | ~np.isin(out.place, shut_in))
        outside = np.flatnonzero(~behind_walls)
        direct = snap(self.network, xy[outside], barred_by=self.closed_ground)
        direct = replace(direct, place=outside[direct.place])
        direct = lengthened(self.inner, self.network, xy, direct, compound, self.compounds)
        return together(out, direct), shut_in[behind_walls[shut_in]]

    def compound_at(self, xy: Floats, *, deep_m: float = 0.0) -> Ints:
        """(p,) row of the compound each point lies in, more than `deep_m` from its edge; -1 for none."""
        found = np.full(len(xy), -1, dtype=np.int64)
        if len(self.compounds) and len(xy):
            points = shapely.points(xy)
            point, compound = shapely.STRtree(self.compounds).query(points, predicate="within")
            deep = shapely.distance(shapely.boundary(self.compounds[compound]), points[point]) > deep_m
            found[point[deep]] = compound[deep]
        return found

    def walks_to(self, services: Services, pace: Pace | None = None) -> ToDoors:
        """Walk from every place of the demand to its nearest door, the quickest at a pace."""
        inside = self.compound_at(services.doors, deep_m=FRONT_M)
        network = self.paced(pace)
        doors = placed(network, self.attach(services.doors, inside.copy(), everyone=False))
        homes = placed(network, self.homes)
        if pace is None:
            walks = nearest(network, doors, homes, len(self.demand.ids))
            metres = walks.metres.copy()
        else:
            away = spread(network, doors)
            walks = meet(network, away, homes, len(self.demand.ids))
            metres = drawn(network, away, homes, walks)
        cost, door = walks.metres.copy(), walks.source.copy()
        ways = ways_inside(self.inner, self.demand.xy, self.demand.compound, services.doors, inside)
        open_ways = np.flatnonzero(~ways.barred)
        order = open_ways[np.lexsort((ways.goal[open_ways], ways.metres[open_ways], ways.place[open_ways]))]
        nearest_way = order[np.unique(ways.place[order], return_index=True)[1]]
        closer = nearest_way[ways.metres[nearest_way] < cost[ways.place[nearest_way]]]
        place = ways.place[closer]
        door[place] = ways.goal[closer]
        cost[place] = metres[place] = ways.metres[closer]
        return ToDoors(walks, doors, cost, metres, door)


def seconds_at_crossings(streets: gpd.GeoDataFrame, waits: Waits) -> tuple[Floats, NDArray[np.bool_]]:
    """Give (s,) the seconds that each street costs once, and (s,) which may be pieces of one crossing over or under."""
    kind, lights = streets["kind"].to_numpy(object), streets["signalised"].fillna(False).to_numpy(bool)
    over = np.isin(kind, _OVER_OR_UNDER)
    at_grade = np.where(lights, waits.signalised_s, waits.unsignalised_s)
    return np.where(over, waits.over_or_under_s, np.where(kind == "crossing", at_grade, 0.0)), over


def along_edges(outlines: NDArray[np.object_], ways: NDArray[np.object_]) -> tuple[Floats, Ints, Ints]:
    """Points evenly along each ring of each outline, at most `EDGE_M` apart, and where a way crosses it.

    Returns:
        (k, 2) points, (k,) the outline's row, (k,) the way's, -1 for what lies evenly.
    """
    rings, ring_of = shapely.get_parts(shapely.boundary(outlines), return_index=True)
    count = np.ceil(shapely.length(rings) / EDGE_M).astype(np.int64)
    ring = np.repeat(np.arange(len(rings)), count)
    nth = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    steps = shapely.line_interpolate_point(rings[ring], nth * (shapely.length(rings) / count)[ring])
    crossed, way = shapely.STRtree(ways).query(rings, predicate="crosses") if len(rings) else np.empty((2, 0), dtype=np.int64)
    met, pair = shapely.get_parts(shapely.intersection(rings[crossed], ways[way]), return_index=True)
    points = shapely.get_type_id(met) == 0  # what runs along the edge meets it in lines
    xy = shapely.get_coordinates(np.concatenate([steps, met[points]])).reshape(-1, 2)
    whose = np.concatenate([ring_of[ring], ring_of[crossed[pair[points]]]]).astype(np.int64)
    return xy, whose, np.concatenate([np.full(len(steps), -1, dtype=np.int64), way[pair[points]]]).astype(np.int64)
