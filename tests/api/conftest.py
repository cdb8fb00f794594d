"""A reader of the API: paths below `/api/v1`, answers as Python values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client


class Reader:
    """Asks the API as a stranger would, without a cookie."""

    def __init__(self) -> None:
        self.client = Client()

    def ask(self, path: str, **headers: str) -> HttpResponse:
        """The answer to a GET below `/api/v1`; a whole address, such as a `next`, will do too."""
        path = path.removeprefix("http://testserver")
        full = path if path.startswith("/api/") else f"/api/v1{path}"
        return self.client.get(full, headers={k.replace("_", "-"): v for k, v in headers.items()})

    def get(self, path: str) -> Any:
        """The JSON of an answer that must be a 200."""
        response = self.ask(path)
        assert response.status_code == 200, response.content
        return response.json()

    def problem(self, path: str, status: int) -> Any:
        """The problem of an answer that must have this status."""
        response = self.ask(path)
        assert response.status_code == status, response.content
        assert response.headers["Content-Type"] == "application/problem+json"
        problem = response.json()
        assert list(problem) == ["type", "title", "status", "detail", "parameter", "accepted"]
        assert problem["status"] == status
        return problem

    def pages(self, path: str) -> Iterator[list[Any]]:
        """The results of a list, a page at a time."""
        following: str | None = path
        while following:
            page = self.get(following)
            yield page["results"]
            following = page["next"]


@pytest.fixture
def reader() -> Reader:
    return Reader()
