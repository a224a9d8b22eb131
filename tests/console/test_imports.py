"""The pages on which a file comes in: sent, looked at, let in, watched; and what is sold."""

import io
import re

import pytest
from sqlalchemy import func, select

from app.customers import jobs, queries
from app.customers.models import Customer, Import, Product, Purchase
from app.identity.rules import Role
from app.kit.db import db
from tests import factories

PEOPLE = "客户编号,姓名,邮箱,心情\nC-1,沈知夏,zhixia@example.com,好\nC-2,=顾以宁,bad,\n"
SALES = "订单号,商品编号,商品名称,购买日期,金额,客户编号,姓名\nSO-1,W2,净水器,2025-01-01,9,C-1,沈知夏\n"


@pytest.fixture
def sales(signed_in):
    return signed_in(Role.SALES)


@pytest.fixture
def send(sales):
    def post(content, kind="customers", name="客户.csv"):
        content = content.encode() if isinstance(content, str) else content
        return sales.post("/admin/imports", data={"kind": kind, "file": (io.BytesIO(content), name)})

    return post


def number_of(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_a_file_shows_what_it_would_do_before_anything_is_written(send, sales):
    page = sales.get(send(PEOPLE).location, headers={"Accept-Language": "en"}).text

    assert number_of(Customer) == 0
    assert "E-mail address “bad” is not an e-mail address" in page
    assert "心情" in page
    assert "Let 1 rows in" in page


def test_what_is_let_in_comes_in_by_the_worker_and_says_what_came_of_it(send, sales):
    page = send(PEOPLE).location
    sales.post(f"{page}/confirm", data={"history": "old"})
    assert "hx-get" in sales.get(page).text

    jobs.begin_imports()

    assert queries.find_customer_by_external_id("C-1").name == "沈知夏"
    assert "hx-get" not in sales.get(page).text
    assert sales.get(f"{page}/progress").headers["HX-Redirect"] == page


def test_refused_rows_come_back_as_a_table_without_formulas(send, sales):
    page = send(PEOPLE).location
    sales.post(f"{page}/confirm", data={"history": "old"})
    jobs.begin_imports()

    answer = sales.get(f"{page}/refused.csv")

    text = answer.data.decode("utf-8-sig")
    assert answer.mimetype == "text/csv"
    assert "C-2,'=顾以宁,bad," in text
    assert number_of(Customer) == 1


@pytest.mark.parametrize(("choice", "expected"), [("all", True), ("none", False), ("old", True)])
def test_a_person_says_which_purchases_are_history(send, sales, choice, expected, monkeypatch):
    heard = []
    monkeypatch.setattr("app.customers.service.publish", heard.append)
    page = send(SALES, "purchases").location
    sales.post(f"{page}/confirm", data={"history": choice})

    jobs.begin_imports()

    assert number_of(Purchase) == 1
    assert [event.is_history for event in heard if hasattr(event, "is_history")] == [expected]


def test_a_second_press_is_told_that_it_was_decided(send, sales):
    page = send(PEOPLE).location
    answers = [sales.post(f"{page}/confirm", data={"history": "old"}).status_code for _ in range(2)]

    assert answers == [303, 409]


def test_a_file_can_be_forgotten(send, sales, data_dir):
    before = set((data_dir / "imports").glob("*"))
    page = send(PEOPLE).location

    assert sales.post(f"{page}/discard").status_code == 303
    assert sales.get(page).status_code == 404
    assert number_of(Import) == 0
    assert set((data_dir / "imports").glob("*")) <= before


def test_the_same_file_while_it_waits_is_the_same_import(send):
    assert send(PEOPLE).location == send(PEOPLE, name="again.csv").location


def test_a_file_that_came_in_before_says_so(send, sales):
    page = send(PEOPLE).location
    sales.post(f"{page}/confirm", data={"history": "old"})
    jobs.begin_imports()

    assert "This very file came in" in sales.get(send(PEOPLE).location, headers={"Accept-Language": "en"}).text


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "The file is empty"),
        (b"PK\x03\x04", "Excel workbook"),
        (b"\x1f\x8b\x08", "packed"),
        (b"\xff\x00\xff", "not a table of text"),
        ("姓名\n沈知夏\n".encode(), "The file lacks what is needed: Customer number or E-mail address"),
    ],
)
def test_what_is_no_table_is_refused_on_the_page(sales, content, says):
    data = {"kind": "customers", "file": (io.BytesIO(content), "x.csv")}
    answer = sales.post("/admin/imports", data=data, headers={"Accept-Language": "en"})

    assert answer.status_code == 422
    assert says in answer.text
    assert number_of(Import) == 0


def test_without_a_file_the_page_asks_for_one(sales):
    answer = sales.post("/admin/imports", data={"kind": "customers"}, headers={"Accept-Language": "en"})

    assert (answer.status_code, "Choose a file first." in answer.text) == (422, True)


@pytest.mark.parametrize("path", ["/admin/imports", "/admin/products"])
def test_only_those_who_may_see_the_pages(client, signed_in, inside, path):
    assert client.get(path).status_code == 302
    assert signed_in(Role.AGENT).get(path).status_code == 403
    assert signed_in(inside(factories.customer).id).get(path).status_code == 403
    assert signed_in(Role.ADMIN).get(path).status_code == 200


def test_a_list_of_files_costs_the_same_however_many_there_are(send, sales, statements):
    send(PEOPLE)
    sales.get("/admin/imports")  # the firm's name is read once in ten seconds
    with statements() as few:
        sales.get("/admin/imports")
    for n in range(5):
        send(f"客户编号,姓名\nX-{n},人\n")
    with statements() as many:
        sales.get("/admin/imports")

    assert len(many) == len(few) <= 4


def test_an_admin_says_how_long_a_product_waits(signed_in):
    admin = signed_in(Role.ADMIN)
    added = {"sku": "W2", "name_zh": "净水器", "name_en": "Water filter", "industry": "", "ask_after_days": "21"}

    assert admin.post("/admin/products", data=added).status_code == 303
    product = queries.find_product_by_sku("W2")
    assert product.ask_after_days == 21
    admin.post(f"/admin/products/{product.id}", data=added | {"ask_after_days": "3"})
    db.session.rollback()
    assert queries.find_product_by_sku("W2").ask_after_days == 3


@pytest.mark.parametrize(
    ("field", "value"), [("ask_after_days", "-1"), ("ask_after_days", "x"), ("name_en", ""), ("sku", "W1")]
)
def test_a_product_that_cannot_be_is_refused_and_keeps_what_was_typed(signed_in, inside, field, value):
    inside(factories.product, sku="W1")
    sent = {"sku": "W2", "name_zh": "净水器", "name_en": "Filter", "ask_after_days": "21"} | {field: value}

    answer = signed_in(Role.ADMIN).post("/admin/products", data=sent)

    assert answer.status_code == 422
    assert re.search(r'value="净水器"', answer.text)
    assert number_of(Product) == 1


def test_products_are_read_page_by_page(signed_in, inside):
    for n in range(60):
        inside(factories.product, sku=f"P-{n:03}")
    admin = signed_in(Role.ADMIN)

    first = admin.get("/admin/products").text
    after = re.search(r'href="(/admin/products\?after=[^"]+)"', first)[1]

    assert "P-049" in first
    assert "P-050" not in first
    assert "P-059" in admin.get(after).text
