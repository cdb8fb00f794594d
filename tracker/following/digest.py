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
from django.db.models import Count
from django.template.loader import render_to_string

from tracker.congress.people import PARTIES, SEATS, WITHOUT_A_VOTE
from tracker.desk import published
from tracker.desk.mail import one_line
from tracker.desk.models import Publication
from tracker.following.models import Delivery, Follow, Follower, Mailing
from tracker.following.reasons import reason, subject
from tracker.following.return_path import message_id, own_host, return_path
from tracker.following.slots import MUCH_LATER, zone_named
from tracker.ledger import chain
from tracker.ledger.filters import either, ordinal
from tracker.ledger.models import ChangeEvent, Cosponsorship, Measure
from tracker.ledger.words import tell

STORIES = 50  # measures told in full in one mail; the rest are named in one line
NAMED_IN_SUBJECT = 3
_COUNTED = ("R", "D", "I")  # parties of which it is worth saying which number somebody is


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
    title: str
    link: str
    lines: tuple[Line, ...]
    words: tuple[Words, ...]
    support: str  # who stands behind it now, where names came or went; else ""
    status: str  # where it stands; "" for what is no measure


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
    stories = _stories([delivery.event for delivery in deliveries])
    context = {
        "stories": stories[:STORIES],
        "further": stories[STORIES:],
        "reasons": _reasons(deliveries),
        "late": _late(mailing, follower),
        "site": settings.SITE_URL,
        "manage": f"{settings.SITE_URL}/follow/{follower.secret}/",
        "leave": leave_address(follower),
        "head": chain.head(),
    }
    message = EmailMultiAlternatives(
        subject=_subject(stories),
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


def _subject(stories: Sequence[Story]) -> str:
    if len(stories) == 1:
        story = stories[0]
        if story.lines:
            first = story.lines[0].text
        else:  # nothing, where what was written is no longer public
            first = next((words.title or words.label for words in story.words), "no longer public")
        said = f"{story.name}: {first}"
    else:
        names = [story.name for story in stories[:NAMED_IN_SUBJECT]]
        more = len(stories) - len(names)
        said = f"{len(stories)} measures changed: {either([*names, *([f'{more} more'] if more else [])], word='and')}"
    return one_line(said)


def _late(mailing: Mailing, follower: Follower) -> str:
    """When this mail was to leave, where it leaves much later: nothing is dropped, and nothing is passed off as new."""
    if (mailing.created_at - mailing.planned_for) < MUCH_LATER and mailing.attempts <= 1:
        return ""
    planned = mailing.planned_for.astimezone(zone_named(follower.zone))
    return f"{planned:%b} {planned.day}, {planned:%H:%M} ({follower.zone})"


def _reasons(deliveries: Iterable[Delivery]) -> list[tuple[str, Follow]]:
    """Why they get this mail: each follow once, in words."""
    follows = {delivery.follow.pk: delivery.follow for delivery in deliveries if delivery.follow is not None}
    return [(reason(follow), follow) for follow in follows.values()]


def _stories(events: Sequence[ChangeEvent]) -> list[Story]:
    """What happened, by measure; those with most changes of weight first."""
    words = _words(events)
    support = _support(events)
    by_subject = dict[object, list[ChangeEvent]]()
    for event in events:
        by_subject.setdefault(event.measure_id or event.subject, []).append(event)
    stories = [_story(several, words, support) for several in by_subject.values()]
    return sorted(stories, key=lambda story: (not story.words, -len(story.lines)))


def _story(events: Sequence[ChangeEvent], words: Mapping[str, Words], support: Mapping[int, str]) -> Story:
    measure = events[0].measure
    official = [event for event in events if not event.is_of_entry]
    told = [
        line
        for _, of_document in groupby(official, key=attrgetter("of_one_document"))
        for line in tell(of_document)
    ]
    ours = tuple(dict.fromkeys(words[event.subject] for event in events if event.subject in words))
    if measure is None:
        return Story(
            (ours[0].title or ours[0].label) if ours else "What we wrote is no longer public",
            "",
            ours[0].link if ours else settings.SITE_URL,
            (),
            ours,
            "",
            "",
        )
    return Story(
        name=f"{measure.citation} ({ordinal(measure.congress)})",
        title=measure.title,
        link=f"{settings.SITE_URL}{measure.get_absolute_url()}",
        lines=tuple(Line(line.sign, str(line), line.dated) for line in told),
        words=ours,
        support=support.get(measure.pk, ""),
        status=measure.status_sentence,
    )


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


def _support(events: Iterable[ChangeEvent]) -> dict[int, str]:
    """Who stands behind each measure now whose names changed: "19 cosponsors: 12 Democrats, 7 Republicans. 7th Republican."."""
    names = [event for event in events if event.kind.startswith("cosponsor_") and event.measure is not None]
    measures = {event.measure.pk: event.measure for event in names if event.measure is not None}
    voting = dict(
        Cosponsorship.objects.standing()
        .filter(measure__in=measures)
        .exclude(state__in=WITHOUT_A_VOTE)
        .order_by()
        .values_list("measure_id")
        .annotate(number=Count("position"))
    )
    return {
        pk: _stands(measure, [event for event in names if event.measure_id == pk], voting.get(pk, 0))
        for pk, measure in measures.items()
    }


def _stands(measure: Measure, events: Sequence[ChangeEvent], voting: int) -> str:
    total = measure.cosponsor_count
    split = ", ".join(
        f"{count} {PARTIES.get(party, party)}{'' if count == 1 else 's'}"
        for party, count in sorted(measure.cosponsors_by_party.items(), key=lambda row: -row[1])
    )
    said = [f"{total} cosponsor{'' if total == 1 else 's'} now" + (f": {split}." if split else ".")]
    joined = [event for event in events if event.kind == "cosponsor_added"]
    if len(joined) == 1 and len(events) == 1:
        party = str((joined[0].became or {}).get("party") or "")
        count = measure.cosponsors_by_party.get(party, 0)
        if party in _COUNTED and count:
            said.append(f"The {ordinal(count)} {PARTIES[party]} to join.")
    seats = SEATS[measure.origin_chamber]
    sponsor = 1 if measure.sponsor_member and measure.sponsor_state not in WITHOUT_A_VOTE else 0
    if voting + sponsor > seats // 2:
        chamber = "House" if measure.origin_chamber == "house" else "Senate"
        said.append(f"With its sponsor, a majority of the {chamber}.")
    return " ".join(said)
