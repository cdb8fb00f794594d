"""The desk's front page: what waits for whoever opens it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tracker.congress.numbers import number_word
from tracker.desk import articles, mail, outgrown, seen, topic_rules, waiting
from tracker.desk.doors import allowed, who
from tracker.desk.models import Topic
from tracker.desk.permissions import Right, may
from tracker.desk.views.said import heard
from tracker.desk.waiting import Counts

OUTGROWN_AT_A_GLANCE = 6
OUTGROWN_SHOWN = 100
DRAFTS_AT_A_GLANCE = 6
NEWS_AT_A_GLANCE = 8  # measures
PRESS_AT_A_GLANCE = 6
ARTICLES_AT_A_GLANCE = 6


@allowed(Right.USE_DESK)
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The page. At most fifteen queries, however much there is."""
    me = who(request)
    counts = waiting.counts(me)  # first: what happens after it was counted is not marked as seen by this page
    entries = waiting.entries(me)
    news = seen.news_for(me)
    moved = outgrown.outgrown(OUTGROWN_AT_A_GLANCE + 1)
    rules = list(Topic.objects.exclude(rule="").order_by("position", "id"))
    proposals = topic_rules.proposals(rules)
    press = entries.press[:PRESS_AT_A_GLANCE]
    named = articles.measures_named(press)
    overtaken = articles.overtaken(ARTICLES_AT_A_GLANCE + 1)
    sent_back = sum(1 for entry in entries.drafts if entry.last_step == "sent_back")
    context: dict[str, Any] = {
        "sentence": _sentence(counts, sent_back, len(moved), len(overtaken), len(news)),
        "counts": counts,
        "to_review": entries.to_review,
        "drafts": entries.drafts[:DRAFTS_AT_A_GLANCE],
        "press": [(entry, named.get(entry.pk, [])) for entry in press],
        "news": news[:NEWS_AT_A_GLANCE],
        "news_more": len(news) - len(news[:NEWS_AT_A_GLANCE]),
        "outgrown": moved[:OUTGROWN_AT_A_GLANCE],
        "outgrown_more": len(moved) > OUTGROWN_AT_A_GLANCE,
        "overtaken": overtaken[:ARTICLES_AT_A_GLANCE],
        "overtaken_more": len(overtaken) > ARTICLES_AT_A_GLANCE,
        "busy": waiting.busy(),
        "lately": waiting.lately(me),
        "proposals": [(topic, proposals[topic.pk]) for topic in rules if topic.pk in proposals],
        "mail": mail.health(),
        "said": heard(request),
        "may_review": may(me, Right.REVIEW_ENTRY),
        "may_settle": may(me, Right.SETTLE_MEASURE),
    }
    return render(request, "desk/front.html", context)


@allowed(Right.USE_DESK)
@require_safe
def outgrown_entries(request: HttpRequest) -> HttpResponse:
    """Everything that the record has outgrown."""
    found = outgrown.outgrown(OUTGROWN_SHOWN)
    context = {
        "outgrown": found,
        "said": heard(request),
        "may_review": may(request.user, Right.REVIEW_ENTRY),
        "most": OUTGROWN_SHOWN,
    }
    return render(request, "desk/outgrown.html", context)


def _sentence(counts: Counts, sent_back: int, moved: int, articles: int, news: int) -> str:
    """What waits, in one sentence; the weightiest first."""
    parts = []
    if counts.to_review:
        named = _by_name(counts)
        waits = "waits" if counts.to_review == 1 else "wait"
        parts.append(
            f"{_number(counts.to_review, 'entry', 'entries')} {waits} for a second pair of eyes{named}"
        )
    if sent_back:
        parts.append(f"{_number(sent_back, 'draft of yours was', 'drafts of yours were')} sent back")
    if moved:
        many = moved > OUTGROWN_AT_A_GLANCE
        count = f"more than {OUTGROWN_AT_A_GLANCE} entries" if many else _number(moved, "entry", "entries")
        parts.append(f"{count} no longer fit{'s' if moved == 1 else ''} the record")
    if articles:
        many = articles > ARTICLES_AT_A_GLANCE
        said = (
            f"more than {ARTICLES_AT_A_GLANCE} kept articles"
            if many
            else _number(articles, "kept article", "kept articles")
        )
        parts.append(f"{said} {'was' if articles == 1 else 'were'} overtaken")
    if news:
        parts.append(f"{_number(news, 'measure', 'measures')} you look after moved")
    if not parts:
        return "Nothing waits for you."
    sentence = "; ".join(parts)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _by_name(counts: Counts) -> str:
    """ ", one of them for yours by name": of how many entries that wait whoever reads this was asked."""
    asked, held_up = counts.asked_of_me, counts.to_review
    if not asked:
        return ""
    if held_up == 1:
        return ", yours by name"
    of_them = "both" if asked == held_up == 2 else "all of them" if asked == held_up else None
    return f", {of_them or f'{_small(asked)} of them'} for yours by name"


def _number(count: int, one: str, many: str) -> str:
    return f"{_small(count)} {one if count == 1 else many}"


def _small(count: int) -> str:
    return number_word(count, most=10, none="no")
