"""What every question ends as: one frozen Answer, with the layers it was made of and everything one should know of it."""

from __future__ import annotations

import hashlib
import html
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import geopandas as gpd
import pandas as pd


@dataclass(frozen=True)
class Fact:
    """One number with its meaning. `key` is stable English; a `value` of None is "not known", never zero."""

    key: str
    zh: str
    en: str
    value: float | int | str | None
    unit: str = ""


@dataclass(frozen=True)
class Caveat:
    """One sentence that must travel with the numbers."""

    key: str
    zh: str
    en: str


@dataclass(frozen=True)
class Made:
    """One input layer as it was when the question was asked."""

    layer: str
    sha256: str
    source: str
    date: str
    accuracy: str
    licence: str
    attribution: str = ""


@dataclass(frozen=True)
class Answer:
    """The end of a question.

    Attributes:
        question: the verb asked (`coverage`, `gaps`, `by_age`, `isochrone`, `isochrones`, `topology`, `walk`, `nearest`, `opportunities`,
            `plan`, `catchments`, `equity`, `audit`, `ledger`, `clause`, `sheet`, `green`).
        params: everything that decides the result, JSON values only.
        features: name → GeoDataFrame in WGS84 with an `id` column, for maps.
        tables: name → DataFrame, for reading; columns are stable English keys.
        facts: the numbers, in reading order.
        caveats: what one must know of them.
        made_of: the input layers.
    """

    question: str
    params: Mapping[str, Any]
    features: Mapping[str, gpd.GeoDataFrame]
    tables: Mapping[str, pd.DataFrame]
    facts: tuple[Fact, ...]
    caveats: tuple[Caveat, ...]
    made_of: tuple[Made, ...]

    @cached_property
    def run_id(self) -> str:
        """The same inputs and parameters give the same 16 hex digits."""
        made = [[made.layer, made.sha256] for made in self.made_of]
        text = json.dumps([self.question, dict(self.params), made], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def fact(self, key: str) -> float | int | str | None:
        """Give the value of a fact by its key.

        Raises:
            KeyError: the answer has no such fact.
        """
        return {fact.key: fact.value for fact in self.facts}[key]

    def to_dict(self) -> dict[str, Any]:
        """Everything but the geometry, as JSON values; facts keyed by their stable names."""
        return {
            "question": self.question,
            "run_id": self.run_id,
            "params": dict(self.params),
            "facts": {fact.key: {"label": fact.zh, "label_en": fact.en, "value": fact.value, "unit": fact.unit} for fact in self.facts},
            "tables": {name: _records(table) for name, table in self.tables.items()},
            "caveats": [{"key": caveat.key, "zh": caveat.zh, "en": caveat.en} for caveat in self.caveats],
            "made_of": [vars(made) for made in self.made_of],
        }

    def to_json(self) -> str:
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=1, allow_nan=False)

    def _repr_html_(self) -> str:
        facts = "".join(
            f"<tr><th style='text-align:left'>{html.escape(fact.zh)} · {html.escape(fact.en)}</th>"
            f"<td style='text-align:right'>{html.escape(_read(fact))}</td></tr>"
            for fact in self.facts
        )
        tables = "".join(
            table.head(20).to_html(index=False, na_rep="—", escape=True, float_format="{:,.1f}".format) for table in self.tables.values()
        )
        notes = "".join(f"<li>{html.escape(caveat.zh)} / {html.escape(caveat.en)}</li>" for caveat in self.caveats)
        return f"<table>{facts}</table>{tables}<ul>{notes}</ul><small>{self.run_id}</small>"


def _read(fact: Fact) -> str:
    """A fact as a person reads it: not known is a dash, a share a percentage, a whole number whole."""
    if fact.value is None or isinstance(fact.value, str):
        return fact.value or "—"
    if fact.unit == "share":
        return f"{fact.value:.1%}"
    if abs(fact.value) < 100 and (fact.unit == "index" or fact.unit.endswith("/千人")):  # a tenth would tell nothing
        return f"{fact.value:,.3g} {fact.unit}".removesuffix(" index")
    return f"{fact.value:,.1f}".removesuffix(".0") + (f" {fact.unit}" if fact.unit else "")


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as plain JSON values; missing becomes null."""
    plain = table.astype(object).where(table.notna(), None)
    return [{str(key): value.item() if hasattr(value, "item") else value for key, value in row.items()} for row in plain.to_dict("records")]
