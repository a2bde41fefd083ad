"""A planner's file into a Raw: looked at from outside, read by a child process with limits, believed after a check."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from threading import Event, Timer
from typing import IO, Any, cast

from wanli_geo.errors import BadFile
from wanli_geo.workspace.faults import brief
from wanli_geo.workspace.intake import formats
from wanli_geo.workspace.intake.drivers import SKIPPED
from wanli_geo.workspace.intake.handing import NotWhole, taken
from wanli_geo.workspace.intake.limits import MOST_BYTES, MOST_MEGABYTES, Budget, budget
from wanli_geo.workspace.intake.raw import Raw

FORMATS = formats.FORMATS
Progress = Callable[[str, float], None]
_STAGE = "读取 / reading"

# The child knows its own room alone: the façade of the package would bring geopandas and scipy with it, most of a second.
_START = """
import json, sys, types
paths, room, asked = json.loads(sys.argv[1])
sys.path[:] = paths
sys.modules.update(dict.fromkeys(("geopandas", "pandas", "pyarrow")))
package = sys.modules["wanli_geo"] = types.ModuleType("wanli_geo")
package.__path__ = [room]
from wanli_geo.workspace.intake.child import main
main(asked)
"""
_ENVIRONMENT = {
    "GDAL_SKIP": SKIPPED, "DXF_ENCODING": "UTF-8", "DXF_INLINE_BLOCKS": "NO", "GDAL_PAM_ENABLED": "NO",
    "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "1",
}
_KEPT = (  # of the parent's environment
    "PATH", "SYSTEMROOT", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PROJ_DATA", "PROJ_LIB", "GDAL_DATA",
)
_LONGEST_LINE = 1_000


def read(path: Path, layer: str, *, part: str = "", encoding: str = "", progress: Progress | None = None) -> Raw:
    """Read a table, or a layer of features, from a file nobody vouches for.

    Args:
        layer: the name that the findings carry.
        part: the sheet or layer to read; "" for the first with content.
        encoding: of its texts; "" where it is to be found out.
        progress: takes what is done, and the share of it from 0 to 1.

    Raises:
        BadFile: it is too large, of no known format, broken, or not safe to read.
    """
    tell = progress or (lambda stage, share: None)
    format, size = _looked_at(path)
    name = brief(path.name, 100)
    tell(_STAGE, 0.0)
    with tempfile.TemporaryDirectory(prefix="wanli-geo-", ignore_cleanup_errors=True) as folder:
        allowed = budget(size)
        asked = {"path": str(path.absolute()), "name": name, "format": format, "layer": layer, "part": part, "encoding": encoding,
                 "folder": folder, "allowed": asdict(allowed)}
        _read_apart(asked, allowed, name, lambda share: tell(_STAGE, share))
        try:
            raw = taken(Path(folder), allowed.result)
        except NotWhole as wrong:
            raise _broken(name) from wrong
    tell(_STAGE, 1.0)
    return raw


def _looked_at(path: Path) -> tuple[str, int]:
    """Give the format and the size of a file.

    Raises:
        BadFile: it is no plain file, empty, too large, of a suffix that is not read, or does not begin as its suffix says.
    """
    name, size = brief(path.name, 100), _size(path)
    format = FORMATS.get(path.suffix.lower(), "")
    if not format:
        told = " ".join(FORMATS)
        raise BadFile(f"不能读“{name}”这种文件；可读：{told}。", f"Files like “{name}” are not read; take one of {told}.")
    if size == 0:
        raise BadFile(f"“{name}”是空的；请换一个有内容的文件。", f"“{name}” is empty; take a file with content.")
    if size > MOST_BYTES:
        told = f"{size / 1024 / 1024:.0f}"
        raise BadFile(f"“{name}”有 {told} MB，超过 {MOST_MEGABYTES} MB；请拆成几份，或只导出需要的部分。",
                      f"“{name}” has {told} MB, more than {MOST_MEGABYTES} MB; split it, or export only what is needed.")
    with path.open("rb") as file:
        beginning = file.read(20)
    if not formats.fits(format, beginning):
        zh, en = formats.told(beginning)
        raise BadFile(f"“{name}”的后缀是 {path.suffix}，内容却是{zh}；请用原软件打开，另存为 {path.suffix.lower()} 后再读。",
                      f"“{name}” is called {path.suffix} but holds {en}; open it where it was made and save it as {path.suffix.lower()}.")
    return format, size


def _size(path: Path) -> int:
    try:
        status = path.stat()
        plain = stat.S_ISREG(status.st_mode) and os.access(path, os.R_OK)
    except (OSError, ValueError):  # no such file, a dead link, a name that the system does not take
        plain = False
    if not plain:
        name = brief(path.name, 100)
        raise BadFile(f"“{name}”不是可读的文件：可能是文件夹、管道、断开的链接，或没有权限；请换成普通文件。",
                      f"“{name}” is no file that can be read: a folder, a pipe, a dead link, or not permitted; choose a plain file.")
    return status.st_size


def _read_apart(asked: Mapping[str, Any], allowed: Budget, name: str, tell: Callable[[float], None]) -> None:
    """Have a child process read, and see that it is gone afterwards, whatever happens.

    Raises:
        BadFile: it took longer or more memory than allowed, or broke.
    """
    paths = [path for path in sys.path if Path(path).is_absolute()]
    room = str(Path(__file__).parents[2])
    command = [sys.executable, "-I", "-X", "utf8", "-c", _START, json.dumps([paths, room, asked])]
    environment = {key: value for key in _KEPT if (value := os.environ.get(key)) is not None} | _ENVIRONMENT
    with (
        tempfile.TemporaryFile() as complaints,
        subprocess.Popen(command,  # noqa: S603 (the same interpreter, and a program of ours)
                         stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=complaints, cwd=asked["folder"],
                         env=environment, start_new_session=True) as child,
    ):
        late = Event()
        clock = Timer(allowed.seconds, _stop, [child, late])
        clock.start()
        try:
            _follow(child, tell)
        finally:
            clock.cancel()
            _end(child)
        complaints.seek(0)
        said = complaints.read(100_000)
    if late.is_set() or child.returncode < 0 or b"MemoryError" in said:
        raise _too_much(name)
    if child.returncode:
        raise _broken(name)


def _follow(child: subprocess.Popen[bytes], tell: Callable[[float], None]) -> None:
    """Pass on the shares that the child prints, until it ends."""
    said = cast(IO[bytes], child.stdout)
    for line in iter(lambda: said.readline(_LONGEST_LINE), b""):
        try:
            share = float(line)
        except ValueError:
            continue
        tell(min(max(share, 0.0), 1.0))
    child.wait()


def _stop(child: subprocess.Popen[bytes], late: Event) -> None:
    late.set()
    _end(child)


def _end(child: subprocess.Popen[bytes]) -> None:
    """End the child, and what it may have started, if it still runs."""
    if child.poll() is not None:
        return
    if hasattr(os, "killpg"):
        os.killpg(child.pid, signal.SIGKILL)
    else:
        child.kill()


def _too_much(name: str) -> BadFile:
    return BadFile(f"读“{name}”用的内存或时间超过上限；它可能已损坏或有害，请用原软件打开、另存后再试，或拆成几份。",
                   f"Reading “{name}” took more memory or time than is allowed; it may be broken or harmful: save it anew, or split it.")


def _broken(name: str) -> BadFile:
    return BadFile(f"“{name}”内部损坏，读不下去；请用原软件打开、另存后再试。",
                   f"“{name}” is broken inside and cannot be read; open it where it was made and save it anew.")
