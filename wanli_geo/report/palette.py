"""Every colour and what it means. The only file that turns a number into a colour."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wanli_geo.workspace.specs import THEMES as THEME_NAMES


@dataclass(frozen=True)
class Theme:
    """One theme of the map: `color` fills and draws wide lines, `ink` writes and draws signs (4.5:1 on white, 3:1 on paper)."""

    code: str
    zh: str
    en: str
    color: str
    ink: str


@dataclass(frozen=True)
class Shade:
    """One class of the gap ramp: metres walked beyond the standard, from `from_m` (exclusive) to `to_m` (inclusive; None: no end)."""

    color: str
    from_m: float
    to_m: float | None


INK = "#2b2a27"
QUIET = "#6b675d"
ACTION = "#1d2a3a"
WHITE = "#ffffff"

_THEME_COLORS = {
    "blue": ("#1f6fb2", "#1f6fb2"),
    "green": ("#3d8b4a", "#2f7a3c"),
    "orange": ("#e07b1a", "#b4560a"),
    "red": ("#c3272b", "#c3272b"),
    "night": ("#2b3a67", "#2b3a67"),
    "plan": ("#8a867b", "#6b675d"),
}
THEMES = tuple(Theme(code, *THEME_NAMES[code], color, ink) for code, (color, ink) in _THEME_COLORS.items())

GROUND = {
    "inside": "#f6f3ec",
    "outside": "#efebe2",
    "boundary": "#6b675d",
    "water": "#b9d8ea",
    "water_edge": "#8dbcd8",
    "green": "#c9dfb6",
    "green_edge": "#a9c993",
    "compound": "#e9e3d6",
    "building": "#2b2a27",
    "road": "#ffffff",
    "road_edge": "#d8d0c0",
    "railway": "#8a867b",
    "ink": INK,
    "quiet": QUIET,
    "action": ACTION,
}
NIGHT = {
    "ground": "#121a2b",
    "road": "#33425f",
    "water": "#17324f",
    "green": "#1c3a34",
    "loop": "#ffd27a",
    "unlit": "#8a90a0",
}

COVERED = "#d5e8e2"
COVERED_INK = "#2f7d68"
UNKNOWN = "#e4e2dd"
UNKNOWN_INK = "#6b675d"
UNKNOWN_STRIPE = "#a5a196"
GAP_INK = "#a8431a"
# Two shades moved from the drawn look: on #d9622b neither ink (3.9:1) nor white (3.7:1) can be read, on #e2703a ink can; and then
# #ee944d was too near to it for an eye without green cones.
_GAP_COLORS = ("#fbe3c3", "#f7c38b", "#f2a05c", "#e2703a")
# Breaks are the same for every question, so that one colour always means the same walk.
_GAP_BREAKS_M = (100.0, 200.0, 400.0)

BAND_COLORS = ("#1f6fb2", "#5b9bd0", "#a9cbe8", "#cfe1f1", "#e3edf6", "#eff5fa")
BAND_OPACITY = 0.45
CHOSEN = "#1d2a3a"


def gap_shades() -> tuple[Shade, ...]:
    """Give the classes of the gap ramp, lightest first."""
    froms = (0.0, *_GAP_BREAKS_M)
    return tuple(Shade(*parts) for parts in zip(_GAP_COLORS, froms, (*_GAP_BREAKS_M, None), strict=True))


def gap_class(beyond_m: ArrayLike) -> NDArray[np.int64]:
    """Class metres beyond the standard: 0 for the lightest shade to 3 for the darkest.

    NaN means that no facility is in reach at all, which is the darkest.
    """
    metres = np.nan_to_num(np.asarray(beyond_m, dtype=float), nan=np.inf)
    return np.searchsorted(_GAP_BREAKS_M, metres, side="left").astype(np.int64)


def luminance(color: str) -> float:
    """Relative luminance of `#rrggbb`, 0 to 1 (WCAG 2.2)."""
    return float(np.array([0.2126, 0.7152, 0.0722]) @ linear_rgb(color))


def linear_rgb(color: str) -> NDArray[np.float64]:
    """Decode `#rrggbb` to linear light, three values 0 to 1 (IEC 61966-2-1)."""
    coded = np.array([int(color[place : place + 2], 16) for place in (1, 3, 5)]) / 255
    return np.where(coded <= 0.04045, coded / 12.92, ((coded + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def to_dict() -> dict[str, object]:
    """The whole palette as JSON values, for the page."""
    return {
        "ground": GROUND,
        "night": NIGHT,
        "themes": {theme.code: theme.color for theme in THEMES},
        "inks": {theme.code: theme.ink for theme in THEMES},
        "covered": COVERED,
        "covered_ink": COVERED_INK,
        "gap": [vars(shade) for shade in gap_shades()],
        "gap_ink": GAP_INK,
        "unknown": UNKNOWN,
        "unknown_ink": UNKNOWN_INK,
        "unknown_stripe": UNKNOWN_STRIPE,
        "bands": BAND_COLORS,
        "chosen": CHOSEN,
    }
