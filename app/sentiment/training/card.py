"""Writes the card of a model: what it was trained on and how it scores."""

from collections import Counter
from collections.abc import Iterable

from app.sentiment.model import Model
from app.sentiment.training.evaluation import Line, measure
from app.sentiment.training.rows import Row
from app.sentiment.training.sources import SOURCES

_HEADINGS = ("texts", "accuracy", "macro-F1", "AUC", "calibration", "TextBlob accuracy", "macro-F1", "AUC")


def card_of(model: Model, *, learnt: list[Row], rows: list[Row]) -> str:
    """Describe a model in Markdown, after measuring it on the rows kept for that."""
    held: dict[str, list[Row]] = {}
    for row in rows:
        if row.held_out and row.label:
            held.setdefault(row.source, []).append(row)
    return _card(model, learnt, measure(held, model))


def _card(model: Model, rows: list[Row], lines: Iterable[Line]) -> str:
    return "\n".join(
        (
            f"# {model.version}\n",
            f"N-gram model with a polarity and a neutral head: {len(model.index):,} n-grams, two 8-bit weights each,",
            "fitted by logistic regression (`flask --app wsgi sentiment train DIR`). It judges comments of customers",
            "in English, Chinese and both mixed. It does not understand sarcasm, other languages, or what lies beyond",
            "its words. No text of the sets is shipped; sets marked B are published for research, and weights without",
            "them are made with `--tier A`.\n",
            "## Learnt from\n",
            "| set | rows | neg / neu / pos | tier | source | terms |",
            "|---|---|---|---|---|---|",
            *_sources(rows),
            "\n## Scores\n",
            "On the tenth of each set that is kept for measuring (CRC-32 of the text divisible by 10). Two-class sets",
            "count the sign of the polarity. TextBlob alone in the same run; it reads no Chinese.\n",
            f"| set | {' | '.join(_HEADINGS)} |",
            f"|---{'|---' * len(_HEADINGS)}|",
            *map(_score, lines),
            "",
        )
    )


def _sources(rows: list[Row]) -> Iterable[str]:
    counts = Counter((row.source, row.label) for row in rows)
    for name in dict.fromkeys(row.source for row in rows):
        tier, origin, terms = SOURCES.get(name, ("B", "given by the operator", "unknown"))
        split = [counts[name, label] for label in ("negative", "neutral", "positive")]
        yield f"| {name} | {sum(split)} | {' / '.join(map(str, split))} | {tier} | {origin} | {terms} |"


def _score(line: Line) -> str:
    ours, other = line.ours, line.textblob
    values = (
        ours.accuracy,
        ours.macro_f1,
        ours.auc,
        ours.calibration or 0.0,
        other.accuracy,
        other.macro_f1,
        other.auc,
    )
    return f"| {line.group} | {ours.texts} | {' | '.join(f'{value:.3f}' for value in values)} |"
