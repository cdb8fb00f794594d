"""Styles and scripts: every one that a template names exists, and collecting is done once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings as project
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loader import get_template
from pytest_django import Settings

from tracker.operate.static import CollectedFilesStorage, collect_if_changed

TEMPLATES = Path(project.BASE_DIR) / "templates"


def _named() -> set[tuple[str, str]]:
    """(template, static file) of every {% static "…" %}."""
    named = set()
    for template in sorted(TEMPLATES.rglob("*.html")):
        for name in re.findall(r"""{% static ['"]([^'"]+)['"]""", template.read_text("utf-8")):
            named.add((str(template.relative_to(TEMPLATES)), name))
    return named


def test_every_static_file_that_a_template_names_exists() -> None:
    named = _named()
    assert named
    assert [pair for pair in sorted(named) if not finders.find(pair[1])] == []


def test_every_template_compiles() -> None:
    for template in sorted(TEMPLATES.rglob("*.html")):
        get_template(str(template.relative_to(TEMPLATES)))


@pytest.fixture
def collected(tmp_path: Path, settings: Settings) -> Path:
    settings.STATIC_ROOT = tmp_path
    assert collect_if_changed()
    return tmp_path


def test_what_is_collected_has_names_that_change_with_its_content(collected: Path) -> None:
    url = CollectedFilesStorage(location=collected, base_url="/static/").url("css/base.css")
    assert re.fullmatch(r"/static/css/base\.[0-9a-f]{12}\.css", url)
    assert (collected / url.removeprefix("/static/")).is_file()


def test_it_is_collected_once_until_something_changes(
    collected: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert not collect_if_changed()
    more = tmp_path_factory.mktemp("more")
    (more / "new.css").write_text("p { color: red }")
    finder = finders.get_finder("django.contrib.staticfiles.finders.FileSystemFinder")
    storage = finders.FileSystemStorage(location=more)
    storage.prefix = ""
    monkeypatch.setitem(finder.storages, str(more), storage)
    monkeypatch.setattr(finder, "locations", [*finder.locations, ("", str(more))])
    assert collect_if_changed()
    assert (collected / "new.css").is_file()


def test_a_name_that_was_never_collected_is_served_plain_and_breaks_no_page(collected: Path) -> None:
    storage = CollectedFilesStorage(location=collected, base_url="/static/")
    assert storage.url("css/of-tomorrow.css") == "/static/css/of-tomorrow.css"


def test_without_collecting_names_are_plain() -> None:
    assert staticfiles_storage.url("css/base.css") == "/static/css/base.css"
