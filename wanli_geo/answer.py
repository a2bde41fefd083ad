"""What every question ends as: one frozen Answer, with the layers it was made of and everything one should know of it."""

from __future__ import annotations

import hashlib
import html
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import geopandas as gpd
import pandas as pd

# Rows of a table that are written to JSON in one go: as many as keep its texts in a few megabytes.
_ROWS_AT_ONCE = 10_000


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
            `plan`, `catchments`, `equity`, `audit`, `ledger`, `clause`, `sheet`, `green`; of lines `night_run`, `red_walkway`, `loops`,
            `marks`, `blue_net`, `green_links`, `structure`, `signs`, `works`).
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
        """`to_dict` as text, a blank a level; tables, which may have a hundred thousand rows, are written a column at a time."""
        return "".join(self._pieces())

    def _pieces(self) -> Iterator[str]:
        """The text in pieces, put together once: of a large answer it is hundreds of megabytes."""
        parts = replace(self, tables={}).to_dict()
        for place, (name, part) in enumerate(parts.items()):
            yield f"{',' if place else '{'}\n {_text(name)}: "
            if name == "tables" and self.tables:
                for nth, (own, table) in enumerate(self.tables.items()):
                    yield f"{',' if nth else '{'}\n  {_text(own)}: "
                    yield from _records_pieces(table)
                yield "\n }"
            else:
                yield _text(part).replace("\n", "\n ")
        yield "\n}"

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
    if isinstance(fact.value, bool):
        return "是 · yes" if fact.value else "否 · no"
    if fact.value is None or isinstance(fact.value, str):
        return fact.value or "—"
    if fact.unit == "share":
        return f"{fact.value:.1%}"
    if abs(fact.value) < 100 and (fact.unit == "index" or fact.unit.endswith("/千人")):  # a tenth would tell nothing
        return f"{fact.value:,.3g} {fact.unit}".removesuffix(" index")
    return f"{fact.value:,.1f}".removesuffix(".0") + (f" {fact.unit}" if fact.unit else "")


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False)


def _records_pieces(table: pd.DataFrame) -> Iterator[str]:
    """The rows of a table as JSON, two levels in: every column is encoded by itself, and what it says of a row is put together by row."""
    record = "   {\n" + ",\n".join(f"    {_text(str(name))}: ".replace("%", "%%") + "%s" for name in table.columns) + "\n   }"
    for low in range(0, len(table), _ROWS_AT_ONCE):
        some = table.iloc[low : low + _ROWS_AT_ONCE]
        columns = [_values_text(some.iloc[:, place]) for place in range(len(table.columns))]
        yield (",\n" if low else "[\n") + ",\n".join([record % values for values in zip(*columns, strict=True)])
    yield "\n  ]" if len(table) else "[]"


def _values_text(column: pd.Series[Any]) -> list[str]:
    values = _values(column)
    if column.dtype == object and any(isinstance(value, (list, tuple, dict)) for value in values):
        return [_text(value).replace("\n", "\n    ") for value in values]
    # In one go, the values on lines of their own: no text of JSON has a line break inside a value.
    return json.dumps(values, ensure_ascii=False, allow_nan=False, separators=("\n", ":"))[1:-1].split("\n")


def _values(column: pd.Series[Any]) -> list[Any]:
    """A column as plain JSON values; missing becomes null."""
    values = column.astype(object).where(column.notna(), None).tolist()
    return [value.item() if hasattr(value, "item") else value for value in values] if column.dtype == object else values


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as plain JSON values."""
    names, columns = [str(name) for name in table.columns], [_values(table.iloc[:, place]) for place in range(len(table.columns))]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
