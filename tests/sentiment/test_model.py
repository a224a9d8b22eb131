"""The weights that ship: small, read once, and described."""

import pytest

from app.sentiment import judging, labels
from app.sentiment.model import MODELS, Model, UnreadableModelError, load, save, shipped


def test_the_weights_are_one_file_under_a_megabyte_with_a_card():
    assert [path.name for path in sorted(MODELS.iterdir())] == ["ngrams.bin", "ngrams.md"]
    assert (MODELS / "ngrams.bin").stat().st_size < 1_000_000
    assert shipped().version in (MODELS / "ngrams.md").read_text(encoding="utf-8")


def test_the_weights_are_read_once(monkeypatch):
    reads = []
    shipped.cache_clear()
    monkeypatch.setattr("app.sentiment.model.load", lambda path: reads.append(path) or load(path))

    labels(["很好", "the parcel never came", "快递很慢"])
    judging.judge_text("not bad")

    assert len(reads) == 1
    shipped.cache_clear()


def test_weights_survive_being_written(tmp_path):
    model = Model("v1", {"b": 0, "a": 1, "好": 2}, [1.27, -0.5, 0.0], [0.0, 0.635, -1.27], 0.25, -0.5)

    save(model, tmp_path / "m.bin")
    read = load(tmp_path / "m.bin")

    assert (read.version, read.polarity_bias, read.neutral_bias) == ("v1", 0.25, -0.5)
    assert {name: round(read.polarity[at], 2) for name, at in read.index.items()} == {"a": -0.5, "b": 1.27, "好": 0.0}


def test_a_file_that_holds_no_model_is_refused(tmp_path):
    (tmp_path / "m.bin").write_bytes(b"something else")

    with pytest.raises(UnreadableModelError):
        load(tmp_path / "m.bin")
