"""Everything that the maps show, as lists: the whole site without a map."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wanli_geo.publish.contents import blue_green, home, night_run, plan, red_walkway
from wanli_geo.publish.page import Page, Telling

_WORDS = {
    "lead": ("地图上的全部内容都在这里，逐条列出；点标题跳到那一段。", "All that the maps show, item by item; a heading leads to its part."),
    "services": ("服务点", "Services"),
    "walkway": ("红色步道各站", "Stops of the red walkway"),
    "night_run": ("夜跑环道沿途", "Along the night run"),
    "waters": ("河道", "Waterways"),
    "access": ("亲水点", "By the water"),
    "greens": ("公园和绿地", "Parks and greens"),
    "plan": ("规划进展", "What is being built"),
    "contents": ("目录", "Contents"),
    "top": ("回到目录", "Back to the contents"),
    "no_name": ("没有名称", "no name"),
}


def _content(telling: Telling) -> Mapping[str, Any]:
    own = {key: telling.pick(*pair) for key, pair in _WORDS.items()}
    parts = [
        ("services", _services(telling)),
        ("walkway", [("", [_stop(stop) for stop in red_walkway.stops(telling)])]),
        ("night_run", [("", [_item(one["id"], one["name"] or one["kind"], one["where"], one["hours"]) for one in night_run.beside(telling)])]),
        ("waters", [("", [_item("", one["name"], one["state"]) for one in blue_green.waters(telling)])]),
        ("access", [("", [_item(one["id"], one["name"] or one["kind"], one["kind"], *one["notes"]) for one in blue_green.access(telling)])]),
        ("greens", [(group["kind"], [_item(one["id"], one["name"], *one["notes"]) for one in group["rows"]])
                    for group in blue_green.greens(telling)]),
        ("plan", [(group["stage"], [_item(one["id"], one["title"], one["of"], *one["notes"]) for one in group["rows"]])
                  for group in plan.groups(telling)]),
    ]
    told = [{"key": key, "title": own[key], "groups": [{"title": title, "rows": rows} for title, rows in groups if rows]} for key, groups in parts]
    return {"own": own, "parts": [part for part in told if part["groups"]]}


def _services(telling: Telling) -> list[tuple[str, list[dict[str, Any]]]]:
    return [(kind["name"], [_item(one["id"], one["name"] or kind["name"], one["address"], one["hours"], one["door"])
                            for one in kind["places"]])
            for kind in home.kinds(telling)]


def _stop(stop: Mapping[str, Any]) -> dict[str, Any]:
    return {**_item(stop["id"], f"{stop['order']} {stop['title']}", stop["kind_told"], stop["at_told"]), "text": stop["told"]}


def _item(identity: str, name: str, *notes: str) -> dict[str, Any]:
    return {"id": identity, "name": name, "notes": [note for note in notes if note], "text": ""}


PAGE = Page(
    "list", "列表版", "Everything as lists",
    "地图上的全部内容，逐条列出。",
    "All that the maps show, item by item.",
    _content, map=False,
)
