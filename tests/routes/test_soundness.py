"""Whether a line is one loop walked once: the ways in which it is not, each drawn by hand."""

from __future__ import annotations

import numpy as np
import pytest

from wanli_geo.routes.line import Route
from wanli_geo.routes.marks import marks_of
from wanli_geo.routes.soundness import soundness


def found(*xy: tuple[float, float]):
    return soundness(Route(np.array(xy, dtype=float)))


def test_a_square_is_sound() -> None:
    one = found((0, 0), (0, 200), (200, 200), (200, 0), (0, 0))
    assert (one.simple, one.gap_m) == (True, 0)


def test_an_open_one_lacks_what_lies_between_its_ends() -> None:
    assert found((0, 0), (0, 200), (200, 200), (200, 0), (30, 0)).gap_m == 30


@pytest.mark.parametrize("xy", [
    ((0, 0), (200, 200), (200, 0), (0, 200), (0, 0)),  # between vertices
    ((0, 0), (100, 100), (200, 200), (200, 0), (100, 100), (0, 200), (0, 0)),  # at one
])
def test_a_figure_of_eight_crosses_itself_in_its_middle(xy: tuple[tuple[float, float], ...]) -> None:
    one = found(*xy)
    assert one.crossed.tolist() == pytest.approx([100 * 2**0.5], abs=1e-3)
    assert not len(one.twice)


def test_a_spike_is_walked_twice() -> None:
    one = found((0, 0), (0, 200), (0, 300), (0, 200), (200, 200), (200, 0), (0, 0))
    assert not one.simple
    assert one.twice.metres.sum() == pytest.approx(200, abs=10)
    assert (one.twice.start[0], one.twice.end[-1]) == pytest.approx((200, 400), abs=5)


def test_a_lollipop_walks_its_stick_twice() -> None:
    one = found((0, 0), (0, 100), (100, 200), (0, 300), (-100, 200), (0, 100), (0, 0))
    assert one.twice.metres.sum() == pytest.approx(200, abs=20)


def test_marks_stand_every_hundred_metres_with_halves_and_kilometres_told() -> None:
    line = marks_of(Route(np.array([[0.0, 0], [1050, 0]])), 100.0)
    assert line.chainage.tolist() == [100.0 * nth for nth in range(11)]
    assert line.kind[[0, 1, 5, 10]].tolist() == ["start", "hundred", "half", "km"]
    loop = marks_of(Route(np.array([[0.0, 0], [0, 500], [250, 500], [250, 0], [0, 0]])), 300.0)
    assert loop.chainage.tolist() == [0, 300, 500, 600, 900, 1000, 1200]  # 1,500 is the start again
