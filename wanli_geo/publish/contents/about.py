"""Whose data, how reckoned, who reviewed it, what the site keeps of its readers: nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wanli_geo.publish.page import Page, Telling
from wanli_geo.report.carto.credit import made_of, source_text
from wanli_geo.workspace.specs import SPECS

_ACCURACY = {"sketch": ("示意", "sketch"), "osm": ("开放街图", "OpenStreetMap"), "official": ("官方资料", "official"),
             "surveyed": ("实测", "surveyed")}

_WORDS = {
    "release": ("这一版", "This release"),
    "number": ("审图号：{}", "Map approval number: {}"),
    "ground": ("没有审图号。发布单位说明的依据：{}。本软件不判断这个依据是否成立。",
               "There is no map approval number. The publisher states the ground: {}. This software does not judge whether it holds."),
    "reviewer": ("审核人：{}", "Reviewed by {}"),
    "date": ("发布日期：{}", "Released {}"),
    "contact": ("联系", "Contact"),
    "method": ("数字怎么来的", "How the numbers are made"),
    "walk": ("按路走，不是画圆圈：从家出小区的门，沿着路，到设施真正的入口；不穿别人的小区，没有桥的河不过。",
             "Along streets, not by a circle: from home through a gate of the compound to the real entrance; not through other people's "
             "compounds, not over a river without a bridge."),
    "speed": ("成人每秒 1.2 米，老人 0.9 米，轮椅 0.67 米且不走台阶；过街另加等候：有信号灯 {} 秒，没有 {} 秒，天桥地道 {} 秒。",
              "An adult walks 1.2 m/s, an elder 0.9, a wheelchair 0.67 and no steps; a crossing with lights costs {} s more, one without {} s, "
              "a bridge or underpass {} s."),
    "unknown": ("没有查到不等于没有：查得不全的服务会写明“没有查全”。",
                "Not on record is not the same as not there: a service that is not fully surveyed says so."),
    "hours": ("开放时间没有登记的门和路按开着算。", "Gates and ways without hours on record are taken as open."),
    "sketch": ("示意图：含手绘数据，不作审批依据。", "A sketch: some of it drawn by hand, not a basis for approvals."),
    "data": ("资料", "The data"),
    "layer": ("图层", "Layer"),
    "source": ("来源", "Source"),
    "when": ("日期", "Date"),
    "accuracy": ("精度", "Accuracy"),
    "licence": ("许可", "Licence"),
    "privacy": ("不收集个人信息", "Nothing personal is collected"),
    "private": ("没有登录，没有统计，不放跟踪代码。定位只在您按了按钮之后，由手机自己算，不发给任何人。大字和夜间的选择只记在这台设备里。",
                "No login, no statistics, no trackers. Your position is asked for only when you press, and sent to nobody. Large text and night "
                "are remembered on this device only."),
    "offline": ("用 https 打开过一次之后，没有网也能看。", "Opened once over https, it works without network too."),
    "embed": ("放进别的网页", "In another page"),
    "embed_how": ("把下面一行放进网页就能嵌入“家门口”；网址换成本站实际地址。",
                  "This line puts “Near me” into another page; set the site's own address."),
    "made": ("本站由开源软件 wanli-geo 生成（MIT 许可）；地图程序用 Leaflet（BSD-2 许可，全文见 {}）。",
             "Made by wanli-geo (MIT licence); the map uses Leaflet (BSD-2 licence, in {})."),
    "standards": ("适老化和无障碍逐条说明", "Accessibility, point by point"),
    "site": ("网址", "Address"),
}


def _content(telling: Telling) -> Mapping[str, Any]:
    own = {key: telling.pick(*pair) for key, pair in _WORDS.items()}
    waits = telling.sources.walkable.params
    own["speed"] = own["speed"].format(*(f"{waits[key]:g}" for key in ("signalised_s", "unsignalised_s", "over_or_under_s")))
    return {"own": own, "layers": _layers(telling)}


def _layers(telling: Telling) -> list[dict[str, str]]:
    workspace = telling.sources.workspace
    made = [one for one in made_of(workspace, tuple(workspace.catalogue.layers)) if len(telling.layer(one.layer))]
    return [{"layer": telling.pick(SPECS[one.layer].zh, SPECS[one.layer].en), "source": source_text(one, telling.lang), "date": one.date,
             "accuracy": telling.pick(*_ACCURACY.get(one.accuracy, (one.accuracy, one.accuracy))), "licence": one.licence} for one in made]


PAGE = Page(
    "about", "关于", "About",
    "资料从哪里来、怎么算的、示意和审图。",
    "Where the data comes from, how it is worked out, and how the map was reviewed.",
    _content, map=False,
)
