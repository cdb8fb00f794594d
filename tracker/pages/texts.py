"""The printed versions of a measure's text, and where each is published."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.congress.versions import called, version_of_package, version_order
from tracker.pages.quoted import web_address
from tracker.records.model import MeasureRecord, TextVersionRecord


@dataclass(frozen=True, slots=True)
class Version:
    """A printed version of the text and where it is published."""

    name: str
    on: str | None
    package: str | None
    links: tuple[tuple[str, str], ...]  # what it is, where


def versions(measure: MeasureRecord) -> list[Version]:
    """The versions of the text, the furthest stage first."""
    furthest = sorted(
        measure.text_versions,
        key=lambda version: (version_order(version.code, measure.type), version.on or ""),
        reverse=True,
    )
    return [version_of(record) for record in furthest]


def version_of(record: TextVersionRecord) -> Version:
    """One version of the text, as pages name it."""
    return Version(
        name=called(record.name, record.code) or "A version without a name",
        on=record.on,
        package=record.package,
        links=_text_links(record),
    )


def _text_links(record: TextVersionRecord) -> tuple[tuple[str, str], ...]:
    """Where a version can be read: the addresses that the record lists, and GovInfo's own pages of the package."""
    links = {form.type or "file": address for form in record.formats if (address := web_address(form.url))}
    if record.package and version_of_package(record.package) not in (None, "plaw"):
        place, name = f"https://www.govinfo.gov/content/pkg/{record.package}", record.package
        published = {} if "htm" in links or "html" in links else {"html": f"{place}/html/{name}.htm"}
        return tuple(({**published, "pdf": f"{place}/pdf/{name}.pdf"} | links).items())
    return tuple(links.items())
