"""The verb that audits: every resident by every clause of the standards asked for."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import click
import pandas as pd

from wanli_geo.answer import Answer
from wanli_geo.cli.options import day_, json_, lang_, opened_study, options, workspace_
from wanli_geo.cli.root import cli
from wanli_geo.cli.speech import say, tell
from wanli_geo.errors import ReadOnly, Refused, WrongUsage
from wanli_geo.report.audit_files import MANIFEST, audit_files
from wanli_geo.report.audit_words import measure
from wanli_geo.report.say import lang_of, named, number, share
from wanli_geo.report.say import reason as why
from wanli_geo.study import EVENING, Study

_GAPS = 10


standard_ = click.option("--standard", default="gb50180", show_default=True, metavar="ID,…",
                         help="按哪些标准，逗号分开；all 为全部，见 standards list。 Standards, commas between; all for every one.")
hour_ = click.option("--time", default="", metavar="HH:MM",
                     help="几点；写了则门、路、设施都要在开放时间内，不写则设施不论开放时间。 An hour at which facilities must be open too.")
evening_ = click.option("--evening", default=EVENING, show_default=True, metavar="HH:MM",
                        help="与晚间几点相比；写 none 不比。 The evening hour to compare with.")
step_free_ = click.option("--step-free", is_flag=True, help="按都走不了台阶来判断。 As if nobody could climb steps.")


@cli.command()
@options(
    workspace_,
    standard_,
    click.option("--unit", metavar="COMPOUND", help="只看一个小区的逐条结论（编号或名称）。 One compound's sheet of clauses."),
    day_,
    hour_,
    evening_,
    step_free_,
    click.option("--out", type=click.Path(path_type=Path, file_okay=False),
                 help="写成一个文件夹：网页、表格、GeoJSON、JSON 和清单。 Write a folder: page, tables, GeoJSON, JSON, manifest."),
    click.option("--ledger", is_flag=True, help="文件夹里另加逐楼逐条的台账。 Add the ledger of every house and clause to the folder."),
    json_,
    lang_,
)
def audit(
    workspace: Path | None, unit: str | None, out: Path | None, ledger: bool, as_json: bool, lang: str, standard: str, evening: str, **asked: Any
) -> None:
    """逐条对标：每位居民、每条标准，覆盖、缺口还是未知。 Every resident by every clause: covered, in a gap, or unknown.

    \b
    例 / Examples:
      wanli-geo audit --standard gb50180 --json
      wanli-geo audit my-district --standard gb50180,tdt1062 --out audit-2026
      wanli-geo audit --unit cp-43 --standard all
    """
    if ledger and out is None:
        raise WrongUsage("--ledger 要和 --out 文件夹一起用。", "--ledger goes with --out FOLDER.")
    if unit is not None and out is not None:
        raise WrongUsage("--unit 只看一个小区，用 --json 取全部；不写文件夹。",
                         "--unit tells one compound, all of it with --json; it writes no folder.")
    lang_of(lang)
    if out is not None:
        _see_to(out)
    study = opened_study(workspace, None, asked)
    answer = study.audit(standard, evening=evening_hour(evening), **asked) if unit is None else study.sheet(unit, standard, **asked)
    if sys.stderr.isatty():
        click.echo("\r\033[K", err=True, nl=False)
    if out is not None:
        _write(out, audit_files(answer, study.workspace, lang, _rows(study, standard, asked) if ledger else None))
        say(f"已写好 {out}，从 index.html 看起。 / Wrote {out}; begin with index.html.")
    if as_json:
        click.echo(answer.to_json())
    elif out is None:
        _tell(answer)


def evening_hour(text: str) -> str:
    """Read `--evening`: an hour, or none to compare with."""
    return "" if text.strip().lower() == "none" else text


def _rows(study: Study, standard: str, asked: dict[str, Any]) -> pd.DataFrame:
    return study.ledger(standard, **asked).tables["ledger"]


def _see_to(out: Path) -> None:
    """Make sure that the folder can be written at all, before anything is computed."""
    if not out.resolve().parent.is_dir():
        raise Refused(f"文件夹“{out.parent}”不存在；请先建好。", f"The folder “{out.parent}” does not exist; make it first.")
    if out.exists() and not _ours(out):
        raise Refused(f"“{out}”里有别的文件，不会覆盖；请换一个空文件夹。",
                      f"“{out}” holds other files and is not overwritten; choose an empty folder.")


def _ours(out: Path) -> bool:
    """Whether a folder holds an earlier audit and nothing else, so that a new one may stand in its place."""
    names = {path.name for path in out.iterdir()}
    if not names:
        return True
    try:
        told = json.loads((out / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    files = told.get("files") if isinstance(told, dict) and told.get("question") == "audit" else None
    return isinstance(files, dict) and names <= {*files, MANIFEST}


def _write(out: Path, files: dict[str, bytes]) -> None:
    """Write the folder whole beside its place, then put it there: a reader sees the old one or the new one."""
    out = out.resolve()
    try:
        fresh = Path(tempfile.mkdtemp(dir=out.parent, prefix=f".{out.name}."))
    except OSError as wrong:
        raise _cannot(out, wrong) from wrong
    try:
        for name, content in files.items():
            (fresh / name).write_bytes(content)
        fresh.chmod(0o755)
        _put(fresh, out)
    except OSError as wrong:
        raise _cannot(out, wrong) from wrong
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _put(fresh: Path, out: Path) -> None:
    """Put a folder in the place of another, which comes back if that fails."""
    if not out.exists():
        fresh.rename(out)
        return
    old = fresh.with_name(fresh.name + ".old")
    out.rename(old)
    try:
        fresh.rename(out)
    except OSError:
        old.rename(out)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _cannot(out: Path, wrong: OSError) -> ReadOnly:
    return ReadOnly(f"“{out}”写不进去（{wrong.strerror}）；请换一个可写的地方。",
                    f"“{out}” cannot be written ({wrong.strerror}); choose a place that can.")


def _tell(answer: Answer) -> None:
    """Print the facts, a line a clause, and the heaviest gaps; notes go to stderr."""
    for fact in answer.facts:
        shown = "—" if fact.value is None else share(float(fact.value)) if fact.unit == "share" else f"{number(float(fact.value))} {fact.unit}"
        tell(f"{fact.zh} / {fact.en}\t{shown}")
    tell("")
    tell("条文 clause\t判断 judged by\t覆盖 covered\t缺口 gap\t未知 unknown\t主要原因 main reason\t标记 marks")
    for row in answer.tables["clauses"].to_dict("records"):
        marks = [*(["未核实 unverified"] if not row["verified"] else []), *(["层级默认 tier default"] if row["basis"] == "tier" else [])]
        tell("\t".join([f"{row['standard']}/{row['clause']} {row['name']}", measure(row["measure"], "zh"), number(row["people_covered"]),
                        number(row["people_gap"]), number(row["people_unknown"]), why(row["reason"], "zh"), "，".join(marks)]))
    if "gaps" in answer.tables and len(answer.tables["gaps"]):
        _tell_gaps(answer.tables["gaps"])
    for caveat in answer.caveats:
        say(f"· {caveat.zh} / {caveat.en}")
    say(f"运行 / run {answer.run_id}")


def _tell_gaps(gaps: pd.DataFrame) -> None:
    tell("")
    tell("最重的缺口 heaviest gaps\t条文 clause\t人 people\t超出 beyond m\t原因 why")
    for row in gaps.head(_GAPS).to_dict("records"):
        beyond = "—" if pd.isna(row["beyond_m"]) else number(row["beyond_m"])
        tell("\t".join([named(row["name"], row["id"]), f"{row['standard']}/{row['clause']} {row['clause_name']}", number(row["people_gap"]), beyond,
                        why(row["reason"], "zh")]))
    if len(gaps) > _GAPS:
        say(f"另有 {len(gaps) - _GAPS} 行；全部见 --out 或 --json。 / {len(gaps) - _GAPS} more row(s); all of them with --out or --json.")
