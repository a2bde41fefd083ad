"""Laws that hold for every village, asked as a user asks: what may not lengthen a walk, and what may change nothing at all.

The list of all laws and where each is tested opens tests/network/test_laws.py. Each law is tried on 200 villages.
"""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

import wanli_geo
from tests.study.test_isochrone import degrees
from tests.village import CRS, Rows, canteen, home, streets, village
from tests.village import _layer as village_layer
from wanli_geo.network.pace import Pace
from wanli_geo.study import PROFILES, Study, Waits
from wanli_geo.workspace.geojson import empty_layer
from wanli_geo.workspace.services import services_of
from wanli_geo.workspace.specs import SPECS
from wanli_geo.workspace.store import Catalogue, Workspace, to_metres

Spots = list[tuple[float, float]]
BLOCK = shapely.box(110, 110, 190, 190)
around = st.one_of(  # a point on the wall of the block
    st.tuples(st.floats(110, 190), st.sampled_from([110.0, 190.0])), st.tuples(st.sampled_from([110.0, 190.0]), st.floats(110, 190))
)
spot = st.tuples(st.floats(-50, 450), st.floats(-50, 450))
indoors = st.tuples(st.floats(115, 185), st.floats(115, 185))
few = st.lists(indoors | spot, min_size=1, max_size=3)
waits = st.builds(Waits, *[st.floats(0, 600)] * 3)
profiles = st.sampled_from(sorted(PROFILES))
# Layers made, projected and hashed once: making all of them anew is most of the work of a question this small.
EMPTY = {name: empty_layer(spec) for name, spec in SPECS.items()}
EMPTY_METRIC = {name: layer.to_crs(CRS) for name, layer in EMPTY.items()}
DIGESTS = dict.fromkeys(SPECS, "0" * 64)


def hamlet(**layers: Any) -> Workspace:
    """A village whose absent layers are at hand already; arguments as for `village`."""
    made = village(**layers)
    laid_out = {**EMPTY, **made.layers}
    metric = {name: layer.to_crs(CRS) for name, layer in made.layers.items()}
    return Workspace(made.catalogue, laid_out, None, DIGESTS, {**EMPTY_METRIC, **metric})


def laid(base: Workspace, **rows: Rows) -> Workspace:
    """The same place with some layers drawn anew."""
    made = {name: village_layer(name, own) for name, own in rows.items()}
    known = {name: layer for name, layer in base._projected.items() if name not in made}
    return replace(base, layers={**base.layers, **made}, _projected=known)


WALLED = hamlet(compounds=[({"walled": True}, BLOCK)])


def walled(gates: Spots, homes: Spots, canteens: Spots) -> Workspace:
    """A village with one walled compound, its gates, homes in and out of it."""
    return laid(
        WALLED,
        gates=[({"compound_id": "compounds-0", "kind": "pedestrian"}, shapely.Point(gate)) for gate in gates],
        homes=[home(x, y, compound_id="compounds-0" if BLOCK.contains(shapely.Point(x, y)) else None) for x, y in homes],
        facilities=[canteen(x, y) for x, y in canteens],
    )


def without_the_last(workspace: Workspace, layer: str) -> Workspace:
    """The same place, one feature less."""
    known = {name: own for name, own in workspace._projected.items() if name != layer}
    return replace(workspace, layers={**workspace.layers, layer: workspace.layers[layer].iloc[:-1]}, _projected=known)


def walks(workspace: Workspace, kind: str = "CANTEEN") -> pd.Series:
    """Metres of every home by its id; infinite where there is no walk."""
    ground = Study(workspace).ground()
    return pd.Series(ground.walks_to(services_of(workspace, kind)).metres, index=ground.demand.ids).sort_index()


@given(st.lists(around, min_size=2, max_size=4), st.lists(indoors | spot, min_size=1, max_size=4), st.lists(indoors | spot, min_size=1, max_size=3))
def test_a_gate_more_never_lengthens_a_walk(gates: Spots, homes: Spots, canteens: Spots) -> None:
    after = walled(gates, homes, canteens)
    assert (walks(after) <= walks(without_the_last(after, "gates")) + 1e-6).all()


@given(st.lists(around, max_size=2), st.lists(indoors | spot, min_size=1, max_size=4), st.lists(indoors | spot, min_size=1, max_size=4))
def test_a_canteen_more_never_lengthens_a_walk(gates: Spots, homes: Spots, canteens: Spots) -> None:
    after = walled(gates, homes, canteens)
    assert (walks(after) <= walks(without_the_last(after, "facilities")) + 1e-6).all()


@given(st.lists(around, min_size=1, max_size=2), st.lists(indoors | spot, min_size=1, max_size=5), few, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_of_every_layer_changes_no_walk(gates: Spots, homes: Spots, canteens: Spots, random: object) -> None:
    workspace = walled(gates, homes, canteens)
    order = {name: random.sample(range(len(layer)), len(layer)) for name, layer in workspace.layers.items() if len(layer) > 1}  # type: ignore[attr-defined]
    assert walks(shuffled(workspace, order)).to_dict() == pytest.approx(walks(workspace).to_dict(), abs=1e-6)


def shuffled(workspace: Workspace, order: dict[str, list[int]]) -> Workspace:
    turned = {name: workspace.layers[name].iloc[rows].reset_index(drop=True) for name, rows in order.items()}
    known = {name: layer for name, layer in workspace._projected.items() if name not in turned}
    return replace(workspace, layers={**workspace.layers, **turned}, sha256={}, _projected=known)


def crossed_town() -> Workspace:
    """Two rows of houses on both sides of a road: a crossing with lights, one without, a footbridge with steps, the long way round."""
    line = shapely.LineString
    rows = [({"kind": "road"}, line([(100 * x, y) for x in range(5)])) for y in (0, 120)]
    rows += [({"kind": "crossing", "signalised": lights}, line([(x, 0), (x, 120)])) for x, lights in ((0, True), (100, False))]
    rows += [({"kind": "footbridge", "step_free": False}, line([(200, 0), (200, 120)])), ({"kind": "road"}, line([(400, 0), (700, 60), (400, 120)]))]
    ages = {f"residents_{group}": count for count, group in enumerate(("0_6", "7_18", "19_59", "60_79", "80_plus"), 1)}
    homes = [home(50 * x + 7, y, 15, **ages) for x in range(9) for y in (-10, 130)]
    return hamlet(street_rows=rows, homes=homes, facilities=[canteen(30, 0), canteen(330, 120)])


@pytest.fixture(scope="module")
def in_metres() -> dict[tuple[str, str], dict[str, object]]:
    """What distance mode says of the crossed town, each question asked of a study of its own that never heard of time."""
    town = crossed_town()
    return {(within, profile): told(Study(town), within, profile) for within in ("100m", "250m") for profile in PROFILES}


def told(study: Study, within: str, profile: str) -> dict[str, object]:
    """The whole of an answer: facts, tables, parameters, caveats, inputs."""
    return study.coverage("CANTEEN", within, profile=profile).to_dict()


@given(waits, st.sampled_from(["100m", "250m"]), profiles, st.sampled_from(["2min", "5min"]), profiles)
def test_no_wait_and_no_question_in_time_changes_a_figure_in_metres(
    in_metres: dict[tuple[str, str], dict[str, object]], lights: Waits, within: str, profile: str, minutes: str, other: str
) -> None:
    study = Study(TOWN, waits=lights)
    study._grounds.update(TOWN_GROUNDS)
    assert study.coverage("CANTEEN", minutes, profile=other).params["mode"] == "time"
    assert told(study, within, profile) == in_metres[within, profile]


@given(waits, profiles)
def test_in_time_a_walk_costs_its_metres_and_its_waits_and_is_never_shorter_on_the_ground(lights: Waits, profile: str) -> None:
    ground, services = TOWN_GROUNDS[PROFILES[profile].steps, "Tu", 600], services_of(TOWN, "CANTEEN")
    speed = PROFILES[profile].m_per_s
    plain, timed = ground.walks_to(services), ground.walks_to(services, Pace(speed, lights))
    waited = (timed.cost - timed.metres) / speed
    assert (timed.metres >= plain.metres - 1e-6).all()  # the quickest is no shorter than the shortest
    assert (waited >= -1e-6).all()
    assert (timed.cost / speed <= plain.metres / speed + max(vars(lights).values()) + 1e-6).all()  # no walk here needs more than one crossing
    free = ground.walks_to(services, Pace(speed, Waits(0, 0, 0)))
    assert free.cost == pytest.approx(plain.metres, abs=1e-6)


TOWN = crossed_town()
TOWN_GROUNDS = {(steps, "Tu", 600): Study(TOWN).ground(profile) for steps, profile in ((True, "adult"), (False, "wheelchair"))}
questions = st.tuples(
    profiles, st.sampled_from([None, Waits(), Waits(600, 600, 600)]), st.sampled_from(["CANTEEN", "PARK"]), st.sampled_from(["10:00", "23:30"])
)


@given(st.lists(questions, min_size=2, max_size=4))
def test_the_order_of_questions_changes_no_answer(asked: list[tuple[str, Waits | None, str, str]]) -> None:
    first, again = Study(NIGHT_TOWN), Study(NIGHT_TOWN)
    answers = [answer(first, question) for question in asked]
    assert [answer(again, question) for question in asked[::-1]][::-1] == answers
    assert answers[-1] == answer(Study(NIGHT_TOWN), asked[-1])


def answer(study: Study, question: tuple[str, Waits | None, str, str]) -> list[list[float]]:
    profile, lights, kind, time = question
    pace = None if lights is None else Pace(PROFILES[profile].m_per_s, lights)
    to = study.ground(profile, time=time).walks_to(services_of(study.workspace, kind), pace)
    return [to.cost.tolist(), to.metres.tolist(), to.door.tolist()]


def night_town() -> Workspace:
    """The crossed town, one of its crossings shut at night."""
    drawn = TOWN.layers["streets"].copy()
    drawn.loc[2, "open_hours"] = "Mo-Su 06:00-22:00"
    known = {name: layer for name, layer in TOWN._projected.items() if name != "streets"}
    return replace(TOWN, layers={**TOWN.layers, "streets": drawn}, _projected=known)


NIGHT_TOWN = night_town()
anywhere = st.tuples(st.floats(-260, 660), st.floats(-260, 660))
ISLAND = shapely.LineString([(-230, -230), (-130, -230), (-130, 600)])
ISLANDED = hamlet(street_rows=[({"kind": "road"}, line) for line in [*streets(), ISLAND]])
EXTENTS = {margin_m: village(margin_m=margin_m).catalogue.extent for margin_m in (-60.0, 20.0, 1_000.0)}
crowd = st.lists(st.tuples(anywhere, st.one_of(st.none(), st.integers(0, 90))), min_size=1, max_size=5)


@given(crowd, st.lists(anywhere, max_size=2), st.sampled_from(["100m", "300m", "5min"]), st.sampled_from(sorted(EXTENTS)), st.booleans())
def test_everyone_is_covered_in_a_gap_or_unknown_and_nobody_on_an_island_is_dropped(
    people: list[tuple[tuple[float, float], int | None]], canteens: Spots, within: str, margin_m: float, complete: bool
) -> None:
    lived_in = laid(ISLANDED, homes=[home(*at, count) for at, count in people], facilities=[canteen(*at) for at in canteens])
    catalogue = ISLANDED.catalogue.model_copy(update={"extent": EXTENTS[margin_m], "surveyed": {"CANTEEN": "complete" if complete else "partial"}})
    workspace = replace(lived_in, catalogue=catalogue)
    study = Study(workspace)
    told, found = study.coverage("CANTEEN", within), study.topology()
    everyone = sum(count for _, count in people if count is not None)
    assert told.fact("people_total") == everyone
    assert sum(told.fact(f"people_{status}") for status in ("covered", "gap", "unknown")) == everyone  # type: ignore[misc]
    homes = told.features["homes"]
    assert sorted(homes["id"]) == sorted(f"homes-{row}" for row in range(len(people)))
    assert {status: homes["people"][homes["status"] == status].sum() for status in ("covered", "gap", "unknown")} == {
        status: told.fact(f"people_{status}") for status in ("covered", "gap", "unknown")}
    assert told.fact("places_unstated") == sum(count is None for _, count in people)
    points = shapely.points([at for at, _ in people])
    on_main, on_island = (shapely.distance(shapely.multilinestrings(lines), points) <= 100 for lines in (streets(), [ISLAND]))
    counts = np.array([count or 0 for _, count in people])
    assert found.fact("people_islands") == counts[on_island & ~on_main].sum()
    assert found.fact("people_off") == counts[~on_island & ~on_main].sum()


@given(profiles, st.integers(3, 60), st.sampled_from([0.0, 0.1, 30.0, 59.9, 60.0, 60.1]), st.sampled_from([0.0, 10.0, 30.0, 100.0]))
def test_whoever_walks_59_to_60_minutes_is_within_60_and_not_within_59_and_60_00_itself_is_in(
    profile: str, minutes: int, seconds: float, wait_s: float
) -> None:
    # One straight road behind a crossing of 10 m: the house stands where the walk and the wait take 59 minutes and so many seconds.
    far = ((minutes - 1) * 60 + seconds - wait_s) * PROFILES[profile].m_per_s
    study = Study(laid(ROAD, homes=[home(far, 0, 7)]), waits=Waits(signalised_s=wait_s))
    within = [study.coverage("CANTEEN", f"{number}min", profile=profile).fact("people_covered") for number in (minutes - 1, minutes)]
    assert within == [7 * (seconds == 0), 7 * (seconds <= 60)]


ROAD = hamlet(
    street_rows=[({"kind": "crossing", "signalised": True}, shapely.LineString([(0, 0), (10, 0)])),
                 ({"kind": "road"}, shapely.LineString([(10, 0), (6_000, 0)]))],
    facilities=[canteen(0, 0)], margin_m=9_000,
)


@given(st.tuples(st.floats(0, 400), st.floats(-20, 140)), st.lists(st.integers(1, 12), min_size=2, max_size=4, unique=True), profiles, st.booleans())
def test_bands_nest_their_areas_their_streets_and_their_people(at: tuple[float, float], bands: list[int], profile: str, timed: bool) -> None:
    lengths = {"minutes": bands} if timed else {"metres": [50 * band for band in bands]}
    answer = STUDY.isochrone(*degrees(*at), profile=profile, **lengths)  # type: ignore[arg-type]
    areas, reach = ([to_metres(one, CRS) for one in answer.features[name].geometry] for name in ("bands", "reach"))
    for inner, outer in pairwise(areas):
        assert shapely.area(shapely.difference(inner, outer)) < 1e-3
    for inner, outer in pairwise(reach):
        assert shapely.length(shapely.difference(inner, shapely.buffer(outer, 1e-3))) < 1e-3
    for column in ("people", "street_m", "area_m2"):
        assert (np.diff(answer.tables["bands"][column]) >= -1e-6).all()


STUDY = Study(TOWN)
north = st.tuples(st.floats(-20, 420), st.floats(206, 320))
south = st.tuples(st.floats(-20, 420), st.floats(-90, 194))


@given(st.lists(north, min_size=1, max_size=3), st.lists(south, min_size=1, max_size=3))
def test_over_a_river_without_a_bridge_there_is_no_walk_and_with_one_there_is(homes: Spots, canteens: Spots) -> None:
    here, there = [home(*at, 5) for at in homes], [canteen(*at) for at in canteens]
    split, bridged = (Study(laid(town, homes=here, facilities=there)) for town in (SPLIT, BRIDGED))
    ground = split.ground()
    assert (ground.walks_to(services_of(split.workspace, "CANTEEN")).cost == np.inf).all()
    over = bridged.ground().walks_to(services_of(bridged.workspace, "CANTEEN")).cost
    assert np.isfinite(over).all()
    assert (over >= 2 * RIVER_M).all()


RIVER_M = 5.0


def on_two_banks(*bridges: shapely.LineString) -> Workspace:
    """The streets along the river, which flows where the village's middle row would be, and those up and down from it, cut in two."""
    lines = [shapely.LineString([(0, y), (400, y)]) for y in (0, 100, 190, 210, 300)]
    lines += [shapely.LineString([(x, low), (x, high)]) for x in (0, 400) for low, high in ((0, 100), (100, 190), (210, 300))]
    river = ({"kind": "river"}, shapely.box(-900, 200 - RIVER_M, 1_300, 200 + RIVER_M))
    return hamlet(street_rows=[({"kind": "road"}, line) for line in [*lines, *bridges]], blue_net=[river])


SPLIT, BRIDGED = on_two_banks(), on_two_banks(shapely.LineString([(400, 190), (400, 210)]))


@pytest.fixture(scope="module")
def sketch() -> Workspace:
    return wanli_geo.open().workspace


@pytest.mark.parametrize("kind", ["CANTEEN", "PARK"])
def test_the_order_of_the_rows_of_the_sketch_changes_no_number(sketch: Workspace, kind: str) -> None:
    turned = shuffled(sketch, {name: list(range(len(layer)))[::-1] for name, layer in sketch.layers.items()})
    one, two = Study(sketch).coverage(kind), Study(turned).coverage(kind)
    assert walks(turned, kind).to_dict() == pytest.approx(walks(sketch, kind).to_dict(), abs=1e-6)
    for key in ("people_covered", "people_gap", "people_unknown", "people_circle_only", "units_gap"):
        assert one.fact(key) == two.fact(key)
    assert one.tables["units"]["id"].tolist() == two.tables["units"]["id"].tolist()


def test_the_metric_system_chosen_changes_a_walk_by_its_scale_only(sketch: Workspace) -> None:
    # UTM zone 51 draws Wanli 0.05 % longer than the 3-degree belt does; nothing else may come in between.
    catalogue = Catalogue.model_validate({**sketch.catalogue.model_dump(), "metric_crs": "EPSG:32651"})
    ratio = walks(replace(sketch, catalogue=catalogue, _projected={})) / walks(sketch)
    assert ratio.min() == pytest.approx(ratio.max(), rel=2e-4)
    assert ratio.median() == pytest.approx(1, rel=2e-3)


def test_a_home_between_an_island_and_the_mainland_takes_the_mainland() -> None:
    # The island lane lies 5 m away and leads nowhere, the street 45 m away leads to the canteen.
    rows = [({"kind": "road"}, line) for line in [*streets(), shapely.LineString([(20, 50), (80, 50)])]]
    assert walks(village(street_rows=rows, homes=[home(50, 45)], facilities=[canteen(400, 0)])).tolist() == pytest.approx([45.0 + 350.0], abs=0.01)


def test_what_is_on_an_island_alone_is_reached_there_alone() -> None:
    rows = [({"kind": "road"}, line) for line in [*streets(), shapely.LineString([(700, 0), (800, 0)])]]
    found = walks(village(street_rows=rows, homes=[home(710, 0), home(0, 0)], facilities=[canteen(800, 0)]))
    assert found.tolist() == pytest.approx([90.0, np.inf], abs=0.01)


def test_the_bundled_sketch_has_no_island(wanli: Path) -> None:
    assert wanli_geo.open(wanli).ground().network.component.max() == 0
