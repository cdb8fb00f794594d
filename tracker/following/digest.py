"""The mail itself: what changed, who stands behind it now, where it stands; then links, and how to stop.

Substance first, and nothing that watches: no picture, no script, no address that knows who clicked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone

from tracker.desk import published
from tracker.desk.mail import one_line
from tracker.desk.models import Publication
from tracker.following.models import Delivery, Follow, Follower, Mailing
from tracker.following.reasons import reason, subject
from tracker.following.return_path import message_id, own_host, return_path
from tracker.following.slots import MUCH_LATER, zone_named
from tracker.following.support import support
from tracker.ledger import chain
from tracker.ledger.filters import either, ordinal
from tracker.ledger.models import ChangeEvent
from tracker.ledger.told import Told
from tracker.ledger.words import tell

STORIES = 50  # measures told in full in one mail; the rest are named in one line
NAMED_IN_SUBJECT = 3
_WEIGHTY = frozenset({"became_law", "status_changed", "vote_recorded"})


@dataclass(frozen=True, slots=True)
class Line:
    """One change: its sign, its words, and its official day with how late it was learned ("" where it has none)."""

    sign: str
    text: str
    when: str


@dataclass(frozen=True, slots=True)
class Words:
    """Our own words of an entry, as they stand now; withdrawn ones are told without them."""

    label: str
    title: str
    act: str
    why: str
    html: str
    link: str


@dataclass(frozen=True, slots=True)
class Story:
    """All that changed in one measure, or in what else an entry is about."""

    name: str
    headline: str  # what happened, for a subject line, without a full stop
    title: str
    link: str
    lines: tuple[Line, ...]
    words: tuple[Words, ...]
    support: str  # who stands behind it now, where names came or went; else ""
    status: str  # where it stands; "" for what is no measure
    reasons: tuple[str, ...]  # why the reader hears of it, where a mail has several reasons


def compose(mailing: Mailing) -> EmailMultiAlternatives:
    """The mail of this mailing. News reads the newest words: what was corrected since is told corrected."""
    return _news(mailing) if mailing.asks is None else _question(mailing, mailing.asks)


def _question(mailing: Mailing, follow: Follow) -> EmailMultiAlternatives:
    """Whether the owner of this address wants to follow something: nothing comes to it before they say so."""
    follower = mailing.follower
    what = subject(follow.of, follow.target)
    context = {
        "what": what,
        "site": settings.SITE_URL,
        "confirm": f"{settings.SITE_URL}/follow/{follower.secret}/confirm/{follow.pk}/",
        "leave": leave_address(follower),
        "known": follower.confirmed_at is not None,
    }
    return EmailMultiAlternatives(
        subject=one_line(f"Please confirm: follow {what}"),
        body=render_to_string("following/question.txt", context),
        from_email=return_path(mailing),
        to=[follower.email],
        headers=_headers(mailing),
    )


def _news(mailing: Mailing) -> EmailMultiAlternatives:
    follower = mailing.follower
    deliveries = list(mailing.deliveries.select_related("event__measure", "follow").order_by("event_id"))
    reasons = _reasons(deliveries)
    several = _by_subject([delivery.event for delivery in deliveries])
    told, further = several[:STORIES], several[STORIES:]
    stories = _stories(told, _whose(deliveries, reasons))
    context = {
        "stories": stories,
        "further": [_named(events[0]) for events in further],
        "reasons": list(reasons.values()),
        "late": _late(mailing, follower),
        "site": settings.SITE_URL,
        "manage": f"{settings.SITE_URL}/follow/{follower.secret}/",
        "leave": leave_address(follower),
        "head": chain.head(),
    }
    message = EmailMultiAlternatives(
        subject=_subject(stories, len(several)),
        body=render_to_string("following/digest.txt", context),
        from_email=return_path(mailing),
        to=[follower.email],
        headers={
            **_headers(mailing),
            "List-Unsubscribe": f"<{context['leave']}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "List-ID": f"What Congress resolves <changes.{own_host()}>",
            "X-Whereas-Events": " ".join(str(delivery.event_id) for delivery in deliveries),
        },
    )
    html = render_to_string("following/digest.html", context)
    message.attach_alternative(_inliner.inline(html), "text/html")
    return message


def _headers(mailing: Mailing) -> dict[str, str]:
    """What a question and news have alike. The sender that readers see is named here, since the envelope's is the return path."""
    return {
        "From": settings.DEFAULT_FROM_EMAIL,
        "Message-ID": message_id(mailing),
        "Auto-Submitted": "auto-generated",
    }


_inliner = css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=True)


def leave_address(follower: Follower) -> str:
    """Where one click ends everything: a POST leaves (RFC 8058), a GET shows a button."""
    return f"{settings.SITE_URL}/follow/{follower.secret}/leave/"


def _subject(stories: Sequence[Story], number: int) -> str:
    if number == 1:
        said = f"{stories[0].name}: {stories[0].headline}"
    else:
        names = [story.name for story in stories[:NAMED_IN_SUBJECT]]
        more = number - len(names)
        said = (
            f"{number} measures changed: {either([*names, *([f'{more} more'] if more else [])], word='and')}"
        )
    return one_line(said)


def _late(mailing: Mailing, follower: Follower) -> str:
    """When this mail was to leave, where it leaves much later: nothing is dropped, and nothing is passed off as new."""
    if timezone.now() - mailing.planned_for < MUCH_LATER and mailing.attempts <= 1:
        return ""
    planned = mailing.planned_for.astimezone(zone_named(follower.zone))
    return f"{planned:%b} {planned.day}, {planned:%H:%M} ({follower.zone})"


def _reasons(deliveries: Iterable[Delivery]) -> dict[int, str]:
    """Why they get this mail: each follow once, in words, by its row."""
    follows = {delivery.follow.pk: delivery.follow for delivery in deliveries if delivery.follow is not None}
    return {pk: reason(follow) for pk, follow in follows.items()}


def _whose(deliveries: Iterable[Delivery], reasons: Mapping[int, str]) -> dict[int, str]:
    """Which reason each event is told for, where there is more than one."""
    if len(reasons) < 2:
        return {}
    return {each.event_id: reasons[each.follow_id] for each in deliveries if each.follow_id is not None}


def _by_subject(events: Iterable[ChangeEvent]) -> list[list[ChangeEvent]]:
    """The events of each measure, or of what else an entry is about: our own words first, then what moved on, then what
    changed most."""
    by_subject = dict[object, list[ChangeEvent]]()
    for event in events:
        by_subject.setdefault(event.measure_id or event.subject, []).append(event)
    return sorted(
        by_subject.values(),
        key=lambda several: (
            not any(event.is_of_entry for event in several),
            not any(event.kind in _WEIGHTY for event in several),
            -len(several),
        ),
    )


def _stories(several: Sequence[Sequence[ChangeEvent]], whose: Mapping[int, str]) -> list[Story]:
    """What happened in each; a constant number of queries."""
    events = [event for of_one in several for event in of_one]
    words, stands = _words(events), support(events)
    return [_story(of_one, words, stands, whose) for of_one in several]


def _named(event: ChangeEvent) -> tuple[str, str]:
    """What it is of, in a word, and where it stands."""
    measure = event.measure
    if measure is None:
        return "our words", f"{settings.SITE_URL}/{event.subject.replace('entry/', 'entries/')}/"
    return (
        f"{measure.citation} ({ordinal(measure.congress)})",
        f"{settings.SITE_URL}{measure.get_absolute_url()}",
    )


def _story(
    events: Sequence[ChangeEvent],
    words: Mapping[str, Words],
    stands: Mapping[int, str],
    whose: Mapping[int, str],
) -> Story:
    measure = events[0].measure
    official = [event for event in events if not event.is_of_entry]
    told = [
        line
        for _, of_document in groupby(official, key=attrgetter("of_one_document"))
        for line in tell(of_document)
    ]
    ours = tuple(dict.fromkeys(words[event.subject] for event in events if event.subject in words))
    named = next((one.title or one.label for one in ours), "")
    reasons = tuple(dict.fromkeys(whose[event.pk] for event in events if event.pk in whose))
    if measure is None:
        return Story(
            name=named or "What we wrote is no longer public",
            headline=named or "no longer public",
            title="",
            link=ours[0].link if ours else settings.SITE_URL,
            lines=(),
            words=ours,
            support="",
            status="",
            reasons=reasons,
        )
    return Story(
        name=_named(events[0])[0],
        headline=_headline(told, official) or named or "no longer public",
        title=measure.title,
        link=_named(events[0])[1],
        lines=tuple(Line(line.sign, str(line), line.dated) for line in told),
        words=ours,
        support=stands.get(measure.pk, ""),
        status=measure.status_sentence,
        reasons=reasons,
    )


def _headline(told: Sequence[Told], official: Sequence[ChangeEvent]) -> str:
    """The first line, or how many joined where that is what it tells and they are more than a subject line names."""
    if not told:
        return ""
    joined = [event for event in official if event.kind == "cosponsor_added"]
    if told[0].kind == "cosponsor_added" and len(joined) > NAMED_IN_SUBJECT and joined[0].measure is not None:
        return f"{len(joined)} more cosponsors, {joined[0].measure.cosponsor_count} now"
    return str(told[0]).rstrip(".")


def _words(events: Iterable[ChangeEvent]) -> dict[str, Words]:
    """The desk's words that these events tell of, by subject ("entry/17"), as they stand now."""
    return {
        subject: Words(
            one.get_kind_display(),
            one.title,
            one.act,
            one.why,
            "" if one.act == Publication.Act.WITHDRAWN else one.html,
            f"{settings.SITE_URL}/entries/{one.entry_id}/",
        )
        for subject, one in published.told_of(events).items()
    }
