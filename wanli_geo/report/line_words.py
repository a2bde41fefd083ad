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
    "water_m": ("到饮水点（米）", "To water, m"),
    "toilet_m": ("到厕所（米）", "To a toilet, m"),
    "aed_m": ("到 AED（米）", "To an AED, m"),
    "works": ("施工", "Works"),
    "score": ("评分", "Score"),
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
    "wanted_m": ("想要（米）", "Wanted, m"),
    "crossings": ("过马路（次）", "Roads crossed"),
    "lit_share": ("有灯", "Lit"),
    "green_share": ("沿绿", "Beside green"),
    "water_share": ("沿水", "Beside water"),
    "road_share": ("在马路边", "Along roads"),
    "twice_m": ("来回走两遍（米）", "Run twice, m"),
    "beside_share": ("与自身并行", "Beside itself"),
    "shape": ("形状", "Shape"),
    "loop": ("环线", "Loop"),
    "green": ("沿绿", "Beside green"),
    "roads": ("过几条路", "Roads crossed at once"),
    "text": ("标文", "Text"),
    # marks
    "text_en": ("英文标文", "English text"),
    "bearing": ("朝向（度）", "Bearing, °"),
    "from_end_m": ("距终点（米）", "To the end, m"),
    # blue_net
    "water": ("水系", "Water"),
    "bank": ("岸", "Bank"),
    "state": ("贯通情况", "State"),
    "shown_by": ("依据", "Shown by"),
    "joined_m": ("接通后多连（米）", "Joined, m"),
    "walk_then_m": ("接通后全长（米）", "Walk then, m"),
    "people_gained": ("受益居民", "People gained"),
    "people_5min": ("5 分钟内居民", "Residents within 5 min"),
    "people_10min": ("10 分钟内居民", "Residents within 10 min"),
    "nearest_home_m": ("最近的住处（步行米）", "Nearest home, m walked"),
    # green_links
    "cluster": ("第几片", "Cluster"), "cluster_m2": ("本片面积（平方米）", "Cluster, m²"), "cluster_patches": ("本片绿地（处）", "Greens in it"),
    "entrances": ("登记入口（个）", "Entrances on record"), "inside": ("在街道内", "Inside the boundary"), "joins": ("连着两处以上", "Joins greens"),
    "from_name": ("从", "From"), "to_name": ("到", "To"),
    "from_name_en": ("从（英文）", "From, English"), "to_name_en": ("到（英文）", "To, English"),
    "cluster_from": ("从第几片", "From cluster"), "cluster_to": ("到第几片", "To cluster"), "not_green_m": ("不在绿中（米）", "Not green, m"),
    "eca_gained_m2": ("等效连通面积增加（平方米）", "Connected area gained, m²"), "area_gained_m2": ("并入面积（平方米）", "Area joined, m²"),
    "toilet": ("有厕所", "Toilet"), "lit": ("有路灯", "Lit"),
    "item": ("项目", "Item"), "have": ("现状", "There is"), "short": ("差多少", "Short by"), "collect": ("要收集", "To collect"),
    "collect_en": ("要收集（英文）", "To collect, English"), "verified": ("已核实", "Verified"),
    # structure
    "role": ("角色", "Role"),
    "confirmed": ("已确认", "Confirmed"),
    # signs
    "sign_id": ("标识编号", "Sign, id"), "sign": ("标识", "Sign"), "target": ("牌面文字", "As painted"),
    "place": ("地方", "Place"), "matched": ("怎么认出", "Known by"), "painted_min": ("牌面（分钟）", "Painted, min"),
    "adult_min": ("成人（分钟）", "Adult, min"), "elder_min": ("老人（分钟）", "Elder, min"), "right_min": ("应写（分钟）", "Should read, min"),
    "compass": ("朝向", "Towards"), "arrow": ("箭头（上北）", "Arrow, north up"),
    "near": ("是不是", "Is it"), "no": ("牌号", "No."), "change": ("怎么改", "Change"), "level": ("级别", "Level"),
    "arms": ("岔路（条）", "Arms"), "trips": ("经过人次", "Trips"),
    "turning": ("离开大流的人次", "Trips off the main stream"),
    # works
    "people_affected": ("受影响居民", "people affected"),
    "people_cut_off": ("走不出去的居民", "people cut off"),
    "people_longer": ("多走的居民", "people walking farther"),
    "people_lost": ("走不到了的居民", "people who no longer can"),
    "extra_mean_m": ("平均多走（米）", "farther on average, m"),
    "extra_most_m": ("最多多走（米）", "farther at most, m"),
    "extra_m": ("多走（米）", "farther, m"),
    "kind_worst": ("最受影响的设施", "kind that suffers most"),
    "stretch": ("封闭段", "closed stretch"),
    "straight_m": ("原路（米）", "straight on, m"),
    "detour_m": ("绕行（米）", "way round, m"),
    "step_free_share": ("无台阶比例", "step-free share"),
    "walker": ("给谁走", "for whom"),
    "line_id": ("线路编号", "line id"),
    "street_id": ("道路编号", "street id"),
}

# A code that means something else in one column stands there as "column:code".
WORDS: dict[str, tuple[str, str]] = {
    # night_run
    "high": ("流量较高可用", "for much use"), "mid": ("流量中等可用", "for middling use"), "low": ("流量较低可用", "for little use"),
    "below": ("低于最低等级", "below the lowest class"), "spaced": ("有灯，照度未知", "lamps, lux not known"), "dark": ("暗", "dark"),
    "ok": ("达到", "met"), "short": ("不足", "short"), "signalised": ("有信号灯", "with lights"), "unsignalised": ("无信号灯", "without lights"),
    "footbridge": ("天桥", "footbridge"), "underpass": ("地道", "underpass"), "junction": ("路口", "junction"),
    "kind:start": ("起点", "start"), "toilet": ("厕所", "toilet"), "water": ("饮水点", "drinking water"), "aed": ("AED", "AED"),
    "asphalt": ("沥青", "asphalt"), "concrete": ("水泥", "concrete"), "paving_stones": ("铺砖", "paving stones"), "gravel": ("碎石", "gravel"),
    "paved": ("铺装", "paved"), "rubber": ("塑胶", "rubber"),
    "米": ("米", "m"), "段": ("段", "pieces"), "处": ("处", "places"),
    # red_walkway
    "stated": ("注明有灯", "said to be lit"), "by_chainage": ("按起点距离", "by chainage"), "paving": ("铺砖", "paving"),
    "painting": ("绘画", "painting"), "sculpture": ("雕塑", "sculpture"), "share": ("比例", "share"),
    "new_media": ("新媒体", "new media"), "history": ("历史", "history"),
    "existing": ("现状", "existing"), "planned": ("规划", "planned"),
    # structure
    "role:water": ("一水", "one water"),
    # loops
    "loop": ("环形", "loop"),
    "road_crossed": ("过马路", "road crossed"),
    "lollipop": ("棒棒糖形", "lollipop"),
    "km": ("公里", "kilometre"),
    "half": ("半公里", "half kilometre"),
    "hundred": ("百米", "100 m"),
    # marks
    # blue_net
    "through": ("贯通", "through"), "broken": ("不通", "broken"),
    "record": ("登记", "record"), "network": ("路网", "streets"), "both": ("登记和路网", "record and streets"),
    "disagree": ("登记与路网不一致，以登记为准", "record and streets disagree; the record holds"),
    # green_links
    "park": ("公园", "park"), "pocket_park": ("口袋公园", "pocket park"), "street_green": ("街头绿地", "street green"),
    "greenway": ("绿道", "greenway"),
    "平方米": ("平方米", "m²"), "人": ("人", "people"),
    # structure
    "road": ("一路", "one road"), "home": ("家园", "home"),
    # signs
    "accurate": ("准", "right"), "wrong": ("不准", "wrong"), "too_short": ("写少了", "too short"), "too_long": ("写多了", "too long"),
    "not_open": ("没有开，去不了", "not open"), "unreachable": ("走不到", "no way there"), "unpainted": ("没写分钟数", "not painted"),
    "by_name": ("全名", "whole name"), "by_bare_name": ("去掉括号的名称", "name without brackets"), "by_short_name": ("简称", "shortened name"),
    "several_places": ("叫这个名字的不止一处", "several places are called so"), "no_place": ("资料里没有这个地方", "no such place in the data"),
    "place_closed": ("已停用", "closed"), "place_planned": ("还没有建成", "not there yet"),
    "place_shut": ("这时入口都关着", "all entrances shut then"), "no_way": ("路不通", "no way leads there"),
    "new_sign": ("新增", "new"), "new_minutes": ("改分钟数", "correct the minutes"), "cover_line": ("遮住这一条", "cover this line"),
    "north": ("北", "N"), "northeast": ("东北", "NE"), "east": ("东", "E"), "southeast": ("东南", "SE"), "south": ("南", "S"),
    "southwest": ("西南", "SW"), "west": ("西", "W"), "northwest": ("西北", "NW"),
    "lists_differ": ("个数对不上", "lists differ"), "not_minutes": ("不是分钟数", "no minutes"),
    # works
    "red_walkway": ("红色步道", "red walkway"),
    "night_run": ("夜跑环道", "night-run loop"),
}

# What the tables of these answers are called, as sheets of a workbook and as headings.
TABLES: dict[str, tuple[str, str]] = {
    # night_run
    "checks": ("逐项检查", "Checks"), "stretches": ("每 50 米", "Stretches of 50 m"),
    # red_walkway
    "stops": ("点位", "Stops"), "stories": ("点位的故事", "Stories of the stops"), "crossings": ("过街", "Crossings"),
    "without_stops": ("没有点位的路段", "Stretches without a stop"),
    # loops
    "loops": ("环线方案", "Loops"), "along": ("沿线情况", "Along it"),
    # marks
    "marks": ("里程标", "Distance marks"),
    # blue_net
    "banks": ("各岸", "Banks"), "breaks": ("断点", "Breaks"), "access": ("亲水点", "Access to the water"),
    # green_links
    "patches": ("绿地", "Greens"), "links": ("绿中步道", "Walks in the green"), "missing": ("缺的连接", "Missing links"),
    "checklist": ("园林街道自查", "Checklist of a garden subdistrict"),
    # structure
    "structure": ("一路一水两家园", "One road, one water, two homes"),
    # signs
    "faces": ("牌面核对", "Faces"), "decisions": ("缺牌的岔口", "Corners without a sign"), "schedule": ("制牌表", "Schedule"),
    # works
    "detour": ("绕行", "Way round"),
    "touched": ("受影响的步道和环道", "Walkway and loop hit"),
    "kinds": ("走到各类设施", "By kind of place"),
    "shut": ("门只开在封闭段上的设施", "Facilities with doors on the closed stretch only"),
}
