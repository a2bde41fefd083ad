"""XML of a stranger, element by element: no document type, no entities, no deep nesting; the only file that speaks to expat."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element
from xml.parsers import expat

from wanli_geo.workspace.intake.encodings import ENCODINGS, Undecodable, decode
from wanli_geo.workspace.intake.source import Source

_DEEPEST = 100
_CHUNK = 256 * 1024
_DECLARED = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([\w.-]+)[\"']")


class _ForbiddenError(Exception):
    """The XML does what no file of a planner does."""


class _OtherRootError(Exception):
    """The XML is of another kind."""


@dataclass
class _Builder:
    """Elements under construction; whole ones of the wanted names gather in `done`, with the names of the folders they stand in."""

    root: str
    wanted: Set[str]
    kept: Set[str]
    open: list[Element] = field(default_factory=list)
    text: list[list[str]] = field(default_factory=list)
    inside: int = 0
    done: list[tuple[str, Element]] = field(default_factory=list)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.open) >= _DEEPEST:
            raise _ForbiddenError
        tag = name.rpartition(":")[2]
        if not self.open and tag.lower() != self.root:
            raise _OtherRootError
        self.inside += tag in self.wanted
        self.open.append(Element(tag, attributes))
        self.text.append([])

    def data(self, text: str) -> None:
        if self.text:
            self.text[-1].append(text)

    def end(self, _: str) -> None:
        element = self.open.pop()
        element.text = "".join(self.text.pop())
        if element.tag in self.wanted:
            self.inside -= 1
            folders = [name for parent in self.open if parent.tag == "Folder" and (name := (parent.findtext("name") or "").strip())]
            self.done.append((" / ".join(folders), element))
        elif self.open and (self.inside or element.tag in self.kept):
            self.open[-1].append(element)

    def forbid(self, *_: object) -> None:
        raise _ForbiddenError


def elements(source: Source, root: str, wanted: Set[str], kept: Set[str] = frozenset()) -> Iterator[tuple[str, Element]]:
    """Give the elements of the wanted names, without namespaces, each with the path of named folders it stands in.

    Args:
        root: the name that the outermost element must have.
        kept: names of elements that are remembered outside the wanted ones, such as the name of a folder.

    Raises:
        BadFile: it is no text, no XML, of another kind, or declares entities.
    """
    content = _utf8(source)
    builder = _Builder(root, wanted, kept)
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = builder.start, builder.end, builder.data
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = builder.forbid
    for start in range(0, max(len(content), 1), _CHUNK):
        _feed(source, parser, content[start : start + _CHUNK], last=start + _CHUNK >= len(content))
        yield from builder.done
        builder.done.clear()
        source.tell(0.1 + 0.7 * start / len(content))


def _feed(source: Source, parser: expat.XMLParserType, chunk: bytes, *, last: bool) -> None:
    try:
        parser.Parse(chunk, last)
    except _ForbiddenError as wrong:
        raise source.refusal("带有实体声明（DOCTYPE）或嵌套太深；这样的文件不读，请从原软件重新导出。",
                             "declares entities (DOCTYPE) or is nested too deeply; such a file is not read, so export it again.") from wrong
    except _OtherRootError as wrong:
        told = source.format.upper()
        raise source.refusal(f"不是 {told} 文件；请从原软件重新导出。", f"is no {told}; export it again.") from wrong
    except expat.ExpatError as wrong:
        raise source.refusal(f"在第 {wrong.lineno} 行断开或写错了；请从原软件重新导出。",
                             f"breaks off or is wrong at line {wrong.lineno}; export it again.") from wrong


def _utf8(source: Source) -> bytes:
    """Give the text in UTF-8: by the encoding stated, else the one the XML declares, else by evidence."""
    content = source.content()
    declared = _DECLARED.match(content.lstrip())
    named = declared[1].decode("ascii").lower() if declared else ""
    for stated in dict.fromkeys([source.encoding] if source.encoding else [named if named in ENCODINGS else "", ""]):
        try:
            return decode(content, stated)[0].lstrip().encode()
        except Undecodable:
            continue
    raise source.refusal("里的文字读不懂；请从原软件导出为 UTF-8。", "holds text that cannot be read; export it in UTF-8.")
