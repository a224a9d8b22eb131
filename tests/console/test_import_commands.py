"""`flask --app wsgi import …`: what an operator types, and what came of it."""

import gzip
import json

import pytest
from sqlalchemy import func, select

from app.customers import queries
from app.customers.models import Customer, Import, Product, Purchase
from app.kit.db import db
from app.support.models import Request
from app.surveys.models import Response
from tests import factories

REVIEWS = (
    "评论,星级,商品,客户邮箱\n"
    "非常好用，物流也快,5,净水器,zhixia@example.com\n"
    "太差了！漏水漏了一地，要求马上退款,★,净水器,\n"
    "一般般,3星,净水器,\n"
)


def number_of(model):
    return db.session.scalar(select(func.count()).select_from(model))


@pytest.fixture
def kept_files(data_dir):
    return lambda: set((data_dir / "imports").glob("*"))


@pytest.fixture
def bring_in(runner, tmp_path):
    def run(kind, content, *options, name="rows.csv"):
        file = tmp_path / name
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        answer = runner.invoke(args=["import", kind, str(file), "--json", *options])
        db.session.rollback()
        return answer, json.loads(answer.stdout) if answer.stdout.startswith("{") else None

    return run


def test_customers_come_in_and_the_refused_ones_are_told(bring_in, tmp_path):
    answer, told = bring_in(
        "customers",
        "客户编号,姓名,邮箱\nC-1,沈知夏,a@example.com\nC-2,=1+1,bad\n",
        "--refused",
        str(tmp_path / "no.csv"),
    )

    assert answer.exit_code == 1
    assert (told["added"], told["known"], told["refused"]) == (1, 0, 1)
    assert told["refusals"][0]["line"] == 3
    assert "'=1+1" in (tmp_path / "no.csv").read_text("utf-8-sig")


def test_a_whole_file_ends_with_success_and_the_second_time_knows_everything(bring_in):
    table = "订单号,商品编号,商品名称,购买日期,金额,客户编号,姓名\nSO-1,W2,净水器,2026-11-01,9,C-1,沈知夏\n"

    first, second = bring_in("purchases", table), bring_in("purchases", table)

    assert (first[0].exit_code, first[1]["added"]) == (0, 1)
    assert (second[0].exit_code, second[1]["added"], second[1]["known"]) == (0, 0, 1)
    assert number_of(Purchase) == 1


def test_a_dry_run_writes_nothing_and_leaves_nothing(bring_in, kept_files):
    before = kept_files()
    answer, told = bring_in("customers", "客户编号,姓名\nC-1,沈知夏\n", "--dry-run")

    assert (answer.exit_code, told["added"], told["dry_run"]) == (0, 1, True)
    assert number_of(Customer) == number_of(Import) == 0
    assert kept_files() <= before


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "empty"),
        (b"PK\x03\x04rest", "Excel"),
        (b"\xff\x00\x81\x30", "not a table"),
        ("姓名\n沈知夏\n", "Customer number or E-mail address"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_a_sentence(bring_in, content, says, kept_files):
    before = kept_files()
    answer, _ = bring_in("customers", content)

    assert answer.exit_code == 1
    assert says in answer.output
    assert kept_files() <= before


def test_feedback_becomes_answers_of_the_past(bring_in):
    answer, told = bring_in("feedback", REVIEWS)

    assert (answer.exit_code, told["added"]) == (0, 3)
    responses = db.session.scalars(select(Response).order_by(Response.id)).all()
    assert [(r.score, r.score_max) for r in responses] == [(5, 5), (1, 5), (3, 5)]
    assert number_of(Request) == 0
    assert number_of(Product) == 1


def test_feedback_without_a_name_belongs_to_one_stand_in_that_is_never_mailed(bring_in):
    bring_in("feedback", REVIEWS)

    stand_in = queries.find_customer_by_external_id("feedback:净水器")
    assert (stand_in.is_collective, stand_in.may_mail, stand_in.email) == (True, False, None)
    assert number_of(Customer) == 2


def test_the_same_feedback_twice_changes_nothing(bring_in):
    bring_in("feedback", REVIEWS)
    _, told = bring_in("feedback", REVIEWS)

    assert (told["added"], told["known"]) == (0, 3)
    assert number_of(Response) == 3


def test_the_most_upset_get_a_follow_up_when_asked_for(bring_in):
    _, told = bring_in("feedback", REVIEWS, "--follow-up", "1")

    assert told["follow_ups"] == 1
    assert "漏水" in db.session.scalars(select(Request.quote)).one()


def test_a_packed_table_with_a_label_is_read_without_it(bring_in):
    table = 'label\tlang\tdomain\ttext\textra\nneg\ten\tbooks\t"Awful". I hated it\t\npos\ten\tbooks\tLovely book\t\n'

    answer, told = bring_in("feedback", gzip.compress(table.encode()), name="en.tsv.gz")

    assert (answer.exit_code, told["added"]) == (0, 2)
    first = db.session.scalars(select(Response).order_by(Response.id)).first()
    assert (first.comment, first.score, first.language) == ('"Awful". I hated it', None, "en")
    assert "label, extra" in answer.stderr


def test_columns_without_a_header_are_named_on_the_command_line(bring_in):
    answer, told = bring_in("feedback", "W2\t5\t很好用\nW2\t2\t不好用\n", "--columns", "product=1,stars=2,text=3")

    assert (answer.exit_code, told["added"]) == (0, 2)


def test_a_score_outside_of_its_scale_is_refused_with_the_line(bring_in):
    answer, told = bring_in("feedback", "评论,评分\n好,11\n好,10\n")

    assert answer.exit_code == 1
    assert told["refusals"] == [{"line": 2, "reason": "Score, 0 to 10 “11” is not on the scale"}]


def test_feedback_of_a_known_customer_is_theirs(bring_in, inside):
    zhixia = inside(factories.customer, email="zhixia@example.com")

    bring_in("feedback", REVIEWS)

    assert db.session.scalars(select(Response.customer_id).where(Response.score == 5)).one() == zhixia.id
