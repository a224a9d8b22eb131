"""A purchase, a question, an answer, a person who helps, and sales who knows: when it went badly, and when well."""

import csv
import html
import io
import json
import re
from datetime import datetime
from zoneinfo import ZoneInfo

from standardwebhooks import Webhook

from app.identity.rules import Role
from app.lifecycle import catalogue
from tests.journeys.stories import ADA, UPSET, ZHIXIA, kinds, of_customer, plain, sale, sides, stages
from tests.journeys.visitor import link_in


def _subscribe(visit, receiver) -> str:
    """Let an administrator add the receiver on its page; return the secret that the page shows."""
    admin = visit(Role.ADMIN)
    admin.opens("/admin/receivers")
    shown = admin.sends("/admin/receivers", url=receiver.url, types="")
    return re.search(r"whsec_[\w+/=]+", html.unescape(shown))[0]


def _marked(page: str) -> list[str]:
    return [html.unescape(words) for words in re.findall(r"<mark[^>]*>(.*?)</mark>", page)]


def _clock_time(moment: str) -> str:
    return f"{datetime.fromisoformat(moment).astimezone(ZoneInfo('Asia/Shanghai')):%H:%M}"


def _exported(sales) -> list[dict[str, str]]:
    sales.opens("/sales/data/satisfaction.csv")
    return list(csv.DictReader(io.StringIO(sales.page.get_data().decode("utf-8-sig"))))


def _solve(agent, number: int) -> None:
    """Let a colleague find the upset words, take the request, reply, and solve it."""
    desk = agent.opens("/support")
    assert _marked(desk), "the words that decided are marked in the row"
    assert all(words in UPSET for words in _marked(desk))
    agent.opens(f"/support/{number}")
    agent.sends(f"/support/{number}/take")
    agent.sends(f"/support/{number}", to="reply", text="师傅明天上午九点到。", then="keep")
    agent.sends(f"/support/{number}", to="reply", text="换好了接头，不漏了。", then="resolve")


def test_an_unhappy_answer_is_heard_put_right_and_known_to_sales(visit, program, receiver, work, mails):
    secret = _subscribe(visit, receiver)
    public_id = program.tells(sale(ZHIXIA))["customer_id"]
    work()
    [invitation] = mails(ZHIXIA["email"])
    link, customer = link_in(invitation, "/s/"), visit()
    assert '<html lang="zh-Hans"' in customer.opens(link)
    thanks = customer.sends(link, score="3", comment=UPSET)
    assert UPSET in thanks

    agent, sales = visit(Role.AGENT), visit(Role.SALES)
    work()
    opened = next(event for event in program.reads() if kinds([event]) == ["ticket.opened"])
    promise = _clock_time(opened["data"]["due_at"])
    assert (opened["data"]["number"], opened["data"]["mood"]) == ("#1001", "negative")
    assert all(promise in told for told in (thanks, agent.opens("/support/1001"), mails(ZHIXIA["email"])[-1]["text"]))
    picture = html.unescape(sales.opens(f"/sales/customers/{public_id}"))
    assert "Issue open" in picture
    assert "Request #1001 is open." in picture
    assert "Scored 3 of 10" in picture
    assert _marked(picture)

    _solve(agent, 1001)
    work()
    _asked, told, replied, resolved = mails(ZHIXIA["email"])
    assert ("师傅明天上午九点到。" in replied["text"], replied["headers"]["In-Reply-To"]) == (True, told["message_id"])
    request = link_in(resolved, "/q/")
    assert "换好了接头，不漏了。" in customer.opens(request)
    customer.sends(f"{request}/confirm")
    picture = html.unescape(sales.opens(f"/sales/customers/{public_id}"))
    assert "Issue open" not in picture.split("Everything")[0]
    assert "At risk" in picture
    assert "The last answer was 3 of 10." in picture

    events = program.reads()
    own = of_customer(events, public_id)
    assert stages(own) == ["purchased", "onboarding", "using"]
    assert sides(own) == [(None, "at_risk"), ("at_risk", "issue_open"), ("issue_open", "at_risk")]
    assert {"purchase.recorded", "survey.response.submitted", "points.earned", "ticket.resolved"} <= set(kinds(own))
    assert UPSET not in json.dumps(events, ensure_ascii=False), "the words themselves stay here"
    _check_webhooks(receiver, secret, events)

    [row] = [row for row in _exported(sales) if row["Comment"] == UPSET]
    assert (row["Score"], row["Mood"], row["Order"], row["Article"]) == ("3", "Upset", "SO-C-1", "W2")
    assert (row["Customer number"], row["Customer number here"]) == ("C-1", public_id)


def _check_webhooks(receiver, secret: str, events) -> None:
    """See that each event came once, in the order of the feed, the same to the letter, and truly from here."""
    for headers, body in receiver.got:
        assert Webhook(secret).verify(body, headers)["id"] == headers["webhook-id"]
    assert [headers["webhook-id"] for headers, _ in receiver.got] == [event["id"] for event in events]
    assert [plain(json.loads(body)) for body in receiver.bodies] == [plain(event) for event in events]
    assert {event["type"] for event in events} <= set(catalogue.BY_FULL_NAME)


def test_a_happy_answer_earns_points_and_leaves_the_desk_alone(visit, program, work, mails, enter):
    public_id = program.tells(sale(ADA))["customer_id"]
    work()
    [invitation] = mails(ADA["email"])
    assert "How is it going?" in invitation["text"]
    link, customer = link_in(invitation, "/s/"), visit()
    assert '<html lang="en"' in customer.opens(link)

    thanks = customer.sends(link, score="10", comment="Great filter, and the fitter was kind. Love it.")
    work()

    assert "50 points are in your account" in thanks
    assert "Thank you." in thanks
    assert "All answered" in visit(Role.AGENT).opens("/support")
    assert len(mails(ADA["email"])) == 1, "nobody writes to a happy customer about it"
    own = of_customer(program.reads(), public_id)
    assert stages(own)[-1] == "satisfied"
    assert sides(own) == []
    assert [event["data"]["points"] for event in own if kinds([event]) == ["points.earned"]] == [259, 50]
    assert "309" in enter(ADA["email"]).opens("/portal/points")
    sales = visit(Role.SALES)
    assert "Answered 10 of 10." in html.unescape(sales.opens(f"/sales/customers/{public_id}"))
    [row] = _exported(sales)
    assert (row["Score"], row["Mood"], row["Stage at the time"]) == ("10", "Happy", "Using")
