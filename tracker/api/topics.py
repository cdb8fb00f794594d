"""`/topics`: the desk's own order of measures, as far as it is public."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Count
from django.http import HttpRequest, HttpResponse

from tracker.api import asked, shapes
from tracker.api.answers import stamped
from tracker.api.paging import page
from tracker.api.problems import not_found
from tracker.api.record import entry
from tracker.desk import markdown, public_topics, published
from tracker.ledger.listing import SortKey

_IN_ORDER = (SortKey("position"), SortKey("id"))


def topics(request: HttpRequest) -> HttpResponse:
    """The topics of this tracker, in the order of whoever keeps it."""
    asked.only(request, "cursor", "limit")

    def build() -> shapes.TopicList:
        rows, further = page(request, public_topics.topics(), ("id", "slug", "name"), _IN_ORDER)
        inside = public_topics.contents([row["id"] for row in rows])
        listed = [
            shapes.TopicShort(row["slug"], row["name"], *inside[row["id"]], _url(row["slug"])) for row in rows
        ]
        return shapes.TopicList(listed, further)

    return stamped(request, public_topics.stamp_of_lists(), build)


def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """One topic: what is said of it, and how its measures stand. They are listed by `/measures?topic=`."""
    asked.only(request)
    found = public_topics.topic(slug)
    if found is None:
        raise not_found(f"{slug}: no such topic is here.")
    row = found

    def build() -> shapes.Topic:
        statuses = public_topics.measures_in(row).order_by().values_list("status")
        count, changed_at = public_topics.contents([row.pk])[row.pk]
        return shapes.Topic(
            row.slug,
            row.name,
            count,
            changed_at,
            _url(row.slug),
            html=markdown.with_whole_addresses(markdown.render(row.description)) + "",  # as plain text
            by_status=dict(statuses.annotate(count=Count("pk")).order_by("-count", "status")),
            entries=[entry(each) for each in published.standing(published.of_topic(row.pk))],
        )

    return stamped(request, public_topics.stamp_of_lists(), build)


def _url(slug: str) -> str:
    return f"{settings.SITE_URL}/topics/{slug}/"
