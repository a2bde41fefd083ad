"""Where each statement of a TOML text stands: tomllib gives the values, but not their lines."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

STRING = r""""{3}(?:\\.|[^\\])*?"{3,5}|'{3}.*?'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*'"""
# What decides where a value ends: texts and comments are stepped over, brackets counted, a line end outside them ends it.
_TOKEN = re.compile(STRING + r"|\#[^\n]*|[\[{]|[\]}]|\n", re.DOTALL)
_HEADER = re.compile(r"""(\[\[?)((?:"(?:\\.|[^"\\\n])*"|'[^'\n]*'|[^\]"'\n])*)\]""")
_KEY = re.compile(r"""((?:"(?:\\.|[^"\\\n])*"|'[^'\n]*'|[^="'\n])+)=[ \t]*""")
_NAME = re.compile(r""""(?:\\.|[^"\\\n])*"|'[^'\n]*'|[A-Za-z0-9_-]+""")
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")


@dataclass(frozen=True)
class Statement:
    """One header or one `key = value`.

    Attributes:
        path: of the table it stands in and its key, such as ("clause", "zh"); of a header, the table alone.
        number: which `[[table]]` of that name it belongs to, from 0.
        line: from 1.
        value: where the value stands in the text, from and to (trailing blanks and a comment may be in it); (0, 0) of a header.
    """

    path: tuple[str, ...]
    number: int
    line: int
    value: tuple[int, int] = (0, 0)


Places = Mapping[tuple[str, int], list[Statement]]


def statements(text: str) -> list[Statement]:
    """List the statements of a text that tomllib has read without complaint, in their order."""
    found: list[Statement] = []
    tables, seen = Counter[str](), (0, 1)
    table: tuple[str, ...] = ()
    at = _blank(text, 0)
    while at < len(text):
        seen = (at, seen[1] + text.count("\n", seen[0], at))
        if header := _HEADER.match(text, at):
            table = _path(header[2])
            tables[table[0]] += len(table) == 1 and header[1] == "[["
            found.append(Statement(table, max(tables[table[0]] - 1, 0), seen[1]))
            at = header.end() + len(header[1]) - 1
        elif key := _KEY.match(text, at):
            end = _end(text, key.end())
            path = (*table, *_path(key[1]))
            found.append(Statement(path, max(tables[path[0]] - 1, 0) if table else 0, seen[1], (key.end(), end)))
            at = end
        else:
            at = text.find("\n", at) + 1 or len(text)
        at = _blank(text, at)
    return found


def by_table(found: Iterable[Statement]) -> Places:
    """Put statements together by the first name of their path and their number."""
    places: dict[tuple[str, int], list[Statement]] = {}
    for statement in found:
        places.setdefault((statement.path[0], statement.number), []).append(statement)
    return places


def line_of(places: Places, path: tuple[str, ...], number: int = 0) -> int:
    """Give the line of a path; where it is not written, of the nearest thing that it would stand in; else 1."""
    # Tables written in one line, `clause = [{…}, {…}]`, all stand in that of the first.
    near = places.get((path[0], number)) or places.get((path[0], 0), []) if path else []
    return max(near, key=lambda statement: _shared(statement.path, path)).line if near else 1


def _shared(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    return next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _blank(text: str, at: int) -> int:
    blank = _BLANK.match(text, at)
    return blank.end() if blank else at


def _end(text: str, at: int) -> int:
    """Find the end of a value: the first line end outside texts and brackets."""
    depth = 0
    for token in _TOKEN.finditer(text, at):
        if token[0] == "\n" and depth == 0:
            return token.start()
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token[0], 0)
    return len(text)


def _path(written: str) -> tuple[str, ...]:
    """Read a header or a key of one or several names; a quoted one by tomllib itself, for its escapes."""
    return tuple(part if part[0] not in "\"'" else tomllib.loads(f"name = {part}")["name"] for part in _NAME.findall(written))
