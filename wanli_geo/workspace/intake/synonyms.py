"""The words planners write for columns, places and choices, beside the names of the contracts."""

from __future__ import annotations

# Column → headings; they count only in a layer that has the column. Own columns come before the common ones: “小区名称” is
# `compound_id` of a gate and the `name` of a compound.
HEADINGS: dict[str, tuple[str, ...]] = {
    "compound_id": ("小区", "小区名", "小区名称", "所属小区", "所在小区", "小区编号", "住宅小区", "小区id", "compound", "estate"),
    "committee_id": ("居委", "居委会", "居委会名称", "居民区", "居民区名称", "所属居委", "所属居委会", "所属居民区", "所在居委会", "所在居委",
                     "居民委员会", "居委会编号", "社区居委会", "committee"),
    "blue_net_id": ("所属河道", "所属水系", "河道", "河道名称"),
    "walkway_id": ("所属步道", "步道名称"),
    "of": ("所属", "所属设施", "设施编号", "所属公园"),
    "kind": ("类型", "类别", "种类", "分类", "设施类型", "设施类别", "设施种类", "设施分类", "门类型", "道路类型", "服务类型", "type", "category",
             "class"),
    "residents": ("居民", "居民数", "居民人数", "人口", "人口数", "总人口", "总人数", "人数", "常住人口", "常住人口数", "实有人口", "居住人口",
                  "居住人数", "居民总数", "population", "pop"),
    "residents_0_6": ("0-6岁", "0至6岁", "0到6岁", "6岁以下", "6岁及以下", "学龄前儿童", "学龄前"),
    "residents_7_18": ("7-18岁", "7至18岁", "7到18岁"),
    "residents_19_59": ("19-59岁", "19至59岁", "19到59岁"),
    "residents_60_79": ("60-79岁", "60至79岁", "60到79岁"),
    "residents_80_plus": ("80岁以上", "80岁及以上", "80以上", "80岁以上人数", "80岁及以上人数", "80岁以上人口", "80岁以上老人", "80岁以上老年人",
                          "80岁及以上老年人", "八十岁以上", "高龄", "高龄老人", "高龄老人数", "高龄人口", "高龄老年人", "80+", "80plus"),
    "households": ("户数", "总户数", "居民户数", "住户数", "家庭户数", "小区户数", "住户", "户"),
    "address": ("地址", "详细地址", "住址", "所在地址", "设施地址", "单位地址", "小区地址", "具体地址", "门牌", "门牌号", "门牌地址", "坐落", "位置",
                "addr"),
    "office": ("地址", "详细地址", "居委会地址", "办公地点", "办公室地址"),
    "phone": ("电话", "联系电话", "电话号码", "联系方式", "办公电话", "服务电话", "咨询电话", "手机", "手机号", "手机号码", "tel", "telephone"),
    "open_hours": ("开放时间", "营业时间", "服务时间", "开门时间", "开闭时间", "办公时间", "运营时间", "开放时段", "openinghours", "hours"),
    "capacity": ("规模", "容量", "床位", "床位数", "座位", "座位数", "餐位", "餐位数", "泊位数", "车位数"),
    "area_m2": ("面积", "建筑面积", "占地面积", "使用面积", "总面积", "设施面积", "面积平方米", "面积m2", "area"),
    "floor": ("楼层", "所在楼层", "所在层"),
    "levels": ("层数", "楼层数", "总层数", "地上层数"),
    "step_free": ("无台阶", "无障碍", "是否无障碍", "无障碍通行", "轮椅可达", "是否无台阶"),
    "in_use": ("在用", "是否在用", "使用中", "是否使用", "是否运营", "是否开放"),
    "functions": ("功能", "服务内容", "服务功能", "主要功能", "服务项目"),
    "plan_item": ("计划条目", "条目", "计划编号"),
    "walled": ("有围墙", "围墙", "是否封闭", "封闭小区", "是否有围墙"),
    "other_names": ("别名", "曾用名", "又名", "俗称", "其他名称", "别称"),
    "residents_only": ("仅本小区居民", "仅居民通行", "仅限居民", "是否仅限居民"),
    "width_m": ("宽度", "宽度m", "宽", "路宽", "道路宽度", "河宽", "红线宽度", "width"),
    "lit": ("有路灯", "路灯", "是否有路灯", "照明", "有照明"),
    "surface": ("路面", "铺装", "路面材料", "面层"),
    "access": ("通行", "通行权限", "通行情况"),
    "signalised": ("有信号灯", "信号灯", "红绿灯", "是否有信号灯"),
    "slope_pct": ("坡度", "纵坡"),
    "through": ("滨水贯通", "贯通", "是否贯通"),
    "confirmed": ("已确认", "是否确认"),
    "toilet": ("有厕所", "厕所", "是否有厕所"),
    "lux": ("照度", "照度值"),
    "height_m": ("灯高", "灯杆高度", "杆高"),
    "order": ("次序", "顺序", "站序"),
    "chainage_m": ("起点距离", "里程", "桩号"),
    "picture": ("图片", "照片", "配图", "图片链接"),
    "audio": ("语音", "音频", "讲解音频", "语音链接"),
    "maker": ("作者", "创作者", "作者单位"),
    "targets": ("指向", "指向目标", "指示内容"),
    "minutes": ("牌面分钟数", "分钟", "分钟数"),
    "project": ("项目", "项目名称", "工程名称", "项目名"),
    "department": ("牵头部门", "责任部门", "责任单位", "牵头单位", "主管部门", "部门"),
    "stage": ("阶段", "项目阶段", "进展", "推进阶段", "项目状态"),
    "due": ("期限", "完成时限", "完成时间", "计划完成时间", "完成期限"),
    "evidence": ("依据", "文件依据", "来源文件"),
    "code": ("代码", "编码", "区划代码"),
    "id": ("编号", "id", "杆号", "灯杆号", "灯杆编号", "设施编号", "要素编号", "唯一编号", "唯一标识", "featureid"),
    "name": ("名称", "名字", "中文名", "中文名称", "全称", "title"),
    "name_en": ("英文名", "英文名称", "英文", "englishname", "nameenglish"),
    "status": ("状态", "现状", "建设状态", "使用状态", "运营状态", "现状规划", "建设情况"),
    "source": ("来源", "数据来源", "资料来源"),
    "surveyed_on": ("调查日期", "调查时间", "采集日期", "采集时间", "普查日期", "更新日期", "更新时间", "核实日期"),
    "accuracy": ("精度", "位置精度", "数据精度"),
    "public": ("可公开", "是否公开", "公开"),
    "note": ("备注", "说明", "附注", "注", "remark", "remarks", "notes", "comment"),
}

# What a layer's features are called by in a heading of their name: “小区” names a compound, and in another layer it does not.
NAMES: dict[str, tuple[str, ...]] = {
    "boundary": ("街道", "街道名称"),
    "committees": ("居委会", "居委", "居民区", "居委会名称", "居民区名称", "居委名称", "居民委员会"),
    "grid": ("网格", "网格名称"),
    "streets": ("道路", "道路名", "道路名称", "路名", "街道名称"),
    "buildings": ("建筑", "建筑名称", "楼名"),
    "compounds": ("小区", "小区名", "小区名称", "住宅小区", "楼盘", "楼盘名称", "小区全称"),
    "homes": ("楼", "楼号", "楼栋", "楼栋号", "楼幢", "幢号", "楼名", "楼宇名称", "住宅楼"),
    "gates": ("门", "门名", "大门", "出入口", "出入口名称", "门名称"),
    "facilities": ("设施", "设施名", "设施名称", "单位", "单位名称", "机构", "机构名称", "场所名称", "点位名称", "店名", "网点名称", "站点名称",
                   "服务点名称"),
    "blue_net": ("河道", "河道名称", "河流名称", "水系名称"),
    "green_vein": ("公园", "公园名称", "绿地名称"),
    "walkway_stops": ("点位", "点位名称", "作品名称"),
    "signs": ("标识名称", "牌名"),
}

PLACE_HEADINGS: dict[str, tuple[str, ...]] = {
    "lon": ("经度", "东经", "lon", "lng", "long", "longitude", "gps经度", "经度lng", "经度lon", "wgs84经度", "高德经度", "百度经度", "lonwgs84",
            "lngwgs84", "bdlng", "gcjlng", "经度坐标", "坐标经度"),
    "lat": ("纬度", "北纬", "lat", "latitude", "gps纬度", "纬度lat", "wgs84纬度", "高德纬度", "百度纬度", "latwgs84", "bdlat", "gcjlat", "纬度坐标",
            "坐标纬度"),
    "x": ("x", "x坐标", "坐标x", "横坐标", "东坐标", "pointx", "easting", "xcoord", "投影x"),
    "y": ("y", "y坐标", "坐标y", "纵坐标", "北坐标", "pointy", "northing", "ycoord", "投影y"),
    "lonlat": ("坐标", "经纬度", "经纬度坐标", "坐标经纬度", "gps坐标", "gps", "高德坐标", "百度坐标", "定位", "位置坐标", "location", "lnglat",
               "lonlat", "coordinate", "coordinates"),
    "wkt": ("wkt", "geometry", "geom", "thegeom", "几何", "图形"),
}

# 60 and over in one count: not an age group of the layers, which part at 80.
OVER_60 = ("60岁以上", "60岁及以上", "60以上", "60岁以上人数", "60岁及以上人数", "60岁以上人口", "60岁及以上人口", "60岁以上老人", "60岁以上老人数",
           "60岁以上老年人", "60岁及以上老年人", "60岁及以上老年人口", "六十岁以上", "老年人口", "老年人", "老年人数", "老人数", "老年人口数", "老人",
           "60+", "60plus", "residents60plus")

# A running number says nothing of the feature: the next list numbers it anew.
RUNNING = ("序号", "行号", "序", "no", "fid", "objectid", "ogcfid", "index", "rownumber", "排序")

# Column → what planners write → the choice; the names of the contract are read too.
CHOICES: dict[str, dict[str, str]] = {
    "status": {
        "已建": "existing", "建成": "existing", "已建成": "existing", "既有": "existing", "在用": "existing", "正常": "existing",
        "运营": "existing", "运营中": "existing", "营业": "existing", "营业中": "existing", "开放": "existing", "已投用": "existing",
        "使用中": "existing",
        "拟建": "planned", "待建": "planned", "规划中": "planned", "计划": "planned", "新建": "planned", "筹建": "planned",
        "在建": "works", "建设中": "works", "施工": "works", "施工中": "works", "改造中": "works", "装修中": "works",
        "停业": "closed", "关闭": "closed", "已关闭": "closed", "歇业": "closed", "撤销": "closed", "停止使用": "closed", "停运": "closed",
    },
    "accuracy": {"测绘": "surveyed", "测量": "surveyed", "实地测量": "surveyed", "官方": "official", "台账": "official", "开放街道图": "osm",
                 "示意图": "sketch", "草图": "sketch", "概略": "sketch"},
    "kind": {
        "食堂": "CANTEEN", "长者食堂": "CANTEEN", "社区长者食堂": "CANTEEN", "老年食堂": "CANTEEN", "助餐点": "CANTEEN", "老年助餐点": "CANTEEN",
        "日间照料中心": "ELDER_DAY", "日托中心": "ELDER_DAY", "日托所": "ELDER_DAY", "老年人日间服务中心": "ELDER_DAY",
        "为老服务中心": "ELDER_CENTRE", "老年活动中心": "ELDER_ROOM", "标准化老年活动室": "ELDER_ROOM", "为老服务站": "ELDER_STATION",
        "敬老院": "ELDER_HOME", "福利院": "ELDER_HOME", "护理院": "ELDER_NURSING",
        "卫生服务站": "HEALTH_STATION", "卫生站": "HEALTH_STATION", "卫生服务中心": "HEALTH_CENTRE", "社区医院": "HEALTH_CENTRE",
        "门诊": "HEALTH_CLINIC", "诊所": "CLINIC_PRIVATE", "药房": "PHARMACY", "零售药店": "PHARMACY",
        "托育机构": "NURSERY", "托育园": "NURSERY", "托育点": "NURSERY", "普惠托育点": "NURSERY", "初级中学": "EDU_JUNIOR",
        "高级中学": "EDU_SENIOR", "暑托班": "SUMMER_CARE", "电影院": "CINEMA", "影院": "CINEMA", "文化中心": "CULTURE_CENTRE",
        "健身点": "FITNESS_OUTDOOR", "健身苑点": "FITNESS_OUTDOOR", "健身苑": "FITNESS_OUTDOOR", "户外健身点": "FITNESS_OUTDOOR",
        "菜场": "MARKET", "菜市场": "MARKET", "标准化菜市场": "MARKET", "农贸市场": "MARKET", "生鲜超市": "MARKET", "超市": "SUPERMARKET",
        "便民店": "CONVENIENCE", "便利超市": "CONVENIENCE", "购物中心": "MALL", "餐饮": "CATERING", "餐饮店": "CATERING", "银行": "BANK",
        "银行网点": "BANK", "邮局": "POST", "邮政所": "POST", "快递柜": "PARCEL", "快递驿站": "PARCEL", "快递点": "PARCEL",
        "居委会": "SERVICE_STATION", "社区服务站": "SERVICE_STATION", "居委": "SERVICE_STATION", "社区事务受理中心": "AFFAIRS_CENTRE",
        "受理中心": "AFFAIRS_CENTRE", "街道办": "ADMIN_OFFICE", "物业": "PROPERTY", "物业服务中心": "PROPERTY", "党群服务中心": "PARTY_SERVICE",
        "公交站": "BUS_STOP", "公交站点": "BUS_STOP", "公交车站": "BUS_STOP", "地铁站": "METRO", "轨交站": "METRO", "轨道交通站": "METRO",
        "停车场": "PARK_CAR", "停车库": "PARK_CAR", "公共停车场": "PARK_CAR", "自行车停车场": "PARK_BIKE", "充电桩": "CHARGING",
        "公厕": "TOILET", "厕所": "TOILET", "卫生间": "TOILET", "公共卫生间": "TOILET", "垃圾房": "WASTE_POINT", "垃圾投放点": "WASTE_POINT",
        "垃圾箱房": "WASTE_POINT", "垃圾站": "WASTE_STATION", "废品回收站": "RECYCLE", "直饮水点": "DRINKING_WATER", "避难场所": "SHELTER",
        "应急避险点": "SHELTER", "除颤仪": "AED", "除颤器": "AED", "微型消防点": "FIRE_MICRO",
        "车行": "vehicle", "机动车门": "vehicle", "车行出入口": "vehicle", "大门": "vehicle", "人行": "pedestrian", "人行出入口": "pedestrian",
        "小门": "pedestrian", "边门": "pedestrian", "马路": "road", "车行道": "road", "弄": "lane", "支路": "lane", "弄堂": "lane", "里弄": "lane",
        "步道": "path", "人行道": "path", "小路": "path", "天桥": "footbridge", "地下通道": "underpass", "人行地道": "underpass", "楼梯": "steps",
        "人行横道": "crossing", "斑马线": "crossing", "河": "river", "河流": "river", "港": "canal", "浜": "canal", "池": "pond", "湖": "pond",
        "街旁绿地": "street_green",
    },
    "access": {"公用": "public", "开放": "public", "内部": "residents", "小区内部": "residents", "禁止": "private", "私人": "private"},
    "level": {"1级": "1", "2级": "2"},
}

YES = ("是", "有", "√", "✓", "✔", "☑", "对", "y", "yes", "true", "t", "1", "已", "可", "可以")
NO = ("否", "无", "没有", "×", "✗", "✘", "☒", "x", "不", "不是", "n", "no", "false", "f", "0", "未", "不可", "不可以")

# Column → words that say yes or no of it alone.
FLAGS: dict[str, dict[str, bool]] = {
    "in_use": {"在用": True, "启用": True, "已启用": True, "使用中": True, "正常": True, "开放": True, "运营": True,
               "停用": False, "闲置": False, "未启用": False, "停业": False, "关闭": False, "空置": False},
    "walled": {"封闭": True, "封闭式": True, "全封闭": True, "开放": False, "开放式": False, "不封闭": False},
    "public": {"公开": True, "不公开": False, "内部": False},
    "through": {"贯通": True, "未贯通": False, "不通": False, "断点": False},
}

# The first cell of a row that adds up the others.
TOTALS = frozenset({"合计", "总计", "小计", "共计", "总和", "汇总", "total", "subtotal", "sum"})

# What stands in a cell that nobody has filled, and in one whose formula went wrong (which the reading tells).
NOTHING = frozenset({"", "-", "--", "—", "——", "–", "/", "\\", "无", "暂无", "没有", "n/a", "na", "#n/a", "不详", "未知", "不明", "空", "null",
                     "none", "nan", "(空)", "待补", "待补充", "未填", "?", "??",
                     "#ref!", "#value!", "#div/0!", "#name?", "#num!", "#null!"})

# Units that leave a number as it is, and those that scale it to the layer's own.
PLAIN_UNITS = ("平方米", "平米", "m2", "㎡", "米", "m", "人", "户", "个", "张", "床", "座", "位", "间", "辆", "层", "楼", "栋", "幢", "名", "lx",
               "lux", "%", "分钟", "分", "min", "f", "岁", "口", "平方", "人次", "家")
SCALES: dict[str, float] = {"万": 1e4, "万人": 1e4, "万户": 1e4, "万平方米": 1e4, "万平米": 1e4, "万m2": 1e4, "公顷": 1e4, "ha": 1e4, "千米": 1e3,
                            "公里": 1e3, "km": 1e3, "平方公里": 1e6, "平方千米": 1e6, "km2": 1e6,
                            "厘米": 0.01, "cm": 0.01, "毫米": 0.001, "mm": 0.001, "千人": 1e3, "百人": 1e2}
