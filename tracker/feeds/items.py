"""From events to the items of a feed: what one document changed in one measure is one item, and so is one of our entries.

An item's id never changes: it is made of the number of its first event, and events are never renumbered. An entry keeps
its item over all its corrections, so that a reader's program shows the corrected words in the place of the wrong ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Max, QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tracker.desk import markdown, published
from tracker.desk.models import Publication
from tracker.ledger.filters import ordinal
from tracker.ledger.models import ChangeEvent, Measure
from tracker.ledger.words import KIND_LABELS, Came, Gone, Other, Person, Piece, Quoted, Told, tell

TITLE_AT_MOST = 200  # characters; feed readers show one line

_COLUMNS = ("kind", "subject", "before", "after", "occurred_on", "observed_at", "source", "document_id")
_OF_MEASURE = ("congress", "type", "number", "title")


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a feed. `id` is a tag URI (RFC 4151); `published` and `updated` are when this tracker learned it, in UTC."""

    id: str
    title: str
    link: str
    published: datetime
    updated: datetime
    html: SafeString
    kinds: tuple[str, ...]


def tag(what: str) -> str:
    """A tag URI of this site: "tag:whereas.example,2026:event:17"."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return f"tag:{host},2026:{what}"


def page(events: QuerySet[ChangeEvent], size: int) -> tuple[list[Item], int | None]:
    """The items of the first events, newest first, and the event before which the next page begins (None: no further page).

    A page never ends in the middle of what one document brought, so about `size` events make one; of more than `size`
    events that one document brought at once, all are on the page.
    """
    found = list(_with_measures(events)[: size + 1])
    told_by = _told_by(events, found)
    if len(found) > size:
        begun = _together(found[-1])
        whole = [event for event in found if _together(event) != begun]
        if not whole:  # a document of more events than a page has room for
            whole = list(_with_measures(events.filter(observed_at=found[0].observed_at)))
            whole = [event for event in whole if _together(event) == begun]
        return _items(whole, told_by), whole[-1].pk
    return _items(found, told_by), None


def _with_measures(events: QuerySet[ChangeEvent]) -> QuerySet[ChangeEvent]:
    return events.select_related("measure").only(*_COLUMNS, *(f"measure__{name}" for name in _OF_MEASURE))


def _together(event: ChangeEvent) -> tuple[object, ...]:
    """What events of one item share."""
    return ("entry", event.subject) if event.is_of_entry else event.of_one_document


def _told_by(events: QuerySet[ChangeEvent], found: Iterable[ChangeEvent]) -> set[int]:
    """Of each entry among these events, the last event in the whole feed: it alone tells the entry, whatever the page."""
    entries = {event.subject for event in found if event.is_of_entry}
    if not entries:
        return set()
    last = events.filter(kind__startswith="entry_", subject__in=entries).order_by().values("subject")
    return {row["last"] for row in last.annotate(last=Max("pk"))}


def _items(events: Sequence[ChangeEvent], told_by: set[int]) -> list[Item]:
    words = published.told_of(events)
    items = list[Item]()
    for _, several in groupby(events, key=_together):
        group = list(several)
        if not group[0].is_of_entry:
            items.append(_of_document(group))
        elif group[0].pk in told_by and group[0].subject in words:
            items.append(_of_entry(group[0], words[group[0].subject]))
    return items


def _of_document(events: Sequence[ChangeEvent]) -> Item:
    """Events are newest first."""
    first, measure = events[-1], events[0].measure
    assert measure is not None  # only the desk writes of anything else
    lines = tell(reversed(events))
    return Item(
        id=tag(f"event:{first.pk}"),
        title=_cut(f"{_name(measure)}: {_plain(lines)}"),
        link=f"{settings.SITE_URL}{measure.get_absolute_url()}",
        published=first.observed_at,
        updated=first.observed_at,
        html=format_html(
            '<p><a href="{}">{}</a> {}</p><ul>{}</ul>',
            f"{settings.SITE_URL}{measure.get_absolute_url()}",
            _name(measure),
            measure.title,
            format_html_join(
                "",
                "<li>{} {}{}</li>",
                ((line.sign, _html(line), f" ({line.dated})" if line.dated else "") for line in lines),
            ),
        ),
        kinds=tuple(dict.fromkeys(event.kind for event in events)),
    )


def _of_entry(event: ChangeEvent, last: Publication) -> Item:
    """Our own words, as they stand now."""
    link = f"{settings.SITE_URL}/entries/{last.entry_id}/"
    label = last.get_kind_display()
    about = f"{_name(event.measure)}: " if event.measure is not None else ""
    if last.act == Publication.Act.WITHDRAWN:
        title, html = f"{about}{label} withdrawn", format_html("<p>Withdrawn. {}</p>", last.why)
    else:
        corrected = last.act == Publication.Act.CORRECTED
        head = format_html("<p>Corrected: {}</p>", last.why) if corrected else SafeString("")
        title = f"{about}{last.title or label}{' (corrected)' if corrected else ''}"
        html = format_html("{}{}", head, _cleaned(last))
    note = SafeString("<p>These are our words, not Congress’s.</p>")
    return Item(
        id=tag(f"entry:{last.entry_id}"),
        title=_cut(title),
        link=link,
        published=last.first_at,
        updated=last.at,
        html=format_html("{}{}", html, note),
        kinds=(event.kind,),
    )


def _cleaned(publication: Publication) -> SafeString:
    """Its HTML, which was rendered from Markdown when it was published, cleaned once more; links in full."""
    return markdown.with_whole_addresses(publication.html)


def _name(measure: Measure) -> str:
    """ "S.Res. 145 (119th)"."""
    return f"{measure.citation} ({ordinal(measure.congress)})"


def _plain(lines: Sequence[Told]) -> str:
    return " ".join(str(line) for line in lines) if lines else KIND_LABELS["field_changed"]


def _cut(text: str) -> str:
    return text if len(text) <= TITLE_AT_MOST else f"{text[: TITLE_AT_MOST - 1].rstrip()}…"


def _html(line: Told) -> SafeString:
    return format_html_join("", "{}", ((_piece(piece),) for piece in line.pieces))


def _piece(piece: Piece) -> SafeString:
    site = settings.SITE_URL
    match piece:
        case Person(member=str() as member):
            return format_html('<a href="{}/members/{}/">{}</a>', site, member, str(piece))
        case Other():
            return format_html('<a href="{}/measures/{}/">{}</a>', site, piece.key, str(piece))
        case Came():
            return format_html("<ins>{}</ins>", piece.text)
        case Gone():
            return format_html("<del>{}</del>", piece.text)
        case Quoted():
            return format_html("<q>{}</q>", piece.text)
        case _:
            return format_html("{}", str(piece))
