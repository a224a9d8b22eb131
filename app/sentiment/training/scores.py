"""Measures of how well verdicts meet what people said."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

_BINS = 10
_OPINIONS = ("positive", "negative")


@dataclass(frozen=True, slots=True)
class Scores:
    """Accuracy, macro-F1 over the labels that occur, AUC of praise over blame, and calibration error."""

    texts: int
    accuracy: float
    macro_f1: float
    auc: float
    calibration: float | None = None


def score(
    wanted: Sequence[str], given: Sequence[str], polarity: Sequence[float], confidence: Sequence[float] | None = None
) -> Scores:
    """Compare; "mixed" and "unread" are taken for "neutral", and without neutral texts the sign of polarity decides."""
    wanted = [label if label in _OPINIONS else "neutral" for label in wanted]
    answers = _answers(wanted, given, polarity)
    right = [answer == label for answer, label in zip(answers, wanted, strict=True)]
    return Scores(
        texts=len(wanted),
        accuracy=float(np.mean(right)),
        macro_f1=float(np.mean([_f1(label, wanted, answers) for label in sorted(set(wanted))])),
        auc=auc([label == "positive" for label in wanted if label != "neutral"], _of_opinions(wanted, polarity)),
        calibration=calibration_error(confidence, right) if confidence is not None else None,
    )


def _answers(wanted: Sequence[str], given: Sequence[str], polarity: Sequence[float]) -> list[str]:
    if "neutral" in wanted:
        return [label if label in _OPINIONS else "neutral" for label in given]
    return ["positive" if value > 0 else "negative" if value < 0 else "none" for value in polarity]


def _of_opinions(wanted: Sequence[str], polarity: Sequence[float]) -> list[float]:
    return [value for label, value in zip(wanted, polarity, strict=True) if label != "neutral"]


def _f1(label: str, wanted: Sequence[str], given: Sequence[str]) -> float:
    both = sum(one == other == label for one, other in zip(wanted, given, strict=True))
    either = sum(one == label for one in wanted) + sum(one == label for one in given)
    return 2 * both / either if either else 0.0


def auc(positive: Sequence[bool], values: Sequence[float]) -> float:
    """Give the chance that praise ranks above blame (Mann-Whitney); 0.5 when one of them is missing."""
    marks, ranks = np.array(positive, dtype=bool), _ranks(np.array(values, dtype=float))
    praised, blamed = int(marks.sum()), int((~marks).sum())
    if not praised or not blamed:
        return 0.5
    return float((ranks[marks].sum() - praised * (praised + 1) / 2) / (praised * blamed))


def _ranks(values: np.ndarray) -> np.ndarray:
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return np.asarray((last - (counts - 1) / 2)[inverse])


def calibration_error(confidence: Sequence[float], right: Sequence[bool]) -> float:
    """Give the mean gap between confidence and truth over ten bins (expected calibration error)."""
    sure, true = np.array(confidence, dtype=float), np.array(right, dtype=float)
    bins = np.minimum((sure * _BINS).astype(int), _BINS - 1)
    return float(
        sum(abs(sure[bins == at].mean() - true[bins == at].mean()) * (bins == at).mean() for at in np.unique(bins))
    )
