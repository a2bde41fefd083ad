"""How evenly something is spread over people: Gini, Palma, Theil, the concentration index and the Lorenz curve. Everybody weighs the same.

All take `value` (n,) of each place, the same for everybody who lives there and nought or more, and `people` (n,). Places of which either is
not known (NaN or `inf`) or where nobody lives are left out: who calls must say how many people these are. Nothing to measure (nobody, or
all values nought) is NaN.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wanli_geo.network.graph import Floats, Ints


@dataclass(frozen=True, eq=False)
class Lorenz:
    """A curve from 0, 0 to 1, 1: the share of `people` with the least, and their share of the `value`; (k,) each."""

    people: Floats
    value: Floats

    def at(self, people: Floats) -> Floats:
        """(m,) the share of the value that these shares of the people have, those with the least first."""
        return np.interp(people, self.people, self.value) if len(self.people) > 1 else np.full(len(people), np.nan)


@dataclass(frozen=True)
class Theil:
    """Theil's T, and its parts: what is `within` groups and what is `between` them add up to the `total`."""

    total: float
    within: float
    between: float


def lorenz(value: Floats, people: Floats, order_by: Floats | None = None) -> Lorenz:
    """Draw the curve of Lorenz (1905, Publications of the American Statistical Association 9: 209–219).

    Args:
        order_by: (n,) line people up by this instead of by the value: the concentration curve (Kakwani 1977, Economic Journal 87: 71–80).
            People of the same rank stand as one.
    """
    value, people, rank = _known(value, people, value if order_by is None else order_by)
    _, where = np.unique(rank, return_inverse=True)
    crowd = np.bincount(where, people)
    have = np.bincount(where, people * value)
    whole = have.sum()
    shares = np.cumsum(have) / whole if whole > 0 else np.full(len(have), np.nan)
    return Lorenz(_from_nought(np.cumsum(crowd) / crowd.sum()), _from_nought(shares))


def gini(value: Floats, people: Floats) -> float:
    """Gini's index (1912, Variabilità e mutabilità): twice the area between the Lorenz curve and equality; 0 equal, below 1.

    Weighted as in Lerman & Yitzhaki (1989, Journal of Econometrics 42: 43–47). The same as half the mean difference of all pairs of people
    over the mean.
    """
    return float(np.maximum(0.0, _off_the_diagonal(lorenz(value, people))))


def concentration(value: Floats, people: Floats, order_by: Floats) -> float:
    """The concentration index: does the value fall to those who rank low or high by something else? Minus 1 to 1.

    C = 2/μ Σ f y R − 1, with R the fractional rank (Kakwani, Wagstaff & van Doorslaer 1997, Journal of Econometrics 77: 87–103; O'Donnell
    et al. 2008, Analyzing Health Equity Using Household Survey Data, chapter 8): above 0 those who rank high have more than their share.
    People of the same rank share the mean of their places.
    """
    return _off_the_diagonal(lorenz(value, people, order_by))


def palma(value: Floats, people: Floats) -> float:
    """Palma's ratio: what the tenth with the most has over what the four tenths with the least have; 0.25 where all have the same.

    Palma (2011, Development and Change 42: 87–153), named by Cobham & Sumner (2013). Who stands on the line counts on both sides of it, in
    part. `inf` where the four tenths have nothing.
    """
    least, most = lorenz(value, people).at(np.array([0.4, 0.9]))
    return float((1 - most) / least) if least > 0 else float("nan" if np.isnan(least) else "inf")


def theil(value: Floats, people: Floats, group: Ints | None = None) -> Theil:
    """Theil's T (1967, Economics and Information Theory): Σ f y/μ ln(y/μ); 0 where all have the same, at most ln of how many people.

    With shares s of the value, T = Σ s T_group + Σ s ln(μ_group/μ): within and between groups (Shorrocks 1980, Econometrica 48: 613–625).

    Args:
        group: (n,) number of each place's group, 0 or above; left out, all are one.
    """
    value, people, rank = _known(value, people, np.zeros(len(value)) if group is None else group.astype(np.float64))
    whole, everybody = float((people * value).sum()), people.sum()
    if not whole > 0:
        return Theil(np.nan, np.nan, np.nan)
    _, where = np.unique(rank, return_inverse=True)
    share, crowd = np.bincount(where, people * value) / whole, np.bincount(where, people) / everybody
    total = _entropy(people * value / whole, people / everybody)
    between = _entropy(share, crowd)
    return Theil(max(0.0, total), max(0.0, total - between), max(0.0, between))


def _entropy(share: Floats, crowd: Floats) -> float:
    """Σ s ln(s/f); nobody's nought is nought."""
    some = share > 0
    return float((share[some] * np.log(share[some] / crowd[some])).sum())


def _off_the_diagonal(curve: Lorenz) -> float:
    return float(1 - (np.diff(curve.people) * (curve.value[1:] + curve.value[:-1])).sum()) if len(curve.people) > 1 else float("nan")


def _known(value: Floats, people: Floats, rank: Floats) -> tuple[Floats, Floats, Floats]:
    known = np.isfinite(value) & np.isfinite(people) & np.isfinite(rank) & (np.nan_to_num(people) > 0)
    return value[known], people[known], rank[known]


def _from_nought(shares: Floats) -> Floats:
    """A curve begins at 0 and ends at exactly 1."""
    curve = np.concatenate([[0.0], shares])
    if len(shares) and np.isfinite(shares[-1]):
        curve[-1] = 1.0
    return curve
