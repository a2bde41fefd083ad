"""What an answer about signs says beside its tables: the numbers, and what one must know of them."""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import pandas as pd

from wanli_geo.answer import Caveat, Fact, Made
from wanli_geo.routes.signs import CLOSED, RIGHT, TOO_LONG, TOO_SHORT, UNKNOWN, UNPAINTED, UNREACHABLE, WRONG
from wanli_geo.study.destinations import MAIN, Guide, Walker
from wanli_geo.study.ground import Ground
from wanli_geo.study.words import data_caveats, walk_caveats

_NAMED = 5


def facts_of(faces: pd.DataFrame, signs: int, found: int | None, points: gpd.GeoDataFrame) -> tuple[Fact, ...]:
    """The numbers, in reading order; `found` decision points of which the `points` lack a sign."""
    def of(*codes: str) -> int:
        return int(faces["verdict"].isin(codes).sum())

    judged = of(RIGHT, TOO_SHORT, TOO_LONG)
    return (
        Fact("signs", "标识", "Signs", signs, "块"),
        Fact("faces", "牌面指向", "Destinations painted", len(faces), "条"),
        Fact("faces_right", "分钟数准的", "Minutes right", of(RIGHT), "条"),
        Fact("faces_wrong", "不准的", "Wrong", of(*WRONG), "条"),
        Fact("faces_unknown", "对不上地方的", "Place not known", of(UNKNOWN), "条"),
        Fact("decisions_unsigned", "缺牌的岔口", "Corners that lack a sign", None if found is None else len(points), "处"),
        Fact("faces_too_short", "写少了的", "Painted too short", of(TOO_SHORT), "条"),
        Fact("faces_too_long", "写多了的", "Painted too long", of(TOO_LONG), "条"),
        Fact("faces_closed", "指向已停用或未开的", "To a place that is not open", of(CLOSED), "条"),
        Fact("faces_unreachable", "走不到的", "No way there", of(UNREACHABLE), "条"),
        Fact("faces_unpainted", "没写分钟数的", "No minutes painted", of(UNPAINTED), "条"),
        Fact("share_right", "写了的分钟数里准的", "Right, of those judged", of(RIGHT) / judged if judged else None, "share"),
        Fact("error_mean_min", "牌面与成人步行平均相差", "Mean difference from an adult's walk", _error(faces), "分钟"),
        Fact("decisions", "要选路的岔口", "Decision points", found, "处"),
        Fact("decisions_signed", "其中有牌的", "Of these with a sign", None if found is None else found - len(points), "处"),
        Fact("decision_first", "最缺牌的一处", "Needs one most", None if points.empty else str(points["name"].iloc[0])),
    )


def _error(faces: pd.DataFrame) -> float | None:
    """Mean of the absolute differences between painted minutes and an adult's."""
    off = (faces["painted_min"] - faces["adult_min"]).abs().dropna()
    return float(off.mean()) if len(off) else None


def caveats_of(
    ground: Ground, walkers: tuple[Walker, Walker], slack_min: float, faces: pd.DataFrame, findings: pd.DataFrame, guides: Sequence[Guide],
    made: Sequence[Made],
) -> list[Caveat]:
    """What one must know of the minutes, the places and the corners."""
    adult, elder = walkers
    notes = [Caveat(
        "sign_rule",
        f"牌面分钟数在“成人步行 − {slack_min:g}”到“老人步行 + {slack_min:g}”分钟之间算准（成人 {adult.profile.m_per_s:g} 米/秒，老人 "
        f"{elder.profile.m_per_s:g} 米/秒）；建议牌面写成人分钟数，向上取整，老人的列在旁边。",
        f"Painted minutes are right from the adult's walk − {slack_min:g} to the elder's + {slack_min:g} min (adult {adult.profile.m_per_s:g}, elder "
        f"{elder.profile.m_per_s:g} m/s); to be painted are the adult's minutes, rounded up, with the elder's beside them.",
    )]
    notes.append(Caveat("nearest_entrance", "走到最近的入口；步道、绿带、水边算到最近的一点，在建的步道照常算。",
                        "Walked to the nearest entrance; of a walkway, a green belt or the water to its nearest point, one under works included."))
    notes += _of_names(faces)
    if len(findings):
        notes.append(Caveat("findings", f"标识数据有 {len(findings)} 处问题：{findings['zh'].iloc[0]}",
                            f"{len(findings)} fault(s) in the data of the signs, the first: {findings['en'].iloc[0]}"))
    notes.append(_of_corners() if ground.peopled else Caveat(
        "no_people", "没有住宅楼也没有小区的资料，不知道谁从哪里走来，没有找岔口。",
        "No homes and no compounds are known, so nobody knows who walks from where: no decision points were looked for.",
    ))
    lacking = [main for main, guide in zip(MAIN, guides, strict=True) if not len(guide.goal.doors)]
    if lacking:
        notes.append(Caveat("no_such_goal", f"资料里没有可去的{'、'.join(main.zh for main in lacking)}，找岔口时没有计入。",
                            f"The data has no open {', '.join(main.en for main in lacking)}: left out in finding the corners."))
    unstated = int(np.isnan(ground.demand.people).sum()) if ground.peopled else 0
    return [*notes, *walk_caveats(ground, adult.profile, adult.pace), *data_caveats(made, unstated)]


def _of_corners() -> Caveat:
    """What a decision point is."""
    return Caveat(
        "decision_rule",
        "岔口：三条以上路相交、同一方向来的居民去不同主要目的地要分开走的路口；人次按每人去每类最近一处各计一次（假定），"
        "按离开大流的人次排先后；只列边界以内的。",
        "A decision point is a corner of three arms or more where residents who come by one arm part for different main destinations; a trip is a "
        "person once to the nearest place of each kind (assumed), ranked by those who leave the main "
        "stream; only those inside the boundary are listed.",
    )


def _of_names(faces: pd.DataFrame) -> list[Caveat]:
    """Which names were read for others, and which were not found."""
    notes = []
    short = faces[faces["matched"].isin(("by_bare_name", "by_short_name"))].drop_duplicates("target")
    if len(short):
        pairs = list(zip(short["target"], short["place"], strict=True))[:_NAMED]
        notes.append(Caveat("names_read", f"牌面简称按唯一相符的地方理解：{'；'.join(f'“{one}”为“{place}”' for one, place in pairs)}。",
                            f"Shortened names were read as the one place they fit: {'; '.join(f'“{one}” as “{place}”' for one, place in pairs)}."))
    lost = faces[faces["verdict"] == UNKNOWN].drop_duplicates("target")
    for _, row in lost.head(_NAMED).iterrows():
        near = None if pd.isna(row["near"]) else row["near"]
        if row["reason"] == "several_places":
            notes.append(Caveat("name_several", f"“{row['target']}”不止一处（{near}），没有替牌面猜；请写全名。",
                                f"Several places are called “{row['target']}” ({near}); none was guessed, write the whole name."))
        else:
            hint_zh, hint_en = (f"是不是“{near}”？", f"is it “{near}”? ") if near else ("", "")
            notes.append(Caveat("name_unknown", f"没有找到“{row['target']}”；{hint_zh}请改牌名，或在图层里补上这个地方。",
                                f"“{row['target']}” was not found; {hint_en}change the name, or add the place to the layers."))
    return notes
