"""What the columns and codes of answers about lines are called: Chinese, English. One section a question."""

from __future__ import annotations

COLUMNS: dict[str, tuple[str, str]] = {
    # common to lines
    "chainage_m": ("起点距离（米）", "Chainage, m"),
    "from_m": ("从（米）", "From, m"),
    "to_m": ("到（米）", "To, m"),
    "offset_m": ("偏离（米，左为正）", "Aside, m (left +)"),
    # night_run
    "light": ("照明", "Light"),
    "lux": ("照度（lx）", "Lux"),
    "lamp_gap_m": ("灯距（米）", "Lamp spacing, m"),
    "width_m": ("宽（米）", "Width, m"),
    "surface": ("路面", "Surface"),
    "step_free": ("无台阶", "Step-free"),
    "crossings": ("过街", "Crossings"),
    "water_m": ("到饮水点（米）", "To water, m"),
    "toilet_m": ("到厕所（米）", "To a toilet, m"),
    "aed_m": ("到 AED（米）", "To an AED, m"),
    "works": ("施工", "Works"),
    "score": ("评分", "Score"),
    "clause": ("依据", "By"),
    "value": ("实际", "Found"),
    "wanted": ("要求", "Wanted"),
    "open": ("此时开放", "Open then"),
    "open_hours": ("开放时间", "Open hours"),
    "length_m": ("长度（米）", "Length, m"),
    "closed": ("闭合", "Closed"),
    # red_walkway
    "order": ("次序", "Order"),
    "recorded_m": ("登记的起点距离（米）", "Recorded chainage, m"),
    "next_m": ("到下一处（米）", "To the next, m"),
    "shade": ("绿荫", "Shade"),
    "story": ("故事", "Story"),
    "story_en": ("英文故事", "English story"),
    "picture": ("图片", "Picture"),
    "audio": ("语音", "Audio"),
    "maker": ("作者", "Maker"),
    "address": ("二维码网址", "Address of the QR code"),
    # loops
    # marks
    "text": ("标文", "Text"),
    "text_en": ("英文标文", "English text"),
    "bearing": ("朝向（度）", "Bearing, °"),
    "from_end_m": ("距终点（米）", "To the end, m"),
    # blue_net
    # green_links
    # structure
    # signs
    # works
}

WORDS: dict[str, tuple[str, str]] = {
    # night_run
    "high": ("流量较高可用", "for much use"), "mid": ("流量中等可用", "for middling use"), "low": ("流量较低可用", "for little use"),
    "below": ("低于最低等级", "below the lowest class"), "spaced": ("有灯，照度未知", "lamps, lux not known"), "dark": ("暗", "dark"),
    "ok": ("达到", "met"), "short": ("不足", "short"), "signalised": ("有信号灯", "with lights"), "unsignalised": ("无信号灯", "without lights"),
    "footbridge": ("天桥", "footbridge"), "underpass": ("地道", "underpass"), "junction": ("路口", "junction"),
    "toilet": ("厕所", "toilet"), "water": ("饮水点", "drinking water"), "aed": ("AED", "AED"),
    "asphalt": ("沥青", "asphalt"), "concrete": ("水泥", "concrete"), "paving_stones": ("铺砖", "paving stones"), "gravel": ("碎石", "gravel"),
    "paved": ("铺装", "paved"), "rubber": ("塑胶", "rubber"),
    "米": ("米", "m"), "段": ("段", "pieces"), "处": ("处", "places"),
    # red_walkway
    "stated": ("注明有灯", "said to be lit"), "by_chainage": ("按起点距离", "by chainage"), "paving": ("铺砖", "paving"),
    "painting": ("绘画", "painting"), "sculpture": ("雕塑", "sculpture"), "share": ("比例", "share"),
    "new_media": ("新媒体", "new media"), "history": ("历史", "history"),
    "existing": ("现状", "existing"), "planned": ("规划", "planned"),
    # loops
    # marks
    "hundred": ("百米", "hundred metres"), "half": ("半公里", "half km"), "km": ("公里", "km"),
    # blue_net
    # green_links
    # structure
    # signs
    # works
}

# What the tables of these answers are called, as sheets of a workbook and as headings.
TABLES: dict[str, tuple[str, str]] = {
    # night_run
    "checks": ("逐项检查", "Checks"), "stretches": ("每 50 米", "Stretches of 50 m"),
    # red_walkway
    "stops": ("点位", "Stops"), "stories": ("点位的故事", "Stories of the stops"), "crossings": ("过街", "Crossings"),
    "without_stops": ("没有点位的路段", "Stretches without a stop"),
    # loops
    # marks
    "marks": ("里程标", "Distance marks"),
    # blue_net
    # green_links
    # structure
    # signs
    # works
}
