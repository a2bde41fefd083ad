"""Every fault a check can find: its severity, its sentence and the way out, in both languages. Sentences stand here and nowhere else."""

from __future__ import annotations

from typing import Any

from wanli_geo.workspace.findings import Finding, Severity

_Row = tuple[Severity, str, str, str, str]  # severity, Chinese, English, fix in Chinese, fix in English

_EXPORT = ("请从原软件重新导出为 GeoJSON。", "Export it again as GeoJSON from where it was made.")
_MEND_SHAPE = ("请在 QGIS 里修复这个要素的几何。", "Mend this feature's geometry in QGIS.")
_WGS84 = ("请转换为 WGS84 经纬度后再导出。", "Convert it to WGS84 longitude and latitude and export again.")

FAULTS: dict[str, _Row] = {
    # the file as a whole
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
}


def found(
    code: str, layer: str, *, index: int | None = None, id: str | None = None, column: str | None = None, **words: Any
) -> Finding:
    """Make the finding of a fault; `words` fill the gaps of its sentences."""
    severity, *sentences = FAULTS[code]
    words = {key: brief(value) for key, value in {"column": column, **words}.items()}
    zh, en, fix_zh, fix_en = (sentence.format(**words) for sentence in sentences)
    return Finding(severity, code, layer, zh, en, fix_zh, fix_en, id=None if id is None else brief(id, 200), index=index, column=column)


def brief(value: Any, longest: int = 80) -> str:
    """Print a value of a stranger's file on one line, short and in characters that every output can carry."""
    if isinstance(value, (dict, list)):
        return "{…}" if isinstance(value, dict) else "[…]"
    text = "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    text = "".join(sign if sign.isprintable() else "�" for sign in text[: longest + 1])
    return text if len(text) <= longest else text[:longest] + "…"
