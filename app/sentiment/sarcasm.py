"""Cues that praise is not meant: they lower the confidence and never turn the label by themselves."""

import re

from app.sentiment.cues import sections

_CUES = re.compile("|".join(sections("sarcasm")["any"]))


def sounds_sarcastic(folded: str) -> bool:
    """Tell whether a text holds a cue of sarcasm."""
    return _CUES.search(folded) is not None
