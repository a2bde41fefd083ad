"""Texts in XML: what XML 1.0 cannot hold is taken out, the rest escaped."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape as _escape

_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def text_of(value: object) -> str:
    """Give a value as a text of characters that XML 1.0 knows, others replaced; not yet escaped."""
    return _UNFIT.sub("�", str(value))


def escaped(value: object) -> str:
    """Give a value ready to stand in an element or between double quotes."""
    return _escape(text_of(value), {'"': "&quot;", "\r": "&#13;"})
