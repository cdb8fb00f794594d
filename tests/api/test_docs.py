"""The OpenAPI document and its page tell of everything that there is, and of nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests.api.conftest import Reader
from tests.api.holding import hold, record
from tests.api.test_measures import SHORT, WHOLE
from tests.vote_builders import hold_house
from tracker.api import bulk
from tracker.api.docs import groups
from tracker.api.exports import LISTS
from tracker.desk.models import Topic
from tracker.ledger.listing import FILTERS, SORTS
from tracker.ledger.models import ChangeEvent

pytestmark = pytest.mark.django_db

CONTRACT = [
    "/api/v1/measures",
    "/api/v1/measures/{congress}/{type}/{number}",
    "/api/v1/measures/{congress}/{type}/{number}/changes",
    "/api/v1/measures/{congress}/{type}/{number}/coalition",
    "/api/v1/measures/{congress}/{type}/{number}/kin",
    "/api/v1/measures/{congress}/{type}/{number}/story",
    "/api/v1/measures/{congress}/{type}/{number}/supporters",
    "/api/v1/changes",
    "/api/v1/members",
    "/api/v1/members/{bioguide}",
    "/api/v1/committees",
    "/api/v1/committees/{code}",
    "/api/v1/topics",
    "/api/v1/topics/{slug}",
    "/api/v1/members/{bioguide}/votes",
    "/api/v1/votes",
    "/api/v1/votes/{congress}/{chamber}/{year}/{number}",
    "/api/v1/sources",
    "/api/v1/stats",
    "/api/v1/check",
    "/api/v1/",
    *(f"/api/v1/{name}.{form}" for name in LISTS for form in ("csv", "jsonl")),
    "/api/v1/bulk/record.jsonl.gz",
    "/api/v1/bulk/record.jsonl.gz.sha256",
]


@pytest.fixture
def document(reader: Reader) -> Any:
    return reader.get("/openapi.json")


def test_the_paths_of_the_contract_are_described(document: Any) -> None:
    assert list(document["paths"]) == CONTRACT


def test_the_keys_of_a_measure_are_described_and_all_are_sure_to_come(document: Any) -> None:
    schemas = document["components"]["schemas"]
    assert list(schemas["MeasureShort"]["properties"]) == SHORT
    assert list(schemas["Measure"]["properties"]) == WHOLE
    assert schemas["Measure"]["required"] == WHOLE


def test_every_filter_is_a_described_parameter(document: Any) -> None:
    parameters = {p["name"] for p in document["paths"]["/api/v1/measures"]["get"]["parameters"]}
    assert parameters == {*FILTERS, "sort", "cursor", "limit"} - {"kind"}
    parameters = {p["name"] for p in document["paths"]["/api/v1/changes"]["get"]["parameters"]}
    assert parameters == {*FILTERS, "since", "limit"}


def test_a_file_has_the_filters_of_its_list(document: Any) -> None:
    def names(path: str) -> set[str]:
        return {parameter["name"] for parameter in document["paths"][f"/api/v1/{path}"]["get"]["parameters"]}

    for name in LISTS:
        assert names(f"{name}.csv") == names(f"{name}.jsonl") == names(name) - {"cursor", "since", "limit"}


def test_the_document_is_openapi(document: Any) -> None:
    schemathesis.openapi.from_dict(document).validate()


def test_the_page_shows_each_operation_and_its_example_runs(
    reader: Reader, settings: Settings, tmp_path: Path
) -> None:
    settings.VAR_DIR = tmp_path
    hold(record())
    hold_house(145)
    Topic.objects.create(slug="iranian-refugees", name="Refugees", is_public=True, changed_at=timezone.now())
    bulk.write()
    response = Client().get("/api/v1/docs")
    assert response.status_code == 200
    page = response.content.decode()
    for group in groups():
        for operation in group.operations:
            assert f'id="{operation.anchor}"' in page
            if operation.method == "POST":
                assert (
                    Client().post(operation.path, operation.body, content_type="application/json").status_code
                    == 200
                )
                continue
            assert f'href="{operation.example}"'.replace("&", "&amp;") in page
            assert reader.ask(operation.example).status_code == 200
    for name in [*FILTERS, *SORTS]:
        assert f"<code>{name}</code>" in page
    assert not response.cookies


def test_of_what_this_site_does_not_hold_there_is_no_example() -> None:
    page = Client().get("/api/v1/docs").content.decode()
    assert "/measures/119/sres/145" not in page
    assert "/topics/iranian-refugees" not in page
    assert 'href="/api/v1/votes/' not in page


def test_examples_are_of_what_this_site_holds() -> None:
    hold(record("119/sres/146"))
    hold_house(7)
    Topic.objects.create(slug="bees", name="Bees", is_public=True, changed_at=timezone.now())
    page = Client().get("/api/v1/docs").content.decode()
    for path in ("measures/119/sres/146/changes", "votes/119/house/2025/7", "topics/bees"):
        assert f'href="/api/v1/{path}"' in page
        assert Client().get(f"/api/v1/{path}").status_code == 200


def test_the_page_needs_nothing_that_the_policy_forbids() -> None:
    page = Client().get("/api/v1/docs").content.decode()
    for forbidden in ("<style", " style=", " onclick=", "javascript:", "<script>", "//cdn", "https://unpkg"):
        assert forbidden not in page


def test_the_page_can_only_be_read() -> None:
    assert Client().post("/api/v1/docs").status_code == 405


def test_the_written_documentation_names_every_path_filter_and_kind() -> None:
    text = (Path(__file__).resolve().parents[2] / "docs" / "API.md").read_text()
    paths = [path.removeprefix("/api/v1").replace("{bioguide}", "{id}") for path in CONTRACT]
    for name in [*(p for p in paths if p != "/"), *FILTERS, *SORTS, *ChangeEvent.Kind.values]:
        assert f"`{name}`" in text, name
