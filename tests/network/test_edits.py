"""An edit recomputed in part equals the whole recomputed: counted on one's fingers, then for any town, any doors, any row of edits."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.network.test_kernels import doors_on, network_of, shares
from tests.network.test_search import crooked_towns
from tests.village import corner, village_network
from wanli_geo.network.edits import with_source, without_source
from wanli_geo.network.graph import WalkNetwork
from wanli_geo.network.search import Field, meet, route, spread
from wanli_geo.network.snap import Attachments, snap, together

Town = list[list[tuple[float, float]]]
Doors = list[tuple[float, float, float]]
limits = st.sampled_from([0.0, 60.0, 250.0, np.inf])


def numbered(doors: Attachments, first: int) -> Attachments:
    return Attachments(doors.place + first, doors.edge, doors.offset, doors.leg, doors.gate)


def assert_field_of(network: WalkNetwork, field: Field, sources: Attachments, limit_m: float) -> None:
    """`field` is what one search from all of `sources` finds, and each way it tells exists and is as long as it says."""
    whole = spread(network, sources, limit_m=limit_m)
    assert field.metres == pytest.approx(whole.metres, abs=1e-9)
    assert sorted(field.sources.place.tolist()) == sorted(sources.place.tolist())
    assert ((field.via >= 0) == np.isfinite(field.metres)).all()
    places = snap(network, network.nodes)
    walks = meet(network, field, places, len(network.nodes))
    for one in range(len(network.nodes)):
        following = int(field.previous[one])
        assert following < 0 or (field.via[one] == field.via[following] and field.metres[following] < field.metres[one])
        if np.isfinite(walks.metres[one]):
            drawn = np.hypot(*np.diff(route(network, field, places, walks, one), axis=0).T).sum()
            legs = places.leg[walks.row[one]] + field.sources.leg[walks.via[one]]
            assert drawn + legs == pytest.approx(walks.metres[one], abs=1e-6)


def kept(field: Field) -> list[list[float]]:
    return [column.tolist() for column in (field.metres, field.via, field.previous, field.sources.place, field.sources.offset)]


def test_a_door_opened_and_closed_again_in_the_village() -> None:
    network = village_network()
    doors = snap(network, np.array([corner(0)]))
    before = spread(network, doors)
    at = {number: int(np.flatnonzero((network.nodes == corner(number)).all(axis=1))[0]) for number in (0, 1, 4, 24)}
    opened = with_source(network, before, numbered(snap(network, np.array([[370.0, 0.0]])), 1))
    assert [opened.metres[at[number]] for number in (0, 1, 4, 24)] == [0, 100, 30, 430]
    assert [opened.sources.place[opened.via[at[number]]] for number in (0, 1, 4, 24)] == [0, 0, 1, 1]
    closed = without_source(network, opened, np.array([0]))
    assert [closed.metres[at[number]] for number in (0, 1, 4, 24)] == [370, 270, 30, 430]
    assert set(closed.sources.place[closed.via].tolist()) == {1}
    assert without_source(network, closed, np.array([1])).metres.tolist() == [np.inf] * 25
    assert before.metres[at[24]] == 800


def test_a_door_that_nobody_is_nearer_to_changes_nobodys_way() -> None:
    network = village_network()
    before = spread(network, snap(network, np.array([corner(0)])))
    far_off = numbered(snap(network, np.array([[50.0, -60.0]])), 1)  # 60 m off the street: no corner is nearer to it than to the other
    after = with_source(network, before, far_off)
    assert kept(after)[:2] == [before.metres.tolist(), before.via.tolist()]
    assert without_source(network, after, np.array([1])).metres.tolist() == before.metres.tolist()


def test_edits_of_nothing_are_nothing() -> None:
    network = village_network()
    none, door = snap(network, np.empty((0, 2))), snap(network, np.array([corner(12)]))
    assert with_source(network, spread(network, none), door).metres.tolist() == spread(network, door).metres.tolist()
    field = spread(network, door)
    assert kept(with_source(network, field, none)) == kept(without_source(network, field, np.array([7]))) == kept(field)


@given(crooked_towns(), shares, shares, limits)
def test_doors_opened_in_part_equal_the_whole_recomputed(town: Town, at: Doors, more: Doors, limit_m: float) -> None:
    network = network_of(town)
    if not len(network.length):
        return
    doors, added = doors_on(network, at), numbered(doors_on(network, more), len(at))
    before = spread(network, doors, limit_m=limit_m)
    untouched = kept(before)
    after = with_source(network, before, added, limit_m=limit_m)
    assert_field_of(network, after, together(doors, added), limit_m)
    as_near = before.metres == after.metres
    assert (after.via[as_near] == before.via[as_near]).all()  # where nothing is gained nothing is touched
    assert (after.previous[as_near] == before.previous[as_near]).all()
    assert kept(before) == untouched  # the undo


@given(crooked_towns(), shares, st.sets(st.integers(0, 5), min_size=1, max_size=4), limits)
def test_doors_closed_in_part_equal_the_whole_recomputed(town: Town, at: Doors, closing: set[int], limit_m: float) -> None:
    network = network_of(town)
    if not len(network.length):
        return
    doors, removed = doors_on(network, at), np.array(sorted(closing))
    before = spread(network, doors, limit_m=limit_m)
    untouched = kept(before)
    after = without_source(network, before, removed, limit_m=limit_m)
    left = doors.take(~np.isin(doors.place, removed))
    assert_field_of(network, after, left, limit_m)
    mine = np.isin(np.append(before.sources.place, -1)[before.via], left.place)
    assert (after.metres[mine] == before.metres[mine]).all()  # who never went to a door that closed walks as before
    assert (after.previous[mine] == before.previous[mine]).all()
    assert kept(before) == untouched


@given(crooked_towns(), shares, st.lists(st.one_of(st.integers(0, 5), shares), min_size=2, max_size=5), limits)
def test_any_row_of_edits_equals_the_whole_recomputed(town: Town, at: Doors, edits: list[int | Doors], limit_m: float) -> None:
    network = network_of(town)
    if not len(network.length):
        return
    sources = doors_on(network, at)
    field = spread(network, sources, limit_m=limit_m)
    for edit in edits:
        if isinstance(edit, int):
            field = without_source(network, field, np.array([edit]), limit_m=limit_m)
            sources = sources.take(sources.place != edit)
        else:
            added = doors_on(network, edit)  # the numbers of places opened before come again: such a place has several rows
            field, sources = with_source(network, field, added, limit_m=limit_m), together(sources, added)
    assert_field_of(network, field, sources, limit_m)
