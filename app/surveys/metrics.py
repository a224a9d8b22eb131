"""The figures of satisfaction, each with its interval. Without answers there is no figure, so they give None.

Definitions: NPS after Bain ("Measuring Your NPS"): percent 9-10 minus percent 0-6 of the answered; CSAT: top two boxes
of 1-5; CES 2.0: percent 5-7 of 1-7. Intervals: Wilson (1927) for shares, recommended by Newcombe (1998); for NPS the
normal interval with variance p + d - (p - d)^2. Skipped questions are never part of n.
"""

import math
from dataclasses import dataclass

from app.surveys.rules import Metric

Z95 = 1.959963984540054
FEW = 30


@dataclass(frozen=True)
class Figure:
    """A value in points (NPS, -100 to 100) or percent (0 to 100), its 95 % interval, and how many answered."""

    value: float
    low: float
    high: float
    n: int

    @property
    def is_few(self) -> bool:
        """True while n is too small to conclude from."""
        return self.n < FEW


def nps(promoters: int, passives: int, detractors: int) -> Figure | None:
    """Return the Net Promoter Score of these counts."""
    n = promoters + passives + detractors
    if n == 0:
        return None
    up, down = promoters / n, detractors / n
    margin = 100 * Z95 * math.sqrt((up + down - (up - down) ** 2) / n)
    value = 100 * (up - down)
    return Figure(value, max(value - margin, -100.0), min(value + margin, 100.0), n)


def share(hits: int, n: int) -> Figure | None:
    """Return `hits` of `n` in percent with the Wilson interval: CSAT and CES are such shares."""
    if n == 0:
        return None
    low, high = wilson(hits, n)
    return Figure(100 * hits / n, 100 * low, 100 * high, n)


def wilson(hits: int, n: int, z: float = Z95) -> tuple[float, float]:
    """Return the Wilson score interval of `hits` of `n`, as fractions."""
    p = hits / n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(middle - half, 0.0), min(middle + half, 1.0)


def is_top(metric: Metric, score: int) -> bool:
    """Return True for a score that counts as satisfied: 9-10 for NPS, 4-5 for CSAT, 5-7 for CES."""
    return score >= {Metric.NPS: 9, Metric.CSAT: 4, Metric.CES: 5}[metric]


def groups(metric: Metric, score: int | None) -> tuple[int, int, int, int]:
    """Return one answer as counts: (promoters, passives, detractors, tops). Only NPS has the first three."""
    if score is None:
        return 0, 0, 0, 0
    top = int(is_top(metric, score))
    if metric is not Metric.NPS:
        return 0, 0, 0, top
    return int(score >= 9), int(7 <= score <= 8), int(score <= 6), top
