"""The loop at the desk: read, take, reply, wait, resolve, reopen."""

import re
from threading import Barrier, Thread

import pytest
from sqlalchemy import select, update

from app.delivery.models import Parcel
from app.identity.rules import Role
from app.kit.db import db, transaction
from app.support import queries, service
from app.support.errors import TakenAlready
from app.support.models import Change, Note, Request
from app.support.rules import State, Then, What
from tests import factories


def _fresh(number: int = 1001) -> Request:
    db.session.rollback()
    db.session.expire_all()
    return queries.request_by_number(number)


def _letters() -> list[dict[str, object]]:
    return list(db.session.scalars(select(Parcel.payload).order_by(Parcel.id)))


def _send(browser, text, *, then="wait", to="reply", version=None):
    version = version or _fresh().version
    return browser.post("/support/1001", data={"to": to, "text": text, "then": then, "version": str(version)})


def test_an_unhappy_answer_is_answered_and_solved_at_the_desk(answer, signed_in, client):
    answer()
    agent = signed_in(Role.AGENT)
    assert "等了九天" in agent.get("/support").text

    assert agent.post("/support/1001/take").status_code == 302
    assert _send(agent, "师傅明天上午九点到。", then="keep").status_code == 302
    assert _send(agent, "换好了接头，不漏了。", then="resolve").status_code == 302

    request = _fresh()
    assert request.state == State.RESOLVED
    assert request.first_reply_at
    opened, replied, resolved = _letters()
    assert "师傅明天上午九点到。" in replied["text"]
    assert replied["headers"]["In-Reply-To"] == opened["message_id"]
    assert resolved["headers"]["References"] == f"{opened['message_id']} {replied['message_id']}"
    link = re.search(r"/q/\S+", resolved["text"]).group()
    assert "换好了接头" in client.get(link).text
    assert client.post(f"{link}/reopen", data={"text": "还在漏"}).status_code == 302
    assert _fresh().state == State.OPEN


def test_waiting_holds_the_clock_and_the_customers_word_lets_it_run_on(make_request, signed_in, watch):
    request = make_request()
    assert request.due_at == watch.set("11-18 15:30")
    watch.set("11-18 10:30")
    _send(signed_in(Role.AGENT), "请拍一张照片。", then="wait")
    assert _fresh().state == State.WAITING

    watch.set("11-18 14:00")
    with transaction():
        service.write_as_customer(_fresh(), text="照片在这里")

    assert _fresh().state == State.OPEN
    assert _fresh().due_at == watch.set("11-18 17:30")


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_the_request_page_tells_everything_that_happened(make_request, signed_in, watch, locale):
    make_request()
    agent = signed_in(Role.AGENT)
    agent.post("/support/1001/take")
    _send(agent, "请拍一张照片。", then="wait")
    _send(agent, "先锁一位师傅", to="note")
    watch.set("11-18 16:00")
    with transaction():
        service.write_as_customer(_fresh(), text="照片在这里")
    watch.set("11-20 16:00")
    with transaction():
        service.mark_late(_fresh().id)
    _send(agent, "修好了。", then="resolve")

    page = agent.get("/support/1001", headers={"Accept-Language": locale})

    assert page.status_code == 200
    for text in ("请拍一张照片。", "先锁一位师傅", "照片在这里", "修好了。"):
        assert text in page.text
    for icon in ("person-plus", "pause-circle", "play-circle", "exclamation-octagon-fill", "check-lg"):
        assert f"#{icon}" in page.text
    assert agent.post("/support/1001/reopen").status_code == 302
    assert agent.get("/support/1001").status_code == 200


def test_a_solution_that_waited_is_in_time(make_request, signed_in, watch):
    make_request()
    agent = signed_in(Role.AGENT)
    watch.set("11-18 15:00")
    _send(agent, "请拍一张照片。", then="wait")
    watch.set("11-20 11:00")

    _send(agent, "已经修好。", then="resolve")

    assert _fresh().resolved_at <= _fresh().due_at


def test_a_held_back_reply_shows_only_what_is_new(make_request, signed_in, watch):
    make_request()
    agent = signed_in(Role.AGENT)
    page = agent.get("/support/1001").text
    seen = re.search(r'name="seen"[^>]*value="([^"]+)"', page).group(1)
    watch.set("11-18 10:20")
    with transaction():
        service.write_as_customer(_fresh(), text="柜板也泡了")

    held = agent.post(
        "/support/1001", data={"to": "reply", "text": "在看", "then": "wait", "version": "1", "seen": seen}
    ).text

    clash = held[held.index('class="clash"') : held.index('id="write"')]
    assert "柜板也泡了" in clash
    assert "没有人管" not in clash


def test_a_second_reply_from_an_old_page_is_held_back(make_request, signed_in):
    request = make_request()
    seen = request.version
    with transaction():
        service.write_as_customer(_fresh(), text="柜板也泡了")

    answer = _send(signed_in(Role.AGENT), "我们正在看。", version=seen)

    assert answer.status_code == 409
    assert "柜板也泡了" in answer.text
    assert "我们正在看。" in answer.text
    assert not [letter for letter in _letters() if "我们正在看" in letter["text"]]
    fresh = re.search(r'name="version"[^>]*value="(\d+)"', answer.text).group(1)
    assert _send(signed_in(Role.AGENT), "我们正在看。", version=fresh).status_code == 302


def test_the_second_to_take_reads_who_was_faster(make_request, signed_in, make_staff):
    make_request()
    winner = make_staff(name="周予安")
    with transaction():
        service.take(_fresh(), staff_id=winner.id)

    answer = signed_in(Role.AGENT).post("/support/1001/take")

    assert answer.status_code == 409
    assert "周予安" in answer.text


def test_of_many_who_take_at_once_one_wins(app, make_request, make_staff):
    make_request()
    staff = [make_staff(name=f"同事{n}").id for n in range(8)]
    wake, won, lost = Barrier(len(staff)), [], []

    def take(staff_id: int) -> None:
        with app.app_context():
            wake.wait()
            try:
                with transaction():
                    service.take(queries.request_by_number(1001), staff_id=staff_id)
                won.append(staff_id)
            except TakenAlready as refusal:
                lost.append(refusal.winner)
            finally:
                db.session.remove()

    threads = [Thread(target=take, args=(staff_id,)) for staff_id in staff]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(won) == 1
    assert len(lost) == len(staff) - 1
    assert _fresh().owner_id == won[0]
    taken = db.session.scalars(select(Change).filter_by(what=What.TAKEN)).all()
    assert len(taken) == 1


def test_several_are_taken_at_once_and_others_stay_with_their_owner(make_request, signed_in, make_staff):
    for _ in range(3):
        make_request()
    other = make_staff(name="周予安")
    with transaction():
        service.take(_fresh(1002), staff_id=other.id)

    signed_in(Role.AGENT).post("/support/take", data={"pick": ["1001", "1002", "1003"]})

    owners = [_fresh(number).owner_id for number in (1001, 1002, 1003)]
    assert owners[1] == other.id
    assert owners[0] == owners[2] != other.id


def test_a_note_never_reaches_the_customer(make_request, signed_in, client):
    request = make_request()
    agent = signed_in(Role.AGENT)

    _send(agent, "旧热线漏接了，别再请她重讲", to="note", then="resolve")

    assert db.session.scalars(select(Note.text)).one() == "旧热线漏接了，别再请她重讲"
    assert "旧热线" in agent.get("/support/1001").text
    assert _fresh().state == State.OPEN
    link = re.search(r"/q/\S+", _letters()[0]["text"]).group()
    for page in (client.get(link), signed_in(request.customer_id).get("/portal/requests/1001")):
        assert page.status_code == 200
        assert "旧热线" not in page.text
    assert not [letter for letter in _letters() if "旧热线" in str(letter)]


def test_an_overdue_promise_is_marked_once(make_request, watch):
    from app.support.jobs import mark_late

    make_request()
    watch.set("11-18 15:29")
    assert mark_late() == 0
    watch.set("11-18 15:31")

    assert mark_late() == 1
    assert mark_late() == 0
    late = _fresh().id
    with transaction():
        assert not service.mark_late(late)
    assert len(db.session.scalars(select(Change).filter_by(what=What.LATE)).all()) == 1


def test_what_waits_for_the_customer_does_not_become_late(make_request, signed_in, watch):
    from app.support.jobs import mark_late

    make_request()
    _send(signed_in(Role.AGENT), "请拍一张照片。", then="wait")
    watch.set("11-20 15:31")

    assert mark_late() == 0


@pytest.mark.parametrize("what", ["support_change", "support_message", "support_note"])
def test_what_was_said_is_never_rewritten(make_request, signed_in, what):
    make_request()
    _send(signed_in(Role.AGENT), "一条便条", to="note")
    table = Request.metadata.tables[what]

    with pytest.raises(Exception, match="append-only"), transaction() as session:
        session.execute(update(table).values(request_id=table.c.request_id))


def test_angry_code_in_a_request_stays_text(make_request, signed_in):
    bad = '<script>alert("x")</script><img src=x onerror=alert(1)>'
    request = make_request(factories_customer(), subject=bad, text=bad)

    for page in (
        signed_in(Role.AGENT).get("/support"),
        signed_in(Role.AGENT).get("/support/1001"),
        signed_in(request.customer_id).get("/portal/requests/1001"),
        signed_in(request.customer_id).get("/portal/requests"),
    ):
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text
        assert "&lt;script&gt;" in page.text


def factories_customer():
    with transaction():
        return factories.customer(name="<b>何晓棠</b>")


def test_the_desk_reads_as_much_for_forty_rows_as_for_one(make_request, signed_in, statements):
    agent = signed_in(Role.AGENT)
    make_request()
    agent.get("/support")
    with statements() as few:
        agent.get("/support")
    for _ in range(12):
        make_request()

    with statements() as many:
        assert agent.get("/support").status_code == 200

    assert len(many) == len(few) <= 5, "\n".join(many)


def test_pages_of_the_desk_follow_each_other_without_gap(make_request):
    for _ in range(7):
        make_request()

    seen, cursor = [], ""
    while True:
        page = queries.queue(queries.View.ALL, me=1, cursor=cursor, size=3)
        seen += [row.number for row in page.rows]
        cursor = page.next
        if not cursor:
            break

    assert sorted(seen) == list(range(1001, 1008))
    assert len(seen) == 7


def test_the_resolved_view_pages_too(make_request, make_staff):
    staff = make_staff()
    for _ in range(5):
        with transaction():
            service.reply(
                make_request_in(factories.customer()),
                text="好了",
                then=Then.RESOLVE,
                staff_id=staff.id,
                staff_name="林小满",
            )

    first = queries.queue(queries.View.RESOLVED, me=1, size=3)
    second = queries.queue(queries.View.RESOLVED, me=1, size=3, cursor=first.next)

    assert [row.number for row in [*first.rows, *second.rows]] == [1005, 1004, 1003, 1002, 1001]


def make_request_in(customer):
    return service.open_request(customer, subject="漏水", text="一直漏水")


@pytest.mark.parametrize(
    "address",
    [
        "view=mine",
        "view=all&mood=negative",
        "view=soon&owner=0",
        "view=resolved",
        "view=x&mood=y&product=z&owner=q",
        "view=waiting&product=1",
    ],
)
def test_every_view_and_filter_has_an_address(make_request, signed_in, address):
    make_request()

    assert signed_in(Role.AGENT).get(f"/support?{address}").status_code == 200


def test_a_changed_cursor_is_refused(signed_in):
    assert signed_in(Role.AGENT).get("/support?after=abc").status_code == 400
