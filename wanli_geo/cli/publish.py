"""The verb that makes the public site, and has it pass the gate."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

import webapp
from wanli_geo.cli.options import write_whole
from wanli_geo.cli.root import cli
from wanli_geo.cli.speech import bar, say, tell
from wanli_geo.errors import GateClosed
from wanli_geo.publish.gate import see_to_layers
from wanli_geo.publish.releases import Difference, Record, layers_of, put, record_of, see_to, zipped
from wanli_geo.publish.site import Site, build
from wanli_geo.publish.sources import Sources
from wanli_geo.study import Study, open_study
from wanli_geo.study.public import public_answers, public_walkable
from wanli_geo.workspace.publication import Publication, publication_of, stated

FRONT = Path(webapp.__file__).parent / "static"
_MOST_NAMED = 8


@cli.command()
@click.argument("places", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="[WORKSPACE] OUT")
@click.option("--review-number", metavar="TEXT", help="审图号。 Map approval number.")
@click.option("--ground", metavar="TEXT", help="没有审图号时，写明不送审的依据；软件不判断它是否成立。 Without a number, the ground as you state it.")
@click.option("--reviewer", metavar="NAME", help="审核人。 Who reviewed it.")
@click.option("--date", metavar="YYYY-MM-DD", help="发布日期。 Date of the release.")
@click.option("--title", metavar="TEXT", help="网站标题。 Title of the site.")
@click.option("--contact", metavar="LINK", help="联系方式：https://、mailto: 或 tel:。 How to reach you.")
@click.option("--public-url", metavar="URL", help="网站的地址，有了它才有二维码和站点地图。 Where it will stand; for QR codes and the sitemap.")
@click.option("--zip", "archive", type=click.Path(path_type=Path, dir_okay=False),
              help="另存一个 zip，交给网站管理员。 Also write a zip to hand over.")
@click.option("--dry-run", is_flag=True, help="只过审、比较，不写文件。 The gate and the difference only; nothing is written.")
@click.option("--history", is_flag=True, help="列出以前的发布。 List the releases before.")
@click.option("--rollback", type=click.IntRange(1), metavar="N", help="把第 N 次发布原样写回 OUT。 Write release N into OUT again, byte for byte.")
@click.option("--json", "as_json", is_flag=True, help="结果以 JSON 输出。 The result as JSON on stdout.")
def publish(
    places: tuple[Path, ...], archive: Path | None, dry_run: bool, history: bool, rollback: int | None, as_json: bool, **given: str | None,
) -> None:
    """做成公开地图：一个文件夹，任何网站都能放，不用服务器也能回答。 The public map: a folder for any web host, which answers without a server.

    先过审：没有审图号或依据、审核人、日期，有不该公开的内容，或要从别的网站取东西，就一次说完全部原因，什么也不写。
    每次发布都记录在工作区的 releases/ 里（自带的万里示意记在 OUT 旁边），可以比较、退回。
    The gate comes first: it says all reasons at once and writes nothing. Every release is recorded in releases/ of the workspace.

    \b
    例 / Examples:
      wanli-geo publish site --ground "内部试用，不公开" --reviewer 张三 --date 2026-11-25
      wanli-geo publish my-district site --zip site.zip
      wanli-geo publish my-district site --rollback 3
    """
    if len(places) > 2:
        raise click.UsageError("请写 [工作区] 输出文件夹。 / Give [WORKSPACE] OUT.")
    workspace, out = (places[0], places[1]) if len(places) == 2 else (None, places[0])
    see_to(out)
    study = open_study(workspace)
    publication = _stated(publication_of(study.workspace.path), given)
    record = record_of(study.workspace, out)
    if history:
        _tell_history(record, as_json)
    elif rollback is not None:
        _roll_back(record, out, rollback, as_json)
    else:
        _release(study, publication, record, Wanted(out, archive, dry_run, as_json))


@dataclass(frozen=True)
class Wanted:
    """Where to, and what of it is to be told how."""

    out: Path
    archive: Path | None
    dry_run: bool
    as_json: bool


def _release(study: Study, publication: Publication, record: Record, wanted: Wanted) -> None:
    site = _built(study, publication, wanted.as_json)
    layers = layers_of(study.workspace)
    difference = record.compare(site.files, layers)
    if not wanted.dry_run:
        put(site.files, wanted.out)
        if wanted.archive is not None:
            write_whole(wanted.archive, zipped(site.files))
        number = record.add(site.files, publication, layers).number
        say(f"已发布第 {number} 次到 {wanted.out}：{len(site.files)} 个文件，{site.size / 1e6:.2f} MB / Release {number} is in {wanted.out}")
    _tell(site, difference, wanted.as_json)


def _built(study: Study, publication: Publication, as_json: bool) -> Site:
    """Make the site; where the gate stays closed, say every reason on a line of its own."""
    try:
        see_to_layers(study.workspace, publication)
        return build(Sources(study.workspace, public_answers(study, bar()), public_walkable(study)), publication, FRONT)
    except GateClosed as closed:
        for reason in closed.reasons:
            say(f"· {reason}")
        if as_json:
            tell(json.dumps({"reasons": [vars(one) for one in closed.reasons]}, ensure_ascii=False, indent=1))
        raise


def _stated(publication: Publication, given: dict[str, Any]) -> Publication:
    """What the command line states stands in the place of the file's."""
    said = {name: value for name, value in given.items() if value is not None}
    return stated({**publication.model_dump(mode="json", exclude_none=True), **said})


def _tell(site: Site, difference: Difference, as_json: bool) -> None:
    if as_json:
        tell(json.dumps({"files": len(site.files), "bytes": site.size, "difference": vars(difference)}, ensure_ascii=False, indent=1))
        return
    for zh, en, names in (("新增", "added", difference.added), ("改动", "changed", difference.changed), ("去掉", "removed", difference.removed),
                          ("有变化的图层", "layers that changed", difference.layers)):
        if names:
            more = "" if len(names) <= _MOST_NAMED else f" …（共 {len(names)} / {len(names)} in all）"
            tell(f"{zh} / {en}\t{' '.join(names[:_MOST_NAMED])}{more}")
    if not difference:
        tell("与上一次发布完全相同 / The same as the release before, byte for byte")


def _tell_history(record: Record, as_json: bool) -> None:
    releases = record.releases()
    if as_json:
        tell(json.dumps([one.to_dict() for one in releases], ensure_ascii=False, indent=1))
        return
    for one in releases:
        ground = one.review_number or f"（{one.ground}）"
        again = f"\t= {one.again}" if one.again else ""
        tell(f"{one.number}\t{one.built}\t{one.date}\t{one.reviewer}\t{ground}\t{len(one.files)} 个文件 files{again}")
    say(f"{len(releases)} 次发布 / {len(releases)} release(s)")


def _roll_back(record: Record, out: Path, number: int, as_json: bool) -> None:
    files = record.files_of(number)
    before = next(one for one in record.releases() if one.number == number)
    put(files, out)
    told = stated({key: value for key in ("title", "review_number", "ground", "reviewer", "date") if (value := getattr(before, key)) is not None})
    release = record.add(files, told, before.layers, again=number)
    say(f"已把第 {number} 次发布原样写回 {out}，记为第 {release.number} 次 / Release {number} is in {out} again, recorded as {release.number}")
    if as_json:
        tell(json.dumps(release.to_dict(), ensure_ascii=False, indent=1))
