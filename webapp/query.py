"""What stands behind the question mark, read strictly: one value a name, no name that is not asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from flask import request

from wanli_geo.errors import BadMeasure, WrongUsage

LONGEST = 200

# Plain decimals only: no exponent, no NaN, no infinity, no digits of other scripts.
_DEGREES = re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]{1,15})?")
_SECONDS = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,3})?")
_NUMBER = re.compile(r"[0-9]{1,3}")
_METRES = re.compile(r"[0-9]{1,5}(?:\.[0-9]{1,3})?")
_MINUTES = re.compile(r"[0-9]{1,2}(?:\.[0-9])?")

# What may be asked otherwise than it is, and how it is where nothing is said; the waits by the names the engine gives them.
WHAT_IF = {"open": "", "close": "", "wait_signal": "", "wait_plain": "", "wait_bridge": "", "stairs_factor": ""}
_WAITS = {"wait_signal": "signalised_s", "wait_plain": "unsignalised_s", "wait_bridge": "over_or_under_s", "stairs_factor": "stairs_factor"}


@dataclass(frozen=True)
class WhatIf:
    """Gates as if open and as if closed, by id; `waits` other than the engine's own, None for those."""

    opened: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    waits: tuple[tuple[str, float], ...] | None = None


AS_IT_IS = WhatIf()

# How an answer may be asked for as a file, and how it is where nothing is said: no file.
WRITTEN = {"format": "", "lang": "zh", "paper": "a4", "crs": "", "encoding": ""}
_FORMAT = re.compile(r"[a-z0-9]{2,8}")


@dataclass(frozen=True)
class Written:
    """How an answer is to be written."""

    format: str
    lang: str
    paper: Literal["a4", "a3"]
    crs: str
    encoding: str


def values(*, needed: tuple[str, ...] = (), optional: dict[str, str] | None = None) -> dict[str, str]:
    """Give the query's values; an optional one not given has its default.

    Raises:
        WrongUsage: a needed value is missing, a value is empty or too long, a name is unknown or stands twice.
    """
    known = (*needed, *(optional or {}))
    for name, given in request.args.lists():
        if name not in known:
            shown = "、".join(known) or "无"
            raise WrongUsage(
                f"这里没有参数“{name[:LONGEST]}”；可用：{shown}。",
                f"There is no parameter “{name[:LONGEST]}” here; there are: {', '.join(known) or 'none'}.",
            )
        if len(given) > 1 or len(given[0]) > LONGEST:
            raise WrongUsage(
                f"参数 {name} 只能写一次，且不超过 {LONGEST} 个字。",
                f"Parameter {name} may stand once, with at most {LONGEST} characters.",
            )
    filled = {name: request.args[name].strip() for name in known if name in request.args}
    for name in known:
        if not filled.get(name, name not in needed):
            raise WrongUsage(f"缺少参数 {name}；请在地址里写明 {name}=…。", f"Parameter {name} is missing; write {name}=… in the address.")
    return {**(optional or {}), **filled}


def place(text: str) -> tuple[float, float]:
    """Read “LON,LAT” in degrees.

    Raises:
        BadMeasure: not two plain decimals, or not on Earth.
    """
    parts = [part.strip() for part in text.split(",")]
    if len(parts) == 2 and all(_DEGREES.fullmatch(part) for part in parts):
        lon, lat = float(parts[0]), float(parts[1])
        if abs(lon) <= 180 and abs(lat) <= 90:
            return lon, lat
    raise BadMeasure(
        f"看不懂位置“{text}”；请写“经度,纬度”，例如 121.396,31.265。",
        f"The place “{text}” cannot be read; write LON,LAT, for example 121.396,31.265.",
    )


def places(text: str) -> tuple[tuple[float, float], ...]:
    """Read “LON,LAT;LON,LAT;…” in degrees; nothing is no place.

    Raises:
        BadMeasure: one of them cannot be read.
    """
    return tuple(place(part) for part in text.split(";")) if text else ()


def metres(text: str) -> float:
    """Read a plain number of metres.

    Raises:
        BadMeasure: anything else.
    """
    if _METRES.fullmatch(text):
        return float(text)
    raise BadMeasure(f"看不懂长度“{text}”；请写米数，例如 2500。", f"The length “{text}” cannot be read; write metres, for example 2500.")


def minutes(text: str) -> tuple[float, ...]:
    """Read “5,10,15”: one to six numbers, more than 0 and at most 60, ascending.

    Raises:
        BadMeasure: anything else.
    """
    parts = [part.strip() for part in text.split(",")]
    if 1 <= len(parts) <= 6 and all(_MINUTES.fullmatch(part) for part in parts):
        read = tuple(sorted({float(part) for part in parts}))
        if read[0] > 0 and read[-1] <= 60:
            return read
    raise BadMeasure(
        f"看不懂分钟数“{text}”；请写 1 到 6 个不超过 60 的数，例如 5,10,15。",
        f"The minutes “{text}” cannot be read; write one to six numbers up to 60, for example 5,10,15.",
    )


def what_if(asked: dict[str, str]) -> WhatIf:
    """Take the gates and the waits out of the values.

    Raises:
        BadMeasure: a wait that is no plain number.
    """
    opened, closed = (tuple(sorted(set(several(asked.pop(name), least=0)))) for name in ("open", "close"))
    given = {engine: text for name, engine in _WAITS.items() if (text := asked.pop(name))}
    for text in given.values():
        if not _SECONDS.fullmatch(text):
            raise BadMeasure(f"看不懂等候“{text}”；请写秒数，例如 30。", f"The wait “{text}” cannot be read; write seconds, for example 30.")
    return WhatIf(opened, closed, tuple((name, float(text)) for name, text in given.items()) or None)


def written(asked: dict[str, str]) -> Written | None:
    """Take out of the values how the answer is to be written; None where no file is asked for.

    Raises:
        WrongUsage: a format or a paper that is none.
    """
    given = {name: asked.pop(name) for name in WRITTEN}
    if not given["format"]:
        return None
    if not _FORMAT.fullmatch(given["format"]):
        raise WrongUsage(f"看不懂格式“{given['format']}”；请写 xlsx、pdf 这样的后缀。",
                         f"The format “{given['format']}” cannot be read; write a suffix such as xlsx or pdf.")
    paper = given["paper"].lower()
    if paper not in ("a4", "a3"):
        raise WrongUsage(f"没有纸型“{paper}”；请写 a4 或 a3。", f"There is no paper “{paper}”; write a4 or a3.")
    return Written(given["format"], given["lang"], "a3" if paper == "a3" else "a4", given["crs"], given["encoding"])


def several(text: str, *, least: int = 1) -> tuple[str, ...]:
    """Read words with commas between.

    Raises:
        WrongUsage: an empty one, or fewer than `least`.
    """
    parts = tuple(part.strip() for part in text.split(",")) if text else ()
    if len(parts) < least or not all(parts):
        raise WrongUsage(f"看不懂“{text}”；请用逗号分开，不留空。", f"“{text}” cannot be read; put commas between, and leave none empty.")
    return parts


def number(text: str) -> int:
    """Read a whole number.

    Raises:
        BadMeasure: anything else.
    """
    if _NUMBER.fullmatch(text):
        return int(text)
    raise BadMeasure(f"看不懂“{text}”；请写一个整数，例如 3。", f"“{text}” cannot be read; write a whole number, for example 3.")


def flag(text: str) -> bool:
    """Read a switch: 1 is on, 0 or nothing off.

    Raises:
        WrongUsage: anything else.
    """
    if text in ("", "0", "1"):
        return text == "1"
    raise WrongUsage(f"看不懂“{text}”；开写 1，关写 0。", f"“{text}” cannot be read; write 1 for on, 0 for off.")


def facilities_or_people(kind: str | None, of: str) -> None:
    """See that a question of what lies within a walk says what is added up.

    Raises:
        WrongUsage: neither a kind nor people.
    """
    if kind is None and of != "people":
        raise WrongUsage("缺少参数 kind；请写 kind=…，或 of=people 数居民。",
                         "Parameter kind is missing; write kind=…, or of=people to add up residents.")
