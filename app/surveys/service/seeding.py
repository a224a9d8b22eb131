"""Answers for load tests: many at once, counted in the totals of their days like any other."""

from collections.abc import Sequence

from app.kit.bulk import add_named_rows, add_rows
from app.sentiment import Judgement
from app.surveys import questionnaire
from app.surveys.models import Answer, Response
from app.surveys.questionnaire import IMPORTED
from app.surveys.rules import Metric
from app.surveys.service import totals
from app.surveys.service.publishing import current_version
from app.surveys.service.recording import Feedback, answers_of, counted_of, row_of

Judged = tuple[Feedback, Judgement | None]


def plant(judged: Sequence[Judged]) -> list[int]:
    """Keep feedback of the past on the scale of 0 to 10; return the ids of the responses in the same order.

    The judgements are the caller's, because few texts are said by many.
    """
    version = current_version(IMPORTED[Metric.NPS])
    ids = add_named_rows(Response, [row_of(version, Metric.NPS, *one) for one in judged], "source_hash")
    new = [(response_id, item, said) for response_id, (item, said) in zip(ids, judged, strict=True)]
    add_rows(Answer, answers_of(questionnaire.read(version.content), new))
    totals.add(counted_of(response_id, item, said, version.survey_id) for response_id, item, said in new)
    return ids
