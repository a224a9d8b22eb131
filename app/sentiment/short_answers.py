"""Exact answers of a word or two, which a model of word counts cannot know: a closed list, looked up first."""

import re

from app.sentiment.cues import listed, sections

SHORT: dict[str, float] = {
    answer: float(mood) for mood, lines in sections("short_answers").items() for answer in listed(lines)
}
_LONGEST = max(map(len, SHORT)) + 6
_EDGES = " \t\r\n.,!~;:\"'()[]*-_"
_TAIL = re.compile("(?<=..)[啊哦呀呢哈了的吧啦嘛]+$")


def short_answer(folded: str) -> float | None:
    """Give the mood [-1, 1] of a text that is on the list, None when it is not."""
    if len(folded) > _LONGEST:
        return None
    bare = folded.strip(_EDGES)
    if bare in SHORT:
        return SHORT[bare]
    return SHORT.get(folded.strip(), SHORT.get(_TAIL.sub("", bare)))
