"""The TextBlob analyzer of the portal: the one door through which a text is judged.

TextBlob is imported here and nowhere else, and this module only when the first text is judged: it takes over a second.
"""

from typing import cast

from textblob import Blobber
from textblob.base import CONTINUOUS, BaseSentimentAnalyzer

from app.sentiment.judging import judge_text
from app.sentiment.verdict import Judgement


class PortalAnalyzer(BaseSentimentAnalyzer):
    """Judges English and Chinese alike, in place of TextBlob's own English-only pattern analyzer."""

    kind = CONTINUOUS

    def analyze(self, text: str) -> Judgement:
        """Judge one text."""
        return judge_text(text)


_blobber = Blobber(analyzer=PortalAnalyzer())


def judge_through_textblob(text: str) -> Judgement:
    """Judge a text as a TextBlob; of the blob only `.sentiment` is read, for the rest needs corpora."""
    return cast(Judgement, _blobber(text).sentiment)
