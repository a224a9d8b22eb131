"""The macros that pages are made of, with the values that break such things."""

import re
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape
from wtforms import BooleanField, Form, IntegerField, RadioField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

pytestmark = pytest.mark.no_database
PLACE = st.integers(0, 70)


def macro(app: Flask, file: str, name: str) -> Any:
    return getattr(app.jinja_env.get_template(f"components/{file}.html").module, name)


class Sample(Form):
    """One field of each kind that the macros treat differently."""

    name = StringField("Name", [InputRequired("Please give a name")])
    note = StringField("Note")
    score = IntegerField("Score", [InputRequired("Please choose a number")])
    when = RadioField(
        "When", [InputRequired("Please choose")], choices=[SelectChoice("a", "Morning"), SelectChoice("b", "Evening")]
    )
    call = BooleanField("Call me")


@given(text=st.text(max_size=60), spans=st.lists(st.tuples(PLACE, PLACE, st.floats(-1, 1)), max_size=5))
def test_marking_words_never_changes_the_text(app: Flask, text: str, spans: list[tuple[int, int, float]]) -> None:
    drawn = macro(app, "words", "marked")(text, spans)

    assert re.sub("</?mark[^>]*>", "", drawn) == escape(text)
    assert drawn.count("<mark") == drawn.count("</mark>")


def test_words_of_a_customer_cannot_become_markup(app: Flask) -> None:
    with app.test_request_context("/"):
        drawn = macro(app, "words", "words")("<script>1</script>", [(0, 8, -1.0)], "negative", sure=0.9)

    assert "<script" not in drawn


def test_a_text_that_nobody_can_read_is_not_called_so_so(app: Flask) -> None:
    with app.test_request_context("/"):
        drawn = macro(app, "words", "words")("Merci", (), "unread")

    assert "Not readable" in drawn
    assert "mood--neutral" not in drawn


def test_a_refused_field_keeps_what_was_typed_and_is_tied_to_its_error(app: Flask) -> None:
    form = Sample(data={"name": "", "note": "<kept>"})
    form.validate()

    with app.test_request_context("/"):
        name, note = (macro(app, "forms", "field")(field, hint="As you like") for field in (form.name, form.note))

    assert 'aria-describedby="name-hint name-wrong"' in name
    assert 'id="name-hint"' in name
    assert 'aria-invalid="true"' in name
    assert 'value="&lt;kept&gt;"' in note
    assert "(optional)" in note
    assert "(optional)" not in name


def test_the_summary_of_errors_leads_to_the_first_control_of_each_field(app: Flask) -> None:
    form = Sample()
    form.validate()

    with app.test_request_context("/"):
        summary = macro(app, "forms", "errors")(form)
        group = macro(app, "forms", "field")(form.when)

    assert 'href="#when-0"' in summary
    assert 'id="when-0"' in group
    assert "Please give a name" in summary


def test_a_scale_offers_eleven_answers_and_chooses_none(app: Flask) -> None:
    with app.test_request_context("/"):
        drawn = macro(app, "forms", "scale")(Sample().score, low="no", high="yes")

    assert drawn.count('type="radio"') == 11
    assert "checked" not in drawn


def test_a_scale_keeps_a_zero(app: Flask) -> None:
    with app.test_request_context("/"):
        drawn = macro(app, "forms", "scale")(Sample(data={"score": 0}).score, low="no", high="yes")

    assert drawn.count(" checked") == 1


def test_few_answers_are_called_few_and_none_are_no_number(app: Flask) -> None:
    figure = macro(app, "figure", "figure")
    with app.test_request_context("/"):
        few, none = figure("CSAT", "71%", 29, point=71, low=50, high=90), figure("CSAT", "0%", 0)

    assert "Too few to conclude from" in few
    assert "0%" not in none


def test_an_unknown_part_of_health_is_hatched_and_not_zero(app: Flask) -> None:
    part = {"name": "Renewal", "score": None, "weight": 1.0, "why": "", "fresh": 0, "seen": "never"}
    with app.test_request_context("/"):
        drawn = macro(app, "health", "health")(None, "", [part])

    assert '<rect class="unknown"' in drawn
    assert "<b>0</b>" not in drawn


def test_charts_can_be_drawn_of_nothing(app: Flask) -> None:
    with app.test_request_context("/"):
        assert "<svg" in macro(app, "chart", "line_chart")([], (0, 100), [0, 50], "Nothing yet")
        assert "<table" in macro(app, "chart", "both_sides")([], "Themes", "Theme")
