"""The red walkway, whole: in one piece or not, what it is like to walk, its stops and their story, who lives near, how long it takes."""

from __future__ import annotations

import math

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from wanli_geo.access.reach import Profile, reach_of
from wanli_geo.answer import Answer
from wanli_geo.errors import BadMeasure
from wanli_geo.network.graph import Floats
from wanli_geo.network.pace import Pace, Waits
from wanli_geo.routes.alongside import ON_STREET_M
from wanli_geo.routes.light import SPACING_M
from wanli_geo.routes.line import routes_of
from wanli_geo.study.coverage import INPUTS
from wanli_geo.study.drawn import Drawn, drawn
from wanli_geo.study.ground import Ground
from wanli_geo.study.marks import mark_features, pieces_caveat, route_feature, start_caveat
from wanli_geo.study.walkway_people import neighbours, units_of
from wanli_geo.study.walkway_stops import TOLD, stop_features, stops_of
from wanli_geo.study.walkway_stretches import SHADE_M, STRETCH_M, SURVEYED_M, along, stretches
from wanli_geo.study.walkway_told import APART_M, WIDE_M, Walked, caveats, checks, facts
from wanli_geo.study.words import data_caveats, made_of, walk_caveats, when
from wanli_geo.workspace.publication import Publication, publication_of
from wanli_geo.workspace.store import Workspace

_LAYERS = ("red_walkway", "walkway_stops", "lamps", "green_vein", "plan_projects")
_MARK_M = 100.0
_LONGEST_STOP_MIN = 60.0


def red_walkway(ground: Ground, profile: Profile, waits: Waits, *, stop_min: float, within: str) -> Answer:
    """Audit the walkway for a walker who stays `stop_min` minutes at each stop.

    Raises:
        BadMeasure: minutes that make no sense, or `within` cannot be read.
        NothingToAnswer: there is no walkway.
        BadPublication: publish.toml cannot be read.
    """
    if not (math.isfinite(stop_min) and 0 <= stop_min <= _LONGEST_STOP_MIN):
        raise BadMeasure(f"每处停 {stop_min:g} 分钟不合理；请给 0 到 {_LONGEST_STOP_MIN:g}。",
                         f"{stop_min:g} minutes at each stop make no sense; give 0 to {_LONGEST_STOP_MIN:g}.")
    reach = reach_of(within, profile)
    pace = None if reach.minutes is None else Pace(profile.m_per_s, waits)
    line, publication = drawn(ground.workspace, "red_walkway"), publication_of(ground.workspace.path)
    people = neighbours(ground, line.rows, reach, pace)
    found = Walked(line, along(line, ground), stops_of(line), people, _breaks(line), profile, waits, reach, float(stop_min),
                   publication.public_url is not None)
    features = _features(ground, found, publication)
    made = made_of(ground.workspace, (*INPUTS, *_LAYERS))
    return Answer(
        question="red_walkway",
        params={**_params(ground.workspace, found, publication), **when(ground, pace)},
        features=features,
        tables=_tables(found, features),
        facts=facts(found),
        caveats=(start_caveat(line), *caveats(found), *pieces_caveat(line), *walk_caveats(ground, profile, pace),
                 *data_caveats(made, people.totals.unstated)),
        made_of=made,
    )


def _params(workspace: Workspace, found: Walked, publication: Publication) -> dict[str, object]:
    return {
        "workspace": workspace.catalogue.name, "profile": found.profile.code, "speed_m_s": found.profile.m_per_s, "stop_min": found.stop_min,
        "within": found.reach.text, "public_url": publication.public_url, "crossing_waits_s": _waits(found),
        "stretch_m": STRETCH_M, "shade_m": SHADE_M, "works_within_m": ON_STREET_M,
        "lamps_surveyed_m": SURVEYED_M, "lamp_spacing_m": SPACING_M, "width_least_m": WIDE_M, "stops_apart_m": APART_M,
        "standards_verified": "no", "metric_crs": workspace.catalogue.metric_crs,
    }


def _waits(found: Walked) -> dict[str, float]:
    waits = found.waits
    return {"signalised": float(waits.signalised_s), "unsignalised": float(waits.unsignalised_s), "over_or_under": float(waits.over_or_under_s)}


def _features(ground: Ground, found: Walked, publication: Publication) -> dict[str, gpd.GeoDataFrame]:
    line, sampled = found.line, found.sampled
    empty, dark, crossings = found.empty, sampled.dark(), sampled.crossings
    return {
        "route": route_feature(line),
        "stretches": line.lines(*stretches(sampled), "stretch"),
        "stops": stop_features(line, found.stops, publication, found.profile.m_per_s, found.stop_min),
        "gaps": line.lines(empty, {}, "gap"),
        "dark": line.lines(dark, {}, "dark"),
        "crossings": line.points({"kind": crossings.kind, "street": sampled.crossed}, crossings.chainage, "crossing"),
        "marks": mark_features(line, _MARK_M),
        "works": line.lines(sampled.works, {"project": sampled.works.value}, "works"),
        "units": units_of(ground, found.people, found.profile.m_per_s),
    }


def _tables(found: Walked, features: dict[str, gpd.GeoDataFrame]) -> dict[str, pd.DataFrame]:
    """The checks, and the features as tables; of the stops, what they tell and what is measured apart, for neither fits a page with the other."""
    plain = {name: pd.DataFrame(layer.drop(columns="geometry")) for name, layer in features.items()}
    stops = plain["stops"]
    return {
        "checks": checks(found), "stops": stops.drop(columns=list(TOLD)), "stories": stops[["id", "name", "name_en", *TOLD]],
        "without_stops": plain["gaps"], **{name: plain[name] for name in ("stretches", "crossings", "marks", "units")},
    }


def _breaks(line: Drawn) -> Floats:
    """(p − 1,) metres from each further piece to the nearest end of those before it."""
    pieces = routes_of(line.rows.geometry.to_numpy())
    ends = [shapely.multipoints(piece.xy[[0, -1]]) for piece in pieces]
    return np.array([shapely.distance(ends[row], shapely.union_all(ends[:row])) for row in range(1, len(ends))], dtype=np.float64)
