"""Turns texts into a sparse matrix of the n-grams they hold."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.sentiment.emoji import WEIGHTS
from app.sentiment.negation import sign_phrases
from app.sentiment.reading import read
from app.sentiment.tokens import cut, grams

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]

_HEAD, _TAIL = 900, 500


def grams_of(text: str) -> set[str]:
    """List the n-grams of a text as the model will see them; the middle of a very long text is left out."""
    if len(text) > _HEAD + _TAIL:
        text = text[:_HEAD] + "\n" + text[-_TAIL:]
    return {gram for gram in grams(cut(sign_phrases(read(text).text))) if gram not in WEIGHTS and gram != "\n"}


@dataclass
class Matrix:
    """Which n-grams each text holds: row starts and columns, and the same sorted by column."""

    starts: Ints
    columns: Ints
    width: int

    def __post_init__(self) -> None:
        """Sort the entries by column once: the gradient needs them so."""
        self.lengths = np.diff(self.starts)
        self.scale: Floats = 1 / np.sqrt(np.maximum(self.lengths, 1))
        rows = np.repeat(np.arange(len(self.lengths), dtype=np.int32), self.lengths)
        order = np.argsort(self.columns, kind="stable")
        self._rows_by_column: Ints = rows[order]
        self.counts = np.bincount(self.columns, minlength=self.width)
        self._column_starts = np.concatenate([[0], np.cumsum(self.counts)])

    def times(self, weights: Floats) -> Floats:
        """Score every row."""
        picked = np.append(weights.astype(np.float32)[self.columns], np.float32(0))
        sums = np.add.reduceat(picked, self.starts[:-1], dtype=np.float64)
        return np.where(self.lengths > 0, sums * self.scale, 0.0)

    def transposed_times(self, values: Floats) -> Floats:
        """Gather a value per row into the columns."""
        picked = np.append((values * self.scale).astype(np.float32)[self._rows_by_column], np.float32(0))
        sums = np.add.reduceat(picked, self._column_starts[:-1], dtype=np.float64)
        return np.where(self.counts > 0, sums, 0.0)

    def narrowed(self, kept: npt.NDArray[np.bool_]) -> "Matrix":
        """Keep some columns only, numbered anew in their order."""
        inside = kept[self.columns]
        starts = np.concatenate([[0], np.cumsum(inside)])[self.starts].astype(np.int32)
        numbers = (np.cumsum(kept) - 1).astype(np.int32)
        return Matrix(starts, numbers[self.columns[inside]], int(kept.sum()))


def build(texts: Iterable[str]) -> tuple[Matrix, list[str]]:
    """Make the matrix of texts and the names of its columns."""
    numbers: dict[str, int] = {}
    starts, parts = [0], []
    for text in texts:
        row = sorted(numbers.setdefault(gram, len(numbers)) for gram in grams_of(text))
        parts.append(np.array(row, dtype=np.int32))
        starts.append(starts[-1] + len(row))
    return Matrix(np.array(starts, dtype=np.int32), np.concatenate(parts), len(numbers)), list(numbers)
