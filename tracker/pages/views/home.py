"""The first page: the news of the record's last day, what changed, what is watched, who gains names, how all stand."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tracker.congress.calendar import today
from tracker.desk import public_topics
from tracker.ledger import chain
from tracker.ledger.models import Folder, Measure, RollCall, Source
from tracker.ledger.vote_rows import newest_revision
from tracker.pages.changed import change_days, newest_news, weightiest
from tracker.pages.clocks import only
from tracker.pages.first_load import first_load
from tracker.pages.http import is_fragment, public_page, render_part
from tracker.pages.latest import GAINING_DAYS, last_introduced, measures_of, news_of
from tracker.pages.news import headline
from tracker.pages.source_health import NAMES
from tracker.pages.stamping import Question, Statement
from tracker.pages.standing import standing
from tracker.pages.told_votes import ToldVote

EVENTS_READ = 300  # the last hundred measures or so, of which the weightiest are shown
MEASURES_SHOWN = 12
WATCHED_SHOWN = 6
CLOSE_VOTES_SHOWN = 5


_DRAWN_FROM = Statement(
    lambda _: (
        Question(Folder.objects.all(), ("congress", "type", "total", "done", "loaded_at", "absent_since")),
        Question(Source.objects.filter(failing_since__isnull=False), ("name", "failing_since")),
    )
)


def _stamp(request: HttpRequest) -> list[object]:
    """The ledger's head and the topics, the votes, how far the first load is, and the sources that fail. Three queries."""
    only(request.GET)
    return [*public_topics.stamp_of_lists(), newest_revision(), *_DRAWN_FROM.about(0)]


@require_safe
@public_page(_stamp)
def home(request: HttpRequest) -> HttpResponse:
    """Fifteen queries at most, however much is held. While a first load is under way the page asks how far it is."""
    only(request.GET)
    context: dict[str, Any] = {"load": first_load(Folder.objects.all())}
    if not is_fragment(request):
        context |= _record()
    response = render_part(request, "pages/home.html", context, part="load")
    if is_fragment(request) and context["load"] is None:
        response["HX-Refresh"] = "true"  # the load is done: the page has its news to tell
    return response


def _record() -> dict[str, Any]:
    news = news_of(today())
    days = weightiest(change_days(newest_news(EVENTS_READ)), MEASURES_SHOWN)
    stand = standing()
    listed: list[Measure] = []
    if stand and stand.only_starter:
        listed = last_introduced(MEASURES_SHOWN)
    elif news and not days:
        listed = measures_of(news.day, MEASURES_SHOWN)
    close = RollCall.objects.closest(news.since)[:CLOSE_VOTES_SHOWN] if news else []
    failing = Source.objects.filter(failing_since__isnull=False).order_by("failing_since", "name")
    named_failing = [(NAMES.get(source.name, source.name), source) for source in failing]
    return {
        "head": chain.head(),
        "failing": [(named[:1].upper() + named[1:], source.failing_since) for named, source in named_failing],
        "day": news.day if news else None,
        "headline": headline(news.of_day) if news else None,
        "gaining": news.gaining if news else [],
        "gaining_since": news.since if news else None,
        "gaining_days": GAINING_DAYS,
        "watched": public_topics.watched(WATCHED_SHOWN),
        "close_votes": [ToldVote(vote) for vote in close],
        "days": days,
        "listed": listed[:MEASURES_SHOWN],
        "listed_more": len(listed) > MEASURES_SHOWN,
        "standing": stand,
    }
