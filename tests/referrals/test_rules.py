"""Which addresses are one person's, what may stand as a name, and how people are called."""

import pytest

from app.customers.names import given_name
from app.referrals.rules import is_same_person, may_be_a_name

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("ada@example.com", "ADA@example.com ", True),
        ("ada@example.com", "ada+friend@example.com", True),
        ("a.d.a@gmail.com", "ada@googlemail.com", True),
        ("a.da@example.com", "ada@example.com", False),
        ("ada@example.com", "ada@example.org", False),
        (None, "ada@example.com", False),
        ("", "", False),
    ],
)
def test_addresses_of_one_mailbox_are_one_person(one, other, same):
    assert is_same_person(one, other) is same


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("沈知夏", True),
        ("J. R. Müller-O’Neill", True),
        ("Cheap pills http://evil.example", False),
        ("evil.example", False),
        ("ada@example.com", False),
        ("WWW evil", False),
        ("  ", False),
    ],
)
def test_a_name_carries_no_link_into_a_mail(text, may):
    assert may_be_a_name(text) is may


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("沈知夏", "知夏"),
        ("王伟", "王伟"),
        ("欧阳明月", "明月"),
        ("欧阳明", "明"),
        ("司马光远", "光远"),
        ("Anna Maria Smith", "Anna"),
        ("上海青芥家电有限公司", "上海青芥家电有限公司"),
        ("", ""),
    ],
)
def test_people_are_called_by_their_given_name(name, given):
    assert given_name(name) == given
