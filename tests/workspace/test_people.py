import numpy as np
import pytest

from tests.village import home, village
from wanli_geo.workspace.people import GROUPS, demand_of


@pytest.mark.parametrize("group", sorted(GROUPS))
def test_a_number_below_zero_is_nobody_known_and_takes_nobody_away(group: str) -> None:
    columns = GROUPS[group][2]
    wrong, right = ({"residents": 10} | dict.fromkeys(columns, number) for number in (-3, 3))
    people = demand_of(village(homes=[home(0, 0, **wrong), home(9, 0, **right)]), group).people
    assert np.isnan(people[0])
    assert people[1] == 3 * len(columns)
