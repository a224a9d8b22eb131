"""A passkey, end to end: a real Chromium with an authenticator that it plays itself (WebAuthn over CDP)."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from app.identity import service
from app.identity.models import Passkey, SignInSession
from app.kit.db import db, transaction
from tests import factories

pytestmark = pytest.mark.browser


@pytest.fixture
def home(app: Flask, address: str) -> Iterator[str]:
    """Call the tested server localhost: a passkey belongs to a name, not to a number."""
    before = app.extensions["revisit.config"]
    named = address.replace("127.0.0.1", "localhost")
    app.extensions["revisit.config"] = before.but(public_url=named)
    yield named
    app.extensions["revisit.config"] = before


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="en-GB")
    tab = context.new_page()
    device = context.new_cdp_session(tab)
    device.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": options | {"isUserVerified": True, "automaticPresenceSimulation": True}},
    )
    yield tab
    context.close()


def test_a_colleague_makes_a_passkey_and_signs_in_with_nothing_else(home: str, page: Page):
    with transaction():
        staff = factories.staff()
        link = service.make_link(staff_id=staff.id, next_path="/account")
    page.goto(f"{home}/sign-in/link/{link}")
    page.get_by_role("button", name="Go on").click()

    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("button", name="Remove")).to_be_visible()
    page.get_by_role("button", name="Sign out").first.click()
    page.goto(f"{home}/sign-in?next=/account")
    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page.get_by_role("heading", name="My account")).to_be_visible()
    db.session.rollback()
    assert db.session.scalars(select(Passkey.staff_id)).all() == [staff.id]
    assert db.session.scalars(select(SignInSession.how).order_by(SignInSession.id.desc())).first() == "passkey"
