"""The taxonomy of facilities: one code, one name in each language, one glyph for the map."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from wanli_geo.errors import UnknownKind


@dataclass(frozen=True)
class Kind:
    """One kind of service a resident walks to.

    `glyph` is the one or two characters drawn in its map sign; `first_page` marks the services offered first.
    """

    code: str
    zh: str
    en: str
    glyph: str
    group: str
    first_page: bool = False


GROUPS = {
    "elder": ("为老", "Elders"),
    "health": ("卫生", "Health"),
    "child": ("儿童教育", "Children and schools"),
    "culture": ("文化", "Culture"),
    "sport": ("体育", "Sport"),
    "shop": ("商业", "Shops"),
    "office": ("政务", "Public offices"),
    "party": ("党群", "Party and community"),
    "transport": ("交通", "Transport"),
    "care": ("环卫", "Sanitation"),
    "safety": ("安全", "Safety"),
    "green": ("绿地", "Green"),
}

_ROWS = (
    # elders
    ("CANTEEN", "社区食堂", "Community canteen", "餐", "elder", True),
    ("ELDER_DAY", "老年人日间照料中心", "Elder day-care", "照", "elder", True),
    ("ELDER_CENTRE", "综合为老服务中心", "Integrated elder centre", "老", "elder", True),
    ("ELDER_ROOM", "老年活动室", "Elder activity room", "乐", "elder", False),
    ("ELDER_STATION", "家门口为老服务站", "Doorstep elder station", "站", "elder", False),
    ("ELDER_HOME", "养老院", "Care home", "养", "elder", False),
    ("ELDER_NURSING", "老年养护院", "Nursing home", "护", "elder", False),
    # health
    ("HEALTH_STATION", "社区卫生服务站", "Community health station", "卫", "health", True),
    ("HEALTH_CENTRE", "社区卫生服务中心", "Community health centre", "医", "health", False),
    ("HEALTH_CLINIC", "门诊部", "Outpatient clinic", "诊", "health", False),
    ("CLINIC_PRIVATE", "私人诊所", "Private clinic", "牙", "health", False),
    ("PHARMACY", "药店", "Pharmacy", "药", "health", True),
    # children and schools
    ("KINDERGARTEN", "幼儿园", "Kindergarten", "幼", "child", True),
    ("NURSERY", "托儿所", "Nursery (0–3)", "托", "child", False),
    ("EDU_PRIMARY", "小学", "Primary school", "小", "child", True),
    ("EDU_JUNIOR", "初中", "Junior middle school", "初", "child", False),
    ("EDU_SENIOR", "高中", "Senior middle school", "高", "child", False),
    ("CHILD_CENTRE", "儿童服务中心", "Child service centre", "童", "child", False),
    ("CHILD_HOME", "儿童之家", "Children's home", "童", "child", False),
    ("SUMMER_CARE", "爱心暑托班", "Summer care class", "暑", "child", False),
    ("YOUTH", "青春社区", "Youth community", "青", "child", False),
    # culture
    ("CULTURE_STATION", "文化活动站", "Cultural activity station", "文", "culture", True),
    ("CULTURE_CENTRE", "文化活动中心", "Cultural activity centre", "文", "culture", False),
    ("CINEMA", "影剧院", "Cinema or theatre", "影", "culture", False),
    ("ACTIVITY_GROUND", "公共活动场地", "Activity ground", "场", "culture", False),
    # sport
    ("FITNESS_OUTDOOR", "室外健身场地", "Outdoor fitness ground", "健", "sport", True),
    ("SPORT_CENTRE", "全民健身中心", "All-people fitness centre", "体", "sport", False),
    ("SPORT_LARGE", "大型多功能运动场地", "Large multi-use sports ground", "体", "sport", False),
    ("SPORT_MED", "中型多功能运动场地", "Medium multi-use sports ground", "体", "sport", False),
    ("SPORT_SMALL", "小型多功能运动场地", "Small ball court", "球", "sport", False),
    ("SPORT_GROUND", "运动场", "Sports ground", "体", "sport", False),
    ("GATEBALL", "门球场", "Gateball court", "门", "sport", False),
    ("FITNESS_HALL", "综合健身馆", "Fitness hall", "馆", "sport", False),
    ("GYM", "健身房", "Gym", "练", "sport", False),
    # shops
    ("MARKET", "菜市场或生鲜超市", "Wet market or fresh supermarket", "菜", "shop", True),
    ("SUPERMARKET", "综合超市", "Supermarket", "超", "shop", False),
    ("CONVENIENCE", "便利店", "Convenience shop", "便", "shop", True),
    ("MALL", "商场", "Shopping centre", "商", "shop", False),
    ("RETAIL", "社区商业网点", "Community retail", "店", "shop", False),
    ("CATERING", "餐饮设施", "Catering", "饭", "shop", False),
    ("BANK", "银行营业网点", "Bank branch", "银", "shop", False),
    ("TELECOM", "电信营业网点", "Telecom shop", "电", "shop", False),
    ("POST", "邮政营业场所", "Post office", "邮", "shop", False),
    ("PARCEL", "邮件和快递送达设施", "Parcel point", "递", "shop", False),
    # public offices
    ("SERVICE_STATION", "社区服务站(居委会)", "Community service station (residents' committee)", "居", "office", True),
    ("SERVICE_CENTRE", "社区服务中心", "Community service centre", "服", "office", False),
    ("AFFAIRS_CENTRE", "社区事务受理服务中心", "Community affairs centre", "受", "office", False),
    ("HUB", "一站式综合服务中心", "One-stop service hub", "综", "office", False),
    ("HUB_N", "社区综合服务点", "Community service point", "点", "office", False),
    ("ADMIN_OFFICE", "街道办事处", "Subdistrict office", "街", "office", False),
    ("OPERATION_CENTRE", "城运中心", "Urban operation centre", "城", "office", False),
    ("KIOSK", "一网通办自助终端", "E-government kiosk", "网", "office", False),
    ("ASSIST_DESK", "帮办点", "Assisted-service desk", "帮", "office", False),
    ("BUSINESS_DESK", "三合一企业服务站", "Three-in-one business desk", "企", "office", False),
    ("JUSTICE", "司法所", "Justice office", "司", "office", False),
    ("POLICE", "派出所", "Police station", "警", "office", False),
    ("VETERANS", "退役军人服务站", "Veterans' station", "军", "office", False),
    ("PROPERTY", "物业管理与服务", "Property management", "物", "office", False),
    # party and community
    ("PARTY_SERVICE", "党群服务站", "Party-mass service site", "党", "party", False),
    ("PARTY_HALL", "微型党史馆", "Micro party-history hall", "史", "party", False),
    ("STUDIO", "协同创新工作室", "Collaborative studio", "协", "party", False),
    ("AID_SOCIETY", "臻爱服务社", "Zhen'ai aid society", "爱", "party", False),
    ("NGO_HUB", "社会组织服务中心", "NGO hub", "社", "party", False),
    # transport
    ("BUS_STOP", "公交车站", "Bus stop", "公", "transport", True),
    ("METRO", "轨道交通站点", "Metro station", "铁", "transport", False),
    ("PARK_CAR", "机动车停车场(库)", "Public car park", "P", "transport", False),
    ("PARK_BIKE", "非机动车停车场(库)", "Public cycle park", "车", "transport", False),
    ("CHARGING", "智能安全充电桩", "E-bike charging", "充", "transport", False),
    ("PARKING_EV", "停车及充电设施", "Parking and charging", "桩", "transport", False),
    # sanitation
    ("TOILET", "公共厕所", "Public toilet", "厕", "care", True),
    ("RECYCLE", "再生资源回收点", "Recycling point", "收", "care", False),
    ("WASTE_STATION", "生活垃圾收集站", "Waste collection station", "环", "care", False),
    ("WASTE_POINT", "生活垃圾收集点", "Waste drop point", "圾", "care", False),
    ("DRINKING_WATER", "饮水点", "Drinking water", "水", "care", False),
    # safety
    ("SHELTER", "应急避难场所", "Emergency shelter", "避", "safety", False),
    ("AED", "自动体外除颤仪", "AED", "急", "safety", False),
    ("FIRE_MICRO", "微型消防站", "Micro fire station", "消", "safety", False),
    # green and blue: features of layers of their own (services.py says which), asked for like a facility
    ("PARK", "公园入口", "Park entrance", "园", "green", True),
    ("GREEN", "绿地", "Green area", "绿", "green", False),
    ("WATER_ACCESS", "亲水点", "Water access point", "亲", "green", False),
)

KINDS: dict[str, Kind] = {row[0]: Kind(*row) for row in _ROWS}


def kind_of(code: str) -> Kind:
    """Look a facility kind up by its code, in any letter case, or by its Chinese name.

    Raises:
        UnknownKind: with the nearest codes.
    """
    wanted = code.strip()
    if wanted.upper() in KINDS:
        return KINDS[wanted.upper()]
    for kind in KINDS.values():
        if wanted == kind.zh:
            return kind
    near = difflib.get_close_matches(wanted.upper(), KINDS, n=3, cutoff=0.5) or ["CANTEEN", "MARKET", "PARK"]
    hint = "、".join(f"{c}({KINDS[c].zh})" for c in near)
    raise UnknownKind(f"没有“{wanted}”这类设施；相近的有：{hint}。", f"There is no facility kind “{wanted}”; near it: {', '.join(near)}.")
