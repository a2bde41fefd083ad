"""Texts of a stranger made fit to show and to write: no invisible controls, no halves of characters; what was mended is told."""

from __future__ import annotations

import re
from collections.abc import Mapping

from wanli_geo.workspace.faults import CONTROL, found
from wanli_geo.workspace.findings import Finding
from wanli_geo.workspace.intake.encodings import garbled
from wanli_geo.workspace.intake.raw import Value

_HALF = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """Take out what no terminal, sheet or page can show; a half of a character becomes �."""
    return _HALF.sub("\ufffd", CONTROL.sub("", text))


def heading(text: str) -> str:
    """Print a heading on one line, without spaces at its ends or doubled within."""
    return " ".join(clean(text).split())


def cleaned(columns: Mapping[str, list[Value]], layer: str) -> tuple[dict[str, list[Value]], list[Finding]]:
    """Clean every text of a table; give the columns and the findings."""
    findings: list[Finding] = []
    return {name: _column(name, values, layer, findings) for name, values in columns.items()}, findings


def _column(name: str, values: list[Value], layer: str, findings: list[Finding]) -> list[Value]:
    whole = "\n".join([value for value in values if type(value) is str])  # one search over all is much faster than one each
    if whole.isascii() and not CONTROL.search(whole):
        return values
    findings += [found("bad_text", layer, index=row, column=name)
                 for row, value in enumerate(values if _HALF.search(whole) else ()) if type(value) is str and _HALF.search(value)]
    wrong = [value for value in set(values) if type(value) is str and garbled(value)]
    if wrong:
        findings.append(found("mojibake", layer, column=name, value=min(wrong), count=len(wrong)))
    if not (CONTROL.search(whole) or _HALF.search(whole)):
        return values
    count = sum(type(value) is str and CONTROL.search(value) is not None for value in values)
    if count:
        findings.append(found("control_signs", layer, column=name, count=count))
    return [clean(value) if type(value) is str else value for value in values]
