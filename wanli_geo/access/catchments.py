"""How much of what there is falls to each person: the floating catchment areas. Pairs of a place and a facility in, access per person out.

Notation of all: `P` people of a place, `S` supply of a facility, `W` the weight of the walk between them (a decay, 0 beyond the reach).

Who counts. People not known (NaN) make no demand, and their place has no figure (NaN): not known is not zero. Supply not known (NaN)
and supply of nought are no choice at all: such a facility neither gives nor draws people from others. A place without people has the
access somebody moving in would have. A facility whose demand is nought keeps its supply to itself: it is told as `idle`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from wanli_geo.access.reach import TOLERANCE_M
from wanli_geo.errors import BadMeasure
from wanli_geo.network.graph import Floats, Ints

# What is left of a weight at the end of the reach (`exponential`), and the share of the reach within which nearer is no better (`inverse`).
AT_THE_END, AT_THE_DOOR = 0.01, 0.01
# Three bands of equal width and what they weigh: Luo & Qi (2009), the slower of their two sets, 0–10, 10–20 and 20–30 minutes.
STEPS = (1.0, 0.68, 0.22)


@dataclass(frozen=True, eq=False)
class Pairs:
    """Walks between places and facilities, those in reach only: (w,) rows of `place` and `facility`, each pair once, and the `cost`, metres."""

    place: Ints
    facility: Ints
    cost: Floats


@dataclass(frozen=True)
class Decay:
    """How a walk weighs: `weight` takes the walk as a share of the reach, 0 or more, and gives 0 to 1."""

    zh: str
    en: str
    source: str
    weight: Callable[[Floats], Floats]


def _steps(share: Floats) -> Floats:
    return np.asarray(STEPS)[np.clip(np.ceil(share * 3 - 1e-9).astype(np.int64) - 1, 0, 2)]


def _gaussian(share: Floats) -> Floats:
    end = np.exp(-0.5)
    return np.clip((np.exp(-0.5 * share**2) - end) / (1 - end), 0.0, 1.0)


def _inverse(share: Floats) -> Floats:
    return AT_THE_DOOR / np.maximum(share, AT_THE_DOOR)


# x is the walk divided by the reach.
DECAYS: dict[str, Decay] = {
    "binary": Decay("走得到都算 1", "1 within the reach", "Luo & Wang 2003", np.ones_like),
    "steps": Decay("三段 1、0.68、0.22", "three bands of 1, 0.68, 0.22", "Luo & Qi 2009", _steps),
    "gaussian": Decay("高斯 (e^(-x²/2) - e^(-1/2)) / (1 - e^(-1/2))", "Gaussian (e^(-x²/2) - e^(-1/2)) / (1 - e^(-1/2))", "Dai 2010", _gaussian),
    "exponential": Decay("指数 0.01^x", "exponential 0.01^x", "Kwan 1998; Jörg et al. 2019", lambda share: AT_THE_END**share),
    "inverse": Decay("反比 0.01 / x，最多 1", "inverse 0.01 / x, at most 1", "Hansen 1959, power -1", _inverse),
    "linear": Decay("线性 1 - x", "linear 1 - x", "Kwan 1998", lambda share: np.maximum(1 - share, 0.0)),
}


def weights(cost: Floats, reach: float, decay: str) -> Floats:
    """(w,) how each walk weighs, 0 to 1; 0 beyond the reach.

    With x the walk as a share of the reach:

    - `binary`: 1 (Luo & Wang 2003, Environment and Planning B 30: 865–884).
    - `steps`: 1, 0.68, 0.22 in three bands of equal width (Luo & Qi 2009, Health & Place 15: 1100–1107).
    - `gaussian`: (e^(−x²/2) − e^(−1/2)) / (1 − e^(−1/2)), 0 at the end of the reach (Dai 2010, Health & Place 16: 1038–1052).
    - `exponential`: 0.01^x, e^(−βd) with β such that a hundredth is left at the end of the reach (Kwan 1998, Geographical Analysis 30:
      191–216; the hundredth Jörg et al. 2019, Obsan 01/2019).
    - `inverse`: power −1 of the walk (Hansen 1959, Journal of the American Institute of Planners 25: 73–76), and no more than 1: within a
      hundredth of the reach nearer is no better, else a house at the door would weigh without bound.
    - `linear`: 1 − x (Kwan 1998), 0 at the end of the reach.

    All depend on the walk's share of the reach only: metres or minutes are the same.

    Raises:
        BadMeasure: no such decay.
    """
    share = np.minimum(cost, reach) / reach  # what is within the tolerance stands at the end of the reach
    return np.where(cost <= reach + TOLERANCE_M, decay_of(decay).weight(share), 0.0)


def decay_of(code: str) -> Decay:
    """Look a decay up.

    Raises:
        BadMeasure: no such decay.
    """
    if code in DECAYS:
        return DECAYS[code]
    raise BadMeasure(f"没有“{code}”这种衰减；可用：{'、'.join(DECAYS)}。", f"There is no decay “{code}”; use one of {', '.join(DECAYS)}.")


@dataclass(frozen=True, eq=False)
class Catchments:
    """What the methods find.

    Attributes:
        access: (p,) supply per person of each place, NaN where its people are not known, 0 where nothing is in reach.
        demand: (f,) people who come to each facility, as its method counts them; 0 where nobody does or its supply is not known or nought.
        idle: (f,) whether the facility has a supply and nobody to take it.
    """

    access: Floats
    demand: Floats
    idle: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]


@dataclass(frozen=True, eq=False)
class _Walks:
    """The pairs that count: weights `w` (k,) above 0, to facilities with a supply, from places whose people are known.

    `among` (p,) is the weight of all that the people of each place choose among.
    """

    place: Ints
    facility: Ints
    w: Floats
    people: Floats
    supply: Floats
    among: Floats

    def of_places(self, value: Floats) -> Floats:
        """(p,) sums over the facilities of each place."""
        return np.bincount(self.place, value, minlength=len(self.people)).astype(np.float64)

    def of_facilities(self, value: Floats) -> Floats:
        """(f,) sums over the places of each facility."""
        return np.bincount(self.facility, value, minlength=len(self.supply)).astype(np.float64)

    @property
    def choice(self) -> Floats:
        """(k,) each facility's share of the weights its place chooses among: they add up to 1 a place."""
        return self.w / self.among[self.place]

    @property
    def share(self) -> Floats:
        """(k,) each place's share of its facility's weights: they add up to 1 a facility."""
        return self.w / self.of_facilities(self.w)[self.facility]


@dataclass(frozen=True)
class Method:
    """One floating catchment area: `coming` (k,) how much of a place's people are taken to come, `taking` (k,) what each takes home of the ratio.

    `decay` is its author's own; `keeps` whether Σ people × access is the supply that has demand in reach.
    """

    zh: str
    en: str
    source: str
    decay: str
    keeps: bool
    coming: Callable[[_Walks], Floats]
    taking: Callable[[_Walks], Floats]


METHODS: dict[str, Method] = {
    "2sfca": Method("两步移动搜索法", "two-step floating catchment area", "Luo & Wang 2003", "binary", True,
                    lambda walks: walks.w, lambda walks: walks.w),
    "e2sfca": Method("增强两步移动搜索法", "enhanced two-step floating catchment area", "Luo & Qi 2009", "steps", True,
                     lambda walks: walks.w, lambda walks: walks.w),
    "m2sfca": Method("修正两步移动搜索法", "modified two-step floating catchment area", "Delamater 2013", "gaussian", False,
                     lambda walks: walks.w, lambda walks: walks.w**2),
    "3sfca": Method("三步移动搜索法", "three-step floating catchment area", "Wan, Zou & Sternberg 2012", "steps", True,
                    lambda walks: walks.choice * walks.w, lambda walks: walks.choice * walks.w),
    "bfca": Method("平衡移动搜索法", "balanced floating catchment area", "after Paez, Higgins & Vivona 2019", "gaussian", True,
                   lambda walks: walks.choice, lambda walks: walks.choice),
    "bfca2019": Method("平衡移动搜索法（原文）", "balanced floating catchment area, as printed", "Paez, Higgins & Vivona 2019", "gaussian", False,
                       lambda walks: walks.choice, lambda walks: walks.share),
}


def method_of(code: str) -> Method:
    """Look a method up.

    Raises:
        BadMeasure: no such method.
    """
    if code in METHODS:
        return METHODS[code]
    raise BadMeasure(f"没有“{code}”这种方法；可用：{'、'.join(METHODS)}。", f"There is no method “{code}”; use one of {', '.join(METHODS)}.")


def catchments(
    pairs: Pairs, people: Floats, supply: Floats, reach: float, method: str = "2sfca", decay: str = "", *, beyond: bool = False
) -> Catchments:
    """Share the supply of facilities out among the people who reach them.

    - `2sfca`: R_j = S_j / Σ_k P_k W_kj, A_i = Σ_j W_ij R_j, W binary (Luo & Wang 2003, Environment and Planning B 30: 865–884); with another
      decay its general form (Wang 2012, Annals of the Association of American Geographers 102: 1104–1112).
    - `e2sfca`: the same with bands that weigh less farther out (Luo & Qi 2009, Health & Place 15: 1100–1107).
    - `m2sfca`: A_i = Σ_j W_ij² R_j: supply far from its people is lost on the way, Σ P A ≤ Σ S (Delamater 2013, Health & Place 24: 30–43).
    - `3sfca`: G_ij = W_ij / Σ_j W_ij says how likely one chooses a facility; R_j = S_j / Σ_k G_kj P_k W_kj, A_i = Σ_j G_ij W_ij R_j
      (Wan, Zou & Sternberg 2012, International Journal of Geographical Information Science 26: 1073–1089).
    - `bfca2019`: people divided by row-standardised weights, D_j = Σ_i P_i W_ij / Σ_j W_ij, so that nobody demands twice; the ratio divided by
      column-standardised ones, A_i = Σ_j (S_j / D_j) W_ij / Σ_i W_ij (Paez, Higgins & Vivona 2019, PLoS ONE 14: e0218773). As printed it
      keeps Σ_j D_j = Σ P and Σ_i A_i = Σ_j S_j / D_j, which counts places, not people: a compound split into two houses has half the access.
    - `bfca`: the same demand, and each facility's supply divided among those who come: A_i = Σ_j (S_j / D_j) W_ij / Σ_j W_ij. Nobody demands
      twice, nothing is given twice: Σ_j D_j = Σ P and Σ P A = Σ S.

    Args:
        people: (p,) of each place, NaN not known; `supply` (f,) of each facility, NaN not known.
        reach: in the unit of the pairs' cost, above 0.
        decay: one of `DECAYS`; left out, the method's own.
        beyond: people also weigh the facilities that `pairs` has beyond the reach when they choose (3sfca, bfca), by the same decay carried
            on, though these serve nobody there. Wan et al. have only those within the reach; PySAL's `access` has all.

    Raises:
        BadMeasure: no such method or decay.
    """
    how = method_of(method)
    decay = decay or how.decay
    weight = weights(pairs.cost, reach, decay)
    choice = np.isfinite(people[pairs.place]) & (np.nan_to_num(supply)[pairs.facility] > 0)
    considered = np.where(choice, decay_of(decay).weight(pairs.cost / reach) if beyond else weight, 0.0)
    among = np.bincount(pairs.place, considered, minlength=len(people)).astype(np.float64)
    counts = choice & (weight > 0)
    walks = _Walks(pairs.place[counts], pairs.facility[counts], weight[counts], people, supply, among)
    demand = walks.of_facilities(how.coming(walks) * people[walks.place])
    ratio = np.divide(supply, demand, out=np.zeros(len(supply)), where=demand > 0)
    access = walks.of_places(how.taking(walks) * ratio[walks.facility])
    return Catchments(np.where(np.isfinite(people), access, np.nan), demand, (np.nan_to_num(supply) > 0) & ~(demand > 0))
