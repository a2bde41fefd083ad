"""What must hold of green and blue whatever the village: everybody counted once, larger asks for more, farther asks for less."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from tests.study.test_laws import BLOCK, hamlet, laid, shuffled
from tests.village import Rows, home
from wanli_geo.answer import Answer
from wanli_geo.study import Study
from wanli_geo.workspace.store import Workspace

SURVEYED = ("GREEN", "PARK", "WATER_ACCESS")
KEYS = ("green", "park", "water")
spot = st.tuples(st.floats(-50, 450), st.floats(-50, 450))
sizes = st.sampled_from([0.0, 100.0, 400.0, 900.0, 5_000.0])
kinds = st.sampled_from(["park", "pocket_park", "street_green"])
lawns = st.lists(st.tuples(spot, st.sampled_from([90.0, 400.0, 1_600.0, 5_000.0]), kinds, st.sampled_from([None, "existing", "planned"])), max_size=4)
crowd = st.lists(st.tuples(spot, st.one_of(st.none(), st.integers(0, 500))), min_size=1, max_size=6)
walks = st.sampled_from([60.0, 150.0, 300.0, 500.0])
PLACES = {
    (margin, survey): hamlet(
        margin_m=margin, surveyed=dict.fromkeys(SURVEYED, survey), boundary=[({}, shapely.box(-20, -20, 300, 420))],
        compounds=[({"walled": True}, BLOCK), ({"walled": False}, shapely.box(210, 210, 290, 290))],
        gates=[({"compound_id": "compounds-0", "kind": "pedestrian"}, shapely.Point(150, 110))],
    )
    for margin in (-60.0, 1_000.0) for survey in ("complete", "partial")
}


def lawn(at: tuple[float, float], area: float, kind: str, status: str | None) -> tuple[dict[str, object], shapely.Polygon]:
    side = np.sqrt(area)
    return {"kind": kind, "status": status}, shapely.box(*at, at[0] + side, at[1] + side)


@st.composite
def villages(draw: st.DrawFn) -> Workspace:
    """A walled compound with one gate, an open one, homes in and out of them, greens some of which have an entrance."""
    made = [lawn(*one) for one in draw(lawns)]
    doors = draw(st.lists(st.tuples(st.integers(0, 3), spot), max_size=2))
    homes: Rows = [home(x, y, number, compound_id="compounds-0" if BLOCK.contains(shapely.Point(x, y)) else None)
                   for (x, y), number in draw(crowd)]
    return laid(
        PLACES[draw(st.sampled_from(sorted(PLACES)))], homes=homes, green_vein=made,
        entrances=[({"of": f"green_vein-{row}"}, shapely.Point(at)) for row, at in doors if row < len(made)],
        water_access=[({"kind": "view"}, shapely.Point(at)) for at in draw(st.lists(spot, max_size=2))],
    )


def covered(answer: Answer) -> np.ndarray:
    """People and land covered, for each wish; land that nothing is known of is not."""
    return np.array([[answer.fact(f"{key}_people_covered"), answer.fact(f"{key}_share_land") or 0] for key in KEYS], dtype=float)


@given(villages(), walks, sizes)
def test_everybody_is_counted_once_and_shares_lie_between_none_and_all(workspace: Workspace, metres: float, least: float) -> None:
    answer = Study(workspace).green(green_m=metres, green_m2=least, park_m=metres, water_m=metres)
    residents = float(np.nansum(workspace.layer("homes")["residents"].to_numpy(float)))
    assert answer.fact("people_total") == residents
    for key in KEYS:
        columns = [f"{key}_people_{status}" for status in ("covered", "gap", "unknown")]
        people = [answer.fact(column) for column in columns]
        assert sum(people) == residents  # type: ignore[arg-type]
        for table in ("units", "committees"):
            assert answer.tables[table][columns].sum().tolist() == people
        assert answer.tables["ages"].set_index("group").loc["all", columns].tolist() == people
        shares = [answer.fact(f"{key}_share_people"), answer.fact(f"{key}_share_land"), *answer.tables["units"][f"{key}_share_land"].dropna()]
        assert all(share is None or 0 <= share <= 1 for share in shares)  # type: ignore[operator]
    for key in ("green", "park"):
        a_head = answer.fact(f"{key}_m2_per_person")
        assert a_head is None or a_head >= 0  # type: ignore[operator]
    assert answer.fact("park_m2") is None or answer.fact("park_m2") <= answer.fact("green_m2") + 1e-6  # type: ignore[operator]


@given(villages(), walks, st.tuples(sizes, sizes))
def test_who_asks_for_larger_greens_never_has_more(workspace: Workspace, metres: float, least: tuple[float, float]) -> None:
    study, (less, more) = Study(workspace), sorted(least)
    small, large = (study.green(green_m=metres, green_m2=m2, park_m=metres, park_m2=m2, water_m=metres) for m2 in (less, more))
    assert (covered(large) <= covered(small) + 1e-9).all()
    assert (covered(small)[1] <= covered(small)[0] + 1e-9).all()  # a park is a green


@given(villages(), st.tuples(walks, walks), sizes)
def test_who_may_walk_farther_never_has_less(workspace: Workspace, metres: tuple[float, float], least: float) -> None:
    study, (near, far) = Study(workspace), sorted(metres)
    less, more = (study.green(green_m=m, green_m2=least, park_m=m, park_m2=least, water_m=m) for m in (near, far))
    assert (covered(less) <= covered(more) + 1e-9).all()


@given(villages(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_no_fact(workspace: Workspace, random: object) -> None:
    order = {name: random.sample(range(len(layer)), len(layer)) for name, layer in workspace.layers.items() if len(layer) > 1}  # type: ignore[attr-defined]
    one, other = ({fact.key: fact.value for fact in Study(place).green().facts} for place in (workspace, shuffled(workspace, order)))
    assert other == pytest.approx(one, abs=1e-6)
