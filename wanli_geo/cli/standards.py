"""The verbs about standards: which there are, what their clauses ask for, and a planner's own copy."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from wanli_geo.cli.options import workspace_
from wanli_geo.cli.root import cli
from wanli_geo.cli.speech import say, tell
from wanli_geo.standards.clauses import AGES, Clause, Measure, Pack
from wanli_geo.standards.copying import copy_pack
from wanli_geo.standards.packs import bundled_packs, pack_called, shelf_of
from wanli_geo.workspace.store import read_catalogue

_json = click.option("--json", "as_json", is_flag=True, help="以 JSON 输出全部内容。 All of it as JSON.")
_ORIGIN = {"bundled": "自带 bundled", "workspace": "本工作区 workspace"}
_REQUIRED = {"must": "应 must", "should": "宜 should"}
_PRESENCE = {"compound": "小区内至少一处 one in the compound", "committee": "居委会内至少一处 one in the committee's area",
             "subdistrict": "街道内至少一处 one in the subdistrict"}
_AREA_IS = {"building": "建筑 building", "land": "用地 land", "": ""}
_HEAD = ("编号 id", "条文 code", "层级 tier", "名称 name", "设施 kinds", "要求 required", "怎么判 judged", "面积 area m²", "每千人 per 1,000 m²",
         "为谁 serves", "核实 verified")


@cli.group("standards")
def standards_() -> None:
    """标准：有哪些、条文要什么、复制一份来改。 The standards: which there are, what they ask for, a copy to change."""


@standards_.command("list")
@workspace_
@_json
def list_(workspace: Path | None, as_json: bool) -> int:
    """列出全部标准：自带的，和工作区 standards 文件夹里的。 List the standards: the bundled ones and those in a workspace's `standards` folder.

    \b
    例 / Examples:
      wanli-geo standards list
      wanli-geo standards list my-district --json
    """
    if workspace is not None:
        read_catalogue(workspace)
    own = shelf_of(workspace)
    packs = {**bundled_packs(), **own.packs}.values()
    if as_json:
        click.echo(json.dumps([_in_short(pack) for pack in packs], ensure_ascii=False, indent=1))
    else:
        tell("\t".join(("编号 id", "条文 clauses", "未核实 unverified", "来自 origin", "名称 name")))
        for pack in packs:
            tell("\t".join((pack.id, str(len(pack.clauses)), str(_unverified(pack)), _ORIGIN[pack.origin], f"{pack.zh} / {pack.en}")))
    for fault in own.findings:
        say(f"读不懂 / cannot be read: {fault}")
    return 1 if own.faults else 0


@standards_.command()
@click.argument("id")
@workspace_
@_json
def show(id: str, workspace: Path | None, as_json: bool) -> None:
    """列出一个标准的全部条文和怎么判；参考条目在后，不判定。 Show every clause of a standard and how it is judged; references after.

    \b
    例 / Examples:
      wanli-geo standards show gb50180
      wanli-geo standards show my-gb50180 my-district --json
    """
    if workspace is not None:
        read_catalogue(workspace)
    pack = pack_called(id, workspace)
    if as_json:
        click.echo(json.dumps(_in_full(pack), ensure_ascii=False, indent=1))
    else:
        _tell(pack)
    if unverified := _unverified(pack):
        say(f"{len(pack.clauses)} 条中 {unverified} 条未核实：还没有对照正式文本，照样判定并注明。 / "
            f"{unverified} of {len(pack.clauses)} clauses are unverified: not yet held against the printed text; judged all the same, and marked.")


@standards_.command()
@click.argument("id")
@click.option("--from", "source", required=True, metavar="ID", help="复制哪个标准。 The standard to copy.")
@click.option("--into", required=True, type=click.Path(path_type=Path, file_okay=False), help="放进哪个工作区。 The workspace to put it in.")
@click.option("--zh", default="", metavar="NAME", help="中文名称。 Its Chinese name.")
@click.option("--en", default="", metavar="NAME", help="英文名称。 Its English name.")
def new(id: str, source: str, into: Path, zh: str, en: str) -> None:
    """复制一个标准到工作区，供修改；与自带的同编号时，以工作区的为准。 Copy a standard into a workspace, to be changed there.

    A copy with the id of a bundled standard takes its place in that workspace.

    \b
    例 / Example: wanli-geo standards new my-gb50180 --from gb50180 --into my-district
    """
    target = copy_pack(source, id, into, zh=zh, en=en)
    say(f"已写好 {target}；用记事本修改，再看：wanli-geo standards show {target.stem} {into} / "
        f"Wrote {target}. Edit it, then see it: wanli-geo standards show {target.stem} {into}")


def _unverified(pack: Pack) -> int:
    return sum(not clause.verified for clause in pack.clauses)


def _in_short(pack: Pack) -> dict[str, object]:
    return {"id": pack.id, "zh": pack.zh, "en": pack.en, "version": pack.version, "clauses": len(pack.clauses), "unverified": _unverified(pack),
            "origin": pack.origin, "sha256": pack.sha256}


def _in_full(pack: Pack) -> dict[str, object]:
    clauses = [{**asdict(clause), "measure": asdict(pack.measure(clause))} for clause in pack.clauses]
    return {**asdict(pack), "clauses": clauses}


def _tell(pack: Pack) -> None:
    tell(f"{pack.zh} / {pack.en}")
    tell(f"{pack.id}\t{_ORIGIN[pack.origin]}\t{pack.version}\t{pack.source}")
    tell("")
    tell("\t".join(_HEAD))
    for clause in pack.clauses:
        tell("\t".join(_row(clause, pack.measure(clause))))
    if pack.references:
        tell("")
        tell("参考，不判定 / For reference, not judged")
    for one in pack.references:
        tell("\t".join((one.code, one.tier or "—", f"{one.zh} / {one.en}", one.text, _verified(one.verified))))


def _row(clause: Clause, measure: Measure) -> tuple[str, ...]:
    area = f"{_span(clause.min_area_m2, clause.max_area_m2)} {_AREA_IS[clause.area_is]}".strip()
    serves = "全体 everybody" if clause.serves == AGES else "、".join(clause.serves)
    return (clause.id, clause.code, clause.tier or "—", f"{clause.zh} / {clause.en}", "、".join(clause.kinds), _REQUIRED[clause.required],
            _judged(clause, measure), area, _span(clause.per_1000_min_m2, clause.per_1000_max_m2), serves, _verified(clause.verified))


def _judged(clause: Clause, measure: Measure) -> str:
    if measure.mode == "presence" and clause.presence:
        return _PRESENCE[clause.presence]
    if measure.value is None:
        return "只看千人指标 index only"
    said = f"{measure.value:g} 米 m" if measure.mode == "metres" else f"{measure.value:g} 分钟 min"
    return f"{said}（按层级默认，条文未写 tier default, not in the clause）" if measure.basis == "tier" else said


def _span(low: float | None, high: float | None) -> str:
    """Say from what to what; thousands are not rounded away."""
    if low == high:
        return "—" if low is None else f"{low:,.0f}"
    return f"≥ {low:,.0f}" if high is None else f"≤ {high:,.0f}" if low is None else f"{low:,.0f}–{high:,.0f}"


def _verified(verified: bool) -> str:
    return "已核实 verified" if verified else "未核实 unverified"
