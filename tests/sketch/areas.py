"""Draw the residents' committees and the operation grid: the street blocks, shared out among neighbouring compounds. Both are invented."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import shapely
from shapely.geometry import MultiPoint
from shapely.ops import polygonize

from tests.sketch.blocks import divided
from tests.sketch.facts import boundary
from tests.sketch.lanes import by_hand
from tests.sketch.roads import roads

# area name, English, its compounds: the second half of a list is the second grid cell
GROUPS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("真北", "Zhenbei", ("住宅组团 A1", "美墅", "住宅组团 A2")),
    ("武威", "Wuwei", ("住宅组团 A3", "住宅组团 A6", "大华颐和华城")),
    ("横港", "Heng Gang", ("住宅组团 A4", "住宅组团 A5")),
    ("金华", "Jinhua", ("金华苑", "凯旋华庭")),
    ("富水", "Fushui", ("大华愉景华庭", "住宅组团 A11")),
    ("万泉", "Wanquan", ("万里晶品苑", "真南路205弄", "中骏天誉")),
    ("水泉", "Shuiquan", ("万里真欣园", "达安春之声")),
    ("富平西", "Fuping West", ("住宅组团 A8", "万里雅筑")),
    ("真金北", "Zhenjin North", ("万里城(一期)", "凯旋花园", "万里一期")),
    ("真华北", "Zhenhua North", ("中鹰黑森林", "住宅组团 A7")),
    ("真金南", "Zhenjin South", ("万里真金苑", "万里名轩")),
    ("富平东", "Fuping East", ("巴黎之春", "住宅组团 A12", "万里双子座", "真华路157弄")),
    ("新村", "Xincun", ("真华路336弄小区", "铂金华府", "中环锦园")),
    ("真华南", "Zhenhua South", ("住宅组团 A13", "香泉小区", "万里大楼", "真华欣苑", "真华路36弄", "交通路3193弄")),
    ("香泉", "Xiangquan", ("住宅组团 A10", "中环家园")),
    ("新泉", "Xinquan", ("中浩云花园", "中环花苑", "万里欣苑")),
    ("交暨", "Jiaoji", ("交暨小区", "快乐家园", "交暨路65弄小区")),
    ("灵石", "Lingshi", ("东旺雍景苑", "住宅组团 A9", "岚灵小区", "交暨路159弄", "鑫都佳园")),
)


@dataclass(frozen=True)
class Committee:
    code: str
    name: str
    name_en: str
    area: Any
    grid: tuple[Any, ...]


def committee_of(compound: str) -> str:
    """The id of the committee a compound belongs to."""
    return next(f"cm-{number:02d}" for number, (_, _, names) in enumerate(GROUPS, 1) if compound in names)


@cache
def _land() -> dict[str, Any]:
    """All land within the boundary by compound: each street block goes to the compounds in it, or else to the nearest one."""
    cells = [cell for cell in divided()[0] if cell.lived_in]
    lines = [boundary().exterior, *(street.line for street in roads()), *(lane.line for lane in by_hand())]
    faces = [face for face in polygonize(shapely.unary_union(lines)) if boundary().contains(face.representative_point())]
    shares: dict[str, list[Any]] = {cell.name: [] for cell in cells}
    for face in faces:
        here = [cell for cell in cells if face.contains(cell.area.representative_point())]
        if len(here) < 2:
            owner = here[0] if here else min(cells, key=lambda cell: cell.area.distance(face.representative_point()))
            shares[owner.name].append(face)
            continue
        parts = shapely.get_parts(shapely.voronoi_polygons(MultiPoint([cell.seat for cell in here]), extend_to=face))
        for cell in here:
            shares[cell.name].append(next(part for part in parts if part.covers(cell.seat)).intersection(face))
    return {name: shapely.unary_union(parts) for name, parts in shares.items()}


def committees() -> list[Committee]:
    land = _land()
    found = []
    for number, (name, name_en, names) in enumerate(GROUPS, 1):
        half = (len(names) + 1) // 2
        grid = tuple(_whole([land[one] for one in part]) for part in (names[:half], names[half:]) if part)
        found.append(Committee(f"cm-{number:02d}", f"示意居民区 {number} · {name}", f"Sketched committee {number} · {name_en}", _whole(grid), grid))
    return found


def _whole(parts: Iterable[Any]) -> Any:
    """Several areas as one, without the slivers between them."""
    return shapely.unary_union(list(parts)).buffer(0.4, join_style="mitre").buffer(-0.4, join_style="mitre")
