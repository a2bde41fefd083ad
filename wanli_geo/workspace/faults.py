"""Every fault a check can find: its severity, its sentence and the way out, in both languages. Sentences stand here and nowhere else."""

from __future__ import annotations

import re
from typing import Any

from wanli_geo.workspace.findings import Finding, Severity

_Row = tuple[Severity, str, str, str, str]  # severity, Chinese, English, fix in Chinese, fix in English

_EXPORT = ("请从原软件重新导出为 GeoJSON。", "Export it again as GeoJSON from where it was made.")
_MEND_SHAPE = ("请在 QGIS 里修复这个要素的几何。", "Mend this feature's geometry in QGIS.")
_WGS84 = ("请转换为 WGS84 经纬度后再导出。", "Convert it to WGS84 longitude and latitude and export again.")

FAULTS: dict[str, _Row] = {
    # the file as a whole
    "unreadable": ("error", "“{file}”不是可读的文件：可能是文件夹、管道、断开的链接，或没有权限。",
                   "“{file}” is no file that can be read: a folder, a pipe, a dead link, or not permitted.",
                   "请换成普通文件，或删去它。", "Put a plain file there, or delete it."),
    "empty_file": ("error", "文件是空的。", "The file is empty.", *_EXPORT),
    "bom": ("warning", "文件开头有 BOM 标记。", "The file begins with a byte-order mark.",
            "可照常读取；另存为“UTF-8（无 BOM）”即可去掉。", "It was read all the same; save it as “UTF-8 without BOM” to be rid of it."),
    "gbk": ("error", "文件是 GBK 编码，不是 UTF-8。", "The file is encoded in GBK, not in UTF-8.",
            "请用记事本打开，“另存为”时编码选 UTF-8。", "Open it in a text editor and save it with the encoding UTF-8."),
    "utf16": ("error", "文件是 UTF-16 编码，不是 UTF-8。", "The file is encoded in UTF-16, not in UTF-8.",
              "请用记事本打开，“另存为”时编码选 UTF-8。", "Open it in a text editor and save it with the encoding UTF-8."),
    "not_utf8": ("error", "第 {line} 行（第 {byte} 字节）不是 UTF-8 文字。", "Line {line} (byte {byte}) is no UTF-8 text.", *_EXPORT),
    "truncated": ("error", "文件在第 {line} 行（第 {byte} 字节）处中断，后面的内容缺失。",
                  "The file breaks off at line {line} (byte {byte}); the rest is missing.",
                  "请重新下载或重新导出。", "Download or export it again."),
    "not_json": ("error", "第 {line} 行第 {place} 列（第 {byte} 字节）不是合法的 JSON：“{near}”。",
                 "Line {line}, column {place} (byte {byte}) is not valid JSON: “{near}”.", *_EXPORT),
    "too_deep": ("error", "文件的括号嵌套太深，不是正常的 GeoJSON。", "The file is nested too deeply to be GeoJSON.", *_EXPORT),
    "not_collection": ("error", "文件不是 FeatureCollection，而是“{found}”。", "The file is no FeatureCollection but “{found}”.",
                       "请导出为含 type 和 features 的要素集合。", "Export it as a collection with the members type and features."),
    "foreign_crs": ("error", "文件注明的坐标系是“{crs}”，不是 WGS84。", "The file states the CRS “{crs}”, which is not WGS84.", *_WGS84),
    # one feature
    "duplicate_key": ("error", "“{key}”写了两次。", "“{key}” is written twice.", "请只保留一个。", "Keep only one of them."),
    "not_feature": ("error", "不是要素（Feature），而是“{found}”。", "This is no Feature but “{found}”.", *_EXPORT),
    "not_properties": ("error", "properties 不是属性表，而是“{found}”。", "The properties are no object but “{found}”.", *_EXPORT),
    "bad_text": ("error", "文字里有不成对的 \\u 转义。", "A text holds half of a \\u surrogate pair.",
                 "请删去乱码字符。", "Delete the broken character."),
    "control_signs": ("warning", "“{column}”列有 {count} 个值带有看不见的控制字符，已舍去。",
                      "{count} value(s) of “{column}” held invisible control characters; they were dropped.",
                      "请重新录入这些文字。", "Type these texts again."),
    "control_id": ("error", "编号“{key}”里有看不见的控制字符。", "The id “{key}” holds invisible control characters.",
                   "请用字母、数字和短横线写编号。", "Write ids with letters, digits and hyphens."),
    "missing_id": ("error", "没有编号 id。", "The id is missing.", "请给要素一个唯一的文字编号。", "Give the feature a text id of its own."),
    "id_not_text": ("error", "编号 id 不是文字，而是 {found}。", "The id is not a text but {found}.",
                    "请加上引号，例如 \"{found}\"。", "Put it in quotes, for instance \"{found}\"."),
    "two_ids": ("error", "要素的编号“{outer}”与属性里的编号“{inner}”不同。",
                "The feature's id “{outer}” and the id “{inner}” among its properties differ.",
                "请删去属性里的 id。", "Delete the id among the properties."),
    "duplicate_id": ("error", "编号“{key}”已被第 {first} 个要素使用。", "The id “{key}” is taken by feature {first}.",
                     "请改成不同的编号。", "Give it another id."),
    # geometry
    "no_geometry": ("error", "没有几何。", "There is no geometry.", "请画出要素，或删去这一行。", "Draw the feature, or delete it."),
    "empty_geometry": ("error", "几何是空的。", "The geometry is empty.", "请画出要素，或删去这一行。", "Draw the feature, or delete it."),
    "wrong_geometry": ("error", "几何类型“{found}”不适用于本图层，应为 {allowed}。",
                       "The geometry type “{found}” does not fit this layer; it takes {allowed}.",
                       "请放到合适的图层，或拆分、转换几何。", "Move it to the right layer, or split or convert the geometry."),
    "nested_wrongly": ("error", "坐标的括号层次不符合 {type}。", "The coordinates are not nested as a {type} needs.", *_EXPORT),
    "short_position": ("error", "有的坐标不足两个数。", "A position has fewer than two numbers.", *_EXPORT),
    "text_coordinate": ("error", "坐标里有不是数的值“{found}”。", "A coordinate is not a number: “{found}”.",
                        "请去掉坐标的引号。", "Take the quotes off the coordinates."),
    "not_finite_coordinate": ("error", "坐标是 NaN 或无穷大。", "A coordinate is NaN or infinite.", *_EXPORT),
    "short_line": ("error", "线不足两个点。", "A line has fewer than two points.", *_MEND_SHAPE),
    "short_ring": ("error", "面的边界不足四个点。", "A ring has fewer than four points.", *_MEND_SHAPE),
    "unclosed_ring": ("error", "面的边界没有闭合：起点 {start}，终点 {end}。", "A ring is not closed: it begins at {start} and ends at {end}.",
                      "请让末点与起点相同。", "Let the last point be the first again."),
    "metres": ("error", "坐标 {at} 是以米计的投影坐标，不是经纬度。", "The position {at} is in metres, not in degrees.", *_WGS84),
    "swapped": ("error", "坐标 {at} 的经度和纬度写反了。", "The position {at} has longitude and latitude swapped.",
                "请把经度写在前、纬度写在后。", "Write longitude first, then latitude."),
    "out_of_range": ("error", "坐标 {at} 超出经纬度范围。", "The position {at} is outside the range of longitude and latitude.", *_WGS84),
    "self_crossing": ("error", "面的边界在 {at} 处自相交。", "The polygon crosses or touches itself at {at}.", *_MEND_SHAPE),
    "invalid_polygon": ("error", "面在 {at} 处不合法（{why}）。", "The polygon is not valid at {at} ({why}).", *_MEND_SHAPE),
    "zero_length": ("error", "线的长度为零，位于 {at}。", "The line has no length, at {at}.", "请删去这条线。", "Delete this line."),
    "three_d": ("warning", "{count} 个要素带有高程，已舍去。", "{count} feature(s) have heights; they were dropped.",
                "不必处理；导出二维几何即可去掉。", "Nothing need be done; export two dimensions to be rid of it."),
    # attributes
    "missing_column": ("error", "缺少必填列“{name}”（{column}）。", "The required column “{column}” ({name}) is missing.",
                       "请补上这一列。", "Add the column."),
    "missing_value": ("error", "必填的“{name}”（{column}）是空的。", "The required “{column}” ({name}) is empty.", "请填写。", "Fill it in."),
    "wrong_type": ("error", "“{name}”（{column}）的值“{value}”不是{wanted}。", "The value “{value}” of “{column}” ({name}) is not {wanted_en}.",
                   "请改正。", "Correct it."),
    "not_finite": ("error", "“{column}”的值是 NaN 或无穷大。", "The value of “{column}” is NaN or infinite.",
                   "不知道的值请留空。", "Leave out what is not known."),
    "not_whole": ("error", "“{name}”（{column}）的值 {value} 不是整数。", "The value {value} of “{column}” ({name}) is not a whole number.",
                  "请改成整数。", "Make it a whole number."),
    "number_range": ("error", "“{name}”（{column}）的值 {value} 超出允许范围 {range}。",
                     "The value {value} of “{column}” ({name}) is outside {range}.",
                     "请核对数值和单位。", "Check the value and its unit."),
    "bad_choice": ("error", "“{name}”（{column}）不能填“{value}”。", "“{value}” is no choice for “{column}” ({name}).",
                   "可填：{near}。", "Choose: {near}."),
    "bad_date": ("error", "“{name}”（{column}）的日期“{value}”读不懂。", "The date “{value}” of “{column}” ({name}) cannot be read.",
                 "请写成 2021、2021-06 或 2021-06-30。", "Write 2021, 2021-06 or 2021-06-30."),
    "bad_hours": ("error", "“{name}”（{column}）的时间“{value}”读不懂。", "The hours “{value}” of “{column}” ({name}) cannot be read.",
                  "请写成“Mo-Fr 08:00-17:00; Sa 09:00-12:00; PH off”或“24/7”。", "Write “Mo-Fr 08:00-17:00; Sa 09:00-12:00; PH off” or “24/7”."),
    "bad_list": ("error", "“{name}”（{column}）的列表里只能有文字和数。", "The list “{column}” ({name}) may hold texts and numbers only.",
                 "请去掉别的值。", "Take other values out."),
    "unknown_column": ("warning", "本图层没有“{column}”这一列，已原样保留。", "This layer has no column “{column}”; it was kept as it is.",
                       "{near_zh}", "{near_en}"),
    "reserved_column": ("warning", "属性“{column}”与几何列同名，已舍去。",
                        "The property “{column}” has the name of the geometry column; it was dropped.",
                        "请改名。", "Rename it."),
    "too_many_columns": ("warning", "有 {count} 个本图层没有的列，已全部舍去。",
                         "There are {count} columns this layer does not have; all were dropped.",
                         "请只导出需要的列。", "Export only the columns needed."),
    "nested_value": ("error", "“{column}”的值嵌套太深。", "The value of “{column}” is nested too deeply.", "请简化。", "Make it simpler."),
    # the workspace
    "catalogue_missing": ("error", "文件夹里没有 catalogue.json，不是工作区。", "The folder has no catalogue.json, so it is no workspace.",
                          "请用 wanli-geo import 新建，或补上这个文件。", "Make one with `wanli-geo import`, or add the file."),
    "catalogue_bad": ("error", "catalogue.json 的“{place}”不对：{why}。", "“{place}” in catalogue.json is wrong: {why}.",
                      "请改正；在此之前量不了任何距离。", "Correct it; until then nothing can be measured."),
    "unfit_crs": ("error", "metric_crs（{crs}）不适合这个地方：面积偏差超过 1%，量出的距离不可信。",
                  "metric_crs ({crs}) does not fit this place: areas are off by more than 1 %, so distances cannot be trusted.",
                  "请换成当地的米制投影坐标系；万里用 EPSG:4549。", "Take a projected CRS in metres for this place; for Wanli EPSG:4549."),
    "unknown_file": ("warning", "“{file}”不属于任何图层，未读取。", "“{file}” belongs to no layer; it was not read.",
                     "图层文件名须为：图层名.geojson。", "A layer's file is called after the layer: name.geojson."),
    "plan_bad": ("error", "第 {line} 行（{place}）：{wanted}。", "Line {line} ({place}): {wanted_en}.",
                 "请对照自带的 layers/plan_items.toml 改正。", "Correct it after the bundled layers/plan_items.toml."),
    "unknown_source": ("warning", "catalogue.json 里有未知图层“{name}”的来源。", "catalogue.json gives a source for the unknown layer “{name}”.",
                       "请删去或改正图层名。", "Delete it or correct the name."),
    "no_source": ("warning", "catalogue.json 没有写明这个图层的来源、日期和许可。",
                  "catalogue.json does not say the source, date and licence of this layer.",
                  "请在 layers 下补上。", "Add them under `layers`."),
    "other_accuracy": ("warning", "{count} 个要素的精度与 catalogue.json 所写的“{stated}”不同。",
                       "{count} feature(s) have another accuracy than the “{stated}” of catalogue.json.",
                       "请核对哪个是对的。", "See which is right."),
    # between layers
    "far_away": ("warning", "位于 {at}，离工作区范围 50 千米以上。", "It lies at {at}, more than 50 km from the workspace's extent.",
                 "请核对坐标和坐标系。", "Check the coordinates and their datum."),
    "outside_extent": ("warning", "位于道路资料完整的范围之外，到那里的步行算不准。",
                       "It lies outside the area where the streets are complete, so walks to it are uncertain.",
                       "请核对位置，或扩大道路资料和 extent。", "Check its place, or extend the streets and the extent."),
    "no_such_feature": ("error", "“{name}”（{column}）指向的“{key}”不在图层 {layers} 里。",
                        "“{key}”, which “{column}” ({name}) points to, is not in {layers}.",
                        "请改成现有的编号。", "Use an id that exists."),
    "kept_elsewhere": ("warning", "“{value}”类按图层 {layers} 计，写在设施里的不算。",
                       "Features of kind “{value}” are those of the layer {layers}; one among the facilities is not counted.",
                       "请移到该图层，或改正类别（kind）。", "Move it to that layer, or correct its kind."),
    "no_such_layer": ("warning", "“{name}”（{column}）指向的图层 {layers} 没有要素。",
                      "The layer {layers}, which “{column}” ({name}) points to, has no features.",
                      "请补上该图层，或清空这一列。", "Add the layer, or empty the column."),
    "gate_off_edge": ("warning", "出入口离小区“{key}”的边界 {metres} 米。", "The gate is {metres} m from the edge of its compound “{key}”.",
                      "请移到边界上。", "Move it onto the edge."),
    "gate_far": ("error", "出入口离小区“{key}”的边界 {metres} 米，多半属于别的小区。",
                 "The gate is {metres} m from the edge of its compound “{key}”, and likely belongs to another.",
                 "请改正 compound_id 或位置。", "Correct its compound_id or its place."),
    "no_gate": ("warning", "小区没有出入口，也没有注明不设围墙；居民只能按直线走到最近的路计算。",
                "This compound has no gate and is not said to be open; its residents are taken straight to the nearest street.",
                "请补画出入口；没有围墙的，请把“有围墙”（walled）填为否。", "Draw its gates; where there is no wall, say so in “walled”."),
    "street_through": ("warning", "公共道路穿过有围墙的小区“{key}”，里面有 {metres} 米，外人就会从中穿行。",
                       "This public street runs {metres} m through the walled compound “{key}”, so everybody walks through it.",
                       "小区内部的路请把“通行”（access）填为 residents；确为公共道路的，请修改小区边界。",
                       "Say “residents” in its access where it is a path of the compound; where it is truly public, mend the compound's edge."),
    "ages_differ": ("warning", "各年龄段合计 {ages} 人，居民数却是 {residents} 人。",
                    "The age groups add up to {ages}, but the residents are {residents}.", "请核对人数。", "Check the counts."),
    "homes_differ": ("warning", "各住宅楼合计 {homes} 人，小区却是 {residents} 人。",
                     "Its homes add up to {homes} residents, but the compound has {residents}.", "请核对人数。", "Check the counts."),
    "overlap": ("warning", "与小区“{key}”重叠 {share}%。", "It overlaps the compound “{key}” by {share}%.", "请修改边界。", "Mend the edges."),
    "in_water": ("warning", "位于水体“{key}”之中。", "It lies in the water “{key}”.", "请核对位置。", "Check its place."),
    "crossing_unjoined": ("warning", "与道路“{key}”在 {at} 处相交，却没有共同的点；{done}。",
                          "It crosses the street “{key}” at {at} without a shared point; {done_en}.",
                          "若相通，请在交点处给两条路都加上点；若是立交，请填写层（level）。",
                          "Give both streets a point there; where one passes above the other, fill in the level."),
    "near_miss": ("warning", "端点 {at} 离道路“{key}”只有 {metres} 米，却没有相接；{done}。",
                  "Its end at {at} is only {metres} m from the street “{key}” but does not meet it; {done_en}.",
                  "若相通，请把端点画到那条路上；若不通，请移开 2 米以上，或画出中间的围墙、水面。",
                  "Draw the end onto that street; where one cannot walk through, move it 2 m away or draw what lies between."),
    "twice_drawn": ("warning", "与道路“{key}”完全相同。", "It is the same line as the street “{key}”.", "请删去一条。", "Delete one of them."),
    "crosses_itself": ("warning", "在 {at} 处与自己交叉，交叉处没有顶点；{done}。", "It crosses itself at {at} without a vertex there; {done_en}.",
                       "若那里是路口，请加一个顶点；若是立交，请拆成两条路并填写层（level）。",
                       "If it is a corner there, add a vertex; where it passes above itself, cut it in two and fill in the level."),
    "open_loop": ("error", "夜跑环道在 {at} 处没有闭合。", "The night-run loop is open at {at}.", "请首尾相接。", "Let it end where it begins."),
    # a planner's file: its columns and values
    "two_headings": ("warning", "“{heading}”和“{first}”说的都是“{column}”，只用了“{first}”。",
                     "“{heading}” and “{first}” both mean “{column}”; only “{first}” was used.",
                     "用错了的话，请指定每个表头对应哪一列。", "If that is the wrong one, say which column each heading is."),
    "near_heading": ("warning", "表头“{heading}”按“{name}”（{column}）读取。", "The heading “{heading}” was read as “{column}” ({name}).",
                     "读错了的话，请改正表头或指定对应的列。", "If that is wrong, correct the heading or say its column."),
    "said_no_column": ("error", "表头“{heading}”指定为“{column}”，本图层没有这一列。",
                       "The heading “{heading}” was said to be “{column}”, which this layer does not have.",
                       "请改成本图层的列名；相近的有：{near}。", "Use a column of the layer; near it: {near}."),
    "number_span": ("error", "“{name}”（{column}）的值“{value}”是一个范围，不是一个数。",
                    "The value “{value}” of “{column}” ({name}) is a range, not a number.", "请填一个数。", "Give one number."),
    "not_number": ("error", "“{name}”（{column}）的值“{value}”读不出一个数。",
                   "No number can be read from the value “{value}” of “{column}” ({name}).",
                   "请只填数，不确定的请留空。", "Write the number only; leave out what is not known."),
    "not_flag": ("error", "“{name}”（{column}）的值“{value}”看不出是或否。", "The value “{value}” of “{column}” ({name}) is neither yes nor no.",
                 "请填“是”或“否”，不清楚的请留空。", "Write 是 or 否 (yes or no); leave out what is not known."),
    "not_hours": ("error", "“{name}”（{column}）的时间“{value}”读不懂。", "The hours “{value}” of “{column}” ({name}) cannot be read.",
                  "请写成“周一至周五 8:00-17:00，周六 9:00-12:00，节假日休息”或“24小时”。",
                  "Write “Mo-Fr 08:00-17:00; Sa 09:00-12:00; PH off” or “24/7”."),
    "not_degrees": ("error", "坐标“{value}”读不懂。", "The coordinate “{value}” cannot be read.",
                    "请写成 121.3968 这样的数。", "Write a number such as 121.3968."),
    "not_lonlat": ("error", "坐标“{value}”读不出经度和纬度两个数。", "Longitude and latitude cannot be read from “{value}”.",
                   "请写成“121.3968,31.2694”。", "Write “121.3968,31.2694”."),
    "half_place": ("error", "经度和纬度只填了一个。", "Only one of longitude and latitude is given.", "请两个都填，或都留空。", "Give both or none."),
    "ages_unparted": ("warning", "“{heading}”没有同时给出 80 岁以上的人数，60–79 岁算不出来（{count} 行）；原数已保留。",
                      "“{heading}” comes without the number aged 80 and over, so those aged 60–79 stay unknown ({count} row(s)); it was kept.",
                      "请补上“80岁以上”一列。", "Add a column of those aged 80 and over."),
    "ages_negative": ("error", "60 岁以上 {older} 人，少于 80 岁以上的 {oldest} 人。",
                      "The {older} residents aged 60 and over are fewer than the {oldest} aged 80 and over.", "请核对人数。", "Check the counts."),
    "no_such_name": ("error", "“{name}”（{column}）写的“{value}”不在图层 {layers} 里。",
                     "“{value}”, which “{column}” ({name}) says, is not in {layers}.",
                     "请改成现有的名称或编号；相近的有：{near}。", "Use a name or id that exists; near it: {near}."),
    "two_of_name": ("error", "“{name}”（{column}）写的“{value}”在图层 {layers} 里不止一个。",
                    "There are several “{value}” in {layers}, which “{column}” ({name}) says.", "请改写编号：{near}。", "Write the id: {near}."),
    "no_such_address": ("error", "地址“{value}”在工作区里找不到。", "The address “{value}” is nowhere in the workspace.",
                        "请填经度和纬度，或核对路名和弄号。", "Give longitude and latitude, or check the road and the lane."),
    "two_of_address": ("error", "地址“{value}”可以是：{near}，分不清是哪一个。", "The address “{value}” may be any of: {near}.",
                       "请填经度和纬度，或写全地址。", "Give longitude and latitude, or write the whole address."),
}


def found(
    code: str, layer: str, *, index: int | None = None, id: str | None = None, column: str | None = None, **words: Any
) -> Finding:
    """Make the finding of a fault; `words` fill the gaps of its sentences."""
    severity, *sentences = FAULTS[code]
    words = {key: brief(value) for key, value in {"column": column, **words}.items()}
    zh, en, fix_zh, fix_en = (sentence.format(**words) for sentence in sentences)
    return Finding(severity, code, layer, zh, en, fix_zh, fix_en, id=None if id is None else brief(id, 200), index=index, column=column)


# What a terminal, a sheet or a page would obey instead of showing: controls but for tab and line ends, and marks that turn the text round.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def brief(value: Any, longest: int = 80) -> str:
    """Print a value of a stranger's file on one line, short and in characters that every output can carry."""
    if isinstance(value, (dict, list)):
        return "{…}" if isinstance(value, dict) else "[…]"
    text = "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    text = "".join(sign if sign.isprintable() else "�" for sign in text[: longest + 1])
    return text if len(text) <= longest else text[:longest] + "…"
