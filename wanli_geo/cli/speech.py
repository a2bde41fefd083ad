"""What a terminal is told: messages on stderr, an answer as lines to read, a bar for long work."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import click
import numpy as np
import pandas as pd

from wanli_geo.answer import Answer
from wanli_geo.report.files import in_words
from wanli_geo.workspace.faults import CONTROL

# The columns of a table that fit a terminal.
_TOLD = ("origin", "name", "group", "profile", "within", "people", "people_gap", "people_unknown", "walk_m", "beyond_m", "places", "streets",
         "reason", "kind", "rank", "nearest_name", "minutes", "metres", "mean_number", "mean_area_m2", "mean_capacity", "mean_people", "at_least",
         "people_none", "people_unreached", "access_per_1000", "supply", "people_coming", "supply_per_1000", "gini", "share_old",
         "green_people_gap", "green_walk_m", "park_people_gap", "park_walk_m", "water_people_gap", "water_walk_m",
         "zh", "status", "value", "wanted", "from_m", "to_m", "light", "lux", "width_m", "crossings", "works", "score", "chainage_m", "text",
         "bearing", "layer", "people_affected", "people_cut_off", "people_longer", "people_lost", "extra_mean_m", "extra_most_m", "kind_worst",
         "straight_m", "detour_m", "extra_m", "sign", "target", "painted_min", "adult_min", "elder_min", "verdict", "right_min", "turning", "no",
         "arrow", "street", "from_name", "to_name", "not_green_m", "area_gained_m2", "people_gained", "have", "short", "unit",
         "length_m", "lit_share", "green_share", "water_share", "shape", "water", "bank", "state", "shown_by", "joined_m", "role", "confirmed")
# Of these a tenth would tell nothing.
_FINE = {"access_per_1000": "index", "supply_per_1000": "index", "gini": "index", "share_old": "share", "score": "index",
         "lit_share": "share", "green_share": "share", "water_share": "share"}
# Tables told in another way, or said already by the facts.
_ONE_BY_ONE, _SAID = "turns", ("walk", "lorenz")
_ROWS = 10


def say(text: str) -> None:
    """Tell the person something, on stderr; what a progress bar left on the line goes."""
    click.echo(("\r\033[K" if sys.stderr.isatty() else "") + harmless(text), err=True)


def tell(text: str) -> None:
    """Print a line of the answer for a person to read."""
    click.echo(harmless(text))


def harmless(text: str) -> str:
    """One line that a terminal shows and never obeys: no colours, no moving, no turning round, whatever names a file brings."""
    return CONTROL.sub("�", text.replace("\r\n", " ").replace("\n", " ").replace("\r", " "))


def bar() -> Callable[[str, float], None]:
    """Show how far a long work is: one line rewritten on a terminal, one line a stage elsewhere."""
    last = [""]

    def show(stage: str, share: float) -> None:
        if sys.stderr.isatty():
            done = round(24 * min(max(share, 0.0), 1.0))
            click.echo(f"\r\033[K[{'█' * done}{'·' * (24 - done)}] {share:4.0%} {stage}", err=True, nl=share >= 1)
        elif stage != last[0]:
            last[0] = stage
            say(f"{share:4.0%} {stage}")

    return show


def tell_answer(answer: Answer) -> None:
    """Print the facts and the first rows of the tables; caveats and the run's number go to stderr."""
    for fact in answer.facts:
        tell(f"{fact.zh} / {fact.en}\t{_shown(fact.value, fact.unit)}")
    for name, table in answer.tables.items():
        if name == _ONE_BY_ONE:
            _tell_turns(table)
        elif len(table) and name not in _SAID:
            _tell_rows(table)
    for caveat in answer.caveats:
        say(f"· {caveat.zh} / {caveat.en}")
    say(f"运行 / run {answer.run_id}")


def _tell_rows(table: pd.DataFrame) -> None:
    rows = table.head(_ROWS)
    columns = [name for name in _TOLD if name in rows]
    tell("")
    tell("\t".join(columns))
    for row in rows[columns].itertuples(index=False):
        tell("\t".join(_shown(value, _FINE.get(name, ""), name) for name, value in zip(columns, row, strict=True)))
    if len(table) > _ROWS:
        say(f"另有 {len(table) - _ROWS} 行；全部见 --out 或 --json。 / {len(table) - _ROWS} more row(s); all of them with --out or --json.")


def _tell_turns(table: pd.DataFrame) -> None:
    tell("")
    for number, row in enumerate(table[["zh", "en"]].itertuples(index=False), start=1):
        tell(f"{number}. {row.zh} / {row.en}")


def _shown(value: Any, unit: str, column: str = "") -> str:
    if value is None or pd.isna(value):
        return "—"
    if unit == "share":
        return f"{value:.1%}"
    if (unit == "index" or unit.endswith("/千人")) and abs(value) < 100:
        return f"{value:,.3g} {unit}".removesuffix(" index")
    if isinstance(value, bool | np.bool_):
        return "是 yes" if value else "否 no"
    if isinstance(value, float):
        return f"{_number(value)} {unit}".removesuffix("index").strip()
    return f"{in_words(str(value), column)} {unit}".strip().replace("\t", " ")


def _number(value: float) -> str:
    """Whole from a hundred on; below that a tenth tells something, of minutes or of how many there are."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:,.1f}".removesuffix(".0")
