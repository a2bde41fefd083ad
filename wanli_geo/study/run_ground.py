"""What a line of the workspace runs on, under and across: lamps, streets, widths, crossings, works; on which every audit of a line stands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from wanli_geo.network.graph import Floats
from wanli_geo.routes.alongside import ON_STREET_M, beside_areas, on_streets, values_on
from wanli_geo.routes.crossings import Sides, crossings_of
from wanli_geo.routes.light import Lamps, lamps_along, lit
from wanli_geo.routes.soundness import Soundness, soundness
from wanli_geo.routes.stretches import Stretches
from wanli_geo.study.drawn import Drawn
from wanli_geo.workspace.services import in_service

_SHUT = ("works", "closed")


@dataclass(frozen=True, eq=False)
class RunGround:
    """A drawn line on its workspace; everything measured once."""

    line: Drawn

    @cached_property
    def soundness(self) -> Soundness:
        return soundness(self.line.route)

    @cached_property
    def streets(self) -> gpd.GeoDataFrame:
        """The streets on the ground, shut ones too; metric."""
        streets = self.line.workspace.metric("streets")
        return streets[(streets["status"].fillna("existing") != "planned").to_numpy(bool)].reset_index(drop=True)

    @cached_property
    def on(self) -> Stretches:
        """The row of the street run on, -1 where none is near."""
        return on_streets(self.line.route, self.streets.geometry.to_numpy())

    @cached_property
    def own(self) -> Stretches:
        """The row of the layer's own line, for what it says of itself."""
        return on_streets(self.line.route, self.line.rows.geometry.to_numpy())

    @property
    def lamps_known(self) -> bool:
        """Whether the workspace says anything of lamps: no data is not dark."""
        return bool(len(self.line.workspace.layer("lamps")))

    @cached_property
    def lamps(self) -> Lamps:
        """The lamps by the line that are in use."""
        lamps = self.line.workspace.metric("lamps")
        lamps = lamps[in_service(lamps)]
        lux, height = (lamps[name].to_numpy(np.float64) for name in ("lux", "height_m"))
        return lamps_along(self.line.route, shapely.get_coordinates(lamps.geometry.to_numpy()).reshape(-1, 2), lux, height)

    @cached_property
    def light(self) -> Stretches:
        return lit(self.line.route, self.lamps)

    @cached_property
    def width(self) -> Stretches:
        """Metres: as the line says of itself, else of the lane or path run on; the carriageway of a road is not the runner's."""
        trail = np.where((self.streets["kind"] != "road").to_numpy(bool), self.streets["width_m"].to_numpy(np.float64), np.nan)
        return _first_known(values_on(self.own, _objects(self.line.rows, "width_m")), values_on(self.on, _known(trail)))

    @cached_property
    def surface(self) -> Stretches:
        return _first_known(values_on(self.on, _objects(self.streets, "surface")), values_on(self.own, _objects(self.line.rows, "surface")))

    @cached_property
    def step_free(self) -> Stretches:
        """As the street run on says; its steps are none."""
        stated = _objects(self.streets, "step_free")
        stated[(self.streets["kind"] == "steps").to_numpy(bool)] = False
        return values_on(self.on, stated)

    @cached_property
    def sides(self) -> Sides:
        """The crossings, of who keeps left and who keeps right; roads on another level are not met."""
        streets = self.streets
        level = streets["level"].fillna(0).to_numpy(np.float64) if "level" in streets else np.zeros(len(streets))
        kind = np.where((streets["kind"] == "road").to_numpy(bool) & (level != 0), "", streets["kind"].to_numpy(object))
        return crossings_of(self.line.route, streets.geometry.to_numpy(), kind, streets["signalised"].fillna(False).to_numpy(bool))

    @property
    def plan_known(self) -> bool:
        """Whether the workspace has plan projects at all; without them works may be on that nobody recorded."""
        return "plan_projects" in self.line.workspace.layers

    @cached_property
    def works(self) -> list[tuple[str, Stretches]]:
        """What is being built or shut on the line, by name, with the stretches it takes."""
        projects = self.line.workspace.metric("plan_projects")
        busy = projects[((projects["stage"] == "施工") | (projects["status"] == "works")).to_numpy(bool)]
        found = [(_name(row, "project"), beside_areas(self.line.route, np.array([shape], dtype=object), within_m=ON_STREET_M))
                 for row, shape in zip(busy.to_dict("records"), busy.geometry, strict=True)]
        shut = self.streets["status"].isin(_SHUT).to_numpy(bool)
        for row in np.unique(self.on.value[(self.on.value >= 0) & np.append(shut, False)[self.on.value]]):
            found.append((_name(self.streets.iloc[int(row)].to_dict(), "name"), Stretches(self.on.start, self.on.end, self.on.value == row)))
        held = [(name, parts.where(parts.value.astype(bool))) for name, parts in found]
        return [(name, parts) for name, parts in held if len(parts)]


def _name(row: dict[str, object], column: str) -> str:
    return str(next(value for value in (row.get(column), row.get("name"), row["id"]) if isinstance(value, str)))


def _objects(frame: gpd.GeoDataFrame, column: str) -> NDArray[np.object_]:
    """(n,) the values of a column, None where missing."""
    if column not in frame:
        return np.full(len(frame), None, dtype=object)
    return np.array([None if pd.isna(value) else value for value in frame[column]] + [None], dtype=object)[:-1]


def _known(values: Floats) -> NDArray[np.object_]:
    return np.array([None if np.isnan(value) else float(value) for value in values] + [None], dtype=object)[:-1]


def _first_known(first: Stretches, second: Stretches) -> Stretches:
    """The first layer's value where it has one, else the second's; both cover the whole route."""
    bounds = np.unique(np.concatenate([first.start, first.end, second.start, second.end]))
    middle = (bounds[1:] + bounds[:-1]) / 2
    one, other = (layer.value[np.searchsorted(layer.end, middle)] for layer in (first, second))
    value = np.array([mine if mine is not None else theirs for mine, theirs in zip(one, other, strict=True)] + [None], dtype=object)[:-1]
    return Stretches(bounds[:-1], bounds[1:], value)
