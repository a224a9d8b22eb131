"""The API against its own description: whatever is sent, it answers as it says it does."""

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings

from app.identity import service as identity
from app.identity.rules import Scope


@pytest.mark.slow
@pytest.mark.timeout(120)
def test_the_api_does_what_its_description_says(app, inside):
    token = inside(identity.make_token, name="schemathesis", scopes=[Scope.PURCHASES_WRITE])
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app).include(path="/api/v1/purchases")
    operation = schema["/api/v1/purchases"]["POST"]

    for mode in (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE):

        @settings(
            max_examples=25, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def check(case):
            case.call_and_validate(headers={"Authorization": f"Bearer {token}"})

        check()
