"""Customers and purchases come in by file: send it, look at what it would do, let it in, watch."""

import tempfile
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from app.console import import_words
from app.console.refused_rows import table_of_refused
from app.customers import batches, importing, queries
from app.customers.importing import Received
from app.customers.rules import columns
from app.customers.rules.imports import ImportState
from app.customers.takers import taker_for
from app.identity.access import people
from app.identity.rules import Role
from app.kit.db import transaction
from app.kit.errors import NotThere, Refused
from app.kit.forms import Form
from app.kit.once import once

bp = Blueprint("imports", __name__, url_prefix="/admin/imports")
_CHECK_SECONDS = 3.0
_SHOWN = 50


class SendForm(Form):
    """A table and what its rows are."""

    kind = RadioField(
        _l("What stands in it?"),
        [InputRequired(_l("Say what stands in the file."))],
        choices=[SelectChoice("customers", _l("Customers")), SelectChoice("purchases", _l("Orders"))],
    )
    file = FileField(_l("The file"), [FileRequired(_l("Choose a file first."))])


class LetInForm(Form):
    """What becomes of purchases of the past."""

    history = RadioField(
        _l("Which purchases are history? Nobody is asked about them, and they earn no points."),
        choices=[
            SelectChoice("old", _l("Those older than 90 days")),
            SelectChoice("all", _l("Every one")),
            SelectChoice("none", _l("Not one")),
        ],
        default="old",
    )

    def is_history(self) -> bool | None:
        """Return what the service takes: None lets the date decide."""
        return {"all": True, "none": False}.get(str(self.history.data))


@bp.route("", methods=["GET", "POST"])
@people(Role.SALES)
def overview() -> ResponseReturnValue:
    """Take a file, and show the last ones."""
    form = SendForm()
    if form.validate_on_submit():
        try:
            return _received(form)
        except Refused as refusal:
            form.file.errors = [str(refusal.message)]
    return render_template("console/imports/overview.html", form=form, imports=queries.last_imports()), (
        422 if form.errors else 200
    )


@bp.get("/<public_id>")
@people(Role.SALES)
def one(public_id: str) -> ResponseReturnValue:
    """Show one import: what it would do, how far it is, or what came of it."""
    return _page(queries.import_by_public_id(public_id))


@bp.get("/<public_id>/progress")
@people(Role.SALES)
def progress(public_id: str) -> ResponseReturnValue:
    """Show how far it is; the page asks for this part again and again, and for the whole page at the end."""
    told = queries.import_by_public_id(public_id)
    if told.state in {ImportState.READY, ImportState.DONE}:
        return Response("", 200, {"HX-Redirect": url_for(".one", public_id=public_id)})
    return render_template("console/imports/progress.html", told=told)


@bp.post("/<public_id>/confirm")
@people(Role.SALES)
def confirm(public_id: str) -> ResponseReturnValue:
    """Let the rows in."""
    form = LetInForm()
    if not form.validate():
        return _page(queries.import_by_public_id(public_id), form), 422
    return once(lambda: _confirmed(public_id, form))


@bp.post("/<public_id>/discard")
@people(Role.SALES)
def discard(public_id: str) -> ResponseReturnValue:
    """Forget a file that was not let in."""
    return once(lambda: _discarded(public_id))


@bp.get("/<public_id>/refused.csv")
@people(Role.SALES)
def refused(public_id: str) -> ResponseReturnValue:
    """Give the refused rows back, to be mended and sent again."""
    told = queries.import_by_public_id(public_id)
    if not told.refused:
        raise NotThere
    answer = Response(b"".join(table_of_refused(told)), mimetype="text/csv")
    answer.headers.set("Content-Disposition", "attachment", filename=f"refused-{told.public_id[:8]}.csv")
    return answer


def _received(form: SendForm) -> ResponseReturnValue:
    kind = str(form.kind.data)
    with tempfile.TemporaryDirectory(dir=importing.folder()) as kept:
        source = Path(kept) / "sent"
        form.file.data.save(source)
        received = importing.receive(source, form.file.data.filename or "", lambda names: _columns(kind, names))
    if received.columns.missing:
        importing.file_of(received.public_id).unlink()
        lacking = import_words.missing(received.columns.missing)
        raise Refused(
            _("The file lacks what is needed: %(columns)s. Its first line names the columns.", columns=lacking)
        )
    told = _begun(kind, received)
    if told.state == ImportState.CHECKING:
        batches.run(told.id, taker_for, seconds=_CHECK_SECONDS)
    return redirect(url_for(".one", public_id=told.public_id), 303)


def _begun(kind: str, received: Received) -> Any:
    """Begin to check the file; the same file that waits already is that one."""
    waiting = queries.find_unfinished_import(received.sha256, kind, is_for_worker=True)
    if waiting:
        importing.file_of(received.public_id).unlink()
        return waiting
    with transaction():
        return importing.add_import(
            received, kind=kind, state=ImportState.CHECKING, options={}, staff_id=g.person.staff_id
        )


def _columns(kind: str, names: Any) -> columns.Columns:
    return columns.read_header(names, columns.TABLES[kind], columns.NEEDED[kind])


def _confirmed(public_id: str, form: LetInForm) -> ResponseReturnValue:
    importing.confirm(queries.import_by_public_id(public_id), is_history=form.is_history())
    return redirect(url_for(".one", public_id=public_id), 303)


def _discarded(public_id: str) -> ResponseReturnValue:
    importing.discard(queries.import_by_public_id(public_id))
    flash(_("Forgotten. Nothing of the file was kept."))
    return redirect(url_for(".overview"), 303)


def _page(told: Any, form: LetInForm | None = None) -> str:
    refusals = queries.refusals(told.id, limit=_SHOWN) if told.refused else []
    before = queries.find_finished_import(told.sha256, told.kind) if told.state == ImportState.READY else None
    return render_template(
        "console/imports/one.html",
        told=told,
        form=form or LetInForm(),
        words=import_words,
        refusals=[(row.line, [import_words.fault(fault) for fault in row.faults], row.cells) for row in refusals],
        first_rows=importing.first_rows(told) if told.state == ImportState.READY else [],
        before=before,
    )
