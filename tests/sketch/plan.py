"""Set down the plan's projects that have a place. Their stage is what the plan itself tells: it lists them, no more."""

from __future__ import annotations

from typing import Any

import shapely
from shapely.geometry import Point

from tests.sketch.facts import boundary
from tests.sketch.frame import Place, at
from tests.sketch.roads import Street

# plan item, project, English, department, due, where: a name of a compound, a street, "boundary", "loop", "walkway" or a place
PROJECTS: tuple[tuple[str, str, str, str | None, str | None, str | Place, str | None], ...] = (
    ("B05", "红色步道", "Red walkway", None, "2021", "walkway", None),
    ("B06", "富水路步道氛围提升", "Fushui Road walkway refurbishment", None, "2021", "富水路", None),
    ("B10", "新一轮三年社区规划", "New three-year community plan", None, "2021", "boundary", None),
    ("B11", "上海市园林街道创建", "Garden subdistrict bid", None, "2021", "boundary", "2023 年 5 月新闻：创建成功"),
    ("B12", "2.5 公里夜跑环道", "2.5 km night-run loop", None, "2021", "loop", "走向未公布，示意"),
    ("B13", "香泉路改造", "Xiangquan Road works", None, "2021", "香泉路", None),
    ("B14", "真华路 295 弄停车管理试点", "Parking pilot, Lane 295 Zhenhua Road", None, "2021", "万里雅筑", "一处弱来源称 295 弄即万里雅筑，待核"),
    ("B15", "潮汐式停车（示意，商务楼）", "Tidal shared parking (sketch, offices)", None, "2021", (121.4078, 31.2687), "共享单位未公布，示意"),
    ("B15", "潮汐式停车（示意，商场）", "Tidal shared parking (sketch, shopping centre)", None, "2021", (121.3909, 31.2769), "共享单位未公布，示意"),
    ("B16", "真华路 36 弄非机动车、微仓、活动室试点", "Cycle parking, lockers and room pilot, Lane 36 Zhenhua Road", None, "2021", "真华路36弄",
     None),
    ("B17", "新泉路 66 弄地下空间与停车试点", "Underground space and parking pilot, Lane 66 Xinquan Road", None, "2021", (121.4126, 31.2637),
     "只示用途，不示构造"),
    ("C03", "高标准建设城运中心", "Urban operation centre", None, "2021", (121.4020, 31.2757), None),
    ("D02", "颐华美好生活单元", "Yihua good-life unit", None, "2021", (121.3960, 31.2777), "“颐华”所在未考定，位置示意"),
    ("D02", "中浩云美好生活单元", "Zhonghaoyun good-life unit", None, "2021", "中浩云花园", None),
    ("D13", "全民健身中心", "All-people fitness centre", None, None, (121.3936, 31.2780), "计划未写期限；选址示意"),
    ("E05", "生命通道集中攻坚（示意）", "Fire lane campaign (sketch)", None, "2021", "真华路157弄", "只示划线通道所在小区，示意"),
    ("E06", "智能安全充电桩", "Smart e-bike charging", None, "2021", "交暨小区", "计划范围为各居民区与沿街，数量未写；此处示一例"),
    ("F01", "张铃微型党史馆", "Zhang Ling micro party-history hall", None, "2021", (121.3975, 31.2744), "选址未公布"),
    ("F03", "党建楼组（近百栋，按居民区计数）", "Party-building blocks (nearly a hundred, counted by committee)", None, "2021", "boundary",
     "不示具体楼栋"),
    ("F04", "路域党建（示意：新村路）", "Road-based party building (sketch: Xincun Road)", None, "2021", "新村路", None),
    ("F07", "既有住宅加梯（示意 1）", "Lift retrofit 1 (sketch)", None, "2021", "香泉小区", "按小区示意，不到楼栋"),
    ("F07", "既有住宅加梯（示意 2）", "Lift retrofit 2 (sketch)", None, "2021", "万里一期", "按小区示意，不到楼栋"),
    ("A01", "三合一企业服务站", "Three-in-one business desk", None, "2021", (121.4078, 31.2690), None),
)
DONE = {"B11": "完成"}
EVIDENCE = "2021 年工作计划列入；计划未写进度，阶段按“立项”示意"


def projects(streets: list[Street], compounds: dict[str, Any], loop: Any, walkway: Any) -> list[tuple[dict[str, Any], Any]]:
    """The projects as rows with metric shapes."""
    found = []
    for number, (item, project, project_en, department, due, where, note) in enumerate(PROJECTS, 1):
        row = {"id": f"pp-{number:02d}", "name": project, "name_en": project_en, "project": project, "project_en": project_en,
               "department": department,
               "stage": DONE.get(item, "立项"), "due": due, "evidence": "2023 年 5 月新闻" if item in DONE else EVIDENCE, "plan_item": item,
               "status": "existing" if item in DONE else "planned", "note": note}
        found.append((row, _shape(where, streets, compounds, loop, walkway)))
    return found


def _shape(where: str | Place, streets: list[Street], compounds: dict[str, Any], loop: Any, walkway: Any) -> Any:
    if not isinstance(where, str):
        return at(*where)
    if where in ("boundary", "loop", "walkway"):
        return {"boundary": boundary(), "loop": loop, "walkway": walkway}[where]
    if where in compounds:
        return Point(compounds[where].representative_point())
    lines = [street.line.intersection(boundary().buffer(20)) for street in streets if street.name == where]
    return shapely.line_merge(shapely.unary_union(lines))
