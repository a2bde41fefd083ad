"""What each key of a pack may hold: one reader a kind of value, which gives it checked or says why not."""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from wanli_geo.standards.clauses import AGES
from wanli_geo.workspace.faults import CONTROL
from wanli_geo.workspace.kinds import KINDS

FURTHEST_M, LONGEST_MIN = 20_000, 120
_LARGEST_M2, _MOST_PER_1000 = 10**8, 10**6
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_CLAUSE_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_.-]{0,63}")
_TIER = re.compile(r"[0-9]{1,3}(-[0-9]{1,3})?")
# Names that Windows keeps for its devices: a file of that name cannot be made there.
_RESERVED = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")

Reader = Callable[[Any], Any]


class Wrong(ValueError):
    """A value cannot be taken: the code of its fault and the words of its sentence."""

    def __init__(self, code: str, **words: Any) -> None:
        super().__init__(code)
        self.code, self.words = code, words


@dataclass(frozen=True)
class Field:
    """One key: how it is read, and its Chinese name and an example for whoever left it out; `needed` ones may not be."""

    read: Reader
    zh: str = ""
    example: str = ""
    needed: bool = False


def prose(value: Any) -> str:
    """Read a text that may have several lines."""
    if not isinstance(value, str):
        raise Wrong("not_text", value=value)
    if CONTROL.search(value):
        raise Wrong("control")
    return value.strip()


def line(value: Any) -> str:
    """Read a text of one line, and not an empty one."""
    text = prose(value)
    if not text:
        raise Wrong("blank")
    if any(sign in text for sign in "\t\n\r"):
        raise Wrong("control")
    return text


def slug(value: Any) -> str:
    """Read the id of a pack, which becomes the name of its file."""
    text = line(value)
    if not _SLUG.fullmatch(text) or _RESERVED.fullmatch(text):
        raise Wrong("not_slug", value=text)
    return text


def clause_id(value: Any) -> str:
    text = line(value)
    if not _CLAUSE_ID.fullmatch(text):
        raise Wrong("not_clause_id", value=text)
    return text


def tier(value: Any) -> str:
    text = prose(value)
    if text and not _TIER.fullmatch(text):
        raise Wrong("not_tier", value=text)
    return text


def tier_shown(value: Any) -> str:
    """Read the tier of a reference, which may speak of all of them."""
    return "all" if value == "all" else tier(value)


def flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Wrong("not_flag", value=value)
    return value


def one_of(*choices: str) -> Reader:
    def read(value: Any) -> str:
        if value not in choices:
            raise Wrong("not_choice", value=value, near="、".join(f'"{choice}"' for choice in choices))
        return str(value)

    return read


def number(most: float, zh: str) -> Reader:
    """Make the reader of a number above zero and up to `most`, which is `zh`."""

    def read(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise Wrong("not_number", value=value)
        if isinstance(value, float) and not math.isfinite(value):
            raise Wrong("not_finite")
        if value <= 0:
            raise Wrong("not_positive", value=value)
        if value > most:
            raise Wrong("absurd", most=f"{most:,}", zh=zh)
        return float(value)

    return read


def kinds(value: Any) -> tuple[str, ...]:
    """Read facility kinds by code in any letter case, or by Chinese name; give the codes."""
    return tuple(_each(value, _kind, '["CANTEEN"]'))


def ages(value: Any) -> tuple[str, ...]:
    """Read age groups in any order; give them youngest first."""
    return tuple(sorted(_each(value, _age, '["60-79", "80+"]'), key=AGES.index))


def _each(value: Any, read: Callable[[str], str], example: str) -> list[str]:
    if not isinstance(value, list) or not value or not all(isinstance(part, str) for part in value):
        raise Wrong("not_list", example=example)
    got = [read(part.strip()) for part in value]
    for part in got:
        if got.count(part) > 1:
            raise Wrong("twice", value=part)
    return got


def _kind(wanted: str) -> str:
    codes = {**{kind.zh: code for code, kind in KINDS.items()}, **{code: code for code in KINDS}}
    code = codes.get(wanted.upper()) or codes.get(wanted)
    if code is None:
        near = difflib.get_close_matches(wanted.upper(), codes, n=3, cutoff=0.5) or ["CANTEEN", "MARKET", "PARK"]
        raise Wrong("unknown_kind", value=wanted, near="、".join(dict.fromkeys(_named(codes[name]) for name in near)))
    return code


def _named(code: str) -> str:
    return f"{code}({KINDS[code].zh})"


def _age(wanted: str) -> str:
    if wanted not in AGES:
        raise Wrong("unknown_age", value=wanted, near="、".join(f'"{age}"' for age in AGES))
    return wanted


_metres = number(FURTHEST_M, "步行距离（米）")
_area = number(_LARGEST_M2, "面积（平方米）")
_index = number(_MOST_PER_1000, "每千人平方米")

PACK: Mapping[str, Field] = {
    "id": Field(slug, "标准编号", 'id = "my-standard"', needed=True),
    "zh": Field(line, "中文名称", 'zh = "……标准"', needed=True),
    "en": Field(line),
    "version": Field(line, "版本", 'version = "2018"', needed=True),
    "source": Field(line, "来源", 'source = "……"', needed=True),
}
TIER = Field(_metres)
CLAUSE: Mapping[str, Field] = {
    "id": Field(clause_id, "条文编号", 'id = "10-EDU_PRIMARY"', needed=True),
    "code": Field(line, "在标准里的条款号", 'code = "4.0.4"', needed=True),
    "tier": Field(tier),
    "zh": Field(line, "中文名称", 'zh = "小学"', needed=True),
    "en": Field(line),
    "kinds": Field(kinds, "算数的设施类别", 'kinds = ["CANTEEN"]', needed=True),
    "required": Field(one_of("must", "should"), "应或宜", 'required = "must"', needed=True),
    "max_walk_m": Field(_metres),
    "max_walk_min": Field(number(LONGEST_MIN, "步行时间（分钟）")),
    "presence": Field(one_of("compound", "committee", "subdistrict")),
    "min_area_m2": Field(_area),
    "max_area_m2": Field(_area),
    "area_is": Field(one_of("building", "land")),
    "per_1000_min_m2": Field(_index),
    "per_1000_max_m2": Field(_index),
    "serves": Field(ages),
    "verified": Field(flag),
    "source": Field(line),
    "note": Field(prose),
}
REFERENCE: Mapping[str, Field] = {
    "code": Field(line, "在标准里的条款号", 'code = "4.0.4"', needed=True),
    "tier": Field(tier_shown),
    "zh": Field(line, "中文名称", 'zh = "人行道宽度"', needed=True),
    "en": Field(line),
    "text": Field(prose, "内容", 'text = "……"', needed=True),
    "verified": Field(flag),
    "source": Field(line),
}
