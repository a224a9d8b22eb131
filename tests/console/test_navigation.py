"""The menu: everybody sees what they may use, once, and where they are."""

import re

import pytest

from app.identity.rules import Role


def _menu(page: str) -> list[tuple[str, bool]]:
    nav = page[page.index("<nav") : page.index("</nav>")]
    return [(address, bool(here)) for address, here in re.findall(r'<li><a href="([^"]+)"( aria-current="page")?', nav)]


@pytest.mark.parametrize("role", [Role.AGENT, Role.LEAD, Role.SALES, Role.ADMIN])
def test_no_page_stands_twice_in_a_menu(signed_in, role):
    addresses = [address for address, _ in _menu(signed_in(role).get("/account").get_data(as_text=True))]

    assert addresses
    assert len(addresses) == len(set(addresses))


def test_only_the_page_itself_is_marked_not_the_one_above_it(signed_in):
    menu = _menu(signed_in(Role.ADMIN).get("/admin/colleagues").get_data(as_text=True))

    assert [address for address, here in menu if here] == ["/admin/colleagues"]
