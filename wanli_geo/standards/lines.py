"""Where each statement of a TOML text stands: tomllib gives the values, but not their lines."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

STRING = r""""{3}(?:\\.|[^\\])*?"{3,5}|'{3}.*?'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*'"""
# What decides where a value ends: texts and comments are stepped over, brackets counted, a line end outside them ends it.
_TOKEN = re.compile(STRING + r"|\#[^\n]*|[\[{]|[\]}]|\n", re.DOTALL)
_HEADER = re.compile(r"""(\[\[?)((?:"(?:\\.|[^"\\\n])*"|'[^'\n]*'|[^\]"'\n])*)\]""")
_KEY = re.compile(r"""((?:"(?:\\.|[^"\\\n])*"|'[^'\n]*'|[^="'\n])+)=[ \t]*""")
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


def statements(text: str) -> list[Statement]:
    """List the statements of a text that tomllib has read without complaint, in their order."""
    found: list[Statement] = []
    tables, seen = Counter[str](), (0, 1)
    table: tuple[str, ...] = ()
    at = _blank(text, 0)
    while at < len(text):
        seen = (at, seen[1] + text.count("\n", seen[0], at))
        if header := _HEADER.match(text, at):
            table = _path(f"[{header[2]}]")
            tables[table[0]] += len(table) == 1 and header[1] == "[["
            found.append(Statement(table, max(tables[table[0]] - 1, 0), seen[1]))
            at = header.end() + len(header[1]) - 1
        elif key := _KEY.match(text, at):
            end = _end(text, key.end())
            path = (*table, *_path(f"{key[1]} = 0"))
            found.append(Statement(path, max(tables[path[0]] - 1, 0) if table else 0, seen[1], (key.end(), end)))
            at = end
        else:
            at = text.find("\n", at) + 1 or len(text)
        at = _blank(text, at)
    return found


def line_of(found: Iterable[Statement], path: tuple[str, ...], number: int = 0) -> int:
    """Give the line of a path; where it is not written, of the nearest thing that it would stand in; else 1."""
    most, line = 0, 1
    for statement in found:
        if statement.number == number or len(statement.path) == 1:
            shared = _shared(statement.path, path)
            # A header or key of its own number is nearer than one of the same name elsewhere.
            rank = 2 * shared + (statement.number == number) if shared else 0
            if rank > most:
                most, line = rank, statement.line
    return line


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
    """Read a header or a key by tomllib itself, quotes and escapes included."""
    path, inner = [], tomllib.loads(written)
    while isinstance(inner, dict) and inner:
        (key, inner), = inner.items()
        path.append(key)
    return tuple(path)
