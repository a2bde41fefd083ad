"""The plates of the walkway's stops, to be printed and put up: number, names, kind, story, where it stands, and its QR code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wanli_geo.answer import Answer
from wanli_geo.report import palette, say
from wanli_geo.report.carto.pen import drawing, fitted, mark, plain, unit_of, words
from wanli_geo.report.carto.red_walkway import RED
from wanli_geo.report.document import Picture, Section
from wanli_geo.report.line_words import WORDS
from wanli_geo.report.naming import name_of, width_of
from wanli_geo.report.qr import qr
from wanli_geo.report.tables import Tongue

_COLUMNS, _ROWS = 2, 4
_GAP, _PAD, _CODE = 3.0, 3.5, 26.0
_NAME, _TEXT, _SMALL = 4.2, 2.7, 2.3
_ASPECT = 0.72


def plates(answer: Answer, tongue: Tongue) -> tuple[Section, ...]:
    """Every stop as a plate, eight to a page."""
    rows = answer.features["stops"].drop(columns="geometry").to_dict("records")
    title, full = tongue.pick("点位牌", "Plates of the stops"), _COLUMNS * _ROWS
    return tuple(Section(title if not first else "", (_sheet(rows[first : first + full], first, title, tongue.lang),), page=True)
                 for first in range(0, len(rows), full))


def _sheet(rows: list[dict[str, Any]], first: int, title: str, lang: say.Lang) -> Picture:
    alt = say.pick(lang, "、", ", ").join(name_of(row, lang) or str(row["id"]) for row in rows)
    return Picture(title, f"{title}: {alt}", lambda width, height: _drawn(rows, first, title, alt, lang, width, height), _ASPECT)


def _drawn(rows: list[dict[str, Any]], first: int, title: str, alt: str, lang: say.Lang, width: float, height: float) -> str:
    unit = unit_of(width)
    width, height = width / unit, height / unit
    wide, high = (width - _GAP * (_COLUMNS - 1)) / _COLUMNS, (height - _GAP * (_ROWS - 1)) / _ROWS
    parts = [_plate(row, first + nth + 1, nth % _COLUMNS * (wide + _GAP), nth // _COLUMNS * (high + _GAP), wide, high, lang)
             for nth, row in enumerate(rows)]
    return drawing(width, height, unit, title, alt, *parts)


def _plate(row: Mapping[str, Any], number: int, x: float, y: float, wide: float, high: float, lang: say.Lang) -> str:
    """One plate: a number and names on top, the story at the left, the code and where it stands at the lower right."""
    room, left = wide - 2 * _PAD, x + _PAD
    edge = mark("rect", x=x, y=y, width=wide, height=high, rx=1.5, fill=palette.WHITE, stroke=RED, stroke_width=0.4)
    sign = mark("circle", cx=left + 3.2, cy=y + 6.6, r=3.2, fill=RED)
    sign += words(left + 3.2, y + 8.0, str(number), 3.8, fill=palette.WHITE, anchor="middle", bold=True)
    names = [text for key in ("name", "name_en") if isinstance(text := row.get(key), str)]
    heads = [words(left + 8, y + 6.2 + 4.4 * nth, fitted(text, size, room - 8), size, bold=nth == 0, fill=palette.INK if nth == 0 else palette.QUIET)
             for nth, (text, size) in enumerate(zip(names, (_NAME, _TEXT), strict=False))]
    foot = f"{say.pick(lang, *WORDS[str(row['kind'])])} · {row['chainage_m']:,.0f} {say.pick(lang, '米', 'm')}"
    beside = room - _CODE - 2
    told = [line for key in ("story", "story_en") if isinstance(row.get(key), str) for line in wrapped(row[key], _TEXT, beside)]
    most = int((high - 13 - 6) / (_TEXT * 1.35))
    lines = [words(left, y + 16 + nth * _TEXT * 1.35, line, _TEXT) for nth, line in enumerate(told[:most])]
    return "".join([edge, sign, *heads, *lines, words(left, y + high - 2.6, foot, _SMALL, fill=palette.QUIET),
                    _code(row.get("address"), x + wide - _PAD - _CODE, y + high - _PAD - _CODE, lang)])


def _code(address: object, x: float, y: float, lang: say.Lang) -> str:
    """The QR code; without an address the sentence why there is none, in its place."""
    if isinstance(address, str):
        return qr(address, x=x, y=y, side=_CODE)
    frame = mark("rect", x=x, y=y, width=_CODE, height=_CODE, fill="none", stroke=palette.QUIET, stroke_width=0.2, stroke_dasharray="1 1")
    why = say.pick(lang, "没有二维码：publish.toml 里没有 public_url。", "No QR code: publish.toml gives no public_url.")
    return frame + "".join(words(x + 1.5, y + 6 + nth * 3.2, line, _SMALL, fill=palette.QUIET)
                           for nth, line in enumerate(wrapped(why, _SMALL, _CODE - 3)))


def wrapped(text: str, size: float, most: float) -> list[str]:
    """Break a text into lines no wider than `most`: between Chinese characters, and between words; no line begins with a stop or comma."""
    lines, line = list[str](), ""
    for piece in _pieces(plain(text)):
        if line and width_of((line + piece).rstrip(), size) > most and piece[0] not in "，。；：！？、）》”’,.;:!?)":
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()] if line.strip() else lines


def _pieces(text: str) -> list[str]:
    """Chinese characters one by one, other words with the blank behind them."""
    pieces = list[str]()
    for letter in text:
        if ord(letter) > 0x2E80 or not pieces or ord(pieces[-1][-1]) > 0x2E80 or pieces[-1].endswith(" "):
            pieces.append(letter)
        else:
            pieces[-1] += letter
    return pieces
