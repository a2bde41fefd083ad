"""A document that has something of everything, as a composer would give it to a writer."""

from __future__ import annotations

from wanli_geo.report import palette
from wanli_geo.report.document import Column, Document, Figure, Figures, Items, Picture, Section, Table, Text, Tint

GAP = Tint(palette.gap_shades()[2].color, palette.INK)
COVERED = Tint(palette.COVERED, palette.COVERED_INK)
UNKNOWN = Tint(palette.UNKNOWN, palette.UNKNOWN_INK, hatched=True)

COMPOUNDS = ("中环花苑", "大华水韵华庭", "颐华苑", "中浩云花园", "万里雅筑", "凯旋华庭", "愉景华庭", "品尊国际")
CLAUSES = ("社区食堂", "卫生服务站", "老年人日间照料", "幼儿园", "菜市场")


def drawn(width_mm: float, height_mm: float) -> str:
    """A picture of that size: a circle, a line and a word."""
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{width_mm}mm" height="{height_mm}mm" viewBox="0 0 {width_mm} {height_mm}">'
            f'<rect width="{width_mm}" height="{height_mm}" fill="#f6f3ec"/><circle cx="40" cy="40" r="30" fill="#f2a05c"/>'
            f'<path d="M0 0 L{width_mm} {height_mm}" stroke="#1f6fb2"/></svg>')


def matrix() -> Table:
    shares = [[((7 * row + 3 * column) % 11) / 10 for column in range(5)] for row in range(8)]
    rows = tuple((name, *(None if row == 3 and column == 2 else shares[row][column] for column in range(5)))
                 for row, name in enumerate(COMPOUNDS))
    tints = {(row, column + 1): UNKNOWN if rows[row][column + 1] is None else COVERED if shares[row][column] > 0.5 else GAP
             for row in range(8) for column in range(5)}
    return Table("达标矩阵", "各小区走得到各类设施的居民比例", (Column("小区", weight=2), *(Column(name, "share") for name in CLAUSES)), rows, tints,
                 note="斜纹：该类设施没有查全。")


def gaps(rows: int = 60) -> Table:
    columns = (Column("次序", "count", 0.6), Column("小区", weight=2), Column("条款", weight=2), Column("缺口居民", "count"),
               Column("最近一处（米）", "metres"), Column("步行（分钟）", "minutes"), Column("占比", "share"), Column("人均面积（平方米）", "number"),
               Column("经度", "degrees"), Column("临界", "text", 0.6), Column("原因", weight=2))
    return Table("缺口清单", "缺口清单（按涉及居民排序）", columns, tuple(
        (n + 1, COMPOUNDS[n % 8], CLAUSES[n % 5], 1_234.0 - 17 * n, None if n % 7 == 0 else 512.4 + 10 * n, (512.4 + 10 * n) / 60, 1 / (n + 1),
         0.1234 * n, 121.3912345 + n / 1_000, n % 3 == 0, "最近的门在另一侧，需要绕行到富平路，比直线多走三百多米" if n % 5 == 0 else "太远")
        for n in range(rows)), shown=20, note="只列应配条款。")


def paper() -> Document:
    figures = Figures((Figure("居民", "60,000 人", "按房屋推算"), Figure("应配条款全部覆盖", "27,700 人", "46.2%", "good"),
                       Figure("至少一条缺口", "24,100 人", "40.2%", "gap"), Figure("有未知", "8,200 人", "13.6%", "unknown")))
    return Document(
        kind="report", lang="zh", title="万里街道十五分钟社区生活圈评估报告", subtitle="按《社区生活圈规划技术指南》逐条评估",
        place="上海市普陀区万里街道", date="2026年11月24日", sketch=True,
        sections=(
            Section("结论", (figures, Text("全街道 22 个小区中，9 个小区应配条款全部覆盖；缺口主要在西北部，社区食堂和菜市场最多。"),
                             Text("幼儿园没有查全：未知不是缺口，也不是覆盖。", "unknown"),
                             Items(("先补社区食堂：涉及 8,900 人，中环花苑一处即可减半。", "再开颐华苑北门：1,240 人少走 300 米。")))),
            Section("达标矩阵", (matrix(),), page=True, wide=True),
            Section("社区食堂", (Text("走路 500 米以内有社区食堂的居民占 61.3%。"), Picture("社区食堂覆盖图", "西北部四个小区走不到社区食堂", drawn),
                                 Text("西北部缺口 8,900 人。", "gap")), page=True),
            Section("缺口清单", (gaps(),), page=True),
        ),
        about=(
            Section("方法", (Text("从每户经可用的小区门沿路网走到设施真实入口，不画圆。"), Items(("d ≤ R 为覆盖", "走出资料范围的为未知")))),
            Section("资料来源", (Table("来源", "资料来源", (Column("图层"), Column("日期"), Column("精度"), Column("许可", weight=2)), (
                ("streets 道路", "2026-11", "示意", "CC0"), ("facilities 设施", "2026-10", "官方", "政府公开信息")), note="原件见工作区。"),)),
            Section("注意", (Items(("居民数为推算。", "条款 3.2.1 未核实。")),)),
        ),
        attribution="© 万里街道；示意数据 CC0", run_ids=("a1b2c3d4e5f6", "0f9e8d7c6b5a"))
