"""A planner's own copy of a pack: the same bytes under another id and name, in the workspace, to be changed there."""

from __future__ import annotations

import codecs
import json
import os
import re
from pathlib import Path

from wanli_geo.errors import ReadOnly, Refused, WrongUsage
from wanli_geo.standards.faults import sentences
from wanli_geo.standards.fields import Reader, Wrong, line, slug
from wanli_geo.standards.lines import STRING, statements
from wanli_geo.standards.packs import FOLDER, file_of, pack_called, shelf_of
from wanli_geo.workspace.geojson import write_atomic
from wanli_geo.workspace.store import bundled, read_catalogue

_TEXT = re.compile(STRING, re.DOTALL)


def copy_pack(source: str, id: str, workspace: Path, *, zh: str = "", en: str = "") -> Path:
    """Copy a pack into a workspace under a new id; give the file, `standards/<id>.toml`.

    Args:
        source: the id of the pack to copy, of the house or of the workspace.
        zh, en: its names; where not given, those of `source` with a word that it was changed.

    Raises:
        WrongUsage: the id or a name cannot be one; UnknownStandard: there is no such source.
        NoWorkspace, BadPack: the folder is no workspace, or a pack in it cannot be read.
        Refused: there is such a pack already; ReadOnly: the workspace is that of the house, or cannot be written.
    """
    id = _read("id", id, slug)
    read_catalogue(workspace)
    if workspace.resolve() == bundled().resolve():
        raise ReadOnly(
            "自带的示意数据不能改；请先用 wanli-geo demo 得到自己的一份，--into 写它打印的文件夹。",
            "The bundled sketch cannot be changed; get a copy of your own with `wanli-geo demo` and name the folder it prints with --into.",
        )
    pack = pack_called(source, workspace)
    names = {
        "id": id,
        "zh": _read("zh", zh or f"{pack.zh}（自 {pack.id} 改）", line),
        "en": _read("en", en or f"{pack.en} (changed from {pack.id})", line),
    }
    target = workspace / FOLDER / f"{id}.toml"
    taken = shelf_of(workspace).files.get(id) or target
    if os.path.lexists(taken):
        raise Refused(
            f"已有“{taken}”，不会覆盖；请换一个编号，或先移走它。",
            f"“{taken}” is there already and is not overwritten; take another id, or move it away.",
        )
    _write(target, renamed(file_of(pack.id, workspace).read_bytes(), names))
    return target


def renamed(content: bytes, names: dict[str, str]) -> bytes:
    """Put these values in place of a pack's own id and names; every other byte, comments too, stays.

    A name that the pack does not have is written above its Chinese one.
    """
    mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    text = content.removeprefix(mark).decode()
    end = "\r\n" if "\r\n" in text else "\n"
    places = {statement.path[0]: statement.value[0] for statement in statements(text) if len(statement.path) == 1 and statement.value[1]}
    edits = []
    for key, name in names.items():
        new = json.dumps(name, ensure_ascii=False)
        if key in places and (old := _TEXT.match(text, places[key])):
            edits.append((*old.span(), new))
        else:
            start = text.rfind("\n", 0, places["zh"]) + 1
            edits.append((start, start, f"{key} = {new}{end}"))
    for start, stop, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[stop:]
    return mark + text.encode()


def _read(key: str, value: str, read: Reader) -> str:
    try:
        return str(read(value))
    except Wrong as wrong:
        zh, en, fix_zh, fix_en = sentences(wrong.code, key=key, **wrong.words)
        raise WrongUsage(zh + fix_zh, f"{en} {fix_en}") from wrong


def _write(target: Path, content: bytes) -> None:
    try:
        target.parent.mkdir(exist_ok=True)
        write_atomic(target, content)
    except OSError as wrong:
        raise ReadOnly(
            f"“{target}”写不进去（{wrong.strerror}）；请换一个可写的工作区。",
            f"“{target}” cannot be written ({wrong.strerror}); choose a workspace that can.",
        ) from wrong
