"""Laws of DESIGN §4.8 that hold for every village: what may not lengthen a walk, and what may change nothing at all."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

import wanli_geo
from tests.village import canteen, home, streets, village
from wanli_geo.study import Study
from wanli_geo.workspace.store import Catalogue, Workspace

BLOCK = shapely.box(110, 110, 190, 190)
around = st.one_of(  # a point on the wall of the block
    st.tuples(st.floats(110, 190), st.sampled_from([110.0, 190.0])), st.tuples(st.sampled_from([110.0, 190.0]), st.floats(110, 190))
)
spot = st.tuples(st.floats(-50, 450), st.floats(-50, 450))
indoors = st.tuples(st.floats(115, 185), st.floats(115, 185))


def walled(gates: list[tuple[float, float]], homes: list[tuple[float, float]], canteens: list[tuple[float, float]]) -> Workspace:
    """A village with one walled compound, its homes and its gates."""
    return village(
        compounds=[({"walled": True}, BLOCK)],
        gates=[({"compound_id": "compounds-0", "kind": "pedestrian"}, shapely.Point(gate)) for gate in gates],
        homes=[home(x, y, compound_id="compounds-0") for x, y in homes],
        facilities=[canteen(x, y) for x, y in canteens],
    )


def walks(workspace: Workspace, kind: str = "CANTEEN") -> pd.Series:
    """Metres of every home by its id; infinite where there is no walk."""
    homes = Study(workspace).coverage(kind, within="20km").features["homes"]
    return pd.Series(homes["walk_m"].fillna(np.inf).to_numpy(), index=homes["id"]).sort_index()


@given(st.lists(around, min_size=1, max_size=3), around, st.lists(indoors, min_size=1, max_size=4), st.lists(spot, min_size=1, max_size=3))
@settings(max_examples=40)
def test_a_gate_more_never_lengthens_a_walk(gates: list, extra: tuple[float, float], homes: list, canteens: list) -> None:
    before, after = walks(walled(gates, homes, canteens)), walks(walled([*gates, extra], homes, canteens))
    assert (after <= before + 1e-6).all()


@given(st.lists(around, min_size=1, max_size=3), st.lists(indoors, min_size=1, max_size=4), st.lists(spot, min_size=1, max_size=3), spot)
@settings(max_examples=40)
def test_a_canteen_more_never_lengthens_a_walk(gates: list, homes: list, canteens: list, extra: tuple[float, float]) -> None:
    before, after = walks(walled(gates, homes, canteens)), walks(walled(gates, homes, [*canteens, extra]))
    assert (after <= before + 1e-6).all()


@given(st.lists(spot, min_size=1, max_size=6), st.lists(spot, min_size=1, max_size=3), st.randoms(use_true_random=False))
@settings(max_examples=30)
def test_the_order_of_the_rows_of_every_layer_changes_no_walk(homes: list, canteens: list, random: object) -> None:
    workspace = village(homes=[home(x, y) for x, y in homes], facilities=[canteen(x, y) for x, y in canteens])
    order = {name: random.sample(range(len(layer)), len(layer)) for name, layer in workspace.layers.items()}  # type: ignore[attr-defined]
    assert walks(shuffled(workspace, order)).to_dict() == pytest.approx(walks(workspace).to_dict(), abs=1e-6)


def shuffled(workspace: Workspace, order: dict[str, list[int]]) -> Workspace:
    return Workspace(workspace.catalogue, {name: layer.iloc[order[name]].reset_index(drop=True) for name, layer in workspace.layers.items()})


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
