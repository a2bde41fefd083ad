"""A standard as data: its clauses, each with its code, its distance, whom it serves and whether anybody has verified it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

# The age groups that a clause may serve, youngest first; by each its own column of residents is counted.
AGES = ("0-6", "7-18", "19-59", "60-79", "80+")
Required = Literal["must", "should"]
# Within what a clause without a walk asks for at least one: the resident's compound, its committee's area, the subdistrict.
Presence = Literal["compound", "committee", "subdistrict"]
# How a clause is judged: a walk in metres, a walk in minutes at each age's own speed, at least one there, or square metres per 1,000.
Mode = Literal["metres", "minutes", "presence", "index"]
Basis = Literal["clause", "tier"]


@dataclass(frozen=True)
class Measure:
    """How a clause is judged: `value` is metres or minutes, None for presence and index; by the clause itself, or by its tier's default."""

    mode: Mode
    value: float | None
    basis: Basis = "clause"

    @property
    def text(self) -> str:
        unit = {"metres": "m", "minutes": "min"}.get(self.mode)
        return self.mode if unit is None or self.value is None else f"{self.value:g}{unit}"


@dataclass(frozen=True)
class Clause:
    """One demand of a standard that can be judged.

    Attributes:
        id: unique in its pack, ASCII, such as `10-EDU_PRIMARY`.
        code: where it stands in the standard, such as `App.B.0.1+C.0.1`.
        tier: `5`, `10`, `15`, `5-10`, … of the life circle; `0` the residential block; "" for none. Tiers do not nest.
        kinds: facility kinds any of which satisfies it; `PARK` means the parks of the green vein, `GREEN` any green area of it.
        max_walk_m, max_walk_min: the walk allowed; where both stand metres win.
        min_area_m2: a facility must have at least so much; `max_area_m2` is the upper end of a size class, shown and never a bar.
        area_is: `building` or `land`, what the areas are of; "" where there are none.
        per_1000_min_m2, per_1000_max_m2: square metres per 1,000 residents.
        serves: the age groups it is for, of `AGES`.
        presence: within what at least one is asked for, where the clause gives no walk; "" to judge by the tier or the index.
        verified: False where nobody has held it against the printed standard; it is judged, and marked in every output.
    """

    id: str
    code: str
    tier: str
    zh: str
    en: str
    kinds: tuple[str, ...]
    required: Required
    source: str
    verified: bool
    max_walk_m: float | None = None
    max_walk_min: float | None = None
    min_area_m2: float | None = None
    max_area_m2: float | None = None
    area_is: Literal["", "building", "land"] = ""
    per_1000_min_m2: float | None = None
    per_1000_max_m2: float | None = None
    serves: tuple[str, ...] = AGES
    presence: Presence | Literal[""] = ""
    note: str = ""


@dataclass(frozen=True)
class Reference:
    """A norm without a facility: shown beside the clauses, never judged."""

    code: str
    tier: str
    zh: str
    en: str
    text: str
    source: str
    verified: bool


@dataclass(frozen=True)
class Pack:
    """One standard: its clauses in the order of its file.

    Attributes:
        id: how it is asked for, such as `gb50180`.
        tiers: tier → metres, for clauses of that tier that give neither walk nor presence; marked "tier default, not in the clause".
        origin: `bundled`, or `workspace` for a planner's own.
        sha256: of the file's bytes.
    """

    id: str
    zh: str
    en: str
    version: str
    source: str
    tiers: Mapping[str, float]
    clauses: tuple[Clause, ...]
    references: tuple[Reference, ...] = ()
    origin: Literal["bundled", "workspace"] = "bundled"
    sha256: str = ""

    def measure(self, clause: Clause) -> Measure:
        """Say how a clause of this pack is judged: metres before minutes, then presence, then the tier's default, then the index."""
        if clause.max_walk_m is not None:
            return Measure("metres", clause.max_walk_m)
        if clause.max_walk_min is not None:
            return Measure("minutes", clause.max_walk_min)
        if clause.presence:
            return Measure("presence", None)
        if clause.tier in self.tiers:
            return Measure("metres", self.tiers[clause.tier], "tier")
        return Measure("index", None)
