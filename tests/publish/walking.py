"""The same walks by the Python engine and by the page's: what the tests of the walk graph share."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import shapely

from wanli_geo.access.choices import k_nearest
from wanli_geo.access.reach import profile_of
from wanli_geo.network.pace import Pace, placed
from wanli_geo.publish.walks import walks_pack
from wanli_geo.study import Study
from wanli_geo.study.choices import Start, goals_of
from wanli_geo.study.public import public_walkable
from wanli_geo.workspace.hours import moment
from wanli_geo.workspace.kinds import KINDS
from wanli_geo.workspace.store import Workspace, to_degrees, to_metres

HERE = Path(__file__).parent
# Longer than anybody is sent: beyond it neither engine looks.
LIMIT_MIN = 40.0
# Who walks, when: by day, after the ways that close at nine and half of the gates, in the school rush of a Saturday.
MOMENTS = (("adult", "Tu", "10:00"), ("elder", "Tu", "22:30"), ("wheelchair", "Sa", "17:10"))


@dataclass(frozen=True, eq=False)
class Asked:
    """One walker at one hour from (n, 2) degrees."""

    walker: str
    day: str
    time: str
    origins: np.ndarray

    def to_json(self) -> dict[str, Any]:
        day, minute = moment(self.day, self.time)
        return {"walker": self.walker, "day": day, "minute": minute, "limitMinutes": LIMIT_MIN, "origins": self.origins.tolist()}


def kinds_of(study: Study) -> list[str]:
    return list(dict.fromkeys(kind for kind, _ in public_walkable(study).facility))


def pack_of(study: Study) -> bytes:
    return walks_pack(public_walkable(study), kinds_of(study))


def origins(study: Study, count: int, seed: int) -> np.ndarray:
    """(n, 2) degrees, with the 7 decimals that both engines are given: anywhere in the extent, in compounds and rivers too."""
    workspace = study.workspace
    west, south, east, north = shapely.bounds(workspace.extent)
    dice = np.random.default_rng(seed)
    xy = np.column_stack([dice.uniform(west, east, count), dice.uniform(south, north, count)])
    return np.asarray(shapely.get_coordinates(to_degrees(shapely.points(xy), workspace.catalogue.metric_crs)).round(7))


def by_python(study: Study, asked: Asked) -> np.ndarray:
    """(n, kinds) metres of cost to the nearest of each kind; inf where none within the limit, NaN where one cannot step onto a street."""
    ground, profile = study.ground(asked.walker, asked.day, asked.time), profile_of(asked.walker)
    xy = shapely.get_coordinates(to_metres(shapely.points(asked.origins), study.workspace.catalogue.metric_crs))
    compound = ground.compound_at(xy)
    rows = ground.attach(xy, compound.copy(), everyone=True)
    start, network = Start(xy, compound, rows), ground.paced(Pace(profile.m_per_s, study.waits))
    limit, count = LIMIT_MIN * 60 * profile.m_per_s, len(xy)
    costs = []
    for code in kinds_of(study):
        goals = goals_of(ground, KINDS[code])
        found = k_nearest(network, placed(network, goals.rows), goals.services.door_of, placed(network, rows), count, 1, limit_m=limit,
                          beside=goals.beside(start))
        costs.append(found.cost[:, 0])
    table = np.column_stack(costs)
    table[~np.isin(np.arange(count), rows.place)] = np.nan
    return table


def by_node(pack: Path, asked: Asked) -> np.ndarray:
    """The same by the page's modules, run by Node."""
    done = subprocess.run(["node", HERE / "walks.mjs", pack], input=json.dumps(asked.to_json()), capture_output=True, text=True, check=True)
    return costs_of(json.loads(done.stdout))


def costs_of(told: list[list[float | None] | None]) -> np.ndarray:
    """JSON has neither infinity nor NaN: a row of null is off the streets, null in a row is none within the limit."""
    width = max((len(row) for row in told if row is not None), default=0)
    return np.array([[np.nan] * width if row is None else [np.inf if cost is None else cost for cost in row] for row in told])


def differences(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """(n, kinds) metres between two tables; 0 where both say none, inf where only one does."""
    same = (np.isnan(one) & np.isnan(other)) | (np.isinf(one) & np.isinf(other))
    apart = np.where(same, 0.0, np.abs(np.where(same, 0.0, one) - np.where(same, 0.0, other)))
    return np.where(np.isnan(apart), np.inf, apart)


def harsher(workspace: Workspace, seed: int) -> Workspace:
    """The same neighbourhood made difficult by dice: open compounds, steps, slopes, ways and gates with hours, doors up a step."""
    dice = np.random.default_rng(seed)

    def some(layer: Any, share: float) -> np.ndarray:
        return np.asarray(dice.random(len(layer)) < share)

    layers = {name: workspace.layer(name).copy() for name in ("compounds", "streets", "gates", "entrances", "facilities")}
    layers["compounds"]["walled"] = pd.array(dice.choice(np.array([True, False, None], dtype=object), len(layers["compounds"])), dtype="boolean")
    layers["streets"].loc[some(layers["streets"], 0.06), "step_free"] = False
    layers["streets"].loc[some(layers["streets"], 0.05), "kind"] = "steps"
    layers["streets"].loc[some(layers["streets"], 0.05), "slope_pct"] = 11.0
    layers["streets"].loc[some(layers["streets"], 0.08), "open_hours"] = "Mo-Fr 06:00-21:30"
    layers["gates"].loc[some(layers["gates"], 0.4), "open_hours"] = "Mo-Fr 07:00-09:00,16:30-19:00; Sa-Mo 10:00-12:00"
    layers["gates"].loc[some(layers["gates"], 0.3), "residents_only"] = True
    layers["gates"].loc[some(layers["gates"], 0.3), "step_free"] = False
    layers["entrances"].loc[some(layers["entrances"], 0.3), "step_free"] = False
    layers["facilities"].loc[some(layers["facilities"], 0.3), "step_free"] = False
    return replace(workspace, layers={**{name: workspace.layer(name) for name in workspace.layers}, **layers}, sha256={}, _projected={})
