"""An archive is looked through before anything is unpacked: bombs, slips, links, overlaps, passwords. Only what is needed comes out."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from wanli_geo.workspace.faults import brief
from wanli_geo.workspace.intake.encodings import Undecodable, decode
from wanli_geo.workspace.intake.source import Source

_MOST_MEMBERS = 2_000
_LARGE = 4 * 1024 * 1024  # a member above this may not be packed more than so many times:
_TIGHTEST = 400  # a sheet of equal rows is packed some hundred times, a bomb a thousand
_CHUNK = 1024 * 1024
_LOCAL_HEADER = 30  # bytes before a member's name
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_UTF8_NAME, _ENCRYPTED = 0x800, 0x1
_NO_NAME = set(":\\\x00")  # signs that a path of another system is made of
_CLUTTER = {"__MACOSX", "Thumbs.db", "desktop.ini"}
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError)


@dataclass(frozen=True)
class Member:
    """One file of an archive: its name as the planner sees it, and where it stands in the archive."""

    name: PurePosixPath
    entry: zipfile.ZipInfo

    @property
    def suffix(self) -> str:
        return self.name.suffix.lower()


def members(source: Source) -> list[Member]:
    """List the files of an archive that is safe to unpack.

    Raises:
        BadFile: it is broken, locked, or made to do harm.
    """
    try:
        with zipfile.ZipFile(source.path) as archive:
            entries = archive.infolist()
    except _UNREADABLE as wrong:
        raise _broken(source) from wrong
    if len(entries) > _MOST_MEMBERS:
        raise source.refusal(f"里有 {len(entries)} 个文件，超过 {_MOST_MEMBERS} 个；请只打包需要的文件。",
                             f"holds {len(entries)} files, more than {_MOST_MEMBERS}; pack only what is needed.")
    files = [Member(PurePosixPath(_name(entry)), entry) for entry in entries if not entry.is_dir()]
    for member in files:
        _check(source, member)
    _check_together(source, files)
    return [member for member in files if not (_CLUTTER & set(member.name.parts) or member.name.name.startswith("."))]


def _name(entry: zipfile.ZipInfo) -> str:
    """Give a member's name; one not marked as UTF-8 is GBK where Windows in China packed it."""
    if entry.flag_bits & _UTF8_NAME:
        return entry.filename
    try:
        return decode(entry.orig_filename.encode("cp437"))[0].replace("\\", "/")
    except (UnicodeError, Undecodable):
        return entry.filename


def _check(source: Source, member: Member) -> None:
    name, entry = brief(str(member.name)), member.entry
    if entry.flag_bits & _ENCRYPTED:
        raise source.refusal("设有密码；请解压后重新打包，不设密码。", "is locked with a password; unpack it and pack it again without one.")
    if member.name.is_absolute() or ".." in member.name.parts or _NO_NAME & set(str(member.name)):
        raise source.refusal(f"里的“{name}”要写到别的文件夹去；这样的压缩包不读，请重新打包。",
                             f"holds “{name}”, which would be written elsewhere; such an archive is not read, so pack it again.")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise source.refusal(f"里的“{name}”是链接，不是文件；请换成文件重新打包。", f"holds “{name}”, a link and no file; pack the file itself.")
    if entry.compress_type not in _METHODS:
        raise source.refusal("用了少见的压缩方法；请用系统自带的 zip 重新打包。", "is packed by a rare method; pack it again as a plain zip.")
    if entry.file_size > _LARGE and entry.file_size > _TIGHTEST * max(entry.compress_size, 1):
        raise _bomb(source)


def _check_together(source: Source, files: list[Member]) -> None:
    if sum(member.entry.file_size for member in files) > source.allowed.unpacked:
        raise _bomb(source)
    twice = [name for name, count in Counter(str(member.name).casefold() for member in files).items() if count > 1]
    if twice:
        raise source.refusal(f"里有两个文件都叫“{brief(twice[0])}”；请重新打包。", f"holds two files called “{brief(twice[0])}”; pack it again.")
    end = 0
    for entry in sorted((member.entry for member in files), key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise _bomb(source)
        end = entry.header_offset + _LOCAL_HEADER + entry.compress_size


def unpack(source: Source, member: Member, as_name: str) -> Path:
    """Write one member into the private folder, under a name of ours.

    Raises:
        BadFile: it is broken, or larger than it says.
    """
    path = source.folder / as_name
    left = member.entry.file_size
    try:
        with zipfile.ZipFile(source.path) as archive, archive.open(member.entry) as packed, path.open("wb") as file:
            while chunk := packed.read(min(_CHUNK, left + 1)):
                left -= len(chunk)
                if left < 0:
                    raise _bomb(source)
                file.write(chunk)
    except _UNREADABLE as wrong:
        raise _broken(source) from wrong
    return path


def _bomb(source: Source) -> Exception:
    return source.refusal("解压后大得不正常；这样的压缩包不读，请重新打包需要的文件。",
                          "would unpack to an abnormal size; such an archive is not read, so pack the files needed again.")


def _broken(source: Source) -> Exception:
    return source.refusal("不是完整的压缩文件；可能下载中断，请重新下载或重新打包。",
                          "is no whole archive; the download may have broken off, so fetch it or pack it again.")
