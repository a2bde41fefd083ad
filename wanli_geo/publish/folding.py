"""The desk's modules that a page needs, folded into one file: over a thin line fifty small files cost more than their weight.

Every module becomes a function called once, in the order of need, whose result holds what it exports; nothing else changes. Only the forms
that our own modules are written in are understood, one a line; anything else is refused, so that a page is right or is not built.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from wanli_geo.errors import BadScript

# What explains the code to its readers stays with the source; a phone need not carry it.
_COMMENT = re.compile(r"^[ \t]*/\*\*(?:[^*]|\*(?!/))*\*/[ \t]*\n|(?<=[\s(,])/\*\* (?:[^*]|\*(?!/))*\*/ ?", re.MULTILINE)
_LINE_COMMENT = re.compile(r"^[ \t]*//.*\n", re.MULTILINE)
_NAMED = re.compile(r'^import \{ ([^}]+) \} from "([^"]+)";$')
_WHOLE = re.compile(r'^import \* as (\w+) from "([^"]+)";$')
_BARE = re.compile(r'^import "([^"]+)";$')
_HANDED_ON = re.compile(r'^export \{ ([^}]+) \} from "([^"]+)";$')
_EXPORTED = re.compile(r"^export ((?:async )?function\*?|class|const|let) (\w+)", re.MULTILINE)
_LATER = re.compile(r'\bimport\("(\.[^"]+)"\)')
LEAFLET = "/vendor/leaflet/leaflet-src.esm.js"


@dataclass(frozen=True)
class Folded:
    """One file for the page. `later`: the modules it asks for only when it needs them, each to be folded into a file of its own."""

    text: str
    later: tuple[str, ...]


@dataclass(frozen=True)
class _Module:
    name: str
    lines: list[str]
    needs: tuple[str, ...]


def fold(front: Path, entry: str, leaflet: str) -> Folded:
    """Fold a module such as `js/public/index.js` and all it imports.

    Args:
        leaflet: where Leaflet's small build lies, seen from the folded file.

    Raises:
        BadScript: a form that is not understood, a module that is not there, or two that import one another.
    """
    modules = _in_order(front, entry)
    number = {module.name: f"m{nth}" for nth, module in enumerate(modules)}
    later = sorted({_beside(module.name, path) for module in modules for path in _LATER.findall("\n".join(module.lines))})
    uses_leaflet = any(LEAFLET in line for module in modules for line in module.lines)
    head = [f'import "{leaflet}";', "const L = globalThis.L;"] if uses_leaflet else []
    body = [_wrapped(module, number) for module in modules]
    last = number[entry]
    tail = [f"export const {name} = {last}.{name};" for name, _ in _exports(modules[-1])]
    return Folded("\n".join([*head, *body, *tail]) + "\n", tuple(later))


def place_of(entry: str) -> str:
    """Where the folded file of a module lies: all in one folder, so that they name one another alike."""
    return f"static/js/{posixpath.basename(entry)}"


def _in_order(front: Path, entry: str) -> list[_Module]:
    """Everything that is imported, each module after those it needs."""
    done: dict[str, _Module] = {}
    under_way: list[str] = []

    def visit(name: str) -> None:
        if name in done:
            return
        if name in under_way:
            raise BadScript(f"脚本 {name} 与别的脚本互相引用，合不成一个文件。",
                            f"{name} and another script import one another; they cannot be folded.")
        under_way.append(name)
        module = _read(front, name)
        for one in module.needs:
            visit(one)
        under_way.pop()
        done[name] = module

    visit(entry)
    return list(done.values())


def _read(front: Path, name: str) -> _Module:
    try:
        text = (front / name).read_text("utf-8")
    except OSError as wrong:
        raise BadScript(f"缺少网页脚本 {name}；请重新安装。", f"The script {name} is missing; install again.") from wrong
    lines = _LINE_COMMENT.sub("", _COMMENT.sub("", text)).splitlines()
    needs = [_beside(name, path) for path in _imported(lines) if path != LEAFLET]
    return _Module(name, lines, tuple(dict.fromkeys(needs)))


def _imported(lines: list[str]) -> Iterator[str]:
    for line in lines:
        found = _NAMED.match(line) or _WHOLE.match(line) or _HANDED_ON.match(line)
        if found:
            yield found[2]
        elif bare := _BARE.match(line):
            yield bare[1]


def _beside(name: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), path))


def _wrapped(module: _Module, number: dict[str, str]) -> str:
    lines = [_line(module.name, line, number) for line in module.lines]
    body = "\n".join(line for line in lines if line)
    given = [name if path is None else f"{name}: {number[_beside(module.name, path)]}.{name}" for name, path in _exports(module)]
    return f"const {number[module.name]} = (() => {{\n{body}\nreturn {{ {', '.join(given)} }};\n}})();"


def _exports(module: _Module) -> list[tuple[str, str | None]]:
    """The names a module exports, each with the module it is handed on from; None where it is its own."""
    own = [(name, None) for line in module.lines for _, name in _EXPORTED.findall(line)]
    return [*own, *((name, found[2]) for line in module.lines if (found := _HANDED_ON.match(line)) for name in found[1].split(", "))]


def _line(module: str, line: str, number: dict[str, str]) -> str:
    """One line of a module as it stands in the folded file."""
    if named := _NAMED.match(line):
        return f"const {{ {named[1].replace(' as ', ': ')} }} = {number[_beside(module, named[2])]};"
    if whole := _WHOLE.match(line):
        return "" if whole[2] == LEAFLET and whole[1] == "L" else f"const {whole[1]} = {number[_beside(module, whole[2])]};"
    if _HANDED_ON.match(line) or _BARE.match(line):
        return ""
    plain = _EXPORTED.sub(r"\1 \2", line)
    if re.match(r"(import|export)\b(?!\()", plain):
        raise BadScript(f"脚本 {module} 里这一行的写法合不进一个文件：{line}", f"A line of {module} is of a form that cannot be folded: {line}")
    return _LATER.sub(lambda found: f'import("./{posixpath.basename(found[1])}")', plain)
