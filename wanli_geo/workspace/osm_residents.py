"""How many people live in a building that only its outline and height are known of: an estimate, its rule and its parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

# Storeys where nothing is tagged, by building=*; the keys are the buildings that people live in.
DEFAULT_LEVELS: Mapping[str, float] = {
    "apartments": 6, "residential": 6, "dormitory": 5, "house": 2, "detached": 2, "semidetached_house": 2, "terrace": 2, "farm": 2,
    "bungalow": 1, "yes": 3,
}


@dataclass(frozen=True)
class ResidentsRule:
    """The parameters of the estimate.

    Attributes:
        m2_per_person: dwelling floor area (建筑面积) a resident has: 36.52 in Chinese cities by the census of 2020 (中国人口普查年鉴-2020;
            30.58 in Shanghai). Elsewhere it is an assumption.
        storey_m: height of a storey, where only the height of the building is tagged.
        minimum_m2: a smaller footprint is a shed or a garage, not a home.
        maximum_levels: more storeys than this are taken for a slip.
    """

    m2_per_person: float = 36.52
    storey_m: float = 3.0
    minimum_m2: float = 30.0
    maximum_levels: float = 80.0
    default_levels: Mapping[str, float] = field(default_factory=lambda: dict(DEFAULT_LEVELS))

    def manifest(self) -> dict[str, Any]:
        """Write the rule down as the catalogue carries it."""
        return {
            "zh": "居民数为估算：占地面积 × 层数 ÷ 人均建筑面积，四舍五入；底层为商铺的用途不明建筑扣一层；不分年龄。",
            "en": "Residents are estimated: footprint × levels ÷ floor area per person, rounded; a building of unknown use with shops "
                  "inside loses one level; no ages.",
            "source": "人均建筑面积：中国人口普查年鉴-2020，城市 36.52 m²",
            **asdict(self),
        }


def levels_of(building: str, levels: float | None, height_m: float | None, rule: ResidentsRule) -> float:
    """Give a building's storeys: tagged, else from its height, else the default of its kind."""
    if levels is not None and 0 < levels <= rule.maximum_levels:
        return levels
    if height_m is not None and 0 < height_m <= rule.maximum_levels * rule.storey_m:
        return max(1.0, round(height_m / rule.storey_m))
    return rule.default_levels.get(building, rule.default_levels["yes"])


def estimate(footprint_m2: NDArray[np.float64], levels: NDArray[np.float64], rule: ResidentsRule) -> NDArray[np.float64]:
    """(n,) residents, whole numbers: footprint × levels ÷ floor area per person."""
    return np.rint(footprint_m2 * levels / rule.m2_per_person)
