"""The customer's door: answer a survey, end the mails. No account is needed; the link is the key."""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import sentiment
from app.customers import queries as customers
from app.identity.access import anyone
from app.kit import clock, i18n
from app.kit.db import transaction
from app.kit.forms import Form, csrf
from app.kit.limits import limiter
from app.surveys import queries, rules, unsubscribing
from app.surveys.errors import AlreadyAnswered, AnsweredBefore, Closed, LinkExpired
from app.surveys.forms import AnswerForm
from app.surveys.queries import Asked
from app.surveys.rules import InvitationState
from app.surveys.service import inviting, submitting

bp = Blueprint("surveys", __name__)


@bp.get("/s/<token>")
@anyone("the link is the key; reading changes nothing, so a mail scanner may open it")
def answer(token: str) -> ResponseReturnValue:
    """Show the questions."""
    asked = _asked(token)
    if asked.state == InvitationState.ANSWERED:
        raise AnsweredBefore
    if not rules.is_open(state=asked.state, expires_at=asked.expires_at, now=clock.now()):
        raise LinkExpired
    return _questions(AnswerForm.of(asked, i18n.reader_locale()))


@bp.post("/s/<token>")
@limiter.limit("60 per minute")
@anyone("the link is the key")
def submit(token: str) -> ResponseReturnValue:
    """Keep the answer, or show the questions again with what was typed: in the other language, or to be mended."""
    asked = _asked(token)
    if "language" in request.form:
        i18n.choose(request.form["language"])
        i18n.speak_like(asked.locale)
        return _questions(AnswerForm.of(asked, i18n.reader_locale()))
    form = AnswerForm.of(asked, i18n.reader_locale())
    if not form.validate():
        if asked.state == InvitationState.ANSWERED:
            raise AlreadyAnswered
        return _questions(form), 400 if form.is_stale else 422
    said, language = form.said(), i18n.reader_locale()
    judgement = sentiment.judge(said.comment, language) if said.comment else None
    with transaction():
        submitting.submit_response(asked, said, language=language, judgement=judgement)
    return redirect(url_for("thanks.show", token=token), 303)


@bp.get("/unsubscribe/<token>")
@anyone("the signed link is the key; reading changes nothing")
def unsubscribe(token: str) -> ResponseReturnValue:
    """Ask once before the mails end."""
    customer = customers.customer_by_public_id(unsubscribing.read(token))
    i18n.speak_like(customer.locale)
    return render_template("surveys/unsubscribe.html", customer=customer, form=Form())


@bp.post("/unsubscribe/<token>")
@anyone("the signed link is the key")
def stop_mails(token: str) -> ResponseReturnValue:
    """End the survey mails, or begin them anew on the customer's own wish."""
    public_id = unsubscribing.read(token)
    with transaction():
        inviting.let_mail(public_id, may_mail=request.form.get("again") == "yes")
    return redirect(url_for(".unsubscribe", token=token), 303)


# The answer form checks its own token, so that a refusal keeps what was typed.
csrf.exempt(submit)
# RFC 8058: the mail program posts without ever having seen a page of ours; the signed link is the key.
csrf.exempt(stop_mails)


@bp.app_errorhandler(Closed)
def closed(fault: Closed) -> Response:
    """Show why the link takes no answer."""
    return make_response(render_template("surveys/closed.html", fault=fault), fault.status)


def _asked(token: str) -> Asked:
    asked = queries.asked_by_token(token)
    i18n.speak_like(asked.locale)
    return asked


def _questions(form: AnswerForm) -> str:
    return render_template(
        "surveys/answer.html",
        form=form,
        asked=form.asked,
        most=rules.LONGEST_COMMENT,
        unsubscribe=unsubscribing.sign(form.asked.public_id),
    )
