"""The commands that train and measure, on a set small enough for a test."""

import pytest
from click.testing import CliRunner

from app.sentiment.commands import sentiment
from app.sentiment.model import load
from app.sentiment.training import phrasebook, rows, scores, sources
from tests.sentiment.test_comments import FRESH

_PRAISE = ["great phone", "great help", "quick and kind", "很好用", "服务很好", "很喜欢"]
_BLAME = ["awful phone", "awful help", "slow and rude", "很难用", "服务很差", "很失望"]
_PLAIN = ["bought in May", "arrived Monday", "上周买的", "周一到的"]


@pytest.fixture
def folder(tmp_path):
    lines = ["label\tlang\tdomain\ttext"]
    for label, texts in (("pos", _PRAISE), ("neg", _BLAME), ("neu", _PLAIN)):
        lines += [f"{label}\t{'en' if text.isascii() else 'zh'}\tshop\t{text} {n}" for text in texts for n in range(20)]
    (tmp_path / "own.tsv").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def _train(folder, name):
    result = CliRunner().invoke(sentiment, ["train", str(folder), "--output", str(folder / name)])
    assert result.exit_code == 0, result.output
    return folder / name


@pytest.mark.slow
def test_training_twice_gives_the_same_file_and_a_card(folder, monkeypatch):
    own = [row for row in phrasebook.phrases() if row.label != "mixed"][::40]
    monkeypatch.setattr(sources, "phrases", lambda: own)

    first, second = _train(folder, "one.bin"), _train(folder, "two.bin")

    assert first.read_bytes() == second.read_bytes()
    assert load(first).version in first.with_suffix(".md").read_text(encoding="utf-8")
    praise, _ = load(first).logits([load(first).index["great"]])
    blame, _ = load(first).logits([load(first).index["awful"]])
    assert praise > blame


def test_measuring_prints_a_line_for_each_language_and_kind(folder):
    result = CliRunner().invoke(sentiment, ["evaluate", str(folder / "own.tsv")])

    assert result.exit_code == 0, result.output
    assert [line.split("  ")[0] for line in result.output.splitlines()[1:]] == ["all", "en", "zh", "en shop", "zh shop"]


def test_measuring_a_file_without_labels_says_what_is_missing(tmp_path):
    (tmp_path / "none.tsv").write_text("hello\n", encoding="utf-8")

    result = CliRunner().invoke(sentiment, ["evaluate", str(tmp_path / "none.tsv")])

    assert result.exit_code == 1
    assert "holds no labelled text" in result.output


def test_tier_a_leaves_research_texts_and_unknown_sets_out(monkeypatch):
    monkeypatch.setattr(sources, "phrases", list)
    given = [rows.Row(name, "positive", "en", "x", "fine") for name in ("en_forum", "en_sst", "mine")]

    assert [row.source for row in sources.learnt_from(given, tier="A")] == ["en_forum"]
    assert len(sources.learnt_from(given)) == 3


def test_one_text_in_ten_is_kept_for_measuring_by_its_words_alone():
    kept = [rows.Row("a", "positive", "en", "x", f"text {n}").held_out for n in range(1000)]

    assert 60 <= sum(kept) <= 140
    assert kept == [rows.Row("b", "negative", "zh", "y", f"text {n}").held_out for n in range(1000)]


def test_patterns_unfold_in_every_way():
    assert phrasebook.unfolded("{a|b} c{|!}") == ["a c", "a c!", "b c", "b c!"]
    assert len(phrasebook.unfolded("{1|2|3|4|5|6|7|8|9|0}" * 3)) < 100


def test_no_new_comment_is_among_the_phrases_that_the_model_learns_from():
    assert not {row.text for row in phrasebook.phrases()} & {comment[3] for comment in FRESH}


@pytest.mark.parametrize(
    ("positive", "values", "area"),
    [([True, False], [0.9, 0.1], 1.0), ([True, False], [0.1, 0.9], 0.0), ([True, False], [0.5, 0.5], 0.5)],
)
def test_the_area_under_the_curve(positive, values, area):
    assert scores.auc(positive, values) == area


def test_mixed_and_unread_count_as_neutral():
    result = scores.score(["mixed", "positive", "negative"], ["unread", "positive", "neutral"], [0.0, 0.8, 0.1])

    assert (round(result.accuracy, 3), round(result.macro_f1, 3)) == (0.667, 0.556)
