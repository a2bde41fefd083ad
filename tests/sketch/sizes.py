"""Guess how large the sketched services are: floor or ground space, and seats, beds or places. Nobody has measured any of them.

The ranges are those one meets in Shanghai, so that some lie below what the standards ask for and some above; about one in six of each
kind stays without, as in any register, so that "area not known" is met too. Kinds no register measures have no range.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.sketch.frame import chance

Guess = tuple[float, float, float]

# kind: least, most usual, largest square metres; of the building, and of the ground for what lies in the open
AREAS_M2: dict[str, Guess] = {
    "CANTEEN": (80, 180, 420), "ELDER_DAY": (160, 320, 620), "ELDER_CENTRE": (420, 900, 1800), "ELDER_STATION": (60, 200, 560),
    "ELDER_HOME": (2400, 3600, 7600), "HEALTH_STATION": (60, 120, 280), "KINDERGARTEN": (1500, 2800, 5200), "EDU_PRIMARY": (4800, 7600, 12500),
    "EDU_JUNIOR": (7500, 10500, 16000), "EDU_SENIOR": (14000, 19000, 26000), "CULTURE_STATION": (110, 280, 900), "FITNESS_OUTDOOR": (50, 130, 480),
    "SPORT_CENTRE": (1800, 2800, 4800), "MARKET": (320, 1100, 2600), "CONVENIENCE": (28, 65, 140), "SERVICE_STATION": (90, 320, 960),
    "HUB": (520, 780, 1500), "HUB_N": (45, 110, 240), "TOILET": (18, 45, 90),
}
# kind: square metres to a seat, a bed, a place of day care or of a kindergarten
M2_A_PLACE: dict[str, Guess] = {"CANTEEN": (1.8, 2.4, 3.2), "ELDER_DAY": (8, 11, 15), "ELDER_HOME": (28, 33, 40), "KINDERGARTEN": (9, 11, 14)}
UNMEASURED = 6


def measured(kinds: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    """Give `area_m2` and `capacity` for facilities named by (id, kind), in their order; {} where neither was measured."""
    areas = _known([(one, kind) for one, kind in kinds if kind in AREAS_M2], "area")
    places = _known([(one, kind) for one, kind in kinds if kind in M2_A_PLACE], "capacity")
    return [({"area_m2": _area_m2(one, kind)} if one in areas else {}) | ({"capacity": _capacity(one, kind)} if one in places else {})
            for one, kind in kinds]


def _known(kinds: Sequence[tuple[str, str]], what: str) -> set[str]:
    """The ids that were measured: of every kind all but a sixth, drawn by each facility's own chance."""
    known: set[str] = set()
    for kind in {kind for _, kind in kinds}:
        ranked = sorted((one for one, its in kinds if its == kind), key=lambda one: chance("measured", what, one).random())
        known.update(ranked[round(len(ranked) / UNMEASURED):])
    return known


def _area_m2(one: str, kind: str) -> int:
    low, usual, high = AREAS_M2[kind]
    area = chance("area", one).triangular(low, high, usual)
    return 10 * round(area / 10) if area >= 1000 else round(area)


def _capacity(one: str, kind: str) -> int:
    """Places by the space there is, whether or not anybody has measured that space."""
    low, usual, high = M2_A_PLACE[kind]
    return max(1, round(_area_m2(one, kind) / chance("capacity", one).triangular(low, high, usual)))
