"""The door to TextBlob: one Blobber, of which only `.sentiment` is read."""

import subprocess
import sys

from textblob import TextBlob
from textblob.blob import BaseBlob

from app.sentiment import analyzer, judge

_FORBIDDEN = {
    "polarity",
    "subjectivity",
    "words",
    "sentences",
    "tags",
    "noun_phrases",
    "tokens",
    "sentiment_assessments",
}


class _Strict(TextBlob):
    """A blob that notes what is read of it, and refuses what needs a corpus."""

    read: set[str] = set()

    def __getattribute__(self, name):
        assert name not in _FORBIDDEN, f".{name} was read"
        _Strict.read.add(name)
        return super().__getattribute__(name)


def test_only_the_sentiment_of_a_blob_is_read(monkeypatch):
    monkeypatch.setattr("textblob.blob.TextBlob", _Strict)

    assert judge("很好用,客服也耐心") == analyzer.PortalAnalyzer().analyze("很好用,客服也耐心")
    assert "sentiment" in _Strict.read


def test_the_analyzer_is_one_of_textblob():
    blob = TextBlob("快递很快", analyzer=analyzer.PortalAnalyzer())

    assert isinstance(blob, BaseBlob)
    assert blob.sentiment == judge("快递很快")


def test_textblob_and_numpy_are_not_imported_for_labels():
    code = (
        "import sys, app.sentiment as s; s.labels(['很好']); sys.exit(bool({'textblob', 'numpy'} & set(sys.modules)))"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
