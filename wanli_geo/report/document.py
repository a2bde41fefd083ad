"""A document before it is written: what a report says, in order, whatever it will be: PDF, DOCX or XLSX.

Composers (`telling.py`, `circle_report.py`, `unit_sheets.py`) make one from Answers; writers (`typeset.py`, `word.py`, `workbook.py`) know
nothing of questions. All texts are in the language of the document, ready to be read, and are text: each writer escapes for itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from wanli_geo.report.say import Lang

# How a number is shown: count 1,234 · metres 1,234 · minutes 12.3 · share 45.6% (held as 0 to 1) · area 1,234 · number 1.234 · degrees 7 decimals.
Kind = Literal["text", "count", "metres", "minutes", "share", "area", "number", "degrees"]
Tone = Literal["plain", "good", "gap", "unknown", "quiet"]
Cell = str | float | int | bool | None  # None is “not known”, shown as a dash, never as zero


@dataclass(frozen=True)
class Column:
    """One column of a table; `weight` is its share of the width on paper."""

    title: str
    kind: Kind = "text"
    weight: float = 1.0


@dataclass(frozen=True)
class Tint:
    """How a cell is painted: colours `#rrggbb`; `hatched` where it is mostly or partly unknown, so that grey print tells it too."""

    fill: str
    ink: str
    hatched: bool = False


@dataclass(frozen=True)
class Table:
    """A table. On paper at most `shown` of its rows are printed (None: all) and the rest is said to be in the workbook; a workbook has all.

    `name` is its sheet in a workbook (31 characters at most, unique in a document); `tints` paints cells by (row, column) from 0.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    tints: Mapping[tuple[int, int], Tint] = field(default_factory=dict)
    shown: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Figure:
    """One key figure as it is read: “27,700 人”."""

    label: str
    value: str
    note: str = ""
    tone: Tone = "plain"


@dataclass(frozen=True)
class Figures:
    """Key figures side by side, the most important first."""

    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Text:
    """A paragraph; `gap` and `unknown` tones are set off as a warning."""

    text: str
    tone: Tone = "plain"


@dataclass(frozen=True)
class Items:
    """A list of sentences."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Picture:
    """A map or a chart: `draw(width_mm, height_mm)` gives an SVG document of that size, whole in itself (legend, scale, north, source).

    `aspect` is the width over the height it is best seen at; `fills` takes instead what height its page has left, where the writer knows its
    pages. `alt` says in words what it shows.
    """

    title: str
    alt: str
    draw: Callable[[float, float], str]
    aspect: float = 1.4
    fills: bool = False


Block = Text | Items | Figures | Table | Picture


@dataclass(frozen=True)
class Section:
    """A part with a heading; `page` begins it on a page of its own, `wide` lays that page across where the paper is A4."""

    title: str
    blocks: tuple[Block, ...]
    page: bool = False
    wide: bool = False


@dataclass(frozen=True)
class Document:
    """A whole document.

    Attributes:
        kind: `report` has a cover and page numbers; `sheet` is one page or a few, with a head line.
        title, subtitle, place: of the cover or the head.
        date: on the cover, as given; the same document gives the same bytes.
        sketch: some of it rests on sketched data, which every page then says.
        sections: in reading order.
        about: method, clauses, sources and caveats; last on paper, one sheet “说明” in a workbook.
        attribution: the credit that every page carries.
        run_ids: of the Answers it tells.
        cover: a calm picture for the cover of a report.
    """

    kind: Literal["report", "sheet"]
    lang: Lang
    title: str
    subtitle: str
    place: str
    date: str
    sketch: bool
    sections: tuple[Section, ...]
    about: tuple[Section, ...]
    attribution: str
    run_ids: tuple[str, ...]
    cover: Picture | None = None
