"""The OpenAPI document keeps its word: answers to made-up questions have the shape, status and type it promises."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as examples
from schemathesis.checks import not_a_server_error
from schemathesis.core import NOT_SET
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.api.conftest import Reader
from tests.api.holding import WARNOCK, cosponsor, hold, record
from tests.api.test_docs import CONTRACT
from tests.vote_builders import hold_house
from tracker.api import bulk
from tracker.api.openapi import IN_PATHS
from tracker.desk.models import Topic
from tracker.press import limits

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
PLAIN = {"Accept-Encoding": "identity"}  # this client asks for gzip, and does not unpack it


@pytest.mark.django_db(transaction=True)  # a request through the WSGI door ends with its connection
def test_answers_are_as_described(
    reader: Reader, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings.VAR_DIR = tmp_path
    settings.API_READS_PER_MINUTE = 0
    monkeypatch.setattr(limits, "CHECKS_PER_MINUTE", 10_000)
    hold(record(cosponsors=(cosponsor(WARNOCK),)), record("119/sres/146", sponsors=(), committees=()))
    hold_house(145)
    Topic.objects.create(slug="iranian-refugees", name="Refugees", is_public=True, changed_at=timezone.now())
    bulk.write()
    schema = schemathesis.openapi.from_dict(reader.get("/openapi.json"))
    application = get_wsgi_application()
    answered = set()
    for operation in (result.ok() for result in schema.get_all_operations()):

        @examples(
            max_examples=15,
            phases=[Phase.generate],
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def ask(case: Any) -> None:
            case.call_and_validate(app=application, checks=CHECKS, headers=PLAIN)

        ask()
        names = [parameter.name for parameter in operation.path_parameters]
        body = {"text": "S. Res. 145 was introduced on March 27."} if operation.method == "post" else NOT_SET
        known = operation.Case(path_parameters={name: IN_PATHS[name][1] for name in names}, body=body)
        assert known.call_and_validate(app=application, checks=CHECKS, headers=PLAIN).status_code == 200
        answered.add(operation.path)
    assert answered == set(CONTRACT)
