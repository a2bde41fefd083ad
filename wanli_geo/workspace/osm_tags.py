"""What OpenStreetMap tags mean here: tables as data, and the few functions that read one value. Touches no geometry."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wanli_geo.errors import WanliGeoError
from wanli_geo.workspace.hours import parse_hours

Tags = Mapping[str, str]

# --- which keys make an object worth reading -------------------------------------------------------------------------------------

POINT_KEYS = ("amenity", "shop", "leisure", "office", "healthcare", "tourism", "emergency", "public_transport", "railway", "highway",
              "barrier", "entrance", "craft", "club", "government")
LINE_KEYS = ("highway", "railway", "waterway", "barrier")
AREA_KEYS = ("building", "landuse", "natural", "leisure", "amenity", "shop", "office", "healthcare", "tourism", "waterway", "water",
             "boundary", "place", "public_transport", "railway", "emergency", "craft", "club", "government", "military", "aeroway")

# --- streets ---------------------------------------------------------------------------------------------------------------------

# highway=* that one may walk, and what it is here. What is not named (motorway, construction, proposed, raceway, …) is not walked.
STREET_KINDS = {
    **dict.fromkeys(("primary", "primary_link", "secondary", "secondary_link", "tertiary", "tertiary_link", "unclassified",
                     "residential", "road"), "road"),
    **dict.fromkeys(("living_street", "service", "track"), "lane"),
    **dict.fromkeys(("footway", "path", "pedestrian", "cycleway", "bridleway", "corridor", "platform"), "path"),
    "steps": "steps",
    "crossing": "crossing",
}
# Walked only where a tag says that one may.
FAST_ROADS = ("motorway", "motorway_link", "trunk", "trunk_link")
FOOT_YES = ("yes", "designated", "permissive", "official", "public", "destination")
FOOT_NO = ("no", "use_sidepath")
CLOSED = ("private", "no", "military", "agricultural", "forestry", "delivery", "emergency", "service")
RESIDENTS = ("residents", "permit")
SIDEWALKS = ("both", "left", "right", "yes")
SIGNALS = ("traffic_signals",)
UNSIGNALLED = ("uncontrolled", "unmarked", "marked", "zebra", "island")

# --- what stops a walker, and what lets one through ------------------------------------------------------------------------------

WALLS = {"wall": "wall", "city_wall": "wall", "retaining_wall": "wall", "fence": "fence", "guard_rail": "fence", "railing": "fence"}
RAILWAYS = ("rail", "light_rail", "subway", "narrow_gauge", "monorail")
# Gates a walker meets closed or open, and those that stop vehicles only and are walked around.
WALK_GATES = ("gate", "sliding_gate", "door", "turnstile", "full-height_turnstile", "kissing_gate", "wicket_gate", "hampshire_gate",
              "entrance", "sally_port")
VEHICLE_GATES = ("lift_gate", "swing_gate", "bump_gate")
PEDESTRIAN_GATES = ("door", "turnstile", "full-height_turnstile", "kissing_gate", "wicket_gate", "entrance")
SHUT_DOORS = ("service", "exit", "emergency", "garage", "staircase", "home", "no")

# --- homes -----------------------------------------------------------------------------------------------------------------------

# Names that only a residential compound bears.
COMPOUND_NAME = re.compile(r"(小区|新村|公寓|花园|花苑|家园|名苑|雅苑|佳苑|景苑|公馆|名邸|华庭|豪庭|一村|二村|三村|四村|五村|[苑坊庭邸])$")
GATED = ("gated", "gated_community")
# Grounds on which a building of unknown use (building=yes) is not taken for a home.
OTHER_GROUNDS: dict[str, tuple[str, ...]] = {
    "landuse": ("industrial", "commercial", "retail", "railway", "military", "religious", "education", "construction", "cemetery", "port",
                "institutional", "civil", "civic_admin", "depot", "farmyard", "quarry", "landfill"),
    "amenity": ("school", "kindergarten", "university", "college", "hospital", "clinic", "prison", "marketplace", "place_of_worship",
                "monastery", "parking", "fuel", "bus_station", "fire_station", "police", "townhall", "courthouse", "theatre", "library"),
    "leisure": ("park", "stadium", "sports_centre", "marina", "golf_course", "water_park"),
    "tourism": ("zoo", "theme_park", "museum", "hotel", "attraction"),
    "railway": ("station",),
    "public_transport": ("station", "platform"),
    "aeroway": ("aerodrome", "terminal"),
    "military": ("base", "barracks"),
}
# A key that says a building=yes is used for something else, and the points inside it that say the same of the whole house.
USE_KEYS = ("amenity", "shop", "office", "tourism", "leisure", "healthcare", "craft", "public_transport", "railway", "aeroway", "military",
            "emergency", "club", "government")
HOUSE_USES: dict[str, tuple[str, ...]] = {
    "amenity": ("school", "kindergarten", "university", "college", "hospital", "townhall", "courthouse", "police", "fire_station", "theatre",
                "cinema", "library", "place_of_worship", "embassy", "community_centre", "arts_centre", "conference_centre", "parking"),
    "tourism": ("hotel", "hostel", "guest_house", "museum", "gallery"),
    "shop": ("mall", "department_store"),
}
GROUND_FLOOR_KEYS = ("shop", "amenity", "healthcare", "craft")

# --- facilities ------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Rule:
    """One row of the facility table: the kind, the tags that must all be there (any of the values; () any at all), words in the name."""

    kind: str
    tags: tuple[tuple[str, tuple[str, ...]], ...]
    name: re.Pattern[str] | None = None

    def matches(self, tags: Tags) -> bool:
        for key, values in self.tags:
            value = tags.get(key)
            if value is None or (values and not any(part.strip() in values for part in value.split(";"))):
                return False
        return self.name is None or bool(self.name.search(tags.get("name", "")))


def _rule(kind: str, tags: str, name: str | None = None) -> Rule:
    """Read `key=a|b key2=*` into a rule."""
    pairs = (word.partition("=")[::2] for word in tags.split())
    return Rule(kind, tuple((key, () if values == "*" else tuple(values.split("|"))) for key, values in pairs), re.compile(name) if name else None)


_CIVIC = "amenity=community_centre|social_centre|social_facility|townhall|public_building"

# The first row that matches decides. Kinds that OSM has no tag for are known by the words of their Chinese names.
# Not mapped, because no kind of the taxonomy means the same: hospitals, tram stops, weather shelters, company canteens, libraries.
FACILITY_RULES: tuple[Rule, ...] = (
    _rule("CANTEEN", "amenity=restaurant|fast_food|canteen|cafe|social_facility|community_centre", "社区食堂|长者食堂|老年食堂|助餐|为老餐"),
    _rule("ELDER_CENTRE", "amenity=*", "综合为老服务"),
    _rule("ELDER_STATION", "amenity=*", "为老服务站"),
    _rule("ELDER_DAY", "social_facility=day_care social_facility:for=senior|elderly"),
    _rule("ELDER_DAY", "amenity=*", "日间照[料护]|老年人?日托"),
    _rule("ELDER_HOME", "amenity=*", "养老院|敬老院|福利院"),
    _rule("ELDER_NURSING", "social_facility=nursing_home"),
    _rule("ELDER_NURSING", "amenity=nursing_home"),
    _rule("ELDER_HOME", "social_facility=assisted_living|group_home|retirement_home social_facility:for=senior|elderly"),
    _rule("ELDER_ROOM", _CIVIC, "老年活动|老年人活动"),
    _rule("HEALTH_CENTRE", "amenity=hospital|clinic|doctors|health_post", "社区卫生服务中心"),
    _rule("HEALTH_STATION", "amenity=hospital|clinic|doctors|health_post", "卫生服务站|卫生室"),
    _rule("HEALTH_STATION", "amenity=health_post"),
    _rule("HEALTH_CENTRE", "healthcare=centre"),
    _rule("HEALTH_CLINIC", "amenity=clinic"),
    _rule("CLINIC_PRIVATE", "amenity=doctors|dentist"),
    _rule("PHARMACY", "amenity=pharmacy"),
    _rule("NURSERY", "amenity=childcare"),
    _rule("NURSERY", "amenity=kindergarten", "托儿所|托育"),
    _rule("KINDERGARTEN", "amenity=kindergarten"),
    _rule("CHILD_CENTRE", _CIVIC, "儿童服务中心"),
    _rule("CHILD_HOME", _CIVIC, "儿童之家"),
    _rule("CULTURE_CENTRE", "amenity=community_centre|arts_centre|public_building", "文化活动中心"),
    _rule("CULTURE_CENTRE", "amenity=arts_centre"),
    _rule("PARTY_SERVICE", "amenity=*", "党群服务"),
    _rule("PARTY_SERVICE", "office=*", "党群服务"),
    _rule("AFFAIRS_CENTRE", "amenity=*", "事务受理"),
    _rule("AFFAIRS_CENTRE", "office=*", "事务受理"),
    _rule("SERVICE_STATION", "amenity=*", "居委会|居民委员会|社区服务站"),
    _rule("SERVICE_STATION", "office=*", "居委会|居民委员会|社区服务站"),
    _rule("SERVICE_CENTRE", "amenity=*", "社区服务中心"),
    _rule("SERVICE_CENTRE", "office=*", "社区服务中心"),
    _rule("ADMIN_OFFICE", "office=government", "街道办事处|镇人民政府"),
    _rule("ADMIN_OFFICE", "amenity=townhall"),
    _rule("JUSTICE", "office=government", "司法所"),
    _rule("VETERANS", "office=government", "退役军人"),
    _rule("POLICE", "amenity=police"),
    _rule("FIRE_MICRO", "amenity=fire_station", "微型消防站"),
    _rule("CULTURE_STATION", "amenity=community_centre"),
    _rule("CINEMA", "amenity=cinema|theatre"),
    _rule("ACTIVITY_GROUND", "leisure=playground"),
    _rule("FITNESS_OUTDOOR", "leisure=fitness_station"),
    _rule("FITNESS_OUTDOOR", "leisure=pitch sport=table_tennis|chess|fitness"),
    _rule("GATEBALL", "leisure=pitch sport=gateball|croquet"),
    _rule("SPORT_SMALL", "leisure=pitch"),  # or SPORT_MED, SPORT_LARGE by its area, see PITCH_AREAS_M2
    _rule("SPORT_GROUND", "leisure=track|stadium"),
    _rule("FITNESS_HALL", "leisure=sports_hall"),
    _rule("SPORT_CENTRE", "leisure=sports_centre"),
    _rule("GYM", "leisure=fitness_centre"),
    _rule("MARKET", "amenity=marketplace"),
    _rule("MARKET", "shop=*", "菜市场|菜场|生鲜|集贸|标准化菜"),
    _rule("SUPERMARKET", "shop=supermarket"),
    _rule("CONVENIENCE", "shop=convenience"),
    _rule("MALL", "shop=mall|department_store"),
    _rule("TELECOM", "shop=mobile_phone|telecommunication"),
    _rule("TELECOM", "office=telecommunication"),
    _rule("RETAIL", "shop=greengrocer|bakery|butcher|seafood|dairy|deli|chemist|laundry|dry_cleaning|hairdresser|hardware|doityourself|"
                    "stationery|general|variety_store|newsagent|kiosk|tailor|shoe_repair|locksmith|florist|farm|frozen_food|health_food"),
    _rule("CATERING", "amenity=restaurant|fast_food|cafe|food_court"),
    _rule("BANK", "amenity=bank"),
    _rule("POST", "amenity=post_office"),
    _rule("PARCEL", "amenity=parcel_locker"),
    _rule("PROPERTY", "office=property_management"),
    _rule("NGO_HUB", "office=*", "社会组织服务中心"),
    _rule("BUS_STOP", "highway=bus_stop"),
    _rule("BUS_STOP", "amenity=bus_station"),
    _rule("BUS_STOP", "public_transport=platform bus=yes"),
    _rule("METRO", "railway=station|halt"),
    _rule("CHARGING", "amenity=charging_station bicycle=yes|designated"),
    _rule("CHARGING", "amenity=charging_station motorcycle=yes|designated"),
    _rule("PARKING_EV", "amenity=charging_station"),
    _rule("PARK_CAR", "amenity=parking parking=surface|underground|multi-storey|rooftop"),
    _rule("PARK_BIKE", "amenity=bicycle_parking"),
    _rule("TOILET", "amenity=toilets"),
    _rule("RECYCLE", "amenity=recycling"),
    _rule("WASTE_STATION", "amenity=waste_transfer_station"),
    _rule("WASTE_POINT", "amenity=waste_disposal"),
    _rule("DRINKING_WATER", "amenity=drinking_water"),
    _rule("SHELTER", "emergency=assembly_point"),
    _rule("AED", "emergency=defibrillator"),
)
# Every rule begins with one of these keys: an object without any of them, as most are, is passed over at once.
_FACILITY_KEYS = frozenset(rule.tags[0][0] for rule in FACILITY_RULES)
SCHOOL_LEVELS = {"1": "EDU_PRIMARY", "2": "EDU_JUNIOR", "3": "EDU_SENIOR"}
_SCHOOL_NAMES = (("EDU_PRIMARY", re.compile(r"小学|九年一贯|primary school", re.I)),
                 ("EDU_JUNIOR", re.compile(r"初中|初级中学|九年一贯|完全中学", re.I)),
                 ("EDU_SENIOR", re.compile(r"高中|高级中学|完全中学|senior high|high school", re.I)))
# Land area from which a ball court is a medium or large one (GB 50180-2018, tables B.0.1).
PITCH_AREAS_M2 = (("SPORT_LARGE", 3150.0), ("SPORT_MED", 1310.0))
# Every kind that the table looks for; a kind not among them was not looked for at all.
SOUGHT = frozenset({rule.kind for rule in FACILITY_RULES} | set(SCHOOL_LEVELS.values()) | {kind for kind, _ in PITCH_AREAS_M2} | {"PARK", "GREEN"})
# Kinds that OpenStreetMap maps so well in many cities that somebody who knows the place may vouch for them.
VOUCHABLE = frozenset({"BUS_STOP", "METRO", "PARK", "GREEN", "PHARMACY", "SUPERMARKET", "KINDERGARTEN", "POST", "EDU_PRIMARY", "EDU_JUNIOR",
                       "EDU_SENIOR"})


def facility_kinds(tags: Tags) -> tuple[str, ...]:
    """Give the kinds of a facility, mostly one: a school of nine years is two; () for what the taxonomy does not have."""
    if _FACILITY_KEYS.isdisjoint(tags) or tags.get("access") in CLOSED or is_gone(tags):
        return ()
    if tags.get("amenity") == "school":
        return school_kinds(tags)
    return next(((rule.kind,) for rule in FACILITY_RULES if rule.matches(tags)), ())


def school_kinds(tags: Tags) -> tuple[str, ...]:
    """Give the levels a school teaches, from `isced:level` or the words of its name; () where neither says."""
    numbers = [int(digit) for digit in re.findall(r"\d", tags.get("isced:level", ""))]
    if "-" in tags.get("isced:level", "") and len(numbers) == 2:
        numbers = list(range(numbers[0], numbers[1] + 1))
    levels = tuple(SCHOOL_LEVELS[str(number)] for number in sorted(set(numbers)) if str(number) in SCHOOL_LEVELS)
    if levels:
        return levels
    if tags.get("school") in ("primary", "elementary"):
        return ("EDU_PRIMARY",)
    return tuple(kind for kind, words in _SCHOOL_NAMES if words.search(tags.get("name", "")))


def is_gone(tags: Tags) -> bool:
    """Say whether an object is marked as out of use."""
    return any(tags.get(key) == "yes" for key in ("disused", "abandoned", "demolished", "razed"))


# --- one value at a time ---------------------------------------------------------------------------------------------------------


def names(tags: Tags) -> dict[str, Any]:
    """Give the columns that every layer shares."""
    return {"name": tags.get("name"), "name_en": tags.get("name:en"), "source": "OpenStreetMap", "accuracy": "osm"}


def flag(value: str | None) -> bool | None:
    """Read yes/no; None where neither is said."""
    if value in ("yes", "24/7", "automatic", "designated", "sunset-sunrise", "dusk-dawn"):
        return True
    return False if value in ("no", "disused") else None


_NUMBER = re.compile(r"^\s*(-?\d+(?:\.\d+)?)\s*(m|metres?|meters?)?\s*$")


def number(value: str | None, maximum: float = math.inf) -> float | None:
    """Read a number of 0 to `maximum`, with or without metres; None where it is another unit, or no number."""
    found = _NUMBER.match(value) if value else None
    if not found:
        return None
    read = float(found.group(1))
    return read if 0 <= read <= maximum else None


def hours(tags: Tags) -> str | None:
    """Give the opening hours where they are within the subset that is understood; else they are left out."""
    value = tags.get("opening_hours")
    if not value:
        return None
    try:
        parse_hours(value)
    except WanliGeoError:
        return None
    return value


def step_free(tags: Tags) -> bool | None:
    """Say whether one gets through without a step; None where no tag tells."""
    said = flag(tags.get("wheelchair"))
    if said is not None:
        return said
    if tags.get("highway") == "steps":
        return "yes" in (tags.get("ramp:wheelchair"), tags.get("ramp")) and tags.get("ramp:wheelchair") != "no"
    return {"raised": False, "flush": True, "lowered": True, "no": True}.get(tags.get("kerb", ""))


def level(tags: Tags) -> int | None:
    """Give the level of a way, from `layer`, `level`, a bridge or a tunnel, within -5 to 5; None where none is said (the ground)."""
    for key in ("layer", "level"):
        found = re.match(r"\s*(-?\d+)(?:\.\d+)?\s*(;|-|$)", tags.get(key, ""))
        if found:
            return max(-5, min(5, int(found.group(1))))
    if is_bridge(tags):
        return 1
    return -1 if is_tunnel(tags) else None


def is_bridge(tags: Tags) -> bool:
    return tags.get("bridge", "no") not in ("no", "")


def is_tunnel(tags: Tags) -> bool:
    """A passage through a building lies on the ground and is none."""
    return tags.get("tunnel", "no") not in ("no", "", "building_passage")


def street(tags: Tags) -> dict[str, Any] | None:
    """Read a walkable way into the columns of `streets`; None where one may not walk.

    One more key, `open_to_all`, says that the tags name walkers or everybody as welcome; it is no column of the layer.
    """
    highway, foot = tags.get("highway", ""), tags.get("foot")
    kind = STREET_KINDS.get(highway)
    if highway in FAST_ROADS and (foot in FOOT_YES or tags.get("sidewalk") in SIDEWALKS):
        kind = "road"
    if kind is None or foot in FOOT_NO or is_gone(tags):
        return None
    if kind == "path":
        kind = _path_kind(tags)
    crossing = tags.get("crossing", "")
    return {
        **names(tags), "kind": kind, "width_m": number(tags.get("width") or tags.get("est_width"), 200.0), "lit": flag(tags.get("lit")),
        "surface": tags.get("surface"), "step_free": step_free(tags), "level": level(tags), "access": access(tags),
        "signalised": _signalised(tags, crossing) if kind == "crossing" else None, "open_hours": hours(tags),
        "open_to_all": foot in FOOT_YES or tags.get("access") in FOOT_YES,
    }


def _path_kind(tags: Tags) -> str:
    if "crossing" in (tags.get("footway"), tags.get("path"), tags.get("cycleway")):
        return "crossing"
    if is_bridge(tags):
        return "footbridge"
    return "underpass" if is_tunnel(tags) else "path"


def _signalised(tags: Tags, crossing: str) -> bool | None:
    if crossing in SIGNALS or tags.get("crossing:signals") == "yes":
        return True
    return False if crossing in UNSIGNALLED or tags.get("crossing:signals") == "no" else None


def access(tags: Tags) -> str:
    """Say who may walk here: what is said of walkers goes before what is said of everybody."""
    said = tags.get("foot", tags.get("access", "yes"))
    if said in CLOSED:
        return "private"
    return "residents" if said in RESIDENTS else "public"


def is_gate(tags: Tags) -> bool:
    return tags.get("barrier") in WALK_GATES or tags.get("barrier") in VEHICLE_GATES


def gate_access(tags: Tags) -> str:
    """Say who may walk through a node barrier. A boom stops cars: only a word about walkers closes it to them."""
    barrier = tags.get("barrier")
    if "foot" not in tags and barrier not in WALK_GATES:
        return "public"
    if tags.get("foot") in FOOT_NO or ("foot" not in tags and tags.get("locked") == "yes"):
        return "private"
    return access(tags)


def is_open_door(tags: Tags) -> bool:
    """Say whether a node is an entrance that the public uses."""
    door = tags.get("entrance", "no") not in SHUT_DOORS or is_gate(tags)
    return door and gate_access(tags) == "public" and access(tags) == "public"


# waterway=* and water=* of open waters, and what they are here; a water of another kind, or of none, is a pond.
_WATERWAYS = {**dict.fromkeys(("river", "stream", "riverbank", "tidal_channel"), "river"), "canal": "canal"}
_NAMED_WATERWAYS = {"drain": "canal", "ditch": "canal"}
_WATERS = {**dict.fromkeys(("river", "stream", "oxbow"), "river"), **dict.fromkeys(("canal", "ditch", "moat", "lock"), "canal"),
           **dict.fromkeys(("wastewater", "fountain", "pool", "swimming_pool", "fire_pond"), None)}


def water_kind(tags: Tags) -> str | None:
    """Give the kind of an open water; None for what is none, or runs underground."""
    if is_tunnel(tags) or "yes" in (tags.get("covered"), tags.get("intermittent")):
        return None
    if "waterway" in tags:
        return _WATERWAYS.get(tags["waterway"]) or (_NAMED_WATERWAYS.get(tags["waterway"]) if "name" in tags else None)
    if tags.get("natural") == "water" or tags.get("landuse") in ("reservoir", "basin") or "water" in tags:
        return _WATERS.get(tags.get("water", ""), "pond")
    return None


GREENWAY = re.compile(r"绿道|greenway", re.I)


def green_kind(tags: Tags) -> str | None:
    """Give the kind of a green area: `park` (pocket or not is told by its area) or `street_green`; None for what is none."""
    if access(tags) == "private":
        return None
    if tags.get("leisure") == "park" or tags.get("landuse") == "recreation_ground":
        return "park"
    garden = tags.get("leisure") == "garden" and tags.get("garden:type") not in ("residential", "private", "community")
    return "street_green" if garden or tags.get("landuse") == "village_green" else None


def has_any(tags: Tags, table: Mapping[str, tuple[str, ...]]) -> bool:
    return any(tags.get(key) in values for key, values in table.items() if key in tags)


def address(tags: Tags) -> str | None:
    """Give the address in one line: the full one, else street and number."""
    parts = (tags.get("addr:street"), tags.get("addr:housenumber"))
    return tags.get("addr:full") or " ".join(part for part in parts if part) or None
