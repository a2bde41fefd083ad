"""The self-check of a garden subdistrict (园林街道): what is wanted as data (garden.toml), what there is, and how much is short."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from wanli_geo.answer import Answer

# A park as the 500 m ask for one.
_PARK_M2 = 5_000.0
_SHARE = "share"


@dataclass(frozen=True)
class Item:
    """One line of the checklist: `measure` names what answers it and `wanted` the least of it; without them no data answers it."""

    id: str
    zh: str
    en: str
    clause: str
    clause_en: str
    verified: bool
    measure: str = ""
    wanted: float | None = None
    unit: str = ""
    collect: str = ""
    collect_en: str = ""


@dataclass(frozen=True)
class Measured:
    """What there is of a measure: `have` in the item's unit, None where it is not known; `whole` what the share is of, in `unit`.

    `missing`: how much more there may be, as a share, where some is not known.
    """

    have: float | None
    whole: float | None
    unit: str
    missing: float = 0.0


@cache
def items() -> tuple[Item, ...]:
    """Read the checklist of the house, in its order."""
    text = (Path(__file__).parent / "garden.toml").read_text("utf-8")
    return tuple(Item(**row) for row in tomllib.loads(text)["item"])


def checklist(served: Answer, patches: gpd.GeoDataFrame) -> pd.DataFrame:
    """Hold each item against the data: ok, short by so much in its unit, or unknown with what to collect.

    Args:
        served: the answer to the question of green, with the wishes `green`, `park` and `open_space`.
        patches: the greens with their cluster; those inside the boundary count.
    """
    known = {**_of_people(served), **_of_patches(patches[patches["inside"]])}
    return pd.DataFrame([_row(item, known.get(item.measure)) for item in items()])


def _of_people(served: Answer) -> Mapping[str, Measured]:
    """People within a walk, and park a head."""
    total = _number(served, "people_total")
    found = {}
    for key in ("green", "park", "open_space"):
        share, unknown = _number(served, f"{key}_share_people"), _number(served, f"{key}_people_unknown") or 0.0
        found[f"{key}_share"] = Measured(share, total, "人", unknown / total if total else 0.0)
    head, people = _number(served, "park_m2_per_person"), _number(served, "residents_inside")
    return {**found, "park_m2_per_person": Measured(head, people, "平方米")}


def _number(answer: Answer, key: str) -> float | None:
    value = answer.fact(key)
    return float(value) if isinstance(value, int | float) else None


def _of_patches(patches: gpd.GeoDataFrame) -> Mapping[str, Measured]:
    """Greens by what they have, each counted once; and the share of the area that the largest cluster holds."""
    area = float(patches["area_m2"].sum())
    largest = float(patches.groupby("cluster")["area_m2"].sum().max()) if area else None
    parks = patches[patches["kind"].isin(("park", "pocket_park")) & (patches["area_m2"] >= _PARK_M2)]
    return {
        "joined_share": Measured(largest / area if largest is not None else None, area, "平方米"),
        "entrances_share": _flagged((patches["entrances"] > 0).astype("boolean")),
        "lit_share": _flagged(patches["lit"]), "step_free_share": _flagged(patches["step_free"]), "toilet_share": _flagged(parks["toilet"]),
    }


def _flagged(flags: pd.Series[bool]) -> Measured:
    """The share known to have something, of all; None where nothing is known of any."""
    number, unknown = len(flags), int(flags.isna().sum())
    have = None if unknown == number else float(flags.fillna(False).astype(bool).sum()) / number
    return Measured(have, number, "处", unknown / number if number else 0.0)


def _row(item: Item, known: Measured | None) -> dict[str, object]:
    have, status, short = None, "unknown", None
    if known is not None and known.have is not None and item.wanted is not None:
        have = known.have
        lacking = max(item.wanted - have, 0.0)
        # What is not known may yet make it up: then nobody knows that it is short.
        status = "ok" if lacking <= 1e-9 else "unknown" if known.missing >= lacking else "short"
        short = lacking * known.whole if status == "short" and known.whole is not None else None
        short = float(np.ceil(short - 1e-6)) if short is not None and known.unit in ("人", "处") else short
    return {
        "item": item.id, "zh": item.zh, "en": item.en, "status": status, "wanted": _told(item.wanted, item.unit, "≥ "),
        "have": _told(have, item.unit), "short": short, "unit": known.unit if short is not None and known is not None else None,
        "clause": item.clause, "clause_en": item.clause_en, "verified": item.verified,
        "collect": item.collect if status == "unknown" else None, "collect_en": item.collect_en if status == "unknown" else None,
    }


def _told(value: float | None, unit: str, before: str = "") -> str | None:
    if value is None:
        return None
    shown = f"{value * 100 if unit == _SHARE else value:,.1f}".removesuffix(".0")
    return f"{before}{shown}{' %' if unit == _SHARE else ' m²'}"
