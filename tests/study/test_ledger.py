"""A ledger of ten homes worked by hand, each line of it explained; then the words of the audit on it.

The village has streets every 100 m from (0, 0) to (400, 400), so a walk between two spots on streets is |dx| + |dy| where both stand on
corners or on one street. The homes (x, y), with residents aged 0–6, 7–18, 19–59, 60–79, 80+:

    a (0, 0)      1 1 5 2 1     b (100, 0)    2 2 10 4 2     c (200, 0)   0 1 6 2 1     d (300, 0)   1 0 4 3 2
    e (310, 0)    1 1 4 1 1     f (200, 300)  2 3 9 4 2      g (400, 0)   1 2 5 1 1     h (400, 200) 1 1 3 4 1
    i (200, 200)  12, of no stated age        j (100, 100)   nobody knows how many

together 10 + 20 + 10 + 10 + 8 + 20 + 10 + 10 + 12 = 110 residents, and j counts nowhere.
"""

from __future__ import annotations

from functools import cache
from itertools import product

import numpy as np
import pandas as pd
import pytest
import shapely

from tests.village import village
from wanli_geo.access.coverage import GAP
from wanli_geo.access.reach import PROFILES, TOLERANCE_M
from wanli_geo.network.pace import Pace, Waits
from wanli_geo.standards.clauses import AGES, Clause, Pack
from wanli_geo.standards.ledger import COLUMNS, REASONS, Entry, Ledger
from wanli_geo.study import Study
from wanli_geo.study.ages import WALKS
from wanli_geo.study.audit_tables import Told, ages, clauses, compounds, gaps, matrix, reasons, supply
from wanli_geo.study.ledger import LESS, MORE, Audited, ledger_of
from wanli_geo.study.sensitivity import variants
from wanli_geo.study.survey import findings, survey

HOMES = {
    "a": ((0, 0), (1, 1, 5, 2, 1)), "b": ((100, 0), (2, 2, 10, 4, 2)), "c": ((200, 0), (0, 1, 6, 2, 1)), "d": ((300, 0), (1, 0, 4, 3, 2)),
    "e": ((310, 0), (1, 1, 4, 1, 1)), "f": ((200, 300), (2, 3, 9, 4, 2)), "g": ((400, 0), (1, 2, 5, 1, 1)), "h": ((400, 200), (1, 1, 3, 4, 1)),
    "i": ((200, 200), 12), "j": ((100, 100), None),
}
NAMES = list(HOMES)
ELDERS = ("60-79", "80+")


def clause(id: str, *kinds: str, **more: object) -> Clause:
    return Clause(id=id, code="1", tier=str(more.pop("tier", "")), zh=id, en=id, kinds=kinds, required="must", source="test", verified=False, **more)


CLAUSES = (
    clause("canteen", "CANTEEN", max_walk_m=300.0),
    clause("day-care", "ELDER_DAY", max_walk_m=300.0, max_walk_min=99.0, min_area_m2=350.0, area_is="building", serves=ELDERS),
    clause("pharmacy", "PHARMACY", max_walk_min=5.0),
    clause("toilet", "TOILET", presence="committee"),
    clause("nursery", "NURSERY", tier="5", serves=("0-6",)),
    clause("market", "MARKET", max_walk_m=500.0),
    clause("space", "ELDER_DAY", per_1000_min_m2=5_000.0),
    clause("more space", "ELDER_DAY", per_1000_min_m2=6_000.0),
    clause("no market", "MARKET", per_1000_min_m2=1.0),
)
PACK = Pack("hand", "手算", "by hand", "1", "test", {"5": 300.0}, CLAUSES)


def home(name: str) -> tuple[dict[str, object], shapely.Point]:
    (x, y), people = HOMES[name]
    row: dict[str, object] = {"id": name, "residents": None if people is None else people if isinstance(people, int) else sum(people)}
    if isinstance(people, tuple):
        row |= dict(zip(("residents_0_6", "residents_7_18", "residents_19_59", "residents_60_79", "residents_80_plus"), people, strict=True))
    return row, shapely.Point(x, y)


def facility(kind: str, x: float, y: float, **more: object) -> tuple[dict[str, object], shapely.Point]:
    return {"id": f"{kind} {x:g},{y:g}", "kind": kind, **more}, shapely.Point(x, y)


@cache
def by_hand() -> tuple[Audited, Ledger]:
    workspace = village(
        surveyed=dict.fromkeys(("CANTEEN", "ELDER_DAY", "PHARMACY", "TOILET", "MARKET"), "complete") | {"NURSERY": "partial"},
        homes=[home(name) for name in NAMES],
        facilities=[
            facility("CANTEEN", 0, 0), facility("CANTEEN", 400, 400), facility("CANTEEN", 200, 0, status="planned"),
            facility("ELDER_DAY", 0, 100, area_m2=400, in_use=True), facility("ELDER_DAY", 400, 100, area_m2=200, in_use=True),
            facility("ELDER_DAY", 200, 400), facility("PHARMACY", 200, 0), facility("TOILET", 0, 400), facility("NURSERY", 0, 0),
        ],
        committees=[({"id": "west", "name": "西"}, shapely.box(-50, -50, 250, 450)), ({"id": "east", "name": "东"}, shapely.box(250, -50, 450, 150))],
    )
    study = Study(workspace)
    audited = Audited(study.ground(), study.waits)
    return audited, ledger_of(audited, [PACK])


def entry(id: str) -> Entry:
    return next(one for one in by_hand()[1].entries if one.clause.id == id)


def line(id: str, name: str, age: str) -> tuple[str, str | None]:
    """What the ledger says of one clause, one home and one age: the status, and the reason where it is not covered."""
    verdict = entry(id).verdicts[COLUMNS.index(age)]
    if verdict is None:
        return "not concerned", None
    row = NAMES.index(name)
    return ("covered", "gap", "unknown")[verdict.status[row]], None if verdict.reason[row] < 0 else REASONS[verdict.reason[row]]


@pytest.mark.parametrize(("name", "metres", "second", "told"), [
    ("a", 0, 800, ("covered", None)),  # the canteen stands at the door; the other one is at the far corner, 400 + 400
    ("b", 100, 700, ("covered", None)),
    ("c", 200, 600, ("covered", None)),  # the planned canteen beside it counts for nothing
    ("d", 300, 500, ("covered", None)),  # exactly 300 m is within 300 m
    ("e", 310, 490, ("gap", "too_far")),  # 10 m too far, and along one street the crow flies no shorter
    ("f", 300, 500, ("covered", None)),  # to (400, 400): 200 + 100; to (0, 0): 200 + 300
    ("g", 400, 400, ("gap", "too_far")),  # both canteens are 400 m away: 100 m too far
    ("h", 200, 600, ("covered", None)),
    ("i", 400, 400, ("gap", "detour")),  # 283 m as the crow flies to either, 400 m on foot
    ("j", 200, 600, ("covered", None)),  # judged too, though nobody is known to live there
])
def test_a_canteen_within_300_m(name: str, metres: float, second: float, told: tuple[str, str | None]) -> None:
    walked, row = entry("canteen").verdicts[0].walked, NAMES.index(name)
    assert (walked.metres[row], walked.second[row]) == pytest.approx((metres, second))
    assert {line("canteen", name, age) for age in COLUMNS} == {told}


@pytest.mark.parametrize(("name", "told"), [
    ("a", ("covered", None)),  # (0, 100) has 400 m², 100 m away
    ("b", ("covered", None)),  # 100 + 100
    ("c", ("covered", None)),  # 200 + 100 = 300
    ("d", ("gap", "below_area")),  # 400 m to the large one; the one 200 m away has 200 m² of the 350 asked for
    ("e", ("gap", "below_area")),  # 410 m; the small one is 90 + 100 away
    ("f", ("unknown", "area_unknown")),  # 400 m to the large one; of the one at (200, 400), 100 m away, nobody knows the area
    ("g", ("gap", "below_area")),  # 500 m; the small one is 100 m away
    ("h", ("gap", "below_area")),  # 500 m; small 100 m; the unknown one 400 m, too far to matter
])
def test_a_large_day_care_for_the_old(name: str, told: tuple[str, str | None]) -> None:
    """Metres win over the 99 minutes; it serves the old, so no child is in a gap."""
    assert {line("day-care", name, age) for age in ELDERS} == {told}
    assert {line("day-care", name, age) for age in ("0-6", "7-18", "19-59")} == {("not concerned", None)}


def test_whether_it_serves_people_of_no_stated_age_is_not_known() -> None:
    assert line("day-care", "i", "unstated") == ("unknown", "age_unknown")  # though the large one is 300 m away


@pytest.mark.parametrize(("name", "metres", "by_age"), [
    # five minutes at one's own pace: 7–59 walk 1.2 m/s, 360 m; 0–6 (with an adult) and 60–79 0.9 m/s, 270 m; 80+ 0.7 m/s, 210 m
    ("a", 200, ("covered",) * 5),
    ("b", 100, ("covered",) * 5),
    ("f", 300, ("gap", "covered", "covered", "gap", "gap")),
    ("g", 200, ("covered",) * 5),
    ("h", 400, ("gap",) * 5),
])
def test_a_pharmacy_within_five_minutes_of_each_age(name: str, metres: float, by_age: tuple[str, ...]) -> None:
    assert entry("pharmacy").verdicts[0].walked.metres[NAMES.index(name)] == pytest.approx(metres)
    assert tuple(line("pharmacy", name, age)[0] for age in AGES) == by_age


def test_people_of_no_stated_age_are_covered_where_the_slowest_are() -> None:
    assert line("pharmacy", "i", "unstated") == ("covered", None)  # 200 m, and the slowest walk 210 m
    assert line("pharmacy", "f", "unstated") == ("unknown", "age_unknown")  # 300 m: an adult in time, an old person not
    assert line("pharmacy", "h", "unstated")[0] == "gap"  # 400 m is too far for anybody


@pytest.mark.parametrize(("name", "age", "firm"), [
    ("a", "19-59", True),  # 200 m; at 1.08 m/s in 4.5 min one still gets 291.6 m
    ("f", "19-59", False),  # covered at 300 m, but not at 291.6 m
    ("f", "60-79", False),  # a gap at 300 m; at 0.99 m/s in 5.5 min one gets 326.7 m
    ("f", "80+", True),  # a gap; 0.77 m/s in 5.5 min is 254.1 m
    ("h", "19-59", False),  # 400 m; 1.32 m/s in 5.5 min is 435.6 m
    ("h", "60-79", True),
])
def test_what_is_firm_and_what_is_borderline(name: str, age: str, firm: bool) -> None:
    assert bool(entry("pharmacy").verdicts[COLUMNS.index(age)].firm[NAMES.index(name)]) is firm


def test_firm_is_what_stays_so_in_all_27_variants() -> None:
    """Three speeds × three waits × three thresholds, each asked for itself: the audit looks at the extremes only, all lie between."""
    audited, _ = by_hand()
    pharmacies = entry("pharmacy").supply.satisfying
    for age, code in WALKS.items():
        speed, verdict, covered = PROFILES[code].m_per_s, entry("pharmacy").verdicts[COLUMNS.index(age)], []
        for pace, waits, threshold in product((LESS, 1.0, MORE), (0.0, 1.0, 2.0), (LESS, 1.0, MORE)):
            lost = Waits(*(waits * seconds for seconds in (30.0, 10.0, 60.0)))
            longest = 5 * 60 * speed * pace * threshold + TOLERANCE_M
            covered.append(audited.goals.cost(pharmacies, Pace(speed * pace, lost), within_m=longest) <= longest)
        same = (np.stack(covered) == (verdict.status == 0)).all(axis=0)
        assert verdict.firm.tolist() == same.tolist()


def test_every_variant_says_whom_it_covers_and_what_gap_is_left() -> None:
    audited, ledger = by_hand()
    table = variants(audited, entry("pharmacy"), ledger)
    assert len(table) == 27
    assert set(variants(audited, entry("canteen"), ledger)["threshold"]) == {LESS, 1.0, MORE}
    assert len(variants(audited, entry("toilet"), ledger)) == 0
    as_is = table[(table[["speed", "waits", "threshold"]] == 1).all(axis=1)].iloc[0]
    # 92 covered as by hand, of the eighteen in the gap all; f and h are the two units
    assert as_is[["people_covered", "people_gap_left", "units_gap_left"]].tolist() == [92, 18, 2]
    best = table[(table["speed"] == MORE) & (table["waits"] == 0) & (table["threshold"] == MORE)].iloc[0]
    # 7–59 get 435.6 m, 0–6 and 60–79 326.7 m, 80+ 254.1 m: left are the two of 80+ at f, and of h 0–6, 60–79 and 80+, six
    assert best[["people_gap_left", "units_gap_left"]].tolist() == [8, 2]
    told = Told(audited, ledger)
    assert told.borderline(entry("pharmacy"), GAP).sum() == as_is["people_gap_left"] - best["people_gap_left"]


def test_in_metres_only_the_threshold_varies() -> None:
    firm = entry("canteen").verdicts[0].firm
    # 270 to 330 m is borderline: d and f at 300 m, e at 310 m; not g and i at 400 m, nor the others at 200 m and less
    assert [name for name, holds in zip(NAMES, firm, strict=True) if not holds] == ["d", "e", "f"]


@pytest.mark.parametrize(("name", "told"), [
    ("a", ("covered", None)), ("i", ("covered", None)),  # the toilet at (0, 400) is in the western committee, however far
    ("d", ("gap", "none_here")), ("g", ("gap", "none_here")),  # there is one, but not in the eastern
    ("h", ("unknown", "no_zone")),  # (400, 200) lies in neither
])
def test_a_toilet_in_each_committee(name: str, told: tuple[str, str | None]) -> None:
    assert {line("toilet", name, age) for age in COLUMNS} == {told}


@pytest.mark.parametrize(("name", "told"), [
    ("d", ("covered", None)),  # 300 m is the tier's distance, not the clause's
    ("e", ("unknown", "not_surveyed")),  # 310 m, but not all nurseries are known: there may be one nearer
])
def test_a_nursery_by_its_tier(name: str, told: tuple[str, str | None]) -> None:
    assert (entry("nursery").measure.text, entry("nursery").measure.basis) == ("300m", "tier")
    assert line("nursery", name, "0-6") == told
    assert line("nursery", name, "7-18") == ("not concerned", None)


def test_of_a_kind_looked_for_everywhere_and_not_found_all_are_in_the_gap() -> None:
    assert {line("market", name, age) for name in NAMES for age in COLUMNS} == {("gap", "none_exists")}


def test_square_metres_for_a_thousand() -> None:
    """600 m² in use and known, for 110 residents: 5,454.5 for a thousand, at least, and at most so many people are known of.

    5,000 are there for those known of, but nobody knows how many j are; 6,000 are not, but nobody said whether the third is in use.
    """
    told = Told(*by_hand())
    row = supply(told).iloc[0]
    assert (row["m2_in_use"], row["facilities_not_counted"], row["residents"]) == (600.0, 1, 110.0)
    assert row["m2_per_1000"] == pytest.approx(600 / 110 * 1000)
    everywhere = {id: {line(id, name, age) for name in NAMES for age in COLUMNS} for id in ("space", "more space", "no market")}
    assert everywhere["space"] == {("unknown", "people_unknown")}
    assert everywhere["more space"] == {("unknown", "use_unknown")}
    assert everywhere["no market"] == {("gap", "none_exists")}


def test_the_views_of_the_ten_homes() -> None:
    told = Told(*by_hand())
    table = clauses(told).set_index("clause")
    counts = table[["people_covered", "people_gap", "people_unknown", "people_not_concerned"]]
    expected = pd.DataFrame({
        # covered: a 10, b 20, c 10, d 10, f 20, h 10; gap: e 8, g 10, i 12
        "canteen": (80, 30, 0, 0),
        # covered: a 3, b 6, c 3 old; gap: d 5, e 2, g 2, h 5; unknown: f 6 old, i 12; the others are 110 - 12 - 14 - 18
        "day-care": (12, 14, 18, 66),
        # covered: a 10, b 20, c 10, d 10, e 8, g 10, i 12, of f 3 + 9; gap: of f 2 + 4 + 2, h 10
        "pharmacy": (92, 18, 0, 0),
        # covered: a, b, c, f, i; gap: d 10, e 8, g 10; unknown: h 10
        "toilet": (72, 28, 10, 0),
        # 0–6: covered a 1, b 2, c 0, d 1; unknown e 1, f 2, g 1, h 1, and i 12 of no stated age
        "nursery": (4, 0, 17, 89),
        "market": (0, 110, 0, 0),
        "space": (0, 0, 110, 0),
        "more space": (0, 0, 110, 0),
        "no market": (0, 110, 0, 0),
    }, index=counts.columns).T
    assert counts.astype(float).loc[expected.index].to_numpy().tolist() == expected.to_numpy(float).tolist()
    assert (table["people"] == 110).all()
    assert table.loc["canteen", "people_circle_only"] == 12  # i alone: 283 m as the crow flies
    assert table.loc["canteen", "people_backed"] == 0  # nobody has two canteens within 300 m
    assert table.loc["canteen", "gap_borderline"] == 8
    assert table.loc["canteen", "covered_borderline"] == 30
    assert table.loc["day-care", "reason"] == "below_area"
    assert not table["verified"].any()


def test_the_heaviest_gap_comes_first() -> None:
    told = Told(*by_hand())
    table = gaps(told)
    canteens = table[table["clause"] == "canteen"]
    # i: 12 people × 100 m, g: 10 × 100 m, e: 8 × 10 m
    assert canteens[["id", "people_gap", "burden", "firm"]].to_numpy().tolist() == [
        ["i", 12.0, pytest.approx(1200.0), "firm"], ["g", 10.0, pytest.approx(1000.0), "firm"], ["e", 8.0, pytest.approx(80.0), "borderline"]]
    # First those to whom no way leads to any market, the most people first; then by burden; last what asks for no walk.
    clauses_in_order = table["clause"].tolist()
    assert clauses_in_order[:9] == ["market"] * 9
    assert table["people_gap"].tolist()[:2] == [20.0, 20.0]
    walked = table[(table["burden"] > 0)]
    assert (np.diff(walked["burden"]) <= 0).all()
    assert set(clauses_in_order[9 + len(walked):]) == {"toilet", "no market"}


def test_every_committee_and_those_in_none() -> None:
    table = matrix(Told(*by_hand()))
    canteens = table[table["clause"] == "canteen"]
    assert canteens["committee"].tolist() == ["东", "西", "不在任何居委会"]
    # east: d covered, e and g not; west: a, b, c, f covered, i not; none: h
    assert canteens[["people", "people_covered", "people_gap"]].to_numpy().tolist() == [[28, 10, 18], [72, 60, 12], [10, 10, 0]]


def test_every_age_and_those_of_none() -> None:
    table = ages(Told(*by_hand()))
    pharmacy = table[table["clause"] == "pharmacy"].set_index("group")
    assert pharmacy["people"].tolist() == [9, 11, 46, 21, 11, 12]
    assert pharmacy["people_gap"].tolist() == [3, 1, 3, 8, 3, 0]


def test_every_home_is_a_unit_of_its_own() -> None:
    table = compounds(Told(*by_hand())).set_index("id")
    assert table["people"].sum() == 110
    # f: canteen and toilet cover all; pharmacy and both of the market leave some; day-care, nursery and the two of space are not known
    assert table.loc["f", ["clauses_covered", "clauses_gap", "clauses_unknown"]].tolist() == [2, 3, 4]
    assert table.loc["j", "people"] == 0


def test_what_to_collect_next() -> None:
    table = survey(Told(*by_hand()))
    # ages: i in two clauses; nurseries: 5 children; areas: f's 6 old; zones: h's 10; people and use: all 110, by one index each
    assert dict(zip(table["what"], table["people_clauses"], strict=True)) == {
        "people": 110, "use": 110, "ages": 24, "zones": 10, "area": 6, "kind": 5}
    assert dict(zip(table["what"], table["facilities"], strict=True))["area"] == 1  # the one at (200, 400)
    assert set(findings(Told(*by_hand()))["code"]) == {"no_people", "no_ages", "no_committee"}
    told = reasons(Told(*by_hand()))
    assert told[(told["clause"] == "day-care") & (told["reason"] == "area_unknown")]["people"].tolist() == [6.0]
