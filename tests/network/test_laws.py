"""The laws of walking that hold for every town, each on 200 examples (the profile in conftest.py), with the place of all others.

| law (DESIGN §4.8 and what the engine promises) | where |
|---|---|
| a street more never shrinks reach, attachments held fixed | here (every corner), test_search.py (every place) |
| a gate more, for a compound that has one, never lengthens a walk | study/test_laws.py |
| snapping takes the best total over the nearest edge of each part within 100 m, never an island while the mainland is in reach | here |
| bands nest | here (corners), study/test_laws.py (areas, streets, people) |
| row order and units change nothing | here, test_search.py, study/test_laws.py (every layer, the metric system) |
| call order changes nothing | study/test_laws.py |
| symmetric walking is a metric, in time too | here |
| a river without a bridge splits | here, study/test_laws.py |
| every corner equals networkx on random small graphs, in time too | here; places: test_search.py, test_pace.py; k-nearest: test_kernels.py |
| 59 and 60 minutes differ as they should; exactly 60:00 is in | here (corners), study/test_laws.py (people) |
| numba and SciPy agree | test_kernels.py |
| an edit recomputed in part equals the whole recomputed | test_edits.py |
| islands are reported, not dropped; covered + gap + unknown = all | study/test_laws.py |
| people × access is the supply with demand in reach; row order and units change no access | access/test_catchments.py, study/test_catchments.py |
| distance and time never mix | study/test_laws.py; no second lost nor counted twice: test_pace.py |
"""

from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.network.test_kernels import Attachments, doors_on, network_of, shares
from tests.network.test_search import _by_networkx, carried, crooked_towns
from wanli_geo.network.graph import WalkNetwork
from wanli_geo.network.pace import in_time, placed, waits_along
from wanli_geo.network.search import meet, nearest, spread
from wanli_geo.network.snap import SNAP_M, snap

Town = list[list[tuple[float, float]]]
Door = tuple[float, float, float]
Doors = list[Door]
waits = st.lists(st.sampled_from([0.0, 10.0, 30.0, 600.0]), min_size=12, max_size=12)
around = st.tuples(st.integers(-150, 450), st.integers(-150, 450))
step = st.sampled_from([-30, 0, 30, 60, 90, 120, 150, 180, 210])
on_lattice = st.tuples(step, step)


@st.composite
def square_towns(draw: st.DrawFn) -> Town:
    """Streets from point to next point of a square lattice: many places lie exactly half way between two streets."""
    town = []
    for _ in range(draw(st.integers(2, 8))):
        x, y = draw(st.integers(0, 3)), draw(st.integers(0, 3))
        moves = draw(st.lists(st.sampled_from([(1, 0), (-1, 0), (0, 1), (0, -1)]), min_size=1, max_size=3))
        town.append([(60 * (x + dx), 60 * (y + dy)) for dx, dy in np.cumsum([(0, 0), *moves], axis=0).tolist()])
    return town


@st.composite
def split_towns(draw: st.DrawFn) -> Town:
    """Two towns over one another that share no corner: one is an island to the other, and often the nearer."""
    return [*draw(crooked_towns()), *([(x + 0.5, y + 0.5) for x, y in street] for street in draw(crooked_towns()))]


# A share of the edges, a share of the way along it, no leg: a place on the street itself.
on_street = st.tuples(st.floats(0, 1), st.floats(0, 1), st.just(0.0))


def timed(network: WalkNetwork, seconds: list[float], m_per_s: float = 1.2) -> WalkNetwork:
    """The same streets, each costing its seconds beside the walk."""
    count = int(network.street.max(initial=-1)) + 1
    return in_time(network, waits_along(network, np.array(seconds[:count]), np.zeros(count, dtype=bool)), m_per_s)


def by_networkx(network: WalkNetwork, doors: Attachments) -> list[float]:
    """Metres from the nearest door to every corner: each door hangs by one way on either end of its edge."""
    graph = nx.MultiGraph()
    graph.add_nodes_from([*range(len(network.nodes)), "doors"])
    for tail, head, metres in zip(network.tail.tolist(), network.head.tolist(), network.length.tolist(), strict=True):
        graph.add_edge(tail, head, metres=metres)
    for edge, offset, leg in zip(doors.edge.tolist(), doors.offset.tolist(), doors.leg.tolist(), strict=True):
        graph.add_edge("doors", int(network.tail[edge]), metres=leg + offset)
        graph.add_edge("doors", int(network.head[edge]), metres=leg + float(network.length[edge]) - offset)
    found = nx.single_source_dijkstra_path_length(graph, "doors", weight="metres")
    return [found.get(corner, np.inf) for corner in range(len(network.nodes))]


@given(crooked_towns(), shares, waits, st.sampled_from([0.0, 100.0, 250.0, np.inf]))
def test_every_corner_is_as_far_as_networkx_says_in_metres_and_in_time(town: Town, at: Doors, seconds: list[float], limit_m: float) -> None:
    network = network_of(town)
    assume(len(network.length))
    doors = doors_on(network, at)
    for streets in (network, timed(network, seconds)):
        expected = np.array(by_networkx(streets, placed(streets, doors)))
        found = spread(streets, placed(streets, doors), limit_m=limit_m).metres
        sure = (expected <= limit_m - 1e-6) | (expected >= limit_m + 1e-6)  # what lies on the limit itself: the law of 59 and 60 minutes
        assert found[sure] == pytest.approx(np.where(expected <= limit_m, expected, np.inf)[sure], abs=1e-6)


@given(crooked_towns(), on_street, on_street, on_street, waits, st.booleans())
def test_walking_is_a_metric_in_metres_and_in_time(
    town: Town, a: Door, b: Door, c: Door, seconds: list[float], in_seconds: bool
) -> None:
    plain = network_of(town)
    assume(len(plain.length))
    network = timed(plain, seconds) if in_seconds else plain
    rows = doors_on(plain, [a, b, c])
    there = placed(network, rows)
    far = np.array([nearest(network, there.take(np.array([goal])), there, 3).metres for goal in range(3)])
    points = shapely.line_interpolate_point(plain.lines[rows.edge], rows.offset)
    straight = shapely.distance(points[:, None], points)
    assert far == pytest.approx(far.T, abs=1e-9)
    assert (np.diag(far) == 0).all()
    assert (far >= straight - 1e-6).all()  # nought only where the two are one
    assert (far <= np.min(far[:, :, None] + far, axis=1) + 1e-9).all()  # no way round by a third is shorter
    one_edge = rows.edge[:, None] == rows.edge
    assert (far[one_edge] <= np.abs(there.offset[:, None] - there.offset)[one_edge]).all()


@given(crooked_towns(), st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), min_size=2, max_size=4), shares)
def test_a_street_more_takes_no_corner_out_of_reach(town: Town, street: list[tuple[float, float]], at: Doors) -> None:
    before, after = network_of(town), network_of([*town, street])
    assume(len(before.length))
    doors = doors_on(before, at)
    first, then = spread(before, doors), spread(after, carried(doors, before, after))
    same = {tuple(xy): row for row, xy in enumerate(after.nodes.tolist())}
    kept = [same[tuple(xy)] for xy in before.nodes.tolist()]
    assert (then.metres[kept] <= first.metres + 1e-6).all()


@given(split_towns() | square_towns(), st.lists(around | on_lattice, min_size=1, max_size=5))
def test_a_place_is_attached_to_the_nearest_edge_of_every_part_in_reach_and_to_nothing_else(town: Town, spots: list[tuple[int, int]]) -> None:
    network, xy = network_of(town), np.array(spots, dtype=float)
    assume(len(network.length))
    found, by_hand = snap(network, xy), snapped_by_hand(network, xy)
    parts = [sorted(set(zip(rows.place.tolist(), network.component[rows.edge].tolist(), strict=True))) for rows in (found, by_hand)]
    assert parts[0] == parts[1]
    legs = {(place, part): leg for place, part, leg in zip(by_hand.place, network.component[by_hand.edge], by_hand.leg, strict=True)}
    assert found.leg.tolist() == pytest.approx([legs[key] for key in zip(found.place, network.component[found.edge], strict=True)], abs=1e-9)


@given(split_towns() | square_towns(), around | on_lattice, around | on_lattice)
def test_a_walk_is_the_best_total_over_the_parts_and_no_island_hides_the_mainland(town: Town, a: tuple[int, int], b: tuple[int, int]) -> None:
    network = network_of(town)
    assume(len(network.length))
    homes, doors = (np.array([one], dtype=float) for one in (a, b))
    walked = nearest(network, snap(network, doors), snap(network, homes), 1).metres[0]
    rows = [snapped_by_hand(network, one) for one in (homes, doors)]
    assert walked == pytest.approx(_by_networkx(network, *rows), abs=1e-6)
    mainland = [0 in network.component[own.edge] for own in rows]
    assert np.isfinite(walked) or not all(mainland)


def snapped_by_hand(network: WalkNetwork, xy: np.ndarray) -> Attachments:
    """Measure every place against every edge; keep the nearest of each connected part, ties included."""
    rows = []
    for place, point in enumerate(shapely.points(xy)):
        away = shapely.distance(network.lines, point)
        for part in np.unique(network.component):
            own = np.where(network.component == part, away, np.inf)
            rows += [(place, edge) for edge in np.flatnonzero((own == own.min()) & (own <= SNAP_M))]
    place, edge = np.array(rows, dtype=np.int64).reshape(-1, 2).T
    points = shapely.points(xy)[place]
    offset, leg = shapely.line_locate_point(network.lines[edge], points), shapely.distance(network.lines[edge], points)
    return Attachments(place, edge, np.minimum(offset, network.length[edge]), leg, np.full(len(place), -1))


@given(crooked_towns(), shares, st.lists(st.integers(0, 900), min_size=2, max_size=4, unique=True))
def test_bands_nest_and_a_shorter_one_changes_no_walk_within_it(town: Town, at: Doors, limits: list[int]) -> None:
    network = network_of(town)
    assume(len(network.length))
    doors = doors_on(network, at)
    bands = [spread(network, doors, limit_m=float(limit)).metres for limit in sorted(limits)]
    whole = spread(network, doors).metres
    for (limit, inner), outer in zip(zip(sorted(limits), bands, strict=True), [*bands[1:], whole], strict=True):
        assert (np.isfinite(outer) | ~np.isfinite(inner)).all()
        assert inner.tolist() == np.where(whole <= limit, whole, np.inf).tolist()


@given(crooked_towns(), on_street, waits, st.sampled_from([1.2, 0.9, 0.7, 0.67]), st.integers(2, 60), st.integers(5, 60))
def test_a_walk_between_59_and_60_minutes_is_in_one_band_only_and_one_of_60_00_is_in(
    town: Town, at: Door, seconds: list[float], m_per_s: float, minutes: int, scale: int
) -> None:
    wide = [[(x * scale, y * scale) for x, y in street] for street in town]  # up to 18 km: hours of walking
    plain = network_of(wide)
    assume(len(plain.length))
    network = timed(plain, seconds, m_per_s)
    doors = placed(network, doors_on(plain, [at]))
    whole = spread(network, doors).metres
    shorter, longer = ((number * 60.0) * m_per_s for number in (minutes - 1, minutes))
    first, second = (np.isfinite(spread(network, doors, limit_m=limit).metres) for limit in (shorter, longer))
    assert (first != second).tolist() == ((whole > shorter) & (whole <= longer)).tolist()
    for metres in whole[np.isfinite(whole) & (whole > 0)].tolist():
        assert (np.isfinite(spread(network, doors, limit_m=metres).metres) == (whole <= metres)).all()  # exactly so far is in
        assert (np.isfinite(spread(network, doors, limit_m=np.nextafter(metres, -1)).metres) == (whole < metres)).all()


@given(crooked_towns() | square_towns(), st.lists(around | on_lattice, min_size=1, max_size=4),
       st.lists(around | on_lattice, min_size=1, max_size=4), waits, st.randoms(use_true_random=False))
def test_the_order_of_streets_doors_and_homes_changes_no_walk_in_metres_nor_in_time(
    town: Town, doors: list[tuple[int, int]], homes: list[tuple[int, int]], seconds: list[float], random: object
) -> None:
    found = []
    for turned in (False, True):
        order = [random.sample(range(len(one)), len(one)) if turned else list(range(len(one))) for one in (town, doors, homes)]  # type: ignore[attr-defined]
        plain = network_of([town[row] for row in order[0]])
        assume(len(plain.length))
        to, start = (snap(plain, np.array([one[row] for row in turn], dtype=float)) for one, turn in ((doors, order[1]), (homes, order[2])))
        for network in (plain, timed(plain, [seconds[row] for row in order[0]])):
            metres = nearest(network, placed(network, to), placed(network, start), len(homes)).metres
            found.append(metres[np.argsort(order[2])])
    assert found[2] == pytest.approx(found[0], abs=1e-6)
    assert found[3] == pytest.approx(found[1], abs=1e-6)


bank = st.lists(st.lists(st.tuples(st.integers(0, 300), st.integers(8, 60)), min_size=2, max_size=4), min_size=1, max_size=5)
by_the_river = st.tuples(st.integers(-20, 320), st.integers(6, 90))
RIVER = np.array([shapely.box(-1_000, -5, 1_300, 5)])


@given(bank, bank, st.lists(by_the_river, min_size=1, max_size=3), st.lists(by_the_river, min_size=1, max_size=3), st.data())
def test_a_river_splits_the_town_and_a_bridge_joins_it(
    north: Town, south: Town, homes: list[tuple[int, int]], canteens: list[tuple[int, int]], data: st.DataObject
) -> None:
    across = [[(x, -y) for x, y in street] for street in south]
    xy, doors_xy = np.array(homes, dtype=float), np.array(canteens, dtype=float) * [1, -1]
    apart = network_of([*north, *across])
    assume(len(apart.length))
    rows, doors = (snap(apart, one, barred_by=RIVER) for one in (xy, doors_xy))
    assert (feet(apart, rows)[:, 1] > 0).all()  # nobody steps over the water to a street, however near
    assert (feet(apart, doors)[:, 1] < 0).all()
    assert (nearest(apart, doors, rows, len(xy)).metres == np.inf).all()
    heads = [data.draw(st.sampled_from([point for street in side for point in street])) for side in (north, across)]
    joined = network_of([*north, *across, heads])
    rows, doors = (snap(joined, one, barred_by=RIVER) for one in (xy, doors_xy))
    walked = nearest(joined, doors, rows, len(xy)).metres
    for home in range(len(xy)):
        assert walked[home] == pytest.approx(_by_networkx(joined, rows.take(rows.place == home), doors), abs=1e-6)
    main = joined.component[np.flatnonzero(joined.street == len(north) + len(across))[0]]
    over = np.isin(np.arange(len(xy)), rows.place[joined.component[rows.edge] == main])
    if (joined.component[doors.edge] == main).any():
        assert np.isfinite(walked[over]).all()


def feet(network: WalkNetwork, rows: Attachments) -> np.ndarray:
    """(k, 2) where attachments meet the street."""
    return shapely.get_coordinates(shapely.line_interpolate_point(network.lines[rows.edge], rows.offset)).reshape(-1, 2)


@given(crooked_towns(), st.lists(around, min_size=1, max_size=4), st.lists(around, min_size=2, max_size=5))
def test_a_door_more_lengthens_no_walk_and_a_walk_is_the_least_over_the_doors(
    town: Town, homes: list[tuple[int, int]], sites: list[tuple[int, int]]
) -> None:
    network = network_of(town)
    assume(len(network.length))
    rows, doors = snap(network, np.array(homes, dtype=float)), snap(network, np.array(sites, dtype=float))
    few = [nearest(network, doors.take(doors.place < count), rows, len(homes)).metres for count in range(1, len(sites) + 1)]
    for fewer, more in pairwise(few):
        assert (more <= fewer).all()
    alone = [nearest(network, doors.take(doors.place == one), rows, len(homes)).metres for one in range(len(sites))]
    assert few[-1] == pytest.approx(np.min(alone, axis=0), abs=1e-9)
    walks = meet(network, spread(network, doors), rows, len(homes))
    named = [alone[walks.source[home]][home] if walks.source[home] >= 0 else np.inf for home in range(len(homes))]
    assert walks.metres == pytest.approx(np.array(named), abs=1e-9)  # and the door named is the one walked to
