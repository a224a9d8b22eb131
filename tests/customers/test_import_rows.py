"""What comes in with a file: people and purchases, each once, with a reason for every row that does not."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from app.customers import batches, queries
from app.customers.models import Customer, Product, Purchase
from app.customers.rules.imports import ImportState
from app.customers.takers import taker_for
from app.kit.db import db, transaction
from tests import factories

PEOPLE = "客户编号,姓名,邮箱,手机\nC-1,沈知夏,Zhixia@Example.com,138 0013 8000\nC-2,顾以宁,,\n"
SALES = (
    "订单号,商品编号,商品名称,购买日期,金额,客户编号,姓名,邮箱\n"
    'SO-1,W2,净水器,2026年11月1日,"¥1,299.00",C-1,沈知夏,zhixia@example.com\n'
    "SO-1,F1,滤芯,2026/11/1,99,C-1,,\n"
)


def counts(told):
    return told.added, told.known, told.refused


def faults(told):
    return [(row.line, row.faults) for row in queries.refusals(told.id)]


def number_of(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_people_come_in_with_their_address_and_phone_in_one_shape(bring_in):
    told = bring_in(PEOPLE)

    zhixia = queries.find_customer_by_external_id("C-1")
    assert counts(told) == (2, 0, 0)
    assert (zhixia.name, zhixia.email, zhixia.phone) == ("沈知夏", "zhixia@example.com", "+8613800138000")
    assert (zhixia.locale, zhixia.source) == ("zh_Hans", "import")


def test_the_same_file_twice_changes_nothing(bring_in):
    bring_in(PEOPLE)
    bring_in(SALES, "purchases")
    before = (number_of(Customer), number_of(Product), number_of(Purchase))

    assert counts(bring_in(PEOPLE)) == (0, 2, 0)
    assert counts(bring_in(SALES, "purchases")) == (0, 2, 0)
    assert (number_of(Customer), number_of(Product), number_of(Purchase)) == before


def test_purchases_bring_their_customer_and_product_along(bring_in):
    told = bring_in(SALES, "purchases")

    filter_ = queries.find_product_by_sku("W2")
    bought = queries.find_purchase("SO-1", filter_.id)
    assert counts(told) == (2, 0, 0)
    assert (filter_.name_zh, bought.amount_minor, bought.currency, bought.quantity) == ("净水器", 129_900, "CNY", 1)
    assert bought.purchased_at == datetime(2026, 10, 31, 16, tzinfo=UTC)
    assert number_of(Customer) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_office_writes_its_tables_differently(bring_in, encoding, delimiter, end):
    text = PEOPLE.replace(",", delimiter).replace("\n", end)

    told = bring_in(text.encode(encoding))

    assert counts(told) == (2, 0, 0)
    assert queries.find_customer_by_external_id("C-1").name == "沈知夏"


@pytest.mark.parametrize(
    "header",
    [
        "客户编号,姓名",
        "Customer No.,Name",
        "customer_id,Full Name",
        "会员号,客户姓名",
        "ＩＤ,ＮＡＭＥ",
        "external_id,name",
    ],
)
def test_a_header_may_be_chinese_or_english(bring_in, header):
    assert counts(bring_in(f"{header}\nC-1,沈知夏\n")) == (1, 0, 0)


def test_every_fault_of_a_row_is_told_with_its_line(bring_in):
    told = bring_in("姓名,邮箱,手机\n沈知夏,zhixia@example.com,\n,not an address,12\n\n顾以宁,,\n")

    assert counts(told) == (1, 0, 2)
    assert faults(told) == [
        (3, [["email", "not_an_address", "not an address"], ["name", "missing", ""], ["phone", "not_a_phone", "12"]]),
        (5, [["", "no_number", ""]]),
    ]


def test_a_number_and_an_address_of_two_people_are_refused(bring_in):
    told = bring_in(
        "客户编号,姓名,邮箱\nC-1,沈知夏,a@example.com\nC-2,顾以宁,b@example.com\nC-1,沈知夏,b@example.com\n"
    )

    assert faults(told) == [(4, [["email", "two_people", ""]])]


def test_a_stranger_without_a_name_and_a_product_without_one_are_refused(bring_in):
    told = bring_in(
        "订单号,商品编号,商品名称,购买日期,客户编号,姓名\nSO-1,W2,净水器,2026-11-01,C-9,\nSO-2,X9,,2026-11-01,C-1,沈知夏\n",
        "purchases",
    )

    assert faults(told) == [(2, [["external_id", "stranger", ""]]), (3, [["sku", "no_product", ""]])]
    assert number_of(Customer) == 0


def test_a_text_over_several_lines_does_not_shift_the_line_numbers(bring_in):
    told = bring_in('姓名,邮箱,公司\n沈知夏,a@example.com,"上海\n滤净"\n,,\n顾以宁,bad,\n')

    assert [line for line, _ in faults(told)] == [5]


def test_an_open_quotation_mark_costs_one_row_only(bring_in):
    told = bring_in('姓名,邮箱\n沈知夏,a@example.com\n"顾以宁,b@example.com\n林小满,c@example.com\n')

    assert counts(told) == (2, 0, 1)
    assert faults(told) == [(3, [["", "broken_off", ""]])]


def test_a_check_writes_nothing_and_foretells_what_the_import_does(bring_in, begin):
    with transaction():
        factories.customer(external_id="C-1", email=None)
    text = PEOPLE + "C-2,顾以宁,,\nC-3,林小满,bad,\nC-4,江,z@example.com,\nC-5,河,z@example.com,\n"

    checked = bring_in(text, state=ImportState.CHECKING)

    assert number_of(Customer) == 1
    assert checked.state == ImportState.READY
    assert (counts(checked), checked.total) == ((2, 2, 2), 6)
    told = bring_in(text)
    assert counts(told) == counts(checked)
    assert faults(told) == faults(checked)


def test_a_check_of_purchases_foretells_too(bring_in):
    text = SALES + "SO-1,W2,净水器,2026-11-01,1,C-1,,\nSO-2,F1,,2026-11-01,1,C-1,,\nSO-3,F9,,2026-11-01,1,C-1,,\n"

    checked = bring_in(text, "purchases", ImportState.CHECKING)
    told = bring_in(text, "purchases")

    assert counts(told) == counts(checked) == (3, 1, 1)


class Stopped(Exception):
    pass


@pytest.mark.parametrize("state", [ImportState.RUNNING, ImportState.CHECKING])
def test_an_import_that_was_broken_off_goes_on_without_doubles(begin, state):
    told = begin("客户编号,姓名\n" + "".join(f"C-{n},人{n}\n" for n in range(300)), state=state)

    def stop(_after):
        raise Stopped

    with pytest.raises(Stopped):
        batches.run(told.id, taker_for, progress=stop)
    halfway = queries.import_by_id(told.id)
    batches.run(told.id, taker_for)

    assert 0 < halfway.added < 300
    assert counts(queries.import_by_id(told.id)) == (300, 0, 0)
    assert number_of(Customer) == (300 if state == ImportState.RUNNING else 0)


def test_only_one_works_on_an_import(begin):
    told = begin(PEOPLE)
    ran = []

    batches.run(told.id, taker_for, progress=lambda _: ran.append(batches.run(told.id, taker_for)))

    assert ran == [False]
    assert counts(queries.import_by_id(told.id)) == (2, 0, 0)


def test_what_we_wrote_out_can_be_sent_back(bring_in):
    told = bring_in("客户编号,姓名\nC-1,'=知夏\n")

    assert counts(told) == (1, 0, 0)
    assert queries.find_customer_by_external_id("C-1").name == "=知夏"
