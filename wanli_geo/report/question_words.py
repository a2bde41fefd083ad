"""Every question as a planner would ask it: one line in each language, its parameters in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wanli_geo.answer import Answer
from wanli_geo.report import say
from wanli_geo.report.audit_words import measure
from wanli_geo.report.carto.works import streets_named
from wanli_geo.report.table_words import word
from wanli_geo.report.tables import Tongue
from wanli_geo.workspace.kinds import KINDS
from wanli_geo.workspace.people import GROUPS

_DAYS = {"Mo": ("周一", "Monday"), "Tu": ("周二", "Tuesday"), "We": ("周三", "Wednesday"), "Th": ("周四", "Thursday"), "Fr": ("周五", "Friday"),
         "Sa": ("周六", "Saturday"), "Su": ("周日", "Sunday"), "PH": ("节假日", "public holiday")}
_OF = {"number": ("处数", "number"), "area_m2": ("面积", "area"), "capacity": ("规模", "capacity"), "people": ("居民", "residents")}


def question(answer: Answer, tongue: Tongue) -> str:
    """Say what was asked, as a heading."""
    told = _TITLES.get(answer.question)
    return told(answer, tongue) if told is not None else answer.question


def circumstances(answer: Answer, tongue: Tongue) -> str:
    """Say of whom and when: the group of people, the walker with the speed, the hour; what the question has of these."""
    params = answer.params
    parts = []
    if params.get("people", "all") != "all":
        parts.append(_group(str(params["people"]), tongue))
    if "profile" in params and "speed_m_s" in params:
        walker = word(str(params["profile"]), tongue.lang)
        parts.append(tongue.pick(f"{walker} {params['speed_m_s']:g} 米/秒", f"{walker}, {params['speed_m_s']:g} m/s"))
    if params.get("step_free"):
        parts.append(tongue.pick("不走台阶", "without steps"))
    if "day" in params and "minute" in params:
        hour, minute = divmod(int(params["minute"]), 60)
        parts.append(f"{tongue.pick(*_DAYS[str(params['day'])])} {hour:02d}:{minute:02d}")
    return " · ".join(parts)


def _group(code: str, tongue: Tongue) -> str:
    if code not in GROUPS:
        return tongue.pick("年龄不详", "age not stated") if code == "unstated" else code
    return tongue.pick(*GROUPS[code][:2])


def kind_name(code: object, tongue: Tongue) -> str:
    one = KINDS.get(str(code))
    return tongue.pick(one.zh, one.en.lower()) if one else str(code)


def reach(text: str, tongue: Tongue) -> str:
    """“500m” or “10min” as one reads it."""
    return measure(text, tongue.lang)


def _coverage(answer: Answer, tongue: Tongue) -> str:
    within = next(fact for fact in answer.facts if fact.key == "people_covered")
    code = str(answer.params.get("people", "all"))
    who_zh, who_en = ("", "") if code == "all" else (f" {GROUPS[code][0]}", f" {GROUPS[code][1]}")
    return tongue.pick(f"{within.zh}的{who_zh}居民", f"Residents{who_en} {within.en[:1].lower()}{within.en[1:]}")


def _gaps(answer: Answer, tongue: Tongue) -> str:
    kind, within = kind_name(answer.params["kind"], tongue), reach(str(answer.params["within"]), tongue)
    return tongue.pick(f"步行 {within}内没有{kind}的小区", f"Compounds without a {kind} within a {within} walk")


def _by_age(answer: Answer, tongue: Tongue) -> str:
    kind, within = kind_name(answer.params["kind"], tongue), reach(str(answer.params["within"]), tongue)
    return tongue.pick(f"各年龄段按自己的步速，{within}内走得到{kind}的居民",
                       f"Residents of each age within {within} of a {kind}, at their own speed")


def _bands(answer: Answer) -> list[str]:
    return [str(band) for band in answer.params["bands"]]


def _isochrone(answer: Answer, tongue: Tongue) -> str:
    bands = tongue.join([reach(band, tongue) for band in _bands(answer)])
    where = f"{answer.params['lon']:.5f}, {answer.params['lat']:.5f}"
    return tongue.pick(f"从 {where} 步行 {bands}到得了哪里", f"Where a walk of {bands} leads from {where}")


def _isochrones(answer: Answer, tongue: Tongue) -> str:
    bands, count = tongue.join([reach(band, tongue) for band in _bands(answer)]), len(answer.params["origins"])
    return tongue.pick(f"从 {count} 处步行 {bands}到得了哪里", f"Where a walk of {bands} leads from {count} places")


def _walk(answer: Answer, tongue: Tongue) -> str:
    start = tongue.compound(str(answer.params["unit"]))
    target = next(fact for fact in answer.facts if fact.key == "walk_m")
    return tongue.pick(f"从{start}{target.zh}怎么走", f"The walk from {start} {target.en[:1].lower()}{target.en[1:]}")


def _nearest(answer: Answer, tongue: Tongue) -> str:
    kinds = tongue.join([kind_name(code, tongue) for code in answer.params["kinds"]])
    count = answer.params["k"]
    if "lon" in answer.params:
        where = f"{answer.params['lon']:.5f}, {answer.params['lat']:.5f}"
        return tongue.pick(f"离 {where} 最近的 {count} 处{kinds}", f"The nearest {count} to {where}: {kinds}")
    return tongue.pick(f"离每个小区最近的 {count} 处{kinds}", f"The nearest {count} to every compound: {kinds}")


def _opportunities(answer: Answer, tongue: Tongue) -> str:
    within = tongue.join([reach(str(text), tongue) for text in answer.params["within"]])
    if answer.params["of"] == "people":
        return tongue.pick(f"步行 {within}内有多少居民", f"How many residents live within a walk of {within}")
    kind, of = kind_name(answer.params["kind"], tongue), tongue.pick(*_OF[str(answer.params["of"])])
    return tongue.pick(f"步行 {within}内有多少{kind}（{of}）", f"How much lies within a walk of {within}: {kind} ({of})")


def _catchments(answer: Answer, tongue: Tongue) -> str:
    kind, within = kind_name(answer.params["kind"], tongue), reach(str(answer.params["within"]), tongue)
    method, of = str(answer.params["method"]).upper(), tongue.pick(*_OF[str(answer.params["of"])])
    return tongue.pick(f"每千名居民分到多少{kind}（{of}，{within}内，{method}）",
                       f"What falls to a thousand residents: {kind} ({of}, within {within}, {method})")


def _equity(answer: Answer, tongue: Tongue) -> str:
    kind = kind_name(answer.params["kind"], tongue)
    return tongue.pick(f"走到最近的{kind}，远近公不公平", f"How evenly the walk to the nearest {kind} falls")


def _clause(answer: Answer, tongue: Tongue) -> str:
    """“社区食堂：300 米（gb50180/5-CANTEEN，未核实）”."""
    params = answer.params
    kinds, marks = tongue.join([kind_name(code, tongue) for code in params["kinds"]]), [str(params["clause"])]
    if params["basis"] == "tier":
        marks.append(tongue.pick("层级默认", "tier default"))
    if not params["verified"]:
        marks.append(tongue.pick("未核实", "not verified"))
    told = f"{kinds[:1].upper()}{kinds[1:]}", reach(str(params["measure"]), tongue)
    return tongue.pick(f"{'：'.join(told)}（{'，'.join(marks)}）", f"{': '.join(told)} ({', '.join(marks)})")


def _sheet(answer: Answer, tongue: Tongue) -> str:
    name = tongue.name(say.named(answer.params["name"], answer.params["unit"]))
    return tongue.pick(f"{name}：逐条对标", f"{name}, clause by clause")


def _fixed(zh: str, en: str) -> Callable[[Answer, Tongue], str]:
    return lambda answer, tongue: tongue.pick(zh, en)


def _green(answer: Answer, tongue: Tongue) -> str:
    green, park, water = (f"{answer.params[key]:g}" for key in ("green_m", "park_m", "water_m"))
    return tongue.pick(f"{green} 米见绿、{park} 米见园、{water} 米到水边",
                       f"A green within {green} m, a park within {park} m, the water within {water} m")


def _night_run(answer: Answer, tongue: Tongue) -> str:
    target = f"{answer.params['target_m']:,g}"
    return tongue.pick(f"夜跑环道体检：真有 {target} 米吗，亮不亮", f"Audit of the night run: is it {target} m, and lit")


def _marks(answer: Answer, tongue: Tongue) -> str:
    name = tongue.pick(*{"night_run": ("夜跑环道", "the night run"), "red_walkway": ("红色步道", "the red walkway")}[str(answer.params["layer"])])
    every = f"{answer.params['every_m']:g}"
    return tongue.pick(f"{name}的里程标：每 {every} 米", f"Distance marks of {name}, every {every} m")


def _works(answer: Answer, tongue: Tongue) -> str:
    names = streets_named(answer.features["closed"], tongue.lang)
    return tongue.pick(f"封闭{names}，谁要绕行", f"Who detours with {names} closed")


def _loops(answer: Answer, tongue: Tongue) -> str:
    length = f"{answer.params['length_m']:g}"
    return tongue.pick(f"{length} 米跑步环线", f"Loops of {length} m to run")


_TITLES: dict[str, Callable[[Any, Tongue], str]] = {
    "coverage": _coverage, "gaps": _gaps, "by_age": _by_age, "isochrone": _isochrone, "isochrones": _isochrones, "walk": _walk,
    "nearest": _nearest, "opportunities": _opportunities, "catchments": _catchments, "equity": _equity, "clause": _clause, "sheet": _sheet,
    "green": _green, "audit": _fixed("生活圈达标体检", "Audit of the life circle"),
    "ledger": _fixed("逐楼逐条台账", "The ledger, house by house"),
    "topology": _fixed("路网连不连得通", "Whether the network hangs together"),
    "night_run": _night_run, "marks": _marks,
    "loops": _loops,
    "blue_net": lambda answer, tongue: tongue.pick("水边走得通吗：岸线、断点和亲水点", "Can one walk along the water: banks, breaks, access"),
    "structure": lambda answer, tongue: tongue.pick("一路一水两家园：画了什么，哪些待确认",
                                                   "One road, one water, two homes: what is drawn, what is unconfirmed"),
    "plan": _fixed("工作计划各条目在哪里", "Where each item of the plan is"),
    "red_walkway": _fixed("红色步道体检：连不连续、好不好走、故事讲全没有", "Audit of the red walkway: unbroken, easy to walk, its story complete"),
    "signs": _fixed("标识牌的分钟数准不准，哪些岔口缺牌", "Are the minutes on signs right, which corners lack a sign"),
    "works": _works,
    "green_links": _fixed("绿脉连不连得上，先补哪里", "Do the green veins join, and what to join first"),
}
