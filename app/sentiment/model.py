"""The weights of the n-gram model: one compressed file, read once, held as plain lists."""

import json
import lzma
import math
from array import array
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

MODELS = Path(__file__).parent / "models"
_MAGIC = b"RVS1"


class UnreadableModelError(ValueError):
    """The file holds no model of this format."""


@dataclass(frozen=True, slots=True)
class Model:
    """For each n-gram its place in two lists of weights: towards praise, and towards saying nothing."""

    version: str
    index: dict[str, int]
    polarity: list[float]
    neutral: list[float]
    polarity_bias: float
    neutral_bias: float

    def logits(self, hits: Collection[int]) -> tuple[float, float]:
        """Give the log odds of praise and of a neutral text from the n-grams that it holds (each once)."""
        if not hits:
            return 0.0, 0.0
        scale = 1 / math.sqrt(len(hits))
        return (
            scale * sum(map(self.polarity.__getitem__, hits)) + self.polarity_bias,
            scale * sum(map(self.neutral.__getitem__, hits)) + self.neutral_bias,
        )


@cache
def shipped() -> Model:
    """Load the model that comes with the package, once in a process."""
    return load(MODELS / "ngrams.bin")


def load(path: Path) -> Model:
    """Read a model file; raises `UnreadableModelError` when it is none."""
    content = path.read_bytes()
    if not content.startswith(_MAGIC):
        raise UnreadableModelError(path.name)
    head, _, body = lzma.decompress(content[len(_MAGIC) :]).partition(b"\n")
    header: dict[str, Any] = json.loads(head)
    count = header["grams"]
    names = body[2 * count :].decode().split("\n")
    return Model(
        version=header["version"],
        index=dict(zip(names, range(count), strict=True)),
        polarity=_unpacked(body[:count], header["polarity_step"]),
        neutral=_unpacked(body[count : 2 * count], header["neutral_step"]),
        polarity_bias=header["polarity_bias"],
        neutral_bias=header["neutral_bias"],
    )


def save(model: Model, path: Path) -> None:
    """Write a model, each weight in eight bits; grams are sorted so that the file is small and always the same."""
    order = sorted(model.index.items())
    polarity = [model.polarity[at] for _, at in order]
    neutral = [model.neutral[at] for _, at in order]
    header = {
        "version": model.version,
        "grams": len(order),
        "polarity_step": _step(polarity),
        "neutral_step": _step(neutral),
        "polarity_bias": model.polarity_bias,
        "neutral_bias": model.neutral_bias,
    }
    body = _packed(polarity) + _packed(neutral) + "\n".join(gram for gram, _ in order).encode()
    path.write_bytes(_MAGIC + lzma.compress(json.dumps(header).encode() + b"\n" + body, preset=9 | lzma.PRESET_EXTREME))


def _step(weights: list[float]) -> float:
    return max(map(abs, weights), default=1.0) / 127 or 1.0


def _packed(weights: list[float]) -> bytes:
    step = _step(weights)
    return array("b", [round(weight / step) for weight in weights]).tobytes()


def _unpacked(content: bytes, step: float) -> list[float]:
    return [step * weight for weight in array("b", content)]
