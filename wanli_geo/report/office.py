"""What Word and Excel both ask of a document: texts that their XML can hold, a fixed date, the colours of a tone."""

from __future__ import annotations

import datetime as dt
import re

from wanli_geo.report import palette
from wanli_geo.report.document import Document, Tone

# What XML 1.0 cannot hold (its production 2, Char), lone surrogates included.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_UNDATED = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_DATE = re.compile(r"(\d{4})\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})")

# Fill and ink of each tone.
TONES: dict[Tone, tuple[str, str]] = {
    "plain": (palette.GROUND["inside"], palette.INK),
    "good": (palette.COVERED, palette.COVERED_INK),
    "gap": (palette.gap_shades()[0].color, palette.GAP_INK),
    "unknown": (palette.UNKNOWN, palette.UNKNOWN_INK),
    "quiet": (palette.WHITE, palette.QUIET),
}


def legible(text: str) -> str:
    """Take out the control characters and surrogates that XML cannot hold; every line ends as XML ends it."""
    return _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def made_on(document: Document) -> dt.datetime:
    """Date the file as the document is dated, never by the clock: the same document gives the same bytes."""
    parts = _DATE.search(document.date)
    if parts is None:
        return _UNDATED
    year, month, day = map(int, parts.groups())
    try:
        return dt.datetime(year, month, day, tzinfo=dt.UTC)
    except ValueError:  # the thirtieth of February
        return _UNDATED
