"""The facts, checks and caveats of the red walkway, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from wanli_geo.access.reach import Profile, Reach
from wanli_geo.answer import Caveat, Fact
from wanli_geo.network.graph import Floats
from wanli_geo.network.pace import Waits
from wanli_geo.routes.light import SPACING_M
from wanli_geo.routes.stretches import Stretches
from wanli_geo.study.drawn import Drawn
from wanli_geo.study.walkway_people import Neighbours
from wanli_geo.study.walkway_stops import Stops, without_stop
from wanli_geo.study.walkway_stretches import SHADE_M, STRETCH_M, SURVEYED_M, Along
from wanli_geo.workspace.services import in_service
from wanli_geo.workspace.specs import SPECS

# A walking trail is at least so wide (健走步道配置要求: 1.5 m); that stops come at least so often is assumed.
WIDE_M, APART_M = 1.5, 300.0


@dataclass(frozen=True, eq=False)
class Walked:
    """Everything found of a walkway. `breaks` (p − 1,) are the metres each further piece lies from the others."""

    line: Drawn
    sampled: Along
    stops: Stops
    people: Neighbours
    breaks: Floats
    profile: Profile
    waits: Waits
    reach: Reach
    stop_min: float
    published: bool

    def has(self, layer: str) -> bool:
        """Whether the workspace has a layer: what it would tell is not known without it, which is not none."""
        return layer in self.line.workspace.layers

    @property
    def empty(self) -> Stretches:
        return without_stop(self.line, self.stops)

    @property
    def wait_min(self) -> float:
        """What the crossings cost; one at a junction without a drawn way counts as one without lights."""
        waits = self.waits
        seconds = {"signalised": waits.signalised_s, "footbridge": waits.over_or_under_s, "underpass": waits.over_or_under_s}
        return sum(seconds.get(kind, waits.unsignalised_s) for kind in self.sampled.crossings.kind) / 60

    @property
    def width_m(self) -> float | None:
        """The least width on record."""
        known = self.sampled.width_m[~np.isnan(self.sampled.width_m)]
        return float(known.min()) if len(known) else None

    @property
    def mean_m(self) -> float | None:
        """The mean from stop to stop."""
        return float(np.diff(np.sort(self.stops.chainage)).mean()) if len(self.stops.chainage) > 1 else None


# What one asks first; a sheet sets these large.
_FIRST = ("length_m", "pieces", "stops", "spacing_longest_m", "people_within", "walk_min_with_stops")


def facts(found: Walked) -> tuple[Fact, ...]:
    """The numbers, those asked first in front."""
    told = {fact.key: fact for of in (_of_line, _of_stops, _of_people, _of_time) for fact in of(found)}
    return tuple({key: told[key] for key in (*_FIRST, *told)}.values())


def _of_line(found: Walked) -> Iterator[Fact]:
    line, sampled = found.line, found.sampled
    dark = None if np.isnan(sampled.lit).all() else float(sampled.dark().metres.max(initial=0.0))
    shade = float(sampled.shade.mean()) if found.has("green_vein") else None
    yield Fact("length_m", "步道长度", "Length of the walkway", line.route.length_m, "米")
    yield Fact("pieces", "分成几段", "Pieces", line.pieces, "段")
    yield Fact("breaks", "断点", "Breaks", len(found.breaks), "处")
    yield Fact("width_least_m", "最窄处", "Narrowest", found.width_m, "米")
    yield Fact("step_free_share", "无台阶的路占", "Share of the length without steps", sampled.share(sampled.step_free), "share")
    yield Fact("lit_share", "有照明的路占", "Share of the length that is lit", sampled.share(sampled.lit), "share")
    yield Fact("dark_longest_m", "最长的暗段", "Longest dark stretch", dark, "米")
    yield Fact("shade_share", "有绿荫（旁有绿地）的路占", "Share of the length beside greens (shade)", shade, "share")
    yield Fact("benches", "座椅", "Benches", None, "处")
    yield Fact("crossings", "过街", "Crossings", len(sampled.crossings), "处")


def _of_stops(found: Walked) -> Iterator[Fact]:
    kinds, known = found.stops.rows["kind"].tolist(), found.has("walkway_stops")
    yield Fact("stops", "点位", "Stops", len(kinds) if known else None, "处")
    for code, zh, en in SPECS["walkway_stops"].column("kind").choices:
        yield Fact(f"stops_{code}", f"{zh}点位", f"Stops: {en}", kinds.count(code) if known else None, "处")
    row = int(found.empty.metres.argmax())
    longest, begins, ends = (float(values[row]) if known else None for values in (found.empty.metres, found.empty.start, found.empty.end))
    yield Fact("spacing_mean_m", "点位平均间距", "Mean spacing of the stops", found.mean_m, "米")
    yield Fact("spacing_longest_m", "最长的无点位路段", "Longest stretch without a stop", longest, "米")
    yield Fact("spacing_longest_from_m", "最长的无点位路段从", "The longest stretch without a stop begins at", begins, "米")
    yield Fact("spacing_longest_to_m", "最长的无点位路段到", "The longest stretch without a stop ends at", ends, "米")
    order = "按填写的次序 / as numbered" if found.stops.story.stated else "按起点距离 / by chainage"
    yield Fact("story_order", "讲述次序", "Order of the story", order)
    yield Fact("story_back_m", "按次序走要来回多走", "Walked back and forth in that order", found.stops.story.back_m, "米")


def _of_people(found: Walked) -> Iterator[Fact]:
    totals, within_zh, within_en = found.people.totals, found.reach.zh, found.reach.en
    yield Fact("people_total", "居民", "Residents", totals.total, "人")
    yield Fact("people_within", f"步行 {within_zh}内走得到步道", f"Within {within_en} of the walkway", totals.covered, "人")
    yield Fact("people_unknown", "走不走得到未知的居民", "Residents of whom it is not known", totals.unknown, "人")
    yield Fact("share_within", f"步行 {within_zh}内的居民占比", f"Share of the residents within {within_en}", totals.share, "share")


def _of_time(found: Walked) -> Iterator[Fact]:
    line, story = found.line, found.stops.story
    minutes = line.route.length_m / found.profile.m_per_s / 60
    whole = (line.route.length_m + story.back_m) / found.profile.m_per_s / 60 + found.stop_min * len(story.rows)
    yield Fact("crossing_wait_min", "另加过街等候", "Waits at crossings, besides", found.wait_min, "分钟")
    yield Fact("walk_min", f"{found.profile.zh}走完全程", f"The whole walk, {found.profile.en}", minutes, "分钟")
    yield Fact("walk_min_with_stops", f"{found.profile.zh}走完，每处停 {found.stop_min:g} 分钟",
               f"The walk, {found.profile.en}, {found.stop_min:g} min at each stop", whole if found.has("walkway_stops") else None, "分钟")


# -- checks ----------------------------------------------------------------------------------------------------------------------


def checks(found: Walked) -> pd.DataFrame:
    """What the walkway promises, line by line: ok, short or unknown, with what is wanted and by which clause."""
    rows = [*_line_checks(found), *_stop_checks(found)]
    return pd.DataFrame(rows, columns=["key", "zh", "en", "status", "value", "wanted", "unit", "clause", "clause_en"])


_Row = tuple[str, str, str, str, float | None, float, str, str, str]
_Clause = tuple[str, str]
_ASSUMED: _Clause = ("假定", "assumed")
_TRAILS: _Clause = ("健走步道配置要求", "requirements for walking trails")
_BARRIERS: _Clause = ("GB 55019-2021（未核实）", "GB 55019-2021 (not verified)")
_LIGHTING: _Clause = ("CJJ 45-2015（未核实）", "CJJ 45-2015 (not verified)")


def _line_checks(found: Walked) -> Iterator[_Row]:
    sampled = found.sampled
    yield _at_most("continuous", "走向连续，不断开", "In one piece", float(found.line.pieces), 1.0, "段", _ASSUMED)
    wide = None if np.isnan(sampled.width_m).any() and (found.width_m or WIDE_M) >= WIDE_M else found.width_m
    yield _at_least("wide", "处处够宽", "Wide enough throughout", wide, WIDE_M, "米", _TRAILS)
    for key, zh, en, flag, clause in (
        ("step_free", "全程无台阶", "Without steps throughout", sampled.step_free, _BARRIERS),
        ("lit", "全程有照明", "Lit throughout", sampled.lit, _LIGHTING),
    ):
        share = None if np.isnan(flag).any() and not (flag == 0.0).any() else sampled.share(flag)
        yield _at_least(key, zh, en, share, 1.0, "share", clause)


def _stop_checks(found: Walked) -> Iterator[_Row]:
    """Of no stop at all nothing is told, neither good nor bad."""
    stops, number = found.stops, len(found.stops.rows)
    longest = float(found.empty.metres.max()) if found.has("walkway_stops") else None
    yield _at_most("spacing", "每隔一段就有点位", "A stop often enough", longest, APART_M, "米", _ASSUMED)
    for key, zh, en, column in (
        ("story", "每处有中文故事", "A story in Chinese at each stop", "story"),
        ("story_en", "每处有英文故事", "A story in English at each stop", "story_en"),
        ("picture", "每处有图片", "A picture of each stop", "picture"),
    ):
        yield _at_least(key, zh, en, float(stops.has(column)) if number else None, float(number), "处", _ASSUMED)
    coded = float(number if found.published else 0) if number else None
    yield _at_least("qr", "每处有二维码", "A QR code for each stop", coded, float(number), "处", _ASSUMED)


def _at_least(key: str, zh: str, en: str, value: float | None, wanted: float, unit: str, clause: _Clause) -> _Row:
    return key, zh, en, "unknown" if value is None else "ok" if value >= wanted - 1e-9 else "short", value, wanted, unit, *clause


def _at_most(key: str, zh: str, en: str, value: float | None, wanted: float, unit: str, clause: _Clause) -> _Row:
    return key, zh, en, "unknown" if value is None else "ok" if value <= wanted + 1e-9 else "short", value, wanted, unit, *clause


# -- caveats ---------------------------------------------------------------------------------------------------------------------


def caveats(found: Walked) -> Sequence[Caveat]:
    """What one must know of these numbers."""
    notes = [
        Caveat("own_record", "宽度、路面、无台阶：步道自己填了的以步道为准，没有填的取脚下的路；马路的宽度是车行道的，不当作步道宽度；"
               "走在台阶上的路段一律不算无台阶。",
               "Width, surface and steps: what the walkway's own record says, else that of the street under it; a road's width is its carriageway's "
               "and never the walk's; a stretch on steps is not step-free whatever the record says."),
        Caveat("light", f"照明：登记的路灯相隔不超过 {SURVEYED_M:g} 米的路段，按灯的位置算（灯距 {SPACING_M:g} 米以内算连续，假定值）；"
               "其余按步道或道路填写的“有路灯”。",
               f"Light: by the lamps where those on record are no more than {SURVEYED_M:g} m apart (a row of lamps stands no more than "
               f"{SPACING_M:g} m apart, assumed); elsewhere by what the walkway or street says of being lit."),
        Caveat("shade", f"没有行道树图层，“绿荫”只是 {SHADE_M:g} 米内有绿地的路段（假定值），不等于有树荫。",
               f"There is no layer of trees: shade is where a green lies within {SHADE_M:g} m (assumed), which need not be shady."),
        Caveat("benches", "设施类别里没有座椅，座椅数未知。", "Benches are no kind of facility, so their number is not known."),
        Caveat("measured", f"每 {STRETCH_M:g} 米一段，最后一段收下余数；点位的起点距离按点的位置量，登记值只作对照。",
               f"A stretch is {STRETCH_M:g} m, the last takes what is left; a stop's chainage is measured from its point, the recorded one stands "
               "beside."),
    ]
    return [*notes, *_of_absent(found), *_of_time_told(found), *_of_order(found), *_of_site(found), *_of_pieces(found)]


def _of_absent(found: Walked) -> Iterator[Caveat]:
    if not found.has("walkway_stops"):
        yield Caveat("no_stops", "工作区里没有点位图层（walkway_stops），点位的数目和间距算作未知，不是没有点位；请导入点位。",
                     "The workspace has no layer of stops, so their number and spacing are unknown, which does not mean none; bring in the stops.")
    if not found.has("green_vein"):
        yield Caveat("no_greens", "工作区里没有绿地图层（green_vein），绿荫算作未知；请导入绿地。",
                     "The workspace has no layer of greens, so shade is unknown; bring in the greens.")


def _of_time_told(found: Walked) -> Iterator[Caveat]:
    yield Caveat("walk_time", f"走完的时间按 {found.profile.m_per_s:g} 米/秒，不含过街等候；等候另计，路口没有画过街的按无信号灯算（假定值）。",
                 f"The time to walk is at {found.profile.m_per_s:g} m/s without waits; these are told besides, a junction without a drawn way as one "
                 "without lights (assumed).")
    if not in_service(found.line.rows).all():
        yield Caveat("not_open", "步道（或其中一段）还没有建成或没有开放，本结果按画出的走向计算。",
                     "The walkway, or a part of it, is not built or not open yet; it was judged as drawn.")


def _of_order(found: Walked) -> Iterator[Caveat]:
    story = found.stops.story
    if len(story.rows) and not story.stated:
        yield Caveat("order", "点位的次序没有填全或有重复，按起点距离从小到大讲。",
                     "The order of the stops is incomplete or doubled; they are told by chainage.")
    if story.back_m > STRETCH_M:
        yield Caveat("order_back", f"按填写的次序要来回走，多走 {story.back_m:.0f} 米；请核对次序。",
                     f"In the stated order one walks back and forth, {story.back_m:.0f} m more than straight; check the order.")
    if story.turned:
        yield Caveat("order_turned", "点位的次序与步道画的方向相反：故事从步道终点讲起，分钟也从那里算。",
                     "The order of the stops runs against the line: the story begins at its end, and minutes count from there.")
    if found.stops.far:
        yield Caveat("stops_far", f"{found.stops.far} 处点位离步道太远，没有计入；请看 wanli-geo check。",
                     f"{found.stops.far} stop(s) too far from the walkway were left out; see wanli-geo check.")


def _of_site(found: Walked) -> Iterator[Caveat]:
    if not found.published:
        yield Caveat("no_qr", "publish.toml 里没有 public_url，不知道公众网站的网址，所以没有二维码。",
                     "publish.toml gives no public_url, so the address of the public site is not known and no QR code is made.")
    else:
        yield Caveat("qr", "二维码指向公众网站上这一处的网址；网站要先发布，印刷前请用手机扫一遍。",
                     "Each QR code leads to the stop on the public site; publish the site first, and scan every code before it is printed.")


def _of_pieces(found: Walked) -> Iterator[Caveat]:
    if len(found.breaks):
        metres = [f"{value:.0f}" for value in found.breaks]
        yield Caveat("breaks", f"步道有 {len(metres)} 处断开，相距 {'、'.join(metres)} 米。",
                     f"The walkway is broken in {len(metres)} place(s), {', '.join(metres)} m apart.")
