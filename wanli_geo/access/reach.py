"""How far and how fast: the walkers, and what “500m” or “10min” means for each of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from wanli_geo.errors import BadMeasure

MAX_M = 20_000.0
# “At most 500 m” is judged to a millimetre: a tenth of what the coordinates resolve, far above the noise of floating point.
TOLERANCE_M = 0.001
SLOWEST_M_S, FASTEST_M_S = 0.1, 3.0


@dataclass(frozen=True)
class Profile:
    """One kind of walker; `steps` says whether steps can be climbed. Speeds: walk-speeds table of the design, source beside each."""

    code: str
    zh: str
    en: str
    m_per_s: float
    steps: bool
    source: str

    def __post_init__(self) -> None:
        if not SLOWEST_M_S <= self.m_per_s <= FASTEST_M_S:
            raise BadMeasure(
                f"步行速度 {self.m_per_s:g} 米/秒不合理；请给 {SLOWEST_M_S:g} 到 {FASTEST_M_S:g}。",
                f"A walk of {self.m_per_s:g} m/s makes no sense; give {SLOWEST_M_S:g} to {FASTEST_M_S:g}.",
            )


PROFILES: dict[str, Profile] = {
    profile.code: profile
    for profile in (
        Profile("adult", "成人", "adult", 1.2, True, "between the 65+ mean 1.16 (Gates et al.) and the planner's 1.11, rounded up"),
        Profile("elder", "老人", "elder", 0.9, True, "15th percentile of 65+, 0.92 (Gates et al.), rounded down"),
        Profile("frail", "体弱老人", "frail elder", 0.7, True, "with a stick, unverified"),
        Profile("escorted_child", "带孩子", "with a child", 0.9, True, "child with adult, 0.92 (Gates et al.), rounded down"),
        Profile("pram", "推婴儿车", "with a pram", 0.9, False, "as with a child; no steps"),
        Profile("wheelchair", "轮椅", "wheelchair", 0.67, False, "40 m/min, public code"),
    )
}


def profile_of(code: str) -> Profile:
    """Look a walker up.

    Raises:
        BadMeasure: no such walker.
    """
    if code in PROFILES:
        return PROFILES[code]
    raise BadMeasure(f"没有“{code}”这种步行者；可用：{'、'.join(PROFILES)}。", f"There is no walker “{code}”; use one of {', '.join(PROFILES)}.")


@dataclass(frozen=True)
class Reach:
    """A threshold in metres; `minutes` is set in time mode only, and then `metres` follows from the walker's speed."""

    metres: float
    minutes: float | None = None

    @property
    def text(self) -> str:
        return f"{self.metres:g}m" if self.minutes is None else f"{self.minutes:g}min"

    @property
    def zh(self) -> str:
        return f"{self.metres:g} 米" if self.minutes is None else f"{self.minutes:g} 分钟"

    @property
    def en(self) -> str:
        return f"{self.metres:g} m" if self.minutes is None else f"{self.minutes:g} min"


_FORM = re.compile(r"\s*(\d{1,6}(?:\.\d{1,3})?)\s*(m|km|min|米|公里|千米|分钟|分)\s*", re.IGNORECASE)
_METRES = {"m": 1.0, "米": 1.0, "km": 1000.0, "公里": 1000.0, "千米": 1000.0}


def reach_of(text: str, profile: Profile) -> Reach:
    """Read “500m”, “1km” (distance mode) or “10min” (time mode at the walker's speed).

    Raises:
        BadMeasure: no unit, nothing read, zero, or farther than 20 km.
    """
    found = _FORM.fullmatch(text)
    if not found:
        raise BadMeasure(f"看不懂“{text}”；请写成 500m、1km 或 10min。", f"“{text}” cannot be read; write 500m, 1km or 10min.")
    value, unit = float(found[1]), found[2].lower()
    reach = Reach(value * _METRES[unit]) if unit in _METRES else in_minutes(value, profile)
    if not 0 < reach.metres <= MAX_M:
        raise BadMeasure(f"“{text}”超出范围：应大于 0、不超过 20 公里。", f"“{text}” is out of range: more than 0 and at most 20 km.")
    return reach


def in_minutes(minutes: float, profile: Profile) -> Reach:
    return Reach(minutes * 60 * profile.m_per_s, minutes)
