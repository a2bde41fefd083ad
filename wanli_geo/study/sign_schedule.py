"""What the signs to come should say: new ones where walks part, and corrected figures on those that stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import shapely

from wanli_geo.network.graph import Floats
from wanli_geo.routes.signs import ARROWS, CLOSED, COMPASS, TOO_LONG, TOO_SHORT, UNREACHABLE, Decisions, compass
from wanli_geo.study.destinations import Guide, Led
from wanli_geo.study.ground import Ground
from wanli_geo.workspace.store import to_degrees

# A sign has room for so many destinations, none of them so near that one sees it.
HANDS = 4
IN_SIGHT_M = 30.0
# The levels of the layer: the first where named roads meet, the second on all other corners.
_FIRST, _SECOND = "1", "2"
NEW, CORRECTED, COVERED = "new_sign", "new_minutes", "cover_line"
SCHEDULE = ("no", "change", "place", "place_en", "level", "order", "target", "text", "text_en", "bearing", "compass", "arrow", "street",
            "street_en", "adult_min", "elder_min", "metres", "painted_min", "trips", "lon", "lat")
_FIGURES = ("bearing", "adult_min", "elder_min", "metres", "painted_min", "trips", "lon", "lat")


@dataclass(frozen=True, eq=False)
class Corners:
    """Decision points: how many were `found` apart from each other, those `lacking` a sign, and the trips there by destination (g, n).

    `found` is None where nobody is known to live anywhere: no corner is known to be one then.
    """

    found: int | None
    lacking: Decisions
    trips: Floats


def schedule(ground: Ground, faces: pd.DataFrame, guides: Sequence[Guide], corners: Corners, most: int) -> pd.DataFrame:
    """List the faces to paint, a row a destination: of the `most` new signs first, then those of old signs that are wrong."""
    rows = pd.concat([_new(ground, guides, corners, most), _mended(ground, faces)], ignore_index=True).astype(dict.fromkeys(_FIGURES, float))
    rows = rows.assign(adult_min=painted_minutes(rows["adult_min"]), elder_min=painted_minutes(rows["elder_min"]))
    texts = [_texts(row) for row in rows.to_dict("records")]
    rows = pointed(rows.assign(text=[zh for zh, _ in texts], text_en=[en for _, en in texts]))
    return rows[list(SCHEDULE)]


def _new(ground: Ground, guides: Sequence[Guide], corners: Corners, most: int) -> pd.DataFrame:
    """The faces of new signs: at each corner the destinations most walk to through it, the nearest place of each."""
    chosen = corners.lacking.corner[:most]
    xy = ground.network.nodes[chosen]
    lonlat = shapely.get_coordinates(to_degrees(shapely.points(xy), ground.workspace.catalogue.metric_crs)).reshape(-1, 2)
    leads = [guide.lead(xy) for guide in guides]
    rows = list[dict[str, Any]]()
    for number, corner in enumerate(chosen):
        place, place_en = corner_name(ground, corner)
        sign = {"no": f"N{number + 1:02d}", "change": NEW, "place": place, "place_en": place_en, "level": level_of(ground, corner),
                "lon": lonlat[number, 0], "lat": lonlat[number, 1], "painted_min": np.nan}
        trips = corners.trips[:, corner]
        wanted = [goal for goal in np.argsort(-trips, kind="stable") if trips[goal] > 0 and IN_SIGHT_M < leads[goal].metres[number] < np.inf]
        rows += [sign | {"order": order + 1, "trips": float(trips[goal])} | _hand(guides[goal], leads[goal], number)
                 for order, goal in enumerate(wanted[:HANDS])]
    return pd.DataFrame(rows, columns=[*SCHEDULE, "target_en"])


def _hand(guide: Guide, led: Led, number: int) -> dict[str, Any]:
    """One destination of a new sign."""
    place = guide.goal.places[led.owner[number]]
    figures = {name: getattr(led, name)[number] for name in ("adult_min", "elder_min", "metres", "bearing", "street", "street_en")}
    return {"target": place.name, "target_en": place.name_en, **figures}


def _mended(ground: Ground, faces: pd.DataFrame) -> pd.DataFrame:
    """The faces of old signs that are wrong: their figure corrected, or covered where nobody can go there."""
    changes = {TOO_SHORT: CORRECTED, TOO_LONG: CORRECTED, CLOSED: COVERED, UNREACHABLE: COVERED}
    wrong = faces[faces["verdict"].isin(changes)]
    layer = ground.workspace.layer("signs")
    at = shapely.centroid(layer.geometry.to_numpy())[wrong["row"].to_numpy(int)]
    return wrong.assign(
        no=wrong["sign_id"], change=wrong["verdict"].map(changes), place_en=layer["name_en"].to_numpy(object)[wrong["row"].to_numpy(int)],
        target_en=wrong["place_en"], place=wrong["sign"], level=layer["level"].to_numpy(object)[wrong["row"].to_numpy(int)],
        trips=np.nan, lon=shapely.get_x(at), lat=shapely.get_y(at),
    )[[*(name for name in SCHEDULE if name not in ("text", "text_en", "compass", "arrow")), "target_en"]]


def _texts(row: dict[str, Any]) -> tuple[str | None, str | None]:
    """What is painted, in Chinese and English; nothing on a covered face, no English without an English name."""
    if row["change"] == COVERED:
        return None, None
    minutes = f"{row['adult_min']:.0f}"
    english = None if pd.isna(row["target_en"]) else f"{row['target_en']} {minutes} min"
    return f"{row['target']} {minutes} 分钟", english


def painted_minutes(adult_min: pd.Series) -> pd.Series:
    """What to paint: the adult's minutes rounded up, at least one."""
    return np.ceil(adult_min - 1e-9).clip(lower=1.0)


def pointed(frame: pd.DataFrame) -> pd.DataFrame:
    """Add the word of the compass and the arrow on a map with north up; None where the walk has no length."""
    eighth = [None if np.isnan(angle) else compass(angle) for angle in frame["bearing"]]
    return frame.assign(compass=[None if one is None else COMPASS[one] for one in eighth],
                        arrow=[None if one is None else ARROWS[one] for one in eighth])


def corner_name(ground: Ground, corner: int) -> tuple[str, str]:
    """What a corner is called: by the streets that meet there, “富水路—真金路路口”."""
    network = ground.network
    arms = np.flatnonzero((network.tail == corner) | (network.head == corner))
    streets = ground.streets.iloc[network.street[arms]][["name", "name_en"]].dropna(subset="name").drop_duplicates("name").sort_values("name")
    if streets.empty:
        return "小路路口", "Corner of lanes"
    english = streets["name_en"].fillna(streets["name"])
    zh, en = "—".join(streets["name"]), " / ".join(english)
    return (f"{zh}路口", en) if len(streets) > 1 else (f"{zh}旁", f"on {en}")


def level_of(ground: Ground, corner: int) -> str:
    """The level of a new sign: the first where roads of two names meet, else the second."""
    network = ground.network
    arms = (network.tail == corner) | (network.head == corner)
    streets = ground.streets.iloc[network.street[arms]]
    return _FIRST if streets.loc[streets["kind"] == "road", "name"].nunique() > 1 else _SECOND
