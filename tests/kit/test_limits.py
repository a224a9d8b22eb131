"""Rate limits of several applications in one process."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from app import create_app
from app.kit.db import db
from config import Config


@pytest.fixture
def limited(config: Config) -> Iterator[FlaskClient]:
    other = create_app(config.but(rate_limit=True))
    yield other.test_client()
    with other.app_context():
        for engine in db.engines.values():
            engine.dispose()


def test_an_application_without_limits_counts_nothing_beside_one_that_counts(limited, client):
    there = [limited.post("/s/no-such-link").status_code for _ in range(70)]
    here = [client.post("/s/no-such-link").status_code for _ in range(70)]

    assert there[-1] == 429
    assert set(here) == {404}
