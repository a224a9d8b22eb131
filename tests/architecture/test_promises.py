"""Promises that are read from the source itself."""

import ast
import re
from pathlib import Path

import pytest
from flask import Flask

from app.identity import access
from app.kit.db import db

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "app").rglob("*.py"))


def _calls(path: Path) -> list[ast.Call]:
    return [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]


def test_only_the_transaction_commits():
    committing = {
        str(path.relative_to(ROOT))
        for path in SOURCES
        for call in _calls(path)
        if isinstance(call.func, ast.Attribute) and call.func.attr == "commit"
    }

    assert committing == {"app/kit/db.py"}


def test_only_the_settings_read_the_environment():
    reading = {
        str(path.relative_to(ROOT))
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
    }

    assert reading <= {"app/kit/supervisor.py"}, "it hands its environment on to its children"


def test_every_model_is_loaded_with_the_application(app: Flask):
    named = {name for path in SOURCES for name in re.findall(r'__tablename__ = "(\w+)"', path.read_text("utf-8"))}

    assert named == set(db.metadatas[None].tables)


def test_every_route_says_who_may_use_it(app: Flask):
    with app.test_request_context():
        assert all(row["who"] for row in access.table())


def test_no_route_changes_state_by_get(app: Flask):
    """Doors that write by GET would be opened by mail scanners; a GET that opens a transaction is one."""
    writing = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.FunctionDef):
                continue
            decorators = [ast.unparse(decorator) for decorator in node.decorator_list]
            opens = any(
                isinstance(call.func, ast.Name) and call.func.id in {"transaction", "once"}
                for call in ast.walk(node)
                if isinstance(call, ast.Call)
            )
            if opens and any(re.match(r"\w+\.get\(", decorator) for decorator in decorators):
                writing.append(f"{path.name}:{node.name}")

    assert writing == []


@pytest.mark.parametrize(
    "path", sorted((ROOT / "templates").rglob("*.html")), ids=lambda path: str(path.relative_to(ROOT))
)
def test_a_template_has_nothing_inline(path: Path):
    source = path.read_text("utf-8")

    assert not re.search(r'\sstyle\s*=\s*["\']', source), "the content policy forbids style attributes"
    assert not re.search(r"<script(?![^>]*\bsrc=)", source), "the content policy forbids inline scripts"
    assert not re.search(r'\son[a-z]+\s*=\s*["\']', source), "the content policy forbids inline handlers"
    assert "|safe" not in source.replace(" ", ""), "what people wrote is always escaped"
