"""Customers, products and purchases for load tests: many at once, made up, the same for the same seed."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.customers.models import Customer, Product, Purchase
from app.customers.service import add_product
from app.kit import clock
from app.kit.bulk import add_named_rows
from app.kit.db import db
from app.kit.i18n import CHINESE
from app.kit.ids import uuid7

_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
_GIVEN = (
    "安柏宸晨楚丹冬凡菲歌涵禾慧佳嘉静景君凯澜乐黎林霖露萌敏宁珮琪晴然若珊"
    "诗书思棠彤婉文希夏晓心欣雪雅妍扬怡亦音宇雨源月悦韵泽哲芷知舟竹卓子"
)
_FIRST = "Ada Amelia Ben Clara Daniel Edith Felix Grace Hannah Isaac Jonas Kate Leo Maya Nora Oscar Paula Ruth Sam Tess"
_LAST = "Adams Baker Carter Dawson Ellis Foster Grant Hughes Irwin Jensen Keller Lawson Mercer Nolan Owens Price Quinn"
_FIRMS = ("澄川科技", "云栖家居", "北辰保险代理", "禾木诊所", "Harbour Clinic", "Northside Homes", "Pine Street Dental")
_PRODUCTS = (
    ("SEED-FILTER", "Water filter W2", "W2 净水器", "appliances"),
    ("SEED-PHONE", "Phone P7", "P7 手机", "smartphones"),
    ("SEED-WATCH", "Watch S3", "S3 手表", "smartphones"),
    ("SEED-HOME", "Home insurance", "家财险", "insurance"),
    ("SEED-CAR", "Car insurance", "车险", "insurance"),
    ("SEED-METER", "Blood pressure monitor B1", "B1 血压计", "medicine"),
)


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody made up. `number` is theirs in the books of the firm."""

    number: str
    name: str
    company: str
    locale: str


@dataclass(frozen=True, kw_only=True)
class Bought:
    """A purchase of the past; it earns nothing and asks nobody."""

    reference: str
    customer_id: int
    product_id: int
    amount_minor: int
    purchased_at: datetime


@dataclass(frozen=True)
class Known:
    """A customer as the rest of the load names them."""

    id: int
    public_id: str
    number: str


def made_up(chance: random.Random, number: str, locale: str) -> Person:
    """Return a person with a name of their language; one in eight speaks for a firm."""
    if locale == CHINESE:
        name = chance.choice(_SURNAMES) + "".join(chance.sample(_GIVEN, chance.choice((1, 2, 2))))
    else:
        name = f"{chance.choice(_FIRST.split())} {chance.choice(_LAST.split())}"
    company = chance.choice(_FIRMS) if chance.random() < 1 / 8 else ""
    return Person(number=number, name=name, company=company, locale=locale)


def is_planted(number: str) -> bool:
    """Tell whether a customer with this number is there already."""
    return db.session.scalar(select(Customer.id).filter_by(external_id=number)) is not None


def plant_products() -> list[int]:
    """Return the ids of the products that are bought, made when first needed."""
    known = {
        product.sku: product.id for product in db.session.scalars(select(Product).where(Product.sku.like("SEED-%")))
    }
    return [
        known.get(sku) or add_product(sku=sku, name_en=english, name_zh=chinese, industry=industry).id
        for sku, english, chinese, industry in _PRODUCTS
    ]


def plant_customers(people: Sequence[Person], *, owner_ids: Sequence[int]) -> list[Known]:
    """Insert customers, shared out among the colleagues who look after them."""
    now = clock.now()
    rows = [
        {
            "public_id": uuid7(),
            "external_id": person.number,
            "name": person.name,
            "company": person.company,
            "email": f"{person.number.lower()}@example.com",
            "phone": None,
            "locale": person.locale,
            "may_mail": True,
            "owner_id": owner_ids[place % len(owner_ids)],
            "source": "import",
            "is_collective": False,
            "is_demo": False,
            "created_at": now,
        }
        for place, person in enumerate(people)
    ]
    keys = add_named_rows(Customer, rows, "public_id")
    return [Known(key, str(row["public_id"]), str(row["external_id"])) for key, row in zip(keys, rows, strict=True)]


def plant_purchases(bought: Sequence[Bought]) -> list[int]:
    """Insert purchases; return their ids in the same order."""
    now = clock.now()
    rows = [
        {
            "reference": one.reference,
            "customer_id": one.customer_id,
            "product_id": one.product_id,
            "quantity": 1,
            "amount_minor": one.amount_minor,
            "currency": "CNY",
            "purchased_at": one.purchased_at,
            "note": "",
            "is_demo": False,
            "created_at": now,
        }
        for one in bought
    ]
    return add_named_rows(Purchase, rows, "reference")
