"""Figures for monitoring. Each web process counts its own requests; what the database tells is the same in all."""

import time
from collections.abc import Iterator

from flask import Flask, Response, current_app, g, request
from prometheus_client import CollectorRegistry, Histogram
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from app.delivery import queries
from app.kit import parked

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


class _Outbox(Collector):
    """Reads the outbox at the moment of asking."""

    def collect(self) -> Iterator[Metric]:
        """Give each figure with its meaning."""
        yield GaugeMetricFamily("revisit_outbox_backlog", "Parcels that have not left yet", queries.backlog())
        age = queries.waiting_for().total_seconds()
        yield GaugeMetricFamily("revisit_queue_age_seconds", "How long the oldest parcel that could go waits", age)
        yield GaugeMetricFamily("revisit_parked_events", "Events whose reactions failed and wait", parked.count())


def init_app(app: Flask) -> None:
    """Measure every request."""
    figures = CollectorRegistry()
    figures.register(_Outbox())
    took = Histogram(
        "revisit_request_seconds",
        "Time of a request by endpoint and status",
        ["endpoint", "method", "status"],
        buckets=_SECONDS,
        registry=figures,
    )
    app.extensions["revisit.figures"] = figures

    @app.before_request
    def _begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def _end(answer: Response) -> Response:
        if "began" in g:
            labels = (request.endpoint or "none", request.method, str(answer.status_code))
            took.labels(*labels).observe(time.perf_counter() - g.began)
        return answer


def registry() -> CollectorRegistry:
    """Return the figures of the running application."""
    found: CollectorRegistry = current_app.extensions["revisit.figures"]
    return found
