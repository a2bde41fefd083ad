"""A table of an Answer as a table of a document: columns in the planner's words, codes told, numbers kept with what they measure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd

from wanli_geo.report import say, table_words
from wanli_geo.report.audit_words import measure
from wanli_geo.report.document import Cell, Column, Table, Tint
from wanli_geo.report.files import GIVEN
from wanli_geo.workspace.kinds import KINDS
from wanli_geo.workspace.people import GROUPS
from wanli_geo.workspace.specs import SPECS, THEMES
from wanli_geo.workspace.store import Workspace

UNVERIFIED, BY_TIER = "＊", "△"
# Names of clauses are long, and have their marks behind them.
_CLAUSE_WEIGHT = 3.6
_MARKS = {UNVERIFIED: ("＊未核实：条文还没有与标准原文核对", "＊ not verified: not yet held against the printed standard"),
          BY_TIER: ("△层级默认：条文没有写步行距离", "△ tier default: the clause states no walk")}
# Columns of names that the workspace may have in English.
_NAMES = ("name", "committee", "nearest_name", "second_name", "from", "to", "origin")
_NAMED_LAYERS = ("committees", "compounds", "facilities", "green_vein", "water_access")
# A column in Chinese → the one that says it in English.
_ENGLISH = {"name": "name_en", "clause_name": "clause_name_en", "committee": "committee_en", "zh": "en", "question": "question_en",
            "clause": "clause_en", "place": "place_en", "street": "street_en", "sign": "sign_en",
            "collect": "collect_en", "from_name": "from_name_en", "to_name": "to_name_en"}
TIERS = {"15": ("15 分钟生活圈", "15-min circle"), "10": ("10 分钟生活圈", "10-min circle"), "5": ("5 分钟生活圈", "5-min circle"),
         "0": ("居住街坊", "block")}


@dataclass(frozen=True)
class Tongue:
    """A language, with what a workspace's places are called in it.

    Attributes:
        names: English names by the Chinese ones; none in Chinese.
        compounds: names of compounds by their ids, as the workspace has them.
    """

    lang: say.Lang
    names: Mapping[str, str]
    compounds: Mapping[str, object]

    def pick(self, zh: str, en: str) -> str:
        return say.pick(self.lang, zh, en)

    def name(self, text: object) -> str:
        """A name of the workspace in this language, as far as it has one."""
        shown = say.named(text)
        return self.names.get(shown, shown)

    def compound(self, unit: str) -> str:
        """The name of a compound by its id; the id where it has none."""
        return self.name(say.named(self.compounds.get(unit), unit))

    def join(self, parts: Sequence[str]) -> str:
        return self.pick("、", ", ").join(parts)


def tongue_of(workspace: Workspace, lang: str) -> Tongue:
    """Take a language.

    Raises:
        WrongUsage: neither zh nor en.
    """
    tongue = say.lang_of(lang)
    compounds = dict(zip(*(workspace.layer("compounds")[column] for column in ("id", "name")), strict=True))
    if tongue == "zh":
        return Tongue(tongue, {}, compounds)
    layers = [workspace.layer(name) for name in _NAMED_LAYERS]
    both = [row for layer in layers if {"name", "name_en"} <= set(layer.columns) for row in zip(layer["name"], layer["name_en"], strict=True)]
    both += [group[:2] for group in GROUPS.values()]
    return Tongue(tongue, {zh: en for zh, en in both if isinstance(zh, str) and isinstance(en, str) and en.strip()}, compounds)


def table_of(
    frame: pd.DataFrame, columns: Sequence[str], tongue: Tongue, *, name: tuple[str, str], title: str, shown: int | None = None, note: str = "",
    titles: Mapping[str, tuple[str, str]] | None = None, tints: Mapping[tuple[int, int], Tint] | None = None,
) -> Table:
    """Tell these columns of a frame, those it has; the name of a clause carries its marks, which the note then explains.

    `name` is that of its sheet in a workbook, in Chinese and English; `titles` overrides what columns are called.
    """
    kept = [column for column in columns if column in frame.columns]
    kinds = [table_words.kind(column, frame[column]) for column in kept]
    named = {column: tongue.pick(*pair) for column, pair in (titles or {}).items()}
    heads = tuple(Column(named.get(column) or table_words.title(column, tongue.lang), kind,
                         _CLAUSE_WEIGHT if column == _marked(frame) else table_words.weight(column, kind))
                  for column, kind in zip(kept, kinds, strict=True))
    told = [_cells(frame, column, tongue) for column in kept]
    rows = tuple(zip(*told, strict=True)) if told else ()
    marks = marks_note(frame, tongue) if _marked(frame) in kept else ""
    return Table(tongue.pick(*name), title, heads, rows, tints or {}, shown, tongue.pick("；", "; ").join(filter(None, (note, marks))))


def _cells(frame: pd.DataFrame, column: str, tongue: Tongue) -> list[Cell]:
    """The cells of a column: numbers as they are, missing as None, texts told; who has no name goes by the id."""
    values = frame[column]
    if column == "name" and "id" in frame.columns:
        values = values.where(values.notna(), frame["id"])
    if tongue.lang == "en" and _ENGLISH.get(column) in frame.columns:
        values = frame[_ENGLISH[column]].where(frame[_ENGLISH[column]].notna(), values)
    tell = _TELL.get(column, _name if column in _NAMES else _as_given if column in GIVEN else partial(_text, column=column))
    if column == "status" and "answered_by" in frame.columns:  # of the work plan, where a layer may be empty, not a house
        tell = _plan_status
    cells = [None if _missing(value) else tell(value, tongue) if isinstance(value, str) else _plain(value, tongue) for value in values.tolist()]
    if column != _marked(frame):
        return cells
    return [f"{cell}{marks}" for cell, marks in zip(cells, _marks(frame), strict=True)]


def _marked(frame: pd.DataFrame) -> str | None:
    """The column that says which clause a row is of: there its marks stand."""
    if "verified" not in frame.columns:
        return None
    return next((column for column in ("clause_name", "name" if "code" in frame.columns else "clause", "clause") if column in frame.columns), None)


def _missing(value: Any) -> bool:
    return bool(pd.isna(value)) or value in ("", float("inf"))


def _plain(value: Any, tongue: Tongue) -> Cell:
    if isinstance(value, bool):
        return tongue.pick("是", "yes") if value else tongue.pick("否", "no")
    return float(value) if isinstance(value, float) else int(value)


def _text(value: str, tongue: Tongue, column: str = "") -> str:
    return table_words.word(value, tongue.lang, column)


def _as_given(value: str, _: Tongue) -> str:
    return value


def _name(value: str, tongue: Tongue) -> str:
    return tongue.name(value)


def _plan_status(value: str, tongue: Tongue) -> str:
    return tongue.pick("图上还没有", "nothing yet") if value == "empty" else _text(value, tongue)


def _half(value: str, tongue: Tongue) -> str:
    return table_words.half(value, tongue.lang)


def _measure(value: str, tongue: Tongue) -> str:
    return measure(value, tongue.lang) if value[:1].isdigit() else table_words.word(value, tongue.lang)


def _kinds(value: str, tongue: Tongue) -> str:
    """Codes of facility kinds with commas between, by their names."""
    codes = [code.strip() for code in value.split(",")]
    return tongue.join([tongue.pick(KINDS[code].zh, KINDS[code].en) if code in KINDS else table_words.word(code, tongue.lang) for code in codes])


def _tier(value: str, tongue: Tongue) -> str:
    return tongue.pick(*TIERS.get(value, (f"{value} 分钟生活圈", f"{value}-min circle")))


def _serves(value: str, tongue: Tongue) -> str:
    """The ages a clause is for."""
    return tongue.pick("全体", "all") if value == "all" else tongue.join([tongue.pick(*GROUPS[code][:2]) for code in value.split(",")])


def _layers(value: str, tongue: Tongue) -> str:
    return tongue.join([SPECS[name].zh if tongue.lang == "zh" else SPECS[name].en for name in value.split(", ") if name in SPECS])


def _answered_by(value: str, tongue: Tongue) -> str:
    """“coverage PARK, theme green”: verbs, each with what it is asked of, in words."""
    return tongue.join([_question(part, tongue) for part in value.split(", ")])


def _question(typed: str, tongue: Tongue) -> str:
    """A question as one types it, in words: whole where it has a name of its own, else its verb and what it is asked of."""
    if typed in table_words.ANSWERED_BY:
        return tongue.pick(*table_words.ANSWERED_BY[typed])
    verb, _, of = typed.partition(" ")
    return f"{tongue.pick(*table_words.ANSWERED_BY.get(verb, (verb, verb)))} {_asked_of(of, tongue)}".strip()


def _asked_of(of: str, tongue: Tongue) -> str:
    return tongue.pick(*THEMES[of]) if of in THEMES else _kinds(of, tongue)


def _public(code: str, tongue: Tongue) -> str:
    return table_words.public(code, tongue.lang)


_TELL: dict[str, Callable[[str, Tongue], str]] = {
    "measure": _measure, "within": _measure, "kind": _kinds, "kinds": _kinds, "tier": _tier, "serves": _serves, "source": _half, "text": _half,
    "layer": _layers, "answered_by": _answered_by, "public": _public, "kind_worst": _kinds,
}


def _marks(frame: pd.DataFrame) -> list[str]:
    by_tier = frame["basis"].eq("tier") if "basis" in frame.columns else pd.Series(False, index=frame.index)
    return [("" if verified else f" {UNVERIFIED}") + (f" {BY_TIER}" if tier else "")
            for verified, tier in zip(frame["verified"].tolist(), by_tier.tolist(), strict=True)]


def marks_note(frame: pd.DataFrame, tongue: Tongue) -> str:
    """Explain the marks that stand in a table of clauses; nothing where there are none."""
    there = "".join(_marks(frame)) if "verified" in frame.columns else ""
    return tongue.pick("；", "; ").join(tongue.pick(*words) for mark, words in _MARKS.items() if mark in there)
