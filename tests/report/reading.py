"""What is read back from a document: its tables by name, a column of one by its title, all its texts."""

from __future__ import annotations

from collections.abc import Iterator

from wanli_geo.report.document import Block, Cell, Document, Figures, Items, Picture, Table, Text


def blocks(document: Document) -> Iterator[Block]:
    for section in (*document.sections, *document.about):
        yield from section.blocks


def tables(document: Document) -> dict[str, Table]:
    found = [block for block in blocks(document) if isinstance(block, Table)]
    named = {table.name: table for table in found}
    assert len(named) == len(found), "every sheet of a workbook has its own name"
    return named


def column(table: Table, title: str) -> list[Cell]:
    place = [one.title for one in table.columns].index(title)
    return [row[place] for row in table.rows]


def total(table: Table, title: str) -> float:
    return float(sum(cell for cell in column(table, title) if isinstance(cell, int | float)))


def texts(document: Document) -> Iterator[str]:
    """Every text that is printed, cells and alternatives of pictures among them."""
    yield from (document.title, document.subtitle, document.place, document.attribution)
    yield from (section.title for section in (*document.sections, *document.about))
    for block in blocks(document):
        yield from _of(block)


def _of(block: Block) -> Iterator[str]:
    match block:
        case Text():
            yield block.text
        case Items():
            yield from block.items
        case Figures():
            yield from (text for figure in block.figures for text in (figure.label, figure.value, figure.note))
        case Picture():
            yield from (block.title, block.alt)
        case Table():
            yield from (block.name, block.title, block.note, *(one.title for one in block.columns))
            yield from (cell for row in block.rows for cell in row if isinstance(cell, str))
