"""The library spoken aloud: every verb is a method, its answer on stdout, everything said to the person on stderr."""

from __future__ import annotations

import io
import os
import sys
from typing import NoReturn

import click

# Each adds its verbs to the help.
from wanli_geo.cli import audit, choices, data, deeper, export, green, intake, plan, publish, questions, report, standards, template
from wanli_geo.cli.root import cli
from wanli_geo.cli.route import audit as route_audit
from wanli_geo.cli.route import group, loop, marks, signs, works
from wanli_geo.cli.speech import say
from wanli_geo.errors import WanliGeoError, WrongUsage

__all__ = ["audit", "choices", "cli", "data", "deeper", "export", "green", "group", "intake", "loop", "main", "marks", "plan", "publish", "questions",
           "report", "route_audit", "run", "signs", "standards", "template", "works"]

_INTERRUPTED = 130


def main() -> NoReturn:
    """Run a verb; every refusal ends as one sentence and an exit code, never a traceback."""
    if isinstance(sys.stdout, io.TextIOWrapper):  # a file or a pipe gets UTF-8 on Windows too; a terminal what it can show
        sys.stdout.reconfigure(encoding=None if sys.stdout.isatty() else "utf-8", errors="replace")
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Give the exit code: 0 done, 1 refused or error findings and nothing changed, 2 wrong usage, 130 cancelled."""
    try:
        code = cli.main(arguments, standalone_mode=False)
    except click.UsageError as wrong:
        path = wrong.ctx.command_path if wrong.ctx else "wanli-geo"
        say(f"命令写得不对，写法见 {path} --help。 / {wrong.format_message()} See {path} --help.")
        code = 2
    except (click.Abort, KeyboardInterrupt):
        say("已取消，什么都没有改动。 / Cancelled; nothing was changed.")
        code = _INTERRUPTED
    except WanliGeoError as wrong:
        say(str(wrong))
        code = 2 if isinstance(wrong, WrongUsage) else 1
    except BrokenPipeError:
        # The reader of the pipe has gone (`| head`); nothing is lost, and Python must not complain at shutdown.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except OSError as wrong:
        zh, en = (f"“{wrong.filename}”", f"“{wrong.filename}”") if wrong.filename else ("输出", "The output")
        say(f"{zh}读写不了：{wrong.strerror}；请检查磁盘空间和权限。 / {en} cannot be read or written: {wrong.strerror}; see to space and rights.")
        code = 1
    return code if isinstance(code, int) else 0
