"""The office's work plan, as data beside the layers: its items, its targets, and where each item is on the map. Only this file reads it."""

from __future__ import annotations

import hashlib
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

import geopandas as gpd
import pandas as pd
from pydantic import ConfigDict, Field, Strict, TypeAdapter, ValidationError

from wanli_geo.errors import BadPlan
from wanli_geo.workspace.faults import found
from wanli_geo.workspace.findings import Finding
from wanli_geo.workspace.kinds import KINDS
from wanli_geo.workspace.specs import SPECS, STATUS
from wanli_geo.workspace.store import Text, Workspace

PLAN = "plan_items.toml"
LATER = "later"  # in `answered_by`: no question answers it yet, or not the whole of it
# What becomes of an item: drawn; drawn by the software from other layers; nothing there yet; kept off every map.
Standing = Literal["mapped", "computed", "empty", "never"]
_COMPUTED = "life_circles"  # never drawn by hand
_NO_MORE = ConfigDict(extra="forbid")


@dataclass(frozen=True)
class PlanItem:
    """One item of the plan that has a place.

    Attributes:
        layers: the layers that hold it, the one it is counted in first; none where `never` says why it is on no map.
        kinds: the facility kinds that are this service.
        where: of the first layer only the features whose column holds one of these values.
        column: only the features that have a value there; the layer's contract need not have the column yet.
        whole: the layer as a whole is the item, whatever items its features name.
        question, question_en: what the planner asks of it.
        answered_by: the questions that answer it, as one types them; `later` for what none answers yet.
        public: `area-only` where it is published by area, name or count and never at its spot.
    """

    __pydantic_config__ = _NO_MORE

    id: Text
    zh: Text
    en: Text
    public: Literal["yes", "no", "area-only"]
    layers: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    column: str = ""
    whole: Annotated[bool, Strict()] = False
    never: Text = ""
    never_en: Text = ""
    question: Text = ""
    question_en: Text = ""
    answered_by: tuple[Text, ...] = ()


@dataclass(frozen=True)
class PlanTarget:
    """One target of the plan. `target` is None where the plan gives no number; `said` then is what it says instead.

    `basis`: `explicit`; `approx` and `undefined` for words without an exact number; `no_number` for a target named and not told;
    `implied` for what follows from the text. A `share` runs from 0 to 1. `items` are the plan's items it is about.
    """

    __pydantic_config__ = _NO_MORE

    id: Text
    zh: Text
    en: Text
    unit: Literal["m", "share", "site", "building", "compound", "award", "document", "project", "lift", "sign", "CNY"]
    basis: Literal["explicit", "approx", "undefined", "no_number", "implied"]
    measure: Text
    measure_en: Text
    target: Annotated[float, Strict(), Field(ge=0, allow_inf_nan=False)] | None = None
    said: Text = ""
    said_en: Text = ""
    due: Text = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlanSource:
    """Which plan it is and where it comes from, as every output must say it."""

    __pydantic_config__ = _NO_MORE

    zh: Text
    en: Text
    source: Text
    date: Text
    accuracy: Literal["surveyed", "official", "osm", "sketch"]
    licence: Text


@dataclass(frozen=True)
class Plan:
    """A work plan, items and targets in the order of its file; `sha256` is of the file's bytes."""

    __pydantic_config__ = _NO_MORE

    head: Annotated[PlanSource, Field(alias="plan")]
    items: tuple[PlanItem, ...] = ()
    targets: tuple[PlanTarget, ...] = ()
    sha256: str = ""


@cache
def _form() -> TypeAdapter[Plan]:
    return TypeAdapter(Plan)


def plan_of(workspace: Workspace) -> Plan | None:
    """Read the plan that lies beside the workspace's layers; None where there is none.

    Raises:
        BadPlan: it cannot be read; the sentence names the file, the line and the reason.
    """
    file = None if workspace.path is None else workspace.path / PLAN
    if file is None or not file.is_file():
        return None
    plan, findings = parse_plan(file.read_bytes())
    if plan is None:
        first = findings[0]
        raise BadPlan(f"“{file}”读不懂：{first.zh}{first.fix_zh}", f"“{file}” cannot be read: {first.en} {first.fix_en}")
    return plan


def plan_findings(folder: Path) -> list[Finding]:
    """Everything that is wrong with the plan of a folder; nothing where there is none. Never raises for bad data."""
    file = folder / PLAN
    if not os.path.lexists(file):
        return []
    try:
        return parse_plan(file.read_bytes())[1] if file.is_file() else [found("unreadable", PLAN, file=PLAN)]
    except OSError:
        return [found("unreadable", PLAN, file=PLAN)]


def parse_plan(content: bytes) -> tuple[Plan | None, list[Finding]]:
    """Read a plan from the bytes of its file; None where it has a fault, and all its faults."""
    try:
        text = content.decode("utf-8-sig")
        tables = tomllib.loads(text)
    except UnicodeDecodeError as wrong:
        line = content[: wrong.start].count(b"\n") + 1
        return None, [_fault(line, PLAN, "不是 UTF-8 文字，请另存为 UTF-8", "this is no UTF-8 text, save it as UTF-8")]
    except tomllib.TOMLDecodeError as wrong:
        line, why = _where(str(wrong), text)
        return None, [_fault(line, PLAN, f"不是合法的 TOML（{why}）", f"this is not valid TOML ({why})")]
    except RecursionError:
        return None, [_fault(1, PLAN, "括号嵌套太深", "the file is nested too deeply")]
    try:
        plan = _form().validate_python(tables)
    except ValidationError as wrong:
        return None, [_invalid(error, text) for error in wrong.errors(include_url=False)]
    if findings := _contradictions(plan, text):
        return None, findings
    return replace(plan, sha256=hashlib.sha256(content).hexdigest()), []


# -- faults -----------------------------------------------------------------------------------------------------------------------


def _fault(line: int, place: str, why: str, why_en: str) -> Finding:
    return found("plan_bad", PLAN, line=line, place=place, wanted=why, wanted_en=why_en)


def _where(message: str, text: str) -> tuple[int, str]:
    """The line of a fault that tomllib found, and its words without the place."""
    told = re.search(r" \(at (?:line (\d+)|end of document)[^)]*\)$", message)
    line = told[1] if told else None
    return int(line) if line else text.count("\n") + 1, message[: told.start()] if told else message


# What pydantic calls a fault of the form → how a person is told.
_FORM = {
    "missing": ("缺少 {name}", "{name} is missing"),
    "unexpected_keyword_argument": ("没有 {name} 这一项", "there is no such name as {name}"),
    "literal_error": ("{name} 只能写 {choices}", "{name} takes one of {choices}"),
    "string_type": ("{name} 要写文字，加引号", "{name} takes a text in quotes"),
    "float_type": ("{name} 要写数，不加引号", "{name} takes a number without quotes"),
    "tuple_type": ("{name} 要写成列表 [ ]", "{name} takes a list [ ]"),
}


def _invalid(error: Mapping[str, Any], text: str) -> Finding:
    """A fault of the form, as pydantic tells it: a name missing, one too many, or a value of another kind."""
    table, *rest = error["loc"]
    row = rest.pop(0) if rest and isinstance(rest[0], int) else None
    why, why_en = _FORM.get(error["type"], ("{name} 的值不对", "the value of {name} is wrong"))
    words = {"name": rest[0] if rest else table, "choices": error.get("ctx", {}).get("expected", "").replace(" or ", ", ")}
    return _fault(*_place(text, str(table), row), why.format(**words), why_en.format(**words))


_HEADS = re.compile(r"^[ \t]*(\[+)[ \t]*(\w+)[ \t]*\]+", re.MULTILINE)
_ID = re.compile(r"^[ \t]*id[ \t]*=[ \t]*[\"']([^\"'\n]*)", re.MULTILINE)


def _place(text: str, table: str, row: int | None) -> tuple[int, str]:
    """The line where the entry of a table begins, and the id it gives itself; the table's name where it gives none."""
    heads = [*_HEADS.finditer(text)]
    own = [place for place, head in enumerate(heads) if head[2] == table]
    if not own or (row or 0) >= len(own):
        return 1, table
    here = heads[own[row or 0]]
    end = heads[own[row or 0] + 1].start() if own[row or 0] + 1 < len(heads) else len(text)
    named = _ID.search(text, here.end(), end)
    return text.count("\n", 0, here.start(2)) + 1, named[1] if named and row is not None else table


def _contradictions(plan: Plan, text: str) -> list[Finding]:
    """Faults of the sense: an id twice, a layer or kind that does not exist, an item both drawn and never drawn."""
    ids = [item.id for item in plan.items]
    wrong = [("items", row, why) for row, item in enumerate(plan.items) for why in (*_twice(ids, row), *_of_item(item))]
    for row, target in enumerate(plan.targets):
        unknown = [(f"没有条目 {one}", f"there is no item {one}") for one in target.items if one not in ids]
        wrong += [("targets", row, why) for why in (*_twice([one.id for one in plan.targets], row), *unknown)]
    return [_fault(*_place(text, table, row), *why) for table, row, why in wrong]


def _twice(ids: list[str], row: int) -> list[tuple[str, str]]:
    return [("编号写了两次", "this id is written twice")] if ids[row] in ids[:row] else []


def _of_item(item: PlanItem) -> list[tuple[str, str]]:
    wrong = [(f"没有图层 {name}", f"there is no layer {name}") for name in item.layers if name not in SPECS]
    wrong += [(f"没有设施类别 {code}", f"there is no facility kind {code}") for code in item.kinds if code not in KINDS]
    if bool(item.layers) == bool(item.never):
        wrong.append(("layers 和 never 要写一样，且只写一样", "say either its layers or why it is never mapped"))
    return wrong


# -- where the items are ----------------------------------------------------------------------------------------------------------

STATUSES = tuple(code for code, _, _ in STATUS)
ACCOUNT = ("id", "name", "name_en", "layer", "kinds", "status", "features", *STATUSES, "unstated", "answered_by", "question", "question_en",
           "public", "reason", "reason_en")


def accounted(workspace: Workspace) -> pd.DataFrame:
    """Say of every item of the plan where it is on the map, and how many features of each status it has there.

    Counted is the first of the item's layers: by `plan_item` where the layer has that column, by kind where none is so named, else as a
    whole. Features that do not say their status are `unstated`. What is never to be mapped counts features that name it all the same.

    Returns:
        one row an item with the columns of `ACCOUNT`, in the order of the plan; none where the workspace has no plan.

    Raises:
        BadPlan: the plan cannot be read.
        BadLayer: a layer of it has error findings.
    """
    plan = plan_of(workspace)
    rows = [] if plan is None else [_account(workspace, item) for item in plan.items]
    return pd.DataFrame(rows, columns=list(ACCOUNT))


def _account(workspace: Workspace, item: PlanItem) -> dict[str, Any]:
    status = _statuses(workspace, item)
    return {
        "id": item.id, "name": item.zh, "name_en": item.en, "layer": ", ".join(item.layers), "kinds": ", ".join(item.kinds),
        "status": _standing(item, len(status)), "features": len(status), **{code: int((status == code).sum()) for code in STATUSES},
        "unstated": int(status.isna().sum()), "answered_by": ", ".join(item.answered_by), "question": item.question,
        "question_en": item.question_en, "public": item.public, "reason": item.never, "reason_en": item.never_en,
    }


def _standing(item: PlanItem, features: int) -> Standing:
    if item.never:
        return "never"
    if item.layers[0] == _COMPUTED:
        return "computed"
    return "mapped" if features else "empty"


def _statuses(workspace: Workspace, item: PlanItem) -> pd.Series[Any]:
    """The status of each feature that is the item."""
    if item.never:
        layers = [workspace.layer(name) for name in SPECS if _tells(name)]
        return pd.concat([layer["status"][layer["plan_item"] == item.id] for layer in layers])
    layer = workspace.layer(item.layers[0])
    return layer["status"][_is_item(layer, item)]


def _tells(layer: str) -> bool:
    """Whether features of this layer say which item of the plan they are."""
    return any(column.name == "plan_item" for column in SPECS[layer].columns)


def _is_item(layer: gpd.GeoDataFrame, item: PlanItem) -> pd.Series[bool]:
    """Whether each feature of the item's first layer is the item."""
    every = pd.Series(True, index=layer.index)
    if item.column:
        return layer[item.column].notna() if item.column in layer else ~every
    if _tells(item.layers[0]) and not item.whole:
        own = layer["plan_item"] == item.id
        return layer["kind"].isin(item.kinds) if item.kinds and not own.any() else own
    for column, values in item.where.items():
        every &= layer[column].isin(values) if column in layer else False
    return every
