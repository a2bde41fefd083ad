"""Bytes of a stranger become text, by a stated encoding or by evidence; and text that was once read wrongly is told."""

from __future__ import annotations

import codecs
import re

from wanli_geo.errors import BadFile

# What a planner may state → Python's codec. Those of the People's Republic are all subsets of GB18030.
ENCODINGS = {
    "utf-8": "utf-8", "utf8": "utf-8", "utf-8-sig": "utf-8", "65001": "utf-8",
    "gb18030": "gb18030", "gbk": "gb18030", "gb2312": "gb18030", "cp936": "gb18030", "936": "gb18030", "ansi": "gb18030", "ansi 936": "gb18030",
    "utf-16": "utf-16", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be",
    "big5": "big5", "cp950": "big5", "950": "big5",
    "latin1": "latin-1", "iso-8859-1": "latin-1", "iso8859-1": "latin-1", "88591": "latin-1", "cp1252": "cp1252", "1252": "cp1252",
}
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_LOST = re.compile("\ufffd|锟斤拷|烫烫烫|[\ue000-\uf8ff]")  # a character that was lost for good, or that no font has
_CHINESE = re.compile("[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef]")


class Undecodable(ValueError):
    """Bytes that are no text in the encoding stated, or in any that is tried."""


def codec(stated: str) -> str:
    """Give Python's name of an encoding as a planner states it.

    Raises:
        BadFile: it is none that is known here.
    """
    known = ENCODINGS.get(stated.strip().lower().replace("_", "-"))
    if known is None:
        told = "UTF-8, GB18030, UTF-16, Big5"
        raise BadFile(f"不认识编码“{stated}”；可用：{told}。", f"The encoding “{stated}” is not known; take one of {told}.")
    return known


def decode(content: bytes, stated: str = "") -> tuple[str, str]:
    """Turn bytes into text.

    Returns:
        The text without a byte-order mark, and the encoding: the one stated; else that of the mark; else UTF-8 where all of it is,
        else GB18030 where all of it is.

    Raises:
        BadFile: the encoding stated is not known.
        Undecodable: the bytes are not in it.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark) and (not stated or codec(stated).startswith(encoding)):
            return _strictly(content.removeprefix(codecs.BOM_UTF8), encoding), encoding
    for encoding in [codec(stated)] if stated else ["utf-8", *([] if _damaged(content) else ["gb18030"])]:
        try:
            return _strictly(content, encoding), encoding
        except Undecodable:
            continue
    raise Undecodable(stated)


def _damaged(content: bytes) -> bool:
    """Tell whether bytes are UTF-8 for the most part, broken or cut off: then GB18030 would read them all, as mojibake."""
    rough = content.decode(errors="replace")
    broken = rough.count("\ufffd")
    return sum(not sign.isascii() for sign in rough) - broken > broken


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeError as wrong:
        raise Undecodable(encoding) from wrong


def garbled(text: str) -> bool:
    """Tell whether a text shows that it was decoded wrongly before it came here: characters lost, or UTF-8 read as GBK."""
    if text.isascii():
        return False
    if _LOST.search(text):
        return True
    try:
        other = text.encode("gb18030").decode("utf-8")
    except UnicodeError:
        return False
    # Words of Chinese that are by chance UTF-8 too come out as Greek or Arabic, not as Chinese.
    return len(_CHINESE.findall(other)) >= 2 and len(_CHINESE.findall(other)) == sum(not sign.isascii() for sign in other)
