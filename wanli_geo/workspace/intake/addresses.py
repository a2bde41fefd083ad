"""Shanghai addresses: road, lane, number, building and room read from a text, and the place of the workspace that they name."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import shapely

from wanli_geo.workspace.faults import found
from wanli_geo.workspace.findings import Finding
from wanli_geo.workspace.intake.headings import folded
from wanli_geo.workspace.store import Workspace, to_metres

_NUMERALS = {sign: str(place) for place, sign in enumerate("〇一二三四五六七八九")} | {"零": "0"}
_NUMBER = r"\d+(?:[-、,]\d+)*(?:[甲乙丙丁]|[a-z](?![a-z]))?"
_ADDRESS = re.compile(
    # The prefix: province, city, district, subdistrict or town, whichever are written.
    r"(?:中国)?(?:上海市?)?(?:[^\d市区路街]{1,4}区)?(?:[^\d路区]{1,6}(?:街道|镇|乡))*"
    r"(?P<road>[^\d,，。、()]{1,11}?(?:公路|大道|大街|路|街|道|支路)(?:[东南西北](?=\d))?)"
    rf"(?:(?P<lane>{_NUMBER})弄(?:(?P<branch>{_NUMBER})支弄)?)?-?"
    rf"(?:(?P<number>{_NUMBER})(?P<sign>号楼|号[甲乙丙丁]|号|栋|幢|楼|$|(?=[,，(（\s室])))?"
    rf"(?:(?P<building>[\da-z]+)(?:号楼|楼|幢|栋|座))?(?:(?P<room>[\da-z]+|[一二三四五六七八九十]+)(?P<storey>室|层|楼))?"
    r"(?P<rest>.*)",
)
_ONE_DOOR_M = 60.0  # features of one address are drawn this far apart where each stands at its own end of the house


@dataclass(frozen=True)
class Address:
    """The parts of an address, each with its sign (423弄, 5号, 2号楼, 301室); "" where it has none.

    `rest` is what follows, as a landmark in brackets or the name of a compound.
    """

    road: str
    lane: str
    number: str
    building: str
    room: str
    rest: str

    @property
    def door(self) -> tuple[str, str, str]:
        """Road, lane and number: what tells one house from another."""
        return self.road, self.lane, self.number


@dataclass(frozen=True)
class Match:
    """The place an address names.

    Attributes:
        layer, id: compounds, gates, homes or facilities, and which.
        how: number (this very door), lane (the compound of the lane) or name (a name stands in the text).
        point: longitude and latitude, WGS84; inside an area.
    """

    layer: str
    id: str
    how: Literal["number", "lane", "name"]
    point: tuple[float, float]


@dataclass(frozen=True)
class Several:
    """An address that may be any of several places, as “cp-01 岚灵小区”."""

    among: tuple[str, ...]


def parse(text: str) -> Address | None:
    """Read an address; None where no road stands in it, or neither lane nor number."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text).casefold())
    plain = re.sub("[–—―~〜∼－]", "-", plain)
    plain = re.sub("[〇零一二三四五六七八九]+(?=[弄号])", lambda digits: "".join(_NUMERALS[sign] for sign in digits[0]), plain)
    match = _ADDRESS.match(plain)
    if match is None or not (match["lane"] or match["number"]):
        return None
    lane = f"{match['lane']}弄" + (f"{match['branch']}支弄" if match["branch"] else "") if match["lane"] else ""
    tall = match["sign"] in ("号楼", "栋", "幢", "楼")
    number = f"{match['number']}{match['sign'][1:]}号" if match["number"] and not tall else ""
    building = f"{match['number']}号楼" if tall else f"{match['building']}号楼" if match["building"] else ""
    room = f"{match['room']}{match['storey']}" if match["room"] else ""
    return Address(match["road"], lane, number, building, room, match["rest"].strip("-,，。"))


def locate(texts: Sequence[str | None], workspace: Workspace) -> list[Match | Several | None]:
    """Find the place that each address names, the most exact first: a house or gate in a lane, a facility of the same door, the compound
    of the lane, a name that stands in the text. `Several` where it may be more than one, None where it is none."""
    places = _Places(workspace)
    known = {text: places.find(text) for text in dict.fromkeys(texts) if text is not None}
    return [None if text is None else known[text] for text in texts]


def findings_of(texts: Sequence[str | None], located: Sequence[Match | Several | None], layer: str, column: str = "address") -> list[Finding]:
    """Tell of every address that is nowhere or not one place; `index` is its place in `texts`."""
    findings = list[Finding]()
    for row, (text, place) in enumerate(zip(texts, located, strict=True)):
        if isinstance(place, Several):
            findings.append(found("two_of_address", layer, index=row, column=column, value=text, near="、".join(place.among)))
        elif text is not None and place is None:
            findings.append(found("no_such_address", layer, index=row, column=column, value=text))
    return findings


class _Places:
    """What of a workspace has an address or a name, by road, lane and number and by name; read once for many addresses."""

    def __init__(self, workspace: Workspace) -> None:
        self.crs = workspace.catalogue.metric_crs
        self.inside = {name: _by_compound(_rows(workspace, name)) for name in ("homes", "gates")}
        self.lanes: dict[tuple[str, str], list[_Row]] = defaultdict(list)
        self.doors: dict[tuple[str, str, str], list[_Row]] = defaultdict(list)
        self.names: dict[str, list[_Row]] = defaultdict(list)
        for row in _rows(workspace, "compounds"):
            for address in _addresses((row.address, *row.names)):
                (self.lanes[address.road, address.lane] if address.lane else self.doors[address.door]).append(row)
            for name in row.names:
                self.names[folded(name)].append(row)
        for row in _rows(workspace, "facilities"):
            for address in _addresses((row.address,)):
                if address.number and "附近" not in address.rest:
                    self.doors[address.door].append(row)

    def find(self, text: str) -> Match | Several | None:
        address = parse(text)
        lane = self.lanes.get((address.road, address.lane), []) if address and address.lane else []
        door = self._house(lane, address) or self.doors.get(address.door, []) if address else []
        tries: tuple[tuple[list[_Row], Literal["number", "lane", "name"]], ...] = ((door, "number"), (lane, "lane"), (self._named(text), "name"))
        return next((place for rows, how in tries if (place := _one(rows, how, self.crs))), None)

    def _house(self, lane: list[_Row], address: Address) -> list[_Row]:
        """The houses, else the gates of a lane's compounds that carry the number."""
        gate = address.number + "门" if address.rest.startswith("门") else ""
        numbers = {part for part in (gate, "" if gate else address.number, address.building) if part}
        for several in self.inside.values():
            if rows := [row for compound in lane for row in several.get(compound.id, ()) if numbers & row.numbers]:
                return rows
        return []

    def _named(self, text: str) -> list[_Row]:
        """The compounds whose name stands in the text; of names one within another the longest."""
        plain = folded(text)
        within = [name for name in self.names if len(name) > 2 and name in plain]
        longest = [name for name in within if not any(name != other and name in other for other in within)]
        return [row for name in longest for row in self.names[name]]


@dataclass(frozen=True, eq=False)
class _Row:
    layer: str
    id: str
    names: tuple[str, ...]
    address: str | None
    compound: str | None
    shape: shapely.Geometry

    @property
    def numbers(self) -> frozenset[str]:
        """The numbers in its name: “5号”, “5号楼”, “5号门”."""
        plain = [unicodedata.normalize("NFKC", name).replace(" ", "") for name in self.names]
        return frozenset(number for name in plain for number in re.findall(r"\d+号[楼门]?", name))


def _rows(workspace: Workspace, name: str) -> list[_Row]:
    layer = workspace.layer(name)
    columns = {column: layer[column].to_numpy(object) if column in layer else np.full(len(layer), None)
               for column in ("id", "name", "other_names", "address", "compound_id")}
    return [
        _Row(name, one, tuple(part for part in (title, *(others if isinstance(others, list) else ())) if isinstance(part, str)),
             address if isinstance(address, str) else None, compound if isinstance(compound, str) else None, shape)
        for one, title, others, address, compound, shape in zip(*columns.values(), layer.geometry.to_numpy(), strict=True)
    ]


def _by_compound(rows: Iterable[_Row]) -> dict[str, list[_Row]]:
    inside = dict[str, list[_Row]]()
    for row in rows:
        if row.compound is not None:
            inside.setdefault(row.compound, []).append(row)
    return inside


def _addresses(texts: Iterable[str | None]) -> Iterator[Address]:
    yield from dict.fromkeys(address for text in texts if text is not None and (address := parse(text)))


def _one(rows: Sequence[_Row], how: Literal["number", "lane", "name"], crs: str) -> Match | Several | None:
    """The one place of several rows: the first, where all stand at one door."""
    different = list({(row.layer, row.id): row for row in rows}.values())
    if not different:
        return None
    first = different[0]
    shapes = to_metres(np.array([row.shape for row in different], dtype=object), crs)
    if shapely.distance(shapes[0], shapes).max() > _ONE_DOOR_M or (how != "number" and len(different) > 1):
        return Several(tuple(f"{row.id} {row.names[0]}" if row.names else row.id for row in different[:8]))
    point = first.shape.point_on_surface()
    return Match(first.layer, first.id, how, (float(point.x), float(point.y)))
