"""Every clause against every committee, and against every age: the cells of the audit's page, with room for many committees."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from wanli_geo.answer import Answer
from wanli_geo.report import say
from wanli_geo.report.document import Cell, Column, Section, Table, Tint
from wanli_geo.report.matrix import MatrixCell, matrix_cell
from wanli_geo.report.tables import Tongue, marks_note, table_of

# Committees that stand side by side on a page laid wide.
ABREAST = 20


def by_committee(audit: Answer, tongue: Tongue) -> Section:
    """Clause × committee, as many committees abreast as a page takes."""
    clauses, matrix = audit.tables["clauses"], audit.tables["matrix"]
    heads = _heads(clauses, matrix, ("committee", "committee_en"), tongue)
    lead, short = shortened(heads)
    tables = []
    for low in range(0, len(heads), ABREAST):
        which = "" if low == 0 else f" {low // ABREAST + 1}"
        part = slice(low, low + ABREAST)
        names = (f"条文×居委会{which}", f"Matrix{which}"), (f"各居委会已覆盖的居民（%）{which}", f"Residents covered by committee, %{which}")
        tables.append(_crossed(clauses, matrix, short, part, names, lead.strip(), tongue))
    return Section(tongue.pick("条文 × 居委会", "Clause × committee"), tuple(tables), page=True, wide=True)


def by_age(audit: Answer, tongue: Tongue) -> Section:
    """Clause × age group, of the clauses that anything is known of."""
    every, ages = audit.tables["clauses"], audit.tables["ages"]
    clauses = every[every["people_covered"] + every["people_gap"] > 0]
    ages = ages.merge(clauses[["standard", "clause"]], on=["standard", "clause"])
    heads = _heads(clauses, ages, ("name", "name_en"), tongue)
    title = ("各年龄段已覆盖的居民（%）；全部未知的条文不列", "Residents covered by age, %; clauses wholly unknown are left out")
    names = ("条文×年龄", "By age"), title
    tables = (_crossed(clauses, ages, heads, slice(None), names, "", tongue),) if heads else ()
    return Section(tongue.pick("条文 × 年龄", "Clause × age"), tables, page=True)


def _heads(clauses: pd.DataFrame, crossed: pd.DataFrame, names: tuple[str, str], tongue: Tongue) -> list[str]:
    """What stands across the top: as many of the first rows as each clause has."""
    first = crossed.head(len(crossed) // len(clauses) if len(clauses) else 0)
    zh, en = names
    return [tongue.pick(say.named(row[zh]), say.named(row[en], row[zh])) for row in first.to_dict("records")]


def _crossed(
    clauses: pd.DataFrame, crossed: pd.DataFrame, heads: Sequence[str], part: slice, names: tuple[tuple[str, str], tuple[str, str]], lead: str,
    tongue: Tongue,
) -> Table:
    """One row a clause: its name, how it is judged, everybody, and then the heads of this part."""
    lead_columns = ("standard", "name", "measure") if clauses["standard"].nunique() > 1 else ("name", "measure")
    named = table_of(clauses, lead_columns, tongue, name=("", ""), title="", titles={"name": ("条文", "Clause")})
    records, width = crossed.to_dict("records"), len(heads)
    rows, tints = [], dict[tuple[int, int], Tint]()
    for number, (row, lead_cells) in enumerate(zip(clauses.to_dict("records"), named.rows, strict=True)):
        own = [matrix_cell(one) for one in [row, *records[number * width : (number + 1) * width][part]]]
        rows.append((*lead_cells, *(_per_cent(cell) for cell in own)))
        tints |= {(number, place + len(lead_cells)): tint for place, cell in enumerate(own) if (tint := cell.tint) is not None}
    columns = (*named.columns, *(Column(name, "count", 1.0) for name in (tongue.pick("全部", "All"), *heads[part])))
    sheet, title = names
    return Table(tongue.pick(*sheet), tongue.pick(*title), columns, tuple(rows), tints, None, _note(clauses, lead, tongue))


def _per_cent(cell: MatrixCell) -> Cell:
    """What a cell says: whole per cent to fit, but never nearly none as none nor nearly all as all."""
    if cell.kind == "none":
        return None
    if cell.share is None:
        return "?"
    return "<1" if 0 < cell.share < 0.01 else ">99" if 0.99 < cell.share < 1 else cell.share * 100


def _note(clauses: pd.DataFrame, lead: str, tongue: Tongue) -> str:
    """How the cells are to be read, what the heads leave out, and what the marks mean."""
    legend = tongue.pick("绿色没有缺口，橙色越深缺口越深，斜纹为过半未知或部分未知，“?”为全部未知，“—”为不涉及",
                         "Green: no gap; the deeper the orange, the more in a gap; hatched: mostly or partly unknown; “?”: all unknown; "
                         "“—”: not concerned")
    left_out = tongue.pick(f"列名省去“{lead}”", f"“{lead}” is left out of the heads") if lead else ""
    return tongue.pick("；", "; ").join(filter(None, (legend, left_out, marks_note(clauses, tongue))))


def shortened(names: Sequence[str]) -> tuple[str, list[str]]:
    """What all names begin with, whole words of it, and the names without it; where that would leave one empty, nothing is taken."""
    first, last = min(names, default=""), max(names, default="")
    same = next((place for place, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), min(len(first), len(last)))
    lead = first[: first.rfind(" ", 0, same) + 1]
    whole = lead and len(names) > 1 and all(name != lead for name in names)
    return (lead, [name.removeprefix(lead) for name in names]) if whole else ("", list(names))
