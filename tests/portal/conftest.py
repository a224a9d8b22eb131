"""A tab of the real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give a tab without pytest-playwright's own fixtures: its base address is made in a way that pytest 10 ends."""
    context = browser.new_context(reduced_motion="reduce")
    yield context.new_page()
    context.close()
