"""Three addresses for machines: is the process there, is it ready, how is it doing."""

import hmac
from ipaddress import ip_address

from flask import Blueprint, Response, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from app.console.operation import figures, readiness
from app.identity.access import anyone
from app.kit.errors import NotThere

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@anyone("tells only that the process is there")
def healthz() -> ResponseReturnValue:
    """Answer that the process is there."""
    return jsonify(status="ok")


@bp.get("/readyz")
@anyone("tells only what is ready, no content")
def readyz() -> ResponseReturnValue:
    """Answer 200 when requests can be served in full, 503 and the reason when not."""
    checks = readiness.look()
    is_ready = all(check.is_well for check in checks)
    answer = jsonify(ready=is_ready, checks={check.name: {"ok": check.is_well, "seen": check.seen} for check in checks})
    return answer, 200 if is_ready else 503


@bp.get("/metrics")
@anyone("asks for the METRICS_TOKEN, or for loopback")
def metrics() -> ResponseReturnValue:
    """Answer with the figures that Prometheus collects."""
    if not (is_loopback() or _has_token()):
        raise NotThere
    return Response(generate_latest(figures.registry()), content_type=CONTENT_TYPE_LATEST)


def is_loopback() -> bool:
    """Tell whether the reader sits at this machine; a request that a proxy passed on does not count."""
    if any(name in request.headers for name in ("Forwarded", "X-Forwarded-For", "X-Real-Ip", "Via")):
        return False
    try:
        return ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def _has_token() -> bool:
    token: str = current_app.extensions["revisit.config"].metrics_token
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(token) and hmac.compare_digest(given.encode(), token.encode())
