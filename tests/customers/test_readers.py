"""How cells are read: what people type in Chinese and English offices, and anything else without a crash."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from babel.numbers import format_currency, get_currency_precision
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.customers.rules import columns, contacts, days, money, rows, texts
from app.customers.rules.reasons import Reason, Wrong

pytestmark = pytest.mark.no_database
SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "minor", "code"),
    [
        ("¥1,299.00", 129_900, "CNY"),
        ("￥１，２９９", 129_900, "CNY"),
        ("1299元", 129_900, "CNY"),
        ("1,299.00元", 129_900, "CNY"),
        ("人民币 12.3", 1230, "CNY"),
        ("1.2万", 1_200_000, "CNY"),
        ("3 万元", 3_000_000, "CNY"),
        ("US$ 12.50", 1250, "USD"),
        ("€1.299,00", 129_900, "EUR"),
        ("1 299,00 EUR", 129_900, "EUR"),
        ("JPY 1200", 1200, "JPY"),
        ("HK$ 8", 800, "HKD"),
        ("0", 0, "CNY"),
        ("12,5", 1250, "CNY"),
    ],
)
def test_an_amount_is_read_into_minor_units(text, minor, code):
    assert money.amount(text) == (minor, code)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("-5", Reason.BELOW_ZERO),
        ("1.299", Reason.TOO_EXACT),
        ("1.000 JPY", Reason.TOO_EXACT),
        ("JPY 1.5", Reason.TOO_EXACT),
        ("1,29,9", Reason.NOT_MONEY),
        ("1e5", Reason.NOT_MONEY),
        ("¥", Reason.NOT_MONEY),
        ("٣", Reason.NOT_MONEY),
        ("9" * 18, Reason.TOO_MUCH),
        ("¥12 USD", Reason.TWO_CURRENCIES),
        ("12 ABC", Reason.NOT_A_CURRENCY),
    ],
)
def test_an_amount_that_cannot_be_meant_is_refused(text, reason):
    with pytest.raises(Wrong) as wrong:
        money.amount(text)
    assert wrong.value.reason is reason


@settings(max_examples=40, deadline=None)
@given(
    st.integers(0, 10**13),
    st.sampled_from([("CNY", "zh_CN"), ("USD", "en_US"), ("EUR", "de_DE"), ("JPY", "en_US"), ("GBP", "de_DE")]),
)
def test_money_written_in_any_country_comes_back(minor, money_of):
    code, locale = money_of
    value = Decimal(minor).scaleb(-get_currency_precision(code))
    written = format_currency(value, code, format="#,##0.00 ¤¤", locale=locale)

    assert money.amount(written) == (minor, code)


DAY = datetime(2026, 11, 21, tzinfo=SHANGHAI)
AFTERNOON = DAY.replace(hour=14, minute=5)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-21", DAY),
        ("2026/11/21", DAY),
        ("2026.11.21", DAY),
        ("20261121", DAY),
        ("2026年11月21日", DAY),
        ("２０２６－１１－２１", DAY),
        ("21 Nov 2026", DAY),
        ("Nov 21, 2026", DAY),
        ("November 21st, 2026", DAY),
        ("21-Nov-2026", DAY),
        ("Saturday, 21 November 2026", DAY),
        ("11/21/2026", DAY),
        ("21/11/2026", DAY),
        ("2026-11-21 14:05", AFTERNOON),
        ("2026年11月21日 下午2:05", AFTERNOON),
        ("2026年11月21日 下午2点05分", AFTERNOON),
        ("2026年11月21日（星期六）14:05", AFTERNOON),
        ("2026-11-21 2:05 PM", AFTERNOON),
        ("2026-11-21T06:05:00Z", AFTERNOON),
        ("2026-11-21T07:05:00.123+01:00", AFTERNOON),
    ],
)
def test_a_day_is_read_in_every_usual_form(text, moment):
    assert days.moment(text, SHANGHAI) == moment


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("03/04/2026", Reason.DAY_OR_MONTH),
        ("2026-02-30", Reason.NOT_A_DAY),
        ("2026-13-01", Reason.NOT_A_DAY),
        ("2026-11-21 25:00", Reason.NOT_A_DAY),
        ("1969-01-01", Reason.NOT_A_DAY),
        ("2026-11-23 00:01", Reason.NOT_YET),
        ("上周", Reason.NOT_A_DAY),
    ],
)
def test_a_day_that_cannot_be_meant_is_refused(text, reason):
    with pytest.raises(Wrong) as wrong:
        days.past_moment(text, SHANGHAI, datetime(2026, 11, 21, tzinfo=UTC))
    assert wrong.value.reason is reason


@settings(max_examples=40, deadline=None)
@given(
    st.integers(31_536_000, 7_226_582_400).map(lambda second: datetime.fromtimestamp(second, UTC)),
    st.sampled_from(
        ["%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y年%m月%d日 %H:%M:%S", "%d %B %Y %H:%M:%S", "%Y-%m-%dT%H:%M:%S"]
    ),
)
def test_every_moment_written_down_comes_back(moment, form):
    assert days.moment(moment.strftime(form), UTC) == moment


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("138 0013 8000", "+8613800138000"),
        ("+86-138-0013-8000", "+8613800138000"),
        ("１３８００１３８０００", "+8613800138000"),
        ("0571-88886666转803", "+8657188886666 x803"),
        ("+1 650 253 0000", "+16502530000"),
    ],
)
def test_a_phone_number_has_one_shape(text, number):
    assert contacts.phone(text) == number


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=40))
@example("\ud800")
@example("0" * 40)
@example("2026-11-21T00:00:00+99:99")
@example("１e999999999")
def test_no_cell_makes_a_reader_stumble(text):
    for read in (
        money.amount, money.currency, money.pieces, contacts.email, contacts.phone, texts.is_yes, texts.language,
        lambda cell: days.moment(cell, SHANGHAI), lambda cell: texts.line(cell, 20),
    ):  # fmt: skip
        try:
            read(text)
        except Wrong:
            continue


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(columns.PURCHASES)), st.text(max_size=30)))
def test_any_row_is_read_or_refused_with_a_field(cells):
    try:
        sale = rows.purchase(cells, zone=SHANGHAI, now=NOW)
    except rows.RowWrong as wrong:
        faults = wrong.faults
    else:
        faults = []
        assert sale.reference
        assert sale.buyer.external_id or sale.buyer.email
    assert faults or sale


@pytest.mark.parametrize("kind", ["customers", "purchases"])
def test_no_name_of_a_column_means_two_things(kind):
    names = [name for accepted in columns.TABLES[kind].values() for name in accepted.split()]

    assert len(names) == len(set(names))
    assert all(columns.key_of(name) == name for name in names)


def test_a_purchase_of_long_ago_is_history():
    assert rows.is_history(NOW - timedelta(days=91), NOW)
    assert not rows.is_history(NOW - timedelta(days=90), NOW)
