"""The satisfaction export and the dump: whole, opened by Excel in Chinese, and harmless there."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.identity.rules import Role
from app.kit.db import db, transaction
from app.lifecycle import jobs
from app.lifecycle.models import StageEvent
from app.sales import cells, satisfaction
from app.support.models import Request
from app.surveys import queries as surveys
from app.surveys.models import Response
from app.surveys.rules import Said
from app.surveys.service.submitting import submit_response
from tests import factories

DANGERS = [
    "=1+1",
    "+86 138",
    "-2",
    "@SUM(A1)",
    "＝1",
    "＋1",
    "－1",
    "＠a",
    "\t=1",
    "\r=1",
    "\n=1",
    "  =1",
    "\u3000=1",
    '"=1"',
]


@pytest.mark.parametrize("text", DANGERS)
def test_a_text_that_looks_like_a_formula_stays_a_text(text):
    assert cells.cell(text).startswith("\"'")


@pytest.mark.parametrize("value", [-3, 0, 9.5])
def test_a_number_stays_a_number(value):
    assert cells.cell(value) == str(value)


@given(st.lists(st.text(), min_size=1, max_size=5))
def test_whatever_is_written_is_read_back_but_for_the_apostrophe(texts):
    read = next(csv.reader(io.StringIO(cells.line(texts), newline="")))

    assert [a in {b, f"'{b}"} for a, b in zip(read, texts, strict=True)] == [True] * len(texts)


@given(st.text(min_size=1))
def test_no_cell_begins_with_what_a_spreadsheet_would_run(text):
    inner = cells.cell(text)[1:-1]

    assert not inner.startswith(tuple("=+-@＝＋－＠\t\r\n"))


def test_the_file_is_as_it_was_agreed(inside, signed_in):
    with transaction():
        customer = factories.customer(name="=沈知夏", company="云岫", external_id="C-0391")
        purchase = factories.purchase(
            customer,
            factories.product(sku="W2", name_zh="W2 净水器"),
            reference="SO-1",
            purchased_at=datetime.now(UTC) - timedelta(days=3),
        )
        purchase_id, public_id = purchase.id, customer.public_id
    _answer(purchase_id, score=3, comment="-漏水了，\n没人回电话")
    jobs.sequence_events()
    page = signed_in(Role.SALES).get("/sales/data/satisfaction.csv", headers={"Accept-Language": "zh"})
    text = page.get_data().decode("utf-8")

    assert page.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert text.startswith('\ufeff"')
    assert text.replace("\r\n", "").count("\n") == 1  # only the one inside the comment
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert len(rows) == 2
    told = rows[1]
    assert told[2:9] == ["C-0391", public_id, "'=沈知夏", "云岫", "SO-1", "W2", "W2 净水器"]
    assert told[9:12] == ["NPS", "3", "10"]
    assert told[14] == "'-漏水了，\n没人回电话"
    assert datetime.fromisoformat(told[1]).tzinfo is not None
    assert told[17] in {"上手", "Onboarding"}


def test_the_heads_are_in_the_chosen_language_and_the_file_is_whole_or_not_there(runner, tmp_path):
    for language, head in (("zh", "回答"), ("en", "Answer")):
        out = tmp_path / f"{language}.csv"
        done = runner.invoke(
            args=["export", "satisfaction", "--format", "csv", "--out", str(out), "--language", language, "--json"]
        )
        assert done.exit_code == 0, done.output
        assert json.loads(done.stdout) == {"kind": "satisfaction", "format": "csv", "file": str(out), "rows": 0}
        assert out.read_text("utf-8").startswith(f'\ufeff"{head}"')
    assert not list(tmp_path.glob("*.part"))


def test_every_answer_is_in_the_file_once_whatever_the_size_of_a_batch(inside, monkeypatch):
    monkeypatch.setattr(satisfaction, "BATCH", 3)
    ids = []
    for score in range(8):
        with transaction():
            purchase_id = factories.purchase().id
        _answer(purchase_id, score=score, comment="")
        ids.append(score)

    assert sorted(row.voice.score for row in satisfaction.rows()) == ids


@pytest.mark.parametrize("kind", ["responses", "tickets", "events"])
def test_a_dump_holds_every_stored_row_and_nothing_else(runner, inside, kind):
    with transaction():
        purchase_id = factories.purchase().id
    _answer(purchase_id, score=2, comment="漏水")
    jobs.sequence_events()
    done = runner.invoke(args=["dump", kind])
    rows = [json.loads(line) for line in done.stdout.splitlines()]

    table = {"responses": Response, "tickets": Request, "events": StageEvent}[kind]
    assert len(rows) == db.session.scalar(db.select(db.func.count()).select_from(table)) > 0
    if kind == "events":
        assert [row["sequence"] for row in rows] == list(range(1, len(rows) + 1))
        assert rows[0]["body"]["specversion"] == "1.0"


def test_a_key_is_shown_once_and_can_be_ended(signed_in, client):
    sales = signed_in(Role.SALES)
    page = sales.post(
        "/sales/data", data={"name": "CRM", "scopes": "events:read", "days": "30"}, follow_redirects=True
    ).get_data(as_text=True)
    secret = next(word for word in page.replace("<", " ").split() if word.startswith("rv_") and len(word) > 40)

    assert client.get("/api/v1/stage-events", headers={"Authorization": f"Bearer {secret}"}).status_code == 200
    assert secret not in sales.get("/sales/data").get_data(as_text=True)
    number = page.split("/sales/data/keys/")[1].split("/")[0]
    sales.post(f"/sales/data/keys/{number}/end")
    assert client.get("/api/v1/stage-events", headers={"Authorization": f"Bearer {secret}"}).status_code == 401


def test_a_key_without_a_purpose_is_refused_and_nothing_typed_is_lost(signed_in):
    answer = signed_in(Role.SALES).post("/sales/data", data={"name": "CRM", "days": "90"})

    assert answer.status_code == 422
    assert 'value="CRM"' in answer.get_data(as_text=True)


def _answer(purchase_id: int, *, score: int, comment: str) -> None:
    invitation = db.session.execute(
        db.text("SELECT id FROM survey_invitation WHERE purchase_id = :purchase"), {"purchase": purchase_id}
    ).scalar_one()
    asked = surveys.asked(invitation)
    with transaction():
        submit_response(asked, Said(score=score, comment=comment), language="zh_Hans", judgement=None)
