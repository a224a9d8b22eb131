"""The pull feed of stage events, and the shapes of their data, for programs."""

from datetime import datetime
from typing import Any

from flask import Response, current_app, g, jsonify, request
from flask_babel import gettext as _
from flask_openapi.blueprint import APIBlueprint
from flask_openapi.models import Tag
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, field_validator

from app.identity.access import anyone, programs
from app.identity.rules import Scope
from app.kit.api import Problem
from app.kit.errors import NotThere, Refused
from app.kit.limits import limiter
from app.kit.paging import seal, unseal
from app.lifecycle import catalogue, queries
from app.lifecycle.cloudevents import BATCH

_LIST = "stage-events"
bp = APIBlueprint(
    "stage_events",
    __name__,
    url_prefix="/api/v1",
    abp_tags=[Tag(name="stage events", description="What happens to customers, in one order that never changes.")],
    abp_responses={401: Problem, 403: Problem},
)


class FeedQuery(BaseModel):
    """Where to go on. Without `cursor` and `since` the feed begins with the first event there is."""

    model_config = ConfigDict(extra="forbid")

    cursor: str | None = Field(default=None, max_length=500, description="`next` of the answer before")
    since: AwareDatetime | None = Field(default=None, description="events numbered at this moment or later")
    limit: int = Field(default=100, ge=1, le=1000)
    type: list[str] = Field(default_factory=list, max_length=20, description="only these types; may be repeated")

    @field_validator("type")
    @classmethod
    def _known(cls, names: list[str]) -> list[str]:
        return [name if name in catalogue.BY_FULL_NAME else _full_name(name) for name in names]


class Feed(BaseModel):
    """Some events in the order of their numbers, and where to go on."""

    events: list[dict[str, Any]] = Field(description="CloudEvents 1.0")
    has_more: bool = Field(description="true when more events are there already")
    next: str = Field(description="the cursor for the next call, also when nothing is new")


class SchemaPath(BaseModel):
    """Which shape."""

    name: str = Field(max_length=100, examples=["stage.changed.v1"])


class CursorOrTime(Refused):
    """Both were given."""

    status = 400


@bp.get("/stage-events", security=[{"token": []}], responses={200: Feed, 400: Problem, 429: Problem})
@programs(Scope.EVENTS_READ)
@limiter.limit("600 per minute", key_func=lambda: g.program.key)
def stage_events(query: FeedQuery) -> Response:
    """Read the stage events in order.

    Numbers are given after commit, densely: whoever has read up to a number has missed nothing below it. Keep `next`
    and call again with it as `cursor`; events are kept for as long as this installation exists. Delivery is at least
    once: the same `id` is the same event. With `Accept: application/cloudevents-batch+json` the answer is the bare
    batch, and `next` stands in the `Link` header.
    """
    place = _place(query)
    rows = queries.feed(**place, types=query.type, limit=query.limit + 1)
    shown = rows[: query.limit]
    onward = seal(_LIST, [shown[-1].sequence] if shown else _kept(place))
    has_more = len(rows) > query.limit
    bodies = ",".join(row.body for row in shown)
    if request.accept_mimetypes.best_match(["application/json", BATCH]) == BATCH:
        answer = Response(f"[{bodies}]", content_type=BATCH)
        answer.headers["Revisit-Has-More"] = "true" if has_more else "false"
    else:
        text = f'{{"events":[{bodies}],"has_more":{"true" if has_more else "false"},"next":"{onward}"}}'
        answer = Response(text, content_type="application/json")
    answer.headers["Link"] = f'<{request.path}?cursor={onward}>; rel="next"'
    return answer


@bp.get("/event-schemas/<name>", responses={404: Problem})
@anyone("shapes of data, without data")
def event_schema(path: SchemaPath) -> Response:
    """Read the JSON Schema of the data of one event type."""
    entry = catalogue.BY_FULL_NAME.get(catalogue.PREFIX + path.name)
    if entry is None:
        raise NotThere
    answer = jsonify(catalogue.json_schema(entry, current_app.extensions["revisit.config"].public_url))
    answer.mimetype = "application/schema+json"
    return answer


def _place(query: FeedQuery) -> dict[str, Any]:
    if query.cursor and query.since:
        raise CursorOrTime(_("Give a cursor or a time, not both."))
    if query.since:
        return {"since": query.since}
    place = unseal(_LIST, query.cursor)[0] if query.cursor else 0
    return {"after": place} if isinstance(place, int) else {"since": datetime.fromisoformat(place)}


def _kept(place: dict[str, Any]) -> list[Any]:
    """Return what the cursor holds while nothing has come: the number, or the time that was asked for."""
    since = place.get("since")
    return [since.isoformat() if since else place["after"]]


def _full_name(name: str) -> str:
    entry = catalogue.BY_NAME.get(name)
    if entry is None:
        raise ValueError("there is no event type of this name")
    return entry.full_name
