"""Logistic regression with a quadratic penalty, by limited-memory BFGS (Nocedal and Wright 2006, algorithm 7.4)."""

from collections.abc import Callable

import numpy as np

from app.sentiment.training.matrix import Floats, Matrix

_MEMORY = 8
_SUFFICIENT = 1e-4


def fit(matrix: Matrix, targets: Floats, importance: Floats, *, penalty: float, rounds: int) -> tuple[Floats, float]:
    """Fit weights and a bias to targets of 0 and 1; rows of importance 0 are left out."""

    def loss_and_slope(point: Floats) -> tuple[float, Floats]:
        logits = matrix.times(point[:-1]) + point[-1]
        loss = float(importance @ (np.logaddexp(0, logits) - targets * logits)) + penalty / 2 * float(
            point[:-1] @ point[:-1]
        )
        error = importance * (1 / (1 + np.exp(-np.clip(logits, -50, 50))) - targets)
        slope = np.append(matrix.transposed_times(error) + penalty * point[:-1], error.sum())
        return loss, slope

    point = minimise(loss_and_slope, np.zeros(matrix.width + 1), rounds=rounds)
    return point[:-1], float(point[-1])


def minimise(function: Callable[[Floats], tuple[float, Floats]], point: Floats, *, rounds: int) -> Floats:
    """Walk downhill from a point for at most so many rounds."""
    loss, slope = function(point)
    past: list[tuple[Floats, Floats]] = []
    for _ in range(rounds):
        direction = -_turned(slope, past)
        step = 1.0 if past else 1 / max(float(np.linalg.norm(slope)), 1e-12)
        downhill = float(slope @ direction)
        for _ in range(20):
            candidate = point + step * direction
            new_loss, new_slope = function(candidate)
            if new_loss <= loss + _SUFFICIENT * step * downhill:
                break
            step /= 2
        else:
            return point
        moved, bent = candidate - point, new_slope - slope
        if float(moved @ bent) > 1e-10:
            past = [*past, (moved, bent)][-_MEMORY:]
        if loss - new_loss < 1e-6 * abs(loss):
            return candidate
        point, loss, slope = candidate, new_loss, new_slope
    return point


def _turned(slope: Floats, past: list[tuple[Floats, Floats]]) -> Floats:
    result = slope.copy()
    shares = []
    for moved, bent in reversed(past):
        share = float(moved @ result) / float(moved @ bent)
        result -= share * bent
        shares.append(share)
    if past:
        moved, bent = past[-1]
        result *= float(moved @ bent) / float(bent @ bent)
    for (moved, bent), share in zip(past, reversed(shares), strict=True):
        result += (share - float(bent @ result) / float(moved @ bent)) * moved
    return result
