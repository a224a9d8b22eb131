"""The yardstick: a bare Flask form whose POST inserts the same rows through SQLAlchemy, and nothing else.

No CSRF, no language, no judgement, no rules, no indexes, no constraints: what any product must at least do to keep the
same rows as durably. The rows come from a real submission to the product (see `submission.py`).
"""

import json
import os
from pathlib import Path
from typing import Any

from flask import Flask, redirect, render_template_string, request
from sqlalchemy import Column, Float, Integer, LargeBinary, MetaData, Table, Text, create_engine, event, insert
from werkzeug.wrappers import Response

_FORM = """<!doctype html><title>{{ token }}</title><form method="post">
{% for n in range(11) %}<label><input type="radio" name="score" value="{{ n }}">{{ n }}</label>{% endfor %}
<textarea name="comment"></textarea><button>Send</button></form>"""


_KINDS: dict[type, type[Any]] = {int: Integer, float: Float, bytes: LargeBinary}


def _columns(row: dict[str, Any]) -> list[Column[Any]]:
    return [Column(name, _KINDS.get(type(value), Text)) for name, value in row.items()]


def create_app() -> Flask:
    """Build the bare application on the database that BENCH_FOLDER names."""
    folder = Path(os.environ["BENCH_FOLDER"])
    rows: dict[str, list[dict[str, Any]]] = json.loads((folder / "rows.json").read_text())
    engine = create_engine(f"sqlite:///{folder / 'bare.db'}", pool_size=8)

    @event.listens_for(engine, "connect")
    def _open(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    metadata = MetaData()
    statements = [(insert(Table(name, metadata, *_columns(some[0]))), some) for name, some in rows.items()]
    metadata.create_all(engine)
    app = Flask(__name__)

    @app.get("/healthz")
    def healthz() -> str:
        return "ok"

    @app.get("/s/<token>")
    def form(token: str) -> str:
        return render_template_string(_FORM, token=token)

    @app.post("/s/<token>")
    def submit(token: str) -> Response:
        comment, score = request.form["comment"], int(request.form["score"])
        with engine.begin() as connection:
            for statement, some in statements:
                said = {"comment": comment, "score": score}
                connection.execute(statement, [row | {k: v for k, v in said.items() if k in row} for row in some])
        return redirect(f"/s/{token}/thanks", 303)

    return app
