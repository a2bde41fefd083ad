"""Places by what a sign calls them: “富水路步道” is the walkway “富水路红色步道”. What is not one place for certain is only suggested."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd
import shapely

from wanli_geo.workspace.store import Workspace

# Layers whose features one is led to; of one name in several layers at one place the first layer is meant.
LAYERS = ("red_walkway", "night_run", "green_vein", "streets", "facilities", "water_access", "blue_net", "compounds")
# A station is listed by its bare name, “新村路”, and called “新村路地铁站”.
_STATION = "地铁站"
# Features of one name that lie no farther apart than this are one place: a station's exits, a park drawn in two parts.
ONE_PLACE_M = 200.0
# Lines and areas of one name are one place however they are cut: a street, a river.
_CUT = ("streets", "blue_net", "green_vein", "red_walkway", "night_run")
_SHOWN = 3
_ALIKE = 0.5
_LEAST = 2  # characters that a shortened name keeps at least
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^】]*】")

How = Literal["by_name", "by_bare_name", "by_short_name", "several_places", "no_place"]


@dataclass(frozen=True, eq=False)
class Place:
    """One place with a name: `rows` of `layer`; `others` are more names of it."""

    layer: str
    rows: tuple[int, ...]
    name: str
    name_en: str | None
    shape: shapely.Geometry
    others: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Called:
    """What a text names: its one `place`, or None with names `near` it.

    `how`: by a whole name, by one without its brackets, or by one that leaves a piece out; several places are called so, or none is.
    """

    how: How
    place: Place | None = None
    near: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Names:
    """All places of a workspace by what they are called, folded."""

    places: list[Place] = field(default_factory=list)
    exact: dict[str, list[Place]] = field(default_factory=dict)
    bare: dict[str, list[Place]] = field(default_factory=dict)

    def called(self, text: str) -> Called:
        """Find the place a text names: by a whole name, else by one without brackets, else by one that leaves out one piece.

        The first of these ways that fits decides: where several places are called so it stays open, it is never guessed.
        """
        wanted = folded(text)
        short = [place for name, places in self.bare.items() if shortens(wanted, name) for place in places]
        ways: tuple[tuple[How, Sequence[Place]], ...] = (
            ("by_name", self.exact.get(wanted, [])), ("by_bare_name", self.bare.get(_bare(wanted), [])), ("by_short_name", short))
        for how, places in ways:
            if places:
                one = _one_of(places)
                return Called(how, one) if one else Called("several_places", None, _told(places))
        alike = difflib.get_close_matches(_bare(wanted), self.bare, n=_SHOWN, cutoff=_ALIKE)
        return Called("no_place", None, _told([place for name in alike for place in self.bare[name][:1]]))


def names_of(workspace: Workspace) -> Names:
    """Gather what the places of a workspace are called, in Chinese, in English and otherwise."""
    names = Names()
    for place in _places(workspace):
        names.places.append(place)
        for name in dict.fromkeys(filter(None, (place.name, place.name_en, *place.others))):
            names.exact.setdefault(folded(name), []).append(place)
            if place not in names.bare.setdefault(_bare(folded(name)), []):
                names.bare[_bare(folded(name))].append(place)
    return names


def folded(text: str) -> str:
    """A name as it is compared: one width, one case, without blanks."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def shortens(text: str, name: str) -> bool:
    """Whether a text is a name that leaves out one piece, at the beginning, inside or at the end: 横港步道 of 横港滨水步道."""
    if not _LEAST <= len(text) < len(name):
        return False
    head = next((place for place, (one, other) in enumerate(zip(text, name, strict=False)) if one != other), len(text))
    return name.endswith(text[head:])


def _bare(text: str) -> str:
    return _BRACKETS.sub("", text) or text


def _places(workspace: Workspace) -> Iterator[Place]:
    """The named features layer by layer; those of one name that are one place together."""
    for layer in LAYERS:
        frame, shapes = workspace.layer(layer).reset_index(drop=True), workspace.metric(layer).geometry.to_numpy()
        for rows in frame.groupby("name", sort=False).indices.values():
            for own in [tuple(rows.tolist())] if layer in _CUT else _near_each_other(rows.tolist(), shapes):
                name, english, others = _called(frame.iloc[own[0]])
                yield Place(layer, own, name, english, shapely.union_all(shapes[list(own)]), others)


def _called(row: pd.Series) -> tuple[str, str | None, tuple[str, ...]]:
    """What a feature is called: in Chinese, in English, otherwise."""
    name, english, others = str(row["name"]), row["name_en"], row.get("other_names")
    more = tuple(others) if isinstance(others, list) else ()
    if row.get("kind") == "METRO" and not name.endswith("站"):
        name, more = f"{name}{_STATION}", (*more, name)
    return name, None if pd.isna(english) else str(english), more


def _near_each_other(rows: Sequence[int], shapes: Sequence[shapely.Geometry]) -> list[tuple[int, ...]]:
    """Features of one name as places: each joins the first place it lies near to."""
    places = list[list[int]]()
    for row in rows:
        home = next((own for own in places if any(shapely.distance(shapes[row], shapes[one]) <= ONE_PLACE_M for one in own)), None)
        if home is None:
            places.append([row])
        else:
            home.append(row)
    return [tuple(own) for own in places]


def _one_of(places: Sequence[Place]) -> Place | None:
    """The first of several, where all lie by each other and so are one; else None."""
    first = places[0]
    return first if all(shapely.distance(first.shape, place.shape) <= ONE_PLACE_M for place in places) else None


def _told(places: Sequence[Place]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place.name for place in places))[:_SHOWN]
