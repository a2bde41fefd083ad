"""Where walks part, which way they set out, and what painted minutes are worth."""

from __future__ import annotations

from collections import defaultdict

import networkx as nx
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from wanli_geo.network.graph import WalkNetwork, build_network
from wanli_geo.network.search import meet, spread
from wanli_geo.network.snap import Attachments, snap
from wanli_geo.routes.signs import Decisions, Passing, apart, compass, decisions, heading, passing, through, verdicts


def fork() -> WalkNetwork:
    """A street of 200 m from the west to a fork, from which one arm goes 100 m north, one 100 m east."""
    return build_network(np.array([shapely.LineString([(0, 0), (200, 0)]), shapely.LineString([(200, 0), (200, 100)]),
                                   shapely.LineString([(200, 0), (300, 0)])]))


def flows(network: WalkNetwork, homes: np.ndarray, people: np.ndarray, doors: list[np.ndarray]) -> list[Passing]:
    rows = snap(network, homes)
    return [passing(network, field, rows, meet(network, field, rows, len(homes)), people)
            for field in (spread(network, snap(network, xy)) for xy in doors)]


def told(network: WalkNetwork, found: Decisions) -> dict[tuple[float, ...], tuple[int, float, float]]:
    return {tuple(network.nodes[corner].tolist()): (int(arms), float(trips), float(turning))
            for corner, arms, trips, turning in zip(found.corner, found.arms, found.trips, found.turning, strict=True)}


def test_who_comes_to_a_fork_for_two_destinations_must_choose_there() -> None:
    network = fork()
    doors = [np.array([[200.0, 90.0]]), np.array([[290.0, 0.0]])]
    # Ten people and five come from the west; the seven who live on the northern arm come for the eastern door alone.
    homes, people = np.array([[10.0, 0.0], [50.0, 0.0], [200.0, 50.0]]), np.array([10.0, 5.0, 7.0])
    assert told(network, decisions(network, flows(network, homes, people, doors))) == {(200.0, 0.0): (3, 30.0, 15.0)}
    assert told(network, decisions(network, flows(network, homes, people, doors[:1]))) == {}  # one destination: nobody chooses


def test_people_who_only_pass_each_other_choose_nothing() -> None:
    # From the west to the east and from the east to the west past a side street: the ways of each never part.
    network = fork()
    doors = [np.array([[290.0, 0.0]]), np.array([[10.0, 0.0]])]
    homes, people = np.array([[50.0, 0.0], [250.0, 0.0]]), np.array([10.0, 10.0])
    assert told(network, decisions(network, flows(network, homes, people, doors))) == {}


def test_the_smaller_stream_is_what_a_sign_is_for() -> None:
    network = fork()
    doors = [np.array([[200.0, 90.0]]), np.array([[290.0, 0.0]]), np.array([[299.0, 0.0]])]
    found = decisions(network, flows(network, np.array([[10.0, 0.0]]), np.array([4.0]), doors))
    assert told(network, found) == {(200.0, 0.0): (3, 12.0, 4.0)}


@given(st.lists(st.integers(-1, 40), min_size=1, max_size=40), st.data())
def test_nobody_is_lost_or_won_on_a_tree_of_walks(parents: list[int], data: st.DataObject) -> None:
    previous = np.array([min(parent, row - 1) for row, parent in enumerate(parents)])  # a later corner leads to an earlier one
    entering = np.array(data.draw(st.lists(st.integers(0, 99), min_size=len(parents), max_size=len(parents))), dtype=float)
    total = through(previous, entering)
    assert total[previous < 0].sum() == entering.sum()
    children = np.bincount(previous[previous >= 0], total[previous >= 0], minlength=len(previous))
    assert (total == entering + children).all()


seeds = st.integers(0, 2**32 - 1)


def town(seed: int) -> tuple[WalkNetwork, np.ndarray, np.ndarray, list[np.ndarray]]:
    """Six by six corners out of true, so that no two walks are equally long; homes, people and doors anywhere."""
    dice = np.random.default_rng(seed)
    xy = np.stack(np.meshgrid(np.arange(6), np.arange(6)), axis=-1) * 100.0 + dice.uniform(-30, 30, (6, 6, 2))
    lines = [shapely.LineString([xy[row, col], xy[row + down, col + right]]) for down, right in ((0, 1), (1, 0))
             for row in range(6 - down) for col in range(6 - right) if dice.random() < 0.9]
    homes, doors = dice.uniform(0, 500, (25, 2)), [dice.uniform(0, 500, (count, 2)) for count in (1, 2, 3)]
    return build_network(np.array(lines)), homes, dice.integers(0, 50, 25).astype(float), doors


def by_networkx(network: WalkNetwork, homes: Attachments, people: np.ndarray, sources: list[Attachments]) -> dict:
    """Corner → (trips, turning), every walk found by itself and its corners looked at one by one."""
    come = defaultdict(lambda: defaultdict(float))
    for doors in sources:
        graph = with_stops(network, homes, doors)
        for place in np.unique(homes.place[people[homes.place] > 0]).tolist():
            path = shortest(graph, ("home", place), {("door", door) for door in doors.place.tolist()})
            for before, corner, after in zip(path, path[1:], path[2:], strict=False):
                if isinstance(corner, int):
                    come[corner, graph[before][corner]["edge"]][graph[corner][after]["edge"]] += people[place]
    arms = np.bincount(np.concatenate([network.tail, network.head]))
    found = defaultdict(lambda: np.zeros(2))
    for (corner, _), streams in come.items():
        if len(streams) > 1 and arms[corner] >= 3:
            found[corner] += np.array([sum(streams.values()), sum(streams.values()) - max(streams.values())])
    return {corner: tuple(pair.tolist()) for corner, pair in found.items()}


def with_stops(network: WalkNetwork, homes: Attachments, doors: Attachments) -> nx.Graph:
    """The corners, and every home and door on its edge as a corner of its own."""
    graph = nx.Graph()
    for edge, (tail, head, length) in enumerate(zip(network.tail.tolist(), network.head.tolist(), network.length, strict=True)):
        graph.add_edge(tail, head, weight=length, edge=edge)
    for name, rows in (("home", homes), ("door", doors)):
        for row, (place, edge, offset) in enumerate(zip(rows.place.tolist(), rows.edge.tolist(), rows.offset, strict=True)):
            graph.add_edge((name, place), (name, row, "on"), weight=rows.leg[row], edge=edge)
            graph.add_edge((name, row, "on"), int(network.tail[edge]), weight=offset, edge=edge)
            graph.add_edge((name, row, "on"), int(network.head[edge]), weight=network.length[edge] - offset, edge=edge)
    for home, door in np.argwhere(homes.edge[:, None] == doors.edge).tolist():
        graph.add_edge(("home", home, "on"), ("door", door, "on"), weight=abs(homes.offset[home] - doors.offset[door]), edge=-1)
    return graph


def shortest(graph: nx.Graph, home: tuple, doors: set) -> list:
    """The walk to the nearest door; empty where there is none. No walk leads through another home."""
    metres, paths = nx.single_source_dijkstra(graph, home)
    reached = [door for door in doors if door in metres]
    return paths[min(reached, key=metres.__getitem__)] if reached else []


@pytest.mark.parametrize("seed", range(6))
def test_the_same_corners_as_by_looking_at_every_walk(seed: int) -> None:
    network, homes, people, doors = town(seed)
    found = decisions(network, flows(network, homes, people, doors))
    expected = by_networkx(network, snap(network, homes), people, [snap(network, xy) for xy in doors])
    assert {int(one): (trips, turning) for one, trips, turning in zip(found.corner, found.trips, found.turning, strict=True)} == expected
    assert len(expected) >= 3


@settings(max_examples=25, deadline=None)
@given(seeds)
def test_the_order_of_homes_and_destinations_changes_nothing(seed: int) -> None:
    network, homes, people, doors = town(seed)
    found = decisions(network, flows(network, homes, people, doors))
    turned = decisions(network, flows(network, homes[::-1], people[::-1], doors[::-1]))
    assert told(network, found) == told(network, turned)
    assert (np.diff(found.turning) <= 0).all()
    assert (found.turning < found.trips).all()


def test_places_are_kept_apart_the_more_needful_first() -> None:
    xy = np.array([[0.0, 0.0], [50.0, 0.0], [80.0, 0.0], [120.0, 0.0], [0.0, 300.0]])
    assert apart(xy, 80.0).tolist() == [True, False, True, False, True]
    assert apart(np.empty((0, 2)), 80.0).tolist() == []


@pytest.mark.parametrize(("xy", "degrees"), [
    ([(0, 0), (0, 50)], 0.0), ([(0, 0), (50, 0)], 90.0), ([(0, 0), (0, -5)], 180.0), ([(0, 0), (-9, 9)], 315.0),
    ([(0, 0), (10, 0), (10, 90)], 45.0),  # ten metres east, then north: after twenty one stands north-east
    ([(0, 0), (0, 0)], None), ([(0, 0)], None), (np.empty((0, 2)), None),
])
def test_a_hand_points_where_the_first_twenty_metres_lead(xy: list[tuple[float, float]], degrees: float | None) -> None:
    assert heading(np.array(xy, dtype=float)) == (None if degrees is None else pytest.approx(degrees))


@given(st.floats(0, 359.99))
def test_the_compass_is_never_more_than_an_eighth_off(bearing: float) -> None:
    off = abs(compass(bearing) * 45 - bearing)
    assert min(off, 360 - off) <= 22.5


def test_painted_minutes_are_right_between_the_adult_and_the_elder_and_a_minute_to_both_sides() -> None:
    painted = np.array([3.9, 4.0, 5.0, 8.0, 8.1, np.nan, 5.0])
    adult, elder = np.array([*[5.0] * 6, np.inf]), np.array([*[7.0] * 6, np.inf])
    assert verdicts(painted, adult, elder, 1.0).tolist() == [
        "too_short", "accurate", "accurate", "accurate", "too_long", "unpainted", "unreachable"]


@given(st.floats(0, 60), st.floats(0.1, 30), st.floats(1, 2), st.floats(0, 5), st.floats(0, 5))
def test_more_slack_never_makes_a_right_figure_wrong(painted: float, adult: float, slower: float, slack: float, more: float) -> None:
    judged = [verdicts(np.array([painted]), np.array([adult]), np.array([adult * slower]), each)[0] for each in (slack, slack + more)]
    assert judged[0] != "accurate" or judged[1] == "accurate"
