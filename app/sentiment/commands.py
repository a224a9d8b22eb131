"""What an operator types: `flask --app wsgi sentiment evaluate FILE` and `sentiment train DIR`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.sentiment.model import MODELS, load, save

if TYPE_CHECKING:
    from app.sentiment.training.evaluation import Line
    from app.sentiment.training.scores import Scores

_COLUMNS = f"{'':24}{'texts':>7}{'acc':>7}{'F1':>7}{'AUC':>7}{'cal':>7}{'texts/s':>9}"
_OTHERS = f"{'TextBlob':>10}{'F1':>7}{'AUC':>7}{'texts/s':>9}"
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group("sentiment")
def sentiment() -> None:
    """Measure and train what judges the mood of a text."""


@sentiment.command("evaluate")
@click.argument("file", type=_FILE)
def evaluate_command(file: Path) -> None:
    """Score the shipped model on FILE (tab-separated: label, lang, domain, text), beside TextBlob alone."""
    from app.sentiment.training.evaluation import evaluate  # noqa: PLC0415  NumPy and TextBlob take long to import
    from app.sentiment.training.rows import read_file  # noqa: PLC0415  goes with it

    lines = list(evaluate(read_file(file)))
    if not lines:
        raise click.ClickException(f"{file.name} holds no labelled text: label, lang, domain, text, with tabs between.")
    click.echo(_COLUMNS + _OTHERS)
    for line in lines:
        click.echo(_row(line))


@sentiment.command("train")
@click.argument("folder", metavar="DIR", type=_FOLDER)
@click.option("--tier", type=click.Choice(["A", "B"]), default="B", help="A: only sets that may be redistributed.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), default=MODELS / "ngrams.bin")
def train_command(folder: Path, tier: str, output: Path) -> None:
    """Fit the model to the sets in DIR (*.tsv, *.tsv.gz) and write it with its card."""
    from app.sentiment.training import fitting, sources  # noqa: PLC0415  NumPy takes long to import
    from app.sentiment.training.card import card_of  # noqa: PLC0415  goes with it
    from app.sentiment.training.rows import read_folder  # noqa: PLC0415  goes with it

    rows = read_folder(folder)
    learnt = sources.learnt_from(rows, tier=tier)
    save(fitting.train(learnt, version=fitting.version_of(learnt), say=click.echo), output)
    model = load(output)
    click.echo(f"{output.name}: {output.stat().st_size:,} bytes, {model.version}")
    output.with_suffix(".md").write_text(card_of(model, learnt=learnt, rows=rows), encoding="utf-8")


def _row(line: "Line") -> str:
    ours, other = line.ours, line.textblob
    return (
        f"{line.group:24.24}{ours.texts:7}{_scores(ours)}{ours.calibration or 0:7.3f}{line.rate:9,.0f}"
        f"   {_scores(other)}{line.textblob_rate:9,.0f}"
    )


def _scores(scores: "Scores") -> str:
    return f"{scores.accuracy:7.3f}{scores.macro_f1:7.3f}{scores.auc:7.3f}"
