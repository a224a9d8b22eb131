"""Who may use a route: said beside each view, checked before it runs, and complete or the product does not start."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from flask import Flask, Response, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from app.identity import current, service
from app.identity.rules import Role, Scope, may
from app.kit import clock
from app.kit.db import transaction
from app.kit.errors import Refused, is_api

_SEEN_EVERY = timedelta(minutes=10)
View = TypeVar("View", bound=Callable[..., Any])


class SignInNeeded(Refused):
    """Nobody is signed in, or the token is not valid."""

    status = 401
    message = _l("Please sign in first.")


class NotYours(Refused):
    """Somebody is signed in who may not use this."""

    status = 403
    message = _l("This page is for somebody else. If you should see it, ask a colleague who may.")


@dataclass(frozen=True)
class Access:
    """Who may use a route: anyone (and `why` that is safe), people with a role, or programs with a scope."""

    roles: frozenset[Role] = frozenset()
    scope: Scope | None = None
    why: str = ""

    def __str__(self) -> str:
        if self.why:
            return f"anyone ({self.why})"
        return f"token {self.scope}" if self.scope else ", ".join(sorted(self.roles))


def anyone(why: str) -> Callable[[View], View]:
    """Let everybody use the view; say why that is safe."""
    return _declare(Access(why=why))


def people(*roles: Role) -> Callable[[View], View]:
    """Let signed-in people with one of the roles (or a role that includes it) use the view."""
    return _declare(Access(roles=frozenset(roles)))


def programs(scope: Scope) -> Callable[[View], View]:
    """Let programs whose token has the scope use the view."""
    return _declare(Access(scope=scope))


def _declare(access: Access) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.access = access  # type: ignore[attr-defined]  # a view is a function; the mark travels with it
        return view

    return mark


def table() -> list[dict[str, str]]:
    """Return every route with its methods and who may use it; raise `RuntimeError` for one that does not say."""
    return [
        {
            "rule": rule.rule,
            "methods": " ".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})),
            "endpoint": rule.endpoint,
            "who": str(of(rule.endpoint)),
        }
        for rule in sorted(current_app.url_map.iter_rules(), key=lambda rule: rule.rule)
    ]


def init_app(app: Flask) -> None:
    """Check every request before its view runs, and every route once at start."""
    app.view_functions["static"] = anyone("files without secrets")(app.view_functions["static"])

    @app.before_request
    def _check() -> ResponseReturnValue | None:
        if request.endpoint == "static":
            return None
        current.load()
        if request.endpoint is None:
            return None  # no such address: the 404 follows
        _keep_awake()
        return _refuse(of(request.endpoint))


def _keep_awake() -> None:
    """Note now and then that a session is in use: once in ten minutes is enough, and cheap."""
    if g.person and clock.now() - g.person.seen_at > _SEEN_EVERY:
        with transaction():
            service.mark_seen(g.person.session_id)


def of(endpoint: str) -> Access:
    """Return who may use the endpoint; raise `RuntimeError` when it does not say."""
    view = current_app.view_functions[endpoint]
    access = getattr(view, "access", None) or getattr(getattr(view, "__wrapped__", None), "access", None)
    if access is None:
        raise RuntimeError(f"{endpoint} does not declare who may use it")
    return access  # type: ignore[no-any-return]  # set by _declare only


def _refuse(access: Access) -> Response | None:
    if access.why:
        return None
    if access.scope:
        if g.program is None:
            raise SignInNeeded
        if access.scope not in g.program.scopes:
            raise NotYours
        return None
    if g.person is None:
        if request.method == "GET" and not is_api():
            return redirect(url_for("identity.sign_in", next=request.full_path.rstrip("?")))  # type: ignore[return-value]  # werkzeug's Response
        raise SignInNeeded
    if not may(g.person.role, access.roles):
        raise NotYours
    return None
