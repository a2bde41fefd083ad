"""DXF: every entity of the model with its layer, its text, and the attributes of its block."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from wanli_geo.workspace.intake import drivers
from wanli_geo.workspace.intake.csvs import decoded
from wanli_geo.workspace.intake.layers import layer_of
from wanli_geo.workspace.intake.raw import Raw
from wanli_geo.workspace.intake.source import Source

_PAGE = re.compile(rb"\$DWGCODEPAGE\s+3\s+(\w+)", re.IGNORECASE)
_STATED = {b"ANSI_950": "big5"}  # a page that evidence cannot tell from GB18030; of all others the bytes know better than the header
_BEGINNING = re.compile(r"\s*(999\r?\n.*\r?\n\s*)*0\s*\r?\n\s*SECTION")
_HEADER = re.compile(r"\n\s*2\s*\r?\n\s*HEADER\s*\r?\n")
_WITH_HEADER = "  0\nSECTION\n  2\nHEADER\n  0\nENDSEC\n"  # without a header GDAL takes every text for Latin-1, whatever it is told
_KEPT = ("Layer", "Text", "BlockName")


def read(source: Source) -> Raw:
    """Read the entities of the model space; title blocks and frames on the paper are left out.

    Raises:
        BadFile: it is no text, no DXF, or holds nothing.
    """
    page = _PAGE.search(source.content()[:100_000])
    text, encoding = decoded(replace(source, encoding=source.encoding or (_STATED.get(page[1].upper(), "") if page else "")))
    if not _BEGINNING.match(text):
        raise source.refusal("不是 DXF 图纸；请在 CAD 里另存为 DXF。", "is no DXF drawing; save it as DXF in the CAD program.")
    path = source.folder / "drawing.dxf"
    path.write_text(text if _HEADER.search(text) else _WITH_HEADER + text, "utf-8", newline="")
    source.tell(0.3)
    layer = drivers.read(source, path, "DXF", layer="entities")
    model = [row for row, paper in enumerate(layer.columns["PaperSpace"]) if not paper]
    if not model:
        raise source.refusal("里没有图形；请导出含有图形的图纸。", "holds no entity; export a drawing that has some.")
    columns = {name: layer.columns[name] for name in _KEPT} | _attributes(layer.columns["BlockAttributes"], taken=_KEPT)
    chosen = {name: [values[row] for row in model] for name, values in columns.items()}
    return layer_of(source, chosen, layer.wkb[model], "dxf", crs="", encoding=encoding, rows=[layer.fids[row] + 1 for row in model])


def _attributes(attributes: Sequence[list[str] | None], taken: Sequence[str]) -> dict[str, list[Any]]:
    """Turn the attributes of blocks, each a tag and its value, into a column a tag."""
    pairs = [dict(text.split(" ", 1) for text in texts or () if " " in text) for texts in attributes]
    tags = dict.fromkeys(tag for row in pairs for tag in row if tag not in taken)
    return {tag: [row.get(tag) for row in pairs] for tag in tags}
