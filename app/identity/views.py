"""Sign in and out: by a mailed link, by password and one-time code; a GET never signs anybody in."""

from datetime import timedelta

from flask import Blueprint, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.customers import queries as customers
from app.delivery.service import post_letter
from app.identity import mails, passwords, queries, service
from app.identity.access import anyone, people
from app.identity.current import COOKIE_FIELD
from app.identity.errors import StepMissing
from app.identity.forms import CodeForm, EmailForm, EmptyForm, PasswordForm
from app.identity.rules import HOME, Role
from app.kit import clock
from app.kit.db import transaction
from app.kit.i18n import reader_locale
from app.kit.limits import limiter
from app.kit.once import once
from app.kit.pages import local_path

bp = Blueprint("identity", __name__)
_SECOND_STEP = "second_step"
_SECOND_STEP_LIVES = timedelta(minutes=5)


@bp.get("/")
@anyone("leads to the reader's own pages")
def front() -> ResponseReturnValue:
    """Lead everybody to where they belong."""
    return redirect(HOME[g.person.role] if g.person else url_for(".sign_in"))


@bp.route("/sign-in", methods=["GET", "POST"])
@anyone("the way in")
@limiter.limit("10/minute", methods=["POST"])
def sign_in() -> ResponseReturnValue:
    """Ask for an address and mail a link; the answer is the same whether somebody has the address or not."""
    form = EmailForm(next=local_path(request.args.get("next")))
    if form.validate_on_submit():
        return once(lambda: _mail_link(form.email.data, local_path(form.next.data)))
    return render_template("identity/sign_in.html", form=form), 422 if form.errors else 200


@bp.get("/sign-in/sent")
@anyone("says that a mail is on its way")
def sent() -> ResponseReturnValue:
    """Say what to do next."""
    return render_template("identity/sent.html")


@bp.get("/sign-in/link/<secret>")
@anyone("the secret in the address is the key")
@limiter.limit("60/minute")
def enter(secret: str) -> ResponseReturnValue:
    """Show a button: mail scanners open links, people press buttons."""
    return render_template(
        "identity/enter.html", name=queries.name_behind_link(secret), form=EmptyForm(), secret=secret
    )


@bp.post("/sign-in/link/<secret>")
@anyone("the secret in the address is the key")
@limiter.limit("20/minute")
def use_link(secret: str) -> ResponseReturnValue:
    """Sign in and use the link up."""
    with transaction():
        link = service.use_link(secret)
        person = {"staff_id": link.staff_id, "customer_id": link.customer_id}
        needs_code = bool(link.staff_id and queries.has_second_factor(queries.staff(link.staff_id)))
        kept = "" if needs_code else service.start_session(how="link", browser=browser_name(), **person)
    if needs_code:
        return _ask_for_code(link.staff_id or 0, link.next_path)
    return welcome(kept, link.next_path)


@bp.route("/sign-in/password", methods=["GET", "POST"])
@anyone("the way in")
@limiter.limit("5/minute", methods=["POST"])
def by_password() -> ResponseReturnValue:
    """Sign a colleague in by password; the limit comes before the hashing."""
    form = PasswordForm(next=local_path(request.args.get("next")))
    if form.validate_on_submit():
        staff = queries.find_staff_by_email(form.email.data)
        if passwords.is_right(staff.password_hash if staff else None, form.password.data) and staff:
            if queries.has_second_factor(staff):
                return _ask_for_code(staff.id, local_path(form.next.data))
            return _start(staff.id, "password", local_path(form.next.data))
        form.password.errors = [_("Address and password do not fit together.")]
    return render_template("identity/by_password.html", form=form), 422 if form.errors else 200


@bp.route("/sign-in/code", methods=["GET", "POST"])
@anyone("the second step; the first is in the signed cookie")
@limiter.limit("5/minute", methods=["POST"])
def code() -> ResponseReturnValue:
    """Ask a colleague for the one-time code."""
    waiting = session.get(_SECOND_STEP)
    if not waiting or clock.now().timestamp() - waiting["since"] > _SECOND_STEP_LIVES.total_seconds():
        raise StepMissing
    form = CodeForm()
    if form.validate_on_submit():
        with transaction():
            is_accepted = service.accept_code(queries.staff(waiting["staff"]), form.code.data)
        if is_accepted:
            return _start(waiting["staff"], "code", waiting["next"])
        form.code.errors = [_("This code is not right, or it was used already. Wait for the next one.")]
    return render_template("identity/code.html", form=form), 422 if form.errors else 200


@bp.post("/sign-out")
@people(*Role)
def sign_out() -> ResponseReturnValue:
    """End the session on the server, not only in this browser."""
    with transaction():
        service.end_session(g.person.session_id, staff_id=g.person.staff_id, customer_id=g.person.customer_id)
    session.pop(COOKIE_FIELD, None)
    flash(_("You are signed out."))
    return redirect(url_for(".sign_in"))


def _mail_link(email: str, next_path: str) -> ResponseReturnValue:
    staff = queries.find_staff_by_email(email)
    customer = None if staff else customers.find_customer_by_email(email)
    person = staff or customer
    # a link is made even for nobody, so that the answer takes as long
    secret = service.make_link(
        staff_id=staff.id if staff else None, customer_id=customer.id if customer else None, next_path=next_path
    )
    if person and person.email:
        locale = person.locale or reader_locale()
        letter = mails.sign_in_link(to=person.email, name=person.name, locale=locale, secret=secret)
        post_letter(letter, customer_id=customer.id if customer else None)
    return redirect(url_for(".sent"))


def _ask_for_code(staff_id: int, next_path: str) -> ResponseReturnValue:
    session[_SECOND_STEP] = {"staff": staff_id, "since": clock.now().timestamp(), "next": next_path}
    return redirect(url_for(".code"))


def _start(staff_id: int, how: str, next_path: str) -> ResponseReturnValue:
    with transaction():
        secret = service.start_session(staff_id=staff_id, how=how, browser=browser_name())
    return welcome(secret, next_path)


def welcome(secret: str, next_path: str) -> ResponseReturnValue:
    """Give the browser a new session; what an attacker may have planted in the old one is gone."""
    language = session.get("language")
    session.clear()
    session[COOKIE_FIELD] = secret
    session.permanent = True
    if language:
        session["language"] = language
    return redirect(local_path(next_path))


def browser_name() -> str:
    """Return what the browser calls itself, so that a person can tell sessions apart."""
    return request.headers.get("User-Agent", "")[:200]
