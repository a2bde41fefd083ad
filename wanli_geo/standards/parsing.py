"""The bytes of a pack to its clauses, with everything that is wrong with them. Nothing a stranger sends makes it raise."""

from __future__ import annotations

import codecs
import difflib
import hashlib
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from operator import itemgetter
from typing import Any, Literal

from wanli_geo.standards.clauses import Clause, Pack, Reference
from wanli_geo.standards.faults import found
from wanli_geo.standards.fields import CLAUSE, PACK, REFERENCE, TIER, Field, Wrong, tier
from wanli_geo.standards.lines import by_table, line_of, statements
from wanli_geo.workspace.findings import Finding

LARGEST = 1_000_000  # bytes
_LONGEST = 2_000  # signs in a line: tomllib needs the square of the time for a key of so many dots
Origin = Literal["bundled", "workspace"]

# What tomllib says → the same for a planner, with the way out.
_QUOTES = ("文字要用英文引号 \" 括起来。", "Put texts in straight quotes \".")
_TOML_SAYS = (
    ("Cannot overwrite a value", "同一个名称写了两次", "请只留一个。", "Keep one of the two."),
    ("Cannot declare", "同一个表头写了两次", "每条条文要用两层方括号 [[clause]]。", "Each clause wants double brackets: [[clause]]."),
    ("Expected '='", "名称后面缺等号", "请写成“名称 = 值”，用英文的等号。", "Write `key = value`, with a plain equals sign."),
    ("Expected newline", "一行里多写了东西", "一行只写一项；注释以 # 开头。", "One item a line; a comment begins with #."),
    ("Unclosed array", "方括号没有配对", "请补上 ]。", "Add the ]."),
    ("Expected ']", "表头的方括号没有配对", "请写成 [[clause]]。", "Write [[clause]]."),
    ("Unterminated string", "引号没有配对", *_QUOTES),
    ("Illegal character", "引号没有配对，或有控制字符", *_QUOTES),
    ("Invalid initial character", "名称要用英文字母", "请看是不是全角符号或少了引号。", "See whether a full-width sign or a missing quote is there."),
    ("Unescaped '\\'", "反斜杠写法不对", "文字里的反斜杠 \\ 请写两遍。", "Write a backslash in a text twice."),
    ("Invalid value", "值写得不对", "文字要用英文引号 \" 括起来，数不带单位。", "Put texts in straight quotes \", and write numbers without a unit."),
)


@dataclass(frozen=True)
class _Page:
    """A pack's text under the eye: its file, where everything stands, and the faults found so far with their lines, in a list that grows."""

    file: str
    line: Callable[..., int]
    faults: list[tuple[int, Finding]]

    def fault(self, code: str, path: tuple[str, ...], number: int = 0, **words: Any) -> None:
        line = self.line(path, number)
        self.faults.append((line, found(code, self.file, line, column=path[-1] if path else None, **words)))


def parse_pack(content: bytes, file: str, origin: Origin = "workspace") -> tuple[Pack | None, list[Finding]]:
    """Read a pack from the bytes of its file; None where it has a fault, and all that is wrong with it, by line.

    `file` is its name in the sentences.
    """
    text, faults = _text(content, file)
    if text is None:
        return None, faults
    try:
        document = tomllib.loads(text)
    except RecursionError:
        return None, [found("not_toml", file, 1, zh="括号套得太深", why="nested too deeply", fix_zh="请减少括号。", fix_en="Use fewer brackets.")]
    except ValueError as wrong:  # TOMLDecodeError, or Python's own for a number of thousands of digits
        return None, [_not_toml(str(wrong), text, file)]
    page = _Page(file, partial(line_of, by_table(statements(text))), [])
    pack = _pack(document, page, origin, hashlib.sha256(content).hexdigest())
    return pack, [fault for _, fault in sorted(page.faults, key=itemgetter(0))]


def _text(content: bytes, file: str) -> tuple[str | None, list[Finding]]:
    if len(content) > LARGEST:
        return None, [found("too_big", file, 1, size=f"{len(content):,}")]
    if not content.removeprefix(codecs.BOM_UTF8).strip():
        return None, [found("empty", file, 1)]
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None, [found("utf16", file, 1)]
    try:
        text = content.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
        return None, [found("gbk" if _is_gb18030(content) else "not_utf8", file, line, byte=wrong.start + 1)]
    text = text.replace("\r\n", "\n")
    long = [found("long_line", file, number, size=len(line)) for number, line in enumerate(text.split("\n"), 1) if len(line) > _LONGEST]
    return (None, long[:1]) if long else (text, [])


def _is_gb18030(content: bytes) -> bool:
    try:
        return any("\u4e00" <= sign <= "\u9fff" for sign in content.decode("gb18030"))
    except UnicodeDecodeError:
        return False


def _not_toml(said: str, text: str, file: str) -> Finding:
    at = re.search(r"\(at (?:line (\d+), column \d+|end of document)\)", said)
    line = int(at[1]) if at and at[1] else text.rstrip().count("\n") + 1
    why = said.partition(" (at ")[0]
    zh, fix_zh, fix_en = next((rest for sign, *rest in _TOML_SAYS if sign in why),
                              ("不合 TOML 写法", "请对照自带的标准文件改正。", "Compare it with a bundled pack."))
    return found("not_toml", file, line, zh=zh, why=why, fix_zh=fix_zh, fix_en=fix_en)


def _pack(document: dict[str, Any], page: _Page, origin: Origin, sha256: str) -> Pack | None:
    head = _fields(document, PACK, page, (), 0, ("标准", "the pack"), also=("tiers", "clause", "reference"))
    tiers = _tiers(document.get("tiers", {}), page)
    clauses = _clauses(document, tiers, page)
    references = _tables(document, "reference", REFERENCE, page)
    if page.faults:
        return None
    # What a planner may leave out: the English name, the source where it is the pack's, and whether anybody has verified it.
    usual = {"tier": "", "source": head["source"], "verified": False}
    return Pack(
        **{"en": head["zh"], **head},
        tiers=tiers,
        clauses=tuple(Clause(**{**usual, "en": got["zh"], **got}) for _, got in clauses),
        references=tuple(Reference(**{**usual, "en": got["zh"], **got}) for _, got in references),
        origin=origin,
        sha256=sha256,
    )


def _fields(
    table: Mapping[str, Any], fields: Mapping[str, Field], page: _Page, path: tuple[str, ...], number: int, owner: tuple[str, str],
    also: tuple[str, ...] = (),
) -> dict[str, Any]:
    """Read the keys of a table; what is wrong goes on the page."""
    got: dict[str, Any] = {}
    for key in (key for key in table if key not in fields and key not in also):
        near = difflib.get_close_matches(key, (*fields, *also), n=3, cutoff=0.4) or [*fields, *also]
        page.fault("unknown_key", (*path, key), number, near="、".join(near))
    for key, field in fields.items():
        if key in table:
            try:
                got[key] = field.read(table[key])
            except Wrong as wrong:
                page.fault(wrong.code, (*path, key), number, **wrong.words)
        elif field.needed:
            page.fault("missing_key", (*path, key), number, owner=owner[0], owner_en=owner[1], zh=field.zh, example=field.example)
    return got


def _tiers(value: Any, page: _Page) -> dict[str, float]:
    if not isinstance(value, dict):
        page.fault("not_table", ("tiers",))
        return {}
    tiers: dict[str, float] = {}
    for key, metres in value.items():
        try:
            tiers[tier(key)] = TIER.read(metres)
        except Wrong as wrong:
            page.fault(wrong.code, ("tiers", key), **wrong.words)
            tiers[key] = 0.0  # one fault, not another for every clause that rests on it
    return tiers


def _tables(document: Mapping[str, Any], name: str, fields: Mapping[str, Field], page: _Page) -> list[tuple[int, dict[str, Any]]]:
    """Read the `[[name]]` tables, each with its number; those with a fault are left out."""
    tables = document.get(name, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        page.fault("not_tables", (name,))
        return []
    read = []
    for number, table in enumerate(tables):
        before = len(page.faults)
        got = _fields(table, fields, page, (name,), number, _owner(name, table))
        if len(page.faults) == before:
            read.append((number, got))
    return read


def _owner(name: str, table: Mapping[str, Any]) -> tuple[str, str]:
    said = table.get("id", table.get("zh"))
    of = f"“{said}”" if isinstance(said, str) else ""
    return (f"条文{of}", f"the clause {of}".rstrip()) if name == "clause" else (f"参考条目{of}", f"the reference {of}".rstrip())


def _clauses(document: Mapping[str, Any], tiers: Mapping[str, float], page: _Page) -> list[tuple[int, dict[str, Any]]]:
    if document.get("clause", []) == []:
        page.fault("no_clause", ())
    got = _tables(document, "clause", CLAUSE, page)
    first: dict[str, int] = {}
    for number, clause in got:
        if (earlier := first.setdefault(clause["id"], number)) != number:
            page.fault("duplicate_id", ("clause", "id"), number, value=clause["id"], first=page.line(("clause", "id"), earlier))
        for code, key, words in _between(clause, tiers):
            page.fault(code, ("clause", key), number, **words)
    return got


def _between(clause: Mapping[str, Any], tiers: Mapping[str, float]) -> list[tuple[str, str, dict[str, Any]]]:
    """What is wrong between the values of one clause: fault, key, words."""
    wrong: list[tuple[str, str, dict[str, Any]]] = []
    for low, high in (("min_area_m2", "max_area_m2"), ("per_1000_min_m2", "per_1000_max_m2")):
        if clause.get(low, 0.0) > clause.get(high, float("inf")):
            wrong.append(("min_over_max", low, {"low": low, "high": high}))
    if ("min_area_m2" in clause or "max_area_m2" in clause) and "area_is" not in clause:
        wrong.append(("area_of_what", "min_area_m2" if "min_area_m2" in clause else "max_area_m2", {}))
    walk = "max_walk_m" in clause or "max_walk_min" in clause
    if walk and "presence" in clause:
        wrong.append(("presence_and_walk", "presence", {}))
    index = "per_1000_min_m2" in clause  # a most alone judges nothing
    if not (walk or index or "presence" in clause or clause.get("tier") in tiers):
        wrong.append(("no_measure", "max_walk_m", {}))
    return wrong
