"""The pages of sales, for those who may see them."""

import re

import pytest

from app.identity.rules import Role
from app.kit import clock
from app.kit.db import transaction
from app.lifecycle import service
from app.surveys.rules import Metric
from app.surveys.service.recording import Feedback, record_feedback
from tests import factories
from tests.lifecycle import happenings
from tests.sales import stories

PAGES = ["/sales", "/sales/customers", "/sales/data", "/sales/data/satisfaction.csv"]


@pytest.fixture
def sales(signed_in):
    return signed_in(Role.SALES)


@pytest.fixture
def story():
    return stories.upset_customer()


@pytest.mark.parametrize("page", PAGES)
def test_sales_may_see_it_and_support_may_not(signed_in, client, page):
    assert signed_in(Role.SALES).get(page).status_code == 200
    assert signed_in(Role.AGENT).get(page).status_code == 403
    assert client.get(page).status_code == 302


@pytest.mark.parametrize("page", PAGES[:3])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_empty_house_has_pages_too(sales, page, language):
    assert sales.get(page, headers={"Accept-Language": language}).status_code == 200


def test_the_overview_says_whom_to_call_first_and_why(sales, story):
    page = sales.get("/sales").get_data(as_text=True)

    assert page.index("云岫设计工作室") < page.index("程一诺")
    assert "Do not sell before it is solved" in page
    assert "Request #1042 is open. The last answer was 3 of 10." in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", True),
        ("stage=using", True),
        ("stage=advocate", False),
        ("side=issue_open", True),
        ("band=needs_care&stage=using", True),
        ("name=云岫", True),
        ("name=设计", False),
        ("owner=1", False),
        ("stage=nonsense&band=' OR 1=1", True),
    ],
)
def test_the_list_is_filtered_by_its_address(sales, story, query, found):
    page = sales.get(f"/sales/customers?{query}")

    assert page.status_code == 200
    assert ("云岫设计工作室" in page.get_data(as_text=True)) == found


def test_a_forged_page_link_is_refused(sales):
    assert sales.get("/sales/customers?after=nonsense").status_code == 400


def test_the_list_goes_on_where_it_ended(sales, inside):
    people = [inside(factories.customer).name for _ in range(60)]
    first = sales.get("/sales/customers").get_data(as_text=True)
    older = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    second = sales.get(older).get_data(as_text=True)

    shown = [[name for name in people if f">{name}<" in page] for page in (first, second)]
    assert (len(shown[0]), len(shown[1])) == (50, 10)
    assert not set(shown[0]) & set(shown[1])


def test_a_list_costs_the_same_for_many(sales, inside, statements):
    sales.get("/sales/customers")
    with statements() as few:
        sales.get("/sales/customers")
    for _ in range(20):
        inside(factories.customer)
    with statements() as many:
        sales.get("/sales/customers")

    assert len(few) == len(many) <= 4 + 1


def test_the_portrait_tells_the_whole_story(sales, story):
    page = sales.get(f"/sales/customers/{story.public_id}").get_data(as_text=True)

    for words in (
        "Purchased",
        "Issue open",
        "Do not sell before it is solved",
        "Counts as “needs care”",
        "Scored 3 of 10",
        "Request #1042 opened",
        "A friend came through their link",
        "stage.changed",
        "No. 1",
    ):
        assert words in page, words


def test_the_story_can_be_read_in_chinese(sales, story):
    page = sales.get(f"/sales/customers/{story.public_id}", headers={"Accept-Language": "zh"}).get_data(as_text=True)

    assert "请求 #1042 还没有解决。" in page


def test_the_timeline_shows_one_kind_alone(sales, story):
    page = sales.get(f"/sales/customers/{story.public_id}?only=requests").get_data(as_text=True)

    assert "Request #1042 opened" in page
    assert "Scored 3" not in page


def test_a_portrait_costs_few_statements(sales, story, statements):
    with statements() as seen:
        sales.get(f"/sales/customers/{story.public_id}")

    assert len(seen) <= 7


def test_what_happened_a_moment_ago_is_shown_before_it_has_a_number(sales, inside):
    customer = inside(factories.customer)
    with transaction():
        service.note(happenings.bought(customer.id))

    page = sales.get(f"/sales/customers/{customer.public_id}").get_data(as_text=True)
    assert "number follows" in page


def test_nobody_is_at_a_made_up_address(sales):
    assert sales.get("/sales/customers/0199-none").status_code == 404


def test_the_overview_hears_words_beside_stars_too_and_mixes_no_scales(sales, inside):
    customer = inside(factories.customer)
    said = Feedback(
        customer_id=customer.id,
        source="a shop's own page",
        comment="屏幕碎了，客服也没人理，太差了",
        language="zh_Hans",
        submitted_at=clock.now(),
        score=1,
        metric=Metric.CSAT,
    )
    inside(record_feedback, [said])

    page = sales.get("/sales").get_data(as_text=True)

    assert "Four or five stars" in page
    assert re.search(r"Comments that sound upset.{1,200}100%.{1,200}n = 1", page, re.DOTALL)
