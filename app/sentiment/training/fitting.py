"""Fits the two heads of the model: praise or blame, and neutral or not."""

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.sentiment.model import Model
from app.sentiment.training import matrix, solver
from app.sentiment.training.matrix import Floats, Matrix
from app.sentiment.training.rows import Row

GRAMS = 80_000
_RARE = 3
_PENALTY = 0.15
_FIRST_ROUNDS, _LAST_ROUNDS = 35, 80
_LANGUAGE_MASS = 60_000.0
_NEUTRAL_SHARE = 0.3
_OWN_FACTOR = 6.0
Say = Callable[[str], None]


def version_of(rows: list[Row]) -> str:
    """Name a model after what it learns from: the same texts give the same name."""
    digest = hashlib.sha256()
    for row in rows:
        digest.update(f"{row.label}\t{row.text}\n".encode())
    return f"ngrams-1-{digest.hexdigest()[:8]}"


@dataclass(frozen=True, slots=True)
class _Task:
    """The rows that one head learns from: what they should say and how much each counts."""

    targets: Floats
    importance: Floats


def train(rows: list[Row], *, version: str, grams: int = GRAMS, say: Say = print) -> Model:
    """Fit, keep the strongest n-grams, and fit those again."""
    say(f"{len(rows)} texts")
    full, names = matrix.build(row.text for row in rows)
    own = _of_own(rows, full)
    say(f"{full.width} n-grams")
    kept = (full.counts >= _RARE) | own
    small, names = full.narrowed(kept), [name for name, keep in zip(names, kept, strict=True) if keep]
    del full
    say(f"{small.width} n-grams seen {_RARE} times or more")
    polarity, neutral = _polarity_task(rows), _neutral_task(rows)
    first = [_fit(small, task, rounds=_FIRST_ROUNDS)[0] for task in (polarity, neutral)]
    strength = np.maximum(np.abs(first[0]), 0.6 * np.abs(first[1]))
    chosen = strength >= np.partition(strength, -min(grams, len(strength)))[-min(grams, len(strength))]
    last = small.narrowed(chosen)
    names = [name for name, keep in zip(names, chosen, strict=True) if keep]
    say(f"{last.width} n-grams kept")
    (mood, mood_bias), (plain, plain_bias) = (_fit(last, task, rounds=_LAST_ROUNDS) for task in (polarity, neutral))
    return Model(version, {n: i for i, n in enumerate(names)}, mood.tolist(), plain.tolist(), mood_bias, plain_bias)


def _fit(texts: Matrix, task: _Task, *, rounds: int) -> tuple[Floats, float]:
    return solver.fit(texts, task.targets, task.importance, penalty=_PENALTY, rounds=rounds)


def _of_own(rows: list[Row], full: Matrix) -> npt.NDArray[np.bool_]:
    """Mark the n-grams of the project's own phrases: they stay even when they are rare."""
    mine = np.array([row.source == "phrasebook" for row in rows])
    marked = np.zeros(full.width, dtype=bool)
    marked[full.columns[np.repeat(mine, full.lengths)]] = True
    return marked & (full.counts >= 2)


def _polarity_task(rows: list[Row]) -> _Task:
    """Balance praise and blame inside each set and language, and damp the large sets by a square root."""
    groups = [(row.source, row.lang, row.label) if row.label in ("positive", "negative") else None for row in rows]
    sizes = Counter(groups)
    importance = np.zeros(len(rows))
    for at, group in enumerate(groups):
        if group is not None:
            source, lang, _ = group
            both = sizes[source, lang, "positive"] + sizes[source, lang, "negative"]
            importance[at] = both**0.8 / 2 / sizes[group] * (_OWN_FACTOR if source == "phrasebook" else 1)
    _level(rows, importance)
    return _Task(np.array([row.label == "positive" for row in rows], dtype=float), importance)


def _neutral_task(rows: list[Row]) -> _Task:
    """Give neutral texts the same share in every language; texts of two-class sets count as opinion."""
    groups = [(row.source, row.lang, row.label == "neutral") for row in rows]
    sizes = Counter(groups)
    importance = np.zeros(len(rows))
    for at, (group, row) in enumerate(zip(groups, rows, strict=True)):
        if row.label:
            importance[at] = sizes[group] ** -0.3 * (_OWN_FACTOR if row.source == "phrasebook" else 1)
    targets = np.array([row.label == "neutral" for row in rows], dtype=float)
    for lang in ("en", "zh", "mixed"):
        here = np.array([row.lang == lang for row in rows])
        for target, share in ((1.0, _NEUTRAL_SHARE), (0.0, 1 - _NEUTRAL_SHARE)):
            chosen = here & (targets == target)
            if importance[chosen].sum():
                importance[chosen] *= share / importance[chosen].sum()
    _level(rows, importance)
    return _Task(targets, importance)


def _level(rows: list[Row], importance: Floats) -> None:
    """Give both languages the same say (mixed texts a twentieth of it)."""
    for lang, share in (("en", 1.0), ("zh", 1.0), ("mixed", 0.05)):
        here = np.array([row.lang == lang for row in rows])
        if importance[here].sum():
            importance[here] *= share * _LANGUAGE_MASS / importance[here].sum()
