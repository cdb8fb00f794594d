"""Items as an Atom feed (RFC 4287), in pages (RFC 5005)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed

from tracker.feeds.items import Item, tag
from tracker.ledger.chain import Head

LEDGER = "ledger"  # of the namespace below: count, hash and time of the log's head
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Feed(Atom1Feed):
    """Django's Atom feed, with the links of a paged feed and the head of the ledger."""

    def root_attributes(self) -> dict[str, Any]:
        return {**super().root_attributes(), "xmlns:w": tag("ledger")}

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        for relation, address in self.feed["links"]:
            handler.addQuickElement("link", "", {"rel": relation, "href": address})
        head: Head | None = self.feed["head"]
        if head is not None and head.at is not None:
            handler.addQuickElement(
                f"w:{LEDGER}", "", {"count": str(head.count), "hash": head.hash, "at": head.at.isoformat()}
            )

    def latest_post_date(self) -> datetime:
        updated: datetime = self.feed["updated"]
        return updated


def render(
    items: Sequence[Item],
    *,
    name: str,
    title: str,
    page_url: str,
    self_url: str,
    links: Sequence[tuple[str, str]],
    updated: datetime,
    head: Head | None,
) -> bytes:
    """The feed as UTF-8. `name` is what its id is made of; `links` are (relation, address), such as ("next", …)."""
    feed = Feed(
        title=title,
        link=page_url,
        description="",
        language="en",
        feed_url=self_url,
        feed_guid=tag(name),
        author_name="Whereas",
        author_link=settings.SITE_URL,
        subtitle="What the official record of Congress says now that it did not say before, by when it was learned; "
        "and beside it, marked as ours, what we wrote ourselves.",
        links=links,
        updated=updated,
        head=head,
    )
    for item in items:
        feed.add_item(
            title=_xml(item.title),
            link=item.link,
            description=_xml(item.html),
            unique_id=item.id,
            pubdate=item.published,
            updateddate=item.updated,
            categories=item.kinds,
        )
    return feed.writeString("utf-8").encode()


def _xml(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return _NOT_XML.sub("\ufffd", text)
